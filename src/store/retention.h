/*
 * retention.h - how long what concerns people is kept: settings, in days, and the one place where
 * what is past its time goes.
 *
 * An account is idle when nobody signed in to it for that long, and nothing calls for it any
 * more: no role, no current function in a current member. Its owner is told by a letter, and it is
 * erased a month after, unless they sign in or the letter did not arrive.
 */
#ifndef STORE_RETENTION_H
#define STORE_RETENTION_H

#include <stdint.h>

#include "base/status.h"
#include "store/person.h"

struct arena;
struct db;

enum { IDLE_NOTICE_DAYS = 30 }; /* between the letter and the end of an idle account */

struct retention {
	int64_t audit, mail, requests, idle_accounts; /* days */
};

CHECKED enum status retention_read(struct db *db, struct arena *a, struct retention *r);

/*
 * What is past its time goes: journal, letters, requests answered, idle accounts whose owners were
 * told, sessions and links. To be called now and then; each kind is a commit.
 */
CHECKED enum status retention_apply(struct db *db, struct arena *a, int64_t now);

/* Those to be told, the longest idle first; the letter's key is what remembers that they were. */
CHECKED enum status retention_idle(struct db *db, struct arena *a, int64_t now, int limit,
				   struct person_list *list);
const char *retention_idle_key(struct arena *a, const struct person *p);

/* ---- for the table of settings ------------------------------------------------------------ */

enum status check_audit_days(struct db *db, struct arena *a, const char *value, const char **why);
enum status check_mail_days(struct db *db, struct arena *a, const char *value, const char **why);
enum status check_kept_days(struct db *db, struct arena *a, const char *value, const char **why);
enum status check_idle_days(struct db *db, struct arena *a, const char *value, const char **why);

#define RETENTION_SETTINGS                                                                         \
	{ "audit_days", "365", "how many days the journal of what was done is kept",               \
	  check_audit_days },                                                                      \
		{ "mail_days", "90", "how many days the trace of a letter is kept",                \
		  check_mail_days },                                                               \
		{ "requests_days", "1095",                                                         \
		  "how many days a request for access is kept once it is over", check_kept_days }, \
	{                                                                                          \
		"idle_account_days", "1095",                                                       \
			"after how many days without signing in an account that nothing calls for" \
			" is told, then erased",                                                   \
			check_idle_days                                                            \
	}

#endif
