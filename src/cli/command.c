#include "cli/command.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/arena.h"
#include "base/log.h"
#include "db/db.h"

const struct command *const commands[] = {
	&command_serve,       &command_import,       &command_export,  &command_search,
	&command_acronyms,    &command_file,         &command_mail,    &command_setting,
	&command_user,        &command_organisation, &command_backup,  &command_restore,
	&command_check,       &command_migrate,      &command_reindex, &command_sieg,
	&command_sieg_report, &command_version,      &command_help,    NULL,
};

const char *args_value(const struct args *args, const char *name)
{
	for (size_t i = 0; args->option && args->option[i].name; i++)
		if (!strcmp(args->option[i].name, name))
			return args->value[i];
	die("no option '%s' in this command", name);
}

bool args_number(const struct args *args, const char *name, int min, int max, int otherwise,
		 int *number)
{
	const char *text = args_value(args, name);
	char *end;
	long value;

	*number = otherwise;
	if (!text)
		return true;
	errno = 0;
	value = strtol(text, &end, 10);
	if (errno || *end || end == text || value < min || value > max) {
		log_error("%s takes a whole number from %d to %d, not '%s'", name, min, max, text);
		return false;
	}
	*number = (int)value;
	return true;
}

int exit_code(enum status status)
{
	switch (status) {
	case OK:
		return DONE;
	case NOT_FOUND:
	case CONFLICT:
	case INVALID:
	case DENIED:
		return REFUSED_INPUT;
	case FAILED:
		break;
	}
	return SYSTEM_FAILED;
}

const char *database_address(const struct args *args, struct arena *a)
{
	const char *elsewhere = getenv("HALLE_DB");

	if (elsewhere && *elsewhere)
		return elsewhere;
	return arena_printf(a, "%s/halle.db", args->data);
}

const char *search_path(const struct args *args, struct arena *a)
{
	return arena_printf(a, "%s/search.index", args->data);
}

const char *outbox_path(const struct args *args, struct arena *a)
{
	return arena_printf(a, "%s/outbox", args->data);
}

static bool folder_is_ready(const char *folder, bool create)
{
	struct stat st;

	if (stat(folder, &st) == 0) {
		if (S_ISDIR(st.st_mode))
			return true;
		log_error("the data folder '%s' is a file", folder);
		return false;
	}
	if (errno == ENOENT && create && mkdir(folder, 0750) == 0)
		return true;
	log_error("cannot use the data folder '%s': %s", folder, strerror(errno));
	return false;
}

static bool is_file(const char *address)
{
	struct stat st;

	return stat(address, &st) == 0;
}

struct db *open_data(const struct args *args, struct arena *a, bool create, int *code)
{
	const char *address = database_address(args, a);
	struct db *db;
	enum status status;

	*code = SYSTEM_FAILED;
	if (!getenv("HALLE_DB") && !folder_is_ready(args->data, create))
		return NULL;
	if (!create && !getenv("HALLE_DB") && !is_file(address)) {
		log_error("there is no database in '%s': import something first, or start "
			  "'halle serve'",
			  args->data);
		return NULL;
	}
	if (db_open(address, &db) != OK)
		return NULL;
	status = db_migrate(db);
	if (status == OK)
		return db;
	*code = status == INVALID ? REFUSED_INPUT : SYSTEM_FAILED;
	db_close(db);
	return NULL;
}

int with_data(struct args *args, bool create,
	      int (*work)(struct args *args, struct arena *a, struct db *db))
{
	struct arena *a = arena_new();
	int code;
	struct db *db = open_data(args, a, create, &code);

	if (db) {
		code = work(args, a, db);
		db_close(db);
	}
	arena_free(a);
	return code;
}
