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

#include "web/listen.h"

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
	USER_AGENT,
	RANGE,
	IF_RANGE,
	N_HEADS,
};

struct head_value {
	const char *at; /* NULL when the line is absent; not NUL-terminated */
	size_t length;
};

struct headers {
	struct head_value head[N_HEADS]; /* the last of a name; blanks around it gone */
	const char *cookie;        /* the name of the one that is read, set before; NULL for none */
	struct head_value session; /* the value of the first cookie of that name */
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

/* The value of the cookie; NULL when absent or not 1 to 128 of A-Z a-z 0-9 _ -. */
const char *headers_session(const struct headers *h, struct arena *a);

/* User-Agent cut to 200 bytes; NULL when absent or not UTF-8 without control characters. */
const char *headers_agent(const struct headers *h, struct arena *a);

/*
 * The last address that X-Forwarded-For tells of: those before it were written by the
 * visitor. False when there is none.
 */
bool headers_forwarded(const struct headers *h, char address[PEER_SIZE]);

/* What Accept-Encoding says of gzip, by RFC 9110, 12.5.3. */
bool headers_accept_gzip(const struct headers *h);

/* True when If-None-Match is "*" or lists this tag, weak or strong. */
bool headers_have(const struct headers *h, const char *etag);

/* True when Content-Type is this one, parameters aside. */
bool headers_are_of_type(const struct headers *h, const char *type);

/* The boundary of parts in Content-Type, RFC 2046, 5.1.1; NULL when it is none. */
const char *headers_boundary(const struct headers *h, struct arena *a);

/* Content-Length, once headers_check() has let it pass; 0 when absent. */
size_t headers_length(const struct headers *h);

#endif
