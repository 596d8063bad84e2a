/* The reader of JSON: what is refused and by which code, what is kept, and names that are met. */
#include "kit.h"

#include <stdlib.h>
#include <string.h>

#include "sieg/json.h"
#include "sieg/name_set.h"

static struct sieg_json *read_bytes(struct kit *kit, const char *bytes, size_t length,
				    enum sieg_code *problem)
{
	/* In a block of its own: one byte too far is seen. */
	char *copy = sieg_alloc(kit->a, length, 1);

	memcpy(copy, bytes, length);
	return sieg_json_read(kit->a, copy, length, problem);
}

/* The code of what is refused, or "" for what is taken. */
static const char *code_of(struct kit *kit, const char *bytes, size_t length)
{
	enum sieg_code problem;

	return read_bytes(kit, bytes, length, &problem) ? "" : sieg_code_name(problem);
}

struct row {
	const char *bytes, *code;
};

static void check_rows(struct kit *kit, const struct row *row, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const char *code = code_of(kit, row[i].bytes, strlen(row[i].bytes));

		if (strcmp(code, row[i].code) != 0)
			fail_msg("%s: \"%s\" and not \"%s\"", row[i].bytes, code, row[i].code);
	}
}

#define CHECK(rows) check_rows(*state, rows, sizeof(rows) / sizeof(*(rows)))

static void test_what_the_grammar_allows_is_taken(void **state)
{
	static const struct row rows[] = {
		{ "{}", "" },
		{ "[]", "" },
		{ " \t\r\n[ ] \n", "" },
		{ "null", "" },
		{ "true", "" },
		{ "false", "" },
		{ "\"\"", "" },
		{ "0", "" },
		{ "-0", "" },
		{ "-0.0e-0", "" },
		{ "10", "" },
		{ "1.5E+10", "" },
		{ "1e5", "" },
		{ "[1,[2,{\"a\":{}}],\"x\"]", "" },
		{ "{\"a\" : 1 , \"b\" : [ ] }", "" },
		{ "{\"\":1,\" \":2}", "" },
		{ "\"\x7f\"", "" },
		{ "\"\\\" \\\\ \\/ \\b \\f \\n \\r \\t \\u00e9\"", "" },
		{ "\"\\ud834\\uDD1E\"", "" },
		{ "\"\\uDBFF\\uDFFF\"", "" },
		{ "\"\xef\xbf\xbf\xf4\x8f\xbf\xbf\xed\x9f\xbf\xee\x80\x80\"", "" },
	};

	CHECK(rows);
}

static void test_what_the_grammar_forbids_is_a_syntax_error(void **state)
{
	static const char *const rows[] = {
		"NaN",
		"Infinity",
		"-Infinity",
		"-",
		"+1",
		"01",
		"-01",
		"00",
		"1.",
		".5",
		"1.e5",
		"1e",
		"1e+",
		"0x10",
		"1_000",
		"--1",
		"// no\n1",
		"/* no */1",
		"# no",
		"[1,]",
		"[,1]",
		"[,]",
		"[1 2]",
		"{\"a\":1,}",
		"{,}",
		"{\"a\"}",
		"{\"a\":}",
		"{\"a\" 1}",
		"{\"a\":1 \"b\":2}",
		"{a:1}",
		"{1:1}",
		"{'a':1}",
		"'a'",
		"nul",
		"nulll",
		"True",
		"tru",
		"[",
		"[1",
		"[1,",
		"{",
		"{\"a",
		"{\"a\"",
		"{\"a\":",
		"{\"a\":1",
		"{\"a\":1,",
		"]",
		"}",
		"[}",
		"{]",
		"[1}",
		",",
		":",
		"1 2",
		"{} {}",
		"[] x",
		"\"",
		"\"abc",
		"\"\\",
		"\"\\\"",
		"\"\\u",
		"\"\\u12\"",
		"\"\\u12",
		"\"\\u123g\"",
		"\"\\u00 1\"",
		"\"\\x41\"",
		"\"\\'\"",
		"\"\\a\"",
		"\"\\0\"",
		"\"\\U0041\"",
		"\"a\nb\"",
		"\"a\tb\"",
		"\"\x01\"",
		"\"\x1f\"",
		"\"\\n\x1f\"",
		"\xef\xbb\xbf{}",
		"\xc2\xa0{}",
		"{}\x0c",
		"\x0b[]",
		/* A cut escape, also where the other half of a pair should be. */
		"\"\\ud80\"",
	};
	struct kit *kit = *state;

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		const char *code = code_of(kit, rows[i], strlen(rows[i]));

		if (strcmp(code, "E_JSON_SYNTAX") != 0)
			fail_msg("%s: \"%s\"", rows[i], code);
	}
	assert_string_equal(code_of(kit, "\"a\0b\"", 5), "E_JSON_SYNTAX");
	assert_string_equal(code_of(kit, "\0", 1), "E_JSON_SYNTAX");
	assert_string_equal(code_of(kit, "{}\0", 3), "E_JSON_SYNTAX");
	assert_string_equal(code_of(kit, "\"\\\0\"", 4), "E_JSON_SYNTAX");
}

