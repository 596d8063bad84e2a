/*
 * Costs and revenues from a French spreadsheet: what is understood, and what is refused.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "sieg/arena.h"
#include "sieg/document.h"
#include "sieg/json.h"
#include "sieg/write.h"
#include "statement/lines.h"

static const char one_year[] =
	"{\"operators\":[{\"id\":\"a\",\"years\":[{\"from\":\"2023-01-01\",\"costs\":[]}]}]}";
static const char two_years[] = "{\"operators\":[{\"id\":\"a\",\"years\":[{\"from\":\"2023-01-01\"}"
				",{\"from\":\"2024-01-01\"}"
				"]},{\"id\":\"b\",\"years\":[{\"from\":\"2023-01-01\"}]}]}";

struct trial {
	struct sieg_arena *arena;
	struct csv_lines lines;
	struct sieg_json *document;
	bool good;
};

static void read_bytes(struct trial *t, const char *json, const char *csv, size_t length)
{
	enum sieg_code problem;

	t->arena = sieg_arena_new();
	t->document = sieg_json_read(t->arena, json, strlen(json), &problem);
	assert_non_null(t->document);
	t->good = csv_lines_add(&t->lines, t->arena, csv, length, t->document);
}

static void assert_becomes(const char *json, const char *csv, const char *wanted)
{
	struct trial t;

	read_bytes(&t, json, csv, strlen(csv));
	if (!t.good)
		fail_msg("row %d: %s", t.lines.problem[0].row, t.lines.problem[0].text);
	assert_string_equal(sieg_json_text(t.arena, t.document), wanted);
	sieg_arena_free(t.arena);
}

static void assert_refused(const char *json, const char *csv, int row, const char *words)
{
	struct trial t;

	read_bytes(&t, json, csv, strlen(csv));
	assert_false(t.good);
	assert_true(t.lines.n_problems > 0);
	assert_int_equal(t.lines.problem[0].row, row);
	if (!strstr(t.lines.problem[0].text, words))
		fail_msg("'%s' is not in '%s'", words, t.lines.problem[0].text);
	sieg_arena_free(t.arena);
}

static void assert_amount(const char *written, const char *wanted)
{
	struct sieg_arena *a = sieg_arena_new();
	const char *amount = french_amount(a, written);

	if (!wanted && amount)
		fail_msg("'%s' was read as '%s'", written, amount);
	if (wanted && !amount)
		fail_msg("'%s' was not understood", written);
	if (wanted)
		assert_string_equal(amount, wanted);
	sieg_arena_free(a);
}

static void test_amounts_are_french_or_plain(void **state)
{
	(void)state;
	assert_amount("1 234,50", "1234.50");
	assert_amount("1\u00a0234,50\u00a0€", "1234.50");
	assert_amount("12\u202f345\u202f678", "12345678");
	assert_amount("1234.5", "1234.5");
	assert_amount("-12,00", "-12.00");
	assert_amount("− 12 €", "-12");
	assert_amount(" 0,07 ", "0.07");
	assert_amount("007", "7");
	assert_amount("000,50", "0.50");
}

static void test_an_amount_that_could_be_two_is_refused(void **state)
{
	(void)state;
	assert_amount("1.234", NULL);
	assert_amount("1,234", NULL);
	assert_amount("1.234,50", NULL);
	assert_amount("1 23,50", NULL);
	assert_amount("1234 567", NULL);
	assert_amount("12,345", NULL);
	assert_amount("12,", NULL);
	assert_amount(",5", NULL);
	assert_amount("", NULL);
	assert_amount("-", NULL);
	assert_amount("1e3", NULL);
	assert_amount("12 € 5", NULL);
	assert_amount("12 $", NULL);
}

static void test_rows_become_lines_of_the_document(void **state)
{
	(void)state;
	assert_becomes(
		one_year,
		"poste;nature;montant;activite;cle;prevision;motif;libelle;compte\n"
		"s;direct;1 000,00;sgei;;900,00;embauche;Salaires;641\n"
		"l;commun;5;;m2;;;;\n"
		"b;exclu;7,5;;;;nature;;\n"
		"v;ventes;10;sgei;;;;;\n",
		"{\"operators\":[{\"id\":\"a\",\"years\":[{\"from\":\"2023-01-01\",\"costs\":["
		"{\"id\":\"s\",\"kind\":\"direct\",\"label\":\"Salaires\",\"account\":\"641\","
		"\"amount\":\"1000.00\",\"activity\":\"sgei\",\"forecast\":\"900.00\","
		"\"reason\":\"embauche\"},"
		"{\"id\":\"l\",\"kind\":\"common\",\"amount\":\"5\",\"key\":\"m2\"},"
		"{\"id\":\"b\",\"kind\":\"excluded\",\"amount\":\"7.5\",\"why\":\"in_kind\"}],"
		"\"revenues\":[{\"id\":\"v\",\"kind\":\"sales\",\"amount\":\"10\","
		"\"activity\":\"sgei\"}]}]}]}");
}

static void test_columns_come_in_any_order_and_case(void **state)
{
	(void)state;
	assert_becomes(
		one_year, "Montant,Activité,NATURE,Poste\r\n\"3,5\",x,Direct,p\r\n\r\n",
		"{\"operators\":[{\"id\":\"a\",\"years\":[{\"from\":\"2023-01-01\",\"costs\":["
		"{\"id\":\"p\",\"kind\":\"direct\",\"amount\":\"3.5\",\"activity\":\"x\"}]}]}]}");
}

static void test_a_row_names_its_operator_and_year(void **state)
{
	(void)state;
	assert_becomes(two_years,
		       "poste;nature;montant;operateur;annee\np;direct;1;a;2024\nq;direct;2;b;\n",
		       "{\"operators\":[{\"id\":\"a\",\"years\":[{\"from\":\"2023-01-01\"},"
		       "{\"from\":\"2024-01-01\",\"costs\":[{\"id\":\"p\",\"kind\":\"direct\","
		       "\"amount\":\"1\"}]}]},{\"id\":\"b\",\"years\":[{\"from\":\"2023-01-01\","
		       "\"costs\":[{\"id\":\"q\",\"kind\":\"direct\",\"amount\":\"2\"}]}]}]}");
}

static void test_where_a_row_goes_is_not_guessed(void **state)
{
	(void)state;
	assert_refused(two_years, "poste;nature;montant\np;direct;1\n", 2, "operateur");
	assert_refused(two_years, "poste;nature;montant;operateur\np;direct;1;a\n", 2, "annee");
	assert_refused(two_years, "poste;nature;montant;operateur;annee\np;direct;1;a;2025\n", 2,
		       "2025");
	assert_refused("{}", "poste;nature;montant\np;direct;1\n", 2, "operators");
	assert_refused("[]", "poste;nature;montant\np;direct;1\n", 2, "operators");
}

static void test_what_is_not_understood_names_its_row(void **state)
{
	(void)state;
	assert_refused(one_year, "", 1, "titres");
	assert_refused(one_year, "poste;nature\n", 1, "montant");
	assert_refused(one_year, "poste;nature;montant;couleur\n", 1, "couleur");
	assert_refused(one_year, "poste;nature;montant;poste\n", 1, "deux fois");
	assert_refused(one_year, "poste;nature;montant\n\np;don;1\n", 3, "don");
	assert_refused(one_year, "poste;nature;montant\np;direct;1,234\n", 2, "1,234");
	assert_refused(one_year, "poste;nature;montant;motif\np;exclu;1;luxe\n", 2, "luxe");
	assert_refused(one_year, "poste;nature;montant\np;direct;\"1\n", 2, "guillemet");
	assert_refused(one_year, "poste;nature;montant\np;direct;\"1\"x\n", 2, "guillemet");
}

static void test_nothing_of_a_row_is_left_over(void **state)
{
	(void)state;
	/* A comma within an amount makes one cell more. */
	assert_refused(one_year, "poste,nature,montant\np,direct,1 234,50\n", 2, "4 cases");
	assert_refused(one_year, "poste;nature;montant\np;direct;1;2;3\n", 2, "5 cases");
	/* The cents would stand in the column of labels. */
	assert_refused(one_year, "poste,nature,montant,libelle\np,direct,1 234,50\n", 2,
		       "virgules");
	assert_becomes(
		one_year, "poste,nature,montant,libelle\np,direct,1234.50,x\n",
		"{\"operators\":[{\"id\":\"a\",\"years\":[{\"from\":\"2023-01-01\",\"costs\":["
		"{\"id\":\"p\",\"kind\":\"direct\",\"label\":\"x\",\"amount\":\"1234.50\"}]}]}]}");
	assert_becomes(
		one_year, "poste;nature;montant;;\np;direct;1;;\n",
		"{\"operators\":[{\"id\":\"a\",\"years\":[{\"from\":\"2023-01-01\",\"costs\":["
		"{\"id\":\"p\",\"kind\":\"direct\",\"amount\":\"1\"}]}]}]}");
	assert_refused(one_year, "poste;nature;montant\n", 1, "aucune ligne");
	assert_refused(one_year, "poste;nature;montant\np;direct;\n", 2, "vide");
	assert_refused(one_year, "poste;nature;montant\np;direct;1\nTotal;;1\n", 3, "total");
}

