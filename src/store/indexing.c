#include "store/indexing.h"

#include "base/arena.h"
#include "db/db.h"
#include "store/row.h"

enum status indexing_resources(struct db *db, indexed_resource_fn *each, void *context)
{
	struct query *q = db_query(
		db, "SELECT r.id, r.title, r.summary, r.published_on, r.kind_id, c.slug, c.title,"
		    " r.visibility, r.status = 'published', r.listed"
		    " FROM resource r LEFT JOIN collection c ON c.id = r.collection_id"
		    " ORDER BY r.id");
	struct arena *a = arena_new();

	while (query_row(q)) {
		struct indexed_resource r = {
			.id = row_int(q, 0),
			.title = row_text(q, 1, a),
			.summary = row_text(q, 2, a),
			.published_on = row_text(q, 3, a),
			.kind_id = row_int(q, 4),
			.collection = row_text(q, 5, a),
			.collection_title = row_text(q, 6, a),
			.object = { row_visibility(q, 7), row_int(q, 8) != 0, row_int(q, 9) != 0 },
		};

		each(context, &r);
		arena_reset(a);
	}
	arena_free(a);
	return query_end(q);
}

enum status indexing_terms(struct db *db, indexed_term_fn *each, void *context)
{
	struct query *q = db_query(db, "SELECT resource_id, term_id FROM resource_term"
				       " ORDER BY resource_id, position");

	while (query_row(q))
		each(context, row_int(q, 0), row_int(q, 1));
	return query_end(q);
}
