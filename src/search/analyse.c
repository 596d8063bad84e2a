#include "search/analyse.h"

#include <string.h>

#include "search/piece.h"

void analyser_init(struct analyser *an, const char *text, size_t length, uint32_t position)
{
	an->text = text;
	an->length = length;
	an->at = 0;
	an->position = position;
	an->shouting = false;
	an->line_begins = true;
	an->begun = false;
	an->linked = SIZE_MAX;
	an->n_waiting = an->next = 0;
}

static void emit(struct analyser *an, const char *form, size_t length, size_t from, size_t to,
		 bool joined)
{
	struct token *t;

	if (an->n_waiting == ANALYSER_WAITING || !length)
		return;
	t = &an->waiting[an->n_waiting++];
	memcpy(t->form, form, length);
	t->form[length] = '\0';
	t->length = (uint32_t)length;
	t->position = an->position;
	t->from = from;
	t->to = to;
	t->joined = joined;
}

void analyser_emit(struct analyser *an, const char *form, size_t length, size_t from, size_t to)
{
	emit(an, form, length, from, to, false);
}

static bool is_any(const struct piece *p, const char *const *list)
{
	for (; *list; list++)
		if (piece_is(p, *list))
			return true;
	return false;
}

static enum letter_kind kind(const struct analyser *an, size_t at)
{
	return kind_at(an->text, an->length, at);
}

/* ---- lines in capitals --------------------------------------------------------------- */

enum { ACRONYM_LETTERS = 5, LOWER_LETTERS_MAX = 3 };

/*
 * Is the line from `at` on in capitals? A few small letters (n°, 1er) do not count. A line of
 * nothing but short words in capitals without an article is one of acronyms.
 */
static bool line_shouts(const char *text, size_t length, size_t at)
{
	static const char *const articles[] = { "le",  "la", "les", "du",  "des", "un",
						"une", "de", "au",  "aux", NULL };
	size_t n_lower = 0, n_upper = 0;
	bool words = false;

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
		words = words || p.n_upper > ACRONYM_LETTERS || !p.ascii || is_any(&p, articles);
	}
	return words && n_upper > 4 * n_lower;
}

/* ---- acronyms -------------------------------------------------------------------------- */

static void emit_capitals(struct analyser *an, const char *form, size_t length, size_t from,
			  size_t to)
{
	char capitals[FORM_MAX + 1];

	emit(an, capitals, form_capitals(form, length, capitals), from, to, false);
}

/* One letter of S.I.E.G., and the dot after it. */
static bool is_initial(const struct piece *p)
{
	return p->n == 1 && piece_is_letters(p);
}

enum { INITIALS_MAX = 16 };

/* S.I.E.G., the last dot with it. */
static bool read_initials(struct analyser *an, const struct piece *first)
{
	char form[FORM_MAX + 1];
	struct piece p = *first, next;
	uint32_t n = form_append(form, 0, p.form, p.length);
	unsigned letters = 1;
	size_t to;

	while (letters < INITIALS_MAX && kind(an, p.after) == LETTER_DOT &&
	       piece_read_next(an->text, an->length, &p, &next) && is_initial(&next)) {
		p = next;
		n = form_append(form, n, p.form, p.length);
		letters++;
	}
	/* "i.e.", "p.m." are no acronyms in French. */
	if (letters < 2)
		return false;
	to = p.after;
	if (kind(an, to) == LETTER_DOT)
		to++;
	if (letters == 2 && !p.n_upper)
		emit(an, form, n, first->from, to, false);
	else
		emit_capitals(an, form, n, first->from, to);
	an->at = to;
	an->position++;
	return true;
}

