#include "feed/ical.h"

#include <inttypes.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/html.h"
#include "base/richtext.h"
#include "base/text.h"
#include "base/tr.h"
#include "feed/ical_line.h"
#include "feed/identity.h"
#include "feed/uuid.h"
#include "store/row.h"
#include "store/session.h"

enum { DESCRIPTION_MAX = 4000 };

/* The rule of base/date.h: directive 2000/84/EC, taken from 1996 on. */
static const char *const time_zone[] = {
	"BEGIN:VTIMEZONE",
	"TZID:Europe/Paris",
	"BEGIN:DAYLIGHT",
	"DTSTART:19960331T020000",
	"RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
	"TZOFFSETFROM:+0100",
	"TZOFFSETTO:+0200",
	"TZNAME:CEST",
	"END:DAYLIGHT",
	"BEGIN:STANDARD",
	"DTSTART:19961027T030000",
	"RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
	"TZOFFSETFROM:+0200",
	"TZOFFSETTO:+0100",
	"TZNAME:CET",
	"END:STANDARD",
	"END:VTIMEZONE",
};

enum { TIME_ZONE_BEGINS = 1997 };

struct making {
	struct arena *a;
	const struct identity *site;
	struct out *out;
};

static void write_line(struct making *m, const char *line)
{
	out_raw(m->out, line);
	out_raw(m->out, "\r\n");
}

/* ---- times ------------------------------------------------------------------------- */

static const char *digits(struct arena *a, const struct civil *c)
{
	return arena_printf(a, "%04d%02d%02dT%02d%02d%02d", c->year, c->month, c->day, c->hour,
			    c->minute, c->second);
}

static const char *in_utc(struct arena *a, int64_t moment)
{
	struct civil c = civil_in_utc(moment);

	return arena_printf(a, "%sZ", digits(a, &c));
}

/*
 * In local time, so that it stays at its hour whatever the rules become; but in UTC where
 * local time does not tell it: the second of two hours in October.
 */
static void put_moment(struct making *m, const char *name, const char *name_in_zone, int64_t moment)
{
	struct civil c = civil_in_paris(moment);
	int64_t told = moment_in_paris(c.year, c.month, c.day, c.hour, c.minute) + c.second;

	if (c.year >= TIME_ZONE_BEGINS && told == moment)
		ical_put_raw(m->out, name_in_zone, digits(m->a, &c));
	else
		ical_put_raw(m->out, name, in_utc(m->a, moment));
}

static int64_t end_of(const struct session *s)
{
	if (s->ends_at == NO_NUMBER && s->duration_min != NO_NUMBER)
		return s->starts_at + 60 * s->duration_min;
	return s->ends_at;
}

static void put_hours(struct making *m, const struct session *s)
{
	int64_t ends = end_of(s);

	put_moment(m, "DTSTART", "DTSTART;TZID=Europe/Paris", s->starts_at);
	if (ends != NO_NUMBER && ends > s->starts_at)
		put_moment(m, "DTEND", "DTEND;TZID=Europe/Paris", ends);
}

/* A day without hours keeps nobody busy. The end is not counted in. */
static void put_day(struct making *m, const struct session *s)
{
	int year, month, day;

	if (!day_parse(s->on, &year, &month, &day))
		return;
	ical_put_raw(m->out, "DTSTART;VALUE=DATE",
		     arena_printf(m->a, "%04d%02d%02d", year, month, day));
	day_from_number(day_number(year, month, day) + 1, &year, &month, &day);
	if (year <= 9999)
		ical_put_raw(m->out, "DTEND;VALUE=DATE",
			     arena_printf(m->a, "%04d%02d%02d", year, month, day));
	write_line(m, "TRANSP:TRANSPARENT");
}

/* ---- one event --------------------------------------------------------------------- */

static const char *status_of(const struct session *s)
{
	switch (s->status) {
	case PLANNED:
		return "TENTATIVE";
	case CANCELLED:
		return "CANCELLED";
	case CONFIRMED:
	case HELD:
		break;
	}
	return "CONFIRMED";
}

static const char *add_words(struct arena *a, const char *before, const char *label,
			     const char *words)
{
	if (!words || !*words)
		return before;
	return arena_printf(a, "%s%s%s%s", before, *before ? "\n\n" : "", label, words);
}

