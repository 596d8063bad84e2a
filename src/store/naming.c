#include "store/naming.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "db/db.h"
#include "store/change.h"

/* ---- who is named ------------------------------------------------------------------------ */

struct folded {
	const char *key, *name;
	int64_t n;
};

/* By key; of one key, the way most often written first. */
static int compare(const void *a, const void *b)
{
	const struct folded *x = a, *y = b;
	int order = strcmp(x->key, y->key);

	return order ? order : (x->n < y->n) - (x->n > y->n);
}

enum status naming_all(struct db *db, struct arena *a, struct named_list *list)
{
	struct query *q = db_query(db, "SELECT name, count(*) FROM contribution"
				       " WHERE name IS NOT NULL GROUP BY name ORDER BY name");
	struct folded *f = NULL;
	size_t n = 0, capacity = 0;

	*list = (struct named_list){ 0 };
	while (query_row(q)) {
		const char *name = row_text(q, 0, a);

		*arena_push(a, f, n, capacity) =
			(struct folded){ text_fold(a, name), name, row_int(q, 1) };
	}
	if (n)
		qsort(f, n, sizeof(*f), compare);
	list->named = arena_make(a, struct named, n);
	for (size_t i = 0; i < n; i++) {
		if (!i || strcmp(f[i].key, f[i - 1].key) != 0)
			list->named[list->n_named++].name = f[i].name;
		list->named[list->n_named - 1].n_places += f[i].n;
	}
	return query_end(q);
}

#define SELECT_NAMING                                                                              \
	"SELECT n.owner, n.owner_id, coalesce(r.slug, c.slug, s.slug),"                            \
	" coalesce(r.title, c.title, s.title), n.name, n.role, n.title, n.affiliation, n.email,"   \
	" o.name FROM contribution n"                                                              \
	" LEFT JOIN resource r ON n.owner = 'resource' AND r.id = n.owner_id"                      \
	" LEFT JOIN cycle c ON n.owner = 'cycle' AND c.id = n.owner_id"                            \
	" LEFT JOIN session s ON n.owner = 'session' AND s.id = n.owner_id"                        \
	" LEFT JOIN organisation o ON o.id = n.organisation_id"                                    \
	" WHERE n.name IS NOT NULL ORDER BY n.owner, n.owner_id, n.position"

static enum owner owner_in(struct query *q, int column)
{
	if (row_text_is(q, column, "cycle"))
		return OF_CYCLE;
	return row_text_is(q, column, "session") ? OF_SESSION : OF_RESOURCE;
}

static struct naming naming_row(struct query *q, struct arena *a, const char *name)
{
	return (struct naming){
		.owner = owner_in(q, 0),
		.owner_id = row_int(q, 1),
		.slug = row_text(q, 2, a),
		.title = row_text(q, 3, a),
		.name = name,
		.role = row_text(q, 5, a),
		.words = row_text(q, 6, a),
		.affiliation = row_text(q, 7, a),
		.email = row_text(q, 8, a),
		.organisation = row_text(q, 9, a),
	};
}

enum status naming_of(struct db *db, struct arena *a, const char *name, struct naming_list *list)
{
	struct query *q = db_query(db, SELECT_NAMING);
	const char *key = text_fold(a, name);
	size_t capacity = 0;

	*list = (struct naming_list){ 0 };
	while (query_row(q)) {
		const char *found = row_text(q, 4, a);

		if (!strcmp(text_fold(a, found), key))
			*arena_push(a, list->naming, list->n_namings, capacity) =
				naming_row(q, a, found);
	}
	return query_end(q);
}

/* ---- in rows ------------------------------------------------------------------------------ */

/* One renaming, or one withdrawal (`to` is NULL), under way. */
struct changing {
	struct db *db;
	struct arena *a;
	const char *key, *to;
	int64_t now;
	struct naming_result *result;
};

static bool is_meant(const struct changing *c, struct arena *a, const char *name)
{
	return name && !strcmp(text_fold(a, name), c->key);
}

