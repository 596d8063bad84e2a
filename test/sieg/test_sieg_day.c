/* Days, months, years and working days, as laws count them. */
#include "kit.h"

#include <string.h>

static int ymd(sieg_day day)
{
	struct sieg_civil c = sieg_civil_of(day);

	return c.year * 10000 + c.month * 100 + c.day;
}

static void test_a_day_is_counted_from_1970(void **state)
{
	(void)state;
	assert_int_equal(sieg_day_of(1970, 1, 2), 1);
	assert_int_equal(sieg_day_of(1969, 12, 31), -1);
	assert_int_equal(sieg_day_of(2000, 3, 1), 11017);
	assert_int_equal(sieg_day_of(1990, 1, 1), 7305);
	assert_int_equal(sieg_day_of(2100, 12, 31), 47846);
	assert_int_equal(ymd(0), 19700101);
}

/* Each day follows the one before it, and comes back as it went, through four centuries. */
static void test_every_day_is_one_more_than_the_day_before(void **state)
{
	sieg_day expected = sieg_day_of(1969, 12, 31);

	(void)state;
	for (int year = 1970; year < 2370; year++)
		for (int month = 1; month <= 12; month++)
			for (int day = 1; day <= sieg_days_in_month(year, month); day++) {
				expected++;
				if (expected)
					assert_int_equal(sieg_day_of(year, month, day), expected);
				assert_int_equal(ymd(expected), year * 10000 + month * 100 + day);
			}
	assert_int_equal(expected, 146096);
}

static void test_a_century_is_leap_once_in_four(void **state)
{
	(void)state;
	assert_true(sieg_is_leap(2000) && sieg_is_leap(2024) && sieg_is_leap(1600));
	assert_false(sieg_is_leap(2100) || sieg_is_leap(1900) || sieg_is_leap(2023));
	assert_int_equal(sieg_days_in_year(2024), 366);
	assert_int_equal(sieg_days_in_year(2100), 365);
}

