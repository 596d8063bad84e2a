#include "base/date.h"

#include <string.h>

#include "base/date_token.h"

enum {
	UNTOLD = -1,
	A_DAY = 24 * 60,
	EARLY = 7 * 60, /* before this, a lone "2h" is how long, not when */
};

struct hour {
	int minutes; /* after midnight */
	bool bare;   /* a number alone, the 9 of "de 9 à 11 h" */
};

static bool is_h(const struct token *t)
{
	static const char *const word[] = { "h", "heure", "heures" };

	return IS_WORD_OF(t, word);
}

/*
 * The "30" of "9h30" and "9 h 30", but not the "16" of "14h 16h" or of "14h 16 mai", nor a
 * number that begins a line. False at "9h75" and "9h5", which are no hours.
 */
static bool take_minutes(const char *text, size_t *at, int *minutes)
{
	struct token t = token_at(text, *at), next = token_at(text, t.end);

	*minutes = 0;
	if (t.kind != NUMBER)
		return true;
	if (!t.close && (t.digits != 2 || !is_on_one_line(text, *at, t.at) || is_h(&next) ||
			 is_month_name(&next)))
		return true;
	if (t.digits != 2 || (next.kind == WORD && next.close))
		return false;
	*minutes = t.number;
	*at = t.end;
	return *minutes < 60;
}

/* The ":30" of "9:30", and the seconds machines add. */
static bool take_colon_minutes(const char *text, size_t *at, int *minutes)
{
	int seconds;

	if (!take_piece(text, at, ':', 2, 2, minutes))
		return false;
	take_piece(text, at, ':', 2, 2, &seconds);
	return *minutes < 60;
}

/* "9h30", "9 h", "9 heures 30", "9:30", "midi", "minuit", or a bare "9". */
static bool take_hour(const char *text, size_t *at, int midnight, struct hour *h)
{
	size_t end = *at;
	struct token t;
	int hours, minutes = 0;

	*h = (struct hour){ .minutes = 12 * 60 };
	if (take_word(text, at, "midi"))
		return true;
	h->minutes = midnight;
	if (take_word(text, at, "minuit"))
		return true;
	if (!take_number(text, &end, 1, 2, &hours))
		return false;
	t = token_at(text, end);
	if (is_h(&t)) {
		end = t.end;
		if (!take_minutes(text, &end, &minutes))
			return false;
	} else {
		h->bare = !take_colon_minutes(text, &end, &minutes);
	}
	h->minutes = hours * 60 + minutes;
	*at = end;
	return h->minutes <= A_DAY;
}

/* ---- what introduces them ---------------------------------------------------- */

/* The word before an hour, and what it asks of what follows. */
enum intro {
	NO_WORD,
	AN_HOUR, /* "à", "dès", "à partir de" */
	A_RANGE, /* "de" */
	BETWEEN, /* "entre": a range with "et" */
};

/* "a" is "à" for who types no accents; in the middle of a sentence it has ("il a 14h"). */
static bool take_accented(const char *text, size_t *at, const char *word, bool strict)
{
	struct token t = token_at(text, *at);

	if (!is_word(&t, word) || (strict && t.end - t.at == strlen(word) && text[t.at] >= 'a'))
		return false;
	*at = t.end;
	return true;
}

static enum intro take_intro(const char *text, size_t *at, bool strict)
{
	if (take_word(text, at, "de"))
		return A_RANGE;
	if (take_word(text, at, "entre"))
		return BETWEEN;
	if (take_accented(text, at, "des", strict))
		return AN_HOUR;
	if (!take_accented(text, at, "a", strict))
		return NO_WORD;
	if (take_word(text, at, "partir"))
		take_word(text, at, "de");
	return AN_HOUR;
}

