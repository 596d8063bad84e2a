/*
 * match.h - the documents that satisfy a plan, counted and ordered.
 *
 * Goes through every match, a window of documents at a time: counts are exact. What the reader may
 * not know of is left out before anything is counted. The best are kept as far as they are asked
 * for.
 */
#ifndef SEARCH_MATCH_H
#define SEARCH_MATCH_H

#include "search/plan.h"

/* Values chosen in the facets: bits of facets by label. */
struct filter {
	const uint8_t *facet_of; /* of a chosen label, 1 << facet; else 0 */
	uint8_t chosen;          /* the facets in which something is chosen */
};

struct ranked {
	uint32_t document;
	float score;
	bool is_superseded; /* by another that was found too */
};

struct match {
	/* What is asked. */
	const struct index *index;
	const struct version *version;
	struct sight sight;
	struct plan plan;
	struct filter filter;
	bool by_date;      /* and then no score counts */
	bool held_by_most; /* at least `needed` of the words wanted, rather than all */
	uint32_t needed;
	size_t wanted;       /* so many of the best */
	uint32_t title_hash; /* of the query, 0 when there is none */
	/* What is found. */
	uint32_t total, n_closed;
	uint32_t n_text; /* before the filter */
	uint32_t most_held;
	uint32_t *alone; /* with held_by_most: how many hold each want of `wanted`, or NULL */
	const struct want *first_want;
	uint32_t *count;    /* by label; NULL: facets are not counted */
	struct ranked *hit; /* the best first */
	size_t n_hits;
};

/* In this version, and for this reader to know of. */
bool match_is_there(const struct match *m, uint32_t document);

/* Room for one match at a time, to be used again: it is large. */
struct room;

struct room *room_new(void);
void room_free(struct room *r);

/* The result lives in the arena. */
void match_run(struct match *m, struct arena *a, struct room *room);

#endif
