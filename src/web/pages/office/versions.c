#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/tr.h"
#include "db/db.h"
#include "web/pages/frame.h"
#include "web/pages/office/edit.h"
#include "web/pages/parts.h"

static struct url edit_url(const struct edit *e)
{
	return url_path(e->req->arena, "/gestion/ressources/", e->r.slug);
}

static struct url versions_url(const struct edit *e, int64_t revision)
{
	const char *rest = revision ? arena_printf(e->req->arena, "/versions/%" PRId64, revision)
				    : "/versions";

	return url_path_and(e->req->arena, "/gestion/ressources/", e->r.slug, rest);
}

static void begin(struct edit *e, const char *title)
{
	office_begin(e->req, &e->v.office, OFFICE_RESOURCES, title);
	frame_way(&e->v.office.frame, say(e->req, e->r.title), edit_url(e));
}

enum status office_versions_show(struct request *req, struct response *res)
{
	struct edit e = { .req = req };
	struct version_list list;
	struct office_section_view *s;
	enum status status = edit_load(&e);

	if (status == OK)
		status = resource_versions(req->db, req->arena, e.r.id, &list);
	if (status != OK)
		return status;
	begin(&e, arena_printf(req->arena, _("États précédents de « %s »"), e.r.title));
	s = office_section(req, &e.v.office, NULL, NULL);
	if (!list.n_versions)
		s->words = _("Cette ressource n’a pas été modifiée depuis qu’elle est ici.");
	office_table(req, s, _("États précédents"), _("État"), _("Remplacé le"), NULL);
	for (size_t i = 0; i < list.n_versions; i++) {
		office_cell(req, s,
			    arena_printf(req->arena, _("État n° %" PRId64),
					 list.version[i].revision))
			->url = versions_url(&e, list.version[i].revision);
		office_cell(req, s, moment_in_words(req, list.version[i].replaced_at));
	}
	office_html(&res->body, &e.v.office);
	return OK;
}

/* ---- one of them --------------------------------------------------------------------------- */

static int64_t revision_asked(const struct request *req)
{
	const char *text = request_param(req, "id");

	return strlen(text) < 18 && strspn(text, "0123456789") == strlen(text) ? atoll(text) : -1;
}

static void add_markup(struct request *req, struct card_view *c, const struct state *s,
		       enum edit_field i)
{
	struct html markup = say_markup(req, html_trusted(s->value[i]));

	office_fact(req, c, field_label(i), _("(vide)"));
	if (markup.markup)
		c->fact[c->n_facts - 1].markup = markup;
}

static void add_fields(struct edit *e, struct card_view *c, const struct state *s, bool differing)
{
	for (enum edit_field i = 0; i < N_EDIT_FIELDS; i++) {
		if (!field_is_compared(i) || (i == EDIT_KEYS && !s->knows_keys) ||
		    values_differ(s, &e->kept, i) != differing)
			continue;
		if (i == EDIT_SUMMARY || i == EDIT_BODY)
			add_markup(e->req, c, s, i);
		else
			office_fact(e->req, c, field_label(i), value_in_words(e->req, s, i));
	}
}

static void add_restoring(struct edit *e, struct card_view *c, int64_t revision)
{
	struct form f;

	office_form_begin(&f, e->req, versions_url(e, revision), _("Rétablir cet état"), false);
	form_field(&f, FIELD_HIDDEN, "revision", "",
		   arena_printf(e->req->arena, "%" PRId64, e->r.revision));
	office_form(e->req, c, &f);
}

static void show(struct edit *e, const struct state *s, int64_t revision)
{
	struct request *req = e->req;
	struct office_section_view *section;
	struct card_view *c;

	begin(e,
	      arena_printf(req->arena, _("État n° %" PRId64 " de « %s »"), revision, e->r.title));
	section = office_section(req, &e->v.office, _("Ce qui y était différent"), "different");
	section->words =
		_("Rétablir cet état remet ses textes, son classement et ses liens. L’accès, "
		  "l’état de publication et l’adresse de la page restent ce qu’ils sont.");
	c = office_card(req, section, NULL);
	add_fields(e, c, s, true);
	if (!c->n_facts)
		c->words = _("Rien : c’est le même texte.");
	add_restoring(e, c, revision);
	section = office_section(req, &e->v.office, _("Ce qui n’a pas changé"), "inchange");
	add_fields(e, office_card(req, section, NULL), s, false);
}

enum status office_version_show(struct request *req, struct response *res)
{
	struct edit e = { .req = req };
	struct state s;
	int64_t revision = revision_asked(req);
	enum status status = edit_load(&e);

	if (status == OK)
		status = state_of_version(req, e.r.id, revision, &s);
	if (status != OK)
		return status;
	show(&e, &s, revision);
	office_html(&res->body, &e.v.office);
	return OK;
}

/* ---- put back ---------------------------------------------------------------------------------
 */

/* Who may read is not put back with the words: it would open what was closed since. */
static void keep_access(struct edit *e)
{
	static const enum edit_field stays[] = { EDIT_STATUS, EDIT_VISIBILITY, EDIT_KEYS,
						 EDIT_LISTED, EDIT_SLUG };

	for (size_t i = 0; i < sizeof(stays) / sizeof(*stays); i++)
		e->typed.value[stays[i]] = e->kept.value[stays[i]];
	e->typed.knows_keys = true;
}

static bool is_same_revision(const struct edit *e)
{
	const char *sent = request_form(e->req, "revision");

	return sent && !strcmp(sent, arena_printf(e->req->arena, "%" PRId64, e->r.revision));
}

static enum status restore(struct edit *e, struct response *res)
{
	const char *slug;
	enum status status = edit_load(e);

	if (status == OK && !is_same_revision(e))
		return CONFLICT;
	if (status == OK)
		status = state_of_version(e->req, e->r.id, revision_asked(e->req), &e->typed);
	if (status != OK)
		return status;
	keep_access(e);
	status = fields_make(e, &e->typed, false, &e->fields);
	if (status == OK)
		status = edit_write(e, &slug);
	return status == OK ? office_back(e->req, res, edit_url(e), "retablie") : status;
}

enum status office_version_restore(struct request *req, struct response *res)
{
	struct edit e = { .req = req };
	enum status status = db_begin(req->db);

	return status == OK ? db_end(req->db, restore(&e, res)) : status;
}
