#include "web/site.h"

#include <stddef.h>

#include "web/account.h"
#include "web/pages/account.h"
#include "web/pages/area.h"
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
	{ GET, "/annuaire", ANYONE, directory_show, directory_known },
	{ GET, "/annuaire/:slug", ANYONE, organisation_show, NULL },
	{ GET, "/pages/donnees-personnelles", ANYONE, privacy_show, NULL },
	{ GET, "/pages/:slug", ANYONE, text_page_show, NULL },
	{ GET, "/fichiers/:id/:name", ANYONE, file_show, NULL },

	/* Accounts. What hashes a password, or must not tell by its time, takes long. */
	{ GET, "/connexion", ANYONE, sign_in_show, return_known },
	{ POST, "/connexion", ANYONE, sign_in_try, .is_slow = true },
	{ GET, "/connexion/code", ANYONE, code_show, return_known },
	{ POST, "/connexion/code", ANYONE, code_try },
	{ GET, "/connexion/lien", ANYONE, link_ask_show, return_known },
	{ POST, "/connexion/lien", ANYONE, link_ask, .is_slow = true },
	{ GET, "/connexion/lien-envoye", ANYONE, link_asked_show },
	{ GET, "/connexion/lien/:secret", ANYONE, link_show },
	{ POST, "/connexion/lien/:secret", ANYONE, link_use },
	{ GET, "/deconnexion", ANYONE, sign_out_show },
	{ POST, "/deconnexion", ANYONE, sign_out },
	{ GET, "/mot-de-passe", ANYONE, reset_ask_show, return_known },
	{ POST, "/mot-de-passe", ANYONE, reset_ask, .is_slow = true },
	{ GET, "/mot-de-passe/:secret", ANYONE, password_show },
	{ POST, "/mot-de-passe/:secret", ANYONE, password_choose, .is_slow = true },
	{ GET, "/courriel/:secret", ANYONE, email_show },
	{ POST, "/courriel/:secret", ANYONE, email_confirm },
	{ GET, "/espace/securite", SIGNED_IN, security_show, security_known },
	{ POST, "/espace/securite/mot-de-passe", SIGNED_IN, security_set_password,
	  .is_slow = true },
	{ POST, "/espace/securite/courriel", SIGNED_IN, security_ask_email, .is_slow = true },
	{ POST, "/espace/securite/appareils/autres", SIGNED_IN, security_end_others },
	{ POST, "/espace/securite/appareils/:id/fin", SIGNED_IN, security_end_device },
	{ GET, "/espace/securite/deux-etapes", SIGNED_IN, factor_show, security_known },
	{ POST, "/espace/securite/deux-etapes", SIGNED_IN, factor_confirm },
	{ POST, "/espace/securite/deux-etapes/commencer", SIGNED_IN, factor_start },
	{ POST, "/espace/securite/deux-etapes/codes", SIGNED_IN, factor_renew_codes,
	  .is_slow = true },
	{ POST, "/espace/securite/deux-etapes/retirer", SIGNED_IN, factor_remove, .is_slow = true },

	/* The members' area. */
	{ GET, "/espace", SIGNED_IN, area_show, NULL },
	{ POST, "/espace/vu", SIGNED_IN, news_seen, NULL },
	{ GET, "/espace/profil", SIGNED_IN, profile_show, NULL },
	{ POST, "/espace/profil", SIGNED_IN, profile_show, NULL },
	{ GET, "/espace/organisation", SIGNED_IN, own_organisation_show, NULL },
	{ GET, "/espace/organisations/:slug", SIGNED_IN, area_organisation_show, NULL },
	{ GET, "/espace/organisations/:slug/inviter", SIGNED_IN, colleague_invite, NULL },
	{ POST, "/espace/organisations/:slug/inviter", SIGNED_IN, colleague_invite, NULL },
	{ GET, "/espace/organisations/:slug/fonctions/:id", SIGNED_IN, function_change, NULL },
	{ POST, "/espace/organisations/:slug/fonctions/:id", SIGNED_IN, function_change, NULL },
	{ POST, "/espace/organisations/:slug/fonctions/:id/fin", SIGNED_IN, function_stop, NULL },
	{ GET, "/espace/groupes", SIGNED_IN, groups_show, NULL },
	{ GET, "/espace/groupes/:slug", SIGNED_IN, group_show, NULL },
	{ POST, "/espace/groupes/:slug/ajouter", SIGNED_IN, group_add, NULL },
	{ POST, "/espace/groupes/:slug/retirer", SIGNED_IN, group_take_out, NULL },
	{ GET, "/espace/enregistrees", SIGNED_IN, saved_show, NULL },
	{ POST, "/ressources/:slug/garder", SIGNED_IN, keep_change, NULL },
	{ GET, "/ressources/:slug/demande", SIGNED_IN, ask_show, NULL },
	{ POST, "/ressources/:slug/demande", SIGNED_IN, ask_show, NULL },
	{ GET, "/espace/donnees", SIGNED_IN, my_data_show, NULL },
	{ GET, "/espace/donnees.json", SIGNED_IN, my_data_json, NULL },
	{ GET, "/espace/donnees/supprimer", SIGNED_IN, leave_show, NULL },
	{ POST, "/espace/donnees/supprimer", SIGNED_IN, leave_show, NULL },

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
