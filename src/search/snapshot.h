/*
 * snapshot.h - the index in a file, so that a restart does not read every text again.
 *
 * It is believed when it is whole, was made by this very program and analyser, and from this very
 * database: a seal, drawn at random, is left among the changes of the database and in the file.
 * What has changed since is then followed. In doubt, NOT_FOUND: the index is built anew.
 */
#ifndef SEARCH_SNAPSHOT_H
#define SEARCH_SNAPSHOT_H

#include "base/status.h"
#include "search/index.h"

struct db;

/* No one else may write to the index meanwhile, and without packed lists no one may read. */
CHECKED enum status snapshot_save(struct index *x, struct db *db, const char *path);

CHECKED enum status snapshot_load(struct db *db, const char *path, struct index **loaded);

#endif
