/*
 * arena.h - memory with one lifetime: a request's, a command's, a batch's.
 *
 * What is allocated in an arena is never freed alone; it goes when the arena is
 * reset or freed. A parameter named `a` says "the result lives there". Memory
 * comes zeroed. Out of memory ends the program, so nothing here returns NULL.
 *
 * Under AddressSanitizer every allocation is a block of its own, to the byte,
 * so that reading past the end of one is caught.
 */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stddef.h>

#include "base/log.h"

struct arena;

struct arena *arena_new(void);
void arena_free(struct arena *a);

/* Forgets all that was allocated; keeps one block for the next use. */
void arena_reset(struct arena *a);

/* `count` times `size` bytes, zeroed. Ends the program when the product overflows. */
void *arena_alloc(struct arena *a, size_t count, size_t size);

#define arena_make(a, type, count) ((type *)arena_alloc((a), (count), sizeof(type)))

/* Copies of text; arena_strdup(a, NULL) is NULL. */
char *arena_strdup(struct arena *a, const char *text);
char *arena_strndup(struct arena *a, const char *text, size_t length);
char *arena_printf(struct arena *a, const char *format, ...) PRINTF_LIKE(2, 3);

/*
 * Room for one more in an array that grows: returns `items`, or a copy twice as
 * large when `n` fills it. `capacity` starts at 0.
 */
void *arena_grow(struct arena *a, void *items, size_t n, size_t *capacity, size_t size);

#define arena_push(a, items, n, capacity)                                                          \
	((items) = arena_grow((a), (items), (n), &(capacity), sizeof(*(items))), &(items)[(n)++])

#endif
