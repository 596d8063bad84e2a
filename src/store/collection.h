/*
 * collection.h - series whose resources may bear a number and an edition.
 */
#ifndef STORE_COLLECTION_H
#define STORE_COLLECTION_H

#include <stddef.h>
#include <stdint.h>

#include "access/access.h"
#include "base/html.h"
#include "base/status.h"

struct arena;
struct db;

struct collection {
	int64_t id;
	const char *slug;
	const char *title;
	struct html description;
	int64_t n_resources; /* that the reader may discover; collection_for_reader() only */
};

struct collection_list {
	struct collection *collection;
	size_t n_collections;
};

CHECKED enum status collection_by_slug(struct db *db, struct arena *a, const char *slug,
				       struct collection *found);
CHECKED enum status collection_by_title(struct db *db, struct arena *a, const char *title,
					struct collection *found);

/* By slug. */
CHECKED enum status collection_all(struct db *db, struct arena *a, struct collection_list *list);

/* Those in which the reader may discover a resource, by title. */
CHECKED enum status collection_for_reader(struct db *db, struct arena *a,
					  const struct reader *reader,
					  struct collection_list *list);

/* Adds when c->id is 0, and sets it; else changes. CONFLICT when the slug is taken. */
CHECKED enum status collection_save(struct db *db, struct collection *c);

CHECKED enum status collection_remove(struct db *db, int64_t id);

#endif
