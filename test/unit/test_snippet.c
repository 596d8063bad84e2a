/* Cases are in test/data/snippets.txt; HALLE_TEST_DATA is its folder. */
#include "search/snippet.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/out.h"
#include "base/text.h"
#include "search/analyse.h"
#include "snippet_check.h"

#define LENGTH(array) (sizeof(array) / sizeof(*(array)))

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

/* ---- a query as the engine reads it ---------------------------------------------------- */

/* All forms of the text that have the stem of a form match its word. */
static void add_forms(struct marks *m, struct stemmer *st, const char *folded, size_t length,
		      const char *text, unsigned word)
{
	struct analyser an;
	const struct token *t;
	char stem[FORM_MAX + 1];

	form_stem(st, folded, length, stem);
	marks_add(m, folded, length, word);
	analyser_init(&an, text, strlen(text), 0);
	while ((t = analyser_next(&an))) {
		char form[FORM_MAX + 1], other[FORM_MAX + 1];
		size_t n = form_fold(t->form, t->length, form);

		form_stem(st, form, n, other);
		if (!strcmp(stem, other))
			marks_add(m, form, n, word);
	}
}

/* One word, or a sequence; the number of the next word. */
static unsigned add_words(struct marks *m, struct stemmer *st, const char *query, size_t length,
			  const char *text, unsigned first)
{
	struct analyser an;
	const struct token *t;
	unsigned next = first;

	analyser_init(&an, query, length, first);
	while ((t = analyser_next(&an))) {
		char folded[FORM_MAX + 1];
		size_t n = form_fold(t->form, t->length, folded);

		add_forms(m, st, folded, n, text, t->position);
		next = t->position + 1;
	}
	return next;
}

static struct marks *read_query(struct arena *a, const char *query, const char *text)
{
	struct marks *m = marks_new(a);
	struct stemmer *st = stemmer_new();
	unsigned word = 0;

	while (*query) {
		bool quoted = *query == '"';
		size_t n = strcspn(query += quoted, quoted ? "\"" : " ");
		unsigned next = add_words(m, st, query, n, text, word);

		if (quoted)
			marks_phrase(m, word, next - word);
		word = next;
		query += n + quoted;
		query += strspn(query, " ");
	}
	stemmer_free(st);
	return m;
}

/* ---- the table --------------------------------------------------------------------------- */

static const struct sign {
	const char *written, *is;
} signs[] = { { "␣", "\u00a0" }, { "⍽", "\u202f" }, { "⏎", "\n" } };

static const char *read_signs(struct arena *a, const char *line)
{
	struct out o;
	const char *text;

	out_init(&o);
	while (*line) {
		size_t i = 0;

		while (i < LENGTH(signs) && strncmp(line, signs[i].written, 3) != 0)
			i++;
		if (i == LENGTH(signs))
			out_char(&o, *line++);
		else
			out_raw(&o, signs[i].is), line += 3;
	}
	text = arena_strdup(a, out_string(&o));
	out_release(&o);
	return text;
}

/* [ and ] as marks, the rest as it is escaped. */
static const char *read_marks(struct arena *a, const char *line)
{
	struct out o;
	const char *text;

	out_init(&o);
	while (*line) {
		size_t n = strcspn(line, "[]");

		out_text(&o, arena_strndup(a, line, n));
		line += n;
		if (*line)
			out_raw(&o, *line++ == '[' ? "<mark>" : "</mark>");
	}
	text = arena_strdup(a, out_string(&o));
	out_release(&o);
	return text;
}

struct row {
	int line;
	const char *text, *query, *passage[SNIPPETS];
	size_t n_passages;
};

static void run(struct arena *a, const struct row *r)
{
	struct html snippet[SNIPPETS];
	struct marks *m = read_query(a, r->query, r->text);
	size_t n = snippets_of(a, m, r->text, snippet);

	for (size_t i = 0; i < n || i < r->n_passages; i++) {
		const char *found = i < n ? snippet[i].markup : "none";
		const char *expected = i < r->n_passages ? r->passage[i] : "none";

		if (strcmp(found, expected) != 0)
			fail_msg("line %d: passage %zu is\n%s\nnot\n%s", r->line, i + 1, found,
				 expected);
	}
}

