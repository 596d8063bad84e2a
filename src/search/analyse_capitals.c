#include "search/analyse_rules.h"

#include <string.h>

/* ---- lines and words in capitals -------------------------------------------------------- */

/*
 * Plain capitals tell an acronym of up to five letters; longer ones are as often a word that is
 * stressed. With figures, or in the plural of "SCOPs", they may be longer.
 */
enum { ACRONYM_LETTERS = 5, ACRONYM_MAX = 8, LOWER_LETTERS_MAX = 3 };

/* Says that capitals are a way of setting: an article, an accent, a long word. */
static bool is_shouted(const struct piece *p)
{
	static const char *const articles[] = { "le",  "la", "les", "du",  "des", "un",
						"une", "de", "au",  "aux", NULL };

	return p->n_upper > ACRONYM_LETTERS || !p->ascii || piece_is_any(p, articles);
}

/* A few small letters (n°, 1er) do not count. */
bool line_shouts(const char *text, size_t length, size_t at)
{
	size_t n_lower = 0, n_upper = 0;
	bool shouted = false;

	while (at < length) {
		struct letter l = letter_at(text, length, at);
		struct piece p;

		if (l.kind == LETTER_LINE_END)
			break;
		n_lower += l.kind == LETTER_LOWER;
		if (n_lower > LOWER_LETTERS_MAX)
			return false;
		if (l.kind != LETTER_UPPER) {
			at += l.size;
			continue;
		}
		piece_read(text, length, at, &p);
		at = p.after;
		n_upper += p.n_upper;
		n_lower += p.n - p.n_upper;
		shouted = shouted || is_shouted(&p);
	}
	return shouted && n_upper > 4 * n_lower;
}

/* The words in capitals that follow one another from the piece on, blanks between them. */
void capitals_begin(struct analyser *an, const struct piece *first)
{
	struct piece p = *first;
	unsigned n = 0;
	bool shouted = false;

	if (an->line_shouts || first->from < an->capitals_to)
		return;
	while (piece_is_capitals(&p)) {
		size_t at = p.after;

		shouted = shouted || is_shouted(&p);
		n++;
		an->capitals_to = p.to;
		while (kind_here(an, at) == LETTER_BLANK || kind_here(an, at) == LETTER_HYPHEN ||
		       kind_here(an, at) == LETTER_APOSTROPHE)
			at += letter_at(an->text, an->length, at).size;
		if (!piece_read(an->text, an->length, at, &p))
			break;
	}
	an->shouting = n > 1 && shouted;
}

uint32_t acronym_length(const struct analyser *an, const struct piece *p)
{
	bool plural = p->n_upper + 1 == p->n && p->form[p->length - 1] == 's';

	if (!p->ascii || p->n < 2 || !p->n_upper || an->shouting)
		return 0;
	if (plural)
		return p->n > 2 && p->n <= ACRONYM_MAX + 1 ? p->length - 1 : 0;
	if (!piece_is_capitals(p))
		return 0;
	return p->n <= (piece_is_letters(p) ? ACRONYM_LETTERS : ACRONYM_MAX) ? p->length : 0;
}

/* ---- letters and signs -------------------------------------------------------------------- */

static bool is_initial(const struct piece *p)
{
	return p->n == 1 && piece_is_letters(p);
}

enum { INITIALS_MAX = 16 };

/* The letters of S.I.E.G.; the last of them is left in *p. */
static uint32_t gather_initials(const struct analyser *an, struct piece *p, char *form,
				unsigned *letters)
{
	uint32_t n = form_append(form, 0, p->form, p->length);
	struct piece next;

	for (*letters = 1; *letters < INITIALS_MAX; ++*letters) {
		if (kind_here(an, p->after) != LETTER_DOT ||
		    !piece_read_next(an->text, an->length, p, &next) || !is_initial(&next))
			break;
		*p = next;
		n = form_append(form, n, p->form, p->length);
	}
	return n;
}

/* S.I.E.G., the last dot with it. */
static bool read_initials(struct analyser *an, const struct piece *first)
{
	char form[FORM_MAX + 1];
	struct piece p = *first;
	unsigned letters;
	uint32_t n;

	if (!is_initial(first))
		return false;
	n = gather_initials(an, &p, form, &letters);
	if (letters < 2)
		return false;
	an->at = p.after;
	if (kind_here(an, an->at) == LETTER_DOT)
		an->at++;
	/* "i.e." and "p.m." are not acronyms. */
	if (letters == 2 && !p.n_upper)
		analyser_emit(an, form, n, first->from, an->at);
	else
		analyser_emit_capitals(an, form, n, first->from, an->at);
	an->position++;
	return true;
}

/* The second letter of R&D or R & D. */
static bool read_partner(const struct analyser *an, const struct piece *p, struct piece *next)
{
	size_t at = p->after;
	bool blank = kind_here(an, at) == LETTER_BLANK;

	if (p->n > 2 || (p->n > 1 && !piece_is_capitals(p)) || (blank && !p->n_upper))
		return false;
	if (blank)
		kind_after(an->text, an->length, at, &at);
	if (kind_here(an, at) != LETTER_AND)
		return false;
	kind_after(an->text, an->length, at, &at);
	if (blank && kind_here(an, at) == LETTER_BLANK)
		kind_after(an->text, an->length, at, &at);
	return piece_read(an->text, an->length, at, next) && next->n <= 2 &&
	       piece_is_capitals(p) == piece_is_capitals(next);
}

static bool read_and(struct analyser *an, const struct piece *p)
{
	char form[FORM_MAX + 1];
	struct piece next;
	uint32_t n;

	if (!read_partner(an, p, &next))
		return false;
	n = form_append(form, 0, p->form, p->length);
	n = form_append(form, n, "&", 1);
	n = form_append(form, n, next.form, next.length);
	analyser_emit_capitals(an, form, n, p->from, next.to);
	an->at = next.after;
	an->position++;
	return true;
}

/* C++, C#: the signs are part of the name. */
static bool read_language(struct analyser *an, const struct piece *p)
{
	const char *after = an->text + p->after;
	size_t left = an->length - p->after, n_signs;
	char form[FORM_MAX + 1];
	uint32_t n;

	if (p->n != 1 || p->form[0] != 'c' || !left)
		return false;
	n_signs = *after == '#' ? 1 : left > 1 && after[0] == '+' && after[1] == '+' ? 2 : 0;
	if (!n_signs)
		return false;
	n = form_append(form, 0, p->form, p->length);
	n = form_append(form, n, after, n_signs);
	an->at = p->after + n_signs;
	analyser_emit(an, form, n, p->from, an->at);
	an->position++;
	return true;
}

bool acronym_read(struct analyser *an, const struct piece *p)
{
	return p->n <= 2 && (read_initials(an, p) || read_language(an, p) || read_and(an, p));
}
