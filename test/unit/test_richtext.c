/* Cases are in test/data/richtext.txt and test/data/xss.txt; HALLE_TEST_DATA is that folder. */

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
#include "base/richtext.h"
#include "base/text.h"
#include "richtext_check.h"

/* ---- cases in files -------------------------------------------------------- */

struct cases {
	struct arena *a;
	FILE *file;
	char *line;
	size_t capacity;
	int number;
};

static void open_cases(struct cases *c, struct arena *a, const char *name)
{
	const char *folder = getenv("HALLE_TEST_DATA");
	char *path = arena_printf(a, "%s/%s", folder ? folder : "test/data", name);

	*c = (struct cases){ .a = a, .file = fopen(path, "r") };
	if (!c->file)
		fail_msg("cannot open '%s'", path);
}

static void close_cases(struct cases *c)
{
	fclose(c->file);
	free(c->line);
}

static int hex(char c)
{
	const char *digits = "0123456789abcdef", *at = strchr(digits, c);

	assert_non_null(at);
	return (int)(at - digits);
}

/* Any byte may come of "\xNN", so the length is told too. */
static const char *decode(struct arena *a, const char *line, size_t *length)
{
	struct out o;
	const char *decoded;

	out_init(&o);
	for (; *line; line++) {
		if (*line != '\\') {
			out_char(&o, *line);
			continue;
		}
		line++;
		if (*line == 'x') {
			out_char(&o, (char)(hex(line[1]) * 16 + hex(line[2])));
			line += 2;
		} else {
			out_char(&o, *line == 'n'   ? '\n'
				     : *line == 't' ? '\t'
				     : *line == 'r' ? '\r'
						    : *line);
		}
	}
	*length = o.length;
	decoded = arena_strndup(a, out_string(&o), o.length);
	out_release(&o);
	return decoded;
}

/* The next line that is no remark, without its end; NULL behind the last. */
static const char *next_line(struct cases *c)
{
	ssize_t n;

	do {
		n = getline(&c->line, &c->capacity, c->file);
		c->number++;
	} while (n > 0 && *c->line == '#');
	if (n <= 0)
		return NULL;
	return arena_strndup(c->a, c->line, strcspn(c->line, "\n"));
}

static const char *next_full_line(struct cases *c)
{
	const char *line = next_line(c);

	while (line && !*line)
		line = next_line(c);
	return line;
}

static int run_case(struct cases *c, const char *input)
{
	const char *expected = next_line(c), *words = next_line(c), *fault;
	int line = c->number;
	size_t length, unused;
	struct html clean;

	assert_non_null(expected);
	input = decode(c->a, input, &length);
	expected = strcmp(expected, "(nothing)") ? decode(c->a, expected, &unused) : "";
	if (richtext_clean(c->a, input, length, &clean) != OK)
		fail_msg("before line %d: refused", line);
	if (strcmp(clean.markup, expected))
		fail_msg("before line %d:\n%s\nbut wanted\n%s", line, clean.markup, expected);
	fault = richtext_fault_after_cleaning(c->a, input, length);
	if (fault)
		fail_msg("before line %d: %s", line, fault);
	if (words && *words) {
		assert_memory_equal(words, "words: ", 7);
		assert_string_equal(richtext_to_text(c->a, clean),
				    decode(c->a, words + 7, &unused));
	}
	return 1;
}

static void test_each_case_becomes_what_it_should(void **state)
{
	struct arena *a = arena_new();
	struct cases c;
	const char *line;
	int n = 0;

	(void)state;
	open_cases(&c, a, "richtext.txt");
	while ((line = next_full_line(&c)))
		n += run_case(&c, line);
	close_cases(&c);
	arena_free(a);
	assert_true(n > 100);
}

