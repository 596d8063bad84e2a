#include "search/top.h"

#include <stdlib.h>

#include "base/arena.h"

int ranked_compare(const struct index *x, const struct ranked *left, const struct ranked *right)
{
	int32_t l_day, r_day;
	int64_t l_id, r_id;

	if (left->score != right->score)
		return left->score > right->score ? -1 : 1;
	l_day = index_day(x, left->document);
	r_day = index_day(x, right->document);
	if (l_day != r_day)
		return l_day > r_day ? -1 : 1;
	l_id = index_identity(x, left->document)->id;
	r_id = index_identity(x, right->document)->id;
	return l_id > r_id ? -1 : l_id < r_id;
}

static int compare(const void *left, const void *right, void *context)
{
	const struct top *b = context;

	return ranked_compare(b->index, left, right);
}

void top_init(struct top *b, struct arena *a, const struct index *x, size_t wanted)
{
	*b = (struct top){ .index = x, .wanted = wanted };
	b->hit = arena_make(a, struct ranked, 2 * wanted + 2);
}

void top_sort(struct top *b)
{
	if (b->n_hits)
		qsort_r(b->hit, b->n_hits, sizeof(*b->hit), compare, b);
	if (b->n_hits > b->wanted)
		b->n_hits = b->wanted;
}

void top_add(struct top *b, struct ranked hit, int32_t day)
{
	if (top_is_past(b, hit.score, day) ||
	    (b->is_full && ranked_compare(b->index, &hit, &b->worst) > 0))
		return;
	b->hit[b->n_hits++] = hit;
	/* Once twice as many as wanted are there, the worse half goes. */
	if (b->n_hits < 2 * b->wanted + 2)
		return;
	top_sort(b);
	b->is_full = b->wanted > 0;
	if (b->is_full) {
		b->worst = b->hit[b->wanted - 1];
		b->worst_day = index_day(b->index, b->worst.document);
	}
}
