#include "store/organisation.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/tr.h"
#include "db/db.h"
#include "store/membership.h"
#include "store/person.h"
#include "store/redirect.h"
#include "store/slug.h"
#include "store/term.h"
#include "web/account.h"
#include "web/pages/area.h"
#include "web/pages/office/office.h"

enum { NAME_LENGTH = 300, ACRONYM_LENGTH = 60 };

static const struct told told[] = {
	{ "ajoutee", N_("L’organisation est ajoutée. Donnez-lui une adhésion.") },
	{ "enregistree", N_("C’est enregistré.") },
	{ "enlevee", N_("L’adhésion est enlevée.") },
};

struct page {
	struct request *req;
	struct organisation o;
	bool is_sent; /* the form of the organisation itself */
	struct form form;
	struct field_view *name, *kind, *acronym, *siren, *insee, *territory, *website, *lat, *lon,
		*slug;
	struct membership_list memberships;
	struct function_list functions;
	/* The one whose form was sent, 0 for a new one; with what is to be corrected. */
	bool membership_is_sent;
	int64_t sent_id;
	struct form sent_form;
};

/* ---- its fields ---------------------------------------------------------------------------------
 */

static const char *degrees(struct request *req, bool is_placed, double value)
{
	return is_placed ? arena_printf(req->arena, "%.6g", value) : NULL;
}

static enum status add_territories(struct page *x)
{
	struct term_list list;
	enum status status = term_all(x->req->db, x->req->arena, "territory", &list);

	x->territory = form_field(&x->form, FIELD_CHOICE, "territoire", _("Territoire"), NULL);
	form_option(&x->form, x->territory, "", _("Aucun"), !x->o.territory_id);
	for (size_t i = 0; i < list.n_terms && status == OK; i++)
		form_option(&x->form, x->territory, list.term[i].slug, list.term[i].label,
			    list.term[i].id == x->o.territory_id);
	return status;
}

static enum status make_form(struct page *x)
{
	struct request *req = x->req;
	struct form *f = &x->form;
	struct organisation *o = &x->o;
	enum status status;

	office_form_begin(f, req,
			  o->id ? url_path(req->arena, "/gestion/organisations/", o->slug)
				: URL("/gestion/organisations/nouvelle"),
			  o->id ? _("Enregistrer") : _("Ajouter"), x->is_sent);
	x->name = form_field(f, FIELD_TEXT, "nom", _("Nom"), o->name);
	form_require(f, x->name);
	x->kind = form_field(f, FIELD_CHOICE, "genre", _("Sorte d’organisation"), NULL);
	form_option(f, x->kind, "", _("À choisir"), !o->kind);
	options_of(f, x->kind, organisation_kind_words, o->kind);
	form_require(f, x->kind);
	x->acronym = form_field(f, FIELD_TEXT, "sigle", _("Sigle"), o->acronym);
	x->siren = form_field(f, FIELD_CODE, "siren", _("SIREN"), o->siren);
	x->siren->help = _("Neuf chiffres ; le dernier est une clé, qui est vérifiée.");
	x->insee = form_field(f, FIELD_TEXT, "insee", _("Code Insee"), o->insee);
	x->insee->help =
		_("Comme il s’écrit, avec ses zéros et ses lettres : « 01004 », « 2A004 ».");
	status = add_territories(x);
	x->website = form_field(f, FIELD_URL, "site", _("Site internet"), o->website);
	x->lat = form_field(f, FIELD_TEXT, "latitude", _("Latitude"),
			    degrees(req, o->is_placed, o->lat));
	x->lon = form_field(f, FIELD_TEXT, "longitude", _("Longitude"),
			    degrees(req, o->is_placed, o->lon));
	x->lat->help = _("En degrés : « 48,85 ». Avec la longitude, ou aucune des deux.");
	x->slug = form_field(f, FIELD_TEXT, "adresse", _("Adresse de la page"), o->slug);
	x->slug->help = _("Ce qui suit « /annuaire/ ». Vide, elle est faite du nom.");
	return status;
}

/* ---- reading it ------------------------------------------------------------------------------ */

/* "123 456 782" is typed as it is read. */
static const char *without_blanks(struct arena *a, const char *text)
{
	char *copy = arena_strdup(a, text), *to = copy;

	for (; *text; text++)
		if (*text != ' ')
			*to++ = *text;
	*to = '\0';
	return *copy ? copy : NULL;
}

