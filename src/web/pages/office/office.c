#include "web/pages/office/office.h"

#include <inttypes.h>
#include <stdarg.h>
#include <string.h>

#include "base/arena.h"
#include "base/tr.h"
#include "store/slug.h"
#include "web/address.h"
#include "web/pages/frame.h"
#include "web/pages/parts.h"

static const struct {
	const char *label, *address;
	enum level level;
} parts[] = {
	[OFFICE_HOME] = { N_("À faire"), "/gestion", EDITOR },
	[OFFICE_RESOURCES] = { N_("Ressources"), "/gestion/ressources", EDITOR },
	[OFFICE_LOST] = { N_("Liens à compléter"), "/gestion/a-completer", EDITOR },
	[OFFICE_REQUESTS] = { N_("Demandes d’accès"), "/gestion/demandes", EDITOR },
	[OFFICE_NAMES] = { N_("Noms cités"), "/gestion/noms", EDITOR },
	[OFFICE_PEOPLE] = { N_("Personnes"), "/gestion/personnes", EDITOR },
	[OFFICE_ORGANISATIONS] = { N_("Organisations"), "/gestion/organisations", EDITOR },
	[OFFICE_GROUPS] = { N_("Groupes de travail"), "/gestion/groupes", EDITOR },
	[OFFICE_MAILS] = { N_("Courriels"), "/gestion/courriels", EDITOR },
	[OFFICE_JOURNAL] = { N_("Journal"), "/gestion/journal", ADMINISTRATOR },
	[OFFICE_SETTINGS] = { N_("Réglages"), "/gestion/reglages", ADMINISTRATOR },
};

static void fill_nav(struct request *req, struct office_view *v, enum office_part part,
		     bool is_first)
{
	v->nav = arena_make(req->arena, struct nav_view, N_OFFICE_PARTS);
	for (enum office_part i = 0; i < N_OFFICE_PARTS; i++)
		if (req->reader.level >= parts[i].level)
			v->nav[v->n_nav++] = (struct nav_view){
				.label = _(parts[i].label),
				.url = url_path(req->arena, parts[i].address, ""),
				.current = i != part  ? NULL
					   : is_first ? "page"
						      : "true",
			};
}

void office_begin(struct request *req, struct office_view *v, enum office_part part,
		  const char *title)
{
	const char *first = part == OFFICE_HOME ? _("Gestion") : _(parts[part].label);

	*v = (struct office_view){ 0 };
	frame_fill(req, &v->frame, NO_SECTION, title ? title : first, (struct url){ NULL });
	if (part != OFFICE_HOME)
		frame_way(&v->frame, _("Gestion"), URL("/gestion"));
	if (title)
		frame_way(&v->frame, first, url_path(req->arena, parts[part].address, ""));
	v->title = v->frame.title;
	fill_nav(req, v, part, !title);
}

void office_action(struct request *req, struct office_view *v, const char *label, struct url url)
{
	*arena_push(req->arena, v->action, v->n_actions, v->action_capacity) =
		(struct tag_view){ .label = label, .url = url };
}

struct office_section_view *office_section(struct request *req, struct office_view *v,
					   const char *heading, const char *id)
{
	struct office_section_view *s =
		arena_push(req->arena, v->section, v->n_sections, v->section_capacity);

	*s = (struct office_section_view){ .heading = heading, .id = id };
	return s;
}

struct card_view *office_card(struct request *req, struct office_section_view *s,
			      const char *heading)
{
	struct card_view *c = arena_push(req->arena, s->card, s->n_cards, s->card_capacity);

	*c = (struct card_view){ .heading = heading };
	return c;
}

void office_fact(struct request *req, struct card_view *c, const char *label, const char *words)
{
	if (words && *words)
		*arena_push(req->arena, c->fact, c->n_facts, c->fact_capacity) =
			(struct card_fact_view){ .label = label, .words = words };
}

/* The fields of a form are in it, and it may be gone when the page is written. */
static struct form_view shown(struct form *f)
{
	struct form_view v = form_show(f);
	struct field_view **field = arena_make(f->req->arena, struct field_view *, v.n_fields);

