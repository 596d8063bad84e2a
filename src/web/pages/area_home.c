#include "base/arena.h"
#include "base/date.h"
#include "base/tr.h"
#include "db/db.h"
#include "store/row.h"
#include "store/session.h"
#include "store/working_group.h"
#include "web/account.h"
#include "web/pages/area.h"
#include "web/pages/frame.h"
#include "web/pages/parts.h"

enum { DAY = 86400, FIRST_NEWS = 60 * DAY, NEWS = 12, COMING = 4, ATTENDED = 5, SAVED = 5 };

static bool has_current(const struct function_list *list)
{
	for (size_t i = 0; i < list->n_functions; i++)
		if (list->function[i].is_current)
			return true;
	return false;
}

/* Whoever reads no more than anyone does is told so, why, and whom to ask. */
static void fill_lapsed(struct request *req, const struct function_list *list,
			struct lapsed_view *v)
{
	if (req->reader.level > ANONYMOUS)
		return;
	if (has_current(list)) {
		v->title = _("L’adhésion de votre organisation est échue");
		v->words =
			_("Votre compte reste ouvert : vous gardez votre espace, votre profil et "
			  "les ressources mises de côté. Tant que l’adhésion n’est pas "
			  "renouvelée, vous lisez ce qui est ouvert à tout le monde, et les "
			  "ressources réservées vous sont fermées.");
		v->how = _("Pour la renouveler, ou si c’est une erreur, écrivez à l’équipe du "
			   "réseau.");
		return;
	}
	v->title = _("Votre compte n’est lié à aucune organisation aujourd’hui");
	v->words = _("Vous lisez ce qui est ouvert à tout le monde. Les ressources réservées "
		     "s’ouvrent aux personnes qui travaillent ou siègent dans une collectivité "
		     "adhérente.");
	v->how = _("Si c’est votre cas, demandez à la personne qui gère les comptes de votre "
		   "organisation de vous ajouter, ou écrivez à l’équipe du réseau.");
}

static enum status fill_news(struct request *req, const struct person *p, struct area_home_view *v)
{
	struct arena *a = req->arena;
	struct resource_list list;
	int64_t since = p->news_at == NO_NUMBER ? req->now - FIRST_NEWS : p->news_at;
	const char *day = day_in_words(a, day_of_moment(a, since), false);
	enum status status = resource_news(req->db, a, &req->reader, since, NEWS, &list);

	if (status != OK)
		return status;
	v->news = entries_of(req, &list);
	v->news_told =
		list.n_resources
			? arena_printf(a, _("Depuis le %s, ce qui vous concerne d’abord."), day)
			: arena_printf(a, _("Rien de nouveau depuis le %s."), day);
	return offer_to_keep(req, &v->news, "/espace");
}

static enum status fill_sessions(struct request *req, struct area_home_view *v)
{
	struct names names = { 0 };
	struct session_list list;
	enum status status =
		session_coming(req->db, req->arena, &req->reader, today(req), COMING, &list);

	if (status == OK)
		status = sessions_of(req, list.session, list.n_sessions, &names, &v->coming);
	if (status == OK)
		status = session_attended(req->db, req->arena, &req->reader, req->reader.person_id,
					  &list);
	if (status == OK)
		status = sessions_of(req, list.session,
				     list.n_sessions < ATTENDED ? list.n_sessions : ATTENDED,
				     &names, &v->attended);
	return status;
}

static enum status fill_saved(struct request *req, struct area_home_view *v)
{
	struct resource_list list;
	enum status status =
		resource_saved_by(req->db, req->arena, &req->reader, req->reader.person_id, &list);

	if (status != OK)
		return status;
	if (list.n_resources > SAVED)
		list.n_resources = SAVED;
	v->saved = tags_of_resources(req, NULL, &list);
	return OK;
}

static enum status fill_groups(struct request *req, struct tags_view *v)
{
	struct working_group_list list;
	enum status status = working_group_all(req->db, req->arena, &list);

	if (status != OK)
		return status;
	v->tag = arena_make(req->arena, struct tag_view, list.n_groups);
	for (size_t i = 0; i < list.n_groups; i++) {
		const struct working_group *g = &list.group[i];

		if (!access_may_see_group(&req->reader, g->id))
			continue;
		v->tag[v->n_tags++] = (struct tag_view){
			.label = say(req, g->name),
			.url = url_path(req->arena, "/espace/groupes/", g->slug),
			.note = arena_printf(req->arena,
					     _n("%lld personne", "%lld personnes", g->n_members),
					     (long long)g->n_members),
		};
	}
	return OK;
}

enum status area_show(struct request *req, struct response *res)
{
	struct area_home_view v = { 0 };
	struct function_list functions;
	struct person p;
	enum status status = area_person(req, &p);

	if (status == OK)
		status = function_of_person(req->db, req->arena, p.id, today(req), &functions);
	if (status == OK)
		status = standings_of(req, &functions, &v.standings);
	if (status == OK)
		status = fill_news(req, &p, &v);
	if (status == OK)
		status = fill_sessions(req, &v);
	if (status == OK)
		status = fill_saved(req, &v);
	if (status == OK)
		status = fill_groups(req, &v.groups);
	if (status != OK)
		return status;
	area_fill(req, &v.area, _("Mon espace"), (struct tag_view){ 0 });
	fill_lapsed(req, &functions, &v.lapsed);
	v.hello = *p.given_name ? arena_printf(req->arena, _("Bonjour %s"), p.given_name)
				: _("Bonjour");
	area_home_html(&res->body, &v);
	return OK;
}

enum status news_seen(struct request *req, struct response *res)
{
	enum status status = db_begin(req->db);

	if (status == OK)
		status = db_end(req->db, person_set_news(req->db, req->reader.person_id, req->now));
	if (status == OK)
		area_go(req, res, "/espace", "vu");
	return status;
}

enum status groups_show(struct request *req, struct response *res)
{
	struct area_list_view v = { 0 };
	enum status status = fill_groups(req, &v.groups);

	if (status != OK)
		return status;
	area_fill(req, &v.area, _("Groupes de travail"), (struct tag_view){ 0 });
	area_groups_html(&res->body, &v);
	return OK;
}
