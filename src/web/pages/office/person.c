#include "web/pages/office/person.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/tr.h"
#include "db/db.h"
#include "store/login.h"
#include "store/mail.h"
#include "store/organisation.h"
#include "store/session.h"
#include "store/working_group.h"
#include "web/account.h"
#include "web/invite.h"
#include "web/pages/area.h"
#include "web/pages/parts.h"

/* Which of the forms of the page was sent. */
enum part { NOTHING, IDENTITY, FUNCTION, GROUPS, SESSIONS, ROLES, N_FORMS };

struct page {
	struct request *req;
	struct person p;
	bool is_administrator, is_editor; /* the person */
	enum part sent;
	struct form form[N_FORMS];
	struct identity_form identity;
	struct function_form function;
	struct field_view *organisation, *groups, *attended, *session, *editor, *administrator;
	struct function_list functions;
	struct working_group_list all_groups, own_groups;
	struct session_list sessions;
};

static const struct told told[] = {
	{ "ajoutee", N_("La personne est ajoutée. Donnez-lui une fonction, puis invitez-la.") },
	{ "enregistree", N_("C’est enregistré.") },
	{ "invitee", N_("L’invitation part dans un instant.") },
	{ "sans-adresse", N_("Sans adresse de courriel, elle ne peut pas être invitée.") },
	{ "bloquee", N_("Son compte est bloqué : elle ne peut pas être invitée.") },
};

static struct url person_url(const struct page *x, const char *rest)
{
	return url_path_and(x->req->arena, "/gestion/personnes/", x->p.slug, rest);
}

/* ---- what there is --------------------------------------------------------------------------- */

static enum status load(struct page *x)
{
	struct request *req = x->req;
	enum status status = person_by_slug(req->db, req->arena, request_param(req, "slug"), &x->p);

	if (status == OK)
		status = role_has(req->db, x->p.id, "administrator", &x->is_administrator);
	if (status == OK)
		status = role_has(req->db, x->p.id, "editor", &x->is_editor);
	if (status == OK)
		status =
			function_of_person(req->db, req->arena, x->p.id, today(req), &x->functions);
	if (status == OK)
		status = working_group_all(req->db, req->arena, &x->all_groups);
	if (status == OK)
		status = working_group_of_person(req->db, req->arena, x->p.id, &x->own_groups);
	if (status == OK)
		status = session_attended(req->db, req->arena, &req->reader, x->p.id, &x->sessions);
	return status;
}

static void begin(struct page *x, enum part part, const char *rest, const char *submit)
{
	office_form_begin(&x->form[part], x->req, person_url(x, rest), submit, x->sent == part);
}

static const char *number(struct page *x, int64_t id)
{
	return arena_printf(x->req->arena, "%" PRId64, id);
}

static enum status make_function(struct page *x)
{
	struct form *f = &x->form[FUNCTION];
	struct organisation_list list;
	struct function none = { .from_on = today(x->req) };
	enum status status = organisation_all(x->req->db, x->req->arena, &list);

	begin(x, FUNCTION, "/fonctions", _("Donner cette fonction"));
	x->organisation = form_field(f, FIELD_CHOICE, "organisation", _("Organisation"), NULL);
	form_option(f, x->organisation, "", _("À choisir"), true);
	for (size_t i = 0; i < list.n_organisations && status == OK; i++)
		form_option(f, x->organisation, list.organisation[i].slug,
			    list.organisation[i].name, false);
	function_fields(f, &none, &x->function);
	return status;
}

static bool is_in(const struct page *x, int64_t group)
{
	for (size_t i = 0; i < x->own_groups.n_groups; i++)
		if (x->own_groups.group[i].id == group)
			return true;
	return false;
}

static void make_groups(struct page *x)
{
	struct form *f = &x->form[GROUPS];

	begin(x, GROUPS, "/groupes", _("Enregistrer ses groupes"));
	x->groups = form_field(f, FIELD_CHOICES, "groupes", _("Groupes de travail"), NULL);
	for (size_t i = 0; i < x->all_groups.n_groups; i++)
		form_option(f, x->groups, number(x, x->all_groups.group[i].id),
			    x->all_groups.group[i].name, is_in(x, x->all_groups.group[i].id));
	form_note_choices(f, x->groups);
}

