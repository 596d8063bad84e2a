#include "sieg_json_write.h"

#include <stdio.h>
#include <string.h>

static char *put(char *to, const char *bytes, size_t length)
{
	if (length)
		memcpy(to, bytes, length);
	return to + length;
}

static char *put_text(char *to, const char *text, size_t length)
{
	static const char special[] = "\"\\\b\f\n\r\t", letters[] = "\"\\bfnrt";

	*to++ = '"';
	for (size_t i = 0; i < length; i++) {
		const char *found = strchr(special, text[i]);

		if (text[i] && found) {
			*to++ = '\\';
			*to++ = letters[found - special];
		} else if ((unsigned char)text[i] < 0x20) {
			to += snprintf(to, 8, "\\u%04x", (unsigned)text[i]);
		} else {
			*to++ = text[i];
		}
	}
	*to++ = '"';
	return to;
}

static char *put_items(char *to, const struct sieg_json *value, char opening, char closing)
{
	*to++ = opening;
	for (const struct sieg_json *item = value->first; item; item = item->next) {
		if (value->kind == SIEG_JSON_OBJECT) {
			to = put_text(to, item->key, item->key_length);
			*to++ = ':';
		}
		to = write_again(to, item);
		if (item->next)
			*to++ = ',';
	}
	*to++ = closing;
	return to;
}

char *write_again(char *to, const struct sieg_json *value)
{
	switch (value->kind) {
	case SIEG_JSON_NULL:
		return put(to, "null", 4);
	case SIEG_JSON_FALSE:
		return put(to, "false", 5);
	case SIEG_JSON_TRUE:
		return put(to, "true", 4);
	case SIEG_JSON_NUMBER:
		return put(to, value->text, value->length);
	case SIEG_JSON_TEXT:
		return put_text(to, value->text, value->length);
	case SIEG_JSON_ARRAY:
		return put_items(to, value, '[', ']');
	case SIEG_JSON_OBJECT:
		return put_items(to, value, '{', '}');
	}
	__builtin_trap();
}
