/*
 * address.h - the target of a request, "/a%20b?c=d&e=f", to text and back.
 *
 * Strict: a '%' not followed by two figures of base 16, bytes that are not UTF-8 once
 * decoded, a control character (U+0000 to U+001F, U+007F to U+009F) and a raw character
 * that must be encoded make the whole INVALID: nothing is repaired but what is typed in a form.
 */
#ifndef WEB_ADDRESS_H
#define WEB_ADDRESS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/status.h"
#include "web/request.h"

struct arena;

/* The parts of a target, as they came; lengths in bytes. */
struct target {
	const char *path, *query; /* query: after the '?', or NULL */
	size_t path_length, query_length;
};

/* "/path?query" or "http://host/path?query". INVALID when it is neither. */
CHECKED enum status address_split(const char *text, size_t length, struct target *target);

CHECKED enum status address_path(struct arena *a, const char *raw, size_t length,
				 const char **path);

/* "a=b&c=d", '+' being a space. Empty pieces are skipped; no '=' is an empty value. */
CHECKED enum status address_query(struct arena *a, const char *raw, size_t length,
				  struct pair **pair, size_t *n);

/* The same for the body of a form, whose values are as text_typed() makes them. */
CHECKED enum status address_form(struct arena *a, const char *raw, size_t length,
				 struct pair **pair, size_t *n);

/* UTF-8 without control characters. */
bool address_is_text(const char *bytes, size_t length);

/* A path and parameters, encoded; '/' in the path stays. */
char *address_write(struct arena *a, const char *path, const struct pair *query, size_t n);

#endif
