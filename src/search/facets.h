/*
 * facets.h - the values chosen, and what is told of all of them.
 */
#ifndef SEARCH_FACETS_H
#define SEARCH_FACETS_H

#include "search/match.h"

/* INVALID for a value of a facet whose values are known beforehand, and that is none of them. */
CHECKED enum status facets_choose(struct arena *a, const struct version *v,
				  const struct search_query *query, struct filter *filter);

/* From the counts of a match: the values found, and those chosen. */
void facets_tell(struct arena *a, const struct match *m, const struct search_query *query,
		 struct search_facet facet[N_FACETS]);

#endif
