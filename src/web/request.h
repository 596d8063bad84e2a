/*
 * request.h - what was asked, and by whom.
 *
 * Made by the server (or by a test) and given to a page. Everything in it lives as
 * long as the request. Texts have been checked: valid UTF-8, no control characters.
 */
#ifndef WEB_REQUEST_H
#define WEB_REQUEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "access/access.h"

struct arena;
struct db;
struct limiter;
struct login;
struct traces;
struct search;

enum method { GET, POST, OTHER_METHOD };

/* What is the same for every request. */
struct site {
	const char *public_url; /* "https://exemple.fr", without a final slash */
	const char *version;    /* of the program, names static files for caches */
	struct search *search;
	struct traces *traces;   /* NULL where nothing writes them down */
	struct limiter *limiter; /* see limiter.h; NULL holds nobody back */
	const char *data;        /* the data folder: files are in it */
};

/* The name of the cookie that holds a session: bound to this very host where it can be. */
const char *site_cookie(const struct site *site);

struct pair {
	const char *name, *value;
};

/* A file that was posted. */
struct upload {
	const char *name;     /* of its field */
	const char *filename; /* as the visitor's machine calls it, without a folder; may be "" */
	const void *bytes;
	size_t length;
};

struct request {
	struct arena *arena;
	struct db *db;
	const struct site *site;
	enum method method;   /* HEAD is GET here: the server drops the body */
	const char *path;     /* decoded, begins with '/' */
	const char *raw_path; /* as it came, without the query */
	struct pair *query;   /* in order, decoded; a name may repeat */
	size_t n_query;
	struct pair *param; /* what the route's pattern captured */
	size_t n_params;
	struct pair *form; /* what was posted as a form, in order, decoded; lines end in CR LF */
	size_t n_form;
	struct upload *upload; /* the files of that form, in order */
	size_t n_uploads;
	const char *origin;        /* the header, or NULL */
	const char *fetch_site;    /* Sec-Fetch-Site, or NULL */
	const char *session;       /* the value of the session's cookie, or NULL */
	const char *address;       /* of the visitor's machine, in the one way to write it */
	const char *agent;         /* User-Agent, at most 200 bytes, or NULL */
	const char *range;         /* of a GET: the header, or NULL; see request_range() */
	const char *if_range;      /* the header, or NULL */
	const struct login *login; /* the session under way, whole or not; NULL */
	struct reader reader;
	int64_t now; /* the moment of the request: pages have no other clock */
};

/*
 * The range that is asked of what has this ETag now (NULL for none), or NULL: what If-Range
 * names is another version, of which a part does not fit the one the client has.
 */
const char *request_range(const struct request *req, const char *etag);

/* What ":name" of the route's pattern matched; never NULL for a name of the pattern. */
const char *request_param(const struct request *req, const char *name);

/* The first value of a query parameter, or NULL. */
const char *request_query(const struct request *req, const char *name);

/* The first value of a field of the form, or NULL. */
const char *request_form(const struct request *req, const char *name);

/* The first file of a field, or NULL. */
const struct upload *request_upload(const struct request *req, const char *name);

/*
 * A whole number from 1 to `max`; `otherwise` when the parameter is absent or empty; -1
 * when it is anything else.
 */
int64_t request_number(const struct request *req, const char *name, int64_t otherwise, int64_t max);

#endif
