/*
 * opening.h - the keys that open a closed resource, cycle or session to those who hold one, beside
 * the level it asks for: access/access.h says what a key is.
 */
#ifndef STORE_OPENING_H
#define STORE_OPENING_H

#include <stddef.h>
#include <stdint.h>

#include "base/status.h"
#include "store/link.h"

struct opening_list {
	const char **key;
	size_t n_keys;
};

/* In order. */
CHECKED enum status opening_of(struct db *db, struct arena *a, enum owner owner, int64_t owner_id,
			       struct opening_list *list);

/*
 * Replaces the keys of a thing but for grants, which belong to the requests they answer. INVALID
 * when one of them is not a key.
 */
CHECKED enum status opening_set(struct db *db, enum owner owner, int64_t owner_id,
				const char *const *key, size_t n);
CHECKED enum status opening_add(struct db *db, enum owner owner, int64_t owner_id, const char *key);

/* With the thing itself. */
CHECKED enum status opening_clear(struct db *db, enum owner owner, int64_t owner_id);

/* What the key was made for is no more. */
CHECKED enum status opening_forget(struct db *db, const char *key);

#endif
