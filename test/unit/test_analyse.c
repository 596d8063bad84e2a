/* How a text is read into tokens. What finds what is asked of the engine: search/test_french.c. */
#include "search/analyse.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/out.h"

#define LENGTH(array) (sizeof(array) / sizeof(*(array)))

/* ---- tokens ------------------------------------------------------------------------------ */

/* "position:form[from-to]", a joined one with "+", separated by blanks. */
static const char *tokens_of(struct arena *a, const char *text, size_t length)
{
	const char *all = "";
	struct analyser an;
	const struct token *t;

	analyser_init(&an, text, length, 0);
	while ((t = analyser_next(&an)))
		all = arena_printf(a, "%s%s%u:%s%s[%zu-%zu]", all, *all ? " " : "", t->position,
				   t->form, t->joined ? "+" : "", t->from, t->to);
	return all;
}

struct expected {
	const char *text, *tokens;
};

static void compare(const struct expected *e, size_t n)
{
	struct arena *a = arena_new();

	for (size_t i = 0; i < n; i++) {
		const char *tokens = tokens_of(a, e[i].text, strlen(e[i].text));

		if (strcmp(tokens, e[i].tokens) != 0)
			fail_msg("'%s' gave '%s'", e[i].text, tokens);
	}
	arena_free(a);
}

static void test_words_keep_their_accents_and_their_places(void **state)
{
	static const struct expected e[] = {
		{ "", "" },
		{ " …\n", "" },
		{ "Les marchés", "0:les[0-3] 1:marchés[4-12]" },
		{ "De\u0301chets", "0:déchets[0-9]" },
		{ "dé\u00adchets ici", "0:déchets[0-10] 1:ici[11-14]" },
		{ "l’eau", "0:eau[4-7]" },
		{ "aujourd’hui même", "0:aujourd'hui[0-13] 1:même[14-19]" },
		{ "n° 9", "0:9[4-5]" },
	};

	(void)state;
	compare(e, LENGTH(e));
}

static void test_the_forms_of_one_word_share_its_position_and_its_whole_place(void **state)
{
	static const struct expected e[] = {
		{ "Les élu·e·s.", "0:les[0-3] 1:élus[4-14] 1:élues[4-14]" },
		{ "directeur·trice", "0:directeur[0-16] 0:directrice[0-16]" },
		{ "agent(e)s", "0:agents[0-9] 0:agentes[0-9]" },
		{ "commune(s) x", "0:commune[0-10] 0:communes[0-10] 1:x[11-12]" },
		{ "(re)voir", "0:voir[1-8] 0:revoir[1-8]" },
		{ "9ème", "0:9e[0-5] 0:9[0-5]" },
		{ "XXIe", "0:xxie[0-4] 0:21e[0-4]" },
	};

	(void)state;
	compare(e, LENGTH(e));
}

static void test_a_compound_is_its_parts_and_their_sum(void **state)
{
	static const struct expected e[] = {
		{ "co-construire", "0:co[0-2] 0:coconstruire+[0-13] 1:construire[3-13]" },
		{ "arc-en-ciel", "0:arc[0-3] 1:en[4-6] 2:ciel[7-11]" },
		{ "Saint-Denis", "0:saint[0-5] 1:denis[6-11]" },
		{ "est-ce", "0:est[0-3] 1:ce[4-6]" },
		{ "co-élu·e", "0:co[0-2] 0:coélu+[0-10] 0:coélue+[0-10] 1:élu[3-10] 1:élue[3-10]" },
	};

	(void)state;
	compare(e, LENGTH(e));
}

static void test_acronyms_keep_their_capitals(void **state)
{
	static const struct expected e[] = {
		{ "un S.I.E.G.", "0:un[0-2] 1:SIEG[3-11]" },
		{ "des SCOPs", "0:des[0-3] 1:SCOP[4-9]" },
		{ "SIEG", "0:SIEG[0-4]" },
		{ "un CO₂", "0:un[0-2] 1:CO2[3-8]" },
		{ "LES SIEG", "0:les[0-3] 1:sieg[4-8]" },
		{ "LES SIEG\nun SIEG", "0:les[0-3] 1:sieg[4-8] 10:un[9-11] 11:SIEG[12-16]" },
		{ "un ÉTÉ", "0:un[0-2] 1:été[3-8]" },
	};

	(void)state;
	compare(e, LENGTH(e));
}

static void test_numbers_are_written_one_way(void **state)
{
	static const struct expected e[] = {
		{ "10 000 €", "0:10000[0-6]" },    { "10 000 000,5", "0:10000000,5[0-12]" },
		{ "1.5", "0:1,5[0-3]" },           { "12 h 30 min", "0:12h30[0-7] 1:min[8-11]" },
		{ "10km", "0:10[0-2] 1:km[2-4]" }, { "1.2.3", "0:1[0-1] 1:2[2-3] 2:3[4-5]" },
	};

	(void)state;
	compare(e, LENGTH(e));
}

static void test_a_line_ends_a_phrase(void **state)
{
	static const struct expected e[] = {
		{ "a\nb", "0:a[0-1] 9:b[2-3]" },
		{ "a\r\n\r\nb", "0:a[0-1] 9:b[5-6]" },
		{ "\n\na", "0:a[2-3]" },
	};

	(void)state;
	compare(e, LENGTH(e));
}

