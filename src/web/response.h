/*
 * response.h - what is answered. A page fills it; the server sends it.
 */
#ifndef WEB_RESPONSE_H
#define WEB_RESPONSE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/out.h"

enum { RESPONSE_HEADERS = 12 };

struct header {
	const char *name, *value;
};

struct response {
	int code;                 /* 0 is what the page's status says: 200 for OK */
	const char *content_type; /* a literal; text/html; charset=utf-8 when NULL */
	struct out body;
	struct header header[RESPONSE_HEADERS];
	size_t n_headers;
	/*
	 * An anonymous answer may be kept until the next change, and at most until this
	 * moment: 0 is until midnight in Paris. -1 is not at all.
	 */
	int64_t fresh_until;
	/*
	 * The same for ever and for everyone at this address: cached by browsers for a year,
	 * whoever is signed in.
	 */
	bool is_static;
	int64_t change; /* set by route_answer(): the last change the page saw, -1 when unknown */
	struct out location;
	int file; /* -1 for none: see response_file() */
	int64_t file_from, file_length;
};

void response_init(struct response *res);
void response_release(struct response *res);

/*
 * A name and a value without CR nor LF, or the program ends: no header is made from input.
 * They are not copied: the request's arena is a good place.
 *
 * An ETag of the page's own, at most 95 characters without a comma, takes the place of ours:
 * who has it is answered 304.
 */
void response_header(struct response *res, const char *name, const char *value);

/*
 * The body is this part of an open file, which is the answer's from now on. It is sent as it
 * is: no gzip, no ETag but the page's own, not kept. The page sets code 206 and Content-Range.
 */
void response_file(struct response *res, int fd, int64_t from, int64_t length);

/* NULL when it has none. */
const char *response_value(const struct response *res, const char *name);
bool response_has(const struct response *res, const char *name);

/*
 * 301 or 303… to an absolute path of this site, or an address. It is copied; what may not
 * stand in an address is percent-encoded.
 */
void response_redirect(struct response *res, int code, const char *location);

#endif
