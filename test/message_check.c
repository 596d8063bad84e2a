#include "message_check.h"

#include <assert.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/out.h"
#include "mail/message.h"

/* RFC 5322, 2.1.1. */
enum { HARD_LIMIT = 998, WRAPPED = 76 };

/* Lines end in CR LF, and hold ASCII alone. Only what cannot be cut is long: an address. */
static void check_lines(const char *message)
{
	while (*message) {
		size_t length = strcspn(message, "\r\n");

		for (size_t i = 0; i < length; i++)
			assert((message[i] >= ' ' && message[i] < 0x7f) || message[i] == '\t');
		assert(length <= HARD_LIMIT);
		assert(length <= WRAPPED || memchr(message, '<', length));
		assert(message[length] == '\r' && message[length + 1] == '\n');
		message += length + 2;
	}
}

/* The value of a header, unfolded; NULL when there is none, and it must not be there twice. */
static const char *header(struct arena *a, const char *message, const char *name)
{
	const char *end = strstr(message, "\r\n\r\n"), *at = message, *found = NULL;
	size_t length = strlen(name);

	while (at < end) {
		const char *next = strstr(at, "\r\n") + 2;

		while (*next == ' ')
			next = strstr(next, "\r\n") + 2;
		if (!strncmp(at, name, length) && at[length] == ':') {
			char *value =
				arena_strndup(a, at + length + 1, (size_t)(next - at) - length - 3);
			char *to = value;

			for (const char *from = value; *from; from++)
				if (*from != '\r' && *from != '\n')
					*to++ = *from;
			*to = '\0';
			assert(!found);
			found = value + 1;
		}
		at = next;
	}
	return found;
}

static int hex(char c)
{
	const char *figures = "0123456789ABCDEF", *at = strchr(figures, c);

	assert(c && at);
	return (int)(at - figures);
}

static int hex_byte(const char *at)
{
	return hex(at[0]) * 16 + hex(at[1]);
}

/* RFC 2047: blanks between two encoded words are not read. */
static const char *words_of(struct arena *a, const char *value)
{
	char *text = arena_make(a, char, strlen(value) + 1), *to = text;

	if (strncmp(value, "=?UTF-8?Q?", 10) != 0)
		return value;
	while (*value) {
		const char *word = value;

		assert(!strncmp(value, "=?UTF-8?Q?", 10));
		for (value += 10; strncmp(value, "?=", 2) != 0; value++) {
			assert(*value && *value != ' ');
			if (*value == '=') {
				*to++ = (char)hex_byte(value + 1);
				value += 2;
			} else {
				*to++ = (char)(*value == '_' ? ' ' : *value);
			}
		}
		value += 2;
		assert(value - word <= 75);
		value += *value == ' ';
	}
	return text;
}

/* Parts are told apart by the boundary, which no text can hold. */
static const char *part_of(struct arena *a, const char *message, int number, const char *type)
{
	const char *at = message, *end, *head = "--=_abc\r\nContent-Type: ";
	char *text, *to;

	for (int i = 0; i <= number; i++)
		at = strstr(at, "\r\n--=_") + 2;
	assert(!strncmp(at, head, strlen(head)));
	assert(!strncmp(at + strlen(head), type, strlen(type)));
	at = strstr(at, "\r\n\r\n") + 4;
	end = strstr(at, "\r\n--=_");
	assert(end && end >= at);
	to = text = arena_make(a, char, (size_t)(end - at) + 1);
	for (; at < end; at++) {
		assert(*at != ' ' || at[1] != '\r'); /* it would be lost on the way */
		if (at[0] == '=' && at[1] == '\r') {
			at += 2;
		} else if (at[0] == '=') {
			*to++ = (char)hex_byte(at + 1);
			at += 2;
		} else if (at[0] != '\r') {
			*to++ = *at;
		}
	}
	return text;
}

static void check_person(struct arena *a, const char *value, const char *name, const char *address)
{
	const char *bracket = strrchr(value, '<');
	size_t length = (size_t)(bracket - value);

	assert(!strcmp(bracket + 1, arena_printf(a, "%s>", address)));
	length -= length && value[length - 1] == ' ';
	assert(!strcmp(words_of(a, arena_strndup(a, value, length)), name ? name : ""));
}

static size_t count_headers(const char *message)
{
	size_t n = 0;

	for (; strncmp(message, "\r\n", 2) != 0; message = strstr(message, "\r\n") + 2)
		n += *message != ' ';
	return n;
}

static void check_headers(struct arena *a, const char *message, const struct message *m)
{
	const char *link = header(a, message, "List-Unsubscribe");
	bool one_click = m->list_unsubscribe && !strncmp(m->list_unsubscribe, "https:", 6);

	check_person(a, header(a, message, "From"), m->from_name, m->from_address);
	check_person(a, header(a, message, "To"), m->to_name, m->to_address);
	assert(!strcmp(words_of(a, header(a, message, "Subject")), m->subject));
	assert(!strcmp(header(a, message, "Message-ID"), m->message_id));
	assert(!link == !m->list_unsubscribe);
	assert(!link || !strcmp(link, arena_printf(a, "<%s>", m->list_unsubscribe)));
	assert(!header(a, message, "List-Unsubscribe-Post") == !one_click);
	assert(count_headers(message) == 9 + (link ? 1u : 0) + (one_click ? 1u : 0));
}

static void check_good(struct arena *a, const char *message, const struct message *m)
{
	check_lines(message);
	check_headers(a, message, m);
	assert(!strcmp(part_of(a, message, 0, "text/plain"), m->text));
	assert(!strcmp(part_of(a, message, 1, "text/html"), m->html));
}

void message_check(const struct message *m)
{
	struct arena *a = arena_new();
	struct out o;

	out_init(&o);
	if (message_write(&o, m) == OK)
		check_good(a, o.data, m);
	else
		assert(o.length == 0);
	out_release(&o);
	arena_free(a);
}
