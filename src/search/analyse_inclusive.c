#include "search/analyse_rules.h"

#include <string.h>

/*
 * How an ending is put to a word: "rice" to a word in "-teur" takes "eur" off and adds "rice".
 * The longest endings come first, then the longest tails; compared folded.
 */
struct rule {
	const char *ending, *tail;
	unsigned cut; /* letters of the form that go */
	const char *added;
};

static const struct rule rules[] = {
	{ "vieille", "vieux", 5, "vieille" },
	{ "eresse", "eur", 3, "eresse" },
	{ "belle", "beau", 4, "belle" },
	{ "eille", "eux", 3, "eille" },
	{ "folle", "fou", 3, "folle" },
	{ "ienne", "ien", 3, "ienne" },
	{ "seche", "sec", 3, "sèche" },
	{ "trice", "teur", 4, "trice" },
	{ "aine", "ain", 3, "aine" },
	{ "aise", "ais", 3, "aise" },
	{ "ante", "ant", 3, "ante" },
	{ "elle", "eau", 3, "elle" },
	{ "elle", "el", 2, "elle" },
	{ "enne", "en", 2, "enne" },
	{ "ente", "ent", 3, "ente" },
	{ "esse", "eur", 3, "eresse" },
	{ "esse", "e", 1, "esse" },
	{ "ette", "et", 2, "ette" },
	{ "euse", "eux", 3, "euse" },
	{ "euse", "eur", 3, "euse" },
	{ "iere", "ier", 3, "ière" },
	{ "oise", "ois", 3, "oise" },
	{ "olle", "fou", 2, "olle" },
	{ "onne", "on", 2, "onne" },
	{ "rice", "teur", 3, "rice" },
	{ "teur", "trice", 5, "teur" },
	{ "ale", "al", 2, "ale" },
	{ "che", "c", 1, "che" },
	{ "ere", "er", 2, "ère" },
	{ "eur", "trice", 5, "teur" },
	{ "eur", "euse", 4, "eur" },
	{ "ffe", "f", 1, "ffe" },
	{ "gne", "gnon", 4, "gne" },
	{ "gue", "g", 1, "gue" },
	{ "ice", "teur", 3, "rice" },
	{ "ine", "ain", 3, "ine" },
	{ "ine", "os", 1, "ïne" },
	{ "ine", "o", 0, "ïne" },
	{ "ive", "if", 2, "ive" },
	{ "lle", "eau", 3, "elle" },
	{ "lle", "el", 1, "lle" },
	{ "lle", "l", 1, "lle" },
	{ "nne", "n", 1, "nne" },
	{ "que", "c", 1, "que" },
	{ "sse", "s", 1, "sse" },
	{ "sse", "x", 1, "sse" },
	{ "sse", "e", 0, "sse" },
	{ "tte", "t", 1, "tte" },
	{ "use", "eux", 2, "use" },
	{ "use", "eur", 2, "use" },
	{ "ce", "doux", 1, "ce" },
	{ "ee", "e", 1, "ée" },
	{ "en", "enne", 4, "en" },
	{ "er", "ere", 3, "er" },
	{ "fe", "f", 0, "fe" },
	{ "he", "c", 0, "he" },
	{ "ie", "i", 1, "ie" },
	{ "le", "l", 0, "le" },
	{ "ne", "n", 0, "ne" },
	{ "re", "er", 2, "ère" },
	{ "se", "eur", 1, "se" },
	{ "se", "s", 0, "se" },
	{ "se", "x", 1, "se" },
	{ "te", "ori", 0, "te" },
	{ "te", "ou", 0, "te" },
	{ "te", "t", 0, "te" },
	{ "te", "o", 0, "te" },
	{ "ue", "u", 1, "ue" },
	{ "ue", "g", 0, "ue" },
	{ "ve", "f", 1, "ve" },
	{ "e", "eux", 1, "se" },
	{ "e", "en", 0, "ne" },
	{ "e", "el", 0, "le" },
	{ "e", "er", 2, "ère" },
	{ "e", "on", 0, "ne" },
	{ "e", "f", 1, "ve" },
	{ "e", "", 0, "e" },
};

