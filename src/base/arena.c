#include "base/arena.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#if defined(__SANITIZE_ADDRESS__)
#define SANITIZED true
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SANITIZED true
#endif
#endif
#ifndef SANITIZED
#define SANITIZED false
#endif

/* An arena that grows large does so in larger steps, which go back to the system as they are. */
enum { BLOCK_SIZE = 16 * 1024, LARGE_BLOCK = 1024 * 1024, LARGE_FROM = 8 * LARGE_BLOCK };

struct block {
	struct block *next;
	size_t size, used;
	_Alignas(max_align_t) unsigned char space[];
};

struct arena {
	struct block *blocks; /* the one in use first */
	size_t total;         /* bytes of all of them */
};

struct arena *arena_new(void)
{
	struct arena *a = calloc(1, sizeof(*a));

	if (!a)
		die("out of memory");
	return a;
}

static void free_blocks(struct block *b)
{
	while (b) {
		struct block *next = b->next;

		free(b);
		b = next;
	}
}

void arena_free(struct arena *a)
{
	if (!a)
		return;
	free_blocks(a->blocks);
	free(a);
}

void arena_reset(struct arena *a)
{
	struct block *kept = a->blocks;

	if (!kept)
		return;
	if (SANITIZED || kept->size > BLOCK_SIZE) {
		free_blocks(kept);
		a->blocks = NULL;
		a->total = 0;
		return;
	}
	free_blocks(kept->next);
	kept->next = NULL;
	memset(kept->space, 0, kept->used);
	kept->used = 0;
	a->total = kept->size;
}

static size_t round_up(size_t bytes)
{
	size_t unit = _Alignof(max_align_t);

	return (bytes + unit - 1) / unit * unit;
}

static void add_block(struct arena *a, size_t bytes)
{
	size_t step = a->total < LARGE_FROM ? BLOCK_SIZE : LARGE_BLOCK;
	size_t size = SANITIZED || bytes > step ? bytes : step;
	struct block *b = calloc(1, sizeof(*b) + size);

	if (!b)
		die("out of memory");
	b->size = size;
	b->next = a->blocks;
	a->blocks = b;
	a->total += size;
}

void *arena_alloc(struct arena *a, size_t count, size_t size)
{
	size_t bytes;
	void *mem;

	if (__builtin_mul_overflow(count, size, &bytes) || bytes > PTRDIFF_MAX / 2)
		die("cannot allocate %zu times %zu bytes", count, size);
	if (!SANITIZED)
		bytes = round_up(bytes);

	if (!a->blocks || a->blocks->size - a->blocks->used < bytes)
		add_block(a, bytes);
	mem = a->blocks->space + a->blocks->used;
	a->blocks->used += bytes;
	return mem;
}

char *arena_strndup(struct arena *a, const char *text, size_t length)
{
	char *copy = arena_alloc(a, length + 1, 1);

	if (length)
		memcpy(copy, text, length);
	return copy;
}

char *arena_strdup(struct arena *a, const char *text)
{
	return text ? arena_strndup(a, text, strlen(text)) : NULL;
}

char *arena_printf(struct arena *a, const char *format, ...)
{
	va_list args;
	char *text;
	int length;

	va_start(args, format);
	length = vsnprintf(NULL, 0, format, args);
	va_end(args);
	if (length < 0)
		die("cannot format '%s'", format);

	text = arena_alloc(a, (size_t)length + 1, 1);
	va_start(args, format);
	vsnprintf(text, (size_t)length + 1, format, args);
	va_end(args);
	return text;
}

void *arena_grow(struct arena *a, void *items, size_t n, size_t *capacity, size_t size)
{
	void *larger;

	if (n < *capacity)
		return items;
	*capacity = *capacity ? *capacity * 2 : 8;
	larger = arena_alloc(a, *capacity, size);
	if (n)
		memcpy(larger, items, n * size);
	return larger;
}
