/*
 * letter.h - what each character is to the analyser: part of a word, one of the signs that may
 * join two words, or a blank.
 *
 * letter_rule.c says it of any character from the Unicode data; what French is written in is
 * kept in tables that tools/letter_table.c makes of it when the program is built.
 */
#ifndef SEARCH_LETTER_H
#define SEARCH_LETTER_H

#include <stddef.h>
#include <stdint.h>

enum letter_kind {
	LETTER_NONE, /* parts words: punctuation, symbols, bytes that are not UTF-8 */
	/* These make words. */
	LETTER_LOWER, /* or of a script without capitals */
	LETTER_UPPER,
	LETTER_DIGIT,     /* 0 to 9 */
	LETTER_RAISED,    /* figures set high or low, as in m² and CO₂ */
	LETTER_MARK,      /* combines with the letter before it */
	LETTER_INVISIBLE, /* soft hyphen and the like: as if it were not there */
	/* These part them, or join them where a rule says so. */
	LETTER_BLANK,
	LETTER_LINE_END,
	LETTER_APOSTROPHE,
	LETTER_HYPHEN,
	LETTER_DOT,
	LETTER_MIDDLE_DOT,
	LETTER_SLASH,
	LETTER_OPEN,
	LETTER_CLOSE,
	LETTER_COMMA,
	LETTER_COLON,
	LETTER_DEGREE,
	LETTER_AND, /* & */
	LETTER_AT,
	N_LETTER_KINDS
};

struct letter {
	uint32_t lower; /* the character in lower case; figures as 0 to 9 */
	uint8_t kind;
	uint8_t size; /* bytes read, 1 at least */
};

/* A character without accents, capitals and ligatures, in UTF-8; its bytes, 0 to FOLDED_MAX. */
enum { FOLDED_MAX = 96 };
unsigned letter_fold(uint32_t c, char folded[FOLDED_MAX]);

/* Writes a character as UTF-8, 1 to 4 bytes; returns their number. */
unsigned letter_put(uint32_t c, char bytes[4]);

/* ---- the rule, slow (letter_rule.c) --------------------------------------------- */

enum letter_kind letter_rule_kind(uint32_t c);
uint32_t letter_rule_lower(uint32_t c);
unsigned letter_rule_fold(uint32_t c, char folded[FOLDED_MAX]);

/* ---- the tables made of it --------------------------------------------------------- */

enum {
	LETTER_TABLE = 0x250,  /* ASCII, Latin-1, Latin Extended-A and -B */
	LETTER_SIGNS = 0x2000, /* General Punctuation: its first character */
	LETTER_SIGNS_END = 0x2070,
	LETTER_OPENED = 5 /* bytes of what a character of the first table folds to, and a NUL */
};

struct letter_entry {
	uint16_t lower;
	uint8_t kind;
	char folded[LETTER_OPENED]; /* NUL-terminated */
};

extern const struct letter_entry letter_table[LETTER_TABLE];
extern const uint8_t letter_signs[LETTER_SIGNS_END - LETTER_SIGNS]; /* kinds */

/* ---- one character ------------------------------------------------------------------ */

struct letter letter_read(const char *text, size_t length, size_t at);

/* The character at `at`, which is before `length`. */
static inline struct letter letter_at(const char *text, size_t length, size_t at)
{
	unsigned char first = (unsigned char)text[at];
	const struct letter_entry *e = &letter_table[first];

	if (first >= 0x80)
		return letter_read(text, length, at);
	return (struct letter){ .lower = e->lower, .kind = e->kind, .size = 1 };
}

#endif
