/*
 * membership.h - when an organisation belongs to the network: its dues of a year make one,
 * honorary and associate memberships are others. Days are "YYYY-MM-DD", both counted.
 */
#ifndef STORE_MEMBERSHIP_H
#define STORE_MEMBERSHIP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/status.h"

struct arena;
struct db;

struct membership {
	int64_t id, organisation_id;
	const char *kind; /* "full", "associate", "honorary" */
	const char *from_on;
	const char *to_on; /* NULL while no end is known */
};

struct membership_list {
	struct membership *membership;
	size_t n_memberships;
};

bool membership_kind_is_known(const char *kind);

/* A day is given as text, so that both may be compared as text. NULL is no end. */
bool days_are_in_order(const char *from_on, const char *to_on);

/* The latest first. */
CHECKED enum status membership_of(struct db *db, struct arena *a, int64_t organisation_id,
				  struct membership_list *list);

/* Adds when m->id is 0, and sets it; else changes. INVALID when it ends before it begins. */
CHECKED enum status membership_save(struct db *db, struct membership *m);
CHECKED enum status membership_remove(struct db *db, int64_t organisation_id, int64_t id);
CHECKED enum status membership_clear(struct db *db, int64_t organisation_id);

/* Whether one of them holds on that day. */
CHECKED enum status membership_is_current(struct db *db, int64_t organisation_id, const char *day,
					  bool *is_current);

/* The organisations of which one holds on that day, by number. */
CHECKED enum status membership_current(struct db *db, struct arena *a, const char *day,
				       int64_t **organisation_id, size_t *n);

/* The same as a condition: `table` has an organisation_id, `day` is a parameter. */
#define MEMBERSHIP_SQL(table, day)                                                                 \
	"EXISTS (SELECT 1 FROM membership m WHERE m.organisation_id = " table ".organisation_id"   \
	" AND m.from_on <= " day " AND (m.to_on IS NULL OR m.to_on >= " day "))"

#endif
