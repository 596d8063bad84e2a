#include "web/pages/office/edit.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/tr.h"
#include "db/db.h"
#include "store/change.h"
#include "store/contribution.h"
#include "store/session.h"
#include "store/term.h"
#include "web/address.h"
#include "web/pages/parts.h"
#include "web/static.h"

static const char new_path[] = "/gestion/ressources/nouvelle";

static bool is_new(const struct request *req)
{
	return !strcmp(req->path, new_path);
}

enum status edit_load(struct edit *e)
{
	struct request *req = e->req;
	enum status status;

	if (is_new(req)) {
		e->action = URL("/gestion/ressources/nouvelle");
		e->kept = state_new(req);
		return OK;
	}
	status = resource_by_slug(req->db, req->arena, &req->reader, request_param(req, "slug"),
				  &e->r);
	if (status != OK)
		return status;
	e->action = url_path(req->arena, "/gestion/ressources/", e->r.slug);
	status = link_of(req->db, req->arena, &req->reader, OF_RESOURCE, e->r.id, &e->links);
	return status == OK ? state_of_resource(req, &e->r, &e->kept) : status;
}

/* ---- showing
 * --------------------------------------------------------------------------------------- */

static enum status add_people(struct edit *e)
{
	struct arena *a = e->req->arena;
	struct contribution_list list;
	size_t capacity = 0;
	enum status status = contribution_of(e->req->db, a, OF_RESOURCE, e->r.id, &list);

	for (size_t i = 0; i < list.n_contributions && status == OK; i++) {
		const struct contribution *c = &list.contribution[i];
		struct pair pair = { "nom", c->name };
		struct tag_view *tag = arena_push(a, e->v.people.tag, e->v.people.n_tags, capacity);

		*tag = (struct tag_view){ .note = word_of(contribution_role_words, c->role) };
		tag->label = c->name                ? c->name
			     : c->organisation_name ? c->organisation_name
			     : c->affiliation       ? c->affiliation
						    : c->title;
		if (c->name)
			tag->url = (struct url){ address_write(a, "/gestion/noms", &pair, 1) };
	}
	return status;
}

static enum status add_terms(struct edit *e, const char *vocabulary, struct datalist_view *d)
{
	struct term_list list;
	size_t capacity = 0;
	enum status status = term_all(e->req->db, e->req->arena, vocabulary, &list);

	for (size_t i = 0; i < list.n_terms && status == OK; i++)
		if (!list.term[i].replaced_by_id)
			*arena_push(e->req->arena, d->value, d->n_values, capacity) =
				list.term[i].label;
	return status;
}

enum { SESSIONS_PROPOSED = 30 };

static enum status add_sessions(struct edit *e, struct datalist_view *d)
{
	struct arena *a = e->req->arena;
	struct session_list list;
	size_t capacity = 0;
	enum status status = session_past(e->req->db, a, &e->req->reader, "9999-12-31",
					  SESSIONS_PROPOSED, 0, &list);

	for (size_t i = 0; i < list.n_sessions && status == OK; i++)
		*arena_push(a, d->value, d->n_values, capacity) =
			arena_printf(a, "/agenda/%s", list.session[i].slug);
	return status;
}

static enum status add_datalists(struct edit *e)
{
	struct datalist_view *d = arena_make(e->req->arena, struct datalist_view, 3);
	enum status status = add_terms(e, "keyword", &d[0]);

	d[0].id = "liste-mots";
	d[1].id = "liste-territoires";
	d[2].id = "liste-seances";
	e->v.datalist = d;
	e->v.n_datalists = 3;
	if (status == OK)
		status = add_terms(e, "territory", &d[1]);
	return status == OK ? add_sessions(e, &d[2]) : status;
}

