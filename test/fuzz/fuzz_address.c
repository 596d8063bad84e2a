/*
 * The target of a request, byte by byte from outside. What is let in is text without control
 * characters, and written again and read again it is the same.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "web/address.h"
#include "web/headers.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool holds)
{
	if (!holds)
		abort();
}

static void check_text(const char *text)
{
	must(utf8_valid_length(text, strlen(text)) == strlen(text));
	for (; *text; text++)
		must((unsigned char)*text >= ' ' && *text != 0x7f);
}

static void check_same(const struct pair *pair, const struct pair *again, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		check_text(pair[i].name);
		check_text(pair[i].value);
		must(!strcmp(pair[i].name, again[i].name));
		must(!strcmp(pair[i].value, again[i].value));
	}
}

static void check_written(struct arena *a, const char *path, const struct pair *pair, size_t n)
{
	const char *text = address_write(a, path, pair, n), *path_again;
	struct target t;
	struct pair *again;
	size_t n_again;

	check_text(path);
	must(address_split(text, strlen(text), &t) == OK);
	must(address_path(a, t.path, t.path_length, &path_again) == OK);
	must(!strcmp(path, path_again));
	must(address_query(a, t.query ? t.query : "", t.query_length, &again, &n_again) == OK);
	must(n_again == n);
	check_same(pair, again, n);
}

static void read_target(struct arena *a, const char *text, size_t length)
{
	struct target t;
	const char *path;
	struct pair *pair = NULL;
	size_t n = 0;

	if (address_split(text, length, &t) != OK ||
	    address_path(a, t.path, t.path_length, &path) != OK)
		return;
	if (t.query && address_query(a, t.query, t.query_length, &pair, &n) != OK)
		return;
	check_written(a, path, pair, n);
}

/* What was typed has no control character left but tabs and ends of lines. */
static void check_form(struct arena *a, const struct pair *pair, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const char *value = pair[i].value, *again = text_typed(a, value, strlen(value));

		check_text(pair[i].name);
		must(again && !strcmp(again, value));
		for (; *value; value++)
			must((unsigned char)*value >= ' ' || strchr("\t\n", *value));
	}
}

/* Each line of the input as a value of the headers that are taken apart. */
static void read_headers(const char *text, size_t length)
{
	static const char *const name[] = { "Accept-Encoding", "If-None-Match", "Content-Length",
					    "Content-Type", "Host" };
	struct headers h = { 0 };

	for (size_t i = 0; i < sizeof(name) / sizeof(*name); i++) {
		const char *end = memchr(text, '\n', length);
		size_t line = end ? (size_t)(end - text) : length;

		headers_add(&h, name[i], strlen(name[i]), text, line);
		text += end ? line + 1 : line;
		length -= end ? line + 1 : line;
	}
	headers_accept_gzip(&h);
	headers_have(&h, "\"0123\"");
	headers_are_of_type(&h, "text/plain");
	headers_check(&h, "HTTP/1.1", true, 1000);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *a = arena_new();
	/* To the byte, so that reading past the end is caught. */
	char *text = malloc(size ? size : 1);
	struct pair *pair;
	size_t n;

	must(text != NULL);
	if (size)
		memcpy(text, data, size);
	read_target(a, text, size);
	if (address_form(a, text, size, &pair, &n) == OK)
		check_form(a, pair, n);
	read_headers(text, size);
	free(text);
	arena_free(a);
	return 0;
}
