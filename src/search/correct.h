/*
 * correct.h - the word that was meant, when one is in no open text.
 */
#ifndef SEARCH_CORRECT_H
#define SEARCH_CORRECT_H

#include "search/plan.h"

/*
 * The query with its unknown words corrected, or NULL when there is none, or nothing near it. A
 * word that begins others was not typed to its end: it becomes the one that lacks a letter or two,
 * else a beginning ("coop*"). Words in quotes, in capitals, and figures are left alone, and no word
 * is corrected to an acronym or a stop word. What everyone may read tells which words there are,
 * whoever asks.
 */
const char *correct_query(struct arena *a, const struct index *x, const struct version *v,
			  const char *text, const struct wanted *wanted);

#endif
