/*
 * day.h - days of the Gregorian calendar, as laws count them (CONTRACT, section 6).
 */
#ifndef SIEG_DAY_H
#define SIEG_DAY_H

#include "sieg/value.h"

enum sieg_holidays { SIEG_FRANCE, SIEG_ALSACE_MOSELLE };

struct sieg_civil {
	int year, month, day;
};

/* 0 when there is no such day; years 1 to 9999. */
sieg_day sieg_day_of(int year, int month, int day);
struct sieg_civil sieg_civil_of(sieg_day day);
int sieg_year_of(sieg_day day);

bool sieg_is_leap(int year);
int sieg_days_in_year(int year);
int sieg_days_in_month(int year, int month);

/* The same month and day; 29 February becomes the 28th where it must. */
sieg_day sieg_add_years(sieg_day day, int years);

/* The last day of a month stays one; others are cut to the month's length. May be negative. */
sieg_day sieg_add_months(sieg_day day, int months);

/*
 * The n-th working day after `day`, which is not counted: Monday to Friday without the eleven
 * French public holidays, nor the two of Alsace-Moselle where they apply.
 */
sieg_day sieg_add_working_days(sieg_day day, int n, enum sieg_holidays holidays);

#endif
