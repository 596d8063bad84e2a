#include "base/date.h"

#include <string.h>

#include "base/date_token.h"

enum {
	UNTOLD = -1,
	LAST_YEAR_READ = 2999, /* "le 9 juin 3500 personnes" tells no year */
	A_LEAP_YEAR = 2000,
};

/* ---- names of days and months ---------------------------------------------- */

struct name {
	const char *word;
	int value;
	enum { WHOLE, SHORT, SHORT_AFTER_A_DAY } as;
};

static const struct name weekday_name[] = {
	{ "lundi", 0, WHOLE },    { "lun", 0, SHORT },      { "mardi", 1, WHOLE },
	{ "mar", 1, SHORT },      { "mercredi", 2, WHOLE }, { "mer", 2, SHORT },
	{ "merc", 2, SHORT },     { "jeudi", 3, WHOLE },    { "jeu", 3, SHORT },
	{ "vendredi", 4, WHOLE }, { "ven", 4, SHORT },      { "vend", 4, SHORT },
	{ "samedi", 5, WHOLE },   { "sam", 5, SHORT },      { "dimanche", 6, WHOLE },
	{ "dim", 6, SHORT },      { NULL, 0, WHOLE },
};

static const struct name month_name[] = {
	{ "janvier", 1, WHOLE },
	{ "janv", 1, SHORT },
	{ "jan", 1, SHORT },
	{ "fevrier", 2, WHOLE },
	{ "fevr", 2, SHORT },
	{ "fev", 2, SHORT },
	{ "mars", 3, WHOLE },
	{ "mar", 3, SHORT_AFTER_A_DAY },
	{ "avril", 4, WHOLE },
	{ "avr", 4, SHORT },
	{ "mai", 5, WHOLE },
	{ "juin", 6, WHOLE },
	{ "juillet", 7, WHOLE },
	{ "juil", 7, SHORT },
	{ "juill", 7, SHORT },
	{ "aout", 8, WHOLE },
	{ "septembre", 9, WHOLE },
	{ "sept", 9, SHORT },
	{ "sep", 9, SHORT_AFTER_A_DAY },
	{ "octobre", 10, WHOLE },
	{ "oct", 10, SHORT },
	{ "novembre", 11, WHOLE },
	{ "nov", 11, SHORT },
	{ "decembre", 12, WHOLE },
	{ "dec", 12, SHORT },
	{ NULL, 0, WHOLE },
};

static const struct name *named(const struct name *name, const struct token *t)
{
	for (; t->kind == WORD && name->word; name++)
		if (!strcmp(name->word, t->word))
			return name;
	return NULL;
}

bool is_month_name(const struct token *t)
{
	return named(month_name, t) != NULL;
}

/* The full stop of a word made short. */
static void take_stop(const char *text, size_t *at, const struct name *name)
{
	if (name->as != WHOLE && text[*at] == '.')
		++*at;
}

/* "Jeudi", "jeu.", "jeudi," and "jeudi le": what stands before the day. */
static bool take_weekday(const char *text, size_t *at, int *weekday)
{
	struct token t = token_at(text, *at);
	const struct name *name = named(weekday_name, &t);

	if (!name)
		return false;
	*weekday = name->value;
	*at = t.end;
	take_stop(text, at, name);
	take_mark(text, at, ',');
	take_word(text, at, "le");
	return true;
}

/* "mai-juin" is no month of one date. */
static bool is_hyphenated(const char *text, size_t at)
{
	struct token t = token_at(text, at);

	if (!is_dash(&t) || !t.close)
		return false;
	t = token_at(text, t.end);
	return t.kind == WORD && t.close;
}

static bool take_month(const char *text, size_t *at, int *month, bool after_a_day)
{
	struct token t = token_at(text, *at);
	const struct name *name = named(month_name, &t);

	if (!name || (name->as == SHORT_AFTER_A_DAY && !after_a_day) || is_hyphenated(text, t.end))
		return false;
	*month = name->value;
	*at = t.end;
	take_stop(text, at, name);
	return true;
}

