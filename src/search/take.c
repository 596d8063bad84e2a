#include "search/matching.h"
#include "search/pool.h"

#include <string.h>

/* ---- one word in one window ------------------------------------------------------------------ */

static bool may_read(const struct matching *g, uint32_t document)
{
	return sight_reads_document(&g->m->sight, g->m->index, document);
}

static inline void hold(struct window *w, uint32_t document, uint32_t units)
{
	uint32_t i = document - w->base;

	add(&w->one, i);
	w->units[i] += units;
}

/* Every document of an open list that is in the window. */
static void walk_open(struct window *w, struct lane *lane)
{
	struct cursor *c = &lane->cursor;
	uint32_t document[BLOCK_POSTINGS];
	uint8_t weight[BLOCK_POSTINGS];

	cursor_seek(c, w->base);
	while (c->document < w->end) {
		uint32_t n = cursor_take(c, w->end, document, weight);

		for (uint32_t i = 0; i < n; i++)
			hold(w, document[i], lane->units[weight[i]]);
	}
}

/* The same for those in question only, or for those of a closed list that may be read. */
static void walk_some(struct matching *g, struct lane *lane, bool among)
{
	struct window *w = g->w;
	struct cursor *c = &lane->cursor;
	uint32_t document[BLOCK_POSTINGS];
	uint8_t weight[BLOCK_POSTINGS];

	cursor_seek(c, w->base);
	while (c->document < w->end) {
		uint32_t n = cursor_take(c, w->end, document, weight);

		for (uint32_t i = 0; i < n; i++)
			if ((!among || has(&w->candidate, document[i] - w->base)) &&
			    (!lane->is_closed || may_read(g, document[i])))
				hold(w, document[i], lane->units[weight[i]]);
	}
}

/* Each document in question is looked up. */
static void look_up(struct matching *g, struct lane *lane)
{
	struct window *w = g->w;
	struct cursor *c = &lane->cursor;

	for (uint32_t i = 0; next_place(&w->candidate, &i); i++) {
		cursor_seek(c, w->base + i);
		if (c->document == w->base + i && (!lane->is_closed || may_read(g, w->base + i)))
			hold(w, c->document, lane->units[c->weight]);
		if (c->document >= w->end)
			return;
	}
}

static void take_few(struct window *w, struct pool *p, bool among)
{
	for (; p->at < p->n_few && p->few[p->at].document < w->base; p->at++)
		;
	for (; p->at < p->n_few && p->few[p->at].document < w->end; p->at++)
		if (!among || has(&w->candidate, p->few[p->at].document - w->base))
			hold(w, p->few[p->at].document, p->few[p->at].units);
}

/* What each document is worth, for all of a window; without a branch, which would be guessed wrong.
 */
static void take_sums(struct window *w, const uint32_t *units)
{
	for (uint32_t at = 0; at < WINDOW_WORDS; at++) {
		uint64_t word = 0;

		for (uint32_t i = 0; i < 64; i++) {
			word |= (uint64_t)(units[at * 64 + i] != 0) << i;
			w->units[at * 64 + i] += units[at * 64 + i];
		}
		w->one.word[at] |= word;
	}
	w->one.most += w->end - w->base;
}

static void take_sums_among(struct window *w, const uint32_t *units)
{
	for (uint32_t i = 0; next_place(&w->candidate, &i); i++)
		if (units[i])
			hold(w, w->base + i, units[i]);
}

static void take_pool(struct window *w, struct pool *p, bool among)
{
	if (!p->units)
		take_few(w, p, among);
	else if (among)
		take_sums_among(w, p->units + w->base);
	else
		take_sums(w, p->units + w->base);
}

/* A look-up costs about as much as this many steps of a walk. */
enum { STEPS_OF_LOOK_UP = 16 };

/* Adds to `one` and `units` the documents that hold a word; `among` the candidates, if so. */
static void take_source(struct matching *g, struct source *s, bool among)
{
	/* A list so long that its part of a window is worth more steps than the look-ups. */
	uint64_t long_from = among ? (uint64_t)g->w->candidate.most * STEPS_OF_LOOK_UP *
					     (g->m->version->n_documents / WINDOW + 1)
				   : 0;

	for (size_t i = 0; i < s->n_lanes; i++) {
		struct lane *lane = &s->lane[i];

		if (lane->cursor.document >= g->w->end)
			continue;
		if (among && lane->cursor.n > long_from)
			look_up(g, lane);
		else if (among || lane->is_closed)
			walk_some(g, lane, among);
		else
			walk_open(g->w, lane);
	}
	if (s->pool)
		take_pool(g->w, s->pool, among);
}

/* ---- choices and wants ------------------------------------------------------------- */

void clear_one(struct window *w)
{
	if (are_dense(&w->one))
		memset(w->units, 0, sizeof(w->units));
	else
		for (uint32_t i = 0; next_place(&w->one, &i); i++)
			w->units[i] = 0;
	memset(&w->one, 0, sizeof(w->one));
}

/* A choice of several words: documents that hold each, and in sequence when it must be. */
static void take_words(struct matching *g, struct planned_choice *c, bool among)
{
	struct window *w = g->w;
	struct places before = w->candidate, held;
	uint32_t *units = g->room->least;

	for (size_t k = 0; k < c->n_sources; k++) {
		clear_one(w);
		take_source(g, &c->source[k], k > 0 || among);
		w->candidate = w->one;
		/* The rarest says what the whole weighs. */
		for (uint32_t i = 0; next_place(&w->one, &i); i++)
			units[i] = k && units[i] < w->units[i] ? units[i] : w->units[i];
	}
	clear_one(w);
	held = w->candidate;
	w->candidate = before;
	for (uint32_t i = 0; next_place(&held, &i); i++)
		if (c->way == ANYWHERE ||
		    phrase_is_in(&g->phrase, c, w->base + i, may_read(g, w->base + i)))
			hold(w, w->base + i, units[i]);
}

/* Several choices add up; each works on `one` alone. */
void take_want(struct matching *g, struct planned_want *p, bool among)
{
	struct window *w = g->w;
	struct places sum = { 0 };

	for (size_t k = 0; k < p->n_choices; k++) {
		if (p->choice[k].n_sources == 1)
			take_source(g, p->choice[k].source, among);
		else if (p->choice[k].n_sources > 1)
			take_words(g, &p->choice[k], among);
		if (p->n_choices == 1)
			return;
		for (uint32_t i = 0; next_place(&w->one, &i); i++) {
			add(&sum, i);
			g->room->sum[i] += w->units[i];
		}
		clear_one(w);
	}
	for (uint32_t i = 0; next_place(&sum, &i); i++) {
		hold(w, w->base + i, g->room->sum[i]);
		g->room->sum[i] = 0;
	}
}
