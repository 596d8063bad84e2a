#include "base/arena.h"
#include "base/richtext.h"
#include "base/text.h"
#include "base/tr.h"
#include "feed/schema.h"
#include "store/collection.h"
#include "store/resource.h"
#include "web/pages/area.h"
#include "web/pages/frame.h"
#include "web/pages/pages.h"
#include "web/pages/parts.h"

static struct collection_view view_of(const struct request *req, const struct collection *c)
{
	return (struct collection_view){
		.title = say(req, c->title),
		.url = url_path(req->arena, "/collections/", c->slug),
		.count = resources_in_words(req->arena, c->n_resources, 0),
		.about = description_of(req->arena, c->description),
	};
}

enum status collections_show(struct request *req, struct response *res)
{
	struct collections_view v = { 0 };
	struct collection_list list;
	enum status status = collection_for_reader(req->db, req->arena, &req->reader, &list);

	if (status != OK)
		return status;
	v.collection = arena_make(req->arena, struct collection_view, list.n_collections);
	v.n_collections = list.n_collections;
	for (size_t i = 0; i < list.n_collections; i++)
		v.collection[i] = view_of(req, &list.collection[i]);
	frame_fill(req, &v.frame, IN_COLLECTIONS, _("Collections"), URL("/collections"));
	v.frame.description = _("Les collections du centre de ressources, numéro par numéro.");
	collections_html(&res->body, &v);
	return OK;
}

static int64_t count_closed(const struct resource_list *list)
{
	int64_t n = 0;

	for (size_t i = 0; i < list->n_resources; i++)
		n += !list->resource[i].may_read;
	return n;
}

/* A collection in which this reader may know of nothing does not exist for them. */
static enum status find(struct request *req, struct collection *c, struct resource_list *list)
{
	enum status status = collection_by_slug(req->db, req->arena, request_param(req, "slug"), c);

	if (status == OK)
		status = resource_of_collection(req->db, req->arena, &req->reader, c->id, list);
	if (status == OK && !list->n_resources && req->reader.level < EDITOR)
		return NOT_FOUND;
	return status;
}

enum status collection_show(struct request *req, struct response *res)
{
	struct collection_page_view v = { 0 };
	struct collection c;
	struct resource_list list;
	struct identity site;
	enum status status = find(req, &c, &list);

	if (status == NOT_FOUND)
		return not_here(req, res);
	if (status == OK)
		status = identity_of(req, &site);
	if (status != OK)
		return status;
	frame_fill(req, &v.frame, IN_COLLECTIONS, c.title,
		   url_path(req->arena, "/collections/", c.slug));
	v.frame.description = description_of(req->arena, c.description);
	v.frame.schema = schema_collection(req->arena, &site, &c);
	v.title = v.frame.title;
	if (c.description.markup)
		v.description = say_markup(req, c.description);
	v.entries = entries_of(req, &list);
	v.count = resources_in_words(req->arena, (int64_t)list.n_resources, count_closed(&list));
	status = offer_to_keep(req, &v.entries,
			       url_path(req->arena, "/collections/", c.slug).address);
	if (status == OK)
		collection_html(&res->body, &v);
	return status;
}
