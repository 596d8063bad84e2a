#include "store/membership.h"

#include <string.h>

#include "base/arena.h"
#include "base/names.h"
#include "db/db.h"
#include "store/change.h"

static const char *const kinds[] = { "full", "associate", "honorary" };

bool membership_kind_is_known(const char *kind)
{
	return NAME_PLACE(kinds, kind) >= 0;
}

bool days_are_in_order(const char *from_on, const char *to_on)
{
	return !to_on || strcmp(from_on, to_on) <= 0;
}

enum status membership_of(struct db *db, struct arena *a, int64_t organisation_id,
			  struct membership_list *list)
{
	struct query *q =
		db_query(db, "SELECT id, organisation_id, kind, from_on, to_on FROM membership"
			     " WHERE organisation_id = $1 ORDER BY from_on DESC, id DESC");
	size_t capacity = 0;

	*list = (struct membership_list){ 0 };
	query_int(q, 1, organisation_id);
	while (query_row(q))
		*arena_push(a, list->membership, list->n_memberships, capacity) =
			(struct membership){
				.id = row_int(q, 0),
				.organisation_id = row_int(q, 1),
				.kind = row_text(q, 2, a),
				.from_on = row_text(q, 3, a),
				.to_on = row_text(q, 4, a),
			};
	return query_end(q);
}

enum status membership_save(struct db *db, struct membership *m)
{
	struct query *q;
	enum status status;

	if (!days_are_in_order(m->from_on, m->to_on))
		return INVALID;
	q = m->id ? db_query(db, "UPDATE membership SET organisation_id = $1, kind = $2,"
				 " from_on = $3, to_on = $4 WHERE id = $5 RETURNING id")
		  : db_query(db, "INSERT INTO membership (organisation_id, kind, from_on, to_on)"
				 " VALUES ($1, $2, $3, $4) RETURNING id");
	query_int(q, 1, m->organisation_id);
	query_text(q, 2, m->kind);
	query_text(q, 3, m->from_on);
	query_text(q, 4, m->to_on);
	if (m->id)
		query_int(q, 5, m->id);
	status = query_one_int(q, &m->id);
	return status == OK ? change_note(db, "membership", m->organisation_id) : status;
}

enum status membership_remove(struct db *db, int64_t organisation_id, int64_t id)
{
	struct query *q =
		db_query(db, "DELETE FROM membership WHERE organisation_id = $1 AND id = $2");
	enum status status;

	query_int(q, 1, organisation_id);
	query_int(q, 2, id);
	status = query_run(q);
	return status == OK ? change_note(db, "membership", organisation_id) : status;
}

enum status membership_clear(struct db *db, int64_t organisation_id)
{
	struct query *q = db_query(db, "DELETE FROM membership WHERE organisation_id = $1");

	query_int(q, 1, organisation_id);
	return query_run(q);
}

enum status membership_is_current(struct db *db, int64_t organisation_id, const char *day,
				  bool *is_current)
{
	struct query *q = db_query(db, "SELECT count(*) FROM membership"
				       " WHERE organisation_id = $1 AND from_on <= $2"
				       " AND (to_on IS NULL OR to_on >= $2)");
	int64_t n;
	enum status status;

	query_int(q, 1, organisation_id);
	query_text(q, 2, day);
	status = query_one_int(q, &n);
	*is_current = status == OK && n > 0;
	return status;
}

enum status membership_current(struct db *db, struct arena *a, const char *day,
			       int64_t **organisation_id, size_t *n)
{
	struct query *q = db_query(db, "SELECT DISTINCT organisation_id FROM membership"
				       " WHERE from_on <= $1 AND (to_on IS NULL OR to_on >= $1)"
				       " ORDER BY organisation_id");
	size_t capacity = 0;

	*organisation_id = NULL;
	*n = 0;
	query_text(q, 1, day);
	while (query_row(q))
		*arena_push(a, *organisation_id, *n, capacity) = row_int(q, 0);
	return query_end(q);
}