static void read_codes(struct page *x)
{
	struct organisation *o = &x->o;
	size_t n;

	o->siren = without_blanks(x->req->arena, x->siren->value);
	if (o->siren && !siren_is_valid(o->siren))
		form_refuse(&x->form, x->siren,
			    _("Ce n’est pas un SIREN : il a neuf chiffres, et sa clé ne correspond "
			      "pas. Un chiffre a peut-être été mal recopié."));
	o->insee = without_blanks(x->req->arena, x->insee->value);
	n = o->insee ? strspn(o->insee, "0123456789AB") : 0;
	if (o->insee && (o->insee[n] || n > 5 || n < 2))
		form_refuse(
			&x->form, x->insee,
			_("Un code Insee a de deux à cinq chiffres, ou les lettres A et B pour la "
			  "Corse."));
}

static bool read_degrees(struct page *x, struct field_view *field, double max, double *value)
{
	char *copy = arena_strdup(x->req->arena, field->value), *end, *comma = strchr(copy, ',');

	if (!*copy)
		return false;
	if (comma)
		*comma = '.';
	*value = strtod(copy, &end);
	if (*end || strspn(copy, "-.0123456789") != strlen(copy) || *value < -max || *value > max)
		form_refuse(&x->form, field,
			    arena_printf(x->req->arena,
					 _("Il faut un nombre de degrés, de -%.0f à %.0f."), max,
					 max));
	return true;
}

static void read_place(struct page *x)
{
	bool has_lat = read_degrees(x, x->lat, 90, &x->o.lat);
	bool has_lon = read_degrees(x, x->lon, 180, &x->o.lon);

	x->o.is_placed = has_lat && has_lon;
	if (has_lat != has_lon)
		form_refuse(&x->form, has_lat ? x->lon : x->lat,
			    _("Il manque l’une des deux coordonnées."));
}

static enum status read_territory(struct page *x)
{
	const char *slug = form_chosen(&x->form, x->territory);
	struct term t = { 0 };
	enum status status = OK;

	if (slug && *slug)
		status = term_by_slug(x->req->db, x->req->arena, "territory", slug, &t);
	x->o.territory_id = t.id;
	return status;
}

/* Typed, or made of the name; taken by nobody else. */
static enum status read_slug(struct page *x)
{
	struct request *req = x->req;
	const char *slug = x->slug->value, *base = slug_for(req->arena, x->o.name, "organisation");
	struct organisation other;
	enum status status;

	office_expect_slug(&x->form, x->slug, "nouvelle");
	if (x->slug->error)
		return OK;
	x->o.slug = *slug ? slug : strcmp(base, "nouvelle") != 0 ? base : "nouvelle-2";
	for (int i = 2;; i++) {
		status = organisation_by_slug(req->db, req->arena, x->o.slug, &other);
		if (status != OK || other.id == x->o.id)
			return status == NOT_FOUND ? OK : status;
		if (*slug)
			break;
		x->o.slug = slug_numbered(req->arena, base, i);
	}
	form_refuse(&x->form, x->slug,
		    arena_printf(req->arena, _("C’est déjà l’adresse de : %s."), other.name));
	return OK;
}

static enum status read_organisation(struct page *x)
{
	enum status status;

	form_limit(&x->form, x->name, NAME_LENGTH);
	form_limit(&x->form, x->acronym, ACRONYM_LENGTH);
	form_expect_url(&x->form, x->website);
	x->o.name = x->name->value;
	x->o.kind = form_chosen(&x->form, x->kind);
	x->o.acronym = form_value(x->acronym);
	x->o.website = form_value(x->website);
	read_codes(x);
	read_place(x);
	status = read_territory(x);
	return status == OK ? read_slug(x) : status;
}

static enum status trace(struct page *x, const char *detail)
{
	return audit_here(x->req, "membership-changed",
			  arena_printf(x->req->arena, "organisation %s", x->o.slug), detail);
}

static enum status save(struct page *x)
{
	struct request *req = x->req;
	const char *before = x->o.slug;
	enum status status = read_organisation(x);

	if (status == OK && !form_is_good(&x->form))
		return INVALID;
	if (status == OK)
		status = organisation_save(req->db, &x->o);
	if (status == OK && before && strcmp(before, x->o.slug) != 0)
		status = redirect_move(req->db, arena_printf(req->arena, "/annuaire/%s", before),
				       arena_printf(req->arena, "/annuaire/%s", x->o.slug));
	return status;
}

/* ---- a new one
 * ------------------------------------------------------------------------------------- */

static void fill_new(struct page *x, struct office_view *v)
{
	struct office_section_view *s;

	office_begin(x->req, v, OFFICE_ORGANISATIONS, _("Nouvelle organisation"));
	s = office_section(x->req, v, NULL, NULL);
	office_form(x->req, office_card(x->req, s, NULL), &x->form);
}

static enum status add(struct page *x)
{
	enum status status = db_begin(x->req->db);

	if (status != OK)
		return status;
	status = make_form(x);
	if (status == OK)
		status = save(x);
	return db_end(x->req->db, status);
}

