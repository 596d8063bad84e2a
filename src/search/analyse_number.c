#include "search/analyse_rules.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- reading signs after figures -------------------------------------------------- */

struct reading {
	const char *text;
	size_t length;
};

/* How many figures stand at `at`; at most `max` are counted, and one more when there are more. */
static unsigned figures(const struct reading *r, size_t at, unsigned max)
{
	unsigned n = 0;

	while (n <= max && at + n < r->length && r->text[at + n] >= '0' && r->text[at + n] <= '9')
		n++;
	return n;
}

/* Exactly n figures, no letter after them. */
static bool is_group(const struct reading *r, size_t at, unsigned n)
{
	return figures(r, at, n) == n && !kind_begins(kind_at(r->text, r->length, at + n));
}

/* Past one blank of any width. */
static bool skip_blank(const struct reading *r, size_t *at)
{
	if (kind_at(r->text, r->length, *at) != LETTER_BLANK)
		return false;
	*at += letter_at(r->text, r->length, *at).size;
	return true;
}

/* A whole number of one to three figures, then groups of three: 10 000, 10.000, 10'000. */
static size_t read_thousands(const struct reading *r, size_t at, enum letter_kind sign, char *form,
			     uint32_t *n)
{
	while (kind_at(r->text, r->length, at) == sign) {
		size_t next = at + letter_at(r->text, r->length, at).size;

		/* A tab parts columns. */
		if (r->text[at] == '\t' || !is_group(r, next, 3))
			break;
		*n = form_append(form, *n, r->text + next, 3);
		at = next + 3;
	}
	return at;
}

/* Five pairs: 01 02 03 04 05. */
static bool read_telephone(const struct reading *r, size_t from, size_t *to, char *form,
			   uint32_t *n)
{
	size_t at = from;

	if (figures(r, at, 2) != 2 || r->text[at] != '0')
		return false;
	*n = 0;
	for (int i = 0; i < 5; i++) {
		if (figures(r, at, 2) != 2)
			return false;
		*n = form_append(form, *n, r->text + at, 2);
		at += 2;
		*to = at;
		if (i < 4)
			switch (kind_at(r->text, r->length, at)) {
			case LETTER_BLANK:
			case LETTER_DOT:
			case LETTER_HYPHEN:
				at += letter_at(r->text, r->length, at).size;
				break;
			default:
				return false;
			}
	}
	return !kind_begins(kind_at(r->text, r->length, at));
}

/* "1,5" and "1.5", but not "1.2.3". */
static size_t read_decimals(const struct reading *r, size_t at, char *form, uint32_t *n)
{
	enum letter_kind sign = kind_at(r->text, r->length, at);
	unsigned n_figures;
	enum letter_kind after;

	if (sign != LETTER_COMMA && sign != LETTER_DOT)
		return at;
	n_figures = figures(r, at + 1, 12);
	if (!n_figures || n_figures > 12)
		return at;
	after = kind_at(r->text, r->length, at + 1 + n_figures);
	if ((after == LETTER_COMMA || after == LETTER_DOT) && figures(r, at + 2 + n_figures, 1))
		return at;
	*n = form_append(form, *n, ",", 1);
	*n = form_append(form, *n, r->text + at + 1, n_figures);
	return at + 1 + n_figures;
}

/* Minutes, two figures below 60, at `at`. */
static bool read_minutes(const struct reading *r, size_t *at, char *form, uint32_t *n)
{
	if (!is_group(r, *at, 2) || r->text[*at] > '5')
		return false;
	if (memcmp(r->text + *at, "00", 2) != 0)
		*n = form_append(form, *n, r->text + *at, 2);
	*at += 2;
	return true;
}

static void begin_hour(unsigned hour, char *form, uint32_t *n)
{
	char digits[16];

	snprintf(digits, sizeof(digits), "%uh", hour);
	*n = form_append(form, 0, digits, strlen(digits));
}

/* 12 h 30, 12 h, 12:30 after "12", as 12h30 and 12h. */
static bool read_hour(const struct reading *r, unsigned hour, size_t at, size_t *to, char *form,
		      uint32_t *n)
{
	size_t after;

	begin_hour(hour, form, n);
	if (kind_at(r->text, r->length, at) == LETTER_COLON) {
		*to = at + 1;
		return read_minutes(r, to, form, n) &&
		       kind_at(r->text, r->length, *to) != LETTER_COLON;
	}
	if (!skip_blank(r, &at) || at >= r->length || (r->text[at] | 0x20) != 'h')
		return false;
	*to = ++at;
	if (kind_begins(kind_at(r->text, r->length, at)))
		return read_minutes(r, to, form, n);
	after = at;
	if (skip_blank(r, &after) && read_minutes(r, &after, form, n))
		*to = after;
	return true;
}

