#include "base/date.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/out.h"

#define LENGTH(array) (sizeof(array) / sizeof(*(array)))
#define NBSP          "\u00a0"

static const char *data_directory;

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

/* ---- the calendar ---------------------------------------------------------- */

static void test_every_day_has_its_number_and_its_place_in_the_week(void **state)
{
	int64_t expected = day_number(1000, 1, 1);
	int weekday = 2; /* 1000-01-01 was a Wednesday */
	int months[] = { 0, 0, 0 };

	(void)state;
	for (int year = 1000; year <= 9999; year++)
		for (int month = 1; month <= 12; month++)
			for (int day = 1; day_exists(year, month, day); day++) {
				int y, m, d;

				assert_int_equal(day_number(year, month, day), expected);
				day_from_number(expected, &y, &m, &d);
				assert_true(y == year && m == month && d == day);
				assert_int_equal(weekday_of(year, month, day), weekday);
				expected++;
				weekday = (weekday + 1) % 7;
				months[day > 28 ? day > 30 ? 2 : 1 : 0]++;
			}
	assert_int_equal(expected, day_number(9999, 12, 31) + 1);
	assert_int_equal(months[2], 9000 * 7);
}

static void test_every_day_is_written_and_read_back(void **state)
{
	char text[DAY_SIZE], expected[32];

	(void)state;
	for (int64_t n = day_number(1000, 1, 1); n <= day_number(9999, 12, 31); n++) {
		int year, month, day, y, m, d;

		day_from_number(n, &year, &month, &day);
		day_write(year, month, day, text);
		assert_true(day_parse(text, &y, &m, &d));
		assert_true(y == year && m == month && d == day);
		if (day != 1)
			continue;
		snprintf(expected, sizeof(expected), "%04d-%02d-%02d", year, month, day);
		assert_string_equal(text, expected);
	}
}

static void test_known_days(void **state)
{
	(void)state;
	assert_int_equal(day_number(1970, 1, 1), 0);
	assert_int_equal(day_number(2000, 3, 1), 11017);
	assert_int_equal(day_number(1969, 12, 31), -1);
	assert_int_equal(weekday_of(1970, 1, 1), 3);
	assert_int_equal(weekday_of(2024, 10, 3), 3);
	assert_int_equal(weekday_of(1789, 7, 14), 1);
}

static void test_days_that_do_not_exist(void **state)
{
	static const int day[][3] = {
		{ 2023, 2, 29 }, { 1900, 2, 29 }, { 2024, 2, 30 }, { 2024, 4, 31 },
		{ 2024, 0, 1 },  { 2024, 13, 1 }, { 2024, 1, 0 },  { 2024, 1, 32 },
		{ 999, 1, 1 },   { 10000, 1, 1 }, { 2024, 1, -1 }, { 2024, -1, 1 },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(day); i++)
		assert_false(day_exists(day[i][0], day[i][1], day[i][2]));
	assert_true(day_exists(2000, 2, 29));
	assert_true(day_exists(1000, 1, 1) && day_exists(9999, 12, 31));
}

static void test_a_day_is_read_strictly(void **state)
{
	static const char *const wrong[] = {
		"",           "2024",        "2024-",       "2024-10",
		"2024-1-03",  "2024-10-3",   "2024-10-03 ", " 2024-10-03",
		"2024/10/03", "24-10-03",    "2024-10-032", "2024-02-30",
		"0999-01-01", "2024-10-03T", "+024-10-03",  "20 4-10-03",
		"2024-1--3",  "2024-00-10",  "2024-10-00",
	};
	int year, month, day;

	(void)state;
	for (size_t i = 0; i < LENGTH(wrong); i++)
		if (day_parse(wrong[i], &year, &month, &day))
			fail_msg("read as a day: '%s'", wrong[i]);
}

