#include "store/login.h"

#include "base/arena.h"
#include "db/db.h"

/* ---- sessions -------------------------------------------------------------------------- */

enum status login_begin(struct db *db, const char *hash, struct login *l)
{
	struct query *q = db_query(db, "INSERT INTO login_session (hash, person_id, is_whole,"
				       " made_at, seen_at, address, agent)"
				       " VALUES ($1, $2, $3, $4, $4, $5, $6) RETURNING id");
	enum status status;

	query_text(q, 1, hash);
	query_int(q, 2, l->person_id);
	query_int(q, 3, l->is_whole);
	query_int(q, 4, l->made_at);
	query_text(q, 5, l->address);
	query_text(q, 6, l->agent);
	status = query_one_int(q, &l->id);
	if (status != OK || !l->is_whole)
		return status;
	q = db_query(db, "UPDATE person SET seen_at = $2 WHERE id = $1");
	query_int(q, 1, l->person_id);
	query_int(q, 2, l->made_at);
	status = query_run(q);
	if (status != OK)
		return status;
	q = db_query(db, "UPDATE function SET invited_as = NULL WHERE person_id = $1"
			 " AND invited_as IS NOT NULL");
	query_int(q, 1, l->person_id);
	return query_run(q);
}

#define SELECT_LOGIN                                                                               \
	"SELECT s.id, s.person_id, s.is_whole, s.made_at, s.seen_at, s.address, s.agent"           \
	" FROM login_session s JOIN person p ON p.id = s.person_id"                                \
	" WHERE p.is_blocked = 0 AND p.is_erased = 0"

static struct login login_row(struct query *q, struct arena *a)
{
	return (struct login){
		.id = row_int(q, 0),
		.person_id = row_int(q, 1),
		.is_whole = row_int(q, 2) != 0,
		.made_at = row_int(q, 3),
		.seen_at = row_int(q, 4),
		.address = row_text(q, 5, a),
		.agent = row_text(q, 6, a),
	};
}

static bool is_past(const struct login *l, int64_t now)
{
	int64_t longest = l->is_whole ? LOGIN_LONGEST : LOGIN_HALF;

	return now - l->made_at >= longest || now - l->seen_at >= LOGIN_IDLE;
}

enum status login_find(struct db *db, struct arena *a, const char *hash, int64_t now,
		       struct login *found)
{
	struct query *q = db_query(db, SELECT_LOGIN " AND s.hash = $1");
	bool any;
	enum status status;

	query_text(q, 1, hash);
	any = query_row(q);
	if (any)
		*found = login_row(q, a);
	status = query_end(q);
	return status == OK && (!any || is_past(found, now)) ? NOT_FOUND : status;
}

enum status login_of(struct db *db, struct arena *a, int64_t person_id, int64_t now,
		     struct login_list *list)
{
	struct query *q = db_query(db, SELECT_LOGIN " AND s.person_id = $1 AND s.is_whole = 1"
						    " ORDER BY s.seen_at DESC, s.id DESC");
	size_t capacity = 0;

	*list = (struct login_list){ 0 };
	query_int(q, 1, person_id);
	while (query_row(q)) {
		struct login l = login_row(q, a);

		if (!is_past(&l, now))
			*arena_push(a, list->login, list->n_logins, capacity) = l;
	}
	return query_end(q);
}

static enum status run_with(struct query *q, int64_t first, int64_t second)
{
	query_int(q, 1, first);
	query_int(q, 2, second);
	return query_run(q);
}

enum status login_seen(struct db *db, int64_t id, int64_t now)
{
	enum status status = run_with(
		db_query(db, "UPDATE login_session SET seen_at = $2 WHERE id = $1"), id, now);

	if (status != OK)
		return status;
	return run_with(db_query(db, "UPDATE person SET seen_at = $2 WHERE id ="
				     " (SELECT person_id FROM login_session WHERE id = $1)"),
			id, now);
}

enum status login_end(struct db *db, int64_t person_id, int64_t id)
{
	struct query *q = db_query(db, "DELETE FROM login_session WHERE person_id = $1"
				       " AND id = $2 RETURNING id");
	int64_t ended;

	query_int(q, 1, person_id);
	query_int(q, 2, id);
	return query_one_int(q, &ended);
}

enum status login_end_others(struct db *db, int64_t person_id, int64_t id)
{
	return run_with(db_query(db, "DELETE FROM login_session WHERE person_id = $1 AND id <> $2"),
			person_id, id);
}