/* ---- figures with letters ----------------------------------------------------------- */

static bool is_one_of(const char *form, const char *const *list)
{
	for (; *list; list++)
		if (!strcmp(form, *list))
			return true;
	return false;
}

/* 9ème, 9e, 1er, 2nde: "9e", and "9" as well. */
static bool emit_ordinal(struct analyser *an, const struct piece *p, unsigned n_figures)
{
	static const char *const suffixes[] = { "e",   "er",   "re",  "eme",  "ieme", "nd",
						"nde", "ers",  "res", "emes", "es",   "iemes",
						"ere", "eres", "nds", "ndes", NULL };
	char fold[FORM_MAX + 1], form[FORM_MAX + 1];
	uint32_t n;

	form_fold(p->form + n_figures, p->length - n_figures, fold);
	if (!is_one_of(fold, suffixes))
		return false;
	/* "2E" may be a name of something, "1ER" is none. */
	if (p->n_upper && !an->shouting && !fold[1])
		return false;
	n = form_append(form, 0, p->form, n_figures);
	n = form_append(form, n, "e", 1);
	analyser_emit(an, form, n, p->from, p->to);
	analyser_emit(an, form, n - 1, p->from, p->to);
	return true;
}

/* 12h30, 9h, 09h00. */
static bool emit_hour(struct analyser *an, const struct piece *p, unsigned n_figures)
{
	const struct reading r = { p->form, p->length };
	size_t at = n_figures + 1;
	char form[FORM_MAX + 1];
	uint32_t n;

	if (n_figures > 2 || p->form[n_figures] != 'h' || atoi(p->form) > 24)
		return false;
	begin_hour((unsigned)atoi(p->form), form, &n);
	if (at < p->length && !read_minutes(&r, &at, form, &n))
		return false;
	if (at < p->length)
		return false;
	analyser_emit(an, form, n, p->from, p->to);
	return true;
}

static bool is_euro(const struct analyser *an, size_t at)
{
	return an->length - at >= 3 && !memcmp(an->text + at, "€", 3);
}

static bool is_unit(const struct piece *p, const char *unit, bool euros)
{
	static const char *const any_case[] = { "km", "kwh", "mwh",  "gwh", "kwc", "mwc",
						"mw", "gw",  "kw",   "ko",  "mo",  "go",
						"kg", "km2", "m2",   "m3",  "ha",  "cm",
						"mm", "min", "tco2", "kva", NULL };
	static const char *const small[] = { "m", "g", "t", "h", "l", "s", "j", "k", NULL };
	static const char *const capital[] = { "k", "m", NULL };
	static const char *const none[] = { NULL };

	if (is_one_of(unit, any_case))
		return true;
	/* "4G" and "3P" are names, "5M€" is not. */
	return is_one_of(unit, p->n_upper && !euros ? none : p->n_upper ? capital : small);
}

/* "10km" as "10 km". */
static bool emit_unit(struct analyser *an, const struct piece *p, unsigned n_figures)
{
	const char *unit = p->form + n_figures;

	if (!p->ascii || !is_unit(p, unit, is_euro(an, p->after)))
		return false;
	analyser_emit(an, p->form, n_figures, p->from, p->from + n_figures);
	an->position++;
	analyser_emit(an, unit, p->length - n_figures, p->from + n_figures, p->to);
	return true;
}

static void emit_mixed(struct analyser *an, const struct piece *p)
{
	unsigned n_figures = (unsigned)strspn(p->form, "0123456789");
	uint32_t n;

	if (emit_ordinal(an, p, n_figures) || emit_hour(an, p, n_figures) ||
	    emit_unit(an, p, n_figures))
		return;
	n = acronym_length(an, p);
	if (n)
		analyser_emit_capitals(an, p->form, n, p->from, p->to);
	else
		analyser_emit(an, p->form, p->length, p->from, p->to);
}

/* ---- figures alone -------------------------------------------------------------------- */

static bool is_short_hour(const struct piece *p)
{
	return p->length <= 2 && atoi(p->form) <= 24;
}

/* After "1." of "1.2.3", or "1,": a list or a date, whose parts are numbers by themselves. */
static bool is_listed(const struct reading *r, size_t from)
{
	return from >= 2 && (r->text[from - 1] == '.' || r->text[from - 1] == ',') &&
	       r->text[from - 2] >= '0' && r->text[from - 2] <= '9';
}

