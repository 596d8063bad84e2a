#include "base/arena.h"
#include "db/db.h"
#include "store/change.h"
#include "store/contribution.h"
#include "store/link.h"
#include "store/opening.h"
#include "store/row.h"
#include "store/session.h"

struct object cycle_object(const struct cycle *c)
{
	return (struct object){ c->visibility, true, true, c->is_opened };
}

#define SELECT_CYCLE                                                                               \
	"SELECT c.id, c.slug, c.title, c.description, c.announced, c.visibility,"                  \
	" (SELECT count(*) FROM session s WHERE s.cycle_id = c.id"                                 \
	" AND " ACCESS_READ_SQL("session", "s",                                                    \
				"$1") "), " ACCESS_OPENED_SQL("cycle", "c", "$1") " FROM cycle c"

#define READABLE " WHERE " ACCESS_READ_SQL("cycle", "c", "$1")

static struct cycle cycle_row(struct query *q, struct arena *a)
{
	return (struct cycle){
		.id = row_int(q, 0),
		.slug = row_text(q, 1, a),
		.title = row_text(q, 2, a),
		.description = html_trusted(row_text(q, 3, a)),
		.announced = row_number(q, 4),
		.visibility = row_visibility(q, 5),
		.n_sessions = row_int(q, 6),
		.is_opened = row_int(q, 7) != 0,
	};
}

static enum status all(struct query *q, struct arena *a, struct cycle_list *list)
{
	size_t capacity = 0;

	*list = (struct cycle_list){ 0 };
	while (query_row(q))
		*arena_push(a, list->cycle, list->n_cycles, capacity) = cycle_row(q, a);
	return query_end(q);
}

enum status cycle_by_slug(struct db *db, struct arena *a, const struct reader *reader,
			  const char *slug, struct cycle *found)
{
	struct query *q = db_query(db, SELECT_CYCLE READABLE " AND c.slug = $2");
	struct cycle_list list;
	enum status status;

	query_reader(q, 1, reader);
	query_text(q, 2, slug);
	status = all(q, a, &list);
	if (status == OK && list.n_cycles == 0)
		return NOT_FOUND;
	if (status == OK)
		*found = list.cycle[0];
	return status;
}

enum status cycle_of_resource(struct db *db, struct arena *a, const struct reader *reader,
			      int64_t resource_id, struct cycle_list *list)
{
	struct query *q = db_query(db, SELECT_CYCLE READABLE
				   " AND c.id IN (SELECT cycle_id FROM resource_cycle"
				   " WHERE resource_id = $2) ORDER BY c.id");

	query_reader(q, 1, reader);
	query_int(q, 2, resource_id);
	return all(q, a, list);
}

enum status cycle_all(struct db *db, struct arena *a, const struct reader *reader,
		      struct cycle_list *list)
{
	struct query *q = db_query(db, SELECT_CYCLE READABLE " ORDER BY c.slug");

	query_reader(q, 1, reader);
	return all(q, a, list);
}

enum status cycle_id_of(struct db *db, const char *slug, int64_t *id)
{
	struct query *q = db_query(db, "SELECT id FROM cycle WHERE slug = $1");

	query_text(q, 1, slug);
	return query_one_int(q, id);
}

enum status cycle_save(struct db *db, struct cycle *c)
{
	struct query *q =
		c->id ? db_query(db, "UPDATE cycle SET slug = $1, title = $2, description = $3,"
				     " announced = $4, visibility = $5, revision = revision + 1"
				     " WHERE id = $6 RETURNING id")
		      : db_query(db, "INSERT INTO cycle (slug, title, description, announced,"
				     " visibility) VALUES ($1, $2, $3, $4, $5) RETURNING id");
	enum status status;

	query_text(q, 1, c->slug);
	query_text(q, 2, c->title);
	query_text(q, 3, c->description.markup);
	query_number(q, 4, c->announced);
	query_text(q, 5, visibility_name(c->visibility));
	if (c->id)
		query_int(q, 6, c->id);
	status = query_one_int(q, &c->id);
	return status == OK ? change_note(db, "cycle", c->id) : status;
}

enum status cycle_remove(struct db *db, int64_t id)
{
	enum status status = link_set(db, OF_CYCLE, id, NULL, 0);
	struct query *q;

	if (status == OK)
		status = contribution_set(db, OF_CYCLE, id, NULL, 0);
	if (status == OK)
		status = opening_clear(db, OF_CYCLE, id);
	if (status != OK)
		return status;
	q = db_query(db, "DELETE FROM cycle WHERE id = $1");
	query_int(q, 1, id);
	status = query_run(q);
	return status == OK ? change_note(db, "cycle", id) : status;
}

enum status cycle_resource_slugs(struct db *db, struct arena *a, const struct reader *reader,
				 int64_t id, const char ***slug, size_t *n)
{
	struct query *q = db_query(
		db, "SELECT r.slug FROM resource_cycle x JOIN resource r ON r.id = x.resource_id"
		    " WHERE " ACCESS_DISCOVER_RESOURCE_SQL("r", "$1") " AND x.cycle_id = $2"
								      " ORDER BY r.slug");
	size_t capacity = 0;

	*slug = NULL;
	*n = 0;
	query_reader(q, 1, reader);
	query_int(q, 2, id);
	while (query_row(q))
		*arena_push(a, *slug, *n, capacity) = row_text(q, 0, a);
	return query_end(q);
}

enum status cycle_clear_resources(struct db *db, int64_t id)
{
	struct query *q = db_query(db, "DELETE FROM resource_cycle WHERE cycle_id = $1");

	query_int(q, 1, id);
	return query_run(q);
}

enum status cycle_add_resource(struct db *db, int64_t id, int64_t resource_id)
{
	struct query *q = db_query(db, "INSERT INTO resource_cycle (cycle_id, resource_id)"
				       " VALUES ($1, $2) ON CONFLICT DO NOTHING");

	query_int(q, 1, id);
	query_int(q, 2, resource_id);
	return query_run(q);
}
