/*
 * acronym_line.h - one line of a text as words and marks, for acronym.c alone.
 *
 * Words are as written; their beginnings are folded when asked for.
 */
#ifndef SEARCH_ACRONYM_LINE_H
#define SEARCH_ACRONYM_LINE_H

#include <stdbool.h>
#include <stddef.h>

struct arena;

/* What one word may give: "pil" of "pilotage", "ess" of "ESS". */
enum { HEAD_MAX = 4 };

/* A mark is one character; quotes come as « and », straight ones as ", dashes as -. */
enum { QUOTE_OPEN = 0xab, QUOTE_CLOSE = 0xbb };

struct line_word {
	const char *at;
	size_t size;
	unsigned mark;  /* 0 for a word */
	bool is_small;  /* an article, a preposition, what is elided, a letter alone */
	bool is_tail;   /* joined to the word before by a hyphen */
	bool is_folded; /* `head` is known */
	char head[HEAD_MAX + 1];
};

struct line {
	struct arena *a;
	struct line_word *word;
	size_t n_words, capacity;
};

/* Reads a line, over the one before, and returns where the next begins. */
const char *line_read(struct line *l, const char *text);

/* True of one of those marks, all of them ASCII; false of a word. */
bool mark_is_any(unsigned mark, const char *marks);

/* The letters of a text in capitals, at most `max`, without accents; false at anything else. */
bool letters_fold(struct arena *a, const char *text, size_t size, char *letters, size_t max);

/* The first letters of a word, HEAD_MAX at most, as letters_fold() gives them. */
const char *line_head(struct line *l, struct line_word *w);

#endif
