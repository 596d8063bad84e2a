#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "base/tr.h"
#include "feed/schema.h"
#include "store/membership.h"
#include "store/organisation.h"
#include "store/person.h"
#include "store/resource.h"
#include "web/account.h"
#include "web/pages/area.h"
#include "web/pages/directory_query.h"
#include "web/pages/frame.h"
#include "web/pages/pages.h"
#include "web/pages/parts.h"

/* Kinds in the order of the page. */
static const struct {
	const char *kind, *one, *many;
} kinds[] = {
	{ "region", N_("Région"), N_("Régions") },
	{ "departement", N_("Département"), N_("Départements") },
	{ "metropole", N_("Métropole"), N_("Métropoles") },
	{ "intercommunalite", N_("Intercommunalité"), N_("Intercommunalités") },
	{ "petr", N_("Pôle d’équilibre territorial et rural"),
	  N_("Pôles d’équilibre territorial et rural") },
	{ "commune", N_("Commune"), N_("Communes") },
	{ "reseau", N_("Réseau"), N_("Réseaux") },
	{ "association", N_("Association"), N_("Associations") },
	{ "scic", N_("Société coopérative d’intérêt collectif"),
	  N_("Sociétés coopératives d’intérêt collectif") },
	{ "scop", N_("Société coopérative de production"),
	  N_("Sociétés coopératives de production") },
	{ "entreprise", N_("Entreprise"), N_("Entreprises") },
	{ "etat", N_("Service de l’État"), N_("Services de l’État") },
	{ "autre", N_("Autre organisation"), N_("Autres organisations") },
};

enum { N_KINDS = sizeof(kinds) / sizeof(*kinds) };

/* A region lies in the territory of its own name. */
static bool tells_more(const struct request *req, const struct organisation *o)
{
	return o->territory_label && strcmp(text_fold(req->arena, o->territory_label),
					    text_fold(req->arena, o->name)) != 0;
}

static struct organisation_view view_of(const struct request *req, const struct organisation *o,
					bool is_member)
{
	return (struct organisation_view){
		.name = say(req, o->name),
		.acronym = o->acronym,
		.url = url_path(req->arena, "/annuaire/", o->slug),
		.territory = tells_more(req, o) ? say(req, o->territory_label) : NULL,
		.member = is_member ? _("Adhérente") : NULL,
	};
}

/* By name as it is read, without accents; folded names stand beside. */
struct sorted {
	const char *key;
	const struct organisation *organisation;
};

static int compare(const void *a, const void *b)
{
	return strcmp(((const struct sorted *)a)->key, ((const struct sorted *)b)->key);
}

static struct sorted *sort(const struct request *req, const struct organisation_list *list)
{
	struct sorted *s = arena_make(req->arena, struct sorted, list->n_organisations);

	for (size_t i = 0; i < list->n_organisations; i++)
		s[i] = (struct sorted){ text_fold(req->arena, list->organisation[i].name),
					&list->organisation[i] };
	if (list->n_organisations)
		qsort(s, list->n_organisations, sizeof(*s), compare);
	return s;
}

/* Those that are members today, by number. */
struct members {
	int64_t *id;
	size_t n;
};

static bool is_member(const struct members *m, int64_t id)
{
	for (size_t i = 0; i < m->n && m->id[i] <= id; i++)
		if (m->id[i] == id)
			return true;
	return false;
}

static void add_group(const struct request *req, const struct sorted *s, size_t n, size_t kind,
		      const struct directory_query *query, const struct members *members,
		      struct directory_view *v)
{
	struct organisations_view *group = &v->group[v->n_groups];
	size_t capacity = 0;

	*group = (struct organisations_view){
		.kind = _(kinds[kind].many),
		.id = kinds[kind].kind,
		.here = url_path(req->arena, "#", kinds[kind].kind),
	};
	for (size_t i = 0; i < n; i++) {
		const struct organisation *o = s[i].organisation;

		if (!strcmp(o->kind, kinds[kind].kind) && directory_query_takes(query, o))
			*arena_push(req->arena, group->organisation, group->n_organisations,
				    capacity) = view_of(req, o, is_member(members, o->id));
	}
	v->n_organisations += group->n_organisations;
	v->n_groups += group->n_organisations > 0;
}

static const char *count_words(const struct request *req, size_t n)
{
	return arena_printf(req->arena, _n("%zu organisation", "%zu organisations", (int64_t)n), n);
}

/* ---- filters ----------------------------------------------------------------------------------
 */

static void fill_kinds(const struct request *req, const struct directory_query *query,
		       const struct organisation_list *list, struct facet_view *v)
{
	*v = (struct facet_view){ .legend = _("Type d’organisation"), .name = "type" };
	v->choice = arena_make(req->arena, struct choice_view, N_KINDS);
	for (size_t k = 0; k < N_KINDS; k++) {
		size_t n = directory_query_count(query, list, kinds[k].kind);
		bool chosen = query->kind && !strcmp(query->kind, kinds[k].kind);

		if (n || chosen)
			v->choice[v->n_choices++] = (struct choice_view){
				.value = kinds[k].kind,
				.label = _(kinds[k].many),
				.count = number_in_words(req->arena, (int64_t)n),
				.chosen = chosen,
			};
	}
}

static void fill_territories(const struct request *req, const struct directory_query *query,
			     struct facet_view *v)
{
	*v = (struct facet_view){ .legend = _("Territoire"), .name = "territoire" };
	v->choice = arena_make(req->arena, struct choice_view, query->n_places + 1);
	for (size_t i = 0; i < query->n_places; i++) {
		const struct directory_place *p = query->places[i];

		if (p->n_of_kind || p == query->place)
			v->choice[v->n_choices++] = (struct choice_view){
				.value = p->term.slug,
				.label = say(req, p->term.label),
				.count = number_in_words(req->arena, (int64_t)p->n_of_kind),
				.chosen = p == query->place,
			};
	}
}

