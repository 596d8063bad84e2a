#include <stdio.h>
#include <time.h>

#include "base/arena.h"
#include "base/date.h"
#include "db/db.h"
#include "store/change.h"
#include "web/address.h"
#include "web/cache.h"
#include "web/server_inside.h"

static bool is_anonymous(const struct request *req)
{
	return !req->session && req->reader.level == ANONYMOUS && !req->reader.person_id;
}

/* What sets a cookie is for one person, even one who is nobody yet. */
static bool is_for_all(const struct request *req, const struct response *res)
{
	if (req->method != GET || response_has(res, "Set-Cookie"))
		return false;
	return is_anonymous(req) || (res->is_static && res->code == 200);
}

static bool may_be_kept(const struct request *req, const struct response *res)
{
	return is_for_all(req, res) && res->code == 200 && res->fresh_until >= 0;
}

/* Sends what was written, and keeps it when `keeping` is not NULL and allows. */
static enum MHD_Result finish(struct visit *v, struct MHD_Connection *con, struct request *req,
			      struct response *res, struct keeping *keeping)
{
	struct server *s = v->server;
	bool is_kept = keeping && may_be_kept(req, res);
	char id[17];
	struct answer *answer;
	enum MHD_Result result;

	snprintf(id, sizeof(id), "%016llx", (unsigned long long)v->id);
	answer = answer_make(server_worker(s)->compressor, res, is_for_all(req, res),
			     headers_accept_gzip(&v->headers), res->code >= 400 ? id : NULL);
	result = answer_send(v, con, answer);
	if (is_kept) {
		keeping->change = res->change;
		keeping->until =
			res->fresh_until ? res->fresh_until : next_midnight_in_paris(req->now);
		keeping->size = answer_size(answer);
		cache_put(s->cache, keeping, answer);
	} else {
		answer_free(answer);
	}
	response_release(res);
	return result;
}

/* What this server has just changed is seen by the next request, whoever watches. */
static void announce_change(struct server *s, struct db *db)
{
	int64_t change;

	if (db && change_last(db, &change) == OK)
		cache_changed(s->cache, change);
}

enum MHD_Result handle_page(struct visit *v, struct MHD_Connection *con, struct request *req,
			    const char *key)
{
	struct server *s = v->server;
	struct worker *w = server_worker(s);
	struct keeping keeping = { .key = key, .stamp = cache_stamp(s->cache) };
	struct response res;

	response_init(&res);
	if (!worker_open_db(s, w)) {
		route_fail(s->options.map, req, &res, 503);
		return finish(v, con, req, &res, NULL);
	}
	req->db = w->db;
	route_answer(s->options.map, req, &res);
	if (req->method == POST)
		announce_change(s, w->db);
	return finish(v, con, req, &res, key ? &keeping : NULL);
}

/* One without gzip gives way to the same with it when that is asked for. */
static bool has_form_for(const struct visit *v, const struct kept *kept)
{
	const struct answer *answer = kept_answer(kept);

	return !answer->lacks_gzip || !headers_accept_gzip(&v->headers);
}

static enum MHD_Result find_or_run(struct visit *v, struct MHD_Connection *con, struct request *req)
{
	struct server *s = v->server;
	const struct route *route;
	const char *key;
	struct kept *kept;
	enum MHD_Result result;

	if (req->method != GET || !is_anonymous(req))
		return handle_page(v, con, req, NULL);
	route = route_find(s->options.map, req);
	if (!route || route->who != ANYONE)
		return handle_page(v, con, req, NULL);
	key = cache_key(req->arena, req, route);
	kept = cache_find(s->cache, key, req->now);
	if (!kept)
		return handle_page(v, con, req, key);
	if (has_form_for(v, kept))
		result = answer_send(v, con, kept_answer(kept));
	else
		result = handle_page(v, con, req, key);
	kept_release(kept);
	return result;
}

void handle_begin(struct visit *v, struct request *req)
{
	struct worker *w = server_worker(v->server);

	arena_reset(w->arena);
	*req = (struct request){
		.arena = w->arena,
		.site = v->server->options.site,
		.method = v->method,
		.path = "/",
		.raw_path = "/",
		.origin = headers_text(&v->headers, ORIGIN, w->arena),
		.fetch_site = headers_text(&v->headers, FETCH_SITE, w->arena),
		.session = headers_session(&v->headers, w->arena),
		.address = v->address,
		.agent = headers_agent(&v->headers, w->arena),
		.range = headers_text(&v->headers, RANGE, w->arena),
		.if_range = headers_text(&v->headers, IF_RANGE, w->arena),
		.now = time(NULL),
	};
}

enum MHD_Result handle_refusal(struct visit *v, struct MHD_Connection *con, struct request *req,
			       int code)
{
	struct response res;

	response_init(&res);
	if (worker_open_db(v->server, server_worker(v->server)))
		req->db = server_worker(v->server)->db;
	route_fail(v->server->options.map, req, &res, code);
	return finish(v, con, req, &res, NULL);
}

enum status handle_target(struct visit *v, struct request *req)
{
	struct target t;
	enum status status = address_split(out_string(&v->target), v->target.length, &t);

	if (status == OK)
		status = address_path(req->arena, t.path, t.path_length, &req->path);
	if (status != OK) {
		req->path = "/";
		return status;
	}
	req->raw_path = arena_strndup(req->arena, t.path, t.path_length);
	return t.query ? address_query(req->arena, t.query, t.query_length, &req->query,
				       &req->n_query)
		       : OK;
}

/* 0, or the code to refuse it with. */
static int read_form(struct visit *v, struct request *req)
{
	if (!v->body.length)
		return 0;
	if (!headers_are_of_type(&v->headers, "application/x-www-form-urlencoded"))
		return 415;
	return address_form(req->arena, v->body.data, v->body.length, &req->form, &req->n_form) ==
			       OK
		       ? 0
		       : 400;
}

enum MHD_Result handle_request(struct visit *v, struct MHD_Connection *con)
{
	struct request req;
	int code;

	deadline_set(&v->deadline, INPUT, 0);
	handle_begin(v, &req);
	if (handle_target(v, &req) != OK)
		return handle_refusal(v, con, &req, 400);
	code = read_form(v, &req);
	if (code)
		return handle_refusal(v, con, &req, code);
	return find_or_run(v, con, &req);
}
