#include "store/person.h"

#include <string.h>

#include "base/arena.h"
#include "base/mail_address.h"
#include "base/names.h"
#include "db/db.h"
#include "store/change.h"
#include "store/membership.h"
#include "store/row.h"
#include "store/slug.h"

const char *person_name(struct arena *a, const struct person *p)
{
	if (p->is_erased)
		return "Personne partie";
	return arena_printf(a, "%s%s%s", p->given_name,
			    *p->given_name && *p->family_name ? " " : "", p->family_name);
}

#define SELECT_PERSON                                                                              \
	"SELECT p.id, p.slug, p.given_name, p.family_name, p.email, p.is_shown, p.is_blocked,"     \
	" p.is_erased, p.made_at, p.seen_at, p.news_at, p.revision, p.password IS NOT NULL,"       \
	" p.totp_since IS NOT NULL FROM person p"

static struct person person_row(struct query *q, struct arena *a)
{
	return (struct person){
		.id = row_int(q, 0),
		.slug = row_text(q, 1, a),
		.given_name = row_text(q, 2, a),
		.family_name = row_text(q, 3, a),
		.email = row_text(q, 4, a),
		.is_shown = row_int(q, 5) != 0,
		.is_blocked = row_int(q, 6) != 0,
		.is_erased = row_int(q, 7) != 0,
		.made_at = row_int(q, 8),
		.seen_at = row_number(q, 9),
		.news_at = row_number(q, 10),
		.revision = row_int(q, 11),
		.has_password = row_int(q, 12) != 0,
		.has_second_factor = row_int(q, 13) != 0,
	};
}

static enum status one(struct query *q, struct arena *a, struct person *found)
{
	bool any = query_row(q);
	enum status status;

	if (any)
		*found = person_row(q, a);
	status = query_end(q);
	return status == OK && !any ? NOT_FOUND : status;
}

static enum status all(struct query *q, struct arena *a, struct person_list *list)
{
	size_t capacity = 0;

	*list = (struct person_list){ 0 };
	while (query_row(q))
		*arena_push(a, list->person, list->n_persons, capacity) = person_row(q, a);
	return query_end(q);
}

enum status person_by_id(struct db *db, struct arena *a, int64_t id, struct person *found)
{
	struct query *q = db_query(db, SELECT_PERSON " WHERE p.id = $1");

	query_int(q, 1, id);
	return one(q, a, found);
}

enum status person_by_slug(struct db *db, struct arena *a, const char *slug, struct person *found)
{
	struct query *q = db_query(db, SELECT_PERSON " WHERE p.slug = $1");

	query_text(q, 1, slug);
	return one(q, a, found);
}

enum status person_by_email(struct db *db, struct arena *a, const char *email, struct person *found)
{
	struct query *q = db_query(db, SELECT_PERSON " WHERE p.email_key = $1");

	query_text(q, 1, mail_address_key(a, email));
	return one(q, a, found);
}

#define BY_NAME " ORDER BY p.family_name, p.given_name, p.id"

/* $1 is words: a beginning of a name or of an address, in lower case for the second. */
#define SOUGHT                                                                                     \
	" WHERE p.is_erased = 0 AND (p.family_name LIKE $1 || '%' OR $1 IS NULL"                   \
	" OR p.given_name LIKE $1 || '%' OR p.email_key LIKE $1 || '%')"

enum status person_all(struct db *db, struct arena *a, const char *words, int limit, int skip,
		       struct person_list *list)
{
	struct query *q = db_query(db, SELECT_PERSON SOUGHT BY_NAME " LIMIT $2 OFFSET $3");

	query_text(q, 1, words);
	query_int(q, 2, limit);
	query_int(q, 3, skip);
	return all(q, a, list);
}

enum status person_count(struct db *db, const char *words, int64_t *n)
{
	struct query *q = db_query(db, "SELECT count(*) FROM person p" SOUGHT);

	query_text(q, 1, words);
	return query_one_int(q, n);
}

enum status person_of_group(struct db *db, struct arena *a, int64_t group_id,
			    struct person_list *list)
{
	struct query *q = db_query(db, SELECT_PERSON " JOIN group_member m ON m.person_id = p.id"
						     " WHERE m.group_id = $1" BY_NAME);

	query_int(q, 1, group_id);
	return all(q, a, list);
}

enum status person_of_session(struct db *db, struct arena *a, int64_t session_id,
			      struct person_list *list)
{
	struct query *q = db_query(db, SELECT_PERSON " JOIN attendance t ON t.person_id = p.id"
						     " WHERE t.session_id = $1" BY_NAME);

