/*
 * The body of a form with files, byte by byte from outside; its boundary is "b". What is let in
 * is text without control characters and bytes of the body, and written again and read again it
 * is the same. The first line of the input is also a Content-Type.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/out.h"
#include "base/text.h"
#include "web/address.h"
#include "web/headers.h"
#include "web/multipart.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool holds)
{
	if (!holds)
		abort();
}

static void check_text(const char *text)
{
	must(address_is_text(text, strlen(text)));
}

/* Once it is let in, reading it again changes nothing. */
static void check_typed(struct arena *a, const char *text)
{
	const char *again = text_typed(a, text, strlen(text));

	must(again && !strcmp(text, again));
}

static void check_inside(struct arena *a, const struct multipart *read, const char *body,
			 size_t size)
{
	for (size_t i = 0; i < read->n_form; i++) {
		check_text(read->form[i].name);
		check_typed(a, read->form[i].value);
	}
	for (size_t i = 0; i < read->n_uploads; i++) {
		const char *bytes = read->upload[i].bytes;

		check_text(read->upload[i].name);
		check_text(read->upload[i].filename);
		must(!strpbrk(read->upload[i].filename, "/\\"));
		must(bytes >= body && read->upload[i].length <= (size_t)(body + size - bytes));
	}
}

/* A quotation mark can come without quotation marks around it only. */
static void write_name(struct out *o, const char *name, const char *value)
{
	must(!strchr(value, '"'));
	out_printf(o, "; %s=\"%s\"", name, value);
}

static void write_again(struct out *o, const struct multipart *read)
{
	for (size_t i = 0; i < read->n_form; i++) {
		out_raw(o, "--b\r\nContent-Disposition: form-data");
		write_name(o, "name", read->form[i].name);
		out_printf(o, "\r\n\r\n%s\r\n", read->form[i].value);
	}
	for (size_t i = 0; i < read->n_uploads; i++) {
		out_raw(o, "--b\r\nContent-Disposition: form-data");
		write_name(o, "name", read->upload[i].name);
		write_name(o, "filename", read->upload[i].filename);
		out_raw(o, "\r\n\r\n");
		out_bytes(o, read->upload[i].bytes, read->upload[i].length);
		out_raw(o, "\r\n");
	}
	out_raw(o, "--b--");
}

/* A line that begins like the boundary, once what was in it has been left out. */
static bool holds_boundary(const struct multipart *read)
{
	for (size_t i = 0; i < read->n_form; i++)
		if (!strncmp(read->form[i].value, "--b", 3) || strstr(read->form[i].value, "\n--b"))
			return true;
	return false;
}

static void check_same(const struct multipart *one, const struct multipart *other)
{
	must(one->n_form == other->n_form);
	for (size_t i = 0; i < one->n_form; i++)
		must(!strcmp(one->form[i].name, other->form[i].name) &&
		     !strcmp(one->form[i].value, other->form[i].value));
	/* A file of a folder's name alone has none once it is cut: without bytes, it is gone. */
	must(one->n_uploads >= other->n_uploads);
	if (one->n_uploads == other->n_uploads)
		for (size_t i = 0; i < one->n_uploads; i++)
			must(one->upload[i].length == other->upload[i].length &&
			     !memcmp(one->upload[i].bytes, other->upload[i].bytes,
				     one->upload[i].length));
}

static void read_body(struct arena *a, const char *body, size_t size)
{
	struct multipart read, again;
	struct out o;

	if (multipart_read(a, "b", body, size, &read) != OK)
		return;
	check_inside(a, &read, body, size);
	if (holds_boundary(&read))
		return;
	out_init(&o);
	write_again(&o, &read);
	must(multipart_read(a, "b", o.data, o.length, &again) == OK);
	check_same(&read, &again);
	out_release(&o);
}

static void read_type(struct arena *a, const char *text, size_t size)
{
	const char *end = memchr(text, '\n', size), *boundary;
	struct headers h = { 0 };

	headers_add(&h, "Content-Type", 12, text, end ? (size_t)(end - text) : size);
	boundary = headers_boundary(&h, a);
	must(!boundary || (*boundary && strlen(boundary) <= 70));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *a = arena_new();
	/* To the byte, so that reading past the end is caught. */
	char *body = malloc(size ? size : 1);

	must(body != NULL);
	if (size)
		memcpy(body, data, size);
	read_body(a, body, size);
	read_type(a, body, size);
	free(body);
	arena_free(a);
	return 0;
}
