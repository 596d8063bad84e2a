#include "search/intern.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "search/large.h"

/* Slots hold a key's hash, and its number plus one, so that others are told apart at a glance. A
 * table that was outgrown is kept: someone may read it. */
struct intern_table {
	struct intern_table *outgrown;
	uint32_t mask;
	_Atomic uint64_t slot[];
};

enum { FIRST_SLOTS = 1024, POOL = 64 * 1024 };

/* FNV-1a over eight bytes at a time, mixed at the end: keys are short. */
static uint32_t hash_of(const void *bytes, size_t length)
{
	const char *at = bytes;
	uint64_t hash = 0xcbf29ce484222325u ^ length, part;

	for (; length >= 8; at += 8, length -= 8) {
		memcpy(&part, at, 8);
		hash = (hash ^ part) * 0x9e3779b97f4a7c15u;
		hash ^= hash >> 29;
	}
	part = 0;
	memcpy(&part, at, length);
	hash = (hash ^ part) * 0x9e3779b97f4a7c15u;
	return (uint32_t)(hash >> 32 ^ hash >> 13);
}

static struct intern_table *new_table(uint32_t n_slots, struct intern_table *outgrown)
{
	struct intern_table *t = large_alloc(sizeof(*t) + n_slots * sizeof(*t->slot));

	t->mask = n_slots - 1;
	t->outgrown = outgrown;
	return t;
}

static void free_tables(struct intern_table *t)
{
	while (t) {
		struct intern_table *outgrown = t->outgrown;

		free(t);
		t = outgrown;
	}
}

void intern_init(struct intern *in)
{
	paged_init(&in->key, sizeof(struct key));
	atomic_init(&in->table, new_table(FIRST_SLOTS, NULL));
	atomic_init(&in->n_keys, 0);
	in->bytes = arena_new();
	in->pool = NULL;
	in->pool_left = in->n_bytes = 0;
}

void intern_release(struct intern *in)
{
	free_tables(atomic_load_explicit(&in->table, memory_order_relaxed));
	paged_release(&in->key);
	arena_free(in->bytes);
}

uint32_t intern_find(const struct intern *in, const void *bytes, size_t length)
{
	const struct intern_table *t = atomic_load_explicit(&in->table, memory_order_acquire);
	uint32_t hash = hash_of(bytes, length);

	for (uint32_t at = hash & t->mask;; at = (at + 1) & t->mask) {
		uint64_t slot = atomic_load_explicit(&t->slot[at], memory_order_acquire);
		const struct key *k;

		if (!slot)
			return NO_KEY;
		if (slot >> 32 != hash)
			continue;
		k = intern_key(in, (uint32_t)slot - 1);
		if (k->length == length && !memcmp(k->bytes, bytes, length))
			return (uint32_t)slot - 1;
	}
}

static void put(struct intern_table *t, uint32_t hash, uint32_t number)
{
	uint32_t at = hash & t->mask;

	while (atomic_load_explicit(&t->slot[at], memory_order_relaxed))
		at = (at + 1) & t->mask;
	atomic_store_explicit(&t->slot[at], (uint64_t)hash << 32 | (number + 1),
			      memory_order_release);
}

static void grow(struct intern *in)
{
	struct intern_table *t = atomic_load_explicit(&in->table, memory_order_relaxed);
	struct intern_table *larger = new_table(2 * (t->mask + 1), t);
	uint32_t n = atomic_load_explicit(&in->n_keys, memory_order_relaxed);

	for (uint32_t i = 0; i < n; i++)
		put(larger, intern_key(in, i)->hash, i);
	atomic_store_explicit(&in->table, larger, memory_order_release);
}

static const char *keep(struct intern *in, const void *bytes, size_t length)
{
	char *copy;

	if (in->pool_left <= length) {
		in->pool_left = length < POOL ? POOL : length + 1;
		in->pool = arena_alloc(in->bytes, in->pool_left, 1);
		in->n_bytes += in->pool_left;
	}
	copy = memcpy(in->pool, bytes, length);
	copy[length] = '\0';
	in->pool += length + 1;
	in->pool_left -= length + 1;
	return copy;
}

uint32_t intern_add(struct intern *in, const void *bytes, size_t length)
{
	uint32_t number = atomic_load_explicit(&in->n_keys, memory_order_relaxed);
	struct intern_table *t = atomic_load_explicit(&in->table, memory_order_relaxed);
	struct key *k = paged_add(&in->key, number);

	*k = (struct key){ keep(in, bytes, length), (uint32_t)length, hash_of(bytes, length) };
	put(t, k->hash, number);
	atomic_store_explicit(&in->n_keys, number + 1, memory_order_release);
	if (number >= t->mask / 4 * 3)
		grow(in);
	return number;
}

void intern_pack(struct intern *in)
{
	struct intern_table *t = atomic_load_explicit(&in->table, memory_order_relaxed);

	free_tables(t->outgrown);
	t->outgrown = NULL;
}

size_t intern_memory(const struct intern *in)
{
	size_t bytes = paged_memory(&in->key) + in->n_bytes;
	const struct intern_table *t = atomic_load_explicit(&in->table, memory_order_relaxed);

	for (; t; t = t->outgrown)
		bytes += sizeof(*t) + (t->mask + (size_t)1) * sizeof(*t->slot);
	return bytes;
}
