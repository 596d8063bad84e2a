#include "store/session.h"

#include <stdio.h>

#include "base/arena.h"
#include "base/names.h"
#include "db/db.h"
#include "store/change.h"
#include "store/contribution.h"
#include "store/link.h"
#include "store/opening.h"
#include "store/row.h"

static const char *const statuses[] = { "planned", "confirmed", "cancelled", "held" };

const char *session_status_name(enum session_status status)
{
	return statuses[status];
}

bool session_status_parse(const char *name, enum session_status *status)
{
	int place = NAME_PLACE(statuses, name);

	if (place >= 0)
		*status = (enum session_status)place;
	return place >= 0;
}

struct object session_object(const struct session *s)
{
	return (struct object){ s->visibility, true, true, s->is_opened };
}

/* $1 is always what the reader holds. */
#define SELECT_SESSION                                                                             \
	"SELECT s.id, s.slug, s.cycle_id, s.number, s.title, s.on_day, s.starts_at, s.ends_at,"    \
	" s.status, s.visibility, s.audience, s.place, s.online_url, s.objectives, s.contents,"    \
	" s.description, s.duration_min, s.capacity, s.quota, s.opens_at, s.closes_at,"            \
	" s.members_until, s.registration_url, s.attended_text, s.sequence, s.modified_at,"        \
	" s.revision, c.slug, c.title, " ACCESS_OPENED_SQL(                                        \
		"session", "s", "$1") " FROM session s LEFT JOIN cycle c ON c.id = s.cycle_id"     \
				      " AND " ACCESS_READ_SQL("cycle", "c", "$1")

#define READABLE   " WHERE " ACCESS_READ_SQL("session", "s", "$1")
#define SOON_FIRST " ORDER BY s.on_day, coalesce(s.starts_at, 0), s.id"

/* Read one row of SELECT_SESSION. */
static struct session session_row(struct query *q, struct arena *a)
{
	struct session s = {
		.id = row_int(q, 0),
		.slug = row_text(q, 1, a),
		.cycle_id = row_int(q, 2),
		.number = row_number(q, 3),
		.title = row_text(q, 4, a),
		.on = row_text(q, 5, a),
		.starts_at = row_number(q, 6),
		.ends_at = row_number(q, 7),
		.visibility = row_visibility(q, 9),
		.audience = row_text(q, 10, a),
		.place = row_text(q, 11, a),
		.online_url = row_text(q, 12, a),
		.objectives = html_trusted(row_text(q, 13, a)),
		.contents = html_trusted(row_text(q, 14, a)),
		.description = html_trusted(row_text(q, 15, a)),
		.duration_min = row_number(q, 16),
		.capacity = row_number(q, 17),
		.quota = row_number(q, 18),
		.opens_at = row_number(q, 19),
		.closes_at = row_number(q, 20),
		.members_until = row_number(q, 21),
		.registration_url = row_text(q, 22, a),
		.attended_text = row_text(q, 23, a),
		.sequence = row_int(q, 24),
		.modified_at = row_int(q, 25),
		.revision = row_int(q, 26),
		.cycle = row_text(q, 27, a),
		.cycle_title = row_text(q, 28, a),
		.is_opened = row_int(q, 29) != 0,
	};

	(void)session_status_parse(row_text(q, 8, a), &s.status);
	return s;
}

static enum status one(struct query *q, struct arena *a, struct session *found)
{
	bool any = query_row(q);
	enum status status;

	if (any)
		*found = session_row(q, a);
	status = query_end(q);
	return status == OK && !any ? NOT_FOUND : status;
}

static enum status all(struct query *q, struct arena *a, struct session_list *list)
{
	size_t capacity = 0;

	*list = (struct session_list){ 0 };
	while (query_row(q))
		*arena_push(a, list->session, list->n_sessions, capacity) = session_row(q, a);
	return query_end(q);
}

enum status session_by_slug(struct db *db, struct arena *a, const struct reader *reader,
			    const char *slug, struct session *found)
{
	struct query *q = db_query(db, SELECT_SESSION READABLE " AND s.slug = $2");

	query_reader(q, 1, reader);
	query_text(q, 2, slug);
	return one(q, a, found);
}

enum status session_by_id(struct db *db, struct arena *a, const struct reader *reader, int64_t id,
			  struct session *found)
{
	struct query *q = db_query(db, SELECT_SESSION READABLE " AND s.id = $2");

	query_reader(q, 1, reader);
	query_int(q, 2, id);
	return one(q, a, found);
}

enum status session_coming(struct db *db, struct arena *a, const struct reader *reader,
			   const char *from, int limit, struct session_list *list)
{
	struct query *q = db_query(db, SELECT_SESSION READABLE " AND s.on_day >= $2" //
				   SOON_FIRST " LIMIT $3");

	query_reader(q, 1, reader);
	query_text(q, 2, from);
	query_int(q, 3, limit);
	return all(q, a, list);
}

