/*
 * feeds.h - the pages that machines read, for the map of the site.
 *
 *	{ GET, "/api/v1/resources", ANYONE, api_resources, api_resources_known },
 *	{ GET, "/api/v1/resources/:slug", ANYONE, api_resource, NULL },
 *	{ GET, "/api/v1/suggest", ANYONE, api_suggest, api_suggest_known },
 *	{ GET, "/api/v1/sessions", ANYONE, api_sessions, api_sessions_known },
 *	{ GET, "/api/openapi.json", ANYONE, api_openapi, NULL },
 *	{ GET, "/flux/ressources.atom", ANYONE, feed_atom, NULL },
 *	{ GET, "/flux/agenda.ics", ANYONE, feed_agenda_ics, NULL },
 *	{ GET, "/agenda/:slug.ics", ANYONE, feed_session_ics, NULL },
 *	{ GET, "/sitemap.xml", ANYONE, feed_sitemap, NULL },
 *	{ GET, "/sitemap-:part.xml", ANYONE, feed_sitemap_part, NULL },
 *	{ GET, "/robots.txt", ANYONE, feed_robots, NULL },
 *
 * The calendar of a session comes before "/agenda/:slug", which would take it.
 */
#ifndef WEB_PAGES_FEEDS_H
#define WEB_PAGES_FEEDS_H

#include <jansson.h>

#include "web/route.h"

page_fn api_resources, api_resource, api_suggest, api_sessions, api_openapi;
page_fn feed_atom, feed_agenda_ics, feed_session_ics;
page_fn feed_sitemap, feed_sitemap_part, feed_robots;

/* What they read, in the order of a cache's key. */
extern const char *const api_resources_known[];
extern const char *const api_suggest_known[];
extern const char *const api_sessions_known[];

/* Answers with an object, which is taken over. */
enum status api_answer(struct request *req, struct response *res, json_t *object);

/*
 * An answer that says what went wrong, to a program (RFC 9457). For every path under
 * /api/. `detail` is a sentence, or NULL.
 */
void api_problem(struct request *req, struct response *res, int code, const char *detail);

#endif
