/*
 * object.c - each type of the interchange: its fields read, then saved.
 */
#include <string.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/text.h"
#include "db/db.h"
#include "import/batch_import.h"
#include "import/fields.h"
#include "import/parts.h"
#include "import/people.h"
#include "store/batch.h"
#include "store/collection.h"
#include "store/organisation.h"
#include "store/redirect.h"
#include "store/resource.h"
#include "store/row.h"
#include "store/session.h"
#include "store/slug.h"
#include "store/term.h"

enum { TITLE_MAX = 500, NOTE_MAX = 2000 };

/* ---- the types ------------------------------------------------------------------ */

/* Saves over `*id`, or adds when it is 0 and sets it. INVALID when a field was refused. */
typedef enum status apply_fn(struct fields *f, const char *name, int64_t *id);

static const char *const term_fields[] = { "type",   "vocabulary",  "slug", "label",
					   "parent", "replaced_by", NULL };

static enum status apply_term(struct fields *f, const char *name, int64_t *id)
{
	struct term t = {
		.id = *id,
		.vocabulary = field_required(f, "vocabulary", 20),
		.slug = name,
		.label = field_required(f, "label", 200),
	};
	const char *parent = field_slug(f, "parent");
	const char *replaced_by = field_slug(f, "replaced_by");
	enum status status;

	if (f->failed)
		return INVALID;
	f->import->terms_changed = true;
	status = term_save(f->import->db, &t);
	*id = t.id;
	if (status == OK)
		status = parts_refer_one(f, t.vocabulary, t.id, "parent", 0, parent);
	if (status == OK)
		status = parts_refer_one(f, t.vocabulary, t.id, "replaced_by", 0, replaced_by);
	return status;
}

static const char *const organisation_fields[] = { "type",    "slug",  "name",  "kind",
						   "acronym", "siren", "insee", "territory",
						   "website", "lat",   "lon",   "memberships",
						   NULL };

static enum status apply_organisation(struct fields *f, const char *name, int64_t *id)
{
	struct organisation o = {
		.id = *id,
		.slug = name,
		.name = field_required(f, "name", 300),
		.kind = field_required(f, "kind", 40),
		.acronym = field_text(f, "acronym", 60),
		.siren = field_text(f, "siren", 20),
		.insee = field_text(f, "insee", 10),
		.website = field_address(f, "website"),
	};
	const char *territory = field_slug(f, "territory");
	struct membership_list memberships = people_read_memberships(f);
	bool has_lat = field_real(f, "lat", -90, 90, &o.lat);
	bool has_lon = field_real(f, "lon", -180, 180, &o.lon);
	enum status status;

	o.is_placed = has_lat && has_lon;
	if (*o.kind && !organisation_kind_is_known(o.kind))
		fields_refuse(f, "kind", "is not a kind of organisation");
	if (o.siren && !siren_is_valid(o.siren))
		fields_refuse(f, "siren", "is not a SIREN: nine digits, the last one a key");
	if (has_lat != has_lon)
		fields_refuse(f, has_lat ? "lon" : "lat", "is missing beside the other");
	if (f->failed)
		return INVALID;
	status = organisation_save(f->import->db, &o);
	*id = o.id;
	if (status == OK)
		status = parts_refer_one(f, "organisation", o.id, "organisation_territory", 0,
					 territory);
	if (status == OK)
		status = people_save_memberships(f, o.id, &memberships);
	return status;
}

static const char *const collection_fields[] = { "type", "slug", "title", "description", NULL };

static enum status apply_collection(struct fields *f, const char *name, int64_t *id)
{
	struct collection c = {
		.id = *id,
		.slug = name,
		.title = field_required(f, "title", TITLE_MAX),
		.description = field_html(f, "description", 0),
	};
	enum status status;

	if (f->failed)
		return INVALID;
	status = collection_save(f->import->db, &c);
	*id = c.id;
	return status;
}

static const char *const resource_fields[] = {
	"type",        "slug",        "title",     "kind",    "form",          "summary",
	"body",        "visibility",  "status",    "listed",  "published_on",  "date_precision",
	"modified_at", "collection",  "number",    "edition", "replaces",      "categories",
	"keywords",    "territories", "audiences", "links",   "contributions", "language",
	"extent",      "access_note", "notice",    "source",  "source_id",     "open_to",
	NULL
};

