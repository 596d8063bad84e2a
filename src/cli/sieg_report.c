#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/log.h"
#include "cli/command.h"
#include "cli/sieg_input.h"
#include "sieg/arena.h"
#include "sieg/json.h"
#include "sieg/write.h"
#include "statement/lines.h"
#include "statement/statement.h"
#include "web/static.h"

/* One run of the command. */
struct job {
	struct sieg_arena *arena;
	enum sieg_operation operation;
	const char *file; /* of lines, or NULL */
	struct csv_lines lines;
	const char *input; /* the document that was computed, as text */
	struct sieg_issues errors;
};

/* What is told of a line that came from the file names its row there. */
static const struct csv_line *line_at(const struct job *job, const char *path)
{
	for (size_t i = 0; i < job->lines.n_lines; i++) {
		size_t n = strlen(job->lines.line[i].path);

		if (strncmp(path, job->lines.line[i].path, n) == 0 &&
		    (path[n] == '/' || path[n] == '\0'))
			return &job->lines.line[i];
	}
	return NULL;
}

static void tell_row(const struct job *job, const struct csv_line *line, const struct sieg_issue *e)
{
	const char *rest = e->path + strlen(line->path);
	const char *column = *rest ? csv_column_of(rest + 1) : NULL;

	log_error("%s:%d: %s%s%s: %s", job->file, line->row, column ? column : "",
		  column ? ": " : "", sieg_code_name(e->code), e->message);
}

static void tell_errors(const struct job *job)
{
	for (size_t i = 0; i < job->errors.n_issues; i++) {
		const struct sieg_issue *e = &job->errors.issue[i];
		const struct csv_line *line = line_at(job, e->path);

		if (line)
			tell_row(job, line, e);
		else
			log_error("%s%s%s: %s", e->path, *e->path ? ": " : "",
				  sieg_code_name(e->code), e->message);
	}
}

static char *read_lines(struct job *job, size_t *length)
{
	size_t room = 1 << 16;
	char *bytes = sieg_alloc(job->arena, room, 1);
	FILE *f = fopen(job->file, "rb");

	if (!f) {
		log_error("cannot read '%s': %s", job->file, strerror(errno));
		return NULL;
	}
	for (*length = 0; (*length += fread(bytes + *length, 1, room - *length, f)) == room;) {
		if (*length > SIEG_JSON_SIZE)
			break;
		bytes = sieg_grow(job->arena, bytes, room, &room, 1);
	}
	if (ferror(f)) {
		log_error("cannot read '%s': %s", job->file, strerror(errno));
		bytes = NULL;
	} else if (*length > SIEG_JSON_SIZE) {
		log_error("'%s' is larger than %d bytes", job->file, SIEG_JSON_SIZE);
		bytes = NULL;
	}
	fclose(f);
	return bytes;
}

/* Puts the rows of the file into the document. */
static int add_lines(struct job *job, struct sieg_json *document)
{
	size_t length;
	const char *bytes = read_lines(job, &length);

	if (!bytes)
		return SYSTEM_FAILED;
	if (csv_lines_add(&job->lines, job->arena, bytes, length, document))
		return DONE;
	for (size_t i = 0; i < job->lines.n_problems; i++)
		log_error("%s:%d: %s", job->file, job->lines.problem[i].row,
			  job->lines.problem[i].text);
	return REFUSED_INPUT;
}

static void print(const struct job *job, struct sieg_work work)
{
	struct arena *a = arena_new();
	struct statement *statement =
		statement_make(a, job->operation, work, job->input, static_text("statement.css"));
	struct out out;

	if (job->file)
		statement_lines(statement, job->file, &job->lines);
	out_init(&out);
	statement_write(&out, statement);
	fwrite(out.data, 1, out.length, stdout);
	out_release(&out);
	arena_free(a);
}

static int work(struct job *job)
{
	enum sieg_code problem;
	struct sieg_json *document;
	struct sieg_work computed;
	size_t length;
	char *bytes = sieg_read_input(job->arena, &length);
	int code = DONE;

	job->input = bytes;
	document = sieg_json_read(job->arena, bytes, length, &problem);
	if (!document)
		sieg_issue_at(&job->errors, problem, "", NULL);
	if (document && job->file) {
		code = add_lines(job, document);
		job->input = sieg_json_text(job->arena, document);
	}
	if (!document || code != DONE) {
		tell_errors(job);
		return code != DONE ? code : REFUSED_INPUT;
	}
	computed = sieg_compute_json(job->operation, document, &job->errors);
	if (!computed.result) {
		tell_errors(job);
		return REFUSED_INPUT;
	}
	print(job, computed);
	return DONE;
}

static int run(struct args *args)
{
	struct job job = {
		.operation = sieg_operation_named(args->word[0]),
		.file = args_value(args, "--lines"),
	};
	int code;

	if (job.operation == SIEG_N_OPERATIONS) {
		log_error("no operation '%s' (see 'halle help sieg')", args->word[0]);
		return WRONG_USAGE;
	}
	if (job.file && job.operation != SIEG_SHEET) {
		log_error("--lines is for the operation 'sheet' alone");
		return WRONG_USAGE;
	}
	job.arena = sieg_arena_new();
	sieg_issues_init(&job.errors, job.arena);
	code = work(&job);
	sieg_arena_free(job.arena);
	return code;
}

static const struct option options[] = {
	{ "--lines", "FILE", "costs and revenues of a sheet, from a CSV file" },
	{ 0 },
};

const struct command command_sieg_report = {
	.name = "sieg-report",
	.usage = "OPERATION [--lines FILE] < in.json > statement.html",
	.summary = "tell a calculation of 'halle sieg' in one page, every figure with its rule",
	.option = options,
	.min_words = 1,
	.max_words = 1,
	.run = run,
};