static void test_nothing_an_attacker_sends_gets_through(void **state)
{
	struct arena *a = arena_new();
	struct cases c;
	const char *line;
	int n = 0;

	(void)state;
	open_cases(&c, a, "xss.txt");
	for (; (line = next_full_line(&c)); n++) {
		size_t length;
		const char *markup = decode(a, line, &length);
		const char *fault = richtext_fault_after_cleaning(a, markup, length);

		if (fault)
			fail_msg("xss.txt, line %d: %s", c.number, fault);
	}
	close_cases(&c);
	arena_free(a);
	assert_true(n >= 150);
}

/* Every two of them, one inside the other's quotes, comments and raw texts. */
static void test_nor_do_two_attacks_in_one(void **state)
{
	enum { MOST = 400 };
	struct arena *lines = arena_new(), *a = arena_new();
	struct cases c;
	const char *line[MOST];
	size_t n = 0, unused;

	(void)state;
	open_cases(&c, lines, "xss.txt");
	while (n < MOST && (line[n] = next_full_line(&c))) {
		line[n] = decode(lines, line[n], &unused);
		n++;
	}
	close_cases(&c);
	for (size_t i = 0; i < n; i++) {
		const char *both =
			arena_printf(a, "%s%s%s", line[i], line[i * 7 % n], line[(i * 31 + 5) % n]);
		const char *fault = richtext_fault_after_cleaning(a, both, strlen(both));

		if (fault)
			fail_msg("%s\n%s", both, fault);
		arena_reset(a);
	}
	arena_free(lines);
	arena_free(a);
}

/* The checker itself: it must see what it is there to see. */
static void test_the_checker_finds_faults(void **state)
{
	static const char *const faulty[] = {
		"<p>a</p><script>b</script>",
		"<p onclick=\"a\">b</p>",
		"<p><a href=\"javascript:a\">b</a></p>",
		"<p><a href=\"//b\">b</a></p>",
		"<p>a<p>b</p>",
		"<p>a </p>",
		"<p>a</p> <p>b</p>",
		"<p></p>",
		"a",
		"<p>a<br></p>",
		"<svg></svg>",
		"<p>a &amp b</p>",
		"<p><b>a<i>b</b></i></p>",
		"<ul><li>a<li>b</ul>",
		"<!-- a --><p>b</p>",
		"<h1>a</h1>",
		"<pre>\n\na</pre>",
		"<table><tr><td>a</td></tr></table>",
	};
	struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < sizeof(faulty) / sizeof(*faulty); i++)
		if (!richtext_fault(a, faulty[i]))
			fail_msg("not found: %s", faulty[i]);
	assert_null(richtext_fault(a, "<p>a <b>b</b></p><ul><li>c</li></ul>"));
	arena_free(a);
}

/* ---- at the door ----------------------------------------------------------- */

static void assert_status(enum status wanted, const char *markup, size_t length)
{
	struct arena *a = arena_new();
	struct html clean;

	assert_int_equal(richtext_clean(a, markup, length, &clean), wanted);
	assert_non_null(clean.markup);
	arena_free(a);
}

static char *repeated(struct arena *a, const char *unit, size_t total)
{
	char *text = arena_alloc(a, total + 1, 1);
	size_t size = strlen(unit);

	for (size_t at = 0; at + size <= total; at += size)
		memcpy(text + at, unit, size);
	return text;
}

static void test_only_utf8_without_nul_comes_in(void **state)
{
	(void)state;
	assert_status(OK, "", 0);
	assert_status(OK, "<p>é", 5);
	assert_status(INVALID, "<p>\xe9", 4);
	assert_status(INVALID, "<p>\xc3", 4);
	assert_status(INVALID, "<p>\0</p>", 8);
	assert_status(INVALID, "<p>\xed\xa0\x80", 6);
}

static void test_what_is_too_large_is_refused(void **state)
{
	struct arena *a = arena_new();
	char *text = repeated(a, "ab ", RICHTEXT_MAX + 10);
	char *escaped = repeated(a, "<<<", RICHTEXT_MAX / 2);

	(void)state;
	text[RICHTEXT_MAX + 1] = '\0';
	assert_status(INVALID, text, RICHTEXT_MAX + 1);
	assert_status(OK, text, RICHTEXT_MAX - 20);
	/* Small enough, but not once it is escaped. */
	assert_status(INVALID, escaped, strlen(escaped));
	arena_free(a);
}

