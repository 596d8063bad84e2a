/*
 * intern.h - keys, each kept once and numbered as they come.
 *
 * One writer at a time adds; any number of readers look up meanwhile and never wait.
 */
#ifndef SEARCH_INTERN_H
#define SEARCH_INTERN_H

#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>

#include "search/paged.h"

#define NO_KEY UINT32_MAX

struct key {
	const char *bytes; /* NUL-terminated */
	uint32_t length;
	uint32_t hash;
};

struct intern_table;

struct intern {
	struct paged key;
	_Atomic(struct intern_table *) table;
	_Atomic uint32_t n_keys;
	struct arena *bytes; /* pools of keys, one after the other */
	char *pool;
	size_t pool_left, n_bytes;
};

void intern_init(struct intern *in);
void intern_release(struct intern *in);

/* The number of a key, or NO_KEY. */
uint32_t intern_find(const struct intern *in, const void *bytes, size_t length);

/* The number of a key that intern_find() did not know. */
uint32_t intern_add(struct intern *in, const void *bytes, size_t length);

static inline uint32_t intern_count(const struct intern *in)
{
	return atomic_load_explicit(&in->n_keys, memory_order_acquire);
}

static inline const struct key *intern_key(const struct intern *in, uint32_t number)
{
	return paged_at(&in->key, number);
}

/* Frees what readers might have held on to: there are none. */
void intern_pack(struct intern *in);

size_t intern_memory(const struct intern *in);

#endif
