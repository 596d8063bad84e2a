#include "feed/json_out.h"

#include <inttypes.h>

/* RFC 8259, 7: what may not stand in a string as it is. */
static bool is_special(unsigned char c)
{
	return c < 0x20 || c == '"' || c == '\\';
}

static void put_special(struct out *o, unsigned char c)
{
	switch (c) {
	case '\n':
		out_raw(o, "\\n");
		return;
	case '\t':
		out_raw(o, "\\t");
		return;
	case '"':
	case '\\':
		out_char(o, '\\');
		out_char(o, (char)c);
		return;
	default:
		out_printf(o, "\\u%04x", c);
	}
}

static void put_string(struct out *o, const char *text)
{
	out_char(o, '"');
	while (*text) {
		size_t n = 0;

		while (text[n] && !is_special((unsigned char)text[n]))
			n++;
		out_bytes(o, text, n);
		text += n;
		if (*text)
			put_special(o, (unsigned char)*text++);
	}
	out_char(o, '"');
}

static void begin(struct json_out *j, const char *name)
{
	if (j->follows)
		out_char(j->o, ',');
	j->follows = true;
	if (!name)
		return;
	put_string(j->o, name);
	out_char(j->o, ':');
}

void json_out_open(struct json_out *j, const char *name, char bracket)
{
	begin(j, name);
	out_char(j->o, bracket);
	j->follows = false;
}

void json_out_close(struct json_out *j, char bracket)
{
	out_char(j->o, bracket);
	j->follows = true;
}

void json_out_text(struct json_out *j, const char *name, const char *text)
{
	begin(j, name);
	if (text)
		put_string(j->o, text);
	else
		out_raw(j->o, "null");
}

void json_out_number(struct json_out *j, const char *name, int64_t number)
{
	begin(j, name);
	out_printf(j->o, "%" PRId64, number);
}

void json_out_truth(struct json_out *j, const char *name, bool truth)
{
	begin(j, name);
	out_raw(j->o, truth ? "true" : "false");
}
