#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "base/markdown.h"
#include "base/tr.h"
#include "db/db.h"
#include "store/person.h"
#include "store/resource.h"
#include "store/slug.h"
#include "store/working_group.h"
#include "web/account.h"
#include "web/pages/office/edit.h"
#include "web/pages/parts.h"

enum { NAME_LENGTH = 200 };

static const struct told told[] = {
	{ "ajoute", N_("Le groupe est ajouté.") },
	{ "enregistre", N_("C’est enregistré.") },
	{ "enleve", N_("Le groupe est supprimé.") },
};

struct page {
	struct request *req;
	struct working_group g;
	bool is_sent, members_are_sent; /* one form or the other */
	struct form form, member_form;
	struct field_view *name, *description, *format, *coordinator, *slug, *email, *stay;
	struct person_list members;
};

static struct url group_url(const struct page *x, const char *rest)
{
	return url_path_and(x->req->arena, "/gestion/groupes/", x->g.slug, rest);
}

/* ---- all of them
 * ---------------------------------------------------------------------------------- */

enum status office_groups_show(struct request *req, struct response *res)
{
	struct working_group_list list;
	struct office_view v;
	struct office_section_view *s;
	enum status status = working_group_all(req->db, req->arena, &list);

	if (status != OK)
		return status;
	office_begin(req, &v, OFFICE_GROUPS, NULL);
	v.done = office_told(req, told, 3);
	office_action(req, &v, _("Nouveau groupe"), URL("/gestion/groupes/nouveau"));
	s = office_section(req, &v, NULL, NULL);
	if (!list.n_groups)
		s->words = _("Aucun groupe de travail.");
	office_table(req, s, _("Groupes de travail"), _("Nom"), _("Coordination"), _("Membres"),
		     NULL);
	for (size_t i = 0; i < list.n_groups; i++) {
		const struct working_group *g = &list.group[i];
		const struct person p = { .given_name = g->given_name,
					  .family_name = g->family_name };

		office_cell(req, s, g->name)->url =
			url_path(req->arena, "/gestion/groupes/", g->slug);
		office_cell(req, s, g->coordinator ? person_name(req->arena, &p) : NULL);
		office_cell(req, s, number_in_words(req->arena, g->n_members));
	}
	office_html(&res->body, &v);
	return OK;
}

/* ---- the form of one ----------------------------------------------------------------------------
 */

/* Someone without an address stays until another one is named. */
static const char *coordinator_without_address(const struct page *x)
{
	const struct person p = { .given_name = x->g.given_name, .family_name = x->g.family_name };

	return arena_printf(x->req->arena,
			    _("Aujourd’hui : %s, dont le compte n’a pas d’adresse. Une adresse ici "
			      "met quelqu’un d’autre à sa place."),
			    person_name(x->req->arena, &p));
}

static void make_form(struct page *x)
{
	struct request *req = x->req;
	struct form *f = &x->form;
	const char *text = markdown_from_richtext(req->arena, x->g.description);

	office_form_begin(f, req, x->g.id ? group_url(x, "") : URL("/gestion/groupes/nouveau"),
			  x->g.id ? _("Enregistrer") : _("Ajouter"), x->is_sent);
	x->name = form_field(f, FIELD_TEXT, "nom", _("Nom"), x->g.name);
	form_require(f, x->name);
	x->description = form_field(f, FIELD_LONG, "description", _("Description"),
				    text ? text : x->g.description.markup);
	x->description->help =
		text ? _("Une ligne vide entre deux paragraphes ; « - » devant un point de liste.")
		     : _("En HTML.");
	x->format = form_field(f, FIELD_HIDDEN, "format", "", text ? "markdown" : "html");
	x->coordinator = form_field(f, FIELD_EMAIL, "coordination",
				    _("Adresse de courriel de qui coordonne"), x->g.email);
	x->coordinator->help = x->g.coordinator_id && !x->g.email
				       ? coordinator_without_address(x)
				       : _("Celle de son compte ici. Vide : personne.");
	x->slug = form_field(f, FIELD_TEXT, "adresse", _("Adresse de la page"), x->g.slug);
	x->slug->help = _("Ce qui suit « /espace/groupes/ ». Vide, elle est faite du nom.");
}

static void make_member_form(struct page *x)
{
	struct request *req = x->req;
	struct form *f = &x->member_form;

	office_form_begin(f, req, group_url(x, "/membres"), _("Enregistrer les membres"),
			  x->members_are_sent);
	x->stay = form_field(f, FIELD_CHOICES, "membres", _("Membres"), NULL);
	for (size_t i = 0; i < x->members.n_persons; i++)
		form_option(f, x->stay, x->members.person[i].slug,
			    person_name(req->arena, &x->members.person[i]), true);
	form_note_choices(f, x->stay);
	x->email = form_field(f, FIELD_EMAIL, "courriel",
			      _("Ajouter la personne qui a ce courriel"), NULL);
}

