#include "search/plan.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "search/analyse.h"
#include "search/pool.h"
#include "search/snippet.h"

struct planner {
	struct arena *a;
	const struct index *x;
	const struct version *v;
	const struct sight *sight;
	bool closed_too; /* the reader may have a closed text */
	unsigned n_sums; /* words whose lists were summed */
};

/* ---- the forms of a word --------------------------------------------------------------------- */

/* A form that matches, and how nearly. */
struct form_match {
	uint32_t form;
	enum nearness nearness;
};

struct form_matches {
	struct form_match *found;
	size_t n, capacity;
};

static void find(struct planner *p, struct form_matches *list, uint32_t form,
		 enum nearness nearness)
{
	*arena_push(p->a, list->found, list->n, list->capacity) =
		(struct form_match){ form, nearness };
}

static void find_folded(struct planner *p, struct form_matches *list, uint32_t folded,
			const char *typed, enum nearness nearness)
{
	const struct dictionary *d = &p->x->dictionary;

	for (uint32_t i = folded_first(d, folded); i != NO_KEY;
	     i = dictionary_form_at(d, i)->next) {
		bool same = typed && !strcmp(intern_key(&d->form_key, i)->bytes, typed);

		find(p, list, i, same ? SAME_FORM : nearness);
	}
}

/* A word that shares its stem is a relative, unless it is an acronym. */
static void find_relatives(struct planner *p, struct form_matches *list, const char *folded,
			   size_t n, uint32_t own)
{
	const struct dictionary *d = &p->x->dictionary;
	uint32_t stem;

	if (own != NO_KEY) {
		if (folded_is_acronym(d, own))
			return;
		stem = dictionary_folded_at(d, own)->stem;
	} else {
		char text[FORM_MAX + 1];
		struct stemmer *st = stemmer_new();
		size_t length = form_stem(st, folded, n, text);

		stemmer_free(st);
		stem = dictionary_find_stem(d, text, length);
	}
	if (stem == NO_KEY)
		return;
	for (uint32_t i = stem_first(d, stem); i != NO_KEY; i = dictionary_folded_at(d, i)->next)
		if (i != own && !folded_is_acronym(d, i))
			find_folded(p, list, i, NULL, SAME_STEM);
}

struct begun {
	struct planner *p;
	struct form_matches *list;
	const char *typed;
	size_t length; /* folded */
};

static void find_begun(void *context, uint32_t folded)
{
	const struct begun *b = context;
	bool is_whole = intern_key(&b->p->x->dictionary.folded_key, folded)->length == b->length;

	find_folded(b->p, b->list, folded, is_whole ? b->typed : NULL,
		    is_whole ? SAME_FOLDED : SAME_STEM);
}

static int compare_found(const void *left, const void *right)
{
	const struct form_match *l = left, *r = right;

	if (l->form != r->form)
		return l->form < r->form ? -1 : 1;
	return (int)l->nearness - (int)r->nearness;
}

/* Each form once, the nearest way. */
static void settle(struct form_matches *list)
{
	size_t n = 0;

	if (list->n)
		qsort(list->found, list->n, sizeof(*list->found), compare_found);
	for (size_t i = 0; i < list->n; i++)
		if (!n || list->found[n - 1].form != list->found[i].form)
			list->found[n++] = list->found[i];
	list->n = n;
}

/* An acronym as typed: without an open text that holds it, it is no ordinary word either. */
static bool is_unheard_of(const struct dictionary *d, const char *form, uint32_t own)
{
	return *form >= 'A' && *form <= 'Z' && (own == NO_KEY || !folded_frequency(d, own));
}

