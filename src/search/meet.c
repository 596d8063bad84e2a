#include "search/matching.h"

#include <stdlib.h>

#include "base/arena.h"

/* Editions that replace one another in turn; more are not looked into. */
enum { EDITIONS = 16 };

/* A title that equals the query comes before all else. */
static const float title_bonus = 1000.0f;

/* What a day may do to a score. */
#define LEAST_RECENT 0.8f
#define MOST_RECENT  1.6f

bool match_is_there(const struct match *m, const struct document *d)
{
	return atomic_load_explicit(&d->died, memory_order_relaxed) > m->version->number &&
	       (m->sight.discover >> d->access & 1);
}

/* The facets in which a document bears a chosen value. */
static uint8_t facets_met(const struct filter *f, const struct document *d)
{
	uint8_t met = 0;

	for (uint32_t i = 0; i < d->n_labels; i++)
		met |= f->facet_of[d->label[i]];
	return met;
}

static inline void count_labels(uint32_t *count, const struct document *d, uint32_t by)
{
	const uint32_t *label = d->label, *end = label + d->n_labels;

	for (; label < end; label++)
		count[*label] += by;
}

/* A document that fails one facet alone counts in it: a chosen value does not hide its sisters. */
static void count_facet(struct match *m, const struct document *d, uint8_t failed)
{
	for (uint32_t i = 0; i < d->n_labels; i++)
		if (1u << m->version->label[d->label[i]].facet == failed)
			m->count[d->label[i]]++;
}

/* False when a chosen value is not borne. */
static bool passes(struct match *m, const struct document *d)
{
	uint8_t failed = (uint8_t)(m->filter.chosen & ~facets_met(&m->filter, d));

	if (m->count && failed && (failed & (failed - 1)) == 0)
		count_facet(m, d, failed);
	return !failed;
}

static void keep_edition(struct matching *g, struct editions *e, int64_t replaced,
			 struct ranked hit)
{
	*arena_push(g->a, e->edition, e->n, e->capacity) = (struct edition){ replaced, hit };
}

/* One hundredth more for each year, whatever the day on which it is asked. */
static float recent(const struct document *d)
{
	const float year_2000 = 10957, century = 36525;
	float by = 1 + (d->day == INT32_MIN ? 0 : ((float)d->day - year_2000) / century);

	return by < LEAST_RECENT ? LEAST_RECENT : by > MOST_RECENT ? MOST_RECENT : by;
}

/* The score that may still be among the best, whatever the day; in the units of scores. */
static uint32_t least_score(const struct matching *g)
{
	const struct top *b = &g->best;
	float least = b->is_full && !b->by_date ? b->worst.score / MOST_RECENT * SCORE_UNIT : 0;

	return least < 1 ? 0 : least > (float)INT32_MAX ? INT32_MAX : (uint32_t)least - 1;
}

static void keep(struct matching *g, uint32_t number, const struct document *d, uint32_t score)
{
	struct match *m = g->m;
	struct ranked hit = { .document = number, .score = (float)score / SCORE_UNIT * recent(d) };
	uint8_t edition = m->by_date ? 0 : atomic_load_explicit(&d->edition, memory_order_relaxed);

	if (m->title_hash && d->title_hash == m->title_hash)
		hit.score += title_bonus;
	if (edition & REPLACES)
		keep_edition(g, &g->replacing, index_identity(m->index, number)->replaces, hit);
	if (edition & IS_REPLACED)
		keep_edition(g, &g->replaced, index_identity(m->index, number)->id, hit);
	else
		top_add(&g->best, hit);
}

static bool is_special(const struct match *m, const struct document *d)
{
	return (m->title_hash && d->title_hash == m->title_hash) ||
	       atomic_load_explicit(&d->edition, memory_order_relaxed);
}

/* Memory is asked for what comes a few matches later: it takes as long as several of them. */
enum { AHEAD = 16 };

/* Leaves those that this reader may know of, and that the filter lets pass; tells how many. */
static uint32_t keep_visible(struct matching *g, const struct document *document, uint32_t n)
{
	struct match *m = g->m;
	uint16_t *met = g->room->met;
	uint32_t kept = 0, n_closed = 0, n_text = 0;

	for (uint32_t k = 0; k < n; k++) {
		const struct document *d = &document[met[k]];

		if (k + AHEAD < n)
			__builtin_prefetch(&document[met[k + AHEAD]]);
		if (!match_is_there(m, d))
			continue;
		n_text++;
		if (m->held_by_most && g->w->held[met[k]] > m->most_held)
			m->most_held = g->w->held[met[k]];
		if (m->filter.chosen && !passes(m, d))
			continue;
		n_closed += !(m->sight.read >> d->access & 1);
		met[kept++] = met[k];
	}
	m->n_text += n_text;
	m->n_closed += n_closed;
	return kept;
}

