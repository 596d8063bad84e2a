#include <inttypes.h>

#include "base/arena.h"
#include "base/tr.h"
#include "db/db.h"
#include "store/mail.h"
#include "web/account.h"
#include "web/form.h"
#include "web/pages/area.h"
#include "web/pages/frame.h"
#include "web/pages/parts.h"

enum { NAME_MAX_CHARACTERS = 80 };

struct profile_form {
	struct form form;
	struct field_view *given, *family, *shown;
};

static void declare(struct request *req, const struct person *p, struct profile_form *f)
{
	form_begin(&f->form, req, URL("/espace/profil"), _("Enregistrer"));
	f->given = form_field(&f->form, FIELD_TEXT, "prenom", _("Prénom"), p->given_name);
	f->given->autocomplete = "given-name";
	form_require(&f->form, f->given);
	form_limit(&f->form, f->given, NAME_MAX_CHARACTERS);
	form_expect_name(&f->form, f->given);
	f->family = form_field(&f->form, FIELD_TEXT, "nom", _("Nom"), p->family_name);
	f->family->autocomplete = "family-name";
	form_require(&f->form, f->family);
	form_limit(&f->form, f->family, NAME_MAX_CHARACTERS);
	form_expect_name(&f->form, f->family);
	f->shown =
		form_check(&f->form, "annuaire",
			   _("Me montrer dans l’annuaire public, avec ma fonction"), p->is_shown);
	f->shown->help = _("Votre nom et votre fonction se lisent alors sur la page de votre "
			   "organisation. Votre adresse de courriel n’y est jamais.");
}

static enum status save(struct request *req, struct person *p, const struct profile_form *f)
{
	bool was_shown = p->is_shown;

	p->given_name = f->given->value;
	p->family_name = f->family->value;
	p->is_shown = f->shown->checked;
	enum status status = person_save(req->db, req->arena, p);

	if (status != OK)
		return status;
	return audit_here(req, "person-changed", arena_printf(req->arena, "person %s", p->slug),
			  p->is_shown == was_shown ? NULL
			  : p->is_shown            ? "shown"
						   : "not shown");
}

/* Others may give one a function, and it is told to everyone: one may say that it is not theirs. */
static void offer_to_give_up(struct request *req, const struct function_list *functions,
			     struct standings_view *v)
{
	size_t n = 0;

	for (size_t i = 0; i < functions->n_functions; i++) {
		const struct function *f = &functions->function[i];

		if (!f->is_current)
			continue;
		if (!f->is_manager)
			v->standing[n].give_up =
				url_path_and(req->arena, "/espace/profil/fonctions/",
					     arena_printf(req->arena, "%" PRId64, f->id), "/fin");
		n++;
	}
}

static enum status show(struct request *req, struct response *res, const struct person *p,
			struct profile_form *f)
{
	struct profile_view v = { .email = p->email };
	struct function_list functions;
	enum status status = function_of_person(req->db, req->arena, p->id, today(req), &functions);

	if (status == OK)
		status = standings_of(req, &functions, &v.standings);
	if (status == OK)
		status = mail_fails(req->db, req->arena, p->email, &v.is_out_of_reach);
	if (status != OK)
		return status;
	offer_to_give_up(req, &functions, &v.standings);
	area_fill(req, &v.area, _("Mon profil"), (struct tag_view){ 0 });
	v.who_changes =
		_("Les fonctions sont tenues à jour par la personne qui gère les comptes de "
		  "votre organisation, ou par l’équipe du réseau.");
	v.form = form_show(&f->form);
	profile_html(&res->body, &v);
	res->code = v.form.n_errors ? 422 : 200;
	return OK;
}

static enum status run(struct request *req, struct response *res)
{
	struct profile_form f;
	struct person p;
	enum status status = area_person(req, &p);

	if (status != OK)
		return status;
	declare(req, &p, &f);
	if (!form_is_good(&f.form))
		return show(req, res, &p, &f);
	status = save(req, &p, &f);
	if (status == OK)
		area_go(req, res, "/espace/profil", "profil");
	return status;
}

enum status profile_show(struct request *req, struct response *res)
{
	enum status status = req->method == POST ? db_begin(req->db) : OK;

	if (status != OK || req->method != POST)
		return status == OK ? run(req, res) : status;
	return db_end(req->db, run(req, res));
}
