#include "web/pages/area.h"

#include <string.h>

#include "base/arena.h"
#include "base/tr.h"
#include "db/db.h"
#include "web/account.h"
#include "web/address.h"
#include "web/pages/frame.h"
#include "web/pages/parts.h"

static const struct {
	const char *path, *label;
} pages[] = {
	{ "/espace", N_("Vue d’ensemble") },
	{ "/espace/organisation", N_("Mon organisation") },
	{ "/espace/groupes", N_("Groupes de travail") },
	{ "/espace/enregistrees", N_("Ressources gardées") },
	{ "/espace/profil", N_("Mon profil") },
	{ "/espace/securite", N_("Connexion et sécurité") },
	{ "/espace/donnees", N_("Mes données") },
};

static const struct {
	const char *name, *words;
} done[] = {
	{ "profil", N_("Votre profil est enregistré.") },
	{ "vu", N_("Tout est marqué comme vu.") },
	{ "invitation", N_("C’est fait : un message part à cette adresse.") },
	{ "fonction", N_("La fonction est enregistrée.") },
	{ "fin", N_("La fonction a pris fin.") },
	{ "ajout", N_("La personne fait partie du groupe.") },
	{ "retrait", N_("La personne ne fait plus partie du groupe.") },
};

static const char *done_words(const struct request *req)
{
	const char *name = request_query(req, "fait");

	for (size_t i = 0; name && i < sizeof(done) / sizeof(*done); i++)
		if (!strcmp(done[i].name, name))
			return _(done[i].words);
	return NULL;
}

/* "/espace/organisations/…" is under "/espace/organisation": the longest that begins it. */
void area_nav(const struct request *req, struct frame_view *f)
{
	struct nav_view *here = NULL;
	size_t longest = 0;

	for (size_t i = 0; i < sizeof(pages) / sizeof(*pages); i++) {
		size_t length = strlen(pages[i].path);
		struct nav_view *item = &f->area[f->n_areas++];

		*item = (struct nav_view){ .label = _(pages[i].label),
					   .url = url_path(req->arena, pages[i].path, "") };
		if (!strcmp(req->path, pages[i].path))
			item->current = "page";
		else if (!strncmp(req->path, pages[i].path, length) && i && length > longest) {
			here = item;
			longest = length;
		}
	}
	if (here && !here->current)
		here->current = "true";
}

void area_fill(struct request *req, struct area_view *v, const char *title, struct tag_view way)
{
	frame_fill(req, &v->frame, NO_SECTION, title, (struct url){ NULL });
	if (strcmp(req->path, "/espace") != 0)
		frame_way(&v->frame, _("Mon espace"), URL("/espace"));
	if (way.label)
		frame_way(&v->frame, way.label, way.url);
	v->done = done_words(req);
}

void area_go(struct request *req, struct response *res, const char *path, const char *name)
{
	const struct pair query = { "fait", name };

	response_redirect(res, 303, address_write(req->arena, path, &query, name ? 1 : 0));
}

enum status area_person(struct request *req, struct person *p)
{
	return person_by_id(req->db, req->arena, req->reader.person_id, p);
}

enum status area_refuse(struct request *req, const char *subject, const char *what)
{
	enum status status = req->method == POST ? db_begin(req->db) : DENIED;

	if (status == OK)
		status = db_end(req->db, audit_here(req, "refused", subject, what));
	return status == OK ? DENIED : status;
}
