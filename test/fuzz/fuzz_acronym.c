/* Whatever the bytes, a pair that is proposed holds together, and stands in the text. */
#include <assert.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "search/acronym.h"
#include "store/acronym.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct seen {
	struct arena *a;
	const char *text; /* blanks single */
	size_t n_pairs;
};

static void check_pair(void *context, const char *letters, const char *words)
{
	struct seen *seen = context;
	const char *first = arena_strndup(seen->a, letters, 1);
	const char *folded = text_fold(seen->a, words);

	assert(strlen(letters) >= ACRONYM_MIN && strlen(letters) <= ACRONYM_MAX);
	assert(!strcmp(acronym_letters(seen->a, letters), letters));
	assert(*words && !strchr(words, '\n') && !strcmp(words, text_squeeze(seen->a, words)));
	assert(!strncmp(folded, text_fold(seen->a, first), 1));
	assert(*acronym_key(seen->a, words));
	assert(!seen->text || strstr(seen->text, words));
	seen->n_pairs++;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *a = arena_new();
	const char *raw = arena_strndup(a, (const char *)data, size), *clean;
	struct seen seen = { .a = a };

	acronyms_in(a, raw, check_pair, &seen);
	assert(seen.n_pairs <= strlen(raw));
	if (text_check(a, raw, strlen(raw), &clean) == OK) {
		seen.text = text_squeeze(a, clean);
		acronyms_in(a, clean, check_pair, &seen);
	}
	(void)acronym_letters(a, raw);
	arena_free(a);
	return 0;
}
