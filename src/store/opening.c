#include "store/opening.h"

#include "access/access.h"
#include "base/arena.h"
#include "db/db.h"
#include "store/change.h"

enum status opening_of(struct db *db, struct arena *a, enum owner owner, int64_t owner_id,
		       struct opening_list *list)
{
	struct query *q = db_query(db, "SELECT key FROM opening WHERE owner = $1 AND owner_id = $2"
				       " ORDER BY key");
	size_t capacity = 0;

	*list = (struct opening_list){ 0 };
	query_text(q, 1, owner_name(owner));
	query_int(q, 2, owner_id);
	while (query_row(q))
		*arena_push(a, list->key, list->n_keys, capacity) = row_text(q, 0, a);
	return query_end(q);
}

static enum status note(struct db *db, enum owner owner, int64_t owner_id)
{
	switch (owner) {
	case OF_RESOURCE:
		return change_note(db, "resource", owner_id);
	case OF_CYCLE:
		return change_note(db, "cycle", owner_id);
	case OF_SESSION:
		break;
	}
	return change_note(db, "session", owner_id);
}

enum status opening_add(struct db *db, enum owner owner, int64_t owner_id, const char *key)
{
	struct query *q;
	enum status status;

	if (!access_key_is_good(key))
		return INVALID;
	q = db_query(db, "INSERT INTO opening (owner, owner_id, key) VALUES ($1, $2, $3)"
			 " ON CONFLICT (owner, owner_id, key) DO NOTHING");
	query_text(q, 1, owner_name(owner));
	query_int(q, 2, owner_id);
	query_text(q, 3, key);
	status = query_run(q);
	return status == OK ? note(db, owner, owner_id) : status;
}

enum status opening_set(struct db *db, enum owner owner, int64_t owner_id, const char *const *key,
			size_t n)
{
	struct query *q = db_query(db, "DELETE FROM opening WHERE owner = $1 AND owner_id = $2"
				       " AND key NOT LIKE 'grant-%'");
	enum status status;

	query_text(q, 1, owner_name(owner));
	query_int(q, 2, owner_id);
	status = query_run(q);
	for (size_t i = 0; i < n && status == OK; i++)
		status = opening_add(db, owner, owner_id, key[i]);
	return status == OK ? note(db, owner, owner_id) : status;
}

enum status opening_clear(struct db *db, enum owner owner, int64_t owner_id)
{
	struct query *q = db_query(db, "DELETE FROM opening WHERE owner = $1 AND owner_id = $2");

	query_text(q, 1, owner_name(owner));
	query_int(q, 2, owner_id);
	return query_run(q);
}

enum status opening_forget(struct db *db, const char *key)
{
	struct query *q = db_query(db, "INSERT INTO change (kind, object_id)"
				       " SELECT owner, owner_id FROM opening WHERE key = $1");
	enum status status;

	query_text(q, 1, key);
	status = query_run(q);
	if (status != OK)
		return status;
	q = db_query(db, "DELETE FROM opening WHERE key = $1");
	query_text(q, 1, key);
	return query_run(q);
}
