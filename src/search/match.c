#include "search/match.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "search/best.h"
#include "search/phrase.h"

enum { WORDS = WINDOW / 64, EDITIONS = 16 };

/* A title that equals the query comes before all else. */
static const float title_bonus = 1000.0f;

/* What is known of the documents of a window. */
struct window {
	uint32_t base, end;
	uint64_t candidate[WORDS]; /* still in question */
	uint64_t one[WORDS];       /* hold the want at hand */
	uint32_t units[WINDOW];    /* of the want at hand, in its documents; else 0 */
	uint32_t score[WINDOW];    /* of the candidates */
	uint8_t held[WINDOW];      /* how many wants, when most will do */
};

struct room {
	struct window w;
	uint16_t met[WINDOW];   /* the matches of the window */
	uint32_t least[WINDOW]; /* of the words of a choice */
	uint32_t sum[WINDOW];   /* of the choices of a want; 0 between wants */
};

/* Matched documents that an edition ties to others: told when all scores are known. */
struct edition {
	int64_t replaced; /* the resource that another replaces, or that is replaced */
	struct hit hit;
};

struct editions {
	struct edition *edition;
	size_t n, capacity;
};

struct matching {
	struct match *m;
	struct arena *a;
	struct room *room;
	struct window *w; /* of the room */
	struct best best;
	struct editions replaced, replacing;
	struct phrase_scratch phrase;
};

struct room *room_new(void)
{
	struct room *r = calloc(1, sizeof(*r));

	if (!r)
		die("out of memory");
	return r;
}

void room_free(struct room *r)
{
	free(r);
}

/* ---- bits ------------------------------------------------------------------------------------ */

static inline bool has(const uint64_t *bits, uint32_t i)
{
	return bits[i / 64] >> (i % 64) & 1;
}

static inline void set(uint64_t *bits, uint32_t i)
{
	bits[i / 64] |= (uint64_t)1 << (i % 64);
}

static inline bool next_bit(const uint64_t *bits, uint32_t *i)
{
	uint32_t at = *i;
	uint64_t word;

	if (at >= WINDOW)
		return false;
	word = bits[at / 64] >> (at % 64);
	if (word) {
		*i = at + (uint32_t)__builtin_ctzll(word);
		return true;
	}
	for (at = at / 64 + 1; at < WORDS; at++)
		if (bits[at]) {
			*i = at * 64 + (uint32_t)__builtin_ctzll(bits[at]);
			return true;
		}
	return false;
}

static uint32_t count_bits(const uint64_t *bits)
{
	uint32_t n = 0;

	for (size_t i = 0; i < WORDS; i++)
		n += (uint32_t)__builtin_popcountll(bits[i]);
	return n;
}

/* ---- one source in one window ------------------------------------------------------------------
 */

static bool may_read(const struct matching *g, uint32_t document)
{
	return g->m->sight.read >> index_document(g->m->index, document)->access & 1;
}

static inline void hold(struct window *w, uint32_t document, uint32_t units)
{
	uint32_t i = document - w->base;

	set(w->one, i);
	w->units[i] += units;
}

/* Every document of an open list that is in the window. */
static void walk_open(struct window *w, struct lane *lane)
{
	struct cursor *c = &lane->cursor;

	cursor_seek(c, w->base);
	for (; c->document < w->end; cursor_next(c))
		hold(w, c->document, lane->units[c->weight]);
}

/* The same for those in question only, or for those of a closed list that may be read. */
static void walk_some(struct matching *g, struct lane *lane, bool among)
{
	struct window *w = g->w;
	struct cursor *c = &lane->cursor;

	cursor_seek(c, w->base);
	for (; c->document < w->end; cursor_next(c))
		if ((!among || has(w->candidate, c->document - w->base)) &&
		    (!lane->is_closed || may_read(g, c->document)))
			hold(w, c->document, lane->units[c->weight]);
}

/* Each document in question is looked up. */
static void look_up(struct matching *g, struct lane *lane)
{
	struct window *w = g->w;
	struct cursor *c = &lane->cursor;

	for (uint32_t i = 0; next_bit(w->candidate, &i); i++) {
		cursor_seek(c, w->base + i);
		if (c->document == w->base + i && (!lane->is_closed || may_read(g, w->base + i)))
			hold(w, c->document, lane->units[c->weight]);
		if (c->document >= w->end)
			return;
	}
}

