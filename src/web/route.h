/*
 * route.h - which page answers which address, and who may ask for it.
 *
 * The map is an array, tried from the top. A pattern is a path whose parts are
 * literal or ":name", which captures one non-empty part; a last part ":name.ext" captures
 * what comes before the extension. A part "*name" at the end captures the rest, slashes
 * included.
 */
#ifndef WEB_ROUTE_H
#define WEB_ROUTE_H

#include "base/status.h"
#include "web/request.h"
#include "web/response.h"

typedef enum status page_fn(struct request *req, struct response *res);

/* Who may ask. The page itself is still shown through the rule of access. */
enum who { ANYONE, SIGNED_IN, MEMBERS_ONLY, EDITORS_ONLY, ADMINISTRATORS_ONLY };

struct route {
	enum method method;
	const char *pattern; /* NULL ends the map */
	enum who who;
	page_fn *page;
	/* Query parameters the page reads, in the order they are kept in a cache's key. */
	const char *const *known; /* NULL when none */
	/* Of a POST: takes more than some 10 ms, and so runs apart from what is read (slow.h). */
	bool is_slow;
	size_t max_body; /* of a POST; 0 is 1 MiB. Who may not ask is told before he sends more */
};

/* What a map needs beside its routes. */
struct site_map {
	const struct route *route;
	/*
	 * Writes the page for a failure; res->code is set. A path under /api/ gets problem+json.
	 * NULL: the code in plain text. The request may have no database.
	 */
	void (*error)(struct request *req, struct response *res, enum status status);
	/* Where an address of an earlier site leads: NOT_FOUND when nowhere. May be NULL. */
	page_fn *moved;
	/*
	 * Fills req->reader from req->session, and is called only when there is one: in the
	 * page's own view of the database for a GET, in one of its own before the page of a
	 * POST that comes from here. OK too when the session is nobody's. May be NULL.
	 */
	enum status (*identify)(struct request *req);
	/* For who is nobody and asks for what is not for anyone. May be NULL: DENIED. */
	page_fn *sign_in;
};

/* Finds the route of a request, capturing its parameters; NULL when there is none. */
const struct route *route_find(const struct site_map *map, struct request *req);

/*
 * A form of another site must not act in a visitor's name. Browsers write Origin and
 * Sec-Fetch-Site themselves; an Origin that is there has the last word.
 */
bool route_comes_from_here(const struct request *req);

/*
 * Answers: finds the page, runs it, and turns a status into a code of HTTP and a page that
 * says so. A GET sees the database at one moment and writes nothing. A POST must come from
 * a page of this site. A path that ends in a slash is sent to the one without, unless a
 * route or an address of an earlier site has it so. Known to every test: no socket is
 * needed.
 */
void route_answer(const struct site_map *map, struct request *req, struct response *res);

/*
 * What a POST would be answered if its page did nothing: false when it may come to its page. For
 * what should not be received from just anyone.
 */
bool route_turns_away(const struct site_map *map, const struct route *route, struct request *req,
		      struct response *res);

/* Answers with a failure that no page has to do with: 400, 413, 503… */
void route_fail(const struct site_map *map, struct request *req, struct response *res, int code);

#endif
