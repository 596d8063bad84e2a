/*
 * lexicon.h - the words of the corpora: invented, but French in their looks and in the endings
 * they take; the stop words are the true ones. Always the same.
 */
#ifndef BENCH_LEXICON_H
#define BENCH_LEXICON_H

#include <stddef.h>
#include <stdint.h>

#include "random.h"

struct arena;

enum {
	N_STEMS = 60000,
	N_NAMES = 40000,
	N_WORDS = N_STEMS + N_NAMES,
	N_ACRONYMS = 300,
	N_COMPOUNDS = 3000,
	N_IDIOMS = 6000,
	N_TOPICS = 40,
};

#define NO_WORD UINT32_MAX

/* The forms of one word stand together, the most common first. Names are words of one form. */
struct stem {
	uint32_t first, n_forms;
};

/* Two or three words often found together, with stop words before the second ("X de la Y"). */
struct idiom {
	uint32_t word[3]; /* forms; the last may be NO_WORD */
	uint32_t link[2]; /* stop words; NO_WORD where there is none */
};

struct compound {
	uint32_t word[2];
};

struct lexicon {
	const char **form;
	size_t n_forms;
	struct stem *stem; /* the most common first, then those of names */
	uint32_t *word_of; /* of a form, its place in stem; NO_WORD for acronyms */
	uint32_t acronym[N_ACRONYMS];
	struct compound compound[N_COMPOUNDS];
	struct idiom idiom[N_IDIOMS];
	uint8_t *stop_drawn; /* STOP_DRAWS places of stop words, each at its rate */
};

enum { STOP_DRAWS = 8192 };

struct lexicon *lexicon_new(struct arena *a);

/* A form of a stem; `topic` has stems of its own, drawn now and then. */
uint32_t lexicon_draw(const struct lexicon *lex, struct random *r, unsigned topic);

/* The place of a stop word, and its text. */
uint32_t stop_draw(const struct lexicon *lex, struct random *r);
const char *stop_text(uint32_t stop);

/* How it is written before a vowel ("l", "qu"), or NULL. */
const char *stop_elided(uint32_t stop);

/* A name of the list, rare or less so. */
uint32_t lexicon_draw_name(const struct lexicon *lex, struct random *r);

/* A proper noun of the moment, with a capital, that is in no list. */
enum { WORD_BYTES = 96 };
void lexicon_name(struct random *r, char name[WORD_BYTES]);

#endif
