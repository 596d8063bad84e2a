#include "web/route.h"

#include <string.h>

#include "base/arena.h"
#include "db/db.h"
#include "store/change.h"
#include "web/address.h"

enum { MAX_PARAMS = 8 };

/* Pieces of a pattern and of a path. */
struct capture {
	const char *name, *value;
	size_t name_length, value_length;
};

struct captures {
	struct capture capture[MAX_PARAMS];
	size_t n;
};

static void keep(struct captures *c, struct capture capture)
{
	if (c->n == MAX_PARAMS)
		die("more than %d names in the pattern of a route", MAX_PARAMS);
	c->capture[c->n++] = capture;
}

/* ":name" or ":name.ext" against one part; both move past it. */
static bool match_part(const char **pattern, const char **path, struct captures *c)
{
	const char *name = *pattern + 1, *ext = name + strcspn(name, "./");
	size_t ext_length = strcspn(ext, "/"), length = strcspn(*path, "/");

	if (length <= ext_length || memcmp(*path + length - ext_length, ext, ext_length) != 0)
		return false;
	keep(c, (struct capture){ name, *path, (size_t)(ext - name), length - ext_length });
	*pattern = ext + ext_length;
	*path += length;
	return true;
}

static bool match_rest(const char *pattern, const char *path, struct captures *c)
{
	keep(c, (struct capture){ pattern + 1, path, strlen(pattern + 1), strlen(path) });
	return *path != '\0';
}

static bool match(const char *pattern, const char *path, struct captures *c)
{
	c->n = 0;
	while (*pattern) {
		if (*pattern == '*')
			return match_rest(pattern, path, c);
		if (*pattern == ':') {
			if (!match_part(&pattern, &path, c))
				return false;
		} else if (*pattern++ != *path++) {
			return false;
		}
	}
	return !*path;
}

static void set_params(struct request *req, const struct captures *c)
{
	req->param = arena_make(req->arena, struct pair, c->n);
	req->n_params = c->n;
	for (size_t i = 0; i < c->n; i++) {
		const struct capture *found = &c->capture[i];

		req->param[i] = (struct pair){
			arena_strndup(req->arena, found->name, found->name_length),
			arena_strndup(req->arena, found->value, found->value_length),
		};
	}
}

const struct route *route_find(const struct site_map *map, struct request *req)
{
	struct captures c;

	for (const struct route *r = map->route; r->pattern; r++) {
		if (r->method != req->method || !match(r->pattern, req->path, &c))
			continue;
		set_params(req, &c);
		return r;
	}
	return NULL;
}

static bool path_takes(const struct site_map *map, const struct request *req, enum method method)
{
	struct captures c;

	for (const struct route *r = map->route; r->pattern; r++)
		if (r->method == method && match(r->pattern, req->path, &c))
			return true;
	return false;
}

/* The methods this path knows, for the header Allow; NULL when it knows none. */
static const char *allowed(const struct site_map *map, const struct request *req)
{
	bool get = path_takes(map, req, GET), post = path_takes(map, req, POST);

	if (get && post)
		return "GET, HEAD, POST";
	return get ? "GET, HEAD" : post ? "POST" : NULL;
}

/* The one place where a status becomes a code of HTTP. */
static int http_code(enum status status, int code)
{
	switch (status) {
	case OK:
		return code ? code : 200;
	case NOT_FOUND:
		return 404;
	case CONFLICT:
		return 409;
	case INVALID:
		return 422;
	case DENIED:
		return 403;
	case FAILED:
		break;
	}
	return 500;
}

static enum status status_of(int code)
{
	if (code == 403)
		return DENIED;
	if (code == 404)
		return NOT_FOUND;
	return code < 500 ? INVALID : FAILED;
}

/* Nothing of what a page had written before it failed is shown. */
static void show_failure(const struct site_map *map, struct request *req, struct response *res,
			 int code, enum status status)
{
	response_release(res);
	response_init(res);
	res->code = code;
	res->fresh_until = -1;
	if (map->error) {
		map->error(req, res, status);
		return;
	}
	res->content_type = "text/plain; charset=utf-8";
	out_printf(&res->body, "%d\n", code);
}

static void refuse_method(const struct site_map *map, struct request *req, struct response *res)
{
	const char *methods = allowed(map, req);

	show_failure(map, req, res, 405, INVALID);
	response_header(res, "Allow", methods ? methods : "GET, HEAD");
}

static bool may_ask(const struct reader *reader, enum who who)
{
	switch (who) {
	case ANYONE:
		return true;
	case SIGNED_IN:
		return reader->person_id != 0;
	case MEMBERS_ONLY:
		return reader->level >= MEMBER;
	case EDITORS_ONLY:
		return reader->level >= EDITOR;
	case ADMINISTRATORS_ONLY:
		break;
	}
	return reader->level >= ADMINISTRATOR;
}

