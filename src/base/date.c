#include "base/date.h"

#include <stdio.h>
#include <string.h>

#include "base/arena.h"

enum {
	FIRST_YEAR = 1000,
	LAST_YEAR = 9999,
	SECONDS_A_DAY = 24 * 60 * 60,
	WINTER_OFFSET = 3600,
	SUMMER_OFFSET = 7200,
	SUMMER_SINCE = 1996, /* until then it ended in September: directive 94/21/EC */
};

/* 1000-01-01T00:00:00 and 9999-12-31T23:59:59, in seconds since 1970. */
static const int64_t first_second = INT64_C(-30610224000), last_second = INT64_C(253402300799);

/* ---- the calendar -------------------------------------------------------- */

/*
 * Years are counted from March, so that the leap day comes last, in cycles of 400
 * years, which are 146097 days. See Howard Hinnant, "chrono-Compatible Low-Level Date
 * Algorithms".
 */
enum { DAYS_A_CYCLE = 146097, DAYS_BEFORE_1970 = 719468 };

static int64_t divide_down(int64_t a, int64_t b)
{
	return a / b - (a % b < 0);
}

int64_t day_number(int year, int month, int day)
{
	int64_t y = (int64_t)year - (month <= 2);
	int64_t cycle = divide_down(y, 400);
	int64_t year_of_cycle = y - cycle * 400;
	int64_t day_of_year = (153 * (((int64_t)month + 9) % 12) + 2) / 5 + day - 1;

	return cycle * DAYS_A_CYCLE + year_of_cycle * 365 + year_of_cycle / 4 -
	       year_of_cycle / 100 + day_of_year - DAYS_BEFORE_1970;
}

void day_from_number(int64_t number, int *year, int *month, int *day)
{
	int64_t days = number + DAYS_BEFORE_1970;
	int64_t cycle = divide_down(days, DAYS_A_CYCLE);
	int64_t of_cycle = days - cycle * DAYS_A_CYCLE;
	int64_t year_of_cycle =
		(of_cycle - of_cycle / 1460 + of_cycle / 36524 - of_cycle / 146096) / 365;
	int64_t of_year =
		of_cycle - (365 * year_of_cycle + year_of_cycle / 4 - year_of_cycle / 100);
	int64_t from_march = (5 * of_year + 2) / 153;

	*day = (int)(of_year - (153 * from_march + 2) / 5 + 1);
	*month = (int)(from_march < 10 ? from_march + 3 : from_march - 9);
	*year = (int)(cycle * 400 + year_of_cycle + (*month <= 2));
}

static int weekday_of_number(int64_t number)
{
	/* 1970-01-01 was a Thursday. */
	return (int)(number + 3 - 7 * divide_down(number + 3, 7));
}

int weekday_of(int year, int month, int day)
{
	return weekday_of_number(day_number(year, month, day));
}