static void fill_list(const struct request *req, const struct directory_query *query,
		      const struct organisation_list *list, const struct members *members,
		      struct directory_view *v)
{
	const struct sorted *sorted = sort(req, list);

	v->group = arena_make(req->arena, struct organisations_view, N_KINDS);
	for (size_t k = 0; k < N_KINDS; k++)
		add_group(req, sorted, list->n_organisations, k, query, members, v);
	v->count = count_words(req, v->n_organisations);
	v->is_filtered = query->kind || query->place;
	v->is_empty = !list->n_organisations;
	fill_kinds(req, query, list, &v->kinds);
	fill_territories(req, query, &v->territories);
}

static const char *directory_title(const struct request *req, const struct directory_query *query)
{
	const char *kind = NULL;

	for (size_t k = 0; query->kind && k < N_KINDS; k++)
		if (!strcmp(query->kind, kinds[k].kind))
			kind = _(kinds[k].many);
	if (kind && query->place)
		return arena_printf(req->arena, _("Annuaire : %s, %s"), kind,
				    query->place->term.label);
	if (kind || query->place)
		return arena_printf(req->arena, _("Annuaire : %s"),
				    kind ? kind : query->place->term.label);
	return _("Annuaire");
}

enum status directory_show(struct request *req, struct response *res)
{
	struct directory_view v = { 0 };
	struct directory_query query;
	struct organisation_list list;
	struct members members;
	const char *wrong = NULL;
	enum status status = organisation_all(req->db, req->arena, &list);

	if (status == OK)
		status = directory_query_read(req, &list, &query, &wrong);
	if (wrong)
		return refuse(req, res, wrong);
	if (status == OK)
		status = membership_current(req->db, req->arena, today(req), &members.id,
					    &members.n);
	if (status != OK)
		return status;
	fill_list(req, &query, &list, &members, &v);
	frame_fill(req, &v.frame, IN_DIRECTORY, directory_title(req, &query),
		   directory_query_url(req->arena, &query));
	v.frame.description = _("Les collectivités et les organisations du réseau.");
	directory_html(&res->body, &v);
	return OK;
}

static const char *kind_words(const char *kind)
{
	for (size_t k = 0; k < N_KINDS; k++)
		if (!strcmp(kind, kinds[k].kind))
			return _(kinds[k].one);
	return NULL;
}

/* "https://www.exemple.fr/" is told as "exemple.fr". */
static const char *short_address(struct arena *a, const char *url)
{
	const char *at = strstr(url, "://");
	size_t n;

	at = at ? at + 3 : url;
	if (!strncmp(at, "www.", 4))
		at += 4;
	n = strlen(at);
	return arena_strndup(a, at, n && at[n - 1] == '/' ? n - 1 : n);
}

static void fill(struct request *req, const struct organisation *o,
		 struct organisation_page_view *v)
{
	frame_fill(req, &v->frame, IN_DIRECTORY, o->name,
		   url_path(req->arena, "/annuaire/", o->slug));
	v->name = v->frame.title;
	v->acronym = o->acronym;
	v->kind = kind_words(o->kind);
	v->territory = tells_more(req, o) ? say(req, o->territory_label) : NULL;
	v->siren = o->siren;
	v->insee = o->insee;
	v->website = url_external(req->arena, o->website);
	if (v->website.address)
		v->website_name = short_address(req->arena, o->website);
}

/* Those who agreed, by name, with what they do: nothing else of them is here. */
static enum status fill_people(struct request *req, const struct organisation *o,
			       struct organisation_page_view *v)
{
	struct function_list list;
	enum status status =
		function_of_organisation(req->db, req->arena, o->id, today(req), true, &list);

	if (status != OK)
		return status;
	v->person = arena_make(req->arena, struct person_view, list.n_functions);
	for (; v->n_persons < list.n_functions; v->n_persons++)
		v->person[v->n_persons] = (struct person_view){
			.name = say(req, function_person_words(req, &list.function[v->n_persons])),
			.detail = function_words(req, &list.function[v->n_persons]),
		};
	return OK;
}

static enum status fill_membership(struct request *req, const struct organisation *o,
				   struct organisation_page_view *v)
{
	bool is_current;
	enum status status = membership_is_current(req->db, o->id, today(req), &is_current);

	if (status == OK && is_current)
		v->member = _("Adhérente du réseau");
	if (req->reader.person_id && access_may_manage(&req->reader, o->id))
		v->manage = url_path(req->arena, "/espace/organisations/", o->slug);
	return status;
}

enum status organisation_show(struct request *req, struct response *res)
{
	struct organisation_page_view v = { 0 };
	struct organisation o;
	struct resource_list list;
	struct identity site;
	enum status status =
		organisation_by_slug(req->db, req->arena, request_param(req, "slug"), &o);

	if (status == NOT_FOUND)
		return not_here(req, res);
	if (status == OK)
		status = resource_of_organisation(req->db, req->arena, &req->reader, o.id, &list);
	if (status == OK)
		status = identity_of(req, &site);
	if (status == OK)
		status = fill_people(req, &o, &v);
	if (status == OK)
		status = fill_membership(req, &o, &v);
	if (status != OK)
		return status;
	fill(req, &o, &v);
	v.frame.schema = schema_organisation(req->arena, &site, &o);
	v.entries = entries_of(req, &list);
	status = offer_to_keep(req, &v.entries, url_path(req->arena, "/annuaire/", o.slug).address);
	if (status == OK)
		organisation_html(&res->body, &v);
	return status;
}
