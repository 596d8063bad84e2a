#include "feed/interchange.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/date.h"
#include "feed/interchange_people.h"
#include "feed/put.h"
#include "store/collection.h"
#include "store/contribution.h"
#include "store/link.h"
#include "store/organisation.h"
#include "store/person.h"
#include "store/redirect.h"
#include "store/resource.h"
#include "store/row.h"
#include "store/session.h"
#include "store/term.h"
#include "store/working_group.h"

static void put_moment(struct arena *a, json_t *object, const char *key, int64_t moment)
{
	put_text(object, key, moment == NO_NUMBER ? NULL : moment_rfc3339_utc(a, moment));
}

json_t *interchange_term(const struct term *t)
{
	json_t *object = json_object();

	put_text(object, "type", "term");
	put_text(object, "vocabulary", t->vocabulary);
	put_text(object, "slug", t->slug);
	put_text(object, "label", t->label);
	put_text(object, "parent", t->parent);
	put_text(object, "replaced_by", t->replaced_by);
	return object;
}

enum status interchange_organisation(struct db *db, struct arena *a, const struct organisation *o,
				     json_t **made)
{
	json_t *object = json_object();

	put_text(object, "type", "organisation");
	put_text(object, "slug", o->slug);
	put_text(object, "name", o->name);
	put_text(object, "kind", o->kind);
	put_text(object, "acronym", o->acronym);
	put_text(object, "siren", o->siren);
	put_text(object, "insee", o->insee);
	put_text(object, "territory", o->territory);
	put_text(object, "website", o->website);
	put_value(object, "lat", o->is_placed ? json_real(o->lat) : json_null());
	put_value(object, "lon", o->is_placed ? json_real(o->lon) : json_null());
	*made = object;
	return put_memberships(db, a, o->id, object);
}

json_t *interchange_collection(const struct collection *c)
{
	json_t *object = json_object();

	put_text(object, "type", "collection");
	put_text(object, "slug", c->slug);
	put_text(object, "title", c->title);
	put_text(object, "description", c->description.markup);
	return object;
}

json_t *interchange_redirect(const struct redirect *r)
{
	json_t *object = json_object();

	put_text(object, "type", "redirect");
	put_text(object, "path", r->path);
	put_text(object, "target", r->target);
	return object;
}

static bool may_tell_target(const struct reader *reader, const struct link *l)
{
	struct object target = link_target(l);

	return !l->resource_id || access_may_discover(reader, &target);
}

static json_t *link_object(const struct link *l)
{
	json_t *object = json_object();

	put_text(object, "role", l->role);
	put_text(object, "label", l->label);
	put_text(object, "url", l->url);
	put_text(object, "resource", l->resource);
	put_text(object, "file", l->file);
	put_text(object, "visibility", visibility_name(l->visibility));
	return object;
}

static enum status put_links(struct db *db, struct arena *a, const struct reader *reader,
			     enum owner owner, int64_t id, const struct object *of, json_t *object)
{
	struct link_list links;
	enum status status = link_of(db, a, reader, owner, id, &links);
	json_t *list = json_array();

	for (size_t i = 0; i < links.n_links; i++) {
		const struct link *l = &links.link[i];

		if (access_may_read_part(reader, of, l->visibility) && may_tell_target(reader, l))
			json_array_append_new(list, link_object(l));
	}
	put_value(object, "links", list);
	return status;
}

static json_t *contribution_object(const struct contribution *c)
{
	json_t *object = json_object();

	put_text(object, "role", c->role);
	put_text(object, "name", c->name);
	put_text(object, "organisation", c->organisation);
	put_text(object, "affiliation", c->affiliation);
	put_text(object, "title", c->title);
	put_text(object, "email", c->email);
	put_text(object, "visibility", visibility_name(c->visibility));
	return object;
}

static enum status put_contributions(struct db *db, struct arena *a, const struct reader *reader,
				     enum owner owner, int64_t id, const struct object *of,
				     json_t *object)
{
	struct contribution_list people;
	enum status status = contribution_of(db, a, owner, id, &people);
	json_t *list = json_array();

	for (size_t i = 0; i < people.n_contributions; i++)
		if (access_may_read_part(reader, of, people.contribution[i].visibility))
			json_array_append_new(list, contribution_object(&people.contribution[i]));
	put_value(object, "contributions", list);
	return status;
}