static void test_the_year_that_fits_a_weekday(void **state)
{
	static const struct {
		int day, month, weekday, near, expected;
	} c[] = {
		{ 22, 2, 3, 2024, 2024 },  /* jeudi 22 février */
		{ 22, 2, 3, 2023, 2024 },  /* next year is nearer than 2018 */
		{ 17, 11, 4, 2024, 2023 }, /* vendredi 17 novembre */
		{ 9, 6, -1, 2023, 2023 },  { 29, 2, -1, 2024, 2024 },
		{ 29, 2, -1, 2026, 2024 }, /* 2024 and 2028 are as near: the earlier */
		{ 29, 2, -1, 2027, 2028 }, { 29, 2, 3, 2024, 2024 },
		{ 29, 2, 0, 2024, 2016 }, /* Mondays: 2016 and 2044 */
		{ 31, 4, -1, 2024, 0 },    { 0, 5, -1, 2024, 0 },
		{ 29, 2, 4, 2098, 2092 }, /* 2104 is as near; none in 2100 */
		{ 29, 2, 0, 2092, 0 },     /* 2072 and 2112 are too far */ { 1, 1, -1, 500, 0 },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(c); i++) {
		int year = year_fitting(c[i].day, c[i].month, c[i].weekday, c[i].near);

		if (year != c[i].expected)
			fail_msg("%d/%d, weekday %d, near %d: %d", c[i].day, c[i].month,
				 c[i].weekday, c[i].near, year);
	}
}

static void test_the_year_that_fits_is_the_nearest(void **state)
{
	(void)state;
	for (int near = 1990; near < 2060; near++)
		for (int weekday = 0; weekday < 7; weekday++) {
			int year = year_fitting(3, 10, weekday, near);

			assert_int_equal(weekday_of(year, 10, 3), weekday);
			for (int y = near; abs(y - near) < abs(year - near);
			     y = y <= near ? 2 * near - y + 1 : 2 * near - y)
				assert_int_not_equal(weekday_of(y, 10, 3), weekday);
		}
}

/* ---- moments --------------------------------------------------------------- */

/* A moment in UTC, its like in Paris. */
static const struct {
	const char *utc, *paris;
} moment[] = {
	{ "2024-03-31T00:59:59Z", "2024-03-31T01:59:59+01:00" },
	{ "2024-03-31T01:00:00Z", "2024-03-31T03:00:00+02:00" },
	{ "2024-10-27T00:59:59Z", "2024-10-27T02:59:59+02:00" },
	{ "2024-10-27T01:00:00Z", "2024-10-27T02:00:00+01:00" },
	{ "2024-10-03T07:30:00Z", "2024-10-03T09:30:00+02:00" },
	{ "2024-12-31T23:30:00Z", "2025-01-01T00:30:00+01:00" },
	{ "2023-03-26T01:00:00Z", "2023-03-26T03:00:00+02:00" },
	{ "2030-03-31T01:00:00Z", "2030-03-31T03:00:00+02:00" },
	{ "2027-10-31T01:00:00Z", "2027-10-31T02:00:00+01:00" },
	{ "1995-07-01T12:00:00Z", "1995-07-01T13:00:00+01:00" },
	{ "1996-03-31T01:00:00Z", "1996-03-31T03:00:00+02:00" },
	{ "1970-01-01T00:00:00Z", "1970-01-01T01:00:00+01:00" },
	{ "1969-12-31T23:59:59Z", "1970-01-01T00:59:59+01:00" },
	{ "1000-01-01T00:00:00Z", "1000-01-01T01:00:00+01:00" },
};

static void test_moments_in_paris(void **state)
{
	for (size_t i = 0; i < LENGTH(moment); i++) {
		int64_t utc, paris;

		assert_true(moment_parse(moment[i].utc, &utc));
		assert_true(moment_parse(moment[i].paris, &paris));
		assert_int_equal(utc, paris);
		assert_string_equal(moment_rfc3339_utc(*state, utc), moment[i].utc);
		assert_string_equal(moment_rfc3339_paris(*state, utc), moment[i].paris);
		assert_memory_equal(day_of_moment(*state, utc), moment[i].paris, DAY_SIZE - 1);
	}
}

