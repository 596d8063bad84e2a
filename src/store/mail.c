#include "store/mail.h"

#include <string.h>

#include "base/arena.h"
#include "base/names.h"
#include "db/db.h"

enum { MINUTE = 60, HOUR = 60 * MINUTE };

static const char *const states[N_MAIL_STATES] = { "waiting", "sending",   "sent",
						   "refused", "abandoned", "bounced" };

const char *mail_state_name(enum mail_state state)
{
	return states[state];
}

bool mail_state_by_name(const char *name, enum mail_state *state)
{
	int place = NAME_PLACE(states, name);

	if (place >= 0)
		*state = (enum mail_state)place;
	return place >= 0;
}

/* ---- in ---------------------------------------------------------------------- */

enum status mail_queue(struct db *db, const struct mail *m)
{
	struct query *q = db_query(db, "INSERT INTO mail (key, person_id, to_address, to_name,"
				       " subject, text, html, list_unsubscribe, message_id,"
				       " made_at, next_at)"
				       " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10)"
				       " ON CONFLICT (key) DO NOTHING");

	query_text(q, 1, m->key);
	if (m->person_id)
		query_int(q, 2, m->person_id);
	query_text(q, 3, m->to_address);
	query_text(q, 4, m->to_name);
	query_text(q, 5, m->subject);
	query_text(q, 6, m->text);
	query_text(q, 7, m->html);
	query_text(q, 8, m->list_unsubscribe);
	query_text(q, 9, m->message_id);
	query_int(q, 10, m->made_at);
	return query_run(q);
}

/* ---- out --------------------------------------------------------------------- */

#define MAIL_COLUMNS                                                                               \
	"id, key, person_id, to_address, to_name, subject, list_unsubscribe, message_id, made_at," \
	" state, attempts, next_at, last_error, sent_at, answer"
enum { TEXT_COLUMN = 15, HTML_COLUMN };

/* One row of MAIL_COLUMNS. */
static struct mail mail_row(struct query *q, struct arena *a)
{
	struct mail m = {
		.id = row_int(q, 0),
		.key = row_text(q, 1, a),
		.person_id = row_int(q, 2),
		.to_address = row_text(q, 3, a),
		.to_name = row_text(q, 4, a),
		.subject = row_text(q, 5, a),
		.list_unsubscribe = row_text(q, 6, a),
		.message_id = row_text(q, 7, a),
		.made_at = row_int(q, 8),
		.attempts = row_int(q, 10),
		.next_at = row_int(q, 11),
		.last_error = row_text(q, 12, a),
		.sent_at = row_int(q, 13),
		.answer = row_text(q, 14, a),
	};

	mail_state_by_name(row_text(q, 9, a), &m.state);
	return m;
}

static enum status read_one(struct query *q, struct arena *a, struct mail *found)
{
	bool any = query_row(q);
	enum status status;

	if (any)
		*found = mail_row(q, a);
	status = query_end(q);
	return status == OK && !any ? NOT_FOUND : status;
}

enum status mail_any_due(struct db *db, int64_t now)
{
	struct query *q = db_query(db, "SELECT id FROM mail WHERE state = 'waiting'"
				       " AND next_at <= $1 LIMIT 1");
	int64_t id;

	query_int(q, 1, now);
	return query_one_int(q, &id);
}

/*
 * An UPDATE that finds nothing would still wait for whoever is writing, so it is asked for first.
 * The condition stands twice so that a second taker, let in when the first is done,
 * gets none.
 */
enum status mail_take_due(struct db *db, struct arena *a, int64_t now, struct mail *m)
{
	enum status status = mail_any_due(db, now);
	struct query *q;
	bool any;

	if (status != OK)
		return status;
	q = db_query(db, "UPDATE mail SET next_at = $2, attempts = attempts + 1"
			 " WHERE id = (SELECT id FROM mail WHERE state = 'waiting'"
			 " AND next_at <= $1 ORDER BY next_at, id LIMIT 1)"
			 " AND state = 'waiting' AND next_at <= $1"
			 " RETURNING " MAIL_COLUMNS ", text, html");
	query_int(q, 1, now);
	query_int(q, 2, now + MAIL_LEASE);
	any = query_row(q);
	if (any) {
		*m = mail_row(q, a);
		m->text = row_text(q, TEXT_COLUMN, a);
		m->html = row_text(q, HTML_COLUMN, a);
	}
	status = query_end(q);
	return status == OK && !any ? NOT_FOUND : status;
}

