/*
 * top.h - the best of many hits, as many as are wanted.
 */
#ifndef SEARCH_TOP_H
#define SEARCH_TOP_H

#include "search/match.h"

struct arena;

struct top {
	const struct index *index;
	bool by_date;
	size_t wanted;
	struct ranked *hit; /* twice as many as wanted */
	size_t n_hits;
	struct ranked worst; /* of those that would be kept, once there are enough */
	bool is_full;
};

void top_init(struct top *b, struct arena *a, const struct index *x, bool by_date, size_t wanted);
void top_add(struct top *b, struct ranked hit);

/* Leaves the best, in order. */
void top_sort(struct top *b);

/* Below 0 when `left` comes first: score, then day, then number of the resource. */
int ranked_compare(const struct index *x, bool by_date, const struct ranked *left,
		   const struct ranked *right);

#endif
