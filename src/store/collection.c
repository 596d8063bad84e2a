#include "store/collection.h"

#include "base/arena.h"
#include "db/db.h"
#include "store/change.h"
#include "store/row.h"

#define SELECT_COLLECTION "SELECT c.id, c.slug, c.title, c.description, 0 FROM collection c"

static struct collection collection_row(struct query *q, struct arena *a)
{
	return (struct collection){
		.id = row_int(q, 0),
		.slug = row_text(q, 1, a),
		.title = row_text(q, 2, a),
		.description = html_trusted(row_text(q, 3, a)),
		.n_resources = row_int(q, 4),
	};
}

static enum status one(struct query *q, struct arena *a, struct collection *found)
{
	bool any = query_row(q);
	enum status status;

	if (any)
		*found = collection_row(q, a);
	status = query_end(q);
	return status == OK && !any ? NOT_FOUND : status;
}

static enum status all(struct query *q, struct arena *a, struct collection_list *list)
{
	size_t capacity = 0;

	*list = (struct collection_list){ 0 };
	while (query_row(q))
		*arena_push(a, list->collection, list->n_collections, capacity) =
			collection_row(q, a);
	return query_end(q);
}

enum status collection_by_slug(struct db *db, struct arena *a, const char *slug,
			       struct collection *found)
{
	struct query *q = db_query(db, SELECT_COLLECTION " WHERE c.slug = $1");

	query_text(q, 1, slug);
	return one(q, a, found);
}

enum status collection_by_title(struct db *db, struct arena *a, const char *title,
				struct collection *found)
{
	struct query *q =
		db_query(db, SELECT_COLLECTION " WHERE c.title = $1 ORDER BY c.id LIMIT 1");

	query_text(q, 1, title);
	return one(q, a, found);
}

enum status collection_all(struct db *db, struct arena *a, struct collection_list *list)
{
	return all(db_query(db, SELECT_COLLECTION " ORDER BY c.slug"), a, list);
}

enum status collection_for_reader(struct db *db, struct arena *a, const struct reader *reader,
				  struct collection_list *list)
{
	struct query *q = db_query(
		db, "SELECT c.id, c.slug, c.title, c.description, count(*) FROM collection c"
		    " JOIN resource r ON r.collection_id = c.id"
		    " WHERE " ACCESS_DISCOVER_RESOURCE_SQL("r", "$1") " GROUP BY c.id"
								      " ORDER BY c.title, c.id");

	query_reader(q, 1, reader);
	return all(q, a, list);
}

enum status collection_save(struct db *db, struct collection *c)
{
	struct query *q = c->id ? db_query(db, "UPDATE collection SET slug = $1, title = $2,"
					       " description = $3, revision = revision + 1"
					       " WHERE id = $4 RETURNING id")
				: db_query(db, "INSERT INTO collection (slug, title, description)"
					       " VALUES ($1, $2, $3) RETURNING id");
	enum status status;

	query_text(q, 1, c->slug);
	query_text(q, 2, c->title);
	query_text(q, 3, c->description.markup);
	if (c->id)
		query_int(q, 4, c->id);
	status = query_one_int(q, &c->id);
	return status == OK ? change_note(db, "collection", c->id) : status;
}

enum status collection_remove(struct db *db, int64_t id)
{
	struct query *q = db_query(db, "DELETE FROM collection WHERE id = $1");
	enum status status;

	query_int(q, 1, id);
	status = query_run(q);
	return status == OK ? change_note(db, "collection", id) : status;
}
