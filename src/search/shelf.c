#include "search/shelf.h"

#include <stdlib.h>

#include "base/log.h"

void shelf_init(struct shelf *s, size_t size)
{
	*s = (struct shelf){ .size = size };
}

void shelf_release(struct shelf *s)
{
	for (size_t i = 0; i < SHELF_PAGES; i++)
		free(atomic_load_explicit(&s->page[i], memory_order_relaxed));
}

void *shelf_add(struct shelf *s, uint32_t i)
{
	uint32_t at = i >> SHELF_PAGE_BITS;
	char *page;

	if (at >= SHELF_PAGES)
		die("the search index holds more than it can number");
	if (!atomic_load_explicit(&s->page[at], memory_order_relaxed)) {
		page = calloc(SHELF_PAGE, s->size);
		if (!page)
			die("out of memory");
		atomic_store_explicit(&s->page[at], page, memory_order_release);
	}
	return shelf_at(s, i);
}

size_t shelf_memory(const struct shelf *s)
{
	size_t n = 0;

	while (n < SHELF_PAGES && atomic_load_explicit(&s->page[n], memory_order_relaxed))
		n++;
	return n * SHELF_PAGE * s->size + sizeof(*s);
}