/* Both words are written whole; each way round. */
static const char *const pairs[][2] = {
	{ "le", "la" },           { "un", "une" },      { "du", "de" },       { "au", "a" },
	{ "il", "elle" },         { "ils", "elles" },   { "ceux", "celles" }, { "eux", "celles" },
	{ "eux", "elles" },       { "celui", "celle" }, { "lui", "elle" },    { "ce", "cette" },
	{ "mon", "ma" },          { "ton", "ta" },      { "son", "sa" },      { "tous", "toutes" },
	{ "tout", "toute" },      { "nul", "nulle" },   { "beau", "belle" },  { "ceux", "elles" },
	{ "lequel", "laquelle" },
};

/* The longest is a whole word: "institutrices". */
enum { ENDING_LETTERS = 16 };

struct reading {
	const char *text;
	size_t length;
	const struct piece *base;
	enum letter_kind sign; /* the first one: the others may be of another kind */
	bool plural;           /* the word has an "s" of its own: "élu·e·s" */
	struct piece ending;
	char fold[FORM_MAX + 1]; /* of the ending, without its "s" */
};

static bool is_sign(enum letter_kind kind)
{
	return kind == LETTER_MIDDLE_DOT || kind == LETTER_DOT || kind == LETTER_HYPHEN ||
	       kind == LETTER_SLASH || kind == LETTER_OPEN;
}

/* An ending is written small, or the whole word is in capitals. */
static bool case_agrees(const struct reading *r, const struct piece *p)
{
	if (!p->n_upper || r->sign == LETTER_MIDDLE_DOT)
		return true;
	return piece_is_capitals(p) && piece_is_capitals(r->base);
}

/* "(e.s)", "(e-s)": the plural inside the bracket. */
static void read_inner_plural(const struct reading *r, struct piece *p)
{
	enum letter_kind sign = kind_at(r->text, r->length, p->after);
	struct piece s;

	if (sign == LETTER_OPEN || !is_sign(sign) || !piece_read_next(r->text, r->length, p, &s) ||
	    !piece_is(&s, "s"))
		return;
	p->after = s.after;
	p->length = form_append(p->form, p->length, "s", 1);
}

/* A piece of the ending, from the sign before it on; *at goes past it, and its bracket. */
static bool read_ending(const struct reading *r, size_t *at, struct piece *p)
{
	enum letter_kind sign = kind_at(r->text, r->length, *at), first;
	size_t begin;

	first = kind_after(r->text, r->length, *at, &begin);
	/* "(-e)", "(·e)" */
	if (sign == LETTER_OPEN && is_sign(first))
		kind_after(r->text, r->length, begin, &begin);
	if (!is_sign(sign) || !piece_read(r->text, r->length, begin, p) || p->n > ENDING_LETTERS ||
	    !piece_is_letters(p) || !case_agrees(r, p))
		return false;
	if (sign == LETTER_OPEN) {
		read_inner_plural(r, p);
		if (kind_at(r->text, r->length, p->after) != LETTER_CLOSE)
			return false;
		kind_after(r->text, r->length, p->after, &p->after);
	}
	*at = p->after;
	return true;
}

/* "s" right after a bracket, "·s", ".s", "(s)": the plural of what comes before. */
static void read_plural(struct reading *r, size_t *at)
{
	size_t end = *at;
	struct piece p;

	if (r->plural)
		return;
	if (piece_read(r->text, r->length, *at, &p))
		end = p.after;
	else if (!read_ending(r, &end, &p))
		return;
	if (!piece_is(&p, "s") && !piece_is(&p, "x"))
		return;
	r->plural = true;
	*at = end;
}

/* What may follow: "guide.es.fr" and "a.e@b" are names of machines, not words. */
static bool ends_well(const struct reading *r, size_t at)
{
	enum letter_kind kind = kind_at(r->text, r->length, at), then;

	if (kind_begins(kind) || kind == LETTER_AT)
		return false;
	if (r->sign != LETTER_DOT)
		return true;
	then = kind_after(r->text, r->length, at, &at);
	switch (kind) {
	case LETTER_DOT:
		return then != LETTER_LOWER && then != LETTER_DIGIT;
	case LETTER_COLON:
		return !kind_begins(then) && then != LETTER_SLASH;
	case LETTER_SLASH:
		return then == LETTER_LOWER;
	default:
		return true;
	}
}