static void test_escapes_of_no_character_are_refused_where_they_stand(void **state)
{
	static const struct row rows[] = {
		{ "\"\\u0000\"", "E_JSON_STRING" },
		{ "{\"\\u0000\":1}", "E_JSON_STRING" },
		{ "\"\\udc00\"", "E_JSON_STRING" },
		{ "\"\\uDFFF\"", "E_JSON_STRING" },
		{ "\"\\ud800\"", "E_JSON_STRING" },
		{ "\"\\udbff!\"", "E_JSON_STRING" },
		{ "\"\\ud800\\n\"", "E_JSON_STRING" },
		{ "\"\\ud800\\ud800\"", "E_JSON_STRING" },
		{ "\"\\ud800\\u0041\"", "E_JSON_STRING" },
		{ "\"\\ud800\\ue000\"", "E_JSON_STRING" },
		{ "\"\\udc00\\ud800\"", "E_JSON_STRING" },
		{ "\"\\ud800 \\udc00\"", "E_JSON_STRING" },
		{ "\"\\ud834\\udd1e\\ud834\"", "E_JSON_STRING" },
		{ "\"\\u0000", "E_JSON_STRING" },
		{ "[\"\\u0000\",", "E_JSON_STRING" },
		{ "[x,\"\\u0000\"]", "E_JSON_SYNTAX" },
		/* The escape is not cut: the text is. */
		{ "\"\\ud800", "E_JSON_STRING" },
		/* Half a pair is met before the cut escape that follows it. */
		{ "\"\\ud800\\udc", "E_JSON_STRING" },
		{ "\"\\ud834\\u12\"", "E_JSON_STRING" },
		{ "\"\\ud834\\u", "E_JSON_STRING" },
		{ "\"\\ud834\\uzzzz\"", "E_JSON_STRING" },
	};

	CHECK(rows);
}

static void test_bytes_that_are_not_utf8_are_refused_anywhere(void **state)
{
	static const char *const rows[] = {
		"\"\xff\"",
		"\"\x80\"",
		"\"\xc3\"",
		"\"\xc0\xaf\"",
		"\"\xc1\xbf\"",
		"\"\xe0\x80\x80\"",
		"\"\xe0\x9f\xbf\"",
		"\"\xed\xa0\x80\"",
		"\"\xed\xbf\xbf\"",
		"\"\xe2\x82\"",
		"\"\xe2\x28\xa1\"",
		"\"\xf0\x8f\xbf\xbf\"",
		"\"\xf0\x90\x80\"",
		"\"\xf4\x90\x80\x80\"",
		"\"\xf5\x80\x80\x80\"",
		"\"\xf8\x88\x80\x80\x80\"",
		"{}\xff",
		"\xfe{}",
		"[nothing that is JSON \xff",
		"\xc3",
		"\xe2\x82",
		"\xf0\x9f\x98",
		" \xff",
		"\"\xf0\x9f\x98\x28\"",
	};
	struct kit *kit = *state;

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		assert_string_equal(code_of(kit, rows[i], strlen(rows[i])), "E_JSON_UTF8");
}

static void test_nothing_but_blanks_is_empty(void **state)
{
	static const struct row rows[] = {
		{ "", "E_JSON_EMPTY" },          { " ", "E_JSON_EMPTY" },
		{ "\t\n\r \n", "E_JSON_EMPTY" }, { "\f", "E_JSON_SYNTAX" },
		{ " \v ", "E_JSON_SYNTAX" },
	};

	CHECK(rows);
}

