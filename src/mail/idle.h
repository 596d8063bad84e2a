/*
 * idle.h - tells the owners of idle accounts that these will end: see store/retention.h.
 */
#ifndef MAIL_IDLE_H
#define MAIL_IDLE_H

#include <stdint.h>

#include "base/status.h"

struct arena;
struct db;

/* Some at a time: to be called as often as retention_apply(). Each is told once. */
CHECKED enum status idle_tell(struct db *db, struct arena *a, const char *public_url, int64_t now);

#endif
