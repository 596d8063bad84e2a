#include "search/pool.h"

#include "base/arena.h"

enum { SHORT_MAX = 64 /* postings */ };

/* ---- few: listed ----------------------------------------------------------------------------- */

/* What is counted first, then put in its place. */
static void sort_by_window(struct arena *a, uint32_t n_documents, struct pool *p)
{
	size_t n_windows = (n_documents >> WINDOW_BITS) + 2;
	uint32_t *at = arena_make(a, uint32_t, n_windows);
	struct pooled *sorted = arena_make(a, struct pooled, p->n_few + 1);

	for (size_t i = 0; i < p->n_few; i++)
		at[(p->few[i].document >> WINDOW_BITS) + 1]++;
	for (size_t w = 1; w < n_windows; w++)
		at[w] += at[w - 1];
	for (size_t i = 0; i < p->n_few; i++)
		sorted[at[p->few[i].document >> WINDOW_BITS]++] = p->few[i];
	p->few = sorted;
}

static bool is_short(const struct lane *lane)
{
	return !lane->is_closed && lane->cursor.n <= SHORT_MAX;
}

void pool_short(struct arena *a, uint32_t n_documents, struct source *s)
{
	struct pool *p = s->pool = arena_make(a, struct pool, 1);
	size_t room = 0, kept = 0;

	for (size_t i = 0; i < s->n_lanes; i++)
		room += is_short(&s->lane[i]) ? s->lane[i].cursor.n : 0;
	p->few = arena_make(a, struct pooled, room + 1);
	for (size_t i = 0; i < s->n_lanes; i++) {
		struct cursor *c = &s->lane[i].cursor;

		if (!is_short(&s->lane[i])) {
			s->lane[kept++] = s->lane[i];
			continue;
		}
		for (; c->document != NO_DOCUMENT; cursor_next(c))
			p->few[p->n_few++] =
				(struct pooled){ c->document, s->lane[i].units[c->weight] };
	}
	s->n_lanes = kept;
	sort_by_window(a, n_documents, p);
}

/* ---- many: summed by document ---------------------------------------------------------------- */

static void sum_lane(uint32_t *units, const struct index *x, uint32_t n_documents,
		     const struct sight *sight, struct lane *lane)
{
	uint32_t document[BLOCK_POSTINGS], n;
	uint8_t weight[BLOCK_POSTINGS];

	while (lane->cursor.document != NO_DOCUMENT) {
		n = cursor_take(&lane->cursor, n_documents, document, weight);
		for (uint32_t i = 0; i < n; i++)
			if (!lane->is_closed || sight_reads_document(sight, x, document[i]))
				units[document[i]] += lane->units[weight[i]];
	}
}

void pool_all(struct arena *a, const struct index *x, uint32_t n_documents,
	      const struct sight *sight, struct source *s)
{
	uint32_t *units = arena_make(a, uint32_t, n_documents + (size_t)WINDOW);

	for (size_t i = 0; i < s->n_lanes; i++)
		sum_lane(units, x, n_documents, sight, &s->lane[i]);
	s->n_lanes = 0;
	s->pool = arena_make(a, struct pool, 1);
	s->pool->units = units;
}

/* ---- both ------------------------------------------------------------------------------------ */

uint32_t pool_next(const struct pool *p, uint32_t from, uint32_t other)
{
	uint32_t next = NO_DOCUMENT;

	if (p->units)
		next = from;
	else if (p->at < p->n_few)
		next = p->few[p->at].document & ~(uint32_t)(WINDOW - 1);
	return next < other ? next : other;
}
