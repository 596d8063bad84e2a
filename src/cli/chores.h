/*
 * chores.h - what a server does by itself, in a thread and a database connection of its own:
 * sending mail, and whatever else no reader should wait for.
 */
#ifndef CLI_CHORES_H
#define CLI_CHORES_H

#include "base/status.h"

struct chores;
struct traces;

struct chores_options {
	const char *db_address;
	const char *public_url;
	const char *outbox; /* the folder of messages while there is no mail server */
	const char *data;   /* the data folder */
	struct traces *traces;
};

/* Signals are to be blocked before: the thread takes none. FAILED, logged, when it cannot start. */
CHECKED enum status chores_start(const struct chores_options *options, struct chores **chores);

/* Within a second, unless a mail server owes the answer that tells whether a message has left. */
void chores_stop(struct chores *c);

#endif
