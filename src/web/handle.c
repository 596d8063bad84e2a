#include <stdio.h>
#include <time.h>

#include "base/arena.h"
#include "base/date.h"
#include "db/db.h"
#include "search/search.h"
#include "store/change.h"
#include "web/address.h"
#include "web/cache.h"
#include "web/multipart.h"
#include "web/server_inside.h"

enum { MAX_LARGE = 4 };

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
	return is_for_all(req, res) && res->code == 200 && res->fresh_until >= 0 && res->file < 0;
}

static struct answer *make(struct visit *v, struct request *req, struct response *res)
{
	char id[17];

	snprintf(id, sizeof(id), "%016llx", (unsigned long long)v->id);
	return answer_make(server_worker(v->server)->compressor, res, is_for_all(req, res),
			   headers_accept_gzip(&v->headers), res->code >= 400 ? id : NULL);
}

/* Sends what was written, and keeps it when `keeping` is not NULL and allows. */
static enum MHD_Result finish(struct visit *v, struct MHD_Connection *con, struct request *req,
			      struct response *res, struct keeping *keeping)
{
	bool is_kept = keeping && may_be_kept(req, res);
	struct answer *answer = make(v, req, res);
	enum MHD_Result result = answer_send(v, con, answer);

	if (is_kept) {
		keeping->change = res->change;
		keeping->until =
			res->fresh_until ? res->fresh_until : next_midnight_in_paris(req->now);
		keeping->size = answer_size(answer);
		cache_put(v->server->cache, keeping, answer);
	} else {
		answer_free(answer);
	}
	response_release(res);
	return result;
}

/* Of a POST alone: who asks changes nothing. */
static int64_t change_before(const struct request *req)
{
	int64_t change;

	return req->method == POST && change_last(req->db, &change) == OK ? change : -1;
}

/*
 * What a POST has just changed is seen by the next request, whoever watches: kept answers are
 * older, and the search knows of it before the writer is told that it is done. Who changed nothing
 * waits for nothing.
 */
static void announce_change(struct server *s, struct db *db, int64_t before)
{
	int64_t change;

	if (change_last(db, &change) != OK || change == before)
		return;
	if (s->options.site && s->options.site->search)
		search_catch_up(s->options.site->search, db);
	cache_changed(s->cache, change);
}

/* `code` is that of a failure, 0 to run the page. */
static void fill(struct visit *v, struct request *req, struct response *res, int code)
{
	struct server *s = v->server;
	struct worker *w = server_worker(s);
	bool is_open = worker_open_db(s, w);
	int64_t before;

	response_init(res);
	if (is_open)
		req->db = w->db;
	else if (!code)
		code = 503;
	if (code) {
		route_fail(s->options.map, req, res, code);
		return;
	}
	before = change_before(req);
	route_answer(s->options.map, req, res);
	if (req->method == POST)
		announce_change(s, w->db, before);
}

enum MHD_Result handle_page(struct visit *v, struct MHD_Connection *con, struct request *req,
			    const char *key)
{
	struct keeping keeping = { .key = key, .stamp = cache_stamp(v->server->cache) };
	struct response res;

	fill(v, req, &res, 0);
	return finish(v, con, req, &res, key ? &keeping : NULL);
}

enum MHD_Result handle_refusal(struct visit *v, struct MHD_Connection *con, struct request *req,
			       int code)
{
	struct response res;

	fill(v, req, &res, code);
	return finish(v, con, req, &res, NULL);
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

/*
 * RFC 9110, 14.2: only GET has one. And 13.2.2: If-None-Match comes first; its 304 tells of the
 * whole, so that no part is made where there may be one.
 */
static const char *range_of(const struct visit *v, struct arena *a)
{
	if (v->method != GET || v->is_head || v->headers.head[IF_NONE_MATCH].at)
		return NULL;
	return headers_text(&v->headers, RANGE, a);
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
		.range = range_of(v, w->arena),
		.if_range = headers_text(&v->headers, IF_RANGE, w->arena),
		.now = time(NULL),
	};
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

static int read_parts(struct visit *v, struct request *req)
{
	const char *boundary = headers_boundary(&v->headers, req->arena);
	struct multipart read;

	if (!boundary ||
	    multipart_read(req->arena, boundary, v->body.data, v->body.length, &read) != OK)
		return 400;
	req->form = read.form;
	req->n_form = read.n_form;
	req->upload = read.upload;
	req->n_uploads = read.n_uploads;
	return 0;
}

/* 0, or the code to refuse it with. */
static int read_form(struct visit *v, struct request *req)
{
	if (!v->body.length)
		return 0;
	if (headers_are_of_type(&v->headers, "multipart/form-data"))
		return read_parts(v, req);
	if (!headers_are_of_type(&v->headers, "application/x-www-form-urlencoded"))
		return 415;
	return address_form(req->arena, v->body.data, v->body.length, &req->form, &req->n_form) ==
			       OK
		       ? 0
		       : 400;
}

/* 0, or the code to refuse it with. */
static int read_request(struct visit *v, struct request *req)
{
	handle_begin(v, req);
	return handle_target(v, req) == OK ? read_form(v, req) : 400;
}

enum MHD_Result handle_request(struct visit *v, struct MHD_Connection *con)
{
	struct request req;
	int code = read_request(v, &req);

	return code ? handle_refusal(v, con, &req, code) : find_or_run(v, con, &req);
}

struct answer *handle_apart(struct visit *v, int code)
{
	struct request req;
	struct response res;
	struct answer *answer;
	int wrong = read_request(v, &req);

	fill(v, &req, &res, wrong ? wrong : code);
	answer = make(v, &req, &res);
	response_release(&res);
	return answer;
}

static const struct route *foresee(struct visit *v, struct request *req)
{
	handle_begin(v, req);
	return handle_target(v, req) == OK ? route_find(v->server->options.map, req) : NULL;
}

void handle_foresee(struct visit *v)
{
	struct request req;
	const struct route *route = v->method == POST ? foresee(v, &req) : NULL;

	v->is_slow = route && route->is_slow && route_comes_from_here(&req);
	v->max_body = route && route->max_body ? route->max_body : MAX_BODY;
}

static bool enter_large(struct visit *v)
{
	atomic_int *n = &v->server->n_large;

	v->is_large = atomic_fetch_add(n, 1) < MAX_LARGE;
	if (!v->is_large)
		atomic_fetch_sub(n, 1);
	return v->is_large;
}

enum MHD_Result handle_large(struct visit *v, struct MHD_Connection *con)
{
	struct server *s = v->server;
	struct worker *w = server_worker(s);
	struct request req;
	struct response res;
	const struct route *route = foresee(v, &req);

	if (!worker_open_db(s, w))
		return handle_refusal(v, con, &req, 503);
	req.db = w->db;
	response_init(&res);
	if (route_turns_away(s->options.map, route, &req, &res))
		return finish(v, con, &req, &res, NULL);
	response_release(&res);
	return enter_large(v) ? MHD_YES : handle_refusal(v, con, &req, 503);
}
