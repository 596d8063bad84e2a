/* What searching promises: exact counts, live filters, nothing of what may not be seen. */
#include "fixture.h"

#include <string.h>

#include "search/search.h"
#include "store/change.h"
#include "store/collection.h"
#include "store/term.h"

static void tag(struct fixture *fix, int64_t resource, const char *vocabulary, const char *label)
{
	int64_t term;
	bool created;

	assert_int_equal(term_obtain(fix->db, fix->a, vocabulary, label, &term, &created), OK);
	assert_int_equal(term_add_to_resource(fix->db, resource, term, 0), OK);
}

static void titled(struct fixture *fix, const char *slug, const char *title, const char *keyword)
{
	struct resource r;
	int64_t id = add_resource(fix, slug, NULL);

	assert_int_equal(resource_by_id(fix->db, fix->a, &editor, id, &r), OK);
	r.title = title;
	assert_int_equal(resource_save(fix->db, &r), OK);
	if (keyword)
		tag(fix, id, "keyword", keyword);
}

static struct search_result ask(struct fixture *fix, const struct reader *reader,
				struct search_query query)
{
	struct search *search;
	struct search_result result;

	query.limit = query.limit ? query.limit : 20;
	assert_int_equal(search_new(fix->db, &search), OK);
	assert_int_equal(search_run(search, fix->a, reader, &query, &result), OK);
	search_free(search);
	return result;
}

static int64_t found(struct fixture *fix, const char *text)
{
	return ask(fix, &anonymous, (struct search_query){ .text = text }).total;
}

static int64_t count_of(const struct search_result *result, enum facet facet, const char *value)
{
	const struct search_facet *f = &result->facet[facet];

	for (size_t i = 0; i < f->n_values; i++)
		if (!strcmp(f->value[i].value, value))
			return f->value[i].count;
	return -1;
}

static void test_words_are_found_whatever_their_accents_and_plural(void **state)
{
	struct fixture *fix = *state;

	titled(fix, "a", "L’économie sociale des élu·e·s et ses marchés publics", "coopération");
	assert_int_equal(found(fix, ""), 1);
	assert_int_equal(found(fix, "economie"), 1);
	assert_int_equal(found(fix, "ÉCONOMIE MARCHÉ"), 1);
	assert_int_equal(found(fix, "élus"), 1);
	assert_int_equal(found(fix, "cooperations"), 1);
	assert_int_equal(found(fix, "résumé"), 1);
	assert_int_equal(found(fix, "corps"), 0);
	assert_int_equal(found(fix, "\"march\""), 0);
	assert_int_equal(found(fix, "march*"), 1);
	assert_int_equal(found(fix, "\"marchés publics\""), 1);
	assert_int_equal(found(fix, "\"publics marchés\""), 0);
	assert_int_equal(found(fix, "économie -sociale"), 0);
	assert_int_equal(found(fix, "économie -rurale"), 1);
}

static void test_a_title_that_equals_the_query_comes_first(void **state)
{
	struct fixture *fix = *state;
	struct search_result result;
	struct resource r;

	titled(fix, "a", "Les marchés publics et la coopération des territoires", "SIEG");
	titled(fix, "b", "SIEG", NULL);
	titled(fix, "c", "Le SIEG en dix questions", NULL);
	result = ask(fix, &anonymous, (struct search_query){ .text = "sieg" });
	assert_int_equal(result.total, 3);
	assert_int_equal(resource_by_id(fix->db, fix->a, &anonymous, result.hit[0].id, &r), OK);
	assert_string_equal(r.slug, "b");
	assert_int_equal(resource_by_id(fix->db, fix->a, &anonymous, result.hit[2].id, &r), OK);
	assert_string_equal(r.slug, "a");
}

static void test_a_chosen_value_does_not_hide_its_sisters(void **state)
{
	struct fixture *fix = *state;
	struct search_result result;
	struct search_query query = { .text = "" };

	titled(fix, "a", "Un", "emploi");
	titled(fix, "b", "Deux", "emploi");
	titled(fix, "c", "Trois", "habitat");
	query.value[FACET_KEYWORD][0] = "emploi";
	query.n_values[FACET_KEYWORD] = 1;
	result = ask(fix, &anonymous, query);
	assert_int_equal(result.total, 2);
	assert_int_equal(count_of(&result, FACET_KEYWORD, "emploi"), 2);
	assert_int_equal(count_of(&result, FACET_KEYWORD, "habitat"), 1);
	assert_int_equal(count_of(&result, FACET_KIND, "guide"), 2);
	query.value[FACET_KEYWORD][1] = "habitat";
	query.n_values[FACET_KEYWORD] = 2;
	assert_int_equal(ask(fix, &anonymous, query).total, 3);
	query.value[FACET_YEAR][0] = "2019";
	query.n_values[FACET_YEAR] = 1;
	result = ask(fix, &anonymous, query);
	assert_int_equal(result.total, 0);
	assert_int_equal(count_of(&result, FACET_YEAR, "2024"), 3);
}

static void test_what_stands_below_a_term_counts_for_it(void **state)
{
	struct fixture *fix = *state;
	struct search_query query = { .text = "" };
	struct term above = { .vocabulary = "category", .slug = "droit", .label = "Droit" };
	struct term below = { .vocabulary = "category", .slug = "sieg", .label = "SIEG" };
	int64_t id = add_resource(fix, "a", NULL);

	assert_int_equal(term_save(fix->db, &above), OK);
	below.parent_id = above.id;
	assert_int_equal(term_save(fix->db, &below), OK);
	assert_int_equal(term_add_to_resource(fix->db, id, below.id, 0), OK);
	query.value[FACET_CATEGORY][0] = "droit";
	query.n_values[FACET_CATEGORY] = 1;
	assert_int_equal(ask(fix, &anonymous, query).total, 1);
}

