/* area_group.c - a working group, for those who are in it; its coordinator changes who is. */
#include <string.h>

#include "base/arena.h"
#include "base/mail_address.h"
#include "base/text.h"
#include "base/tr.h"
#include "db/db.h"
#include "store/working_group.h"
#include "web/account.h"
#include "web/pages/area.h"
#include "web/pages/frame.h"
#include "web/pages/parts.h"

enum { FOUND = 20, LEAST = 2 };

/* A group that is not theirs does not exist for them. */
static enum status find(struct request *req, struct working_group *g)
{
	enum status status =
		working_group_by_slug(req->db, req->arena, request_param(req, "slug"), g);

	return status == OK && !access_may_see_group(&req->reader, g->id) ? NOT_FOUND : status;
}

static struct url group_url(struct request *req, const struct working_group *g, const char *rest)
{
	return url_path_and(req->arena, "/espace/groupes/", g->slug, rest);
}

/* "Ville de …, Département de …": the organisations of today, but where one is invited only: an
 * address does not tell whose it is. */
static enum status organisations_of(struct request *req, int64_t person_id, const char **names)
{
	struct function_list list;
	enum status status = function_of_person(req->db, req->arena, person_id, today(req), &list);

	*names = NULL;
	for (size_t i = 0; status == OK && i < list.n_functions; i++) {
		const char *name = say(req, list.function[i].organisation_name);

		if (list.function[i].is_current && !list.function[i].invited_as &&
		    (!*names || !strstr(*names, name)))
			*names = *names ? arena_printf(req->arena, "%s, %s", *names, name) : name;
	}
	return status;
}

static enum status view_of(struct request *req, const struct working_group *g,
			   const struct person *p, bool coordinates, struct group_member_view *v)
{
	*v = (struct group_member_view){
		.name = say(req, person_name(req->arena, p)),
		.note = p->id == g->coordinator_id ? _("coordonne le groupe") : NULL,
	};
	if (coordinates) {
		v->slug = p->slug;
		v->email = p->email;
	}
	if (v->email)
		v->email_url =
			url_external(req->arena, arena_printf(req->arena, "mailto:%s", v->email));
	return organisations_of(req, p->id, &v->from);
}

static enum status fill_members(struct request *req, const struct working_group *g,
				const struct person_list *list, struct group_view *v)
{
	enum status status = OK;

	v->member = arena_make(req->arena, struct group_member_view, list->n_persons);
	for (; status == OK && v->n_members < list->n_persons; v->n_members++)
		status = view_of(req, g, &list->person[v->n_members], v->coordinates,
				 &v->member[v->n_members]);
	v->count =
		arena_printf(req->arena, _n("%zu personne", "%zu personnes", (int64_t)v->n_members),
			     v->n_members);
	return status;
}

/* ---- who may be added --------------------------------------------------------------------------
 */

static bool is_among(const struct person_list *list, int64_t id)
{
	for (size_t i = 0; i < list->n_persons; i++)
		if (list->person[i].id == id)
			return true;
	return false;
}

/* An address is to be known whole; of a name, the beginning of each word will do. */
static bool is_sought(struct arena *a, const struct person *p, const char *words)
{
	const char *name = text_fold(a, arena_printf(a, " %s", person_name(a, p)));
	const char *folded = text_fold(a, words);

	if (strchr(words, '@'))
		return p->email &&
		       !strcmp(mail_address_key(a, p->email), mail_address_key(a, words));
	while (*folded) {
		size_t length = strcspn(folded, " ");

		if (length && !strstr(name, arena_printf(a, " %.*s", (int)length, folded)))
			return false;
		folded += length + (folded[length] == ' ');
	}
	return true;
}

static enum status fill_found(struct request *req, const struct working_group *g,
			      const struct person_list *members, struct group_view *v)
{
	struct person_list all;
	enum status status = person_of_members(req->db, req->arena, today(req), &all);

	v->found = arena_make(req->arena, struct group_member_view, FOUND);
	for (size_t i = 0; status == OK && i < all.n_persons && v->n_found < FOUND; i++) {
		const struct person *p = &all.person[i];
		struct group_member_view *found = &v->found[v->n_found];

		if (is_among(members, p->id) || !is_sought(req->arena, p, v->sought))
			continue;
		status = view_of(req, g, p, true, found);
		/* Who is only looked for has not given their address to the group. */
		found->email = NULL;
		found->email_url = (struct url){ NULL };
		v->n_found++;
	}
	v->found_told = v->n_found == 0
				? _("Personne d’autre, dans les collectivités adhérentes, ne porte "
				    "ce nom ou cette adresse.")
			: v->n_found == FOUND ? _("Voici les premières : précisez le nom pour voir "
						  "les suivantes.")
					      : NULL;
	return status;
}

