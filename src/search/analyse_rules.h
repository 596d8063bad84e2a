/*
 * analyse_rules.h - what the files of the analyser, one for each phenomenon, offer one another.
 *
 * A rule is asked whether what begins with a piece is its own. When it is, it adds the tokens,
 * moves an->at past what it read and an->position past the word, and says true.
 */
#ifndef SEARCH_ANALYSE_RULES_H
#define SEARCH_ANALYSE_RULES_H

#include "search/piece.h"

static inline enum letter_kind kind_here(const struct analyser *an, size_t at)
{
	return kind_at(an->text, an->length, at);
}

/* Adds a token of the word being read; more than ANALYSER_WAITING are forgotten. */
void analyser_emit(struct analyser *an, const char *form, size_t length, size_t from, size_t to);

/* The same, in capitals. */
void analyser_emit_capitals(struct analyser *an, const char *form, size_t length, size_t from,
			    size_t to);

/* ---- inclusive writing (analyse_inclusive.c) --------------------------------------- */

/*
 * A word in inclusive writing that begins with the piece: its plain forms, and where it ends.
 * "chargé·e" gives "chargé" and "chargée"; "commune(s)" gives "commune" and "communes".
 */
enum { INCLUSIVE_FORMS = 2 };

struct inclusive {
	size_t to;
	struct {
		uint32_t length;
		char form[FORM_MAX + 1];
	} form[INCLUSIVE_FORMS];
};

bool inclusive_read(const char *text, size_t length, const struct piece *base,
		    struct inclusive *inc);

/* ---- figures (analyse_number.c) ------------------------------------------------------ */

/* What begins with figures, as one word or more: 10 000, 1,5, 12 h 30, 9ème. */
void number_read(struct analyser *an, const struct piece *p);

/* XXIe, Ier: 21 and 1; else 0. `shouting` takes "XXIE" as well. */
unsigned roman_ordinal(const struct piece *p, bool shouting);

/* n°, no, numéro before a figure: passed over, without a token. */
bool number_sign_skip(struct analyser *an, const struct piece *p);

/* ---- capitals (analyse_capitals.c) ---------------------------------------------------- */

/* Is the line from `at` on all in capitals? Then they tell no acronym. */
bool line_shouts(const char *text, size_t length, size_t at);

/* Looks at the words in capitals that begin with the piece, once for all of them. */
void capitals_begin(struct analyser *an, const struct piece *p);

/* S.I.E.G., R&D, C++. */
bool acronym_read(struct analyser *an, const struct piece *p);

/* A piece that is an acronym by its capitals: SIEG, SCOPs, CO2. How much of its form is; or 0. */
uint32_t acronym_length(const struct analyser *an, const struct piece *p);

/* ---- apostrophes (analyse_apostrophe.c) ------------------------------------------------ */

/* Passes over an elided article, without a token; or makes one piece of "aujourd'hui". */
bool elision_skip(struct analyser *an, struct piece *p);

/* ---- compounds (analyse_compound.c) ------------------------------------------------------ */

/* "(re)construire": with the prefix and without. */
bool optional_prefix_read(struct analyser *an, const struct piece *p);

/* After a piece that a hyphen or an apostrophe follows: adds what it and the next make. */
void compound_join(struct analyser *an, const struct piece *p);

#endif
