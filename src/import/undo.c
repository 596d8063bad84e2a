#include "import/undo.h"

#include <string.h>

#include "base/arena.h"
#include "base/log.h"
#include "db/db.h"
#include "import/batch_import.h"
#include "import/import.h"
#include "store/batch.h"
#include "store/collection.h"
#include "store/organisation.h"
#include "store/person.h"
#include "store/redirect.h"
#include "store/resource.h"
#include "store/session.h"
#include "store/term.h"
#include "store/working_group.h"

struct undo {
	struct db *db;
	struct arena *a;
	struct undo_result *result;
	struct import *import; /* through which what was changed is put back */
	size_t capacity;
};

static void object_to(struct undo *u, const char *text)
{
	*arena_push(u->a, u->result->obstacle, u->result->n_obstacles, u->capacity) = text;
}

static enum status count_uses(struct undo *u, const char *sql, int64_t id, int64_t *n)
{
	struct query *q = db_query(u->db, sql);

	query_int(q, 1, id);
	return query_one_int(q, n);
}

/* Who else names a term, a collection, a cycle or an organisation by now. */
static enum status uses(struct undo *u, const struct batch_item *item, int64_t *n)
{
	*n = 0;
	if (!strcmp(item->kind, "term"))
		return count_uses(u,
				  "SELECT (SELECT count(*) FROM resource_term WHERE term_id = $1)"
				  " + (SELECT count(*) FROM resource WHERE kind_id = $1"
				  " OR form_id = $1)"
				  " + (SELECT count(*) FROM term WHERE parent_id = $1"
				  " OR replaced_by = $1)"
				  " + (SELECT count(*) FROM organisation WHERE territory_id = $1)",
				  item->object_id, n);
	if (!strcmp(item->kind, "collection"))
		return count_uses(u, "SELECT count(*) FROM resource WHERE collection_id = $1",
				  item->object_id, n);
	if (!strcmp(item->kind, "cycle"))
		return count_uses(u, "SELECT count(*) FROM session WHERE cycle_id = $1",
				  item->object_id, n);
	if (!strcmp(item->kind, "organisation"))
		return count_uses(u,
				  "SELECT (SELECT count(*) FROM contribution"
				  " WHERE organisation_id = $1)"
				  " + (SELECT count(*) FROM function WHERE organisation_id = $1)",
				  item->object_id, n);
	/* Who has an account by now stays. */
	if (!strcmp(item->kind, "person"))
		return count_uses(u,
				  "SELECT (SELECT count(*) FROM login_session WHERE person_id = $1)"
				  " + (SELECT count(*) FROM role WHERE person_id = $1)"
				  " + (SELECT count(*) FROM person WHERE id = $1"
				  " AND password IS NOT NULL)",
				  item->object_id, n);
	return OK;
}

static enum status remove_object(struct undo *u, const struct batch_item *item)
{
	if (!strcmp(item->kind, "resource"))
		return resource_remove(u->db, item->object_id);
	if (!strcmp(item->kind, "session"))
		return session_remove(u->db, item->object_id);
	if (!strcmp(item->kind, "cycle"))
		return cycle_remove(u->db, item->object_id);
	if (!strcmp(item->kind, "collection"))
		return collection_remove(u->db, item->object_id);
	if (!strcmp(item->kind, "organisation"))
		return organisation_remove(u->db, item->object_id);
	if (!strcmp(item->kind, "person"))
		return person_remove(u->db, item->object_id);
	if (!strcmp(item->kind, "group"))
		return working_group_remove(u->db, u->a, item->object_id);
	if (!strcmp(item->kind, "term"))
		return term_remove(u->db, item->object_id);
	return redirect_remove(u->db, item->name);
}

static enum status take_away(struct undo *u, const struct batch_item *item)
{
	int64_t n = 0;
	enum status status = uses(u, item, &n);

	if (status == OK && n > 0) {
		u->result->n_kept++;
		return OK;
	}
	if (status == OK)
		status = remove_object(u, item);
	if (status == OK)
		status = imported_forget(u->db, item->kind, item->object_id);
	u->result->n_removed += status == OK;
	return status;
}

static enum status put_back(struct undo *u, const struct batch_item *item)
{
	json_t *object = json_loads(item->before, 0, NULL);
	enum outcome outcome;
	enum status status = object ? import_object(u->import, 0, object, &outcome) : FAILED;

	json_decref(object);
	if (status == OK)
		status = imported_forget(u->db, item->kind, item->object_id);
	u->result->n_restored += status == OK;
	return status;
}

static enum status check(struct undo *u, const struct batch_item *item)
{
	int64_t revision = 0;
	enum status status = batch_revision(u->db, item->kind, item->object_id, &revision);

	if (status == NOT_FOUND) {
		if (item->before)
			object_to(u, arena_printf(u->a, "%s '%s' has been removed since",
						  item->kind, item->name));
		return OK;
	}
	if (status == OK && revision != item->revision)
		object_to(u, arena_printf(u->a, "%s '%s' has been changed since", item->kind,
					  item->name));
	return status;
}

static enum status check_all(struct undo *u, const struct batch_item_list *list)
{
	enum status status = OK;

	for (size_t i = 0; i < list->n_items && status == OK; i++)
		status = check(u, &list->item[i]);
	return status == OK && u->result->n_obstacles ? INVALID : status;
}

/*
 * First everything is put back, then what was made goes, the users of a thing before the
 * thing: links let go of what they name, so sessions and resources come before cycles,
 * collections and terms.
 */
static enum status undo_items(struct undo *u, const struct batch_item_list *list)
{
	static const char *const order[] = { "session",  "cycle",        "resource",
					     "redirect", "collection",   "group",
					     "person",   "organisation", "term" };
	enum status status = OK;

	for (size_t i = 0; i < list->n_items && status == OK; i++)
		if (list->item[i].before)
			status = put_back(u, &list->item[i]);
	for (size_t k = 0; k < sizeof(order) / sizeof(*order); k++)
		for (size_t i = 0; i < list->n_items && status == OK; i++)
			if (!list->item[i].before && !strcmp(list->item[i].kind, order[k]))
				status = take_away(u, &list->item[i]);
	return status;
}

static enum status undo_through_import(struct undo *u, const struct batch_item_list *list,
				       int64_t now)
{
	struct import_options options = { .format = "undo", .name = "", .now = now };
	struct import_result result;
	enum status status = import_begin(u->db, u->a, &options, &u->import);
	enum status ended;

	if (status != OK)
		return status;
	status = undo_items(u, list);
	/* It leaves a batch only when it restored something: that one may be undone too. */
	ended = import_end(u->import, &result);
	for (size_t i = 0; i < result.n_errors; i++)
		object_to(u, result.error[i].message);
	return status == OK ? ended : status;
}

enum status undo_batch(struct db *db, struct arena *a, int64_t id, int64_t now,
		       struct undo_result *result)
{
	struct undo u = { .db = db, .a = a, .result = result };
	struct batch batch;
	struct batch_item_list list = { 0 };
	enum status status;

	*result = (struct undo_result){ 0 };
	status = db_begin(db);
	if (status != OK)
		return status;
	status = batch_by_id(db, a, id, &batch);
	if (status == OK && batch.undone_at)
		status = CONFLICT;
	if (status == OK)
		status = batch_items(db, a, id, &list);
	if (status == OK)
		status = check_all(&u, &list);
	if (status == OK)
		status = undo_through_import(&u, &list, now);
	if (status == OK)
		status = batch_mark_undone(db, id, now);
	return db_end(db, status);
}
