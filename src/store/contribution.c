#include "store/contribution.h"

#include "base/arena.h"
#include "base/names.h"
#include "db/db.h"
#include "store/row.h"

static const char *const roles[] = { "author",      "publisher", "lead",    "partner", "funder",
				     "participant", "supporter", "contact", "speaker" };

bool contribution_role_is_known(const char *role)
{
	return NAME_PLACE(roles, role) >= 0;
}

#define SELECT_CONTRIBUTION                                                                        \
	"SELECT c.role, c.name, c.organisation_id, o.slug, o.name, c.affiliation, c.title,"        \
	" c.email, c.visibility"                                                                   \
	" FROM contribution c LEFT JOIN organisation o ON o.id = c.organisation_id"

static struct contribution contribution_row(struct query *q, struct arena *a)
{
	return (struct contribution){
		.role = row_text(q, 0, a),
		.name = row_text(q, 1, a),
		.organisation_id = row_int(q, 2),
		.organisation = row_text(q, 3, a),
		.organisation_name = row_text(q, 4, a),
		.affiliation = row_text(q, 5, a),
		.title = row_text(q, 6, a),
		.email = row_text(q, 7, a),
		.visibility = row_visibility(q, 8),
	};
}

enum status contribution_of(struct db *db, struct arena *a, enum owner owner, int64_t owner_id,
			    struct contribution_list *list)
{
	struct query *q = db_query(db, SELECT_CONTRIBUTION " WHERE c.owner = $1 AND c.owner_id = $2"
							   " ORDER BY c.position, c.id");
	size_t capacity = 0;

	*list = (struct contribution_list){ 0 };
	query_text(q, 1, owner_name(owner));
	query_int(q, 2, owner_id);
	while (query_row(q))
		*arena_push(a, list->contribution, list->n_contributions, capacity) =
			contribution_row(q, a);
	return query_end(q);
}

static enum status add(struct db *db, enum owner owner, int64_t owner_id, int position,
		       const struct contribution *c)
{
	struct query *q =
		db_query(db, "INSERT INTO contribution (owner, owner_id, position, role, name,"
			     " organisation_id, affiliation, title, email, visibility)"
			     " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)");

	query_text(q, 1, owner_name(owner));
	query_int(q, 2, owner_id);
	query_int(q, 3, position);
	query_text(q, 4, c->role);
	query_text(q, 5, c->name);
	query_id(q, 6, c->organisation_id);
	query_text(q, 7, c->affiliation);
	query_text(q, 8, c->title);
	query_text(q, 9, c->email);
	query_text(q, 10, visibility_name(c->visibility));
	return query_run(q);
}

enum status contribution_set(struct db *db, enum owner owner, int64_t owner_id,
			     const struct contribution *contribution, size_t n)
{
	struct query *q =
		db_query(db, "DELETE FROM contribution WHERE owner = $1 AND owner_id = $2");
	enum status status;

	query_text(q, 1, owner_name(owner));
	query_int(q, 2, owner_id);
	status = query_run(q);
	for (size_t i = 0; i < n && status == OK; i++)
		status = add(db, owner, owner_id, (int)i, &contribution[i]);
	return status;
}

enum status contribution_point(struct db *db, enum owner owner, int64_t owner_id, int position,
			       int64_t organisation_id)
{
	struct query *q = db_query(db, "UPDATE contribution SET organisation_id = $4"
				       " WHERE owner = $1 AND owner_id = $2 AND position = $3");

	query_text(q, 1, owner_name(owner));
	query_int(q, 2, owner_id);
	query_int(q, 3, position);
	query_int(q, 4, organisation_id);
	return query_run(q);
}
