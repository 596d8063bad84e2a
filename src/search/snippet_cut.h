/*
 * snippet_cut.h - where a passage of a text begins and ends.
 */
#ifndef SEARCH_SNIPPET_CUT_H
#define SEARCH_SNIPPET_CUT_H

#include <stdbool.h>
#include <stddef.h>

/* Bytes of the text; cut: inside a sentence. */
struct passage {
	size_t from, to;
	bool cut_before, cut_after;
};

/*
 * About SNIPPET_LENGTH characters around what stands from `from` up to `to`, within `low` and
 * `high`: the sentence when it is not too long, else whole words.
 */
struct passage passage_around(const char *text, size_t from, size_t to, size_t low, size_t high);

/* True when nothing but blanks stands between. */
bool is_blank_between(const char *text, size_t from, size_t to);

#endif
