/* The law as data: which decision and which regulation on which day, and the rules they cite. */
#include "kit.h"

#include <string.h>

#include "sieg/rule.h"

#define FIRST 20050101
#define LAST  21001231

static void test_ids_are_sorted_by_bytes_unique_and_explained(void **state)
{
	(void)state;
	for (enum sieg_rule r = SIEG_NO_RULE + 1; r < SIEG_N_RULES; r++) {
		const struct sieg_rule_text *text = sieg_rule_text(r);

		assert_non_null(text->id);
		assert_non_null(text->article);
		assert_true(*text->article);
		if (r > SIEG_NO_RULE + 1)
			assert_true(strcmp(sieg_rule_text(r - 1)->id, text->id) < 0);
	}
	assert_null(sieg_rule_text(SIEG_NO_RULE)->id);
}

static void test_how_far_a_text_was_read_has_a_letter(void **state)
{
	(void)state;
	assert_string_equal(sieg_standing_letter(SIEG_PRIMARY), "P");
	assert_string_equal(sieg_standing_letter(SIEG_SECONDARY), "S2");
	assert_string_equal(sieg_standing_letter(SIEG_KNOWN), "K");
	assert_string_equal(sieg_standing_letter(SIEG_CHOICE), "D");
	assert_string_equal(sieg_standing_letter(SIEG_UNCONFIRMED), "U");
	assert_int_equal(sieg_rule_text(SIEG_DEC25_10)->standing, SIEG_UNCONFIRMED);
}

static const char *regime_on(int day)
{
	const struct sieg_regime *regime = sieg_regime_of(kit_day(day));

	return regime ? regime->name : "none";
}

