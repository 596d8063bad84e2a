/*
 * index_inside.h - what the writer of the index keeps for itself: for index.c, and for snapshot.c,
 * which puts all of it into a file and brings it back.
 */
#ifndef SEARCH_INDEX_INSIDE_H
#define SEARCH_INDEX_INSIDE_H

#include "search/idmap.h"
#include "search/index.h"

/* What only the writer has to know of a document, to take it out again. */
struct backing {
	/* Its open forms and pairs: numbers, doubled, plus one for a pair; as differences. */
	const uint8_t *forms;
	uint32_t n_forms;
};

/* A label as it was last suggested. */
struct use {
	uint32_t n, suggested; /* open documents that bear it */
	bool is_touched;
};

/* The lists of all words, or of all pairs, side by side. */
struct packed {
	uint8_t *block;
	size_t size;
};

struct writing {
	struct arena *a; /* of what documents hold, as long as the index */
	struct paged backing;
	struct labels *labels;
	struct suggest *suggest;
	struct idmap document;  /* of each resource */
	struct idmap replacers; /* how many replace a resource */
	struct use *use;        /* by label */
	size_t n_uses;
	uint32_t n_documents, n_dead, n_open, next_version;
	int32_t latest; /* the day of a document, dead ones too */
	struct waste waste;
	struct acronyms *acronyms;
	struct order *order;
	struct packed forms, pairs;
	bool is_packed; /* nothing was appended since */
};

/* Counts a live document among those of its resource, its labels and its editions. */
void index_register(struct index *x, uint32_t number);

/* A document that is no longer there since a version. */
void index_mark_dead(struct index *x, uint32_t number, uint32_t since);

#endif
