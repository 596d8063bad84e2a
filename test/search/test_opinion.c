/* What is found, and all that is counted, is what a slow scan of every text finds. */
#include "fixture.h"

#include <stdlib.h>
#include <string.h>

#include "search/scanner.h"
#include "search/world.h"

struct opinion {
	struct world *world;
	struct search *search;
	struct scanner *scanner;
	uint64_t seed;
	unsigned n_found, n_relaxed, n_corrected; /* answers of interest */
};

static void form_opinion(struct opinion *o)
{
	assert_int_equal(search_new(o->world->db, &o->search), OK);
	o->scanner = scanner_new(o->world->db);
}

static void forget_opinion(struct opinion *o)
{
	scanner_free(o->scanner);
	search_free(o->search);
}

static int by_id(const void *left, const void *right)
{
	const struct search_hit *l = left, *r = right;

	return l->id < r->id ? -1 : l->id > r->id;
}

/* All the hits, a page after the other. */
static void run(const struct opinion *o, struct arena *a, const struct question *q, int page,
		struct search_result *result)
{
	struct search_query query = q->query;
	struct search_hit *hit;
	size_t n = 0;

	query.limit = page;
	assert_int_equal(search_run(o->search, a, &q->reader, &query, result), OK);
	hit = arena_make(a, struct search_hit, (size_t)result->total + (size_t)page);
	while (result->n_hits) {
		struct search_result more;

		assert_true(result->n_hits <= (size_t)page);
		memcpy(hit + n, result->hit, result->n_hits * sizeof(*hit));
		n += result->n_hits;
		query.offset += page;
		if (n >= (size_t)result->total)
			break;
		assert_int_equal(search_run(o->search, a, &q->reader, &query, &more), OK);
		assert_int_equal(more.total, result->total);
		result->hit = more.hit;
		result->n_hits = more.n_hits;
	}
	result->hit = hit;
	result->n_hits = n;
}

static void sort_hits(struct search_result *result)
{
	if (result->n_hits)
		qsort(result->hit, result->n_hits, sizeof(*result->hit), by_id);
}

static bool is_by_date(const struct question *q)
{
	return q->query.sort == BY_DATE;
}

static void compare(struct opinion *o, struct arena *a, const struct question *q, int page)
{
	struct search_result found, scanned;

	run(o, a, q, page, &found);
	scanner_run(o->scanner, a, &q->reader, &q->query, found.corrected, &scanned);
	if (!is_by_date(q)) {
		sort_hits(&found);
		sort_hits(&scanned);
	}
	answers_compare(a, o->seed, q, answer_text(a, &found), answer_text(a, &scanned));
	o->n_found += found.total > 0;
	o->n_relaxed += found.relaxed;
	o->n_corrected += found.corrected != NULL;
}

static void ask_many(struct opinion *o, unsigned n)
{
	const int all = (int)o->world->n_resources;
	const int pages[] = { 1 + all / 9, 1 + all / 3, 1 + all, 100000 };
	struct arena *a = arena_new();
	struct voice v;

	voice_init(&v, o->seed + 1000, 30);
	for (unsigned i = 0; i < n; i++) {
		struct question q;

		/* Mostly of words that the world says. */
		memcpy(v.word, o->world->open.word, sizeof(v.word));
		v.n_words = o->world->open.n_words;
		if (voice_once(&v, 8))
			memcpy(v.word, o->world->closed.word, sizeof(v.word));
		q = world_question(o->world, &v, a);
		compare(o, a, &q, pages[voice_pick(&v, 4)]);
		arena_reset(a);
	}
	arena_free(a);
}

static void run_world(struct opinion *o, uint64_t seed, size_t n_resources, size_t n_words,
		      unsigned longest, unsigned n_questions)
{
	o->seed = world_seed() + seed;
	o->world = world_new(o->seed, o->seed + 500, n_words, longest);
	world_add_resources(o->world, n_resources);
	form_opinion(o);
	ask_many(o, n_questions);
	forget_opinion(o);
	world_free(o->world);
}

static void test_many_small_worlds(void **state)
{
	struct opinion o = { 0 };

	(void)state;
	for (uint64_t seed = 1; seed <= 60; seed++)
		run_world(&o, seed, 5 + seed * 7 % 60, 4 + seed * 5 % 60, 3 + seed * 3 % 24, 80);
	/* The questions are worth asking. */
	if (world_seed())
		return;
	assert_in_range(o.n_found, 2000, 4500);
	assert_in_range(o.n_relaxed, 100, 4000);
	assert_in_range(o.n_corrected, 50, 4000);
}

static void test_lists_of_many_blocks(void **state)
{
	struct opinion o = { 0 };

	(void)state;
	run_world(&o, 101, 1500, 24, 10, 150);
	run_world(&o, 102, 700, 120, 40, 150);
}

static void test_more_than_one_window(void **state)
{
	struct opinion o = { 0 };

	(void)state;
	run_world(&o, 201, 9000, 40, 3, 100);
}

/* ---- what was once counted wrong ------------------------------------------------------------- */

static int64_t count(struct fixture *fix, const char *text)
{
	struct search_query query = { .text = text, .limit = 1 };
	struct search_result result;
	struct search *search;

	assert_int_equal(search_new(fix->db, &search), OK);
	assert_int_equal(search_run(search, fix->a, &anonymous, &query, &result), OK);
	search_free(search);
	return result.total;
}

static void say_lorsque(struct resource *r)
{
	r->body = HTML("<p>Il dit que lors-que le marché</p>");
}

static void test_a_phrase_of_stop_words_goes_on_in_a_compound(void **state)
{
	struct fixture *fix = *state;

	add_resource(fix, "a", say_lorsque);
	assert_int_equal(count(fix, "\"que lorsque\""), 1);
	assert_int_equal(count(fix, "\"dit que lorsque\""), 1);
}

static void say_two_fields(struct resource *r)
{
	r->title = "Les élus";
	r->summary = HTML("<p>du marché des services</p>");
}

static void test_a_line_end_in_a_query_is_a_blank(void **state)
{
	struct fixture *fix = *state;

	add_resource(fix, "a", say_two_fields);
	assert_int_equal(count(fix, "\"du marché\ndes services\""), 1);
	assert_int_equal(count(fix, "\"les élus\n\ndu\nmarché\""), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_many_small_worlds),
		cmocka_unit_test(test_lists_of_many_blocks),
		cmocka_unit_test(test_more_than_one_window),
		TEST(test_a_phrase_of_stop_words_goes_on_in_a_compound),
		TEST(test_a_line_end_in_a_query_is_a_blank),
	};

	return cmocka_run_group_tests_name("opinion", tests, NULL, NULL);
}
