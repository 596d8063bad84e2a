#include "search/acronym.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/out.h"

static int make_arena(void **state)
{
	*state = arena_new();
	return 0;
}

static int free_arena(void **state)
{
	arena_free(*state);
	return 0;
}

#define test(name) cmocka_unit_test_setup_teardown(name, make_arena, free_arena)

/* ---- the table ------------------------------------------------------------- */

static const struct sign {
	const char *sign, *stands_for;
} signs[] = { { "␣", "\u00a0" }, { "⍽", "\u202f" }, { "⏎", "\n" } };

static const char *text_of(struct arena *a, const char *line)
{
	struct out o;
	const char *text;

	out_init(&o);
	while (*line) {
		size_t i = 0;

		while (i < 3 && strncmp(line, signs[i].sign, strlen(signs[i].sign)) != 0)
			i++;
		if (i < 3) {
			out_raw(&o, signs[i].stands_for);
			line += strlen(signs[i].sign);
		} else {
			out_char(&o, *line++);
		}
	}
	text = arena_strdup(a, out_string(&o));
	out_release(&o);
	return text;
}

static void add_pair(void *context, const char *letters, const char *words)
{
	out_printf(context, "%s = %s\n", letters, words);
}

struct text_case {
	const char *text;
	size_t line;
	struct out expected;
};

static void compare(struct arena *a, struct text_case *c)
{
	struct out found;

	if (!c->text)
		return;
	out_init(&found);
	acronyms_in(a, text_of(a, c->text), add_pair, &found);
	if (!found.length)
		out_raw(&found, "none\n");
	if (strcmp(out_string(&found), out_string(&c->expected)) != 0)
		fail_msg("acronyms.txt:%zu: '%s' gives\n%s, not\n%s", c->line, c->text,
			 out_string(&found), out_string(&c->expected));
	out_release(&found);
	c->expected.length = 0;
	c->text = NULL;
}

static void test_definitions_are_found_as_the_table_says(void **state)
{
	const char *data = getenv("HALLE_TEST_DATA");
	struct text_case c = { .text = NULL };
	size_t n_cases = 0;
	char line[1024];
	FILE *f = fopen(arena_printf(*state, "%s/acronyms.txt", data ? data : "test/data"), "r");

	if (!f)
		fail_msg("cannot open 'acronyms.txt'");
	out_init(&c.expected);
	for (size_t n = 1; fgets(line, sizeof(line), f); n++) {
		line[strcspn(line, "\n")] = '\0';
		if (!*line)
			compare(*state, &c);
		if (!*line || *line == '#')
			continue;
		if (c.text) {
			out_printf(&c.expected, "%s\n", line);
			continue;
		}
		c.text = arena_strdup(*state, line);
		c.line = n;
		n_cases++;
	}
	compare(*state, &c);
	out_release(&c.expected);
	fclose(f);
	assert_true(n_cases >= 130);
}

/* ---- letters --------------------------------------------------------------- */

static void test_letters_are_capitals_without_dots(void **state)
{
	static const char *const same[] = { "SIEG",    "sieg",        "Sieg", "S.I.E.G.",
					    "s.i.e.g", "S. I. E. G.", "ŜÏÉG" };

	for (size_t i = 0; i < sizeof(same) / sizeof(*same); i++)
		assert_string_equal(acronym_letters(*state, same[i]), "SIEG");
	assert_string_equal(acronym_letters(*state, "ABCDEFGHIJKL"), "ABCDEFGHIJKL");
}

static void test_what_is_no_acronym_has_no_letters(void **state)
{
	static const char *const none[] = { "",     "S",        "...",  "R&D",
					    "CO2",  "SIEG!",    "S-I",  "ABCDEFGHIJKLM",
					    "СИЕГ", "\xff\xff", "l’ESS" };

	for (size_t i = 0; i < sizeof(none) / sizeof(*none); i++)
		assert_null(acronym_letters(*state, none[i]));
}

/* ---- bounds ---------------------------------------------------------------- */

static void count(void *context, const char *letters, const char *words)
{
	assert_true(strlen(letters) >= ACRONYM_MIN && strlen(letters) <= ACRONYM_MAX && *words);
	++*(size_t *)context;
}

/* Half a megabyte of what costs most: seconds would tell that time is not bounded. */
static void test_time_is_bounded_whatever_is_repeated(void **state)
{
	static const char *const pieces[] = {
		"AAAAAAAAAAAA, ",
		"(AA",
		"AA (AA) ",
		"aa-",
		"a, ",
		"AAAA (aa, aa, aa, aa) ",
		"AAA : ",
		"A.",
		"ABABAB - ",
		"d’",
		"é·",
		"aaaa aaaa de la aaaa (AAAAAAAAAAAA) ",
	};
	size_t size = 512 * 1024, n = 0;

	for (size_t i = 0; i < sizeof(pieces) / sizeof(*pieces); i++) {
		char *text = arena_make(*state, char, size + 64);
		clock_t began = clock();

		for (size_t at = 0; at < size; at += strlen(pieces[i]))
			memcpy(text + at, pieces[i], strlen(pieces[i]));
		acronyms_in(*state, text, count, &n);
		if (clock() - began > 10 * CLOCKS_PER_SEC)
			fail_msg("'%s' again and again takes too long", pieces[i]);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		test(test_definitions_are_found_as_the_table_says),
		test(test_letters_are_capitals_without_dots),
		test(test_what_is_no_acronym_has_no_letters),
		test(test_time_is_bounded_whatever_is_repeated),
	};

	return cmocka_run_group_tests_name("acronym", tests, NULL, NULL);
}
