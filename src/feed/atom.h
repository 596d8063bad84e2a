/*
 * atom.h - the latest resources as a feed (RFC 4287).
 *
 * Written for a reader. An entry holds the public summary only; a resource that this reader
 * may not open says so.
 */
#ifndef FEED_ATOM_H
#define FEED_ATOM_H

#include "access/access.h"
#include "base/out.h"
#include "base/status.h"

struct arena;
struct db;
struct identity;

enum { ATOM_ENTRIES = 30 };

CHECKED enum status atom_resources(struct db *db, struct arena *a, const struct reader *reader,
				   const struct identity *site, struct out *out);

#endif
