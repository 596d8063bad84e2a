#include "search/paged.h"

#include <stdlib.h>

#include "base/log.h"

void paged_init(struct paged *s, size_t size)
{
	*s = (struct paged){ .size = size };
}

void paged_release(struct paged *s)
{
	for (size_t i = 0; i < PAGED_PAGES; i++)
		free(atomic_load_explicit(&s->page[i], memory_order_relaxed));
}

void *paged_add(struct paged *s, uint32_t i)
{
	uint32_t at = i >> PAGED_BITS;
	char *page;

	if (at >= PAGED_PAGES)
		die("the search index holds more than it can number");
	if (!atomic_load_explicit(&s->page[at], memory_order_relaxed)) {
		page = calloc(PAGED_ITEMS, s->size);
		if (!page)
			die("out of memory");
		atomic_store_explicit(&s->page[at], page, memory_order_release);
	}
	return paged_at(s, i);
}

size_t paged_memory(const struct paged *s)
{
	size_t n = 0;

	while (n < PAGED_PAGES && atomic_load_explicit(&s->page[n], memory_order_relaxed))
		n++;
	return n * PAGED_ITEMS * s->size + sizeof(*s);
}
