#include "store/term.h"

#include "base/arena.h"
#include "base/names.h"
#include "base/text.h"
#include "db/db.h"
#include "store/change.h"
#include "store/row.h"
#include "store/slug.h"

#define SELECT_TERM                                                                                \
	"SELECT t.id, t.vocabulary, t.slug, t.label, t.parent_id, t.replaced_by, p.slug, r.slug"   \
	" FROM term t LEFT JOIN term p ON p.id = t.parent_id"                                      \
	" LEFT JOIN term r ON r.id = t.replaced_by"

static const char *const vocabularies[] = { "kind",    "form",      "category",
					    "keyword", "territory", "audience" };

bool vocabulary_is_known(const char *vocabulary)
{
	return NAME_PLACE(vocabularies, vocabulary) >= 0;
}

/* Read one row of SELECT_TERM. */
static struct term term_row(struct query *q, struct arena *a)
{
	return (struct term){
		.id = row_int(q, 0),
		.vocabulary = row_text(q, 1, a),
		.slug = row_text(q, 2, a),
		.label = row_text(q, 3, a),
		.parent_id = row_int(q, 4),
		.replaced_by_id = row_int(q, 5),
		.parent = row_text(q, 6, a),
		.replaced_by = row_text(q, 7, a),
	};
}

static enum status one(struct query *q, struct arena *a, struct term *found)
{
	bool any = query_row(q);
	enum status status;

	if (any)
		*found = term_row(q, a);
	status = query_end(q);
	return status == OK && !any ? NOT_FOUND : status;
}

static enum status all(struct query *q, struct arena *a, struct term_list *list)
{
	size_t capacity = 0;

	*list = (struct term_list){ 0 };
	while (query_row(q))
		*arena_push(a, list->term, list->n_terms, capacity) = term_row(q, a);
	return query_end(q);
}

enum status term_by_slug(struct db *db, struct arena *a, const char *vocabulary, const char *slug,
			 struct term *found)
{
	struct query *q = db_query(db, SELECT_TERM " WHERE t.vocabulary = $1 AND t.slug = $2");

	query_text(q, 1, vocabulary);
	query_text(q, 2, slug);
	return one(q, a, found);
}

enum status term_by_label(struct db *db, struct arena *a, const char *vocabulary, const char *label,
			  struct term *found)
{
	struct query *q = db_query(db, SELECT_TERM " WHERE t.vocabulary = $1 AND t.label = $2"
						   " ORDER BY t.id LIMIT 1");

	query_text(q, 1, vocabulary);
	query_text(q, 2, label);
	return one(q, a, found);
}

enum status term_obtain(struct db *db, struct arena *a, const char *vocabulary, const char *label,
			int64_t *id, bool *created)
{
	struct term term = { .vocabulary = vocabulary, .label = label };
	enum status status = term_by_label(db, a, vocabulary, label, &term);

	*created = false;
	if (status == NOT_FOUND) {
		/* "Coopération" and "coopération" are one keyword. */
		term.slug = slug_for(a, label, "terme");
		status = term_by_slug(db, a, vocabulary, term.slug, &term);
	}
	if (status == NOT_FOUND) {
		*created = true;
		status = term_save(db, &term);
	}
	*id = term.id;
	return status;
}

enum status term_all(struct db *db, struct arena *a, const char *vocabulary, struct term_list *list)
{
	struct query *q = db_query(db, SELECT_TERM " WHERE (t.vocabulary = $1 OR $1 IS NULL)"
						   " ORDER BY t.vocabulary, t.slug");

	query_text(q, 1, vocabulary);
	return all(q, a, list);
}

enum status term_save(struct db *db, struct term *t)
{
	struct query *q =
		t->id ? db_query(db, "UPDATE term SET vocabulary = $1, slug = $2, label = $3,"
				     " parent_id = $4, replaced_by = $5, revision = revision + 1"
				     " WHERE id = $6 RETURNING id")
		      : db_query(db, "INSERT INTO term (vocabulary, slug, label, parent_id,"
				     " replaced_by) VALUES ($1, $2, $3, $4, $5) RETURNING id");
	enum status status;

