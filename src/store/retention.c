#include "store/retention.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/date.h"
#include "db/db.h"
#include "store/audit.h"
#include "store/login.h"
#include "store/mail.h"
#include "store/membership.h"
#include "store/opening.h"
#include "store/row.h"
#include "store/setting.h"

enum { DAY = 86400, AT_ONCE = 100 };

/* ---- settings ------------------------------------------------------------------------------ */

static enum status check_days(const char *value, int least, int most, const char *words,
			      const char **why)
{
	size_t length = strlen(value);
	long days = length && length <= 5 && strspn(value, "0123456789") == length
			    ? strtol(value, NULL, 10)
			    : -1;

	if (days >= least && days <= most)
		return OK;
	*why = words;
	return INVALID;
}

enum status check_audit_days(struct db *db, struct arena *a, const char *value, const char **why)
{
	(void)db, (void)a;
	return check_days(value, 30, 3650, "it is a number of days, from 30 to 3650", why);
}

/* An idle account is known to have been told by its letter: that stays longer than the month. */
enum status check_mail_days(struct db *db, struct arena *a, const char *value, const char **why)
{
	(void)db, (void)a;
	return check_days(value, 2 * IDLE_NOTICE_DAYS, 3650,
			  "it is a number of days, from 60 to 3650", why);
}

enum status check_kept_days(struct db *db, struct arena *a, const char *value, const char **why)
{
	(void)db, (void)a;
	return check_days(value, 30, 3650, "it is a number of days, from 30 to 3650", why);
}

enum status check_idle_days(struct db *db, struct arena *a, const char *value, const char **why)
{
	(void)db, (void)a;
	return check_days(value, 180, 3650, "it is a number of days, from 180 to 3650", why);
}

static enum status read_days(struct db *db, struct arena *a, const char *name, int64_t *days)
{
	const char *value;
	enum status status = setting_get(db, a, name, &value);

	if (status == OK)
		*days = strtol(value, NULL, 10);
	return status;
}

enum status retention_read(struct db *db, struct arena *a, struct retention *r)
{
	enum status status = read_days(db, a, "audit_days", &r->audit);

	if (status == OK)
		status = read_days(db, a, "mail_days", &r->mail);
	if (status == OK)
		status = read_days(db, a, "requests_days", &r->requests);
	if (status == OK)
		status = read_days(db, a, "idle_account_days", &r->idle_accounts);
	return status;
}

/* ---- requests for access ------------------------------------------------------------------- */

/* Over is what was refused, and what was granted until a day that is past. */
#define OVER                                                                                       \
	" FROM access_request WHERE answer IS NOT NULL AND answered_at < $1"                       \
	" AND (until_on IS NULL OR until_on < $2)"

static enum status remove_request(struct db *db, struct arena *a, int64_t id)
{
	enum status status = opening_forget(db, arena_printf(a, "grant-%" PRId64, id));
	struct query *q;

	if (status != OK)
		return status;
	q = db_query(db, "DELETE FROM access_request WHERE id = $1");
	query_int(q, 1, id);
	return query_run(q);
}

static enum status prune_requests(struct db *db, struct arena *a, int64_t before)
{
	struct query *q = db_query(db, "SELECT id" OVER " ORDER BY id");
	int64_t *id = NULL;
	size_t n = 0, capacity = 0;
	enum status status;

	query_int(q, 1, before);
	query_text(q, 2, day_of_moment(a, before));
	while (query_row(q))
		*arena_push(a, id, n, capacity) = row_int(q, 0);
	status = query_end(q);
	if (status != OK || !n)
		return status;
	status = db_begin(db);
	if (status != OK)
		return status;
	for (size_t i = 0; i < n && status == OK; i++)
		status = remove_request(db, a, id[i]);
	return db_end(db, status);
}

/* ---- idle accounts -------------------------------------------------------------------------- */

