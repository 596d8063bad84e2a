/*
 * undo.h - taking an import back, whole.
 *
 * What it made goes, what it changed becomes again what it was. Refused when something
 * of it has been changed since, so that nobody's work is lost.
 */
#ifndef IMPORT_UNDO_H
#define IMPORT_UNDO_H

#include <stddef.h>
#include <stdint.h>

#include "base/status.h"

struct arena;
struct db;

struct undo_result {
	int64_t n_removed, n_restored;
	int64_t n_kept;        /* terms and collections that others use by now */
	const char **obstacle; /* why it was refused, a sentence each */
	size_t n_obstacles;
};

/*
 * NOT_FOUND when there is no such batch, CONFLICT when it was undone already, INVALID
 * when there are obstacles: then nothing is changed.
 */
CHECKED enum status undo_batch(struct db *db, struct arena *a, int64_t batch, int64_t now,
			       struct undo_result *result);

#endif