static void test_a_day_that_does_not_exist_is_refused(void **state)
{
	static const int wrong[][3] = {
		{ 2023, 2, 29 }, { 2100, 2, 29 }, { 2024, 2, 30 }, { 2024, 4, 31 }, { 2024, 13, 1 },
		{ 2024, 0, 1 },  { 2024, 1, 0 },  { 2024, 1, 32 }, { 0, 1, 1 },     { 10000, 1, 1 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(wrong) / sizeof(*wrong); i++)
		assert_int_equal(sieg_day_of(wrong[i][0], wrong[i][1], wrong[i][2]), 0);
	assert_int_not_equal(sieg_day_of(2024, 2, 29), 0);
}

static void test_29_february_becomes_the_28th_when_years_are_added(void **state)
{
	static const int rows[][3] = {
		{ 20240229, 1, 20250228 },   { 20240229, 4, 20280229 },  { 20960229, 4, 21000228 },
		{ 20230228, 1, 20240228 },   { 20240131, 10, 20340131 }, { 20240229, 0, 20240229 },
		{ 20001231, 100, 21001231 }, { 20240229, -1, 20230228 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		assert_int_equal(ymd(sieg_add_years(kit_day(rows[i][0]), rows[i][1])), rows[i][2]);
}

static void test_the_last_day_of_a_month_stays_the_last_when_months_are_added(void **state)
{
	static const int rows[][3] = {
		{ 20240229, 6, 20240831 },   { 20250228, 6, 20250831 },  { 20250831, 6, 20260228 },
		{ 20240830, 6, 20250228 },   { 20240930, 1, 20241031 },  { 20240131, 1, 20240229 },
		{ 20240115, 12, 20250115 },  { 20251231, 6, 20260630 },  { 20260630, -6, 20251231 },
		{ 20240331, -1, 20240229 },  { 20240330, -1, 20240229 }, { 20240115, -1, 20231215 },
		{ 20240131, -1, 20231231 },  { 20240228, 12, 20250228 }, { 20230228, 12, 20240229 },
		{ 20240115, -13, 20221215 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		assert_int_equal(ymd(sieg_add_months(kit_day(rows[i][0]), rows[i][1])), rows[i][2]);
}

static int working(int from, int n, enum sieg_holidays holidays)
{
	return ymd(sieg_add_working_days(kit_day(from), n, holidays));
}

static void test_a_working_day_is_no_weekend_and_the_first_day_is_not_counted(void **state)
{
	(void)state;
	assert_int_equal(working(20260302, 1, SIEG_FRANCE), 20260303);
	assert_int_equal(working(20260306, 1, SIEG_FRANCE), 20260309); /* a Friday */
	assert_int_equal(working(20260307, 1, SIEG_FRANCE), 20260309); /* a Saturday */
	assert_int_equal(working(20260302, 5, SIEG_FRANCE), 20260309);
	assert_int_equal(working(20260302, 0, SIEG_FRANCE), 20260302);
}

/* Counting from the day before, a holiday on a day of the week is passed over. */
static void test_each_of_the_eleven_holidays_is_passed_over(void **state)
{
	static const int holidays[] = {
		20260101, 20260406, 20260501, 20260508, 20260514, 20260525, 20260714, 20270816,
		20261111, 20261225, 20251101, 20240815, 20241101, 20250421, 20250529, 20250609,
	};

	(void)state;
	for (size_t i = 0; i < sizeof(holidays) / sizeof(*holidays); i++) {
		sieg_day day = kit_day(holidays[i]);
		bool is_weekend = (day + 3) % 7 >= 5;
		sieg_day next = sieg_add_working_days(day - 1, 1, SIEG_FRANCE);

		/* 16 August 2027 is a Monday after the holiday: one works. */
		if (holidays[i] == 20270816)
			assert_int_equal(next, day);
		else if (!is_weekend)
			assert_true(next > day);
	}
}

static void test_alsace_and_moselle_have_two_holidays_more(void **state)
{
	(void)state;
	assert_int_equal(working(20260402, 1, SIEG_FRANCE), 20260403); /* Good Friday */
	assert_int_equal(working(20260402, 1, SIEG_ALSACE_MOSELLE), 20260407);
	assert_int_equal(working(20241225, 1, SIEG_FRANCE), 20241226);
	assert_int_equal(working(20241225, 1, SIEG_ALSACE_MOSELLE), 20241227);
}

/* Another way to Easter than the one that is tested: by golden number and Sunday letter. */
static sieg_day easter_of(int year)
{
	int century = year / 100, golden = year % 19, k = (century - 17) / 25;
	int i = (century - century / 4 - (century - k) / 3 + 19 * golden + 15) % 30;
	int j, l, month;

	i -= (i / 28) * (1 - (i / 28) * (29 / (i + 1)) * ((21 - golden) / 11));
	j = (year + year / 4 + i + 2 - century + century / 4) % 7;
	l = i - j;
	month = 3 + (l + 40) / 44;
	return sieg_day_of(year, month, l + 28 - 31 * (month / 4));
}

static void check_days_around_easter(sieg_day sunday)
{
	assert_int_equal((sunday + 3) % 7, 6);
	assert_true(sieg_add_working_days(sunday, 1, SIEG_FRANCE) >= sunday + 2);
	assert_true(sieg_add_working_days(sunday + 38, 1, SIEG_FRANCE) > sunday + 39);
	assert_true(sieg_add_working_days(sunday + 49, 1, SIEG_FRANCE) > sunday + 50);
	assert_true(sieg_add_working_days(sunday - 3, 1, SIEG_ALSACE_MOSELLE) > sunday + 1);
}

static void test_easter_is_where_published_tables_have_it(void **state)
{
	static const int easter[] = {
		20080323, 20380425, 20000423, 20110424, 19810419, 20490418, 20760419,
		21000328, 20240331, 20250420, 20260405, 20270328, 20300421,
	};

	(void)state;
	for (size_t i = 0; i < sizeof(easter) / sizeof(*easter); i++) {
		sieg_day sunday =
			sieg_day_of(easter[i] / 10000, easter[i] / 100 % 100, easter[i] % 100);

		assert_int_equal(easter_of(easter[i] / 10000), sunday);
		check_days_around_easter(sunday);
	}
}

/* So many days of the week are not worked in a year as the fixed and the moving holidays have. */
static void test_the_days_that_are_worked_in_a_year_are_counted_right_until_2110(void **state)
{
	static const int fixed[][2] = {
		{ 1, 1 },  { 5, 1 },  { 5, 8 },   { 7, 14 },
		{ 8, 15 }, { 11, 1 }, { 11, 11 }, { 12, 25 },
	};
	static const int moving[] = { 1, 39, 50 };

	(void)state;
	for (int year = 1990; year <= 2110; year++) {
		sieg_day first = sieg_day_of(year, 1, 1), last = sieg_day_of(year, 12, 31);
		int n = 0;

		check_days_around_easter(easter_of(year));
		for (sieg_day day = first; day <= last; day++) {
			bool is_worked = (day + 3) % 7 < 5;

			for (size_t i = 0; i < sizeof(fixed) / sizeof(*fixed); i++)
				is_worked &= day != sieg_day_of(year, fixed[i][0], fixed[i][1]);
			for (size_t i = 0; i < sizeof(moving) / sizeof(*moving); i++)
				is_worked &= day != easter_of(year) + moving[i];
			n += is_worked;
			assert_int_equal(sieg_add_working_days(day - 1, 1, SIEG_FRANCE) == day,
					 is_worked);
		}
		assert_true(sieg_add_working_days(first - 1, n, SIEG_FRANCE) <= last);
		assert_true(sieg_add_working_days(first - 1, n + 1, SIEG_FRANCE) > last);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_a_day_is_counted_from_1970),
		cmocka_unit_test(test_every_day_is_one_more_than_the_day_before),
		cmocka_unit_test(test_a_century_is_leap_once_in_four),
		cmocka_unit_test(test_a_day_that_does_not_exist_is_refused),
		cmocka_unit_test(test_29_february_becomes_the_28th_when_years_are_added),
		cmocka_unit_test(test_the_last_day_of_a_month_stays_the_last_when_months_are_added),
		cmocka_unit_test(test_a_working_day_is_no_weekend_and_the_first_day_is_not_counted),
		cmocka_unit_test(test_each_of_the_eleven_holidays_is_passed_over),
		cmocka_unit_test(test_alsace_and_moselle_have_two_holidays_more),
		cmocka_unit_test(test_easter_is_where_published_tables_have_it),
		cmocka_unit_test(
			test_the_days_that_are_worked_in_a_year_are_counted_right_until_2110),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
