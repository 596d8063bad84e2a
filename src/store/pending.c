#include "store/pending.h"

#include "base/arena.h"
#include "db/db.h"

enum status pending_add(struct db *db, const struct pending *p)
{
	struct query *q = db_query(db, "INSERT INTO pending (line, owner, owner_id, field,"
				       " position, target) VALUES ($1, $2, $3, $4, $5, $6)");

	query_int(q, 1, p->line);
	query_text(q, 2, p->owner);
	query_int(q, 3, p->owner_id);
	query_text(q, 4, p->field);
	query_int(q, 5, p->position);
	query_text(q, 6, p->target);
	return query_run(q);
}

enum status pending_take(struct db *db, struct arena *a, int limit, struct pending_list *list)
{
	struct query *q = db_query(db, "DELETE FROM pending WHERE id IN"
				       " (SELECT id FROM pending ORDER BY id LIMIT $1)"
				       " RETURNING line, owner, owner_id, field, position, target");
	size_t capacity = 0;

	*list = (struct pending_list){ 0 };
	query_int(q, 1, limit);
	while (query_row(q))
		*arena_push(a, list->pending, list->n_pending, capacity) = (struct pending){
			.line = row_int(q, 0),
			.owner = row_text(q, 1, a),
			.owner_id = row_int(q, 2),
			.field = row_text(q, 3, a),
			.position = (int)row_int(q, 4),
			.target = row_text(q, 5, a),
		};
	return query_end(q);
}

enum status pending_clear(struct db *db)
{
	return query_run(db_query(db, "DELETE FROM pending"));
}
