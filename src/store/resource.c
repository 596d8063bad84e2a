#include "store/resource.h"

#include <time.h>

#include "base/arena.h"
#include "base/names.h"
#include "db/db.h"
#include "store/change.h"
#include "store/contribution.h"
#include "store/opening.h"
#include "store/row.h"

static const char *const publications[] = { "draft", "review", "published", "archived" };
static const char *const precisions[] = { "day", "month", "year" };

const char *publication_name(enum publication status)
{
	return publications[status];
}

bool publication_parse(const char *name, enum publication *status)
{
	int place = NAME_PLACE(publications, name);

	if (place >= 0)
		*status = (enum publication)place;
	return place >= 0;
}

const char *precision_name(enum precision precision)
{
	return precisions[precision];
}

bool precision_parse(const char *name, enum precision *precision)
{
	int place = NAME_PLACE(precisions, name);

	if (place >= 0)
		*precision = (enum precision)place;
	return place >= 0;
}

struct object resource_object(const struct resource *r)
{
	return (struct object){
		.visibility = r->visibility,
		.published = r->status == PUBLISHED,
		.listed = r->listed,
		.opened = r->is_opened,
	};
}

/* $1 is always what the reader holds. */
#define RESOURCE_COLUMNS                                                                           \
	" r.id, r.slug, r.title, r.summary, r.kind_id, r.form_id, r.collection_id,"                \
	" r.replaces_id, r.visibility, r.status, r.listed, r.published_on, r.date_precision,"      \
	" r.number, r.edition, r.language, r.extent, r.access_note, r.notice, r.source,"           \
	" r.source_id, r.modified_at, r.revision, k.label, k.slug, f.label, f.slug,"               \
	" c.slug, c.title, p.slug, p.title, " ACCESS_OPENED_SQL("resource", "r", "$1")

enum { N_RESOURCE_COLUMNS = 32 };

#define FROM_RESOURCE                                                                              \
	" FROM resource r JOIN term k ON k.id = r.kind_id"                                         \
	" LEFT JOIN term f ON f.id = r.form_id"                                                    \
	" LEFT JOIN collection c ON c.id = r.collection_id"                                        \
	" LEFT JOIN resource p ON p.id = r.replaces_id"                                            \
	" AND " ACCESS_DISCOVER_RESOURCE_SQL("p", "$1")

#define SELECT_RESOURCE "SELECT" RESOURCE_COLUMNS FROM_RESOURCE

#define SELECT_WITH_BODY                                                                           \
	"SELECT" RESOURCE_COLUMNS                                                                  \
	", CASE WHEN " ACCESS_READ_RESOURCE_SQL("r", "$1") " THEN r.body END" FROM_RESOURCE

#define DISCOVERABLE " WHERE " ACCESS_DISCOVER_RESOURCE_SQL("r", "$1")

#define LATEST_FIRST " ORDER BY r.published_on DESC NULLS LAST, r.id DESC"

/* Reads one row of RESOURCE_COLUMNS. */
static struct resource resource_row(struct query *q, struct arena *a, const struct reader *reader)
{
	struct resource r = {
		.id = row_int(q, 0),
		.slug = row_text(q, 1, a),
		.title = row_text(q, 2, a),
		.summary = html_trusted(row_text(q, 3, a)),
		.kind_id = row_int(q, 4),
		.form_id = row_int(q, 5),
		.collection_id = row_int(q, 6),
		.replaces_id = row_int(q, 7),
		.visibility = row_visibility(q, 8),
		.listed = row_int(q, 10) != 0,
		.published_on = row_text(q, 11, a),
		.number = row_number(q, 13),
		.edition = row_text(q, 14, a),
		.language = row_text(q, 15, a),
		.extent = row_text(q, 16, a),
		.access_note = row_text(q, 17, a),
		.notice = row_text(q, 18, a),
		.source = row_text(q, 19, a),
		.source_id = row_text(q, 20, a),
		.modified_at = row_int(q, 21),
		.revision = row_int(q, 22),
		.kind = row_text(q, 23, a),
		.kind_slug = row_text(q, 24, a),
		.form = row_text(q, 25, a),
		.form_slug = row_text(q, 26, a),
		.collection = row_text(q, 27, a),
		.collection_title = row_text(q, 28, a),
		.replaces = row_text(q, 29, a),
		.replaces_title = row_text(q, 30, a),
		.is_opened = row_int(q, 31) != 0,
	};
	struct object object;

