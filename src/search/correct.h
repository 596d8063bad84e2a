/*
 * correct.h - the word that was meant, when one is in no open text.
 */
#ifndef SEARCH_CORRECT_H
#define SEARCH_CORRECT_H

#include "search/plan.h"

/*
 * The query with its unknown words corrected, or NULL when there is none, or nothing near it. Words
 * in quotes, beginnings and figures are left alone. What everyone may read tells which words
 * there are, whoever asks.
 */
const char *correct_query(struct arena *a, const struct index *x, const struct version *v,
			  const char *text, const struct wanted *wanted);

#endif
