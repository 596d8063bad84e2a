#include "sieg/day.h"

bool sieg_is_leap(int year)
{
	return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

int sieg_days_in_year(int year)
{
	return sieg_is_leap(year) ? 366 : 365;
}

int sieg_days_in_month(int year, int month)
{
	static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

	return month == 2 && sieg_is_leap(year) ? 29 : days[month - 1];
}

/*
 * Years begin on 1 March here, so that the leap day is the last of its year; a cycle of 400 years
 * has 146,097 days.
 */
static sieg_day count(int year, int month, int day)
{
	int y = month <= 2 ? year - 1 : year;
	int day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;

	return y * 365 + y / 4 - y / 100 + y / 400 + day_of_year - 719468;
}

sieg_day sieg_day_of(int year, int month, int day)
{
	if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 ||
	    day > sieg_days_in_month(year, month))
		return 0;
	return count(year, month, day);
}

struct sieg_civil sieg_civil_of(sieg_day day)
{
	int64_t z = (int64_t)day + 719468;
	int64_t era = z / 146097, of_era = z % 146097;
	int64_t year_of_era = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
	int64_t of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
	int64_t m = (5 * of_year + 2) / 153;
	int month = (int)(m < 10 ? m + 3 : m - 9);

	return (struct sieg_civil){
		.year = (int)(year_of_era + era * 400 + (month <= 2)),
		.month = month,
		.day = (int)(of_year - (153 * m + 2) / 5 + 1),
	};
}

int sieg_year_of(sieg_day day)
{
	return sieg_civil_of(day).year;
}

static int smaller(int a, int b)
{
	return a < b ? a : b;
}

sieg_day sieg_add_years(sieg_day day, int years)
{
	struct sieg_civil c = sieg_civil_of(day);
	int year = c.year + years;

	return count(year, c.month, smaller(c.day, sieg_days_in_month(year, c.month)));
}

sieg_day sieg_add_months(sieg_day day, int months)
{
	struct sieg_civil c = sieg_civil_of(day);
	int all = c.year * 12 + c.month - 1 + months;
	int year = all / 12, month = all % 12 + 1;
	int last = sieg_days_in_month(year, month);
	bool was_last = c.day == sieg_days_in_month(c.year, c.month);

	return count(year, month, was_last ? last : smaller(c.day, last));
}

/* The Gregorian computus, in the form of the anonymous correspondent of Nature (1876). */
static sieg_day easter(int year)
{
	int a = year % 19, b = year / 100, c = year % 100;
	int g = (8 * b + 13) / 25;
	int h = (19 * a + b - b / 4 - g + 15) % 30;
	int l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
	int m = (a + 11 * h + 19 * l) / 433;
	int n = h + l - 7 * m;
	int month = (n + 90) / 25;

	return count(year, month, (n + 33 * month + 19) % 32);
}

static bool is_holiday(sieg_day day, enum sieg_holidays holidays)
{
	static const struct {
		int month, day;
		bool alsace;
	} fixed[] = {
		{ 1, 1, false },   { 5, 1, false },   { 5, 8, false },
		{ 7, 14, false },  { 8, 15, false },  { 11, 1, false },
		{ 11, 11, false }, { 12, 25, false }, { 12, 26, true },
	};
	static const struct {
		int after_easter;
		bool alsace;
	} moving[] = { { 1, false }, { 39, false }, { 50, false }, { -2, true } };
	struct sieg_civil c = sieg_civil_of(day);
	bool alsace = holidays == SIEG_ALSACE_MOSELLE;

	for (size_t i = 0; i < sizeof(fixed) / sizeof(*fixed); i++)
		if (c.month == fixed[i].month && c.day == fixed[i].day &&
		    (alsace || !fixed[i].alsace))
			return true;
	for (size_t i = 0; i < sizeof(moving) / sizeof(*moving); i++)
		if (day == easter(c.year) + moving[i].after_easter && (alsace || !moving[i].alsace))
			return true;
	return false;
}

/* 1 January 1970 was a Thursday: Monday is 0. */
static bool is_weekend(sieg_day day)
{
	return (day + 3) % 7 >= 5;
}

sieg_day sieg_add_working_days(sieg_day day, int n, enum sieg_holidays holidays)
{
	while (n > 0) {
		day++;
		if (!is_weekend(day) && !is_holiday(day, holidays))
			n--;
	}
	return day;
}
