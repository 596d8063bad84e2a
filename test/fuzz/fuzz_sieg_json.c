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

/* Texts have no NUL, and members of an object no name twice. */
static void check(const struct sieg_json *value, int depth)
{
	must(depth <= SIEG_JSON_DEPTH);
	must(value->length == 0 || !memchr(value->text, 0, value->length));
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
