/*
 * report.h - what an import of a listing found, decided and lost: for programs as JSON,
 * for the one who runs it as text, and as a page for those who will decide.
 */
#ifndef IMPORT_REPORT_H
#define IMPORT_REPORT_H

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

#include "import/import.h"
#include "import/listing.h"

struct arena;
struct out;

struct report {
	const char *file;
	const struct listing *listing;
	struct import_result result; /* of the import; a listing that cannot be read has none */
	bool dry_run;
};

/* A new reference. */
json_t *report_json(const struct report *report);

/* English, a few lines. */
void report_text(struct out *o, const struct report *report);

/* A whole page in French, which needs nothing else to be read. */
void report_html(struct out *o, struct arena *a, const struct report *report);

/* The cycles of all records, those of one name as one. */
struct report_cycle {
	const char *title;
	int announced; /* 0 when not told */
	size_t n_sessions;
};

size_t report_cycles(struct arena *a, const struct listing *listing, struct report_cycle **cycle);

#endif
