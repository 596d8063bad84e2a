#include "web/deadline.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <time.h>

#include "base/log.h"

enum { ROUND_MS = 200 };

struct watchdog {
	pthread_mutex_t lock; /* of the list and of `stops`: a socket in the list is open */
	pthread_cond_t wakes;
	pthread_t thread;
	struct deadline *first;
	bool stops;
};

static int64_t now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static bool has_unread_input(const struct deadline *d)
{
	int unread;

	return atomic_load(&d->awaited) == INPUT && ioctl(d->fd, FIONREAD, &unread) == 0 &&
	       unread > 0;
}

static void cut_overdue(const struct watchdog *dog)
{
	int64_t now = now_ms();

	for (struct deadline *d = dog->first; d; d = d->next) {
		int64_t at = atomic_load(&d->at);

		/* Its owner may have set another meanwhile. */
		if (at && at <= now && !has_unread_input(d) &&
		    atomic_compare_exchange_strong(&d->at, &at, 0))
			shutdown(d->fd, SHUT_RDWR);
	}
}

static struct timespec next_round(void)
{
	int64_t at = now_ms() + ROUND_MS;

	return (struct timespec){ at / 1000, at % 1000 * 1000000 };
}

static void *watch(void *arg)
{
	struct watchdog *dog = arg;

	pthread_mutex_lock(&dog->lock);
	while (!dog->stops) {
		struct timespec at = next_round();

		pthread_cond_timedwait(&dog->wakes, &dog->lock, &at);
		cut_overdue(dog);
	}
	pthread_mutex_unlock(&dog->lock);
	return NULL;
}

struct watchdog *watchdog_new(void)
{
	struct watchdog *dog = calloc(1, sizeof(*dog));
	pthread_condattr_t monotonic;

	if (!dog)
		die("out of memory");
	pthread_mutex_init(&dog->lock, NULL);
	pthread_condattr_init(&monotonic);
	pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
	pthread_cond_init(&dog->wakes, &monotonic);
	pthread_condattr_destroy(&monotonic);
	if (pthread_create(&dog->thread, NULL, watch, dog) != 0)
		die("cannot start a thread");
	return dog;
}

void watchdog_free(struct watchdog *dog)
{
	if (!dog)
		return;
	pthread_mutex_lock(&dog->lock);
	dog->stops = true;
	pthread_cond_signal(&dog->wakes);
	pthread_mutex_unlock(&dog->lock);
	pthread_join(dog->thread, NULL);
	pthread_cond_destroy(&dog->wakes);
	pthread_mutex_destroy(&dog->lock);
	free(dog);
}

void deadline_add(struct watchdog *dog, struct deadline *d, int fd)
{
	d->fd = fd;
	pthread_mutex_lock(&dog->lock);
	d->prev = NULL;
	d->next = dog->first;
	if (d->next)
		d->next->prev = d;
	dog->first = d;
	pthread_mutex_unlock(&dog->lock);
}

void deadline_remove(struct watchdog *dog, struct deadline *d)
{
	pthread_mutex_lock(&dog->lock);
	*(d->prev ? &d->prev->next : &dog->first) = d->next;
	if (d->next)
		d->next->prev = d->prev;
	pthread_mutex_unlock(&dog->lock);
}

void deadline_set(struct deadline *d, enum awaited awaited, int64_t milliseconds)
{
	atomic_store(&d->awaited, awaited);
	atomic_store(&d->at, milliseconds ? now_ms() + milliseconds : 0);
}

void deadline_tighten(struct deadline *d, int64_t milliseconds)
{
	int64_t at = atomic_load(&d->at), wanted = now_ms() + milliseconds;

	atomic_store(&d->awaited, INPUT);
	if (!at || wanted < at)
		atomic_store(&d->at, wanted);
}
