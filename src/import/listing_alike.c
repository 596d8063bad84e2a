#include "import/listing_alike.h"

#include <stdlib.h>

#include "base/arena.h"
#include "import/listing_words.h"

enum { FEW_WORDS = 4 };

static uint64_t hash_on(uint64_t hash, const char *text)
{
	for (; *text; text++)
		hash = (hash ^ (unsigned char)*text) * 0x100000001b3u;
	return hash;
}

static int by_value(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return (x > y) - (x < y);
}

struct print print_of(struct arena *a, const char *text)
{
	static const uint64_t seed = 0xcbf29ce484222325u;
	struct words w = words_of(a, text);
	struct print p = { .whole = seed, .n_all_words = w.n_words };

	p.n_words = w.n_words < PRINT_WORDS ? w.n_words : PRINT_WORDS;
	p.word = arena_make(a, uint32_t, p.n_words + 1);
	for (size_t i = 0; i < w.n_words; i++) {
		p.whole = hash_on(p.whole * 31, w.word[i].fold);
		if (i < p.n_words)
			p.word[i] = (uint32_t)(hash_on(seed, w.word[i].fold) >> 16);
	}
	qsort(p.word, p.n_words, sizeof(*p.word), by_value);
	return p;
}

static size_t common(const struct print *a, const struct print *b)
{
	size_t n = 0;

	for (size_t i = 0, j = 0; i < a->n_words && j < b->n_words;) {
		if (a->word[i] == b->word[j]) {
			n++;
			i++;
			j++;
		} else if (a->word[i] < b->word[j]) {
			i++;
		} else {
			j++;
		}
	}
	return n;
}

bool is_same(const struct print *a, const struct print *b)
{
	return a->n_all_words == b->n_all_words && a->whole == b->whole;
}

static bool shares(const struct print *a, const struct print *b, size_t tenths)
{
	size_t n = a->n_words + b->n_words;

	if (is_same(a, b))
		return true;
	if (a->n_words < FEW_WORDS || b->n_words < FEW_WORDS)
		return false;
	return common(a, b) * 2 * 10 >= n * tenths;
}

bool is_alike(const struct print *a, const struct print *b)
{
	return shares(a, b, 6);
}

bool is_close(const struct print *a, const struct print *b)
{
	return shares(a, b, 8);
}

int share_in(const struct print *a, const struct print *b)
{
	return a->n_words ? (int)(common(a, b) * 100 / a->n_words) : 0;
}
