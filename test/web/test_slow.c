#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "web/listen.h"
#include "web/slow.h"

enum { N_TASKS = 80 };

/* What became of a task, and a gate that holds those that run. */
struct errand {
	struct task task;
	struct fixture *fix;
	char address[PEER_SIZE];
	int runs, done;
	bool in_time;
};

struct fixture {
	struct slow *slow;
	pthread_mutex_t lock;
	pthread_cond_t opens;
	bool is_open;
	struct errand errand[N_TASKS];
	int order[N_TASKS], n_run;
};

static void run(struct task *task, bool in_time)
{
	struct errand *e = task->owner;
	struct fixture *fix = e->fix;

	pthread_mutex_lock(&fix->lock);
	while (in_time && !fix->is_open)
		pthread_cond_wait(&fix->opens, &fix->lock);
	e->runs++;
	e->in_time = in_time;
	fix->order[fix->n_run++] = (int)(e - fix->errand);
	pthread_mutex_unlock(&fix->lock);
}

static void done(struct task *task)
{
	struct errand *e = task->owner;

	pthread_mutex_lock(&e->fix->lock);
	e->done++;
	pthread_mutex_unlock(&e->fix->lock);
}

static void open_gate(struct fixture *fix)
{
	pthread_mutex_lock(&fix->lock);
	fix->is_open = true;
	pthread_cond_broadcast(&fix->opens);
	pthread_mutex_unlock(&fix->lock);
}

static int set_up(void **state)
{
	struct fixture *fix = test_calloc(1, sizeof(*fix));

	pthread_mutex_init(&fix->lock, NULL);
	pthread_cond_init(&fix->opens, NULL);
	for (int i = 0; i < N_TASKS; i++) {
		struct errand *e = &fix->errand[i];

		snprintf(e->address, sizeof(e->address), "192.0.2.%d", i);
		e->fix = fix;
		e->task = (struct task){ .owner = e, .address = e->address };
	}
	fix->slow = slow_new((struct slow_work){ run, done, 1000 });
	*state = fix;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *fix = *state;

	open_gate(fix);
	slow_free(fix->slow);
	pthread_cond_destroy(&fix->opens);
	pthread_mutex_destroy(&fix->lock);
	test_free(fix);
	return 0;
}

static bool begin(struct fixture *fix, int i)
{
	if (!slow_enter(fix->slow, &fix->errand[i].task))
		return false;
	slow_push(fix->slow, &fix->errand[i].task);
	return true;
}

static bool is_done(struct fixture *fix, int i)
{
	bool done;

	pthread_mutex_lock(&fix->lock);
	done = fix->errand[i].done;
	pthread_mutex_unlock(&fix->lock);
	return done;
}

/* How many of the first n are done, and how many of them in time. */
static int count_done(struct fixture *fix, int n, int *n_in_time)
{
	int n_done = 0;

	*n_in_time = 0;
	for (int i = 0; i < n; i++) {
		assert_int_equal(fix->errand[i].runs, fix->errand[i].done);
		n_done += fix->errand[i].done;
		*n_in_time += fix->errand[i].in_time;
	}
	return n_done;
}

static void test_all_that_entered_is_done_once(void **state)
{
	struct fixture *fix = *state;
	int n_in_time;

	open_gate(fix);
	for (int i = 0; i < 60; i++)
		assert_true(begin(fix, i));
	slow_stop(fix->slow);
	assert_int_equal(count_done(fix, 60, &n_in_time), 60);
}

static void test_there_is_room_for_so_many(void **state)
{
	struct fixture *fix = *state;
	int n = 0;

	while (n < N_TASKS && begin(fix, n))
		n++;
	assert_int_equal(n, 64);
}

static void test_one_visitor_has_less_room(void **state)
{
	struct fixture *fix = *state;

	for (int i = 0; i < 20; i++)
		snprintf(fix->errand[i].address, PEER_SIZE, "%s",
			 i < 10 ? "192.0.2.1" : "2001:db8::1");
	for (int i = 0; i < 20; i++)
		assert_int_equal(begin(fix, i), i % 10 < 8);
	assert_true(begin(fix, 20));
}

static void test_who_has_left_makes_room(void **state)
{
	struct fixture *fix = *state;
	const struct timespec pause = { 0, 1000000 };

	open_gate(fix);
	for (int i = 0; i < N_TASKS; i++) {
		snprintf(fix->errand[i].address, PEER_SIZE, "%s", "192.0.2.1");
		while (!begin(fix, i))
			nanosleep(&pause, NULL);
	}
}

static void test_who_has_waited_too_long_is_told(void **state)
{
	struct fixture *fix = *state;
	int n_in_time;

	for (int i = 0; i < 60; i++)
		assert_true(begin(fix, i));
	usleep(1200000);
	open_gate(fix);
	while (!slow_enter(fix->slow, &fix->errand[60].task))
		usleep(1000);
	slow_push(fix->slow, &fix->errand[60].task);
	while (!is_done(fix, 60))
		usleep(1000);
	slow_stop(fix->slow);
	assert_int_equal(count_done(fix, 61, &n_in_time), 61);
	/* Those that ran when the gate was shut, and the one that came late. */
	assert_in_range(n_in_time, 2, 33);
	assert_true(fix->errand[60].in_time);
}

static void test_the_first_that_came_is_the_first_to_be_run(void **state)
{
	struct fixture *fix = *state;
	int n_overtaken = 0;

	for (int i = 0; i < 60; i++)
		assert_true(begin(fix, i));
	open_gate(fix);
	slow_stop(fix->slow);
	/* One that was interrupted is overtaken by many: some pairs are the wrong way round. */
	for (int i = 0; i < 60; i++)
		for (int j = i + 1; j < 60; j++)
			n_overtaken += fix->order[i] > fix->order[j];
	assert_in_range(n_overtaken, 0, 60 * 59 / 2 / 3);
}

static void *stop(void *arg)
{
	slow_stop(arg);
	return NULL;
}

static void test_a_stop_waits_for_who_has_entered(void **state)
{
	struct fixture *fix = *state;
	pthread_t thread;
	int n_in_time;

	assert_true(slow_enter(fix->slow, &fix->errand[0].task));
	assert_int_equal(pthread_create(&thread, NULL, stop, fix->slow), 0);
	usleep(50000);
	assert_false(slow_enter(fix->slow, &fix->errand[1].task));
	slow_push(fix->slow, &fix->errand[0].task);
	assert_int_equal(pthread_join(thread, NULL), 0);
	assert_int_equal(count_done(fix, 1, &n_in_time), 1);
	assert_int_equal(n_in_time, 0);
}

static void test_addresses_are_near(void **state)
{
	(void)state;
	assert_true(address_is_near("192.0.2.1", "192.0.2.1"));
	assert_false(address_is_near("192.0.2.1", "192.0.2.2"));
	assert_true(address_is_near("2001:db8::1", "2001:db8::ffff:0:0:2"));
	assert_false(address_is_near("2001:db8::1", "2001:db8:0:1::1"));
	assert_false(address_is_near("2001:db8::1", "192.0.2.1"));
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(test_all_that_entered_is_done_once),
		TEST(test_there_is_room_for_so_many),
		TEST(test_one_visitor_has_less_room),
		TEST(test_who_has_left_makes_room),
		TEST(test_who_has_waited_too_long_is_told),
		TEST(test_the_first_that_came_is_the_first_to_be_run),
		TEST(test_a_stop_waits_for_who_has_entered),
		cmocka_unit_test(test_addresses_are_near),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