static void test_a_byte_that_no_text_has_is_refused(void **state)
{
	static const char csv[] = "poste;nature;montant\na;direct;1\np;direct;100\0"
				  "00,00\n";
	struct trial t;

	(void)state;
	read_bytes(&t, one_year, csv, sizeof(csv) - 1);
	assert_false(t.good);
	assert_int_equal(t.lines.problem[0].row, 3);
	sieg_arena_free(t.arena);
	assert_refused(one_year, "poste;nature;montant\np;\033[31m;1\n", 2, "commande");
}

static void test_two_periods_of_a_year_are_told_apart_by_their_first_day(void **state)
{
	static const char halves[] =
		"{\"operators\":[{\"id\":\"a\",\"years\":[{\"from\":\"2022-01-01\"},{\"from\":"
		"\"2022-07-01\"}]}]}";

	(void)state;
	assert_refused(halves, "poste;nature;montant;annee\np;direct;1;2022\n", 2, "premier jour");
	assert_becomes(
		halves, "poste;nature;montant;annee\np ;direct;1;2022-07-01\n",
		"{\"operators\":[{\"id\":\"a\",\"years\":[{\"from\":\"2022-01-01\"},{\"from\":"
		"\"2022-07-01\",\"costs\":[{\"id\":\"p\",\"kind\":\"direct\",\"amount\":\"1\"}]}]}"
		"]}");
}

