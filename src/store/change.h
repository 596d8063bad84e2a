/*
 * change.h - the trace that every commit leaves for what is derived from the
 * database: search index and page cache.
 */
#ifndef STORE_CHANGE_H
#define STORE_CHANGE_H

#include <stdint.h>

#include "base/status.h"

struct db;

/* Called by the store for whatever it writes. `kind` is a literal: "resource", "session"… */
CHECKED enum status change_note(struct db *db, const char *kind, int64_t object_id);

/* The number of the last change, 0 when there was none. */
CHECKED enum status change_last(struct db *db, int64_t *number);

/* Forgets all but the last thousands: who is further behind builds anew. */
CHECKED enum status change_prune(struct db *db);

#endif