static void test_each_decision_begins_and_ends_on_its_day(void **state)
{
	static const struct {
		int day;
		const char *name;
	} rows[] = {
		{ 19900101, "none" },      { 20051218, "none" },      { 20051219, "2005/842" },
		{ 20120130, "2005/842" },  { 20120131, "2012/21" },   { 20260107, "2012/21" },
		{ 20260108, "2025/2630" }, { 21001231, "2025/2630" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		assert_string_equal(regime_on(rows[i].day), rows[i].name);
	assert_string_equal(sieg_regime_first()->name, "2005/842");
}

/* Every decision that is met on some day, and on each day how many of them hold. */
static void test_one_decision_holds_on_each_day_from_the_first_one_to_2100(void **state)
{
	const struct sieg_regime *met[8], *before = NULL;
	sieg_day first = kit_day(FIRST), last = kit_day(LAST);
	size_t n = 0;

	(void)state;
	for (sieg_day day = first; day <= last; day++) {
		const struct sieg_regime *now = sieg_regime_of(day);

		if (now != before && now)
			met[n++] = now;
		before = now;
		assert_true(n < 8);
	}
	assert_int_equal(n, 3);
	for (sieg_day day = first; day <= last; day++) {
		int holding = 0;

		for (size_t i = 0; i < n; i++)
			holding += sieg_within(day, met[i]->from, met[i]->to);
		assert_int_equal(holding, day >= kit_day(20051219));
	}
}

static void test_each_decision_has_the_thresholds_of_its_text(void **state)
{
	const struct sieg_regime *r05 = sieg_regime_of(kit_day(20060101));
	const struct sieg_regime *r12 = sieg_regime_of(kit_day(20130101));
	const struct sieg_regime *r25 = sieg_regime_of(kit_day(20270101));

	(void)state;
	assert_int_equal(r05->control_years, 1);
	assert_int_equal(r12->control_years, 3);
	assert_int_equal(r25->control_years, 5);
	assert_int_equal(r05->ceiling, INT64_C(3000000000));
	assert_int_equal(r12->ceiling, INT64_C(1500000000));
	assert_int_equal(r25->ceiling, INT64_C(2000000000));
	assert_int_equal(r05->turnover, INT64_C(10000000000));
	assert_true(r05->below_ceiling && !r12->below_ceiling && !r25->below_ceiling);
	assert_true(r05->carry_part == 10 && r12->carry_part == 10 && r25->carry_part == 10);
	assert_int_equal(r05->carry_part_of[SIEG_SOCIAL_HOUSING], 5);
	assert_int_equal(r12->carry_part_of[SIEG_SOCIAL_HOUSING], 0);
	/* What sheet_check.c supposes: no swap rate of -101 % or less can be counted with. */
	assert_true(r05->premium.numerator == 1 && r12->premium.numerator == 1 &&
		    r25->premium.numerator == 1);
	assert_true(r25->carry_to_confirm && r25->exemptions);
	assert_false(r12->carry_to_confirm || r12->exemptions || r05->exemptions);
	assert_int_equal(r12->publication, INT64_C(1500000000));
	assert_int_equal(r25->publication, INT64_C(100000000));
	assert_int_equal(r05->scope[SIEG_AIRPORT].passengers, 1000000);
	assert_int_equal(r12->scope[SIEG_AIRPORT].passengers, 200000);
	assert_int_equal(r12->scope[SIEG_PORT].passengers, 300000);
	assert_int_equal(r25->scope[SIEG_AIRPORT].test, SIEG_NOT_KNOWN);
	assert_int_equal(r12->scope[SIEG_AFFORDABLE_HOUSING].test, SIEG_AMOUNT);
	assert_int_equal(r25->scope[SIEG_AFFORDABLE_HOUSING].test, SIEG_NO_CEILING);
	assert_int_equal(r05->scope[SIEG_SOCIAL_NEED].test, SIEG_AMOUNT);
}

static void test_a_clause_cites_the_decision_of_its_regime(void **state)
{
	static const struct {
		int day;
		const char *begins;
	} rows[] = { { 20060101, "DEC05" }, { 20130101, "DEC12" }, { 20270101, "DEC25" } };

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		const struct sieg_regime *regime = sieg_regime_of(kit_day(rows[i].day));

		for (enum sieg_clause c = 0; c < SIEG_FRAMEWORK; c++)
			if (regime->rule[c])
				assert_int_equal(strncmp(sieg_rule_text(regime->rule[c])->id,
							 rows[i].begins, 5),
						 0);
		for (enum sieg_sector s = 0; s < SIEG_N_SECTORS; s++)
			if (regime->scope[s].rule)
				assert_int_equal(strncmp(sieg_rule_text(regime->scope[s].rule)->id,
							 rows[i].begins, 5),
						 0);
		assert_int_not_equal(regime->rule[SIEG_NET_COST], SIEG_NO_RULE);
		assert_int_not_equal(regime->rule[SIEG_CONTROL], SIEG_NO_RULE);
		assert_int_not_equal(regime->rule[SIEG_CARRY], SIEG_NO_RULE);
		assert_int_not_equal(regime->rule[SIEG_PROFIT], SIEG_NO_RULE);
		assert_int_not_equal(regime->rule[SIEG_REVENUE], SIEG_NO_RULE);
		assert_int_not_equal(regime->rule[SIEG_CEILING], SIEG_NO_RULE);
		assert_int_not_equal(regime->rule[SIEG_CONTENTS], SIEG_NO_RULE);
		assert_int_not_equal(regime->rule[SIEG_RECORDS], SIEG_NO_RULE);
	}
}

/* ---- regulations -------------------------------------------------------------------------- */

static const char *regulation_on(int day, bool sgei)
{
	return sieg_regulation(sieg_regulation_on(kit_day(day), sgei))->name;
}

static void test_each_regulation_begins_and_ends_on_its_day(void **state)
{
	static const struct {
		int day;
		const char *sgei, *general;
	} rows[] = {
		{ 20061231, "other", "other" },         { 20070101, "other", "1998/2006" },
		{ 20120428, "other", "1998/2006" },     { 20120429, "360/2012", "1998/2006" },
		{ 20131231, "360/2012", "1998/2006" },  { 20140101, "360/2012", "1407/2013" },
		{ 20231231, "360/2012", "1407/2013" },  { 20240101, "2023/2832", "2023/2831" },
		{ 20301231, "2023/2832", "2023/2831" }, { 20310101, "other", "other" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		assert_string_equal(regulation_on(rows[i].day, true), rows[i].sgei);
		assert_string_equal(regulation_on(rows[i].day, false), rows[i].general);
	}
}

static void test_one_regulation_of_a_kind_holds_on_each_day_between_first_and_last(void **state)
{
	sieg_day last = kit_day(LAST);

	(void)state;
	for (sieg_day day = kit_day(FIRST); day <= last; day++)
		for (int sgei = 0; sgei < 2; sgei++) {
			int holding = 0, from = sgei ? 20120429 : 20070101;

			for (enum sieg_regulation_name n = 0; n < SIEG_OTHER_REGULATION; n++) {
				const struct sieg_regulation *r = sieg_regulation(n);

				holding += r->sgei == sgei && sieg_within(day, r->from, r->to);
			}
			assert_int_equal(holding, sieg_within(day, from, 20301231));
		}
}

static void test_each_regulation_has_the_ceiling_of_its_text(void **state)
{
	static const struct {
		enum sieg_regulation_name name;
		const char *text, *rule;
		sieg_cents ceiling;
		bool sgei, rolling, registered, loans;
	} rows[] = {
		{ SIEG_1998_2006, "1998/2006", "DMG07", 20000000, false, false, false, false },
		{ SIEG_1407_2013, "1407/2013", "DMG14", 20000000, false, false, false, false },
		{ SIEG_2023_2831, "2023/2831", "DMG24", 30000000, false, true, true, false },
		{ SIEG_360_2012, "360/2012", "DMS12", 50000000, true, false, false, false },
		{ SIEG_2023_2832, "2023/2832", "DMS24", 75000000, true, true, true, true },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		const struct sieg_regulation *r = sieg_regulation(rows[i].name);

		assert_string_equal(r->name, rows[i].text);
		assert_string_equal(sieg_rule_text(r->rule)->id, rows[i].rule);
		assert_int_equal(r->ceiling, rows[i].ceiling);
		assert_int_equal(r->sgei, rows[i].sgei);
		assert_int_equal(r->rolling, rows[i].rolling);
		assert_int_equal(r->record != NULL, rows[i].registered);
		assert_int_equal(r->loans, rows[i].loans);
	}
}

static void test_a_regulation_counts_the_aids_that_its_text_names(void **state)
{
	static const struct {
		enum sieg_regulation_name of;
		unsigned counts;
	} rows[] = {
		{ SIEG_2023_2832, 1U << SIEG_360_2012 | 1U << SIEG_2023_2832 },
		{ SIEG_2023_2831,
		  1U << SIEG_1998_2006 | 1U << SIEG_1407_2013 | 1U << SIEG_2023_2831 },
		{ SIEG_1407_2013,
		  1U << SIEG_1998_2006 | 1U << SIEG_1407_2013 | 1U << SIEG_2023_2831 },
		{ SIEG_1998_2006,
		  1U << SIEG_1998_2006 | 1U << SIEG_1407_2013 | 1U << SIEG_2023_2831 },
		{ SIEG_360_2012, (1U << SIEG_N_REGULATIONS) - 1 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		assert_int_equal(sieg_regulation(rows[i].of)->counts, rows[i].counts);
}

static void test_both_ends_of_a_stretch_of_days_are_in_it(void **state)
{
	(void)state;
	assert_true(sieg_within(kit_day(20240101), 20240101, 20240101));
	assert_false(sieg_within(kit_day(20231231), 20240101, 20240101));
	assert_false(sieg_within(kit_day(20240102), 20240101, 20240101));
	assert_true(sieg_within(kit_day(21001231), 20240101, 0));
	assert_false(sieg_within(kit_day(20231231), 20240101, 0));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_ids_are_sorted_by_bytes_unique_and_explained),
		cmocka_unit_test(test_how_far_a_text_was_read_has_a_letter),
		cmocka_unit_test(test_each_decision_begins_and_ends_on_its_day),
		cmocka_unit_test(test_one_decision_holds_on_each_day_from_the_first_one_to_2100),
		cmocka_unit_test(test_each_decision_has_the_thresholds_of_its_text),
		cmocka_unit_test(test_a_clause_cites_the_decision_of_its_regime),
		cmocka_unit_test(test_each_regulation_begins_and_ends_on_its_day),
		cmocka_unit_test(
			test_one_regulation_of_a_kind_holds_on_each_day_between_first_and_last),
		cmocka_unit_test(test_each_regulation_has_the_ceiling_of_its_text),
		cmocka_unit_test(test_a_regulation_counts_the_aids_that_its_text_names),
		cmocka_unit_test(test_both_ends_of_a_stretch_of_days_are_in_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