static void test_any_bytes_are_read(void **state)
{
	static const struct {
		const char *text;
		size_t length;
		const char *tokens;
	} c[] = {
		{ "a\0b", 3, "0:a[0-1] 1:b[2-3]" },
		{ "a\xff"
		  "b",
		  3, "0:a[0-1] 1:b[2-3]" },
		{ "\xc3", 1, "" },
		{ "\xe2\x80", 2, "" },
		{ "a\xcc\x81", 3, "0:á[0-3]" },
		{ "\xcc\x81", 2, "" },
		{ "aé", 2, "0:a[0-1]" },
	};
	struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < LENGTH(c); i++)
		assert_string_equal(tokens_of(a, c[i].text, c[i].length), c[i].tokens);
	arena_free(a);
}

static size_t count_tokens(const char *text, size_t length)
{
	struct analyser an;
	size_t n = 0;

	analyser_init(&an, text, length, 0);
	while (analyser_next(&an))
		n++;
	return n;
}

/* A million bytes each: a rule that reads on without bound would not come to an end. */
static void test_long_texts_take_their_length(void **state)
{
	static const struct {
		const char *piece;
		size_t most; /* tokens */
	} c[] = {
		{ "a", 1 },        { ".", 0 },        { "a.", 1000000 },    { "élu·e", 500000 },
		{ "-a", 1000000 }, { "l'", 0 },       { "1 000 ", 400000 }, { "(", 0 },
		{ "É", 1 },        { "\u0301", 0 },   { "e\u0301", 1 },     { "\u00ad", 0 },
		{ "A&", 1000000 }, { "A ", 1000000 }, { "IX", 1 },          { "0 ", 1000000 },
	};
	struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < LENGTH(c); i++) {
		size_t n = strlen(c[i].piece), times = 1000000 / n;
		char *text = arena_alloc(a, times * n, 1);

		for (size_t k = 0; k < times; k++)
			memcpy(text + k * n, c[i].piece, n);
		assert_in_range(count_tokens(text, times * n), 0, c[i].most);
	}
	arena_free(a);
}

/* ---- forms ---------------------------------------------------------------------------------- */

static void test_forms_are_folded(void **state)
{
	static const struct expected e[] = {
		{ "Été", "ete" },
		{ "œuvre", "oeuvre" },
		{ "straße", "strasse" },
		{ "1ᵉʳ", "1er" },
		{ "ﬁn", "fin" },
		{ "presqu'île", "presquile" },
		{ "presqu’île", "presquile" },
		{ "n.º", "n.o" },
		{ "ＡＢ", "ab" },
		{ "R&D", "r&d" },
		{ "1,5", "1,5" },
		{ "Ελλάδα", "ελλαδα" },
		{ "e\u0301", "e" },
	};
	char folded[FORM_MAX + 1];

	(void)state;
	for (size_t i = 0; i < LENGTH(e); i++) {
		form_fold(e[i].text, strlen(e[i].text), folded);
		assert_string_equal(folded, e[i].tokens);
	}
}

static void test_long_words_are_cut_at_a_character(void **state)
{
	char text[301], folded[FORM_MAX + 1];
	const struct token *t;
	struct analyser an;

	(void)state;
	for (size_t i = 0; i < 100; i++)
		memcpy(text + 3 * i, "aé", 3);
	analyser_init(&an, text, 300, 0);
	t = analyser_next(&an);
	assert_non_null(t);
	assert_int_equal(t->length, FORM_MAX);
	assert_int_equal(t->to, 300);
	assert_int_equal(form_fold(text, 300, folded), FORM_MAX);
	assert_null(analyser_next(&an));
}

static void test_articles_and_their_like_are_stop_words(void **state)
{
	static const char *const stops[] = { "le", "des", "d", "lesquelles", "iel", "toustes" };
	static const char *const words[] = { "etat", "sans", "pas", "public", "", "lele" };

	(void)state;
	for (size_t i = 0; i < LENGTH(stops); i++)
		assert_true(form_is_stop(stops[i], strlen(stops[i])));
	for (size_t i = 0; i < LENGTH(words); i++)
		assert_false(form_is_stop(words[i], strlen(words[i])));
	assert_true(form_is_stop("les marchés", 3));
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_words_keep_their_accents_and_their_places),
		cmocka_unit_test(test_the_forms_of_one_word_share_its_position_and_its_whole_place),
		cmocka_unit_test(test_a_compound_is_its_parts_and_their_sum),
		cmocka_unit_test(test_acronyms_keep_their_capitals),
		cmocka_unit_test(test_numbers_are_written_one_way),
		cmocka_unit_test(test_a_line_ends_a_phrase),
		cmocka_unit_test(test_any_bytes_are_read),
		cmocka_unit_test(test_long_texts_take_their_length),
		cmocka_unit_test(test_forms_are_folded),
		cmocka_unit_test(test_long_words_are_cut_at_a_character),
		cmocka_unit_test(test_articles_and_their_like_are_stop_words),
	};

	return cmocka_run_group_tests_name("analyse", tests, NULL, NULL);
}