	(void)publication_parse(row_text(q, 9, a), &r.status);
	(void)precision_parse(row_text(q, 12, a), &r.date_precision);
	object = resource_object(&r);
	r.may_read = access_may_read(reader, &object);
	return r;
}

static enum status one(struct query *q, struct arena *a, const struct reader *reader,
		       struct resource *found)
{
	bool any = query_row(q);
	enum status status;

	if (any)
		*found = resource_row(q, a, reader);
	status = query_end(q);
	return status == OK && !any ? NOT_FOUND : status;
}

static enum status all(struct query *q, struct arena *a, const struct reader *reader,
		       struct resource_list *list)
{
	size_t capacity = 0;

	*list = (struct resource_list){ 0 };
	while (query_row(q))
		*arena_push(a, list->resource, list->n_resources, capacity) =
			resource_row(q, a, reader);
	return query_end(q);
}

enum status resource_by_slug(struct db *db, struct arena *a, const struct reader *reader,
			     const char *slug, struct resource *found)
{
	struct query *q = db_query(db, SELECT_RESOURCE DISCOVERABLE " AND r.slug = $2");

	query_reader(q, 1, reader);
	query_text(q, 2, slug);
	return one(q, a, reader, found);
}

enum status resource_by_id(struct db *db, struct arena *a, const struct reader *reader, int64_t id,
			   struct resource *found)
{
	struct query *q = db_query(db, SELECT_RESOURCE DISCOVERABLE " AND r.id = $2");

	query_reader(q, 1, reader);
	query_int(q, 2, id);
	return one(q, a, reader, found);
}

enum status resource_with_body(struct db *db, struct arena *a, const struct reader *reader,
			       int64_t id, struct resource *found)
{
	struct query *q = db_query(db, SELECT_WITH_BODY DISCOVERABLE " AND r.id = $2");
	bool any;
	enum status status;

	query_reader(q, 1, reader);
	query_int(q, 2, id);
	any = query_row(q);
	if (any) {
		*found = resource_row(q, a, reader);
		found->body = html_trusted(row_text(q, N_RESOURCE_COLUMNS, a));
	}
	status = query_end(q);
	return status == OK && !any ? NOT_FOUND : status;
}

enum status resource_body(struct db *db, struct arena *a, const struct reader *reader, int64_t id,
			  struct html *body)
{
	struct query *q =
		db_query(db, "SELECT r.body FROM resource r"
			     " WHERE " ACCESS_READ_RESOURCE_SQL("r", "$1") " AND r.id = $2");
	bool any;
	enum status status;

	query_reader(q, 1, reader);
	query_int(q, 2, id);
	any = query_row(q);
	*body = html_trusted(any ? row_text(q, 0, a) : NULL);
	status = query_end(q);
	return status == OK && !any ? DENIED : status;
}

enum status resource_latest(struct db *db, struct arena *a, const struct reader *reader, int limit,
			    struct resource_list *list)
{
	struct query *q = db_query(db, SELECT_RESOURCE DISCOVERABLE " AND r.status = 'published'" //
				   LATEST_FIRST " LIMIT $2");

	query_reader(q, 1, reader);
	query_int(q, 2, limit);
	return all(q, a, reader, list);
}

enum status resource_of_collection(struct db *db, struct arena *a, const struct reader *reader,
				   int64_t collection_id, struct resource_list *list)
{
	struct query *q = db_query(db, SELECT_RESOURCE DISCOVERABLE
				   " AND r.collection_id = $2"
				   " ORDER BY r.number DESC NULLS LAST,"
				   " r.published_on DESC NULLS LAST, r.id DESC");

	query_reader(q, 1, reader);
	query_int(q, 2, collection_id);
	return all(q, a, reader, list);
}

