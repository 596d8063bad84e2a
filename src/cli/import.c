#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/log.h"
#include "cli/command.h"
#include "cli/import_run.h"
#include "db/db.h"
#include "import/undo.h"
#include "store/batch.h"

static const struct format {
	const char *name;
	enum status (*import)(struct import_run *run, const char *path);
} formats[] = {
	{ "jsonl", import_jsonl },
	{ "listing", import_listing },
};

static const struct format *format_of(const char *name)
{
	for (size_t i = 0; i < sizeof(formats) / sizeof(*formats); i++)
		if (!strcmp(formats[i].name, name))
			return &formats[i];
	return NULL;
}

static bool read_report(struct import_run *run)
{
	const char *as = args_value(run->args, "--report");

	if (!as || !strcmp(as, "text"))
		run->report = AS_TEXT;
	else if (!strcmp(as, "json"))
		run->report = AS_JSON;
	else if (!strcmp(as, "html"))
		run->report = AS_HTML;
	else {
		log_error("--report takes text, json or html, not '%s'", as);
		return false;
	}
	return true;
}

/* A dry run without a data folder is done in memory: the same work, nothing kept. */
static struct db *open_for(struct import_run *run, int *code)
{
	struct stat st;
	struct db *db;

	if (!run->options.dry_run || stat(database_address(run->args, run->a), &st) == 0)
		return open_data(run->args, run->a, true, code);
	*code = SYSTEM_FAILED;
	if (db_open(":memory:", &db) != OK)
		return NULL;
	if (db_migrate(db) == OK)
		return db;
	db_close(db);
	return NULL;
}

static int import_files(struct import_run *run, const struct format *format)
{
	enum status status = OK;
	int code;

	run->db = open_for(run, &code);
	if (!run->db)
		return code;
	for (int i = 1; i < run->args->n_words && status == OK; i++) {
		run->options.name = import_name(run->args->word[i]);
		status = format->import(run, run->args->word[i]);
	}
	db_close(run->db);
	return exit_code(status);
}

/* ---- batches --------------------------------------------------------------------------------- */

static int list_batches(struct import_run *run)
{
	struct batch_list list;

	if (batch_all(run->db, run->a, &list) != OK)
		return SYSTEM_FAILED;
	for (size_t i = 0; i < list.n_batches; i++) {
		const struct batch *b = &list.batch[i];

		printf("%lld  %s  %s  %s  %lld objects%s\n", (long long)b->id,
		       moment_rfc3339_utc(run->a, b->made_at), b->format, b->name,
		       (long long)b->n_items, b->undone_at ? "  (undone)" : "");
	}
	return DONE;
}

static int undo(struct import_run *run, const char *number)
{
	struct undo_result result;
	char *end;
	long long id = strtoll(number, &end, 10);
	enum status status;

	if (*end || end == number || id < 1) {
		log_error("'%s' is not the number of an import (see 'halle import list')", number);
		return WRONG_USAGE;
	}
	status = undo_batch(run->db, run->a, id, run->options.now, &result);
	if (status == NOT_FOUND)
		log_error("there is no import number %lld (see 'halle import list')", id);
	else if (status == CONFLICT)
		log_error("import %lld has been undone already", id);
	for (size_t i = 0; i < result.n_obstacles; i++)
		log_error("%s", result.obstacle[i]);
	if (result.n_obstacles)
		log_error("import %lld was not undone, nothing was changed", id);
	if (status == OK)
		printf("import %lld is undone: %lld removed, %lld restored, %lld kept because "
		       "others use them\n",
		       id, (long long)result.n_removed, (long long)result.n_restored,
		       (long long)result.n_kept);
	return exit_code(status);
}

static int batches(struct import_run *run)
{
	bool is_list = !strcmp(run->args->word[0], "list");
	int code;

	if (run->args->n_words != (is_list ? 1 : 2)) {
		log_error("usage: halle import %s", command_import.usage);
		return WRONG_USAGE;
	}
	run->db = open_data(run->args, run->a, false, &code);
	if (!run->db)
		return code;
	code = is_list ? list_batches(run) : undo(run, run->args->word[1]);
	db_close(run->db);
	return code;
}

static int run_words(struct import_run *run)
{
	const char *word = run->args->word[0];
	const struct format *format = format_of(word);

	if (!strcmp(word, "list") || !strcmp(word, "undo"))
		return batches(run);
	if (!format) {
		log_error("there is no import format '%s': jsonl, listing", word);
		return WRONG_USAGE;
	}
	if (run->args->n_words < 2) {
		log_error("usage: halle import %s", command_import.usage);
		return WRONG_USAGE;
	}
	run->options.format = format->name;
	return import_files(run, format);
}

static int import_run(struct args *args)
{
	struct import_run run = { .args = args, .a = arena_new() };
	int code = WRONG_USAGE;

	run.options.dry_run = args_value(args, "--dry-run");
	run.options.relative = args_value(args, "--relative");
	run.options.now = time(NULL);
	if (read_report(&run))
		code = run_words(&run);
	arena_free(run.a);
	return code;
}

static const struct option import_options[] = {
	{ "--dry-run", NULL, "do all of it, tell what came out, keep nothing" },
	{ "--report", "FORM", "text (by default), json or html" },
	{ "--resume", NULL, "jsonl: keep every 1,000 lines, so that a second run goes on" },
	{ "--relative", NULL, "jsonl: allow days such as today+12, for demonstrations" },
	{ 0 },
};

const struct command command_import = {
	.name = "import",
	.usage = "jsonl|listing FILE... [--dry-run] [--report text|json|html] | list | undo N",
	.summary = "bring in what another system holds, as one batch that can be undone",
	.option = import_options,
	.min_words = 1,
	.max_words = 1000,
	.run = import_run,
};