	if (v.n_fields)
		memcpy(field, v.field, v.n_fields * sizeof(*field));
	v.field = field;
	return v;
}

struct office_form_view *office_form(struct request *req, struct card_view *c, struct form *f)
{
	struct office_form_view *v = arena_push(req->arena, c->form, c->n_forms, c->form_capacity);

	*v = (struct office_form_view){ .form = shown(f) };
	c->is_open |= v->form.n_errors > 0;
	return v;
}

void office_table(struct request *req, struct office_section_view *s, const char *caption, ...)
{
	struct table_view *t = &s->table;
	size_t capacity = 0;
	const char *head;
	va_list args;

	*t = (struct table_view){ .caption = caption };
	va_start(args, caption);
	while ((head = va_arg(args, const char *)))
		*arena_push(req->arena, t->head, t->n_heads, capacity) = head;
	va_end(args);
}

struct cell_view *office_cell(struct request *req, struct office_section_view *s, const char *text)
{
	struct table_view *t = &s->table;
	struct cell_view *cell = arena_push(req->arena, t->cell, t->n_cells, t->capacity);

	*cell = (struct cell_view){ .text = text && *text ? text : "–" };
	return cell;
}

/* ---- what was done ------------------------------------------------------------------------- */

const char *office_told(struct request *req, const struct told *told, size_t n)
{
	const char *name = req->method == GET ? request_query(req, "fait") : NULL;

	for (size_t i = 0; name && i < n; i++)
		if (!strcmp(told[i].name, name))
			return _(told[i].words);
	return NULL;
}

enum status office_back(struct request *req, struct response *res, struct url url, const char *told)
{
	response_redirect(res, 303, arena_printf(req->arena, "%s?fait=%s", url.address, told));
	return OK;
}

enum status office_wrong(struct response *res, const struct office_view *v)
{
	res->code = 422;
	office_html(&res->body, v);
	return OK;
}

/* ---- forms ------------------------------------------------------------------------------------
 */

void office_form_begin(struct form *f, struct request *req, struct url action, const char *submit,
		       bool is_sent)
{
	form_begin(f, req, action, submit);
	f->is_sent = f->is_sent && is_sent;
}

const char *name_of(struct request *req, const char *name, const char *of)
{
	return arena_printf(req->arena, "%s-%s", name, of);
}

void office_filter(struct office_view *v, struct form *f)
{
	struct form_view form = shown(f);

	v->filter = (struct filter_view){ form.action, form.submit, form.field, form.n_fields };
}

static struct url page_url(struct request *req, int64_t page, const char *path,
			   const struct pair *pair, size_t n)
{
	struct pair *all = arena_make(req->arena, struct pair, n + 1);
	size_t n_all = 0;

	for (size_t i = 0; i < n; i++)
		if (pair[i].value && *pair[i].value)
			all[n_all++] = pair[i];
	if (page > 1)
		all[n_all++] = (struct pair){ "page", arena_printf(req->arena, "%" PRId64, page) };
	return (struct url){ address_write(req->arena, path, all, n_all) };
}

void office_paging(struct request *req, struct office_view *v, int64_t page, int64_t size,
		   int64_t total, const char *path, const struct pair *pair, size_t n)
{
	v->previous_label = _("Page précédente");
	v->next_label = _("Page suivante");
	if (page > 1)
		v->previous = page_url(req, page - 1, path, pair, n);
	if (page * size < total)
		v->next = page_url(req, page + 1, path, pair, n);
}

void office_expect_slug(struct form *f, struct field_view *field, const char *reserved)
{
	if (!strcmp(field->value, reserved))
		form_refuse(
			f, field,
			_("Le site se sert lui-même de cette adresse : choisissez-en une autre."));
	else if (*field->value && !slug_is_valid(field->value))
		form_refuse(
			f, field,
			_("Une adresse est faite de petites lettres sans accent, de chiffres et "
			  "de traits d’union : « marches-publics-2026 »."));
}
