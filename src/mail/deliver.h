/*
 * deliver.h - sends what the outbox holds, and records what became of it.
 *
 * To the SMTP server of the settings, or into files when there is none. Several programs may
 * do so at once: each message is taken by one (see store/mail.h).
 */
#ifndef MAIL_DELIVER_H
#define MAIL_DELIVER_H

#include <stdatomic.h>
#include <stdbool.h>

#include "base/status.h"
#include "mail/smtp.h"

struct db;

struct deliver_options {
	const char *public_url;  /* the address people use, or NULL */
	const char *outbox;      /* the folder of files */
	const atomic_bool *stop; /* the pass ends soon once it is true; NULL: never */
};

struct delivered {
	int n_sent, n_delayed, n_refused, n_abandoned;
	bool away;                   /* no server can be spoken to: a pause will do no harm */
	char words[SMTP_WORDS_SIZE]; /* of the last answer */
};

/*
 * One pass: until nothing is due, no server answers, or some twenty seconds have gone by. FAILED
 * when the database does not do its part; nothing is sent that could not be recorded.
 */
CHECKED enum status deliver(struct db *db, const struct deliver_options *options,
			    struct delivered *done);

#endif
