#include "search/matching.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"

/* Editions that replace one another in turn; more are not looked into. */
enum { EDITIONS = 16 };

/* A title that equals the query comes before all else. */
static const float title_bonus = 1000.0f;

/* Labels counted at one go. */
enum { GATHERED = 512 };

/* What a day may do to a score. */
#define LEAST_RECENT 0.8f
#define MOST_RECENT  1.6f

bool match_is_there(const struct match *m, uint32_t document)
{
	uint32_t i;
	const struct columns *c = index_window(m->index, document, &i);

	return column_is_alive(c, i, m->version->number) &&
	       sight_discovers(&m->sight, c, i, column_state(c, i));
}

/* ---- filters --------------------------------------------------------------------------------- */

/* The facets in which a document bears a chosen value. */
static uint8_t facets_met(const struct filter *f, const struct columns *c, uint32_t i)
{
	const struct bearing *b = columns_bearing(c);
	uint8_t met = 0;

	for (uint32_t k = c->first[i]; k < c->first[i + 1]; k++)
		met |= f->facet_of[bearing_label(b, k)];
	return met;
}

/* A document that fails one facet alone counts in it: a chosen value does not hide its sisters. */
static void count_facet(struct match *m, const struct columns *c, uint32_t i, uint8_t failed)
{
	const struct bearing *b = columns_bearing(c);

	for (uint32_t k = c->first[i]; k < c->first[i + 1]; k++)
		if (1u << m->version->label[bearing_label(b, k)].facet == failed)
			m->count[bearing_label(b, k)]++;
}

/* False when a chosen value is not borne. */
static bool passes(struct match *m, const struct columns *c, uint32_t i)
{
	uint8_t failed = (uint8_t)(m->filter.chosen & ~facets_met(&m->filter, c, i));

	if (m->count && failed && (failed & (failed - 1)) == 0)
		count_facet(m, c, i, failed);
	return !failed;
}

/* ---- the best -------------------------------------------------------------------------------- */

static void keep_edition(struct matching *g, struct editions *e, int64_t replaced,
			 struct ranked hit)
{
	*arena_push(g->a, e->edition, e->n, e->capacity) = (struct edition){ replaced, hit };
}

/* One hundredth more for each year, whatever the day on which it is asked. */
static float recent(int32_t day)
{
	const float year_2000 = 10957, century = 36525;
	float by = 1 + (day == INT32_MIN ? 0 : ((float)day - year_2000) / century);

	return by < LEAST_RECENT ? LEAST_RECENT : by > MOST_RECENT ? MOST_RECENT : by;
}

static bool is_title(const struct match *m, const struct columns *c, uint32_t i)
{
	return m->title_hash && c->title_hash[i] == m->title_hash;
}

static void keep(struct matching *g, const struct columns *c, uint32_t i)
{
	struct match *m = g->m;
	uint32_t number = g->w->base + i, state = column_state(c, i);
	struct ranked hit = { .document = number };

	hit.score = (float)g->w->score[i] / SCORE_UNIT * recent(c->day[i]);
	if (is_title(m, c, i))
		hit.score += title_bonus;
	if (state & REPLACES)
		keep_edition(g, &g->replacing, index_identity(m->index, number)->replaces, hit);
	if (state & IS_REPLACED)
		keep_edition(g, &g->replaced, index_identity(m->index, number)->id, hit);
	else
		top_add(&g->best, hit, c->day[i]);
}

static void keep_best(struct matching *g, const struct columns *c, uint32_t n)
{
	const uint16_t *met = g->room->met;
	float most = recent(g->m->version->latest);

	/* What has no date counts as of 2000. */
	most = (most < 1 ? 1 : most) / SCORE_UNIT;
	for (uint32_t k = 0; k < n; k++) {
		uint32_t i = met[k];

		if (!top_is_past(&g->best, (float)g->w->score[i] * most, c->day[i]) ||
		    is_title(g->m, c, i) || (column_state(c, i) & (REPLACES | IS_REPLACED)))
			keep(g, c, i);
	}
}

static void keep_latest(struct matching *g, const struct columns *c, uint32_t n)
{
	const uint16_t *met = g->room->met;

	for (uint32_t k = 0; k < n; k++) {
		struct ranked hit = { .document = g->w->base + met[k] };

		if (!top_is_past(&g->best, 0, c->day[met[k]]))
			top_add(&g->best, hit, c->day[met[k]]);
	}
}

/* The place of the first of the bits left of a word. */
static inline uint16_t place_of(uint32_t word, uint64_t left)
{
	return (uint16_t)(word * 64 + (uint32_t)__builtin_ctzll(left));
}

/* ---- counting -------------------------------------------------------------------------------- */

static void count_labels(struct matching *g, const struct columns *c, const uint16_t *place,
			 uint32_t n, uint32_t by)
{
	const struct bearing *b = columns_bearing(c);

	for (uint32_t k = 0; k < n; k++)
		for (uint32_t at = c->first[place[k]]; at < c->first[place[k] + 1]; at++)
			g->m->count[bearing_label(b, at)] += by;
}

static inline void count_gathered(uint32_t *count, const uint16_t *label, uint32_t n, uint32_t by)
{
	for (uint32_t k = 0; k < n; k++)
		count[label[k]] += by;
}

/*
 * The same where all documents of the window are there, so that one may read past those of the
 * last: as many labels as documents seldom have are gathered from each, whatever it has. How many
 * it has cannot be foretold, and a processor that guessed wrong has wasted as much as all its
 * labels cost.
 */
