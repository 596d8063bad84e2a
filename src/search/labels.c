#include "search/labels.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "search/file.h"
#include "search/intern.h"
#include "store/term.h"

enum { TOP = 32 /* vocabularies have no loops: for a database touched by hand */ };

/* A term: which label it is, and what stands above it. */
struct place {
	bool is_used, is_replaced;
	int facet; /* -1: in none */
	uint32_t label;
	const char *text;
	int64_t above; /* the term above, or the one that took its place; 0 */
};

struct labels {
	struct arena *a;
	struct label *label;
	size_t n_labels, capacity;
	bool changed;
	struct place *place; /* by number of term */
	size_t n_places;
	struct intern named; /* years and collections: a letter for the facet, then the slug */
	uint32_t *named_label;
	size_t named_capacity;
};

static uint32_t add_label(struct labels *l, enum facet facet, const char *slug, const char *text)
{
	*arena_push(l->a, l->label, l->n_labels, l->capacity) = (struct label){
		.slug = arena_strdup(l->a, slug), .text = arena_strdup(l->a, text), .facet = facet
	};
	l->changed = true;
	return (uint32_t)l->n_labels - 1;
}

struct labels *labels_new(void)
{
	struct labels *l = calloc(1, sizeof(*l));

	if (!l)
		die("out of memory");
	l->a = arena_new();
	intern_init(&l->named);
	/* In the order of enum visibility. */
	add_label(l, FACET_ACCESS, "public", "Ouverte à tout le monde");
	add_label(l, FACET_ACCESS, "members", "Réservée aux collectivités adhérentes");
	add_label(l, FACET_ACCESS, "restricted", "Accès restreint");
	return l;
}

