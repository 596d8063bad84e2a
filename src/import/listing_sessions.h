/*
 * listing_sessions.h - the sessions that a record announces or reports, and their
 * cycles: found first, dated afterwards, when the dates of the neighbours are known.
 */
#ifndef IMPORT_LISTING_SESSIONS_H
#define IMPORT_LISTING_SESSIONS_H

#include "base/date.h"
#include "import/listing_body.h"
#include "import/listing_people.h"

struct listing_session {
	const char *title;
	char on[DAY_SIZE]; /* "" while its year is not known */
	int starts, ends;  /* minutes after midnight, -1 when not told */
	int number;        /* in its cycle, 0 when not told */
	bool year_inferred, weekday_is_wrong;
	bool closed; /* told in a closed text only */
	const char *audience;
	struct html objectives, contents;
	int duration_min; /* 0 when not told */
	const char *attended;
	struct listing_people people;
	size_t cycle; /* number in its programme, from 1; or 0 */

	struct french_date date; /* as told */
	int section_year[2];     /* that its section tells */
	size_t n_section_years;
	size_t line;
	bool is_head; /* a line of its own announced it */
	bool is_item; /* in a list: what follows is not under it */
	size_t until; /* the line that begins another section, 0 when none does */
};

struct listing_cycle {
	const char *title;
	int announced; /* 0 when not told */
	int year;      /* 0 when not told */
	bool closed;
	const char *audience;
	const char *restriction; /* a sentence about its session `restricted` */
	int restricted;
	size_t n_sessions;
};

struct listing_programme {
	struct listing_session *session;
	size_t n_sessions, capacity;
	struct listing_cycle *cycle;
	size_t n_cycles, cycle_capacity;
	const char **mention; /* sentences about sessions of others */
	size_t n_mentions, mention_capacity;
};

/* Blocks [from, to), of a text that is closed or not. */
struct listing_part {
	const struct blocks *blocks;
	size_t from, to;
	bool closed;
	bool is_repeat; /* of a part read before: only new sessions count */
};

/* Adds what a part tells. `title` is its record's. */
void sessions_read(struct arena *a, const char *title, const struct listing_part *part,
		   struct spelling *spelling, struct listing_programme *programme);

/* Speakers, objectives, contents, audience: once all sessions of the record are found. */
void sessions_complete(struct arena *a, const char *title, const struct listing_part *part,
		       struct listing_programme *programme);

/* The cycle (from 1) has a session of that number. */
bool cycle_has_number(const struct listing_programme *p, size_t cycle, int number);

/* The session under whose head a block stands; the only one there is; or NULL. */
struct listing_session *session_above(struct listing_programme *programme, size_t line);

/* A date with its year, met in a text: what days without a year are near to. */
struct listing_day {
	int64_t number;
	size_t line;
};

struct listing_days {
	struct listing_day *day;
	size_t n_days, capacity;
};

void days_read(struct arena *a, const char *text, size_t line, struct listing_days *days);

/*
 * Gives the session its day. `own` are the dates of its record, `near` those of the
 * nearest records that have any. False when no year can be found.
 */
bool session_date(struct listing_session *s, const struct listing_days *own,
		  const struct listing_days *near);

#endif