/* "9", "09", "1er", "premier": whether there is such a day is asked later. */
static bool take_day(const char *text, size_t *at, int *day)
{
	*day = 1;
	if (take_word(text, at, "premier"))
		return true;
	if (!take_number(text, at, 1, 2, day))
		return false;
	if (*day == 1)
		take_word(text, at, "er");
	return true;
}

/* What makes a number of four figures no year: "2024-2025", "2000 €", "2024h". */
static bool is_more_than_a_year(const char *text, size_t at)
{
	struct token t = token_at(text, at), next;

	if (t.kind == WORD)
		return t.close;
	if (is_mark(&t, '%') || is_mark(&t, 0x20ac))
		return true;
	next = token_at(text, t.end);
	return (is_dash(&t) || is_mark(&t, '/')) && t.close && next.close && next.kind == NUMBER &&
	       next.digits == 4;
}

static bool take_year(const char *text, size_t *at, int *year)
{
	size_t end = *at;
	int number;

	if (!take_number(text, &end, 4, 4, &number) || number < 1000 || number > LAST_YEAR_READ ||
	    is_more_than_a_year(text, end))
		return false;
	*year = number;
	*at = end;
	return true;
}

/* ---- dates ------------------------------------------------------------------- */

enum outcome {
	NO_DATE,
	A_DATE,
	NO_SUCH_DAY, /* written as a date, but there is none: to be passed over */
};

static const struct french_date untold = { .weekday = UNTOLD, .starts = UNTOLD, .ends = UNTOLD };

static enum outcome existing(const struct french_date *d)
{
	int year = d->year ? d->year : A_LEAP_YEAR;

	return year <= LAST_YEAR_READ && day_exists(year, d->month, d->day) ? A_DATE : NO_SUCH_DAY;
}

/* "12/05/2022", "12.05.2022", "12-05-2022", "2022-05-12". */
static enum outcome take_numeric(const char *text, size_t *at, struct french_date *d)
{
	struct token t = token_at(text, *at), mark = token_at(text, t.end);
	size_t end = t.end;
	int more;

	if (t.kind != NUMBER || mark.kind != MARK || mark.mark >= 0x80 ||
	    !strchr("/.-", (int)mark.mark))
		return NO_DATE;
	if (t.digits == 4) {
		d->year = t.number;
		if (mark.mark != '-' || !take_piece(text, &end, '-', 2, 2, &d->month) ||
		    !take_piece(text, &end, '-', 2, 2, &d->day))
			return NO_DATE;
	} else {
		d->day = t.number;
		if (t.digits > 2 || !take_piece(text, &end, mark.mark, 1, 2, &d->month) ||
		    !take_piece(text, &end, mark.mark, 4, 4, &d->year))
			return NO_DATE;
	}
	*at = end;
	/* "1.2.2024.5" is a version, and not of a date. */
	if (take_piece(text, &end, mark.mark, 1, 9, &more))
		return NO_DATE;
	return d->year ? existing(d) : NO_SUCH_DAY;
}

/* Between two days of one month: "3 et 4", "3 au 5", "3-5", and the comma of "3, 4 et 5". */
static bool take_and(const char *text, size_t *at, bool *comma)
{
	static const char *const word[] = { "et", "au", "ou" };
	struct token t = token_at(text, *at), next = token_at(text, t.end);

	*comma = is_mark(&t, ',');
	if (!*comma && !is_mark(&t, '&') && !IS_WORD_OF(&t, word) &&
	    !(is_dash(&t) && t.close && next.close))
		return false;
	*at = t.end;
	return true;
}

/* The days that share a month: *first is the first of them, which ends at *first_end. */
static bool take_days(const char *text, size_t *at, int *first, size_t *first_end)
{
	size_t end;
	int last, day, weekday;
	bool comma, last_comma = false;

	if (!take_day(text, at, first))
		return false;
	*first_end = end = *at;
	/* They rise: "l'article 35 et 3 octobre" is no pair of days. */
	for (last = *first; take_and(text, &end, &comma); last = day) {
		take_word(text, &end, "le");
		take_weekday(text, &end, &weekday);
		if (!take_day(text, &end, &day) || day <= last)
			break;
		last_comma = comma;
		*at = end;
	}
	/* "page 3, 5 octobre": a comma alone makes no list. */
	return !last_comma;
}

