#include "search/query.h"

#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "search/analyse.h"

enum { PREFIX_MIN = 3 };

struct reading {
	struct arena *a;
	const char *text;
	struct wanted *wanted;
	size_t capacity, n_sequences;
	uint32_t position;
};

/* A unit with where it stands in the text. */
struct met {
	struct unit unit;
	size_t from, to;
	const char *joined; /* with the next one, written in one; NULL */
};

/* ---- units ---------------------------------------------------------------------------------- */

static bool is_asking(const char *folded)
{
	static const char *const words[] = {
		"combien", "comment", "dois",    "doit", "doivent",  "existe", "faire",
		"faut",    "peut",    "peuvent", "peux", "pourquoi", "savoir", "trouver",
	};

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (!strcmp(words[i], folded))
			return true;
	return false;
}

static void add_form(struct arena *a, struct unit *u, const struct token *t)
{
	char folded[FORM_MAX + 1];
	size_t n = form_fold(t->form, t->length, folded);

	for (size_t i = 0; i < u->n_forms; i++)
		if (!strcmp(u->form[i], t->form))
			return;
	if (u->n_forms == UNIT_FORMS_MAX)
		return;
	u->is_stop = (u->n_forms == 0 || u->is_stop) && form_is_stop(folded, n);
	u->is_asking = u->n_forms == 0 && is_asking(folded);
	u->form[u->n_forms++] = arena_strndup(a, t->form, t->length);
}

/* Positions follow one another whatever is between the words: a line ends a text, not a query. */
static size_t meet(struct arena *a, const char *text, size_t length, uint32_t position,
		   struct met met[UNITS_MAX])
{
	struct analyser an;
	const struct token *t;
	uint32_t last = 0;
	size_t n = 0;

	analyser_init(&an, text, length, position);
	while ((t = analyser_next(&an))) {
		if (!n || t->position != last) {
			if (n == UNITS_MAX)
				break;
			met[n] = (struct met){ .unit.position = position + (uint32_t)n,
					       .from = t->from,
					       .to = t->to };
			last = t->position;
			n++;
		}
		if (t->joined) {
			met[n - 1].joined = arena_strndup(a, t->form, t->length);
			continue;
		}
		/* The parts of a compound, whose joined form may have come first. */
		if (!met[n - 1].unit.n_forms) {
			met[n - 1].from = t->from;
			met[n - 1].to = t->to;
		}
		add_form(a, &met[n - 1].unit, t);
	}
	return n;
}

size_t query_units(struct arena *a, const char *text, struct unit **unit)
{
	struct met met[UNITS_MAX];
	size_t n = meet(a, text, strlen(text), 0, met);

	*unit = arena_make(a, struct unit, n + 1);
	for (size_t i = 0; i < n; i++)
		(*unit)[i] = met[i].unit;
	return n;
}

/* ---- wants ---------------------------------------------------------------------------------- */

static void add_choice(struct reading *r, struct want *w, const struct choice *choice)
{
	struct choice *more = arena_make(r->a, struct choice, w->n_choices + 1);

	if (w->n_choices)
		memcpy(more, w->choice, w->n_choices * sizeof(*more));
	more[w->n_choices++] = *choice;
	w->choice = more;
}

static bool is_same_unit(const struct unit *u, const struct unit *v)
{
	if (u->n_forms != v->n_forms || u->is_prefix != v->is_prefix)
		return false;
	for (size_t i = 0; i < u->n_forms; i++)
		if (strcmp(u->form[i], v->form[i]) != 0)
			return false;
	return true;
}

static bool is_same(const struct want *w, const struct choice *choice)
{
	if (w->choice->n_units != choice->n_units)
		return false;
	for (size_t i = 0; i < choice->n_units; i++)
		if (!is_same_unit(&w->choice->unit[i], &choice->unit[i]))
			return false;
	return true;
}

/* What it is to be is told first: the same is wanted once. */
static bool is_wanted(const struct reading *r, const struct want *like, const struct choice *choice)
{
	for (size_t i = 0; i < r->wanted->n_wants; i++) {
		const struct want *w = &r->wanted->want[i];

		if (w->is_quoted == like->is_quoted && w->is_excluded == like->is_excluded &&
		    is_same(w, choice))
			return true;
	}
	return false;
}

