/*
 * date.h - days, hours and moments: read from French sentences, kept in a form
 * that sorts, and told again in French words.
 *
 * A day is text, "YYYY-MM-DD", years 1000 to 9999, proleptic Gregorian. A moment
 * is seconds since 1970-01-01T00:00:00Z. Local time is Europe/Paris by the rule
 * of directive 2000/84/EC (summer time from the last Sunday of March to the last
 * Sunday of October, changing at 01:00 UTC), taken for every year since 1996; before
 * that, winter time all year round. No locale and no time zone database is read.
 */
#ifndef BASE_DATE_H
#define BASE_DATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

enum { DAY_SIZE = sizeof("YYYY-MM-DD") };

/* ---- the calendar -------------------------------------------------------- */

/* 0 is Monday. */
int weekday_of(int year, int month, int day);
bool day_exists(int year, int month, int day);

/* "2024-10-03" to its parts; false when it is not written so or does not exist. */
bool day_parse(const char *text, int *year, int *month, int *day);
void day_write(int year, int month, int day, char text[DAY_SIZE]);

/* Days since 1970-01-01, and back. */
int64_t day_number(int year, int month, int day);
void day_from_number(int64_t number, int *year, int *month, int *day);

/*
 * ---- moments ---------------------------------------------------------------
 *
 * A moment outside the years 1000 to 9999 is told as the first or the last second of
 * them.
 */

struct civil {
	int year, month, day; /* 1 to 12, 1 to 31 */
	int hour, minute, second;
	int weekday; /* 0 is Monday */
	int offset;  /* seconds east of UTC: 3600 or 7200 in Paris */
};

struct civil civil_in_paris(int64_t moment);
struct civil civil_in_utc(int64_t moment);

/* A local time that summer time skips is taken an hour later; one that comes twice, the first. */
int64_t moment_in_paris(int year, int month, int day, int hour, int minute);

/* The moment at which the local day after the one of `moment` begins. */
int64_t next_midnight_in_paris(int64_t moment);

/* RFC 3339: "2024-10-03T09:30:00+02:00", "…Z". Strict: no lower case, no fraction. */
bool moment_parse(const char *text, int64_t *moment);
const char *moment_rfc3339_utc(struct arena *a, int64_t moment);   /* "…Z" */
const char *moment_rfc3339_paris(struct arena *a, int64_t moment); /* "…+02:00" */
const char *day_of_moment(struct arena *a, int64_t moment);        /* "YYYY-MM-DD", in Paris */

/* ---- reading French -------------------------------------------------------- */

/*
 * A date met in a sentence: "Jeudi 3 octobre 2024 de 9h30 à 11h30", "9 juin",
 * "Mai 2022", "1er mars", "vendredi 17 novembre, 14 h – 16 h 30".
 */
struct french_date {
	int year;    /* 0 when the text does not say */
	int month;   /* 1 to 12 */
	int day;     /* 0 when only the month is told */
	int weekday; /* 0 is Monday, -1 when the text does not say */
	int starts;  /* minutes after midnight, -1 when the text does not say */
	int ends;    /* the same; up to 24 * 60, and less than `starts` past midnight */
	size_t at;   /* where it stands in the text, in bytes */
	size_t length;
};

/*
 * The first date of `text` at or after byte `from`, which is at most its length. A month
 * alone counts only with a year ("Mai 2022"): "mai" and "mars" alone are words. Years are
 * 1000 to 2999. A day that cannot be (31 avril, a year of three figures) is passed over. A weekday
 * that contradicts a full date is kept as told: weekday_of() tells.
 *
 * A day or two parted by "au", "et", "ou" or a hyphen ("du 3 au 5 octobre 2024", "28
 * septembre et 3 octobre 2024") are as many dates, a call each: the first has the month
 * and the year told with the last. Hours belong to the date they follow, when nothing but
 * "de", "à", "dès", "entre", "à partir de" or a mark or two is between; of several, the
 * first. An hour without its end after "de", or alone before seven o'clock, is how long
 * it takes ("de 2h", "1h30 de débat"), not when.
 */
bool french_date_find(const char *text, size_t from, struct french_date *found);

/*
 * Hours alone, as in "de 14 h à 16 h 30", "dès 18h", "14h-16h": false when there are none
 * at `from` or after. Year, month and day are 0, the weekday -1.
 */
bool french_hours_find(const char *text, size_t from, struct french_date *found);

/*
 * The year nearest to `near` in which day and month fall on `weekday`; `near`
 * itself when no weekday is told and the day exists in it. Looks 14 years either
 * way; of two as near, the earlier. 0 when there is none.
 */
int year_fitting(int day, int month, int weekday, int near);

/* ---- telling in French -------------------------------------------------------- */

enum precision { BY_DAY, BY_MONTH, BY_YEAR };

/* "jeudi 3 octobre 2024", "1er mars 2023" (no weekday), "mai 2022", "2022". */
const char *day_in_words(struct arena *a, const char *day, bool with_weekday);
const char *date_in_words(struct arena *a, const char *day, enum precision precision);
const char *month_in_words(struct arena *a, int year, int month); /* "octobre 2024" */

/* "9 h 30", "14 h", with no-break spaces. */
const char *hour_in_words(struct arena *a, int hour, int minute);

/*
 * "jeudi 3 octobre 2024, de 9 h 30 à 11 h 30"; from one day to another:
 * "du jeudi 3 octobre 2024, 9 h 30, au vendredi 4 octobre 2024, 11 h 30". `ends` 0:
 * "jeudi 3 octobre 2024, à 9 h 30".
 */
const char *moments_in_words(struct arena *a, int64_t starts, int64_t ends);

/* "1er", "2e", "19e". */
const char *ordinal_in_words(struct arena *a, int number);

#endif
