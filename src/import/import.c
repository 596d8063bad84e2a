#include "import/import.h"

#include <sodium.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/log.h"
#include "db/db.h"
#include "feed/interchange.h"
#include "import/batch_import.h"
#include "store/batch.h"
#include "store/pending.h"
#include "store/slug.h"
#include "store/term.h"

enum { SLUG_TRIES = 10000, MESSAGE_MAX = 400 };

int64_t import_now(const struct import *import)
{
	return import->options.now;
}

bool import_is_relative(const struct import *import)
{
	return import->options.relative;
}

static enum status start_batch(struct import *import)
{
	const struct import_options *o = &import->options;
	enum status status = pending_clear(import->db);

	if (status == OK)
		status = batch_add(import->db, o->format, o->name, o->now, &import->result.batch);
	if (status == OK)
		status =
			query_one_int(db_query(import->db, "SELECT coalesce(max(id), 0) FROM term"),
				      &import->first_term);
	return status;
}

static void free_import(struct import *import)
{
	arena_free(import->object);
	json_decref(import->claimed);
	free(import);
}

enum status import_begin(struct db *db, struct arena *a, const struct import_options *options,
			 struct import **made)
{
	struct import *import = calloc(1, sizeof(*import));
	enum status status;

	if (!import)
		die("out of memory");
	*import = (struct import){ .db = db, .a = a, .object = arena_new(), .options = *options };
	import->claimed = json_object();
	status = db_begin(db);
	if (status == OK) {
		status = start_batch(import);
		if (status != OK)
			status = db_end(db, status);
	}
	if (status != OK)
		free_import(import);
	else
		*made = import;
	return status;
}

void import_refuse(struct import *import, int64_t line, const char *format, ...)
{
	struct import_result *r = &import->result;
	char message[MESSAGE_MAX];
	va_list args;

	if (r->n_all_errors++ >= IMPORT_ERRORS)
		return;
	va_start(args, format);
	vsnprintf(message, sizeof(message), format, args);
	va_end(args);
	*arena_push(import->a, r->error, r->n_errors, import->error_capacity) =
		(struct import_error){ line, arena_strdup(import->a, message) };
}

enum status import_note(struct import *import, const char *kind, const char *name,
			int64_t object_id, const char *before)
{
	struct batch_item item = { kind, name, object_id, 0, before };
	bool has = false;
	enum status status = batch_revision(import->db, kind, object_id, &item.revision);

	if (status == OK && object_id)
		status = batch_has(import->db, import->result.batch, kind, object_id, &has);
	if (status != OK)
		return status;
	if (has)
		return batch_touch_item(import->db, import->result.batch, kind, object_id,
					item.revision);
	return batch_add_item(import->db, import->result.batch, import->position++, &item);
}

enum status import_term(struct import *import, const char *vocabulary, const char *label,
			int64_t *id)
{
	bool created;
	enum status status =
		term_obtain(import->db, import->object, vocabulary, label, id, &created);

	if (status == OK && created)
		status = import_note(import, "term", label, *id, NULL);
	return status;
}

static void count(struct import *import, const json_t *object, enum outcome outcome)
{
	struct import_result *r = &import->result;
	const char *type = json_string_value(json_object_get(object, "type"));

	r->n_objects++;
	if (strcmp(type, "resource") != 0)
		return;
	r->n_created += outcome == CREATED;
	r->n_updated += outcome == UPDATED;
	r->n_unchanged += outcome == UNCHANGED;
}

enum status import_object(struct import *import, int64_t line, const json_t *object,
			  enum outcome *outcome)
{
	enum status status;

	arena_reset(import->object);
	import->left_pending = false;
	status = object_apply(import, line, object, outcome);
	if (status == OK)
		count(import, object, *outcome);
	return status;
}

/* ---- sources with identifiers of their own ------------------------------------------ */

static enum status slug_of(struct import *import, const char *kind, int64_t id, const char **slug)
{
	static const char *const question[][2] = {
		{ "resource", "SELECT slug FROM resource WHERE id = $1" },
		{ "session", "SELECT slug FROM session WHERE id = $1" },
		{ "cycle", "SELECT slug FROM cycle WHERE id = $1" },
		{ "collection", "SELECT slug FROM collection WHERE id = $1" },
	};
	struct query *q = NULL;
	enum status status;

	*slug = NULL;
	for (size_t i = 0; i < sizeof(question) / sizeof(*question); i++)
		if (!strcmp(kind, question[i][0]))
			q = db_query(import->db, question[i][1]);
	if (!q)
		die("no slugs for '%s'", kind);
	query_int(q, 1, id);
	if (query_row(q))
		*slug = row_text(q, 0, import->a);
	status = query_end(q);
	return status == OK && !*slug ? NOT_FOUND : status;
}