/* What may stand before it, without a blank: not "www.", "@", "//". */
static bool begins_well(const struct reading *r)
{
	size_t from = r->base->from;
	char before = from ? r->text[from - 1] : ' ', first = from > 1 ? r->text[from - 2] : ' ';

	if (r->sign != LETTER_DOT && r->sign != LETTER_SLASH)
		return true;
	switch (before) {
	case '@':
	case '_':
		return false;
	case '.':
		return first == '.' || first == ' ';
	case '/':
		return first != '/' && first != '.';
	default:
		return true;
	}
}

static bool ends_in(const char *fold, size_t length, const char *tail)
{
	size_t n = strlen(tail);

	return length >= n && !memcmp(fold + length - n, tail, n);
}

/* The bytes of a form but for its last `n` characters. */
static size_t without(const char *form, size_t length, unsigned n)
{
	for (; n && length; n--)
		for (length--; length && ((unsigned char)form[length] & 0xc0) == 0x80;)
			length--;
	return length;
}

static const struct rule *find_rule(const struct reading *r, const char *fold, size_t n)
{
	for (size_t i = 0; i < sizeof(rules) / sizeof(*rules); i++)
		if (!strcmp(rules[i].ending, r->fold) && ends_in(fold, n, rules[i].tail))
			return &rules[i];
	return NULL;
}

static void set(struct inclusive *inc, unsigned i, const char *form, size_t length)
{
	inc->form[i].length = form_append(inc->form[i].form, 0, form, length);
}

static void add(struct inclusive *inc, unsigned i, const char *more)
{
	inc->form[i].length =
		form_append(inc->form[i].form, inc->form[i].length, more, strlen(more));
}

/* The masculine form as it stands, put in the plural. */
static void pluralise(struct inclusive *inc, unsigned i)
{
	const char *form = inc->form[i].form;
	uint32_t n = inc->form[i].length;

	if (ends_in(form, n, "s") || ends_in(form, n, "x") || ends_in(form, n, "z"))
		return;
	if (ends_in(form, n, "al")) {
		inc->form[i].length = n - 1;
		add(inc, i, "ux");
		return;
	}
	add(inc, i, ends_in(form, n, "eau") ? "x" : "s");
}

/* "e" after a full stop, hyphen or slash says nothing of a word that ends in one. */
static bool takes_e(const struct reading *r, const char *form, size_t n)
{
	if (r->sign == LETTER_MIDDLE_DOT || r->sign == LETTER_OPEN)
		return true;
	return n && !strchr("eaoxz", form[n - 1]);
}

/* The base is `n` bytes of its form, in the singular. */
static bool apply(const struct reading *r, size_t n, struct inclusive *inc)
{
	const struct piece *base = r->base;
	char fold[FORM_MAX + 1];
	size_t n_fold = form_fold(base->form, n, fold);
	const struct rule *rule = find_rule(r, fold, n_fold);

	if (!rule || (!strcmp(rule->ending, "e") && !takes_e(r, base->form, n)))
		return false;
	set(inc, 0, base->form, r->plural ? base->length : n);
	if (r->plural && n == base->length)
		pluralise(inc, 0);
	set(inc, 1, base->form, without(base->form, n, rule->cut));
	/* "bénévole·e·s": nothing is added to what ends in one. */
	if (*rule->tail || !ends_in(base->form, n, "e") || strcmp(rule->ending, "e"))
		add(inc, 1, rule->added);
	if (r->plural)
		add(inc, 1, "s");
	return true;
}

/* "commune(s)", "iel·s": both numbers. */
static bool apply_number(const struct reading *r, struct inclusive *inc)
{
	const struct piece *base = r->base;

	if (base->n < 3 && r->sign != LETTER_MIDDLE_DOT && r->sign != LETTER_OPEN)
		return false;
	if (strchr("sxz", base->form[base->length - 1]))
		return false;
	set(inc, 0, base->form, base->length);
	set(inc, 1, base->form, base->length);
	add(inc, 1, r->fold);
	return true;
}