/* ---- hostile texts --------------------------------------------------------- */

static double seconds(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* Far more than it takes (a second, without sanitizers): what is quadratic takes hours. */
enum { PATIENCE = 60 };

static void assert_quick(struct arena *a, const char *begins, const char *unit)
{
	struct arena *scratch = arena_new();
	const char *markup = arena_printf(
		a, "%s%s", begins, repeated(scratch, unit, RICHTEXT_MAX - strlen(begins) - 1));
	struct html clean;
	double before = seconds();

	if (richtext_clean(scratch, markup, strlen(markup), &clean) != OK)
		assert_string_equal(clean.markup, "");
	if (seconds() - before > PATIENCE)
		fail_msg("%.20s %s: %.1f s", begins, unit, seconds() - before);
	arena_free(scratch);
	arena_reset(a);
}

static void test_four_megabytes_of_anything_are_quick(void **state)
{
	static const char *const unit[] = {
		"<div>",
		"<b><i></b>",
		"<b><i>x</b>",
		"<table><tr><td>",
		"<table>",
		"<ul><li>",
		"<a href=/x><p>",
		"<b><p></b>",
		"<p>x",
		"<svg>",
		"<!--",
		"<script></scrip",
		"<p a=\"",
		"&eacut",
		"&#x41;",
		"<sup>x",
		"<dl><dd>",
		"<table><a>",
		"a\u0301",
		"<pre>\n",
		"</p></ul>x",
		"<h2><b>",
		"<li><blockquote>",
		"<",
	};
	struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < sizeof(unit) / sizeof(*unit); i++)
		assert_quick(a, "", unit[i]);
	assert_quick(a, "<a ", "a b=c ");
	assert_quick(a, repeated(a, "<div>", 5 * 120), "</ul></h2>");
	assert_quick(a, repeated(a, "<em>", 4 * 120), "</sub>");
	assert_quick(a, "<b lang=aa><b lang=bb><b lang=cc><i lang=dd><i lang=ee>", "<p>x");
	arena_free(a);
}

static void test_what_is_too_deep_is_flattened(void **state)
{
	struct arena *a = arena_new();
	const char *open = repeated(a, "<blockquote>", 12 * 100);
	const char *close = repeated(a, "</blockquote>", 13 * 100);
	const char *markup = arena_printf(a, "%s<b><i>x</i></b>%s<p>y", open, close);
	const char *tags = arena_printf(a, "<p>%sx", repeated(a, "<sub>", 5 * 100));
	struct html clean;

	(void)state;
	assert_null(richtext_fault_after_cleaning(a, markup, strlen(markup)));
	assert_int_equal(richtext_clean(a, markup, strlen(markup), &clean), OK);
	assert_string_equal(richtext_to_text(a, clean), "x\ny");
	assert_non_null(strstr(clean.markup, "<b><i>x</i></b>"));
	assert_non_null(strstr(clean.markup, "</blockquote><p>y</p>"));
	assert_null(richtext_fault_after_cleaning(a, tags, strlen(tags)));
	arena_free(a);
}

/* ---- words ----------------------------------------------------------------- */

static void test_words_of_any_markup(void **state)
{
	struct arena *a = arena_new();

	(void)state;
	assert_string_equal(richtext_to_text(a, (struct html){ NULL }), "");
	assert_string_equal(richtext_to_text(a, HTML("")), "");
	assert_string_equal(richtext_to_text(a, HTML("un&nbsp;&#x2019;&lt;&unknown;")),
			    "un\u00a0’<&unknown;");
	assert_string_equal(richtext_to_text(a, HTML("<p>un</p>\n<p>deux<br>trois</p>")),
			    "un\ndeux\ntrois");
	arena_free(a);
}

