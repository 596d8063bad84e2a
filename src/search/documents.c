#include "search/documents.h"

#include <stdlib.h>
#include <string.h>

#include "base/log.h"

enum { FIRST_ROOM = 256 };

static void *zeroed(size_t n, size_t size)
{
	void *block = calloc(n, size);

	if (!block)
		die("out of memory");
	return block;
}

/* ---- labels, side by side -------------------------------------------------------------------- */

static size_t width(bool is_wide)
{
	return is_wide ? sizeof(uint32_t) : sizeof(uint16_t);
}

static struct bearing *bearing_new(uint32_t room, bool is_wide)
{
	struct bearing *b = zeroed(1, sizeof(*b) + (room + BEARING_SLACK) * width(is_wide));

	b->is_wide = is_wide;
	b->room = room;
	return b;
}

static void bearing_put(struct bearing *b, uint32_t i, uint32_t label)
{
	if (b->is_wide)
		((uint32_t *)(void *)b->label)[i] = label;
	else
		((uint16_t *)(void *)b->label)[i] = (uint16_t)label;
}

static bool are_wide(const uint32_t *label, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (label[i] > UINT16_MAX)
			return true;
	return false;
}

/* The labels of a window, with room for those that come: a larger copy, or the very same. */
static struct bearing *make_room(struct columns *c, uint32_t n, const uint32_t *more, size_t n_more,
				 struct waste *waste)
{
	struct bearing *old = atomic_load_explicit(&c->bearing, memory_order_relaxed), *larger;
	bool is_wide = (old && old->is_wide) || are_wide(more, n_more);
	uint32_t room = old ? old->room : FIRST_ROOM;

	if (old && n + n_more <= room && is_wide == old->is_wide)
		return old;
	while (room < n + n_more)
		room *= 2;
	larger = bearing_new(room, is_wide);
	for (uint32_t i = 0; i < n; i++)
		bearing_put(larger, i, bearing_label(old, i));
	atomic_store_explicit(&c->bearing, larger, memory_order_release);
	waste_add(waste, old);
	return larger;
}

/*
 * Once all documents of a window are there: what they bear never changes. Where labels are wide,
 * there are too many of them to have a number for each.
 */
static void count_whole(struct columns *c)
{
	const struct bearing *b = columns_bearing(c);
	uint32_t n = c->first[WINDOW], n_labels = 0;
	uint16_t *whole;

	if (b->is_wide)
		return;
	for (uint32_t i = 0; i < n; i++)
		if (bearing_label(b, i) >= n_labels)
			n_labels = bearing_label(b, i) + 1;
	whole = zeroed(n_labels + 1, sizeof(*whole));
	for (uint32_t i = 0; i < n; i++)
		whole[bearing_label(b, i)]++;
	c->n_whole = n_labels;
	atomic_store_explicit(&c->whole, whole, memory_order_release);
}

/* ---- windows --------------------------------------------------------------------------------- */

static struct columns *window_of(struct documents *d, uint32_t number)
{
	uint32_t at = number >> WINDOW_BITS;
	struct columns *c;

	if (at >= PAGED_PAGES)
		die("the search index holds more than it can number");
	c = atomic_load_explicit(&d->window[at], memory_order_relaxed);
	if (c)
		return c;
	c = zeroed(1, sizeof(*c));
	atomic_store_explicit(&d->window[at], c, memory_order_release);
	return c;
}

void documents_add(struct documents *d, uint32_t number, const struct facts *f, struct waste *waste)
{
	struct columns *c = window_of(d, number);
	uint32_t i = number & (WINDOW - 1), first = c->first[i];
	struct bearing *b = make_room(c, first, f->label, f->n_labels, waste);

	atomic_store_explicit(&c->state[i], f->access, memory_order_relaxed);
	atomic_store_explicit(&c->died[i], ALIVE, memory_order_relaxed);
	c->audience[i] = f->audience;
	c->day[i] = f->day;
	c->title_hash[i] = f->title_hash;
	for (size_t k = 0; k < f->n_labels; k++)
		bearing_put(b, first + (uint32_t)k, f->label[k]);
	c->first[i + 1] = first + (uint32_t)f->n_labels;
	if (i + 1 == WINDOW)
		count_whole(c);
}

void documents_release(struct documents *d)
{
	for (size_t i = 0; i < PAGED_PAGES; i++) {
		struct columns *c = atomic_load_explicit(&d->window[i], memory_order_relaxed);

		if (!c)
			continue;
		free(atomic_load_explicit(&c->bearing, memory_order_relaxed));
		free(atomic_load_explicit(&c->whole, memory_order_relaxed));
		free(c);
	}
}

size_t documents_memory(const struct documents *d)
{
	size_t bytes = sizeof(*d);

	for (size_t i = 0; i < PAGED_PAGES; i++) {
		struct columns *c = atomic_load_explicit(&d->window[i], memory_order_relaxed);
		const struct bearing *b = c ? columns_bearing(c) : NULL;

		bytes += c ? sizeof(*c) + c->n_whole * sizeof(uint16_t) : 0;
		bytes += b ? sizeof(*b) + b->room * width(b->is_wide) : 0;
	}
	return bytes;
}
