#include "store/change.h"

#include "base/arena.h"
#include "db/db.h"

enum status change_note(struct db *db, const char *kind, int64_t object_id)
{
	struct query *q = db_query(db, "INSERT INTO change (kind, object_id) VALUES ($1, $2)");

	query_text(q, 1, kind);
	query_int(q, 2, object_id);
	return query_run(q);
}

enum status change_last(struct db *db, int64_t *number)
{
	return query_one_int(db_query(db, "SELECT coalesce(max(id), 0) FROM change"), number);
}

enum status change_since(struct db *db, struct arena *a, int64_t after, struct change_list *list)
{
	struct query *q = db_query(db, "SELECT id, kind, object_id FROM change WHERE id > $1"
				       " ORDER BY id");
	size_t capacity = 0;
	enum status status;

	*list = (struct change_list){ 0 };
	query_int(q, 1, after);
	while (query_row(q))
		*arena_push(a, list->change, list->n_changes, capacity) =
			(struct change){ row_int(q, 0), row_text(q, 1, a), row_int(q, 2) };
	status = query_end(q);
	/* Numbers have no gaps: what was rolled back gives its own back. */
	if (status == OK && list->n_changes && list->change[0].id != after + 1)
		return NOT_FOUND;
	return status;
}

enum status change_is(struct db *db, int64_t id, const char *kind, int64_t object_id, bool *is)
{
	struct query *q = db_query(db, "SELECT count(*) FROM change"
				       " WHERE id = $1 AND kind = $2 AND object_id = $3");
	int64_t n;
	enum status status;

	query_int(q, 1, id);
	query_text(q, 2, kind);
	query_int(q, 3, object_id);
	status = query_one_int(q, &n);
	*is = status == OK && n == 1;
	return status;
}

enum status change_prune(struct db *db)
{
	return query_run(db_query(db, "DELETE FROM change WHERE id <="
				      " (SELECT max(id) - 10000 FROM change)"));
}
