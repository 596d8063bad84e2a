#include "base/date.h"

#include "base/arena.h"

#define NO_BREAK "\u00a0"

static const char *const weekday_name[] = {
	"lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche",
};

static const char *const month_name[] = {
	"janvier", "février", "mars",      "avril",   "mai",      "juin",
	"juillet", "août",    "septembre", "octobre", "novembre", "décembre",
};

static const char *day_words(struct arena *a, int year, int month, int day, bool with_weekday)
{
	return arena_printf(a, "%s%s%d%s %s %d",
			    with_weekday ? weekday_name[weekday_of(year, month, day)] : "",
			    with_weekday ? " " : "", day, day == 1 ? "er" : "",
			    month_name[month - 1], year);
}

const char *day_in_words(struct arena *a, const char *text, bool with_weekday)
{
	int year, month, day;

	if (!day_parse(text, &year, &month, &day))
		return arena_strdup(a, text);
	return day_words(a, year, month, day, with_weekday);
}

const char *month_in_words(struct arena *a, int year, int month)
{
	if (month < 1 || month > 12)
		return arena_printf(a, "%d", year);
	return arena_printf(a, "%s %d", month_name[month - 1], year);
}

const char *date_in_words(struct arena *a, const char *text, enum precision precision)
{
	int year, month, day;

	if (precision == BY_DAY || !day_parse(text, &year, &month, &day))
		return day_in_words(a, text, false);
	return month_in_words(a, year, precision == BY_MONTH ? month : 0);
}

const char *hour_in_words(struct arena *a, int hour, int minute)
{
	if (!minute)
		return arena_printf(a, "%d" NO_BREAK "h", hour);
	return arena_printf(a, "%d" NO_BREAK "h" NO_BREAK "%02d", hour, minute);
}

static const char *civil_day(struct arena *a, const struct civil *c)
{
	return day_words(a, c->year, c->month, c->day, true);
}

static const char *civil_hour(struct arena *a, const struct civil *c)
{
	return hour_in_words(a, c->hour, c->minute);
}

const char *moments_in_words(struct arena *a, int64_t starts, int64_t ends)
{
	struct civil from = civil_in_paris(starts), to = civil_in_paris(ends);
	const char *day = civil_day(a, &from), *hour = civil_hour(a, &from);
	int64_t midnight = next_midnight_in_paris(starts);

	if (!ends || ends <= starts)
		return arena_printf(a, "%s, à %s", day, hour);
	if (ends <= midnight)
		return arena_printf(a, "%s, de %s à %s", day, hour,
				    ends == midnight ? hour_in_words(a, 24, 0)
						     : civil_hour(a, &to));
	return arena_printf(a, "du %s, %s, au %s, %s", day, hour, civil_day(a, &to),
			    civil_hour(a, &to));
}

const char *ordinal_in_words(struct arena *a, int number)
{
	return arena_printf(a, "%d%s", number, number == 1 ? "er" : "e");
}