/* Between the two hours of a range. */
static bool take_to(const char *text, size_t *at, enum intro intro)
{
	struct token t = token_at(text, *at);

	if (is_word(&t, "jusqu")) {
		*at = t.end;
		if (!take_mark(text, at, '\''))
			take_mark(text, at, 0x2019);
		return take_word(text, at, "a");
	}
	if (!is_dash(&t) && !is_mark(&t, '/') && !is_mark(&t, 0x2192) && !is_word(&t, "a") &&
	    !(intro == BETWEEN && is_word(&t, "et")))
		return false;
	*at = t.end;
	return true;
}

static bool take_end(const char *text, size_t *at, enum intro intro, struct hour *ends)
{
	size_t end = *at;

	if (!take_to(text, &end, intro) || !take_hour(text, &end, A_DAY, ends) || ends->bare)
		return false;
	*at = end;
	return true;
}

/* ---- whether they are when, or how long -------------------------------------- */

/* "2h de formation", "35 heures par semaine", "à 2h de Paris". */
static bool measures(const char *text, size_t at)
{
	static const char *const word[] = { "d", "de", "par" };
	struct token t = token_at(text, at);

	return IS_WORD_OF(&t, word);
}

static bool is_span(const char *text, size_t at, const struct hour *from, const struct hour *to)
{
	struct token next = token_at(text, at);

	if (is_word(&next, "par"))
		return false;
	if (from->bare && (to->minutes <= from->minutes || from->minutes < EARLY))
		return false;
	return !measures(text, at) || (from->minutes >= EARLY && !from->bare);
}

static bool is_start(const char *text, size_t at, enum intro intro, const struct hour *from)
{
	if (from->bare || intro > AN_HOUR || measures(text, at))
		return false;
	return intro == AN_HOUR || from->minutes >= EARLY;
}

/* Hours at *at; `alone` when no date introduces them, so that a word or an end must. */
static bool take_hours(const char *text, size_t *at, bool alone, struct french_date *d)
{
	size_t end = *at;
	enum intro intro = take_intro(text, &end, alone);
	struct hour from, to;
	bool span;

	if (!take_hour(text, &end, 0, &from) || from.minutes == A_DAY)
		return false;
	span = take_end(text, &end, intro, &to);
	if (alone && intro == NO_WORD && (!span || from.bare || from.minutes < EARLY))
		return false;
	if (!(span ? is_span(text, end, &from, &to) : is_start(text, end, intro, &from)))
		return false;
	d->starts = from.minutes;
	d->ends = span ? to.minutes : UNTOLD;
	*at = end;
	return true;
}

/* ", ", " : ", " - ", " (": at most a few marks between a date and its hours. */
static bool take_marks(const char *text, size_t *at)
{
	bool bracket = false;

	for (int i = 0; i < 3; i++) {
		struct token t = token_at(text, *at);

		if (!is_dash(&t) &&
		    !(t.kind == MARK && t.mark < 0x80 && strchr(",|:(", (int)t.mark)))
			break;
		bracket = bracket || is_mark(&t, '(');
		*at = t.end;
	}
	return bracket;
}

bool take_hours_after_date(const char *text, size_t *at, struct french_date *d)
{
	size_t end = *at;
	bool bracket = take_marks(text, &end);

	if (!take_hours(text, &end, false, d))
		return false;
	if (bracket)
		take_mark(text, &end, ')');
	*at = end;
	return true;
}

bool french_hours_find(const char *text, size_t from, struct french_date *found)
{
	struct past past = { 0 };
	struct token t = token_from(text, from);

	*found = (struct french_date){ .weekday = UNTOLD, .starts = UNTOLD, .ends = UNTOLD };
	for (; text[t.at]; t = token_at(text, t.end)) {
		size_t end = t.at;

		if ((t.kind == WORD || (t.kind == NUMBER && is_free(&past, &t))) &&
		    take_hours(text, &end, true, found)) {
			found->at = t.at;
			found->length = end - t.at;
			return true;
		}
		past_add(&past, &t);
	}
	return false;
}
