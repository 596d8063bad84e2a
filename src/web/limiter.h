/*
 * limiter.h - how often something may be tried, from one place or on one account.
 *
 * Kept in memory, in a table of a fixed size: what is full gives up what would soonest be free
 * anyway. Names are kept as hashes under a key drawn at the start. For all threads. Knows no
 * clock: moments are handed in, in seconds.
 *
 * Each kind lets so many through at once, then one each so many seconds; what was not used comes
 * back at that pace. Trying counts before it is known how it ends, so that a thousand tries at the
 * same moment are not a thousand; what ended well is given back.
 */
#ifndef WEB_LIMITER_H
#define WEB_LIMITER_H

#include <stdint.h>

struct limiter;

enum limit {
	/*
	 * A town hall has one address for all: some mistype on the same Monday morning. From
	 * there, 20 tries and then 2 a minute are 2,900 a day, on passwords of 12 characters.
	 */
	PASSWORDS_FROM_ADDRESS,
	/*
	 * Of one account, wherever from: 10 and then 20 an hour. Who comes from where they signed
	 * in before is not held back by it.
	 */
	PASSWORDS_OF_ACCOUNT,
	CODES_FROM_ADDRESS,
	/*
	 * Three codes of a million are good at any moment. 6 tries and then 12 an hour find one in
	 * three years and a half, by someone who has the password already.
	 */
	CODES_OF_ACCOUNT,
	/* Each may send a letter: 10, then one a minute. */
	LINKS_FROM_ADDRESS,
	/* What opens nothing: a good link passes all the same. */
	BAD_LINKS_FROM_ADDRESS,
	/*
	 * By one manager: each sends a letter, with a name they chose, to an address they chose. An
	 * authority that begins invites its 30 people at once, then one every two minutes.
	 */
	INVITATIONS_OF_ACCOUNT,
	N_LIMITS,
};

struct limiter *limiter_new(void);
void limiter_free(struct limiter *l);

/*
 * 0 when it may be tried, and it counts; else for how many seconds it may not. `who` is any text.
 * A NULL limiter holds nobody back.
 */
int64_t limiter_take(struct limiter *l, enum limit limit, const char *who, int64_t now);

/* It ended well: as if it had not been tried. */
void limiter_give_back(struct limiter *l, enum limit limit, const char *who, int64_t now);

/* All is forgotten of it: the right password was given. */
void limiter_forget(struct limiter *l, enum limit limit, const char *who);

struct arena;

/* One visitor's address as it is counted: IPv6 by /64, which one home or office has. */
const char *limiter_place(struct arena *a, const char *address);

#endif
