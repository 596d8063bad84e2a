/*
 * area_invite.c - a manager adds a colleague: someone new gets an invitation, someone who has an
 * account is told. The manager sees the same in both cases.
 */
#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "base/mail_address.h"
#include "base/tr.h"
#include "db/db.h"
#include "mail/letter.h"
#include "store/row.h"
#include "web/account.h"
#include "web/invite.h"
#include "web/pages/account_kit.h"
#include "web/pages/area.h"
#include "web/pages/area_people.h"
#include "web/pages/frame.h"
#include "web/pages/parts.h"

enum { NAME_CHARACTERS = 80 };

struct invite_form {
	struct form form;
	struct field_view *email, *given, *family;
	struct function_form function;
};

static void declare(struct request *req, const struct organisation *o, struct invite_form *f)
{
	const struct function kept = { .kind = "officer", .from_on = today(req) };

	form_begin(&f->form, req,
		   url_path_and(req->arena, "/espace/organisations/", o->slug, "/inviter"),
		   _("Inviter"));
	f->email = form_field(&f->form, FIELD_EMAIL, "courriel", _("Adresse de courriel"), NULL);
	f->email->help = _("Son adresse professionnelle : l’invitation y est envoyée.");
	form_require(&f->form, f->email);
	form_expect_email(&f->form, f->email);
	f->given = form_field(&f->form, FIELD_TEXT, "prenom", _("Prénom"), NULL);
	form_require(&f->form, f->given);
	form_limit(&f->form, f->given, NAME_CHARACTERS);
	form_expect_name(&f->form, f->given);
	f->family = form_field(&f->form, FIELD_TEXT, "nom", _("Nom"), NULL);
	form_require(&f->form, f->family);
	form_limit(&f->form, f->family, NAME_CHARACTERS);
	form_expect_name(&f->form, f->family);
	function_fields(&f->form, &kept, &f->function);
}

enum status tell_of_function(struct request *req, const struct person *p,
			     const struct organisation *o, const struct function *f)
{
	struct arena *a = req->arena;
	const char *site = setting_of(req, "site_name");
	struct person by;
	enum status status;
	struct letter letter = {
		.greeting = arena_printf(a, _("Bonjour %s,"), person_name(a, p)),
		.action = { _("Voir mon organisation"),
			    url_path_and(a, absolute(req, "/espace/organisations/"), o->slug, "") },
		.after = { _("Si c’est une erreur, répondez à la personne qui gère les comptes de "
			     "cette organisation, ou à l’équipe du réseau.") },
	};
	const struct letter_envelope to = {
		.key = arena_printf(a, "function:%" PRId64, f->id),
		.person_id = p->id,
		.address = p->email,
		.name = person_name(a, p),
		.subject = arena_printf(a, _("Votre fonction : %s"), o->name),
		.now = req->now,
	};

	if (!p->email || p->is_blocked)
		return OK;
	status = area_person(req, &by);
	if (status != OK)
		return status;
	/* Without its title: a manager could have the site send any words to anybody. */
	letter.paragraph[0] =
		arena_printf(a, _("%s vous a ajouté une fonction sur %s : %s, %s."),
			     person_name(a, &by), site, function_kind_words(f->kind), o->name);
	return letter_queue(req->db, a, req->site->public_url, &to, &letter);
}

/* Whoever never had a way in gets one. */
static enum status send(struct request *req, const struct person *p, const struct organisation *o,
			const struct function *f)
{
	if (!p->is_blocked && !p->has_password && p->seen_at == NO_NUMBER)
		return account_invite(req, p);
	return tell_of_function(req, p, o, f);
}

static enum status obtain(struct request *req, const struct invite_form *f, struct person *p)
{
	enum status status = person_by_email(req->db, req->arena, f->email->value, p);

