/* What is found, and all that is counted, is what a slow scan of every text finds. */
#include "fixture.h"

#include <stdlib.h>
#include <string.h>

#include "search/analyse.h"
#include "search/query.h"
#include "search/scanner.h"
#include "search/world.h"
#include "store/acronym.h"

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

static bool is_by_date(struct arena *a, const struct question *q)
{
	struct wanted wanted;

	query_read(a, q->query.text, &wanted);
	return q->query.sort == BY_DATE || !wanted.n_positive;
}

/* ---- order ---------------------------------------------------------------------------------- */

/* Where a resource stands among the hits, or SIZE_MAX. */
static size_t place_of(const struct search_result *result, int64_t id)
{
	for (size_t i = 0; i < result->n_hits; i++)
		if (result->hit[i].id == id)
			return i;
	return SIZE_MAX;
}

/* Editions that replace one another in a circle are in no order. */
static bool is_in_circle(const struct opinion *o, int64_t id)
{
	int64_t at = scanner_replaces(o->scanner, id);

	for (size_t n = 0; n < o->world->n_resources && at; n++) {
		if (at == id)
			return true;
		at = scanner_replaces(o->scanner, at);
	}
	return false;
}

static void check_editions(const struct opinion *o, const struct search_result *result)
{
	for (size_t i = 0; i < result->n_hits; i++) {
		int64_t old = scanner_replaces(o->scanner, result->hit[i].id);
		size_t place = old ? place_of(result, old) : SIZE_MAX;

		if (place < i && !is_in_circle(o, old))
			fail_msg("seed %llu: %lld comes before %lld, which replaces it",
				 (unsigned long long)o->seed, (long long)old,
				 (long long)result->hit[i].id);
	}
}

static void check_counts_fall(const struct search_result *result)
{
	for (enum facet f = 0; f < N_FACETS; f++)
		for (size_t i = 1; i < result->facet[f].n_values; i++) {
			const struct search_value *v = &result->facet[f].value[i];

			if (f == FACET_YEAR)
				assert_true(strcmp(v[-1].value, v->value) > 0);
			else
				assert_true(v[-1].count >= v->count);
		}
}

/* ---- compared ------------------------------------------------------------------------------- */

static void compare(struct opinion *o, struct arena *a, const struct question *q, int page)
{
	struct search_result found, scanned;

	run(o, a, q, page, &found);
	scanner_run(o->scanner, a, &q->reader, &q->query, found.corrected, &scanned);
	check_counts_fall(&found);
	if (!is_by_date(a, q)) {
		if (found.total < 1000)
			check_editions(o, &found);
		sort_hits(&found);
		sort_hits(&scanned);
	}
	answers_compare(a, o->seed, q, answer_text(a, &found), answer_text(a, &scanned));
	o->n_found += found.total > 0;
	o->n_relaxed += found.relaxed;
	o->n_corrected += found.corrected != NULL;
}

/* ---- questions ------------------------------------------------------------------------------ */

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

/* ---- titles --------------------------------------------------------------------------------- */

/* The words of a title but for stop words, folded; of several forms of one, the first. */
static const char *essence(struct arena *a, const char *title)
{
	const char *words = "";
	struct analyser an;
	const struct token *t;
	uint32_t last = UINT32_MAX;

	analyser_init(&an, title, strlen(title), 0);
	while ((t = analyser_next(&an))) {
		char folded[FORM_MAX + 1];
		size_t n = form_fold(t->form, t->length, folded);

		if (t->position != last && !form_is_stop(folded, n)) {
			words = arena_printf(a, "%s %s", words, folded);
			last = t->position;
		}
	}
	return words;
}

static const char *title_of(struct opinion *o, struct arena *a, int64_t id)
{
	struct resource r;

	assert_int_equal(resource_by_id(o->world->db, a, &anonymous, id, &r), OK);
	return r.title;
}

static bool is_replaced(const struct opinion *o, int64_t id)
{
	for (size_t i = 0; i < o->world->n_resources; i++)
		if (scanner_replaces(o->scanner, o->world->resource[i]) == id)
			return true;
	return false;
}