static enum status put_terms(struct db *db, struct arena *a, int64_t resource_id,
			     const char *vocabulary, const char *key, bool labels, json_t *object)
{
	struct term_list terms;
	enum status status = term_of_resource(db, a, resource_id, vocabulary, &terms);
	json_t *list = json_array();

	for (size_t i = 0; i < terms.n_terms; i++)
		json_array_append_new(list, json_string(labels ? terms.term[i].label
							       : terms.term[i].slug));
	put_value(object, key, list);
	return status;
}

static enum status put_vocabulary(struct db *db, struct arena *a, int64_t id, json_t *object)
{
	enum status status = put_terms(db, a, id, "category", "categories", false, object);

	if (status == OK)
		status = put_terms(db, a, id, "keyword", "keywords", true, object);
	if (status == OK)
		status = put_terms(db, a, id, "territory", "territories", false, object);
	if (status == OK)
		status = put_terms(db, a, id, "audience", "audiences", false, object);
	return status;
}

static enum status put_body(struct db *db, struct arena *a, const struct reader *reader,
			    const struct resource *r, json_t *object)
{
	struct html body;
	enum status status;

	if (!r->may_read)
		return OK;
	status = resource_body(db, a, reader, r->id, &body);
	if (status == OK)
		put_text(object, "body", body.markup);
	return status;
}

static void put_place(struct arena *a, const struct resource *r, json_t *object)
{
	put_text(object, "visibility", visibility_name(r->visibility));
	put_text(object, "status", publication_name(r->status));
	put_value(object, "listed", json_boolean(r->listed));
	put_text(object, "published_on", r->published_on);
	put_text(object, "date_precision", precision_name(r->date_precision));
	put_moment(a, object, "modified_at", r->modified_at);
	put_text(object, "collection", r->collection);
	put_number(object, "number", r->number);
	put_text(object, "edition", r->edition);
	put_text(object, "replaces", r->replaces);
}

static void put_notes(const struct resource *r, json_t *object)
{
	put_text(object, "language", r->language);
	put_text(object, "extent", r->extent);
	put_text(object, "access_note", r->access_note);
	put_text(object, "notice", r->notice);
	put_text(object, "source", r->source);
	put_text(object, "source_id", r->source_id);
}

enum status interchange_resource(struct db *db, struct arena *a, const struct reader *reader,
				 const struct resource *r, json_t **object)
{
	struct object of = resource_object(r);
	json_t *o = json_object();
	enum status status;

	put_text(o, "type", "resource");
	put_text(o, "slug", r->slug);
	put_text(o, "title", r->title);
	put_text(o, "kind", r->kind);
	put_text(o, "form", r->form);
	put_text(o, "summary", r->summary.markup);
	status = put_body(db, a, reader, r, o);
	put_place(a, r, o);
	if (status == OK)
		status = put_vocabulary(db, a, r->id, o);
	if (status == OK)
		status = put_links(db, a, reader, OF_RESOURCE, r->id, &of, o);
	if (status == OK)
		status = put_contributions(db, a, reader, OF_RESOURCE, r->id, &of, o);
	put_notes(r, o);
	if (status == OK)
		status = put_open_to(db, a, reader, OF_RESOURCE, r->id, o);
	*object = o;
	return status;
}

static json_t *slug_list(const char **slug, size_t n)
{
	json_t *list = json_array();

	for (size_t i = 0; i < n; i++)
		json_array_append_new(list, json_string(slug[i]));
	return list;
}

