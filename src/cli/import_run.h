/*
 * import_run.h - what the formats of 'halle import' share.
 */
#ifndef CLI_IMPORT_RUN_H
#define CLI_IMPORT_RUN_H

#include <stdio.h>

#include "cli/command.h"
#include "import/import.h"

/* What one import needs, from whichever format. */
struct import_run {
	struct args *args;
	struct arena *a;
	struct db *db;
	struct import_options options;
	enum { AS_TEXT, AS_JSON, AS_HTML } report;
};

/* Errors are said, and nothing is kept, when the status is not OK. */
CHECKED enum status import_jsonl(struct import_run *run, const char *path);
CHECKED enum status import_listing(struct import_run *run, const char *path);

/* Standard input for "-". NULL, said, with INVALID in *status, when it cannot be read. */
FILE *import_open(const char *path, enum status *status);

/* The file's name without its folders. */
const char *import_name(const char *path);

/* "halle: FILE: line N: what is wrong", a line each. */
void import_say_errors(const char *path, const struct import_result *result);

#endif