/* Someone who has an account at that address; of id 0 when none was typed. */
static enum status find_person(struct form *f, struct field_view *field, struct person *p)
{
	struct request *req = f->req;
	enum status status;

	*p = (struct person){ 0 };
	form_expect_email(f, field);
	if (!*field->value || field->error)
		return OK;
	status = person_by_email(req->db, req->arena, field->value, p);
	if (status != NOT_FOUND)
		return status;
	form_refuse(f, field, _("Personne n’a de compte à cette adresse."));
	return OK;
}

static enum status read_slug(struct page *x)
{
	struct request *req = x->req;
	const char *slug = x->slug->value, *base = slug_for(req->arena, x->g.name, "groupe");
	struct working_group other;
	enum status status;

	office_expect_slug(&x->form, x->slug, "nouveau");
	if (x->slug->error)
		return OK;
	x->g.slug = *slug ? slug : strcmp(base, "nouveau") != 0 ? base : "nouveau-2";
	for (int i = 2;; i++) {
		status = working_group_by_slug(req->db, req->arena, x->g.slug, &other);
		if (status != OK || other.id == x->g.id)
			return status == NOT_FOUND ? OK : status;
		if (*slug)
			break;
		x->g.slug = slug_numbered(req->arena, base, i);
	}
	form_refuse(&x->form, x->slug, _("Un autre groupe a déjà cette adresse."));
	return OK;
}

static enum status trace(struct page *x, const char *detail)
{
	return audit_here(x->req, "group-changed",
			  arena_printf(x->req->arena, "group %s", x->g.slug), detail);
}

static enum status save(struct page *x)
{
	struct person coordinator;
	enum status status = find_person(&x->form, x->coordinator, &coordinator);

	if (*x->coordinator->value || x->g.email)
		x->g.coordinator_id = coordinator.id;
	form_limit(&x->form, x->name, NAME_LENGTH);
	x->g.name = x->name->value;
	x->g.description =
		markup_typed(&x->form, x->description, strcmp(x->format->value, "html") != 0);
	if (status == OK)
		status = read_slug(x);
	if (status == OK && !form_is_good(&x->form))
		return INVALID;
	if (status == OK)
		status = working_group_save(x->req->db, &x->g);
	/* Who coordinates is one of them. */
	if (status == OK && x->g.coordinator_id)
		status = working_group_join(x->req->db, x->g.id, x->g.coordinator_id);
	return status == OK ? trace(x, "fiche") : status;
}

/* ---- a new one
 * ------------------------------------------------------------------------------------- */

static void fill_new(struct page *x, struct office_view *v)
{
	struct office_section_view *s;

	office_begin(x->req, v, OFFICE_GROUPS, _("Nouveau groupe"));
	s = office_section(x->req, v, NULL, NULL);
	office_form(x->req, office_card(x->req, s, NULL), &x->form);
}

enum status office_group_new(struct request *req, struct response *res)
{
	struct page x = { .req = req, .is_sent = req->method == POST };
	struct office_view v;
	enum status status;

	make_form(&x);
	if (!x.is_sent) {
		fill_new(&x, &v);
		office_html(&res->body, &v);
		return OK;
	}
	status = db_begin(req->db);
	if (status == OK)
		status = db_end(req->db, save(&x));
	if (status == INVALID) {
		fill_new(&x, &v);
		return office_wrong(res, &v);
	}
	return status == OK ? office_back(req, res, group_url(&x, ""), "ajoute") : status;
}

/* ---- one of them
 * ------------------------------------------------------------------------------------ */

static enum status load(struct page *x)
{
	struct request *req = x->req;
	enum status status =
		working_group_by_slug(req->db, req->arena, request_param(req, "slug"), &x->g);

	if (status == OK)
		status = person_of_group(req->db, req->arena, x->g.id, &x->members);
	if (status != OK)
		return status;
	make_form(x);
	make_member_form(x);
	return OK;
}

static enum status add_resources(struct page *x, struct office_view *v)
{
	struct request *req = x->req;
	struct office_section_view *s =
		office_section(req, v, _("Ressources ouvertes à ce groupe"), "ressources");
	struct resource_list list;
	enum status status =
		resource_of_key(req->db, req->arena, &req->reader,
				arena_printf(req->arena, "group-%" PRId64, x->g.id), &list);

