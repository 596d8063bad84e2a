/*
 * account.h - what the commands on people and organisations share.
 */
#ifndef CLI_ACCOUNT_H
#define CLI_ACCOUNT_H

#include <stdint.h>

#include "cli/command.h"

/* A command at work. */
struct work {
	struct args *args;
	struct arena *a;
	struct db *db;
	int64_t now;
	const char *today; /* in Paris */
};

/* One of several things a command does, by its first word. */
struct errand {
	const char *name;
	int n_words; /* the first included */
	enum status (*run)(struct work *w);
	bool creates; /* a folder and a database when there is none */
	bool is_free; /* begins its own transactions, or only reads */
};

/*
 * Opens the data folder and does the errand, in one transaction unless it is free. What is refused
 * has been said, and nothing is kept of it then.
 */
int run_errand(struct args *args, const struct command *c, const struct errand *errands, size_t n);

/* As it may be shown in one line, whatever it holds. */
const char *shown(struct arena *a, const char *text);

/* Text that may be kept: UTF-8 in NFC, on one line. INVALID, said, when it is none. */
CHECKED enum status clean_option(struct work *w, const char *name, const char **text);

/* A day, "YYYY-MM-DD"; NULL when the option is absent. INVALID, said, when it is none. */
CHECKED enum status day_option(struct work *w, const char *name, const char **day);

/* --public, else the setting. INVALID, said, when there is neither. */
CHECKED enum status public_option(struct work *w, const char **url);

/* Leaves a trace of what was done by whoever runs the machine. */
CHECKED enum status trace_work(struct work *w, const char *action, const char *subject,
			       const char *detail);

#endif