	query_text(q, 1, t->vocabulary);
	query_text(q, 2, t->slug);
	query_text(q, 3, t->label);
	query_id(q, 4, t->parent_id);
	query_id(q, 5, t->replaced_by_id);
	if (t->id)
		query_int(q, 6, t->id);
	status = query_one_int(q, &t->id);
	return status == OK ? change_note(db, "term", t->id) : status;
}

static enum status set_reference(struct query *q, int64_t id, int64_t other)
{
	query_int(q, 1, id);
	query_int(q, 2, other);
	return query_run(q);
}

enum status term_set_parent(struct db *db, int64_t id, int64_t parent_id)
{
	return set_reference(db_query(db, "UPDATE term SET parent_id = $2 WHERE id = $1"), id,
			     parent_id);
}

enum status term_set_replaced_by(struct db *db, int64_t id, int64_t replaced_by_id)
{
	return set_reference(db_query(db, "UPDATE term SET replaced_by = $2 WHERE id = $1"), id,
			     replaced_by_id);
}

enum status term_find_loop(struct db *db, struct arena *a, const char **slug)
{
	struct query *q = db_query(
		db,
		"WITH RECURSIVE up (id, slug, above, depth) AS ("
		"SELECT id, slug, coalesce(parent_id, replaced_by), 1 FROM term"
		" WHERE parent_id IS NOT NULL OR replaced_by IS NOT NULL"
		" UNION ALL SELECT up.id, up.slug, coalesce(t.parent_id, t.replaced_by), depth + 1"
		" FROM up JOIN term t ON t.id = up.above"
		" WHERE up.above <> up.id AND depth < 32"
		" AND (t.parent_id IS NOT NULL OR t.replaced_by IS NOT NULL))"
		" SELECT slug FROM up WHERE above = id OR depth >= 32 ORDER BY slug LIMIT 1");

	*slug = NULL;
	if (query_row(q))
		*slug = row_text(q, 0, a);
	return query_end(q);
}

enum status term_remove(struct db *db, int64_t id)
{
	struct query *q = db_query(db, "DELETE FROM term WHERE id = $1");
	enum status status;

	query_int(q, 1, id);
	status = query_run(q);
	return status == OK ? change_note(db, "term", id) : status;
}

enum status term_of_resource(struct db *db, struct arena *a, int64_t resource_id,
			     const char *vocabulary, struct term_list *list)
{
	struct query *q = db_query(db, SELECT_TERM " JOIN resource_term rt ON rt.term_id = t.id"
						   " WHERE rt.resource_id = $1"
						   " AND t.vocabulary = $2"
						   " ORDER BY rt.position, t.id");

	query_int(q, 1, resource_id);
	query_text(q, 2, vocabulary);
	return all(q, a, list);
}

enum status term_add_to_resource(struct db *db, int64_t resource_id, int64_t term_id, int position)
{
	struct query *q = db_query(db, "INSERT INTO resource_term (resource_id, term_id, position)"
				       " VALUES ($1, $2, $3) ON CONFLICT DO NOTHING");

	query_int(q, 1, resource_id);
	query_int(q, 2, term_id);
	query_int(q, 3, position);
	return query_run(q);
}

enum status term_set_of_resource(struct db *db, int64_t resource_id, const char *vocabulary,
				 const int64_t *id, size_t n)
{
	struct query *q = db_query(db, "DELETE FROM resource_term WHERE resource_id = $1"
				       " AND term_id IN (SELECT id FROM term"
				       " WHERE vocabulary = $2)");
	enum status status;

	query_int(q, 1, resource_id);
	query_text(q, 2, vocabulary);
	status = query_run(q);
	for (size_t i = 0; i < n && status == OK; i++)
		status = term_add_to_resource(db, resource_id, id[i], (int)i);
	return status;
}