static void test_a_local_time_skipped_or_told_twice(void **state)
{
	int64_t m = moment_in_paris(2024, 3, 31, 2, 30);

	assert_string_equal(moment_rfc3339_paris(*state, m), "2024-03-31T03:30:00+02:00");
	m = moment_in_paris(2024, 10, 27, 2, 30);
	assert_string_equal(moment_rfc3339_paris(*state, m), "2024-10-27T02:30:00+02:00");
	m = moment_in_paris(2024, 10, 27, 3, 0);
	assert_string_equal(moment_rfc3339_paris(*state, m), "2024-10-27T03:00:00+01:00");
}

static void test_every_hour_in_paris_comes_back(void **state)
{
	int64_t first = moment_in_paris(1995, 1, 1, 0, 0), last = moment_in_paris(2040, 1, 1, 0, 0);

	(void)state;
	for (int64_t m = first; m < last; m += 1800) {
		struct civil c = civil_in_paris(m);
		int64_t back = moment_in_paris(c.year, c.month, c.day, c.hour, c.minute);

		/* Of an hour that comes twice, the first. */
		if (back != m) {
			assert_int_equal(back, m - 3600);
			assert_true(c.month == 10 && c.day > 24 && c.hour == 2 && c.weekday == 6);
		}
		assert_int_equal(c.weekday, weekday_of(c.year, c.month, c.day));
	}
}

static void test_the_next_midnight(void **state)
{
	static const char *const c[][2] = {
		{ "2024-10-03T09:30:00+02:00", "2024-10-04T00:00:00+02:00" },
		{ "2024-10-03T00:00:00+02:00", "2024-10-04T00:00:00+02:00" },
		{ "2024-03-31T00:00:00+01:00", "2024-04-01T00:00:00+02:00" },
		{ "2024-10-27T12:00:00+01:00", "2024-10-28T00:00:00+01:00" },
		{ "2024-12-31T23:59:59+01:00", "2025-01-01T00:00:00+01:00" },
	};

	for (size_t i = 0; i < LENGTH(c); i++) {
		int64_t m;

		assert_true(moment_parse(c[i][0], &m));
		m = next_midnight_in_paris(m);
		assert_string_equal(moment_rfc3339_paris(*state, m), c[i][1]);
	}
}

static void test_a_moment_is_read_strictly(void **state)
{
	static const char *const wrong[] = {
		"",
		"2024-10-03",
		"2024-10-03T09:30:00",
		"2024-10-03T09:30Z",
		"2024-10-03t09:30:00Z",
		"2024-10-03T09:30:00z",
		"2024-10-03 09:30:00Z",
		"2024-10-03T09:30:00.5Z",
		"2024-10-03T24:00:00Z",
		"2024-10-03T09:60:00Z",
		"2024-10-03T09:30:60Z",
		"2024-10-03T09:30:00Z ",
		"2024-10-03T09:30:00+2:00",
		"2024-10-03T09:30:00+0200",
		"2024-10-03T09:30:00+02:60",
		"2024-10-03T09:30:00+24:00",
		"2024-10-03T09:30:00+02:00Z",
		"2024-02-30T09:30:00Z",
		"2024-10-03T09:30:00−02:00",
	};
	int64_t m;

	(void)state;
	for (size_t i = 0; i < LENGTH(wrong); i++)
		if (moment_parse(wrong[i], &m))
			fail_msg("read as a moment: '%s'", wrong[i]);
	assert_true(moment_parse("2024-10-03T04:00:00-05:30", &m));
	assert_int_equal(m, moment_in_paris(2024, 10, 3, 11, 30));
}

static void test_a_moment_out_of_bounds_is_told_as_the_nearest(void **state)
{
	assert_string_equal(moment_rfc3339_utc(*state, INT64_MAX), "9999-12-31T23:59:59Z");
	assert_string_equal(moment_rfc3339_paris(*state, INT64_MAX), "9999-12-31T23:59:59+01:00");
	assert_string_equal(moment_rfc3339_utc(*state, INT64_MIN), "1000-01-01T00:00:00Z");
	assert_string_equal(moment_rfc3339_paris(*state, INT64_MIN), "1000-01-01T01:00:00+01:00");
}

