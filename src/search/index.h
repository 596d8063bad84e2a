/*
 * index.h - what is kept in memory of every resource, at one moment. Built whole, never
 * changed: readers hold one while the next is made.
 *
 * Only what is open to whoever may discover a resource goes in: title, summary and
 * vocabulary, never a body.
 */
#ifndef SEARCH_INDEX_H
#define SEARCH_INDEX_H

#include <stddef.h>
#include <stdint.h>

#include "search/search.h"

/* A value of a facet, such as a category. */
struct value {
	const char *slug, *label;
};

/* A value that a document bears. */
struct bearing {
	uint32_t document; /* its place in the index */
	uint32_t value;    /* its place in the facet's values */
};

struct document {
	int64_t id;
	struct object object;
	int32_t day; /* since 1970; INT32_MIN when it has no date */
	/* " word word ": folded, without elisions, plurals' ends taken off. */
	const char *title, *rest;
	/* What it bears of facet f: bearing[first[f]] up to bearing[first[f + 1]]. */
	uint32_t first[N_FACETS + 1];
};

struct index {
	struct arena *a;
	int64_t change; /* the last one it knows of */
	struct document *document;
	size_t n_documents;
	struct value *value[N_FACETS];
	size_t n_values[N_FACETS];
	uint32_t *bearing; /* places of values */
	int references;
};

CHECKED enum status index_build(struct db *db, struct index **index);
void index_free(struct index *index);

/* " word word " from any text, in the arena. What index_build() and queries share. */
const char *index_words(struct arena *a, const char *text);

#endif