static bool is_leap(int year)
{
	return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

bool day_exists(int year, int month, int day)
{
	static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

	if (year < FIRST_YEAR || year > LAST_YEAR || month < 1 || month > 12 || day < 1)
		return false;
	return day <= days[month - 1] + (month == 2 && is_leap(year));
}

/* `n` figures at `text`, or -1. */
static int figures(const char *text, int n)
{
	int value = 0;

	for (int i = 0; i < n; i++) {
		if (text[i] < '0' || text[i] > '9')
			return -1;
		value = value * 10 + text[i] - '0';
	}
	return value;
}

/* The day that `text` begins with; the lengths are checked by the order of reading. */
static bool read_day(const char *text, int *year, int *month, int *day)
{
	*year = figures(text, 4);
	if (*year < 0 || text[4] != '-')
		return false;
	*month = figures(text + 5, 2);
	if (*month < 0 || text[7] != '-')
		return false;
	*day = figures(text + 8, 2);
	return *day > 0 && day_exists(*year, *month, *day);
}

bool day_parse(const char *text, int *year, int *month, int *day)
{
	return read_day(text, year, month, day) && text[DAY_SIZE - 1] == '\0';
}

void day_write(int year, int month, int day, char text[DAY_SIZE])
{
	const int part[] = { year / 100 % 100, year % 100, month, day };
	char *at = text;

	for (int i = 0; i < 4; i++) {
		if (i > 1)
			*at++ = '-';
		*at++ = (char)('0' + part[i] / 10 % 10);
		*at++ = (char)('0' + part[i] % 10);
	}
	*at = '\0';
}

int year_fitting(int day, int month, int weekday, int near)
{
	for (int apart = 0; apart <= 14; apart++)
		for (int side = -1; side <= 1; side += 2) {
			int year = near + side * apart;

			if (day_exists(year, month, day) &&
			    (weekday < 0 || weekday_of(year, month, day) == weekday))
				return year;
		}
	return 0;
}

/* ---- moments --------------------------------------------------------------- */

static int64_t clamp(int64_t moment)
{
	return moment < first_second ? first_second : moment > last_second ? last_second : moment;
}

static struct civil civil_at(int64_t moment, int offset)
{
	int64_t local = clamp(clamp(moment) + offset);
	int64_t number = divide_down(local, SECONDS_A_DAY);
	int seconds = (int)(local - number * SECONDS_A_DAY);
	struct civil c = { .hour = seconds / 3600,
			   .minute = seconds / 60 % 60,
			   .second = seconds % 60,
			   .weekday = weekday_of_number(number),
			   .offset = offset };

	day_from_number(number, &c.year, &c.month, &c.day);
	return c;
}

/* 01:00 UTC on the last Sunday of a month of 31 days. */
static int64_t change_of(int year, int month)
{
	int64_t last = day_number(year, month, 31);

	return (last - (weekday_of_number(last) + 1) % 7) * SECONDS_A_DAY + 3600;
}

/* Summer time neither begins nor ends near New Year: the year in UTC will do. */
static int paris_offset(int64_t moment)
{
	int year = civil_at(moment, 0).year;

	if (year < SUMMER_SINCE || moment < change_of(year, 3) || moment >= change_of(year, 10))
		return WINTER_OFFSET;
	return SUMMER_OFFSET;
}

struct civil civil_in_paris(int64_t moment)
{
	return civil_at(moment, paris_offset(moment));
}

struct civil civil_in_utc(int64_t moment)
{
	return civil_at(moment, 0);
}

static int64_t moment_in_utc(int year, int month, int day, int hour, int minute)
{
	return day_number(year, month, day) * SECONDS_A_DAY + hour * 3600 + minute * 60;
}

int64_t moment_in_paris(int year, int month, int day, int hour, int minute)
{
	int64_t local = moment_in_utc(year, month, day, hour, minute);

	/* Summer time first: it is the first of two, and fails where an hour is skipped. */
	if (paris_offset(local - SUMMER_OFFSET) == SUMMER_OFFSET)
		return local - SUMMER_OFFSET;
	return local - WINTER_OFFSET;
}

int64_t next_midnight_in_paris(int64_t moment)
{
	struct civil c = civil_in_paris(moment);
	int year, month, day;

	day_from_number(day_number(c.year, c.month, c.day) + 1, &year, &month, &day);
	return moment_in_paris(year, month, day, 0, 0);
}

/* Seconds east of UTC, from "Z", "+02:00" or "-05:30", and nothing after. */
static bool read_offset(const char *text, int *offset)
{
	int hours, minutes;

	*offset = 0;
	if (*text == 'Z')
		return text[1] == '\0';
	if (*text != '+' && *text != '-')
		return false;
	hours = figures(text + 1, 2);
	if (hours < 0 || hours > 23 || text[3] != ':')
		return false;
	minutes = figures(text + 4, 2);
	if (minutes < 0 || minutes > 59 || text[6] != '\0')
		return false;
	*offset = (hours * 3600 + minutes * 60) * (*text == '-' ? -1 : 1);
	return true;
}

/* "09:30:00" to seconds after midnight, or -1. */
static int read_time(const char *text)
{
	int hour, minute, second;

	hour = figures(text, 2);
	if (hour < 0 || hour > 23 || text[2] != ':')
		return -1;
	minute = figures(text + 3, 2);
	if (minute < 0 || minute > 59 || text[5] != ':')
		return -1;
	second = figures(text + 6, 2);
	return second < 0 || second > 59 ? -1 : hour * 3600 + minute * 60 + second;
}

bool moment_parse(const char *text, int64_t *moment)
{
	int year, month, day, seconds, offset;

	if (!read_day(text, &year, &month, &day) || text[10] != 'T')
		return false;
	seconds = read_time(text + strlen("YYYY-MM-DDT"));
	if (seconds < 0 || !read_offset(text + strlen("YYYY-MM-DDTHH:MM:SS"), &offset))
		return false;
	*moment = moment_in_utc(year, month, day, 0, 0) + seconds - offset;
	return true;
}

static char *write_civil(struct arena *a, const struct civil *c, const char *zone)
{
	char day[DAY_SIZE];

	day_write(c->year, c->month, c->day, day);
	return arena_printf(a, "%sT%02d:%02d:%02d%s", day, c->hour, c->minute, c->second, zone);
}

const char *moment_rfc3339_utc(struct arena *a, int64_t moment)
{
	struct civil c = civil_in_utc(moment);

	return write_civil(a, &c, "Z");
}

const char *moment_rfc3339_paris(struct arena *a, int64_t moment)
{
	struct civil c = civil_in_paris(moment);

	return write_civil(a, &c, c.offset == SUMMER_OFFSET ? "+02:00" : "+01:00");
}

const char *day_of_moment(struct arena *a, int64_t moment)
{
	struct civil c = civil_in_paris(moment);
	char day[DAY_SIZE];

	day_write(c.year, c.month, c.day, day);
	return arena_strdup(a, day);
}
