/*
 * leave.c - who deletes their account: what is lost is told before, and they show once more that
 * they are who they are, for it cannot be undone.
 */
#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "base/tr.h"
#include "db/db.h"
#include "mail/letter.h"
#include "store/working_group.h"
#include "web/account.h"
#include "web/pages/area.h"
#include "web/pages/frame.h"
#include "web/pages/parts.h"
#include "web/pages/security.h"

struct leaving {
	struct person person;
	struct credentials credentials;
	bool is_last;  /* of those who administer */
	bool is_fresh; /* came by a link a moment ago */
	const char *left_alone;
	struct form form;
	struct field_view *word, *password; /* password: NULL when it is not asked for */
};

/* ---- what they leave ------------------------------------------------------------------------- */

static const char *one_more(struct arena *a, const char *names, const char *name)
{
	return names ? arena_printf(a, "%s, %s", names, name) : name;
}

/* Organisations and groups that nobody else looks after; NULL when there are none. */
static enum status find_left_alone(struct request *req, const char **names)
{
	struct function_list functions;
	struct working_group_list groups;
	int64_t id = req->reader.person_id, others;
	struct arena *a = req->arena;
	enum status status = function_of_person(req->db, a, id, today(req), &functions);

	*names = NULL;
	for (size_t i = 0; status == OK && i < functions.n_functions; i++) {
		const struct function *f = &functions.function[i];

		if (!f->is_manager || !f->is_current)
			continue;
		status = function_count_managers(req->db, f->organisation_id, today(req), 0, id,
						 &others);
		if (status == OK && !others)
			*names = one_more(a, *names, f->organisation_name);
	}
	if (status == OK)
		status = working_group_of_person(req->db, a, id, &groups);
	for (size_t i = 0; status == OK && i < groups.n_groups; i++)
		if (groups.group[i].coordinator_id == id)
			*names = one_more(a, *names, groups.group[i].name);
	return status;
}

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
	bool is_last;
	/* Again: another may have left since the page was read. */
	enum status status = is_last_administrator(req, &is_last);

	if (status == OK && is_last)
		status = CONFLICT;
	if (status == OK)
		status = say_farewell(req, p);
	if (status == OK)
		status = person_erase(req->db, p->id, today(req));
	if (status == OK)
		status = audit_here(req, "person-erased",
				    arena_printf(req->arena, "person partie-%" PRId64, p->id),
				    "by themselves");
	return status == OK ? account_end(req, res) : status;
}

/* ---- the page ---------------------------------------------------------------------------------
 */

static const char *why_not(const struct leaving *x)
{
	if (x->is_last)
		return _("Vous êtes la seule personne à administrer ce site : confiez d’abord "
			 "ce rôle à quelqu’un d’autre.");
	if (!x->is_fresh && !x->credentials.password)
		return _("Un compte ne se supprime pas par mégarde : déconnectez-vous, puis "
			 "revenez ici dans la demi-heure, par un lien de connexion reçu par "
			 "courriel.");
	return NULL;
}

static enum status show(struct request *req, struct response *res, struct leaving *x)
{
	const struct tag_view way = { .label = _("Mes données"), .url = URL("/espace/donnees") };
	struct leave_view v = { .refused = why_not(x) };

	if (x->left_alone)
		v.left_alone = arena_printf(
			req->arena,
			_("Personne d’autre ne gère : %s. Confiez-en d’abord la charge à "
			  "quelqu’un, ou prévenez l’équipe du réseau."),
			x->left_alone);
	area_fill(req, &v.area, _("Supprimer mon compte"), way);
	v.form = form_show(&x->form);
	leave_html(&res->body, &v);
	res->code = v.form.n_errors || (v.refused && x->form.is_sent) ? 422 : 200;
	return OK;
}

static void make_form(struct request *req, struct leaving *x)
{
	struct form *f = &x->form;

	form_begin(f, req, URL("/espace/donnees/supprimer"), _("Supprimer mon compte"));
	x->word = form_field(f, FIELD_TEXT, "confirmation",
			     _("Pour confirmer, écrivez le mot « supprimer »"), NULL);
	x->word->autocomplete = "off";
	form_require(f, x->word);
	if (strcmp(text_fold(req->arena, x->word->value), "supprimer") != 0)
		form_refuse(f, x->word, _("Le mot attendu est « supprimer »."));
	if (!x->is_fresh && x->credentials.password)
		x->password = present_password_field(f, "actuel");
}

static enum status read(struct request *req, struct leaving *x)
{
	enum status status = self(req, &x->person, &x->credentials);

	if (status == OK)
		status = came_by_link(req, &x->is_fresh);
	if (status == OK)
		status = is_last_administrator(req, &x->is_last);
	if (status == OK)
		status = find_left_alone(req, &x->left_alone);
	if (status == OK)
		make_form(req, x);
	return status;
}

enum status leave_show(struct request *req, struct response *res)
{
	struct leaving x = { 0 };
	bool is_held;
	enum status status = read(req, &x);

	if (status == OK && !why_not(&x))
		status = check_present(req, res, &x.person, &x.credentials, &x.form, x.password,
				       &is_held);
	else
		is_held = false;
	if (status != OK || is_held)
		return status;
	if (why_not(&x) || !form_is_good(&x.form))
		return show(req, res, &x);
	status = db_begin(req->db);
	if (status == OK)
		status = db_end(req->db, leave(req, res, &x.person));
	if (status == OK)
		response_redirect(res, 303, "/pages/compte-supprime");
	if (status != CONFLICT)
		return status;
	x.is_last = true;
	return show(req, res, &x);
}
