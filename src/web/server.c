#include "web/server.h"

#include <microhttpd.h>
#include <pthread.h>
#include <signal.h>
#include <sodium.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/log.h"
#include "db/db.h"
#include "store/change.h"
#include "web/address.h"
#include "web/cache.h"
#include "web/compress.h"
#include "web/deadline.h"
#include "web/headers.h"
#include "web/listen.h"

enum {
	HEADER_SECONDS = 10,
	BODY_SECONDS = 30,
	IDLE_SECONDS = 15,
	MAX_CONNECTIONS = 1000,
	MAX_PER_ADDRESS = 100,
	CACHE_BYTES = 64 << 20,
	MAX_BODY = 1 << 20,
	MAX_TARGET = 8 << 10,
	CONNECTION_MEMORY = 32 << 10,
	SLOWEST_BYTES_A_SECOND = 4 << 10,
	OTHER_DESCRIPTORS = 200,
	READY_COST = 2 << 10, /* of a prepared answer, beside its body */
	ETAG_BYTES = 16,
	ETAG_SIZE = 2 * ETAG_BYTES + 3,
};

struct server {
	struct server_options options;
	struct MHD_Daemon *daemon;
	struct watchdog *watchdog;
	struct cache *cache;
	pthread_key_t worker;
	char proxy[PEER_SIZE]; /* "" for none */
	uint64_t id_base;
	atomic_uint_fast64_t n_requests;
	atomic_int under_way;
	bool sees_lines; /* see look_at_line() */
};

/* What a worker thread has of its own. */
struct worker {
	struct db *db;
	struct arena *arena;
	struct compressor *compressor;
};

/* A connection, and the request under way on it. */
struct visit {
	struct deadline deadline; /* first: it is found by it */
	struct server *server;
	char peer[PEER_SIZE];

	bool has_header, is_head;
	const char *target_end; /* where MHD has it */
	struct out target;      /* as it came */
	struct out body;
	struct headers headers;
	enum method method;
	uint64_t id;
	int64_t began; /* microseconds */
	int code;
	size_t length; /* of the body sent */
};

/* One form of an answer, plain or gzip. */
struct form {
	struct MHD_Response *response; /* NULL when there is none */
	char etag[ETAG_SIZE];
};

struct answer {
	int code;
	struct form plain, gzip;
	size_t plain_length, gzip_length;
	bool lacks_gzip; /* nobody who takes it has asked */
};

