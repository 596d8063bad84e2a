#include <jansson.h>
#include <stdio.h>

#include "base/arena.h"
#include "base/log.h"
#include "cli/import_run.h"
#include "feed/interchange.h"
#include "import/jsonl.h"

static void print_jsonl_report(const struct import_run *run, const char *path,
			       const struct import_result *result)
{
	json_t *errors, *whole;

	if (run->report == AS_TEXT) {
		printf("%s: %lld objects; resources: %lld created, %lld updated, %lld unchanged\n",
		       import_name(path), (long long)result->n_objects,
		       (long long)result->n_created, (long long)result->n_updated,
		       (long long)result->n_unchanged);
		if (result->batch)
			printf("import number %lld ('halle import undo %lld' takes it back)\n",
			       (long long)result->batch, (long long)result->batch);
		return;
	}
	errors = json_array();
	for (size_t i = 0; i < result->n_errors; i++)
		json_array_append_new(errors, json_pack("{s:I, s:s}", "line",
							(json_int_t)result->error[i].line,
							"message", result->error[i].message));
	whole = json_pack("{s:I, s:I, s:I, s:I, s:I, s:o}", "batch", (json_int_t)result->batch,
			  "objects", (json_int_t)result->n_objects, "created",
			  (json_int_t)result->n_created, "updated", (json_int_t)result->n_updated,
			  "unchanged", (json_int_t)result->n_unchanged, "errors", errors);
	puts(interchange_line(run->a, whole));
	json_decref(whole);
}

enum status import_jsonl(struct import_run *run, const char *path)
{
	bool resume = args_value(run->args, "--resume");
	struct import_result result = { 0 };
	struct import *import;
	enum status status, read;
	FILE *file = import_open(path, &status);

	if (!file)
		return status;
	status = import_begin(run->db, run->a, &run->options, &import);
	if (status == OK) {
		read = jsonl_read(file, import, resume && !run->options.dry_run);
		status = import_end(import, &result);
		status = read == OK ? status : read;
	}
	if (file != stdin)
		fclose(file);
	if (status == FAILED)
		return status;
	import_say_errors(path, &result);
	if (status == OK || run->report == AS_JSON)
		print_jsonl_report(run, path, &result);
	return status;
}