/* The count of attempts tells whose turn it is: it only ever grows. */
enum status mail_begin_sending(struct db *db, const struct mail *m, int64_t now)
{
	struct query *q = db_query(db, "UPDATE mail SET state = 'sending', next_at = $3"
				       " WHERE id = $1 AND attempts = $2 AND state = 'waiting'"
				       " RETURNING id");
	int64_t id;
	enum status status;

	query_int(q, 1, m->id);
	query_int(q, 2, m->attempts);
	query_int(q, 3, now + MAIL_LEASE);
	status = query_one_int(q, &id);
	return status == NOT_FOUND ? CONFLICT : status;
}

/* ---- what became of it --------------------------------------------------------- */

/* Whatever was thought of it meanwhile: this is known. It may have come back already. */
enum status mail_sent(struct db *db, const struct mail *m, int64_t now, const char *answer)
{
	struct query *q = db_query(
		db, "UPDATE mail SET sent_at = $2, text = '', html = '', answer = $3,"
		    " last_error = CASE state WHEN 'bounced' THEN last_error END,"
		    " state = CASE state WHEN 'bounced' THEN state ELSE 'sent' END WHERE id = $1");

	query_int(q, 1, m->id);
	query_int(q, 2, now);
	query_text(q, 3, answer);
	return query_run(q);
}

/* Says nothing of a message that another has taken since. */
static enum status set_state(struct db *db, const struct mail *m, enum mail_state state,
			     int64_t next_at, const char *why)
{
	struct query *q = db_query(db, "UPDATE mail SET state = $3, next_at = $4, last_error = $5"
				       " WHERE id = $1 AND attempts = $2"
				       " AND state IN ('waiting', 'sending')");

	query_int(q, 1, m->id);
	query_int(q, 2, m->attempts);
	query_text(q, 3, states[state]);
	query_int(q, 4, next_at);
	query_text(q, 5, why);
	return query_run(q);
}

static int64_t pause_after(int64_t attempts)
{
	static const int64_t pauses[] = { MINUTE, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 6 * HOUR };
	int64_t last = sizeof(pauses) / sizeof(*pauses);

	return pauses[attempts < last ? attempts - 1 : last - 1];
}

enum status mail_failed(struct db *db, const struct mail *m, int64_t now, const char *why)
{
	if (m->attempts >= MAIL_MAX_ATTEMPTS)
		return set_state(db, m, MAIL_ABANDONED, now, why);
	return set_state(db, m, MAIL_WAITING, now + pause_after(m->attempts), why);
}

enum status mail_give_back(struct db *db, const struct mail *m, int64_t now)
{
	return set_state(db, m, MAIL_WAITING, now, m->last_error);
}

enum status mail_refused(struct db *db, const struct mail *m, const char *why)
{
	return set_state(db, m, MAIL_REFUSED, m->next_at, why);
}

enum status mail_abandon(struct db *db, const struct mail *m, const char *why)
{
	return set_state(db, m, MAIL_ABANDONED, m->next_at, why);
}

enum status mail_bounced(struct db *db, struct arena *a, const char *message_id, const char *why,
			 struct mail *found)
{
	struct query *q = db_query(db, "UPDATE mail SET state = 'bounced', last_error = $2,"
				       " text = '', html = '' WHERE message_id = $1"
				       " AND state IN ('sending', 'sent', 'abandoned', 'bounced')"
				       " RETURNING " MAIL_COLUMNS);

	query_text(q, 1, message_id);
	query_text(q, 2, why);
	return read_one(q, a, found);
}

enum status mail_abandon_lost(struct db *db, int64_t now)
{
	struct query *q = db_query(db, "SELECT id FROM mail WHERE state = 'sending'"
				       " AND next_at <= $1 LIMIT 1");
	int64_t id;
	enum status status;

	query_int(q, 1, now);
	status = query_one_int(q, &id);
	if (status != OK)
		return status == NOT_FOUND ? OK : status;
	q = db_query(db, "UPDATE mail SET state = 'abandoned', last_error = $2"
			 " WHERE state = 'sending' AND next_at <= $1");
	query_int(q, 1, now);
	query_text(q, 2,
		   "the program stopped before it knew the answer: the message may have left");
	return query_run(q);
}

enum status mail_retry(struct db *db, int64_t id, int64_t now)
{
	struct query *q = db_query(db, "UPDATE mail SET state = 'waiting', next_at = $2"
				       " WHERE id = $1"
				       " AND state IN ('waiting', 'refused', 'abandoned')"
				       " RETURNING id");
	enum status status;
	struct mail m;
	struct arena *a;

	query_int(q, 1, id);
	query_int(q, 2, now);
	status = query_one_int(q, &id);
	if (status != NOT_FOUND)
		return status;
	a = arena_new();
	status = mail_by_id(db, a, id, &m);
	arena_free(a);
	return status == OK ? CONFLICT : status;
}