/* $1 is the moment before which they were last seen, $2 the day it is. */
#define IS_IDLE                                                                                    \
	" FROM person p WHERE p.is_erased = 0 AND p.email IS NOT NULL"                             \
	" AND coalesce(p.seen_at, p.made_at) < $1"                                                 \
	" AND NOT EXISTS (SELECT 1 FROM role r WHERE r.person_id = p.id)"                          \
	" AND NOT EXISTS (SELECT 1 FROM function f WHERE f.person_id = p.id"                       \
	" AND f.from_on <= $2 AND (f.to_on IS NULL OR f.to_on >= $2)"                              \
	" AND " MEMBERSHIP_SQL("f", "$2") ")"

#define LETTER                                                                                     \
	" (SELECT 1 FROM mail m WHERE m.key = 'idle-account:' || p.id || ':'"                      \
	" || coalesce(p.seen_at, p.made_at)"

const char *retention_idle_key(struct arena *a, const struct person *p)
{
	return arena_printf(a, "idle-account:%" PRId64 ":%" PRId64, p->id,
			    p->seen_at == NO_NUMBER ? p->made_at : p->seen_at);
}

static enum status read_persons(struct query *q, struct db *db, struct arena *a,
				struct person_list *list)
{
	int64_t *id = NULL;
	size_t n = 0, capacity = 0;
	enum status status;

	while (query_row(q))
		*arena_push(a, id, n, capacity) = row_int(q, 0);
	status = query_end(q);
	*list = (struct person_list){ .person = arena_make(a, struct person, n) };
	for (; status == OK && list->n_persons < n; list->n_persons++)
		status = person_by_id(db, a, id[list->n_persons], &list->person[list->n_persons]);
	return status;
}

enum status retention_idle(struct db *db, struct arena *a, int64_t now, int limit,
			   struct person_list *list)
{
	struct retention r;
	enum status status = retention_read(db, a, &r);
	struct query *q;

	if (status != OK)
		return status;
	q = db_query(db, "SELECT p.id" IS_IDLE " AND NOT EXISTS" LETTER
			 ") ORDER BY coalesce(p.seen_at, p.made_at), p.id LIMIT $3");
	query_int(q, 1, now - r.idle_accounts * DAY);
	query_text(q, 2, day_of_moment(a, now));
	query_int(q, 3, limit);
	return read_persons(q, db, a, list);
}

static enum status erase(struct db *db, const struct person *p, const char *today, int64_t now)
{
	struct arena *a = arena_new();
	const struct audit entry = {
		.at = now,
		.action = "person-erased",
		.subject = arena_printf(a, "person partie-%" PRId64, p->id),
		.detail = "idle",
	};
	enum status status = db_begin(db);

	if (status == OK) {
		status = person_erase(db, p->id, today);
		if (status == OK)
			status = audit_add(db, &entry);
		status = db_end(db, status);
	}
	arena_free(a);
	return status;
}

static enum status erase_idle(struct db *db, struct arena *a, int64_t now, int64_t days)
{
	struct query *q = db_query(db, "SELECT p.id" IS_IDLE " AND EXISTS" LETTER
				       " AND m.made_at <= $3 AND m.state = 'sent')"
				       " ORDER BY p.id LIMIT $4");
	struct person_list list;
	enum status status;

	query_int(q, 1, now - days * DAY);
	query_text(q, 2, day_of_moment(a, now));
	query_int(q, 3, now - IDLE_NOTICE_DAYS * DAY);
	query_int(q, 4, AT_ONCE);
	status = read_persons(q, db, a, &list);
	for (size_t i = 0; i < list.n_persons && status == OK; i++)
		status = erase(db, &list.person[i], day_of_moment(a, now), now);
	return status;
}

/* ---- all of it ------------------------------------------------------------------------------ */

enum status retention_apply(struct db *db, struct arena *a, int64_t now)
{
	struct retention r;
	enum status status = retention_read(db, a, &r);

	/* Before letters go: one of them says that the owner of an idle account was told. */
	if (status == OK)
		status = erase_idle(db, a, now, r.idle_accounts);
	if (status == OK)
		status = prune_requests(db, a, now - r.requests * DAY);
	if (status == OK)
		status = mail_prune(db, now - r.mail * DAY);
	if (status == OK)
		status = audit_prune(db, now - r.audit * DAY);
	if (status == OK)
		status = login_prune(db, now);
	return status;
}