static void take_pool(struct window *w, struct source *s, bool among)
{
	while (s->pool_at < s->n_pooled && s->pool[s->pool_at].document < w->base)
		s->pool_at++;
	for (; s->pool_at < s->n_pooled && s->pool[s->pool_at].document < w->end; s->pool_at++) {
		const struct pooled *p = &s->pool[s->pool_at];

		if (!among || has(w->candidate, p->document - w->base))
			hold(w, p->document, p->units);
	}
}

/* A look-up costs about as much as this many steps of a walk. */
enum { STEPS_OF_LOOK_UP = 16 };

/* Adds to `one` and `units` the documents that hold a word; `among` the candidates, if so. */
static void take_source(struct matching *g, struct source *s, bool among)
{
	uint32_t n_candidates = among ? count_bits(g->w->candidate) : 0;
	uint64_t n_documents = g->m->version->n_documents;

	for (size_t i = 0; i < s->n_lanes; i++) {
		struct lane *lane = &s->lane[i];
		uint64_t steps = (uint64_t)lane->cursor.n * WINDOW / (n_documents + 1);

		if (among && n_candidates * STEPS_OF_LOOK_UP < steps)
			look_up(g, lane);
		else if (among || lane->is_closed)
			walk_some(g, lane, among);
		else
			walk_open(g->w, lane);
	}
	if (s->n_pooled)
		take_pool(g->w, s, among);
}

/* ---- choices and wants
 * --------------------------------------------------------------------------- */

static void clear_one(struct window *w)
{
	for (uint32_t i = 0; next_bit(w->one, &i); i++)
		w->units[i] = 0;
	memset(w->one, 0, sizeof(w->one));
}

/* A choice of several words: documents that hold each, and in sequence when it must be. */
static void take_words(struct matching *g, struct planned_choice *c, bool among)
{
	struct window *w = g->w;
	uint64_t before[WORDS], held[WORDS];
	uint32_t *units = g->room->least;

	memcpy(before, w->candidate, sizeof(before));
	for (size_t k = 0; k < c->n_sources; k++) {
		clear_one(w);
		take_source(g, &c->source[k], k > 0 || among);
		memcpy(w->candidate, w->one, sizeof(w->one));
		/* The rarest says what the whole weighs. */
		for (uint32_t i = 0; next_bit(w->one, &i); i++)
			units[i] = k && units[i] < w->units[i] ? units[i] : w->units[i];
	}
	clear_one(w);
	memcpy(held, w->candidate, sizeof(held));
	memcpy(w->candidate, before, sizeof(before));
	for (uint32_t i = 0; next_bit(held, &i); i++)
		if (c->way == ANYWHERE ||
		    phrase_is_in(&g->phrase, c, w->base + i, may_read(g, w->base + i)))
			hold(w, w->base + i, units[i]);
}

/* Several choices add up; each of several words works on `one` alone. */
static void take_want(struct matching *g, struct planned_want *p, bool among)
{
	struct window *w = g->w;
	uint64_t sum[WORDS] = { 0 };

	for (size_t k = 0; k < p->n_choices; k++) {
		if (p->choice[k].n_sources == 1)
			take_source(g, p->choice[k].source, among);
		else if (p->choice[k].n_sources > 1)
			take_words(g, &p->choice[k], among);
		if (p->n_choices == 1)
			return;
		for (uint32_t i = 0; next_bit(w->one, &i); i++) {
			set(sum, i);
			g->room->sum[i] += w->units[i];
		}
		clear_one(w);
	}
	for (uint32_t i = 0; next_bit(sum, &i); i++) {
		hold(w, w->base + i, g->room->sum[i]);
		g->room->sum[i] = 0;
	}
}

/* The scores of others than candidates are what they happen to be. */
static void start_scores(struct window *w, float idf)
{
	for (uint32_t i = 0; next_bit(w->one, &i); i++)
		w->score[i] = weight_score(w->units[i], idf);
}

static void add_scores(struct window *w, float idf)
{
	for (uint32_t i = 0; next_bit(w->one, &i); i++)
		w->score[i] += weight_score(w->units[i], idf);
}

/* ---- windows
 * ---------------------------------------------------------------------------------------- */

