/*
 * backup.c - backup and restore: a copy of the database in one file, and beside it, in a folder
 * named after it, the documents that are kept.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/log.h"
#include "cli/command.h"
#include "db/db.h"
#include "store/file_contents.h"

/* "before-moving.db.files" holds what "files" of the data folder does. */
static const char *folder_of(struct arena *a, const char *backup)
{
	return arena_printf(a, "%s.files", backup);
}

/* ---- backup ---------------------------------------------------------------------------- */

/* Of the files that the copy knows: one that came meanwhile is for the next backup. */
static enum status copy_files(struct args *args, struct arena *a)
{
	struct db *copy;
	enum status status = db_open(args->word[0], &copy);

	if (status != OK)
		return status;
	status = file_contents_copy(copy, a, args->data, folder_of(a, args->word[0]));
	db_close(copy);
	return status;
}

static int backup_run(struct args *args)
{
	struct arena *a = arena_new();
	int code;
	struct db *db = open_data(args, a, false, &code);
	enum status status;

	if (db) {
		status = db_backup(db, args->word[0]);
		if (status == CONFLICT)
			log_error("'%s' exists already: choose another name", args->word[0]);
		if (status == OK)
			status = copy_files(args, a);
		code = exit_code(status);
		db_close(db);
	}
	arena_free(a);
	return code;
}

const struct command command_backup = {
	.name = "backup",
	.usage = "FILE",
	.summary = "copy the whole database into a new file, and documents beside it, while others"
		   " go on working",
	.min_words = 1,
	.max_words = 1,
	.run = backup_run,
};

/* ---- restore --------------------------------------------------------------------------- */

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

/* Documents first: a database without them would look whole. */
static enum status copy_back(struct args *args, struct arena *a, struct db *db, const char *address)
{
	const char *made = arena_printf(a, "%s.restoring", address);
	enum status status = file_contents_copy(db, a, folder_of(a, args->word[0]), args->data);

	unlink(made);
	if (status == OK)
		status = db_backup(db, made);
	if (status == OK && rename(made, address) != 0) {
		log_error("cannot write '%s': %s", address, strerror(errno));
		status = FAILED;
	}
	return status;
}

static enum status restore(struct args *args, struct arena *a, const char *address)
{
	struct db *db, *fresh;
	int code;
	enum status status = db_open(args->word[0], &db);

	if (status != OK)
		return status;
	/* The folder exists then; what was just made gives way to the copy. */
	fresh = open_data(args, a, true, &code);
	db_close(fresh);
	status = fresh ? copy_back(args, a, db, address) : FAILED;
	if (status != OK && fresh)
		unlink(address);
	db_close(db);
	return status;
}

static int restore_run(struct args *args)
{
	struct arena *a = arena_new();
	const char *address = database_address(args, a);
	enum status status = check_backup(args->word[0]);

	if (status == OK && access(address, F_OK) == 0) {
		log_error("there is a database in '%s' already: restore into an empty folder",
			  args->data);
		status = CONFLICT;
	}
	if (status == OK)
		status = restore(args, a, address);
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