/* "9 juin 202": a slip, and the day of an unknown year. */
static bool is_a_year_cut_short(const char *text, size_t at)
{
	struct token t = token_at(text, at);

	return t.kind == NUMBER && t.digits == 3 && is_on_one_line(text, at, t.at);
}

/* "3 octobre 2024", "9 juin"; of several days the first, and *at is then its end. */
static enum outcome take_day_and_month(const char *text, size_t *at, struct french_date *d)
{
	size_t end = *at, first_end, last_end;

	if (!take_days(text, &end, &d->day, &first_end))
		return NO_DATE;
	last_end = end;
	if (!take_month(text, &end, &d->month, true))
		return NO_DATE;
	*at = last_end > first_end ? first_end : end;
	if (take_year(text, &end, &d->year) && last_end == first_end)
		*at = end;
	return !d->year && is_a_year_cut_short(text, end) ? NO_SUCH_DAY : existing(d);
}

static enum outcome take_month_and_year(const char *text, size_t *at, struct french_date *d)
{
	size_t end = *at;

	if (!take_month(text, &end, &d->month, false) || !take_year(text, &end, &d->year))
		return NO_DATE;
	*at = end;
	return A_DATE;
}

static enum outcome take_date(const char *text, size_t *at, struct french_date *d)
{
	static enum outcome (*const take[])(const char *, size_t *, struct french_date *) = {
		take_numeric, take_day_and_month, take_month_and_year, /* without a weekday */
	};
	size_t begins = *at, end;
	int weekday = UNTOLD;
	int ways = take_weekday(text, &begins, &weekday) ? 2 : 3;

	for (int i = 0; i < ways; i++) {
		enum outcome outcome;

		end = begins;
		*d = untold;
		d->weekday = weekday;
		outcome = take[i](text, &end, d);
		if (outcome == NO_DATE)
			continue;
		*at = end;
		return outcome;
	}
	return NO_DATE;
}

/* "du 28 décembre au 3 janvier 2025": the year told once, with the last. */
static int year_told_after(const char *text, size_t at, const struct french_date *d)
{
	struct french_date last;
	bool comma;

	if (take_word(text, &at, "jusqu")) {
		take_mark(text, &at, '\'');
		take_mark(text, &at, 0x2019);
	}
	if (!take_and(text, &at, &comma)) {
		struct token t = token_at(text, at);

		if (!is_dash(&t))
			return 0;
		at = t.end;
	}
	take_word(text, &at, "le");
	if (comma || take_date(text, &at, &last) != A_DATE || !last.year || !last.day)
		return 0;
	if (last.month < d->month || (last.month == d->month && last.day <= d->day))
		return last.year - 1;
	return last.year;
}

/* Hours and a year told further on, once the day is known to end at *at. */
static void take_rest(const char *text, size_t *at, struct french_date *d)
{
	int year;

	if (!d->day)
		return;
	take_hours_after_date(text, at, d);
	if (d->year)
		return;
	year = year_told_after(text, *at, d);
	if (day_exists(year, d->month, d->day))
		d->year = year;
}

bool french_date_find(const char *text, size_t from, struct french_date *found)
{
	struct past past = { 0 };
	struct token t = token_from(text, from);

	for (; text[t.at]; t = token_at(text, t.end)) {
		size_t end = t.at;
		enum outcome outcome = NO_DATE;

		if (t.kind == WORD || (t.kind == NUMBER && is_free(&past, &t)))
			outcome = take_date(text, &end, found);
		if (outcome == A_DATE) {
			take_rest(text, &end, found);
			found->at = t.at;
			found->length = end - t.at;
			return true;
		}
		if (outcome == NO_SUCH_DAY)
			t.end = end;
		past_add(&past, &t);
	}
	return false;
}
