#include "store/organisation.h"

#include <string.h>

#include "base/arena.h"
#include "base/names.h"
#include "db/db.h"
#include "store/change.h"
#include "store/row.h"

static const char *const kinds[] = { "region",  "departement", "metropole",   "intercommunalite",
				     "commune", "petr",        "association", "scic",
				     "scop",    "entreprise",  "reseau",      "etat",
				     "autre" };

bool organisation_kind_is_known(const char *kind)
{
	return NAME_PLACE(kinds, kind) >= 0;
}

bool siren_is_valid(const char *siren)
{
	int sum = 0;

	if (strlen(siren) != 9 || strspn(siren, "0123456789") != 9)
		return false;
	for (int i = 0; i < 9; i++) {
		int digit = (siren[i] - '0') * (i % 2 ? 2 : 1);

		sum += digit > 9 ? digit - 9 : digit;
	}
	return sum % 10 == 0;
}

#define SELECT_ORGANISATION                                                                        \
	"SELECT o.id, o.slug, o.name, o.kind, o.acronym, o.siren, o.insee, o.territory_id,"        \
	" t.slug, t.label, o.website, o.lat, o.lon"                                                \
	" FROM organisation o LEFT JOIN term t ON t.id = o.territory_id"

static struct organisation organisation_row(struct query *q, struct arena *a)
{
	return (struct organisation){
		.id = row_int(q, 0),
		.slug = row_text(q, 1, a),
		.name = row_text(q, 2, a),
		.kind = row_text(q, 3, a),
		.acronym = row_text(q, 4, a),
		.siren = row_text(q, 5, a),
		.insee = row_text(q, 6, a),
		.territory_id = row_int(q, 7),
		.territory = row_text(q, 8, a),
		.territory_label = row_text(q, 9, a),
		.website = row_text(q, 10, a),
		.is_placed = !row_is_null(q, 11) && !row_is_null(q, 12),
		.lat = row_real(q, 11),
		.lon = row_real(q, 12),
	};
}

static enum status one(struct query *q, struct arena *a, struct organisation *found)
{
	bool any = query_row(q);
	enum status status;

	if (any)
		*found = organisation_row(q, a);
	status = query_end(q);
	return status == OK && !any ? NOT_FOUND : status;
}

enum status organisation_by_slug(struct db *db, struct arena *a, const char *slug,
				 struct organisation *found)
{
	struct query *q = db_query(db, SELECT_ORGANISATION " WHERE o.slug = $1");

	query_text(q, 1, slug);
	return one(q, a, found);
}

enum status organisation_by_id(struct db *db, struct arena *a, int64_t id,
			       struct organisation *found)
{
	struct query *q = db_query(db, SELECT_ORGANISATION " WHERE o.id = $1");

	query_int(q, 1, id);
	return one(q, a, found);
}

enum status organisation_all(struct db *db, struct arena *a, struct organisation_list *list)
{
	struct query *q = db_query(db, SELECT_ORGANISATION " ORDER BY o.slug");
	size_t capacity = 0;

	*list = (struct organisation_list){ 0 };
	while (query_row(q))
		*arena_push(a, list->organisation, list->n_organisations, capacity) =
			organisation_row(q, a);
	return query_end(q);
}

static void bind(struct query *q, const struct organisation *o)
{
	query_text(q, 1, o->slug);
	query_text(q, 2, o->name);
	query_text(q, 3, o->kind);
	query_text(q, 4, o->acronym);
	query_text(q, 5, o->siren);
	query_text(q, 6, o->insee);
	query_id(q, 7, o->territory_id);
	query_text(q, 8, o->website);
	if (o->is_placed) {
		query_real(q, 9, o->lat);
		query_real(q, 10, o->lon);
	} else {
		query_null(q, 9);
		query_null(q, 10);
	}
}

enum status organisation_save(struct db *db, struct organisation *o)
{
	struct query *q =
		o->id ? db_query(db, "UPDATE organisation SET slug = $1, name = $2, kind = $3,"
				     " acronym = $4, siren = $5, insee = $6, territory_id = $7,"
				     " website = $8, lat = $9, lon = $10, revision = revision + 1"
				     " WHERE id = $11 RETURNING id")
		      : db_query(db, "INSERT INTO organisation (slug, name, kind, acronym, siren,"
				     " insee, territory_id, website, lat, lon)"
				     " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"
				     " RETURNING id");
	enum status status;

	bind(q, o);
	if (o->id)
		query_int(q, 11, o->id);
	status = query_one_int(q, &o->id);
	return status == OK ? change_note(db, "organisation", o->id) : status;
}

enum status organisation_set_territory(struct db *db, int64_t id, int64_t territory_id)
{
	struct query *q = db_query(db, "UPDATE organisation SET territory_id = $2 WHERE id = $1");

	query_int(q, 1, id);
	query_int(q, 2, territory_id);
	return query_run(q);
}

enum status organisation_remove(struct db *db, int64_t id)
{
	struct query *q = db_query(db, "DELETE FROM organisation WHERE id = $1");
	enum status status;

	query_int(q, 1, id);
	status = query_run(q);
	return status == OK ? change_note(db, "organisation", id) : status;
}