static void check_title(struct opinion *o, struct arena *a, const struct resource *r)
{
	struct question q = { .query = { .text = r->title } };
	const char *words = essence(a, r->title);
	struct search_result result;
	size_t place;

	run(o, a, &q, 100, &result);
	place = place_of(&result, r->id);
	if (place == SIZE_MAX || result.relaxed || result.corrected)
		fail_msg("seed %llu: [%s] is not found by its title", (unsigned long long)o->seed,
			 r->title);
	if (!*words || is_replaced(o, r->id))
		return;
	for (size_t i = 0; i < place; i++)
		if (strcmp(essence(a, title_of(o, a, result.hit[i].id)), words) != 0)
			fail_msg("seed %llu: [%s] is not found first by its title",
				 (unsigned long long)o->seed, r->title);
}

static void test_a_title_finds_its_resource_first(void **state)
{
	struct opinion o = { 0 };

	(void)state;
	for (uint64_t seed = 301; seed <= 312; seed++) {
		struct arena *a = arena_new();
		struct resource_list list;

		o.seed = world_seed() + seed;
		o.world = world_new(o.seed, o.seed + 500, 10 + seed * 7 % 60, 4 + seed % 20);
		world_add_resources(o.world, 60);
		form_opinion(&o);
		assert_int_equal(resource_after(o.world->db, a, &anonymous, "", 60, &list), OK);
		for (size_t i = 0; i < list.n_resources; i++)
			check_title(&o, a, &list.resource[i]);
		forget_opinion(&o);
		world_free(o.world);
		arena_free(a);
	}
}

/* ---- large worlds --------------------------------------------------------------------------- */

static void test_lists_of_many_blocks(void **state)
{
	struct opinion o = { 0 };

	(void)state;
	run_world(&o, 101, 1500, 24, 10, 150);
	run_world(&o, 102, 700, 120, 40, 150);
}

/* Most of what there is, of one kind of access or of another. */
static void ask_broadly(struct opinion *o)
{
	static const char *const access[] = { NULL, "public", "members", "restricted" };
	const struct reader reader[] = { { .level = ANONYMOUS },
					 { .level = EDITOR },
					 { .level = MEMBER, .keys = "1,group-1,grant-2," } };
	struct arena *a = arena_new();

	for (size_t i = 0; i < 3 * 4 * 4; i++) {
		const char *word = o->world->open.word[i / 12];
		struct question q = { .reader = reader[i % 3], .query.text = i < 12 ? "" : word };

		q.query.value[FACET_ACCESS][0] = access[i / 3 % 4];
		q.query.n_values[FACET_ACCESS] = access[i / 3 % 4] != NULL;
		compare(o, a, &q, 5000);
		arena_reset(a);
	}
	arena_free(a);
}

static void test_more_than_one_window(void **state)
{
	struct opinion o = { .seed = world_seed() + 201 };

	(void)state;
	o.world = world_new(o.seed, o.seed + 500, 40, 3);
	world_add_resources(o.world, 9000);
	form_opinion(&o);
	ask_many(&o, 100);
	ask_broadly(&o);
	forget_opinion(&o);
	world_free(o.world);
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

static void say_report(struct resource *r)
{
	r->title = "Compte-rendu de séance";
}

static void test_an_acronym_stands_for_words_that_begin_a_title(void **state)
{
	struct fixture *fix = *state;

	add_resource(fix, "a", say_report);
	assert_int_equal(acronym_decide(fix->db, "CR", "du compte-rendu", ACRONYM_CONFIRMED), OK);
	assert_int_equal(count(fix, "CR"), 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_many_small_worlds),
		cmocka_unit_test(test_a_title_finds_its_resource_first),
		cmocka_unit_test(test_lists_of_many_blocks),
		cmocka_unit_test(test_more_than_one_window),
		TEST(test_a_phrase_of_stop_words_goes_on_in_a_compound),
		TEST(test_a_line_end_in_a_query_is_a_blank),
		TEST(test_an_acronym_stands_for_words_that_begin_a_title),
	};

	return cmocka_run_group_tests_name("opinion", tests, NULL, NULL);
}
