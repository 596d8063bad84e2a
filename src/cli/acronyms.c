/*
 * acronyms.c - what acronyms stand for: what the texts propose, what an editor decides.
 */
#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/log.h"
#include "base/out.h"
#include "base/text.h"
#include "cli/command.h"
#include "db/db.h"
#include "feed/interchange.h"
#include "search/acronym.h"
#include "search/acronym_list.h"
#include "store/acronym.h"

enum { WORDS_MAX = 200 /* characters */ };

/* ---- list ------------------------------------------------------------------ */

static const char *where(struct arena *a, const struct acronym_entry *e)
{
	if (!e->n_resources)
		return "in no open text";
	return arena_printf(a, "%zu %s, for example %s", e->n_resources,
			    e->n_resources == 1 ? "resource" : "resources", e->example);
}

static void print_entries(struct arena *a, const struct acronym_entries *list)
{
	for (size_t i = 0; i < list->n_entries; i++) {
		const struct acronym_entry *e = &list->entry[i];

		printf("%-9s %-6s %s (%s)\n", acronym_state_name(e->state), e->letters, e->words,
		       where(a, e));
	}
}

static void print_json(struct arena *a, const struct acronym_entries *list)
{
	json_t *items = json_array(), *whole;

	for (size_t i = 0; i < list->n_entries; i++) {
		const struct acronym_entry *e = &list->entry[i];

		json_array_append_new(items,
				      json_pack("{s:s, s:s, s:s, s:I, s:s?}", "letters", e->letters,
						"words", e->words, "state",
						acronym_state_name(e->state), "resources",
						(json_int_t)e->n_resources, "example", e->example));
	}
	whole = json_pack("{s:I, s:o}", "total", (json_int_t)list->n_entries, "items", items);
	puts(interchange_line(a, whole));
	json_decref(whole);
}

static int list(struct args *args, struct arena *a, struct db *db)
{
	struct acronym_entries entries;
	enum status status = acronym_entries(db, a, &entries);

	if (status != OK)
		return exit_code(status);
	if (args_value(args, "--json"))
		print_json(a, &entries);
	else
		print_entries(a, &entries);
	return DONE;
}

/* ---- what is decided about ------------------------------------------------- */

struct pair {
	const char *letters, *words, *key; /* no words when none were given */
};

static const char *join_words(struct arena *a, const struct args *args)
{
	struct out o;
	const char *words;

	out_init(&o);
	for (int i = 2; i < args->n_words; i++) {
		out_raw(&o, i > 2 ? " " : "");
		out_raw(&o, args->word[i]);
	}
	words = arena_strdup(a, out_string(&o));
	out_release(&o);
	return words;
}

static bool read_pair(const struct args *args, struct arena *a, struct pair *pair)
{
	const char *words = join_words(a, args), *clean;

	pair->letters = acronym_letters(a, args->word[1]);
	if (!pair->letters) {
		log_error("'%s' is no acronym: it takes %d to %d letters", args->word[1],
			  ACRONYM_MIN, ACRONYM_MAX);
		return false;
	}
	if (text_check(a, words, strlen(words), &clean) != OK) {
		log_error("the words are not UTF-8");
		return false;
	}
	pair->words = text_squeeze(a, clean);
	pair->key = acronym_key(a, pair->words);
	if (args->n_words > 2 && !*pair->key) {
		log_error("'%s' is no meaning: it has no words", pair->words);
		return false;
	}
	if (utf8_length(pair->words) > WORDS_MAX) {
		log_error("the words are longer than %d characters", WORDS_MAX);
		return false;
	}
	return true;
}

