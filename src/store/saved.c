#include "store/saved.h"

#include <string.h>

#include "db/db.h"

enum status saved_set(struct db *db, int64_t person_id, int64_t resource_id, bool is_saved,
		      int64_t now)
{
	struct query *q =
		is_saved ? db_query(db, "INSERT INTO saved_resource (person_id, resource_id,"
					" saved_at) VALUES ($1, $2, $3)"
					" ON CONFLICT (person_id, resource_id) DO NOTHING")
			 : db_query(db, "DELETE FROM saved_resource WHERE person_id = $1"
					" AND resource_id = $2");

	query_int(q, 1, person_id);
	query_int(q, 2, resource_id);
	if (is_saved)
		query_int(q, 3, now);
	return query_run(q);
}

/* Few are put aside by one person: they are read once. */
enum status saved_among(struct db *db, int64_t person_id, const int64_t *resource_id, size_t n,
			bool *is_saved)
{
	struct query *q =
		db_query(db, "SELECT resource_id FROM saved_resource WHERE person_id = $1");

	memset(is_saved, 0, n * sizeof(*is_saved));
	query_int(q, 1, person_id);
	while (query_row(q))
		for (size_t i = 0; i < n; i++)
			is_saved[i] |= resource_id[i] == row_int(q, 0);
	return query_end(q);
}
