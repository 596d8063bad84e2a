#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "base/tr.h"
#include "store/membership.h"
#include "store/organisation.h"
#include "web/account.h"
#include "web/pages/office/office.h"
#include "web/pages/parts.h"

static bool is_asked(struct request *req, const struct organisation *o, const char *words,
		     const char *kind)
{
	if (kind && *kind && strcmp(kind, o->kind) != 0)
		return false;
	return !*words || strstr(text_fold(req->arena, o->name), words) ||
	       (o->acronym && strstr(text_fold(req->arena, o->acronym), words));
}

static bool is_member(const int64_t *id, size_t n, int64_t organisation)
{
	for (size_t i = 0; i < n; i++)
		if (id[i] == organisation)
			return true;
	return false;
}

static void fill_filter(struct request *req, struct office_view *v)
{
	struct form f;
	struct field_view *field;
	const char *kind = request_query(req, "genre");

	form_begin(&f, req, URL("/gestion/organisations"), _("Chercher"));
	form_field(&f, FIELD_TEXT, "q", _("Nom ou sigle"), request_query(req, "q"));
	field = form_field(&f, FIELD_CHOICE, "genre", _("Sorte"), NULL);
	form_option(&f, field, "", _("Toutes les sortes"), !kind || !*kind);
	options_of(&f, field, organisation_kind_words, kind);
	office_filter(v, &f);
}

static void add_row(struct request *req, struct office_section_view *s,
		    const struct organisation *o, bool is_current)
{
	struct cell_view *cell = office_cell(req, s, o->name);

	cell->url = url_path(req->arena, "/gestion/organisations/", o->slug);
	cell->note = o->acronym;
	office_cell(req, s, word_of(organisation_kind_words, o->kind));
	office_cell(req, s, o->territory_label);
	office_cell(req, s, is_current ? _("Adhérente") : NULL);
}

enum status office_organisations_show(struct request *req, struct response *res)
{
	const char *typed = request_query(req, "q"), *kind = request_query(req, "genre");
	const char *words = typed ? text_fold(req->arena, text_squeeze(req->arena, typed)) : "";
	struct organisation_list list;
	struct office_view v;
	struct office_section_view *s;
	int64_t *member = NULL, n = 0;
	size_t n_members = 0;
	enum status status = organisation_all(req->db, req->arena, &list);

	if (status == OK)
		status = membership_current(req->db, req->arena, today(req), &member, &n_members);
	if (status != OK)
		return status;
	office_begin(req, &v, OFFICE_ORGANISATIONS, NULL);
	office_action(req, &v, _("Nouvelle organisation"), URL("/gestion/organisations/nouvelle"));
	fill_filter(req, &v);
	s = office_section(req, &v, NULL, NULL);
	office_table(req, s, _("Organisations"), _("Nom"), _("Sorte"), _("Territoire"),
		     _("Adhésion"), NULL);
	for (size_t i = 0; i < list.n_organisations; i++) {
		const struct organisation *o = &list.organisation[i];

		if (!is_asked(req, o, words, kind))
			continue;
		add_row(req, s, o, is_member(member, n_members, o->id));
		n++;
	}
	v.count = n ? arena_printf(req->arena, _n("%s organisation", "%s organisations", n),
				   number_in_words(req->arena, n))
		    : _("Aucune organisation.");
	office_html(&res->body, &v);
	return OK;
}