enum status office_organisation_new(struct request *req, struct response *res)
{
	struct page x = { .req = req, .is_sent = req->method == POST };
	struct office_view v;
	enum status status = x.is_sent ? add(&x) : make_form(&x);

	if (status == OK && x.is_sent)
		return office_back(req, res,
				   url_path(req->arena, "/gestion/organisations/", x.o.slug),
				   "ajoutee");
	if (status != OK && status != INVALID)
		return status;
	fill_new(&x, &v);
	if (status == INVALID)
		return office_wrong(res, &v);
	office_html(&res->body, &v);
	return OK;
}

/* ---- its memberships
 * ----------------------------------------------------------------------------- */

struct membership_form {
	struct field_view *kind, *from, *to;
};

static const char *french_day(struct arena *a, const char *day)
{
	return day ? arena_printf(a, "%.2s/%.2s/%.4s", day + 8, day + 5, day) : NULL;
}

static const char *number_of(struct request *req, int64_t id)
{
	return id ? arena_printf(req->arena, "%" PRId64, id) : "nouvelle";
}

static struct membership_form make_membership(struct page *x, const struct membership *m,
					      bool is_sent, struct form *f)
{
	struct request *req = x->req;
	const char *number = number_of(req, m->id);
	struct membership_form fields;

	office_form_begin(f, req,
			  url_path_and(req->arena, "/gestion/organisations/", x->o.slug,
				       arena_printf(req->arena, "/adhesions/%s", number)),
			  m->id ? _("Enregistrer cette adhésion") : _("Ajouter cette adhésion"),
			  is_sent);
	fields.kind =
		form_field(f, FIELD_CHOICE, name_of(req, "sorte", number), _("Adhésion"), NULL);
	options_of(f, fields.kind, membership_kind_words, m->kind);
	fields.from = form_field(f, FIELD_DATE, name_of(req, "debut", number), _("Premier jour"),
				 french_day(req->arena, m->from_on));
	form_require(f, fields.from);
	fields.to = form_field(f, FIELD_DATE, name_of(req, "fin", number), _("Dernier jour"),
			       french_day(req->arena, m->to_on));
	fields.to->help = _("À laisser vide tant qu’il n’est pas connu.");
	return fields;
}

static void add_membership(struct page *x, struct office_section_view *s,
			   const struct membership *m)
{
	struct request *req = x->req;
	struct card_view *c = office_card(
		req, s,
		m->id ? arena_printf(req->arena, "%s, %s", word_of(membership_kind_words, m->kind),
				     days_in_words(req, m->from_on, m->to_on))
		      : NULL);
	struct office_form_view *v;
	struct form f;

	if (x->membership_is_sent && x->sent_id == m->id)
		f = x->sent_form;
	else
		(void)make_membership(x, m, false, &f);
	v = office_form(req, c, &f);
	c->folded = m->id ? _("Changer ces dates, ou l’enlever") : _("Ajouter une adhésion");
	if (m->id) {
		v->also = _("Enlever cette adhésion");
		v->also_name = "enlever";
	}
}

static void add_memberships(struct page *x, struct office_view *v)
{
	struct office_section_view *s = office_section(x->req, v, _("Adhésions"), "adhesions");
	const char *day = today(x->req);
	struct membership none = { .kind = "full",
				   .from_on = arena_printf(x->req->arena, "%.4s-01-01", day),
				   .to_on = arena_printf(x->req->arena, "%.4s-12-31", day) };

	if (!x->memberships.n_memberships)
		s->words = _("Aucune : cette organisation n’a pas adhéré.");
	for (size_t i = 0; i < x->memberships.n_memberships; i++)
		add_membership(x, s, &x->memberships.membership[i]);
	add_membership(x, s, &none);
}

static void add_people(struct page *x, struct office_view *v)
{
	struct request *req = x->req;
	struct office_section_view *s = office_section(req, v, _("Personnes"), "personnes");

	if (!x->functions.n_functions)
		s->words = _("Personne n’y a de fonction.");
	office_table(req, s, _("Personnes de l’organisation"), _("Nom"), _("Fonction"), _("Quand"),
		     NULL);
	for (size_t i = 0; i < x->functions.n_functions; i++) {
		const struct function *f = &x->functions.function[i];

		office_cell(req, s, function_person_words(req, f))->url =
			url_path(req->arena, "/gestion/personnes/", f->person);
		office_cell(req, s, function_words(req, f));
		office_cell(req, s, days_in_words(req, f->from_on, f->to_on));
	}
}

/* ---- the page
 * --------------------------------------------------------------------------------------- */

static enum status load(struct page *x)
{
	struct request *req = x->req;
	enum status status =
		organisation_by_slug(req->db, req->arena, request_param(req, "slug"), &x->o);