static void test_16777216_bytes_are_taken_and_one_more_is_not_looked_at(void **state)
{
	struct kit *kit = *state;
	size_t most = SIEG_JSON_SIZE;
	char *bytes = malloc(most + 1);
	enum sieg_code problem;

	memset(bytes, ' ', most + 1);
	memcpy(bytes, "[1]", 3);
	assert_non_null(sieg_json_read(kit->a, bytes, most, &problem));
	assert_null(sieg_json_read(kit->a, bytes, most + 1, &problem));
	assert_int_equal(problem, SIEG_E_JSON_SIZE);
	/* Not even as UTF-8, nor for being blank. */
	bytes[0] = '\xff';
	assert_null(sieg_json_read(kit->a, bytes, most + 1, &problem));
	assert_int_equal(problem, SIEG_E_JSON_SIZE);
	memset(bytes, ' ', 3);
	assert_null(sieg_json_read(kit->a, bytes, most + 1, &problem));
	assert_int_equal(problem, SIEG_E_JSON_SIZE);
	assert_null(sieg_json_read(kit->a, bytes, most, &problem));
	assert_int_equal(problem, SIEG_E_JSON_EMPTY);
	free(bytes);
}

/* `n` brackets that open, then others that close. */
static const char *nested(struct kit *kit, size_t n, const char *inside)
{
	char *text = sieg_alloc(kit->a, 8 * n + strlen(inside) + 1, 1), *at = text;

	for (size_t i = 0; i < n; i++) {
		memcpy(at, i % 2 ? "{\"a\":" : "[", i % 2 ? 5 : 1);
		at += i % 2 ? 5 : 1;
	}
	memcpy(at, inside, strlen(inside));
	at += strlen(inside);
	for (size_t i = n; i-- > 0;)
		*at++ = i % 2 ? '}' : ']';
	return text;
}

static void test_32_brackets_may_be_open_and_the_33rd_is_refused_at_once(void **state)
{
	struct kit *kit = *state;
	const char *deep = nested(kit, 32, "1"), *deeper = nested(kit, 33, "1");
	const char *open = "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[";

	assert_string_equal(code_of(kit, deep, strlen(deep)), "");
	assert_string_equal(code_of(kit, deeper, strlen(deeper)), "E_JSON_DEPTH");
	assert_string_equal(code_of(kit, open, 33), "E_JSON_DEPTH");
	assert_string_equal(code_of(kit, open, 32), "E_JSON_SYNTAX");
	/* What closes again does not count. */
	deep = nested(kit, 31, "1,[],[],[[]],{}");
	assert_string_equal(code_of(kit, deep, strlen(deep)), "E_JSON_DEPTH");
	deep = nested(kit, 31, "1,[],[],[2],{},{},{\"a\":1},{}");
	assert_string_equal(code_of(kit, deep, strlen(deep)), "");
	/* Met at the bracket: before what follows it, after what precedes it. */
	deeper = nested(kit, 32, "{x");
	assert_string_equal(code_of(kit, deeper, strlen(deeper)), "E_JSON_DEPTH");
	deeper = nested(kit, 31, "[x[");
	assert_string_equal(code_of(kit, deeper, strlen(deeper)), "E_JSON_SYNTAX");
}

static void test_a_key_that_is_met_twice_is_refused_after_unescaping(void **state)
{
	static const struct row rows[] = {
		{ "{\"a\":1,\"a\":2}", "E_JSON_DUPLICATE" },
		{ "{\"a\":1,\"\\u0061\":2}", "E_JSON_DUPLICATE" },
		{ "{\"\":1,\"\":2}", "E_JSON_DUPLICATE" },
		{ "{\"\\/\":1,\"/\":2}", "E_JSON_DUPLICATE" },
		{ "{\"\xf0\x9d\x84\x9e\":1,\"\\ud834\\udd1e\":2}", "E_JSON_DUPLICATE" },
		{ "{\"a\":{\"b\":1,\"b\":2}}", "E_JSON_DUPLICATE" },
		{ "[{\"a\":1},{\"a\":1}]", "" },
		{ "{\"a\":{\"a\":{\"a\":1}}}", "" },
		{ "{\"a\":1,\"A\":2,\"a \":3,\"aa\":4}", "" },
		{ "{\"e\xcc\x81\":1,\"\xc3\xa9\":2}", "" }, /* the same letter, other bytes */
		/* Met at the closing quote: before the colon, after a text that is cut. */
		{ "{\"a\":1,\"a\"", "E_JSON_DUPLICATE" },
		{ "{\"a\":1,\"a\" x", "E_JSON_DUPLICATE" },
		{ "{\"a\":1,\"a", "E_JSON_SYNTAX" },
		{ "{\"a\":1,\"a\\u0000\"", "E_JSON_STRING" },
		{ "{\"a\":x,\"a\":1}", "E_JSON_SYNTAX" },
	};

	CHECK(rows);
}