static void find_unit(struct planner *p, const struct unit *u, bool quoted,
		      struct form_matches *list)
{
	for (size_t i = 0; i < u->n_forms; i++) {
		char folded[FORM_MAX + 1];
		size_t n = form_fold(u->form[i], strlen(u->form[i]), folded);
		uint32_t own = dictionary_find_folded(&p->x->dictionary, folded, n);

		if (u->is_prefix) {
			order_each(p->v->order, &p->x->dictionary, folded, n, find_begun,
				   &(struct begun){ p, list, u->form[i], n });
			continue;
		}
		if (own != NO_KEY)
			find_folded(p, list, own, u->form[i], SAME_FOLDED);
		if (!quoted && !u->is_acronym && !is_unheard_of(&p->x->dictionary, u->form[i], own))
			find_relatives(p, list, folded, n, own);
	}
	/* Those of one word are apart already. */
	if (u->n_forms > 1)
		settle(list);
}

/* ---- lanes ------------------------------------------------------------------------- */

static void measure(struct source *s, const struct postings *p, enum layer layer)
{
	s->cost += postings_count(p);
	if (layer == OPEN_TEXT)
		s->frequency += postings_live(p);
}

static void add_lane(struct planner *p, struct source *s, const struct lists *l, enum layer layer,
		     enum nearness nearness)
{
	const struct postings *postings = lists_find(&p->x->dictionary, l, layer);
	struct lane *lane;

	if (!postings || !postings_count(postings))
		return;
	lane = &s->lane[s->n_lanes++];
	lane->units = p->x->worth.units[nearness];
	lane->is_closed = layer == CLOSED_TEXT;
	cursor_init(&lane->cursor, postings, p->v->n_documents);
	measure(s, postings, layer);
}

/* A walk of its own over the same lists. */
static struct source copy_source(const struct planner *p, const struct source *s)
{
	struct source copy = *s;

	copy.lane = arena_make(p->a, struct lane, s->n_lanes + 1);
	if (s->n_lanes)
		memcpy(copy.lane, s->lane, s->n_lanes * sizeof(*copy.lane));
	return copy;
}

static const struct lists *lists_found(const struct planner *p, const struct form_match *f)
{
	return &dictionary_form_at(&p->x->dictionary, f->form)->lists;
}

static void add_lanes(struct planner *p, struct source *s, const struct lists *l,
		      enum nearness nearness)
{
	add_lane(p, s, l, OPEN_TEXT, nearness);
	if (p->closed_too)
		add_lane(p, s, l, CLOSED_TEXT, nearness);
}

/* A beginning that has a list of its own: all the words that begin so, at once. */
static bool begin(struct planner *p, const struct unit *u, struct source *s)
{
	char folded[FORM_MAX + 1];
	uint32_t number;

	if (!u->is_prefix || u->n_forms > 1 ||
	    form_fold(u->form[0], strlen(u->form[0]), folded) != BEGINNING)
		return false;
	number = dictionary_find_beginning(&p->x->dictionary, folded);
	s->lane = arena_make(p->a, struct lane, N_LAYERS);
	if (number != NO_KEY)
		add_lanes(p, s, dictionary_pair_at(&p->x->dictionary, number), SAME_STEM);
	return true;
}

/* A posting for so many documents is worth a number for each, which a few words may have. */
enum { POOL_FROM = 24 /* lanes */, DOCUMENTS_SHARE = 8, SUMS_MAX = 4 };

static void pool(struct planner *p, struct source *s)
{
	uint32_t n_documents = p->v->n_documents;

	if (s->n_lanes <= POOL_FROM)
		return;
	if (s->cost > n_documents / DOCUMENTS_SHARE && p->n_sums < SUMS_MAX) {
		pool_all(p->a, p->x, n_documents, p->sight, s);
		p->n_sums++;
	} else {
		pool_short(p->a, n_documents, s);
	}
}

static struct source source_of(struct planner *p, const struct unit *u, bool quoted, bool alone)
{
	struct form_matches list = { 0 };
	struct source s = { 0 };

	if (alone && begin(p, u, &s))
		return s;
	find_unit(p, u, quoted, &list);
	s.lane = arena_make(p->a, struct lane, (p->closed_too ? N_LAYERS : 1) * list.n + 1);
	for (size_t i = 0; i < list.n; i++)
		add_lanes(p, &s, lists_found(p, &list.found[i]), list.found[i].nearness);
	if (alone)
		pool(p, &s);
	return s;
}

