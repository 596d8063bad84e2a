/*
 * standing.c - what a person may today: from functions, memberships, groups, attendance, grants
 * and roles to the level and the keys of the rule of access.
 */
#include <string.h>

#include "access/access.h"
#include "base/arena.h"
#include "db/db.h"
#include "store/membership.h"
#include "store/person.h"

/*
 * $1 is the person, $2 the day. The first letter of each line tells what it is: a role, a function
 * of a member, a key of members, a key of one's own.
 */
#define SELECT_STANDING                                                                            \
	"SELECT 'r', r.role FROM role r JOIN person p ON p.id = r.person_id"                       \
	" WHERE r.person_id = $1"                                                                  \
	" AND (r.role <> 'administrator' OR p.totp_since IS NOT NULL)"                             \
	" UNION ALL SELECT DISTINCT 'f', 'function-' || f.kind FROM function f"                    \
	" WHERE f.person_id = $1 AND f.from_on <= $2 AND (f.to_on IS NULL OR f.to_on >= $2)"       \
	" AND " MEMBERSHIP_SQL(                                                                    \
		"f",                                                                               \
		"$2") " UNION ALL SELECT 'm', 'group-' || g.group_id FROM group_member g"          \
		      " WHERE g.person_id = $1"                                                    \
		      " UNION ALL SELECT 'm', 'session-' || t.session_id FROM attendance t"        \
		      " WHERE t.person_id = $1"                                                    \
		      " UNION ALL SELECT 'o', 'manager-' || f.organisation_id FROM function f"     \
		      " WHERE f.person_id = $1 AND f.is_manager = 1 AND f.from_on <= $2"           \
		      " AND (f.to_on IS NULL OR f.to_on >= $2)"                                    \
		      " UNION ALL SELECT 'o', 'coordinator-' || w.id FROM working_group w"         \
		      " WHERE w.coordinator_id = $1"                                               \
		      " UNION ALL SELECT 'o', 'grant-' || q.id FROM access_request q"              \
		      " WHERE q.person_id = $1 AND q.answer = 'granted' AND q.until_on >= $2"

struct keys {
	const char **key;
	size_t n, capacity;
};

static void add(struct arena *a, struct keys *keys, const char *key)
{
	*arena_push(a, keys->key, keys->n, keys->capacity) = key;
}

static enum level role_level(const char *role)
{
	return !strcmp(role, "administrator") ? ADMINISTRATOR : EDITOR;
}

/* Keys of members are apart until it is known whether this is one. */
static void take(struct arena *a, char what, const char *told, enum level *level, struct keys *own,
		 struct keys *members)
{
	enum level least = what == 'r' ? role_level(told) : what == 'f' ? MEMBER : ANONYMOUS;

	if (*level < least)
		*level = least;
	if (what == 'o')
		add(a, own, told);
	else if (what != 'r')
		add(a, members, told);
}

enum status person_reader(struct db *db, struct arena *a, int64_t id, const char *today,
			  struct reader *reader)
{
	struct query *q = db_query(db, SELECT_STANDING);
	struct keys own = { 0 }, members = { 0 };

	*reader = (struct reader){ .person_id = id };
	query_int(q, 1, id);
	query_text(q, 2, today);
	while (query_row(q))
		take(a, *row_text(q, 0, a), row_text(q, 1, a), &reader->level, &own, &members);
	for (size_t i = 0; i < members.n && reader->level >= MEMBER; i++)
		add(a, &own, members.key[i]);
	reader->keys = access_keys(a, reader->level, own.key, own.n);
	return query_end(q);
}
