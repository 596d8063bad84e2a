/*
 * idmap.h - identifiers to numbers, for one thread.
 */
#ifndef SEARCH_IDMAP_H
#define SEARCH_IDMAP_H

#include <stddef.h>
#include <stdint.h>

struct idmap {
	int64_t *id; /* 0 is free: identifiers are above it */
	int64_t *value;
	size_t n, n_slots;
};

void idmap_release(struct idmap *m);
void idmap_set(struct idmap *m, int64_t id, int64_t value);

/* `otherwise` when it was never set. */
int64_t idmap_get(const struct idmap *m, int64_t id, int64_t otherwise);

#endif