static void make_sessions(struct page *x)
{
	struct form *f = &x->form[SESSIONS];

	begin(x, SESSIONS, "/seances", _("Enregistrer ses séances"));
	x->attended = form_field(f, FIELD_CHOICES, "suivies", _("A suivi"), NULL);
	for (size_t i = 0; i < x->sessions.n_sessions; i++) {
		const struct session *s = &x->sessions.session[i];

		form_option(f, x->attended, number(x, s->id),
			    arena_printf(x->req->arena, "%s, %s", s->title,
					 day_in_words(x->req->arena, s->on, false)),
			    true);
	}
	form_note_choices(f, x->attended);
	x->session = form_field(f, FIELD_TEXT, "seance", _("A aussi suivi"), NULL);
	x->session->help = _("L’adresse de la page de la séance : « /agenda/… ».");
}

static void make_roles(struct page *x)
{
	struct form *f = &x->form[ROLES];

	begin(x, ROLES, "/roles", _("Enregistrer ses rôles"));
	x->editor = form_check(f, "edition",
			       _("Édition : gère les ressources, les personnes, les demandes"),
			       x->is_editor);
	x->administrator = form_check(
		f, "administration",
		_("Administration : donne les rôles, lit le journal, change les réglages"),
		x->is_administrator);
	x->administrator->help =
		_("Ne vaut qu’une fois la connexion en deux étapes mise en place par la personne.");
}

static enum status make_forms(struct page *x)
{
	begin(x, IDENTITY, "", _("Enregistrer"));
	identity_form_fill(&x->form[IDENTITY], &x->p, &x->identity);
	make_groups(x);
	make_sessions(x);
	make_roles(x);
	return make_function(x);
}

/* ---- showing
 * --------------------------------------------------------------------------------------- */

static void add_functions(struct page *x, struct office_view *v)
{
	struct request *req = x->req;
	struct office_section_view *s = office_section(req, v, _("Fonctions"), "fonctions");
	struct card_view *c;

	office_table(req, s, _("Fonctions"), _("Organisation"), _("Fonction"), _("Quand"),
		     _("Droits"), _("Changer"), NULL);
	for (size_t i = 0; i < x->functions.n_functions; i++) {
		const struct function *f = &x->functions.function[i];

		office_cell(req, s, f->organisation_name)->url =
			url_path(req->arena, "/gestion/organisations/", f->organisation);
		office_cell(req, s, function_words(req, f));
		office_cell(req, s, days_in_words(req, f->from_on, f->to_on))->note =
			f->is_current && !f->is_member_current ? _("adhésion échue") : NULL;
		office_cell(req, s,
			    f->is_manager && f->is_representative
				    ? _("gère les comptes, représente")
			    : f->is_manager        ? _("gère les comptes")
			    : f->is_representative ? _("représente")
						   : NULL);
		office_cell(req, s,
			    arena_printf(req->arena, _("Modifier (%s)"), f->organisation_name))
			->url =
			url_path_and(req->arena, "/espace/organisations/", f->organisation,
				     arena_printf(req->arena, "/fonctions/%" PRId64, f->id));
	}
	c = office_card(req, s, NULL);
	office_form(req, c, &x->form[FUNCTION]);
	c->folded = _("Donner une fonction");
}

static const char *account_words(const struct page *x)
{
	if (x->p.is_erased)
		return _("Compte supprimé.");
	if (x->p.is_blocked)
		return _("Compte bloqué.");
	return x->p.has_password ? _("A un compte, avec un mot de passe.")
				 : _("N’a pas encore choisi de mot de passe.");
}

/* The last message to that address, when it did not arrive. */
static enum status add_trouble(struct page *x, struct card_view *c)
{
	struct request *req = x->req;
	struct mail_list list = { 0 };
	enum status status =
		x->p.email ? mail_troubled(req->db, req->arena, x->p.email, &list) : OK;

	if (status == OK && list.n_mails)
		office_fact(req, c, _("Dernier courriel, pas arrivé"),
			    arena_printf(req->arena, _("écrit le %s. %s"),
					 moment_in_words(req, list.mail[0].made_at),
					 list.mail[0].last_error ? list.mail[0].last_error : ""));
	return status;
}

static enum status add_account(struct page *x, struct office_view *v)
{
	struct request *req = x->req;
	struct office_section_view *s = office_section(req, v, _("Compte"), "compte");
	struct card_view *c = office_card(req, s, NULL);
	enum status status = add_trouble(x, c);
	struct form f;

	c->words = account_words(x);
	if (x->p.seen_at > 0)
		office_fact(req, c, _("Dernière visite"), moment_in_words(req, x->p.seen_at));
	office_fact(req, c, _("Connexion en deux étapes"),
		    x->p.has_second_factor ? _("en place") : _("pas en place"));
	if (x->p.email && !x->p.is_blocked && !x->p.is_erased) {
		office_form_begin(&f, req, person_url(x, "/invitation"),
				  _("Envoyer une invitation"), false);
		office_form(req, c, &f);
	}
	if (req->reader.level >= ADMINISTRATOR) {
		c = office_card(req, s, _("Rôles"));
		office_form(req, c, &x->form[ROLES]);
	}
	return status;
}

