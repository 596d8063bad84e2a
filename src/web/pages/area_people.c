/* area_people.c - what the managers of an organisation do: functions given, changed, ended. */
#include "web/pages/area_people.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/tr.h"
#include "db/db.h"
#include "store/membership.h"
#include "web/account.h"
#include "web/pages/area.h"
#include "web/pages/frame.h"
#include "web/pages/parts.h"

enum { TITLE_MAX = 120 };

/* ---- the fields of a function ---------------------------------------------------------------- */

static const char *french_day(struct arena *a, const char *day)
{
	return day ? arena_printf(a, "%.2s/%.2s/%.4s", day + 8, day + 5, day) : NULL;
}

void function_fields(struct form *form, const struct function *kept, struct function_form *f)
{
	struct arena *a = form->req->arena;

	f->kind = form_field(form, FIELD_RADIO, "genre", _("Fonction"), NULL);
	for (size_t i = 0; function_kinds[i]; i++)
		form_option(form, f->kind, function_kinds[i],
			    function_kind_words(function_kinds[i]),
			    kept->kind && !strcmp(kept->kind, function_kinds[i]));
	form_require(form, f->kind);
	f->title = form_field(form, FIELD_TEXT, "intitule", _("Intitulé"), kept->title);
	f->title->help = _("Par exemple : vice-présidence à l’économie sociale et solidaire.");
	form_limit(form, f->title, TITLE_MAX);
	f->from = form_field(form, FIELD_DATE, "debut", _("Premier jour"),
			     french_day(a, kept->from_on));
	f->from->help = _("Par exemple : 31/05/2026.");
	form_require(form, f->from);
	f->to = form_field(form, FIELD_DATE, "fin", _("Dernier jour"), french_day(a, kept->to_on));
	f->to->help = _("À laisser vide tant qu’il n’est pas connu.");
	f->representative =
		form_check(form, "representation", _("Représente l’organisation auprès du réseau"),
			   kept->is_representative);
	f->manager = form_check(form, "comptes", _("Gère les comptes de l’organisation"),
				kept->is_manager);
	f->manager->help = _("Peut inviter des collègues et changer leurs fonctions.");
}

void function_read(struct form *form, const struct function_form *f, struct function *function)
{
	function->kind = form_chosen(form, f->kind);
	function->title = form_value(f->title);
	function->from_on = form_day(form, f->from);
	function->to_on = form_day(form, f->to);
	function->is_representative = f->representative->checked;
	function->is_manager = f->manager->checked;
	if (function->from_on && !days_are_in_order(function->from_on, function->to_on))
		form_refuse(form, f->to, _("Le dernier jour vient avant le premier."));
}

/* ---- rights ---------------------------------------------------------------------------------- */

enum status may_manage(struct request *req, const struct organisation *o, const char *what)
{
	if (access_may_manage(&req->reader, o->id))
		return OK;
	return area_refuse(req, arena_printf(req->arena, "organisation %s", o->slug), what);
}

/* The function that the address names. */
static enum status function_asked(struct request *req, struct function *f)
{
	const char *text = request_param(req, "id");
	size_t length = strlen(text);

	if (length > 18 || strspn(text, "0123456789") != length)
		return NOT_FOUND;
	return function_by_id(req->db, req->arena, strtoll(text, NULL, 10), today(req), f);
}

static enum status find(struct request *req, struct organisation *o, struct function *f,
			const char *what)
{
	enum status status = organisation_here(req, o);

	if (status == OK)
		status = may_manage(req, o, what);
	if (status == OK)
		status = function_asked(req, f);
	return status == OK && f->organisation_id != o->id ? NOT_FOUND : status;
}

static bool is_current(const struct request *req, const struct function *f)
{
	const char *day = today(req);

	return strcmp(f->from_on, day) <= 0 && (!f->to_on || strcmp(f->to_on, day) >= 0);
}

/* Without a manager nobody of the organisation could invite anybody: an editor may do that. */
static enum status leaves_a_manager(struct request *req, const struct function *f, bool *leaves)
{
	int64_t others;
	enum status status =
		function_count_managers(req->db, f->organisation_id, today(req), f->id, 0, &others);

	*leaves = req->reader.level >= EDITOR || (status == OK && others > 0);
	return status;
}

/* ---- changed --------------------------------------------------------------------------------- */

enum status function_trace(struct request *req, const char *person, const char *organisation,
			   const struct function *f)
{
	return audit_here(req, "function-changed", arena_printf(req->arena, "person %s", person),
			  arena_printf(req->arena, "organisation %s, %s, %s–%s%s%s", organisation,
				       f->kind, f->from_on, f->to_on ? f->to_on : "",
				       f->is_manager ? ", manager" : "",
				       f->is_representative ? ", representative" : ""));
}

static const char *yesterday(struct request *req)
{
	return day_of_moment(req->arena, next_midnight_in_paris(req->now) - 36 * 3600);
}

/* One that has not lasted a day was a mistake, and leaves no row. */
static enum status end_today(struct request *req, const char *organisation, struct function *f)
{
	const char *last = yesterday(req);
	enum status status = function_end(req->db, f->id, last);