static void test_the_first_problem_from_the_left_decides(void **state)
{
	static const struct row rows[] = {
		{ "[\"\\u0000\",x]", "E_JSON_STRING" },
		{ "[x,\"\\u0000\"]", "E_JSON_SYNTAX" },
		{ "{\"a\":1,\"a\":\"\\u0000\"}", "E_JSON_DUPLICATE" },
		{ "{\"a\":\"\\u0000\",\"a\":1}", "E_JSON_STRING" },
		{ "[\"\\u0000\",\"\xff\"]", "E_JSON_UTF8" }, /* but bytes are looked at before */
		{ "[\"\\ud800\"", "E_JSON_STRING" },
	};

	CHECK(rows);
}

static void test_numbers_are_kept_as_they_are_written(void **state)
{
	static const char *const numbers[] = {
		"0",
		"-0",
		"1.0",
		"1e2",
		"1E+02",
		"-12.50e-7",
		"100000000000000000000000000000000",
		"0.1000000000000000000000000000000000001",
	};
	struct kit *kit = *state;

	for (size_t i = 0; i < sizeof(numbers) / sizeof(*numbers); i++) {
		enum sieg_code problem;
		struct sieg_json *number =
			read_bytes(kit, numbers[i], strlen(numbers[i]), &problem);

		assert_non_null(number);
		assert_int_equal(number->kind, SIEG_JSON_NUMBER);
		assert_int_equal(number->length, strlen(numbers[i]));
		assert_memory_equal(number->text, numbers[i], number->length);
	}
}

static void test_texts_are_unescaped(void **state)
{
	static const struct {
		const char *written, *meant;
	} rows[] = {
		{ "\"plain\"", "plain" },
		{ "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"", "\"\\/\b\f\n\r\t" },
		{ "\"\\u0041\\u00e9\\u20AC\\uFFFF\"", "A\xc3\xa9\xe2\x82\xac\xef\xbf\xbf" },
		{ "\"\\ud834\\udd1e\"", "\xf0\x9d\x84\x9e" },
		{ "\"\\ud800\\udc00\\udbff\\udfff\"", "\xf0\x90\x80\x80\xf4\x8f\xbf\xbf" },
		{ "\"before \\u0001 after\"", "before \001 after" },
		{ "\"\\u007f\\u0080\\u07ff\\u0800\"", "\x7f\xc2\x80\xdf\xbf\xe0\xa0\x80" },
		{ "\"\\\\u0041\"", "\\u0041" },
		{ "\"\\\\\"", "\\" },
	};
	struct kit *kit = *state;

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		enum sieg_code problem;
		struct sieg_json *text =
			read_bytes(kit, rows[i].written, strlen(rows[i].written), &problem);

		assert_non_null(text);
		assert_int_equal(text->length, strlen(rows[i].meant));
		assert_memory_equal(text->text, rows[i].meant, text->length);
	}
}

static void test_members_and_items_come_in_their_order(void **state)
{
	static const char bytes[] = "{\"b\":[1,true,null],\"a\":\"x\",\"c\":{}}";
	struct kit *kit = *state;
	enum sieg_code problem;
	struct sieg_json *o = read_bytes(kit, bytes, strlen(bytes), &problem), *m = o->first;

	assert_int_equal(o->kind, SIEG_JSON_OBJECT);
	assert_int_equal(o->n, 3);
	assert_int_equal(m->key_length, 1);
	assert_int_equal(*m->key, 'b');
	assert_int_equal(m->n, 3);
	assert_int_equal(m->first->kind, SIEG_JSON_NUMBER);
	assert_int_equal(m->first->next->kind, SIEG_JSON_TRUE);
	assert_int_equal(m->first->next->next->kind, SIEG_JSON_NULL);
	assert_null(m->first->next->next->next);
	m = m->next;
	assert_int_equal(*m->key, 'a');
	assert_int_equal(m->kind, SIEG_JSON_TEXT);
	m = m->next;
	assert_int_equal(*m->key, 'c');
	assert_int_equal(m->n, 0);
	assert_null(m->first);
	assert_null(m->next);
}

