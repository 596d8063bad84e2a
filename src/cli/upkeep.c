/*
 * upkeep.c - what keeps a data folder in order: check, migrate, reindex, setting.
 */
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/log.h"
#include "base/text.h"
#include "cli/command.h"
#include "db/db.h"
#include "search/search.h"
#include "store/file_contents.h"
#include "store/setting.h"

static int check(struct args *args, struct arena *a, struct db *db)
{
	size_t n_bad = 0;
	enum status status = db_check(db);

	if (status == OK)
		status = file_contents_check(db, a, args->data, &n_bad);
	if (status == OK && n_bad)
		status = INVALID;
	if (status == OK)
		puts("the database is sound, and so are the documents");
	return exit_code(status);
}

static int check_run(struct args *args)
{
	return with_data(args, false, check);
}

const struct command command_check = {
	.name = "check",
	.usage = "",
	.summary = "read the whole database and tell what is damaged",
	.run = check_run,
};

/* Opening has brought it up to date. */
static int migrate(struct args *args, struct arena *a, struct db *db)
{
	int version;

	(void)args;
	(void)a;
	if (db_version(db, &version) != OK)
		return SYSTEM_FAILED;
	printf("the tables are at version %d\n", version);
	return DONE;
}

static int migrate_run(struct args *args)
{
	return with_data(args, true, migrate);
}

const struct command command_migrate = {
	.name = "migrate",
	.usage = "",
	.summary = "bring the tables up to date, as every start does",
	.run = migrate_run,
};

/* Whatever file there was is replaced by one of a fresh index. */
static int reindex(struct args *args, struct arena *a, struct db *db)
{
	struct search *search;
	enum status status = search_new(db, &search);

	if (status != OK)
		return exit_code(status);
	status = search_save(search, db, search_path(args, a));
	search_free(search);
	return exit_code(status);
}

static int reindex_run(struct args *args)
{
	return with_data(args, false, reindex);
}

const struct command command_reindex = {
	.name = "reindex",
	.usage = "",
	.summary = "read every text again for the search index",
	.run = reindex_run,
};

static int list_settings(struct arena *a, struct db *db)
{
	for (size_t i = 0; i < n_settings; i++) {
		const char *value;

		if (setting_get(db, a, setting_table[i].name, &value) != OK)
			return SYSTEM_FAILED;
		printf("%s = %s\n", setting_table[i].name, value);
	}
	return DONE;
}

static int set_setting(struct args *args, struct arena *a, struct db *db)
{
	const char *name = args->word[1], *clean, *why = "it is not text";
	enum status status = text_check(a, args->word[2], strlen(args->word[2]), &clean);

	if (status == OK)
		status = setting_check(db, a, name, clean, &why);
	if (status == OK)
		status = setting_set(db, name, clean);
	if (status == INVALID)
		log_error("cannot set '%s': %s", name, why);
	return exit_code(status);
}

static int setting(struct args *args, struct arena *a, struct db *db)
{
	if (!strcmp(args->word[0], "list") && args->n_words == 1)
		return list_settings(a, db);
	if (!strcmp(args->word[0], "set") && args->n_words == 3)
		return set_setting(args, a, db);
	log_error("usage: halle setting %s", command_setting.usage);
	return WRONG_USAGE;
}

static int setting_run(struct args *args)
{
	return with_data(args, true, setting);
}

const struct command command_setting = {
	.name = "setting",
	.usage = "list | set NAME VALUE",
	.summary = "how the site is called and behaves",
	.min_words = 1,
	.max_words = 3,
	.run = setting_run,
};