	query_int(q, 1, session_id);
	return all(q, a, list);
}

enum status person_of_members(struct db *db, struct arena *a, const char *today,
			      struct person_list *list)
{
	struct query *q = db_query(db, SELECT_PERSON " WHERE p.is_erased = 0 AND p.is_blocked = 0"
						     " AND EXISTS (SELECT 1 FROM function f"
						     " WHERE f.person_id = p.id"
						     " AND f.invited_as IS NULL"
						     " AND f.from_on <= $1"
						     " AND (f.to_on IS NULL OR f.to_on >= $1)"
						     " AND " MEMBERSHIP_SQL("f", "$1") ")" BY_NAME);

	query_text(q, 1, today);
	return all(q, a, list);
}

enum status person_after(struct db *db, struct arena *a, const char *slug, int limit,
			 struct person_list *list)
{
	struct query *q = db_query(db, SELECT_PERSON " WHERE p.slug > $1 AND p.is_erased = 0"
						     " ORDER BY p.slug LIMIT $2");

	query_text(q, 1, slug);
	query_int(q, 2, limit);
	return all(q, a, list);
}

/* ---- saving ---------------------------------------------------------------------------- */

/* "nouvelle" is a page of the back office; "partie-12" is kept for whom it erases. */
static bool is_reserved(const char *slug)
{
	static const char gone[] = "partie-";
	size_t length = strlen(gone);

	if (!strcmp(slug, "nouvelle"))
		return true;
	return !strncmp(slug, gone, length) && slug[length] &&
	       !slug[length + strspn(slug + length, "0123456789")];
}

static enum status slug_is_free(struct db *db, const char *slug, bool *is_free)
{
	struct query *q = db_query(db, "SELECT count(*) FROM person WHERE slug = $1");
	int64_t n;
	enum status status;

	query_text(q, 1, slug);
	status = query_one_int(q, &n);
	*is_free = status == OK && n == 0 && !is_reserved(slug);
	return status;
}

static enum status make_slug(struct db *db, struct arena *a, struct person *p)
{
	const char *base = slug_for(a, person_name(a, p), "personne");
	bool is_free = false;
	enum status status = OK;

	p->slug = base;
	for (int i = 2; status == OK; i++) {
		status = slug_is_free(db, p->slug, &is_free);
		if (is_free)
			break;
		p->slug = slug_numbered(a, base, i);
	}
	return status;
}

#define INSERT_PERSON                                                                              \
	"INSERT INTO person (slug, given_name, family_name, email, email_key, is_shown,"           \
	" is_blocked, made_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING id"

#define UPDATE_PERSON                                                                              \
	"UPDATE person SET slug = $1, given_name = $2, family_name = $3, email = $4,"              \
	" email_key = $5, is_shown = $6, is_blocked = $7, revision = revision + 1"                 \
	" WHERE id = $8 RETURNING id"

enum status person_save(struct db *db, struct arena *a, struct person *p)
{
	struct query *q;
	enum status status = OK;

	if (!p->slug || !*p->slug)
		status = make_slug(db, a, p);
	if (status != OK)
		return status;
	q = p->id ? db_query(db, UPDATE_PERSON) : db_query(db, INSERT_PERSON);
	query_text(q, 1, p->slug);
	query_text(q, 2, p->given_name);
	query_text(q, 3, p->family_name);
	query_text(q, 4, p->email);
	query_text(q, 5, p->email ? mail_address_key(a, p->email) : NULL);
	query_int(q, 6, p->is_shown);
	query_int(q, 7, p->is_blocked);
	query_int(q, 8, p->id ? p->id : p->made_at);
	status = query_one_int(q, &p->id);
	return status == OK ? change_note(db, "person", p->id) : status;
}

/* Statements on one person, each by itself; $2 is the day for those that ask for one. */
static enum status run_each(struct db *db, const char *const *sql, size_t n, int64_t id,
			    const char *day)
{
	enum status status = OK;

	for (size_t i = 0; i < n && status == OK; i++) {
		struct query *q = db_query(db, sql[i]);

		query_int(q, 1, id);
		if (day)
			query_text(q, 2, day);
		status = query_run(q);
	}
	return status;
}

