/*
 * lost.h - links whose target was lost in an import: neither an address, nor a resource, nor a
 * file. Each is completed, or given up, by itself.
 *
 * Whose revision is raised, and whose earlier state is kept, is the caller's to see to.
 */
#ifndef STORE_LOST_H
#define STORE_LOST_H

#include <stddef.h>
#include <stdint.h>

#include "base/status.h"
#include "store/link.h"

struct lost {
	int64_t id;
	enum owner owner;
	int64_t owner_id;
	const char *slug, *title; /* of the owner */
	const char *role, *label;
};

struct lost_list {
	struct lost *lost;
	size_t n_lost;
};

/* By owner, in the order they have there. */
CHECKED enum status lost_all(struct db *db, struct arena *a, struct lost_list *list);

/* How many there are, and in how many resources, cycles and sessions. */
CHECKED enum status lost_count(struct db *db, int64_t *n_links, int64_t *n_owners);

/* NOT_FOUND too when it was completed meanwhile. */
CHECKED enum status lost_by_id(struct db *db, struct arena *a, int64_t id, struct lost *found);

/* With the address, the resource or the file of `target`: the others are NULL, or 0. */
CHECKED enum status lost_complete(struct db *db, int64_t id, const struct link *target);
CHECKED enum status lost_give_up(struct db *db, int64_t id);

#endif
