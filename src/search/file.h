/*
 * file.h - a file of numbers and texts that is written and read by this very program: in its own
 * byte order, whole, or not at all.
 *
 * It ends with a checksum of all before it. Writing goes to a file beside it, which takes its place
 * once it is safely on the disk. Reading begins by checking the whole: what is read afterwards is
 * what was written.
 */
#ifndef SEARCH_FILE_H
#define SEARCH_FILE_H

#include <stddef.h>
#include <stdint.h>

#include "base/status.h"

struct arena;
struct file_out;
struct file_in;

/* FAILED, logged, when it cannot be written. */
CHECKED enum status file_create(const char *path, struct file_out **f);
void file_put(struct file_out *f, const void *bytes, size_t length);
void file_put_number(struct file_out *f, int64_t number);
void file_put_text(struct file_out *f, const char *text);

/* Puts it in its place, unless something failed on the way. */
CHECKED enum status file_finish(struct file_out *f);

/* NOT_FOUND when there is none, or it is not whole. */
CHECKED enum status file_open(const char *path, struct file_in **f);
void file_get(struct file_in *f, void *bytes, size_t length);
int64_t file_get_number(struct file_in *f);
const char *file_get_text(struct file_in *f, struct arena *a);
void file_close(struct file_in *f);

#endif
