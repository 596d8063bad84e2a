/*
 * command.h - one command of the program: its words, and what it does. Help, usage and
 * the check of arguments come from the struct.
 */
#ifndef CLI_COMMAND_H
#define CLI_COMMAND_H

#include <stdbool.h>
#include <stddef.h>

#include "base/status.h"

struct arena;
struct db;

/* What the program answers to the shell. */
enum { DONE = 0, REFUSED_INPUT = 1, WRONG_USAGE = 2, SYSTEM_FAILED = 3 };

struct option {
	const char *name;  /* "--listen" */
	const char *value; /* "ADDR"; NULL for a switch */
	const char *help;
};

enum { MAX_OPTIONS = 12 };

struct args {
	const struct option *option;
	const char *value[MAX_OPTIONS]; /* of each option; "" for a switch that is on */
	const char *data;               /* the data folder */
	char **word;                    /* what is no option */
	int n_words;
};

struct command {
	const char *name;
	const char *usage; /* after the name */
	const char *summary;
	const struct option *option; /* ends with an empty one; --data is known to all */
	int min_words, max_words;
	bool takes_all; /* whatever follows is a word, and the command says what is wrong with it */
	int (*run)(struct args *args);
};

/* The value of an option of the command, or NULL. */
const char *args_value(const struct args *args, const char *name);

/* A whole number; `otherwise` when absent. Says so and is false when it is none. */
bool args_number(const struct args *args, const char *name, int min, int max, int otherwise,
		 int *number);

/*
 * The database of the data folder, brought up to date. With `create`, folder and database
 * are made when absent; without, their absence is refused. On failure, *code is what to
 * answer to the shell, and what was wrong has been said.
 */
struct db *open_data(const struct args *args, struct arena *a, bool create, int *code);

/* Opens the data folder as open_data() does, for one piece of work; its code, or open_data()'s. */
int with_data(struct args *args, bool create,
	      int (*work)(struct args *args, struct arena *a, struct db *db));

/* The address of the database: HALLE_DB, or the file in the data folder. */
const char *database_address(const struct args *args, struct arena *a);

/* Where the search index is kept between two runs. */
const char *search_path(const struct args *args, struct arena *a);

/* The folder of messages while there is no mail server. */
const char *outbox_path(const struct args *args, struct arena *a);

/* The code for a status whose words have been said. */
int exit_code(enum status status);

extern const struct command command_serve, command_import, command_export, command_search,
	command_acronyms, command_file, command_mail, command_organisation, command_setting,
	command_user, command_backup, command_restore, command_check, command_migrate,
	command_reindex, command_sieg, command_sieg_report, command_version, command_help;

extern const struct command *const commands[]; /* ends with NULL */

#endif