static void fill(struct window *w)
{
	uint32_t n = w->end - w->base;

	memset(w->candidate, 0, sizeof(w->candidate));
	memset(w->candidate, 0xff, n / 64 * 8);
	if (n % 64)
		w->candidate[n / 64] = ((uint64_t)1 << n % 64) - 1;
}

static void hold_all(struct matching *g)
{
	struct plan *plan = &g->m->plan;
	struct window *w = g->w;

	if (!plan->n_positive) {
		fill(w);
		memset(w->score, 0, sizeof(w->score));
	}
	for (size_t i = 0; i < plan->n_positive; i++) {
		take_want(g, &plan->want[i], i > 0);
		if (i)
			add_scores(w, plan->want[i].idf);
		else
			start_scores(w, plan->want[i].idf);
		memcpy(w->candidate, w->one, sizeof(w->one));
		clear_one(w);
	}
}

static void hold_most(struct matching *g)
{
	struct plan *plan = &g->m->plan;
	struct window *w = g->w;

	memset(w->held, 0, sizeof(w->held));
	memset(w->score, 0, sizeof(w->score));
	memset(w->candidate, 0, sizeof(w->candidate));
	for (size_t k = 0; k < plan->n_positive; k++) {
		take_want(g, &plan->want[k], false);
		add_scores(w, plan->want[k].idf);
		for (uint32_t i = 0; next_bit(w->one, &i); i++)
			if (++w->held[i] >= g->m->needed)
				set(w->candidate, i);
		clear_one(w);
	}
}

static void exclude(struct matching *g)
{
	struct plan *plan = &g->m->plan;
	struct window *w = g->w;

	for (size_t k = plan->n_positive; k < plan->n_wants; k++) {
		take_want(g, &plan->want[k], true);
		for (size_t i = 0; i < WORDS; i++)
			w->candidate[i] &= ~w->one[i];
		clear_one(w);
	}
}

/* ---- each match
 * -------------------------------------------------------------------------------------- */

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

static void count_all(struct match *m, const struct document *d)
{
	for (uint32_t i = 0; i < d->n_labels; i++)
		m->count[d->label[i]]++;
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
	uint8_t failed =
		m->filter.chosen ? (uint8_t)(m->filter.chosen & ~facets_met(&m->filter, d)) : 0;

	if (failed) {
		if (m->count && (failed & (failed - 1)) == 0)
			count_facet(m, d, failed);
		return false;
	}
	if (m->count)
		count_all(m, d);
	return true;
}

static void keep_edition(struct matching *g, struct editions *e, int64_t replaced, struct hit hit)
{
	*arena_push(g->a, e->edition, e->n, e->capacity) = (struct edition){ replaced, hit };
}

/* One hundredth more for each year, whatever the day on which it is asked. */
static float recent(const struct document *d)
{
	const float year_2000 = 10957, century = 36525;
	float since = d->day == INT32_MIN ? 0 : ((float)d->day - year_2000) / century;

	return 1 + (since < -0.2f ? -0.2f : since > 0.6f ? 0.6f : since);
}

static void meet(struct matching *g, uint32_t number, uint32_t score)
{
	struct match *m = g->m;
	const struct document *d = index_document(m->index, number);
	struct hit hit = { .document = number, .score = (float)score / SCORE_UNIT };
	uint8_t edition;

	if (!match_is_there(m, d))
		return;
	m->n_text++;
	if (m->filter.chosen || m->count) {
		if (!passes(m, d))
			return;
	}
	m->total++;
	m->n_closed += !(m->sight.read >> d->access & 1);
	if (!m->wanted)
		return;
	hit.score *= recent(d);
	if (m->title_hash && d->title_hash == m->title_hash)
		hit.score += title_bonus;
	edition = m->by_date ? 0 : atomic_load_explicit(&d->edition, memory_order_relaxed);
	if (edition & REPLACES)
		keep_edition(g, &g->replacing, index_identity(m->index, number)->replaces, hit);
	if (edition & IS_REPLACED)
		keep_edition(g, &g->replaced, index_identity(m->index, number)->id, hit);
	else
		best_add(&g->best, hit);
}

/* Memory is asked for what comes a few matches later: it takes as long as several of them. */
enum { DOCUMENTS_AHEAD = 24, LABELS_AHEAD = 12 };

