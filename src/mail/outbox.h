/*
 * outbox.h - where messages go while no server takes them: files that a mail program opens.
 */
#ifndef MAIL_OUTBOX_H
#define MAIL_OUTBOX_H

#include <stddef.h>
#include <stdint.h>

#include "base/status.h"

struct arena;

/*
 * Writes "FOLDER/2024-10-03-12.eml", that its owner alone may read, whole or not at all; *path
 * is its name. The same message again is the same file. The folder is made when absent. FAILED,
 * logged.
 */
CHECKED enum status outbox_write(struct arena *a, const char *folder, int64_t made_at, int64_t id,
				 const char *message, size_t length, const char **path);

#endif