enum status resource_of_session(struct db *db, struct arena *a, const struct reader *reader,
				int64_t session_id, struct resource_list *list)
{
	struct query *q = db_query(db, SELECT_RESOURCE DISCOVERABLE
				   " AND r.id IN (SELECT resource_id FROM resource_session"
				   " WHERE session_id = $2)" LATEST_FIRST);

	query_reader(q, 1, reader);
	query_int(q, 2, session_id);
	return all(q, a, reader, list);
}

enum status resource_of_cycle(struct db *db, struct arena *a, const struct reader *reader,
			      int64_t cycle_id, struct resource_list *list)
{
	struct query *q = db_query(db, SELECT_RESOURCE DISCOVERABLE
				   " AND r.id IN (SELECT resource_id FROM resource_cycle"
				   " WHERE cycle_id = $2)" LATEST_FIRST);

	query_reader(q, 1, reader);
	query_int(q, 2, cycle_id);
	return all(q, a, reader, list);
}

enum status resource_of_organisation(struct db *db, struct arena *a, const struct reader *reader,
				     int64_t organisation_id, struct resource_list *list)
{
	struct query *q = db_query(
		db, SELECT_RESOURCE DISCOVERABLE
		" AND r.id IN (SELECT owner_id FROM contribution WHERE owner = 'resource'"
		" AND organisation_id = $2 AND coalesce(visibility, r.visibility) = 'public')"
		" AND r.status = 'published'" LATEST_FIRST " LIMIT 50");

	query_reader(q, 1, reader);
	query_int(q, 2, organisation_id);
	return all(q, a, reader, list);
}

enum status resource_saved_by(struct db *db, struct arena *a, const struct reader *reader,
			      int64_t person_id, struct resource_list *list)
{
	struct query *q = db_query(db, "SELECT" RESOURCE_COLUMNS FROM_RESOURCE
				       " JOIN saved_resource v ON v.resource_id = r.id"
				       " AND v.person_id = $2" DISCOVERABLE
				       " ORDER BY v.saved_at DESC, r.id DESC");

	query_reader(q, 1, reader);
	query_int(q, 2, person_id);
	return all(q, a, reader, list);
}

enum status resource_of_key(struct db *db, struct arena *a, const struct reader *reader,
			    const char *key, struct resource_list *list)
{
	struct query *q = db_query(db, SELECT_RESOURCE DISCOVERABLE
				   " AND r.id IN (SELECT owner_id FROM opening"
				   " WHERE owner = 'resource' AND key = $2)" LATEST_FIRST);

	query_reader(q, 1, reader);
	query_text(q, 2, key);
	return all(q, a, reader, list);
}

/* $2 is the day, $3 the moment, $4 the person. 32 is the last of RESOURCE_COLUMNS. */
#define IS_NEWS                                                                                    \
	" r.status = 'published' AND (r.published_on > $2"                                         \
	" OR (r.published_on = $2 AND r.modified_at > $3)"                                         \
	" OR EXISTS (SELECT 1 FROM audit t WHERE t.at > $3 AND t.action = 'resource-opened'"       \
	" AND t.subject = 'resource ' || r.slug)"                                                  \
	" OR EXISTS (SELECT 1 FROM access_request g WHERE g.resource_id = r.id"                    \
	" AND g.person_id = $4 AND g.answer = 'granted' AND g.answered_at > $3))"

enum status resource_news(struct db *db, struct arena *a, const struct reader *reader,
			  int64_t since, int limit, struct resource_list *list)
{
	struct query *q = db_query(db, SELECT_RESOURCE " WHERE " ACCESS_READ_RESOURCE_SQL(
					       "r", "$1") " AND" IS_NEWS
							  " ORDER BY 32 DESC, r.published_on DESC "
							  "NULLS LAST, r.id DESC LIMIT $5");

	query_reader(q, 1, reader);
	query_text(q, 2, day_of_moment(a, since));
	query_int(q, 3, since);
	query_int(q, 4, reader->person_id);
	query_int(q, 5, limit);
	return all(q, a, reader, list);
}

