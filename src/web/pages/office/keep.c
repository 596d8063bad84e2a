#include <jansson.h>
#include <string.h>

#include "base/arena.h"
#include "feed/interchange.h"
#include "store/file.h"
#include "store/resource.h"
#include "store/session.h"
#include "store/slug.h"
#include "web/pages/office/office.h"

enum status keep_version(struct request *req, const struct resource *r)
{
	json_t *object;
	enum status status = interchange_resource(req->db, req->arena, &req->reader, r, &object);

	if (status == OK)
		status =
			resource_keep_version(req->db, r->id, interchange_line(req->arena, object));
	json_decref(object);
	return status;
}

static enum status touch_resource(struct request *req, int64_t id)
{
	struct resource r;
	enum status status = resource_with_body(req->db, req->arena, &req->reader, id, &r);

	if (status == OK)
		status = keep_version(req, &r);
	r.modified_at = req->now;
	return status == OK ? resource_save(req->db, &r) : status;
}

static enum status touch_session(struct request *req, int64_t id)
{
	struct session s;
	enum status status = session_by_id(req->db, req->arena, &req->reader, id, &s);

	s.modified_at = req->now;
	return status == OK ? session_save(req->db, &s) : status;
}

static enum status touch_cycle(struct request *req, const char *slug)
{
	struct cycle c;
	enum status status = cycle_by_slug(req->db, req->arena, &req->reader, slug, &c);

	return status == OK ? cycle_save(req->db, &c) : status;
}

enum status touch_owner(struct request *req, enum owner owner, int64_t id, const char *slug)
{
	switch (owner) {
	case OF_RESOURCE:
		return touch_resource(req, id);
	case OF_SESSION:
		return touch_session(req, id);
	case OF_CYCLE:
		break;
	}
	return touch_cycle(req, slug);
}

static const char *after(const char *text, const char *start)
{
	size_t n = strlen(start);

	return strncmp(text, start, n) != 0 ? NULL : text + n;
}

static bool read_file(struct request *req, const char *name, struct target_typed *target)
{
	const char *id = arena_strndup(req->arena, name, strcspn(name, "/"));
	struct file f;
	bool is_closed;

	if (!file_id_is_good(id) ||
	    file_for_reader(req->db, req->arena, &req->reader, id, &f, &is_closed) != OK)
		return false;
	target->file = id;
	return true;
}

bool read_target(struct request *req, const char *typed, struct target_typed *target)
{
	const char *path = after(typed, req->site->public_url);
	const char *slug, *file;

	*target = (struct target_typed){ 0 };
	if (!path || *path != '/')
		path = typed;
	file = after(path, "/fichiers/");
	if (file)
		return read_file(req, file, target);
	slug = after(path, "/ressources/");
	if (!slug)
		slug = path;
	if (slug_is_valid(slug) && resource_id_of(req->db, slug, &target->resource_id) == OK) {
		target->resource = slug;
		return true;
	}
	target->resource_id = 0;
	if (slug != path || *path == '#' || !url_is_safe(path))
		return false;
	target->url = path;
	return true;
}
