/*
 * fields.h - reading one object of the interchange, strictly.
 *
 * Errors stick: each is noted with the line and the path of the field, the reader goes on
 * with a harmless value, and fields_ok() tells at the end. Texts come out valid, in NFC,
 * in the arena.
 */
#ifndef IMPORT_FIELDS_H
#define IMPORT_FIELDS_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "access/access.h"
#include "base/html.h"

struct arena;
struct import;

struct fields {
	struct import *import;
	struct arena *a;
	const json_t *object;
	int64_t line;
	const char *path; /* "" or "links[2]." */
	bool failed;
};

/* `known` ends with NULL: any other key is refused. */
void fields_check_known(struct fields *f, const char *const *known);

void fields_refuse(struct fields *f, const char *key, const char *why);

/* On one line, blanks squeezed; NULL when absent, null or empty. */
const char *field_text(struct fields *f, const char *key, size_t max);
const char *field_required(struct fields *f, const char *key, size_t max); /* never NULL */

const char *field_slug(struct fields *f, const char *key); /* a reference; NULL when absent */
const char *field_required_slug(struct fields *f, const char *key);

const char *field_address(struct fields *f, const char *key);
const char *field_email(struct fields *f, const char *key);
const char *field_day(struct fields *f, const char *key);
int64_t field_moment(struct fields *f, const char *key); /* NO_NUMBER when absent */
int64_t field_number(struct fields *f, const char *key, int64_t min, int64_t max);
bool field_real(struct fields *f, const char *key, double min, double max, double *value);
bool field_yes(struct fields *f, const char *key, bool otherwise);
enum visibility field_visibility(struct fields *f, const char *key, enum visibility otherwise);

/* Restricted HTML, cleaned; at most `max` characters of text when `max` is not 0. */
struct html field_html(struct fields *f, const char *key, size_t max);

/* A list, or NULL when absent. */
const json_t *field_list(struct fields *f, const char *key);

/* One text of a list; NULL when it is none, which is noted. */
const char *field_item_text(struct fields *f, const char *key, size_t i, const json_t *item);

#endif