/* Lines up to an empty one; false at the end of the file. */
static bool read_row(struct arena *a, FILE *file, int *number, struct row *r)
{
	char *line = NULL;
	size_t room = 0, n = 0;

	*r = (struct row){ 0 };
	while (getline(&line, &room, file) > 0) {
		++*number;
		line[strcspn(line, "\n")] = '\0';
		if (*line == '#')
			continue;
		if (!*line && n)
			break;
		if (!*line)
			continue;
		if (n == 0)
			r->text = read_signs(a, line), r->line = *number;
		else if (n == 1)
			r->query = arena_strdup(a, line);
		else if (n < 2 + SNIPPETS && strcmp(line, "none") != 0)
			r->passage[r->n_passages++] = read_marks(a, read_signs(a, line));
		n++;
	}
	free(line);
	return n > 2;
}

static void test_the_table(void **state)
{
	const char *folder = getenv("HALLE_TEST_DATA");
	struct arena *a = *state;
	FILE *file = fopen(arena_printf(a, "%s/snippets.txt", folder ? folder : "test/data"), "r");
	int number = 0, n = 0;
	struct row r;

	assert_non_null(file);
	for (; read_row(a, file, &number, &r); n++)
		run(a, &r);
	fclose(file);
	assert_true(n > 20);
}

/* ---- contracts ------------------------------------------------------------------------------ */

static void test_marks_are_empty_until_a_form_is_added(void **state)
{
	struct marks *m = marks_new(*state);
	struct html snippet[SNIPPETS];

	assert_true(marks_are_empty(m));
	assert_int_equal(snippets_of(*state, m, "Du texte", snippet), 0);
	assert_string_equal(marked(*state, m, "Du <texte>").markup, "Du &lt;texte&gt;");
	marks_add(m, "", 0, 1);
	marks_add(m, "texte", 5, MARK_WORDS);
	assert_true(marks_are_empty(m));
	marks_add(m, "texte", 5, 0);
	assert_false(marks_are_empty(m));
}

static void test_a_form_may_match_two_words(void **state)
{
	struct marks *m = marks_new(*state);
	struct html snippet[SNIPPETS];

	marks_add(m, "sociale", 7, 0);
	marks_add(m, "sociale", 7, 1);
	marks_add(m, "economie", 8, 2);
	marks_phrase(m, 1, 2);
	assert_int_equal(snippets_of(*state, m, "l’économie sociale", snippet), 1);
	assert_string_equal(snippet[0].markup, "l’économie <mark>sociale</mark>");
	assert_string_equal(marked(*state, m, "sociale économie").markup,
			    "<mark>sociale économie</mark>");
}

static void test_a_title_is_marked_whole(void **state)
{
	struct marks *m = marks_new(*state);

	marks_add(m, "elus", 4, 0);
	marks_add(m, "dans", 4, 1);
	assert_string_equal(marked(*state, m, "Être élu·e·s DANS la ville").markup,
			    "Être <mark>élu·e·s</mark> <mark>DANS</mark> la ville");
	assert_string_equal(marked(*state, m, "").markup, "");
}

static void test_passages_that_touch_are_one(void **state)
{
	struct arena *a = *state;
	struct marks *m = marks_new(a);
	struct html snippet[SNIPPETS];
	static const char text[] =
		"Le mot premier vient d’abord, dans une ligne qui est assez longue pour être un "
		"extrait à elle seule, et presque deux. La ligne qui suit est assez longue elle "
		"aussi pour être un extrait, et elle tient en dernier le mot second.";

	marks_add(m, "premier", 7, 0);
	marks_add(m, "second", 6, 1);
	assert_int_equal(snippets_of(a, m, text, snippet), 1);
	assert_null(strstr(snippet[0].markup, "…"));
}

static void test_words_without_blanks_are_cut_at_the_match(void **state)
{
	struct arena *a = *state;
	struct marks *m = marks_new(a);
	struct html snippet[SNIPPETS];
	char text[3000];

	memset(text, '/', sizeof(text));
	memcpy(text + 1500, "mot", 3);
	text[sizeof(text) - 1] = '\0';
	marks_add(m, "mot", 3, 0);
	assert_int_equal(snippets_of(a, m, text, snippet), 1);
	assert_string_equal(snippet[0].markup, "…<mark>mot</mark>…");
}

