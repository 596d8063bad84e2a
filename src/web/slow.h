/*
 * slow.h - a few threads for what takes long, so that nobody who reads waits behind it.
 *
 * They are as many as there are processors, and yield to the others. What waits for them is
 * bounded, in number and in time. Knows nothing of requests.
 */
#ifndef WEB_SLOW_H
#define WEB_SLOW_H

#include <stdbool.h>
#include <stdint.h>

struct slow;

/* Part of what its owner keeps for a piece of work. */
struct task {
	void *owner;
	const char *address; /* of the visitor it is for, normalised */
	/* slow.c's own */
	struct task *next;
	struct task *prev_inside, *next_inside;
	int64_t until;
};

struct slow_work {
	/*
	 * In one of the threads. `in_time` is false when it has waited too long, or when all
	 * is stopping: it is then only to be told.
	 */
	void (*run)(struct task *task, bool in_time);
	/* It is done and has left: its owner may do with it what he likes. */
	void (*done)(struct task *task);
	int wait_ms; /* the longest that one waits */
};

struct slow *slow_new(struct slow_work work);

/*
 * Lets nobody in any more, runs what waits as what is not in time, and returns once all is
 * done. The threads have ended then.
 */
void slow_stop(struct slow *slow);
void slow_free(struct slow *slow);

/* False when there is no room, for anyone or for this address; else slow_push() must follow. */
bool slow_enter(struct slow *slow, struct task *task);
void slow_push(struct slow *slow, struct task *task);

#endif
