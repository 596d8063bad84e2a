/*
 * login.h - how people prove who they are: sessions of browsers, links sent by mail, passwords,
 * the second factor and its recovery codes.
 *
 * Secrets come in as their hashes (base/secret.h) and are kept so. Moments are seconds since
 * 1970, UTC.
 */
#ifndef STORE_LOGIN_H
#define STORE_LOGIN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/status.h"

struct arena;
struct db;

/* ---- sessions -------------------------------------------------------------------------- */

enum {
	LOGIN_IDLE = 14 * 86400,    /* without a request */
	LOGIN_LONGEST = 90 * 86400, /* since the sign-in */
	LOGIN_HALF = 10 * 60,       /* while the second factor is missing */
	LOGIN_SEEN_EVERY = 5 * 60,  /* how exactly the last request is known */
};

struct login {
	int64_t id, person_id;
	bool is_whole; /* the second factor was given, or is not asked for */
	int64_t made_at, seen_at;
	const char *address, *agent; /* or NULL */
};

struct login_list {
	struct login *login;
	size_t n_logins;
};

/* Sets login->id. When it is whole, the person is seen, and known by their own name. */
CHECKED enum status login_begin(struct db *db, const char *hash, struct login *login);

/* NOT_FOUND too when it is past its time, or when the person may not sign in. */
CHECKED enum status login_find(struct db *db, struct arena *a, const char *hash, int64_t now,
			       struct login *found);

/* Whole ones, the last used first. */
CHECKED enum status login_of(struct db *db, struct arena *a, int64_t person_id, int64_t now,
			     struct login_list *list);

/* Remembers when it was last used; the person was seen too. */
CHECKED enum status login_seen(struct db *db, int64_t id, int64_t now);

/* Only of that person: NOT_FOUND when it is another's. */
CHECKED enum status login_end(struct db *db, int64_t person_id, int64_t id);

/* All of a person's but one, which may be 0. */
CHECKED enum status login_end_others(struct db *db, int64_t person_id, int64_t id);

/* Whether this person signed in from there since, in a session that goes on or not. */
CHECKED enum status login_knows_address(struct db *db, int64_t person_id, const char *address,
					int64_t since, bool *knows);

/* Whether it was begun by a link out of the person's mail, a second factor given or not. */
CHECKED enum status login_is_by_link(struct db *db, const struct login *login, bool *is_by_link);

/* ---- links sent by mail ---------------------------------------------------------------- */

struct token {
	int64_t id, person_id;
	const char *purpose; /* "sign-in", "password", "email" */
	const char *subject; /* the address to be confirmed, the page that was wanted, or NULL */
	int64_t made_at, expires_at;
};

/* Sets t->id. Those before it of the same purpose stay good: two mails may cross. */
CHECKED enum status token_add(struct db *db, const char *hash, struct token *t);

/* NOT_FOUND when it was used or has expired. */
CHECKED enum status token_find(struct db *db, struct arena *a, const char *hash,
			       const char *purpose, int64_t now, struct token *found);

/* It and all others of its person and purpose are used. CONFLICT when it was used meanwhile. */
CHECKED enum status token_use(struct db *db, const struct token *t, int64_t now);

/*
 * All of a person's are good no more: they went to an address that is theirs no more, or somebody
 * else may have asked for them.
 */
CHECKED enum status token_drop(struct db *db, int64_t person_id, int64_t now);

/* How many of a purpose a person was sent since, and can still use. */
CHECKED enum status token_count(struct db *db, int64_t person_id, const char *purpose,
				int64_t since, int64_t now, int64_t *n);

/* ---- password and second factor --------------------------------------------------------- */

struct credentials {
	const char *password;    /* argon2id, or NULL */
	const char *totp_secret; /* base32, or NULL */
	bool has_totp;           /* it is asked for at sign-in */
	int64_t totp_step;       /* the last one used: none before it is good */
};

CHECKED enum status credentials_of(struct db *db, struct arena *a, int64_t person_id,
				   struct credentials *found);
CHECKED enum status credentials_set_password(struct db *db, int64_t person_id, const char *hash);

/* A secret is proposed, then confirmed by a first code; NULL takes the second factor away. */
CHECKED enum status credentials_propose_totp(struct db *db, int64_t person_id, const char *secret);
CHECKED enum status credentials_confirm_totp(struct db *db, int64_t person_id, int64_t now);

/* CONFLICT when that step or a later one was used: a code is good once. */
CHECKED enum status credentials_use_step(struct db *db, int64_t person_id, int64_t step);

/* Replaces all. */
CHECKED enum status recovery_set(struct db *db, int64_t person_id, const char *const *hash,
				 size_t n);

/* NOT_FOUND when there is no such code (any more). */
CHECKED enum status recovery_use(struct db *db, int64_t person_id, const char *hash);
CHECKED enum status recovery_count(struct db *db, int64_t person_id, int64_t *n);

/* What is past its time goes. */
CHECKED enum status login_prune(struct db *db, int64_t now);

#endif
