/*
 * analyse.h - French text into tokens: what a text is indexed by and what a query is read into.
 *
 * One analyser for both, so that they meet. A token is a *form*: a word as it is written, in
 * lower case and NFC, accents kept ("marché"). form_fold() takes the accents off; form_stem()
 * takes the endings off what is folded. An acronym ("SIEG", "S.I.E.G.") keeps its capitals, and
 * has no dots.
 *
 * Inclusive writing gives several forms at one position: "élu·e·s" gives "élus" and "élues",
 * "directeur·trice" gives "directeur" and "directrice".
 *
 * Pure: no memory is allocated, nothing is kept between two calls. Bytes that are not UTF-8
 * part words; nothing is refused.
 */
#ifndef SEARCH_ANALYSE_H
#define SEARCH_ANALYSE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Bytes of a form; a longer word is cut there, at a character, in texts and queries alike. */
enum { FORM_MAX = 64 };

struct token {
	char form[FORM_MAX + 1]; /* NUL-terminated */
	uint32_t length;
	uint32_t position; /* rises by one from word to word; by more at the end of a line */
	size_t from, to; /* the bytes of the text that it was read from, the inclusive form whole */
	/* Stands for two parts of a compound ("coconstruction" for "co-construction"), at the
	   position of the first; the parts are tokens as well. */
	bool joined;
};

/* Positions between the last word of a line and the first of the next. */
enum { LINE_GAP = 8 };

/* Open for the stack only. */
enum { ANALYSER_WAITING = 8 };

struct analyser {
	const char *text;
	size_t length, at;
	uint32_t position;
	bool shouting; /* the line is all in capitals: they tell no acronym */
	bool line_begins, begun;
	size_t linked;                          /* where the second part of a compound begins */
	struct token waiting[ANALYSER_WAITING]; /* of one word, not yet handed out */
	unsigned n_waiting, next;
};

/* `text` needs no NUL and must outlast the analyser. The first word stands at `position`. */
void analyser_init(struct analyser *an, const char *text, size_t length, uint32_t position);

/* The next token, valid until the next call, or NULL at the end. */
const struct token *analyser_next(struct analyser *an);

/*
 * A form without accents, ligatures and capitals: at most FORM_MAX bytes, NUL-terminated.
 * Returns its length. Folding twice changes nothing.
 */
size_t form_fold(const char *form, size_t length, char folded[FORM_MAX + 1]);

/* A folded form without its endings; never empty. One stemmer serves one thread. */
struct stemmer;
struct stemmer *stemmer_new(void);
void stemmer_free(struct stemmer *st);
size_t form_stem(struct stemmer *st, const char *folded, size_t length, char stem[FORM_MAX + 1]);

/* Articles, pronouns, prepositions…: a folded form that by itself says nothing of a text. */
bool form_is_stop(const char *folded, size_t length);

#endif
