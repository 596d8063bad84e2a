#include "web/slow.h"

#include <pthread.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "base/log.h"
#include "web/listen.h"

enum {
	MAX_INSIDE = 64,
	MAX_OF_ONE = 8, /* of one visitor */
	MAX_THREADS = 32,
	NICENESS = 5, /* a quarter of a processor when readers want it, all of it otherwise */
};

struct slow {
	pthread_mutex_t lock; /* of all below */
	pthread_cond_t wakes;
	struct slow_work work;
	struct task *inside; /* entered and not yet done */
	int n_inside;
	struct task *first, *last; /* of those that wait */
	bool stops;
	int n_threads;
	pthread_t thread[MAX_THREADS];
};

static int64_t now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* NULL when all is stopped. What has entered but was not pushed yet is waited for. */
static struct task *next_task(struct slow *slow)
{
	struct task *task;

	while (!slow->first && (!slow->stops || slow->n_inside))
		pthread_cond_wait(&slow->wakes, &slow->lock);
	task = slow->first;
	if (task)
		slow->first = task->next;
	return task;
}

static void leave(struct slow *slow, struct task *task)
{
	*(task->prev_inside ? &task->prev_inside->next_inside : &slow->inside) = task->next_inside;
	if (task->next_inside)
		task->next_inside->prev_inside = task->prev_inside;
	slow->n_inside--;
	if (slow->stops)
		pthread_cond_broadcast(&slow->wakes);
}

static void *work(void *arg)
{
	struct slow *slow = arg;
	struct task *task;

	/* On Linux a thread has a niceness of its own. */
	setpriority(PRIO_PROCESS, (id_t)gettid(), NICENESS);
	pthread_mutex_lock(&slow->lock);
	while ((task = next_task(slow))) {
		bool in_time = !slow->stops && now_ms() < task->until;

		pthread_mutex_unlock(&slow->lock);
		slow->work.run(task, in_time);
		pthread_mutex_lock(&slow->lock);
		leave(slow, task);
		pthread_mutex_unlock(&slow->lock);
		slow->work.done(task);
		pthread_mutex_lock(&slow->lock);
	}
	pthread_mutex_unlock(&slow->lock);
	return NULL;
}

static int count_threads(void)
{
	long n = sysconf(_SC_NPROCESSORS_ONLN);

	return n < 1 ? 1 : n > MAX_THREADS ? MAX_THREADS : (int)n;
}

struct slow *slow_new(struct slow_work work_to_do)
{
	struct slow *slow = calloc(1, sizeof(*slow));

	if (!slow)
		die("out of memory");
	pthread_mutex_init(&slow->lock, NULL);
	pthread_cond_init(&slow->wakes, NULL);
	slow->work = work_to_do;
	slow->n_threads = count_threads();
	for (int i = 0; i < slow->n_threads; i++)
		if (pthread_create(&slow->thread[i], NULL, work, slow) != 0)
			die("cannot start a thread");
	return slow;
}

void slow_stop(struct slow *slow)
{
	pthread_mutex_lock(&slow->lock);
	slow->stops = true;
	pthread_cond_broadcast(&slow->wakes);
	pthread_mutex_unlock(&slow->lock);
	for (int i = 0; i < slow->n_threads; i++)
		pthread_join(slow->thread[i], NULL);
	slow->n_threads = 0;
}

void slow_free(struct slow *slow)
{
	if (!slow)
		return;
	slow_stop(slow);
	pthread_cond_destroy(&slow->wakes);
	pthread_mutex_destroy(&slow->lock);
	free(slow);
}

static bool has_room(const struct slow *slow, const struct task *task)
{
	int n = 0;

	for (const struct task *other = slow->inside; other; other = other->next_inside)
		n += address_is_near(other->address, task->address);
	return !slow->stops && slow->n_inside < MAX_INSIDE && n < MAX_OF_ONE;
}

bool slow_enter(struct slow *slow, struct task *task)
{
	bool enters;

	pthread_mutex_lock(&slow->lock);
	enters = has_room(slow, task);
	if (enters) {
		task->prev_inside = NULL;
		task->next_inside = slow->inside;
		if (slow->inside)
			slow->inside->prev_inside = task;
		slow->inside = task;
		slow->n_inside++;
	}
	pthread_mutex_unlock(&slow->lock);
	return enters;
}

void slow_push(struct slow *slow, struct task *task)
{
	pthread_mutex_lock(&slow->lock);
	task->next = NULL;
	task->until = now_ms() + slow->work.wait_ms;
	*(slow->first ? &slow->last->next : &slow->first) = task;
	slow->last = task;
	pthread_cond_signal(&slow->wakes);
	pthread_mutex_unlock(&slow->lock);
}
