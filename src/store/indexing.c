#include "store/indexing.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/out.h"
#include "db/db.h"
#include "store/row.h"

/* Four queries that go side by side, by number of resource. */
struct indexing {
	struct query *resources, *terms, *people, *keys;
	bool has_term, has_person, has_key; /* a row waits */
};

static struct query *between(struct db *db, const char *sql, int64_t first, int64_t last)
{
	struct query *q = db_query(db, sql);

	query_int(q, 1, first);
	query_int(q, 2, last);
	return q;
}

struct indexing *indexing_begin(struct db *db, int64_t first, int64_t last)
{
	struct indexing *walk = calloc(1, sizeof(*walk));

	if (!walk)
		die("out of memory");
	walk->resources = between(
		db,
		"SELECT r.id, r.slug, r.title, r.summary, r.body, r.published_on, r.kind_id,"
		" r.form_id, c.slug, c.title, r.number, r.edition, r.replaces_id,"
		" r.visibility, r.status = 'published', r.listed"
		" FROM resource r LEFT JOIN collection c ON c.id = r.collection_id"
		" WHERE r.id >= $1 AND r.id <= $2 ORDER BY r.id",
		first, last);
	walk->terms = between(db,
			      "SELECT resource_id, term_id FROM resource_term"
			      " WHERE resource_id >= $1 AND resource_id <= $2"
			      " ORDER BY resource_id, term_id",
			      first, last);
	walk->people =
		between(db,
			"SELECT c.owner_id, c.name, o.name, o.acronym, c.affiliation, c.visibility"
			" FROM contribution c"
			" LEFT JOIN organisation o ON o.id = c.organisation_id"
			" WHERE c.owner = 'resource' AND c.owner_id >= $1 AND c.owner_id <= $2"
			" ORDER BY c.owner_id, c.position",
			first, last);
	walk->keys = between(db,
			     "SELECT owner_id, key FROM opening WHERE owner = 'resource'"
			     " AND owner_id >= $1 AND owner_id <= $2 ORDER BY owner_id, key",
			     first, last);
	walk->has_term = query_row(walk->terms);
	walk->has_key = query_row(walk->keys);
	walk->has_person = query_row(walk->people);
	return walk;
}

static void read_terms(struct indexing *walk, struct arena *a, struct indexed_resource *r)
{
	size_t capacity = 0;

	for (; walk->has_term && row_int(walk->terms, 0) <= r->id;
	     walk->has_term = query_row(walk->terms))
		if (row_int(walk->terms, 0) == r->id)
			*arena_push(a, r->term, r->n_terms, capacity) = row_int(walk->terms, 1);
}

static void read_people(struct indexing *walk, struct arena *a, struct indexed_resource *r)
{
	struct query *q = walk->people;
	size_t capacity = 0;

	for (; walk->has_person && row_int(q, 0) <= r->id; walk->has_person = query_row(q))
		if (row_int(q, 0) == r->id)
			*arena_push(a, r->person, r->n_persons, capacity) = (struct indexed_person){
				.name = row_text(q, 1, a),
				.organisation = row_text(q, 2, a),
				.acronym = row_text(q, 3, a),
				.affiliation = row_text(q, 4, a),
				.visibility = row_visibility(q, 5),
			};
}

static void read_keys(struct indexing *walk, struct arena *a, struct indexed_resource *r)
{
	struct query *q = walk->keys;
	struct out o;

	if (!walk->has_key || row_int(q, 0) > r->id)
		return;
	out_init(&o);
	for (; walk->has_key && row_int(q, 0) <= r->id; walk->has_key = query_row(q))
		if (row_int(q, 0) == r->id)
			out_printf(&o, "%s,", row_text(q, 1, a));
	if (o.length)
		r->keys = arena_strdup(a, out_string(&o));
	out_release(&o);
}

/* What was cleaned when it came in is clean when it is read. */
static struct html row_markup(struct query *q, int column, struct arena *a)
{
	return html_trusted(row_text(q, column, a));
}

bool indexing_next(struct indexing *walk, struct arena *a, struct indexed_resource *r)
{
	struct query *q = walk->resources;

	if (!query_row(q))
		return false;
	*r = (struct indexed_resource){
		.id = row_int(q, 0),
		.slug = row_text(q, 1, a),
		.title = row_text(q, 2, a),
		.summary = row_markup(q, 3, a),
		.body = row_markup(q, 4, a),
		.published_on = row_text(q, 5, a),
		.kind_id = row_int(q, 6),
		.form_id = row_int(q, 7),
		.collection = row_text(q, 8, a),
		.collection_title = row_text(q, 9, a),
		.number = row_number(q, 10),
		.edition = row_text(q, 11, a),
		.replaces_id = row_int(q, 12),
		.object = { row_visibility(q, 13), row_int(q, 14) != 0, row_int(q, 15) != 0,
			    false },
	};
	read_terms(walk, a, r);
	read_people(walk, a, r);
	read_keys(walk, a, r);
	return true;
}

enum status indexing_end(struct indexing *walk)
{
	struct query *const all[] = { walk->resources, walk->terms, walk->people, walk->keys };
	enum status status = OK;

	for (size_t i = 0; i < sizeof(all) / sizeof(*all); i++) {
		enum status one = query_end(all[i]);

		status = status == OK ? one : status;
	}
	free(walk);
	return status;
}

static enum status read_ids(struct query *q, struct arena *a, int64_t of, struct id_list *list)
{
	query_int(q, 1, of);
	while (query_row(q))
		*arena_push(a, list->id, list->n_ids, list->capacity) = row_int(q, 0);
	return query_end(q);
}

enum status indexing_bearing(struct db *db, struct arena *a, int64_t term_id, struct id_list *list)
{
	struct query *q = db_query(db, "SELECT resource_id FROM resource_term WHERE term_id = $1"
				       " UNION SELECT id FROM resource WHERE kind_id = $1"
				       " UNION SELECT id FROM resource WHERE form_id = $1");

	return read_ids(q, a, term_id, list);
}

enum status indexing_contributed(struct db *db, struct arena *a, int64_t organisation_id,
				 struct id_list *list)
{
	struct query *q = db_query(db, "SELECT DISTINCT owner_id FROM contribution"
				       " WHERE owner = 'resource' AND organisation_id = $1");

	return read_ids(q, a, organisation_id, list);
}

enum status indexing_collected(struct db *db, struct arena *a, int64_t collection_id,
			       struct id_list *list)
{
	struct query *q = db_query(db, "SELECT id FROM resource WHERE collection_id = $1");

	return read_ids(q, a, collection_id, list);
}
