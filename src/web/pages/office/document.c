/*
 * document.c - a document that is kept here is given to a resource, as one more link.
 */
#include <string.h>

#include "base/arena.h"
#include "base/tr.h"
#include "db/db.h"
#include "store/file.h"
#include "web/account.h"
#include "web/pages/frame.h"
#include "web/pages/office/edit.h"
#include "web/pages/parts.h"

enum { LABEL_MAX = 500 };

/* The form, and what it is about. */
struct giving {
	struct edit e;
	struct form form;
	struct field_view *document, *label, *role, *visibility;
};

static struct url here(const struct giving *g)
{
	return url_path_and(g->e.req->arena, "/gestion/ressources/", g->e.r.slug, "/document");
}

static struct url editor(const struct giving *g)
{
	return url_path(g->e.req->arena, "/gestion/ressources/", g->e.r.slug);
}

static void add_readers(struct giving *g)
{
	struct form *f = &g->form;

	g->visibility = form_field(f, FIELD_RADIO, "acces", _("Qui peut ouvrir ce document"), NULL);
	form_option(f, g->visibility, "", _("Les mêmes personnes que la ressource"), true);
	form_option(f, g->visibility, "public", _("Tout le monde"), false);
	form_option(f, g->visibility, "members", _("Les collectivités adhérentes"), false);
}

static void make_form(struct request *req, struct giving *g)
{
	struct form *f = &g->form;

	form_begin(f, req, here(g), _("Joindre ce document"));
	g->document = form_field(f, FIELD_FILE, "document", _("Document"), NULL);
	g->document->help = _("PDF, ODT, image, son… jusqu’à 64 Mo.");
	g->document->required = true;
	g->label = form_field(f, FIELD_TEXT, "nom", _("Nom du lien"), NULL);
	g->label->help = _("Par exemple « Modèle de convention ». Sans nom, celui du fichier.");
	form_limit(f, g->label, LABEL_MAX);
	g->role = form_field(f, FIELD_CHOICE, "role", _("Ce que c’est"), NULL);
	options_of(f, g->role, link_role_words, "download");
	add_readers(g);
}

static enum status begin(struct request *req, struct giving *g)
{
	enum status status;

	*g = (struct giving){ .e.req = req };
	status = edit_load(&g->e);
	if (status == OK)
		make_form(req, g);
	return status;
}

static void fill(struct giving *g)
{
	struct request *req = g->e.req;
	struct office_view *v = &g->e.v.office;
	struct card_view *c;

	office_begin(req, v, OFFICE_RESOURCES,
		     arena_printf(req->arena, _("Joindre un document à « %s »"), g->e.r.title));
	frame_way(&v->frame, say(req, g->e.r.title), editor(g));
	c = office_card(req, office_section(req, v, NULL, NULL), NULL);
	(void)office_form(req, c, &g->form);
}

enum status office_document_show(struct request *req, struct response *res)
{
	struct giving g;
	enum status status = begin(req, &g);

	if (status != OK)
		return status;
	fill(&g);
	office_html(&res->body, &g.e.v.office);
	return OK;
}

static void check(struct giving *g, const struct upload *u, struct link *l)
{
	struct form *f = &g->form;
	const char *visibility = form_chosen(f, g->visibility);

	if (!u || !*u->filename)
		form_refuse(f, g->document, _("Choisissez un fichier."));
	else if (!u->length)
		form_refuse(f, g->document, _("Ce fichier est vide."));
	*l = (struct link){ .role = form_chosen(f, g->role), .visibility = AS_OWNER };
	if (!l->role || !link_role_is_known(l->role))
		form_refuse(f, g->role, _("Ce choix n’existe pas."));
	if (visibility && *visibility)
		(void)visibility_parse(visibility, &l->visibility);
}

static enum status give(struct giving *g, const struct upload *u, struct link *l)
{
	struct request *req = g->e.req;
	struct file made;
	enum status status = file_add(req->db, req->arena, req->site->data, u->filename, u->bytes,
				      u->length, req->now, &made);

	if (status != OK)
		return status;
	l->file = made.id;
	l->label = *g->label->value ? g->label->value : made.name;
	status = touch_owner(req, OF_RESOURCE, g->e.r.id, g->e.r.slug);
	if (status == OK)
		status = link_add(req->db, OF_RESOURCE, g->e.r.id, l);
	if (status == OK)
		status = audit_here(req, "resource-changed",
				    arena_printf(req->arena, "resource %s", g->e.r.slug),
				    arena_printf(req->arena, _("document : %s"), made.name));
	return status;
}

enum status office_document_give(struct request *req, struct response *res)
{
	const struct upload *u = request_upload(req, "document");
	struct giving g;
	struct link l;
	enum status status = begin(req, &g);

	if (status != OK)
		return status;
	check(&g, u, &l);
	if (!form_is_good(&g.form)) {
		fill(&g);
		return office_wrong(res, &g.e.v.office);
	}
	status = db_begin(req->db);
	if (status == OK)
		status = db_end(req->db, give(&g, u, &l));
	return status == OK ? office_back(req, res, editor(&g), "document") : status;
}
