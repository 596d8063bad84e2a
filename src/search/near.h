/*
 * near.h - words of the query that follow one another in a document, as they do in the query.
 *
 * A phrase beats scattered words. Only the first NEAR_HITS are looked into, whichever page is
 * asked for, so that pages stay what they are.
 */
#ifndef SEARCH_NEAR_H
#define SEARCH_NEAR_H

#include "search/match.h"

enum { NEAR_HITS = 100 };

/* Raises the scores of the first hits, and puts these in order again. */
void near_raise(struct match *m, struct arena *a, const struct wanted *wanted);

#endif
