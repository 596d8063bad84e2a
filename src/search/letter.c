#include "search/letter.h"

#include <utf8proc.h>

static struct letter any(uint32_t c, unsigned size)
{
	struct letter l = { .size = (uint8_t)size };

	if (c < LETTER_TABLE) {
		l.lower = letter_table[c].lower;
		l.kind = letter_table[c].kind;
	} else if (c >= LETTER_SIGNS && c < LETTER_SIGNS_END) {
		l.lower = c;
		l.kind = letter_signs[c - LETTER_SIGNS];
	} else {
		l.lower = letter_rule_lower(c);
		l.kind = (uint8_t)letter_rule_kind(c);
	}
	return l;
}

struct letter letter_read(const char *text, size_t length, size_t at)
{
	const unsigned char *bytes = (const unsigned char *)text + at;
	size_t left = length - at < 4 ? length - at : 4;
	utf8proc_int32_t c;
	utf8proc_ssize_t size;

	if (left >= 2 && bytes[0] >= 0xc2 && bytes[0] < 0xe0 && (bytes[1] & 0xc0) == 0x80)
		return any((bytes[0] & 0x1fu) << 6 | (bytes[1] & 0x3fu), 2);
	size = utf8proc_iterate(bytes, (utf8proc_ssize_t)left, &c);
	if (size <= 0)
		return (struct letter){ .lower = ' ', .kind = LETTER_NONE, .size = 1 };
	return any((uint32_t)c, (unsigned)size);
}

unsigned letter_fold(uint32_t c, char folded[FOLDED_MAX])
{
	const char *known;
	unsigned n = 0;

	if (c >= LETTER_TABLE)
		return letter_rule_fold(c, folded);
	for (known = letter_table[c].folded; known[n]; n++)
		folded[n] = known[n];
	return n;
}