static void fill_heading(struct edit *e)
{
	static const struct told told[] = {
		{ "enregistree", N_("La ressource est enregistrée.") },
		{ "allegee", N_("La ressource est enregistrée, sans les balises "
				"que le site ne garde pas : voyez sa page.") },
		{ "rien", N_("Rien n’a changé.") },
		{ "retablie", N_("L’état choisi est rétabli.") },
		{ "document", N_("Le document est joint.") },
	};
	struct request *req = e->req;
	struct edit_view *v = &e->v;
	const char *title = e->kept.value[EDIT_TITLE];

	office_begin(req, &v->office, OFFICE_RESOURCES,
		     e->r.id ? arena_printf(req->arena, _("Modifier « %s »"), title)
			     : _("Nouvelle ressource"));
	v->office.frame.list_script = static_url("edit.js");
	if (!e->r.id)
		return;
	v->page = resource_url(req->arena, e->r.slug);
	v->document = url_path_and(req->arena, "/gestion/ressources/", e->r.slug, "/document");
	v->versions = url_path_and(req->arena, "/gestion/ressources/", e->r.slug, "/versions");
	v->state_name = publication_name(e->r.status);
	v->state = word_of(state_words, v->state_name);
	v->access = word_of(visibility_sentences, visibility_name(e->r.visibility));
	v->is_closed = e->r.visibility != PUBLIC;
	v->when = arena_printf(req->arena, _("modifiée le %s"),
			       moment_in_words(req, e->r.modified_at));
	v->office.done = office_told(req, told, sizeof(told) / sizeof(*told));
	v->office.done_url = v->page;
	v->office.done_label = _("Voir la page");
}

static void add_fields(struct edit *e, const struct form_view *from, struct form_view *all,
		       size_t *capacity)
{
	for (size_t i = 0; i < from->n_fields; i++)
		*arena_push(e->req->arena, all->field, all->n_fields, *capacity) = from->field[i];
	all->n_errors += from->n_errors;
}

/* All fields in one, for what is wrong to be told at once. */
static void fill_forms(struct edit *e)
{
	struct edit_view *v = &e->v;
	struct form_view main = form_show(&e->fields.form);
	size_t capacity = 0;

	v->form = (struct form_view){ .action = main.action, .submit = main.submit };
	memcpy(v->field, e->fields.field, sizeof(v->field));
	v->link = arena_make(e->req->arena, struct link_row_view, e->fields.n_rows);
	v->n_links = e->fields.n_rows;
	add_fields(e, &main, &v->form, &capacity);
	for (size_t i = 0; i < v->n_links; i++) {
		struct link_row *row = &e->fields.row[i];

		v->link[i].form = form_show(&row->form);
		v->link[i].legend =
			*row->label->value
				? arena_printf(e->req->arena, _("Lien %zu : %s"), i + 1,
					       row->label->value)
				: arena_printf(e->req->arena, _("Lien %zu, à remplir"), i + 1);
		add_fields(e, &v->link[i].form, &v->form, &capacity);
	}
	if (v->form.n_errors)
		v->form.failed = _n("Un point est à corriger :", "Des points sont à corriger :",
				    (int64_t)v->form.n_errors);
}

static enum status fill(struct edit *e)
{
	enum status status = e->r.id ? add_people(e) : OK;

	if (status == OK)
		status = add_datalists(e);
	fill_heading(e);
	fill_forms(e);
	return status;
}

static void show_preview(struct edit *e)
{
	e->v.has_preview = true;
	e->v.lost = e->lost;
	e->v.preview_title = say(e->req, e->typed.value[EDIT_TITLE]);
	e->v.summary = say_markup(e->req, html_trusted(e->typed.value[EDIT_SUMMARY]));
	e->v.body = say_markup(e->req, html_trusted(e->typed.value[EDIT_BODY]));
}

enum status office_edit_show(struct request *req, struct response *res)
{
	struct edit e = { .req = req };
	enum status status = edit_load(&e);

	if (status == OK)
		status = fields_make(&e, &e.kept, false, &e.fields);
	if (status == OK)
		status = fill(&e);
	if (status == OK)
		edit_html(&res->body, &e.v);
	return status;
}

