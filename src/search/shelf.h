/*
 * shelf.h - an array that grows and never moves, for one writer and any number of readers.
 *
 * Items stand on pages; a page, once there, stays where it is until the shelf is emptied. The
 * writer makes room before it tells anyone of a new item; whoever has been told may read it.
 * Items begin as zeroes.
 */
#ifndef SEARCH_SHELF_H
#define SEARCH_SHELF_H

#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>

enum { SHELF_PAGE_BITS = 13, SHELF_PAGE = 1 << SHELF_PAGE_BITS, SHELF_PAGES = 1 << 12 };

struct shelf {
	size_t size; /* of an item */
	_Atomic(char *) page[SHELF_PAGES];
};

void shelf_init(struct shelf *s, size_t size);
void shelf_release(struct shelf *s);

/* Makes room for the item numbered `i`. Ends the program past SHELF_PAGE * SHELF_PAGES. */
void *shelf_add(struct shelf *s, uint32_t i);

/* What the pages take, in bytes. */
size_t shelf_memory(const struct shelf *s);

static inline void *shelf_at(const struct shelf *s, uint32_t i)
{
	char *page = atomic_load_explicit(&s->page[i >> SHELF_PAGE_BITS], memory_order_acquire);

	return page + (i & (SHELF_PAGE - 1)) * s->size;
}

#endif