/* ---- reading French -------------------------------------------------------- */

static const char *const weekday_name[] = { "mon", "tue", "wed", "thu", "fri", "sat", "sun" };

static void tell_hour(struct out *o, char before, int minutes)
{
	if (minutes >= 0)
		out_printf(o, "%c%02d:%02d", before, minutes / 60, minutes % 60);
}

/* A date found, as test/data/dates.txt writes it. */
static const char *told(struct arena *a, const struct french_date *d)
{
	struct out o;
	const char *text;

	out_init(&o);
	if (d->year)
		out_printf(&o, "%04d-%02d", d->year, d->month);
	else
		out_printf(&o, "\?\?\?\?-%02d", d->month);
	if (d->day)
		out_printf(&o, "-%02d", d->day);
	if (d->weekday >= 0)
		out_printf(&o, " %s", weekday_name[d->weekday]);
	tell_hour(&o, ' ', d->starts);
	tell_hour(&o, '-', d->ends);
	text = arena_strdup(a, out_string(&o));
	out_release(&o);
	return text;
}

static const char *replaced(struct arena *a, const char *text, const char *what, const char *with)
{
	const char *at;

	while ((at = strstr(text, what)))
		text = arena_printf(a, "%.*s%s%s", (int)(at - text), text, with, at + strlen(what));
	return text;
}

static const char *blanks_put(struct arena *a, const char *line)
{
	line = replaced(a, arena_strdup(a, line), "␣", "\u00a0");
	line = replaced(a, line, "⍽", "\u202f");
	return replaced(a, line, "⏎", "\n");
}

struct text_case {
	const char *text;
	size_t line, from; /* the line it stands on; how far it is read */
};

/* Compares the next date of the text with what the table says. */
static void expect(struct arena *a, struct text_case *c, const char *expected)
{
	struct french_date d;
	const char *words = strstr(expected, " ["), *found = "none";
	size_t length = words ? (size_t)(words - expected) : strlen(expected);

	if (french_date_find(c->text, c->from, &d)) {
		found = told(a, &d);
		c->from = d.at + d.length;
		if (words && (strlen(words + 2) - 1 != d.length ||
			      memcmp(words + 2, c->text + d.at, d.length)))
			fail_msg("dates.txt:%zu: read '%.*s'", c->line, (int)d.length,
				 c->text + d.at);
	}
	if (strlen(found) != length || memcmp(found, expected, length))
		fail_msg("dates.txt:%zu: '%s' is read as %s, not %s", c->line, c->text, found,
			 expected);
}

static void expect_no_more(struct arena *a, const struct text_case *c)
{
	struct french_date d;

	if (c->text && french_date_find(c->text, c->from, &d))
		fail_msg("dates.txt:%zu: '%s' has %s too", c->line, c->text, told(a, &d));
}

static void test_dates_are_read_as_the_table_says(void **state)
{
	char line[1024];
	struct text_case c = { 0 };
	size_t n_cases = 0;
	FILE *f = fopen(arena_printf(*state, "%s/dates.txt", data_directory), "r");

	if (!f)
		fail_msg("cannot open '%s/dates.txt'", data_directory);
	for (size_t n = 1; fgets(line, sizeof(line), f); n++) {
		line[strcspn(line, "\n")] = '\0';
		if (*line == '#')
			continue;
		if (!*line) {
			expect_no_more(*state, &c);
			c.text = NULL;
		} else if (!c.text) {
			c = (struct text_case){ blanks_put(*state, line), n, 0 };
			n_cases++;
		} else {
			expect(*state, &c, blanks_put(*state, line));
		}
	}
	expect_no_more(*state, &c);
	fclose(f);
	assert_true(n_cases >= 120);
}