enum status resource_replacing(struct db *db, struct arena *a, const struct reader *reader,
			       int64_t id, struct resource *found)
{
	struct query *q = db_query(db, SELECT_RESOURCE DISCOVERABLE " AND r.replaces_id = $2" //
				   LATEST_FIRST " LIMIT 1");

	query_reader(q, 1, reader);
	query_int(q, 2, id);
	return one(q, a, reader, found);
}

enum status resource_after(struct db *db, struct arena *a, const struct reader *reader,
			   const char *slug, int limit, struct resource_list *list)
{
	struct query *q = db_query(db, SELECT_RESOURCE DISCOVERABLE " AND r.slug > $2"
								    " ORDER BY r.slug LIMIT $3");

	query_reader(q, 1, reader);
	query_text(q, 2, slug);
	query_int(q, 3, limit);
	return all(q, a, reader, list);
}

#define IN_STATE                                                                                   \
	DISCOVERABLE " AND (r.status = $2 OR $2 IS NULL) AND (r.visibility = $3 OR $3 IS NULL)"

enum status resource_in_state(struct db *db, struct arena *a, const struct reader *reader,
			      const char *state, const char *visibility, int limit, int skip,
			      struct resource_list *list)
{
	struct query *q = db_query(db, SELECT_RESOURCE IN_STATE
				   " ORDER BY r.modified_at DESC, r.id DESC LIMIT $4 OFFSET $5");

	query_reader(q, 1, reader);
	query_text(q, 2, state);
	query_text(q, 3, visibility);
	query_int(q, 4, limit);
	query_int(q, 5, skip);
	return all(q, a, reader, list);
}

enum status resource_count_in_state(struct db *db, const struct reader *reader, const char *state,
				    const char *visibility, int64_t *n)
{
	struct query *q = db_query(db, "SELECT count(*) FROM resource r" IN_STATE);

	query_reader(q, 1, reader);
	query_text(q, 2, state);
	query_text(q, 3, visibility);
	return query_one_int(q, n);
}

enum status resource_id_of(struct db *db, const char *slug, int64_t *id)
{
	struct query *q = db_query(db, "SELECT id FROM resource WHERE slug = $1");

	query_text(q, 1, slug);
	return query_one_int(q, id);
}

static void bind(struct query *q, const struct resource *r)
{
	query_text(q, 1, r->slug);
	query_text(q, 2, r->title);
	query_text(q, 3, r->summary.markup);
	query_text(q, 4, r->body.markup);
	query_int(q, 5, r->kind_id);
	query_id(q, 6, r->form_id);
	query_text(q, 7, visibility_name(r->visibility));
	query_text(q, 8, publication_name(r->status));
	query_int(q, 9, r->listed);
	query_text(q, 10, r->published_on);
	query_text(q, 11, precision_name(r->date_precision));
	query_id(q, 12, r->collection_id);
	query_number(q, 13, r->number);
	query_text(q, 14, r->edition);
	query_id(q, 15, r->replaces_id);
	query_text(q, 16, r->language);
	query_text(q, 17, r->extent);
	query_text(q, 18, r->access_note);
	query_text(q, 19, r->notice);
	query_text(q, 20, r->source);
	query_text(q, 21, r->source_id);
	query_int(q, 22, r->modified_at);
}

#define INSERT_RESOURCE                                                                            \
	"INSERT INTO resource (slug, title, summary, body, kind_id, form_id, visibility, status,"  \
	" listed, published_on, date_precision, collection_id, number, edition, replaces_id,"      \
	" language, extent, access_note, notice, source, source_id, modified_at)"                  \
	" VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17,"     \
	" $18, $19, $20, $21, $22) RETURNING id"

#define UPDATE_RESOURCE                                                                            \
	"UPDATE resource SET slug = $1, title = $2, summary = $3, body = $4, kind_id = $5,"        \
	" form_id = $6, visibility = $7, status = $8, listed = $9, published_on = $10,"            \
	" date_precision = $11, collection_id = $12, number = $13, edition = $14,"                 \
	" replaces_id = $15, language = $16, extent = $17, access_note = $18, notice = $19,"       \
	" source = $20, source_id = $21, modified_at = $22, revision = revision + 1"               \
	" WHERE id = $23 RETURNING id"