/* What a resource names, beside its own columns. */
struct resource_parts {
	const char *kind, *form, *collection, *replaces;
	struct names categories, keywords, territories, audiences, open_to;
	struct link_list links;
	struct contribution_list people;
};

static void read_resource_words(struct fields *f, struct resource *r)
{
	const char *status = field_required(f, "status", 20);
	const char *precision = field_text(f, "date_precision", 20);

	if (*status && !publication_parse(status, &r->status))
		fields_refuse(f, "status", "is none of draft, review, published, archived");
	if (precision && !precision_parse(precision, &r->date_precision))
		fields_refuse(f, "date_precision", "is none of day, month, year");
	if (!json_object_get(f->object, "visibility"))
		fields_refuse(f, "visibility", "is missing");
	r->visibility = field_visibility(f, "visibility", RESTRICTED);
	r->language = field_text(f, "language", 35);
	if (!r->language)
		r->language = "fr";
	if (strlen(r->language) != 2)
		fields_refuse(f, "language", "is not a code of two letters");
}

static void read_resource(struct fields *f, struct resource *r)
{
	r->title = field_required(f, "title", TITLE_MAX);
	r->summary = field_html(f, "summary", SUMMARY_MAX);
	r->body = field_html(f, "body", 0);
	r->listed = field_yes(f, "listed", true);
	r->published_on = field_day(f, "published_on");
	r->number = field_number(f, "number", 1, 1000000);
	r->edition = field_text(f, "edition", 100);
	r->extent = field_text(f, "extent", 100);
	r->access_note = field_text(f, "access_note", NOTE_MAX);
	r->notice = field_text(f, "notice", NOTE_MAX);
	r->source = field_text(f, "source", 200);
	r->source_id = field_text(f, "source_id", 500);
	read_resource_words(f, r);
}

static struct resource_parts read_resource_parts(struct fields *f)
{
	return (struct resource_parts){
		.kind = field_required(f, "kind", 200),
		.form = field_text(f, "form", 200),
		.collection = field_slug(f, "collection"),
		.replaces = field_slug(f, "replaces"),
		.categories = parts_read_slugs(f, "categories"),
		.keywords = parts_read_labels(f, "keywords"),
		.territories = parts_read_slugs(f, "territories"),
		.audiences = parts_read_slugs(f, "audiences"),
		.links = parts_read_links(f),
		.people = parts_read_contributions(f),
		.open_to = people_read_keys(f),
	};
}

/* The order is that of the file: a label stays where it stood. */
static enum status save_keywords(struct fields *f, int64_t id, const struct names *labels)
{
	int64_t *term = arena_make(f->a, int64_t, labels->n_names + 1);
	enum status status = OK;

	for (size_t i = 0; i < labels->n_names && status == OK; i++)
		status = import_term(f->import, "keyword", labels->name[i], &term[i]);
	if (status == OK)
		status = term_set_of_resource(f->import->db, id, "keyword", term, labels->n_names);
	return status;
}

static enum status save_vocabulary(struct fields *f, int64_t id, const char *vocabulary,
				   const struct names *slugs)
{
	enum status status = term_set_of_resource(f->import->db, id, vocabulary, NULL, 0);

	return status == OK ? parts_refer(f, "resource", id, vocabulary, slugs) : status;
}

static enum status save_resource_parts(struct fields *f, int64_t id, const struct resource_parts *p)
{
	enum status status = parts_refer_one(f, "resource", id, "collection", 0, p->collection);

	if (status == OK)
		status = parts_refer_one(f, "resource", id, "replaces", 0, p->replaces);
	if (status == OK)
		status = save_vocabulary(f, id, "category", &p->categories);
	if (status == OK)
		status = save_keywords(f, id, &p->keywords);
	if (status == OK)
		status = save_vocabulary(f, id, "territory", &p->territories);
	if (status == OK)
		status = save_vocabulary(f, id, "audience", &p->audiences);
	if (status == OK)
		status = parts_save_links(f, OF_RESOURCE, id, &p->links);
	if (status == OK)
		status = parts_save_contributions(f, OF_RESOURCE, id, &p->people);
	if (status == OK)
		status = people_save_keys(f, OF_RESOURCE, id, &p->open_to);
	return status;
}

static enum status apply_resource(struct fields *f, const char *name, int64_t *id)
{
	struct resource r = { .id = *id, .slug = name };
	struct resource_parts parts;
	enum status status = OK;

