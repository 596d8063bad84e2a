/*
 * piece.h - a run of letters and figures: what the rules of the analyser put together into words.
 *
 * For the files of the analyser only.
 */
#ifndef SEARCH_PIECE_H
#define SEARCH_PIECE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "search/analyse.h"
#include "search/letter.h"

struct piece {
	size_t from, to;
	size_t after;     /* where the next sign is: past what is invisible */
	unsigned n;       /* characters */
	unsigned n_upper; /* of them, capitals */
	unsigned seen;    /* a bit 1 << kind for each enum letter_kind in it */
	bool ascii, full; /* full: it was cut */
	uint32_t length;
	char form[FORM_MAX + 1]; /* lower case, NFC, NUL-terminated; cut at FORM_MAX bytes */
};

/* What a word may begin with. */
static inline bool kind_begins(enum letter_kind kind)
{
	return kind == LETTER_LOWER || kind == LETTER_UPPER || kind == LETTER_DIGIT;
}

/* LETTER_LINE_END at the end of the text. */
static inline enum letter_kind kind_at(const char *text, size_t length, size_t at)
{
	return at < length ? (enum letter_kind)letter_at(text, length, at).kind : LETTER_LINE_END;
}

/* The same past the sign at `at`, invisible ones aside; *next is where it is. */
enum letter_kind kind_after(const char *text, size_t length, size_t at, size_t *next);

/* The piece that begins at `at`; false when none does. Takes time in proportion to its length. */
bool piece_read(const char *text, size_t length, size_t at, struct piece *p);

/* The piece past the sign at p->after, with nothing between. */
bool piece_read_next(const char *text, size_t length, const struct piece *p, struct piece *next);

bool piece_is(const struct piece *p, const char *form);
bool piece_is_any(const struct piece *p, const char *const *forms); /* up to NULL */

static inline bool piece_is_letters(const struct piece *p)
{
	return !(p->seen & (1u << LETTER_DIGIT | 1u << LETTER_RAISED));
}

static inline bool piece_is_figures(const struct piece *p)
{
	return p->seen == 1u << LETTER_DIGIT;
}

/* It has letters, all of them capitals. */
static inline bool piece_is_capitals(const struct piece *p)
{
	return p->n_upper && !(p->seen & 1u << LETTER_LOWER);
}

/* Adds to a form that has room for FORM_MAX bytes, at whole characters; returns its length. */
uint32_t form_append(char *form, uint32_t length, const char *more, size_t n);

/* The form in capitals, for an acronym, its accents dropped. */
uint32_t form_capitals(const char *form, size_t length, char capitals[FORM_MAX + 1]);

#endif