enum status login_knows_address(struct db *db, int64_t person_id, const char *address,
				int64_t since, bool *knows)
{
	struct query *q =
		db_query(db, "SELECT (SELECT count(*) FROM login_session WHERE person_id = $1"
			     " AND address = $2 AND is_whole = 1 AND seen_at >= $3)"
			     " + (SELECT count(*) FROM audit WHERE person_id = $1"
			     " AND action = 'sign-in' AND address = $2 AND at >= $3)");
	int64_t n;
	enum status status;

	query_int(q, 1, person_id);
	query_text(q, 2, address);
	query_int(q, 3, since);
	status = query_one_int(q, &n);
	*knows = status == OK && n > 0;
	return status;
}

/*
 * The session and the use of the link are of one moment; with a second factor, of LOGIN_HALF
 * seconds.
 */
enum status login_is_by_link(struct db *db, const struct login *login, bool *is_by_link)
{
	struct query *q = db_query(db, "SELECT count(*) FROM token WHERE person_id = $1"
				       " AND purpose <> 'email' AND used_at > $2"
				       " AND used_at <= $3");
	int64_t n;
	enum status status;

	query_int(q, 1, login->person_id);
	query_int(q, 2, login->made_at - LOGIN_HALF);
	query_int(q, 3, login->made_at);
	status = query_one_int(q, &n);
	*is_by_link = status == OK && n > 0;
	return status;
}

/* ---- links sent by mail ---------------------------------------------------------------- */

enum status token_add(struct db *db, const char *hash, struct token *t)
{
	struct query *q = db_query(db, "INSERT INTO token (hash, purpose, person_id, subject,"
				       " made_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6)"
				       " RETURNING id");

	query_text(q, 1, hash);
	query_text(q, 2, t->purpose);
	query_int(q, 3, t->person_id);
	query_text(q, 4, t->subject);
	query_int(q, 5, t->made_at);
	query_int(q, 6, t->expires_at);
	return query_one_int(q, &t->id);
}

enum status token_find(struct db *db, struct arena *a, const char *hash, const char *purpose,
		       int64_t now, struct token *found)
{
	struct query *q =
		db_query(db, "SELECT t.id, t.person_id, t.purpose, t.subject, t.made_at,"
			     " t.expires_at FROM token t JOIN person p ON p.id = t.person_id"
			     " WHERE t.hash = $1 AND t.purpose = $2 AND t.used_at IS NULL"
			     " AND t.expires_at > $3 AND p.is_blocked = 0 AND p.is_erased = 0");
	bool any;
	enum status status;

	query_text(q, 1, hash);
	query_text(q, 2, purpose);
	query_int(q, 3, now);
	any = query_row(q);
	if (any)
		*found = (struct token){
			.id = row_int(q, 0),
			.person_id = row_int(q, 1),
			.purpose = row_text(q, 2, a),
			.subject = row_text(q, 3, a),
			.made_at = row_int(q, 4),
			.expires_at = row_int(q, 5),
		};
	status = query_end(q);
	return status == OK && !any ? NOT_FOUND : status;
}

enum status token_use(struct db *db, const struct token *t, int64_t now)
{
	struct query *q = db_query(db, "UPDATE token SET used_at = $2 WHERE id = $1"
				       " AND used_at IS NULL RETURNING id");
	int64_t used;
	enum status status;

	query_int(q, 1, t->id);
	query_int(q, 2, now);
	status = query_one_int(q, &used);
	if (status == NOT_FOUND)
		return CONFLICT;
	if (status != OK)
		return status;
	q = db_query(db, "UPDATE token SET used_at = $3 WHERE person_id = $1 AND purpose = $2"
			 " AND used_at IS NULL");
	query_int(q, 1, t->person_id);
	query_text(q, 2, t->purpose);
	query_int(q, 3, now);
	return query_run(q);
}

enum status token_drop(struct db *db, int64_t person_id, int64_t now)
{
	return run_with(db_query(db, "UPDATE token SET expires_at = $2 WHERE person_id = $1"
				     " AND used_at IS NULL AND expires_at > $2"),
			person_id, now);
}

