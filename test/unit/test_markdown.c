#include "fixture.h"

#include <string.h>

#include "base/markdown.h"
#include "base/richtext.h"

static const char *html_of(struct fixture *fix, const char *text)
{
	struct html clean;

	assert_int_equal(markdown_to_richtext(fix->a, text, &clean), OK);
	return clean.markup;
}

static void test_markdown_becomes_the_restricted_html(void **state)
{
	struct fixture *fix = *state;

	assert_string_equal(html_of(fix, "## Le cadre\n\nUn *texte* **court**.\n\n- un\n- deux\n"),
			    "<h2>Le cadre</h2><p>Un <em>texte</em> <strong>court</strong>.</p>"
			    "<ul><li>un</li><li>deux</li></ul>");
	assert_string_equal(html_of(fix, "[le guide](https://exemple.org/a?b=1&c=2)"),
			    "<p><a href=\"https://exemple.org/a?b=1&amp;c=2\">le guide</a></p>");
	assert_string_equal(html_of(fix, "# Un titre"), "<h2>Un titre</h2>");
	assert_string_equal(html_of(fix, "1 < 2 & 3"), "<p>1 &lt; 2 &amp; 3</p>");
}

static void test_an_address_that_acts_is_no_link(void **state)
{
	struct fixture *fix = *state;

	assert_string_equal(html_of(fix, "[x](javascript:alert(1))"), "<p>x</p>");
	assert_string_equal(html_of(fix, "[x](data:text/html,y)"), "<p>x</p>");
}

static void test_tags_are_refused_rather_than_lost(void **state)
{
	struct fixture *fix = *state;
	struct html clean;

	assert_int_equal(markdown_to_richtext(fix->a, "<div>Un bloc</div>", &clean), INVALID);
	assert_null(clean.markup);
	assert_int_equal(markdown_to_richtext(fix->a, "<table><tr><td>sans fin", &clean), INVALID);
	assert_int_equal(markdown_to_richtext(fix->a, "Ici : <table></table>", &clean), INVALID);
	assert_int_equal(markdown_to_richtext(fix->a, "Un <b>mot</b>.", &clean), INVALID);
}

static void test_what_is_kept_comes_back_as_markdown_and_as_itself(void **state)
{
	static const char *const kept[] = {
		"<p>Un texte &amp; des *étoiles* [non].</p><p>Deux.</p>",
		"<h2>Titre</h2><h3>Sous-titre</h3><h4>Plus bas</h4><p>1. pas une liste</p>",
		"<ul><li>un<ul><li>dedans</li></ul></li><li>deux</li></ul>",
		"<ol start=\"3\"><li>trois</li><li>quatre</li></ol>",
		"<ul><li><p>aéré</p></li><li><p>aéré aussi</p></li></ul>",
		"<blockquote><p>Cité.</p></blockquote><p>Ligne<br>suivante</p>",
		"<p><a href=\"/a\">Un <strong>lien</strong></a>, «\u00a0cité\u00a0».</p>",
		"",
	};
	struct fixture *fix = *state;

	for (size_t i = 0; i < sizeof(kept) / sizeof(*kept); i++) {
		struct html clean;
		const char *text;

		assert_int_equal(richtext_clean(fix->a, kept[i], strlen(kept[i]), &clean), OK);
		text = markdown_from_richtext(fix->a, clean);
		if (!text)
			fail_msg("'%s' has no Markdown", clean.markup);
		assert_string_equal(html_of(fix, text) ? html_of(fix, text) : "",
				    clean.markup ? clean.markup : "");
	}
}

static void test_a_table_stands_in_the_text_as_html(void **state)
{
	static const char table[] =
		"<table><caption>Aides</caption><thead><tr><th scope=\"col\">An</th>"
		"</tr></thead><tbody><tr><td>2024</td></tr></tbody></table>";
	struct fixture *fix = *state;
	struct html kept;
	const char *text;

	kept = html_trusted(arena_printf(fix->a, "<p>Avant.</p>%s<p>Après.</p>%s", table, table));
	text = markdown_from_richtext(fix->a, kept);
	assert_non_null(text);
	assert_non_null(strstr(text, "Avant.\n\n<table><caption>Aides</caption>\n<thead>"));
	assert_string_equal(html_of(fix, text), kept.markup);
	/* It passes the sanitiser as all that comes in does. */
	assert_string_equal(html_of(fix, "<table onclick=\"x()\"><script>x()</script><tr><td>"
					 "<a href=\"javascript:x()\">a</a></td></tr></table>"),
			    "<table><tbody><tr><td>a</td></tr></tbody></table>");
}

static void test_what_markdown_cannot_say_stays_html(void **state)
{
	struct fixture *fix = *state;

	assert_null(markdown_from_richtext(fix->a, HTML("<dl><dt>Un</dt><dd>mot</dd></dl>")));
	assert_null(markdown_from_richtext(fix->a, HTML("<p lang=\"en\">x</p>")));
	assert_null(markdown_from_richtext(fix->a, HTML("<p>un <mark>mot</mark></p>")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_markdown_becomes_the_restricted_html),
		TEST(test_an_address_that_acts_is_no_link),
		TEST(test_tags_are_refused_rather_than_lost),
		TEST(test_what_is_kept_comes_back_as_markdown_and_as_itself),
		TEST(test_a_table_stands_in_the_text_as_html),
		TEST(test_what_markdown_cannot_say_stays_html),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
