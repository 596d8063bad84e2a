/* area_data.c - what is kept about someone: to read, to take away, to delete. */
#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/text.h"
#include "base/tr.h"
#include "db/db.h"
#include "feed/own_data.h"
#include "mail/letter.h"
#include "store/row.h"
#include "web/account.h"
#include "web/form.h"
#include "web/pages/area.h"
#include "web/pages/frame.h"
#include "web/pages/parts.h"
#include "web/pages/retention_words.h"

enum status my_data_show(struct request *req, struct response *res)
{
	struct my_data_view v = { 0 };
	enum status status = retention_facts(req, &v.fact, &v.n_facts);

	if (status != OK)
		return status;
	area_fill(req, &v.area, _("Mes données"), (struct tag_view){ 0 });
	my_data_html(&res->body, &v);
	return OK;
}

enum status my_data_json(struct request *req, struct response *res)
{
	response_header(res, "Content-Disposition", "attachment; filename=\"mes-donnees.json\"");
	res->content_type = "application/json; charset=utf-8";
	return own_data_put(req->db, req->arena, &req->reader, req->now, &res->body);
}

/* ---- leaving --------------------------------------------------------------------------------- */

/* Someone must be able to give the role to another. */
static enum status is_last_administrator(struct request *req, bool *is)
{
	int64_t n;
	enum status status = role_has(req->db, req->reader.person_id, "administrator", is);

	if (status != OK || !*is)
		return status;
	status = role_count(req->db, "administrator", &n);
	*is = n <= 1;
	return status;
}

/* It is about nobody who has an account any more: it is forgotten with the other letters. */
static enum status say_farewell(struct request *req, const struct person *p)
{
	struct arena *a = req->arena;
	const char *site = setting_of(req, "site_name");
	struct letter letter = {
		.greeting = arena_printf(a, _("Bonjour %s,"), person_name(a, p)),
		.paragraph = { arena_printf(a,
					    _("Votre compte sur %s est supprimé, comme vous "
					      "l’avez demandé."),
					    site),
			       _("Votre nom, votre adresse, vos ressources gardées et vos "
				 "connexions "
				 "sont effacés."),
			       _("Si ce n’était pas vous, écrivez sans attendre à l’équipe du "
				 "réseau.") },
	};
	const struct letter_envelope to = {
		.key = arena_printf(a, "farewell:%" PRId64, p->id),
		.address = p->email,
		.subject = arena_printf(a, _("Votre compte sur %s est supprimé"), site),
		.now = req->now,
	};
	enum status status = OK;

	if (p->email)
		status = letter_queue(req->db, a, req->site->public_url, &to, &letter);
	return status == INVALID ? OK : status; /* nobody stays for want of a good address */
}

static enum status leave(struct request *req, struct response *res, const struct person *p)
{
	enum status status = say_farewell(req, p);

	if (status == OK)
		status = person_erase(req->db, p->id, today(req));
	if (status == OK)
		status = audit_here(req, "person-erased",
				    arena_printf(req->arena, "person partie-%" PRId64, p->id),
				    "by themselves");
	if (status == OK)
		status = account_end(req, res);
	if (status == OK)
		response_redirect(res, 303, "/pages/compte-supprime");
	return status;
}

static enum status show(struct request *req, struct response *res, struct form *form, bool is_last)
{
	const struct tag_view way = { .label = _("Mes données"), .url = URL("/espace/donnees") };
	struct leave_view v = { 0 };

	area_fill(req, &v.area, _("Supprimer mon compte"), way);
	v.refused =
		is_last ? _("Vous êtes la seule personne à administrer ce site : confiez d’abord "
			    "ce rôle à quelqu’un d’autre.")
			: NULL;
	v.form = form_show(form);
	leave_html(&res->body, &v);
	res->code = v.form.n_errors || (is_last && form->is_sent) ? 422 : 200;
	return OK;
}

static enum status run(struct request *req, struct response *res)
{
	struct form form;
	struct field_view *word;
	struct person p;
	bool is_last;
	enum status status = area_person(req, &p);

	if (status == OK)
		status = is_last_administrator(req, &is_last);
	if (status != OK)
		return status;
	form_begin(&form, req, URL("/espace/donnees/supprimer"), _("Supprimer mon compte"));
	word = form_field(&form, FIELD_TEXT, "confirmation",
			  _("Pour confirmer, écrivez le mot « supprimer »"), NULL);
	word->autocomplete = "off";
	form_require(&form, word);
	if (strcmp(text_fold(req->arena, word->value), "supprimer") != 0)
		form_refuse(&form, word, _("Le mot attendu est « supprimer »."));
	if (is_last || !form_is_good(&form))
		return show(req, res, &form, is_last);
	return leave(req, res, &p);
}

enum status leave_show(struct request *req, struct response *res)
{
	enum status status = req->method == POST ? db_begin(req->db) : OK;

	if (status != OK || req->method != POST)
		return status == OK ? run(req, res) : status;
	return db_end(req->db, run(req, res));
}
