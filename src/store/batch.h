/*
 * batch.h - imports, each remembered so that it can be undone as one.
 */
#ifndef STORE_BATCH_H
#define STORE_BATCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/status.h"

struct arena;
struct db;

struct batch {
	int64_t id;
	const char *format, *name; /* of the file */
	int64_t made_at;
	int64_t undone_at; /* 0 while it stands */
	int64_t n_items;
};

struct batch_list {
	struct batch *batch;
	size_t n_batches;
};

/* One thing that a batch made, or changed. */
struct batch_item {
	const char *kind; /* "resource", "term"… */
	const char *name; /* its slug, or the path of a redirect */
	int64_t object_id;
	int64_t revision;   /* after the import */
	const char *before; /* its interchange object before; NULL when the batch made it */
};

struct batch_item_list {
	struct batch_item *item;
	size_t n_items;
};

CHECKED enum status batch_add(struct db *db, const char *format, const char *name, int64_t now,
			      int64_t *id);
CHECKED enum status batch_by_id(struct db *db, struct arena *a, int64_t id, struct batch *found);
CHECKED enum status batch_all(struct db *db, struct arena *a, struct batch_list *list);
CHECKED enum status batch_remove(struct db *db, int64_t id);
CHECKED enum status batch_mark_undone(struct db *db, int64_t id, int64_t now);

CHECKED enum status batch_add_item(struct db *db, int64_t batch, int64_t position,
				   const struct batch_item *item);

/* Notes the revision that an object has after being touched again. */
CHECKED enum status batch_touch_item(struct db *db, int64_t batch, const char *kind,
				     int64_t object_id, int64_t revision);

/* True when the batch has touched this object already. */
CHECKED enum status batch_has(struct db *db, int64_t batch, const char *kind, int64_t object_id,
			      bool *has);

/* Last first. */
CHECKED enum status batch_items(struct db *db, struct arena *a, int64_t batch,
				struct batch_item_list *list);

/* The revision of an object: NOT_FOUND when it is no more. */
CHECKED enum status batch_revision(struct db *db, const char *kind, int64_t object_id,
				   int64_t *revision);

/* ---- what a source last said of its records --------------------------------- */

struct imported {
	const char *source, *source_id, *kind;
	int64_t object_id;
	const char *digest; /* of what was said */
};

CHECKED enum status imported_find(struct db *db, struct arena *a, const char *source,
				  const char *kind, const char *source_id, struct imported *found);
CHECKED enum status imported_save(struct db *db, const struct imported *i);

/* Forgets where an object came from, so that its source may bring it again. */
CHECKED enum status imported_forget(struct db *db, const char *kind, int64_t object_id);

#endif
