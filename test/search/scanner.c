#include "search/scanner.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/richtext.h"
#include "db/db.h"
#include "search/analyse.h"
#include "search/scanned.h"
#include "search/widen.h"
#include "store/contribution.h"
#include "store/organisation.h"
#include "store/resource.h"
#include "store/row.h"
#include "store/term.h"

static const struct reader everyone = { .level = ANONYMOUS }, all_seeing = { .level = EDITOR };

static void must(enum status status)
{
	assert(status == OK);
	(void)status;
}

/* ---- texts ------------------------------------------------------------------------------- */

const char *scanned_fold(struct arena *a, const char *form)
{
	char folded[FORM_MAX + 1];

	return arena_strndup(a, folded, form_fold(form, strlen(form), folded));
}

const char *scanned_stem(const struct scanner *s, struct arena *a, const char *folded)
{
	char text[FORM_MAX + 1];

	return arena_strndup(a, text, form_stem(s->stemmer, folded, strlen(folded), text));
}

static void add_word(struct scanner *s, struct field *f, const struct token *t, uint32_t position)
{
	struct word *w = arena_push(s->a, f->word, f->n_words, f->capacity);

	*w = (struct word){ .form = arena_strdup(s->a, t->form), .position = position };
	w->folded = scanned_fold(s->a, w->form);
}

/* A compound written in one follows what stands before it, and is followed by what stands after. */
static void add_field(struct scanner *s, struct document *d, const char *text, bool is_open)
{
	struct analyser an;
	const struct token *t;
	struct field *f;
	uint32_t last = 0;

	if (!text)
		return;
	f = arena_push(s->a, d->field, d->n_fields, d->capacity);
	*f = (struct field){ .is_open = is_open };
	analyser_init(&an, text, strlen(text), 0);
	while ((t = analyser_next(&an))) {
		assert(t->position >= last && t->length && t->length <= FORM_MAX);
		assert(t->from < t->to && t->to <= strlen(text));
		last = t->position;
		add_word(s, f, t, last);
		if (t->joined)
			add_word(s, f, t, last + 1);
	}
}

static const struct term *term_of(const struct scanner *s, int64_t id)
{
	for (size_t i = 0; i < s->terms.n_terms; i++)
		if (s->terms.term[i].id == id)
			return s->terms.term[i].replaced_by_id
				       ? term_of(s, s->terms.term[i].replaced_by_id)
				       : &s->terms.term[i];
	return NULL;
}

static const char *label_of(const struct scanner *s, int64_t term)
{
	const struct term *t = term_of(s, term);

	return t ? t->label : NULL;
}

static void add_vocabulary(struct scanner *s, struct document *d, const struct resource *r,
			   const int64_t *term, size_t n_terms, bool open)
{
	add_field(s, d, label_of(s, r->kind_id), open);
	add_field(s, d, label_of(s, r->form_id), open);
	for (size_t i = 0; i < n_terms; i++)
		add_field(s, d, label_of(s, term[i]), open);
	if (r->collection && r->number != NO_NUMBER)
		add_field(s, d,
			  arena_printf(s->a, "%s n° %lld", r->collection_title,
				       (long long)r->number),
			  open);
	else
		add_field(s, d, r->collection_title, open);
	add_field(s, d, r->edition, open);
}

/* Kept to fewer than the readers of the resource, with keys or without, it is found by none. */
static bool is_shared(struct object owner, enum visibility part)
{
	for (int level = ANONYMOUS; level <= EDITOR; level++)
		for (int opened = 0; opened < 2; opened++) {
			const struct reader reader = { .level = (enum level)level };

			owner.opened = opened;
			if (access_may_read(&reader, &owner) &&
			    !access_may_read_part(&reader, &owner, part))
				return false;
		}
	return true;
}

static void add_people(struct scanner *s, struct db *db, struct document *d)
{
	struct contribution_list list;

	must(contribution_of(db, s->a, OF_RESOURCE, d->id, &list));
	for (size_t i = 0; i < list.n_contributions; i++) {
		const struct contribution *c = &list.contribution[i];
		bool open = access_may_discover(&everyone, &d->object) &&
			    access_may_read_part(&everyone, &d->object, c->visibility);
		struct organisation o;

		if (!open && !is_shared(d->object, c->visibility))
			continue;
		add_field(s, d, c->name, open);
		add_field(s, d, c->affiliation, open);
		if (!c->organisation_id)
			continue;
		must(organisation_by_id(db, s->a, c->organisation_id, &o));
		add_field(s, d, o.name, open);
		add_field(s, d, o.acronym, open);
	}
}

