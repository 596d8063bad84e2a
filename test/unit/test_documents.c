/* The columns of documents against a plain array: labels of few and of many, side by side. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/arena.h"
#include "search/documents.h"
#include "search/match.h"

enum { LABELS = 40 };

struct plain {
	uint8_t access;
	int32_t day;
	uint32_t audience, title_hash, label[LABELS];
	size_t n_labels;
};

static uint32_t pick(uint64_t *random, uint32_t n)
{
	*random = *random * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)(*random >> 33) % n;
}

/* Some have more labels than are read at one go, many have none. */
static struct plain any(uint64_t *random, uint32_t highest)
{
	struct plain p = { .access = (uint8_t)pick(random, ACCESS_CLASSES),
			   .audience = pick(random, 3) ? 0 : pick(random, 70000),
			   .day = (int32_t)pick(random, 20000) - 100,
			   .title_hash = pick(random, 1000),
			   .n_labels = pick(random, 9) ? pick(random, 15) : pick(random, LABELS) };

	for (size_t i = 0; i < p.n_labels; i++)
		p.label[i] = pick(random, highest);
	return p;
}

static void compare(const struct documents *d, uint32_t number, const struct plain *p)
{
	const struct columns *c = documents_window(d, number);
	uint32_t i = number & (WINDOW - 1);

	assert_int_equal(state_access(column_state(c, i)), p->access);
	assert_true(column_is_alive(c, i, 12));
	assert_int_equal(c->audience[i], p->audience);
	assert_int_equal(c->day[i], p->day);
	assert_int_equal(c->title_hash[i], p->title_hash);
	assert_int_equal(c->first[i + 1] - c->first[i], p->n_labels);
	for (uint32_t k = 0; k < p->n_labels; k++)
		assert_int_equal(bearing_label(columns_bearing(c), c->first[i] + k), p->label[k]);
}

static void compare_whole(const struct documents *d, uint32_t base, const struct plain *plain,
			  uint32_t highest)
{
	const struct columns *c = documents_window(d, base);
	const uint16_t *whole = atomic_load(&c->whole);
	uint32_t *count = calloc(highest, sizeof(*count));

	if (columns_bearing(c)->is_wide) {
		assert_null(whole);
		free(count);
		return;
	}
	assert_non_null(whole);
	for (uint32_t i = 0; i < WINDOW; i++)
		for (size_t k = 0; k < plain[base + i].n_labels; k++)
			count[plain[base + i].label[k]]++;
	for (uint32_t label = 0; label < highest; label++)
		assert_int_equal(label < c->n_whole ? whole[label] : 0, count[label]);
	free(count);
}

/* Labels beyond two bytes come from document `wide_from` on. */
static void run(uint32_t n, uint32_t wide_from)
{
	struct documents *d = calloc(1, sizeof(*d));
	struct plain *plain = calloc(n, sizeof(*plain));
	struct waste waste = { 0 };
	uint64_t random = n + wide_from;

	for (uint32_t i = 0; i < n; i++) {
		plain[i] = any(&random, i < wide_from ? 3000 : 200000);
		documents_add(d, i,
			      &(struct facts){ plain[i].access, plain[i].audience, plain[i].day,
					       plain[i].title_hash, plain[i].label,
					       plain[i].n_labels },
			      &waste);
	}
	for (uint32_t i = 0; i < n; i++)
		compare(d, i, &plain[i]);
	for (uint32_t base = 0; base + WINDOW <= n; base += WINDOW)
		compare_whole(d, base, plain, 200000);
	if (n % WINDOW)
		assert_null(atomic_load(&documents_window(d, n)->whole));
	assert_true(documents_memory(d) > sizeof(*d));
	documents_release(d);
	waste_free(&waste);
	free(plain);
	free(d);
}

static void test_documents_are_what_was_added(void **state)
{
	(void)state;
	run(3, 3);
	run(2 * WINDOW + 100, UINT32_MAX);
}

static void test_labels_may_need_more_than_two_bytes(void **state)
{
	(void)state;
	run(2 * WINDOW + 5000, WINDOW + 4000);
	run(50, 0);
}

static void test_the_dead_are_there_for_older_versions(void **state)
{
	struct documents *d = calloc(1, sizeof(*d));
	struct waste waste = { 0 };
	struct columns *c;

	(void)state;
	documents_add(d, 0, &(struct facts){ .access = 3 }, &waste);
	c = documents_window(d, 0);
	atomic_store(&c->died[0], 7);
	atomic_fetch_or(&c->state[0], HAS_DIED);
	assert_true(column_is_alive(c, 0, 6));
	assert_false(column_is_alive(c, 0, 7));
	assert_int_equal(state_access(column_state(c, 0)), 3);
	documents_release(d);
	waste_free(&waste);
	free(d);
}

/* ---- a reader whose version ends before the window does ----------------------------------------
 */

static void put(struct index *x, int64_t id, int year)
{
	struct arena *a = arena_new();
	const struct indexed_resource r = {
		.id = id,
		.slug = "une-fiche",
		.title = "Une fiche",
		.published_on = arena_printf(a, "%d-01-01", year),
		.object = { PUBLIC, true, true, false },
	};
	const struct prepared made = { .resource = &r };

	index_put(x, a, &made, 1);
	arena_free(a);
}

/*
 * The documents that complete the window bear years that the reader's version does not know: its
 * counts have no room for them, which AddressSanitizer watches over.
 */
static void test_a_window_that_fills_up_meanwhile_is_counted_as_it_was(void **state)
{
	enum { MISSING = 40 };
	const struct reader anyone = { .level = ANONYMOUS };
	pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
	struct arena *a = arena_new();
	struct index *x = index_new();
	struct room *room = room_new();
	struct version *v;
	uint8_t *facet_of;
	struct match m;

	(void)state;
	for (int i = 0; i < WINDOW - MISSING; i++)
		put(x, 1 + i, 2000);
	index_publish(x, &lock, 1);
	v = index_hold(x);
	for (int i = 0; i < MISSING; i++)
		put(x, WINDOW + i, 2001 + i);
	facet_of = arena_make(a, uint8_t, v->n_labels + 1);
	m = (struct match){
		.index = x,
		.version = v,
		.sight = sight_of(a, x, v, &anyone),
		.filter = { .facet_of = facet_of },
		.by_date = true,
		.wanted = 10,
		.count = calloc(v->n_labels, sizeof(*m.count)),
	};
	match_run(&m, a, room);
	assert_int_equal(m.total, WINDOW - MISSING);
	for (size_t i = 0; i < v->n_labels; i++)
		if (v->label[i].facet == FACET_YEAR)
			assert_int_equal(m.count[i], WINDOW - MISSING);
	free(m.count);
	index_let_go(x, v);
	room_free(room);
	index_free(x);
	arena_free(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_documents_are_what_was_added),
		cmocka_unit_test(test_labels_may_need_more_than_two_bytes),
		cmocka_unit_test(test_the_dead_are_there_for_older_versions),
		cmocka_unit_test(test_a_window_that_fills_up_meanwhile_is_counted_as_it_was),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