/* Slugs given out by this import, before anything bears them. */
static bool is_claimed(const struct import *import, const char *kind, const char *slug)
{
	return json_object_get(import->claimed, arena_printf(import->object, "%s %s", kind, slug));
}

static void claim(struct import *import, const char *kind, const char *slug)
{
	if (json_object_set_new(import->claimed, arena_printf(import->object, "%s %s", kind, slug),
				json_true()))
		die("out of memory");
}

static enum status free_slug(struct import *import, const char *kind, const char *proposed,
			     const char **slug)
{
	int64_t id;

	*slug = proposed;
	for (int i = 2; i < SLUG_TRIES; i++) {
		enum status status = object_find(import->db, kind, *slug, &id);

		if (status == NOT_FOUND && !is_claimed(import, kind, *slug))
			return OK;
		if (status != OK && status != NOT_FOUND)
			return status;
		*slug = slug_numbered(import->a, proposed, i);
	}
	log_error("no free address near '%s'", proposed);
	return FAILED;
}

enum status import_claim(struct import *import, const char *kind, const char *source,
			 const char *source_id, const char *proposed, const char **slug)
{
	struct imported known;
	enum status status = imported_find(import->db, import->a, source, kind, source_id, &known);

	if (status == OK)
		status = slug_of(import, kind, known.object_id, slug);
	if (status == NOT_FOUND)
		status = free_slug(import, kind, proposed, slug);
	if (status == OK)
		claim(import, kind, *slug);
	return status;
}

static const char *digest_of(struct arena *a, const json_t *object)
{
	unsigned char hash[crypto_generichash_BYTES];
	char *hex = arena_make(a, char, 2 * sizeof(hash) + 1);
	const char *line = interchange_line(a, object);

	crypto_generichash(hash, sizeof(hash), (const unsigned char *)line, strlen(line), NULL, 0);
	return sodium_bin2hex(hex, 2 * sizeof(hash) + 1, hash, sizeof(hash));
}

/* True when the source said the same the last time, and what it became is still there. */
static enum status is_known(struct import *import, const struct imported *now, bool *known)
{
	struct imported last;
	int64_t revision;
	enum status status =
		imported_find(import->db, import->a, now->source, now->kind, now->source_id, &last);

	if (status == OK)
		status = batch_revision(import->db, now->kind, last.object_id, &revision);
	*known = status == OK && !strcmp(last.digest, now->digest);
	return status == NOT_FOUND ? OK : status;
}

enum status import_sourced(struct import *import, int64_t line, const char *source,
			   const char *source_id, const json_t *object, enum outcome *outcome)
{
	const char *kind = json_string_value(json_object_get(object, "type"));
	const char *slug = json_string_value(json_object_get(object, "slug"));
	struct imported now = { source, source_id, kind, 0, digest_of(import->a, object) };
	bool known;
	enum status status = is_known(import, &now, &known);

	if (status != OK)
		return status;
	if (known) {
		*outcome = UNCHANGED;
		count(import, object, UNCHANGED);
		return OK;
	}
	status = import_object(import, line, object, outcome);
	if (status == OK)
		status = object_find(import->db, kind, slug, &now.object_id);
	return status == OK ? imported_save(import->db, &now) : status;
}

/* ---- the end ------------------------------------------------------------------------- */

static enum status refuse_loops(struct import *import)
{
	const char *slug;
	enum status status;

	if (!import->terms_changed)
		return OK;
	status = term_find_loop(import->db, import->a, &slug);
	if (status == OK && slug)
		import_refuse(import, 0, "the term '%s' stands above itself", slug);
	return status;
}

enum status import_commit(struct import *import)
{
	enum status status = db_end(import->db, import->result.n_all_errors ? INVALID : OK);

	return status == OK ? db_begin(import->db) : status;
}

/* A batch that changed nothing is not worth remembering. */
static enum status drop_empty_batch(struct import *import)
{
	if (import->position > 0)
		return OK;
	return batch_remove(import->db, import->result.batch);
}

enum status import_end(struct import *import, struct import_result *result)
{
	enum status status = pending_resolve_all(import);

	if (status == OK)
		status = refuse_loops(import);
	if (status == OK)
		status = drop_empty_batch(import);
	if (status == OK && import->result.n_all_errors)
		status = INVALID;
	/* What is rolled back on purpose is no failure. */
	if (status == OK && import->options.dry_run)
		(void)!db_end(import->db, DENIED);
	else
		status = db_end(import->db, status);
	if (status != OK || import->options.dry_run || import->position == 0)
		import->result.batch = 0;
	*result = import->result;
	free_import(import);
	return status;
}
