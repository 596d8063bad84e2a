/*
 * deadline.h - cuts connections that take too long.
 *
 * libmicrohttpd only knows how long a connection was silent: a client that sends a byte
 * each second is never cut by it. One thread looks at all deadlines a few times a second
 * and shuts down the sockets that are past theirs; their owner then sees them end.
 */
#ifndef WEB_DEADLINE_H
#define WEB_DEADLINE_H

#include <stdatomic.h>
#include <stdint.h>

struct watchdog;

/*
 * Of whom something is awaited. A client whose bytes lie unread has done its part: a worker
 * is busy with a slow page, and nobody is cut for that.
 */
enum awaited { INPUT, OUTPUT };

/* Part of what its owner keeps for a connection. */
struct deadline {
	struct deadline *next, *prev;
	int fd;
	_Atomic int64_t at; /* milliseconds of the monotonic clock, 0 for none */
	_Atomic enum awaited awaited;
};

struct watchdog *watchdog_new(void);
void watchdog_free(struct watchdog *dog);

void deadline_add(struct watchdog *dog, struct deadline *d, int fd);

/* Before the socket is closed: its number may be another's a moment later. */
void deadline_remove(struct watchdog *dog, struct deadline *d);

/* From now; 0 for none. */
void deadline_set(struct deadline *d, enum awaited awaited, int64_t milliseconds);

/* The same for input, unless the one there is nearer. */
void deadline_tighten(struct deadline *d, int64_t milliseconds);

#endif