/* ---- values ------------------------------------------------------------------------------ */

static size_t value_of(struct scanner *s, enum facet facet, const char *slug, const char *label)
{
	size_t i = 0;

	while (i < s->n_values &&
	       (s->value[i].facet != facet || strcmp(s->value[i].slug, slug) != 0))
		i++;
	if (i == s->n_values) {
		arena_push(s->a, s->value, s->n_values, s->value_capacity);
		s->value[i].facet = facet;
		s->value[i].slug = slug;
		s->value[i].label = label;
	}
	return i;
}

bool document_bears(const struct document *d, size_t value)
{
	for (size_t i = 0; i < d->n_values; i++)
		if (d->value[i] == value)
			return true;
	return false;
}

static void bear(struct scanner *s, struct document *d, enum facet facet, const char *slug,
		 const char *label)
{
	size_t value = value_of(s, facet, slug, label);

	if (!document_bears(d, value))
		*arena_push(s->a, d->value, d->n_values, d->value_capacity) = value;
}

/* The term, or what took its place, and all that stand above. */
static void bear_term(struct scanner *s, struct document *d, int64_t id)
{
	static const char *const vocabulary[N_FACETS] = {
		[FACET_KIND] = "kind",
		[FACET_CATEGORY] = "category",
		[FACET_KEYWORD] = "keyword",
		[FACET_TERRITORY] = "territory",
	};

	for (const struct term *t; (t = term_of(s, id)); id = t->parent_id)
		for (int f = 0; f < N_FACETS; f++)
			if (vocabulary[f] && !strcmp(vocabulary[f], t->vocabulary))
				bear(s, d, (enum facet)f, t->slug, t->label);
}

static void bear_all(struct scanner *s, struct document *d, const struct resource *r,
		     const int64_t *term, size_t n_terms)
{
	static const char *const access[][2] = {
		[PUBLIC] = { "public", "Ouverte à tout le monde" },
		[MEMBERS] = { "members", "Réservée aux collectivités adhérentes" },
		[RESTRICTED] = { "restricted", "Accès restreint" },
	};

	bear_term(s, d, r->kind_id);
	for (size_t i = 0; i < n_terms; i++)
		bear_term(s, d, term[i]);
	if (r->published_on) {
		const char *year = arena_strndup(s->a, r->published_on, 4);

		bear(s, d, FACET_YEAR, year, year);
	}
	if (r->collection)
		bear(s, d, FACET_COLLECTION, r->collection, r->collection_title);
	bear(s, d, FACET_ACCESS, access[r->visibility][0], access[r->visibility][1]);
}

/* ---- documents --------------------------------------------------------------------------- */

static size_t terms_of(struct scanner *s, struct db *db, int64_t id, int64_t **term)
{
	static const char *const vocabulary[] = { "category", "keyword", "territory", "audience" };
	size_t n = 0, capacity = 0;

	*term = NULL;
	for (size_t i = 0; i < sizeof(vocabulary) / sizeof(*vocabulary); i++) {
		struct term_list list;

		must(term_of_resource(db, s->a, id, vocabulary[i], &list));
		for (size_t k = 0; k < list.n_terms; k++)
			*arena_push(s->a, *term, n, capacity) = list.term[k].id;
	}
	return n;
}

static void add_document(struct scanner *s, struct db *db, const struct resource *r)
{
	struct document *d = arena_push(s->a, s->document, s->n_documents, s->capacity);
	int64_t *term;
	size_t n_terms = terms_of(s, db, r->id, &term);
	struct html body;
	bool shown, read;

	*d = (struct document){ .id = r->id,
				.replaces = r->replaces_id,
				.day = r->published_on,
				.object = resource_object(r) };
	must(opening_of(db, s->a, OF_RESOURCE, r->id, &d->keys));
	shown = access_may_discover(&everyone, &d->object);
	read = access_may_read(&everyone, &d->object);
	add_field(s, d, r->title, shown);
	add_vocabulary(s, d, r, term, n_terms, shown);
	if (r->summary.markup)
		add_field(s, d, richtext_to_text(s->a, r->summary), shown);
	add_people(s, db, d);
	must(resource_body(db, s->a, &all_seeing, r->id, &body));
	if (body.markup)
		add_field(s, d, richtext_to_text(s->a, body), read);
	bear_all(s, d, r, term, n_terms);
}

/* ---- spellings --------------------------------------------------------------------------- */