enum status interchange_cycle(struct db *db, struct arena *a, const struct reader *reader,
			      const struct cycle *c, json_t **object)
{
	struct object of = cycle_object(c);
	json_t *o = json_object();
	const char **slug;
	size_t n;
	enum status status;

	put_text(o, "type", "cycle");
	put_text(o, "slug", c->slug);
	put_text(o, "title", c->title);
	put_text(o, "description", c->description.markup);
	put_number(o, "announced", c->announced);
	put_text(o, "visibility", visibility_name(c->visibility));
	status = put_links(db, a, reader, OF_CYCLE, c->id, &of, o);
	if (status == OK)
		status = put_contributions(db, a, reader, OF_CYCLE, c->id, &of, o);
	if (status == OK)
		status = cycle_resource_slugs(db, a, reader, c->id, &slug, &n);
	if (status == OK)
		put_value(o, "resources", slug_list(slug, n));
	if (status == OK)
		status = put_open_to(db, a, reader, OF_CYCLE, c->id, o);
	*object = o;
	return status;
}

static void put_times(struct arena *a, const struct session *s, json_t *o)
{
	put_text(o, "on", s->on);
	put_moment(a, o, "starts_at", s->starts_at);
	put_moment(a, o, "ends_at", s->ends_at);
	put_text(o, "status", session_status_name(s->status));
	put_text(o, "visibility", visibility_name(s->visibility));
	put_text(o, "audience", s->audience);
	put_text(o, "place", s->place);
	put_text(o, "online_url", s->online_url);
	put_text(o, "objectives", s->objectives.markup);
	put_text(o, "contents", s->contents.markup);
	put_text(o, "description", s->description.markup);
	put_number(o, "duration_min", s->duration_min);
}

static void put_seats(struct arena *a, const struct session *s, json_t *o)
{
	put_number(o, "capacity", s->capacity);
	put_number(o, "quota", s->quota);
	put_moment(a, o, "opens_at", s->opens_at);
	put_moment(a, o, "closes_at", s->closes_at);
	put_moment(a, o, "members_until", s->members_until);
	put_text(o, "registration_url", s->registration_url);
	put_text(o, "attended_text", s->attended_text);
	put_number(o, "sequence", s->sequence);
	put_moment(a, o, "modified_at", s->modified_at);
}

enum status interchange_session(struct db *db, struct arena *a, const struct reader *reader,
				const struct session *s, json_t **object)
{
	struct object of = session_object(s);
	json_t *o = json_object();
	const char **slug;
	size_t n;
	enum status status;

	put_text(o, "type", "session");
	put_text(o, "slug", s->slug);
	put_text(o, "title", s->title);
	put_text(o, "cycle", s->cycle);
	put_number(o, "number", s->number);
	put_times(a, s, o);
	put_seats(a, s, o);
	status = put_links(db, a, reader, OF_SESSION, s->id, &of, o);
	if (status == OK)
		status = put_contributions(db, a, reader, OF_SESSION, s->id, &of, o);
	if (status == OK)
		status = session_resource_slugs(db, a, reader, s->id, &slug, &n);
	if (status == OK)
		put_value(o, "resources", slug_list(slug, n));
	if (status == OK)
		status = put_open_to(db, a, reader, OF_SESSION, s->id, o);
	if (status == OK)
		status = put_attendance(db, a, reader, s->id, o);
	*object = o;
	return status;
}

const char *interchange_line(struct arena *a, const json_t *object)
{
	char *text = json_dumps(object, JSON_COMPACT | JSON_REAL_PRECISION(12));
	const char *line;

	if (!text)
		die("cannot write an object as JSON");
	line = arena_strdup(a, text);
	free(text);
	return line;
}

/* ---- the whole ------------------------------------------------------------- */

enum { WALK = 200 };

struct walk {
	struct db *db;
	struct arena *a; /* of one step of the walk */
	interchange_write_fn *write;
	void *context;
};

static const struct reader everything = { .level = EDITOR };

/* Takes the object over, whether it is whole or not. */
static enum status give(struct walk *e, enum status status, json_t *object)
{
	if (status == OK && !e->write(e->context, interchange_line(e->a, object)))
		status = FAILED;
	json_decref(object);
	return status;
}

static enum status export_terms(struct walk *e)
{
	struct term_list list;
	enum status status = term_all(e->db, e->a, NULL, &list);

	for (size_t i = 0; i < list.n_terms && status == OK; i++)
		status = give(e, OK, interchange_term(&list.term[i]));
	return status;
}

static enum status export_organisations(struct walk *e)
{
	struct organisation_list list;
	enum status status = organisation_all(e->db, e->a, &list);

