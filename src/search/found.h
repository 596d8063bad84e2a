/*
 * found.h - a resource that a search found, with the passages that show why.
 *
 * Passages come from the body where the reader may read it, else from the summary.
 */
#ifndef SEARCH_FOUND_H
#define SEARCH_FOUND_H

#include <stddef.h>
#include <stdint.h>

#include "base/html.h"
#include "base/status.h"
#include "search/snippet.h"
#include "store/resource.h"

struct found {
	struct resource resource;
	struct html snippet[SNIPPETS]; /* not yet set as French is set */
	size_t n_snippets;
};

/* NOT_FOUND when the index knew of it and this reader's view of the database does not. */
CHECKED enum status found_read(struct db *db, struct arena *a, const struct reader *reader,
			       const struct marks *marks, int64_t id, struct found *found);

#endif
