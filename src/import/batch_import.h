/*
 * batch_import.h - what the files of import/ share of an import under way.
 */
#ifndef IMPORT_BATCH_IMPORT_H
#define IMPORT_BATCH_IMPORT_H

#include "import/import.h"

struct db;
struct pending;

struct import {
	struct db *db;
	struct arena *a;      /* of the result */
	struct arena *object; /* of the object under way */
	struct import_options options;
	struct import_result result;
	size_t error_capacity;
	int64_t position;   /* of the next item of the batch */
	bool terms_changed; /* so loops must be looked for */
	bool left_pending;  /* by the object under way */
	int64_t first_term; /* terms above it were made by this import */
	json_t *claimed;    /* a set of "kind slug" */
};

int64_t import_now(const struct import *import);
bool import_is_relative(const struct import *import);

/* Notes that the batch made or changed an object. `before` is NULL when it made it. */
CHECKED enum status import_note(struct import *import, const char *kind, const char *name,
				int64_t object_id, const char *before);

/* A term by its label, made (and noted) when there is none. */
CHECKED enum status import_term(struct import *import, const char *vocabulary, const char *label,
				int64_t *id);

/* Sets what `p` names, or keeps it for the end when there is no such thing yet. */
CHECKED enum status pending_resolve_or_keep(struct import *import, const struct pending *p);

/* Resolves all that was kept; what still leads nowhere is refused. */
CHECKED enum status pending_resolve_all(struct import *import);

/*
 * Reads an object and saves it, over the one that has its slug, if any. INVALID, noted, when
 * something is wrong with it.
 */
CHECKED enum status object_apply(struct import *import, int64_t line, const json_t *object,
				 enum outcome *outcome);

/* The identifier of what bears this slug: NOT_FOUND when nothing does. */
CHECKED enum status object_find(struct db *db, const char *kind, const char *slug, int64_t *id);

/* The interchange line of what is kept. */
CHECKED enum status object_line(struct db *db, struct arena *a, const char *kind, const char *slug,
				const char **line);

#endif