/* Ends with the address of the page: not every calendar shows URL. */
static const char *description(const struct making *m, const struct session *s, const char *page)
{
	struct arena *a = m->a;
	const char *words = add_words(a, "", "", richtext_to_text(a, s->description));

	words = add_words(a, words, _("Public : "), s->audience);
	words = add_words(a, words, _("Objectifs\n"), richtext_to_text(a, s->objectives));
	words = add_words(a, words, _("Contenu\n"), richtext_to_text(a, s->contents));
	return add_words(a, text_clip(a, words, DESCRIPTION_MAX), "", page);
}

static const char *location(const struct session *s)
{
	if (s->place && *s->place)
		return s->place;
	return s->online_url ? _("En ligne") : NULL;
}

static void put_organizer(struct making *m)
{
	const char *contact = m->site->contact;
	/* RFC 5546, 3.2.1: one ORGANIZER in what is published; any URI may stand there. */
	const char *address = contact && *contact ? arena_printf(m->a, "mailto:%s", contact)
						  : identity_page(m->a, m->site, "/", "");
	struct url url = url_external(m->a, address);
	struct ical_line l;

	if (!url.address)
		return;
	l = ical_begin(m->out, "ORGANIZER");
	ical_parameter(&l, "CN", m->site->publisher);
	ical_raw(&l, url.address);
	ical_end(&l);
}

static void put_event(struct making *m, const struct session *s)
{
	const char *page = identity_page(m->a, m->site, "/agenda/", s->slug);
	const char *changed = in_utc(m->a, s->modified_at);

	write_line(m, "BEGIN:VEVENT");
	ical_put_raw(m->out, "UID", uuid_of(m->a, m->site->id, "session", s->slug));
	ical_put_raw(m->out, "DTSTAMP", changed);
	ical_put_raw(m->out, "LAST-MODIFIED", changed);
	ical_put_raw(m->out, "SEQUENCE", arena_printf(m->a, "%" PRId64, s->sequence));
	if (s->starts_at == NO_NUMBER)
		put_day(m, s);
	else
		put_hours(m, s);
	ical_put_text(m->out, "SUMMARY", s->title);
	ical_put_text(m->out, "DESCRIPTION", description(m, s, page));
	ical_put_text(m->out, "LOCATION", location(s));
	ical_put_raw(m->out, "URL", page);
	ical_put_raw(m->out, "STATUS", status_of(s));
	ical_put_text(m->out, "CATEGORIES", s->cycle_title);
	put_organizer(m);
	write_line(m, "END:VEVENT");
}

/* ---- the calendar ------------------------------------------------------------------ */

static void begin(struct making *m)
{
	write_line(m, "BEGIN:VCALENDAR");
	write_line(m, "VERSION:2.0");
	write_line(m, "PRODID:-//halle//agenda//FR");
	write_line(m, "CALSCALE:GREGORIAN");
	write_line(m, "METHOD:PUBLISH");
}

static void put_time_zone(struct making *m)
{
	for (size_t i = 0; i < sizeof(time_zone) / sizeof(*time_zone); i++)
		write_line(m, time_zone[i]);
}

static void put_names(struct making *m)
{
	const char *name = arena_printf(m->a, _("%s : agenda"), m->site->name);

	ical_put_text(m->out, "NAME", name);
	ical_put_text(m->out, "X-WR-CALNAME", name);
	write_line(m, "X-WR-TIMEZONE:Europe/Paris");
	write_line(m, "REFRESH-INTERVAL;VALUE=DURATION:PT6H");
	write_line(m, "X-PUBLISHED-TTL:PT6H");
}

static const char *a_year_before(struct arena *a, int64_t now)
{
	char *day = arena_make(a, char, DAY_SIZE);
	struct civil c = civil_in_paris(now);

	day_from_number(day_number(c.year, c.month, c.day) - ICAL_PAST_DAYS, &c.year, &c.month,
			&c.day);
	day_write(c.year, c.month, c.day, day);
	return day;
}

enum status ical_agenda(struct db *db, struct arena *a, const struct reader *reader,
			const struct identity *site, int64_t now, struct out *out)
{
	struct making m = { a, site, out };
	struct session_list list;
	enum status status =
		session_coming(db, a, reader, a_year_before(a, now), ICAL_EVENTS, &list);

	if (status != OK)
		return status;
	begin(&m);
	put_names(&m);
	put_time_zone(&m);
	for (size_t i = 0; i < list.n_sessions; i++)
		put_event(&m, &list.session[i]);
	write_line(&m, "END:VCALENDAR");
	return OK;
}

void ical_session(struct arena *a, const struct identity *site, const struct session *s,
		  struct out *out)
{
	struct making m = { a, site, out };

	begin(&m);
	put_time_zone(&m);
	put_event(&m, s);
	write_line(&m, "END:VCALENDAR");
}
