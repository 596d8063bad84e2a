#include "search/index.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/richtext.h"
#include "base/text.h"
#include "db/db.h"
#include "store/change.h"
#include "store/indexing.h"
#include "store/term.h"

/* Where a term counts: itself and what stands above it. */
struct place {
	int facet; /* -1: in none */
	uint32_t value;
	int64_t above; /* the number of the term above, or of the one that replaced it; 0 */
	bool replaced;
};

struct builder {
	struct index *index;
	struct arena *scratch; /* of one document */
	struct place *place;   /* by number of term */
	size_t n_places;
	struct bearing *found; /* of the whole, by facet unsorted */
	size_t n_found, found_capacity;
	size_t document_capacity;
	size_t value_capacity[N_FACETS];
	size_t at; /* the document that terms are being read for */
};

static uint32_t add_value(struct builder *b, int facet, const char *slug, const char *label)
{
	struct index *x = b->index;

	*arena_push(x->a, x->value[facet], x->n_values[facet], b->value_capacity[facet]) =
		(struct value){ arena_strdup(x->a, slug), arena_strdup(x->a, label) };
	return (uint32_t)x->n_values[facet] - 1;
}

static int facet_of(const char *vocabulary)
{
	static const struct {
		const char *vocabulary;
		int facet;
	} facets[] = {
		{ "kind", FACET_KIND },
		{ "category", FACET_CATEGORY },
		{ "keyword", FACET_KEYWORD },
		{ "territory", FACET_TERRITORY },
	};

	for (size_t i = 0; i < sizeof(facets) / sizeof(*facets); i++)
		if (!strcmp(facets[i].vocabulary, vocabulary))
			return facets[i].facet;
	return -1;
}

static enum status place_terms(struct builder *b, struct db *db)
{
	struct term_list list;
	enum status status = term_all(db, b->index->a, NULL, &list);
	int64_t last = 0;

	for (size_t i = 0; i < list.n_terms; i++)
		last = list.term[i].id > last ? list.term[i].id : last;
	b->n_places = (size_t)last + 1;
	b->place = arena_make(b->index->a, struct place, b->n_places);
	for (size_t i = 0; i < list.n_terms; i++) {
		const struct term *t = &list.term[i];
		struct place *p = &b->place[t->id];

		p->facet = facet_of(t->vocabulary);
		p->replaced = t->replaced_by_id != 0;
		p->above = p->replaced ? t->replaced_by_id : t->parent_id;
		if (p->facet >= 0)
			p->value = add_value(b, p->facet, t->slug, t->label);
	}
	return status;
}

/* A year is a value of its own, made when it is first met. */
static uint32_t value_named(struct builder *b, int facet, const char *slug, const char *label)
{
	const struct index *x = b->index;

	for (size_t i = 0; i < x->n_values[facet]; i++)
		if (!strcmp(x->value[facet][i].slug, slug))
			return (uint32_t)i;
	return add_value(b, facet, slug, label);
}

static void bear(struct builder *b, size_t document, int facet, uint32_t value)
{
	/* The facet rides in the high bits until the bearings are sorted. */
	*arena_push(b->index->a, b->found, b->n_found, b->found_capacity) =
		(struct bearing){ (uint32_t)document, (uint32_t)facet << 28 | value };
}

static const struct value *bear_term(struct builder *b, size_t document, int64_t term)
{
	const struct place *p = &b->place[term];
	const struct value *named = NULL;

	/* Vocabularies have no loops; the bound is for a database touched by hand. */
	for (int depth = 0; depth < 32 && p; depth++) {
		if (p->facet >= 0 && !p->replaced) {
			bear(b, document, p->facet, p->value);
			if (!named)
				named = &b->index->value[p->facet][p->value];
		}
		p = p->above ? &b->place[p->above] : NULL;
	}
	return named;
}

static int32_t day_of(const char *day)
{
	int y, m, d;

	return day && day_parse(day, &y, &m, &d) ? (int32_t)day_number(y, m, d) : INT32_MIN;
}