enum status session_past(struct db *db, struct arena *a, const struct reader *reader,
			 const char *until, int limit, int skip, struct session_list *list)
{
	struct query *q = db_query(db, SELECT_SESSION READABLE
				   " AND s.on_day < $2"
				   " ORDER BY s.on_day DESC, coalesce(s.starts_at, 0) DESC, s.id"
				   " LIMIT $3 OFFSET $4");

	query_reader(q, 1, reader);
	query_text(q, 2, until);
	query_int(q, 3, limit);
	query_int(q, 4, skip);
	return all(q, a, list);
}

enum status session_of_cycle(struct db *db, struct arena *a, const struct reader *reader,
			     int64_t cycle_id, struct session_list *list)
{
	struct query *q = db_query(db, SELECT_SESSION READABLE " AND s.cycle_id = $2" SOON_FIRST);

	query_reader(q, 1, reader);
	query_int(q, 2, cycle_id);
	return all(q, a, list);
}

enum status session_of_resource(struct db *db, struct arena *a, const struct reader *reader,
				int64_t resource_id, struct session_list *list)
{
	struct query *q = db_query(db, SELECT_SESSION READABLE
				   " AND s.id IN (SELECT session_id FROM resource_session"
				   " WHERE resource_id = $2)" SOON_FIRST);

	query_reader(q, 1, reader);
	query_int(q, 2, resource_id);
	return all(q, a, list);
}

enum status session_attended(struct db *db, struct arena *a, const struct reader *reader,
			     int64_t person_id, struct session_list *list)
{
	struct query *q = db_query(db, SELECT_SESSION READABLE
				   " AND s.id IN (SELECT session_id FROM attendance"
				   " WHERE person_id = $2) ORDER BY s.on_day DESC, s.id DESC");

	query_reader(q, 1, reader);
	query_int(q, 2, person_id);
	return all(q, a, list);
}

enum status session_after(struct db *db, struct arena *a, const struct reader *reader,
			  const char *slug, int limit, struct session_list *list)
{
	struct query *q = db_query(db, SELECT_SESSION READABLE " AND s.slug > $2"
							       " ORDER BY s.slug LIMIT $3");

	query_reader(q, 1, reader);
	query_text(q, 2, slug);
	query_int(q, 3, limit);
	return all(q, a, list);
}

enum status session_between(struct db *db, struct arena *a, const struct reader *reader,
			    const char *from, const char *until, int limit, int skip,
			    struct session_list *list)
{
	struct query *q =
		db_query(db, SELECT_SESSION READABLE " AND s.on_day >= $2 AND s.on_day <= $3" //
			 SOON_FIRST " LIMIT $4 OFFSET $5");

	query_reader(q, 1, reader);
	query_text(q, 2, from);
	query_text(q, 3, until);
	query_int(q, 4, limit);
	query_int(q, 5, skip);
	return all(q, a, list);
}

enum status session_count_between(struct db *db, const struct reader *reader, const char *from,
				  const char *until, int64_t *n)
{
	struct query *q = db_query(db, "SELECT count(*) FROM session s" READABLE
				       " AND s.on_day >= $2 AND s.on_day <= $3");

	query_reader(q, 1, reader);
	query_text(q, 2, from);
	query_text(q, 3, until);
	return query_one_int(q, n);
}

enum status session_count(struct db *db, const struct reader *reader, int64_t *n)
{
	struct query *q = db_query(db, "SELECT count(*) FROM session s" READABLE);

	query_reader(q, 1, reader);
	return query_one_int(q, n);
}

enum status session_next_moment(struct db *db, const struct reader *reader, int64_t now,
				int64_t *moment)
{
	struct query *q = db_query(db, "SELECT min(m) FROM ("
				       "SELECT min(s.starts_at) AS m FROM session s" READABLE
				       " AND s.starts_at > $2"
				       " UNION ALL SELECT min(s.ends_at) FROM session s" READABLE
				       " AND s.ends_at > $2) AS moments");

	*moment = NO_NUMBER;
	query_reader(q, 1, reader);
	query_int(q, 2, now);
	if (query_row(q))
		*moment = row_number(q, 0);
	return query_end(q);
}

enum status session_id_of(struct db *db, const char *slug, int64_t *id)
{
	struct query *q = db_query(db, "SELECT id FROM session WHERE slug = $1");

	query_text(q, 1, slug);
	return query_one_int(q, id);
}

