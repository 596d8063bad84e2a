#include "base/arena.h"
#include "base/names.h"
#include "db/db.h"
#include "store/change.h"
#include "store/membership.h"
#include "store/person.h"
#include "store/row.h"

static const char *const kinds[] = { "elected", "officer", "partner", "other" };

bool function_kind_is_known(const char *kind)
{
	return NAME_PLACE(kinds, kind) >= 0;
}

#define IS_CURRENT "(f.from_on <= $2 AND (f.to_on IS NULL OR f.to_on >= $2))"

/* $2 is the day. */
#define SELECT_FUNCTION                                                                            \
	"SELECT f.id, f.person_id, f.organisation_id, f.kind, f.title, f.from_on, f.to_on,"        \
	" f.is_representative, f.is_manager, o.slug, o.name, p.slug, p.given_name,"                \
	" p.family_name, p.email, p.is_shown, " IS_CURRENT ", " MEMBERSHIP_SQL(                    \
		"f", "$2") ", f.invited_as, f.invited_at FROM function f JOIN organisation o ON "  \
			   "o.id = f.organisation_id"                                              \
			   " JOIN person p ON p.id = f.person_id"

/* A place among the others would tell of a name that is not told. */
#define BY_NAME                                                                                    \
	" CASE WHEN f.invited_as IS NULL THEN 0 ELSE 1 END,"                                       \
	" CASE WHEN f.invited_as IS NULL THEN p.family_name ELSE '' END,"                          \
	" CASE WHEN f.invited_as IS NULL THEN p.given_name ELSE '' END, f.id"

static struct function function_row(struct query *q, struct arena *a)
{
	return (struct function){
		.id = row_int(q, 0),
		.person_id = row_int(q, 1),
		.organisation_id = row_int(q, 2),
		.kind = row_text(q, 3, a),
		.title = row_text(q, 4, a),
		.from_on = row_text(q, 5, a),
		.to_on = row_text(q, 6, a),
		.is_representative = row_int(q, 7) != 0,
		.is_manager = row_int(q, 8) != 0,
		.organisation = row_text(q, 9, a),
		.organisation_name = row_text(q, 10, a),
		.person = row_text(q, 11, a),
		.given_name = row_text(q, 12, a),
		.family_name = row_text(q, 13, a),
		.email = row_text(q, 14, a),
		.is_shown = row_int(q, 15) != 0,
		.is_current = row_int(q, 16) != 0,
		.is_member_current = row_int(q, 17) != 0,
		.invited_as = row_text(q, 18, a),
		.invited_at = row_int(q, 19),
	};
}

static enum status all(struct query *q, struct arena *a, int64_t of, const char *today,
		       struct function_list *list)
{
	size_t capacity = 0;

	*list = (struct function_list){ 0 };
	query_int(q, 1, of);
	query_text(q, 2, today);
	while (query_row(q))
		*arena_push(a, list->function, list->n_functions, capacity) = function_row(q, a);
	return query_end(q);
}

enum status function_of_person(struct db *db, struct arena *a, int64_t person_id, const char *today,
			       struct function_list *list)
{
	struct query *q = db_query(db, SELECT_FUNCTION " WHERE f.person_id = $1"
						       " ORDER BY 17 DESC, f.from_on DESC, f.id");

	return all(q, a, person_id, today, list);
}

enum status function_of_organisation(struct db *db, struct arena *a, int64_t organisation_id,
				     const char *today, bool shown_only, struct function_list *list)
{
	struct query *q = shown_only ? db_query(db, SELECT_FUNCTION
						" WHERE f.organisation_id = $1 AND p.is_shown = 1"
						" AND p.is_erased = 0 AND p.is_blocked = 0"
						" AND f.invited_as IS NULL AND " IS_CURRENT
						" ORDER BY" BY_NAME)
				     : db_query(db, SELECT_FUNCTION
						" WHERE f.organisation_id = $1 AND p.is_erased = 0"
						" ORDER BY 17 DESC," BY_NAME);

	return all(q, a, organisation_id, today, list);
}

enum status function_by_id(struct db *db, struct arena *a, int64_t id, const char *today,
			   struct function *found)
{
	struct function_list list;
	enum status status =
		all(db_query(db, SELECT_FUNCTION " WHERE f.id = $1"), a, id, today, &list);

	if (status == OK && !list.n_functions)
		return NOT_FOUND;
	if (status == OK)
		*found = list.function[0];
	return status;
}

static void bind(struct query *q, const struct function *f)
{
	query_int(q, 1, f->person_id);
	query_int(q, 2, f->organisation_id);
	query_text(q, 3, f->kind);
	query_text(q, 4, f->title);
	query_text(q, 5, f->from_on);
	query_text(q, 6, f->to_on);
	query_int(q, 7, f->is_representative);
	query_int(q, 8, f->is_manager);
	query_text(q, 9, f->invited_as);
	query_int(q, 10, f->invited_at);
}

enum status function_save(struct db *db, struct function *f)
{
	struct query *q;
	enum status status;

	if (!days_are_in_order(f->from_on, f->to_on))
		return INVALID;
	q = f->id ? db_query(db,
			     "UPDATE function SET person_id = $1, organisation_id = $2, kind = $3,"
			     " title = $4, from_on = $5, to_on = $6, is_representative = $7,"
			     " is_manager = $8, invited_as = $9, invited_at = $10"
			     " WHERE id = $11 RETURNING id")
		  : db_query(db, "INSERT INTO function (person_id, organisation_id, kind, title,"
				 " from_on, to_on, is_representative, is_manager, invited_as,"
				 " invited_at)"
				 " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) RETURNING id");
	bind(q, f);
	if (f->id)
		query_int(q, 11, f->id);
	status = query_one_int(q, &f->id);
	return status == OK ? change_note(db, "person", f->person_id) : status;
}

enum status function_end(struct db *db, int64_t id, const char *last_day)
{
	struct query *q = db_query(db, "DELETE FROM function WHERE id = $1 AND from_on > $2");
	enum status status;

	query_int(q, 1, id);
	query_text(q, 2, last_day);
	status = query_run(q);
	if (status != OK)
		return status;
	q = db_query(db, "UPDATE function SET to_on = $2 WHERE id = $1"
			 " AND (to_on IS NULL OR to_on > $2)");
	query_int(q, 1, id);
	query_text(q, 2, last_day);
	status = query_run(q);
	return status == OK ? change_note(db, "person", 0) : status;
}

enum status function_set_organisation(struct db *db, int64_t id, int64_t organisation_id)
{
	struct query *q = db_query(db, "UPDATE function SET organisation_id = $2 WHERE id = $1");

	query_int(q, 1, id);
	query_int(q, 2, organisation_id);
	return query_run(q);
}

enum status function_clear(struct db *db, int64_t person_id)
{
	struct query *q = db_query(db, "DELETE FROM function WHERE person_id = $1");

	query_int(q, 1, person_id);
	return query_run(q);
}

enum status function_count_managers(struct db *db, int64_t organisation_id, const char *today,
				    int64_t but, int64_t but_person, int64_t *n)
{
	struct query *q = db_query(db, "SELECT count(*) FROM function f JOIN person p"
				       " ON p.id = f.person_id WHERE f.organisation_id = $1"
				       " AND " IS_CURRENT " AND f.is_manager = 1 AND f.id <> $3"
				       " AND f.person_id <> $4"
				       " AND p.is_blocked = 0 AND p.is_erased = 0");

	query_int(q, 1, organisation_id);
	query_text(q, 2, today);
	query_int(q, 3, but);
	query_int(q, 4, but_person);
	return query_one_int(q, n);
}
