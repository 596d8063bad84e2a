#include <errno.h>
#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/log.h"
#include "base/out.h"
#include "cli/import_run.h"
#include "feed/interchange.h"
#include "import/listing.h"
#include "import/report.h"

enum { LISTING_MAX = 64 * 1024 * 1024, PIECE = 64 * 1024 };

static long long lines_in(const struct out *bytes)
{
	long long n = 1;

	for (size_t i = 0; i < bytes->length; i++)
		n += bytes->data[i] == '\n';
	return n;
}

/* The whole file: a listing is read forwards and backwards. */
static enum status read_all(const char *path, struct out *bytes)
{
	enum status status;
	FILE *file = import_open(path, &status);
	char piece[PIECE];
	size_t n;

	if (!file)
		return status;
	while ((n = fread(piece, 1, sizeof(piece), file)) > 0 && bytes->length <= LISTING_MAX)
		out_bytes(bytes, piece, n);
	status = OK;
	if (ferror(file)) {
		log_error("cannot read '%s': %s", path, strerror(errno));
		status = FAILED;
	} else if (bytes->length > LISTING_MAX) {
		log_error("%s: line %lld: the file goes on past %d MiB here: no listing is so long",
			  import_name(path), lines_in(bytes), LISTING_MAX / 1024 / 1024);
		status = INVALID;
	}
	if (file != stdin)
		fclose(file);
	return status;
}

static void print_report(struct import_run *run, const struct report *report)
{
	struct out o;
	json_t *whole;

	out_init(&o);
	if (run->report == AS_JSON) {
		whole = report_json(report);
		out_raw(&o, interchange_line(run->a, whole));
		out_char(&o, '\n');
		json_decref(whole);
	} else if (run->report == AS_HTML) {
		report_html(&o, run->a, report);
	} else {
		report_text(&o, report);
	}
	fwrite(out_string(&o), 1, o.length, stdout);
	out_release(&o);
}

/* What the parser refused is an error of the import like the others. */
static void add_error(struct import_run *run, struct import_result *result,
		      const struct listing_error *error)
{
	result->error = arena_make(run->a, struct import_error, 1);
	result->error[0] = (struct import_error){ (int64_t)error->line, error->message };
	result->n_errors = 1;
	result->n_all_errors = 1;
}

static enum status bring_in(struct import_run *run, const struct listing *listing,
			    struct import_result *result)
{
	struct import *import;
	enum status status = import_begin(run->db, run->a, &run->options, &import), ended;

	if (status != OK)
		return status;
	status = listing_import(import, run->a, listing);
	ended = import_end(import, result);
	return status == OK ? ended : status;
}

enum status import_listing(struct import_run *run, const char *path)
{
	struct listing listing = { 0 };
	struct report report = { .file = import_name(path),
				 .listing = &listing,
				 .dry_run = run->options.dry_run };
	struct out bytes;
	enum status status;

	out_init(&bytes);
	status = read_all(path, &bytes);
	if (status != OK) {
		out_release(&bytes);
		return status;
	}
	status = listing_read(run->a, bytes.data ? bytes.data : "", bytes.length, &listing);
	if (status == OK)
		status = bring_in(run, &listing, &report.result);
	else if (listing.error.message)
		add_error(run, &report.result, &listing.error);
	out_release(&bytes);
	if (status == FAILED)
		return status;
	import_say_errors(path, &report.result);
	if (status == OK || run->report == AS_JSON)
		print_report(run, &report);
	return status;
}