static void assert_from_text(const char *text, const char *wanted)
{
	struct arena *a = arena_new();
	struct html html = richtext_from_text(a, text), again;

	assert_string_equal(html.markup, wanted);
	assert_int_equal(richtext_clean(a, html.markup, strlen(html.markup), &again), OK);
	assert_string_equal(again.markup, html.markup);
	arena_free(a);
}

static void test_paragraphs_come_of_text(void **state)
{
	(void)state;
	assert_from_text("", "");
	assert_from_text(" \n\n ", "");
	assert_from_text("un", "<p>un</p>");
	assert_from_text("un\ndeux\n\n \n\ntrois\n", "<p>un<br>deux</p><p>trois</p>");
	assert_from_text("un\r\ndeux\r\n\r\ntrois", "<p>un<br>deux</p><p>trois</p>");
	assert_from_text("<b> & \"l'été\"  x", "<p>&lt;b&gt; &amp; \"l'été\" x</p>");
	assert_from_text("&eacute;", "<p>&amp;eacute;</p>");
	assert_from_text("e\u0301", "<p>é</p>");
}

static void test_an_excerpt_is_one_short_paragraph(void **state)
{
	struct arena *a = arena_new();
	struct html html =
		HTML("<h2>Titre</h2><ul><li>a &amp; b</li></ul><p>La suite est longue.</p>");
	struct html excerpt = richtext_excerpt(a, html, 20);

	(void)state;
	assert_string_equal(richtext_excerpt(a, html, 600).markup,
			    "<p>Titre • a &amp; b La suite est longue.</p>");
	assert_true(utf8_length(richtext_to_text(a, excerpt)) <= 20);
	assert_non_null(strstr(excerpt.markup, "…</p>"));
	assert_string_equal(richtext_excerpt(a, HTML(""), 20).markup, "");
	arena_free(a);
}

static void test_who_wrote_it_is_told_what_is_lost(void **state)
{
	static const struct {
		const char *markup, *lost;
	} cases[] = {
		{ "", NULL },
		{ "<p>a &lt;img&gt; b < c <3 </p><h1>d</h1><div><span>e</span></div>", NULL },
		{ "<!-- <img> --><p>a</p><o:p></o:p>", NULL },
		{ "<IMG src=x><img src=y><iframe src=z><b>", "<IMG>, <iframe>" },
		{ "<script>if (a<video) b</script><font>c</font></form>", "<script>, <font>" },
		{ "<script>if (a<video) b", "<script>" },
		{ "<p title=\"<img>\" lang='<iframe>'>a <time>b</time></p>", NULL },
		{ "<details><summary>a</summary></details><a title='>' href=b><video>",
		  "<details>, <video>" },
		{ "<p title=\"a", NULL },
		{ "<bidule>a</bidule><table><tr><td><button>", "<bidule>, <button>" },
		{ "<a1><a2><a3><a4><a5><a6><a7><a8><a9><b1><b2><b3><b4><b5>",
		  "<a1>, <a2>, <a3>, <a4>, <a5>, <a6>, <a7>, <a8>, <a9>, <b1>, <b2>, <b3>" },
	};
	struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		const char *lost = richtext_lost(a, cases[i].markup);

		assert_string_equal(lost ? lost : "nothing",
				    cases[i].lost ? cases[i].lost : "nothing");
	}
	arena_free(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_each_case_becomes_what_it_should),
		cmocka_unit_test(test_nothing_an_attacker_sends_gets_through),
		cmocka_unit_test(test_nor_do_two_attacks_in_one),
		cmocka_unit_test(test_who_wrote_it_is_told_what_is_lost),
		cmocka_unit_test(test_the_checker_finds_faults),
		cmocka_unit_test(test_only_utf8_without_nul_comes_in),
		cmocka_unit_test(test_what_is_too_large_is_refused),
		cmocka_unit_test(test_four_megabytes_of_anything_are_quick),
		cmocka_unit_test(test_what_is_too_deep_is_flattened),
		cmocka_unit_test(test_words_of_any_markup),
		cmocka_unit_test(test_paragraphs_come_of_text),
		cmocka_unit_test(test_an_excerpt_is_one_short_paragraph),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
