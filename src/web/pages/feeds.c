#include "web/pages/feeds.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "feed/atom.h"
#include "feed/ical.h"
#include "feed/identity.h"
#include "feed/sitemap.h"
#include "store/session.h"

static enum status read_identity(struct request *req, struct identity *site)
{
	return identity_read(req->db, req->arena, req->site->public_url, site);
}

enum status feed_atom(struct request *req, struct response *res)
{
	struct identity site;
	enum status status = read_identity(req, &site);

	if (status != OK)
		return status;
	res->content_type = "application/atom+xml; charset=utf-8";
	return atom_resources(req->db, req->arena, &req->reader, &site, &res->body);
}

enum status feed_agenda_ics(struct request *req, struct response *res)
{
	struct identity site;
	enum status status = read_identity(req, &site);

	if (status != OK)
		return status;
	res->content_type = "text/calendar; charset=utf-8";
	return ical_agenda(req->db, req->arena, &req->reader, &site, req->now, &res->body);
}

enum status feed_session_ics(struct request *req, struct response *res)
{
	struct identity site;
	struct session s;
	enum status status =
		session_by_slug(req->db, req->arena, &req->reader, request_param(req, "slug"), &s);

	if (status == OK)
		status = read_identity(req, &site);
	if (status != OK)
		return status;
	res->content_type = "text/calendar; charset=utf-8";
	response_header(res, "Content-Disposition",
			arena_printf(req->arena, "attachment; filename=\"%s.ics\"", s.slug));
	ical_session(req->arena, &site, &s, &res->body);
	return OK;
}

static enum status begin_sitemap(struct request *req, struct response *res, struct identity *site,
				 struct sitemap *map)
{
	*map = (struct sitemap){ req->db, req->arena, &req->reader, site, SITEMAP_PART };
	res->content_type = "application/xml; charset=utf-8";
	return read_identity(req, site);
}

enum status feed_sitemap(struct request *req, struct response *res)
{
	struct identity site;
	struct sitemap map;
	enum status status = begin_sitemap(req, res, &site, &map);

	return status == OK ? sitemap_write(&map, &res->body) : status;
}

/* "1" to "9999", written so; 0 for anything else. */
static int read_part(const char *text)
{
	size_t n = strspn(text, "0123456789");

	return n < 1 || n > 4 || text[n] || *text == '0' ? 0 : (int)strtol(text, NULL, 10);
}

enum status feed_sitemap_part(struct request *req, struct response *res)
{
	struct identity site;
	struct sitemap map;
	int part = read_part(request_param(req, "part"));
	enum status status;

	if (!part)
		return NOT_FOUND;
	status = begin_sitemap(req, res, &site, &map);
	return status == OK ? sitemap_write_part(&map, part, &res->body) : status;
}

enum status feed_robots(struct request *req, struct response *res)
{
	struct identity site;
	enum status status = read_identity(req, &site);

	if (status != OK)
		return status;
	res->content_type = "text/plain; charset=utf-8";
	robots_write(&site, &res->body);
	return OK;
}
