#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/out.h"
#include "web/cache.h"
#include "web/compress.h"
#include "web/route.h"

enum { LIMIT = 64 * 1024, FOR_EVER = INT32_MAX };

/* An answer tells its number, and is counted. */
static atomic_int n_alive;

static void *make(int number)
{
	int *answer = malloc(sizeof(*answer));

	assert_non_null(answer);
	*answer = number;
	atomic_fetch_add(&n_alive, 1);
	return answer;
}

static void drop(void *answer)
{
	*(int *)answer = -1;
	free(answer);
	atomic_fetch_sub(&n_alive, 1);
}

static int set_up(void **state)
{
	*state = cache_new(LIMIT, 7, drop);
	return 0;
}

static int tear_down(void **state)
{
	cache_free(*state);
	assert_int_equal(atomic_load(&n_alive), 0);
	return 0;
}

static void put(struct cache *cache, const char *key, int number, size_t size)
{
	const struct keeping keeping = {
		.key = key,
		.stamp = cache_stamp(cache),
		.change = 7,
		.until = FOR_EVER,
		.size = size,
	};

	cache_put(cache, &keeping, make(number));
}

/* The number of what is kept, 0 for none. */
static int find_at(struct cache *cache, const char *key, int64_t now)
{
	struct kept *kept = cache_find(cache, key, now);
	int number = 0;

	if (kept) {
		number = *(int *)kept_answer(kept);
		kept_release(kept);
	}
	return number;
}

static int find(struct cache *cache, const char *key)
{
	return find_at(cache, key, 1000);
}

static size_t count(struct cache *cache)
{
	size_t bytes, n;

	cache_measure(cache, &bytes, &n);
	assert_true(bytes <= LIMIT);
	return n;
}

static void test_what_is_put_is_found(void **state)
{
	struct cache *cache = *state;

	assert_int_equal(find(cache, "/"), 0);
	put(cache, "/", 1, 10);
	put(cache, "/a", 2, 10);
	assert_int_equal(find(cache, "/"), 1);
	assert_int_equal(find(cache, "/a"), 2);
	assert_int_equal(find(cache, "/ab"), 0);
	assert_int_equal(find(cache, ""), 0);
}

static void test_what_is_put_again_replaces(void **state)
{
	struct cache *cache = *state;

	put(cache, "/", 1, 10);
	put(cache, "/", 2, 10);
	assert_int_equal(find(cache, "/"), 2);
	assert_int_equal(count(cache), 1);
}

static void test_the_least_recently_used_goes_first(void **state)
{
	struct cache *cache = *state;
	char key[16];

	put(cache, "/used", 1000, 3000);
	put(cache, "/unused", 1001, 3000);
	for (int i = 1; i <= 40; i++) {
		snprintf(key, sizeof(key), "/%d", i);
		put(cache, key, i, 3000);
		assert_int_equal(find(cache, "/used"), 1000);
	}
	assert_int_equal(find(cache, "/unused"), 0);
	assert_int_equal(find(cache, "/1"), 0);
	assert_int_equal(find(cache, "/40"), 40);
	assert_true(count(cache) >= 15);
	assert_int_equal(atomic_load(&n_alive), (int)count(cache));
}

static void test_small_ones_cost_what_surrounds_them(void **state)
{
	struct cache *cache = *state;
	char key[16];

	for (int i = 1; i <= 5000; i++) {
		snprintf(key, sizeof(key), "/%d", i);
		put(cache, key, i, 0);
	}
	assert_true(count(cache) < LIMIT / sizeof(void *) / 8);
	assert_true(count(cache) > 100);
}

static void test_one_takes_a_sixteenth_at_most(void **state)
{
	struct cache *cache = *state;

	put(cache, "/large", 1, LIMIT / 16);
	assert_int_equal(find(cache, "/large"), 0);
	put(cache, "/fits", 2, LIMIT / 16 - 200);
	assert_int_equal(find(cache, "/fits"), 2);
}

