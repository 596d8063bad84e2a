#include <stdlib.h>

#include "base/arena.h"
#include "search/suggest_shelf.h"

/* A beginning gets bits when one in that many entries bears it; so many beginnings at most. */
enum { DENSE_SHARE = 20, DENSE_FEWEST = 1024, DENSE_MAX = 128 };

/* ---- who bears a word -------------------------------------------------------------- */

static size_t step_size(uint32_t step)
{
	size_t size = 1;

	while (step >>= 7)
		size++;
	return size;
}

static void step_write(unsigned char *at, uint32_t step)
{
	for (; step > 127; step >>= 7)
		*at++ = (unsigned char)(step | 128);
	*at = (unsigned char)step;
}

/* Told in the order of the numbers: how far it is from the last bearer of the word. */
typedef void bearer_fn(struct shelf *s, uint32_t word, uint32_t step);

static void each_bearer(struct shelf *s, bearer_fn *tell)
{
	uint32_t *last = calloc((size_t)s->n_words + 1, sizeof(*last));

	if (!last)
		die("out of memory");
	for (uint32_t i = 0; i < s->n; i++) {
		const uint32_t *form = s->form + s->entry[i].first_form;

		for (size_t j = 0; j < s->entry[i].n_forms; j++) {
			uint32_t word = form[j] & ~FORM_AGAIN;

			if (last[word] == i + 1)
				continue;
			tell(s, word, last[word] ? i + 1 - last[word] : i);
			last[word] = i + 1;
		}
	}
	free(last);
}

static void count_bearer(struct shelf *s, uint32_t word, uint32_t step)
{
	s->before[word + 1]++;
	s->list_at[word + 1] += (uint32_t)step_size(step);
}

/* list_at[word] moves on as its list is written, up to where the next begins. */
static void write_bearer(struct shelf *s, uint32_t word, uint32_t step)
{
	step_write(s->lists + s->list_at[word], step);
	s->list_at[word] += (uint32_t)step_size(step);
}

void shelf_write_lists(struct shelf *s)
{
	size_t n = (size_t)s->n_words + 1;

	s->before = arena_make(s->a, uint32_t, n);
	s->list_at = arena_make(s->a, uint32_t, n);
	each_bearer(s, count_bearer);
	for (size_t i = 1; i < n; i++) {
		s->before[i] += s->before[i - 1];
		s->list_at[i] += s->list_at[i - 1];
	}
	s->lists = arena_alloc(s->a, (size_t)s->list_at[n - 1] + 1, 1);
	each_bearer(s, write_bearer);
	memmove(s->list_at + 1, s->list_at, (n - 1) * sizeof(*s->list_at));
	s->list_at[0] = 0;
}

/* ---- beginnings that many bear ----------------------------------------------------- */

struct denses {
	struct dense *dense;
	size_t n, capacity;
	struct arena *a;
	uint32_t fewest;
};

static uint32_t bearers(const struct shelf *s, uint32_t from, uint32_t to)
{
	return s->before[to] - s->before[from];
}

/* The byte of a word at a depth, or -1 past its end. */
static int byte_at(const struct shelf *s, uint32_t word, uint32_t depth)
{
	uint32_t at = s->word_at[word] + depth;

	return at < s->word_at[word + 1] ? (unsigned char)s->word[at] : -1;
}

/* The words from `from` up to `to` begin with the same `depth` bytes. */
static void note_dense(const struct shelf *s, struct denses *d, uint32_t from, uint32_t to,
		       uint32_t depth)
{
	while (from < to) {
		int byte = byte_at(s, from, depth);
		uint32_t end = from + 1;

		while (end < to && byte_at(s, end, depth) == byte)
			end++;
		if (byte >= 0 && bearers(s, from, end) >= d->fewest) {
			const struct dense *last = d->n ? &d->dense[d->n - 1] : NULL;

			if (!last || last->from != from || last->to != end)
				*arena_push(d->a, d->dense, d->n, d->capacity) =
					(struct dense){ from, end, NULL };
			note_dense(s, d, from, end, depth + 1);
		}
		from = end;
	}
}

static int by_bearers(const void *left, const void *right, void *context)
{
	const struct dense *l = left, *r = right;
	uint32_t n_l = bearers(context, l->from, l->to), n_r = bearers(context, r->from, r->to);

	return n_l < n_r ? 1 : n_l > n_r ? -1 : 0;
}

static void write_bits(struct shelf *s, struct dense *d)
{
	d->bits = arena_make(s->a, uint64_t, bit_blocks(s->n));
	for (uint32_t word = d->from; word < d->to; word++) {
		const unsigned char *at = s->lists + s->list_at[word];
		uint32_t number = 0;

		while (at < s->lists + s->list_at[word + 1]) {
			at = list_next(at, &number);
			bit_set(d->bits, number);
		}
	}
}

void shelf_write_dense(struct shelf *s)
{
	struct denses d = { .a = arena_new(), .fewest = s->n / DENSE_SHARE };

	if (d.fewest < DENSE_FEWEST)
		d.fewest = DENSE_FEWEST;
	note_dense(s, &d, 0, s->n_words, 0);
	if (d.n)
		qsort_r(d.dense, d.n, sizeof(*d.dense), by_bearers, s);
	s->n_dense = (uint32_t)(d.n < DENSE_MAX ? d.n : DENSE_MAX);
	s->dense = arena_make(s->a, struct dense, (size_t)s->n_dense + 1);
	for (uint32_t i = 0; i < s->n_dense; i++) {
		s->dense[i] = d.dense[i];
		write_bits(s, &s->dense[i]);
	}
	arena_free(d.a);
}
