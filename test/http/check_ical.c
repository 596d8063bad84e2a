/*
 * check_ical.c - reads a calendar on standard input with libical, another's parser, and
 * tells what it understood: how many events, and when each starts, in UTC.
 *
 *	cc -o check_ical check_ical.c -lical
 *
 * Exit 1 when it finds an error, when a restriction of RFC 5546 is not kept, when an event
 * has no start or no name, or when a start is in a zone that the file does not describe.
 */
#include <libical/ical.h>
#include <stdio.h>
#include <stdlib.h>

static int fail(const char *what, const char *subject)
{
	fprintf(stderr, "not ok - %s: %s\n", what, subject ? subject : "");
	return 1;
}

static char *read_all(FILE *file)
{
	size_t length = 0, capacity = 1 << 16, n;
	char *text = malloc(capacity);

	while (text && (n = fread(text + length, 1, capacity - length - 1, file)) > 0) {
		length += n;
		if (length < capacity - 1)
			continue;
		capacity *= 2;
		text = realloc(text, capacity);
	}
	if (text)
		text[length] = '\0';
	return text;
}

/* libical notes what it could not read as properties of their own. */
static int count_errors(icalcomponent *component)
{
	int n = icalcomponent_count_errors(component);
	icalproperty *p = icalcomponent_get_first_property(component, ICAL_XLICERROR_PROPERTY);

	for (; p; p = icalcomponent_get_next_property(component, ICAL_XLICERROR_PROPERTY))
		fprintf(stderr, "%s\n", icalproperty_as_ical_string(p));
	return n;
}

/* The zone is the file's own: libical's, named alike, is not asked. */
static int check_zone(icalcomponent *calendar, icalproperty *start)
{
	icalparameter *tzid = icalproperty_get_first_parameter(start, ICAL_TZID_PARAMETER);

	if (!tzid)
		return 0;
	if (icalcomponent_get_timezone(calendar, icalparameter_get_tzid(tzid)))
		return 0;
	return fail("no VTIMEZONE", icalparameter_get_tzid(tzid));
}

static struct icaltimetype in_utc(icalcomponent *calendar, icalproperty *start)
{
	icalparameter *tzid = icalproperty_get_first_parameter(start, ICAL_TZID_PARAMETER);
	struct icaltimetype time = icalproperty_get_dtstart(start);
	icaltimezone *zone = NULL;

	if (tzid)
		zone = icalcomponent_get_timezone(calendar, icalparameter_get_tzid(tzid));
	if (zone)
		time = icaltime_convert_to_zone(icaltime_set_timezone(&time, zone),
						icaltimezone_get_utc_timezone());
	return time;
}

static int check_event(icalcomponent *calendar, icalcomponent *event)
{
	icalproperty *start = icalcomponent_get_first_property(event, ICAL_DTSTART_PROPERTY);
	const char *uid = icalcomponent_get_uid(event);

	if (!uid || !icalcomponent_get_summary(event))
		return fail("an event without UID or SUMMARY", uid);
	if (!start || check_zone(calendar, start))
		return fail("an event without a start", uid);
	if (icalcomponent_get_first_property(event, ICAL_ATTENDEE_PROPERTY))
		return fail("someone who attends is told", uid);
	printf("%s %s\n", icaltime_as_ical_string(in_utc(calendar, start)),
	       icalcomponent_get_summary(event));
	return 0;
}

static int check(icalcomponent *calendar)
{
	icalcomponent *event = icalcomponent_get_first_component(calendar, ICAL_VEVENT_COMPONENT);
	int failed = 0;

	for (; event && !failed;
	     event = icalcomponent_get_next_component(calendar, ICAL_VEVENT_COMPONENT))
		failed = check_event(calendar, event);
	if (failed)
		return failed;
	printf("%d events\n", icalcomponent_count_components(calendar, ICAL_VEVENT_COMPONENT));
	/* The check writes its findings into the calendar: it comes last. */
	if (!icalrestriction_check(calendar) || count_errors(calendar))
		return fail("errors", icalcomponent_as_ical_string(calendar));
	return 0;
}

int main(void)
{
	char *text = read_all(stdin);
	icalcomponent *calendar = text ? icalparser_parse_string(text) : NULL;
	int failed;

	if (!calendar || icalcomponent_isa(calendar) != ICAL_VCALENDAR_COMPONENT)
		return fail("this is no calendar", NULL);
	failed = count_errors(calendar) ? fail("errors", "while it was read") : check(calendar);
	icalcomponent_free(calendar);
	free(text);
	return failed;
}
