#include "search/world.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/richtext.h"
#include "db/db.h"
#include "store/acronym.h"
#include "store/collection.h"
#include "store/contribution.h"
#include "store/organisation.h"
#include "store/resource.h"
#include "store/row.h"
#include "store/term.h"

#define LENGTH(array) (sizeof(array) / sizeof(*(array)))

/* ---- what there is ------------------------------------------------------------------------ */

static const char *slug(struct world *w, const char *prefix)
{
	return arena_printf(w->a, "%s-%u", prefix, w->n_named++);
}

/* A label of one line. */
static const char *label(struct world *w, struct voice *v)
{
	char *text = arena_strdup(w->a, voice_text(v, w->a, 1 + voice_pick(v, 3)));

	for (char *c = text; *c; c++)
		if (*c == '\n')
			*c = ' ';
	return text;
}

static int64_t any_term(struct world *w, struct voice *v, const char *vocabulary)
{
	int64_t found = 0;
	unsigned n = 0;

	for (size_t i = 0; i < w->n_terms; i++)
		if (!strcmp(w->term[i].vocabulary, vocabulary) && voice_once(v, ++n))
			found = w->term[i].id;
	return found;
}

static int64_t any(struct voice *v, const int64_t *id, size_t n)
{
	return n ? id[voice_pick(v, (unsigned)n)] : 0;
}

static void add_term(struct world *w, const char *vocabulary)
{
	struct term t = { .vocabulary = vocabulary, .slug = slug(w, "terme") };

	t.label = label(w, &w->open);
	if (voice_once(&w->open, 2))
		t.parent_id = any_term(w, &w->open, vocabulary);
	assert_int_equal(term_save(w->db, &t), OK);
	*arena_push(w->a, w->term, w->n_terms, w->term_capacity) =
		(struct world_term){ t.id, vocabulary, t.slug };
}

static void add_organisation(struct world *w)
{
	struct organisation o = { .slug = slug(w, "org"), .kind = "commune" };

	o.name = label(w, &w->open);
	o.acronym = voice_once(&w->open, 2) ? label(w, &w->open) : NULL;
	assert_int_equal(organisation_save(w->db, &o), OK);
	*arena_push(w->a, w->organisation, w->n_organisations, w->organisation_capacity) = o.id;
}

static void add_collection(struct world *w)
{
	struct collection c = { .slug = slug(w, "coll") };

	c.title = label(w, &w->open);
	assert_int_equal(collection_save(w->db, &c), OK);
	*arena_push(w->a, w->collection, w->n_collections, w->collection_capacity) = c.id;
}

/* That an acronym stands for some words, or does not after all. */
static void decide_acronym(struct world *w)
{
	static const char *const letters[] = { "SIEG", "SCIC", "PTCE", "ESS", "AMAP" };
	const char *words = voice_text(&w->open, w->a, 2 + voice_pick(&w->open, 3));
	enum acronym_status status = voice_once(&w->open, 4) ? ACRONYM_REFUSED : ACRONYM_CONFIRMED;
	enum status decided = acronym_decide(w->db, letters[voice_pick(&w->open, LENGTH(letters))],
					     words, status);

	/* An article alone is no words. */
	assert_true(decided == OK || decided == INVALID);
}

static const char *const vocabularies[] = { "kind",    "form",      "category",
					    "keyword", "territory", "audience" };

uint64_t world_seed(void)
{
	const char *seed = getenv("HALLE_TEST_SEED");

	return seed ? strtoull(seed, NULL, 10) : 0;
}

struct world *world_new(uint64_t seed, uint64_t closed_seed, size_t n_words, unsigned longest)
{
	struct world *w = calloc(1, sizeof(*w));

	if (!w)
		die("out of memory");
	w->a = arena_new();
	w->longest = w->closed_longest = longest;
	voice_init(&w->open, seed, n_words);
	voice_init(&w->closed, closed_seed, n_words);
	assert_int_equal(db_open(":memory:", &w->db), OK);
	assert_int_equal(db_migrate(w->db), OK);
	assert_int_equal(db_begin(w->db), OK);
	for (size_t i = 0; i < LENGTH(vocabularies); i++)
		for (int k = 0; k < 4; k++)
			add_term(w, vocabularies[i]);
	for (int k = 0; k < 3; k++) {
		add_organisation(w);
		add_collection(w);
		if (voice_once(&w->open, 2))
			decide_acronym(w);
	}
	assert_int_equal(db_end(w->db, OK), OK);
	return w;
}

