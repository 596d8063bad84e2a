/*
 * build.h - the index made from the whole database, and brought up to date with it.
 */
#ifndef SEARCH_BUILD_H
#define SEARCH_BUILD_H

#include <pthread.h>

#include "base/status.h"
#include "search/index.h"

struct db;

/* Reads the whole database as it is at one moment, with a thread for each processor. */
CHECKED enum status index_build(struct db *db, struct index **made);

/*
 * Applies what changed since the index's last version and publishes the next. NOT_FOUND when that
 * is more than it is worth, or is no longer known: build anew.
 */
CHECKED enum status index_follow(struct index *x, struct db *db, pthread_mutex_t *lock);

#endif
