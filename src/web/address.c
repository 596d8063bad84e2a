#include "web/address.h"

#include <stdint.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"

/* How a piece of an address is read. */
struct reading {
	const char *allowed; /* raw characters beside letters and figures */
	bool plus_is_space;
};

/* RFC 3986, 3.3 and 3.4; the characters after "/?" are those browsers leave as they are. */
static const struct reading of_path = { "-._~!$&'()*+,;=:@/|[]^`{}\"<>\\", false };
static const struct reading of_query = { "-._~!$&'()*+,;=:@/?|[]^`{}\"<>\\", true };

static bool is_alnum(unsigned char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static int hex(unsigned char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* The byte that stands at `raw`, in *size what it takes; -1 when none may. */
static int read_byte(const struct reading *reading, const char *raw, size_t left, size_t *size)
{
	unsigned char c = (unsigned char)*raw;

	*size = 1;
	if (c == '+' && reading->plus_is_space)
		return ' ';
	if (c == '%') {
		*size = 3;
		if (left < 3 || hex((unsigned char)raw[1]) < 0 || hex((unsigned char)raw[2]) < 0)
			return -1;
		return hex((unsigned char)raw[1]) * 16 + hex((unsigned char)raw[2]);
	}
	return c && (is_alnum(c) || strchr(reading->allowed, c)) ? c : -1;
}

/* U+0000 to U+001F, U+007F, U+0080 to U+009F. */
static bool is_control(const char *c)
{
	unsigned char first = (unsigned char)c[0];

	return first < ' ' || first == 0x7f || (first == 0xc2 && (unsigned char)c[1] < 0xa0);
}

bool address_is_text(const char *bytes, size_t length)
{
	if (utf8_valid_length(bytes, length) != length)
		return false;
	for (size_t i = 0; i < length; i++)
		if (is_control(bytes + i))
			return false;
	return true;
}

/* The bytes that stand there, with a zero after them; NULL when one may not. */
static const char *decode(struct arena *a, const struct reading *reading, const char *raw,
			  size_t length, size_t *n)
{
	char *bytes = arena_alloc(a, length + 1, 1);
	size_t size;

	*n = 0;
	for (size_t at = 0; at < length; at += size) {
		int byte = read_byte(reading, raw + at, length - at, &size);

		if (byte < 0)
			return NULL;
		bytes[(*n)++] = (char)byte;
	}
	return bytes;
}

static enum status read_text(struct arena *a, const struct reading *reading, const char *raw,
			     size_t length, const char **text)
{
	size_t n;

	*text = decode(a, reading, raw, length, &n);
	return *text && address_is_text(*text, n) ? OK : INVALID;
}

/* What comes before the path in "http://host/path"; 0 in "/path". */
static size_t authority_length(const char *text, size_t length)
{
	size_t scheme = 0;
	const char *slash;

	if (length > 7 && !strncasecmp(text, "http://", 7))
		scheme = 7;
	else if (length > 8 && !strncasecmp(text, "https://", 8))
		scheme = 8;
	if (!scheme)
		return 0;
	slash = memchr(text + scheme, '/', length - scheme);
	return slash && slash > text + scheme ? (size_t)(slash - text) : length;
}

enum status address_split(const char *text, size_t length, struct target *target)
{
	size_t skipped = authority_length(text, length);
	const char *mark;

	text += skipped;
	length -= skipped;
	if (!length || *text != '/')
		return INVALID;
	mark = memchr(text, '?', length);
	*target = (struct target){ .path = text, .path_length = length };
	if (mark) {
		target->path_length = (size_t)(mark - text);
		target->query = mark + 1;
		target->query_length = length - target->path_length - 1;
	}
	return OK;
}

enum status address_path(struct arena *a, const char *raw, size_t length, const char **path)
{
	return read_text(a, &of_path, raw, length, path);
}

static enum status read_typed(struct arena *a, const char *raw, size_t length, const char **text)
{
	size_t n;
	const char *bytes = decode(a, &of_query, raw, length, &n);

	*text = bytes ? text_typed(a, bytes, n) : NULL;
	return *text ? OK : INVALID;
}

static enum status read_pair(struct arena *a, bool is_typed, const char *raw, size_t length,
			     struct pair *pair)
{
	const char *equals = memchr(raw, '=', length);
	size_t name_length = equals ? (size_t)(equals - raw) : length;
	size_t left = equals ? length - name_length - 1 : 0;
	enum status status = read_text(a, &of_query, raw, name_length, &pair->name);

	pair->value = "";
	if (status != OK || !equals)
		return status;
	return is_typed ? read_typed(a, equals + 1, left, &pair->value)
			: read_text(a, &of_query, equals + 1, left, &pair->value);
}

static enum status read_pairs(struct arena *a, bool is_typed, const char *raw, size_t length,
			      struct pair **pair, size_t *n)
{
	const char *end = raw + length;
	size_t capacity = 0;
	enum status status = OK;

	*pair = NULL;
	*n = 0;
	while (raw < end && status == OK) {
		const char *amp = memchr(raw, '&', (size_t)(end - raw));
		size_t piece = (size_t)((amp ? amp : end) - raw);

		if (piece)
			status = read_pair(a, is_typed, raw, piece,
					   arena_push(a, *pair, *n, capacity));
		raw += piece + 1;
	}
	return status;
}

enum status address_query(struct arena *a, const char *raw, size_t length, struct pair **pair,
			  size_t *n)
{
	return read_pairs(a, false, raw, length, pair, n);
}

enum status address_form(struct arena *a, const char *raw, size_t length, struct pair **pair,
			 size_t *n)
{
	return read_pairs(a, true, raw, length, pair, n);
}

static char *encode(char *to, const char *text, const char *allowed)
{
	static const char digit[] = "0123456789ABCDEF";

	for (; *text; text++) {
		unsigned char c = (unsigned char)*text;

		if (is_alnum(c) || strchr(allowed, c)) {
			*to++ = (char)c;
			continue;
		}
		*to++ = '%';
		*to++ = digit[c >> 4];
		*to++ = digit[c & 15];
	}
	return to;
}

char *address_write(struct arena *a, const char *path, const struct pair *query, size_t n)
{
	size_t size = 3 * strlen(path) + 1;
	char *text, *to;

	for (size_t i = 0; i < n; i++)
		size += 3 * (strlen(query[i].name) + strlen(query[i].value)) + 2;
	text = arena_alloc(a, size, 1);
	to = encode(text, path, "-._~/");
	for (size_t i = 0; i < n; i++) {
		*to++ = i ? '&' : '?';
		to = encode(to, query[i].name, "-._~");
		*to++ = '=';
		to = encode(to, query[i].value, "-._~");
	}
	return text;
}