static bool apply_pair(const struct reading *r, struct inclusive *inc)
{
	const char *form = r->base->form;

	for (size_t i = 0; i < sizeof(pairs) / sizeof(*pairs); i++) {
		const char *const *pair = pairs[i];

		if ((!strcmp(form, pair[0]) && piece_is(&r->ending, pair[1])) ||
		    (!strcmp(form, pair[1]) && piece_is(&r->ending, pair[0]))) {
			set(inc, 0, form, r->base->length);
			set(inc, 1, r->ending.form, r->ending.length);
			return true;
		}
	}
	return false;
}

/* "instituteur·institutrice": both words whole. */
static bool apply_whole(const struct reading *r, struct inclusive *inc)
{
	const struct piece *base = r->base;

	if (r->sign != LETTER_MIDDLE_DOT || base->length < 4 || r->ending.length < 4 ||
	    memcmp(base->form, r->ending.form, 4) != 0)
		return false;
	set(inc, 0, base->form, base->length);
	set(inc, 1, r->ending.form, r->ending.length);
	return true;
}

/* The ending folded, and its "s" taken for a plural. */
static void fold_ending(struct reading *r)
{
	size_t n = form_fold(r->ending.form, r->ending.length, r->fold);

	if (n > 1 && r->fold[n - 1] == 's') {
		r->fold[n - 1] = '\0';
		r->plural = true;
	}
}

/* Is the "s" of this masculine no plural's? "français·e·s", "inclus·e". */
static bool keeps_s(const char *form, size_t n)
{
	static const char *const kept[] = { "ais",  "ois",  "mis",  "pris", "quis", "cis",
					    "gris", "clus", "ffus", "vers", "gros", "bas" };

	for (size_t i = 0; i < sizeof(kept) / sizeof(*kept); i++)
		if (ends_in(form, n, kept[i]))
			return true;
	return false;
}

/* "municipaux·ales", "municipaux·es" */
static bool apply_aux(const struct reading *r, struct inclusive *inc)
{
	const struct piece *base = r->base;

	if (!ends_in(base->form, base->length, "aux") ||
	    (strcmp(r->fold, "e") != 0 && strcmp(r->fold, "ale") != 0))
		return false;
	set(inc, 0, base->form, base->length);
	set(inc, 1, base->form, base->length - 2);
	add(inc, 1, "les");
	return true;
}

static bool apply_gender(const struct reading *r, struct inclusive *inc)
{
	const struct piece *base = r->base;
	size_t n = base->length;

	if (!r->plural)
		return apply(r, n, inc);
	if (n > 2 && base->form[n - 1] == 's' && !keeps_s(base->form, n) && apply(r, n - 1, inc))
		return true;
	/* "nouveaux·elles" */
	if (ends_in(base->form, n, "eaux") && apply(r, n - 1, inc))
		return true;
	return apply_aux(r, inc) || apply(r, n, inc);
}

static bool is_number(const struct reading *r)
{
	return !strcmp(r->fold, "s") || !strcmp(r->fold, "x");
}

/* "tou·s·tes", "étudiant·x·e·s": the ending that tells is not the first. */
static void read_after_number(struct reading *r, size_t *at)
{
	struct reading next = *r;
	size_t end = *at;

	if (!is_number(r) || !read_ending(&next, &end, &next.ending))
		return;
	fold_ending(&next);
	if (is_number(&next))
		return;
	next.plural = next.plural || !strcmp(r->fold, "s");
	*r = next;
	*at = end;
}

bool inclusive_read(const char *text, size_t length, const struct piece *base,
		    struct inclusive *inc)
{
	struct reading r = { .text = text, .length = length, .base = base };
	size_t at = base->after;

	r.sign = kind_at(text, length, at);
	if (!is_sign(r.sign) || base->n < 2 || !piece_is_letters(base) || !begins_well(&r) ||
	    !read_ending(&r, &at, &r.ending))
		return false;
	fold_ending(&r);
	read_after_number(&r, &at);
	if (is_number(&r)) {
		inc->to = at;
		return ends_well(&r, at) && apply_number(&r, inc);
	}
	read_plural(&r, &at);
	/* "JEAN-E" is a name; "HABITANT-E-S" is not. */
	if (r.sign == LETTER_HYPHEN && base->n_upper && !r.plural && piece_is_capitals(base))
		return false;
	inc->to = at;
	return ends_well(&r, at) &&
	       (apply_pair(&r, inc) || apply_gender(&r, inc) || apply_whole(&r, inc));
}
