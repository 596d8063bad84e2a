/*
 * labels.h - the values of the facets, and which of them a resource bears.
 *
 * A resource bears its terms and all that stand above them, its year, its collection, its access.
 * The writer's own; what readers are shown is a copy made by labels_copy().
 */
#ifndef SEARCH_LABELS_H
#define SEARCH_LABELS_H

#include <stdbool.h>

#include "search/search.h"
#include "store/indexing.h"

struct label {
	const char *slug, *text;
	enum facet facet;
	/* In a copy alone: the place by text, then slug; the bytes of both. */
	uint32_t rank, slug_length, text_length;
};

struct labels;

struct labels *labels_new(void);
void labels_free(struct labels *l);

/*
 * Reads the vocabularies. Adds to *changed, in the arena, the terms that are not what they were
 * when they were last read, and those that stand or stood below such a term.
 */
CHECKED enum status labels_read(struct labels *l, struct db *db, struct arena *a,
				struct id_list *changed);

/* What a term is called, or the one that took its place; NULL when there is none. */
const char *labels_term(const struct labels *l, int64_t term);

/* The labels that a resource bears, each once, in the arena; new ones are made. */
size_t labels_of(struct labels *l, struct arena *a, const struct indexed_resource *r,
		 uint32_t **label);

size_t labels_count(const struct labels *l);
const struct label *labels_at(const struct labels *l, uint32_t label);

/* True when one was added or changed since the last time it was asked. */
bool labels_have_changed(struct labels *l);

/* All that is known, to be read back into labels_new() before anything else is. */
struct file_out;
struct file_in;
void labels_save(const struct labels *l, struct file_out *f);
void labels_load(struct labels *l, struct file_in *f);

/* As they are now, allocated; the texts last as long as the labels. */
struct label *labels_copy(const struct labels *l);

#endif