/* R&D, H & M. */
static bool read_and(struct analyser *an, const struct piece *p)
{
	size_t at = p->after;
	char form[FORM_MAX + 1];
	struct piece next;
	bool blank = kind(an, at) == LETTER_BLANK;
	uint32_t n;

	if (p->n > 2 || (p->n > 1 && !piece_is_capitals(p)))
		return false;
	if (blank)
		kind_after(an->text, an->length, at, &at);
	if (kind(an, at) != LETTER_AND)
		return false;
	kind_after(an->text, an->length, at, &at);
	if (blank && kind(an, at) == LETTER_BLANK)
		kind_after(an->text, an->length, at, &at);
	if (!piece_read(an->text, an->length, at, &next) || next.n > 2 ||
	    piece_is_capitals(p) != piece_is_capitals(&next) || (blank && !p->n_upper))
		return false;
	n = form_append(form, 0, p->form, p->length);
	n = form_append(form, n, "&", 1);
	n = form_append(form, n, next.form, next.length);
	emit_capitals(an, form, n, p->from, next.to);
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

	if (p->n != 1 || !p->n_upper || !left)
		return false;
	n_signs = *after == '#' ? 1 : left > 1 && after[0] == '+' && after[1] == '+' ? 2 : 0;
	if (!n_signs)
		return false;
	n = form_append(form, 0, p->form, p->length);
	n = form_append(form, n, after, n_signs);
	emit(an, form, n, p->from, p->after + n_signs, false);
	an->at = p->after + n_signs;
	an->position++;
	return true;
}

static bool is_acronym(const struct analyser *an, const struct piece *p)
{
	return !an->shouting && p->ascii && p->n >= 2 && p->n <= 8 && piece_is_capitals(p);
}

/* SCOPs, PTCEs. */
static bool is_plural_acronym(const struct piece *p)
{
	return p->ascii && p->n >= 3 && p->n <= 9 && p->n_upper == p->n - 1 &&
	       piece_is_letters(p) && p->form[p->length - 1] == 's';
}

/* ---- apostrophes ------------------------------------------------------------------------ */

static bool is_elided(const struct piece *p)
{
	static const char *const elided[] = { "l",      "d",      "j",      "m",
					      "t",      "s",      "c",      "n",
					      "qu",     "lorsqu", "puisqu", "jusqu",
					      "quoiqu", "presqu", "quelqu", NULL };

	return is_any(p, elided);
}

/* aujourd'hui, presqu'île, entr'acte: one word. */
static bool is_one_word(const struct piece *p, const struct piece *next)
{
	if (piece_is(p, "aujourd"))
		return piece_is(next, "hui");
	if (piece_is(p, "presqu"))
		return !strncmp(next->form, "île", strlen("île")) ||
		       !strncmp(next->form, "ile", strlen("ile"));
	if (piece_is(p, "quelqu"))
		return !strncmp(next->form, "un", 2);
	if (piece_is(p, "entr"))
		return !piece_is(next, "eux") && !piece_is(next, "elles");
	return piece_is(p, "prud");
}

/* Makes one piece of both. */
static void merge(struct piece *p, const struct piece *next)
{
	p->to = next->to;
	p->after = next->after;
	p->n += next->n;
	p->n_upper += next->n_upper;
	p->seen |= next->seen;
	p->ascii = false;
	p->length = form_append(p->form, p->length, "'", 1);
	p->length = form_append(p->form, p->length, next->form, next->length);
}

/* ---- words ---------------------------------------------------------------------------------- */

static void emit_word(struct analyser *an, const struct piece *p)
{
	unsigned century = roman_ordinal(p, an->shouting);

	if (is_acronym(an, p)) {
		emit_capitals(an, p->form, p->length, p->from, p->to);
	} else if (is_plural_acronym(p)) {
		emit_capitals(an, p->form, p->length - 1, p->from, p->to);
	} else {
		emit(an, p->form, p->length, p->from, p->to, false);
	}
	if (century) {
		char form[FORM_MAX + 1];
		uint32_t n = 0;

		if (century >= 10)
			form[n++] = (char)('0' + century / 10);
		form[n++] = (char)('0' + century % 10);
		form[n++] = 'e';
		emit(an, form, n, p->from, p->to, false);
	}
}

