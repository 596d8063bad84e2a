/*
 * interchange_people.h - what the interchange tells of people: for interchange.c.
 *
 * What is opened to whom, and who attended, is told to editors: nothing is written for others.
 */
#ifndef FEED_INTERCHANGE_PEOPLE_H
#define FEED_INTERCHANGE_PEOPLE_H

#include <jansson.h>
#include <stdint.h>

#include "access/access.h"
#include "base/status.h"
#include "store/link.h"

CHECKED enum status put_memberships(struct db *db, struct arena *a, int64_t organisation_id,
				    json_t *object);

/* The keys of a thing: "function:elected", "group:achats", "session:webinaire-1". */
CHECKED enum status put_open_to(struct db *db, struct arena *a, const struct reader *reader,
				enum owner owner, int64_t owner_id, json_t *object);
CHECKED enum status put_attendance(struct db *db, struct arena *a, const struct reader *reader,
				   int64_t session_id, json_t *object);

#endif