static void count_each(struct matching *g, const struct document *document, uint32_t n)
{
	const uint16_t *met = g->room->met;

	for (uint32_t k = 0; k < n; k++) {
		if (k + AHEAD < n)
			__builtin_prefetch(document[met[k + AHEAD]].label);
		count_labels(g->m->count, &document[met[k]], 1);
	}
}

/* All that the window holds, less what was not met: that is fewer. */
static void count_others(struct matching *g, const struct document *document, const uint16_t *whole,
			 uint32_t n)
{
	uint32_t *count = g->m->count, next = 0;
	const uint16_t *met = g->room->met;

	for (size_t i = 0; i < g->m->index->n_whole_labels; i++)
		count[i] += whole[i];
	for (uint32_t i = 0; i < WINDOW; i++) {
		if (i + AHEAD < WINDOW)
			__builtin_prefetch(document[i + AHEAD].label);
		if (next < n && met[next] == i)
			next++;
		else
			count_labels(count, &document[i], (uint32_t)-1);
	}
}

static void count_met(struct matching *g, const struct document *document, uint32_t n)
{
	const uint16_t *whole = index_whole(g->m->index, g->w->base >> WINDOW_BITS);

	if (whole && n > WINDOW / 2)
		count_others(g, document, whole, n);
	else
		count_each(g, document, n);
}

static void keep_best(struct matching *g, const struct document *document, uint32_t n)
{
	const uint16_t *met = g->room->met;
	uint32_t least = least_score(g);

	for (uint32_t k = 0; k < n; k++) {
		uint32_t score = g->w->score[met[k]];
		const struct document *d = &document[met[k]];

		if (score < least && !is_special(g->m, d))
			continue;
		keep(g, g->w->base + met[k], d, score);
		least = least_score(g);
	}
}

static uint32_t list_candidates(struct matching *g)
{
	uint16_t *met = g->room->met;

	for (uint32_t i = 0; i < WINDOW_WORDS; i++)
		for (uint64_t left = g->w->candidate[i]; left; left &= left - 1)
			*met++ = (uint16_t)(i * 64 + (uint32_t)__builtin_ctzll(left));
	return (uint32_t)(met - g->room->met);
}

uint32_t meet_alone(const struct matching *g)
{
	const struct document *document = index_window(g->m->index, g->w->base);
	const struct filter *f = &g->m->filter;
	uint32_t n = 0;

	for (uint32_t i = 0; next_bit(g->w->one, &i); i++)
		n += match_is_there(g->m, &document[i]) &&
		     (facets_met(f, &document[i]) & f->chosen) == f->chosen;
	return n;
}

void meet_all(struct matching *g)
{
	const struct document *document = index_window(g->m->index, g->w->base);
	uint32_t n = keep_visible(g, document, list_candidates(g));

	g->m->total += n;
	if (g->m->count)
		count_met(g, document, n);
	if (g->m->wanted)
		keep_best(g, document, n);
}

/* ---- editions -------------------------------------------------------------------------------- */

static int by_replaced(const void *left, const void *right)
{
	const struct edition *l = left, *r = right;

	return l->replaced < r->replaced ? -1 : l->replaced > r->replaced;
}

/* The first of the found ones that replace a resource, in their order. */
static size_t first_replacing(const struct editions *e, int64_t replaced)
{
	size_t low = 0, high = e->n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (e->edition[middle].replaced < replaced)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/*
 * What an edition is worth: less than those that replace it, when they were found too. Each
 * replaces one only: going up to EDITIONS above looks at each as often at most.
 */
static struct ranked placed(const struct matching *g, struct ranked hit, int depth)
{
	const struct editions *e = &g->replacing;
	int64_t id = index_identity(g->m->index, hit.document)->id;

	for (size_t i = first_replacing(e, id); depth && i < e->n && e->edition[i].replaced == id;
	     i++) {
		/* Less even where all that was asked for says nothing, and scores are zero. */
		float limit = placed(g, e->edition[i].hit, depth - 1).score * 0.9999f - 1e-6f;

		hit.is_superseded = true;
		hit.score = hit.score < limit ? hit.score : limit;
	}
	return hit;
}

void meet_editions(struct matching *g)
{
	if (g->replacing.n)
		qsort(g->replacing.edition, g->replacing.n, sizeof(*g->replacing.edition),
		      by_replaced);
	for (size_t i = 0; i < g->replaced.n; i++)
		top_add(&g->best, placed(g, g->replaced.edition[i].hit, EDITIONS));
}
