/*
 * pool.h - many lists made one: what a beginning finds is thousands of them.
 *
 * Where they hold few documents, these are listed; where they hold many, what each document is
 * worth stands by its number. The order in which lists come then no longer matters.
 */
#ifndef SEARCH_POOL_H
#define SEARCH_POOL_H

#include "search/plan.h"

/* In the order of the windows of documents that a match goes through, in none within a window. */
struct pooled {
	uint32_t document, units;
};

struct pool {
	struct pooled *few;
	size_t n_few, at;
	const uint32_t *units; /* by document, to the end of the last window; or NULL */
};

/* Takes the short lists of open texts out of a source, and lists their documents. */
void pool_short(struct arena *a, uint32_t n_documents, struct source *s);

/*
 * Takes all lists of a source, and sums by document: as much memory as four bytes for each there
 * is. Closed texts count where one may read them.
 */
void pool_all(struct arena *a, const struct index *x, uint32_t n_documents,
	      const struct sight *sight, struct source *s);

/* The first document that it may hold, from one on, when it comes before another; a whole window
 * counts as one. */
uint32_t pool_next(const struct pool *p, uint32_t from, uint32_t other);

#endif
