/*
 * import.h - the one way in: objects of the interchange (doc/interchange.md),
 * applied in one transaction and remembered as a batch that can be undone whole.
 *
 * Every importer parses its own format into interchange objects and hands them over
 * here. Errors are gathered, not thrown: import_object() notes what is wrong with its
 * line and goes on, so that all of them are told at once; import_end() keeps nothing when
 * there was one.
 */
#ifndef IMPORT_IMPORT_H
#define IMPORT_IMPORT_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/status.h"

struct arena;
struct db;
struct import;

struct import_options {
	const char *format; /* "jsonl", "listing" */
	const char *name;   /* of the file, for the list of batches */
	bool dry_run;       /* do all of it, then keep nothing */
	bool relative;      /* allow days such as "today+12" */
	int64_t now;        /* what modified_at is when a line does not say */
};

enum outcome { REFUSED, CREATED, UPDATED, UNCHANGED };

struct import_error {
	int64_t line;
	const char *message;
};

struct import_result {
	int64_t batch;                             /* its number, 0 when nothing was kept */
	int64_t n_created, n_updated, n_unchanged; /* resources */
	int64_t n_objects;                         /* of all types, accepted */
	struct import_error *error;
	size_t n_errors; /* at most IMPORT_ERRORS are kept */
	int64_t n_all_errors;
};

enum { IMPORT_ERRORS = 100 };

/* The arena holds the result; the import frees what else it uses. Begins the transaction. */
CHECKED enum status import_begin(struct db *db, struct arena *a,
				 const struct import_options *options, struct import **import);

/*
 * One object. INVALID when it was refused, and then the error is noted; FAILED when the
 * database gave up. `line` is told in errors.
 */
CHECKED enum status import_object(struct import *import, int64_t line, const json_t *object,
				  enum outcome *outcome);

/*
 * For sources that have identifiers of their own. import_claim() gives the slug under
 * which `source_id` is known here, or a free one near `proposed`; with it the object is
 * built, and then given to import_sourced(), which leaves alone what the source told in the
 * same words the last time, even when someone has improved it here since.
 */
CHECKED enum status import_claim(struct import *import, const char *kind, const char *source,
				 const char *source_id, const char *proposed, const char **slug);
CHECKED enum status import_sourced(struct import *import, int64_t line, const char *source,
				   const char *source_id, const json_t *object,
				   enum outcome *outcome);

/* For an importer's own refusals. */
void import_refuse(struct import *import, int64_t line, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/*
 * Resolves the names that were met before what they name, then commits, or keeps nothing:
 * INVALID when there was an error. Frees the import.
 */
CHECKED enum status import_end(struct import *import, struct import_result *result);

/* Commits what there is so far and goes on, for very large files (--resume). */
CHECKED enum status import_commit(struct import *import);

#endif
