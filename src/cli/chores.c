#include "cli/chores.h"

#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/arena.h"
#include "base/log.h"
#include "db/db.h"
#include "mail/deliver.h"
#include "mail/idle.h"
#include "store/file.h"
#include "store/retention.h"
#include "web/trace.h"

/* Seconds. */
enum { TICK = 1, HOUR = 3600, DAY = 24 * HOUR, PAUSE = 30 };

struct chores {
	struct chores_options options;
	struct db *db;
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t woken;
	atomic_bool stop;
};

/* ---- what there is to do ----------------------------------------------------------- */

/* While no mail server answers, each message would meet the same. */
static int send_mail(struct chores *c)
{
	const struct deliver_options options = {
		.public_url = c->options.public_url,
		.outbox = c->options.outbox,
		.stop = &c->stop,
	};
	struct delivered done;

	return deliver(c->db, &options, &done) != OK || done.away ? PAUSE : TICK;
}

/* What pages that are asked for leave behind. */
static int write_traces(struct chores *c)
{
	(void)!traces_flush(c->options.traces, c->db);
	return TICK;
}

/* Whoever must be told that something of theirs will end is told first. */
static int forget(struct chores *c)
{
	struct arena *a = arena_new();
	int64_t now = time(NULL);

	if (idle_tell(c->db, a, c->options.public_url, now) != OK ||
	    retention_apply(c->db, a, now) != OK)
		log_error("what is past its time could not be forgotten: tried again in an hour");
	arena_free(a);
	return HOUR;
}

enum { FILES_KEPT = 7 * DAY };

/* Documents that were taken away, once nobody can have meant to put them back. */
static int forget_files(struct chores *c)
{
	struct arena *a = arena_new();
	int64_t n;
	enum status status = db_begin(c->db);

	if (status == OK)
		status = db_end(c->db,
				file_prune(c->db, a, c->options.data, time(NULL) - FILES_KEPT, &n));
	if (status != OK)
		log_error("documents that nothing leads to could not be forgotten");
	arena_free(a);
	return DAY;
}

/* Each returns the seconds until it is to be called again. */
static int (*const chores[])(struct chores *c) = { write_traces, send_mail, forget, forget_files };
enum { N_CHORES = sizeof(chores) / sizeof(*chores) };

/* ---- when ----------------------------------------------------------------------------- */

static time_t clock_now(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec;
}

static void pause_until_woken(struct chores *c)
{
	struct timespec until;

	clock_gettime(CLOCK_MONOTONIC, &until);
	until.tv_sec += TICK;
	pthread_mutex_lock(&c->lock);
	if (!atomic_load(&c->stop))
		pthread_cond_timedwait(&c->woken, &c->lock, &until);
	pthread_mutex_unlock(&c->lock);
}

static void *run(void *context)
{
	struct chores *c = context;
	time_t next[N_CHORES] = { 0 };

	while (!atomic_load(&c->stop)) {
		for (size_t i = 0; i < N_CHORES && !atomic_load(&c->stop); i++)
			if (next[i] <= clock_now())
				next[i] = chores[i](c) + clock_now();
		pause_until_woken(c);
	}
	return NULL;
}

static void release(struct chores *c)
{
	pthread_cond_destroy(&c->woken);
	pthread_mutex_destroy(&c->lock);
	db_close(c->db);
	free(c);
}

/* By the clock that nobody sets: a message is not late because the day was. */
static void init_lock(struct chores *c)
{
	pthread_condattr_t attributes;

	pthread_condattr_init(&attributes);
	pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
	pthread_cond_init(&c->woken, &attributes);
	pthread_condattr_destroy(&attributes);
	pthread_mutex_init(&c->lock, NULL);
}

enum status chores_start(const struct chores_options *options, struct chores **started)
{
	struct chores *c = calloc(1, sizeof(*c));
	int code;

	if (!c)
		die("out of memory");
	c->options = *options;
	if (db_open(options->db_address, &c->db) != OK) {
		free(c);
		return FAILED;
	}
	init_lock(c);
	code = pthread_create(&c->thread, NULL, run, c);
	if (code) {
		log_error("cannot start a thread: %s", strerror(code));
		release(c);
		return FAILED;
	}
	*started = c;
	return OK;
}

void chores_stop(struct chores *c)
{
	pthread_mutex_lock(&c->lock);
	atomic_store(&c->stop, true);
	pthread_cond_signal(&c->woken);
	pthread_mutex_unlock(&c->lock);
	pthread_join(c->thread, NULL);
	release(c);
}
