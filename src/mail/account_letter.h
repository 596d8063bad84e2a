/*
 * account_letter.h - the letters about accounts, and the links in them, each good once.
 *
 * The secret of a link is drawn here, written in the letter alone, and kept as its hash
 * (store/login.h). Letters are queued in the caller's transaction. INVALID when the person has no
 * address; nothing is drawn then.
 */
#ifndef MAIL_ACCOUNT_LETTER_H
#define MAIL_ACCOUNT_LETTER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/status.h"

struct arena;
struct db;
struct person;

/* How long a link is good, in seconds. */
enum {
	SIGN_IN_LINK = 30 * 60,       /* one asks for it and reads one's mail at once */
	PASSWORD_LINK = 2 * 3600,     /* the same, with a password to think of */
	EMAIL_LINK = 24 * 3600,       /* the new mailbox may not be open yet */
	INVITATION_LINK = 14 * 86400, /* nobody asked for it: one may be away */
};

/* To whom, and from which site. */
struct account_letter {
	struct db *db;
	struct arena *a;
	const char *public_url;
	int64_t now;
	const struct person *person;
	const char *by; /* the name of who invites, or NULL */
};

/*
 * An account is open: to choose a first password. Who has one already is told where to sign in,
 * without a link of this kind.
 */
CHECKED enum status letter_invite(const struct account_letter *l);

/* To sign in once; `wanted` is the page one comes back to, or NULL. */
CHECKED enum status letter_sign_in(const struct account_letter *l, const char *wanted);

/* To choose another password. */
CHECKED enum status letter_reset(const struct account_letter *l, const char *wanted);

/* To the new address, which is the person's once the link is used. */
CHECKED enum status letter_confirm_email(const struct account_letter *l, const char *address);

/* To the old address, which `l->person` still has: it is theirs no more. */
CHECKED enum status letter_email_changed(const struct account_letter *l, const char *address);

/* Told, so that whoever did not do it knows. */
CHECKED enum status letter_password_changed(const struct account_letter *l);
CHECKED enum status letter_factor_changed(const struct account_letter *l, bool is_set);

/* A link to sign in without a letter, for whoever runs the program: absolute, in the arena. */
CHECKED enum status draw_sign_in_link(const struct account_letter *l, int64_t seconds,
				      const char **address);

#endif
