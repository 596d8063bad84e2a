#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/log.h"
#include "cli/command.h"
#include "db/db.h"
#include "feed/interchange.h"

static bool write_line(void *context, const char *line)
{
	FILE *file = context;

	return fputs(line, file) >= 0 && fputc('\n', file) != EOF;
}

/* One moment of the database, however long it takes. */
static enum status export_to(struct db *db, FILE *file)
{
	enum status status = db_begin_read(db);

	if (status == OK)
		status = db_end(db, interchange_export(db, write_line, file));
	if (fflush(file) != 0 || ferror(file)) {
		log_error("cannot write the export: %s", strerror(errno));
		status = FAILED;
	}
	return status;
}

/* A file appears under its name only once it is whole. */
static enum status export_to_path(struct db *db, struct arena *a, const char *path)
{
	const char *partial = arena_printf(a, "%s.partial", path);
	FILE *file = fopen(partial, "w");
	enum status status;

	if (!file) {
		log_error("cannot write '%s': %s", partial, strerror(errno));
		return FAILED;
	}
	status = export_to(db, file);
	if ((fclose(file) != 0 || (status == OK && rename(partial, path) != 0)) && status == OK) {
		log_error("cannot write '%s': %s", path, strerror(errno));
		status = FAILED;
	}
	if (status != OK)
		unlink(partial);
	return status;
}

static int export_run(struct args *args)
{
	const char *to = args_value(args, "--to");
	struct arena *a;
	struct db *db;
	int code;

	if (strcmp(args->word[0], "jsonl") != 0) {
		log_error("there is no export format '%s': jsonl", args->word[0]);
		return WRONG_USAGE;
	}
	a = arena_new();
	db = open_data(args, a, false, &code);
	if (db) {
		code = exit_code(to && strcmp(to, "-") != 0 ? export_to_path(db, a, to)
							    : export_to(db, stdout));
		db_close(db);
	}
	arena_free(a);
	return code;
}

static const struct option export_options[] = {
	{ "--to", "PATH", "a file instead of standard output" },
	{ 0 },
};

const struct command command_export = {
	.name = "export",
	.usage = "jsonl [--to PATH]",
	.summary = "write all that is kept, readable without this program",
	.option = export_options,
	.min_words = 1,
	.max_words = 1,
	.run = export_run,
};
