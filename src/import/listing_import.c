/*
 * listing_import.c - a listing as objects of the interchange, handed to an import.
 */
#include <jansson.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "import/batch_import.h"
#include "import/listing.h"
#include "store/collection.h"
#include "store/slug.h"
#include "store/term.h"

#define SOURCE "listing"

struct writing {
	struct import *import;
	struct arena *a;
	const struct listing *listing;
	const char **slug; /* of each record */
	/* Slugs by folded name, so that what two records share is made once. */
	json_t *collections, *cycles, *sessions;
};

/* ---- JSON ------------------------------------------------------------------------------- */

static void put(json_t *object, const char *key, json_t *value)
{
	json_object_set_new(object, key, value);
}

static void put_text(json_t *object, const char *key, const char *text)
{
	if (text && *text)
		put(object, key, json_string(text));
}

static void put_number(json_t *object, const char *key, int number)
{
	if (number)
		put(object, key, json_integer(number));
}

static json_t *object_of(const char *type, const char *slug, const char *title)
{
	json_t *object = json_object();

	put_text(object, "type", type);
	put_text(object, "slug", slug);
	put_text(object, "title", title);
	return object;
}

static json_t *json_person(const struct listing_person *who)
{
	json_t *object = json_object();

	put_text(object, "role", who->role);
	put_text(object, "name", who->name);
	put_text(object, "title", who->title);
	put_text(object, "affiliation", who->affiliation);
	put_text(object, "email", who->email);
	return object;
}

/* ---- handing over -------------------------------------------------------------------------- */

static enum status hand(struct writing *w, size_t line, const char *source_id, json_t *object)
{
	enum outcome outcome;
	enum status status =
		import_sourced(w->import, (int64_t)line, SOURCE, source_id, object, &outcome);

	json_decref(object);
	return status;
}

static enum status claim(struct writing *w, const char *kind, const char *source_id,
			 const char *title, const char **slug)
{
	return import_claim(w->import, kind, SOURCE, source_id, slug_for(w->a, title, kind), slug);
}

/* ---- terms and collections --------------------------------------------------------------------
 */

/* A term by its label, or by its slug, made when there is none. */
static enum status term_slug(struct writing *w, size_t line, const char *vocabulary,
			     const char *label, const char **slug)
{
	struct term t;
	enum outcome outcome;
	enum status status = term_by_label(w->import->db, w->a, vocabulary, label, &t);
	json_t *object;

	*slug = status == OK ? t.slug : slug_for(w->a, label, vocabulary);
	if (status == NOT_FOUND)
		status = term_by_slug(w->import->db, w->a, vocabulary, *slug, &t);
	if (status != NOT_FOUND)
		return status;
	object = json_object();
	put_text(object, "type", "term");
	put_text(object, "vocabulary", vocabulary);
	put_text(object, "slug", *slug);
	put_text(object, "label", label);
	status = import_object(w->import, (int64_t)line, object, &outcome);
	json_decref(object);
	return status;
}

static enum status put_terms(struct writing *w, size_t line, json_t *object, const char *key,
			     const char *vocabulary, const struct listing_texts *labels)
{
	json_t *list = json_array();
	enum status status = OK;

	put(object, key, list);
	for (size_t i = 0; i < labels->n_texts && status == OK; i++) {
		const char *slug;

		status = term_slug(w, line, vocabulary, labels->text[i], &slug);
		if (status == OK)
			json_array_append_new(list, json_string(slug));
	}
	return status;
}

static enum status make_collection(struct writing *w, const struct listing_record *r,
				   const char *name, const char **slug)
{
	struct collection known;
	enum status status = collection_by_title(w->import->db, w->a, r->collection, &known);

	if (status == OK)
		*slug = known.slug;
	if (status != NOT_FOUND)
		return status;
	status = claim(w, "collection", name, r->collection, slug);
	return status == OK ? hand(w, r->line, name, object_of("collection", *slug, r->collection))
			    : status;
}

static enum status put_collection(struct writing *w, const struct listing_record *r, json_t *object)
{
	const char *name = r->collection ? text_fold(w->a, r->collection) : NULL;
	const char *slug = name ? json_string_value(json_object_get(w->collections, name)) : NULL;
	enum status status = OK;

	if (!name)
		return OK;
	if (!slug) {
		status = make_collection(w, r, name, &slug);
		if (status != OK)
			return status;
		put_text(w->collections, name, slug);
	}
	put_text(object, "collection", slug);
	put_number(object, "number", r->number);
	return OK;
}

/* ---- resources
 * ------------------------------------------------------------------------------------ */

static json_t *json_link(const struct writing *w, const struct listing_link *link)
{
	json_t *object = json_object();

	put_text(object, "role", link->role);
	put_text(object, "label", link->label);
	put_text(object, "url", link->url);
	if (link->related)
		put_text(object, "resource", w->slug[link->related - 1]);
	return object;
}

