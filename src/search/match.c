#include "search/match.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "search/matching.h"
#include "search/pool.h"

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

/* ---- scores ---------------------------------------------------------------------------------- */

/*
 * Scores the want at hand and forgets it, all at one go. Its documents are the candidates from now
 * on; the scores of others are what they happen to be.
 */
static void score_places(struct window *w, float idf, bool is_first)
{
	for (uint32_t i = 0; next_place(&w->candidate, &i); i++) {
		w->score[i] = weight_score(w->units[i], idf) + (is_first ? 0 : w->score[i]);
		w->units[i] = 0;
	}
}

static void score_whole(struct window *w, float idf, bool is_first)
{
	for (uint32_t i = 0; i < WINDOW; i++)
		w->score[i] = weight_score(w->units[i], idf) + (is_first ? 0 : w->score[i]);
	memset(w->units, 0, sizeof(w->units));
}

static void settle(struct window *w, float idf, bool is_first)
{
	w->candidate = w->one;
	if (are_dense(&w->one))
		score_whole(w, idf, is_first);
	else
		score_places(w, idf, is_first);
	memset(&w->one, 0, sizeof(w->one));
}

static void add_scores(struct window *w, float idf)
{
	for (uint32_t i = 0; next_place(&w->one, &i); i++)
		w->score[i] += weight_score(w->units[i], idf);
}

/* ---- windows --------------------------------------------------------------------------------- */

static void fill(struct window *w)
{
	uint32_t n = w->end - w->base;

	memset(&w->candidate, 0, sizeof(w->candidate));
	memset(w->candidate.word, 0xff, n / 64 * 8);
	if (n % 64)
		w->candidate.word[n / 64] = ((uint64_t)1 << n % 64) - 1;
	w->candidate.most = n;
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
		settle(w, plan->want[i].idf, i == 0);
	}
}

static void hold_most(struct matching *g)
{
	struct plan *plan = &g->m->plan;
	struct window *w = g->w;

	memset(w->held, 0, sizeof(w->held));
	memset(w->score, 0, sizeof(w->score));
	memset(&w->candidate, 0, sizeof(w->candidate));
	for (size_t k = 0; k < plan->n_positive; k++) {
		take_want(g, &plan->want[k], false);
		add_scores(w, plan->want[k].idf);
		if (g->m->alone)
			g->m->alone[plan->want[k].want - g->m->first_want] += meet_alone(g);
		for (uint32_t i = 0; next_place(&w->one, &i); i++)
			if (++w->held[i] >= g->m->needed)
				add(&w->candidate, i);
		clear_one(w);
	}
}

static void exclude(struct matching *g)
{
	struct plan *plan = &g->m->plan;
	struct window *w = g->w;

	for (size_t k = plan->n_positive; k < plan->n_wants; k++) {
		take_want(g, &plan->want[k], true);
		for (size_t i = 0; i < WINDOW_WORDS; i++)
			w->candidate.word[i] &= ~w->one.word[i];
		clear_one(w);
	}
}

/* ---- the whole --------------------------------------------------------------------- */

static uint32_t next_document(const struct source *s, uint32_t from)
{
	uint32_t first = NO_DOCUMENT;

	for (size_t i = 0; i < s->n_lanes; i++)
		if (s->lane[i].cursor.document < first)
			first = s->lane[i].cursor.document;
	return s->pool ? pool_next(s->pool, from, first) : first;
}

/* The first document that may match from here on: the rarest want tells. */
static uint32_t next_of_want(const struct planned_want *p, uint32_t from)
{
	uint32_t first = NO_DOCUMENT;

	for (size_t k = 0; k < p->n_choices; k++)
		if (p->choice[k].n_sources) {
			uint32_t next = next_document(p->choice[k].source, from);

			first = next < first ? next : first;
		}
	return first;
}

static uint32_t next_window(const struct match *m, uint32_t after)
{
	uint32_t next = after;

	if (m->plan.n_positive && !m->held_by_most) {
		next = next_of_want(&m->plan.want[0], after);
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

	top_init(&g->best, a, m->index, m->wanted < limit ? m->wanted : limit);
	while ((base = next_window(m, base)) < limit) {
		match_window(g, base);
		base += WINDOW;
	}
	meet_editions(g);
	phrase_scratch_release(&g->phrase);
	top_sort(&g->best);
	m->hit = g->best.hit;
	m->n_hits = g->best.n_hits;
}
