/* area_organisation.c - an organisation as its own people see it. */
#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "base/mail_address.h"
#include "base/tr.h"
#include "store/mail.h"
#include "store/membership.h"
#include "store/organisation.h"
#include "web/account.h"
#include "web/pages/area.h"
#include "web/pages/area_people.h"
#include "web/pages/frame.h"
#include "web/pages/parts.h"

/* The one organisation of most people; of several, a list to choose from. */
enum status own_organisation_show(struct request *req, struct response *res)
{
	struct area_list_view v = { 0 };
	struct function_list list;
	const char *only = NULL;
	enum status status =
		function_of_person(req->db, req->arena, req->reader.person_id, today(req), &list);

	if (status != OK)
		return status;
	area_fill(req, &v.area, _("Mon organisation"), (struct tag_view){ 0 });
	v.groups.tag = arena_make(req->arena, struct tag_view, list.n_functions);
	for (size_t i = 0; i < list.n_functions; i++) {
		const struct function *f = &list.function[i];

		if (!f->is_current || (only && !strcmp(only, f->organisation)))
			continue;
		only = f->organisation;
		v.groups.tag[v.groups.n_tags++] = (struct tag_view){
			.label = say(req, f->organisation_name),
			.url = url_path(req->arena, "/espace/organisations/", f->organisation),
			.note = function_words(req, f),
		};
	}
	if (v.groups.n_tags == 1)
		response_redirect(res, 303, v.groups.tag[0].url.address);
	else
		no_organisation_html(&res->body, &v);
	return OK;
}

enum status organisation_here(struct request *req, struct organisation *o)
{
	return organisation_by_slug(req->db, req->arena, request_param(req, "slug"), o);
}

struct tag_view organisation_way(struct request *req, const struct organisation *o)
{
	return (struct tag_view){ .label = say(req, o->name),
				  .url = url_path(req->arena, "/espace/organisations/", o->slug) };
}

static bool belongs(const struct request *req, const struct function_list *list)
{
	for (size_t i = 0; i < list->n_functions; i++)
		if (list->function[i].person_id == req->reader.person_id &&
		    list->function[i].is_current)
			return true;
	return req->reader.level >= EDITOR;
}

static const char *marks_of(const struct function *f)
{
	if (f->is_representative && f->is_manager)
		return _("représente l’organisation et gère ses comptes");
	if (f->is_representative)
		return _("représente l’organisation");
	return f->is_manager ? _("gère les comptes de l’organisation") : NULL;
}

static struct url function_url(struct request *req, const struct organisation *o, int64_t id)
{
	return url_path_and(req->arena, "/espace/organisations/", o->slug,
			    arena_printf(req->arena, "/fonctions/%" PRId64, id));
}

/*
 * What to do when letters do not arrive. What came back before somebody was invited would tell that
 * the address was known, and what comes back after they left is no longer for this organisation.
 */
static const char *out_of_reach(const struct request *req, const struct function *f,
				const struct mail_list *troubled)
{
	bool is_invited = f->invited_as != NULL;

	if (!f->is_current || f->person_id == req->reader.person_id ||
	    (is_invited && !f->invited_at) ||
	    !mail_list_has_address(troubled, f->email, is_invited ? f->invited_at : 0))
		return NULL;
	return is_invited
		       ? _("Notre courriel à cette adresse n’est pas arrivé. Si elle est fausse, "
			   "mettez fin à cette fonction et invitez de nouveau.")
		       : _("Notre dernier courriel à cette adresse n’est pas arrivé : voyez avec "
			   "cette personne, qui peut en changer depuis son espace.");
}

/*
 * Addresses are for who manages: colleagues have other ways to write to each other. `troubled` are
 * the messages that did not arrive.
 */
