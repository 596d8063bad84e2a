/*
 * snippet_check.h - what is promised of the passages of any text: by the tests and the fuzzer.
 */
#ifndef TEST_SNIPPET_CHECK_H
#define TEST_SNIPPET_CHECK_H

#include "search/snippet.h"

/* A query of `n` words, for each of which `word` has forms, separated by blanks. */
struct check {
	const char *word[MARK_WORDS];
	unsigned n;
	unsigned phrase; /* so many of them, from the first on, are a sequence; 0: none */
};

struct marks *check_marks(struct arena *a, const struct check *c);

/* NULL, or what is wrong. `text` is what text_check() lets in. */
const char *check_snippets(struct arena *a, const struct check *c, const char *text);

/* NULL, or what the analyser reads as one of the forms and is not marked (without a sequence). */
const char *check_all_marked(struct arena *a, const struct check *c, const char *text);

#endif