enum status token_count(struct db *db, int64_t person_id, const char *purpose, int64_t since,
			int64_t now, int64_t *n)
{
	struct query *q = db_query(db, "SELECT count(*) FROM token WHERE person_id = $1"
				       " AND purpose = $2 AND made_at > $3 AND expires_at > $4"
				       " AND used_at IS NULL");

	query_int(q, 1, person_id);
	query_text(q, 2, purpose);
	query_int(q, 3, since);
	query_int(q, 4, now);
	return query_one_int(q, n);
}

/* ---- password and second factor --------------------------------------------------------- */

enum status credentials_of(struct db *db, struct arena *a, int64_t person_id,
			   struct credentials *found)
{
	struct query *q = db_query(db, "SELECT password, totp_secret, totp_since IS NOT NULL,"
				       " totp_step FROM person WHERE id = $1");
	bool any;
	enum status status;

	query_int(q, 1, person_id);
	any = query_row(q);
	if (any)
		*found = (struct credentials){
			.password = row_text(q, 0, a),
			.totp_secret = row_text(q, 1, a),
			.has_totp = row_int(q, 2) != 0,
			.totp_step = row_int(q, 3),
		};
	status = query_end(q);
	return status == OK && !any ? NOT_FOUND : status;
}

enum status credentials_set_password(struct db *db, int64_t person_id, const char *hash)
{
	struct query *q = db_query(db, "UPDATE person SET password = $2 WHERE id = $1");

	query_int(q, 1, person_id);
	query_text(q, 2, hash);
	return query_run(q);
}

enum status credentials_propose_totp(struct db *db, int64_t person_id, const char *secret)
{
	struct query *q = db_query(db, "UPDATE person SET totp_secret = $2, totp_since = NULL,"
				       " totp_step = 0 WHERE id = $1");

	query_int(q, 1, person_id);
	query_text(q, 2, secret);
	return query_run(q);
}

enum status credentials_confirm_totp(struct db *db, int64_t person_id, int64_t now)
{
	return run_with(db_query(db, "UPDATE person SET totp_since = $2 WHERE id = $1"
				     " AND totp_secret IS NOT NULL"),
			person_id, now);
}

enum status credentials_use_step(struct db *db, int64_t person_id, int64_t step)
{
	struct query *q = db_query(db, "UPDATE person SET totp_step = $2 WHERE id = $1"
				       " AND totp_step < $2 RETURNING id");
	int64_t used;
	enum status status;

	query_int(q, 1, person_id);
	query_int(q, 2, step);
	status = query_one_int(q, &used);
	return status == NOT_FOUND ? CONFLICT : status;
}

enum status recovery_set(struct db *db, int64_t person_id, const char *const *hash, size_t n)
{
	struct query *q = db_query(db, "DELETE FROM recovery_code WHERE person_id = $1");
	enum status status;

	query_int(q, 1, person_id);
	status = query_run(q);
	for (size_t i = 0; i < n && status == OK; i++) {
		q = db_query(db, "INSERT INTO recovery_code (person_id, hash) VALUES ($1, $2)");
		query_int(q, 1, person_id);
		query_text(q, 2, hash[i]);
		status = query_run(q);
	}
	return status;
}

enum status recovery_use(struct db *db, int64_t person_id, const char *hash)
{
	struct query *q = db_query(db, "DELETE FROM recovery_code WHERE person_id = $1"
				       " AND hash = $2 RETURNING person_id");
	int64_t used;

	query_int(q, 1, person_id);
	query_text(q, 2, hash);
	return query_one_int(q, &used);
}

enum status recovery_count(struct db *db, int64_t person_id, int64_t *n)
{
	struct query *q = db_query(db, "SELECT count(*) FROM recovery_code WHERE person_id = $1");

	query_int(q, 1, person_id);
	return query_one_int(q, n);
}

/* ---- what is past its time --------------------------------------------------------------- */

enum { TOKENS_KEPT = 30 * 86400 };

enum status login_prune(struct db *db, int64_t now)
{
	struct query *q =
		db_query(db, "DELETE FROM login_session WHERE made_at <= $1 OR seen_at <= $2"
			     " OR (is_whole = 0 AND made_at <= $3)");
	enum status status;

	query_int(q, 1, now - LOGIN_LONGEST);
	query_int(q, 2, now - LOGIN_IDLE);
	query_int(q, 3, now - LOGIN_HALF);
	status = query_run(q);
	if (status != OK)
		return status;
	q = db_query(db, "DELETE FROM token WHERE expires_at <= $1");
	query_int(q, 1, now - TOKENS_KEPT);
	return query_run(q);
}
