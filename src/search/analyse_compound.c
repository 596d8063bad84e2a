#include "search/analyse_rules.h"

/* What a verb or a pronoun carries after a hyphen: "est-ce", "celui-ci", "peut-être". */
static bool is_carried(const struct piece *p)
{
	static const char *const carried[] = { "ce",  "ci",   "là",   "la",   "le",    "les",
					       "lui", "leur", "je",   "tu",   "il",    "elle",
					       "on",  "nous", "vous", "ils",  "elles", "y",
					       "en",  "moi",  "toi",  "même", "mêmes", "être",
					       "t",   "et",   "de",   "du",   "des",   NULL };

	return piece_is_any(p, carried);
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

	return piece_is_any(p, prefixes);
}

enum { SHORT_PART = 6 };

/*
 * Is a compound of these two also written without its hyphen? "co-construction", "week-end". A
 * short first part, or one in "-o" ("médico-social"), may be: the others would only swell the
 * index.
 */
static bool may_join(const struct analyser *an, const struct piece *p, const struct piece *next)
{
	if (an->linked == p->from || next->n < 2 || is_carried(next) ||
	    p->seen & 1u << LETTER_DIGIT || kind_here(an, next->after) == LETTER_APOSTROPHE)
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
	unsigned n_waiting = an->n_waiting;

	n = form_append(both, n, form, length);
	analyser_emit(an, both, n, p->from, to);
	if (an->n_waiting > n_waiting)
		an->waiting[n_waiting].joined = true;
}

static bool is_plural(const struct piece *p)
{
	return p->n > 2 && p->form[p->length - 1] == 's';
}

/* "plates-formes" is "platesformes", and "plateformes" as it is written today. */
static void emit_both(struct analyser *an, const struct piece *p, const struct piece *next)
{
	struct piece singular = *p;

	emit_joined(an, p, next->form, next->length, next->to);
	if (!is_plural(p) || !is_plural(next))
		return;
	singular.length--;
	emit_joined(an, &singular, next->form, next->length, next->to);
}

/* "co-président·e" is "coprésident" and "coprésidente". */
static bool join_inclusive(struct analyser *an, const struct piece *p, const struct piece *next)
{
	struct inclusive inc;

	if (!inclusive_read(an->text, an->length, next, &inc))
		return false;
	for (unsigned i = 0; i < INCLUSIVE_FORMS; i++)
		emit_joined(an, p, inc.form[i].form, inc.form[i].length, inc.to);
	return true;
}

static void join_two(struct analyser *an, const struct piece *p, const struct piece *next)
{
	struct piece third;

	if (may_join(an, p, next) && !join_inclusive(an, p, next) &&
	    (kind_here(an, next->after) != LETTER_HYPHEN ||
	     !piece_read_next(an->text, an->length, next, &third)))
		emit_both(an, p, next);
	an->linked = next->from;
}

/* "déve-" at the end of a line, as files have it: the next line begins with the rest. */
static void join_lines(struct analyser *an, const struct piece *p, size_t at)
{
	struct piece next;

	if (an->text[at] == '\r' && kind_here(an, at + 1) == LETTER_LINE_END)
		at++;
	if (at < an->length && piece_read(an->text, an->length, at + 1, &next) && !next.n_upper &&
	    piece_is_letters(p) && piece_is_letters(&next))
		emit_joined(an, p, next.form, next.length, next.to);
}

/* Past the hyphen, hard or soft, of a word cut at the end of a line; SIZE_MAX when none is. */
static size_t cut_at(const struct analyser *an, const struct piece *p)
{
	size_t at = p->after;

	/* Only a soft hyphen is invisible there. */
	if (kind_here(an, at) == LETTER_HYPHEN)
		kind_after(an->text, an->length, at, &at);
	else if (p->to == p->after)
		return SIZE_MAX;
	return at < an->length && kind_here(an, at) == LETTER_LINE_END ? at : SIZE_MAX;
}

void compound_join(struct analyser *an, const struct piece *p)
{
	enum letter_kind kind = kind_here(an, p->after);
	size_t cut = cut_at(an, p);
	struct piece next;

	if (cut != SIZE_MAX)
		join_lines(an, p, cut);
	else if ((kind == LETTER_HYPHEN || kind == LETTER_APOSTROPHE) &&
		 piece_read_next(an->text, an->length, p, &next))
		join_two(an, p, &next);
}

bool optional_prefix_read(struct analyser *an, const struct piece *p)
{
	struct piece word;
	char form[FORM_MAX + 1];
	uint32_t n;

	if (!p->from || an->text[p->from - 1] != '(' || p->n > 5 || !piece_is_letters(p) ||
	    kind_here(an, p->after) != LETTER_CLOSE ||
	    !piece_read_next(an->text, an->length, p, &word) || word.n < 3)
		return false;
	n = form_append(form, 0, p->form, p->length);
	n = form_append(form, n, word.form, word.length);
	analyser_emit(an, word.form, word.length, p->from, word.to);
	analyser_emit(an, form, n, p->from, word.to);
	an->at = word.after;
	an->position++;
	return true;
}
