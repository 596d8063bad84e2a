/* Postings, keys and the best of many against plain arrays. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "search/index.h"
#include "search/intern.h"
#include "search/posting.h"
#include "search/top.h"

static unsigned pick(uint64_t *random, unsigned n)
{
	*random = *random * 6364136223846793005u + 1442695040888963407u;
	return (unsigned)(*random >> 33) % n;
}

/* ---- postings ----------------------------------------------------------------------------- */

enum { SPOTS = 5 };

struct plain {
	uint32_t document, spot[SPOTS];
	size_t n_spots;
	uint8_t weight;
};

struct listed {
	struct arena *a;
	uint64_t random;
	struct postings postings;
	struct plain *plain;
	size_t n, capacity;
	struct waste waste;
	uint8_t *region; /* of the packed list */
	size_t size;
};

/* Steps of one byte most often, and of all lengths that there are. */
static uint32_t step(uint64_t *random)
{
	static const unsigned most[] = { 2, 2, 60, 200, 20000, 3000000 };

	return 1 + pick(random, most[pick(random, 6)]);
}

static void append(struct listed *l)
{
	struct plain p = { .weight = (uint8_t)(1 + pick(&l->random, 255)) };

	p.document = l->n ? l->plain[l->n - 1].document : pick(&l->random, 3);
	p.document += !l->n ? 0 : p.document < 1u << 30 ? step(&l->random) : 1;
	p.n_spots = 1 + pick(&l->random, SPOTS);
	p.spot[0] = pick(&l->random, 1000);
	for (size_t i = 1; i < p.n_spots; i++)
		p.spot[i] = p.spot[i - 1] + step(&l->random);
	postings_append(&l->postings, p.document, p.weight, p.spot, p.n_spots,
			pick(&l->random, 2) ? &l->waste : NULL);
	*arena_push(l->a, l->plain, l->n, l->capacity) = p;
}

static void pack(struct listed *l)
{
	size_t size = postings_packed_size(&l->postings);
	uint8_t *region = malloc(size + 1);

	assert_ptr_equal(postings_pack(&l->postings, region), region + size);
	free(l->region);
	l->region = region;
	l->size = size;
}

/* As when the region was read back from a file: it stands elsewhere. */
static void move(struct listed *l)
{
	uint8_t *moved;

	pack(l);
	moved = malloc(l->size + 1);
	memcpy(moved, l->region, l->size);
	postings_shift(&l->postings, (ptrdiff_t)((uintptr_t)moved - (uintptr_t)l->region));
	memset(l->region, 0xff, l->size);
	free(l->region);
	l->region = moved;
}

static void compare_spots(struct cursor *c, const struct plain *p)
{
	struct spots s = { 0 };

	cursor_spots(c, &s);
	assert_int_equal(s.n, p->n_spots);
	assert_memory_equal(s.spot, p->spot, s.n * sizeof(*s.spot));
	spots_release(&s);
}

/* The rest of a block below some document, at one go; how many. */
static size_t compare_taken(struct listed *l, struct cursor *c, size_t at, uint32_t limit)
{
	uint32_t document[BLOCK_POSTINGS], end = limit, n;
	uint8_t weight[BLOCK_POSTINGS];

	if (pick(&l->random, 2) && l->plain[at].document + 1 < limit)
		end = l->plain[at].document + 1 + pick(&l->random, 4000);
	end = end < limit ? end : limit;
	n = cursor_take(c, end, document, weight);
	assert_in_range(n, 1, BLOCK_POSTINGS);
	for (uint32_t i = 0; i < n; i++) {
		assert_int_equal(document[i], l->plain[at + i].document);
		assert_int_equal(weight[i], l->plain[at + i].weight);
		assert_true(document[i] < end);
	}
	/* It ends with the block, with the list, or before the end that was given. */
	assert_true((at + n) % BLOCK_POSTINGS == 0 || at + n == l->n ||
		    l->plain[at + n].document >= end);
	return n;
}

