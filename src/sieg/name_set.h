/*
 * name_set.h - which names were met: ids of a list, keys of an object.
 *
 * A few names are looked through; many are a critical-bit tree (D. J. Bernstein, "Crit-bit
 * trees"), so that no choice of names makes it slow.
 */
#ifndef SIEG_NAME_SET_H
#define SIEG_NAME_SET_H

#include <stdbool.h>
#include <stddef.h>

struct sieg_arena;

#define SIEG_FEW_NAMES 12

struct sieg_name {
	const char *text;
	size_t length;
};

struct sieg_name_set {
	struct sieg_arena *arena;
	struct sieg_name few[SIEG_FEW_NAMES];
	size_t n;
	struct sieg_name_node *root; /* once there are more */
};

void sieg_name_set_init(struct sieg_name_set *set, struct sieg_arena *a);

/* False when it was there. The text is not copied, and holds no NUL. */
bool sieg_name_add(struct sieg_name_set *set, const char *text, size_t length);

bool sieg_name_has(const struct sieg_name_set *set, const char *text, size_t length);

#endif