	if (status == OK && !list.n_resources)
		s->words = _("Aucune.");
	office_table(req, s, _("Ressources ouvertes à ce groupe"), _("Titre"), _("État"), NULL);
	for (size_t i = 0; i < list.n_resources && status == OK; i++) {
		office_cell(req, s, say(req, list.resource[i].title))->url =
			url_path(req->arena, "/gestion/ressources/", list.resource[i].slug);
		office_cell(req, s,
			    word_of(state_words, publication_name(list.resource[i].status)));
	}
	return status;
}

static void add_removal(struct page *x, struct office_view *v)
{
	struct request *req = x->req;
	struct office_section_view *s =
		office_section(req, v, _("Supprimer ce groupe"), "supprimer");
	struct card_view *c = office_card(req, s, NULL);
	struct form f;

	c->words = _(
		"Ce qui n’était ouvert qu’à lui ne l’est plus à personne. Cela ne se défait pas.");
	office_form_begin(&f, req, group_url(x, "/suppression"), _("Supprimer ce groupe"), false);
	form_field(&f, FIELD_HIDDEN, "sur", "", "oui");
	office_form(req, c, &f)->is_grave = true;
	c->folded = _("Supprimer");
}

static enum status show(struct page *x, const char *title, struct response *res, bool is_wrong)
{
	struct request *req = x->req;
	struct office_view v;
	struct office_section_view *s;
	enum status status;

	office_begin(req, &v, OFFICE_GROUPS, title);
	v.done = office_told(req, told, 3);
	s = office_section(req, &v, _("Ce qu’il est"), "fiche");
	office_form(req, office_card(req, s, NULL), &x->form);
	s = office_section(req, &v, _("Qui en est"), "qui");
	office_form(req, office_card(req, s, NULL), &x->member_form);
	status = add_resources(x, &v);
	add_removal(x, &v);
	if (status != OK)
		return status;
	if (is_wrong)
		return office_wrong(res, &v);
	office_html(&res->body, &v);
	return OK;
}

enum status office_group_show(struct request *req, struct response *res)
{
	struct page x = { .req = req };
	enum status status = load(&x);

	return status == OK ? show(&x, x.g.name, res, false) : status;
}

typedef enum status change_fn(struct page *x);

static enum status receive(struct page *x, struct response *res, change_fn *change)
{
	struct request *req = x->req;
	const char *title = NULL;
	enum status status = db_begin(req->db);

	if (status == OK) {
		status = load(x);
		title = x->g.name;
		status = db_end(req->db, status == OK ? change(x) : status);
	}
	if (status == INVALID) {
		x->g.slug = request_param(req, "slug");
		return show(x, title, res, true);
	}
	return status == OK ? office_back(req, res, group_url(x, ""), "enregistre") : status;
}

enum status office_group_save(struct request *req, struct response *res)
{
	struct page x = { .req = req, .is_sent = true };

	return receive(&x, res, save);
}

static enum status change_members(struct page *x)
{
	struct request *req = x->req;
	struct person joins;
	enum status status = find_person(&x->member_form, x->email, &joins);

	if (status == OK && !form_is_good(&x->member_form))
		return INVALID;
	for (size_t i = 0; i < x->members.n_persons && status == OK; i++)
		if (form_is_unticked(x->stay, i)) {
			status = working_group_leave(req->db, x->g.id, x->members.person[i].id);
			if (status == OK)
				status = trace(x, arena_printf(req->arena, "sort : %s",
							       x->members.person[i].slug));
		}
	if (status == OK && joins.id) {
		status = working_group_join(req->db, x->g.id, joins.id);
		if (status == OK)
			status =
				trace(x, arena_printf(req->arena, "entre : person %s", joins.slug));
	}
	return status;
}

enum status office_group_members(struct request *req, struct response *res)
{
	struct page x = { .req = req, .members_are_sent = true };

	return receive(&x, res, change_members);
}

static enum status take_away(struct request *req)
{
	struct working_group g;
	enum status status =
		working_group_by_slug(req->db, req->arena, request_param(req, "slug"), &g);

	if (status == OK)
		status = working_group_remove(req->db, req->arena, g.id);
	if (status == OK)
		status = audit_here(req, "group-changed",
				    arena_printf(req->arena, "group %s", g.slug), "supprimé");
	return status;
}

enum status office_group_remove(struct request *req, struct response *res)
{
	enum status status = db_begin(req->db);

	if (status == OK)
		status = db_end(req->db, take_away(req));
	return status == OK ? office_back(req, res, URL("/gestion/groupes"), "enleve") : status;
}
