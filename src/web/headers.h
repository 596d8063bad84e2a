/*
 * headers.h - the header of a request, line by line: what must not be there, and the few
 * lines the server reads.
 *
 * Pure: knows no socket. Values point to where they were given and live as long.
 */
#ifndef WEB_HEADERS_H
#define WEB_HEADERS_H

#include <stdbool.h>
#include <stddef.h>

struct arena;

enum head {
	HOST,
	CONTENT_LENGTH,
	TRANSFER_ENCODING,
	CONTENT_TYPE,
	ORIGIN,
	FETCH_SITE,
	N_HEADS_ONCE, /* those before may stand once */
	ACCEPT_ENCODING = N_HEADS_ONCE,
	IF_NONE_MATCH,
	FORWARDED_FOR,
	N_HEADS,
};

struct head_value {
	const char *at; /* NULL when the line is absent; not NUL-terminated */
	size_t length;
};

struct headers {
	struct head_value head[N_HEADS]; /* the last of a name; blanks around it gone */
	bool is_broken;
};

/* Takes a line in; `is_broken` stays set once a line is not as it must be. */
void headers_add(struct headers *h, const char *name, size_t name_length, const char *value,
		 size_t length);

/*
 * 0 when the request may go on, else the code to refuse it with: 400, 411, 413 or 505.
 * `version` is "HTTP/1.1"; `has_body` tells whether the method comes with one.
 */
int headers_check(const struct headers *h, const char *version, bool has_body, size_t max_body);

/* NULL when the line is absent. */
const char *headers_text(const struct headers *h, enum head head, struct arena *a);

/* What Accept-Encoding says of gzip, by RFC 9110, 12.5.3. */
bool headers_accept_gzip(const struct headers *h);

/* True when If-None-Match is "*" or lists this tag, weak or strong. */
bool headers_have(const struct headers *h, const char *etag);

/* True when Content-Type is this one, parameters aside. */
bool headers_are_of_type(const struct headers *h, const char *type);

#endif
