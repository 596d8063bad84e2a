#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>

#include "base/arena.h"
#include "web/server_inside.h"

enum {
	HEADER_SECONDS = 10,
	MAX_TARGET = 8 << 10,
	UPLOAD_BYTES_A_SECOND = 64 << 10,
	KEPT_BODY = 64 << 10,
};

/* ---- the header --------------------------------------------------------------------- */

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

	v->headers = (struct headers){ .cookie = site_cookie(v->server->options.site) };
	MHD_get_connection_values_n(con, MHD_HEADER_KIND, on_line, &lines);
	return !v->server->sees_lines ||
	       (lines.is_whole && last_line_is_whole(con, &lines, method));
}

/* The visitor's, when it is the proxy that brings the request. */
static void read_address(struct visit *v)
{
	char address[PEER_SIZE];

	if (*v->server->proxy && !strcmp(v->peer, v->server->proxy) &&
	    headers_forwarded(&v->headers, address))
		memcpy(v->address, address, sizeof(address));
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

	read_address(v);
	v->method = method_of(method, &v->is_head);
	handle_foresee(v);
	code = headers_check(&v->headers, version, v->method != GET, v->max_body);
	if (!is_whole)
		code = 400;
	if (v->target.length > MAX_TARGET)
		code = 414;
	/* A method that is not known may have a body or none. */
	if (v->method == OTHER_METHOD && (!code || code == 411 || code == 413))
		code = 405;
	return code;
}

/* A large one has more time, at half a megabit a second. */
static void await_body(struct visit *v)
{
	int64_t length = (int64_t)headers_length(&v->headers), more = 0;

	if (length > MAX_BODY)
		more = 1000 * (length - MAX_BODY) / UPLOAD_BYTES_A_SECOND;
	deadline_set(&v->deadline, INPUT,
		     1000 * or_default(v->server->options.body_seconds, BODY_SECONDS) + more);
}

/* A failure told here closes the connection: what follows on it cannot be trusted. */
static enum MHD_Result receive_header(struct visit *v, struct MHD_Connection *con,
				      const char *method, const char *version)
{
	int code = check_header(v, con, method, version);
	struct request req;

	if (!code) {
		await_body(v);
		return headers_length(&v->headers) > MAX_BODY ? handle_large(v, con) : MHD_YES;
	}
	handle_begin(v, &req);
	if (code == 405 && handle_target(v, &req) == OK)
		return handle_page(v, con, &req, NULL);
	/* Its path tells whether a person or a program is answered. */
	if (code == 414 && handle_target(v, &req) != OK)
		code = 400;
	return handle_refusal(v, con, &req, code);
}

/* ---- what libmicrohttpd calls ------------------------------------------------------ */

/*
 * libmicrohttpd 0.9.75 does not see an end that came with the last bytes it read, and would wait
 * for the rest of the body until the connection is idle for too long.
 */
static bool has_left(int fd)
{
	struct pollfd end = { .fd = fd, .events = POLLRDHUP };
	int unread;

	return poll(&end, 1, 0) == 1 && ioctl(fd, FIONREAD, &unread) == 0 && !unread;
}

static enum MHD_Result receive_body(struct visit *v, const char *bytes, size_t *length)
{
	if (*length > v->max_body - v->body.length)
		return MHD_NO;
	out_bytes(&v->body, bytes, *length);
	*length = 0;
	return v->body.length < headers_length(&v->headers) && has_left(v->deadline.fd) ? MHD_NO
											: MHD_YES;
}

enum MHD_Result visit_on_request(void *cls, struct MHD_Connection *con, const char *url,
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
	if (*length)
		return receive_body(v, bytes, length);
	if (v->answer)
		return errand_finish(v, con);
	deadline_set(&v->deadline, INPUT, 0);
	return v->is_slow ? errand_begin(v, con) : handle_request(v, con);
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
void *visit_on_target(void *cls, const char *target, struct MHD_Connection *con)
{
	struct server *s = cls;
	struct visit *v = visit_of(con);

	v->has_header = v->is_head = false;
	v->target.length = v->body.length = 0;
	out_raw(&v->target, target);
	v->target_end = target + v->target.length;
	hide_query(target);
	v->headers = (struct headers){ 0 };
	memcpy(v->address, v->peer, sizeof(v->address));
	/* Odd and so without a common divisor with 2^64: no number comes twice. */
	v->id = s->id_base + atomic_fetch_add(&s->n_requests, 1) * 0x9e3779b97f4a7c15u;
	v->began = clock_us();
	v->code = 0;
	v->length = 0;
	deadline_tighten(&v->deadline,
			 1000 * or_default(s->options.header_seconds, HEADER_SECONDS));
	atomic_fetch_add(&s->under_way, 1);
	return v;
}

/* The target is decoded by address.c, from the copy. */
size_t visit_unescape(void *cls, struct MHD_Connection *con, char *text)
{
	(void)cls;
	(void)con;
	return strlen(text);
}

/* A client may stay silent for a while, then has the time for a header. */
static void await_next(struct visit *v)
{
	const struct server_options *o = &v->server->options;

	deadline_set(&v->deadline, INPUT,
		     1000 * (or_default(o->idle_seconds, IDLE_SECONDS) +
			     or_default(o->header_seconds, HEADER_SECONDS)));
}

/* A connection that rests holds little. */
static void let_go(struct visit *v)
{
	if (v->body.capacity > KEPT_BODY)
		out_release(&v->body);
	if (v->is_large)
		atomic_fetch_sub(&v->server->n_large, 1);
	v->is_large = false;
}

void visit_on_completed(void *cls, struct MHD_Connection *con, void **context,
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
	errand_end(v);
	let_go(v);
	if (!s->options.quiet)
		journal_write(v);
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
void visit_on_connection(void *cls, struct MHD_Connection *con, void **context,
			 enum MHD_ConnectionNotificationCode what)
{
	if (what == MHD_CONNECTION_NOTIFY_STARTED)
		*context = begin_visit(cls, con);
	else
		end_visit(*context);
}
