/*
 * range.h - the part of a thing that the header Range asks for, by RFC 9110, 14.
 *
 * Pure. One range of bytes is understood; several, and what is no range, are answered with the
 * whole, as they may be.
 */
#ifndef WEB_RANGE_H
#define WEB_RANGE_H

#include <stdint.h>

enum range {
	RANGE_WHOLE, /* 200 */
	RANGE_PART,  /* 206, with a Content-Range */
	RANGE_NONE,  /* 416: it begins past the end */
};

/* `range` may be NULL. *from and *length tell the part, or the whole of `size` bytes. */
enum range range_read(const char *range, int64_t size, int64_t *from, int64_t *length);

#endif
