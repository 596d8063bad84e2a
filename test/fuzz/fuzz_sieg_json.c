/* Any bytes are refused by a code of JSON, or read: then what is written again is read alike. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "sieg/arena.h"
#include "sieg_json_write.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool holds)
{
	if (!holds)
		__builtin_trap();
}

static void same_text(const char *left, size_t l, const char *right, size_t r)
{
	must(l == r && (l == 0 || memcmp(left, right, l) == 0));
}

static void same(const struct sieg_json *left, const struct sieg_json *right)
{
	const struct sieg_json *l = left->first, *r = right->first;
	size_t n = 0;

	must(left->kind == right->kind && left->n == right->n);
	same_text(left->text, left->length, right->text, right->length);
	for (; l && r; l = l->next, r = r->next, n++) {
		same_text(l->key, l->key_length, r->key, r->key_length);
		same(l, r);
	}
	must(!l && !r && n == left->n);
}

/* Each character by its value: in the fewest bytes, no half of a pair, none past the last. */
static void check_utf8(const char *text, size_t length)
{
	static const unsigned least[] = { 0, 0, 0x80, 0x800, 0x10000 };
	size_t n;

	for (size_t i = 0; i < length; i += n) {
		unsigned char first = (unsigned char)text[i];
		unsigned value = first;

		n = first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
		must(first < 0x80 || (first >= 0xc0 && first < 0xf8));
		must(i + n <= length);
		if (n > 1)
			value &= 0x7fu >> n;
		for (size_t k = 1; k < n; k++) {
			must(((unsigned char)text[i + k] & 0xc0) == 0x80);
			value = value << 6 | ((unsigned char)text[i + k] & 0x3f);
		}
		must(value >= least[n] && value <= 0x10ffff && (value < 0xd800 || value > 0xdfff));
	}
}

/* Texts are UTF-8 without NUL, and members of an object no name twice. */
static void check(const struct sieg_json *value, int depth)
{
	must(depth <= SIEG_JSON_DEPTH);
	must(value->length == 0 || !memchr(value->text, 0, value->length));
	check_utf8(value->text, value->length);
	check_utf8(value->key, value->key_length);
	for (const struct sieg_json *m = value->first; m; m = m->next) {
		if (value->kind == SIEG_JSON_OBJECT && value->n < 100)
			for (const struct sieg_json *o = m->next; o; o = o->next)
				must(m->key_length != o->key_length ||
				     memcmp(m->key, o->key, m->key_length) != 0);
		check(m, depth + (m->kind >= SIEG_JSON_ARRAY));
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct sieg_arena *a = sieg_arena_new();
	enum sieg_code problem, none;
	const struct sieg_json *read, *again;
	char *once = malloc(6 * size + 16), *twice = malloc(6 * size + 16), *end;

	read = sieg_json_read(a, (const char *)data, size, &problem);
	if (read) {
		check(read, read->kind >= SIEG_JSON_ARRAY);
		end = write_again(once, read);
		again = sieg_json_read(a, once, (size_t)(end - once), &none);
		must(again != NULL);
		same(read, again);
		must(write_again(twice, again) - twice == end - once);
		must(memcmp(once, twice, (size_t)(end - once)) == 0);
	} else {
		must(strncmp(sieg_code_name(problem), "E_JSON_", 7) == 0);
	}
	free(once);
	free(twice);
	sieg_arena_free(a);
	return 0;
}