/* ---- what was sent
 * --------------------------------------------------------------------------------- */

static int64_t number_sent(struct request *req, const char *name)
{
	const char *text = request_form(req, name);

	return text && *text && strlen(text) < 18 && strspn(text, "0123456789") == strlen(text)
		       ? atoll(text)
		       : -1;
}

/* What was closed is opened to everyone by whoever says so twice. */
static void ask_to_open(struct edit *e)
{
	const char *typed = e->typed.value[EDIT_VISIBILITY];

	if (!e->r.id || e->r.visibility == PUBLIC || !typed || strcmp(typed, "public") != 0)
		return;
	e->v.asks = true;
	if (!e->fields.field[EDIT_CONFIRM]->checked)
		form_refuse(&e->fields.form, e->fields.field[EDIT_CONFIRM],
			    _("Ce texte était réservé. Pour l’ouvrir à tout le monde, cochez cette "
			      "case."));
}

static enum status settle(struct edit *e, bool *is_settled)
{
	enum status status;

	*is_settled = true;
	e->revision = number_sent(e->req, "revision");
	e->seen = number_sent(e->req, "vu");
	if (!e->r.id || e->revision == e->r.revision)
		return OK;
	status = state_of_version(e->req, e->r.id, e->revision, &e->base);
	e->has_base = status == OK;
	if (status == NOT_FOUND)
		status = OK;
	e->v.has_clash = true;
	return status == OK ? clash_settle(e, is_settled) : status;
}

/* The form goes on from the revision it was made from, and tells which one it was shown beside. */
static void keep_revisions(struct edit *e)
{
	struct arena *a = e->req->arena;

	if (!e->v.has_clash)
		return;
	e->fields.field[EDIT_REVISION]->value = arena_printf(a, "%" PRId64, e->revision);
	e->v.seen = arena_printf(a, "%" PRId64, e->r.revision);
}

static bool has_errors(const struct edit *e)
{
	size_t n = e->fields.form.view.n_errors;

	for (size_t i = 0; i < e->fields.n_rows; i++)
		n += e->fields.row[i].form.view.n_errors;
	return n > 0;
}

static enum status show_again(struct edit *e, struct response *res, int code)
{
	enum status status;

	keep_revisions(e);
	status = fill(e);
	if (status != OK)
		return status;
	res->code = code;
	edit_html(&res->body, &e->v);
	return OK;
}

static enum status write(struct edit *e, struct response *res)
{
	bool was_new = !e->r.id;
	int64_t before, after;
	const char *slug;
	enum status status = change_last(e->req->db, &before);

	if (status == OK)
		status = edit_write(e, &slug);
	if (status == OK)
		status = change_last(e->req->db, &after);
	if (status != OK)
		return status;
	return office_back(e->req, res, url_path(e->req->arena, "/gestion/ressources/", slug),
			   e->lost                       ? "allegee"
			   : !was_new && before == after ? "rien"
							 : "enregistree");
}

static enum status receive(struct edit *e, struct response *res)
{
	bool is_settled;
	enum status status = edit_load(e);

	if (status == OK)
		status = fields_make(e, &e->kept, true, &e->fields);
	if (status == OK)
		status = fields_read(e, &e->typed);
	if (status == OK)
		status = settle(e, &is_settled);
	if (status != OK)
		return status;
	ask_to_open(e);
	if (request_form(e->req, "apercu")) {
		show_preview(e);
		return show_again(e, res, 200);
	}
	if (!is_settled)
		return show_again(e, res, 409);
	return has_errors(e) ? show_again(e, res, 422) : write(e, res);
}

enum status office_edit_save(struct request *req, struct response *res)
{
	struct edit e = { .req = req };
	enum status status =
		request_form(req, "apercu") ? db_begin_read(req->db) : db_begin(req->db);

	return status == OK ? db_end(req->db, receive(&e, res)) : status;
}