static void prefetch(const struct matching *g, uint32_t n, uint32_t k)
{
	if (k + DOCUMENTS_AHEAD < n)
		__builtin_prefetch(index_document(g->m->index,
						  g->w->base + g->room->met[k + DOCUMENTS_AHEAD]));
	if (k + LABELS_AHEAD < n)
		__builtin_prefetch(
			index_document(g->m->index, g->w->base + g->room->met[k + LABELS_AHEAD])
				->label);
}

static void note_most_held(struct matching *g, uint32_t i)
{
	struct match *m = g->m;

	if (g->w->held[i] > m->most_held &&
	    match_is_there(m, index_document(m->index, g->w->base + i)))
		m->most_held = g->w->held[i];
}

static void meet_all(struct matching *g)
{
	struct window *w = g->w;
	uint32_t n = 0;

	for (uint32_t i = 0; next_bit(w->candidate, &i); i++)
		g->room->met[n++] = (uint16_t)i;
	for (uint32_t k = 0; k < n; k++) {
		prefetch(g, n, k);
		if (g->m->held_by_most)
			note_most_held(g, g->room->met[k]);
		meet(g, w->base + g->room->met[k], w->score[g->room->met[k]]);
	}
}

/* ---- editions
 * ------------------------------------------------------------------------------------------ */

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
static struct hit placed(const struct matching *g, struct hit hit, int depth)
{
	const struct editions *e = &g->replacing;
	int64_t id = index_identity(g->m->index, hit.document)->id;

	for (size_t i = first_replacing(e, id); depth && i < e->n && e->edition[i].replaced == id;
	     i++) {
		float limit = placed(g, e->edition[i].hit, depth - 1).score * 0.9999f;

		hit.is_superseded = true;
		hit.score = hit.score < limit ? hit.score : limit;
	}
	return hit;
}

static void place_editions(struct matching *g)
{
	if (g->replacing.n)
		qsort(g->replacing.edition, g->replacing.n, sizeof(*g->replacing.edition),
		      by_replaced);
	for (size_t i = 0; i < g->replaced.n; i++)
		best_add(&g->best, placed(g, g->replaced.edition[i].hit, EDITIONS));
}

/* ---- the whole
 * ------------------------------------------------------------------------------------------- */

static uint32_t next_document(const struct source *s)
{
	uint32_t first = NO_DOCUMENT;

	for (size_t i = 0; i < s->n_lanes; i++)
		if (s->lane[i].cursor.document < first)
			first = s->lane[i].cursor.document;
	if (s->pool_at < s->n_pooled && s->pool[s->pool_at].document < first)
		first = s->pool[s->pool_at].document & ~(uint32_t)(WINDOW - 1);
	return first;
}

/* The first document that may match from here on: the rarest want tells. */
static uint32_t next_of_want(const struct planned_want *p)
{
	uint32_t first = NO_DOCUMENT;

	for (size_t k = 0; k < p->n_choices; k++)
		if (p->choice[k].n_sources) {
			uint32_t next = next_document(p->choice[k].source);

			first = next < first ? next : first;
		}
	return first;
}

static uint32_t next_window(const struct match *m, uint32_t after)
{
	uint32_t next = after;

	if (m->plan.n_positive && !m->held_by_most) {
		next = next_of_want(&m->plan.want[0]);
		next = next < after ? after : next;
	}
	return next == NO_DOCUMENT ? next : next & ~(uint32_t)(WINDOW - 1);
}

static void match_window(struct matching *g, uint32_t base)
{
	uint32_t limit = g->m->version->n_documents;

	g->w->base = base;
	g->w->end = limit - base < WINDOW ? limit : base + WINDOW;
	if (g->m->held_by_most)
		hold_most(g);
	else
		hold_all(g);
	exclude(g);
	meet_all(g);
}

void match_run(struct match *m, struct arena *a, struct room *room)
{
	struct matching whole = { .m = m, .a = a, .room = room, .w = &room->w }, *g = &whole;
	uint32_t limit = m->version->n_documents, base = 0;

	best_init(&g->best, a, m->index, m->by_date, m->wanted < limit ? m->wanted : limit);
	while ((base = next_window(m, base)) < limit) {
		match_window(g, base);
		base += WINDOW;
	}
	place_editions(g);
	phrase_scratch_release(&g->phrase);
	best_sort(&g->best);
	m->hit = g->best.hit;
	m->n_hits = g->best.n_hits;
}