	for (size_t i = 0; i < list.n_organisations && status == OK; i++) {
		json_t *object;

		status = interchange_organisation(e->db, e->a, &list.organisation[i], &object);
		status = give(e, status, object);
	}
	return status;
}

static enum status export_people(struct walk *e)
{
	char last[256] = "";
	struct person_list list = { .n_persons = WALK };
	enum status status = OK;

	while (list.n_persons == WALK && status == OK) {
		arena_reset(e->a);
		status = person_after(e->db, e->a, last, WALK, &list);
		for (size_t i = 0; i < list.n_persons && status == OK; i++) {
			json_t *object;

			status = interchange_person(e->db, e->a, &list.person[i], &object);
			status = give(e, status, object);
			snprintf(last, sizeof(last), "%s", list.person[i].slug);
		}
	}
	return status;
}

static enum status export_groups(struct walk *e)
{
	struct working_group_list list;
	enum status status = working_group_all(e->db, e->a, &list);

	for (size_t i = 0; i < list.n_groups && status == OK; i++) {
		json_t *object;

		status = interchange_group(e->db, e->a, &list.group[i], &object);
		status = give(e, status, object);
	}
	return status;
}

static enum status export_collections(struct walk *e)
{
	struct collection_list list;
	enum status status = collection_all(e->db, e->a, &list);

	for (size_t i = 0; i < list.n_collections && status == OK; i++)
		status = give(e, OK, interchange_collection(&list.collection[i]));
	return status;
}

static enum status export_resources(struct walk *e)
{
	char last[256] = "";
	struct resource_list list = { .n_resources = WALK };
	enum status status = OK;

	while (list.n_resources == WALK && status == OK) {
		arena_reset(e->a);
		status = resource_after(e->db, e->a, &everything, last, WALK, &list);
		for (size_t i = 0; i < list.n_resources && status == OK; i++) {
			json_t *object;

			status = interchange_resource(e->db, e->a, &everything, &list.resource[i],
						      &object);
			status = give(e, status, object);
			snprintf(last, sizeof(last), "%s", list.resource[i].slug);
		}
	}
	return status;
}

static enum status export_cycles(struct walk *e)
{
	struct cycle_list list;
	enum status status = cycle_all(e->db, e->a, &everything, &list);

	for (size_t i = 0; i < list.n_cycles && status == OK; i++) {
		json_t *object;

		status = interchange_cycle(e->db, e->a, &everything, &list.cycle[i], &object);
		status = give(e, status, object);
	}
	return status;
}

static enum status export_sessions(struct walk *e)
{
	char last[256] = "";
	struct session_list list = { .n_sessions = WALK };
	enum status status = OK;

	while (list.n_sessions == WALK && status == OK) {
		arena_reset(e->a);
		status = session_after(e->db, e->a, &everything, last, WALK, &list);
		for (size_t i = 0; i < list.n_sessions && status == OK; i++) {
			json_t *object;

			status = interchange_session(e->db, e->a, &everything, &list.session[i],
						     &object);
			status = give(e, status, object);
			snprintf(last, sizeof(last), "%s", list.session[i].slug);
		}
	}
	return status;
}

static enum status export_redirects(struct walk *e)
{
	struct redirect_list list;
	enum status status = redirect_all(e->db, e->a, &list);

	for (size_t i = 0; i < list.n_redirects && status == OK; i++)
		status = give(e, OK, interchange_redirect(&list.redirect[i]));
	return status;
}

enum status interchange_export(struct db *db, interchange_write_fn *write, void *context)
{
	static enum status (*const part[])(struct walk *) = {
		export_terms,  export_organisations, export_people,
		export_groups, export_collections,   export_resources,
		export_cycles, export_sessions,      export_redirects,
	};
	struct walk e = { db, arena_new(), write, context };
	enum status status = write(context, "{\"type\":\"halle\",\"version\":1}") ? OK : FAILED;

	for (size_t i = 0; i < sizeof(part) / sizeof(*part) && status == OK; i++) {
		arena_reset(e.a);
		status = part[i](&e);
	}
	arena_free(e.a);
	return status;
}