	if (status == OK)
		status = membership_of(req->db, req->arena, x->o.id, &x->memberships);
	if (status == OK)
		status = function_of_organisation(req->db, req->arena, x->o.id, today(req), false,
						  &x->functions);
	return status == OK ? make_form(x) : status;
}

static void fill(struct page *x, const char *title, struct office_view *v)
{
	struct request *req = x->req;
	struct office_section_view *s;

	office_begin(req, v, OFFICE_ORGANISATIONS, title);
	v->done = office_told(req, told, 3);
	office_action(req, v, _("Voir dans l’annuaire"),
		      url_path(req->arena, "/annuaire/", request_param(req, "slug")));
	office_action(req, v, _("Inviter une personne"),
		      url_path_and(req->arena, "/espace/organisations/", request_param(req, "slug"),
				   "/inviter"));
	add_memberships(x, v);
	add_people(x, v);
	s = office_section(req, v, _("Ce qu’elle est"), "fiche");
	office_form(req, office_card(req, s, NULL), &x->form);
}

enum status office_organisation_show(struct request *req, struct response *res)
{
	struct page x = { .req = req };
	struct office_view v;
	enum status status = load(&x);

	if (status != OK)
		return status;
	fill(&x, x.o.name, &v);
	office_html(&res->body, &v);
	return OK;
}

static enum status change(struct page *x, const char **title)
{
	enum status status = load(x);

	*title = x->o.name;
	if (status == OK)
		status = save(x);
	return status == OK ? trace(x, "fiche") : status;
}

enum status office_organisation_save(struct request *req, struct response *res)
{
	struct page x = { .req = req, .is_sent = true };
	const char *title = NULL;
	struct office_view v;
	enum status status = db_begin(req->db);

	if (status == OK)
		status = db_end(req->db, change(&x, &title));
	if (status == INVALID) {
		x.o.slug = request_param(req, "slug");
		fill(&x, title, &v);
		return office_wrong(res, &v);
	}
	return status == OK ? office_back(req, res,
					  url_path(req->arena, "/gestion/organisations/", x.o.slug),
					  "enregistree")
			    : status;
}

/* ---- one membership
 * -------------------------------------------------------------------------------- */

static enum status find_membership(struct page *x, struct membership *m)
{
	const char *id = request_param(x->req, "id");

	*m = (struct membership){ .organisation_id = x->o.id };
	if (!strcmp(id, "nouvelle"))
		return OK;
	x->sent_id = atoll(id);
	for (size_t i = 0; i < x->memberships.n_memberships; i++)
		if (x->memberships.membership[i].id == x->sent_id) {
			*m = x->memberships.membership[i];
			return OK;
		}
	return NOT_FOUND;
}

static enum status remove_membership(struct page *x, const struct membership *m)
{
	enum status status = membership_remove(x->req->db, x->o.id, m->id);

	return status == OK ? trace(x, arena_printf(x->req->arena, "enlevée : %s, %s–%s", m->kind,
						    m->from_on, m->to_on ? m->to_on : ""))
			    : status;
}

static enum status save_membership(struct page *x, struct membership *m)
{
	struct form *f = &x->sent_form;
	struct membership_form fields = make_membership(x, m, true, f);
	enum status status;

	x->membership_is_sent = true;
	m->kind = form_chosen(f, fields.kind);
	m->from_on = form_day(f, fields.from);
	m->to_on = form_day(f, fields.to);
	if (!m->kind)
		form_refuse(f, fields.kind, _("Ce champ est à remplir."));
	if (m->from_on && !days_are_in_order(m->from_on, m->to_on))
		form_refuse(f, fields.to, _("Le dernier jour vient avant le premier."));
	if (!form_is_good(f))
		return INVALID;
	status = membership_save(x->req->db, m);
	return status == OK ? trace(x, arena_printf(x->req->arena, "%s, %s–%s", m->kind, m->from_on,
						    m->to_on ? m->to_on : ""))
			    : status;
}

static enum status change_membership(struct page *x)
{
	struct membership m;
	enum status status = load(x);

	if (status == OK)
		status = find_membership(x, &m);
	if (status != OK)
		return status;
	return m.id && request_form(x->req, "enlever") ? remove_membership(x, &m)
						       : save_membership(x, &m);
}

enum status office_organisation_membership(struct request *req, struct response *res)
{
	struct page x = { .req = req };
	struct office_view v;
	enum status status = db_begin(req->db);

	if (status == OK)
		status = db_end(req->db, change_membership(&x));
	if (status == INVALID) {
		fill(&x, x.o.name, &v);
		return office_wrong(res, &v);
	}
	return status == OK ? office_back(req, res,
					  url_path(req->arena, "/gestion/organisations/", x.o.slug),
					  request_form(req, "enlever") ? "enlevee" : "enregistree")
			    : status;
}
