/*
 * compress.h - gzip, for pages. The same bytes always give the same bytes.
 *
 * A compressor keeps its tables from one use to the next; it belongs to one thread.
 */
#ifndef WEB_COMPRESS_H
#define WEB_COMPRESS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/out.h"

struct compressor;

struct compressor *compressor_new(void);
void compressor_free(struct compressor *c);

/* False, and nothing written, when it would not come out shorter. `o` is empty before. */
bool compressor_gzip(struct compressor *c, const void *bytes, size_t length, struct out *o);

/* Text of some length, which gains from it. */
bool compress_is_worth(const char *content_type, size_t length);

#endif