bool route_comes_from_here(const struct request *req)
{
	if (req->origin)
		return !strcmp(req->origin, req->site->public_url);
	return req->fetch_site && !strcmp(req->fetch_site, "same-origin");
}

/* Who could not be recognised is nobody. */
static enum status identify(const struct site_map *map, struct request *req)
{
	enum status status = req->session && map->identify ? map->identify(req) : OK;

	if (status != OK)
		req->reader = (struct reader){ ANONYMOUS };
	return status;
}

static enum status enter(const struct site_map *map, const struct route *route, struct request *req,
			 struct response *res)
{
	if (may_ask(&req->reader, route->who))
		return route->page(req, res);
	return !req->reader.person_id && map->sign_in ? map->sign_in(req, res) : DENIED;
}

static enum status identify_and_enter(const struct site_map *map, const struct route *route,
				      struct request *req, struct response *res)
{
	enum status status = identify(map, req);

	return status == OK ? enter(map, route, req, res) : status;
}

/* Who asks, what is shown and the number of the last change are of one moment. */
static enum status run_reading(const struct site_map *map, const struct route *route,
			       struct request *req, struct response *res)
{
	enum status status;

	if (!req->db)
		return identify_and_enter(map, route, req, res);
	status = db_begin_read(req->db);
	if (status != OK)
		return status;
	status = change_last(req->db, &res->change);
	if (status == OK)
		status = identify_and_enter(map, route, req, res);
	return db_end(req->db, status);
}

/* The page has its own transactions: none may be open around it. */
static enum status identify_first(const struct site_map *map, struct request *req)
{
	enum status status;

	if (!req->session || !req->db)
		return identify(map, req);
	status = db_begin_read(req->db);
	return status == OK ? db_end(req->db, identify(map, req)) : status;
}

static enum status run_writing(const struct site_map *map, const struct route *route,
			       struct request *req, struct response *res)
{
	enum status status = route_comes_from_here(req) ? identify_first(map, req) : DENIED;

	return status == OK ? enter(map, route, req, res) : status;
}

/* Slashes at the end are dropped; "//host/" would lead to another site, and is no path of ours. */
static bool drop_slash(const struct request *req, struct response *res)
{
	size_t length = strlen(req->path);

	if (req->path[length - 1] != '/' || req->path[1] == '/' || length == 1)
		return false;
	while (length > 1 && req->path[length - 1] == '/')
		length--;
	response_redirect(res, 301,
			  address_write(req->arena, arena_strndup(req->arena, req->path, length),
					req->query, req->n_query));
	return true;
}

static enum status find_elsewhere(const struct site_map *map, struct request *req,
				  struct response *res)
{
	const struct route moved = { GET, "", ANYONE, map->moved };
	enum status status = map->moved ? run_reading(map, &moved, req, res) : NOT_FOUND;

	return status == NOT_FOUND && drop_slash(req, res) ? OK : status;
}

static enum status run(const struct site_map *map, const struct route *route, struct request *req,
		       struct response *res)
{
	if (!route)
		return find_elsewhere(map, req, res);
	return route->method == GET ? run_reading(map, route, req, res)
				    : run_writing(map, route, req, res);
}

/* What became of a page becomes an answer. */
static void settle(const struct site_map *map, struct request *req, struct response *res,
		   enum status status)
{
	if (status == FAILED && req->db && db_was_busy(req->db))
		route_fail(map, req, res, 503);
	else if (status != OK)
		show_failure(map, req, res, http_code(status, 0), status);
	else
		res->code = http_code(OK, res->code);
}

static void answer(const struct site_map *map, struct request *req, struct response *res)
{
	const struct route *route = route_find(map, req);
	enum status status;

	if (!route && (req->method == OTHER_METHOD || allowed(map, req))) {
		refuse_method(map, req, res);
		return;
	}
	status = route || req->method == GET ? run(map, route, req, res) : NOT_FOUND;
	settle(map, req, res, status);
}

void route_answer(const struct site_map *map, struct request *req, struct response *res)
{
	if (req->db) {
		(void)db_was_busy(req->db);
		db_read_only(req->db, req->method != POST);
	}
	answer(map, req, res);
	if (req->db)
		db_read_only(req->db, false);
}

/* In place of a page: no page answers 100. */
static enum status let_in(struct request *req, struct response *res)
{
	(void)req;
	res->code = 100;
	return OK;
}

bool route_turns_away(const struct site_map *map, const struct route *route, struct request *req,
		      struct response *res)
{
	const struct route door = { POST, route->pattern, route->who, let_in };

	if (req->db)
		(void)db_was_busy(req->db);
	settle(map, req, res, run_writing(map, &door, req, res));
	return res->code != 100;
}

void route_fail(const struct site_map *map, struct request *req, struct response *res, int code)
{
	show_failure(map, req, res, code, status_of(code));
	if (code == 503)
		response_header(res, "Retry-After", "10");
}