static void add_resource(void *context, const struct indexed_resource *r)
{
	struct builder *b = context;
	struct index *x = b->index;
	struct document *d = arena_push(x->a, x->document, x->n_documents, b->document_capacity);
	size_t at = x->n_documents - 1;
	const char *summary, *words;
	char year[5] = "";

	arena_reset(b->scratch);
	summary = richtext_to_text(b->scratch, html_trusted(r->summary ? r->summary : ""));
	words = arena_printf(b->scratch, "%s %s", summary,
			     r->collection_title ? r->collection_title : "");
	*d = (struct document){
		.id = r->id,
		.object = r->object,
		.day = day_of(r->published_on),
		.title = arena_strdup(x->a, index_words(b->scratch, r->title)),
		.rest = arena_strdup(x->a, index_words(b->scratch, words)),
	};
	bear_term(b, at, r->kind_id);
	if (r->published_on) {
		snprintf(year, sizeof(year), "%.4s", r->published_on);
		bear(b, at, FACET_YEAR, value_named(b, FACET_YEAR, year, year));
	}
	if (r->collection)
		bear(b, at, FACET_COLLECTION,
		     value_named(b, FACET_COLLECTION, r->collection, r->collection_title));
	bear(b, at, FACET_ACCESS, (uint32_t)r->object.visibility);
}

/* Both walks go by number of resource. The words of a term are found with the rest. */
static void add_term(void *context, int64_t resource_id, int64_t term_id)
{
	struct builder *b = context;
	struct index *x = b->index;
	const struct value *named;
	struct document *d;

	while (b->at < x->n_documents && x->document[b->at].id < resource_id)
		b->at++;
	if (b->at == x->n_documents || x->document[b->at].id != resource_id)
		return;
	named = bear_term(b, b->at, term_id);
	if (!named)
		return;
	arena_reset(b->scratch);
	d = &x->document[b->at];
	/* Both end and begin with a blank. */
	d->rest = arena_printf(x->a, "%s%s", d->rest, index_words(b->scratch, named->label) + 1);
}

static int compare_bearings(const void *left, const void *right)
{
	const struct bearing *l = left, *r = right;

	if (l->document != r->document)
		return l->document < r->document ? -1 : 1;
	return l->value < r->value ? -1 : l->value > r->value;
}

/* Sorted by document, facet and value, twice the same kept once. */
static void arrange_bearings(struct builder *b)
{
	struct index *x = b->index;
	size_t n = 0, at = 0;

	if (b->n_found)
		qsort(b->found, b->n_found, sizeof(*b->found), compare_bearings);
	x->bearing = arena_make(x->a, uint32_t, b->n_found + 1);
	for (size_t i = 0; i < x->n_documents; i++) {
		struct document *d = &x->document[i];

		for (uint32_t f = 0; f < N_FACETS; f++) {
			d->first[f] = (uint32_t)n;
			for (; at < b->n_found && b->found[at].document == i &&
			       b->found[at].value >> 28 == f;
			     at++)
				if (!at || compare_bearings(&b->found[at - 1], &b->found[at]))
					x->bearing[n++] = b->found[at].value & 0x0fffffff;
		}
		d->first[N_FACETS] = (uint32_t)n;
	}
}

static enum status build(struct builder *b, struct db *db)
{
	static const char *const access[][2] = {
		{ "public", "Ouverte à tout le monde" },
		{ "members", "Réservée aux collectivités adhérentes" },
		{ "restricted", "Accès restreint" },
	};
	enum status status = change_last(db, &b->index->change);

	for (int i = 0; i < 3; i++)
		add_value(b, FACET_ACCESS, access[i][0], access[i][1]);
	if (status == OK)
		status = place_terms(b, db);
	if (status == OK)
		status = indexing_resources(db, add_resource, b);
	if (status == OK)
		status = indexing_terms(db, add_term, b);
	if (status == OK)
		arrange_bearings(b);
	return status;
}

enum status index_build(struct db *db, struct index **made)
{
	struct index *x = calloc(1, sizeof(*x));
	struct builder b = { .index = x, .scratch = arena_new() };
	enum status status;

	if (!x)
		die("out of memory");
	x->a = arena_new();
	x->references = 1;
	status = build(&b, db);
	arena_free(b.scratch);
	if (status == OK)
		*made = x;
	else
		index_free(x);
	return status;
}

void index_free(struct index *index)
{
	if (!index)
		return;
	arena_free(index->a);
	free(index);
}
