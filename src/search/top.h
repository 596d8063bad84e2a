/*
 * top.h - the best of many hits, as many as are wanted.
 */
#ifndef SEARCH_TOP_H
#define SEARCH_TOP_H

#include "search/match.h"

struct arena;

struct top {
	const struct index *index;
	size_t wanted;
	struct ranked *hit; /* twice as many as wanted */
	size_t n_hits;
	/* The last of those that would be kept, once there are enough. */
	bool is_full;
	struct ranked worst;
	int32_t worst_day;
};

void top_init(struct top *b, struct arena *a, const struct index *x, size_t wanted);

/* `day` is the document's. */
void top_add(struct top *b, struct ranked hit, int32_t day);

/* True when what has this score and day comes after all that would be kept: told at little cost. */
static inline bool top_is_past(const struct top *b, float score, int32_t day)
{
	return b->is_full &&
	       (score < b->worst.score || (score == b->worst.score && day < b->worst_day));
}

/* Leaves the best, in order. */
void top_sort(struct top *b);

/* Below 0 when `left` comes first: score, then day, then number of the resource. */
int ranked_compare(const struct index *x, const struct ranked *left, const struct ranked *right);

#endif
