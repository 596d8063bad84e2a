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
#include "store/resource.h"

enum { SHOWN = 20 };

static json_t *json_hit(struct arena *a, const struct resource *r)
{
	return json_pack("{s:s, s:s, s:s, s:s, s:s?, s:s, s:s?}", "slug", r->slug, "title",
			 r->title, "kind", r->kind, "visibility", visibility_name(r->visibility),
			 "summary", r->summary.markup, "url",
			 arena_printf(a, "/ressources/%s", r->slug), "published_on",
			 r->published_on);
}

static void print_hit(struct arena *a, const struct resource *r)
{
	printf("%s\n  %s · %s · /ressources/%s\n", r->title, r->kind,
	       visibility_name(r->visibility), r->slug);
	if (r->summary.markup)
		printf("  %s\n", text_clip(a, richtext_to_text(a, r->summary), 160));
}

static enum status print_hits(struct db *db, struct arena *a, const struct reader *reader,
			      const struct search_result *result, bool as_json)
{
	json_t *items = json_array(), *whole;
	enum status status = OK;

	for (size_t i = 0; i < result->n_hits && status == OK; i++) {
		struct resource r;

		status = resource_by_id(db, a, reader, result->hit[i].id, &r);
		if (status == OK && as_json)
			json_array_append_new(items, json_hit(a, &r));
		else if (status == OK)
			print_hit(a, &r);
	}
	whole = json_pack("{s:I, s:o}", "total", (json_int_t)result->total, "items", items);
	if (as_json)
		puts(interchange_line(a, whole));
	else
		printf("%lld en tout\n", (long long)result->total);
	json_decref(whole);
	return status;
}

static enum status find(struct db *db, struct arena *a, const char *kept,
			const struct reader *reader, const char *text, bool as_json)
{
	struct search_query query = { .text = text, .limit = SHOWN };
	struct search_result result;
	struct search *search;
	bool was_read;
	enum status status = search_open(db, kept, &search, &was_read);

	if (status != OK)
		return status;
	status = search_run(search, a, reader, &query, &result);
	if (status == OK)
		status = print_hits(db, a, reader, &result, as_json);
	search_free(search);
	return status;
}

static int search_run_command(struct args *args)
{
	const char *as = args_value(args, "--as"), *text;
	struct reader reader = { ANONYMOUS };
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
		code = exit_code(find(db, a, search_path(args, a), &reader, text,
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
