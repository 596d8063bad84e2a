#include "store/redirect.h"

#include "base/arena.h"
#include "db/db.h"
#include "store/change.h"

enum status redirect_find(struct db *db, struct arena *a, const char *path, const char **target)
{
	struct query *q = db_query(db, "SELECT target FROM redirect WHERE path = $1");
	enum status status;

	*target = NULL;
	query_text(q, 1, path);
	if (query_row(q))
		*target = row_text(q, 0, a);
	status = query_end(q);
	return status == OK && !*target ? NOT_FOUND : status;
}

enum status redirect_all(struct db *db, struct arena *a, struct redirect_list *list)
{
	struct query *q = db_query(db, "SELECT path, target FROM redirect ORDER BY path");
	size_t capacity = 0;

	*list = (struct redirect_list){ 0 };
	while (query_row(q))
		*arena_push(a, list->redirect, list->n_redirects, capacity) = (struct redirect){
			.path = row_text(q, 0, a),
			.target = row_text(q, 1, a),
		};
	return query_end(q);
}

enum status redirect_save(struct db *db, const struct redirect *r)
{
	struct query *q = db_query(db, "INSERT INTO redirect (path, target) VALUES ($1, $2)"
				       " ON CONFLICT (path) DO UPDATE SET target = $2");
	enum status status;

	query_text(q, 1, r->path);
	query_text(q, 2, r->target);
	status = query_run(q);
	return status == OK ? change_note(db, "redirect", 0) : status;
}

enum status redirect_move(struct db *db, const char *from, const char *to)
{
	const struct redirect moved = { from, to };
	struct query *q = db_query(db, "UPDATE redirect SET target = $2 WHERE target = $1");
	enum status status;

	query_text(q, 1, from);
	query_text(q, 2, to);
	status = query_run(q);
	if (status == OK)
		status = redirect_remove(db, to);
	return status == OK ? redirect_save(db, &moved) : status;
}

enum status redirect_remove(struct db *db, const char *path)
{
	struct query *q = db_query(db, "DELETE FROM redirect WHERE path = $1");
	enum status status;

	query_text(q, 1, path);
	status = query_run(q);
	return status == OK ? change_note(db, "redirect", 0) : status;
}