static void test_hours_alone(void **state)
{
	static const char *const c[][2] = {
		{ "de 14 h à 16 h 30", "14:00-16:30 [de 14 h à 16 h 30]" },
		{ "Rendez-vous à 9h30 précises", "09:30 [à 9h30]" },
		{ "Horaires : 14h-16h.", "14:00-16:00 [14h-16h]" },
		{ "14" NBSP "h – 16" NBSP "h" NBSP "30", "14:00-16:30" },
		{ "de 9 heures à 11 heures 30", "09:00-11:30" },
		{ "9:30 - 11:00", "09:30-11:00" },
		{ "entre 12h30 et 14h", "12:30-14:00" },
		{ "à partir de 18h", "18:00" },
		{ "dès 8h", "08:00" },
		{ "À 9H30", "09:30" },
		{ "à midi", "12:00" },
		{ "de minuit à 6h", "00:00-06:00" },
		{ "de 9 à 11h", "09:00-11:00" },
		{ "de 18h à 24h", "18:00-24:00" },
		{ "de 9h30 a 11h30", "09:30-11:30" },
		{ "durée 1h30 ; à 14h", "14:00" },
		{ "Le webinaire d'1h30", "none" },
		{ "durée 1h30", "none" },
		{ "pendant 2h", "none" },
		{ "2h de formation", "none" },
		{ "14h de formation", "none" },
		{ "à 2h de Paris", "none" },
		{ "il y a 2h, il a 14h", "none" },
		{ "de 2h à 3h de travail", "none" },
		{ "de 8 à 10 heures de travail", "none" },
		{ "de 20h à 24h par semaine", "none" },
		{ "passer de 39h à 35h", "none" },
		{ "24h/24", "none" },
		{ "à 9h75, à 25h, à 24h30", "none" },
		{ "9h30", "none" },
		{ "des 35 heures", "none" },
		{ "une réunion de 14h", "none" },
		{ "à 3 heureux élus", "none" },
		{ "n°14h - 16h", "none" },
		{ "1:10:30 - 1:20:00", "none" },
	};

	for (size_t i = 0; i < LENGTH(c); i++) {
		struct french_date d;
		const char *found = "none", *words = strstr(c[i][1], " [");
		size_t length = words ? (size_t)(words - c[i][1]) : strlen(c[i][1]);

		if (french_hours_find(c[i][0], 0, &d)) {
			found = told(*state, &d) + strlen("\?\?\?\?-00 ");
			assert_true(!d.year && !d.month && !d.day && d.weekday == -1);
			if (words)
				assert_memory_equal(words + 2, c[i][0] + d.at, d.length);
		}
		if (strlen(found) != length || memcmp(found, c[i][1], length))
			fail_msg("'%s' is read as %s, not %s", c[i][0], found, c[i][1]);
	}
}

static void test_reading_does_not_begin_inside_a_number_or_a_word(void **state)
{
	struct french_date d;

	(void)state;
	assert_false(french_date_find("32 mai", 1, &d));
	assert_false(french_date_find("lemai 2022", 2, &d));
	assert_true(french_date_find("é3 mai et 4 mai", 1, &d));
	assert_int_equal(d.day, 4);
	assert_false(french_date_find("3 mai", strlen("3 mai"), &d));
}

/* ---- telling in French ----------------------------------------------------- */

static void test_days_in_words(void **state)
{
	assert_string_equal(day_in_words(*state, "2024-10-03", true), "jeudi 3 octobre 2024");
	assert_string_equal(day_in_words(*state, "2023-03-01", false), "1er mars 2023");
	assert_string_equal(day_in_words(*state, "2023-02-31", true), "2023-02-31");
	assert_string_equal(date_in_words(*state, "2022-05-01", BY_DAY), "1er mai 2022");
	assert_string_equal(date_in_words(*state, "2022-05-01", BY_MONTH), "mai 2022");
	assert_string_equal(date_in_words(*state, "2022-05-01", BY_YEAR), "2022");
	assert_string_equal(month_in_words(*state, 2024, 10), "octobre 2024");
	assert_string_equal(month_in_words(*state, 2024, 13), "2024");
}

