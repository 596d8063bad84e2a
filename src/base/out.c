#include "base/out.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void out_init(struct out *o)
{
	*o = (struct out){ 0 };
}

void out_release(struct out *o)
{
	free(o->data);
	*o = (struct out){ 0 };
}

static void make_room(struct out *o, size_t more)
{
	size_t wanted, capacity = o->capacity ? o->capacity : 1024;

	if (__builtin_add_overflow(o->length, more + 1, &wanted))
		die("cannot write %zu more bytes", more);
	if (wanted <= o->capacity)
		return;
	while (capacity < wanted)
		capacity += capacity / 2 + 64;
	o->data = realloc(o->data, capacity);
	if (!o->data)
		die("out of memory");
	o->capacity = capacity;
}

void out_bytes(struct out *o, const void *bytes, size_t length)
{
	make_room(o, length);
	if (length)
		memcpy(o->data + o->length, bytes, length);
	o->length += length;
	o->data[o->length] = '\0';
}

void out_raw(struct out *o, const char *text)
{
	if (text)
		out_bytes(o, text, strlen(text));
}

void out_char(struct out *o, char c)
{
	out_bytes(o, &c, 1);
}

void out_printf(struct out *o, const char *format, ...)
{
	va_list args;
	int length;

	va_start(args, format);
	length = vsnprintf(NULL, 0, format, args);
	va_end(args);
	if (length < 0)
		die("cannot format '%s'", format);

	make_room(o, (size_t)length);
	va_start(args, format);
	vsnprintf(o->data + o->length, (size_t)length + 1, format, args);
	va_end(args);
	o->length += (size_t)length;
}

const char *out_string(const struct out *o)
{
	return o->data ? o->data : "";
}