	read_resource(f, &r);
	r.modified_at = field_moment(f, "modified_at");
	parts = read_resource_parts(f);
	if (f->failed)
		return INVALID;
	if (r.modified_at == NO_NUMBER)
		r.modified_at = import_now(f->import);
	status = import_term(f->import, "kind", parts.kind, &r.kind_id);
	if (status == OK && parts.form)
		status = import_term(f->import, "form", parts.form, &r.form_id);
	if (status == OK)
		status = resource_save(f->import->db, &r);
	*id = r.id;
	return status == OK ? save_resource_parts(f, r.id, &parts) : status;
}

static const char *const cycle_fields[] = { "type",      "slug",       "title", "description",
					    "announced", "visibility", "links", "contributions",
					    "resources", "open_to",    NULL };

static enum status apply_cycle(struct fields *f, const char *name, int64_t *id)
{
	struct cycle c = {
		.id = *id,
		.slug = name,
		.title = field_required(f, "title", TITLE_MAX),
		.description = field_html(f, "description", 0),
		.announced = field_number(f, "announced", 0, 1000),
		.visibility = field_visibility(f, "visibility", PUBLIC),
	};
	struct link_list links = parts_read_links(f);
	struct contribution_list people = parts_read_contributions(f);
	struct names resources = parts_read_slugs(f, "resources");
	struct names open_to = people_read_keys(f);
	enum status status;

	if (f->failed)
		return INVALID;
	status = cycle_save(f->import->db, &c);
	*id = c.id;
	if (status == OK)
		status = parts_save_links(f, OF_CYCLE, c.id, &links);
	if (status == OK)
		status = parts_save_contributions(f, OF_CYCLE, c.id, &people);
	if (status == OK)
		status = cycle_clear_resources(f->import->db, c.id);
	if (status == OK)
		status = parts_refer(f, "cycle", c.id, "resource", &resources);
	if (status == OK)
		status = people_save_keys(f, OF_CYCLE, c.id, &open_to);
	return status;
}

static const char *const session_fields[] = { "type",
					      "slug",
					      "title",
					      "cycle",
					      "number",
					      "on",
					      "starts_at",
					      "ends_at",
					      "status",
					      "visibility",
					      "audience",
					      "place",
					      "online_url",
					      "objectives",
					      "contents",
					      "description",
					      "duration_min",
					      "capacity",
					      "quota",
					      "opens_at",
					      "closes_at",
					      "members_until",
					      "registration_url",
					      "attended_text",
					      "sequence",
					      "modified_at",
					      "links",
					      "contributions",
					      "resources",
					      "open_to",
					      "attended",
					      NULL };

static void check_times(struct fields *f, struct session *s)
{
	if (s->ends_at != NO_NUMBER && s->starts_at == NO_NUMBER)
		fields_refuse(f, "ends_at", "is told without 'starts_at'");
	else if (s->ends_at != NO_NUMBER && s->ends_at <= s->starts_at)
		fields_refuse(f, "ends_at", "is not after 'starts_at'");
	if (!s->on && s->starts_at != NO_NUMBER)
		s->on = day_of_moment(f->a, s->starts_at);
	if (!s->on)
		fields_refuse(f, "on", "is missing");
	else if (s->starts_at != NO_NUMBER && !f->failed &&
		 strcmp(s->on, day_of_moment(f->a, s->starts_at)) != 0)
		fields_refuse(f, "on", "is not the day of 'starts_at' in Paris");
}

static void read_session(struct fields *f, struct session *s)
{
	const char *status = field_text(f, "status", 20);

	if (status && !session_status_parse(status, &s->status))
		fields_refuse(f, "status", "is none of planned, confirmed, cancelled, held");
	s->title = field_required(f, "title", TITLE_MAX);
	s->number = field_number(f, "number", 1, 1000000);
	s->on = field_day(f, "on");
	s->starts_at = field_moment(f, "starts_at");
	s->ends_at = field_moment(f, "ends_at");
	s->visibility = field_visibility(f, "visibility", PUBLIC);
	s->audience = field_text(f, "audience", NOTE_MAX);
	s->place = field_text(f, "place", 500);
	s->online_url = field_address(f, "online_url");
	s->objectives = field_html(f, "objectives", 0);
	s->contents = field_html(f, "contents", 0);
	s->description = field_html(f, "description", 0);
	check_times(f, s);
}