static struct want *add_want(struct reading *r, const struct met *met, size_t n, size_t offset,
			     struct want like)
{
	struct wanted *all = r->wanted;
	struct choice choice = { .way = IN_SEQUENCE, .n_units = n };
	struct want *w;

	if (all->n_wants == WANTS_MAX)
		return NULL;
	choice.unit = arena_make(r->a, struct unit, n);
	for (size_t i = 0; i < n; i++)
		choice.unit[i] = met[i].unit;
	if (is_wanted(r, &like, &choice))
		return NULL;
	r->n_sequences += n > 1;
	w = arena_push(r->a, all->want, all->n_wants, r->capacity);
	*w = like;
	w->from = offset + met[0].from;
	w->to = offset + met[n - 1].to;
	w->text = arena_strndup(r->a, r->text + w->from, w->to - w->from);
	add_choice(r, w, &choice);
	return w;
}

/* Two words with nothing but signs of a compound, an address or a number between them. */
static bool are_linked(const char *text, const struct met *left, const struct met *right)
{
	for (size_t i = left->to; i < right->from; i++)
		if (strchr(" \t\n/,;()|+\"", text[i]) ||
		    utf8_is_blank(utf8_decode(text + i, &(size_t){ 0 })))
			return false;
	return true;
}

static void add_joined(struct reading *r, struct want *w, const struct met *met)
{
	struct unit *u = arena_make(r->a, struct unit, 1);
	struct choice choice = { .way = IN_SEQUENCE, .unit = u, .n_units = 1 };

	u->form[u->n_forms++] = met->joined;
	u->position = met->unit.position;
	add_choice(r, w, &choice);
}

static void mark_prefix(const char *text, size_t length, struct met *m)
{
	char folded[FORM_MAX + 1];
	const char *form = m->unit.form[0];

	if (m->to < length && text[m->to] == '*' &&
	    form_fold(form, strlen(form), folded) >= PREFIX_MIN)
		m->unit.is_prefix = true, m->unit.is_stop = m->unit.is_asking = false;
}

/* How many words from here on were written as one. */
static size_t count_linked(const struct reading *r, const char *text, const struct met *met,
			   size_t n)
{
	size_t k = 1;

	if (r->n_sequences < SEQUENCES_MAX)
		while (k < n && are_linked(text, &met[k - 1], &met[k]))
			k++;
	return k;
}

/* Words that are not in quotes: each alone, but for those that were written in one. */
static void read_words(struct reading *r, size_t from, size_t to, bool excluded)
{
	const char *text = r->text + from;
	struct met met[UNITS_MAX];
	size_t n = meet(r->a, text, to - from, r->position, met), k;

	for (size_t i = 0; i < n; i += k) {
		struct want *w;

		k = count_linked(r, text, &met[i], n - i);
		mark_prefix(text, to - from, &met[i + k - 1]);
		w = add_want(r, &met[i], k, from, (struct want){ .is_excluded = excluded });
		if (w && k == 2 && met[i].joined && !met[i + 1].unit.is_prefix)
			add_joined(r, w, &met[i]);
	}
	if (n)
		r->position = met[n - 1].unit.position + 1;
}

/* The same with each compound written in one: what follows it stands nearer by a word. */
static void add_joined_phrase(struct reading *r, struct want *w, const struct met *met, size_t n)
{
	struct choice choice = { .way = IN_SEQUENCE, .unit = arena_make(r->a, struct unit, n) };
	uint32_t shift = 0;

	for (size_t i = 0; i < n; i++) {
		struct unit *u = &choice.unit[choice.n_units++];

		*u = met[i].unit;
		u->position -= shift;
		if (!met[i].joined || i + 1 == n)
			continue;
		*u = (struct unit){ .form = { met[i].joined }, .n_forms = 1 };
		u->position = met[i].unit.position - shift;
		shift++;
		i++;
	}
	if (shift)
		add_choice(r, w, &choice);
}