/* The only meaning that is proposed; NULL, said, when there is none or a choice. */
static const struct acronym_entry *only_proposed(const struct acronym_entries *entries,
						 const char *letters)
{
	const struct acronym_entry *only = NULL;
	int n = 0;

	for (size_t i = 0; i < entries->n_entries; i++) {
		const struct acronym_entry *e = &entries->entry[i];

		if (strcmp(e->letters, letters) != 0 || e->state != PAIR_PROPOSED)
			continue;
		only = e;
		n++;
	}
	if (n == 1)
		return only;
	if (!n)
		log_error("no text proposes a meaning for '%s': give its words", letters);
	else
		log_error("'%s' has %d meanings to choose from, give the words of one:", letters,
			  n);
	for (size_t i = 0; n && i < entries->n_entries; i++) {
		const struct acronym_entry *e = &entries->entry[i];

		if (!strcmp(e->letters, letters) && e->state == PAIR_PROPOSED)
			log_error("  %s", e->words);
	}
	return NULL;
}

/* ---- confirm, refuse, forget ----------------------------------------------- */

static int decide(struct args *args, struct arena *a, struct db *db, enum acronym_status status)
{
	struct acronym_entries entries;
	const struct acronym_entry *e;
	struct pair pair;
	enum status result;

	if (!read_pair(args, a, &pair))
		return REFUSED_INPUT;
	result = acronym_entries(db, a, &entries);
	if (result != OK)
		return exit_code(result);
	e = *pair.words ? acronym_entry_find(&entries, pair.letters, pair.key)
			: only_proposed(&entries, pair.letters);
	if (!e && !*pair.words)
		return REFUSED_INPUT;
	/* The writing that is known is better than one typed without accents. */
	if (e)
		pair.words = e->words;
	result = acronym_decide(db, pair.letters, pair.words, status);
	if (result == OK)
		printf("%s: %s, %s (%s)\n", acronym_status_name(status), pair.letters, pair.words,
		       e ? where(a, e) : "in no open text");
	return exit_code(result);
}

static int confirm(struct args *args, struct arena *a, struct db *db)
{
	return decide(args, a, db, ACRONYM_CONFIRMED);
}

static int refuse(struct args *args, struct arena *a, struct db *db)
{
	return decide(args, a, db, ACRONYM_REFUSED);
}

static int forget(struct args *args, struct arena *a, struct db *db)
{
	struct pair pair;
	enum status status;

	if (!read_pair(args, a, &pair))
		return REFUSED_INPUT;
	status = acronym_forget(db, pair.letters, pair.words);
	if (status == NOT_FOUND)
		log_error("nothing was decided about '%s', '%s'", pair.letters, pair.words);
	if (status == OK)
		printf("forgotten: %s, %s\n", pair.letters, pair.words);
	return exit_code(status);
}

static const struct action {
	const char *name;
	int min_words, max_words; /* after its name */
	int (*work)(struct args *args, struct arena *a, struct db *db);
} actions[] = {
	{ "list", 0, 0, list },
	{ "confirm", 1, WORDS_MAX, confirm },
	{ "refuse", 2, WORDS_MAX, refuse },
	{ "forget", 2, WORDS_MAX, forget },
};

static const struct action *action_of(const struct args *args)
{
	int n = args->n_words - 1;

	for (size_t i = 0; i < sizeof(actions) / sizeof(*actions); i++)
		if (!strcmp(actions[i].name, args->word[0]) && n >= actions[i].min_words &&
		    n <= actions[i].max_words)
			return &actions[i];
	return NULL;
}

static int acronyms_run(struct args *args)
{
	const struct action *action = action_of(args);
	struct arena *a;
	struct db *db;
	int code;

	if (!action || (args_value(args, "--json") && action->work != list)) {
		log_error("usage: halle acronyms %s", command_acronyms.usage);
		return WRONG_USAGE;
	}
	a = arena_new();
	db = open_data(args, a, false, &code);
	if (db) {
		code = action->work(args, a, db);
		db_close(db);
	}
	arena_free(a);
	return code;
}

static const struct option acronyms_options[] = {
	{ "--json", NULL, "print the list as JSON" },
	{ 0 },
};

const struct command command_acronyms = {
	.name = "acronyms",
	.usage = "list [--json] | confirm LETTERS [WORD...] | refuse LETTERS WORD..."
		 " | forget LETTERS WORD...",
	.summary = "decide what acronyms stand for, from what the texts say",
	.option = acronyms_options,
	.min_words = 1,
	.max_words = WORDS_MAX + 2,
	.run = acronyms_run,
};
