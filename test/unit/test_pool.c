/* Many lists made one: whatever way it is kept, each document is worth what its lists say. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/arena.h"
#include "search/pool.h"

enum { DOCUMENTS = 2 * WINDOW + 1234, READ = 0x00f0, LISTS = 60, AUDIENCES = 70 };

/* Some that a key of the reader opens, on either side of a word's end. */
static const uint64_t opened[] = { 1u << 7, 1u << 3 };
static const struct sight sight = { .read = READ, .opened = opened };

struct many {
	struct arena *a;
	struct index *index;
	uint32_t units[256];
	struct postings list[LISTS];
	struct source source;
	uint32_t *expected; /* by document */
};

static uint32_t pick(uint64_t *random, uint32_t n)
{
	*random = *random * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)(*random >> 33) % n;
}

static bool may_read(const struct many *m, uint32_t document)
{
	uint32_t i;
	const struct columns *c = index_window(m->index, document, &i);

	return (READ >> index_access(m->index, document) & 1) || c->audience[i] == 7 ||
	       c->audience[i] == 64 + 3;
}

static void fill(struct many *m, uint64_t *random, size_t i, uint32_t step)
{
	struct lane *lane = &m->source.lane[i];
	uint32_t document = pick(random, step);

	lane->is_closed = pick(random, 4) == 0;
	lane->units = m->units;
	for (; document < DOCUMENTS; document += 1 + pick(random, 2 * step)) {
		uint8_t weight = (uint8_t)(1 + pick(random, 255));

		postings_append(&m->list[i], document, weight, NULL, 0, NULL);
		if (!lane->is_closed || may_read(m, document))
			m->expected[document] += m->units[weight];
	}
	cursor_init(&lane->cursor, &m->list[i], DOCUMENTS);
	m->source.cost += postings_count(&m->list[i]);
}

/* A list holds one document of so many: `step`, or of sixty times as many. */
static void make(struct many *m, uint64_t seed, size_t n_lists, uint32_t step)
{
	uint64_t random = seed;
	struct waste waste = { 0 };

	*m = (struct many){ .a = arena_new(), .index = index_new() };
	for (uint32_t i = 0; i < 256; i++)
		m->units[i] = 1000 * i + 7;
	for (uint32_t i = 0; i < DOCUMENTS; i++)
		documents_add(&m->index->documents, i,
			      &(struct facts){ .access = (uint8_t)pick(&random, ACCESS_CLASSES),
					       .audience = pick(&random, AUDIENCES) },
			      &waste);
	m->expected = arena_make(m->a, uint32_t, DOCUMENTS);
	m->source.lane = arena_make(m->a, struct lane, LISTS);
	m->source.n_lanes = n_lists;
	for (size_t i = 0; i < n_lists; i++)
		fill(m, &random, i, i % 3 ? 60 * step : step);
}

static void forget(struct many *m)
{
	for (size_t i = 0; i < LISTS; i++)
		postings_release(&m->list[i]);
	index_free(m->index);
	arena_free(m->a);
}

/* What lanes and pool say together. */
static uint32_t *sum(struct many *m)
{
	uint32_t *units = arena_make(m->a, uint32_t, DOCUMENTS);
	const struct pool *p = m->source.pool;
	uint32_t window = 0;

	for (size_t i = 0; i < m->source.n_lanes; i++) {
		struct lane *lane = &m->source.lane[i];

		for (; lane->cursor.document != NO_DOCUMENT; cursor_next(&lane->cursor))
			if (!lane->is_closed || may_read(m, lane->cursor.document))
				units[lane->cursor.document] += m->units[lane->cursor.weight];
	}
	for (uint32_t i = 0; p && p->units && i < DOCUMENTS; i++)
		units[i] += p->units[i];
	for (size_t i = 0; p && i < p->n_few; i++) {
		assert_true(p->few[i].document >> WINDOW_BITS >= window);
		window = p->few[i].document >> WINDOW_BITS;
		units[p->few[i].document] += p->few[i].units;
	}
	return units;
}

static void check(struct many *m)
{
	assert_memory_equal(sum(m), m->expected, DOCUMENTS * sizeof(uint32_t));
	forget(m);
}

static void test_short_lists_are_listed(void **state)
{
	struct many m;

	(void)state;
	for (uint64_t seed = 1; seed < 9; seed++) {
		make(&m, seed, LISTS, 100 * (uint32_t)seed);
		pool_short(m.a, DOCUMENTS, &m.source);
		assert_true(m.source.pool->n_few > 0);
		assert_in_range(m.source.n_lanes, 1, LISTS - 1);
		check(&m);
	}
}

static void test_all_lists_are_summed(void **state)
{
	struct many m;

	(void)state;
	for (uint64_t seed = 1; seed < 9; seed++) {
		make(&m, seed, LISTS, 5 + (uint32_t)seed);
		pool_all(m.a, m.index, DOCUMENTS, &sight, &m.source);
		assert_int_equal(m.source.n_lanes, 0);
		check(&m);
	}
}

static void test_where_the_next_document_may_be(void **state)
{
	struct many m;

	(void)state;
	make(&m, 3, LISTS, 1000);
	pool_short(m.a, DOCUMENTS, &m.source);
	assert_int_equal(pool_next(m.source.pool, 0, NO_DOCUMENT), 0);
	assert_int_equal(pool_next(m.source.pool, 0, 0), 0);
	m.source.pool->at = m.source.pool->n_few - 1;
	assert_int_equal(pool_next(m.source.pool, 0, NO_DOCUMENT), 2 * WINDOW);
	assert_int_equal(pool_next(m.source.pool, 0, 12), 12);
	m.source.pool->at = m.source.pool->n_few;
	assert_int_equal(pool_next(m.source.pool, 0, NO_DOCUMENT), NO_DOCUMENT);
	forget(&m);
	make(&m, 3, LISTS, 5);
	pool_all(m.a, m.index, DOCUMENTS, &sight, &m.source);
	assert_int_equal(pool_next(m.source.pool, WINDOW, NO_DOCUMENT), WINDOW);
	forget(&m);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_short_lists_are_listed),
		cmocka_unit_test(test_all_lists_are_summed),
		cmocka_unit_test(test_where_the_next_document_may_be),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