static void read_phrase(struct reading *r, size_t from, size_t to, bool excluded)
{
	struct met met[UNITS_MAX];
	size_t n = meet(r->a, r->text + from, to - from, r->position, met);
	size_t k = r->n_sequences < SEQUENCES_MAX ? n : 1;

	for (size_t i = 0; i < n; i += k) {
		struct want *w =
			add_want(r, &met[i], k, from,
				 (struct want){ .is_quoted = true, .is_excluded = excluded });

		if (w && k > 1)
			add_joined_phrase(r, w, met, n);
	}
	if (n)
		r->position = met[n - 1].unit.position + 1;
}

/* ---- signs ---------------------------------------------------------------------------------- */

static const struct {
	const char *open, *close;
} quotes[] = { { "\"", "\"" }, { "«", "»" }, { "“", "”" } };

/* The quotes that open at `at`, when they close as well; a sign alone is none. */
static bool is_quoted(const char *at, size_t *open, const char **close, size_t *length)
{
	for (size_t i = 0; i < sizeof(quotes) / sizeof(*quotes); i++) {
		*open = strlen(quotes[i].open);
		if (strncmp(at, quotes[i].open, *open) != 0)
			continue;
		*close = strstr(at + *open, quotes[i].close);
		*length = strlen(quotes[i].close);
		return *close != NULL;
	}
	return false;
}

static bool is_blank(const char *at, size_t *size)
{
	return utf8_is_blank(utf8_decode(at, size));
}

/* A hyphen before a word or a quote, with a blank or nothing before it. */
static bool excludes(const char *text, const char *at)
{
	size_t size;

	return *at == '-' && at[1] && at[1] != '-' && !is_blank(at + 1, &size) &&
	       (at == text || strchr(" \t\n\"", at[-1]) ||
		(at - text >= 2 && !strncmp(at - 2, "\u00a0", 2)));
}

static const char *end_of_word(const char *at)
{
	size_t size;

	while (*at && *at != '"' && !is_blank(at, &size))
		at += size;
	return at;
}

static void read_all(struct reading *r)
{
	const char *at = r->text, *plain = at, *close;
	size_t open, length, size;

	while (*at) {
		bool excluded = excludes(r->text, at);
		const char *start = at + excluded, *end;
		bool quoted = is_quoted(start, &open, &close, &length);

		if (!excluded && !quoted) {
			utf8_decode(at, &size);
			at += size;
			continue;
		}
		read_words(r, (size_t)(plain - r->text), (size_t)(at - r->text), false);
		end = quoted ? close + length : end_of_word(start);
		if (quoted)
			read_phrase(r, (size_t)(start + open - r->text), (size_t)(close - r->text),
				    excluded);
		else
			read_words(r, (size_t)(start - r->text), (size_t)(end - r->text), excluded);
		at = plain = end;
	}
	read_words(r, (size_t)(plain - r->text), (size_t)(at - r->text), false);
}

/* ---- stop words ------------------------------------------------------------------------------ */

static bool says_nothing(const struct want *w)
{
	size_t n_stops = 0;

	if (w->is_quoted || w->n_choices > 1)
		return false;
	for (size_t i = 0; i < w->choice->n_units; i++) {
		if (!w->choice->unit[i].is_stop && !w->choice->unit[i].is_asking)
			return false;
		n_stops += w->choice->unit[i].is_stop;
	}
	/* "peut-on" says nothing, "savoir-faire" does. */
	return n_stops || w->choice->n_units == 1;
}

/* Wanted before excluded, each in their order, without stop words when something else is wanted. */
static void arrange(struct arena *a, struct wanted *all)
{
	struct want *kept = arena_make(a, struct want, all->n_wants + 1);
	size_t n = 0, n_saying = 0;

	for (size_t i = 0; i < all->n_wants; i++)
		n_saying += !all->want[i].is_excluded && !says_nothing(&all->want[i]);
	for (size_t i = 0; i < all->n_wants; i++)
		if (!all->want[i].is_excluded && (!n_saying || !says_nothing(&all->want[i])))
			kept[n++] = all->want[i];
	all->n_positive = n;
	for (size_t i = 0; i < all->n_wants; i++)
		if (all->want[i].is_excluded)
			kept[n++] = all->want[i];
	all->want = kept;
	all->n_wants = n;
}

void query_read(struct arena *a, const char *text, struct wanted *wanted)
{
	struct reading r = { .a = a, .text = text, .wanted = wanted };

	*wanted = (struct wanted){ 0 };
	read_all(&r);
	arrange(a, wanted);
}