static void test_hours_in_words(void **state)
{
	assert_string_equal(hour_in_words(*state, 9, 30), "9" NBSP "h" NBSP "30");
	assert_string_equal(hour_in_words(*state, 14, 0), "14" NBSP "h");
	assert_string_equal(hour_in_words(*state, 9, 5), "9" NBSP "h" NBSP "05");
}

static void test_moments_in_words(void **state)
{
	int64_t day[] = { moment_in_paris(2024, 10, 3, 9, 30), moment_in_paris(2024, 10, 3, 11, 30),
			  moment_in_paris(2024, 10, 4, 11, 30),
			  moment_in_paris(2024, 10, 4, 0, 0) };

	assert_string_equal(moments_in_words(*state, day[0], day[1]),
			    "jeudi 3 octobre 2024, de 9" NBSP "h" NBSP "30 à 11" NBSP "h" NBSP
			    "30");
	assert_string_equal(moments_in_words(*state, day[0], day[2]),
			    "du jeudi 3 octobre 2024, 9" NBSP "h" NBSP
			    "30, au vendredi 4 octobre 2024, 11" NBSP "h" NBSP "30");
	assert_string_equal(moments_in_words(*state, day[0], 0),
			    "jeudi 3 octobre 2024, à 9" NBSP "h" NBSP "30");
	assert_string_equal(moments_in_words(*state, day[1], day[0]),
			    "jeudi 3 octobre 2024, à 11" NBSP "h" NBSP "30");
	assert_string_equal(moments_in_words(*state, day[0], day[3]),
			    "jeudi 3 octobre 2024, de 9" NBSP "h" NBSP "30 à 24" NBSP "h");
}

static void test_what_is_told_is_read_again(void **state)
{
	for (int64_t n = day_number(1700, 1, 1); n < day_number(2300, 1, 1); n += 11) {
		int year, month, day;
		struct french_date d;
		int64_t m;

		day_from_number(n, &year, &month, &day);
		m = moment_in_paris(year, month, day, 9, 30);
		assert_true(french_date_find(moments_in_words(*state, m, m + 2 * 3600), 0, &d));
		assert_true(d.year == year && d.month == month && d.day == day);
		assert_int_equal(d.weekday, weekday_of(year, month, day));
		assert_true(d.starts == 9 * 60 + 30 && d.ends == 11 * 60 + 30);
	}
}

static void test_ordinals(void **state)
{
	assert_string_equal(ordinal_in_words(*state, 1), "1er");
	assert_string_equal(ordinal_in_words(*state, 2), "2e");
	assert_string_equal(ordinal_in_words(*state, 19), "19e");
}

#define test(name) cmocka_unit_test_setup_teardown(name, make_arena, free_arena)

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		test(test_every_day_has_its_number_and_its_place_in_the_week),
		test(test_every_day_is_written_and_read_back),
		test(test_known_days),
		test(test_days_that_do_not_exist),
		test(test_a_day_is_read_strictly),
		test(test_the_year_that_fits_a_weekday),
		test(test_the_year_that_fits_is_the_nearest),
		test(test_moments_in_paris),
		test(test_a_local_time_skipped_or_told_twice),
		test(test_every_hour_in_paris_comes_back),
		test(test_the_next_midnight),
		test(test_a_moment_is_read_strictly),
		test(test_a_moment_out_of_bounds_is_told_as_the_nearest),
		test(test_dates_are_read_as_the_table_says),
		test(test_hours_alone),
		test(test_reading_does_not_begin_inside_a_number_or_a_word),
		test(test_days_in_words),
		test(test_hours_in_words),
		test(test_moments_in_words),
		test(test_what_is_told_is_read_again),
		test(test_ordinals),
	};

	data_directory = argc > 1 ? argv[1] : getenv("HALLE_TEST_DATA");
	if (!data_directory)
		data_directory = "test/data";
	return cmocka_run_group_tests(tests, NULL, NULL);
}