/* What a verb or a pronoun carries after a hyphen: "est-ce", "celui-ci", "peut-être". */
static bool is_carried(const struct piece *p)
{
	static const char *const carried[] = { "ce",  "ci",   "là",   "la",   "le",    "les",
					       "lui", "leur", "je",   "tu",   "il",    "elle",
					       "on",  "nous", "vous", "ils",  "elles", "y",
					       "en",  "moi",  "toi",  "même", "mêmes", "être",
					       "t",   "et",   "de",   "du",   "des",   NULL };

	return is_any(p, carried);
}

/* Before a word with a capital of its own: "Co-Construire", not "Saint-Denis". */
static bool is_prefix(const struct piece *p)
{
	static const char *const prefixes[] = {
		"co",    "éco",  "eco",   "socio", "multi", "inter", "intra", "auto",  "micro",
		"mini",  "bio",  "agro",  "pré",   "post",  "anti",  "e",     "vidéo", "télé",
		"péri",  "néo",  "hyper", "infra", "méta",  "pluri", "poly",  "mono",  "géo",
		"macro", "méga", "super", "supra", "trans", "ultra", "wi",    "re",    NULL,
	};

	return is_any(p, prefixes);
}

enum { SHORT_PART = 6 };

/* Is a compound of these two also written without its hyphen? "co-construction", "week-end". */
static bool may_join(const struct analyser *an, const struct piece *p, const struct piece *next)
{
	enum letter_kind after = kind(an, next->after);

	if (an->linked == p->from || next->n < 2 || is_carried(next) ||
	    p->seen & 1u << LETTER_DIGIT)
		return false;
	if (after == LETTER_APOSTROPHE || (after == LETTER_HYPHEN && next->n < 2))
		return false;
	if (p->n > SHORT_PART && p->form[p->length - 1] != 'o')
		return false;
	return !next->n_upper || is_prefix(p) || piece_is_capitals(p);
}

static void emit_joined(struct analyser *an, const struct piece *p, const char *form, size_t length,
			size_t to)
{
	char both[FORM_MAX + 1];
	uint32_t n = form_append(both, 0, p->form, p->length);

	n = form_append(both, n, form, length);
	emit(an, both, n, p->from, to, true);
}

/* After a piece that a hyphen or an apostrophe follows. */
static void join(struct analyser *an, const struct piece *p)
{
	struct piece next, third;
	struct inclusive inc;

	if (!piece_read_next(an->text, an->length, p, &next))
		return;
	if (may_join(an, p, &next)) {
		if (inclusive_read(an->text, an->length, &next, &inc)) {
			for (unsigned i = 0; i < INCLUSIVE_FORMS; i++)
				emit_joined(an, p, inc.form[i].form, inc.form[i].length, inc.to);
		} else if (kind(an, next.after) != LETTER_HYPHEN ||
			   !piece_read_next(an->text, an->length, &next, &third)) {
			emit_joined(an, p, next.form, next.length, next.to);
		}
	}
	an->linked = next.from;
}

static bool read_inclusive(struct analyser *an, const struct piece *p)
{
	struct inclusive inc;

	if (!inclusive_read(an->text, an->length, p, &inc))
		return false;
	for (unsigned i = 0; i < INCLUSIVE_FORMS; i++)
		if (!i || strcmp(inc.form[i].form, inc.form[0].form) != 0)
			emit(an, inc.form[i].form, inc.form[i].length, p->from, inc.to, false);
	an->at = inc.to;
	an->position++;
	return true;
}

/* "(re)construire": with it and without. */
static bool read_optional_prefix(struct analyser *an, const struct piece *p)
{
	struct piece word;
	char form[FORM_MAX + 1];
	uint32_t n;

	if (!p->from || an->text[p->from - 1] != '(' || p->n > 5 || !piece_is_letters(p) ||
	    kind(an, p->after) != LETTER_CLOSE ||
	    !piece_read_next(an->text, an->length, p, &word) || word.n < 3)
		return false;
	n = form_append(form, 0, p->form, p->length);
	n = form_append(form, n, word.form, word.length);
	emit(an, word.form, word.length, p->from, word.to, false);
	emit(an, form, n, p->from, word.to, false);
	an->at = word.after;
	an->position++;
	return true;
}