static void test_it_is_good_until_its_moment(void **state)
{
	struct cache *cache = *state;
	const struct keeping keeping = { "/", cache_stamp(cache), 7, 500, 10 };

	cache_put(cache, &keeping, make(1));
	assert_int_equal(find_at(cache, "/", 499), 1);
	assert_int_equal(find_at(cache, "/", 500), 0);
	assert_int_equal(count(cache), 0);
}

static void test_a_change_makes_all_stale(void **state)
{
	struct cache *cache = *state;

	put(cache, "/", 1, 10);
	cache_changed(cache, 8);
	assert_int_equal(find(cache, "/"), 0);
}

static void test_the_same_change_told_again_makes_stale(void **state)
{
	struct cache *cache = *state;

	/* The search index may have been behind when it was told first. */
	put(cache, "/", 1, 10);
	cache_changed(cache, 7);
	assert_int_equal(find(cache, "/"), 0);
	put(cache, "/", 2, 10);
	assert_int_equal(find(cache, "/"), 2);
}

static void test_a_page_that_saw_an_older_change_is_not_kept(void **state)
{
	struct cache *cache = *state;
	struct keeping keeping = { "/", cache_stamp(cache), 6, FOR_EVER, 10 };

	cache_put(cache, &keeping, make(1));
	assert_int_equal(find(cache, "/"), 0);
	keeping.change = 8; /* committed, but not told yet */
	cache_put(cache, &keeping, make(2));
	assert_int_equal(find(cache, "/"), 0);
	keeping.change = 7;
	cache_put(cache, &keeping, make(3));
	assert_int_equal(find(cache, "/"), 3);
}

static void test_a_page_that_ran_across_a_change_is_not_kept(void **state)
{
	struct cache *cache = *state;
	const struct keeping keeping = { "/", cache_stamp(cache), 8, FOR_EVER, 10 };

	cache_changed(cache, 8);
	cache_put(cache, &keeping, make(1));
	assert_int_equal(count(cache), 0);
}

static void test_what_is_held_outlives_the_cache(void **state)
{
	struct cache *cache = *state;
	struct kept *kept;

	put(cache, "/", 1, 10);
	kept = cache_find(cache, "/", 1000);
	put(cache, "/", 2, 10);
	cache_changed(cache, 8);
	assert_int_equal(find(cache, "/"), 0);
	assert_int_equal(*(int *)kept_answer(kept), 1);
	kept_release(kept);
}

/* ---- keys -------------------------------------------------------------------------- */

static const char *key_of(struct arena *a, const char *path, struct pair *query, size_t n)
{
	static const char *const known[] = { "q", "type", "page", NULL };
	const struct route route = { GET, "/", ANYONE, NULL, known };
	const struct request req = { .path = path, .query = query, .n_query = n };

	return cache_key(a, &req, &route);
}

static void test_a_key_has_known_parameters_in_their_order(void **state)
{
	struct arena *a = arena_new();
	struct pair query[] = {
		{ "page", "2" }, { "utm", "x" },  { "type", "b" },
		{ "q", "é&=?" }, { "type", "a" }, { "Q", "y" },
	};

	(void)state;
	assert_string_equal(key_of(a, "/a", query, 6), "/a?q=%C3%A9%26%3D%3F&type=b&type=a&page=2");
	assert_string_equal(key_of(a, "/a", NULL, 0), "/a");
	assert_string_equal(key_of(a, "/a", &query[1], 1), "/a");
	arena_free(a);
}

static void test_no_path_reads_as_a_query(void **state)
{
	struct arena *a = arena_new();
	struct pair query = { "q", "a" };
	const char *one = arena_strdup(a, key_of(a, "/a?q=a", NULL, 0));

	(void)state;
	assert_string_not_equal(one, key_of(a, "/a", &query, 1));
	arena_free(a);
}

static void test_a_route_without_parameters_has_one_key(void **state)
{
	struct arena *a = arena_new();
	struct pair query = { "q", "a" };
	const struct route route = { GET, "/", ANYONE, NULL, NULL };
	const struct request req = { .path = "/", .query = &query, .n_query = 1 };

	(void)state;
	assert_string_equal(cache_key(a, &req, &route), "/");
	arena_free(a);
}

