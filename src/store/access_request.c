#include "store/access_request.h"

#include "base/arena.h"
#include "db/db.h"
#include "store/opening.h"
#include "store/row.h"

#define SELECT_REQUEST                                                                             \
	"SELECT q.id, q.person_id, q.resource_id, q.reason, q.made_at, q.answer, q.until_on,"      \
	" q.words, q.answered_at, r.slug, r.title, p.slug, p.given_name, p.family_name, p.email"   \
	" FROM access_request q JOIN resource r ON r.id = q.resource_id"                           \
	" JOIN person p ON p.id = q.person_id"

static struct access_request request_row(struct query *q, struct arena *a)
{
	return (struct access_request){
		.id = row_int(q, 0),
		.person_id = row_int(q, 1),
		.resource_id = row_int(q, 2),
		.reason = row_text(q, 3, a),
		.made_at = row_int(q, 4),
		.is_answered = !row_is_null(q, 5),
		.is_granted = row_text_is(q, 5, "granted"),
		.until_on = row_text(q, 6, a),
		.words = row_text(q, 7, a),
		.answered_at = row_number(q, 8),
		.resource = row_text(q, 9, a),
		.resource_title = row_text(q, 10, a),
		.person = row_text(q, 11, a),
		.given_name = row_text(q, 12, a),
		.family_name = row_text(q, 13, a),
		.email = row_text(q, 14, a),
	};
}

static enum status all(struct query *q, struct arena *a, struct access_request_list *list)
{
	size_t capacity = 0;

	*list = (struct access_request_list){ 0 };
	while (query_row(q))
		*arena_push(a, list->request, list->n_requests, capacity) = request_row(q, a);
	return query_end(q);
}

static enum status one(struct query *q, struct arena *a, struct access_request *found)
{
	struct access_request_list list;
	enum status status = all(q, a, &list);

	if (status == OK && !list.n_requests)
		return NOT_FOUND;
	if (status == OK)
		*found = list.request[0];
	return status;
}

enum status access_request_add(struct db *db, struct access_request *r)
{
	struct query *q = db_query(db, "INSERT INTO access_request (person_id, resource_id, reason,"
				       " made_at) SELECT $1, $2, $3, $4 WHERE NOT EXISTS"
				       " (SELECT 1 FROM access_request WHERE person_id = $1"
				       " AND resource_id = $2 AND answer IS NULL) RETURNING id");
	enum status status;

	query_int(q, 1, r->person_id);
	query_int(q, 2, r->resource_id);
	query_text(q, 3, r->reason);
	query_int(q, 4, r->made_at);
	status = query_one_int(q, &r->id);
	return status == NOT_FOUND ? CONFLICT : status;
}

enum status access_request_by_id(struct db *db, struct arena *a, int64_t id,
				 struct access_request *found)
{
	struct query *q = db_query(db, SELECT_REQUEST " WHERE q.id = $1");

	query_int(q, 1, id);
	return one(q, a, found);
}

enum status access_request_last(struct db *db, struct arena *a, int64_t person_id,
				int64_t resource_id, struct access_request *found)
{
	struct query *q =
		db_query(db, SELECT_REQUEST " WHERE q.person_id = $1 AND q.resource_id = $2"
					    " ORDER BY q.id DESC LIMIT 1");

	query_int(q, 1, person_id);
	query_int(q, 2, resource_id);
	return one(q, a, found);
}

enum status access_request_of_person(struct db *db, struct arena *a, int64_t person_id,
				     struct access_request_list *list)
{
	struct query *q = db_query(db, SELECT_REQUEST " WHERE q.person_id = $1 ORDER BY q.id DESC");

	query_int(q, 1, person_id);
	return all(q, a, list);
}

enum status access_request_waiting(struct db *db, struct arena *a, struct access_request_list *list)
{
	return all(db_query(db, SELECT_REQUEST " WHERE q.answer IS NULL ORDER BY q.id"), a, list);
}

enum status access_request_answered(struct db *db, struct arena *a, int limit,
				    struct access_request_list *list)
{
	struct query *q =
		db_query(db, SELECT_REQUEST " WHERE q.answer IS NOT NULL"
					    " ORDER BY q.answered_at DESC, q.id DESC LIMIT $1");

	query_int(q, 1, limit);
	return all(q, a, list);
}

enum status access_request_count_waiting(struct db *db, int64_t *n)
{
	return query_one_int(db_query(db, "SELECT count(*) FROM access_request"
					  " WHERE answer IS NULL"),
			     n);
}

enum status access_request_answer(struct db *db, struct arena *a, const struct access_request *r,
				  const char *until_on, const char *words, int64_t by, int64_t now)
{
	struct query *q = db_query(db, "UPDATE access_request SET answer = $2, until_on = $3,"
				       " words = $4, answered_by = $5, answered_at = $6"
				       " WHERE id = $1 AND answer IS NULL RETURNING id");
	int64_t id;
	enum status status;

	query_int(q, 1, r->id);
	query_text(q, 2, until_on ? "granted" : "refused");
	query_text(q, 3, until_on);
	query_text(q, 4, words);
	query_id(q, 5, by);
	query_int(q, 6, now);
	status = query_one_int(q, &id);
	if (status == NOT_FOUND)
		return CONFLICT;
	if (status != OK || !until_on)
		return status;
	return opening_add(db, OF_RESOURCE, r->resource_id,
			   arena_printf(a, "grant-%lld", (long long)r->id));
}
