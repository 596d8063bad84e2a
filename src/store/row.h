/*
 * row.h - small readings and bindings that the files of store/ share.
 */
#ifndef STORE_ROW_H
#define STORE_ROW_H

#include <stdint.h>

#include "access/access.h"
#include "db/db.h"

/* A column of visibility; AS_OWNER when it is null. */
enum visibility row_visibility(struct query *q, int column);

/* What the reader holds: for the conditions of access.h. */
void query_reader(struct query *q, int param, const struct reader *reader);

/* An identifier, 0 being none. */
void query_id(struct query *q, int param, int64_t id);

/* A whole number or a moment that may be absent: NO_NUMBER is null. */
#define NO_NUMBER INT64_MIN

void query_number(struct query *q, int param, int64_t value);
int64_t row_number(struct query *q, int column);

#endif
