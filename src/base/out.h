/*
 * out.h - bytes being written: a page, a feed, a file. Never fails: out of
 * memory ends the program.
 *
 * Owned by whoever called out_init(); `data` is NUL-terminated once anything has
 * been written and stays valid until the next write. These write raw bytes; what
 * goes into a page goes through base/html.h.
 */
#ifndef BASE_OUT_H
#define BASE_OUT_H

#include <stddef.h>

#include "base/log.h"

struct out {
	char *data;
	size_t length, capacity;
};

void out_init(struct out *o);
void out_release(struct out *o);

void out_bytes(struct out *o, const void *bytes, size_t length);
void out_raw(struct out *o, const char *text); /* NULL writes nothing */
void out_char(struct out *o, char c);
void out_printf(struct out *o, const char *format, ...) PRINTF_LIKE(2, 3);

/* The text written so far, "" when none. */
const char *out_string(const struct out *o);

#endif