/* ---- looked at ----------------------------------------------------------------- */

static enum status read_list(struct query *q, struct arena *a, struct mail_list *list)
{
	size_t capacity = 0;

	*list = (struct mail_list){ 0 };
	while (query_row(q))
		*arena_push(a, list->mail, list->n_mails, capacity) = mail_row(q, a);
	return query_end(q);
}

enum status mail_by_id(struct db *db, struct arena *a, int64_t id, struct mail *found)
{
	struct query *q = db_query(db, "SELECT " MAIL_COLUMNS " FROM mail WHERE id = $1");

	query_int(q, 1, id);
	return read_one(q, a, found);
}

enum status mail_by_key(struct db *db, struct arena *a, const char *key, struct mail *found)
{
	struct query *q = db_query(db, "SELECT " MAIL_COLUMNS " FROM mail WHERE key = $1");

	query_text(q, 1, key);
	return read_one(q, a, found);
}

static void query_state(struct query *q, int param, int state)
{
	query_text(q, param, state == ANY_MAIL_STATE ? NULL : states[state]);
}

enum status mail_list(struct db *db, struct arena *a, int state, int64_t offset, int64_t limit,
		      struct mail_list *list, int64_t *total)
{
	struct query *q = db_query(db, "SELECT " MAIL_COLUMNS " FROM mail"
				       " WHERE (state = $1 OR $1 IS NULL)"
				       " ORDER BY id DESC LIMIT $2 OFFSET $3");
	enum status status;

	query_state(q, 1, state);
	query_int(q, 2, limit);
	query_int(q, 3, offset);
	status = read_list(q, a, list);
	if (status != OK)
		return status;
	q = db_query(db, "SELECT count(*) FROM mail WHERE (state = $1 OR $1 IS NULL)");
	query_state(q, 1, state);
	return query_one_int(q, total);
}

enum status mail_count(struct db *db, enum mail_state state, int64_t *n)
{
	struct query *q = db_query(db, "SELECT count(*) FROM mail WHERE state = $1");

	query_text(q, 1, states[state]);
	return query_one_int(q, n);
}

/* Nothing is known of a later one to the same address. */
#define IS_LAST                                                                                    \
	" NOT EXISTS (SELECT 1 FROM mail WHERE to_address = m.to_address AND id > m.id"            \
	" AND state IN ('sent', 'refused', 'bounced'))"

enum status mail_count_out_of_reach(struct db *db, int64_t *n)
{
	struct query *q = db_query(
		db, "SELECT count(DISTINCT to_address) FROM mail AS m WHERE state = 'bounced'"
		    " AND" IS_LAST
		    " AND EXISTS (SELECT 1 FROM person WHERE email_key = lower(m.to_address))");

	return query_one_int(q, n);
}

enum status mail_troubled(struct db *db, struct arena *a, const char *address,
			  struct mail_list *list)
{
	struct query *q =
		db_query(db, address ? "SELECT " MAIL_COLUMNS
				       " FROM mail AS m WHERE to_address = $1"
				       " AND state IN ('refused', 'bounced') AND" IS_LAST
				     : "SELECT " MAIL_COLUMNS " FROM mail AS m"
				       " WHERE state IN ('refused', 'bounced') AND" IS_LAST);

	if (address)
		query_text(q, 1, address);
	return read_list(q, a, list);
}

enum status mail_fails(struct db *db, struct arena *a, const char *address, bool *fails)
{
	struct mail_list list = { 0 };
	enum status status = address ? mail_troubled(db, a, address, &list) : OK;

	*fails = list.n_mails > 0;
	return status;
}

bool mail_list_has_address(const struct mail_list *list, const char *address, int64_t since)
{
	for (size_t i = 0; i < list->n_mails && address; i++)
		if (!strcmp(list->mail[i].to_address, address) && list->mail[i].made_at >= since)
			return true;
	return false;
}

enum status mail_of_person(struct db *db, struct arena *a, int64_t person_id, int64_t limit,
			   struct mail_list *list)
{
	struct query *q = db_query(db, "SELECT " MAIL_COLUMNS " FROM mail WHERE person_id = $1"
				       " ORDER BY id DESC LIMIT $2");

	query_int(q, 1, person_id);
	query_int(q, 2, limit);
	return read_list(q, a, list);
}

enum status mail_prune(struct db *db, int64_t before)
{
	struct query *q = db_query(db, "DELETE FROM mail WHERE made_at < $1"
				       " AND state IN ('sent', 'refused', 'abandoned', 'bounced')");

	query_int(q, 1, before);
	return query_run(q);
}