/* ---- properties --------------------------------------------------------------------------------
 */

static const char *const piece[] = {
	"économie",
	"l’économie",
	"sociale",
	"Sociale",
	"élu·e·s",
	"agent.e.s",
	"S.I.E.G.",
	"SIEG",
	"co-construction",
	"vice-président",
	"10 000",
	"12 h 30",
	"2024",
	"n° 9",
	"XXIe",
	"R & D",
	"<b>",
	"&amp;",
	"«\u00a0mot\u00a0»",
	"de",
	"la",
	"aujourd’hui",
	"\n",
	"\n• ",
	"fin. Début",
	"Quoi ?",
	"(e)",
	"œuvre",
	"ŒUVRE",
	"e\u0301te\u0301",
	"ελληνικά",
	"日本語",
	"x",
	"m²",
	"adhérent(e)s",
	"http://a.fr/b-c?d=e",
	"C++",
	"tous·tes",
	"—",
	"…",
	"des",
	"dé­chets",
	"directeur·trice",
	"beau·belle",
	"l'",
	"d’h",
	"h",
	"I",
};

static unsigned draw(unsigned *seed, unsigned n)
{
	*seed = *seed * 1103515245 + 12345;
	return (*seed >> 16) % n;
}

static const char *draw_text(struct arena *a, unsigned *seed)
{
	unsigned n = draw(seed, draw(seed, 4) ? 40 : 300);
	const char *text;
	struct out o;

	out_init(&o);
	for (unsigned i = 0; i < n; i++) {
		out_raw(&o, piece[draw(seed, LENGTH(piece))]);
		out_raw(&o, draw(seed, 20) ? " " : "");
	}
	assert_int_equal(text_check(a, out_string(&o), o.length, &text), OK);
	out_release(&o);
	return text;
}

/* The folded forms of a piece, each a word of the query. */
static void draw_query(struct arena *a, unsigned *seed, struct check *c)
{
	*c = (struct check){ .n = 0 };
	for (unsigned i = 1 + draw(seed, 3); i; i--) {
		const char *text = piece[draw(seed, LENGTH(piece))];
		struct analyser an;
		const struct token *t;

		analyser_init(&an, text, strlen(text), 0);
		while ((t = analyser_next(&an)) && c->n < MARK_WORDS) {
			char folded[FORM_MAX + 1];
			size_t n = form_fold(t->form, t->length, folded);

			c->word[c->n++] = arena_strndup(a, folded, n);
		}
	}
	c->phrase = draw(seed, 3) ? 0 : c->n < 3 ? c->n : 3;
}

static void test_what_is_promised_of_any_text(void **state)
{
	unsigned seed = 7;

	(void)state;
	for (int i = 0; i < 4000; i++) {
		struct arena *a = arena_new();
		const char *text = draw_text(a, &seed), *wrong;
		struct check c;

		draw_query(a, &seed, &c);
		wrong = check_snippets(a, &c, text);
		if (wrong)
			fail_msg("%s: '%s' (%u words, from '%s')", wrong, text, c.n,
				 c.n ? c.word[0] : "");
		arena_free(a);
	}
}

/* Where the analyser reads a form in a text, that is marked: the quick look misses none. */
static void test_every_word_that_matches_is_marked(void **state)
{
	unsigned seed = 11;

	(void)state;
	for (int i = 0; i < 4000; i++) {
		struct arena *a = arena_new();
		const char *text = draw_text(a, &seed), *wrong;
		struct check c;

		draw_query(a, &seed, &c);
		c.phrase = 0;
		wrong = check_all_marked(a, &c, text);
		if (wrong)
			fail_msg("not marked: %s in '%s'", wrong, text);
		arena_free(a);
	}
}

#define test(name) cmocka_unit_test_setup_teardown(name, make_arena, free_arena)

int main(void)
{
	const struct CMUnitTest tests[] = {
		test(test_the_table),
		test(test_marks_are_empty_until_a_form_is_added),
		test(test_a_form_may_match_two_words),
		test(test_a_title_is_marked_whole),
		test(test_passages_that_touch_are_one),
		test(test_words_without_blanks_are_cut_at_the_match),
		test(test_what_is_promised_of_any_text),
		test(test_every_word_that_matches_is_marked),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
