#include "store/batch.h"

#include <string.h>

#include "base/arena.h"
#include "base/log.h"
#include "db/db.h"
#include "store/row.h"

#define SELECT_BATCH                                                                               \
	"SELECT b.id, b.format, b.name, b.made_at, b.undone_at,"                                   \
	" (SELECT count(*) FROM batch_item i WHERE i.batch_id = b.id) FROM batch b"

static struct batch batch_row(struct query *q, struct arena *a)
{
	return (struct batch){
		.id = row_int(q, 0),
		.format = row_text(q, 1, a),
		.name = row_text(q, 2, a),
		.made_at = row_int(q, 3),
		.undone_at = row_int(q, 4),
		.n_items = row_int(q, 5),
	};
}

enum status batch_add(struct db *db, const char *format, const char *name, int64_t now, int64_t *id)
{
	struct query *q = db_query(db, "INSERT INTO batch (format, name, made_at)"
				       " VALUES ($1, $2, $3) RETURNING id");

	query_text(q, 1, format);
	query_text(q, 2, name);
	query_int(q, 3, now);
	return query_one_int(q, id);
}

enum status batch_by_id(struct db *db, struct arena *a, int64_t id, struct batch *found)
{
	struct query *q = db_query(db, SELECT_BATCH " WHERE b.id = $1");
	bool any;
	enum status status;

	query_int(q, 1, id);
	any = query_row(q);
	if (any)
		*found = batch_row(q, a);
	status = query_end(q);
	return status == OK && !any ? NOT_FOUND : status;
}

enum status batch_all(struct db *db, struct arena *a, struct batch_list *list)
{
	struct query *q = db_query(db, SELECT_BATCH " ORDER BY b.id");
	size_t capacity = 0;

	*list = (struct batch_list){ 0 };
	while (query_row(q))
		*arena_push(a, list->batch, list->n_batches, capacity) = batch_row(q, a);
	return query_end(q);
}

static enum status run_with(struct query *q, int64_t first, int64_t second)
{
	query_int(q, 1, first);
	if (second)
		query_int(q, 2, second);
	return query_run(q);
}

enum status batch_remove(struct db *db, int64_t id)
{
	return run_with(db_query(db, "DELETE FROM batch WHERE id = $1"), id, 0);
}

enum status batch_mark_undone(struct db *db, int64_t id, int64_t now)
{
	return run_with(db_query(db, "UPDATE batch SET undone_at = $2 WHERE id = $1"), id, now);
}

enum status batch_add_item(struct db *db, int64_t batch, int64_t position,
			   const struct batch_item *item)
{
	struct query *q = db_query(db, "INSERT INTO batch_item (batch_id, position, kind, name,"
				       " object_id, revision, before)"
				       " VALUES ($1, $2, $3, $4, $5, $6, $7)");

	query_int(q, 1, batch);
	query_int(q, 2, position);
	query_text(q, 3, item->kind);
	query_text(q, 4, item->name);
	query_int(q, 5, item->object_id);
	query_int(q, 6, item->revision);
	query_text(q, 7, item->before);
	return query_run(q);
}

enum status batch_touch_item(struct db *db, int64_t batch, const char *kind, int64_t object_id,
			     int64_t revision)
{
	struct query *q = db_query(db, "UPDATE batch_item SET revision = $4 WHERE kind = $1"
				       " AND object_id = $2 AND batch_id = $3");

	query_text(q, 1, kind);
	query_int(q, 2, object_id);
	query_int(q, 3, batch);
	query_int(q, 4, revision);
	return query_run(q);
}

enum status batch_has(struct db *db, int64_t batch, const char *kind, int64_t object_id, bool *has)
{
	struct query *q = db_query(db, "SELECT 1 FROM batch_item WHERE kind = $1"
				       " AND object_id = $2 AND batch_id = $3 LIMIT 1");

	query_text(q, 1, kind);
	query_int(q, 2, object_id);
	query_int(q, 3, batch);
	*has = query_row(q);
	return query_end(q);
}

enum status batch_items(struct db *db, struct arena *a, int64_t batch, struct batch_item_list *list)
{
	struct query *q = db_query(db, "SELECT kind, name, object_id, revision, before"
				       " FROM batch_item WHERE batch_id = $1"
				       " ORDER BY position DESC");
	size_t capacity = 0;

	*list = (struct batch_item_list){ 0 };
	query_int(q, 1, batch);
	while (query_row(q))
		*arena_push(a, list->item, list->n_items, capacity) = (struct batch_item){
			.kind = row_text(q, 0, a),
			.name = row_text(q, 1, a),
			.object_id = row_int(q, 2),
			.revision = row_int(q, 3),
			.before = row_text(q, 4, a),
		};
	return query_end(q);
}

enum status batch_revision(struct db *db, const char *kind, int64_t object_id, int64_t *revision)
{
	static const char *const question[][2] = {
		{ "resource", "SELECT revision FROM resource WHERE id = $1" },
		{ "session", "SELECT revision FROM session WHERE id = $1" },
		{ "cycle", "SELECT revision FROM cycle WHERE id = $1" },
		{ "collection", "SELECT revision FROM collection WHERE id = $1" },
		{ "organisation", "SELECT revision FROM organisation WHERE id = $1" },
		{ "person", "SELECT revision FROM person WHERE id = $1" },
		{ "group", "SELECT revision FROM working_group WHERE id = $1" },
		{ "term", "SELECT revision FROM term WHERE id = $1" },
	};

	for (size_t i = 0; i < sizeof(question) / sizeof(*question); i++) {
		struct query *q;

		if (strcmp(kind, question[i][0]) != 0)
			continue;
		q = db_query(db, question[i][1]);
		query_int(q, 1, object_id);
		return query_one_int(q, revision);
	}
	*revision = 0; /* a redirect has none */
	return OK;
}

enum status imported_find(struct db *db, struct arena *a, const char *source, const char *kind,
			  const char *source_id, struct imported *found)
{
	struct query *q = db_query(db, "SELECT object_id, digest FROM imported WHERE source = $1"
				       " AND kind = $2 AND source_id = $3");
	bool any;
	enum status status;

	query_text(q, 1, source);
	query_text(q, 2, kind);
	query_text(q, 3, source_id);
	any = query_row(q);
	if (any)
		*found = (struct imported){ source, source_id, kind, row_int(q, 0),
					    row_text(q, 1, a) };
	status = query_end(q);
	return status == OK && !any ? NOT_FOUND : status;
}

enum status imported_save(struct db *db, const struct imported *i)
{
	struct query *q = db_query(db, "INSERT INTO imported (source, source_id, kind, object_id,"
				       " digest) VALUES ($1, $2, $3, $4, $5)"
				       " ON CONFLICT (source, kind, source_id)"
				       " DO UPDATE SET object_id = $4, digest = $5");

	query_text(q, 1, i->source);
	query_text(q, 2, i->source_id);
	query_text(q, 3, i->kind);
	query_int(q, 4, i->object_id);
	query_text(q, 5, i->digest);
	return query_run(q);
}

enum status imported_forget(struct db *db, const char *kind, int64_t object_id)
{
	struct query *q = db_query(db, "DELETE FROM imported WHERE kind = $1 AND object_id = $2");

	query_text(q, 1, kind);
	query_int(q, 2, object_id);
	return query_run(q);
}