static void read_seats(struct fields *f, struct session *s)
{
	s->duration_min = field_number(f, "duration_min", 1, 100000);
	s->capacity = field_number(f, "capacity", 0, 1000000);
	s->quota = field_number(f, "quota", 0, 1000000);
	s->opens_at = field_moment(f, "opens_at");
	s->closes_at = field_moment(f, "closes_at");
	s->members_until = field_moment(f, "members_until");
	s->registration_url = field_address(f, "registration_url");
	s->attended_text = field_text(f, "attended_text", 200);
	s->sequence = field_number(f, "sequence", 0, 1000000);
	s->modified_at = field_moment(f, "modified_at");
	if (s->sequence == NO_NUMBER)
		s->sequence = 0;
}

static enum status apply_session(struct fields *f, const char *name, int64_t *id)
{
	struct session s = { .id = *id, .slug = name };
	struct link_list links = parts_read_links(f);
	struct contribution_list people = parts_read_contributions(f);
	struct names resources = parts_read_slugs(f, "resources");
	struct names open_to = people_read_keys(f), attended = parts_read_slugs(f, "attended");
	const char *cycle = field_slug(f, "cycle");
	enum status status;

	read_session(f, &s);
	read_seats(f, &s);
	if (f->failed)
		return INVALID;
	if (s.modified_at == NO_NUMBER)
		s.modified_at = import_now(f->import);
	status = session_save(f->import->db, &s);
	*id = s.id;
	if (status == OK)
		status = parts_refer_one(f, "session", s.id, "cycle", 0, cycle);
	if (status == OK)
		status = parts_save_links(f, OF_SESSION, s.id, &links);
	if (status == OK)
		status = parts_save_contributions(f, OF_SESSION, s.id, &people);
	if (status == OK)
		status = session_clear_resources(f->import->db, s.id);
	if (status == OK)
		status = parts_refer(f, "session", s.id, "resource", &resources);
	if (status == OK)
		status = people_save_keys(f, OF_SESSION, s.id, &open_to);
	if (status == OK)
		status = people_save_attendance(f, s.id, &attended);
	return status;
}

static const char *const redirect_fields[] = { "type", "path", "target", NULL };

static enum status apply_redirect(struct fields *f, const char *name, int64_t *id)
{
	struct redirect r = { .path = name, .target = field_address(f, "target") };

	*id = 0;
	if (!r.target && !f->failed)
		fields_refuse(f, "target", "is missing or empty");
	else if (r.target && *r.target == '#')
		fields_refuse(f, "target", "is neither a path of this site nor an address");
	return f->failed ? INVALID : redirect_save(f->import->db, &r);
}

/* ---- applying -------------------------------------------------------------- */

static const struct kind {
	const char *type;
	const char *const *known;
	apply_fn *apply;
} kinds[] = {
	{ "term", term_fields, apply_term },
	{ "organisation", organisation_fields, apply_organisation },
	{ "person", person_fields, apply_person },
	{ "group", group_fields, apply_group },
	{ "collection", collection_fields, apply_collection },
	{ "resource", resource_fields, apply_resource },
	{ "cycle", cycle_fields, apply_cycle },
	{ "session", session_fields, apply_session },
	{ "redirect", redirect_fields, apply_redirect },
};

static const struct kind *kind_of(const char *type)
{
	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++)
		if (!strcmp(kinds[i].type, type))
			return &kinds[i];
	return NULL;
}

static const char *read_name(struct fields *f, const struct kind *kind)
{
	const char *path;

	if (strcmp(kind->type, "redirect") != 0)
		return field_required_slug(f, "slug");
	path = field_required(f, "path", 1000);
	if (*path && (*path != '/' || !url_is_safe(path) || strchr(path, '#')))
		fields_refuse(f, "path", "is not a path of this site (/…)");
	return path;
}

/* For a term its vocabulary, else its type: what object_find() and object_line() take. */
static const char *space_of(struct fields *f, const struct kind *kind)
{
	const char *vocabulary;

	if (strcmp(kind->type, "term") != 0)
		return kind->type;
	vocabulary = field_required(f, "vocabulary", 20);
	if (!f->failed && !vocabulary_is_known(vocabulary))
		fields_refuse(f, "vocabulary", "is not a vocabulary");
	return vocabulary;
}

