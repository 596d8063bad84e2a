/*
 * best.h - the best of many hits, as many as are wanted.
 */
#ifndef SEARCH_BEST_H
#define SEARCH_BEST_H

#include "search/match.h"

struct arena;

struct best {
	const struct index *index;
	bool by_date;
	size_t wanted;
	struct hit *hit; /* twice as many as wanted */
	size_t n_hits;
	struct hit worst; /* of those that would be kept, once there are enough */
	bool is_full;
};

void best_init(struct best *b, struct arena *a, const struct index *x, bool by_date, size_t wanted);
void best_add(struct best *b, struct hit hit);

/* Leaves the best, in order. */
void best_sort(struct best *b);

/* Below 0 when `left` comes first: score, then day, then number of the resource. */
int hit_compare(const struct index *x, bool by_date, const struct hit *left,
		const struct hit *right);

#endif
