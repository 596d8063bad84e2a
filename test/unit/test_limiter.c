/* How often something may be tried. */
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "web/limiter.h"

static const int64_t now = 1795424400;

static int try(struct limiter *l, enum limit limit, const char *who, int64_t at)
{
	int n = 0;

	while (n < 1000 && !limiter_take(l, limit, who, at))
		n++;
	return n;
}

static void test_so_many_at_once_then_one_by_one(void **state)
{
	struct limiter *l = limiter_new();

	(void)state;
	assert_int_equal(try(l, PASSWORDS_OF_ACCOUNT, "camille", now), 10);
	assert_int_equal(limiter_take(l, PASSWORDS_OF_ACCOUNT, "camille", now), 180);
	assert_int_equal(limiter_take(l, PASSWORDS_OF_ACCOUNT, "camille", now + 179), 1);
	assert_int_equal(try(l, PASSWORDS_OF_ACCOUNT, "camille", now + 180), 1);
	assert_int_equal(try(l, PASSWORDS_OF_ACCOUNT, "camille", now + 180 + 360), 2);
	assert_int_equal(try(l, PASSWORDS_OF_ACCOUNT, "camille", now + 86400), 10);
	limiter_free(l);
}

static void test_others_and_other_kinds_are_not_held_back(void **state)
{
	struct limiter *l = limiter_new();

	(void)state;
	assert_int_equal(try(l, CODES_OF_ACCOUNT, "12", now), 6);
	assert_int_equal(try(l, CODES_OF_ACCOUNT, "13", now), 6);
	assert_int_equal(try(l, PASSWORDS_OF_ACCOUNT, "12", now), 10);
	limiter_free(l);
}

static void test_what_ended_well_does_not_count(void **state)
{
	struct limiter *l = limiter_new();

	(void)state;
	for (int i = 0; i < 100; i++) {
		assert_int_equal(limiter_take(l, LINKS_FROM_ADDRESS, "x", now), 0);
		limiter_give_back(l, LINKS_FROM_ADDRESS, "x", now);
	}
	limiter_give_back(l, LINKS_FROM_ADDRESS, "x", now); /* not twice */
	assert_int_equal(try(l, LINKS_FROM_ADDRESS, "x", now), 10);
	limiter_forget(l, LINKS_FROM_ADDRESS, "x");
	limiter_forget(l, LINKS_FROM_ADDRESS, "nobody");
	assert_int_equal(try(l, LINKS_FROM_ADDRESS, "x", now), 10);
	limiter_free(l);
}

static void test_a_flood_of_names_does_not_free_one_that_is_held_back(void **state)
{
	struct limiter *l = limiter_new();
	char name[32];
	int freed = 0;

	(void)state;
	for (int i = 0; i < 200; i++) {
		snprintf(name, sizeof(name), "victim %d", i);
		try(l, PASSWORDS_OF_ACCOUNT, name, now);
	}
	for (int i = 0; i < 100000; i++) {
		snprintf(name, sizeof(name), "flood %d", i);
		limiter_take(l, PASSWORDS_FROM_ADDRESS, name, now);
	}
	for (int i = 0; i < 200; i++) {
		snprintf(name, sizeof(name), "victim %d", i);
		freed += !limiter_take(l, PASSWORDS_OF_ACCOUNT, name, now);
	}
	assert_int_equal(freed, 0);
	limiter_free(l);
}

static void test_one_home_has_one_place(void **state)
{
	struct arena *a = arena_new();

	(void)state;
	assert_string_equal(limiter_place(a, "2001:db8:1:2:a:b:c:d"), "2001:db8:1:2::/64");
	assert_string_equal(limiter_place(a, "2001:db8:1:2::1"), "2001:db8:1:2::/64");
	assert_string_equal(limiter_place(a, "2001:db8:1:3::1"), "2001:db8:1:3::/64");
	assert_string_equal(limiter_place(a, "192.0.2.7"), "192.0.2.7");
	assert_string_equal(limiter_place(a, NULL), "");
	arena_free(a);
}

/* Each counts what it was let through. */
static void *take_many(void *limiter)
{
	return (void *)(intptr_t)try(limiter, PASSWORDS_FROM_ADDRESS, "x", now);
}

static void test_tries_at_the_same_moment_are_all_counted(void **state)
{
	struct limiter *l = limiter_new();
	pthread_t thread[4];
	intptr_t sum = 0;

	(void)state;
	for (int i = 0; i < 4; i++)
		assert_int_equal(pthread_create(&thread[i], NULL, take_many, l), 0);
	for (int i = 0; i < 4; i++) {
		void *n;

		pthread_join(thread[i], &n);
		sum += (intptr_t)n;
	}
	assert_int_equal(sum, 20);
	limiter_free(l);
}

static void test_no_limiter_holds_nobody_back(void **state)
{
	(void)state;
	assert_int_equal(try(NULL, CODES_OF_ACCOUNT, "12", now), 1000);
	limiter_give_back(NULL, CODES_OF_ACCOUNT, "12", now);
	limiter_forget(NULL, CODES_OF_ACCOUNT, "12");
	limiter_free(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_so_many_at_once_then_one_by_one),
		cmocka_unit_test(test_others_and_other_kinds_are_not_held_back),
		cmocka_unit_test(test_what_ended_well_does_not_count),
		cmocka_unit_test(test_a_flood_of_names_does_not_free_one_that_is_held_back),
		cmocka_unit_test(test_one_home_has_one_place),
		cmocka_unit_test(test_tries_at_the_same_moment_are_all_counted),
		cmocka_unit_test(test_no_limiter_holds_nobody_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
