/*
 * plan.h - what is wanted, resolved into the lists that hold it.
 *
 * A *lane* is a list being walked, with how near its word is to what was typed. A *source* is all
 * the lanes of one word of the query; a choice has a source for each of its words.
 */
#ifndef SEARCH_PLAN_H
#define SEARCH_PLAN_H

#include "search/query.h"
#include "search/sight.h"

struct arena;
struct marks;
struct pool;

struct lane {
	struct cursor cursor;
	const uint32_t *units; /* by weight */
	bool is_closed;
};

struct source {
	struct lane *lane;
	size_t n_lanes;
	struct pool *pool;  /* of more lists, or NULL */
	uint64_t cost;      /* postings in all */
	uint32_t frequency; /* open documents that hold it */
	uint32_t offset;    /* from the first word of a sequence */
};

struct planned_choice {
	enum way way;
	struct source *source; /* the rarest first */
	struct source
		*in_place; /* the same to look up spots in; NULL when there is one word only */
	size_t n_sources;
	bool is_exact; /* a source proves it by itself: no spots are compared */
};

struct planned_want {
	const struct want *want;
	struct planned_choice *choice;
	size_t n_choices;
	uint64_t cost;
	uint32_t frequency;
	float idf;
};

struct plan {
	struct planned_want *want; /* positive ones first, the rarest first; then excluded ones */
	size_t n_wants, n_positive;
};

/* For one walk: cursors stand at their beginnings. */
void plan_make(struct arena *a, const struct index *x, const struct version *v,
	       const struct sight *sight, const struct wanted *wanted, struct plan *plan);

/* What the words wanted match in what this reader may read, for snippets. */
void plan_marks(const struct index *x, const struct version *v, const struct sight *sight,
		const struct wanted *wanted, struct marks *marks);

/* True when no open text holds the word in any of the ways in which it would match. */
bool plan_is_unknown(struct arena *a, const struct index *x, const struct version *v,
		     const struct want *want);

#endif
