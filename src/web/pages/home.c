#include "base/arena.h"
#include "base/date.h"
#include "base/text.h"
#include "base/tr.h"
#include "feed/schema.h"
#include "search/search.h"
#include "store/collection.h"
#include "store/resource.h"
#include "store/session.h"
#include "web/pages/frame.h"
#include "web/pages/list_query.h"
#include "web/pages/pages.h"
#include "web/pages/parts.h"

enum { LATEST = 5, COMING = 4, TODAY = 4, THEMES = 7 };

static enum status fill_themes(struct request *req, struct home_view *v)
{
	struct search_query query = { .limit = 1 };
	struct search_result result;
	const struct search_facet *facet = &result.facet[FACET_CATEGORY];
	enum status status =
		search_run(req->site->search, req->arena, &req->reader, &query, &result);

	if (status != OK)
		return status;
	v->count = resources_in_words(req->arena, result.total, 0);
	v->themes.tag = arena_make(req->arena, struct tag_view, THEMES);
	for (size_t i = 0; i < facet->n_values && i < THEMES; i++)
		v->themes.tag[v->themes.n_tags++] = (struct tag_view){
			.label = say(req, facet->value[i].label),
			.url = list_of(req->arena, FACET_CATEGORY, facet->value[i].value),
			.note = number_in_words(req->arena, facet->value[i].count),
		};
	return OK;
}

static enum status fill_latest(struct request *req, struct home_view *v)
{
	struct resource_list list;
	enum status status = resource_latest(req->db, req->arena, &req->reader, LATEST, &list);

	if (status == OK)
		v->latest = entries_of(req, &list);
	return status;
}

/* What was held earlier today is no longer to come. */
static size_t drop_past(const struct request *req, struct session_list *list)
{
	size_t n = 0;

	for (size_t i = 0; i < list->n_sessions; i++)
		if (!session_is_past(req, &list->session[i]))
			list->session[n++] = list->session[i];
	return n < COMING ? n : COMING;
}

/* Cycles and numbers are for the agenda. */
static void shorten(const struct request *req, const struct session *s, struct session_view *v)
{
	v->label = session_word(req, s);
	v->cycle.label = NULL;
}

static enum status fill_coming(struct request *req, struct home_view *v)
{
	struct session_list list;
	struct names names = { 0 };
	enum status status =
		session_coming(req->db, req->arena, &req->reader,
			       day_of_moment(req->arena, req->now), COMING + TODAY, &list);

	if (status != OK)
		return status;
	list.n_sessions = drop_past(req, &list);
	status = sessions_of(req, list.session, list.n_sessions, &names, &v->coming);
	for (size_t i = 0; i < v->coming.n_sessions; i++)
		shorten(req, &list.session[i], &v->coming.session[i]);
	return status;
}

static enum status fill_collections(struct request *req, struct home_view *v)
{
	struct collection_list list;
	enum status status = collection_for_reader(req->db, req->arena, &req->reader, &list);

	if (status != OK)
		return status;
	v->collection = arena_make(req->arena, struct tag_view, list.n_collections);
	v->n_collections = list.n_collections;
	for (size_t i = 0; i < list.n_collections; i++)
		v->collection[i] = (struct tag_view){
			.label = say(req, list.collection[i].title),
			.url = url_path(req->arena, "/collections/", list.collection[i].slug),
			.note = resources_in_words(req->arena, list.collection[i].n_resources, 0),
		};
	return OK;
}

enum status home_show(struct request *req, struct response *res)
{
	struct home_view v = { 0 };
	struct identity site;
	enum status status = identity_of(req, &site);

	if (status == OK)
		status = fill_themes(req, &v);

	if (status == OK)
		status = fill_latest(req, &v);
	if (status == OK)
		status = fill_coming(req, &v);
	if (status == OK)
		status = fill_collections(req, &v);
	if (status != OK)
		return status;
	v.purpose = say(req, setting_of(req, "site_purpose"));
	frame_fill(req, &v.frame, NO_SECTION, v.purpose, URL("/"));
	v.frame.full_title = v.frame.site_name;
	v.frame.title = v.frame.site_name;
	v.frame.description = v.purpose;
	v.frame.has_box = true;
	v.frame.schema = schema_home(req->arena, &site);
	home_html(&res->body, &v);
	return keep_until_next_moment(req, res);
}