/* Goes on by steps, by leaps and by blocks; of every few postings, asks for the spots. */
static void walk(struct listed *l, unsigned leap, unsigned rarely)
{
	uint32_t limit = UINT32_MAX;
	struct cursor c;
	size_t at = 0, asked = SIZE_MAX;

	if (l->n && pick(&l->random, 3) == 0)
		limit = l->plain[pick(&l->random, (unsigned)l->n)].document + pick(&l->random, 2);
	cursor_init(&c, &l->postings, limit);
	while (at < l->n && l->plain[at].document < limit) {
		const struct plain *p = &l->plain[at];

		assert_int_equal(c.document, p->document);
		assert_int_equal(c.weight, p->weight);
		if (pick(&l->random, rarely) == 0 && asked != at) {
			compare_spots(&c, p);
			asked = at;
		}
		if (pick(&l->random, 2)) {
			cursor_next(&c);
			at++;
		} else if (pick(&l->random, 2)) {
			at += compare_taken(l, &c, at, limit);
		} else {
			uint32_t to = p->document + pick(&l->random, leap);

			cursor_seek(&c, to);
			while (at < l->n && l->plain[at].document < to)
				at++;
		}
	}
	assert_int_equal(c.document, NO_DOCUMENT);
	cursor_seek(&c, 7);
	assert_int_equal(c.document, NO_DOCUMENT);
}

static void check(struct listed *l)
{
	static const unsigned leaps[] = { 1, 10, 3000, 1000000 };

	assert_int_equal(postings_count(&l->postings), l->n);
	assert_int_equal(postings_live(&l->postings), l->n);
	for (unsigned i = 0; i < 4; i++)
		walk(l, leaps[i], 1 + i * 7);
}

static void run_list(uint64_t seed, unsigned n_rounds, unsigned longest)
{
	struct listed l = { .a = arena_new(), .random = seed };

	for (unsigned round = 0; round < n_rounds; round++) {
		for (unsigned i = pick(&l.random, longest); i; i--)
			append(&l);
		check(&l);
		if (pick(&l.random, 2))
			pack(&l);
		else if (pick(&l.random, 3) == 0)
			move(&l);
		check(&l);
	}
	postings_release(&l.postings);
	waste_free(&l.waste);
	free(l.region);
	arena_free(l.a);
}

static void test_a_list_is_what_was_appended(void **state)
{
	(void)state;
	for (uint64_t seed = 1; seed <= 400; seed++)
		run_list(seed, 8, 4 + (unsigned)(seed * 7 % 150));
	run_list(1000, 4, 20000);
}

static void test_an_empty_list_is_at_its_end(void **state)
{
	struct postings none = { .growth = NULL };
	struct cursor c;

	(void)state;
	cursor_init(&c, NULL, UINT32_MAX);
	assert_int_equal(c.document, NO_DOCUMENT);
	cursor_init(&c, &none, UINT32_MAX);
	assert_int_equal(c.document, NO_DOCUMENT);
	assert_int_equal(postings_packed_size(&none), 0);
	postings_release(&none);
}

/* What a reader walks stays as it was, whatever is appended meanwhile. */
static void test_a_walk_is_not_disturbed(void **state)
{
	struct listed l = { .a = arena_new(), .random = 5 };
	struct cursor c;
	size_t n;

	(void)state;
	for (n = 0; n < 700; n++)
		append(&l);
	waste_free(&l.waste);
	cursor_init(&c, &l.postings, UINT32_MAX);
	for (size_t i = 0; i < n; i++) {
		struct plain p = { .document = l.plain[l.n - 1].document + 3, .n_spots = 1 };

		assert_int_equal(c.document, l.plain[i].document);
		compare_spots(&c, &l.plain[i]);
		cursor_next(&c);
		postings_append(&l.postings, p.document, 1, p.spot, 1, &l.waste);
		*arena_push(l.a, l.plain, l.n, l.capacity) = p;
	}
	assert_int_equal(c.document, NO_DOCUMENT);
	postings_release(&l.postings);
	waste_free(&l.waste);
	arena_free(l.a);
}

/* ---- keys --------------------------------------------------------------------------------- */

/* Of a few letters and any length, with a NUL in it now and then. */
static size_t any_key(uint64_t *random, char key[40])
{
	size_t n = pick(random, 3) ? 1 + pick(random, 4) : pick(random, 40);

	for (size_t i = 0; i < n; i++)
		key[i] = "ab\0c"[pick(random, 4)];
	return n;
}

static uint32_t find_plainly(char (*key)[40], const size_t *length, uint32_t n, const char *wanted,
			     size_t size)
{
	for (uint32_t i = 0; i < n; i++)
		if (length[i] == size && !memcmp(key[i], wanted, size))
			return i;
	return NO_KEY;
}