/* ---- names ----------------------------------------------------------------------------------- */

static void test_a_name_is_met_once_among_any_number(void **state)
{
	static const size_t sizes[] = { 1, SIEG_FEW_NAMES, SIEG_FEW_NAMES + 1, 5000 };
	struct kit *kit = *state;

	for (size_t s = 0; s < sizeof(sizes) / sizeof(*sizes); s++) {
		struct sieg_name_set set;
		const char **name = sieg_make(kit->a, const char *, sizes[s]);

		sieg_name_set_init(&set, kit->a);
		for (size_t i = 0; i < sizes[s]; i++) {
			/* In no order, and of many lengths. */
			name[i] = sieg_printf(kit->a, "%.*s%zu", (int)(i % 7), "xxxxxxx",
					      i * 7919 % sizes[s]);
			assert_false(sieg_name_has(&set, name[i], strlen(name[i])));
			assert_true(sieg_name_add(&set, name[i], strlen(name[i])));
			assert_false(sieg_name_add(&set, name[i], strlen(name[i])));
		}
		for (size_t i = 0; i < sizes[s]; i++) {
			assert_true(sieg_name_has(&set, name[i], strlen(name[i])));
			assert_false(sieg_name_add(&set, name[i], strlen(name[i])));
		}
		assert_false(sieg_name_has(&set, "y", 1));
		assert_false(sieg_name_has(&set, "", 0));
	}
}

/* Each the beginning of the next, from the empty one. */
static void test_names_that_begin_alike_are_told_apart(void **state)
{
	static char letters[200];
	struct kit *kit = *state;
	struct sieg_name_set set;

	memset(letters, 'a', sizeof(letters));
	sieg_name_set_init(&set, kit->a);
	for (size_t length = 0; length < 200; length += 2)
		assert_true(sieg_name_add(&set, letters, length));
	for (size_t length = 0; length < 200; length++)
		assert_int_equal(sieg_name_has(&set, letters, length), length % 2 == 0);
	for (size_t length = 1; length < 200; length += 2)
		assert_true(sieg_name_add(&set, letters, length));
	for (size_t length = 0; length < 200; length++)
		assert_false(sieg_name_add(&set, letters, length));
}

/* All names of two bytes, high ones too. */
static void test_names_of_all_bytes_are_told_apart(void **state)
{
	static char names[65536][2];
	struct kit *kit = *state;
	struct sieg_name_set set;

	sieg_name_set_init(&set, kit->a);
	for (int i = 0; i < 65536; i++) {
		names[i][0] = (char)(i >> 8);
		names[i][1] = (char)i;
		if (names[i][0] && names[i][1])
			assert_true(sieg_name_add(&set, names[i], 2));
	}
	for (int i = 0; i < 65536; i++)
		if (names[i][0] && names[i][1])
			assert_true(sieg_name_has(&set, names[i], 2));
	assert_false(sieg_name_has(&set, names[0x4142], 1));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_what_the_grammar_allows_is_taken),
		TEST(test_what_the_grammar_forbids_is_a_syntax_error),
		TEST(test_escapes_of_no_character_are_refused_where_they_stand),
		TEST(test_bytes_that_are_not_utf8_are_refused_anywhere),
		TEST(test_nothing_but_blanks_is_empty),
		TEST(test_16777216_bytes_are_taken_and_one_more_is_not_looked_at),
		TEST(test_32_brackets_may_be_open_and_the_33rd_is_refused_at_once),
		TEST(test_a_key_that_is_met_twice_is_refused_after_unescaping),
		TEST(test_the_first_problem_from_the_left_decides),
		TEST(test_numbers_are_kept_as_they_are_written),
		TEST(test_texts_are_unescaped),
		TEST(test_members_and_items_come_in_their_order),
		TEST(test_a_name_is_met_once_among_any_number),
		TEST(test_names_that_begin_alike_are_told_apart),
		TEST(test_names_of_all_bytes_are_told_apart),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
