/*
 * ical_line.h - one content line of iCalendar (RFC 5545, 3.1) at a time: escaped, folded
 * at 75 octets without cutting a character, and ended by CR LF.
 */
#ifndef FEED_ICAL_LINE_H
#define FEED_ICAL_LINE_H

#include "base/out.h"

struct ical_line {
	struct out *out;
	size_t column; /* octets on the present line */
};

/* "SUMMARY" or "DTSTART;TZID=Europe/Paris": a literal. The colon comes with the value. */
struct ical_line ical_begin(struct out *out, const char *name);

/* ";NAME=" and a value in quotes, for texts from anyone (RFC 6868). */
void ical_parameter(struct ical_line *l, const char *name, const char *value);

/* The value: a text, escaped, or what is written as it is, such as a date or an address. */
void ical_text(struct ical_line *l, const char *text);
void ical_raw(struct ical_line *l, const char *value);

void ical_end(struct ical_line *l);

/* Whole lines. Nothing when the value is NULL or empty. */
void ical_put_text(struct out *out, const char *name, const char *text);
void ical_put_raw(struct out *out, const char *name, const char *value);

#endif
