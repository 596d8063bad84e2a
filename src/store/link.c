#include "store/link.h"

#include "base/arena.h"
#include "base/names.h"
#include "db/db.h"
#include "store/row.h"

static const char *const roles[] = { "recording", "report",  "slides",       "programme",
				     "download",  "article", "registration", "documentation",
				     "embed",     "related", "external" };

static const char *const owner_names[] = { "resource", "cycle", "session" };

const char *owner_name(enum owner owner)
{
	return owner_names[owner];
}

bool link_role_is_known(const char *role)
{
	return NAME_PLACE(roles, role) >= 0;
}

#define SELECT_LINK                                                                                \
	"SELECT l.role, l.label, l.url, l.resource_id, l.visibility, r.slug, r.title,"             \
	" r.visibility, r.status = 'published', r.listed, l.file_id, f.name, f.media_type,"        \
	" f.size, " ACCESS_OPENED_SQL(                                                             \
		"resource", "r", "$1") " FROM link l LEFT JOIN resource r ON r.id = l.resource_id" \
				       " LEFT JOIN file f ON f.id = l.file_id"

static struct link link_row(struct query *q, struct arena *a)
{
	return (struct link){
		.role = row_text(q, 0, a),
		.label = row_text(q, 1, a),
		.url = row_text(q, 2, a),
		.resource_id = row_int(q, 3),
		.visibility = row_visibility(q, 4),
		.resource = row_text(q, 5, a),
		.resource_title = row_text(q, 6, a),
		.resource_visibility = row_visibility(q, 7),
		.resource_published = row_int(q, 8) != 0,
		.resource_listed = row_int(q, 9) != 0,
		.file = row_text(q, 10, a),
		.file_name = row_text(q, 11, a),
		.media_type = row_text(q, 12, a),
		.file_size = row_int(q, 13),
		.resource_opened = row_int(q, 14) != 0,
	};
}

struct object link_target(const struct link *l)
{
	return (struct object){ l->resource_visibility, l->resource_published, l->resource_listed,
				l->resource_opened };
}

enum status link_of(struct db *db, struct arena *a, const struct reader *reader, enum owner owner,
		    int64_t owner_id, struct link_list *list)
{
	struct query *q = db_query(db, SELECT_LINK " WHERE l.owner = $2 AND l.owner_id = $3"
						   " ORDER BY l.position, l.id");
	size_t capacity = 0;

	*list = (struct link_list){ 0 };
	query_reader(q, 1, reader);
	query_text(q, 2, owner_name(owner));
	query_int(q, 3, owner_id);
	while (query_row(q))
		*arena_push(a, list->link, list->n_links, capacity) = link_row(q, a);
	return query_end(q);
}

static enum status add(struct db *db, enum owner owner, int64_t owner_id, int position,
		       const struct link *l)
{
	struct query *q = db_query(db, "INSERT INTO link (owner, owner_id, position, role, label,"
				       " url, resource_id, visibility, file_id)"
				       " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)");

	query_text(q, 1, owner_name(owner));
	query_int(q, 2, owner_id);
	query_int(q, 3, position);
	query_text(q, 4, l->role);
	query_text(q, 5, l->label);
	query_text(q, 6, l->url);
	query_id(q, 7, l->resource_id);
	query_text(q, 8, visibility_name(l->visibility));
	query_text(q, 9, l->file);
	return query_run(q);
}

enum status link_set(struct db *db, enum owner owner, int64_t owner_id, const struct link *link,
		     size_t n)
{
	struct query *q = db_query(db, "DELETE FROM link WHERE owner = $1 AND owner_id = $2");
	enum status status;

	query_text(q, 1, owner_name(owner));
	query_int(q, 2, owner_id);
	status = query_run(q);
	for (size_t i = 0; i < n && status == OK; i++)
		status = add(db, owner, owner_id, (int)i, &link[i]);
	return status;
}

enum status link_add(struct db *db, enum owner owner, int64_t owner_id, const struct link *link)
{
	struct query *q = db_query(db, "SELECT coalesce(max(position), -1) + 1 FROM link"
				       " WHERE owner = $1 AND owner_id = $2");
	int64_t position;
	enum status status;

	query_text(q, 1, owner_name(owner));
	query_int(q, 2, owner_id);
	status = query_one_int(q, &position);
	return status == OK ? add(db, owner, owner_id, (int)position, link) : status;
}

enum status link_point(struct db *db, enum owner owner, int64_t owner_id, int position,
		       int64_t resource_id)
{
	struct query *q = db_query(db, "UPDATE link SET resource_id = $4 WHERE owner = $1"
				       " AND owner_id = $2 AND position = $3");

	query_text(q, 1, owner_name(owner));
	query_int(q, 2, owner_id);
	query_int(q, 3, position);
	query_int(q, 4, resource_id);
	return query_run(q);
}
