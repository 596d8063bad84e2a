/*
 * analyse.h - French text into tokens: what a text is indexed by and what a query is read into.
 *
 * One analyser for both, so that they meet. A token is a *form*: a word as it is written, in
 * lower case and NFC, accents kept ("marché"). form_fold() takes the accents off; form_stem()
 * takes the endings off what is folded.
 *
 * - An elided article is no token ("l’eau" is "eau"), nor is what announces a number ("n° 9",
 *   "numéro 9" are "9"). "aujourd’hui" is one word; folded, it has no apostrophe.
 * - Inclusive writing gives several forms at one position: "élu·e·s" gives "élus" and "élues",
 *   "directeur·trice" gives "directeur" and "directrice", "commune(s)" both numbers,
 *   "(re)penser" both verbs.
 * - An acronym keeps its capitals, and has no dots: "S.I.E.G." and "SIEG" are "SIEG", "SCOPs" is
 *   "SCOP". Capitals alone tell one of two to five letters (eight with figures), and none where
 *   the line or the neighbouring words are set in capitals. A query may be wrong in this as a
 *   text may: what most texts write decides.
 * - A number has one writing: "10 000", "10.000" are "10000"; "1.5" is "1,5"; "12 h 30" is "12h30";
 *   "9ème" is "9e", and "9" at the same position; "XXIe" is "21e" as well.
 * - The parts of a compound, of an address or of a date are words one after another; the joined
 *   form of two comes with them. What a query writes without a blank is best asked as a phrase.
 *
 * Pure: no memory is allocated, nothing is kept between two calls. Bytes that are not UTF-8
 * part words; nothing is refused, and the time is in proportion to the length.
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

/* What a position rises by at the end of a line, beside the one for the word. */
enum { LINE_GAP = 8 };

/* Open for the stack only. */
enum { ANALYSER_WAITING = 8 };

struct analyser {
	const char *text;
	size_t length, at;
	uint32_t position;
	bool shouting; /* capitals are a way of setting here: they tell no acronym */
	bool line_shouts, line_begins, begun;
	size_t capitals_to; /* where the words in capitals end that `shouting` speaks of */
	size_t linked;      /* where the second part of a compound begins */
	struct token waiting[ANALYSER_WAITING]; /* of one word, not yet handed out */
	unsigned n_waiting, next;
};

/* `text` needs no NUL and must outlast the analyser. The first word stands at `position`. */
void analyser_init(struct analyser *an, const char *text, size_t length, uint32_t position);

/*
 * The next token, valid until the next call, or NULL at the end. They come in the order of the
 * text; of one position, those of the word first, then what it makes with the next.
 */
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
