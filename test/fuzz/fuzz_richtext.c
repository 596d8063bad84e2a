/* Any bytes are cleaned into what test/richtext_check.h promises. */

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/arena.h"
#include "richtext_check.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *a = arena_new();
	const char *fault = richtext_fault_after_cleaning(a, (const char *)data, size);

	if (fault) {
		fprintf(stderr, "%s\n", fault);
		abort();
	}
	arena_free(a);
	return 0;
}
