/* What is written into pages is escaped by its type, and addresses are safe ones. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/html.h"

static void test_text_is_escaped_in_every_place(void **state)
{
	struct out o;

	(void)state;
	out_init(&o);
	out_put(&o, "<b a=\"1\" c='2'>&amp;");
	assert_string_equal(out_string(&o), "&lt;b a=&quot;1&quot; c=&#39;2&#39;&gt;&amp;amp;");
	out_release(&o);
	out_init(&o);
	out_put_attribute(&o, "\" onclick='x'");
	assert_string_equal(out_string(&o), "&quot; onclick=&#39;x&#39;");
	out_release(&o);
}

static void test_markup_and_numbers_are_written_as_they_are(void **state)
{
	struct out o;
	const char *nothing = NULL;

	(void)state;
	out_init(&o);
	out_put(&o, HTML("<b>"));
	out_put(&o, -42);
	out_put(&o, (size_t)7);
	out_put(&o, nothing);
	out_put(&o, (struct html){ NULL });
	assert_string_equal(out_string(&o), "<b>-427");
	out_release(&o);
}

static void test_addresses_that_do_something_are_refused(void **state)
{
	static const struct {
		const char *address;
		int safe;
	} cases[] = {
		{ "https://example.org/a?b=c#d", 1 },
		{ "HTTP://example.org", 1 },
		{ "mailto:a@example.org", 1 },
		{ "tel:+33123456789", 1 },
		{ "/ressources/x", 1 },
		{ "/", 1 },
		{ "#haut", 1 },
		{ "", 0 },
		{ "https://", 0 },
		{ "javascript:alert(1)", 0 },
		{ "JavaScript:alert(1)", 0 },
		{ "java\tscript:alert(1)", 0 },
		{ " javascript:alert(1)", 0 },
		{ "data:text/html,x", 0 },
		{ "vbscript:x", 0 },
		{ "//example.org/x", 0 },
		{ "/\\example.org", 0 },
		{ "\\\\example.org", 0 },
		{ "ressources/x", 0 },
		{ "ftp://example.org", 0 },
		{ "file:///etc/passwd", 0 },
		{ "https://example.org/a b", 0 },
		{ "https://example.org/\n", 0 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		if (url_is_safe(cases[i].address) != cases[i].safe)
			fail_msg("'%s' should be %d", cases[i].address, cases[i].safe);
}

static void test_a_path_is_made_of_what_may_stand_in_it(void **state)
{
	struct arena *a = arena_new();

	(void)state;
	assert_string_equal(url_path(a, "/ressources/", "a-b_c.d~1").address,
			    "/ressources/a-b_c.d~1");
	assert_string_equal(url_path(a, "/x/", "../é?#&\"").address, "/x/..%2F%C3%A9%3F%23%26%22");
	assert_string_equal(url_path_and(a, "/x/", "a b", "?page=2").address, "/x/a%20b?page=2");
	assert_null(url_external(a, "javascript:x").address);
	assert_null(url_external(a, NULL).address);
	arena_free(a);
}

static void test_json_cannot_end_its_script(void **state)
{
	struct arena *a = arena_new();

	(void)state;
	assert_string_equal(json_for_page(a, "{\"a\":\"</script><!--&\"}").value,
			    "{\"a\":\"\\u003c/script\\u003e\\u003c!--\\u0026\"}");
	arena_free(a);
}

static void test_an_arena_gives_zeroed_memory_and_forgets_it_whole(void **state)
{
	struct arena *a = arena_new();
	int *items = NULL;
	size_t n = 0, capacity = 0;

	(void)state;
	for (int i = 0; i < 1000; i++)
		*arena_push(a, items, n, capacity) = i;
	for (int i = 0; i < 1000; i++)
		assert_int_equal(items[i], i);
	for (int round = 0; round < 3; round++) {
		unsigned char *bytes = arena_alloc(a, 3000, 1);

		for (size_t i = 0; i < 3000; i++)
			assert_int_equal(bytes[i], 0);
		memset(bytes, 0xff, 3000);
		arena_reset(a);
	}
	assert_null(arena_strdup(a, NULL));
	assert_string_equal(arena_printf(a, "%s-%d", "é", 3), "é-3");
	arena_free(a);
}

static void test_out_grows_and_stays_a_string(void **state)
{
	struct out o;

	(void)state;
	out_init(&o);
	assert_string_equal(out_string(&o), "");
	for (int i = 0; i < 10000; i++)
		out_printf(&o, "%d,", i % 10);
	assert_int_equal(o.length, 20000);
	assert_int_equal(strlen(out_string(&o)), 20000);
	out_release(&o);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_text_is_escaped_in_every_place),
		cmocka_unit_test(test_markup_and_numbers_are_written_as_they_are),
		cmocka_unit_test(test_addresses_that_do_something_are_refused),
		cmocka_unit_test(test_a_path_is_made_of_what_may_stand_in_it),
		cmocka_unit_test(test_json_cannot_end_its_script),
		cmocka_unit_test(test_an_arena_gives_zeroed_memory_and_forgets_it_whole),
		cmocka_unit_test(test_out_grows_and_stays_a_string),
	};

	return cmocka_run_group_tests_name("html", tests, NULL, NULL);
}
