/* Whatever is said to be a report: read within its bytes, and told on one clean line. */
#include <assert.h>
#include <stdint.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "mail/bounce.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_words(const char *words)
{
	assert(utf8_valid_length(words, strlen(words)) == strlen(words));
	assert(utf8_length(words) <= 300);
	for (; *words; words++)
		assert((unsigned char)*words >= ' ' && *words != 0x7f);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *a = arena_new();
	struct bounce b;

	if (bounce_read(a, (const char *)data, size, &b) == OK) {
		assert(b.action != BOUNCE_NONE);
		check_words(b.words);
		assert(!*b.message_id || (b.message_id[0] == '<' && strlen(b.message_id) >= 2 &&
					  strchr(b.message_id, '>')[1] == '\0'));
	}
	arena_free(a);
	return 0;
}
