#include "store/change.h"

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

enum status change_prune(struct db *db)
{
	return query_run(db_query(db, "DELETE FROM change WHERE id <="
				      " (SELECT max(id) - 10000 FROM change)"));
}
