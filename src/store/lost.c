#include "store/lost.h"

#include "base/arena.h"
#include "db/db.h"
#include "store/row.h"

#define IS_LOST "l.url IS NULL AND l.resource_id IS NULL AND l.file_id IS NULL"

#define SELECT_LOST                                                                                \
	"SELECT l.id, l.owner, l.owner_id, coalesce(r.slug, c.slug, s.slug),"                      \
	" coalesce(r.title, c.title, s.title), l.role, l.label FROM link l"                        \
	" LEFT JOIN resource r ON l.owner = 'resource' AND r.id = l.owner_id"                      \
	" LEFT JOIN cycle c ON l.owner = 'cycle' AND c.id = l.owner_id"                            \
	" LEFT JOIN session s ON l.owner = 'session' AND s.id = l.owner_id"                        \
	" WHERE " IS_LOST " AND coalesce(r.id, c.id, s.id) IS NOT NULL"

static enum owner owner_in(struct query *q, int column)
{
	if (row_text_is(q, column, "cycle"))
		return OF_CYCLE;
	return row_text_is(q, column, "session") ? OF_SESSION : OF_RESOURCE;
}

static struct lost lost_row(struct query *q, struct arena *a)
{
	return (struct lost){
		.id = row_int(q, 0),
		.owner = owner_in(q, 1),
		.owner_id = row_int(q, 2),
		.slug = row_text(q, 3, a),
		.title = row_text(q, 4, a),
		.role = row_text(q, 5, a),
		.label = row_text(q, 6, a),
	};
}

enum status lost_all(struct db *db, struct arena *a, struct lost_list *list)
{
	struct query *q = db_query(db, SELECT_LOST " ORDER BY l.owner, 5, l.owner_id, l.position,"
						   " l.id");
	size_t capacity = 0;

	*list = (struct lost_list){ 0 };
	while (query_row(q))
		*arena_push(a, list->lost, list->n_lost, capacity) = lost_row(q, a);
	return query_end(q);
}

enum status lost_count(struct db *db, int64_t *n_links, int64_t *n_owners)
{
	struct query *q = db_query(db, "SELECT count(*), count(DISTINCT l.owner || l.owner_id)"
				       " FROM link l WHERE " IS_LOST);

	*n_links = *n_owners = 0;
	if (query_row(q)) {
		*n_links = row_int(q, 0);
		*n_owners = row_int(q, 1);
	}
	return query_end(q);
}

enum status lost_by_id(struct db *db, struct arena *a, int64_t id, struct lost *found)
{
	struct query *q = db_query(db, SELECT_LOST " AND l.id = $1");
	bool any;
	enum status status;

	query_int(q, 1, id);
	any = query_row(q);
	if (any)
		*found = lost_row(q, a);
	status = query_end(q);
	return status == OK && !any ? NOT_FOUND : status;
}

enum status lost_complete(struct db *db, int64_t id, const struct link *target)
{
	struct query *q =
		db_query(db, "UPDATE link AS l SET url = $2, resource_id = $3,"
			     " file_id = $4 WHERE l.id = $1 AND " IS_LOST " RETURNING id");
	int64_t same;

	query_int(q, 1, id);
	query_text(q, 2, target->url);
	query_id(q, 3, target->resource_id);
	query_text(q, 4, target->file);
	return query_one_int(q, &same);
}

enum status lost_give_up(struct db *db, int64_t id)
{
	struct query *q =
		db_query(db, "DELETE FROM link AS l WHERE l.id = $1 AND " IS_LOST " RETURNING id");
	int64_t same;

	query_int(q, 1, id);
	return query_one_int(q, &same);
}