static void test_all_that_is_wrong_is_told_at_once(void **state)
{
	static const char csv[] = "poste;nature;montant\na;don;1\nb;direct;x\nc;direct;1\n";
	struct trial t;

	(void)state;
	read_bytes(&t, one_year, csv, strlen(csv));
	assert_false(t.good);
	assert_int_equal(t.lines.n_problems, 2);
	assert_int_equal(t.lines.problem[1].row, 3);
	sieg_arena_free(t.arena);
}

static void test_a_field_may_hold_separators_and_line_ends(void **state)
{
	static const char csv[] = "poste;nature;montant;libelle\n"
				  "p;direct;1;\"Loyer ; \"\"halle\"\"\nbail\"\nq;direct;2;\n";
	struct trial t;

	(void)state;
	read_bytes(&t, one_year, csv, strlen(csv));
	assert_true(t.good);
	assert_int_equal(t.lines.n_lines, 2);
	assert_int_equal(t.lines.line[1].row, 4);
	assert_non_null(
		strstr(sieg_json_text(t.arena, t.document), "\"Loyer ; \\\"halle\\\"\\nbail\""));
	sieg_arena_free(t.arena);
}

static void test_the_text_of_a_french_windows_is_understood(void **state)
{
	static const char csv[] = "poste;nature;montant;libelle\np;direct;1\xa0"
				  "234,50 \x80;B\xe2timent\n";
	struct trial t;

	(void)state;
	read_bytes(&t, one_year, csv, sizeof(csv) - 1);
	assert_true(t.good);
	assert_string_equal(t.lines.line[0].amount, "1234.50");
	assert_non_null(strstr(sieg_json_text(t.arena, t.document), "Bâtiment"));
	sieg_arena_free(t.arena);
}

static void test_a_mark_of_utf8_is_no_part_of_a_column(void **state)
{
	(void)state;
	assert_becomes(
		one_year, "\xef\xbb\xbfposte\tnature\tmontant\np\tdirect\t1",
		"{\"operators\":[{\"id\":\"a\",\"years\":[{\"from\":\"2023-01-01\",\"costs\":["
		"{\"id\":\"p\",\"kind\":\"direct\",\"amount\":\"1\"}]}]}]}");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_amounts_are_french_or_plain),
		cmocka_unit_test(test_an_amount_that_could_be_two_is_refused),
		cmocka_unit_test(test_rows_become_lines_of_the_document),
		cmocka_unit_test(test_columns_come_in_any_order_and_case),
		cmocka_unit_test(test_a_row_names_its_operator_and_year),
		cmocka_unit_test(test_where_a_row_goes_is_not_guessed),
		cmocka_unit_test(test_what_is_not_understood_names_its_row),
		cmocka_unit_test(test_nothing_of_a_row_is_left_over),
		cmocka_unit_test(test_a_byte_that_no_text_has_is_refused),
		cmocka_unit_test(test_two_periods_of_a_year_are_told_apart_by_their_first_day),
		cmocka_unit_test(test_all_that_is_wrong_is_told_at_once),
		cmocka_unit_test(test_a_field_may_hold_separators_and_line_ends),
		cmocka_unit_test(test_the_text_of_a_french_windows_is_understood),
		cmocka_unit_test(test_a_mark_of_utf8_is_no_part_of_a_column),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
