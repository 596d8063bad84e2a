#include "feed/ical_line.h"

#include <string.h>

#include "base/text.h"

enum { LINE_OCTETS = 75 };

/* What stays together: a character, or an escape. */
static void put(struct ical_line *l, const char *bytes, size_t n)
{
	if (l->column + n > LINE_OCTETS) {
		out_raw(l->out, "\r\n ");
		l->column = 1;
	}
	out_bytes(l->out, bytes, n);
	l->column += n;
}

/* A line end or another control character can be in no value that is written as it is. */
static void put_all(struct ical_line *l, const char *text)
{
	size_t n;

	for (; *text; text += n) {
		(void)utf8_decode(text, &n);
		if ((unsigned char)*text >= ' ' && *text != 0x7f)
			put(l, text, n);
	}
}

struct ical_line ical_begin(struct out *out, const char *name)
{
	struct ical_line l = { .out = out };

	put_all(&l, name);
	return l;
}

/* RFC 6868: a quote cannot stand in a quoted value, and is told with '^'. */
static const char *parameter_escape(char c)
{
	switch (c) {
	case '^':
		return "^^";
	case '\n':
		return "^n";
	case '"':
		return "^'";
	default:
		return NULL;
	}
}

/* RFC 5545, 3.3.11. */
static const char *text_escape(char c)
{
	switch (c) {
	case '\\':
		return "\\\\";
	case ';':
		return "\\;";
	case ',':
		return "\\,";
	case '\n':
		return "\\n";
	default:
		return NULL;
	}
}

static void put_escaped(struct ical_line *l, const char *text, const char *(*escape)(char c))
{
	size_t n;

	for (; *text; text += n) {
		const char *escaped = escape(*text);

		(void)utf8_decode(text, &n);
		if (escaped)
			put(l, escaped, strlen(escaped));
		else if ((unsigned char)*text >= ' ' || *text == '\t')
			put(l, text, n);
	}
}

void ical_parameter(struct ical_line *l, const char *name, const char *value)
{
	put(l, ";", 1);
	put_all(l, name);
	put(l, "=\"", 2);
	put_escaped(l, value, parameter_escape);
	put(l, "\"", 1);
}

void ical_text(struct ical_line *l, const char *text)
{
	put(l, ":", 1);
	put_escaped(l, text, text_escape);
}

void ical_raw(struct ical_line *l, const char *value)
{
	put(l, ":", 1);
	put_all(l, value);
}

void ical_end(struct ical_line *l)
{
	out_raw(l->out, "\r\n");
}

void ical_put_text(struct out *out, const char *name, const char *text)
{
	struct ical_line l;

	if (!text || !*text)
		return;
	l = ical_begin(out, name);
	ical_text(&l, text);
	ical_end(&l);
}

void ical_put_raw(struct out *out, const char *name, const char *value)
{
	struct ical_line l;

	if (!value || !*value)
		return;
	l = ical_begin(out, name);
	ical_raw(&l, value);
	ical_end(&l);
}
