/*
 * pending.h - names that an import met before what they name. In the database rather
 * than in memory, which must not grow with the file.
 */
#ifndef STORE_PENDING_H
#define STORE_PENDING_H

#include <stddef.h>
#include <stdint.h>

#include "base/status.h"

struct arena;
struct db;

struct pending {
	int64_t line;      /* of the file, for errors */
	const char *owner; /* "resource", "session"… */
	int64_t owner_id;
	const char *field; /* "collection", "category", "link"… */
	int position;
	const char *target; /* a slug */
};

struct pending_list {
	struct pending *pending;
	size_t n_pending;
};

CHECKED enum status pending_add(struct db *db, const struct pending *p);

/* Takes out the first `limit`, in the order they came. */
CHECKED enum status pending_take(struct db *db, struct arena *a, int limit,
				 struct pending_list *list);
CHECKED enum status pending_clear(struct db *db);

#endif
