/*
 * mail.h - the outbox: messages to send, and what became of them.
 *
 * A message is queued in the transaction of what it tells of, so that neither is without the
 * other. It is then sent once at most. Whoever sends it goes through these, each a commit:
 *
 *	mail_take_due()		it is ours for MAIL_LEASE seconds; a crash here only delays it
 *	mail_begin_sending()	just before the server gets the last byte of it
 *	mail_sent(), mail_failed(), mail_refused() or mail_abandon()
 *
 * What is still "sending" once its lease has passed was cut off between the last byte and the
 * record of the answer. Nobody knows whether it left, so mail_abandon_lost() gives it up, and
 * says so: a person can ask for another link, nobody can take back a second letter.
 *
 * Texts hold links that open an account: they are emptied once the message is sent.
 * Results live in the caller's arena. Times are seconds since 1970, UTC.
 */
#ifndef STORE_MAIL_H
#define STORE_MAIL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/status.h"

struct arena;
struct db;

enum {
	MAIL_LEASE = 300,       /* longer than a message may take, and than a busy database */
	MAIL_MAX_ATTEMPTS = 13, /* with the pauses between them, about two days */
};

enum mail_state {
	MAIL_WAITING,
	MAIL_SENDING,
	MAIL_SENT,
	MAIL_REFUSED,
	MAIL_ABANDONED,
	MAIL_BOUNCED,
	N_MAIL_STATES,
};
enum { ANY_MAIL_STATE = -1 };

/* "waiting", "sending", "sent", "refused", "abandoned", "bounced" */
const char *mail_state_name(enum mail_state state);

/* False when there is no such state. */
bool mail_state_by_name(const char *name, enum mail_state *state);

struct mail {
	int64_t id;
	const char *key;                  /* "password:12:3f…": what makes it the same message */
	int64_t person_id;                /* 0: none */
	const char *to_address, *to_name; /* the name may be NULL */
	const char *subject;
	const char *text, *html;      /* NULL in lists */
	const char *list_unsubscribe; /* an address, or NULL */
	const char *message_id;       /* with its brackets */
	int64_t made_at;
	enum mail_state state;
	int64_t attempts;
	int64_t next_at;
	const char *last_error; /* what the server or the network said last, or NULL */
	int64_t sent_at;        /* 0 while it is not */
	const char *answer;     /* what the server said when it took it, or NULL */
};

struct mail_list {
	struct mail *mail;
	size_t n_mails;
};

/*
 * In the caller's transaction, if there is one. A key that is there already changes nothing,
 * and is OK. Reads key, person, address, name, subject, texts, list_unsubscribe, message_id and
 * made_at. Nothing is checked here: see letter_queue() of mail/letter.h.
 */
CHECKED enum status mail_queue(struct db *db, const struct mail *m);

/* NOT_FOUND when none is. Asked once a second: only reads. */
CHECKED enum status mail_any_due(struct db *db, int64_t now);

/* The message that waits longest; NOT_FOUND when none is due. Nobody else gets it. */
CHECKED enum status mail_take_due(struct db *db, struct arena *a, int64_t now, struct mail *m);

/* CONFLICT when it is ours no more: the lease has passed and another took it. */
CHECKED enum status mail_begin_sending(struct db *db, const struct mail *m, int64_t now);

CHECKED enum status mail_sent(struct db *db, const struct mail *m, int64_t now, const char *answer);

/* Did not leave, and may later: waits 1 min, 5 min, 30 min, 2 h, then 6 h; then is abandoned. */
CHECKED enum status mail_failed(struct db *db, const struct mail *m, int64_t now, const char *why);

/* Given back untried: the program stops. */
CHECKED enum status mail_give_back(struct db *db, const struct mail *m, int64_t now);

/* Will never leave: the server does not want it. */
CHECKED enum status mail_refused(struct db *db, const struct mail *m, const char *why);

/* May have left, and must not twice. */
CHECKED enum status mail_abandon(struct db *db, const struct mail *m, const char *why);

/*
 * Had left, and came back: `why` is what a server further on said. Whoever sent it may not know yet
 * that it left. NOT_FOUND when no message of this identifier can have left, or it was forgotten.
 */
CHECKED enum status mail_bounced(struct db *db, struct arena *a, const char *message_id,
				 const char *why, struct mail *found);

/* What was left "sending" by a program that died. Writes only when there is any. */
CHECKED enum status mail_abandon_lost(struct db *db, int64_t now);

/*
 * Once more, now: for what waits, was refused or abandoned. CONFLICT when it was sent or is being
 * sent, NOT_FOUND when there is none.
 */
CHECKED enum status mail_retry(struct db *db, int64_t id, int64_t now);

/* Without its texts. */
CHECKED enum status mail_by_id(struct db *db, struct arena *a, int64_t id, struct mail *found);
CHECKED enum status mail_by_key(struct db *db, struct arena *a, const char *key,
				struct mail *found);

/* Of a state or of ANY_MAIL_STATE, the latest first; *total counts them all. */
CHECKED enum status mail_list(struct db *db, struct arena *a, int state, int64_t offset,
			      int64_t limit, struct mail_list *list, int64_t *total);

CHECKED enum status mail_count(struct db *db, enum mail_state state, int64_t *n);

/* How many addresses of people sent back the last message that left for them. */
CHECKED enum status mail_count_out_of_reach(struct db *db, int64_t *n);

/*
 * The last message to each address of which something is known, where that was refused or came
 * back; to one address alone when `address` is not NULL.
 */
CHECKED enum status mail_troubled(struct db *db, struct arena *a, const char *address,
				  struct mail_list *list);

/* Whether what is known of the last message to that address is that it did not arrive. */
CHECKED enum status mail_fails(struct db *db, struct arena *a, const char *address, bool *fails);

/* Whether one of them was written to that address, at that time or after; NULL is none. */
bool mail_list_has_address(const struct mail_list *list, const char *address, int64_t since);

/* What was written to a person, without its texts, the latest first. */
CHECKED enum status mail_of_person(struct db *db, struct arena *a, int64_t person_id, int64_t limit,
				   struct mail_list *list);

/*
 * Forgets what was made before and is waited for no more. Its key may then be queued again, so
 * `before` must be long ago.
 */
CHECKED enum status mail_prune(struct db *db, int64_t before);

#endif
