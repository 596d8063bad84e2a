/*
 * snippet.h - the one or two passages of a text that show why it was found.
 *
 * Given a text that the reader may read, and what the query's words match. A passage is cut at
 * the edges of sentences or words, and what matched is marked whole, as it is written:
 * "<mark>élu·e·s</mark>". Passages are markup that holds text and <mark> alone.
 */
#ifndef SEARCH_SNIPPET_H
#define SEARCH_SNIPPET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/html.h"

struct arena;

enum { SNIPPETS = 2, SNIPPET_LENGTH = 200 /* characters, about */, MARK_WORDS = 32 };

/*
 * Which folded forms (form_fold()) match which word of the query. Made once for a query, then
 * only read. Words are numbered from 0 in the order of the query, below MARK_WORDS.
 */
struct marks;

struct marks *marks_new(struct arena *a);

/* Said twice of one form, both words match. */
void marks_add(struct marks *m, const char *folded, size_t length, unsigned word);

/* The words of a sequence ("…"): marked only where they follow one another. */
void marks_phrase(struct marks *m, unsigned first, unsigned n_words);

bool marks_are_empty(const struct marks *m);

/*
 * At most SNIPPETS passages of `text` (plain, lines are blocks), the best first in their order in
 * the text. Returns how many; 0 when nothing in it matches.
 */
size_t snippets_of(struct arena *a, const struct marks *m, const char *text,
		   struct html snippet[SNIPPETS]);

/* The whole of a short text, such as a title, with what matched marked. */
struct html marked(struct arena *a, const struct marks *m, const char *text);

#endif