enum status resource_save(struct db *db, struct resource *r)
{
	struct query *q = r->id ? db_query(db, UPDATE_RESOURCE) : db_query(db, INSERT_RESOURCE);
	enum status status;

	bind(q, r);
	if (r->id)
		query_int(q, 23, r->id);
	status = query_one_int(q, &r->id);
	return status == OK ? change_note(db, "resource", r->id) : status;
}

enum status resource_set_collection(struct db *db, int64_t id, int64_t collection_id)
{
	struct query *q = db_query(db, "UPDATE resource SET collection_id = $2 WHERE id = $1");

	query_int(q, 1, id);
	query_id(q, 2, collection_id);
	return query_run(q);
}

enum status resource_set_replaces(struct db *db, int64_t id, int64_t replaces_id)
{
	struct query *q = db_query(db, "UPDATE resource SET replaces_id = $2 WHERE id = $1");

	query_int(q, 1, id);
	query_id(q, 2, replaces_id);
	return query_run(q);
}

/* Links of others to it have lost their target, and nothing is replaced by it any more. */
static enum status forget_references(struct db *db, int64_t id)
{
	struct query *q = db_query(db, "UPDATE link SET resource_id = NULL WHERE resource_id = $1");
	enum status status;

	query_int(q, 1, id);
	status = query_run(q);
	if (status != OK)
		return status;
	q = db_query(db, "INSERT INTO change (kind, object_id)"
			 " SELECT 'resource', id FROM resource WHERE replaces_id = $1");
	query_int(q, 1, id);
	status = query_run(q);
	if (status != OK)
		return status;
	q = db_query(db, "UPDATE resource SET replaces_id = NULL WHERE replaces_id = $1");
	query_int(q, 1, id);
	return query_run(q);
}

enum status resource_remove(struct db *db, int64_t id)
{
	enum status status = link_set(db, OF_RESOURCE, id, NULL, 0);
	struct query *q;

	if (status == OK)
		status = contribution_set(db, OF_RESOURCE, id, NULL, 0);
	if (status == OK)
		status = opening_clear(db, OF_RESOURCE, id);
	if (status == OK)
		status = forget_references(db, id);
	if (status != OK)
		return status;
	q = db_query(db, "DELETE FROM resource WHERE id = $1");
	query_int(q, 1, id);
	status = query_run(q);
	return status == OK ? change_note(db, "resource", id) : status;
}

enum status resource_keep_version(struct db *db, int64_t id, const char *data)
{
	struct query *q = db_query(db, "INSERT INTO resource_version (resource_id, revision,"
				       " replaced_at, data) SELECT id, revision, $2, $3"
				       " FROM resource WHERE id = $1");

	query_int(q, 1, id);
	query_int(q, 2, time(NULL));
	query_text(q, 3, data);
	return query_run(q);
}

enum status resource_versions(struct db *db, struct arena *a, int64_t id, struct version_list *list)
{
	struct query *q = db_query(db, "SELECT revision, replaced_at FROM resource_version"
				       " WHERE resource_id = $1 ORDER BY revision DESC");
	size_t capacity = 0;

	*list = (struct version_list){ 0 };
	query_int(q, 1, id);
	while (query_row(q))
		*arena_push(a, list->version, list->n_versions, capacity) =
			(struct version){ .revision = row_int(q, 0), .replaced_at = row_int(q, 1) };
	return query_end(q);
}

enum status resource_version(struct db *db, struct arena *a, int64_t id, int64_t revision,
			     const char **data)
{
	struct query *q = db_query(db, "SELECT data FROM resource_version"
				       " WHERE resource_id = $1 AND revision = $2");
	enum status status;

	*data = NULL;
	query_int(q, 1, id);
	query_int(q, 2, revision);
	if (query_row(q))
		*data = row_text(q, 0, a);
	status = query_end(q);
	return status == OK && !*data ? NOT_FOUND : status;
}