/* ---- pairs of common words --------------------------------------------------------- */

static uint32_t common_of(const struct planner *p, const struct unit *u)
{
	char folded[FORM_MAX + 1];
	size_t n = form_fold(u->form[0], strlen(u->form[0]), folded);
	uint32_t number = dictionary_find_folded(&p->x->dictionary, folded, n);

	return u->n_forms == 1 && number != NO_KEY &&
			       dictionary_folded_at(&p->x->dictionary, number)->is_common
		       ? number
		       : NO_KEY;
}

/* The list of two quoted common words that follow one another. */
static bool pair_of(struct planner *p, const struct unit *left, const struct unit *right,
		    struct source *s)
{
	uint32_t l = common_of(p, left), r = common_of(p, right), pair;

	if (l == NO_KEY || r == NO_KEY || left->position + 1 != right->position)
		return false;
	*s = (struct source){ .lane = arena_make(p->a, struct lane, N_LAYERS) };
	pair = dictionary_find_pair(&p->x->dictionary, l, r);
	if (pair != NO_KEY)
		add_lanes(p, s, dictionary_pair_at(&p->x->dictionary, pair), SAME_FORM);
	return true;
}

/* ---- choices ----------------------------------------------------------------------- */

static int compare_sources(const void *left, const void *right)
{
	const struct source *l = left, *r = right;

	return l->cost < r->cost ? -1 : l->cost > r->cost;
}

static size_t sources_of(struct planner *p, const struct choice *c, bool quoted, struct source *s)
{
	uint32_t first = 0; /* a stop word before it has no place to stand in */
	size_t n = 0;

	for (size_t i = 0; i < c->n_units; i++) {
		bool is_pair = quoted && c->way == IN_SEQUENCE && i + 1 < c->n_units &&
			       pair_of(p, &c->unit[i], &c->unit[i + 1], &s[n]);

		if (c->way == IN_PLACES && c->unit[i].is_stop)
			continue;
		if (!is_pair) {
			/* The second word of a pair is told by the pair. */
			if (quoted && i && common_of(p, &c->unit[i]) != NO_KEY &&
			    common_of(p, &c->unit[i - 1]) != NO_KEY &&
			    c->unit[i - 1].position + 1 == c->unit[i].position)
				continue;
			s[n] = source_of(p, &c->unit[i], quoted, c->n_units == 1);
		}
		first = n ? first : c->unit[i].position;
		s[n++].offset = c->unit[i].position - first;
	}
	return n;
}

static struct planned_choice plan_choice(struct planner *p, const struct choice *c, bool quoted)
{
	struct planned_choice made = { .way = c->way };

	made.source = arena_make(p->a, struct source, c->n_units + 1);
	made.n_sources = sources_of(p, c, quoted, made.source);
	qsort(made.source, made.n_sources, sizeof(*made.source), compare_sources);
	if (made.n_sources == 1)
		return made;
	made.in_place = arena_make(p->a, struct source, made.n_sources);
	for (size_t i = 0; i < made.n_sources && c->way != ANYWHERE; i++)
		made.in_place[i] = copy_source(p, &made.source[i]);
	return made;
}

/* A beginning says little, and how rare it is says nothing. */
static const float beginning_idf = 2.0f;

static bool is_beginning(const struct want *w)
{
	return w->choice->n_units == 1 && w->choice->unit->is_prefix;
}

/* What is rarest bounds the rest: by open texts that are there, not by the length of lists. */
static uint32_t frequency_of(const struct planned_choice *c)
{
	uint32_t least = UINT32_MAX;

	for (size_t i = 0; i < c->n_sources; i++)
		if (c->source[i].frequency < least)
			least = c->source[i].frequency;
	return least;
}

static struct planned_want plan_want(struct planner *p, const struct want *w)
{
	struct planned_want made = { .want = w, .n_choices = w->n_choices };

