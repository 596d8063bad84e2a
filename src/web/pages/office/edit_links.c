#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "base/tr.h"
#include "web/pages/office/edit.h"

enum { EMPTY_ROWS = 3, MAX_ROWS = 100, LABEL_MAX = 500 };

/* The parts of one line of the links of a state. */
struct parts {
	const char *role, *visibility, *target, *label;
};

static struct parts cut(struct arena *a, const char *line, size_t length)
{
	char *text = arena_strndup(a, line, length), *part[4] = { text };

	for (int i = 1; i < 4; i++) {
		part[i] = strchr(part[i - 1], '\t');
		if (!part[i])
			return (struct parts){ "external", "", "", "" };
		*part[i]++ = '\0';
	}
	return (struct parts){ part[0], part[1], part[2], part[3] };
}

static void add_visibilities(struct form *f, struct field_view *field, const char *kept)
{
	form_option(f, field, "", _("Comme la ressource"), !*kept);
	options_of(f, field, visibility_sentences, kept);
}

static void add_row(struct edit *e, struct edit_fields *fields, const struct parts *p, bool is_sent)
{
	struct request *req = e->req;
	struct link_row *row = &fields->row[fields->n_rows++];
	const char *number = arena_printf(req->arena, "%zu", fields->n_rows);
	struct form *f = &row->form;

	office_form_begin(f, req, e->action, NULL, is_sent);
	row->role = form_field(f, FIELD_CHOICE, name_of(req, "lien-role", number),
			       _("Ce que c’est"), NULL);
	options_of(f, row->role, link_role_words, p->role);
	row->label = form_field(f, FIELD_TEXT, name_of(req, "lien-nom", number), _("Nom du lien"),
				p->label);
	row->target = form_field(f, FIELD_TEXT, name_of(req, "lien-adresse", number), _("Adresse"),
				 p->target);
	row->visibility = form_field(f, FIELD_CHOICE, name_of(req, "lien-acces", number),
				     _("Qui peut le suivre"), NULL);
	add_visibilities(f, row->visibility, p->visibility);
}

/* As many as were shown, told by the form; nobody shows more than MAX_ROWS. */
static size_t rows_sent(struct request *req)
{
	const char *n = request_form(req, "liens");
	unsigned long rows = n ? strtoul(n, NULL, 10) : 0;

	return rows < MAX_ROWS ? rows : MAX_ROWS;
}

static size_t count_lines(const char *text)
{
	size_t n = text && *text ? 1 : 0;

	for (; text && *text; text++)
		n += *text == '\n';
	return n;
}

enum status link_rows_make(struct edit *e, const struct state *state, bool is_sent,
			   struct edit_fields *fields)
{
	static const struct parts empty = { "external", "", "", "" };
	const char *at = state->value[EDIT_N_LINKS];
	size_t n = is_sent ? rows_sent(e->req) : count_lines(at) + EMPTY_ROWS;

	fields->row = arena_make(e->req->arena, struct link_row, n);
	fields->n_rows = 0;
	for (size_t i = 0; i < n; i++) {
		struct parts p = empty;

		if (!is_sent && at && *at) {
			p = cut(e->req->arena, at, strcspn(at, "\n"));
			at += strcspn(at, "\n");
			at += *at == '\n';
		}
		add_row(e, fields, &p, is_sent);
	}
	return OK;
}

/* What leads nowhere yet may stay so: an import lost it. */
static const char *target_of(struct edit *e, struct link_row *row)
{
	struct target_typed target;

	if (!*row->target->value)
		return "";
	if (!read_target(e->req, row->target->value, &target)) {
		form_refuse(&row->form, row->target,
			    _("Cette adresse n’est pas comprise : elle commence par « https:// », "
			      "ou c’est l’adresse d’une page du site."));
		return row->target->value;
	}
	if (target.resource)
		return arena_printf(e->req->arena, "/ressources/%s", target.resource);
	if (target.file)
		return arena_printf(e->req->arena, "/fichiers/%s", target.file);
	return target.url;
}

static void read_row(struct edit *e, struct link_row *row, const char **links)
{
	const char *role = form_chosen(&row->form, row->role);
	const char *visibility = form_chosen(&row->form, row->visibility);
	const char *label = row->label->value, *target;

	if (!*label && !*row->target->value)
		return;
	target = target_of(e, row);
	form_limit(&row->form, row->label, LABEL_MAX);
	if (!*label)
		form_refuse(&row->form, row->label,
			    _("Un lien a un nom : ce qu’on y trouve, en quelques mots."));
	if (!role)
		form_refuse(&row->form, row->role, _("Ce champ est à remplir."));
	*links = arena_printf(e->req->arena, "%s%s%s\t%s\t%s\t%s", *links, **links ? "\n" : "",
			      role ? role : "", visibility ? visibility : "", target, label);
}

void link_rows_read(struct edit *e, struct state *typed)
{
	const char *links = "";

	for (size_t i = 0; i < e->fields.n_rows; i++)
		read_row(e, &e->fields.row[i], &links);
	typed->value[EDIT_N_LINKS] = *links ? links : NULL;
}
