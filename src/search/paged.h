/*
 * paged.h - an array that grows and never moves, for one writer and any number of readers.
 *
 * Items stand on pages; a page, once there, stays where it is until the whole is released. The
 * writer makes room before it tells anyone of a new item; whoever has been told may read it.
 * Items begin as zeroes.
 */
#ifndef SEARCH_PAGED_H
#define SEARCH_PAGED_H

#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>

enum { PAGED_BITS = 13, PAGED_ITEMS = 1 << PAGED_BITS, PAGED_PAGES = 1 << 12 };

struct paged {
	size_t size; /* of an item */
	_Atomic(char *) page[PAGED_PAGES];
};

void paged_init(struct paged *s, size_t size);
void paged_release(struct paged *s);

/* Makes room for the item numbered `i`. Ends the program past PAGED_ITEMS * PAGED_PAGES. */
void *paged_add(struct paged *s, uint32_t i);

/* What the pages take, in bytes. */
size_t paged_memory(const struct paged *s);

static inline void *paged_at(const struct paged *s, uint32_t i)
{
	char *page = atomic_load_explicit(&s->page[i >> PAGED_BITS], memory_order_acquire);

	return page + (i & (PAGED_ITEMS - 1)) * s->size;
}

#endif