	if (status != OK)
		return status;
	if (strcmp(f->from_on, last) > 0)
		return audit_here(req, "function-changed",
				  arena_printf(req->arena, "person %s", f->person),
				  arena_printf(req->arena, "organisation %s, %s, removed",
					       organisation, f->kind));
	f->to_on = last;
	return function_trace(req, f->person, organisation, f);
}

/* Who gave up what let them in has nothing to see there any more. */
static const char *where_to(struct request *req, const struct organisation *o,
			    const struct function *f)
{
	if (f->person_id == req->reader.person_id && req->reader.level < EDITOR)
		return "/espace";
	return organisation_way(req, o).url.address;
}

static enum status show_change(struct request *req, struct response *res,
			       const struct organisation *o, const struct function *f,
			       struct form *form)
{
	const char *name = function_person_words(req, f);
	struct area_form_view v = {
		.title = arena_printf(req->arena, _("Fonction de %s"), name),
		.back = organisation_way(req, o),
	};

	area_fill(req, &v.area, v.title, v.back);
	v.title = v.area.frame.title;
	v.lead = v.back.label;
	v.form = form_show(form);
	if (f->is_current) {
		v.end = url_path_and(req->arena, "/espace/organisations/", o->slug,
				     arena_printf(req->arena, "/fonctions/%" PRId64 "/fin", f->id));
		v.end_told =
			_("Ce que cette fonction ouvre se ferme tout de suite. Le compte de la "
			  "personne reste, avec ses autres fonctions.");
	}
	area_form_html(&res->body, &v);
	res->code = v.form.n_errors ? 422 : 200;
	return OK;
}

static enum status change(struct request *req, struct response *res)
{
	struct organisation o;
	struct function f, changed;
	struct form form;
	struct function_form fields;
	bool leaves = true;
	enum status status = find(req, &o, &f, "function");

	if (status != OK)
		return status;
	form_begin(&form, req, url_path(req->arena, req->path, ""), _("Enregistrer"));
	function_fields(&form, &f, &fields);
	changed = f;
	function_read(&form, &fields, &changed);
	if (form_is_good(&form) && f.is_manager && f.is_current &&
	    !(changed.is_manager && is_current(req, &changed)))
		status = leaves_a_manager(req, &f, &leaves);
	if (status == OK && !leaves)
		form_refuse(&form, fields.manager,
			    _("C’est la seule personne qui gère les comptes : nommez-en d’abord "
			      "une autre."));
	if (status != OK || !form_is_good(&form))
		return status == OK ? show_change(req, res, &o, &f, &form) : status;
	status = function_save(req->db, &changed);
	if (status == OK)
		status = function_trace(req, f.person, o.slug, &changed);
	if (status == OK)
		area_go(req, res,
			changed.is_manager ? organisation_way(req, &o).url.address
					   : where_to(req, &o, &changed),
			"fonction");
	return status;
}

static enum status stop(struct request *req, struct response *res)
{
	struct organisation o;
	struct function f;
	bool leaves = true;
	enum status status = find(req, &o, &f, "function");

	if (status == OK && f.is_manager && f.is_current)
		status = leaves_a_manager(req, &f, &leaves);
	if (status != OK)
		return status;
	if (!leaves) {
		struct form form;
		struct function_form fields;

		form_begin(&form, req,
			   url_path_and(req->arena, "/espace/organisations/", o.slug,
					arena_printf(req->arena, "/fonctions/%" PRId64, f.id)),
			   _("Enregistrer"));
		form.is_sent = false;
		function_fields(&form, &f, &fields);
		form.is_sent = true;
		form_refuse(&form, fields.manager,
			    _("C’est la seule personne qui gère les comptes : nommez-en d’abord "
			      "une autre."));
		return show_change(req, res, &o, &f, &form);
	}
	status = end_today(req, o.slug, &f);
	if (status == OK)
		area_go(req, res, where_to(req, &o, &f), "fin");
	return status;
}

/* What is refused leaves its trace in a transaction of its own, so none is open around it. */
static enum status in_one(struct request *req, struct response *res, page_fn *page)
{
	struct organisation o;
	enum status status = organisation_here(req, &o);

	if (status == OK)
		status = may_manage(req, &o, "function");
	if (status != OK || req->method != POST)
		return status == OK ? page(req, res) : status;
	status = db_begin(req->db);
	return status == OK ? db_end(req->db, page(req, res)) : status;
}

enum status function_change(struct request *req, struct response *res)
{
	return in_one(req, res, change);
}

enum status function_stop(struct request *req, struct response *res)
{
	return in_one(req, res, stop);
}

/* ---- given up -------------------------------------------------------------------------------- */

/* One's own and of today; who manages goes through their organisation, which keeps a manager. */
static enum status give_up(struct request *req)
{
	struct function f;
	enum status status = function_asked(req, &f);

	if (status == OK && (f.person_id != req->reader.person_id || !f.is_current || f.is_manager))
		status = NOT_FOUND;
	return status == OK ? end_today(req, f.organisation, &f) : status;
}

enum status function_give_up(struct request *req, struct response *res)
{
	enum status status = db_begin(req->db);

	if (status == OK)
		status = db_end(req->db, give_up(req));
	if (status == OK)
		area_go(req, res, "/espace/profil", "fin");
	return status;
}
