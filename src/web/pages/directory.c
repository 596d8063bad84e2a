#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "base/tr.h"
#include "feed/schema.h"
#include "store/organisation.h"
#include "store/resource.h"
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

static struct organisation_view view_of(const struct request *req, const struct organisation *o)
{
	return (struct organisation_view){
		.name = say(req, o->name),
		.acronym = o->acronym,
		.url = url_path(req->arena, "/annuaire/", o->slug),
		.territory = tells_more(req, o) ? say(req, o->territory_label) : NULL,
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

static void add_group(const struct request *req, const struct sorted *s, size_t n, size_t kind,
		      struct directory_view *v)
{
	struct organisations_view *group = &v->group[v->n_groups];
	size_t capacity = 0;

	*group = (struct organisations_view){
		.kind = _(kinds[kind].many),
		.id = kinds[kind].kind,
		.here = url_path(req->arena, "#", kinds[kind].kind),
	};
	for (size_t i = 0; i < n; i++)
		if (!strcmp(s[i].organisation->kind, kinds[kind].kind))
			*arena_push(req->arena, group->organisation, group->n_organisations,
				    capacity) = view_of(req, s[i].organisation);
	v->n_groups += group->n_organisations > 0;
}

enum status directory_show(struct request *req, struct response *res)
{
	struct directory_view v = { 0 };
	struct organisation_list list;
	struct sorted *sorted;
	enum status status = organisation_all(req->db, req->arena, &list);

	if (status != OK)
		return status;
	sorted = sort(req, &list);
	v.group = arena_make(req->arena, struct organisations_view, N_KINDS);
	for (size_t k = 0; k < N_KINDS; k++)
		add_group(req, sorted, list.n_organisations, k, &v);
	v.count = arena_printf(req->arena,
			       _n("%zu organisation", "%zu organisations",
				  (int64_t)list.n_organisations),
			       list.n_organisations);
	frame_fill(req, &v.frame, IN_DIRECTORY, _("Annuaire"), URL("/annuaire"));
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
	if (status != OK)
		return status;
	fill(req, &o, &v);
	v.frame.schema = schema_organisation(req->arena, &site, &o);
	v.entries = entries_of(req, &list);
	organisation_html(&res->body, &v);
	return OK;
}
