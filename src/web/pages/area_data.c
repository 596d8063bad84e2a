/* area_data.c - what is kept about someone: to read, to take away. */
#include "base/arena.h"
#include "base/tr.h"
#include "feed/own_data.h"
#include "web/pages/area.h"
#include "web/pages/retention_words.h"

enum status my_data_show(struct request *req, struct response *res)
{
	struct my_data_view v = { 0 };
	enum status status = retention_facts(req, &v.fact, &v.n_facts);

	if (status != OK)
		return status;
	area_fill(req, &v.area, _("Mes données"), (struct tag_view){ 0 });
	my_data_html(&res->body, &v);
	return OK;
}

enum status my_data_json(struct request *req, struct response *res)
{
	response_header(res, "Content-Disposition", "attachment; filename=\"mes-donnees.json\"");
	res->content_type = "application/json; charset=utf-8";
	return own_data_put(req->db, req->arena, &req->reader, req->now, &res->body);
}
