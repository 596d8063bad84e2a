/*
 * listing_related.h - the other records of a listing that a text speaks of.
 */
#ifndef IMPORT_LISTING_RELATED_H
#define IMPORT_LISTING_RELATED_H

#include "import/listing.h"

struct related_index;

/* Over records whose titles and collections are known. */
struct related_index *related_index_of(struct arena *a, const struct listing *listing);

/* Adds to `links` those of which the text speaks, but for record `own` itself. */
void related_read(const struct related_index *index, size_t own, const char *text, bool closed,
		  struct listing_links *links);

#endif
