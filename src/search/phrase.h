/*
 * phrase.h - whether words that a document holds follow one another there.
 */
#ifndef SEARCH_PHRASE_H
#define SEARCH_PHRASE_H

#include "search/plan.h"

/* Kept from document to document. */
struct phrase_scratch {
	struct spots reached, spots;
};

void phrase_scratch_release(struct phrase_scratch *s);

/*
 * True when the words of the choice stand in sequence in one layer of the document; the closed one
 * is looked at when it may be. Documents are asked for in order.
 */
bool phrase_is_in(struct phrase_scratch *s, struct planned_choice *c, uint32_t document,
		  bool closed_too);

#endif
