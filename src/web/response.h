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
};

void response_init(struct response *res);
void response_release(struct response *res);

/* A name and a value without CR nor LF, or the program ends: no header is made from input. */
void response_header(struct response *res, const char *name, const char *value);

bool response_has(const struct response *res, const char *name);

/*
 * 301 or 303… to an absolute path of this site, or an address. It is copied; what may not
 * stand in an address is percent-encoded.
 */
void response_redirect(struct response *res, int code, const char *location);

#endif