static enum status show(struct page *x, struct response *res)
{
	struct request *req = x->req;
	struct office_view v;
	struct office_section_view *s;
	const char *name = person_name(req->arena, &x->p);
	enum status status;

	office_begin(req, &v, OFFICE_PEOPLE, *name ? name : _("Compte supprimé"));
	v.done = office_told(req, told, 5);
	s = office_section(req, &v, _("Qui c’est"), "qui");
	if (!x->p.is_erased)
		office_form(req, office_card(req, s, NULL), &x->form[IDENTITY]);
	add_functions(x, &v);
	s = office_section(req, &v, _("Groupes et séances"), "groupes-et-seances");
	if (x->all_groups.n_groups)
		office_form(req, office_card(req, s, NULL), &x->form[GROUPS]);
	office_form(req, office_card(req, s, NULL), &x->form[SESSIONS]);
	status = add_account(x, &v);
	if (status != OK)
		return status;
	if (x->sent != NOTHING)
		return office_wrong(res, &v);
	office_html(&res->body, &v);
	return OK;
}

enum status office_person_show(struct request *req, struct response *res)
{
	struct page x = { .req = req };
	enum status status = load(&x);

	if (status == OK)
		status = make_forms(&x);
	return status == OK ? show(&x, res) : status;
}

/* ---- changing
 * --------------------------------------------------------------------------------------- */

typedef enum status change_fn(struct page *x);

static enum status trace(struct page *x, const char *action, const char *detail)
{
	return audit_here(x->req, action, arena_printf(x->req->arena, "person %s", x->p.slug),
			  detail);
}

static enum status change_in_one(struct page *x, change_fn *change)
{
	enum status status = db_begin(x->req->db);

	if (status != OK)
		return status;
	status = load(x);
	if (status == OK && x->p.is_erased)
		status = NOT_FOUND;
	if (status == OK)
		status = make_forms(x);
	if (status == OK)
		status = change(x);
	return db_end(x->req->db, status);
}

/* INVALID is what is told beside the fields. */
static enum status receive(struct request *req, struct response *res, enum part part,
			   change_fn *change)
{
	struct page x = { .req = req, .sent = part };
	enum status status = change_in_one(&x, change);

	if (status == INVALID)
		return show(&x, res);
	if (status == DENIED)
		return area_refuse(req, arena_printf(req->arena, "person %s", x.p.slug),
				   "administrator");
	return status == OK ? office_back(req, res, person_url(&x, ""), "enregistree") : status;
}

static const char *what_changed(struct page *x, const struct person *p)
{
	const char *email = p->email ? p->email : "", *kept = x->p.email ? x->p.email : "";

	return arena_printf(x->req->arena, "%s%s%s%s",
			    strcmp(p->given_name, x->p.given_name) != 0 ||
					    strcmp(p->family_name, x->p.family_name) != 0
				    ? "nom ; "
				    : "",
			    strcmp(email, kept) != 0 ? "courriel ; " : "",
			    p->is_shown == x->p.is_shown ? ""
			    : p->is_shown                ? "montrée ; "
							 : "plus montrée ; ",
			    p->is_blocked == x->p.is_blocked ? ""
			    : p->is_blocked                  ? "bloquée"
							     : "débloquée");
}

/*
 * Who is blocked is out for good: no session comes back when they are let in again. What was sent
 * to an address that was wrong, or is another's by now, opens nothing.
 */
static enum status end_ways_in(struct page *x, const struct person *p)
{
	struct request *req = x->req;
	const char *email = p->email ? p->email : "", *kept = x->p.email ? x->p.email : "";
	enum status status = OK;

	if (p->is_blocked)
		status = login_end_others(req->db, p->id, 0);
	if (status == OK && (p->is_blocked || strcmp(email, kept) != 0))
		status = token_drop(req->db, p->id, req->now);
	return status;
}

/* Whoever may write to an administrator's address could become one. */
static enum status change_identity(struct page *x)
{
	struct request *req = x->req;
	struct form *f = &x->form[IDENTITY];
	struct person p = x->p;
	enum status status;

	if (x->is_administrator && req->reader.level < ADMINISTRATOR)
		return DENIED;
	status = identity_form_read(f, &x->identity, &p);
	if (p.is_blocked && p.id == req->reader.person_id)
		form_refuse(f, x->identity.blocked,
			    _("Vous ne pouvez pas vous bloquer vous-même."));
	if (status == OK && !form_is_good(f))
		return INVALID;
	if (status == OK)
		status = person_save(req->db, req->arena, &p);
	if (status == OK)
		status = end_ways_in(x, &p);
	return status == OK ? trace(x, "person-changed", what_changed(x, &p)) : status;
}

