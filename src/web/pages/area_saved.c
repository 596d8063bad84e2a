/* area_saved.c - resources that one puts aside, and the button that does it wherever they are. */
#include <string.h>

#include "base/arena.h"
#include "base/tr.h"
#include "db/db.h"
#include "store/saved.h"
#include "web/account.h"
#include "web/pages/area.h"
#include "web/pages/frame.h"
#include "web/pages/parts.h"

enum status offer_to_keep(struct request *req, struct entries_view *v, const char *back)
{
	int64_t *id = arena_make(req->arena, int64_t, v->n_entries);
	bool *is_saved = arena_make(req->arena, bool, v->n_entries);
	enum status status;

	if (!req->reader.person_id || !v->n_entries)
		return OK;
	for (size_t i = 0; i < v->n_entries; i++)
		id[i] = v->entry[i].id;
	status = saved_among(req->db, req->reader.person_id, id, v->n_entries, is_saved);
	for (size_t i = 0; i < v->n_entries; i++)
		v->entry[i].keep = (struct keep_view){
			.url = url_path_and(req->arena, "/ressources/", v->entry[i].slug,
					    "/garder"),
			.back = back,
			.title = v->entry[i].title,
			.is_kept = is_saved[i],
		};
	return status;
}

enum status saved_show(struct request *req, struct response *res)
{
	struct area_list_view v = { 0 };
	struct resource_list list;
	enum status status =
		resource_saved_by(req->db, req->arena, &req->reader, req->reader.person_id, &list);

	if (status != OK)
		return status;
	area_fill(req, &v.area, _("Ressources gardées"), (struct tag_view){ 0 });
	v.entries = entries_of(req, &list);
	status = offer_to_keep(req, &v.entries, "/espace/enregistrees");
	if (status == OK)
		area_saved_html(&res->body, &v);
	return status;
}

enum status keep_change(struct request *req, struct response *res)
{
	const char *slug = request_param(req, "slug"), *keep = request_form(req, "garder");
	struct resource r;
	enum status status = db_begin(req->db);

	if (status != OK)
		return status;
	status = resource_by_slug(req->db, req->arena, &req->reader, slug, &r);
	if (status == OK)
		status = saved_set(req->db, req->reader.person_id, r.id,
				   keep && !strcmp(keep, "oui"), req->now);
	status = db_end(req->db, status);
	if (status == OK)
		response_redirect(res, 303,
				  account_return(request_form(req, "retour"),
						 resource_url(req->arena, r.slug).address));
	return status;
}