enum status person_erase(struct db *db, int64_t id, const char *today)
{
	static const char *const gone[] = {
		"DELETE FROM login_session WHERE person_id = $1",
		"DELETE FROM token WHERE person_id = $1",
		"DELETE FROM recovery_code WHERE person_id = $1",
		"DELETE FROM role WHERE person_id = $1",
		"DELETE FROM group_member WHERE person_id = $1",
		"DELETE FROM saved_resource WHERE person_id = $1",
		"DELETE FROM mail WHERE person_id = $1 AND state <> 'sending'",
		"UPDATE working_group SET coordinator_id = NULL WHERE coordinator_id = $1",
		"UPDATE access_request SET reason = '', words = NULL WHERE person_id = $1",
		"DELETE FROM access_request WHERE person_id = $1 AND answer IS NULL",
		"UPDATE function SET title = NULL, invited_as = NULL, is_manager = 0, "
		"is_representative = 0"
		" WHERE person_id = $1",
		"UPDATE batch_item SET name = 'partie-' || object_id,"
		" before = CASE WHEN before IS NOT NULL THEN '{}' END"
		" WHERE kind = 'person' AND object_id = $1",
		"UPDATE person SET slug = 'partie-' || id, given_name = '', family_name = '',"
		" email = NULL, email_key = NULL, is_shown = 0, password = NULL,"
		" totp_secret = NULL, totp_since = NULL, is_erased = 1,"
		" revision = revision + 1 WHERE id = $1",
	};
	static const char *const ended[] = {
		"UPDATE function SET to_on = $2"
		" WHERE person_id = $1 AND from_on <= $2 AND (to_on IS NULL OR to_on > $2)",
		"DELETE FROM function WHERE person_id = $1 AND from_on > $2",
		"UPDATE access_request SET until_on = $2"
		" WHERE person_id = $1 AND answer = 'granted' AND until_on > $2",
	};
	enum status status = run_each(db, ended, sizeof(ended) / sizeof(*ended), id, today);

	if (status == OK)
		status = run_each(db, gone, sizeof(gone) / sizeof(*gone), id, NULL);
	return status == OK ? change_note(db, "person", id) : status;
}

enum status person_remove(struct db *db, int64_t id)
{
	struct query *q = db_query(db, "DELETE FROM person WHERE id = $1");
	enum status status;

	query_int(q, 1, id);
	status = query_run(q);
	return status == OK ? change_note(db, "person", id) : status;
}

enum status person_set_news(struct db *db, int64_t id, int64_t now)
{
	struct query *q = db_query(db, "UPDATE person SET news_at = $2 WHERE id = $1");

	query_int(q, 1, id);
	query_int(q, 2, now);
	return query_run(q);
}

enum status attendance_set(struct db *db, int64_t session_id, int64_t person_id, bool attended)
{
	struct query *q =
		attended ? db_query(db, "INSERT INTO attendance (session_id, person_id)"
					" VALUES ($1, $2) ON CONFLICT (session_id, person_id)"
					" DO NOTHING")
			 : db_query(db, "DELETE FROM attendance WHERE session_id = $1"
					" AND person_id = $2");

	query_int(q, 1, session_id);
	query_int(q, 2, person_id);
	return query_run(q);
}

enum status attendance_clear(struct db *db, int64_t session_id)
{
	struct query *q = db_query(db, "DELETE FROM attendance WHERE session_id = $1");

	query_int(q, 1, session_id);
	return query_run(q);
}

/* ---- roles --------------------------------------------------------------------------- */

static const char *const roles[] = { "editor", "administrator" };

bool role_is_known(const char *role)
{
	return NAME_PLACE(roles, role) >= 0;
}

enum status role_set(struct db *db, int64_t person_id, const char *role, bool has)
{
	struct query *q = has ? db_query(db, "INSERT INTO role (person_id, role) VALUES ($1, $2)"
					     " ON CONFLICT (person_id, role) DO NOTHING")
			      : db_query(db, "DELETE FROM role WHERE person_id = $1 AND role = $2");

	query_int(q, 1, person_id);
	query_text(q, 2, role);
	return query_run(q);
}

enum status role_has(struct db *db, int64_t person_id, const char *role, bool *has)
{
	struct query *q =
		db_query(db, "SELECT count(*) FROM role WHERE person_id = $1 AND role = $2");
	int64_t n;
	enum status status;

	query_int(q, 1, person_id);
	query_text(q, 2, role);
	status = query_one_int(q, &n);
	*has = status == OK && n > 0;
	return status;
}

enum status role_count(struct db *db, const char *role, int64_t *n)
{
	struct query *q = db_query(db, "SELECT count(*) FROM role r JOIN person p"
				       " ON p.id = r.person_id WHERE r.role = $1"
				       " AND p.is_blocked = 0 AND p.is_erased = 0");

	query_text(q, 1, role);
	return query_one_int(q, n);
}
