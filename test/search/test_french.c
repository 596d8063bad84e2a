/* The table of what French text is found by what query, asked of the engine. */
#include "fixture.h"

#include <stdlib.h>
#include <string.h>

#include "base/richtext.h"
#include "base/text.h"
#include "french_cases.h"
#include "search/search.h"
#include "store/term.h"

/* One resource that says nothing but the text. */
static int64_t add_text(struct fixture *fix, int64_t kind, const char *slug, const char *text)
{
	struct resource r = {
		.slug = slug,
		.title = "—",
		.kind_id = kind,
		.status = PUBLISHED,
		.visibility = PUBLIC,
		.listed = true,
		.number = NO_NUMBER,
		.language = "fr",
	};
	const char *clean;

	assert_int_equal(text_check(fix->a, text, strlen(text), &clean), OK);
	r.body = richtext_from_text(fix->a, clean);
	assert_int_equal(resource_save(fix->db, &r), OK);
	return r.id;
}

/* As typed: what is found by another word than the one asked for does not count. */
static bool meets(struct fixture *fix, const struct french_case *c)
{
	struct search *search;
	struct search_result result;
	struct search_query query = { .limit = 1 };

	assert_int_equal(text_check(fix->a, c->query, strlen(c->query), &query.text), OK);
	query.text = text_squeeze(fix->a, query.text);
	assert_int_equal(search_new(fix->db, &search), OK);
	assert_int_equal(search_run(search, fix->a, &anonymous, &query, &result), OK);
	search_free(search);
	return result.total == 1 && !result.corrected && !result.relaxed;
}

static void test_the_engine_finds_what_the_table_says(void **state)
{
	struct fixture *fix = *state;
	const char *path = arena_printf(fix->a, "%s/french.txt", getenv("HALLE_TEST_DATA"));
	size_t n, n_wrong = 0;
	struct french_case *c = french_cases_read(fix->a, path, &n);
	int64_t kind, id = 0;
	bool created;

	assert_true(n >= 250);
	assert_int_equal(term_obtain(fix->db, fix->a, "kind", "—", &kind, &created), OK);
	for (size_t i = 0; i < n; i++) {
		if (!i || strcmp(c[i].text, c[i - 1].text) != 0) {
			if (id)
				assert_int_equal(resource_remove(fix->db, id), OK);
			id = add_text(fix, kind, arena_printf(fix->a, "t%zu", i), c[i].text);
		}
		if (meets(fix, &c[i]) == c[i].meet)
			continue;
		n_wrong++;
		print_error("line %d (%s): '%s' asked of '%s' should %s\n", c[i].line, c[i].group,
			    c[i].query, c[i].text, c[i].meet ? "meet" : "miss");
	}
	assert_int_equal(n_wrong, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_the_engine_finds_what_the_table_says),
	};

	return cmocka_run_group_tests_name("french", tests, NULL, NULL);
}
