/*
 * redirect.h - addresses of earlier sites, and of pages that moved, that must
 * still lead somewhere.
 */
#ifndef STORE_REDIRECT_H
#define STORE_REDIRECT_H

#include <stddef.h>

#include "base/status.h"

struct arena;
struct db;

struct redirect {
	const char *path;   /* "/node/3610" */
	const char *target; /* a path of this site, or an address */
};

struct redirect_list {
	struct redirect *redirect;
	size_t n_redirects;
};

CHECKED enum status redirect_find(struct db *db, struct arena *a, const char *path,
				  const char **target);
CHECKED enum status redirect_all(struct db *db, struct arena *a, struct redirect_list *list);

/* A path that has a target already gets this one. */
CHECKED enum status redirect_save(struct db *db, const struct redirect *r);

/* A page moved: what led to `from` leads to `to`, and so does `from` itself. */
CHECKED enum status redirect_move(struct db *db, const char *from, const char *to);

CHECKED enum status redirect_remove(struct db *db, const char *path);

#endif
