#include "search/analyse.h"

#include <string.h>

#include "search/letter.h"

size_t form_fold(const char *form, size_t length, char folded[FORM_MAX + 1])
{
	size_t n = 0;

	for (size_t at = 0; at < length;) {
		struct letter l = letter_at(form, length, at);
		char bytes[FOLDED_MAX];
		unsigned size;

		at += l.size;
		if (l.lower && l.lower < 0x80 && l.kind != LETTER_APOSTROPHE) {
			if (n == FORM_MAX)
				break;
			folded[n++] = (char)l.lower;
			continue;
		}
		size = letter_fold(l.lower, bytes);
		if (n + size > FORM_MAX)
			break;
		memcpy(folded + n, bytes, size);
		n += size;
	}
	folded[n] = '\0';
	return n;
}
