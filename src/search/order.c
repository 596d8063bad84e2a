#include "search/order.h"

#include <stdlib.h>
#include <string.h>

#include "base/log.h"

enum { UNSORTED_MAX = 4096 };

static int compare(const void *left, const void *right, void *context)
{
	const struct dictionary *d = context;
	const struct key *l = intern_key(&d->folded_key, *(const uint32_t *)left);
	const struct key *r = intern_key(&d->folded_key, *(const uint32_t *)right);

	return strcmp(l->bytes, r->bytes);
}

/* What was sorted and what is new, each in order, made one. */
static void merge(const struct dictionary *d, uint32_t *to, const uint32_t *left, uint32_t n_left,
		  const uint32_t *right, uint32_t n_right)
{
	uint32_t l = 0, r = 0;

	while (l < n_left || r < n_right)
		if (r == n_right || (l < n_left && compare(&left[l], &right[r], (void *)d) < 0))
			*to++ = left[l++];
		else
			*to++ = right[r++];
}

static uint32_t *numbers(uint32_t n)
{
	uint32_t *block = calloc(n + (size_t)1, sizeof(*block));

	if (!block)
		die("out of memory");
	return block;
}

struct order *order_renew(const struct dictionary *d, struct order *old)
{
	uint32_t n = intern_count(&d->folded_key), sorted = old ? old->n_sorted : 0;
	uint32_t added = n - sorted, *fresh;
	struct order *o;

	if (old && added <= UNSORTED_MAX)
		return old;
	fresh = numbers(added);
	for (uint32_t i = 0; i < added; i++)
		fresh[i] = sorted + i;
	qsort_r(fresh, added, sizeof(*fresh), compare, (void *)d);
	o = calloc(1, sizeof(*o));
	if (!o)
		die("out of memory");
	o->folded = numbers(n);
	o->n_sorted = n;
	merge(d, o->folded, old ? old->folded : NULL, sorted, fresh, added);
	free(fresh);
	return o;
}

void order_free(struct order *o)
{
	if (o)
		free(o->folded);
	free(o);
}

/* The first that is not before the bytes. */
static uint32_t first_from(const struct order *o, const struct dictionary *d, const char *begin)
{
	uint32_t low = 0, high = o->n_sorted;

	while (low < high) {
		uint32_t middle = low + (high - low) / 2;

		if (strcmp(intern_key(&d->folded_key, o->folded[middle])->bytes, begin) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static bool begins(const struct dictionary *d, uint32_t folded, const char *begin, size_t length)
{
	return !strncmp(intern_key(&d->folded_key, folded)->bytes, begin, length);
}

void order_each(const struct order *o, const struct dictionary *d, const char *begin, size_t length,
		order_fn *each, void *context)
{
	uint32_t n = intern_count(&d->folded_key);

	for (uint32_t i = first_from(o, d, begin);
	     i < o->n_sorted && begins(d, o->folded[i], begin, length); i++)
		each(context, o->folded[i]);
	for (uint32_t i = o->n_sorted; i < n; i++)
		if (begins(d, i, begin, length))
			each(context, i);
}
