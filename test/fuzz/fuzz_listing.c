#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "import/listing.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Any bytes are read, or refused with a line. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *a = arena_new();
	struct listing listing;

	if (listing_read(a, (const char *)data, size, &listing) != OK && !listing.error.line)
		__builtin_trap();
	arena_free(a);
	return 0;
}
