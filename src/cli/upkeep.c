/*
 * upkeep.c - what keeps a data folder in order: backup, restore, check, migrate, reindex, setting.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/log.h"
#include "base/text.h"
#include "cli/command.h"
#include "db/db.h"
#include "search/search.h"
#include "store/setting.h"

static int backup(struct args *args, struct arena *a, struct db *db)
{
	enum status status = db_backup(db, args->word[0]);

	(void)a;
	if (status == CONFLICT)
		log_error("'%s' exists already: choose another name", args->word[0]);
	return exit_code(status);
}

static int backup_run(struct args *args)
{
	return with_data(args, false, backup);
}

const struct command command_backup = {
	.name = "backup",
	.usage = "FILE",
	.summary = "copy the whole database into a new file, while others go on working",
	.min_words = 1,
	.max_words = 1,
	.run = backup_run,
};

/* The backup is opened and checked before anything is made. */
static enum status check_backup(const char *path)
{
	struct db *db;
	enum status status;
	int version;

	if (access(path, R_OK) != 0) {
		log_error("cannot read '%s': %s", path, strerror(errno));
		return INVALID;
	}
	if (db_open(path, &db) != OK)
		return INVALID;
	status = db_check(db);
	if (status == OK)
		status = db_version(db, &version);
	if (status == OK && version == 0) {
		log_error("'%s' is not a backup of halle", path);
		status = INVALID;
	}
	db_close(db);
	return status == FAILED ? INVALID : status;
}

static int restore_run(struct args *args)
{
	struct arena *a = arena_new();
	const char *address = database_address(args, a), *made;
	struct db *db = NULL;
	enum status status = check_backup(args->word[0]);
	int code;

	if (status == OK && access(address, F_OK) == 0) {
		log_error("there is a database in '%s' already: restore into an empty folder",
			  args->data);
		status = CONFLICT;
	}
	if (status == OK && db_open(args->word[0], &db) == OK) {
		struct db *fresh = open_data(args, a, true, &code);

		/* The folder exists now; what was just made gives way to the copy. */
		db_close(fresh);
		made = arena_printf(a, "%s.restoring", address);
		unlink(made);
		status = fresh ? db_backup(db, made) : FAILED;
		if (status == OK && rename(made, address) != 0) {
			log_error("cannot write '%s': %s", address, strerror(errno));
			status = FAILED;
		}
		db_close(db);
	}
	arena_free(a);
	return exit_code(status);
}

const struct command command_restore = {
	.name = "restore",
	.usage = "FILE",
	.summary = "make a data folder from a backup",
	.min_words = 1,
	.max_words = 1,
	.run = restore_run,
};

static int check(struct args *args, struct arena *a, struct db *db)
{
	enum status status = db_check(db);

	(void)args;
	(void)a;
	if (status == OK)
		puts("the database is sound");
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
