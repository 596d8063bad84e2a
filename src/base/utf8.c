#include "base/text.h"

#include <utf8proc.h>

size_t utf8_valid_length(const char *text, size_t length)
{
	const unsigned char *bytes = (const unsigned char *)text;
	size_t at = 0;

	while (at < length && bytes[at]) {
		utf8proc_int32_t c;
		size_t left = length - at < 4 ? length - at : 4;
		utf8proc_ssize_t size = utf8proc_iterate(bytes + at, (utf8proc_ssize_t)left, &c);

		if (size <= 0)
			break;
		at += (size_t)size;
	}
	return at;
}

size_t utf8_length(const char *text)
{
	size_t n = 0;

	for (; *text; text++)
		n += ((unsigned char)*text & 0xc0) != 0x80;
	return n;
}

unsigned utf8_decode(const char *text, size_t *size)
{
	const unsigned char *bytes = (const unsigned char *)text;
	utf8proc_int32_t c;
	utf8proc_ssize_t read;

	*size = *bytes != 0;
	if (*bytes < 0x80)
		return *bytes;
	/* Without a length it stops at the first byte that does not fit, a NUL being one. */
	read = utf8proc_iterate(bytes, -1, &c);
	if (read <= 0)
		return 0xfffd;
	*size = (size_t)read;
	return (unsigned)c;
}

bool utf8_is_blank(unsigned character)
{
	if (character < 0x80)
		return character == ' ' || (character >= '\t' && character <= '\r');
	switch (utf8proc_category((utf8proc_int32_t)character)) {
	case UTF8PROC_CATEGORY_ZS:
	case UTF8PROC_CATEGORY_ZL:
	case UTF8PROC_CATEGORY_ZP:
		return true;
	default:
		return false;
	}
}

bool utf8_is_letter(unsigned character)
{
	if (character < 0x80)
		return (character >= 'a' && character <= 'z') ||
		       (character >= 'A' && character <= 'Z');
	switch (utf8proc_category((utf8proc_int32_t)character)) {
	case UTF8PROC_CATEGORY_LU:
	case UTF8PROC_CATEGORY_LL:
	case UTF8PROC_CATEGORY_LT:
	case UTF8PROC_CATEGORY_LM:
	case UTF8PROC_CATEGORY_LO:
		return true;
	default:
		return false;
	}
}
