#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "base/tr.h"
#include "db/db.h"
#include "store/person.h"
#include "web/account.h"
#include "web/pages/frame.h"
#include "web/pages/office/person.h"
#include "web/pages/parts.h"

/* ---- the list ---------------------------------------------------------------------------------
 */

static const char *state_words_of(const struct person *p)
{
	if (p->is_erased)
		return _("Compte supprimé");
	if (p->is_blocked)
		return _("Bloqué");
	return p->has_password ? _("Actif") : _("Sans mot de passe");
}

static void add_row(struct request *req, struct office_section_view *s, const struct person *p)
{
	office_cell(req, s, person_name(req->arena, p))->url =
		url_path(req->arena, "/gestion/personnes/", p->slug);
	office_cell(req, s, p->email);
	office_cell(req, s, state_words_of(p));
	office_cell(req, s, p->seen_at > 0 ? moment_in_words(req, p->seen_at) : NULL);
}

static void fill_filter(struct request *req, struct office_view *v, const char *typed)
{
	struct form f;

	form_begin(&f, req, URL("/gestion/personnes"), _("Chercher"));
	form_field(&f, FIELD_TEXT, "q", _("Début du nom ou de l’adresse de courriel"), typed);
	office_filter(v, &f);
}

enum status office_people_show(struct request *req, struct response *res)
{
	const char *typed = request_query(req, "q");
	const char *words = typed && *typed ? text_squeeze(req->arena, typed) : NULL;
	int64_t page = request_number(req, "page", 1, OFFICE_PAGE_MAX), total;
	struct pair pair = { "q", words };
	struct person_list list;
	struct office_view v;
	struct office_section_view *s;
	enum status status;

	if (page < 0)
		return refuse(req, res, _("Le numéro de page est un nombre, à partir de 1."));
	status = person_count(req->db, words, &total);
	if (status == OK)
		status = person_all(req->db, req->arena, words, OFFICE_PAGE,
				    (int)(page - 1) * OFFICE_PAGE, &list);
	if (status != OK)
		return status;
	office_begin(req, &v, OFFICE_PEOPLE, NULL);
	office_action(req, &v, _("Nouvelle personne"), URL("/gestion/personnes/nouvelle"));
	fill_filter(req, &v, words);
	v.count = total ? arena_printf(req->arena, _n("%s personne", "%s personnes", total),
				       number_in_words(req->arena, total))
			: _("Aucune personne.");
	s = office_section(req, &v, NULL, NULL);
	office_table(req, s, _("Personnes"), _("Nom"), _("Courriel"), _("Compte"),
		     _("Dernière visite"), NULL);
	for (size_t i = 0; i < list.n_persons; i++)
		add_row(req, s, &list.person[i]);
	office_paging(req, &v, page, OFFICE_PAGE, total, "/gestion/personnes", &pair, 1);
	office_html(&res->body, &v);
	return OK;
}

/* ---- who someone is
 * ------------------------------------------------------------------------------ */

enum { NAME_LENGTH = 80 };

void identity_form_fill(struct form *f, const struct person *p, struct identity_form *x)
{
	x->given = form_field(f, FIELD_TEXT, "prenom", _("Prénom"), p->given_name);
	form_require(f, x->given);
	x->family = form_field(f, FIELD_TEXT, "nom", _("Nom"), p->family_name);
	form_require(f, x->family);
	x->email = form_field(f, FIELD_EMAIL, "courriel", _("Adresse de courriel"), p->email);
	x->email->help = _("Sans elle, la personne ne peut pas se connecter.");
	x->shown = form_check(f, "montree", _("Montrée dans l’annuaire public, avec son accord"),
			      p->is_shown);
	x->blocked = form_check(f, "bloquee", _("Ne peut plus se connecter"), p->is_blocked);
}

/* Two accounts never have one address, whatever the case in which it is written. */
static enum status check_email(struct form *f, const struct identity_form *x, int64_t id)
{
	struct request *req = f->req;
	struct person other;
	enum status status;

	form_expect_email(f, x->email);
	if (!*x->email->value || x->email->error)
		return OK;
	status = person_by_email(req->db, req->arena, x->email->value, &other);
	if (status == OK && other.id != id)
		form_refuse(f, x->email,
			    arena_printf(req->arena, _("C’est déjà l’adresse de %s."),
					 person_name(req->arena, &other)));
	return status == NOT_FOUND ? OK : status;
}

enum status identity_form_read(struct form *f, const struct identity_form *x, struct person *p)
{
	form_limit(f, x->given, NAME_LENGTH);
	form_expect_name(f, x->given);
	form_limit(f, x->family, NAME_LENGTH);
	form_expect_name(f, x->family);
	p->given_name = x->given->value;
	p->family_name = x->family->value;
	p->email = form_value(x->email);
	p->is_shown = x->shown->checked;
	p->is_blocked = x->blocked->checked;
	return check_email(f, x, p->id);
}

/* ---- a new one
 * ------------------------------------------------------------------------------------- */

static void fill_new(struct request *req, struct office_view *v, struct form *f)
{
	struct office_section_view *s;

	office_begin(req, v, OFFICE_PEOPLE, _("Nouvelle personne"));
	v->lead = _("Ses fonctions, ses groupes et son invitation se font sur sa fiche, ensuite.");
	s = office_section(req, v, NULL, NULL);
	office_form(req, office_card(req, s, NULL), f);
}

static enum status add(struct request *req, struct form *f, const struct identity_form *x,
		       struct person *p)
{
	enum status status = identity_form_read(f, x, p);

	if (status == OK && !form_is_good(f))
		return INVALID;
	if (status == OK)
		status = person_save(req->db, req->arena, p);
	if (status == OK)
		status = audit_here(req, "person-added",
				    arena_printf(req->arena, "person %s", p->slug), NULL);
	return status;
}

enum status office_person_new(struct request *req, struct response *res)
{
	struct person p = { .made_at = req->now };
	struct identity_form x;
	struct office_view v;
	struct form f;
	enum status status;

	form_begin(&f, req, URL("/gestion/personnes/nouvelle"), _("Ajouter"));
	identity_form_fill(&f, &p, &x);
	if (req->method == GET) {
		fill_new(req, &v, &f);
		office_html(&res->body, &v);
		return OK;
	}
	status = db_begin(req->db);
	if (status == OK)
		status = db_end(req->db, add(req, &f, &x, &p));
	if (status == INVALID) {
		fill_new(req, &v, &f);
		return office_wrong(res, &v);
	}
	if (status != OK)
		return status;
	return office_back(req, res, url_path(req->arena, "/gestion/personnes/", p.slug),
			   "ajoutee");
}