typedef void word_fn(void *context, struct document *d, size_t field, size_t word);

static void each_word(struct scanner *s, word_fn *each, void *context)
{
	for (size_t i = 0; i < s->n_documents; i++)
		for (size_t f = 0; f < s->document[i].n_fields; f++)
			for (size_t w = 0; w < s->document[i].field[f].n_words; w++)
				each(context, &s->document[i], f, w);
}

struct listing {
	struct arena *a;
	const char **folded;
	size_t n, capacity;
};

static void list(void *context, struct document *d, size_t field, size_t word)
{
	struct listing *l = context;

	*arena_push(l->a, l->folded, l->n, l->capacity) = d->field[field].word[word].folded;
}

static int by_text(const void *left, const void *right)
{
	return strcmp(*(const char *const *)left, *(const char *const *)right);
}

static int by_folded(const void *key, const void *item)
{
	return strcmp(key, ((const struct spelling *)item)->folded);
}

static struct spelling *find(const struct scanner *s, const char *folded)
{
	return s->n_spellings ? bsearch(folded, s->spelling, s->n_spellings, sizeof(*s->spelling),
					by_folded)
			      : NULL;
}

static bool was_met(const struct document *d, size_t field, size_t word)
{
	const char *form = d->field[field].word[word].form;

	for (size_t f = 0; f <= field; f++)
		for (size_t w = 0; d->field[f].is_open && w < d->field[f].n_words; w++) {
			if (f == field && w == word)
				return false;
			if (!strcmp(d->field[f].word[w].form, form))
				return true;
		}
	return false;
}

/* Forms are in lower case but for acronyms. Each counts once for each document. */
static void learn(void *context, struct document *d, size_t field, size_t word)
{
	struct scanner *s = context;
	struct word *w = &d->field[field].word[word];
	struct spelling *sp = find(s, w->folded);
	uint32_t number;

	w->spelling = (size_t)(sp - s->spelling);
	if (!d->field[field].is_open || was_met(d, field, word))
		return;
	number = dictionary_form(&s->dictionary, w->form, strlen(w->form));
	dictionary_form_at(&s->dictionary, number)->lists.open.n_live++;
	if (w->form[strcspn(w->form, "ABCDEFGHIJKLMNOPQRSTUVWXYZ")])
		sp->capitals++;
	else
		sp->others++;
}

static void learn_spellings(struct scanner *s)
{
	struct listing l = { .a = arena_new() };

	each_word(s, list, &l);
	if (l.n)
		qsort(l.folded, l.n, sizeof(*l.folded), by_text);
	s->spelling = arena_make(s->a, struct spelling, l.n + 1);
	for (size_t i = 0; i < l.n; i++)
		if (!i || strcmp(l.folded[i], l.folded[i - 1]) != 0)
			s->spelling[s->n_spellings++] =
				(struct spelling){ l.folded[i], scanned_stem(s, s->a, l.folded[i]),
						   0, 0 };
	each_word(s, learn, s);
	arena_free(l.a);
}

bool scanned_is_acronym(const struct scanner *s, const char *folded)
{
	const struct spelling *sp = find(s, folded);

	return sp && sp->capitals > sp->others;
}

bool scanned_is_open(const struct scanner *s, const char *folded)
{
	const struct spelling *sp = find(s, folded);

	return sp && sp->capitals + sp->others;
}

struct scanner *scanner_new(struct db *db)
{
	struct scanner *s = calloc(1, sizeof(*s));
	const char *after = "";
	struct resource_list page;

	if (!s)
		die("out of memory");
	s->a = arena_new();
	s->stemmer = stemmer_new();
	dictionary_init(&s->dictionary);
	must(acronyms_read(db, &s->acronyms));
	must(term_all(db, s->a, NULL, &s->terms));
	do {
		must(resource_after(db, s->a, &all_seeing, after, 100, &page));
		for (size_t i = 0; i < page.n_resources; i++) {
			add_document(s, db, &page.resource[i]);
			after = page.resource[i].slug;
		}
	} while (page.n_resources);
	learn_spellings(s);
	return s;
}

void scanner_free(struct scanner *s)
{
	stemmer_free(s->stemmer);
	dictionary_release(&s->dictionary);
	free(s->acronyms);
	arena_free(s->a);
	free(s);
}

int64_t scanner_replaces(const struct scanner *s, int64_t id)
{
	for (size_t i = 0; i < s->n_documents; i++)
		if (s->document[i].id == id)
			return s->document[i].replaces;
	return 0;
}