void world_free(struct world *w)
{
	db_close(w->db);
	arena_free(w->a);
	free(w);
}

/* ---- resources ---------------------------------------------------------------------------- */

static struct html markup(struct world *w, struct voice *v, unsigned times)
{
	unsigned longest = times * (v == &w->closed ? w->closed_longest : w->longest);

	if (voice_once(v, 12))
		return (struct html){ NULL };
	return richtext_from_text(w->a, voice_text(v, w->a, 1 + voice_pick(v, longest)));
}

static enum publication any_status(struct voice *v)
{
	return voice_once(v, 8) ? (enum publication)voice_pick(v, 4) : PUBLISHED;
}

static enum visibility any_visibility(struct voice *v)
{
	return voice_once(v, 2) ? PUBLIC : (enum visibility)voice_pick(v, 3);
}

/* Who says what a resource shows, and what it holds. */
static struct voice *teller(struct world *w, const struct resource *r)
{
	const struct object object = resource_object(r);

	return access_may_discover(&w->outsider, &object) ? &w->open : &w->closed;
}

static struct voice *writer(struct world *w, const struct resource *r)
{
	const struct object object = resource_object(r);

	return access_may_read(&w->outsider, &object) ? &w->open : &w->closed;
}

/* One is replaced by several now and then, and some in a circle. */
static int64_t any_other(struct world *w, struct voice *v)
{
	return voice_once(v, 4) ? any(v, w->resource, w->n_resources) : 0;
}

static void tell(struct world *w, struct resource *r)
{
	struct voice *v = teller(w, r);

	r->title = voice_text(v, w->a, 1 + voice_pick(v, w->longest < 7 ? w->longest : 7));
	r->summary = markup(w, v, 1);
	r->kind_id = any_term(w, v, "kind");
	r->form_id = voice_once(v, 2) ? any_term(w, v, "form") : 0;
	r->published_on = voice_once(v, 10)
				  ? NULL
				  : arena_printf(w->a, "20%02u-0%u-1%u", 18 + voice_pick(v, 7),
						 1 + voice_pick(v, 9), voice_pick(v, 3));
	r->collection_id = voice_once(v, 3) ? any(v, w->collection, w->n_collections) : 0;
	r->number = r->collection_id && voice_once(v, 2) ? 1 + voice_pick(v, 12) : NO_NUMBER;
	r->edition = voice_once(v, 10) ? "2e édition" : NULL;
	r->replaces_id = any_other(w, v);
}

/* Few resources bear nearly all terms. */
enum { MANY_TERMS = 12 };

static void classify(struct world *w, const struct resource *r)
{
	struct voice *v = teller(w, r);
	bool many = voice_once(v, 30);

	for (size_t i = 2; i < LENGTH(vocabularies); i++) {
		unsigned n = w->longest < 7 && voice_once(v, 2) ? 0 : voice_pick(v, 4);
		int64_t id[MANY_TERMS];

		n = many ? MANY_TERMS : n;
		for (unsigned k = 0; k < n; k++)
			id[k] = any_term(w, v, vocabularies[i]);
		assert_int_equal(term_set_of_resource(w->db, r->id, vocabularies[i], id, n), OK);
	}
}

/* A contribution may be closed where its owner is not, and said to be open where it is. */
static void credit(struct world *w, const struct resource *r)
{
	const struct object object = resource_object(r);
	struct contribution c[2];
	struct voice *v = teller(w, r);
	unsigned n = voice_once(v, 3) ? 1 + voice_pick(v, 2) : 0;

	for (unsigned i = 0; i < n; i++) {
		struct voice *speaker;

		c[i] = (struct contribution){
			.role = "speaker",
			.visibility = voice_once(v, 2) ? AS_OWNER : any_visibility(v),
		};
		speaker = v == &w->open && access_may_read_part(&w->outsider, &object,
								c[i].visibility)
				  ? &w->open
				  : &w->closed;
		c[i].name = voice_once(speaker, 4) ? NULL : label(w, speaker);
		c[i].affiliation = voice_once(speaker, 4) ? label(w, speaker) : NULL;
		c[i].organisation_id = voice_once(speaker, 2)
					       ? any(speaker, w->organisation, w->n_organisations)
					       : 0;
	}
	assert_int_equal(contribution_set(w->db, OF_RESOURCE, r->id, c, n), OK);
}

