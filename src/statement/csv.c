#include "statement/csv.h"

#include <string.h>

#include "base/text.h"
#include "sieg/arena.h"

/* The characters of Windows-1252 from 0x80 to 0x9f; 0: none. */
static const unsigned short high[32] = {
	0x20ac, 0,      0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160,
	0x2039, 0x0152, 0,      0x017d, 0,      0,      0x2018, 0x2019, 0x201c, 0x201d, 0x2022,
	0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0,      0x017e, 0x0178,
};

static char *put_utf8(char *to, unsigned c)
{
	if (c < 0x80) {
		*to++ = (char)c;
	} else if (c < 0x800) {
		*to++ = (char)(0xc0 | c >> 6);
		*to++ = (char)(0x80 | (c & 63));
	} else {
		*to++ = (char)(0xe0 | c >> 12);
		*to++ = (char)(0x80 | (c >> 6 & 63));
		*to++ = (char)(0x80 | (c & 63));
	}
	return to;
}

const char *csv_as_utf8(struct sieg_arena *a, const char *bytes, size_t *length)
{
	static const char mark[] = "\xef\xbb\xbf";
	char *text, *to;

	if (*length >= 3 && memcmp(bytes, mark, 3) == 0) {
		bytes += 3;
		*length -= 3;
	}
	if (utf8_valid_length(bytes, *length) == *length)
		return bytes;
	text = to = sieg_alloc(a, *length * 3 + 1, 1);
	for (size_t i = 0; i < *length; i++) {
		unsigned c = (unsigned char)bytes[i];

		if (c >= 0x80 && c < 0xa0)
			c = high[c - 0x80] ? high[c - 0x80] : 0xfffd;
		to = put_utf8(to, c);
	}
	*length = (size_t)(to - text);
	return text;
}

int csv_control_row(const char *text, size_t length)
{
	int row = 1;

	for (size_t i = 0; i < length; i++) {
		unsigned char c = (unsigned char)text[i];

		row += c == '\n';
		if ((c < 0x20 && c != '\t' && c != '\n' && c != '\r') || c == 0x7f)
			return row;
	}
	return 0;
}

static char most_frequent_separator(const char *text, size_t length)
{
	static const char separators[] = ";\t,";
	size_t most = 0;
	char found = ';';

	for (const char *s = separators; *s; s++) {
		size_t n = 0;

		for (size_t i = 0; i < length && text[i] != '\n'; i++)
			n += text[i] == *s;
		if (n > most) {
			most = n;
			found = *s;
		}
	}
	return found;
}

void csv_open(struct csv *csv, struct sieg_arena *a, const char *text, size_t length)
{
	*csv = (struct csv){ .arena = a, .at = text, .end = text + length, .next_row = 1 };
	csv->separator = most_frequent_separator(text, length);
}

static bool is_line_end(const struct csv *csv)
{
	return csv->at < csv->end && (*csv->at == '\n' || *csv->at == '\r');
}

static void take_line_end(struct csv *csv)
{
	if (csv->at < csv->end && *csv->at == '\r')
		csv->at++;
	if (csv->at < csv->end && *csv->at == '\n')
		csv->at++;
	csv->next_row++;
}

/* The closing quotation mark: two in a row are one that is written. NULL: there is none. */
static const char *closing(const struct csv *csv)
{
	for (const char *at = csv->at + 1; at < csv->end; at++) {
		if (*at != '"')
			continue;
		if (at + 1 == csv->end || at[1] != '"')
			return at;
		at++;
	}
	return NULL;
}

static const char *take_quoted(struct csv *csv)
{
	const char *close = closing(csv);
	char *text, *to;

	if (!close) {
		csv->is_broken = true;
		return "";
	}
	text = to = sieg_alloc(csv->arena, (size_t)(close - csv->at) + 1, 1);
	for (csv->at++; csv->at < close; csv->at++) {
		csv->at += *csv->at == '"';
		csv->next_row += *csv->at == '\n';
		*to++ = *csv->at;
	}
	csv->at++;
	return text;
}

static const char *take_plain(struct csv *csv)
{
	const char *from = csv->at;

	const char *last;

	while (csv->at < csv->end && *csv->at != csv->separator && !is_line_end(csv))
		csv->at++;
	for (last = csv->at; last > from && last[-1] == ' '; last--)
		;
	return sieg_strndup(csv->arena, from, (size_t)(last - from));
}

static void take_field(struct csv *csv)
{
	const char *field;
	bool is_quoted;

	while (csv->at < csv->end && *csv->at == ' ')
		csv->at++;
	is_quoted = csv->at < csv->end && *csv->at == '"';
	field = is_quoted ? take_quoted(csv) : take_plain(csv);
	/* What stands between a closing quotation mark and the separator. */
	while (csv->at < csv->end && *csv->at != csv->separator && !is_line_end(csv)) {
		csv->is_broken |= *csv->at != ' ';
		csv->at++;
	}
	if (csv->n_fields == CSV_MOST_FIELDS) {
		csv->is_broken = true;
		return;
	}
	csv->is_quoted[csv->n_fields] = is_quoted;
	csv->field[csv->n_fields++] = field;
}

static bool is_blank(const struct csv *csv)
{
	for (size_t i = 0; i < csv->n_fields; i++)
		if (csv->field[i][strspn(csv->field[i], " \t")])
			return false;
	return true;
}

bool csv_next(struct csv *csv)
{
	do {
		if (csv->at >= csv->end)
			return false;
		csv->row = csv->next_row;
		csv->n_fields = 0;
		take_field(csv);
		while (!csv->is_broken && csv->at < csv->end && *csv->at == csv->separator) {
			csv->at++;
			take_field(csv);
		}
		if (csv->is_broken)
			return false;
		take_line_end(csv);
	} while (is_blank(csv));
	return true;
}
