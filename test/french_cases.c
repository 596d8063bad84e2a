#include "french_cases.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/out.h"

static const char *trim(struct arena *a, const char *from, const char *to)
{
	while (from < to && *from == ' ')
		from++;
	while (from < to && to[-1] == ' ')
		to--;
	return arena_strndup(a, from, (size_t)(to - from));
}

/* \0301: the character of that number. */
static bool put_number(struct out *o, const char *at)
{
	char digits[5] = "", *end;
	unsigned long c;

	if (strlen(at) < 5)
		return false;
	memcpy(digits, at + 1, 4);
	c = strtoul(digits, &end, 16);
	if (*end || c < 0x80)
		return false;
	if (c >= 0x800)
		out_char(o, (char)(0xe0 | c >> 12));
	out_char(o, (char)(c >= 0x800 ? 0x80 | (c >> 6 & 0x3f) : 0xc0 | c >> 6));
	out_char(o, (char)(0x80 | (c & 0x3f)));
	return true;
}

/* The signs that stand for what cannot be seen. NULL when a number is no character's. */
static const char *read_signs(struct arena *a, const char *column)
{
	static const char *const signs[][2] = {
		{ "␣", "\u00a0" }, { "⍽", "\u202f" }, { "⏎", "\n" }, { "¬", "\u00ad" }
	};
	const char *result;
	bool good = true;
	struct out o;

	out_init(&o);
	while (*column) {
		const char *from = column;

		for (size_t i = 0; i < sizeof(signs) / sizeof(*signs) && from == column; i++)
			if (!strncmp(column, signs[i][0], strlen(signs[i][0]))) {
				out_bytes(&o, signs[i][1], strlen(signs[i][1]));
				column += strlen(signs[i][0]);
			}
		if (from == column && *column == '\\') {
			good = good && put_number(&o, column);
			column += good ? 5 : 1;
		} else if (from == column) {
			out_char(&o, *column++);
		}
	}
	result = good ? arena_strdup(a, out_string(&o)) : NULL;
	out_release(&o);
	return result;
}

static bool read_case(struct arena *a, const char *line, struct french_case *c)
{
	const char *column[4];
	int n = 0;

	for (; n < 4; n++) {
		const char *end = n < 3 ? strchr(line, '|') : line + strlen(line);

		if (!end)
			return false;
		column[n] = trim(a, line, end);
		line = end + 1;
	}
	c->group = column[0];
	c->text = read_signs(a, column[1]);
	c->query = read_signs(a, column[2]);
	c->meet = !strcmp(column[3], "meet");
	return *c->group && c->text && *c->text && c->query && *c->query &&
	       (c->meet || !strcmp(column[3], "miss"));
}

struct french_case *french_cases_read(struct arena *a, const char *path, size_t *n_cases)
{
	struct french_case *cases = NULL;
	size_t capacity = 0, room = 0, n = 0;
	char *line = NULL;
	ssize_t length;
	int number = 0;
	FILE *f = fopen(path, "r");

	if (!f)
		die("cannot read '%s'", path);
	while ((length = getline(&line, &room, f)) > 0) {
		struct french_case c = { .line = ++number };

		if (line[length - 1] == '\n')
			line[--length] = '\0';
		if (!length || *line == '#')
			continue;
		if (!read_case(a, line, &c))
			die("%s:%d: not a case: '%s'", path, number, line);
		*arena_push(a, cases, n, capacity) = c;
	}
	free(line);
	fclose(f);
	*n_cases = n;
	return cases;
}