static void bind(struct query *q, const struct session *s)
{
	query_text(q, 1, s->slug);
	query_id(q, 2, s->cycle_id);
	query_number(q, 3, s->number);
	query_text(q, 4, s->title);
	query_text(q, 5, s->on);
	query_number(q, 6, s->starts_at);
	query_number(q, 7, s->ends_at);
	query_text(q, 8, session_status_name(s->status));
	query_text(q, 9, visibility_name(s->visibility));
	query_text(q, 10, s->audience);
	query_text(q, 11, s->place);
	query_text(q, 12, s->online_url);
	query_text(q, 13, s->objectives.markup);
	query_text(q, 14, s->contents.markup);
	query_text(q, 15, s->description.markup);
	query_number(q, 16, s->duration_min);
	query_number(q, 17, s->capacity);
	query_number(q, 18, s->quota);
	query_number(q, 19, s->opens_at);
	query_number(q, 20, s->closes_at);
	query_number(q, 21, s->members_until);
	query_text(q, 22, s->registration_url);
	query_text(q, 23, s->attended_text);
	query_int(q, 24, s->sequence);
	query_int(q, 25, s->modified_at);
}

#define INSERT_SESSION                                                                             \
	"INSERT INTO session (slug, cycle_id, number, title, on_day, starts_at, ends_at, status,"  \
	" visibility, audience, place, online_url, objectives, contents, description,"             \
	" duration_min, capacity, quota, opens_at, closes_at, members_until, registration_url,"    \
	" attended_text, sequence, modified_at)"                                                   \
	" VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17,"     \
	" $18, $19, $20, $21, $22, $23, $24, $25) RETURNING id"

#define UPDATE_SESSION                                                                             \
	"UPDATE session SET slug = $1, cycle_id = $2, number = $3, title = $4, on_day = $5,"       \
	" starts_at = $6, ends_at = $7, status = $8, visibility = $9, audience = $10,"             \
	" place = $11, online_url = $12, objectives = $13, contents = $14, description = $15,"     \
	" duration_min = $16, capacity = $17, quota = $18, opens_at = $19, closes_at = $20,"       \
	" members_until = $21, registration_url = $22, attended_text = $23, sequence = $24,"       \
	" modified_at = $25, revision = revision + 1 WHERE id = $26 RETURNING id"

enum status session_save(struct db *db, struct session *s)
{
	struct query *q = s->id ? db_query(db, UPDATE_SESSION) : db_query(db, INSERT_SESSION);
	enum status status;

	bind(q, s);
	if (s->id)
		query_int(q, 26, s->id);
	status = query_one_int(q, &s->id);
	return status == OK ? change_note(db, "session", s->id) : status;
}

enum status session_set_cycle(struct db *db, int64_t id, int64_t cycle_id)
{
	struct query *q = db_query(db, "UPDATE session SET cycle_id = $2 WHERE id = $1");

	query_int(q, 1, id);
	query_int(q, 2, cycle_id);
	return query_run(q);
}

/* Its number may be another's one day: nobody is to enter there for having attended this one. */
static enum status forget_key(struct db *db, int64_t id)
{
	char key[40];

	snprintf(key, sizeof(key), "session-%lld", (long long)id);
	return opening_forget(db, key);
}

enum status session_remove(struct db *db, int64_t id)
{
	enum status status = link_set(db, OF_SESSION, id, NULL, 0);
	struct query *q;

	if (status == OK)
		status = contribution_set(db, OF_SESSION, id, NULL, 0);
	if (status == OK)
		status = opening_clear(db, OF_SESSION, id);
	if (status == OK)
		status = forget_key(db, id);
	if (status != OK)
		return status;
	q = db_query(db, "DELETE FROM session WHERE id = $1");
	query_int(q, 1, id);
	status = query_run(q);
	return status == OK ? change_note(db, "session", id) : status;
}

static enum status slugs(struct query *q, struct arena *a, int64_t id, const char ***slug,
			 size_t *n)
{
	size_t capacity = 0;

	*slug = NULL;
	*n = 0;
	query_int(q, 2, id);
	while (query_row(q))
		*arena_push(a, *slug, *n, capacity) = row_text(q, 0, a);
	return query_end(q);
}

static enum status run_with(struct query *q, int64_t first, int64_t second)
{
	query_int(q, 1, first);
	if (second)
		query_int(q, 2, second);
	return query_run(q);
}

enum status session_resource_slugs(struct db *db, struct arena *a, const struct reader *reader,
				   int64_t id, const char ***slug, size_t *n)
{
	struct query *q = db_query(
		db, "SELECT r.slug FROM resource_session x JOIN resource r ON r.id = x.resource_id"
		    " WHERE " ACCESS_DISCOVER_RESOURCE_SQL("r", "$1") " AND x.session_id = $2"
								      " ORDER BY r.slug");

	query_reader(q, 1, reader);
	return slugs(q, a, id, slug, n);
}

enum status session_clear_resources(struct db *db, int64_t id)
{
	return run_with(db_query(db, "DELETE FROM resource_session WHERE session_id = $1"), id, 0);
}

enum status session_add_resource(struct db *db, int64_t id, int64_t resource_id)
{
	return run_with(db_query(db, "INSERT INTO resource_session (session_id, resource_id)"
				     " VALUES ($1, $2) ON CONFLICT DO NOTHING"),
			id, resource_id);
}
