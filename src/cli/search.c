#include "search/search.h"

#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/log.h"
#include "base/richtext.h"
#include "base/text.h"
#include "cli/command.h"
#include "db/db.h"
#include "feed/interchange.h"
#include "search/found.h"
#include "store/resource.h"

enum { SHOWN = 20 };

static json_t *json_snippets(const struct found *found)
{
	json_t *snippets = json_array();

	for (size_t i = 0; i < found->n_snippets; i++)
		json_array_append_new(snippets, json_string(found->snippet[i].markup));
	return snippets;
}

/* As in the answers of the API. */
static json_t *json_hit(struct arena *a, const struct found *found)
{
	const struct resource *r = &found->resource;

	return json_pack("{s:s, s:s, s:s, s:s, s:s?, s:s, s:s?, s:o, s:n}", "slug", r->slug,
			 "title", r->title, "kind", r->kind, "visibility",
			 visibility_name(r->visibility), "summary", r->summary.markup, "url",
			 arena_printf(a, "/ressources/%s", r->slug), "published_on",
			 r->published_on, "snippets", json_snippets(found), "cue");
}

static void print_hit(struct arena *a, const struct found *found)
{
	const struct resource *r = &found->resource;

	printf("%s\n  %s · %s · /ressources/%s\n", r->title, r->kind,
	       visibility_name(r->visibility), r->slug);
	for (size_t i = 0; i < found->n_snippets; i++)
		printf("  %s\n", richtext_to_text(a, found->snippet[i]));
	if (!found->n_snippets && r->summary.markup)
		printf("  %s\n", text_clip(a, richtext_to_text(a, r->summary), 160));
}

static enum status read_hits(struct db *db, struct arena *a, const struct reader *reader,
			     const struct search_result *result, const struct marks *marks,
			     struct found *found, size_t *n)
{
	enum status status = OK;

	*n = 0;
	for (size_t i = 0; i < result->n_hits && (status == OK || status == NOT_FOUND); i++) {
		status = found_read(db, a, reader, marks, result->hit[i].id, &found[*n]);
		*n += status == OK;
	}
	return status == NOT_FOUND ? OK : status;
}

static void print_json(struct arena *a, const struct search_result *result,
		       const struct found *found, size_t n)
{
	json_t *items = json_array(), *whole;

	for (size_t i = 0; i < n; i++)
		json_array_append_new(items, json_hit(a, &found[i]));
	whole = json_pack("{s:I, s:o, s:s?, s:b}", "total", (json_int_t)result->total, "items",
			  items, "corrected", result->corrected, "relaxed", result->relaxed);
	puts(interchange_line(a, whole));
	json_decref(whole);
}

static void print_text(struct arena *a, const struct search_result *result,
		       const struct found *found, size_t n)
{
	if (result->corrected)
		printf("(nothing as typed: this is for '%s')\n", result->corrected);
	if (result->relaxed)
		printf("(nothing holds all the words: these hold most of them)\n");
	for (size_t i = 0; i < n; i++)
		print_hit(a, &found[i]);
	printf("%lld en tout\n", (long long)result->total);
}

static enum status find(struct db *db, struct arena *a, struct search *search,
			const struct reader *reader, const char *text, bool as_json)
{
	struct search_query query = { .text = text, .limit = SHOWN };
	struct search_result result;
	struct found *found = arena_make(a, struct found, SHOWN);
	size_t n;
	enum status status = search_run(search, a, reader, &query, &result);

	if (status == INVALID)
		log_error("the query is longer than %d bytes", SEARCH_QUERY_MAX - 1);
	if (status == OK)
		status = read_hits(db, a, reader, &result,
				   search_marks(search, a, reader, result.ran), found, &n);
	if (status == OK)
		(as_json ? print_json : print_text)(a, &result, found, n);
	return status;
}

static enum status open_and_find(struct db *db, struct arena *a, const char *kept,
				 const struct reader *reader, const char *text, bool as_json)
{
	struct search *search;
	bool was_read;
	enum status status = search_open(db, kept, &search, &was_read);

	if (status != OK)
		return status;
	status = find(db, a, search, reader, text, as_json);
	search_free(search);
	return status;
}

static int search_run_command(struct args *args)
{
	const char *as = args_value(args, "--as"), *text;
	struct reader reader = { .level = ANONYMOUS };
	struct arena *a;
	struct db *db;
	int code;

	if (as && !level_parse(as, &reader.level)) {
		log_error("--as takes anonymous, member or editor, not '%s'", as);
		return WRONG_USAGE;
	}
	a = arena_new();
	if (text_check(a, args->word[0], strlen(args->word[0]), &text) != OK) {
		log_error("the query is not UTF-8");
		arena_free(a);
		return REFUSED_INPUT;
	}
	db = open_data(args, a, false, &code);
	if (db) {
		code = exit_code(open_and_find(db, a, search_path(args, a), &reader, text,
					       args_value(args, "--json")));
		db_close(db);
	}
	arena_free(a);
	return code;
}

static const struct option search_options[] = {
	{ "--as", "LEVEL", "anonymous (by default), member or editor" },
	{ "--json", NULL, "print JSON" },
	{ 0 },
};

const struct command command_search = {
	.name = "search",
	.usage = "QUERY [--as anonymous|member|editor] [--json]",
	.summary = "find resources",
	.option = search_options,
	.min_words = 1,
	.max_words = 1,
	.run = search_run_command,
};
