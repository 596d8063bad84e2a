#include "web/site.h"

#include <stddef.h>

#include "web/account.h"
#include "web/pages/feeds.h"
#include "web/pages/pages.h"
#include "web/static.h"

/* Tried from the top: what is fixed comes before what is a name. */
static const struct route routes[] = {
	{ GET, "/", ANYONE, home_show, NULL },
	{ GET, "/ressources", ANYONE, resources_show, resources_known },
	{ GET, "/ressources/:slug", ANYONE, resource_show, NULL },
	{ GET, "/collections", ANYONE, collections_show, NULL },
	{ GET, "/collections/:slug", ANYONE, collection_show, NULL },
	{ GET, "/agenda", ANYONE, agenda_show, agenda_known },
	{ GET, "/agenda/:slug.ics", ANYONE, feed_session_ics, NULL },
	{ GET, "/agenda/:slug", ANYONE, session_show, NULL },
	{ GET, "/cycles/:slug", ANYONE, cycle_show, NULL },
	{ GET, "/annuaire", ANYONE, directory_show, NULL },
	{ GET, "/annuaire/:slug", ANYONE, organisation_show, NULL },
	{ GET, "/pages/:slug", ANYONE, text_page_show, NULL },
	{ GET, "/fichiers/:id/:name", ANYONE, file_show, NULL },

	{ GET, "/api/v1/resources", ANYONE, api_resources, api_resources_known },
	{ GET, "/api/v1/resources/:slug", ANYONE, api_resource, NULL },
	{ GET, "/api/v1/suggest", ANYONE, api_suggest, api_suggest_known },
	{ GET, "/api/v1/sessions", ANYONE, api_sessions, api_sessions_known },
	{ GET, "/api/openapi.json", ANYONE, api_openapi, NULL },
	{ GET, "/flux/ressources.atom", ANYONE, feed_atom, NULL },
	{ GET, "/flux/agenda.ics", ANYONE, feed_agenda_ics, NULL },
	{ GET, "/sitemap.xml", ANYONE, feed_sitemap, NULL },
	{ GET, "/sitemap-:part.xml", ANYONE, feed_sitemap_part, NULL },
	{ GET, "/robots.txt", ANYONE, feed_robots, NULL },

	{ GET, "/statique/:name", ANYONE, static_show, NULL },
	{ GET, "/favicon.ico", ANYONE, icon_show, NULL },
	{ GET, "/sante", ANYONE, health_show, NULL },
	{ .pattern = NULL },
};

const struct site_map site_map = {
	.route = routes,
	.error = error_show,
	.moved = moved_show,
	.identify = account_identify,
	.sign_in = account_ask,
};
