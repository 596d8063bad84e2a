/*
 * change.h - the trace that every commit leaves for what is derived from the
 * database: search index and page cache.
 */
#ifndef STORE_CHANGE_H
#define STORE_CHANGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/status.h"

struct arena;
struct db;

struct change {
	int64_t id;
	const char *kind;
	int64_t object_id;
};

struct change_list {
	struct change *change;
	size_t n_changes;
};

/* Called by the store for whatever it writes. `kind` is a literal: "resource", "session"… */
CHECKED enum status change_note(struct db *db, const char *kind, int64_t object_id);

/* The number of the last change, 0 when there was none. */
CHECKED enum status change_last(struct db *db, int64_t *number);

/* Those after a number, in order. NOT_FOUND when some of them were forgotten. */
CHECKED enum status change_since(struct db *db, struct arena *a, int64_t after,
				 struct change_list *list);

/* Whether the change of that number is this one. */
CHECKED enum status change_is(struct db *db, int64_t id, const char *kind, int64_t object_id,
			      bool *is);

/* Forgets all but the last thousands: who is further behind builds anew. */
CHECKED enum status change_prune(struct db *db);

#endif
