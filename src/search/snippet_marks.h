/*
 * snippet_marks.h - where the words of a query stand in a text.
 */
#ifndef SEARCH_SNIPPET_MARKS_H
#define SEARCH_SNIPPET_MARKS_H

#include "search/snippet.h"

/* A word of the text, or a sequence, as it is written. */
struct hit {
	size_t from, to;
	uint32_t words; /* those of the query that it is, 1 << word */
	uint32_t position;
};

struct hits {
	struct hit *hit; /* in the order of the text; one may hold others */
	size_t n, capacity;
};

/* Longer words are not marked: their like is no word that people read. */
enum { HIT_MAX = 200 };

void marks_find(struct arena *a, const struct marks *m, const char *text, struct hits *found);

/* What words of the query are worth, from 1; more in a sequence, less for a stop word. */
unsigned marks_worth(const struct marks *m, unsigned word);

#endif
