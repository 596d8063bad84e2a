#include <string.h>

#include "base/arena.h"
#include "store/collection.h"
#include "store/redirect.h"
#include "store/resource.h"
#include "store/session.h"
#include "web/address.h"
#include "web/pages/pages.h"

/* Path and query, "article12" being written without the '=' that nothing follows. */
static const char *as_written(const struct request *req)
{
	const char *from = address_write(req->arena, req->path, req->query, req->n_query);
	char *written = arena_strdup(req->arena, from), *to = written;

	for (; *from; from++)
		if (*from != '=' || (from[1] != '\0' && from[1] != '&'))
			*to++ = *from;
	*to = '\0';
	return written;
}

/* Earlier sites had addresses such as "/spip.php?article12". */
static enum status find(struct request *req, const char **target)
{
	enum status status = NOT_FOUND;

	if (req->n_query)
		status = redirect_find(req->db, req->arena, as_written(req), target);
	if (status == NOT_FOUND)
		status = redirect_find(req->db, req->arena, req->path, target);
	return status;
}

/* "cle" of "/ressources/cle?page=2"; NULL when the target is elsewhere. */
static const char *slug_under(struct arena *a, const char *target, const char *folder)
{
	const char *slug;

	if (strncmp(target, folder, strlen(folder)) != 0)
		return NULL;
	slug = target + strlen(folder);
	slug = arena_strndup(a, slug, strcspn(slug, "/?#."));
	return *slug ? slug : NULL;
}

/* A collection in which one may know of nothing is none. */
static enum status find_collection(struct request *req, const char *slug)
{
	struct collection c;
	struct resource_list list;
	enum status status = collection_by_slug(req->db, req->arena, slug, &c);

	if (status == OK)
		status = resource_of_collection(req->db, req->arena, &req->reader, c.id, &list);
	return status == OK && !list.n_resources && req->reader.level < EDITOR ? NOT_FOUND : status;
}

/* "https://exemple.fr/agenda/x" is a path here too. */
static const char *path_here(const struct request *req, const char *target)
{
	size_t own = strlen(req->site->public_url);

	return strncmp(target, req->site->public_url, own) != 0 ? target : target + own;
}

/* An address is made of a title: where one leads is for those who may know what is there. */
static enum status may_be_told(struct request *req, const char *target)
{
	const char *path = path_here(req, target);
	const char *resource = slug_under(req->arena, path, "/ressources/");
	const char *session = slug_under(req->arena, path, "/agenda/");
	const char *cycle = slug_under(req->arena, path, "/cycles/");
	const char *collection = slug_under(req->arena, path, "/collections/");
	struct resource r;
	struct session s;
	struct cycle c;

	if (resource)
		return resource_by_slug(req->db, req->arena, &req->reader, resource, &r);
	if (session)
		return session_by_slug(req->db, req->arena, &req->reader, session, &s);
	if (cycle)
		return cycle_by_slug(req->db, req->arena, &req->reader, cycle, &c);
	return collection ? find_collection(req, collection) : OK;
}

enum status moved_show(struct request *req, struct response *res)
{
	const char *target;
	enum status status = req->db ? find(req, &target) : NOT_FOUND;

	if (status == OK)
		status = may_be_told(req, target);
	if (status != OK)
		return status;
	if (!strcmp(target, req->path))
		return NOT_FOUND;
	response_redirect(res, 301, target);
	return OK;
}
