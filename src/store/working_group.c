#include "store/working_group.h"

#include "base/arena.h"
#include "db/db.h"
#include "store/change.h"
#include "store/opening.h"
#include "store/row.h"

#define SELECT_GROUP                                                                               \
	"SELECT g.id, g.slug, g.name, g.description, g.coordinator_id, g.revision, p.slug,"        \
	" p.given_name, p.family_name, p.email,"                                                   \
	" (SELECT count(*) FROM group_member m WHERE m.group_id = g.id)"                           \
	" FROM working_group g LEFT JOIN person p ON p.id = g.coordinator_id"

static struct working_group group_row(struct query *q, struct arena *a)
{
	return (struct working_group){
		.id = row_int(q, 0),
		.slug = row_text(q, 1, a),
		.name = row_text(q, 2, a),
		.description = html_trusted(row_text(q, 3, a)),
		.coordinator_id = row_int(q, 4),
		.revision = row_int(q, 5),
		.coordinator = row_text(q, 6, a),
		.given_name = row_text(q, 7, a),
		.family_name = row_text(q, 8, a),
		.email = row_text(q, 9, a),
		.n_members = row_int(q, 10),
	};
}

static enum status all(struct query *q, struct arena *a, struct working_group_list *list)
{
	size_t capacity = 0;

	*list = (struct working_group_list){ 0 };
	while (query_row(q))
		*arena_push(a, list->group, list->n_groups, capacity) = group_row(q, a);
	return query_end(q);
}

static enum status one(struct query *q, struct arena *a, struct working_group *found)
{
	struct working_group_list list;
	enum status status = all(q, a, &list);

	if (status == OK && !list.n_groups)
		return NOT_FOUND;
	if (status == OK)
		*found = list.group[0];
	return status;
}

enum status working_group_all(struct db *db, struct arena *a, struct working_group_list *list)
{
	return all(db_query(db, SELECT_GROUP " ORDER BY g.name, g.id"), a, list);
}

enum status working_group_of_person(struct db *db, struct arena *a, int64_t person_id,
				    struct working_group_list *list)
{
	struct query *q =
		db_query(db, SELECT_GROUP " WHERE g.id IN (SELECT group_id FROM group_member"
					  " WHERE person_id = $1) ORDER BY g.name, g.id");

	query_int(q, 1, person_id);
	return all(q, a, list);
}

enum status working_group_by_slug(struct db *db, struct arena *a, const char *slug,
				  struct working_group *found)
{
	struct query *q = db_query(db, SELECT_GROUP " WHERE g.slug = $1");

	query_text(q, 1, slug);
	return one(q, a, found);
}

enum status working_group_by_id(struct db *db, struct arena *a, int64_t id,
				struct working_group *found)
{
	struct query *q = db_query(db, SELECT_GROUP " WHERE g.id = $1");

	query_int(q, 1, id);
	return one(q, a, found);
}

enum status working_group_save(struct db *db, struct working_group *g)
{
	struct query *q =
		g->id ? db_query(db, "UPDATE working_group SET slug = $1, name = $2,"
				     " description = $3, coordinator_id = $4,"
				     " revision = revision + 1 WHERE id = $5 RETURNING id")
		      : db_query(db, "INSERT INTO working_group (slug, name, description,"
				     " coordinator_id) VALUES ($1, $2, $3, $4) RETURNING id");
	enum status status;

	query_text(q, 1, g->slug);
	query_text(q, 2, g->name);
	query_text(q, 3, g->description.markup);
	query_id(q, 4, g->coordinator_id);
	if (g->id)
		query_int(q, 5, g->id);
	status = query_one_int(q, &g->id);
	return status == OK ? change_note(db, "group", g->id) : status;
}

enum status working_group_remove(struct db *db, struct arena *a, int64_t id)
{
	const char *key = arena_printf(a, "group-%lld", (long long)id);
	enum status status = opening_forget(db, key);
	struct query *q;

	if (status != OK)
		return status;
	q = db_query(db, "DELETE FROM working_group WHERE id = $1");
	query_int(q, 1, id);
	status = query_run(q);
	return status == OK ? change_note(db, "group", id) : status;
}

enum status working_group_join(struct db *db, int64_t id, int64_t person_id)
{
	struct query *q = db_query(db, "INSERT INTO group_member (group_id, person_id)"
				       " VALUES ($1, $2) ON CONFLICT (group_id, person_id)"
				       " DO NOTHING");

	query_int(q, 1, id);
	query_int(q, 2, person_id);
	return query_run(q);
}

enum status working_group_leave(struct db *db, int64_t id, int64_t person_id)
{
	struct query *q =
		db_query(db, "DELETE FROM group_member WHERE group_id = $1 AND person_id = $2");

	query_int(q, 1, id);
	query_int(q, 2, person_id);
	return query_run(q);
}

enum status working_group_set_coordinator(struct db *db, int64_t id, int64_t person_id)
{
	struct query *q =
		db_query(db, "UPDATE working_group SET coordinator_id = $2 WHERE id = $1");

	query_int(q, 1, id);
	query_id(q, 2, person_id);
	return query_run(q);
}

enum status working_group_clear(struct db *db, int64_t id)
{
	struct query *q = db_query(db, "DELETE FROM group_member WHERE group_id = $1");

	query_int(q, 1, id);
	return query_run(q);
}