static void test_a_key_keeps_its_number(void **state)
{
	enum { KEYS = 4000 };
	char(*key)[40] = calloc(KEYS, sizeof(*key)), wanted[40] = { 0 };
	size_t *length = calloc(KEYS, sizeof(*length));
	uint64_t random = 3;
	struct intern in;
	uint32_t n = 0;

	(void)state;
	intern_init(&in);
	for (unsigned i = 0; i < 3 * KEYS && n < KEYS; i++) {
		size_t size = any_key(&random, wanted);
		uint32_t plain = find_plainly(key, length, n, wanted, size);

		assert_int_equal(intern_find(&in, wanted, size), plain);
		if (plain != NO_KEY)
			continue;
		assert_int_equal(intern_add(&in, wanted, size), n);
		memcpy(key[n], wanted, size);
		length[n++] = size;
	}
	assert_true(n > 2000);
	assert_int_equal(intern_count(&in), n);
	for (uint32_t i = 0; i < n; i++) {
		const struct key *k = intern_key(&in, i);

		assert_int_equal(k->length, length[i]);
		assert_memory_equal(k->bytes, key[i], length[i]);
		assert_int_equal(k->bytes[k->length], 0);
		assert_int_equal(intern_find(&in, key[i], length[i]), i);
	}
	intern_release(&in);
	free(key);
	free(length);
}

/* ---- the best of many --------------------------------------------------------------------- */

enum { HITS = 600 };

struct contest {
	struct arena *a;
	struct index *index;
	struct ranked hit[HITS];
};

static int better(const void *left, const void *right, void *context)
{
	const struct contest *r = context;
	const struct ranked *l = left, *h = right;
	int32_t x_day = index_day(r->index, l->document), y_day = index_day(r->index, h->document);
	int64_t x_id = index_identity(r->index, l->document)->id;
	int64_t y_id = index_identity(r->index, h->document)->id;

	if (l->score != h->score)
		return l->score > h->score ? -1 : 1;
	if (x_day != y_day)
		return x_day > y_day ? -1 : 1;
	return x_id > y_id ? -1 : 1;
}

/* Few scores and days, so that many are alike; or no scores, as by date. */
static void prepare(struct contest *r, uint64_t seed)
{
	unsigned kinds = seed % 3 ? 9 : 1;
	struct waste waste = { 0 };

	for (uint32_t i = 0; i < HITS; i++) {
		struct identity *who = paged_add(&r->index->identity, i);

		documents_add(&r->index->documents, i,
			      &(struct facts){ .day = (int32_t)pick(&seed, 6) }, &waste);
		who->id = 1 + (i * 7919 + (int64_t)seed % 97) % 100003;
		r->hit[i] = (struct ranked){ .document = i, .score = (float)pick(&seed, kinds) };
	}
}

static void compare_best(struct contest *r, size_t wanted, size_t n)
{
	struct ranked *sorted = arena_make(r->a, struct ranked, n + 1);
	struct top b;

	top_init(&b, r->a, r->index, wanted);
	for (size_t i = 0; i < n; i++)
		top_add(&b, sorted[i] = r->hit[i], index_day(r->index, r->hit[i].document));
	top_sort(&b);
	qsort_r(sorted, n, sizeof(*sorted), better, r);
	assert_int_equal(b.n_hits, n < wanted ? n : wanted);
	for (size_t i = 0; i < b.n_hits; i++)
		assert_int_equal(b.hit[i].document, sorted[i].document);
}

static void test_the_best_are_the_first_of_all_in_order(void **state)
{
	static const size_t wanted[] = { 0, 1, 2, 10, 100, 299, 300, 599, 600, 1000 };

	(void)state;
	for (uint64_t seed = 1; seed <= 20; seed++) {
		struct contest r = { .a = arena_new(), .index = index_new() };

		prepare(&r, seed);
		for (size_t i = 0; i < sizeof(wanted) / sizeof(*wanted); i++)
			compare_best(&r, wanted[i], seed * 31 % (HITS + 1));
		index_free(r.index);
		arena_free(r.a);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_a_list_is_what_was_appended),
		cmocka_unit_test(test_an_empty_list_is_at_its_end),
		cmocka_unit_test(test_a_walk_is_not_disturbed),
		cmocka_unit_test(test_a_key_keeps_its_number),
		cmocka_unit_test(test_the_best_are_the_first_of_all_in_order),
	};

	return cmocka_run_group_tests_name("posting", tests, NULL, NULL);
}
