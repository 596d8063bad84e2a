/*
 * slug.h - the last part of an address ("adresse de la page").
 *
 * 1 to SLUG_MAX of a-z, 0-9 and single hyphens inside.
 */
#ifndef STORE_SLUG_H
#define STORE_SLUG_H

#include <stdbool.h>

struct arena;

enum { SLUG_MAX = 120 };

bool slug_is_valid(const char *slug);

/* From a title; `otherwise` when it has no letter. */
const char *slug_for(struct arena *a, const char *title, const char *otherwise);

/* "slug-2", "slug-3"…, kept within SLUG_MAX. */
const char *slug_numbered(struct arena *a, const char *slug, int number);

#endif
