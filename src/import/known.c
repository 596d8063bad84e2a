/*
 * known.c - what the database holds already: found by its name, written as its line.
 */
#include <string.h>

#include "base/arena.h"
#include "db/db.h"
#include "feed/interchange.h"
#include "import/batch_import.h"
#include "store/collection.h"
#include "store/organisation.h"
#include "store/person.h"
#include "store/redirect.h"
#include "store/resource.h"
#include "store/session.h"
#include "store/term.h"
#include "store/working_group.h"

static const struct reader everything = { .level = EDITOR };

static enum status id_of_term(struct db *db, const char *vocabulary, const char *slug, int64_t *id)
{
	struct query *q = db_query(db, "SELECT id FROM term WHERE vocabulary = $1 AND slug = $2");

	query_text(q, 1, vocabulary);
	query_text(q, 2, slug);
	return query_one_int(q, id);
}

static enum status id_by(struct db *db, const char *sql, const char *name, int64_t *id)
{
	struct query *q = db_query(db, sql);

	query_text(q, 1, name);
	return query_one_int(q, id);
}

/* `kind` may be a vocabulary: then a term of it is meant. */
enum status object_find(struct db *db, const char *kind, const char *name, int64_t *id)
{
	static const char *const question[][2] = {
		{ "resource", "SELECT id FROM resource WHERE slug = $1" },
		{ "session", "SELECT id FROM session WHERE slug = $1" },
		{ "cycle", "SELECT id FROM cycle WHERE slug = $1" },
		{ "collection", "SELECT id FROM collection WHERE slug = $1" },
		{ "organisation", "SELECT id FROM organisation WHERE slug = $1" },
		{ "person", "SELECT id FROM person WHERE slug = $1" },
		{ "group", "SELECT id FROM working_group WHERE slug = $1" },
		{ "redirect", "SELECT 0 FROM redirect WHERE path = $1" },
	};

	for (size_t i = 0; i < sizeof(question) / sizeof(*question); i++)
		if (!strcmp(kind, question[i][0]))
			return id_by(db, question[i][1], name, id);
	return id_of_term(db, kind, name, id);
}

static enum status line_of_term(struct db *db, struct arena *a, const char *vocabulary,
				const char *slug, json_t **object)
{
	struct term t;
	enum status status = term_by_slug(db, a, vocabulary, slug, &t);

	if (status == OK)
		*object = interchange_term(&t);
	return status;
}

static enum status line_of_organisation(struct db *db, struct arena *a, const char *slug,
					json_t **object)
{
	struct organisation o;
	enum status status = organisation_by_slug(db, a, slug, &o);

	if (status == OK)
		status = interchange_organisation(db, a, &o, object);
	return status;
}

static enum status line_of_person(struct db *db, struct arena *a, const char *slug, json_t **object)
{
	struct person p;
	enum status status = person_by_slug(db, a, slug, &p);

	return status == OK ? interchange_person(db, a, &p, object) : status;
}

static enum status line_of_group(struct db *db, struct arena *a, const char *slug, json_t **object)
{
	struct working_group g;
	enum status status = working_group_by_slug(db, a, slug, &g);

	return status == OK ? interchange_group(db, a, &g, object) : status;
}

static enum status line_of_collection(struct db *db, struct arena *a, const char *slug,
				      json_t **object)
{
	struct collection c;
	enum status status = collection_by_slug(db, a, slug, &c);

	if (status == OK)
		*object = interchange_collection(&c);
	return status;
}

static enum status line_of_resource(struct db *db, struct arena *a, const char *slug,
				    json_t **object)
{
	struct resource r;
	enum status status = resource_by_slug(db, a, &everything, slug, &r);

	return status == OK ? interchange_resource(db, a, &everything, &r, object) : status;
}

static enum status line_of_cycle(struct db *db, struct arena *a, const char *slug, json_t **object)
{
	struct cycle c;
	enum status status = cycle_by_slug(db, a, &everything, slug, &c);

	return status == OK ? interchange_cycle(db, a, &everything, &c, object) : status;
}

static enum status line_of_session(struct db *db, struct arena *a, const char *slug,
				   json_t **object)
{
	struct session s;
	enum status status = session_by_slug(db, a, &everything, slug, &s);

	return status == OK ? interchange_session(db, a, &everything, &s, object) : status;
}

static enum status line_of_redirect(struct db *db, struct arena *a, const char *path,
				    json_t **object)
{
	struct redirect r = { .path = path };
	enum status status = redirect_find(db, a, path, &r.target);

	if (status == OK)
		*object = interchange_redirect(&r);
	return status;
}

static const struct {
	const char *kind;
	enum status (*line)(struct db *db, struct arena *a, const char *name, json_t **object);
} kinds[] = {
	{ "organisation", line_of_organisation },
	{ "collection", line_of_collection },
	{ "resource", line_of_resource },
	{ "cycle", line_of_cycle },
	{ "session", line_of_session },
	{ "redirect", line_of_redirect },
	{ "person", line_of_person },
	{ "group", line_of_group },
};

/* Anything else is a vocabulary, and the name that of a term of it. */
static enum status object_of(struct db *db, struct arena *a, const char *kind, const char *name,
			     json_t **object)
{
	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++)
		if (!strcmp(kinds[i].kind, kind))
			return kinds[i].line(db, a, name, object);
	return line_of_term(db, a, kind, name, object);
}

enum status object_line(struct db *db, struct arena *a, const char *kind, const char *name,
			const char **line)
{
	json_t *object = NULL;
	enum status status = object_of(db, a, kind, name, &object);

	if (status == OK)
		*line = interchange_line(a, object);
	json_decref(object);
	return status;
}
