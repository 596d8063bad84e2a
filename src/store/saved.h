/*
 * saved.h - the resources a person has put aside for later.
 */
#ifndef STORE_SAVED_H
#define STORE_SAVED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/status.h"

struct db;

CHECKED enum status saved_set(struct db *db, int64_t person_id, int64_t resource_id, bool is_saved,
			      int64_t now);
/* Sets is_saved[i] for each of n resources. */
CHECKED enum status saved_among(struct db *db, int64_t person_id, const int64_t *resource_id,
				size_t n, bool *is_saved);

#endif
