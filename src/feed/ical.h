/*
 * ical.h - the agenda as a calendar (RFC 5545): all of it, or one session.
 *
 * Written for a reader; what they may not read is not there. No one who attends is told,
 * and no online address. The same sessions give the same bytes.
 */
#ifndef FEED_ICAL_H
#define FEED_ICAL_H

#include <stdint.h>

#include "access/access.h"
#include "base/out.h"
#include "base/status.h"

struct arena;
struct db;
struct identity;
struct session;

enum { ICAL_PAST_DAYS = 366, ICAL_EVENTS = 2000 };

/* The sessions of the past year, from `now`, and those to come. */
CHECKED enum status ical_agenda(struct db *db, struct arena *a, const struct reader *reader,
				const struct identity *site, int64_t now, struct out *out);

void ical_session(struct arena *a, const struct identity *site, const struct session *s,
		  struct out *out);

#endif
