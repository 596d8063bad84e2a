/* Rounding, fractions of any size, and amounts cut into parts by weight. */
#include "kit.h"

#include <string.h>

#include "sieg/calc.h"
#include "sieg/exact.h"
#include "sieg/scalar.h"
#include "sieg/split.h"

#define TEN_24 ((sieg_wide)1000000000000 * 1000000000000)

static struct sieg_rate rate(const char *text)
{
	struct sieg_rate r;

	assert_int_equal(sieg_read_rate(text, strlen(text), &r), SIEG_N_CODES);
	return r;
}

static void test_rounding_is_half_away_from_zero_down_or_up(void **state)
{
	static const struct {
		long numerator;
		unsigned long denominator;
		sieg_cents line, down, up;
	} rows[] = {
		{ 1, 2, 1, 0, 1 },
		{ -1, 2, -1, -1, 0 },
		{ 49, 100, 0, 0, 1 },
		{ -49, 100, 0, -1, 0 },
		{ 3, 2, 2, 1, 2 },
		{ 5, 2, 3, 2, 3 },
		{ -5, 2, -3, -3, -2 },
		{ 7, 1, 7, 7, 7 },
		{ -7, 1, -7, -7, -7 },
		{ 0, 1, 0, 0, 0 },
		{ 1, 3, 0, 0, 1 },
		{ 2, 3, 1, 0, 1 },
		{ 4999999999, 10000000000, 0, 0, 1 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		mpq_t q;

		mpq_init(q);
		mpq_set_si(q, rows[i].numerator, rows[i].denominator);
		assert_int_equal(sieg_round_cents(q, SIEG_LINE), rows[i].line);
		assert_int_equal(sieg_round_cents(q, SIEG_PROFIT_MAX), rows[i].down);
		assert_int_equal(sieg_round_cents(q, SIEG_GGE), rows[i].up);
		assert_int_equal(sieg_divide(rows[i].numerator, (sieg_wide)rows[i].denominator),
				 rows[i].line);
		mpq_clear(q);
	}
}

static void test_an_amount_past_the_largest_result_is_too_much(void **state)
{
	mpq_t q;

	(void)state;
	assert_int_equal(sieg_clamp(SIEG_CENTS_OUT), SIEG_CENTS_OUT);
	assert_int_equal(sieg_clamp(-SIEG_CENTS_OUT), -SIEG_CENTS_OUT);
	assert_int_equal(sieg_clamp((sieg_wide)SIEG_CENTS_OUT + 1), SIEG_TOO_MUCH);
	assert_int_equal(sieg_clamp(-(sieg_wide)SIEG_CENTS_OUT - 1), -SIEG_TOO_MUCH);
	assert_int_equal(sieg_clamp(TEN_24), SIEG_TOO_MUCH);
	mpq_init(q);
	mpz_ui_pow_ui(mpq_numref(q), 10, 60);
	assert_int_equal(sieg_round_cents(q, SIEG_LINE), SIEG_TOO_MUCH);
	mpq_neg(q, q);
	assert_int_equal(sieg_round_cents(q, SIEG_PROFIT_MAX), -SIEG_TOO_MUCH);
	mpq_clear(q);
}

static void test_an_amount_is_multiplied_and_divided_by_rates_of_twelve_decimals(void **state)
{
	(void)state;
	assert_int_equal(sieg_times(1000, rate("0.0005")), 1); /* half a cent */
	assert_int_equal(sieg_times(-1000, rate("0.0005")), -1);
	assert_int_equal(sieg_times(1000, rate("0.000499999999")), 0);
	assert_int_equal(sieg_times(100, rate("1/3")), 33);
	assert_int_equal(sieg_times(200, rate("1/3")), 67);
	assert_int_equal(sieg_times(SIEG_CENTS_IN, rate("100")), SIEG_CENTS_OUT);
	assert_int_equal(sieg_times(SIEG_CENTS_IN, rate("100.000000000001")), SIEG_TOO_MUCH);
	assert_int_equal(sieg_times(SIEG_CENTS_IN, rate("999999999999.999999999999")),
			 SIEG_TOO_MUCH);
	assert_int_equal(sieg_per(1000, rate("3")), 333);
	assert_int_equal(sieg_per(2000, rate("3")), 667);
	assert_int_equal(sieg_per(-2000, rate("3")), -667);
	assert_int_equal(sieg_per(1, rate("0.000000000001")), INT64_C(1000000000000));
	assert_int_equal(sieg_per(SIEG_CENTS_OUT, rate("0.000000000001")), SIEG_TOO_MUCH);
	assert_int_equal(sieg_per(SIEG_CENTS_OUT, rate("999999999999.999999999999")), 1000);
	/* What is too much already, and too large for 128 bits. */
	assert_int_equal(sieg_times(SIEG_TOO_MUCH, rate("999999999999.999999999999")),
			 SIEG_TOO_MUCH);
}

static void test_rates_are_compared_exactly(void **state)
{
	static const struct {
		const char *left, *right;
		int order;
	} rows[] = {
		{ "1/3", "0.333333333333", 1 },
		{ "1/3", "333333333/999999999", 0 },
		{ "0.5", "1/2", 0 },
		{ "-0", "0/7", 0 },
		{ "-1/3", "1/3", -1 },
		{ "999999999999.999999999999", "999999999999.999999999998", 1 },
		{ "-999999999999.999999999999", "-999999999999.999999999998", -1 },
		{ "999999998/999999999", "999999997/999999998", 1 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		assert_int_equal(sieg_rate_compare(rate(rows[i].left), rate(rows[i].right)),
				 rows[i].order);
		assert_int_equal(sieg_rate_compare(rate(rows[i].right), rate(rows[i].left)),
				 -rows[i].order);
	}
}

static void test_a_wide_number_goes_into_gmp_with_its_sign(void **state)
{
	char text[32];
	mpz_t z;

	(void)state;
	mpz_init(z);
	sieg_set_wide(z, -TEN_24 + 7);
	assert_string_equal(mpz_get_str(text, 10, z), "-999999999999999999999993");
	sieg_set_wide(z, TEN_24);
	assert_string_equal(mpz_get_str(text, 10, z), "1000000000000000000000000");
	sieg_set_wide(z, 0);
	assert_int_equal(mpz_sgn(z), 0);
	mpz_clear(z);
}

static void test_fractions_are_written_in_lowest_terms(void **state)
{
	struct kit *kit = *state;
	mpq_t q;

	assert_string_equal(sieg_small_fraction(kit->a, 31, 365), "31/365");
	assert_string_equal(sieg_small_fraction(kit->a, 73, 365), "1/5");
	assert_string_equal(sieg_small_fraction(kit->a, 366, 366), "1");
	assert_string_equal(sieg_small_fraction(kit->a, -50, 100), "-1/2");
	assert_string_equal(sieg_small_fraction(kit->a, 0, 7), "0");
	mpq_init(q);
	sieg_set_rate(q, (struct sieg_rate){ -85, 100 });
	assert_string_equal(sieg_fraction_text(kit->a, q), "-17/20");
	sieg_set_rate(q, (struct sieg_rate){ TEN_24, 1000 });
	assert_string_equal(sieg_fraction_text(kit->a, q), "1000000000000000000000");
	mpq_clear(q);
}

static void test_a_percentage_has_two_decimals_and_no_negative_zero(void **state)
{
	static const struct {
		long numerator;
		unsigned long denominator;
		const char *text;
	} rows[] = {
		{ 1, 3, "0.33" },           { 2, 3, "0.67" },     { -25, 2, "-12.50" },
		{ 1, 200, "0.01" },         { -1, 200, "-0.01" }, { 1, 201, "0.00" },
		{ -1, 201, "0.00" },        { 100, 1, "100.00" }, { 12345, 1000, "12.35" },
		{ -12345, 1000, "-12.35" },
	};
	struct kit *kit = *state;

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		mpq_t q;

		mpq_init(q);
		mpq_set_si(q, rows[i].numerator, rows[i].denominator);
		mpq_canonicalize(q);
		assert_string_equal(sieg_percent_text(kit->a, q), rows[i].text);
		mpq_clear(q);
	}
}

/* ---- split ------------------------------------------------------------------------------------
 */

/* "33 33 34" of an amount by weights as "1 1 1". */
static const char *parts(struct kit *kit, sieg_cents amount, const char *weights)
{
	struct sieg_rate weight[32] = { 0 };
	sieg_cents part[32];
	const char *text = "";
	size_t n = 0, length;

	for (const char *at = weights; *at; at += length + (at[length] == ' ')) {
		length = strcspn(at, " ");
		assert_int_equal(sieg_read_rate(at, length, &weight[n++]), SIEG_N_CODES);
	}
	sieg_split(sieg_split_by_rates(kit->a, weight, n), amount, part);
	for (size_t i = 0; i < n; i++)
		text = sieg_printf(kit->a, "%s%s%lld", text, i ? " " : "", (long long)part[i]);
	return text;
}

static void test_cents_left_go_to_the_largest_fractions_and_ties_to_the_first(void **state)
{
	static const struct {
		sieg_cents amount;
		const char *weights, *parts;
	} rows[] = {
		{ 100, "1 1 1", "34 33 33" },
		{ 101, "1 1 1", "34 34 33" },
		{ -100, "1 1 1", "-34 -33 -33" },
		{ -1, "1 1", "-1 0" },
		{ 1, "1 1 1", "1 0 0" },
		{ 0, "1 2", "0 0" },
		{ 10, "1 2 3", "2 3 5" },
		{ 5, "1 3", "1 4" },
		{ 5, "25 75", "1 4" },
		{ 2, "1 1 1 1", "1 1 0 0" },
		{ 1, "0 0 1", "0 0 1" },
		{ 100, "0 1 0", "0 100 0" },
		{ 7, "5", "7" },
		{ 12114045, "50 30 20", "6057023 3634213 2422809" },
		{ 1000, "1/3 1/3 1/3", "334 333 333" },
		{ 1000, "0.000000000001 0.000000000001", "500 500" },
		{ 1000, "999999999999.999999999999 0.000000000001", "1000 0" },
		{ 1, "1/999999999 1/999999998 1/999999997", "0 0 1" },
		{ 1000, "1/999999999 1/999999998 1/999999997 1/999999989 1/999999937",
		  "200 200 200 200 200" },
		{ 1, "1/999999893 1/999999893 1/999999929 1/999999937", "1 0 0 0" },
		{ 2, "1/999999937 1/999999893 1/999999929 1/999999893 1/999999893", "0 1 0 1 0" },
		/* A remainder of zero gets nothing while others have some. */
		{ 3, "1 1 2 2", "1 0 1 1" },
	};
	struct kit *kit = *state;

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		assert_string_equal(parts(kit, rows[i].amount, rows[i].weights), rows[i].parts);
}

static void test_the_largest_amount_is_split_by_the_largest_weights(void **state)
{
	struct kit *kit = *state;

	assert_string_equal(parts(kit, SIEG_CENTS_OUT,
				  "999999999999.999999999999 999999999999.999999999999"),
			    "500000000000000 500000000000000");
	assert_string_equal(parts(kit, -SIEG_CENTS_OUT,
				  "999999999999.999999999999 1/999999999 1/999999998 1/999999997"),
			    "-1000000000000000 0 0 0");
}

static void test_a_split_made_once_serves_many_amounts(void **state)
{
	static const struct sieg_rate weight[] = { { 1, 3 }, { 2, 7 }, { 5, 999999937 } };
	struct kit *kit = *state;
	struct sieg_split *split = sieg_split_by_rates(kit->a, weight, 3);
	sieg_cents first[3], again[3];

	sieg_split(split, 1000001, first);
	for (sieg_cents amount = -50; amount < 50; amount++)
		sieg_split(split, amount, again);
	sieg_split(split, 1000001, again);
	assert_memory_equal(first, again, sizeof(first));
}

static void test_cents_are_weights_too(void **state)
{
	static const sieg_cents weight[] = { SIEG_CENTS_OUT, 0, SIEG_CENTS_OUT };
	struct kit *kit = *state;
	sieg_cents part[3];

	sieg_split(sieg_split_by_cents(kit->a, weight, 3), 5, part);
	assert_int_equal(part[0], 3);
	assert_int_equal(part[1], 0);
	assert_int_equal(part[2], 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_rounding_is_half_away_from_zero_down_or_up),
		TEST(test_an_amount_past_the_largest_result_is_too_much),
		TEST(test_an_amount_is_multiplied_and_divided_by_rates_of_twelve_decimals),
		TEST(test_rates_are_compared_exactly),
		TEST(test_a_wide_number_goes_into_gmp_with_its_sign),
		TEST(test_fractions_are_written_in_lowest_terms),
		TEST(test_a_percentage_has_two_decimals_and_no_negative_zero),
		TEST(test_cents_left_go_to_the_largest_fractions_and_ties_to_the_first),
		TEST(test_the_largest_amount_is_split_by_the_largest_weights),
		TEST(test_a_split_made_once_serves_many_amounts),
		TEST(test_cents_are_weights_too),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
