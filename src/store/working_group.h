/*
 * working_group.h - people who work together: what is opened by the key of a group is its own.
 */
#ifndef STORE_WORKING_GROUP_H
#define STORE_WORKING_GROUP_H

#include <stddef.h>
#include <stdint.h>

#include "base/html.h"
#include "base/status.h"

struct arena;
struct db;

struct working_group {
	int64_t id;
	const char *slug;
	const char *name;
	struct html description;
	int64_t coordinator_id; /* 0 when there is none */
	int64_t revision;

	/* Read only. */
	const char *coordinator; /* slug of the person, or NULL */
	const char *given_name, *family_name, *email;
	int64_t n_members;
};

struct working_group_list {
	struct working_group *group;
	size_t n_groups;
};

/* By name. */
CHECKED enum status working_group_all(struct db *db, struct arena *a,
				      struct working_group_list *list);
CHECKED enum status working_group_of_person(struct db *db, struct arena *a, int64_t person_id,
					    struct working_group_list *list);
CHECKED enum status working_group_by_slug(struct db *db, struct arena *a, const char *slug,
					  struct working_group *found);
CHECKED enum status working_group_by_id(struct db *db, struct arena *a, int64_t id,
					struct working_group *found);

/* Adds when g->id is 0, and sets it; else changes. CONFLICT when the slug is taken. */
CHECKED enum status working_group_save(struct db *db, struct working_group *g);

/* What it alone opened is opened by nobody any more. */
CHECKED enum status working_group_remove(struct db *db, struct arena *a, int64_t id);

/* Who is in it: person_of_group(). */
CHECKED enum status working_group_set_coordinator(struct db *db, int64_t id, int64_t person_id);
CHECKED enum status working_group_clear(struct db *db, int64_t id); /* of its members */
CHECKED enum status working_group_join(struct db *db, int64_t id, int64_t person_id);
CHECKED enum status working_group_leave(struct db *db, int64_t id, int64_t person_id);

#endif
