/*
 * own_data.h - all that is kept about a person, for that person, as JSON (article 15 and 20 of the
 * GDPR). What they may not know of other things stays out of it: a session or a resource that
 * is closed to them has no title there.
 */
#ifndef FEED_OWN_DATA_H
#define FEED_OWN_DATA_H

#include <stdint.h>

#include "base/out.h"
#include "base/status.h"

struct arena;
struct db;
struct reader;

CHECKED enum status own_data_put(struct db *db, struct arena *a, const struct reader *reader,
				 int64_t now, struct out *o);

#endif