static void hide_it(struct resource *r)
{
	r->visibility = MEMBERS;
	r->listed = false;
}

static void close_it(struct resource *r)
{
	r->visibility = MEMBERS;
}

static void test_counts_are_those_of_what_the_reader_may_discover(void **state)
{
	struct fixture *fix = *state;
	struct search_result result;
	struct search_query bad = { .limit = 1 };
	struct search *search;

	add_resource(fix, "open", NULL);
	add_resource(fix, "closed", close_it);
	tag(fix, add_resource(fix, "hidden", hide_it), "keyword", "secret");
	result = ask(fix, &anonymous, (struct search_query){ .text = "" });
	assert_int_equal(result.total, 2);
	assert_int_equal(result.n_closed, 1);
	assert_int_equal(count_of(&result, FACET_ACCESS, "members"), 1);
	assert_int_equal(count_of(&result, FACET_KEYWORD, "secret"), -1);
	result = ask(fix, &member, (struct search_query){ .text = "" });
	assert_int_equal(result.total, 3);
	assert_int_equal(result.n_closed, 0);
	assert_int_equal(count_of(&result, FACET_KEYWORD, "secret"), 1);

	bad.value[FACET_ACCESS][0] = "everyone";
	bad.n_values[FACET_ACCESS] = 1;
	assert_int_equal(search_new(fix->db, &search), OK);
	assert_int_equal(search_run(search, fix->a, &anonymous, &bad, &result), INVALID);
	search_free(search);
}

static void test_a_value_that_only_hidden_things_bear_is_not_named(void **state)
{
	struct fixture *fix = *state;
	struct search_result result;
	struct search_query query = { .text = "introuvable" };

	tag(fix, add_resource(fix, "hidden", hide_it), "keyword", "secret");
	tag(fix, add_resource(fix, "open", NULL), "keyword", "emploi");
	query.value[FACET_KEYWORD][0] = "secret";
	query.value[FACET_KEYWORD][1] = "emploi";
	query.n_values[FACET_KEYWORD] = 2;
	result = ask(fix, &anonymous, query);
	assert_int_equal(count_of(&result, FACET_KEYWORD, "secret"), -1);
	assert_int_equal(count_of(&result, FACET_KEYWORD, "emploi"), 0);
	result = ask(fix, &member, query);
	assert_int_equal(count_of(&result, FACET_KEYWORD, "secret"), 0);
}

static void test_pages_follow_one_another_without_gap(void **state)
{
	struct fixture *fix = *state;
	struct search_result all, page;

	for (int i = 0; i < 25; i++)
		add_resource(fix, arena_printf(fix->a, "r%d", i), NULL);
	all = ask(fix, &anonymous, (struct search_query){ .limit = 100 });
	assert_int_equal(all.n_hits, 25);
	for (int offset = 0; offset < 30; offset += 7) {
		page = ask(fix, &anonymous, (struct search_query){ .limit = 7, .offset = offset });
		assert_int_equal(page.total, 25);
		for (size_t i = 0; i < page.n_hits; i++)
			assert_int_equal(page.hit[i].id, all.hit[(size_t)offset + i].id);
	}
	assert_int_equal(page.n_hits, 0);
}

static void test_the_index_follows_what_is_committed(void **state)
{
	struct fixture *fix = *state;
	struct search *search;
	struct search_query query = { .text = "nouvelle", .limit = 5 };
	struct search_result result;

	assert_int_equal(search_new(fix->db, &search), OK);
	titled(fix, "n", "Une nouvelle venue", NULL);
	assert_int_equal(search_run(search, fix->a, &anonymous, &query, &result), OK);
	assert_int_equal(result.total, 0);
	assert_int_equal(search_follow(search, fix->db), OK);
	assert_int_equal(search_run(search, fix->a, &anonymous, &query, &result), OK);
	assert_int_equal(result.total, 1);
	search_free(search);
}

static void test_the_last_changes_are_kept_and_the_old_pruned(void **state)
{
	struct fixture *fix = *state;
	int64_t last, n;

	for (int i = 0; i < 10; i++)
		assert_int_equal(change_note(fix->db, "resource", i), OK);
	assert_int_equal(db_run(fix->db, "INSERT INTO change (id, kind, object_id)"
					 " VALUES (20000, 'resource', 1)"),
			 OK);
	assert_int_equal(change_prune(fix->db), OK);
	assert_int_equal(query_one_int(db_query(fix->db, "SELECT count(*) FROM change"), &n), OK);
	assert_int_equal(n, 1);
	assert_int_equal(change_last(fix->db, &last), OK);
	assert_int_equal(last, 20000);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_words_are_found_whatever_their_accents_and_plural),
		TEST(test_a_title_that_equals_the_query_comes_first),
		TEST(test_a_chosen_value_does_not_hide_its_sisters),
		TEST(test_what_stands_below_a_term_counts_for_it),
		TEST(test_counts_are_those_of_what_the_reader_may_discover),
		TEST(test_a_value_that_only_hidden_things_bear_is_not_named),
		TEST(test_pages_follow_one_another_without_gap),
		TEST(test_the_index_follows_what_is_committed),
		TEST(test_the_last_changes_are_kept_and_the_old_pruned),
	};

	return cmocka_run_group_tests_name("search", tests, NULL, NULL);
}
