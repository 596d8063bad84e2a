/*
 * arena.h - the memory of one calculation: freed all at once.
 *
 * What the calculator returns lives in the arena it was given. Memory comes zeroed. Out of memory
 * ends the program: nothing here returns NULL. Under AddressSanitizer every allocation is a block
 * of its own.
 */
#ifndef SIEG_ARENA_H
#define SIEG_ARENA_H

#include <stdarg.h>
#include <stddef.h>

struct sieg_arena;

struct sieg_arena *sieg_arena_new(void);
void sieg_arena_free(struct sieg_arena *a);

/* Forgets all that was allocated, and keeps a block for the next calculation. */
void sieg_arena_reset(struct sieg_arena *a);

void *sieg_alloc(struct sieg_arena *a, size_t count, size_t size);

#define sieg_make(a, type, count) ((type *)sieg_alloc((a), (count), sizeof(type)))

char *sieg_strndup(struct sieg_arena *a, const char *text, size_t length);

__attribute__((format(printf, 2, 3))) char *sieg_printf(struct sieg_arena *a, const char *format,
							...);
char *sieg_vprintf(struct sieg_arena *a, const char *format, va_list arguments);

/* Room for one more among `n` items: `items`, or a copy of them twice as large. */
void *sieg_grow(struct sieg_arena *a, void *items, size_t n, size_t *capacity, size_t size);

#endif
