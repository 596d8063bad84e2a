#include "web/pages/frame.h"

#include <string.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/richtext.h"
#include "base/text.h"
#include "base/tr.h"
#include "store/login.h"
#include "store/person.h"
#include "store/row.h"
#include "store/session.h"
#include "store/setting.h"
#include "web/address.h"
#include "web/pages/area.h"
#include "web/pages/pages.h"
#include "web/static.h"

enum { DESCRIPTION_MAX = 180 };

const char *setting_of(struct request *req, const char *name)
{
	const char *value;

	if (req->db && setting_get(req->db, req->arena, name, &value) == OK)
		return value;
	for (size_t i = 0; i < n_settings; i++)
		if (!strcmp(setting_table[i].name, name))
			return setting_table[i].initial;
	return "";
}

const char *absolute(const struct request *req, const char *path)
{
	return arena_printf(req->arena, "%s%s", req->site->public_url, path);
}

const char *description_of(struct arena *a, struct html summary)
{
	const char *text = text_squeeze(a, richtext_to_text(a, summary));

	return *text ? text_typography(a, text_clip(a, text, DESCRIPTION_MAX)) : NULL;
}

static void fill_navigation(struct frame_view *f, enum section section, struct url path)
{
	const struct nav_view nav[N_NAV] = {
		[IN_RESOURCES] = { .label = _("Ressources"), .url = URL("/ressources") },
		[IN_COLLECTIONS] = { .label = _("Collections"), .url = URL("/collections") },
		[IN_AGENDA] = { .label = _("Agenda"), .url = URL("/agenda") },
		[IN_DIRECTORY] = { .label = _("Annuaire"), .url = URL("/annuaire") },
	};

	memcpy(f->nav, nav, sizeof(nav));
	if (section == NO_SECTION)
		return;
	if (path.address && !strcmp(path.address, nav[section].url.address)) {
		f->nav[section].current = "page";
		return;
	}
	f->nav[section].current = "true";
	frame_way(f, nav[section].label, nav[section].url);
}

static void fill_contact(struct request *req, struct frame_view *f)
{
	const char *contact = setting_of(req, "site_contact");

	if (!*contact)
		return;
	f->contact = contact;
	f->contact_url = url_external(req->arena, arena_printf(req->arena, "mailto:%s", contact));
}

static void add_account(struct request *req, struct frame_view *f, const char *label,
			const char *at)
{
	bool is_here = !strncmp(req->path, at, strlen(at));

	f->account[f->n_accounts++] = (struct nav_view){
		.label = label,
		.url = url_path(req->arena, at, ""),
		.current = is_here ? "true" : NULL,
	};
}

/* Whoever signs in comes back to the page they were on. */
static struct url way_in_from(struct request *req, struct url path)
{
	const struct pair back = { "retour", path.address };
	const char *address = address_write(req->arena, "/connexion", &back, path.address ? 1 : 0);

	return url_external(req->arena, address);
}

static void fill_account(struct request *req, struct frame_view *f, struct url path)
{
	if (!req->reader.person_id) {
		f->account[f->n_accounts++] = (struct nav_view){ .label = _("Se connecter"),
								 .url = way_in_from(req, path) };
		return;
	}
	add_account(req, f, _("Mon espace"), "/espace");
	if (req->reader.level >= EDITOR)
		add_account(req, f, _("Gestion"), "/gestion");
}

static bool is_own_area(const struct request *req)
{
	return req->reader.person_id &&
	       (!strcmp(req->path, "/espace") || !strncmp(req->path, "/espace/", 8));
}

/* Without a second factor nobody administers: see standing.c. */
static bool waits_to_administer(struct request *req)
{
	struct credentials c;
	bool is_one;

	if (!req->db || req->reader.level >= ADMINISTRATOR)
		return false;
	if (role_has(req->db, req->reader.person_id, "administrator", &is_one) != OK || !is_one)
		return false;
	return credentials_of(req->db, req->arena, req->reader.person_id, &c) == OK && !c.has_totp;
}

static void fill_area(struct request *req, struct frame_view *f)
{
	if (!is_own_area(req))
		return;
	area_nav(req, f);
	if (!waits_to_administer(req))
		return;
	f->notice = _("Votre rôle d’administration commence quand la connexion en deux étapes est "
		      "en place.");
	f->notice_way = (struct tag_view){
		.label = _("La mettre en place"),
		.url = URL("/espace/securite/deux-etapes"),
	};
}

void frame_fill(struct request *req, struct frame_view *f, enum section section, const char *title,
		struct url path)
{
	*f = (struct frame_view){
		.title = text_typography(req->arena, title),
		.site_name = text_typography(req->arena, setting_of(req, "site_name")),
		.og_type = "website",
		.style = static_url("style.css"),
		.script = static_url("site.js"),
		.sign = static_url("arch.svg"),
	};
	f->full_title = arena_printf(req->arena, "%s – %s", f->title, f->site_name);
	if (path.address) {
		f->address = absolute(req, path.address);
		f->canonical = (struct url){ f->address };
	}
	fill_navigation(f, section, path);
	fill_contact(req, f);
	fill_account(req, f, path);
	fill_area(req, f);
}

void frame_way(struct frame_view *f, const char *label, struct url url)
{
	if (f->n_crumbs < MAX_CRUMBS)
		f->crumb[f->n_crumbs++] = (struct tag_view){ .label = label, .url = url };
}

enum status identity_of(struct request *req, struct identity *site)
{
	return identity_read(req->db, req->arena, req->site->public_url, site);
}

enum status refuse(struct request *req, struct response *res, const char *words)
{
	struct error_view v = {
		.code = "400",
		.title = _("Cette demande n’est pas comprise"),
		.words = words,
		.typed = request_query(req, "q"),
		.offers = true,
	};

	res->code = 400;
	res->fresh_until = -1;
	frame_fill(req, &v.frame, NO_SECTION, v.title, (struct url){ NULL });
	v.frame.has_box = true;
	error_html(&res->body, &v);
	return OK;
}

enum status not_here(struct request *req, struct response *res)
{
	return moved_show(req, res);
}

enum status keep_until_next_moment(struct request *req, struct response *res)
{
	int64_t midnight = next_midnight_in_paris(req->now), moment;
	enum status status = session_next_moment(req->db, &req->reader, req->now, &moment);

	if (status == OK && moment != NO_NUMBER && moment < midnight)
		res->fresh_until = moment;
	return status;
}