/* The ways in which the name is written. */
static enum status spellings(struct changing *c, const char ***name, size_t *n)
{
	struct query *q = db_query(c->db, "SELECT DISTINCT name FROM contribution"
					  " WHERE name IS NOT NULL ORDER BY name");
	size_t capacity = 0;

	*name = NULL;
	*n = 0;
	while (query_row(q)) {
		const char *found = row_text(q, 0, c->a);

		if (is_meant(c, c->a, found))
			*arena_push(c->a, *name, *n, capacity) = found;
	}
	return query_end(q);
}

static enum status run_on_name(struct db *db, const char *sql, const char *name, const char *to)
{
	struct query *q = db_query(db, sql);

	query_text(q, 1, name);
	if (to)
		query_text(q, 2, to);
	return query_run(q);
}

/* Before the rows change: afterwards nothing tells whose they were. */
static enum status touch_owners(struct changing *c, const char *name)
{
	static const char *const sql[] = {
		"UPDATE resource SET revision = revision + 1, modified_at = $2 WHERE id IN"
		" (SELECT owner_id FROM contribution WHERE owner = 'resource' AND name = $1)",
		"UPDATE session SET revision = revision + 1, modified_at = $2 WHERE id IN"
		" (SELECT owner_id FROM contribution WHERE owner = 'session' AND name = $1)",
		"UPDATE cycle SET revision = revision + 1 WHERE $2 IS NOT NULL AND id IN"
		" (SELECT owner_id FROM contribution WHERE owner = 'cycle' AND name = $1)",
	};
	enum status status =
		run_on_name(c->db,
			    "INSERT INTO change (kind, object_id) SELECT DISTINCT owner, owner_id"
			    " FROM contribution WHERE name = $1",
			    name, NULL);

	for (size_t i = 0; i < sizeof(sql) / sizeof(*sql) && status == OK; i++) {
		struct query *q = db_query(c->db, sql[i]);

		query_text(q, 1, name);
		query_int(q, 2, c->now);
		status = query_run(q);
	}
	return status;
}

static enum status change_rows(struct changing *c, const char *name)
{
	enum status status;

	if (c->to)
		return run_on_name(c->db, "UPDATE contribution SET name = $2 WHERE name = $1", name,
				   c->to);
	status = run_on_name(c->db,
			     "DELETE FROM contribution WHERE name = $1"
			     " AND organisation_id IS NULL",
			     name, NULL);
	if (status != OK)
		return status;
	return run_on_name(c->db,
			   "UPDATE contribution SET name = NULL, title = NULL, email = NULL,"
			   " affiliation = NULL WHERE name = $1",
			   name, NULL);
}

static enum status count_rows(struct changing *c, const char *name)
{
	struct query *q = db_query(c->db, "SELECT count(*) FROM contribution WHERE name = $1");
	int64_t n = 0;
	enum status status;

	query_text(q, 1, name);
	status = query_one_int(q, &n);
	c->result->n_contributions += n;
	return status;
}

static enum status change_contributions(struct changing *c)
{
	const char **name;
	size_t n;
	enum status status = spellings(c, &name, &n);

	for (size_t i = 0; i < n && status == OK; i++) {
		status = count_rows(c, name[i]);
		if (status == OK)
			status = touch_owners(c, name[i]);
		if (status == OK)
			status = change_rows(c, name[i]);
	}
	return status;
}

/* ---- in what is kept ----------------------------------------------------------------------- */

static void forget(json_t *contribution)
{
	static const char *const told[] = { "name", "title", "email", "affiliation" };

	for (size_t i = 0; i < sizeof(told) / sizeof(*told); i++)
		json_object_set_new(contribution, told[i], json_null());
}