static void write_all(struct world *w, struct resource *r)
{
	tell(w, r);
	r->body = markup(w, writer(w, r), 3);
	assert_int_equal(resource_save(w->db, r), OK);
	classify(w, r);
	credit(w, r);
}

/* Its keys are chosen by a voice. */
static void add(struct world *w, struct voice *v, enum publication status,
		enum visibility visibility, bool listed)
{
	struct resource r = {
		.slug = slug(w, "res"),
		.status = status,
		.visibility = visibility,
		.listed = listed,
		.language = "fr",
		.modified_at = 1700000000,
	};
	struct opening_list keys = world_keys(w, v, &r.is_opened);

	write_all(w, &r);
	assert_int_equal(opening_set(w->db, OF_RESOURCE, r.id, keys.key, keys.n_keys), OK);
	*arena_push(w->a, w->resource, w->n_resources, w->resource_capacity) = r.id;
}

static void add_any(struct world *w)
{
	enum publication status = any_status(&w->open);
	enum visibility visibility = any_visibility(&w->open);

	add(w, &w->open, status, visibility, !voice_once(&w->open, 8));
}

void world_add_resources(struct world *w, size_t n)
{
	assert_int_equal(db_begin(w->db), OK);
	for (size_t i = 0; i < n; i++)
		add_any(w);
	assert_int_equal(db_end(w->db, OK), OK);
}

void world_add_drafts(struct world *w, size_t n)
{
	assert_int_equal(db_begin(w->db), OK);
	for (size_t i = 0; i < n; i++)
		add(w, &w->closed, DRAFT, any_visibility(&w->closed), true);
	assert_int_equal(db_end(w->db, OK), OK);
}

/* ---- changes ------------------------------------------------------------------------------ */

/* As it is, its body with it; opened when it is so to the outsider. */
static struct resource known(struct world *w, int64_t id)
{
	const struct reader editor = { .level = EDITOR };
	struct resource r;

	assert_int_equal(resource_by_id(w->db, w->a, &editor, id, &r), OK);
	assert_int_equal(resource_body(w->db, w->a, &editor, id, &r.body), OK);
	r.is_opened = world_is_opened(w, id);
	return r;
}

static void rewrite(struct world *w, int64_t id)
{
	struct resource r = known(w, id);

	write_all(w, &r);
}

static void rewrite_body(struct world *w, int64_t id)
{
	struct resource r = known(w, id);

	r.body = markup(w, writer(w, &r), 3);
	assert_int_equal(resource_save(w->db, &r), OK);
}

static void open_or_close(struct world *w, int64_t id)
{
	struct resource r = known(w, id);

	r.status = any_status(&w->open);
	r.visibility = any_visibility(&w->open);
	r.listed = !voice_once(&w->open, 4);
	assert_int_equal(resource_save(w->db, &r), OK);
}

static void replace_another(struct world *w, int64_t id)
{
	struct resource r = known(w, id);

	r.replaces_id = voice_once(&w->open, 3) ? 0 : any(&w->open, w->resource, w->n_resources);
	assert_int_equal(resource_save(w->db, &r), OK);
}

static void remove_resource(struct world *w, size_t place)
{
	assert_int_equal(resource_remove(w->db, w->resource[place]), OK);
	w->resource[place] = w->resource[--w->n_resources];
}

/* The last number is free again. */
static void remove_last(struct world *w)
{
	size_t last = 0;

	for (size_t i = 1; i < w->n_resources; i++)
		if (w->resource[i] > w->resource[last])
			last = i;
	remove_resource(w, last);
}

