#include "web/compress.h"

#include <limits.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

enum { WORTH_BYTES = 256, LEVEL = 5, GZIP_WINDOW = 15 + 16, MEMORY = 8 };

struct compressor {
	z_stream stream;
};

struct compressor *compressor_new(void)
{
	struct compressor *c = calloc(1, sizeof(*c));

	if (!c || deflateInit2(&c->stream, LEVEL, Z_DEFLATED, GZIP_WINDOW, MEMORY,
			       Z_DEFAULT_STRATEGY) != Z_OK)
		die("out of memory");
	return c;
}

void compressor_free(struct compressor *c)
{
	if (!c)
		return;
	deflateEnd(&c->stream);
	free(c);
}

/* zlib writes no time and no name into the header unless it is given them. */
bool compressor_gzip(struct compressor *c, const void *bytes, size_t length, struct out *o)
{
	char *room;
	bool fits;

	if (!length || length > UINT_MAX)
		return false;
	room = malloc(length);
	if (!room)
		die("out of memory");
	deflateReset(&c->stream);
	c->stream.next_in = (Bytef *)(uintptr_t)bytes;
	c->stream.avail_in = (uInt)length;
	c->stream.next_out = (Bytef *)room;
	c->stream.avail_out = (uInt)length - 1;
	fits = deflate(&c->stream, Z_FINISH) == Z_STREAM_END;
	if (fits)
		out_bytes(o, room, c->stream.total_out);
	free(room);
	return fits;
}

bool compress_is_worth(const char *content_type, size_t length)
{
	return length > WORTH_BYTES &&
	       (!strncmp(content_type, "text/", 5) || strstr(content_type, "json") ||
		strstr(content_type, "xml") || strstr(content_type, "javascript"));
}