	if (status != NOT_FOUND)
		return status;
	*p = (struct person){
		.given_name = f->given->value,
		.family_name = f->family->value,
		.email = f->email->value,
		.made_at = req->now,
		.seen_at = NO_NUMBER,
		.news_at = NO_NUMBER,
	};
	status = person_save(req->db, req->arena, p);
	if (status != OK)
		return status;
	return audit_here(req, "person-added", arena_printf(req->arena, "person %s", p->slug),
			  NULL);
}

/* What a manager sees on the page of the organisation anyway: held today, or from a day to come. */
static enum status is_there_already(struct request *req, const struct organisation *o,
				    const struct invite_form *f, const char *kind, bool *is)
{
	struct function_list list;
	enum status status =
		function_of_organisation(req->db, req->arena, o->id, today(req), false, &list);
	const char *key = mail_address_key(req->arena, f->email->value);

	*is = false;
	for (size_t i = 0; status == OK && i < list.n_functions; i++) {
		const struct function *g = &list.function[i];

		*is |= (!g->to_on || strcmp(g->to_on, today(req)) >= 0) && g->email &&
		       !strcmp(g->kind, kind) &&
		       !strcmp(mail_address_key(req->arena, g->email), key);
	}
	return status;
}

static enum status add(struct request *req, const struct organisation *o,
		       const struct invite_form *f, struct function *function)
{
	struct person p;
	enum status status = obtain(req, f, &p);

	function->person_id = p.id;
	function->organisation_id = o->id;
	function->invited_as = arena_printf(req->arena, "%s %s", f->given->value, f->family->value);
	function->invited_at = req->now;
	if (status == OK)
		status = function_save(req->db, function);
	if (status == OK)
		status = function_trace(req, p.slug, o->slug, function);
	return status == OK ? send(req, &p, o, function) : status;
}

static enum status show(struct request *req, struct response *res, const struct organisation *o,
			struct form *form)
{
	struct area_form_view v = {
		.lead = _(
			"La personne reçoit un message avec un lien pour choisir son mot de passe. "
			"Elle complète ensuite son profil."),
		.back = organisation_way(req, o),
	};

	area_fill(req, &v.area, _("Inviter une ou un collègue"), v.back);
	v.title = v.area.frame.title;
	v.form = form_show(form);
	area_form_html(&res->body, &v);
	res->code = v.form.n_errors ? 422 : 200;
	return OK;
}

/* Editors answer for the network. */
static int64_t count_invitation(struct request *req)
{
	if (req->reader.level >= EDITOR)
		return 0;
	return limiter_take(req->site->limiter, INVITATIONS_OF_ACCOUNT,
			    arena_printf(req->arena, "%" PRId64, req->reader.person_id), req->now);
}

static enum status invite(struct request *req, struct response *res, const struct organisation *o)
{
	struct invite_form f;
	struct function function = { 0 };
	bool is_there = false;
	int64_t wait;
	enum status status = OK;

	declare(req, o, &f);
	function_read(&f.form, &f.function, &function);
	if (form_is_good(&f.form))
		status = is_there_already(req, o, &f, function.kind, &is_there);
	if (is_there)
		form_refuse(&f.form, f.email,
			    _("Cette personne a déjà cette fonction dans l’organisation."));
	if (status != OK || !form_is_good(&f.form))
		return status == OK ? show(req, res, o, &f.form) : status;
	wait = count_invitation(req);
	if (wait)
		return hold_back(req, res, wait);
	status = add(req, o, &f, &function);
	if (status == OK)
		area_go(req, res, organisation_way(req, o).url.address, "invitation");
	return status;
}

enum status colleague_invite(struct request *req, struct response *res)
{
	struct organisation o;
	enum status status = organisation_here(req, &o);

	if (status == OK)
		status = may_manage(req, &o, "invitation");
	if (status != OK || req->method != POST)
		return status == OK ? invite(req, res, &o) : status;
	status = db_begin(req->db);
	return status == OK ? db_end(req->db, invite(req, res, &o)) : status;
}