/* n° 9, no 9, numéro 9: the figure alone is the word. */
static bool skip_number_sign(struct analyser *an, const struct piece *p)
{
	static const char *const numero[] = { "no", "nos", "numéro", "numéros", "numero", NULL };
	size_t at = p->after;
	enum letter_kind next = kind(an, at);

	if (piece_is(p, "n")) {
		if (next == LETTER_DOT)
			next = kind_after(an->text, an->length, at, &at);
		if (next != LETTER_DEGREE)
			return false;
		at += letter_at(an->text, an->length, at).size;
		if (at < an->length && an->text[at] == 's' && !kind_begins(kind(an, at + 1)))
			at++;
		an->at = at;
		return true;
	}
	if (!is_any(p, numero) || next != LETTER_BLANK)
		return false;
	if (kind_after(an->text, an->length, at, &at) != LETTER_DIGIT)
		return false;
	an->at = at;
	return true;
}

static bool read_special(struct analyser *an, struct piece *p)
{
	struct piece next;

	if (skip_number_sign(an, p))
		return true;
	if (kind(an, p->after) == LETTER_APOSTROPHE) {
		bool more = piece_read_next(an->text, an->length, p, &next);

		if (more && is_one_word(p, &next)) {
			merge(p, &next);
		} else if (is_elided(p)) {
			kind_after(an->text, an->length, p->after, &an->at);
			return true;
		}
	}
	return (is_initial(p) && (read_initials(an, p) || read_language(an, p))) ||
	       read_and(an, p) || read_optional_prefix(an, p) || read_inclusive(an, p);
}

/* A piece to which no rule but the plain one can apply: most words. */
static bool is_plain(const struct analyser *an, const struct piece *p)
{
	if (p->n < 2 || p->n_upper > 1 || p->form[0] == 'n' || p->form[0] == 'v' ||
	    p->form[0] == 'x' || p->form[0] == 'i' || p->form[1] == ')')
		return false;
	switch (kind(an, p->after)) {
	case LETTER_BLANK:
	case LETTER_LINE_END:
	case LETTER_COMMA:
	case LETTER_NONE:
		return true;
	default:
		return false;
	}
}

static void read_word(struct analyser *an)
{
	struct piece p;

	piece_read(an->text, an->length, an->at, &p);
	if (p.seen & 1u << LETTER_DIGIT && kind(an, p.from) == LETTER_DIGIT) {
		number_read(an, &p);
		return;
	}
	if (is_plain(an, &p)) {
		emit(an, p.form, p.length, p.from, p.to, false);
		an->at = p.after;
		an->position++;
		return;
	}
	if (read_special(an, &p))
		return;
	emit_word(an, &p);
	an->at = p.after;
	switch (kind(an, p.after)) {
	case LETTER_HYPHEN:
	case LETTER_APOSTROPHE:
		join(an, &p);
		break;
	default:
		break;
	}
	an->position++;
}

static void begin_line(struct analyser *an)
{
	if (an->begun)
		an->position += LINE_GAP;
	an->line_begins = false;
	an->shouting = line_shouts(an->text, an->length, an->at);
}

const struct token *analyser_next(struct analyser *an)
{
	if (an->next < an->n_waiting)
		return &an->waiting[an->next++];
	an->n_waiting = an->next = 0;
	while (an->at < an->length) {
		struct letter l = letter_at(an->text, an->length, an->at);

		if (!kind_begins(l.kind)) {
			an->line_begins = an->line_begins || l.kind == LETTER_LINE_END;
			an->at += l.size;
			continue;
		}
		if (an->line_begins)
			begin_line(an);
		read_word(an);
		if (!an->n_waiting)
			continue;
		an->begun = true;
		return &an->waiting[an->next++];
	}
	return NULL;
}
