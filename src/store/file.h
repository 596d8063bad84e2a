/*
 * file.h - documents that are kept here: their contents in the folder "files" of the data folder,
 * by hash; who they are in the database.
 *
 * A file is read by whoever may have one of the links that lead to it. Its number is drawn at
 * random and told to nobody else.
 */
#ifndef STORE_FILE_H
#define STORE_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/status.h"

struct arena;
struct db;
struct reader;

struct file {
	const char *id;     /* 32 hexadecimal digits */
	const char *sha256; /* 64 of them */
	const char *name;   /* "Guide des achats.pdf" */
	const char *media_type;
	int64_t size, made_at;
};

struct file_list {
	struct file *file;
	size_t n_files;
};

bool file_id_is_good(const char *id);

/* What a file is by its first bytes; "application/octet-stream" when they tell nothing. */
const char *file_media_type(const void *bytes, size_t length);

/* True for what browsers show by themselves, and harmlessly: PDF, raster images, sound, video. */
bool file_is_shown(const char *media_type);

/*
 * A name fit for a header and for a disk: without a path, control characters nor marks that
 * systems refuse; "document" when nothing is left.
 */
const char *file_name_clean(struct arena *a, const char *name);

/*
 * Keeps the contents, and adds the row: sets all of *made but its name, which is given. FAILED,
 * logged, when the disk refuses. Contents without a row are harmless: they are there once.
 */
CHECKED enum status file_add(struct db *db, struct arena *a, const char *data, const char *name,
			     const void *bytes, size_t length, int64_t now, struct file *made);

/*
 * NOT_FOUND alike when there is no such file and when this reader may have no link to it.
 * *is_closed tells that not everyone may.
 */
CHECKED enum status file_for_reader(struct db *db, struct arena *a, const struct reader *reader,
				    const char *id, struct file *found, bool *is_closed);

/* By name. */
CHECKED enum status file_all(struct db *db, struct arena *a, struct file_list *list);

/* With the links that lead to it; its contents too, when no other row has them. */
CHECKED enum status file_remove(struct db *db, struct arena *a, const char *data, const char *id);

/* Where its contents are. */
const char *file_path(struct arena *a, const char *data, const struct file *f);

/*
 * Rows to which no link leads, nor one of an earlier state, and their contents when no other row
 * has them. How many.
 */
CHECKED enum status file_prune(struct db *db, struct arena *a, const char *data, int64_t before,
			       int64_t *n);

#endif