static int64_t now_us(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

static int or_default(int value, int otherwise)
{
	return value > 0 ? value : otherwise;
}

/* ---- workers ------------------------------------------------------------------ */

static void free_worker(void *arg)
{
	struct worker *w = arg;

	db_close(w->db);
	arena_free(w->arena);
	compressor_free(w->compressor);
	free(w);
}

static struct worker *this_worker(struct server *s)
{
	struct worker *w = pthread_getspecific(s->worker);

	if (w)
		return w;
	w = calloc(1, sizeof(*w));
	if (!w || pthread_setspecific(s->worker, w) != 0)
		die("out of memory");
	w->arena = arena_new();
	w->compressor = compressor_new();
	return w;
}

/* False, logged, when it cannot be opened: it is tried again at the next request. */
static bool open_worker_db(struct server *s, struct worker *w)
{
	if (w->db || !s->options.db_address)
		return true;
	return db_open(s->options.db_address, &w->db) == OK;
}

/* ---- answers ------------------------------------------------------------------- */

static const struct header on_every_answer[] = {
	{ "Content-Security-Policy", "default-src 'self'; object-src 'none'; base-uri 'none'; "
				     "form-action 'self'; frame-ancestors 'none'" },
	{ "X-Content-Type-Options", "nosniff" },
	{ "Referrer-Policy", "strict-origin-when-cross-origin" },
	{ "Cross-Origin-Opener-Policy", "same-origin" },
	{ "Permissions-Policy", "camera=(), geolocation=(), microphone=()" },
};

/* What surrounds the bytes of one form of an answer. */
struct dress {
	const struct response *res;
	const char *encoding; /* NULL for plain */
	const char *etag;     /* "" for none */
	const char *cache_control;
	const char *request_id; /* NULL for none */
};

static void add_header(struct MHD_Response *r, const char *name, const char *value)
{
	if (MHD_add_response_header(r, name, value) != MHD_YES)
		die("cannot add the header '%s' to an answer", name);
}

static bool has_header(const struct response *res, const char *name)
{
	for (size_t i = 0; i < res->n_headers; i++)
		if (!strcasecmp(res->header[i].name, name))
			return true;
	return false;
}

/* A page may have its own policy: its header replaces ours. */
static void add_unless_there(struct MHD_Response *r, const struct response *res, const char *name,
			     const char *value)
{
	if (!has_header(res, name))
		add_header(r, name, value);
}

static void add_headers(struct MHD_Response *r, const struct dress *d)
{
	const size_t n = sizeof(on_every_answer) / sizeof(*on_every_answer);

	for (size_t i = 0; i < n; i++)
		add_unless_there(r, d->res, on_every_answer[i].name, on_every_answer[i].value);
	add_unless_there(r, d->res, "Cache-Control", d->cache_control);
	add_unless_there(r, d->res, "Vary", "Accept-Encoding");
	for (size_t i = 0; i < d->res->n_headers; i++)
		add_header(r, d->res->header[i].name, d->res->header[i].value);
	if (*d->etag)
		add_header(r, "ETag", d->etag);
	if (d->request_id)
		add_header(r, "X-Request-Id", d->request_id);
}

static const char *content_type(const struct response *res)
{
	return res->content_type ? res->content_type : "text/html; charset=utf-8";
}

/* The bytes become the answer's. */
static struct MHD_Response *make_response(struct out *bytes, const struct dress *d)
{
	size_t length = bytes->length;
	struct MHD_Response *r =
		MHD_create_response_from_buffer(length, bytes->data, MHD_RESPMEM_MUST_FREE);

	if (!r)
		die("out of memory");
	out_init(bytes);
	add_headers(r, d);
	if (length)
		add_header(r, "Content-Type", content_type(d->res));
	if (d->encoding)
		add_header(r, "Content-Encoding", d->encoding);
	return r;
}

/* A strong one: a hash of the bytes that are sent. */
static void make_etag(const struct out *bytes, char etag[ETAG_SIZE])
{
	unsigned char hash[ETAG_BYTES];

	crypto_generichash(hash, sizeof(hash), (const unsigned char *)out_string(bytes),
			   bytes->length, NULL, 0);
	etag[0] = '"';
	sodium_bin2hex(etag + 1, ETAG_SIZE - 1, hash, sizeof(hash));
	etag[ETAG_SIZE - 2] = '"';
	etag[ETAG_SIZE - 1] = '\0';
}

/* An answer that may be asked for again by its ETag has one. */
static void make_form(struct form *form, struct out *bytes, struct dress d, bool has_etag)
{
	if (has_etag) {
		make_etag(bytes, form->etag);
		d.etag = form->etag;
	}
	form->response = make_response(bytes, &d);
}

static void free_answer(void *arg)
{
	struct answer *answer = arg;

	if (answer->gzip.response)
		MHD_destroy_response(answer->gzip.response);
	MHD_destroy_response(answer->plain.response);
	free(answer);
}

static const char *cache_control(const struct response *res, bool is_anonymous)
{
	if (!is_anonymous || res->code >= 500)
		return "private, no-store";
	return res->is_static && res->code == 200 ? "public, max-age=31536000, immutable"
						  : "no-cache";
}

/*
 * Both forms when gzip is asked for, else the plain one: programs that search seldom take gzip,
 * which costs as much as the search. What is for one person is not compressed: its length would
 * tell of a secret beside words that someone else chose.
 */
static struct answer *make_answer(struct compressor *compressor, struct response *res,
				  bool is_anonymous, bool wants_gzip, const char *request_id)
{
	struct answer *answer = calloc(1, sizeof(*answer));
	struct dress dress = {
		.res = res,
		.etag = "",
		.cache_control = cache_control(res, is_anonymous),
		.request_id = request_id,
	};
	bool has_etag = is_anonymous && res->code == 200;
	struct out gzip;

	if (!answer)
		die("out of memory");
	out_init(&gzip);
	answer->code = res->code;
	answer->plain_length = res->body.length;
	answer->lacks_gzip = is_anonymous && !wants_gzip &&
			     compress_is_worth(content_type(res), res->body.length);
	if (is_anonymous && wants_gzip && compress_is_worth(content_type(res), res->body.length) &&
	    compressor_gzip(compressor, res->body.data, res->body.length, &gzip)) {
		answer->gzip_length = gzip.length;
		dress.encoding = "gzip";
		make_form(&answer->gzip, &gzip, dress, has_etag);
		dress.encoding = NULL;
	}
	make_form(&answer->plain, &res->body, dress, has_etag);
	return answer;
}

static size_t answer_size(const struct answer *answer)
{
	return sizeof(*answer) + answer->plain_length + answer->gzip_length + 2 * READY_COST;
}

/* The lines of a 304 are those of the whole answer: libmicrohttpd leaves out the bytes. */
static enum MHD_Result send_answer(struct visit *v, struct MHD_Connection *con,
				   const struct answer *answer)
{
	bool gzip = answer->gzip.response && headers_accept_gzip(&v->headers);
	const struct form *form = gzip ? &answer->gzip : &answer->plain;
	size_t length = gzip ? answer->gzip_length : answer->plain_length;

	v->code = answer->code;
	if (v->method == GET && *form->etag && headers_have(&v->headers, form->etag))
		v->code = 304;
	v->length = v->is_head || v->code == 304 ? 0 : length;
	deadline_set(&v->deadline, OUTPUT,
		     1000 * (BODY_SECONDS + (int64_t)v->length / SLOWEST_BYTES_A_SECOND));
	return MHD_queue_response(con, (unsigned)v->code, form->response);
}

/* ---- from a request to an answer --------------------------------------------------- */

static bool is_anonymous(const struct request *req)
{
	return req->reader.level == ANONYMOUS;
}

static bool may_be_kept(const struct request *req, const struct response *res)
{
	return req->method == GET && is_anonymous(req) && res->code == 200 && res->fresh_until >= 0;
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
	answer = make_answer(this_worker(s)->compressor, res, is_anonymous(req),
			     headers_accept_gzip(&v->headers), res->code >= 400 ? id : NULL);
	result = send_answer(v, con, answer);
	if (is_kept) {
		keeping->change = res->change;
		keeping->until =
			res->fresh_until ? res->fresh_until : next_midnight_in_paris(req->now);
		keeping->size = answer_size(answer);
		cache_put(s->cache, keeping, answer);
	} else {
		free_answer(answer);
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

static enum MHD_Result run_page(struct visit *v, struct MHD_Connection *con, struct request *req,
				const char *key)
{
	struct server *s = v->server;
	struct worker *w = this_worker(s);
	struct keeping keeping = { .key = key, .stamp = cache_stamp(s->cache) };
	struct response res;

	response_init(&res);
	if (!open_worker_db(s, w)) {
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
		return run_page(v, con, req, NULL);
	route = route_find(s->options.map, req);
	if (!route || route->who != ANYONE)
		return run_page(v, con, req, NULL);
	key = cache_key(req->arena, req, route);
	kept = cache_find(s->cache, key, req->now);
	if (!kept)
		return run_page(v, con, req, key);
	if (has_form_for(v, kept))
		result = send_answer(v, con, kept_answer(kept));
	else
		result = run_page(v, con, req, key);
	kept_release(kept);
	return result;
}

static void begin_request(struct visit *v, struct request *req)
{
	struct worker *w = this_worker(v->server);

	arena_reset(w->arena);
	*req = (struct request){
		.arena = w->arena,
		.site = v->server->options.site,
		.method = v->method,
		.path = "/",
		.raw_path = "/",
		.origin = headers_text(&v->headers, ORIGIN, w->arena),
		.fetch_site = headers_text(&v->headers, FETCH_SITE, w->arena),
		.now = time(NULL),
	};
}

static enum MHD_Result refuse(struct visit *v, struct MHD_Connection *con, struct request *req,
			      int code)
{
	struct response res;

	response_init(&res);
	if (open_worker_db(v->server, this_worker(v->server)))
		req->db = this_worker(v->server)->db;
	route_fail(v->server->options.map, req, &res, code);
	return finish(v, con, req, &res, NULL);
}

static enum status read_target(struct visit *v, struct request *req)
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

static enum MHD_Result answer_request(struct visit *v, struct MHD_Connection *con)
{
	struct request req;
	int code;

	deadline_set(&v->deadline, INPUT, 0);
	begin_request(v, &req);
	if (read_target(v, &req) != OK)
		return refuse(v, con, &req, 400);
	code = read_form(v, &req);
	if (code)
		return refuse(v, con, &req, code);
	return find_or_run(v, con, &req);
}

/* ---- what libmicrohttpd calls ------------------------------------------------------ */

struct lines {
	struct headers *headers;
	const char *expected; /* where the next line must begin */
	bool is_whole;
};

/*
 * libmicrohttpd 0.9.75 lets three things through that it hides: a line continued on the
 * next one (it is glued to the *name*: "Content-Len: 5" and " gth" make a Content-Length),
 * a NUL inside a value (the rest vanishes), and a line feed alone as the end of a line. It
 * leaves the lines where they came, CR and LF made NUL: so in a good header each begins two
 * bytes after the one before, and anything else is seen as a gap.
 */
static void look_at_line(struct lines *lines, const char *name, const char *value, size_t length)
{
	if (name != lines->expected)
		lines->is_whole = false;
	lines->expected = value + length + 2;
}

/*
 * Strict mode of libmicrohttpd is off: all it adds is to answer twice when there is no Host,
 * and nothing at all to a blank in the target. Both are refused here.
 */
static enum MHD_Result on_line(void *cls, enum MHD_ValueKind kind, const char *name,
			       size_t name_length, const char *value, size_t length)
{
	struct lines *lines = cls;

	(void)kind;
	headers_add(lines->headers, name, name_length, value, length);
	look_at_line(lines, name, value, length);
	return MHD_YES;
}

/* A blank too many or a NUL in the first line is a gap too. */
static bool first_line_is_whole(const struct visit *v, const char *method, const char *version)
{
	return version == v->target_end + 1 && !memchr(v->target.data, ' ', v->target.length) &&
	       v->target_end - v->target.length == method + strlen(method) + 1;
}

/* The empty line after the last one ends the header. */
static bool last_line_is_whole(struct MHD_Connection *con, const struct lines *lines,
			       const char *method)
{
	const union MHD_ConnectionInfo *info =
		MHD_get_connection_info(con, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE);

	return info && lines->expected + 2 == method + info->header_size;
}

/* False when something in it is hidden from us. */
static bool read_header(struct visit *v, struct MHD_Connection *con, const char *method,
			const char *version)
{
	struct lines lines = {
		.headers = &v->headers,
		.expected = version + strlen("HTTP/1.1") + 2,
		.is_whole = first_line_is_whole(v, method, version),
	};

	v->headers = (struct headers){ 0 };
	MHD_get_connection_values_n(con, MHD_HEADER_KIND, on_line, &lines);
	return !v->server->sees_lines ||
	       (lines.is_whole && last_line_is_whole(con, &lines, method));
}

static enum method method_of(const char *method, bool *is_head)
{
	*is_head = !strcmp(method, "HEAD");
	if (*is_head || !strcmp(method, "GET"))
		return GET;
	return strcmp(method, "POST") != 0 ? OTHER_METHOD : POST;
}

/* 0, or the code to refuse it with before anything more of it is read. */
static int check_header(struct visit *v, struct MHD_Connection *con, const char *method,
			const char *version)
{
	bool is_whole = read_header(v, con, method, version);
	int code;

	v->method = method_of(method, &v->is_head);
	code = headers_check(&v->headers, version, v->method != GET, MAX_BODY);
	if (!is_whole)
		code = 400;
	if (v->target.length > MAX_TARGET)
		code = 414;
	/* A method that is not known may have a body or none. */
	if (v->method == OTHER_METHOD && (!code || code == 411 || code == 413))
		code = 405;
	return code;
}

/* A failure told here closes the connection: what follows on it cannot be trusted. */
static enum MHD_Result receive_header(struct visit *v, struct MHD_Connection *con,
				      const char *method, const char *version)
{
	int code = check_header(v, con, method, version);
	struct request req;

	if (!code) {
		deadline_set(&v->deadline, INPUT,
			     1000 * or_default(v->server->options.body_seconds, BODY_SECONDS));
		return MHD_YES;
	}
	begin_request(v, &req);
	if (code == 405 && read_target(v, &req) == OK)
		return run_page(v, con, &req, NULL);
	/* Its path tells whether a person or a program is answered. */
	if (code == 414 && read_target(v, &req) != OK)
		code = 400;
	return refuse(v, con, &req, code);
}

static enum MHD_Result receive_body(struct visit *v, const char *bytes, size_t *length)
{
	if (*length > MAX_BODY - v->body.length)
		return MHD_NO;
	out_bytes(&v->body, bytes, *length);
	*length = 0;
	return MHD_YES;
}

static enum MHD_Result on_request(void *cls, struct MHD_Connection *con, const char *url,
				  const char *method, const char *version, const char *bytes,
				  size_t *length, void **context)
{
	struct visit *v = *context;

	(void)cls;
	(void)url;
	if (!v->has_header) {
		v->has_header = true;
		return receive_header(v, con, method, version);
	}
	return *length ? receive_body(v, bytes, length) : answer_request(v, con);
}

static struct visit *visit_of(struct MHD_Connection *con)
{
	const union MHD_ConnectionInfo *info =
		MHD_get_connection_info(con, MHD_CONNECTION_INFO_SOCKET_CONTEXT);

	return info->socket_context;
}

/*
 * libmicrohttpd would go on to cut the query into parameters, and lose its way (no answer at
 * all) when they are too many for its memory. We have our copy: it finds an empty query.
 */
static void hide_query(const char *target)
{
	const char *mark = strchr(target, '?');

	if (mark)
		((char *)(uintptr_t)mark)[1] = '\0';
}

/* The first line was read. */
static void *on_target(void *cls, const char *target, struct MHD_Connection *con)
{
	struct server *s = cls;
	struct visit *v = visit_of(con);

	v->has_header = v->is_head = false;
	v->target.length = v->body.length = 0;
	out_raw(&v->target, target);
	v->target_end = target + v->target.length;
	hide_query(target);
	v->headers = (struct headers){ 0 };
	/* Odd and so without a common divisor with 2^64: no number comes twice. */
	v->id = s->id_base + atomic_fetch_add(&s->n_requests, 1) * 0x9e3779b97f4a7c15u;
	v->began = now_us();
	v->code = 0;
	v->length = 0;
	deadline_tighten(&v->deadline,
			 1000 * or_default(s->options.header_seconds, HEADER_SECONDS));
	atomic_fetch_add(&s->under_way, 1);
	return v;
}

/* The target is decoded by address.c, from the copy. */
static size_t leave_escaped(void *cls, struct MHD_Connection *con, char *text)
{
	(void)cls;
	(void)con;
	return strlen(text);
}

/* ---- the journal --------------------------------------------------------------------- */

/* The last address the proxy told of: those before it were written by the visitor. */
static bool forwarded_address(const struct visit *v, char address[PEER_SIZE])
{
	struct head_value list = v->headers.head[FORWARDED_FOR];
	const char *comma;
	char told[PEER_SIZE];

	if (!list.at || !*v->server->proxy || strcmp(v->peer, v->server->proxy) != 0)
		return false;
	comma = memrchr(list.at, ',', list.length);
	if (comma) {
		list.length -= (size_t)(comma + 1 - list.at);
		list.at = comma + 1;
	}
	while (list.length && *list.at == ' ') {
		list.at++;
		list.length--;
	}
	if (list.length >= PEER_SIZE)
		return false;
	snprintf(told, PEER_SIZE, "%.*s", (int)list.length, list.at);
	return address_normalise(told, address);
}

/* As it came, without what could end or forge a line of the journal, nor the query. */
static void write_log_path(const struct visit *v, char *text, size_t size)
{
	size_t n = 0, at = 0;

	for (; at < v->target.length && v->target.data[at] != '?' && n + 5 < size; at++) {
		unsigned char c = (unsigned char)v->target.data[at];

		if (c > ' ' && c < 0x7f && c != '"' && c != '\\')
			text[n++] = (char)c;
		else
			n += (size_t)snprintf(text + n, size - n, "\\x%02x", c);
	}
	text[n] = '\0';
}

static const char *method_name(const struct visit *v)
{
	switch (v->method) {
	case GET:
		return v->is_head ? "HEAD" : "GET";
	case POST:
		return "POST";
	case OTHER_METHOD:
		break;
	}
	return "OTHER";
}

static void write_log(const struct visit *v)
{
	struct civil t = civil_in_utc(time(NULL));
	char address[PEER_SIZE], path[1024], code[16] = "-";

	if (!forwarded_address(v, address))
		memcpy(address, v->peer, sizeof(address));
	write_log_path(v, path, sizeof(path));
	/* "-" is cut before it was answered. */
	if (v->code)
		snprintf(code, sizeof(code), "%d", v->code);
	log_line("%04d-%02d-%02dT%02d:%02d:%02dZ %016llx %s %s %s %s %zu %lld", t.year, t.month,
		 t.day, t.hour, t.minute, t.second, (unsigned long long)v->id, address,
		 v->has_header ? method_name(v) : "-", path, code, v->length,
		 (long long)(now_us() - v->began));
}

/* A client may stay silent for a while, then has the time for a header. */
static void await_next(struct visit *v)
{
	const struct server_options *o = &v->server->options;

	deadline_set(&v->deadline, INPUT,
		     1000 * (or_default(o->idle_seconds, IDLE_SECONDS) +
			     or_default(o->header_seconds, HEADER_SECONDS)));
}

static void on_completed(void *cls, struct MHD_Connection *con, void **context,
			 enum MHD_RequestTerminationCode reason)
{
	struct server *s = cls;
	struct visit *v = *context;
	const union MHD_ConnectionInfo *status;

	(void)reason;
	if (!v)
		return;
	/* What libmicrohttpd refused by itself has a code too. */
	status = MHD_get_connection_info(con, MHD_CONNECTION_INFO_HTTP_STATUS);
	if (!v->code && status)
		v->code = (int)status->http_status;
	if (!s->options.quiet)
		write_log(v);
	await_next(v);
	atomic_fetch_sub(&s->under_way, 1);
}

/* ---- connections ---------------------------------------------------------------------- */

static struct visit *begin_visit(struct server *s, struct MHD_Connection *con)
{
	struct visit *v = calloc(1, sizeof(*v));
	const union MHD_ConnectionInfo *fd, *address;

	if (!v)
		die("out of memory");
	fd = MHD_get_connection_info(con, MHD_CONNECTION_INFO_CONNECTION_FD);
	address = MHD_get_connection_info(con, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
	v->server = s;
	peer_address(address->client_addr, v->peer);
	deadline_set(&v->deadline, INPUT,
		     1000 * or_default(s->options.header_seconds, HEADER_SECONDS));
	deadline_add(s->watchdog, &v->deadline, fd->connect_fd);
	return v;
}

static void end_visit(struct visit *v)
{
	deadline_remove(v->server->watchdog, &v->deadline);
	out_release(&v->target);
	out_release(&v->body);
	free(v);
}

/* libmicrohttpd tells the end before it closes the socket. */
static void on_connection(void *cls, struct MHD_Connection *con, void **context,
			  enum MHD_ConnectionNotificationCode what)
{
	if (what == MHD_CONNECTION_NOTIFY_STARTED)
		*context = begin_visit(cls, con);
	else
		end_visit(*context);
}

/* ---- start and stop -------------------------------------------------------------------- */

/* The limit on open files is often just our number of connections: there must be more. */
static void raise_file_limit(int connections)
{
	struct rlimit limit;
	rlim_t wanted = (rlim_t)connections + OTHER_DESCRIPTORS;

	if (getrlimit(RLIMIT_NOFILE, &limit) < 0 || limit.rlim_cur >= wanted)
		return;
	limit.rlim_cur = wanted < limit.rlim_max ? wanted : limit.rlim_max;
	setrlimit(RLIMIT_NOFILE, &limit);
}

static int count_workers(int wanted)
{
	long n = wanted > 0 ? wanted : sysconf(_SC_NPROCESSORS_ONLN);

	return n < 2 && wanted <= 0 ? 2 : (int)n;
}

static struct MHD_Daemon *start_daemon(struct server *s, int fd)
{
	const struct server_options *o = &s->options;
	int connections = or_default(o->max_connections, MAX_CONNECTIONS);
	int per_address = *s->proxy ? 0 : or_default(o->max_per_address, MAX_PER_ADDRESS);

	raise_file_limit(connections);
	return MHD_start_daemon(
		MHD_USE_EPOLL_INTERNAL_THREAD | MHD_USE_ITC, 0, NULL, NULL, on_request, s,
		/* clang-format off */
		MHD_OPTION_LISTEN_SOCKET, fd,
		MHD_OPTION_THREAD_POOL_SIZE, (unsigned)count_workers(o->n_workers),
		MHD_OPTION_CONNECTION_LIMIT, (unsigned)connections,
		MHD_OPTION_PER_IP_CONNECTION_LIMIT, (unsigned)per_address,
		MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)or_default(o->idle_seconds, IDLE_SECONDS),
		MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)CONNECTION_MEMORY,
		MHD_OPTION_URI_LOG_CALLBACK, on_target, s,
		MHD_OPTION_UNESCAPE_CALLBACK, leave_escaped, s,
		MHD_OPTION_NOTIFY_CONNECTION, on_connection, s,
		MHD_OPTION_NOTIFY_COMPLETED, on_completed, s,
		/* clang-format on */
		MHD_OPTION_END);
}

/* Signals are for the main thread: threads begun here inherit that they are blocked. */
static bool start_threads(struct server *s, int fd)
{
	sigset_t all, before;

	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	s->watchdog = watchdog_new();
	s->daemon = start_daemon(s, fd);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	return s->daemon != NULL;
}

/* The last change, -1 without a database. */
static enum status read_change(const char *db_address, int64_t *change)
{
	struct db *db;
	enum status status;

	*change = -1;
	if (!db_address)
		return OK;
	status = db_open(db_address, &db);
	if (status != OK)
		return status;
	status = change_last(db, change);
	db_close(db);
	return status;
}

static void free_server(struct server *s)
{
	watchdog_free(s->watchdog);
	cache_free(s->cache);
	pthread_key_delete(s->worker);
	free(s);
}

static struct server *new_server(const struct server_options *options, int64_t change)
{
	struct server *s = calloc(1, sizeof(*s));
	size_t bytes = options->cache_bytes ? options->cache_bytes : CACHE_BYTES;

	if (!s || sodium_init() < 0 || pthread_key_create(&s->worker, free_worker) != 0)
		die("out of memory");
	s->options = *options;
	s->cache = cache_new(bytes, change, free_answer);
	s->sees_lines = !strcmp(MHD_get_version(), "0.9.75");
	randombytes_buf(&s->id_base, sizeof(s->id_base));
	return s;
}

static enum status start_on(struct server *s)
{
	if (s->options.proxy && !address_normalise(s->options.proxy, s->proxy)) {
		log_error("'%s' is not the address of a proxy", s->options.proxy);
		return FAILED;
	}
	if (start_threads(s, s->options.socket))
		return OK;
	log_error("cannot start: no thread could be made");
	return FAILED;
}

enum status server_start(const struct server_options *options, struct server **server)
{
	int64_t change;
	struct server *s;

	if (read_change(options->db_address, &change) != OK) {
		close(options->socket);
		return FAILED;
	}
	s = new_server(options, change);
	if (start_on(s) != OK) {
		close(options->socket);
		free_server(s);
		return FAILED;
	}
	*server = s;
	return OK;
}

void server_changed(struct server *server, int64_t change)
{
	cache_changed(server->cache, change);
}

void server_stop(struct server *server, int seconds)
{
	const struct timespec while_waiting = { .tv_nsec = 10 * 1000000 };
	int64_t until = now_us() + (int64_t)seconds * 1000000;
	int fd = MHD_quiesce_daemon(server->daemon);

	if (fd >= 0)
		close(fd);
	while (atomic_load(&server->under_way) > 0 && now_us() < until)
		nanosleep(&while_waiting, NULL);
	MHD_stop_daemon(server->daemon);
	free_server(server);
}