static void add(struct request *req, const struct organisation *o, const struct function *f,
		const struct mail_list *troubled, struct area_organisation_view *v)
{
	struct colleagues_view *to = f->is_current ? &v->present : &v->past;
	struct colleague_view *c = &to->colleague[to->n_colleagues++];

	*c = (struct colleague_view){
		.kind = f->title ? function_kind_words(f->kind) : NULL,
		.name = say(req, function_person_words(req, f)),
		.function = function_words(req, f),
		.when = days_in_words(req, f->from_on, f->to_on),
		.marks = f->is_current ? marks_of(f) : NULL,
	};
	if (!v->manages)
		return;
	c->change = function_url(req, o, f->id);
	if (!f->email)
		return;
	/* In one way to write it: not as an account that was there may have it. */
	c->email = mail_address_key(req->arena, f->email);
	c->email_url = url_external(req->arena, arena_printf(req->arena, "mailto:%s", c->email));
	c->mail_words = out_of_reach(req, f, troubled);
}

static const char *managers_of(struct request *req, const struct function_list *list)
{
	const char *names = NULL;

	for (size_t i = 0; i < list->n_functions; i++) {
		const char *name = function_person_words(req, &list->function[i]);

		if (list->function[i].is_manager && list->function[i].is_current)
			names = names ? arena_printf(req->arena, "%s, %s", names, name) : name;
	}
	return names ? say(req, names) : NULL;
}

static const char *membership_kind_words(const char *kind)
{
	if (!strcmp(kind, "associate"))
		return _("membre associé");
	return !strcmp(kind, "honorary") ? _("membre d’honneur") : _("adhésion");
}

static enum status fill_memberships(struct request *req, int64_t id,
				    struct area_organisation_view *v)
{
	struct membership_list list;
	bool is_current;
	enum status status = membership_of(req->db, req->arena, id, &list);

	if (status == OK)
		status = membership_words(req, id, &v->state, &is_current);
	if (status != OK)
		return status;
	v->is_lapsed = !is_current;
	v->membership = arena_make(req->arena, struct membership_view, list.n_memberships);
	for (; v->n_memberships < list.n_memberships; v->n_memberships++) {
		const struct membership *m = &list.membership[v->n_memberships];

		v->membership[v->n_memberships] = (struct membership_view){
			.when = days_in_words(req, m->from_on, m->to_on),
			.kind = membership_kind_words(m->kind),
		};
	}
	return OK;
}

static enum status fill_people(struct request *req, const struct organisation *o,
			       const struct function_list *list, struct area_organisation_view *v)
{
	struct mail_list troubled = { 0 };
	enum status status = v->manages ? mail_troubled(req->db, req->arena, NULL, &troubled) : OK;

	v->present.colleague = arena_make(req->arena, struct colleague_view, list->n_functions);
	v->past.colleague = arena_make(req->arena, struct colleague_view, list->n_functions);
	for (size_t i = 0; i < list->n_functions; i++)
		add(req, o, &list->function[i], &troubled, v);
	if (!v->manages)
		v->managers = managers_of(req, list);
	return status;
}

enum status area_organisation_show(struct request *req, struct response *res)
{
	struct area_organisation_view v = { 0 };
	struct function_list list;
	struct organisation o;
	enum status status = organisation_here(req, &o);

	if (status == OK)
		status = function_of_organisation(req->db, req->arena, o.id, today(req), false,
						  &list);
	if (status == OK && !belongs(req, &list))
		status = DENIED;
	if (status == OK)
		status = fill_memberships(req, o.id, &v);
	if (status != OK)
		return status;
	area_fill(req, &v.area, o.name, (struct tag_view){ 0 });
	v.name = v.area.frame.title;
	v.directory = url_path(req->arena, "/annuaire/", o.slug);
	v.manages = access_may_manage(&req->reader, o.id);
	if (v.manages)
		v.invite = url_path_and(req->arena, "/espace/organisations/", o.slug, "/inviter");
	if (v.is_lapsed)
		v.lapsed = _("Tant que l’adhésion n’est pas renouvelée, les ressources réservées "
			     "sont fermées aux personnes de cette organisation. Pour la "
			     "renouveler, écrivez à l’équipe du réseau.");
	status = fill_people(req, &o, &list, &v);
	if (status == OK)
		area_organisation_html(&res->body, &v);
	return status;
}