static void count_settled(struct matching *g, const struct columns *c, const uint16_t *place,
			  uint32_t n, uint32_t by)
{
	const struct bearing *b = columns_bearing(c);
	const uint16_t *label = (const uint16_t *)(const void *)b->label;
	uint16_t gathered[GATHERED + BEARING_SLACK];
	uint32_t n_gathered = 0, *count = g->m->count;

	for (uint32_t k = 0; k < n; k++) {
		uint32_t at = c->first[place[k]], left = c->first[place[k] + 1] - at;

		while (left > BEARING_SLACK) {
			count_gathered(count, label + at, BEARING_SLACK, by);
			at += BEARING_SLACK;
			left -= BEARING_SLACK;
		}
		memcpy(gathered + n_gathered, label + at, BEARING_SLACK * sizeof(*label));
		n_gathered += left;
		if (n_gathered >= GATHERED) {
			count_gathered(count, gathered, n_gathered, by);
			n_gathered = 0;
		}
	}
	count_gathered(count, gathered, n_gathered, by);
}

/* The places of a window that were not met. */
static uint32_t list_others(const struct window *w, uint16_t *other)
{
	uint16_t *at = other;

	for (uint32_t i = 0; i < WINDOW_WORDS; i++)
		for (uint64_t left = ~w->candidate.word[i]; left; left &= left - 1)
			*at++ = place_of(i, left);
	return (uint32_t)(at - other);
}

/* Where most were met, all that the window holds less the others: that is fewer. */
static void count_met(struct matching *g, const struct columns *c, uint32_t n)
{
	const uint16_t *whole = atomic_load_explicit(&c->whole, memory_order_acquire);

	/* A window that filled up since may bear labels that this version does not know. */
	if (!whole || g->w->end - g->w->base < WINDOW) {
		count_labels(g, c, g->room->met, n, 1);
	} else if (n <= WINDOW / 2) {
		count_settled(g, c, g->room->met, n, 1);
	} else {
		n = list_others(g->w, g->room->other);
		for (uint32_t i = 0; i < c->n_whole; i++)
			g->m->count[i] += whole[i];
		count_settled(g, c, g->room->other, n, (uint32_t)-1);
	}
}

/* ---- the whole ------------------------------------------------------------------------------- */

/* Leaves the candidates that are there and that this reader may know of, and lists them. */
static inline uint32_t keep_seen(struct matching *g, const struct columns *c,
				 const struct sight *sight)
{
	const uint32_t version = g->m->version->number;
	uint16_t *met = g->room->met;
	uint32_t n = 0;

	for (uint32_t w = 0; w < WINDOW_WORDS; w++) {
		uint64_t kept = 0;

		for (uint64_t left = g->w->candidate.word[w]; left; left &= left - 1) {
			uint32_t i = place_of(w, left), state = column_state(c, i);
			bool there = sight_discovers(sight, c, i, state) &&
				     (!(state & HAS_DIED) || column_is_alive(c, i, version));

			met[n] = (uint16_t)i;
			n += there;
			kept |= there ? left & -left : 0;
		}
		g->w->candidate.word[w] = kept;
	}
	return n;
}

/* Most readers hold no key: for them the loop is made apart, in which none is asked for. */
static uint32_t keep_visible(struct matching *g, const struct columns *c)
{
	const struct sight by_level = { g->m->sight.discover, g->m->sight.read, NULL };

	return g->m->sight.opened ? keep_seen(g, c, &g->m->sight) : keep_seen(g, c, &by_level);
}

/* Leaves those that the filter lets pass; tells how many. */
static uint32_t keep_passing(struct matching *g, const struct columns *c, uint32_t n)
{
	uint16_t *met = g->room->met;
	uint32_t kept = 0;

	for (uint32_t k = 0; k < n; k++)
		if (passes(g->m, c, met[k]))
			met[kept++] = met[k];
		else
			g->w->candidate.word[met[k] / 64] &= ~((uint64_t)1 << met[k] % 64);
	return kept;
}

static void note_most_held(struct matching *g, uint32_t n)
{
	for (uint32_t k = 0; k < n; k++)
		if (g->w->held[g->room->met[k]] > g->m->most_held)
			g->m->most_held = g->w->held[g->room->met[k]];
}

static uint32_t count_closed(const struct matching *g, const struct columns *c, uint32_t n)
{
	const struct sight sight = g->m->sight;
	uint32_t n_closed = 0;

	for (uint32_t k = 0; k < n; k++)
		n_closed += !sight_reads(&sight, c, g->room->met[k]);
	return n_closed;
}

uint32_t meet_alone(const struct matching *g)
{
	const struct columns *c = documents_window(&g->m->index->documents, g->w->base);
	const struct filter *f = &g->m->filter;
	uint32_t n = 0;

	for (uint32_t i = 0; next_place(&g->w->one, &i); i++)
		n += match_is_there(g->m, g->w->base + i) &&
		     (facets_met(f, c, i) & f->chosen) == f->chosen;
	return n;
}

void meet_all(struct matching *g)
{
	const struct columns *c = documents_window(&g->m->index->documents, g->w->base);
	uint32_t n = keep_visible(g, c);

	g->m->n_text += n;
	if (g->m->held_by_most)
		note_most_held(g, n);
	if (g->m->filter.chosen)
		n = keep_passing(g, c, n);
	g->m->total += n;
	g->m->n_closed += count_closed(g, c, n);
	if (g->m->count)
		count_met(g, c, n);
	if (!g->m->wanted)
		return;
	if (g->m->by_date)
		keep_latest(g, c, n);
	else
		keep_best(g, c, n);
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
	for (size_t i = 0; i < g->replaced.n; i++) {
		struct ranked hit = placed(g, g->replaced.edition[i].hit, EDITIONS);

		top_add(&g->best, hit, index_day(g->m->index, hit.document));
	}
}
