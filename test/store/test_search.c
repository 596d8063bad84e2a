/* What searching promises: exact counts, live filters, nothing of what may not be seen. */
#include "fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

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

static void written(struct fixture *fix, const char *slug, const char *body, bool closed)
{
	struct resource r;
	int64_t id = add_resource(fix, slug, closed ? close_it : NULL);

	assert_int_equal(resource_by_id(fix->db, fix->a, &editor, id, &r), OK);
	r.body = (struct html){ body };
	assert_int_equal(resource_save(fix->db, &r), OK);
}

static void test_a_word_in_capitals_that_only_closed_texts_hold_is_in_none(void **state)
{
	struct fixture *fix = *state;

	written(fix, "a", "<p>Le siège social.</p>", false);
	assert_int_equal(ask(fix, &anonymous, (struct search_query){ .text = "SIEGS" }).n_words, 1);
	written(fix, "b", "<p>Un mot : siegs.</p>", true);
	assert_int_equal(ask(fix, &anonymous, (struct search_query){ .text = "SIEGS" }).n_words, 1);
	assert_int_equal(ask(fix, &member, (struct search_query){ .text = "SIEGS" }).n_words, 0);
}

/* Two words are as near: which is taken must not depend on which came first, and where. */
static void test_corrections_do_not_depend_on_what_came_first(void **state)
{
	struct fixture *fix = *state;
	struct search_query query = { .text = "basix" };

	written(fix, "a", "<p>basin</p>", true);
	written(fix, "b", "<p>basil</p>", false);
	written(fix, "c", "<p>basin</p>", false);
	assert_string_equal(ask(fix, &anonymous, query).corrected, "basil");
	query.text = "bonix";
	written(fix, "d", "<p>bonil</p>", true);
	written(fix, "e", "<p>bonin</p>", false);
	written(fix, "f", "<p>bonil</p>", false);
	assert_string_equal(ask(fix, &anonymous, query).corrected, "bonil");
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

static int64_t first(struct fixture *fix, struct search *search, const struct reader *reader,
		     const char *text)
{
	struct search_query query = { .text = text, .limit = 1 };
	struct search_result result;

	assert_int_equal(search_run(search, fix->a, reader, &query, &result), OK);
	assert_int_equal(result.n_hits, 1);
	return result.hit[0].id;
}

static void filled(struct fixture *fix, char letter, int n, const char *body, bool closed)
{
	for (int i = 0; i < n; i++)
		written(fix, arena_printf(fix->a, "%c%d", letter, i), body, closed);
}

static const char *with_words(struct fixture *fix, const char *body, int n)
{
	for (int i = 0; i < n; i++)
		body = arena_printf(fix->a, "%s mot", body);
	return arena_printf(fix->a, "<p>%s</p>", body);
}

static void test_the_order_is_the_same_when_documents_were_put_again(void **state)
{
	struct fixture *fix = *state;
	const char *text = "\"de la\" zorglub";
	struct search *followed, *fresh;
	struct resource r;

	written(fix, "a", with_words(fix, "zorglub de la de la de la de la de la de la", 60),
		false);
	written(fix, "b", with_words(fix, "zorglub zorglub zorglub de la", 60), false);
	filled(fix, 'x', 4, "<p>de la</p>", false);
	filled(fix, 'y', 12, "<p>zorglub</p>", false);
	filled(fix, 'z', 8, "<p>rien</p>", false);
	assert_int_equal(search_new(fix->db, &followed), OK);
	for (int round = 0; round < 8; round++) {
		for (int i = 0; i < 4; i++) {
			const char *slug = arena_printf(fix->a, "x%d", i);

			assert_int_equal(resource_by_slug(fix->db, fix->a, &editor, slug, &r), OK);
			r.body = HTML("<p>de la</p>");
			assert_int_equal(resource_save(fix->db, &r), OK);
		}
		assert_int_equal(search_follow(followed, fix->db), OK);
	}
	assert_int_equal(search_new(fix->db, &fresh), OK);
	assert_int_equal(first(fix, followed, &anonymous, text),
			 first(fix, fresh, &anonymous, text));
	search_free(followed);
	search_free(fresh);
}

static void test_what_is_closed_makes_no_word_less_rare(void **state)
{
	struct fixture *fix = *state;
	const char *text = "alpha-beta zorglub";
	struct search *search;

	written(fix, "a", with_words(fix, "zorglub mot mot alpha-beta, alpha-beta, alpha-beta", 60),
		false);
	written(fix, "b", with_words(fix, "zorglub zorglub mot mot alpha-beta", 60), false);
	filled(fix, 'x', 60, "<p>alpha</p>", false);
	filled(fix, 'y', 38, "<p>zorglub</p>", false);
	filled(fix, 'z', 80, "<p>beta</p>", true);
	assert_int_equal(search_new(fix->db, &search), OK);
	assert_int_equal(first(fix, search, &member, text), first(fix, search, &anonymous, text));
	search_free(search);
}

static void test_the_index_is_kept_in_a_file_for_its_owner_alone(void **state)
{
	struct fixture *fix = *state;
	char folder[] = "/tmp/halle-XXXXXX";
	const char *path, *beside;
	struct search *search;
	struct stat st;
	FILE *left;

	assert_non_null(mkdtemp(folder));
	path = arena_printf(fix->a, "%s/search.index", folder);
	beside = arena_printf(fix->a, "%s.new", path);
	left = fopen(beside, "w");
	assert_non_null(left);
	fclose(left);
	assert_int_equal(chmod(beside, 0644), 0);
	assert_int_equal(search_new(fix->db, &search), OK);
	assert_int_equal(search_save(search, fix->db, path), OK);
	search_free(search);
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	assert_int_equal(unlink(path), 0);
	assert_int_equal(rmdir(folder), 0);
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
		TEST(test_a_word_in_capitals_that_only_closed_texts_hold_is_in_none),
		TEST(test_corrections_do_not_depend_on_what_came_first),
		TEST(test_pages_follow_one_another_without_gap),
		TEST(test_the_index_follows_what_is_committed),
		TEST(test_the_order_is_the_same_when_documents_were_put_again),
		TEST(test_what_is_closed_makes_no_word_less_rare),
		TEST(test_the_index_is_kept_in_a_file_for_its_owner_alone),
		TEST(test_the_last_changes_are_kept_and_the_old_pruned),
	};

	return cmocka_run_group_tests_name("search", tests, NULL, NULL);
}