enum status office_person_save(struct request *req, struct response *res)
{
	return receive(req, res, IDENTITY, change_identity);
}

static enum status add_function(struct page *x)
{
	struct request *req = x->req;
	struct form *form = &x->form[FUNCTION];
	struct function f = { .person_id = x->p.id };
	struct organisation o = { 0 };
	const char *slug = form_chosen(form, x->organisation);
	enum status status = OK;

	form_require(form, x->organisation);
	function_read(form, &x->function, &f);
	if (!form_is_good(form))
		return INVALID;
	status = organisation_by_slug(req->db, req->arena, slug, &o);
	f.organisation_id = o.id;
	if (status == OK)
		status = function_save(req->db, &f);
	if (status == OK)
		status = function_trace(req, x->p.slug, o.slug, &f);
	return status == OK ? tell_of_function(req, &x->p, &o, &f) : status;
}

enum status office_person_function(struct request *req, struct response *res)
{
	return receive(req, res, FUNCTION, add_function);
}

static enum status change_groups(struct page *x)
{
	struct request *req = x->req;
	enum status status = OK;

	for (size_t i = 0; i < x->all_groups.n_groups && status == OK; i++) {
		const struct working_group *g = &x->all_groups.group[i];
		bool joins = form_is_ticked(x->groups, i);

		if (joins == is_in(x, g->id) || (!joins && !form_is_unticked(x->groups, i)))
			continue;
		status = joins ? working_group_join(req->db, g->id, x->p.id)
			       : working_group_leave(req->db, g->id, x->p.id);
		if (status == OK)
			status = trace(x, "group-changed",
				       arena_printf(req->arena, "%s group %s",
						    joins ? "entre :" : "sort :", g->slug));
	}
	return status;
}

enum status office_person_groups(struct request *req, struct response *res)
{
	return receive(req, res, GROUPS, change_groups);
}

static enum status add_session(struct page *x)
{
	const char *slug = strrchr(x->session->value, '/');
	int64_t id;
	enum status status;

	slug = slug ? slug + 1 : x->session->value;
	if (!*slug)
		return OK;
	status = session_id_of(x->req->db, slug, &id);
	if (status == NOT_FOUND)
		form_refuse(&x->form[SESSIONS], x->session, _("Aucune séance n’a cette adresse."));
	return status == OK          ? attendance_set(x->req->db, id, x->p.id, true)
	       : status == NOT_FOUND ? INVALID
				     : status;
}

static enum status change_sessions(struct page *x)
{
	enum status status = OK;

	for (size_t i = 0; i < x->sessions.n_sessions && status == OK; i++)
		if (form_is_unticked(x->attended, i))
			status = attendance_set(x->req->db, x->sessions.session[i].id, x->p.id,
						false);
	if (status == OK)
		status = add_session(x);
	return status == OK ? trace(x, "person-changed", "séances suivies") : status;
}

enum status office_person_sessions(struct request *req, struct response *res)
{
	return receive(req, res, SESSIONS, change_sessions);
}

static enum status set_role(struct page *x, const char *role, bool had, bool has)
{
	enum status status = OK;

	if (had == has)
		return OK;
	status = role_set(x->req->db, x->p.id, role, has);
	return status == OK ? trace(x, has ? "role-given" : "role-taken", role) : status;
}

static enum status change_roles(struct page *x)
{
	enum status status;

	if (x->p.id == x->req->reader.person_id && !x->administrator->checked) {
		form_refuse(
			&x->form[ROLES], x->administrator,
			_("Une autre personne de l’administration peut vous retirer ce rôle, pas "
			  "vous-même."));
		return INVALID;
	}
	status = set_role(x, "editor", x->is_editor, x->editor->checked);
	if (status == OK)
		status = set_role(x, "administrator", x->is_administrator,
				  x->administrator->checked);
	return status;
}

enum status office_person_roles(struct request *req, struct response *res)
{
	return receive(req, res, ROLES, change_roles);
}

static enum status invite(struct page *x)
{
	return x->p.is_blocked ? CONFLICT : account_invite(x->req, &x->p);
}

enum status office_person_invite(struct request *req, struct response *res)
{
	struct page x = { .req = req };
	enum status status = change_in_one(&x, invite);

	if (status != OK && status != INVALID && status != CONFLICT)
		return status;
	return office_back(req, res, person_url(&x, ""),
			   status == OK        ? "invitee"
			   : status == INVALID ? "sans-adresse"
					       : "bloquee");
}
