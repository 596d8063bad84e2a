#include "search/large.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "base/log.h"

enum { PAGE = 2 * 1024 * 1024 };

void *large_alloc(size_t bytes)
{
	size_t rounded = (bytes + PAGE - 1) / PAGE * PAGE;
	void *block = bytes < PAGE ? calloc(1, bytes + 1) : aligned_alloc(PAGE, rounded);

	if (!block)
		die("out of memory");
	if (bytes < PAGE)
		return block;
	/* A wish: without it, pages are as small as usual. */
	(void)madvise(block, rounded, MADV_HUGEPAGE);
	return memset(block, 0, bytes);
}