/* A number of more than one piece; where it ends. */
static size_t read_long(const struct reading *r, const struct piece *p, char *form, uint32_t *n)
{
	static const enum letter_kind signs[] = { LETTER_BLANK, LETTER_DOT, LETTER_APOSTROPHE };
	size_t to;

	if (read_telephone(r, p->from, &to, form, n) ||
	    (is_short_hour(p) && read_hour(r, (unsigned)atoi(p->form), p->to, &to, form, n)))
		return to;
	*n = form_append(form, 0, p->form, p->length);
	to = p->to;
	if (is_listed(r, p->from))
		return to;
	if (p->length <= 3 && *p->form != '0')
		for (size_t i = 0; to == p->to && i < sizeof(signs) / sizeof(*signs); i++)
			to = read_thousands(r, p->to, signs[i], form, n);
	return read_decimals(r, to, form, n);
}

void number_read(struct analyser *an, const struct piece *p)
{
	const struct reading r = { an->text, an->length };
	char form[FORM_MAX + 1];
	size_t to = p->to;
	uint32_t n;

	if (!piece_is_figures(p)) {
		emit_mixed(an, p);
		an->at = p->after;
	} else {
		/* Figures set wide are several bytes each; they are taken one group at a time. */
		if (p->to - p->from == p->length) {
			to = read_long(&r, p, form, &n);
			analyser_emit(an, form, n, p->from, to);
		} else {
			analyser_emit(an, p->form, p->length, p->from, to);
		}
		an->at = to > p->after ? to : p->after;
	}
	an->position++;
}

/* n°, n.º, n°s: the letter and the sign. */
static bool skip_degree(struct analyser *an, const struct piece *p)
{
	size_t at = p->after;
	enum letter_kind next = kind_here(an, at);

	if (next == LETTER_DOT)
		next = kind_after(an->text, an->length, at, &at);
	if (next != LETTER_DEGREE)
		return false;
	at += letter_at(an->text, an->length, at).size;
	if (at < an->length && (an->text[at] | 0x20) == 's' && !kind_begins(kind_here(an, at + 1)))
		at++;
	an->at = at;
	return true;
}

bool number_sign_skip(struct analyser *an, const struct piece *p)
{
	static const char *const numero[] = { "no", "nos", "numéro", "numéros", "numero", NULL };
	size_t at = p->after;

	if (p->form[0] != 'n')
		return false;
	if (p->length == 1)
		return skip_degree(an, p);
	if (kind_here(an, at) != LETTER_BLANK || !piece_is_any(p, numero) ||
	    kind_after(an->text, an->length, at, &at) != LETTER_DIGIT)
		return false;
	an->at = at;
	return true;
}

/* ---- Roman figures ---------------------------------------------------------------------- */

static unsigned roman_value(char c)
{
	return c == 'i' ? 1 : c == 'v' ? 5 : c == 'x' ? 10 : 0;
}

/* Up to 39, as it should be written; else 0. */
static unsigned roman(const char *form, size_t n)
{
	static const char *const ones[] = { "",  "i",  "ii",  "iii",  "iv",
					    "v", "vi", "vii", "viii", "ix" };
	unsigned value = 0;
	char right[16];

	if (!n || n > 7)
		return 0;
	for (size_t i = 0; i < n; i++) {
		unsigned v = roman_value(form[i]);

		if (i + 1 < n && v < roman_value(form[i + 1]))
			value -= v;
		else
			value += v;
	}
	if (!value || value > 39)
		return 0;
	snprintf(right, sizeof(right), "%.*s%s", (int)(value / 10), "xxx", ones[value % 10]);
	return strlen(right) == n && !memcmp(right, form, n) ? value : 0;
}

unsigned roman_ordinal(const struct piece *p, bool shouting)
{
	static const char *const suffixes[] = { "e", "eme", "ieme", NULL };
	static const char *const first[] = { "er", "re", "ere", NULL };
	size_t n = strspn(p->form, "ivx");
	char fold[FORM_MAX + 1];
	unsigned value;

	if (!n || !p->n_upper)
		return 0;
	/* "ieme" begins with a figure of its own. */
	if (n > 1 && p->form[n] && p->length > p->n_upper && n > p->n_upper)
		n = p->n_upper;
	value = roman(p->form, n);
	form_fold(p->form + n, p->length - n, fold);
	if (!value)
		return 0;
	/* "VIE" in a line of capitals is a word. */
	if (p->n_upper != n && !(shouting && p->n_upper == p->n && value >= 10))
		return 0;
	return is_one_of(fold, value == 1 ? first : suffixes) ? value : 0;
}