/* True when it was changed. */
static bool change_object(const struct changing *c, struct arena *a, json_t *object)
{
	json_t *list = json_object_get(object, "contributions");
	bool changed = false;

	for (size_t i = json_array_size(list); i-- > 0;) {
		json_t *one = json_array_get(list, i);

		if (!is_meant(c, a, json_string_value(json_object_get(one, "name"))))
			continue;
		changed = true;
		if (c->to)
			json_object_set_new(one, "name", json_string(c->to));
		else if (json_is_string(json_object_get(one, "organisation")))
			forget(one);
		else
			json_array_remove(list, i);
	}
	return changed;
}

/* The text of an object with the name changed; NULL when it is not there. */
static const char *changed_text(const struct changing *c, struct arena *a, const char *data)
{
	json_t *object = json_loads(data, 0, NULL);
	const char *text = NULL;
	char *written;

	if (object && change_object(c, a, object)) {
		written = json_dumps(object, JSON_COMPACT | JSON_REAL_PRECISION(12));
		if (!written)
			die("cannot write an object as JSON");
		text = arena_strdup(a, written);
		free(written);
	}
	json_decref(object);
	return text;
}

/* A table of objects, walked by its two numbers. */
struct kept {
	const char *next, *write;
};

static const struct kept kept[] = {
	{ "SELECT resource_id, revision, data FROM resource_version"
	  " WHERE (resource_id, revision) > ($1, $2)"
	  " AND data LIKE '%\"contributions\":[{%' ORDER BY resource_id, revision LIMIT 1",
	  "UPDATE resource_version SET data = $3 WHERE resource_id = $1 AND revision = $2" },
	{ "SELECT batch_id, position, before FROM batch_item"
	  " WHERE (batch_id, position) > ($1, $2)"
	  " AND before LIKE '%\"contributions\":[{%' ORDER BY batch_id, position LIMIT 1",
	  "UPDATE batch_item SET before = $3 WHERE batch_id = $1 AND position = $2" },
};

static enum status write_kept(struct changing *c, const struct kept *k, int64_t id, int64_t number,
			      const char *text)
{
	struct query *q = db_query(c->db, k->write);

	query_int(q, 1, id);
	query_int(q, 2, number);
	query_text(q, 3, text);
	c->result->n_versions++;
	return query_run(q);
}

static enum status change_kept(struct changing *c, const struct kept *k)
{
	struct arena *a = arena_new();
	int64_t id = 0, number = -1;
	enum status status = OK;
	bool any = true;

	while (any && status == OK) {
		struct query *q = db_query(c->db, k->next);
		const char *text = NULL;

		arena_reset(a);
		query_int(q, 1, id);
		query_int(q, 2, number);
		any = query_row(q);
		if (any) {
			id = row_int(q, 0);
			number = row_int(q, 1);
			text = changed_text(c, a, row_text(q, 2, a));
		}
		status = query_end(q);
		if (status == OK && text)
			status = write_kept(c, k, id, number, text);
	}
	arena_free(a);
	return status;
}

static enum status change_all(struct changing *c)
{
	enum status status = db_begin(c->db);

	if (status != OK)
		return status;
	status = change_contributions(c);
	for (size_t i = 0; i < sizeof(kept) / sizeof(*kept) && status == OK; i++)
		status = change_kept(c, &kept[i]);
	if (status == OK && !c->result->n_contributions && !c->result->n_versions)
		status = NOT_FOUND;
	return db_end(c->db, status);
}

static enum status change_name(struct db *db, const char *name, const char *to, int64_t now,
			       struct naming_result *result)
{
	struct arena *a = arena_new();
	struct changing c = { db, a, text_fold(a, name), to, now, result };
	enum status status;

	*result = (struct naming_result){ 0 };
	status = change_all(&c);
	arena_free(a);
	return status;
}

enum status naming_rename(struct db *db, const char *name, const char *to, int64_t now,
			  struct naming_result *result)
{
	return change_name(db, name, to, now, result);
}

enum status naming_withdraw(struct db *db, const char *name, int64_t now,
			    struct naming_result *result)
{
	return change_name(db, name, NULL, now, result);
}