static void put_links(const struct writing *w, const struct listing_record *r, json_t *object)
{
	json_t *list = json_array();

	put(object, "links", list);
	for (size_t i = 0; i < r->links.n_links; i++)
		if (r->links.link[i].role)
			json_array_append_new(list, json_link(w, &r->links.link[i]));
}

static void put_contacts(const struct listing_record *r, json_t *object)
{
	json_t *list = json_array();

	put(object, "contributions", list);
	for (size_t i = 0; i < r->contacts.n_people; i++)
		json_array_append_new(list, json_person(&r->contacts.person[i]));
}

static void put_keywords(const struct listing_record *r, json_t *object)
{
	json_t *list = json_array();

	put(object, "keywords", list);
	for (size_t i = 0; i < r->keywords.n_texts; i++)
		json_array_append_new(list, json_string(r->keywords.text[i]));
}

static void put_facts(const struct listing_record *r, json_t *object)
{
	put_text(object, "kind", r->kind);
	put_text(object, "form", r->form);
	put_text(object, "summary", r->summary.markup);
	put_text(object, "body", r->body.markup);
	put_text(object, "visibility", visibility_name(r->visibility));
	put_text(object, "status", "published");
	put_text(object, "published_on", r->published_on);
	put_text(object, "date_precision", r->precision == BY_MONTH ? "month" : "day");
	put_text(object, "edition", r->edition);
	put_text(object, "extent", r->extent);
	put_text(object, "access_note", r->access_note);
	put_text(object, "source", SOURCE);
	put_text(object, "source_id", r->source_id);
}

static enum status import_resource(struct writing *w, size_t k)
{
	const struct listing_record *r = &w->listing->record[k];
	json_t *object = object_of("resource", w->slug[k], r->title);
	enum status status;

	put_facts(r, object);
	put_keywords(r, object);
	put_links(w, r, object);
	put_contacts(r, object);
	status = put_collection(w, r, object);
	if (status == OK)
		status = put_terms(w, r->line, object, "categories", "category", &r->categories);
	if (status == OK)
		status = put_terms(w, r->line, object, "territories", "territory", &r->territories);
	if (status != OK) {
		json_decref(object);
		return status;
	}
	return hand(w, r->line, r->source_id, object);
}

/* ---- cycles
 * ------------------------------------------------------------------------------------------ */

static json_t *names_of(json_t *object)
{
	json_t *list = json_object_get(object, "resources");

	if (!list) {
		list = json_array();
		put(object, "resources", list);
	}
	return list;
}

static void add_resource(struct writing *w, json_t *object, size_t k)
{
	json_t *list = names_of(object);

	for (size_t i = 0; i < json_array_size(list); i++)
		if (!strcmp(json_string_value(json_array_get(list, i)), w->slug[k]))
			return;
	json_array_append_new(list, json_string(w->slug[k]));
}

/* Two records that tell of one cycle: the public one makes it public. */
static void open_if(json_t *object, bool closed)
{
	if (!closed)
		put_text(object, "visibility", "public");
	else if (!json_object_get(object, "visibility"))
		put_text(object, "visibility", "members");
}

static enum status gather_cycle(struct writing *w, size_t k, const struct listing_cycle *c)
{
	const char *name = text_fold(w->a, c->title), *slug;
	json_t *object = json_object_get(w->cycles, name);
	enum status status = OK;

	if (!object) {
		status = claim(w, "cycle", name, c->title, &slug);
		if (status != OK)
			return status;
		object = object_of("cycle", slug, c->title);
		put(w->cycles, name, object);
	}
	put_number(object, "announced", c->announced);
	open_if(object, c->closed);
	add_resource(w, object, k);
	return OK;
}

/* ---- sessions
 * --------------------------------------------------------------------------------------- */

/* A moment of its day; an end before the start is of the next. */
static void put_moment(struct writing *w, json_t *object, const char *key, const char *on,
		       int minutes, bool next_day)
{
	int year, month, day;

	if (minutes < 0 || !day_parse(on, &year, &month, &day))
		return;
	day_from_number(day_number(year, month, day) + next_day + minutes / (24 * 60), &year,
			&month, &day);
	minutes %= 24 * 60;
	put_text(object, key,
		 moment_rfc3339_utc(w->a,
				    moment_in_paris(year, month, day, minutes / 60, minutes % 60)));
}

static void put_speakers(const struct listing_session *s, json_t *object)
{
	json_t *list = json_array();

	put(object, "contributions", list);
	for (size_t i = 0; i < s->people.n_people; i++) {
		json_t *person = json_person(&s->people.person[i]);

		if (s->people.person[i].closed && !s->closed)
			put_text(person, "visibility", "members");
		json_array_append_new(list, person);
	}
}

