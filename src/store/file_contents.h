/*
 * file_contents.h - the contents of files on the disk, as a whole: copied elsewhere, and read to
 * see whether they are what they were.
 */
#ifndef STORE_FILE_CONTENTS_H
#define STORE_FILE_CONTENTS_H

#include <stddef.h>

#include "base/status.h"

struct arena;
struct db;

/*
 * Copies the contents of all files of the database from one data folder into another, those that
 * are there already aside. FAILED, logged, at the first that cannot be.
 */
CHECKED enum status file_contents_copy(struct db *db, struct arena *a, const char *from,
				       const char *to);

/* Reads them all, and logs each that is missing or damaged; how many. */
CHECKED enum status file_contents_check(struct db *db, struct arena *a, const char *data,
					size_t *n_bad);

#endif