static bool stands_above(struct world *w, int64_t above, int64_t term)
{
	struct term_list list;

	assert_int_equal(term_all(w->db, w->a, NULL, &list), OK);
	for (size_t depth = 0; term && depth <= list.n_terms; depth++) {
		int64_t up = 0;

		if (term == above)
			return true;
		for (size_t i = 0; i < list.n_terms; i++)
			if (list.term[i].id == term)
				up = list.term[i].replaced_by_id ? list.term[i].replaced_by_id
								 : list.term[i].parent_id;
		term = up;
	}
	return term != 0;
}

static void change_term(struct world *w)
{
	struct world_term *one = &w->term[voice_pick(&w->open, (unsigned)w->n_terms)];
	int64_t other = any_term(w, &w->open, one->vocabulary);
	struct term t;

	assert_int_equal(term_by_slug(w->db, w->a, one->vocabulary, one->slug, &t), OK);
	switch (voice_pick(&w->open, 5)) {
	case 0:
		t.label = label(w, &w->open);
		break;
	case 1:
		t.slug = one->slug = slug(w, "terme");
		break;
	case 2:
		t.parent_id = other;
		break;
	case 3:
		t.replaced_by_id = other;
		break;
	case 4:
		t.parent_id = t.replaced_by_id = 0;
		break;
	}
	if (t.parent_id && stands_above(w, t.id, t.parent_id))
		t.parent_id = 0;
	if (t.replaced_by_id && stands_above(w, t.id, t.replaced_by_id))
		t.replaced_by_id = 0;
	assert_int_equal(term_save(w->db, &t), OK);
}

/* A new one that nothing bears, gone again half of the time. */
static void come_and_go(struct world *w)
{
	const char *vocabulary = vocabularies[voice_pick(&w->open, LENGTH(vocabularies))];

	add_term(w, vocabulary);
	if (voice_once(&w->open, 2))
		assert_int_equal(term_remove(w->db, w->term[--w->n_terms].id), OK);
}

static void change_collection(struct world *w)
{
	struct collection_list list;
	struct collection *c;

	assert_int_equal(collection_all(w->db, w->a, &list), OK);
	c = &list.collection[voice_pick(&w->open, (unsigned)list.n_collections)];
	if (voice_once(&w->open, 3))
		c->slug = slug(w, "coll");
	else
		c->title = label(w, &w->open);
	assert_int_equal(collection_save(w->db, c), OK);
}

static void change_organisation(struct world *w)
{
	struct organisation o;
	int64_t id = any(&w->open, w->organisation, w->n_organisations);

	assert_int_equal(organisation_by_id(w->db, w->a, id, &o), OK);
	o.name = label(w, &w->open);
	o.acronym = voice_once(&w->open, 2) ? label(w, &w->open) : NULL;
	assert_int_equal(organisation_save(w->db, &o), OK);
}

static void change_resource(struct world *w)
{
	size_t place = voice_pick(&w->open, (unsigned)w->n_resources);
	int64_t id = w->resource[place];

	switch (voice_pick(&w->open, 7)) {
	case 0:
		rewrite(w, id);
		break;
	case 1:
		rewrite_body(w, id);
		break;
	case 2:
		open_or_close(w, id);
		break;
	case 3:
		replace_another(w, id);
		break;
	case 4:
		remove_resource(w, place);
		break;
	case 5:
		remove_last(w);
		break;
	case 6:
		world_change_keys(w, id);
		break;
	}
}

void world_change(struct world *w)
{
	unsigned what = voice_pick(&w->open, 17);

	assert_int_equal(db_begin(w->db), OK);
	if (what < 5 || w->n_resources < 4)
		add_any(w);
	else if (what < 12)
		change_resource(w);
	else if (what == 12)
		change_term(w);
	else if (what == 13)
		come_and_go(w);
	else if (what == 14)
		change_collection(w);
	else if (what == 15)
		decide_acronym(w);
	else
		change_organisation(w);
	assert_int_equal(db_end(w->db, OK), OK);
}

void world_change_closed(struct world *w)
{
	struct resource r = known(w, any(&w->closed, w->resource, w->n_resources));

	assert_int_equal(db_begin(w->db), OK);
	if (teller(w, &r) == &w->closed)
		write_all(w, &r);
	else if (writer(w, &r) == &w->closed)
		rewrite_body(w, r.id);
	if (voice_once(&w->closed, 2))
		world_change_keys_of_others(w, r.id);
	assert_int_equal(db_end(w->db, OK), OK);
}