static enum status fill_resources(struct request *req, const struct working_group *g,
				  struct group_view *v)
{
	struct resource_list list;
	const char *key = arena_printf(req->arena, "group-%lld", (long long)g->id);
	enum status status = resource_of_key(req->db, req->arena, &req->reader, key, &list);

	if (status != OK)
		return status;
	v->entries = entries_of(req, &list);
	return offer_to_keep(req, &v->entries, group_url(req, g, "").address);
}

static enum status fill(struct request *req, const struct working_group *g, struct group_view *v)
{
	const struct tag_view way = { .label = _("Groupes de travail"),
				      .url = URL("/espace/groupes") };
	const char *words = request_query(req, "qui");
	struct person_list members;
	enum status status = person_of_group(req->db, req->arena, g->id, &members);

	v->coordinates = access_may_coordinate(&req->reader, g->id);
	area_fill(req, &v->area, g->name, way);
	if (status == OK)
		status = fill_members(req, g, &members, v);
	if (status == OK)
		status = fill_resources(req, g, v);
	if (status != OK || !v->coordinates)
		return status;
	v->here = group_url(req, g, "");
	v->add = group_url(req, g, "/ajouter");
	v->remove = group_url(req, g, "/retirer");
	v->sought = words ? text_squeeze(req->arena, words) : NULL;
	if (v->sought && utf8_length(v->sought) >= LEAST)
		return fill_found(req, g, &members, v);
	if (v->sought)
		v->found_told = _("Donnez au moins deux lettres.");
	return OK;
}

enum status group_show(struct request *req, struct response *res)
{
	struct group_view v = { 0 };
	struct working_group g;
	enum status status = find(req, &g);

	if (status == OK)
		status = fill(req, &g, &v);
	if (status != OK)
		return status;
	v.name = v.area.frame.title;
	v.description = say_markup(req, g.description);
	if (g.coordinator)
		v.coordinator =
			say(req, arena_printf(req->arena, "%s %s", g.given_name, g.family_name));
	group_html(&res->body, &v);
	return OK;
}

/* ---- changed -----------------------------------------------------------------------------------
 */

static enum status may_coordinate(struct request *req, const struct working_group *g,
				  const char *what)
{
	if (access_may_coordinate(&req->reader, g->id))
		return OK;
	return area_refuse(req, arena_printf(req->arena, "group %s", g->slug), what);
}

static const struct person *person_among(const struct person_list *list, const char *slug)
{
	for (size_t i = 0; i < list->n_persons; i++)
		if (!strcmp(list->person[i].slug, slug))
			return &list->person[i];
	return NULL;
}

static enum status add(struct request *req, const struct working_group *g, const char *slug)
{
	struct person_list all;
	const struct person *p = NULL;
	enum status status = person_of_members(req->db, req->arena, today(req), &all);

	if (status == OK)
		p = person_among(&all, slug);
	if (status != OK || !p)
		return status == OK ? INVALID : status;
	status = working_group_join(req->db, g->id, p->id);
	if (status == OK)
		status = audit_here(req, "group-changed",
				    arena_printf(req->arena, "group %s", g->slug),
				    arena_printf(req->arena, "entre : %s", p->slug));
	return status;
}

static enum status take_out(struct request *req, const struct working_group *g, const char *slug)
{
	struct person_list members;
	const struct person *p = NULL;
	enum status status = person_of_group(req->db, req->arena, g->id, &members);

	if (status == OK)
		p = person_among(&members, slug);
	if (status != OK || !p)
		return status == OK ? INVALID : status;
	status = working_group_leave(req->db, g->id, p->id);
	if (status == OK)
		status = audit_here(req, "group-changed",
				    arena_printf(req->arena, "group %s", g->slug),
				    arena_printf(req->arena, "sort : %s", p->slug));
	return status;
}

static enum status change(struct request *req, struct response *res, const char *what,
			  enum status (*run)(struct request *req, const struct working_group *g,
					     const char *slug))
{
	const char *slug = request_form(req, "personne");
	struct working_group g;
	enum status status = find(req, &g);

	if (status == OK)
		status = may_coordinate(req, &g, what);
	if (status == OK && !slug)
		status = INVALID;
	if (status == OK)
		status = db_begin(req->db);
	if (status != OK)
		return status;
	status = db_end(req->db, run(req, &g, slug));
	if (status == OK)
		area_go(req, res, group_url(req, &g, "").address, what);
	return status;
}

enum status group_add(struct request *req, struct response *res)
{
	return change(req, res, "ajout", add);
}

enum status group_take_out(struct request *req, struct response *res)
{
	return change(req, res, "retrait", take_out);
}
