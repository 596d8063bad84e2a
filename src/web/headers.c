#include "web/headers.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "web/address.h"

enum { MAX_SESSION = 128, MAX_AGENT = 200, MAX_BOUNDARY = 70 };

static const char *const head_name[N_HEADS] = {
	[HOST] = "Host",
	[CONTENT_LENGTH] = "Content-Length",
	[TRANSFER_ENCODING] = "Transfer-Encoding",
	[CONTENT_TYPE] = "Content-Type",
	[ORIGIN] = "Origin",
	[FETCH_SITE] = "Sec-Fetch-Site",
	[ACCEPT_ENCODING] = "Accept-Encoding",
	[IF_NONE_MATCH] = "If-None-Match",
	[FORWARDED_FOR] = "X-Forwarded-For",
	[USER_AGENT] = "User-Agent",
	[RANGE] = "Range",
	[IF_RANGE] = "If-Range",
};

static bool is_alnum(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

static bool is_of(const char *text, size_t length, const char *others)
{
	for (size_t i = 0; i < length; i++)
		if (!text[i] || (!is_alnum(text[i]) && !strchr(others, text[i])))
			return false;
	return length > 0;
}

/* RFC 9110, 5.6.2: this is also what refuses a blank before the colon. */
static bool is_token(const char *text, size_t length)
{
	return is_of(text, length, "!#$%&'*+-.^_`|~");
}

static bool is_value(const char *text, size_t length)
{
	for (size_t i = 0; i < length; i++)
		if (((unsigned char)text[i] < ' ' && text[i] != '\t') || text[i] == 0x7f)
			return false;
	return true;
}

static struct head_value trim(const char *text, size_t length)
{
	while (length && is_blank(*text)) {
		text++;
		length--;
	}
	while (length && is_blank(text[length - 1]))
		length--;
	return (struct head_value){ text, length };
}

static bool is_word(struct head_value value, const char *word)
{
	return value.length == strlen(word) && !strncasecmp(value.at, word, value.length);
}

/* The next piece of a list; false at the end. */
static bool next_piece(struct head_value *list, char separator, struct head_value *piece)
{
	const char *end;
	size_t length;

	if (!list->at)
		return false;
	end = memchr(list->at, separator, list->length);
	length = end ? (size_t)(end - list->at) : list->length;
	*piece = trim(list->at, length);
	list->length -= end ? length + 1 : length;
	list->at = end ? end + 1 : NULL;
	return true;
}

/* RFC 6265, 4.2.1. Front servers may cut the list into several lines. */
static void take_cookies(struct headers *h, struct head_value list)
{
	size_t name = h->cookie ? strlen(h->cookie) : 0;
	struct head_value piece;

	while (name && !h->session.at && next_piece(&list, ';', &piece))
		if (piece.length > name && piece.at[name] == '=' &&
		    !memcmp(piece.at, h->cookie, name))
			h->session =
				(struct head_value){ piece.at + name + 1, piece.length - name - 1 };
}

void headers_add(struct headers *h, const char *name, size_t name_length, const char *value,
		 size_t length)
{
	struct head_value given = { name, name_length };

	if (!is_token(name, name_length) || !is_value(value, length))
		h->is_broken = true;
	for (int i = 0; i < N_HEADS; i++) {
		if (!is_word(given, head_name[i]))
			continue;
		if (h->head[i].at && i < N_HEADS_ONCE)
			h->is_broken = true;
		h->head[i] = trim(value, length);
	}
	if (is_word(given, "Cookie"))
		take_cookies(h, trim(value, length));
}

static bool host_is_good(const struct headers *h, bool must_be)
{
	struct head_value host = h->head[HOST];

	return host.at ? is_of(host.at, host.length, "-._~%:[]") : !must_be;
}

/* More than fits is told apart from what is no number. */
static bool read_length(struct head_value value, size_t max, size_t *length)
{
	*length = 0;
	for (size_t i = 0; i < value.length; i++) {
		if (value.at[i] < '0' || value.at[i] > '9')
			return false;
		if (*length <= max)
			*length = *length * 10 + (size_t)(value.at[i] - '0');
	}
	return value.length > 0 || !value.at;
}

/*
 * A body of unknown length is not taken: no browser sends one, and a front server that
 * reads it otherwise than we do could be made to see two requests in one.
 */
static int check_body(const struct headers *h, bool has_body, size_t max_body)
{
	size_t length;

	if (!read_length(h->head[CONTENT_LENGTH], max_body, &length))
		return 400;
	if (h->head[TRANSFER_ENCODING].at)
		return h->head[CONTENT_LENGTH].at || !has_body ? 400 : 411;
	if (!has_body)
		return length ? 400 : 0;
	if (!h->head[CONTENT_LENGTH].at)
		return 411;
	return length > max_body ? 413 : 0;
}

int headers_check(const struct headers *h, const char *version, bool has_body, size_t max_body)
{
	bool is_1_0 = !strcmp(version, "HTTP/1.0");

	if (!is_1_0 && strcmp(version, "HTTP/1.1") != 0)
		return 505;
	if (h->is_broken || !host_is_good(h, !is_1_0))
		return 400;
	return check_body(h, has_body, max_body);
}

const char *headers_text(const struct headers *h, enum head head, struct arena *a)
{
	struct head_value value = h->head[head];

	return value.at ? arena_strndup(a, value.at, value.length) : NULL;
}

const char *headers_session(const struct headers *h, struct arena *a)
{
	struct head_value value = h->session;

	if (!value.at || value.length > MAX_SESSION || !is_of(value.at, value.length, "-_"))
		return NULL;
	return arena_strndup(a, value.at, value.length);
}

const char *headers_agent(const struct headers *h, struct arena *a)
{
	struct head_value agent = h->head[USER_AGENT];

	if (!agent.length || !address_is_text(agent.at, agent.length))
		return NULL;
	if (agent.length > MAX_AGENT)
		agent.length = utf8_valid_length(agent.at, MAX_AGENT);
	return arena_strndup(a, agent.at, agent.length);
}

bool headers_forwarded(const struct headers *h, char address[PEER_SIZE])
{
	struct head_value list = h->head[FORWARDED_FOR];
	const char *comma = list.at ? memrchr(list.at, ',', list.length) : NULL;
	char told[PEER_SIZE];

	if (comma)
		list = trim(comma + 1, list.length - (size_t)(comma + 1 - list.at));
	if (!list.at || list.length >= PEER_SIZE)
		return false;
	snprintf(told, PEER_SIZE, "%.*s", (int)list.length, list.at);
	return address_normalise(told, address);
}

/* "0.5" in thousandths; what is no weight counts as refused. */
static int read_weight(struct head_value text)
{
	int weight = 0, unit = 1000;

	for (size_t i = 0; i < text.length && i < 5; i++) {
		if (i == 1 && text.at[i] == '.')
			continue;
		if (i == 1 || text.at[i] < '0' || text.at[i] > (i ? '9' : '1'))
			return 0;
		weight += (text.at[i] - '0') * unit;
		unit /= 10;
	}
	return text.length > 5 || weight > 1000 ? 0 : weight;
}

/* "gzip;q=0.5": the piece loses its parameters. */
static int take_weight(struct head_value *piece)
{
	struct head_value rest = *piece, part;
	int weight = 1000;

	if (!next_piece(&rest, ';', piece))
		return 0;
	while (next_piece(&rest, ';', &part))
		if (part.length >= 2 && (part.at[0] | 0x20) == 'q' && part.at[1] == '=')
			weight = read_weight((struct head_value){ part.at + 2, part.length - 2 });
	return weight;
}

bool headers_accept_gzip(const struct headers *h)
{
	struct head_value list = h->head[ACCEPT_ENCODING], piece;
	int gzip = -1, any = -1, identity = 0;

	while (next_piece(&list, ',', &piece)) {
		int weight = take_weight(&piece);

		if (is_word(piece, "gzip") || is_word(piece, "x-gzip"))
			gzip = weight;
		else if (is_word(piece, "identity"))
			identity = weight;
		else if (is_word(piece, "*"))
			any = weight;
	}
	if (gzip < 0)
		gzip = any;
	return gzip > 0 && gzip >= identity;
}

bool headers_have(const struct headers *h, const char *etag)
{
	struct head_value list = h->head[IF_NONE_MATCH], piece;
	size_t length;

	etag += strncmp(etag, "W/", 2) ? 0 : 2;
	length = strlen(etag);

	/* Our tags hold no comma, so that cutting one of another's in two does no harm. */
	while (next_piece(&list, ',', &piece)) {
		if (piece.length > 2 && !memcmp(piece.at, "W/", 2))
			piece = (struct head_value){ piece.at + 2, piece.length - 2 };
		if (is_word(piece, "*") ||
		    (piece.length == length && !memcmp(piece.at, etag, length)))
			return true;
	}
	return false;
}

bool headers_are_of_type(const struct headers *h, const char *type)
{
	struct head_value list = h->head[CONTENT_TYPE], piece;

	return next_piece(&list, ';', &piece) && is_word(piece, type);
}

static struct head_value without_quotes(struct head_value value)
{
	if (value.length >= 2 && value.at[0] == '"' && value.at[value.length - 1] == '"')
		return (struct head_value){ value.at + 1, value.length - 2 };
	return value;
}

const char *headers_boundary(const struct headers *h, struct arena *a)
{
	static const char name[] = "boundary=";
	struct head_value list = h->head[CONTENT_TYPE], piece, found = { 0 };

	while (next_piece(&list, ';', &piece)) {
		if (piece.length < strlen(name) || strncasecmp(piece.at, name, strlen(name)) != 0)
			continue;
		if (found.at)
			return NULL;
		found = (struct head_value){ piece.at + strlen(name), piece.length - strlen(name) };
	}
	found = without_quotes(found);
	if (found.length > MAX_BOUNDARY || !is_of(found.at, found.length, "'()+_,-./:=?"))
		return NULL;
	return arena_strndup(a, found.at, found.length);
}

size_t headers_length(const struct headers *h)
{
	size_t length;

	return read_length(h->head[CONTENT_LENGTH], SIZE_MAX / 20, &length) ? length : 0;
}
