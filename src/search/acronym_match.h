/*
 * acronym_match.h - which words of a line stand for the letters of an acronym. For acronym.c alone.
 *
 * Each letter begins a word or goes on with it, in order. Both ends are words of sense, and of
 * those at most one inside gives nothing. Of several ways the one that takes the fewest liberties
 * is taken, then the nearest; the shorter the acronym, the fewer liberties there are.
 */
#ifndef SEARCH_ACRONYM_MATCH_H
#define SEARCH_ACRONYM_MATCH_H

#include <stddef.h>

struct line;

/* The first of the words that stand before `end`, or `end` when none do. */
size_t acronym_match_before(struct line *l, size_t end, const char *letters);

/* Past the last of the words from `from` on, which a mark or the line ends; 0 when none do. */
size_t acronym_match_after(struct line *l, size_t from, const char *letters);

#endif
