#include "base/richtext_chars.h"

#include <string.h>

#include "base/out.h"
#include "base/text.h"

static bool is_noncharacter(unsigned c)
{
	return (c & 0xfffe) == 0xfffe || (c >= 0xfdd0 && c <= 0xfdef);
}

bool richtext_drops(unsigned c)
{
	return c < ' ' || (c >= 0x7f && c < 0xa0) || c == 0xfeff || is_noncharacter(c);
}

bool richtext_is_blank(unsigned c)
{
	return c == ' ' || (c >= '\t' && c <= '\r') || c == 0x85 || c == 0x2028 || c == 0x2029;
}

/*
 * True when the text is in NFC for certain: nothing below U+0300 is ever changed, nor the
 * punctuation of U+2010 to U+203F.
 */
static bool is_composed(const char *text, size_t length)
{
	const unsigned char *c = (const unsigned char *)text, *end = c + length;

	for (; c < end; c++) {
		if (*c < 0xcc)
			continue;
		if (end - c < 3 || c[0] != 0xe2 || c[1] != 0x80 || c[2] < 0x90)
			return false;
		c += 2;
	}
	return true;
}

const char *richtext_in_nfc(struct arena *a, const char *text, size_t length)
{
	const char *clean;

	if (is_composed(text, length))
		return text;
	/* It cannot refuse: what it does not let in has been dropped. */
	return text_check(a, text, length, &clean) == OK ? clean : "";
}

void richtext_escape(struct out *o, const char *text, const char *special)
{
	while (*text) {
		size_t plain = strcspn(text, special);

		out_bytes(o, text, plain);
		text += plain;
		if (*text)
			out_raw(o, *text == '&'   ? "&amp;"
				   : *text == '<' ? "&lt;"
				   : *text == '>' ? "&gt;"
						  : "&quot;");
		text += *text != '\0';
	}
}
