#include "sieg/arena.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#if defined(__SANITIZE_ADDRESS__)
#define BLOCK 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define BLOCK 1
#endif
#endif
#ifndef BLOCK
#define BLOCK ((size_t)1 << 16)
#endif

struct block {
	struct block *next;
	size_t size, used;
	_Alignas(max_align_t) unsigned char bytes[];
};

struct sieg_arena {
	struct block *block;
};

static void *must(void *memory)
{
	if (!memory)
		abort();
	return memory;
}

struct sieg_arena *sieg_arena_new(void)
{
	return must(calloc(1, sizeof(struct sieg_arena)));
}

static void free_blocks(struct block *b)
{
	while (b) {
		struct block *next = b->next;

		free(b);
		b = next;
	}
}

void sieg_arena_free(struct sieg_arena *a)
{
	if (!a)
		return;
	free_blocks(a->block);
	free(a);
}

void sieg_arena_reset(struct sieg_arena *a)
{
	struct block *kept = a->block;

	if (!kept)
		return;
	free_blocks(kept->next);
	kept->next = NULL;
	kept->used = 0;
}

static struct block *add_block(struct sieg_arena *a, size_t size)
{
	struct block *b = must(malloc(sizeof(*b) + size));

	*b = (struct block){ .next = a->block, .size = size };
	a->block = b;
	return b;
}

void *sieg_alloc(struct sieg_arena *a, size_t count, size_t size)
{
	const size_t align = _Alignof(max_align_t);
	struct block *b = a->block;
	size_t bytes;
	void *found;

	if (__builtin_mul_overflow(count, size, &bytes) || bytes > SIZE_MAX / 2)
		must(NULL);
	if (BLOCK > 1)
		bytes = (bytes + align - 1) / align * align;
	if (!b || b->size - b->used < bytes || BLOCK == 1)
		b = add_block(a, bytes > BLOCK ? bytes : BLOCK > 1 ? BLOCK : bytes);
	found = b->bytes + b->used;
	b->used += bytes;
	return memset(found, 0, bytes);
}

char *sieg_strndup(struct sieg_arena *a, const char *text, size_t length)
{
	char *copy = sieg_alloc(a, length + 1, 1);

	memcpy(copy, text, length);
	return copy;
}

char *sieg_vprintf(struct sieg_arena *a, const char *format, va_list arguments)
{
	va_list again;
	char *text;
	int length;

	va_copy(again, arguments);
	length = vsnprintf(NULL, 0, format, again);
	va_end(again);
	if (length < 0)
		must(NULL);
	text = sieg_alloc(a, (size_t)length + 1, 1);
	vsnprintf(text, (size_t)length + 1, format, arguments);
	return text;
}

char *sieg_printf(struct sieg_arena *a, const char *format, ...)
{
	va_list arguments;
	char *text;

	va_start(arguments, format);
	text = sieg_vprintf(a, format, arguments);
	va_end(arguments);
	return text;
}

void *sieg_grow(struct sieg_arena *a, void *items, size_t n, size_t *capacity, size_t size)
{
	void *larger;

	if (n < *capacity)
		return items;
	*capacity = n ? 2 * n : 8;
	larger = sieg_alloc(a, *capacity, size);
	if (n)
		memcpy(larger, items, n * size);
	return larger;
}