void labels_free(struct labels *l)
{
	if (!l)
		return;
	intern_release(&l->named);
	arena_free(l->a);
	free(l);
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

/* ---- terms ------------------------------------------------------------------------------ */

static struct place place_of(struct labels *l, const struct term *t, const struct place *before)
{
	struct place p = { .is_used = true, .is_replaced = t->replaced_by_id != 0 };

	p.facet = facet_of(t->vocabulary);
	p.above = p.is_replaced ? t->replaced_by_id : t->parent_id;
	if (p.facet < 0) {
		p.text = before->text && !strcmp(before->text, t->label)
				 ? before->text
				 : arena_strdup(l->a, t->label);
		return p;
	}
	if (before->is_used) {
		struct label *own = &l->label[before->label];

		p.label = before->label;
		if (strcmp(own->slug, t->slug) != 0 || strcmp(own->text, t->label) != 0) {
			own->slug = arena_strdup(l->a, t->slug);
			own->text = arena_strdup(l->a, t->label);
			l->changed = true;
		}
	} else {
		p.label = add_label(l, (enum facet)p.facet, t->slug, t->label);
	}
	p.text = l->label[p.label].text;
	return p;
}

/* Texts are kept once: the same address is the same text. */
static bool is_same(const struct place *x, const struct place *y)
{
	return x->is_used == y->is_used && x->is_replaced == y->is_replaced &&
	       x->above == y->above && x->text == y->text;
}

static bool has_changed(const struct place *before, const struct place *after, size_t n,
			int64_t term)
{
	for (int depth = 0; depth < TOP && term > 0 && (size_t)term < n; depth++) {
		if (!is_same(&before[term], &after[term]))
			return true;
		term = after[term].above;
	}
	return false;
}

static bool has_changed_either_way(const struct place *before, const struct place *after, size_t n,
				   int64_t term)
{
	return has_changed(before, after, n, term) || has_changed(after, before, n, term);
}

enum status labels_read(struct labels *l, struct db *db, struct arena *a, struct id_list *changed)
{
	struct term_list list;
	enum status status = term_all(db, a, NULL, &list);
	struct place *before, *after;
	size_t n = l->n_places;

	if (status != OK)
		return status;
	for (size_t i = 0; i < list.n_terms; i++)
		if ((size_t)list.term[i].id >= n)
			n = (size_t)list.term[i].id + 1;
	before = arena_make(a, struct place, n + 1);
	after = arena_make(l->a, struct place, n + 1);
	if (l->n_places)
		memcpy(before, l->place, l->n_places * sizeof(*before));
	for (size_t i = 0; i < list.n_terms; i++)
		after[list.term[i].id] = place_of(l, &list.term[i], &before[list.term[i].id]);
	l->place = after;
	l->n_places = n;
	for (size_t i = 1; i < n; i++)
		if (has_changed_either_way(before, after, n, (int64_t)i))
			*arena_push(a, changed->id, changed->n_ids, changed->capacity) = (int64_t)i;
	return OK;
}

static const struct place *find_place(const struct labels *l, int64_t term)
{
	if (term <= 0 || (size_t)term >= l->n_places || !l->place[term].is_used)
		return NULL;
	return &l->place[term];
}

const char *labels_term(const struct labels *l, int64_t term)
{
	const struct place *p = find_place(l, term);

	for (int depth = 0; depth < TOP && p && p->is_replaced; depth++)
		p = find_place(l, p->above);
	return p ? p->text : NULL;
}

/* ---- what a resource bears --------------------------------------------------------------- */

struct bearing {
	struct arena *a;
	uint32_t *label;
	size_t n_labels, capacity;
};

static void bear(struct bearing *b, uint32_t label)
{
	for (size_t i = 0; i < b->n_labels; i++)
		if (b->label[i] == label)
			return;
	*arena_push(b->a, b->label, b->n_labels, b->capacity) = label;
}

static void bear_term(struct bearing *b, const struct labels *l, int64_t term)
{
	const struct place *p = find_place(l, term);

	for (int depth = 0; depth < TOP && p; depth++) {
		if (p->facet >= 0 && !p->is_replaced)
			bear(b, p->label);
		p = find_place(l, p->above);
	}
}

static uint32_t named(struct labels *l, struct arena *a, enum facet facet, const char *slug,
		      const char *text)
{
	const char *name = arena_printf(a, "%c%s", 'a' + (int)facet, slug);
	uint32_t number = intern_find(&l->named, name, strlen(name));

	if (number == NO_KEY) {
		size_t n = number = intern_add(&l->named, name, strlen(name));

		*arena_push(l->a, l->named_label, n, l->named_capacity) =
			add_label(l, facet, slug, text);
	} else if (strcmp(l->label[l->named_label[number]].text, text) != 0) {
		l->label[l->named_label[number]].text = arena_strdup(l->a, text);
		l->changed = true;
	}
	return l->named_label[number];
}

size_t labels_of(struct labels *l, struct arena *a, const struct indexed_resource *r,
		 uint32_t **label)
{
	struct bearing b = { .a = a };
	char year[5];

	bear_term(&b, l, r->kind_id);
	for (size_t i = 0; i < r->n_terms; i++)
		bear_term(&b, l, r->term[i]);
	if (r->published_on) {
		snprintf(year, sizeof(year), "%.4s", r->published_on);
		bear(&b, named(l, a, FACET_YEAR, year, year));
	}
	if (r->collection)
		bear(&b, named(l, a, FACET_COLLECTION, r->collection, r->collection_title));
	bear(&b, (uint32_t)r->object.visibility);
	*label = b.label;
	return b.n_labels;
}

size_t labels_count(const struct labels *l)
{
	return l->n_labels;
}

const struct label *labels_at(const struct labels *l, uint32_t label)
{
	return &l->label[label];
}

bool labels_have_changed(struct labels *l)
{
	bool changed = l->changed;

	l->changed = false;
	return changed;
}

static int by_text(const void *left, const void *right, void *context)
{
	const struct label *label = context;
	const struct label *l = &label[*(const uint32_t *)left];
	const struct label *r = &label[*(const uint32_t *)right];
	int order = strcmp(l->text, r->text);

	return order ? order : strcmp(l->slug, r->slug);
}

static void rank(struct label *label, size_t n)
{
	uint32_t *place = malloc(n * sizeof(*place));

	if (!place)
		die("out of memory");
	for (size_t i = 0; i < n; i++)
		place[i] = (uint32_t)i;
	qsort_r(place, n, sizeof(*place), by_text, label);
	for (size_t i = 0; i < n; i++)
		label[place[i]].rank = (uint32_t)i;
	free(place);
}

struct label *labels_copy(const struct labels *l)
{
	struct label *copy = malloc(l->n_labels * sizeof(*copy));

	if (!copy)
		die("out of memory");
	memcpy(copy, l->label, l->n_labels * sizeof(*copy));
	for (size_t i = 0; i < l->n_labels; i++) {
		copy[i].slug_length = (uint32_t)strlen(copy[i].slug);
		copy[i].text_length = (uint32_t)strlen(copy[i].text);
	}
	rank(copy, l->n_labels);
	return copy;
}

/* ---- in a file ---------------------------------------------------------------------------- */

static void save_place(const struct place *p, struct file_out *f)
{
	file_put_number(f, p->is_used);
	if (!p->is_used)
		return;
	file_put_number(f, p->is_replaced);
	file_put_number(f, p->facet);
	file_put_number(f, p->label);
	file_put_number(f, p->above);
	file_put_text(f, p->facet < 0 ? p->text : "");
}

void labels_save(const struct labels *l, struct file_out *f)
{
	uint32_t n_named = intern_count(&l->named);

	file_put_number(f, (int64_t)l->n_labels);
	for (size_t i = 0; i < l->n_labels; i++) {
		file_put_number(f, l->label[i].facet);
		file_put_text(f, l->label[i].slug);
		file_put_text(f, l->label[i].text);
	}
	file_put_number(f, n_named);
	for (uint32_t i = 0; i < n_named; i++) {
		file_put_text(f, intern_key(&l->named, i)->bytes);
		file_put_number(f, l->named_label[i]);
	}
	file_put_number(f, (int64_t)l->n_places);
	for (size_t i = 0; i < l->n_places; i++)
		save_place(&l->place[i], f);
}

static void load_place(struct labels *l, struct place *p, struct file_in *f)
{
	const char *text;

	p->is_used = file_get_number(f) != 0;
	if (!p->is_used)
		return;
	p->is_replaced = file_get_number(f) != 0;
	p->facet = (int)file_get_number(f);
	p->label = (uint32_t)file_get_number(f);
	p->above = file_get_number(f);
	text = file_get_text(f, l->a);
	p->text = p->facet < 0 ? text : l->label[p->label].text;
}

void labels_load(struct labels *l, struct file_in *f)
{
	int64_t n_labels = file_get_number(f), n_named;
	size_t n = 0;

	l->n_labels = 0;
	for (int64_t i = 0; i < n_labels; i++) {
		enum facet facet = (enum facet)file_get_number(f);
		const char *slug = file_get_text(f, l->a);

		add_label(l, facet, slug, file_get_text(f, l->a));
	}
	n_named = file_get_number(f);
	for (int64_t i = 0; i < n_named; i++) {
		const char *name = file_get_text(f, l->a);

		intern_add(&l->named, name, strlen(name));
		*arena_push(l->a, l->named_label, n, l->named_capacity) =
			(uint32_t)file_get_number(f);
	}
	l->n_places = (size_t)file_get_number(f);
	l->place = arena_make(l->a, struct place, l->n_places + 1);
	for (size_t i = 0; i < l->n_places; i++)
		load_place(l, &l->place[i], f);
}
