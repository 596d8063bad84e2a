#include "search/near.h"

#include <stdlib.h>

#include "base/arena.h"
#include "search/phrase.h"
#include "search/top.h"

/* What a pair of words is worth that stand together, against what their sequence weighs by its
 * rarity. */
static const float share = 0.5f;

/* Two words that follow one another in the query, planned as a sequence. */
struct couple {
	struct planned_choice sequence;
	float idf;
};

static int by_document(const void *left, const void *right)
{
	const struct ranked *const *l = left, *const *r = right;

	return (*l)->document < (*r)->document ? -1 : (*l)->document > (*r)->document;
}

static int by_score(const void *left, const void *right, void *context)
{
	const struct match *m = context;

	return ranked_compare(m->index, left, right);
}

static const struct unit *last_unit(const struct want *w)
{
	return &w->choice->unit[w->choice->n_units - 1];
}

static size_t make_couples(const struct match *m, struct arena *a, const struct wanted *wanted,
			   struct couple *couple)
{
	size_t n = 0;

	for (size_t i = 0; i + 1 < wanted->n_positive; i++) {
		const struct want *left = &wanted->want[i], *right = left + 1;
		struct unit *unit = arena_make(a, struct unit, 2);
		struct choice choice = { IN_SEQUENCE, unit, 2 };
		struct want both = { .choice = &choice, .n_choices = 1 };
		struct wanted one = { &both, 1, 1 };
		struct plan plan;

		unit[0] = *last_unit(left);
		unit[1] = right->choice->unit[0];
		if (unit[0].is_prefix || unit[1].is_prefix)
			continue;
		plan_make(a, m->index, m->version, &m->sight, &one, &plan);
		/* A stop word beside another says nothing of where it stands. */
		if (plan.want->choice->n_sources == 2)
			couple[n++] = (struct couple){ *plan.want->choice, plan.want->idf };
	}
	return n;
}

void near_raise(struct match *m, struct arena *a, const struct wanted *wanted)
{
	size_t n_hits = m->n_hits < NEAR_HITS ? m->n_hits : NEAR_HITS, n;
	struct ranked **in_order = arena_make(a, struct ranked *, n_hits + 1);
	struct couple *couple = arena_make(a, struct couple, WANTS_MAX);
	struct phrase_scratch scratch = { 0 };

	n = make_couples(m, a, wanted, couple);
	for (size_t i = 0; i < n_hits; i++)
		in_order[i] = &m->hit[i];
	if (!n || n_hits < 2)
		return;
	qsort(in_order, n_hits, sizeof(*in_order), by_document);
	for (size_t i = 0; i < n_hits; i++) {
		bool closed_too = sight_reads_document(&m->sight, m->index, in_order[i]->document);

		/* It stays behind the edition that supersedes it. */
		if (in_order[i]->is_superseded)
			continue;
		for (size_t k = 0; k < n; k++)
			if (phrase_is_in(&scratch, &couple[k].sequence, in_order[i]->document,
					 closed_too))
				in_order[i]->score += share * couple[k].idf;
	}
	phrase_scratch_release(&scratch);
	qsort_r(m->hit, n_hits, sizeof(*m->hit), by_score, m);
}
