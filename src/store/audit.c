#include "store/audit.h"

#include <string.h>

#include "base/arena.h"
#include "base/log.h"
#include "db/db.h"
#include "store/row.h"

const char *const audit_actions[] = {
	"sign-in",        /* with a password or a link, the second factor given */
	"sign-in-failed", /* a wrong password, code or link */
	"sign-out",       /* or a session ended from another */
	"link-asked",     /* a link to sign in, or to choose a password */
	"password-set",   /* chosen or changed */
	"factor-set",     /* a second factor set up */
	"factor-removed",
	"person-added",
	"person-changed",
	"person-erased",
	"role-given",
	"role-taken",
	"function-changed",
	"membership-changed",
	"group-changed",
	"access-asked",
	"access-granted",
	"access-refused",
	"file-opened",     /* a closed one */
	"resource-opened", /* visibility or keys changed */
	"resource-changed",
	"name-changed", /* of someone named in texts, or withdrawn */
	"setting-changed",
	"refused", /* something that was not theirs to do */
	NULL,
};

static void check_action(const char *action)
{
	for (size_t i = 0; audit_actions[i]; i++)
		if (!strcmp(audit_actions[i], action))
			return;
	die("'%s' is not an action of the journal", action);
}

enum status audit_add(struct db *db, const struct audit *entry)
{
	struct query *q = db_query(db, "INSERT INTO audit (at, action, person_id, subject, detail,"
				       " address) VALUES ($1, $2, $3, $4, $5, $6)");

	check_action(entry->action);
	query_int(q, 1, entry->at);
	query_text(q, 2, entry->action);
	query_id(q, 3, entry->person_id);
	query_text(q, 4, entry->subject);
	query_text(q, 5, entry->detail);
	query_text(q, 6, entry->address);
	return query_run(q);
}

#define SELECT_AUDIT                                                                               \
	"SELECT u.id, u.at, u.action, u.person_id, u.subject, u.detail, u.address, p.slug,"        \
	" p.given_name, p.family_name FROM audit u LEFT JOIN person p ON p.id = u.person_id"

static enum status all(struct query *q, struct arena *a, struct audit_list *list)
{
	size_t capacity = 0;

	*list = (struct audit_list){ 0 };
	while (query_row(q))
		*arena_push(a, list->audit, list->n_audits, capacity) = (struct audit){
			.id = row_int(q, 0),
			.at = row_int(q, 1),
			.action = row_text(q, 2, a),
			.person_id = row_int(q, 3),
			.subject = row_text(q, 4, a),
			.detail = row_text(q, 5, a),
			.address = row_text(q, 6, a),
			.person = row_text(q, 7, a),
			.given_name = row_text(q, 8, a),
			.family_name = row_text(q, 9, a),
		};
	return query_end(q);
}

enum status audit_list(struct db *db, struct arena *a, const char *action, int64_t before,
		       int limit, struct audit_list *list)
{
	struct query *q =
		db_query(db, SELECT_AUDIT " WHERE u.id < $1 AND (u.action = $2 OR $2 IS NULL)"
					  " ORDER BY u.id DESC LIMIT $3");

	query_int(q, 1, before ? before : INT64_MAX);
	query_text(q, 2, action);
	query_int(q, 3, limit);
	return all(q, a, list);
}

enum status audit_of_person(struct db *db, struct arena *a, int64_t person_id, int limit,
			    struct audit_list *list)
{
	struct query *q =
		db_query(db, SELECT_AUDIT " WHERE u.person_id = $1 ORDER BY u.id DESC LIMIT $2");

	query_int(q, 1, person_id);
	query_int(q, 2, limit);
	return all(q, a, list);
}

enum status audit_prune(struct db *db, int64_t before)
{
	struct query *q = db_query(db, "DELETE FROM audit WHERE at < $1");

	query_int(q, 1, before);
	return query_run(q);
}