/* A label met before its term's line made a term of its own: the line is about that one. */
static enum status find_term_made_for_label(struct fields *f, const char *vocabulary, int64_t *id)
{
	const char *label = field_text(f, "label", 200);
	struct term t;
	enum status status = term_by_label(f->import->db, f->a, vocabulary, label ? label : "", &t);

	if (status != OK)
		return status;
	if (t.id <= f->import->first_term)
		return NOT_FOUND;
	*id = t.id;
	return OK;
}

static enum status refuse_second(struct fields *f, const struct kind *kind, const char *name,
				 int64_t id)
{
	bool has = false;
	enum status status = OK;

	if (strcmp(kind->type, "term") != 0 && id)
		status = batch_has(f->import->db, f->import->result.batch, kind->type, id, &has);
	if (status == OK && has)
		fields_refuse(f, "slug",
			      arena_printf(f->a, "'%s' stands twice in this import", name));
	return status == OK && has ? INVALID : status;
}

/* Up to and past "modified_at":"…" or the end. */
static const char *time_in(const char *line, size_t *length)
{
	const char *at = strstr(line, "\"modified_at\":\"");
	const char *end = at ? strchr(at + strlen("\"modified_at\":\""), '"') : NULL;

	*length = end ? (size_t)(end - at) : 0;
	return at ? at : line + strlen(line);
}

/* A time that the object does not tell is no difference. */
static bool same_but_for_time(const struct fields *f, const char *before, const char *after)
{
	size_t n_before, n_after;
	const char *time_before = time_in(before, &n_before),
		   *time_after = time_in(after, &n_after);

	if (!json_is_null(json_object_get(f->object, "modified_at")) &&
	    json_object_get(f->object, "modified_at"))
		return !strcmp(before, after);
	return time_before - before == time_after - after &&
	       !strncmp(before, after, (size_t)(time_before - before)) &&
	       !strcmp(time_before + n_before, time_after + n_after);
}

/*
 * Over what is there: saved, compared with what it was, and taken back when nothing is
 * different, so that a second import leaves no trace.
 */
static enum status apply_over(struct fields *f, const struct kind *kind, const char *space,
			      const char *name, int64_t id, enum outcome *outcome)
{
	struct db *db = f->import->db;
	const char *before, *after;
	enum status status = object_line(db, f->a, space, name, &before);

	if (status == OK)
		status = db_run(db, "SAVEPOINT object");
	if (status == OK && kind->apply == apply_resource)
		status = resource_keep_version(db, id, before);
	if (status == OK)
		status = kind->apply(f, name, &id);
	if (status == OK)
		status = object_line(db, f->a, space, name, &after);
	if (status == OK && (f->import->left_pending || !same_but_for_time(f, before, after))) {
		*outcome = UPDATED;
		status = import_note(f->import, kind->type, name, id, before);
	} else if (status == OK || status == INVALID) {
		*outcome = status == OK ? UNCHANGED : REFUSED;
		if (db_run(db, "ROLLBACK TO object") != OK)
			return FAILED;
	}
	if (db_run(db, "RELEASE object") != OK)
		return FAILED;
	return status;
}

enum status object_apply(struct import *import, int64_t line, const json_t *object,
			 enum outcome *outcome)
{
	const char *type = json_string_value(json_object_get(object, "type"));
	const struct kind *kind = type ? kind_of(type) : NULL;
	struct fields f = { import, import->object, object, line, "", false };
	const char *name, *space;
	int64_t id = 0;
	enum status status;

	*outcome = REFUSED;
	if (!kind) {
		fields_refuse(&f, "type", type ? "is not a type of the interchange" : "is missing");
		return INVALID;
	}
	fields_check_known(&f, kind->known);
	name = read_name(&f, kind);
	space = space_of(&f, kind);
	if (f.failed)
		return INVALID;
	status = object_find(import->db, space, name, &id);
	if (status == OK)
		status = refuse_second(&f, kind, name, id);
	if (status == OK)
		return apply_over(&f, kind, space, name, id, outcome);
	if (status == NOT_FOUND && !strcmp(kind->type, "term"))
		status = find_term_made_for_label(&f, space, &id);
	if (status != OK && status != NOT_FOUND)
		return status;
	status = kind->apply(&f, name, &id);
	if (status != OK)
		return status;
	*outcome = CREATED;
	return import_note(import, kind->type, name, id, NULL);
}