/* ---- threads ------------------------------------------------------------------------- */

enum { N_THREADS = 4, N_ROUNDS = 20000, N_KEYS = 100 };

static void visit(struct cache *cache, int round)
{
	char key[16];
	int number = round * 7 % N_KEYS + 1, found;

	snprintf(key, sizeof(key), "/%d", number);
	found = find(cache, key);
	if (found && found != number)
		abort();
	if (!found)
		put(cache, key, number, (size_t)number * 30);
	if (round % 500 == 0)
		cache_changed(cache, 7);
}

static void *visit_often(void *cache)
{
	for (int round = 0; round < N_ROUNDS; round++)
		visit(cache, round);
	return NULL;
}

static void test_threads_share_it(void **state)
{
	struct cache *cache = *state;
	pthread_t thread[N_THREADS];

	for (int i = 0; i < N_THREADS; i++)
		assert_int_equal(pthread_create(&thread[i], NULL, visit_often, cache), 0);
	for (int i = 0; i < N_THREADS; i++)
		pthread_join(thread[i], NULL);
	assert_int_equal(atomic_load(&n_alive), (int)count(cache));
}

/* ---- what is kept: gzip ----------------------------------------------------------------- */

static void test_gzip_is_the_same_each_time(void **state)
{
	struct compressor *c = compressor_new(), *other = compressor_new();
	struct out text, one, two;

	(void)state;
	out_init(&text);
	out_init(&one);
	out_init(&two);
	for (int i = 0; i < 1000; i++)
		out_printf(&text, "ligne %d\n", i);
	assert_true(compressor_gzip(c, text.data, text.length, &one));
	assert_true(compressor_gzip(c, text.data, text.length, &two));
	assert_int_equal(one.length, two.length);
	assert_memory_equal(one.data, two.data, one.length);
	two.length = 0;
	assert_true(compressor_gzip(other, text.data, text.length, &two));
	assert_memory_equal(one.data, two.data, one.length);
	/* No time in the header: RFC 1952, 2.3. */
	assert_memory_equal(one.data, "\x1f\x8b\x08\0\0\0\0\0", 8);
	out_release(&text);
	out_release(&one);
	out_release(&two);
	compressor_free(c);
	compressor_free(other);
}

static void test_what_does_not_get_shorter_stays(void **state)
{
	struct compressor *c = compressor_new();
	struct out packed;

	(void)state;
	out_init(&packed);
	assert_false(compressor_gzip(c, "abc", 3, &packed));
	assert_false(compressor_gzip(c, "", 0, &packed));
	assert_int_equal(packed.length, 0);
	compressor_free(c);
	assert_true(compress_is_worth("text/html; charset=utf-8", 300));
	assert_true(compress_is_worth("application/problem+json", 300));
	assert_true(compress_is_worth("image/svg+xml", 300));
	assert_false(compress_is_worth("text/html", 256));
	assert_false(compress_is_worth("image/png", 9999));
	assert_false(compress_is_worth("font/woff2", 9999));
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(test_what_is_put_is_found),
		TEST(test_what_is_put_again_replaces),
		TEST(test_the_least_recently_used_goes_first),
		TEST(test_small_ones_cost_what_surrounds_them),
		TEST(test_one_takes_a_sixteenth_at_most),
		TEST(test_it_is_good_until_its_moment),
		TEST(test_a_change_makes_all_stale),
		TEST(test_the_same_change_told_again_makes_stale),
		TEST(test_a_page_that_saw_an_older_change_is_not_kept),
		TEST(test_a_page_that_ran_across_a_change_is_not_kept),
		TEST(test_what_is_held_outlives_the_cache),
		cmocka_unit_test(test_a_key_has_known_parameters_in_their_order),
		cmocka_unit_test(test_no_path_reads_as_a_query),
		cmocka_unit_test(test_a_route_without_parameters_has_one_key),
		TEST(test_threads_share_it),
		cmocka_unit_test(test_gzip_is_the_same_each_time),
		cmocka_unit_test(test_what_does_not_get_shorter_stays),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