	made.choice = arena_make(p->a, struct planned_choice, w->n_choices);
	for (size_t i = 0; i < w->n_choices; i++) {
		made.choice[i] = plan_choice(p, &w->choice[i], w->is_quoted);
		if (!made.choice[i].n_sources)
			continue;
		made.cost += made.choice[i].source->cost;
		made.frequency += frequency_of(&made.choice[i]);
	}
	made.idf = is_beginning(w) ? beginning_idf : weight_idf(made.frequency, p->v->n_open);
	return made;
}

static int compare_wants(const void *left, const void *right)
{
	const struct planned_want *l = left, *r = right;

	if (l->cost != r->cost)
		return l->cost < r->cost ? -1 : 1;
	return l->want < r->want ? -1 : l->want > r->want;
}

void plan_make(struct arena *a, const struct index *x, const struct version *v,
	       const struct sight *sight, const struct wanted *wanted, struct plan *plan)
{
	struct planner p = { a, x, v, sight, sight_is_more_than_everyones(sight), 0 };

	plan->want = arena_make(a, struct planned_want, wanted->n_wants + 1);
	plan->n_wants = wanted->n_wants;
	plan->n_positive = wanted->n_positive;
	for (size_t i = 0; i < wanted->n_wants; i++)
		plan->want[i] = plan_want(&p, &wanted->want[i]);
	qsort(plan->want, plan->n_positive, sizeof(*plan->want), compare_wants);
}

/* ---- what is shown and told -------------------------------------------------------- */

/* A form that is in nothing that the reader may have is in nothing that is shown. */
static bool is_shown(const struct planner *p, const struct form *f)
{
	const struct postings *closed =
		p->closed_too ? lists_find(&p->x->dictionary, &f->lists, CLOSED_TEXT) : NULL;
	struct cursor c;

	if (postings_live(&f->lists.open))
		return true;
	for (cursor_init(&c, closed, p->v->n_documents); c.document != NO_DOCUMENT;
	     cursor_next(&c)) {
		uint32_t i;
		const struct columns *at = index_window(p->x, c.document, &i);

		if (sight_reads(p->sight, at, i) && column_is_alive(at, i, p->v->number))
			return true;
	}
	return false;
}

static void mark_unit(struct planner *p, const struct unit *u, bool quoted, unsigned word,
		      struct marks *marks)
{
	const struct dictionary *d = &p->x->dictionary;
	struct form_matches list = { 0 };

	find_unit(p, u, quoted, &list);
	for (size_t i = 0; i < list.n; i++) {
		const struct form *f = dictionary_form_at(d, list.found[i].form);
		const struct key *k = intern_key(&d->folded_key, f->folded);

		if (is_shown(p, f))
			marks_add(marks, k->bytes, k->length, word);
	}
}

static void mark_choice(struct planner *p, const struct choice *c, bool quoted, unsigned *word,
			struct marks *marks)
{
	unsigned first = *word;

	if (first + c->n_units > MARK_WORDS)
		return;
	for (size_t i = 0; i < c->n_units; i++)
		mark_unit(p, &c->unit[i], quoted, (*word)++, marks);
	if (c->n_units > 1 && c->way != ANYWHERE)
		marks_phrase(marks, first, (unsigned)c->n_units);
}

void plan_marks(const struct index *x, const struct version *v, const struct sight *sight,
		const struct wanted *wanted, struct marks *marks)
{
	struct planner p = { arena_new(), x, v, sight, sight_is_more_than_everyones(sight), 0 };
	unsigned word = 0;

	for (size_t i = 0; i < wanted->n_positive; i++)
		for (size_t k = 0; k < wanted->want[i].n_choices; k++)
			mark_choice(&p, &wanted->want[i].choice[k], wanted->want[i].is_quoted,
				    &word, marks);
	arena_free(p.a);
}

bool plan_is_unknown(struct arena *a, const struct index *x, const struct version *v,
		     const struct want *want)
{
	/* Only how many hold it is asked: nothing is summed. */
	const struct sight nothing = { 0 };
	struct planner p = { a, x, v, &nothing, false, SUMS_MAX };

	return plan_want(&p, want).frequency == 0;
}