static void put_cycle(struct writing *w, const struct listing_record *r,
		      const struct listing_session *s, json_t *object)
{
	const char *title = s->cycle ? r->programme.cycle[s->cycle - 1].title : NULL;
	json_t *cycle = title ? json_object_get(w->cycles, text_fold(w->a, title)) : NULL;

	if (cycle)
		put_text(object, "cycle", json_string_value(json_object_get(cycle, "slug")));
	put_number(object, "number", s->number);
}

static void put_session(struct writing *w, const struct listing_record *r,
			const struct listing_session *s, json_t *object)
{
	put_cycle(w, r, s, object);
	put_text(object, "on", s->on);
	put_moment(w, object, "starts_at", s->on, s->starts, false);
	put_moment(w, object, "ends_at", s->on, s->ends, s->ends < s->starts);
	put_text(object, "status", s->attended ? "held" : "confirmed");
	put_text(object, "audience", s->audience);
	put_text(object, "objectives", s->objectives.markup);
	put_text(object, "contents", s->contents.markup);
	put_number(object, "duration_min", s->duration_min);
	put_text(object, "attended_text", s->attended);
	put_speakers(s, object);
}

/* Nothing of what a closed record told stays when an open one tells of the same session. */
static json_t *opened(struct writing *w, const char *name, const json_t *closed)
{
	json_t *object = object_of("session", json_string_value(json_object_get(closed, "slug")),
				   json_string_value(json_object_get(closed, "title")));

	put(object, "resources", json_copy(json_object_get(closed, "resources")));
	put(w->sessions, name, object);
	return object;
}

static bool is_closed(const json_t *session)
{
	return strcmp(json_string_value(json_object_get(session, "visibility")), "public") != 0;
}

/* The same session told by two records is one: that day, and by that name. */
static enum status gather_session(struct writing *w, size_t k, const struct listing_session *s)
{
	const char *name = arena_printf(w->a, "%s %s", s->on, text_fold(w->a, s->title)), *slug;
	json_t *object = json_object_get(w->sessions, name);
	bool tells = !object || (is_closed(object) && !s->closed);
	enum status status;

	if (!object) {
		status = claim(w, "session", name, s->title, &slug);
		if (status != OK)
			return status;
		object = object_of("session", slug, s->title);
		put(w->sessions, name, object);
	} else if (tells) {
		object = opened(w, name, object);
	}
	if (tells) {
		put_session(w, &w->listing->record[k], s, object);
		put_text(object, "visibility", s->closed ? "members" : "public");
	}
	add_resource(w, object, k);
	return OK;
}

static enum status gather(struct writing *w, size_t k)
{
	const struct listing_programme *p = &w->listing->record[k].programme;
	enum status status = OK;

	for (size_t i = 0; i < p->n_cycles && status == OK; i++)
		status = gather_cycle(w, k, &p->cycle[i]);
	for (size_t i = 0; i < p->n_sessions && status == OK; i++)
		status = gather_session(w, k, &p->session[i]);
	return status;
}

/* Under the names they were claimed by, in the order of the listing, which jansson keeps. */
static enum status hand_all(struct writing *w, json_t *objects)
{
	enum status status = OK;
	const char *name;
	json_t *object;

	json_object_foreach (objects, name, object) {
		if (status == OK)
			status = hand(w, 0, name, json_incref(object));
	}
	return status;
}

/* ---- all of it
 * ------------------------------------------------------------------------------------------ */

static enum status claim_resources(struct writing *w)
{
	size_t n = w->listing->n_records;
	enum status status = OK;

	w->slug = arena_make(w->a, const char *, n + 1);
	for (size_t k = 0; k < n && status == OK; k++)
		status = claim(w, "resource", w->listing->record[k].source_id,
			       w->listing->record[k].title, &w->slug[k]);
	return status;
}

/* A refusal is noted, and the next are still tried, so that all are told at once. */
static enum status import_resources(struct writing *w)
{
	enum status status = OK;

	for (size_t k = 0; k < w->listing->n_records; k++) {
		enum status one = import_resource(w, k);

		if (one != OK && one != INVALID)
			return one;
		status = one == OK ? status : one;
	}
	return status;
}

static enum status import_programme(struct writing *w)
{
	enum status status = OK;

	for (size_t k = 0; k < w->listing->n_records && status == OK; k++)
		status = gather(w, k);
	if (status == OK)
		status = hand_all(w, w->cycles);
	return status == OK ? hand_all(w, w->sessions) : status;
}

enum status listing_import(struct import *import, struct arena *a, const struct listing *listing)
{
	struct writing w = {
		import, a, listing, NULL, json_object(), json_object(), json_object()
	};
	enum status status = claim_resources(&w);

	if (status == OK)
		status = import_resources(&w);
	if (status == OK)
		status = import_programme(&w);
	json_decref(w.collections);
	json_decref(w.cycles);
	json_decref(w.sessions);
	return status;
}
