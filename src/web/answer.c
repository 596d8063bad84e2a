#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "web/compress.h"
#include "web/server_inside.h"

enum {
	SLOWEST_BYTES_A_SECOND = 4 << 10,
	READY_COST = 2 << 10, /* of a prepared answer, beside its body */
	ETAG_BYTES = 16,
};

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
	struct response *res;
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

/* A page may have its own policy: its header replaces ours. */
static void add_unless_there(struct MHD_Response *r, const struct response *res, const char *name,
			     const char *value)
{
	if (!response_has(res, name))
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

/* The file becomes libmicrohttpd's, which closes it. */
static struct MHD_Response *respond_with_file(struct response *res)
{
	struct MHD_Response *r = MHD_create_response_from_fd_at_offset64(
		(uint64_t)res->file_length, res->file, (uint64_t)res->file_from);

	res->file = -1;
	return r;
}

/* The bytes become libmicrohttpd's. */
static struct MHD_Response *respond_with_bytes(struct out *bytes)
{
	struct MHD_Response *r =
		MHD_create_response_from_buffer(bytes->length, bytes->data, MHD_RESPMEM_MUST_FREE);

	out_init(bytes);
	return r;
}

/* Its bytes, or the file when there is one. */
static struct MHD_Response *make_response(struct out *bytes, const struct dress *d)
{
	bool is_file = d->res->file >= 0,
	     is_empty = is_file ? !d->res->file_length : !bytes->length;
	struct MHD_Response *r = is_file ? respond_with_file(d->res) : respond_with_bytes(bytes);

	if (!r)
		die("out of memory");
	add_headers(r, d);
	if (!is_empty)
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
	etag[1 + 2 * ETAG_BYTES] = '"';
	etag[2 + 2 * ETAG_BYTES] = '\0';
}

/* The page's own is among its headers; it is only looked at here. */
static void note_etag(struct form *form, const char *etag)
{
	if (strlen(etag) >= ETAG_SIZE)
		die("an ETag of more than %d characters", ETAG_SIZE - 1);
	memcpy(form->etag, etag, strlen(etag) + 1);
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

void answer_free(void *arg)
{
	struct answer *answer = arg;

	if (answer->gzip.response)
		MHD_destroy_response(answer->gzip.response);
	MHD_destroy_response(answer->plain.response);
	free(answer);
}

static const char *cache_control(const struct response *res, bool is_for_all)
{
	if (!is_for_all || res->code >= 500)
		return "private, no-store";
	return res->is_static && res->code == 200 ? "public, max-age=31536000, immutable"
						  : "no-cache";
}

/*
 * What is for one person is not compressed: its length would tell of a secret beside words that
 * someone else chose. Nor is what has an ETag of its page's, which names these very bytes.
 */
static bool may_gzip(const struct response *res, bool is_for_all)
{
	return is_for_all && res->file < 0 && !response_has(res, "ETag") &&
	       compress_is_worth(content_type(res), res->body.length);
}

/*
 * Both forms when gzip is asked for, else the plain one: programs that search seldom take gzip,
 * which costs as much as the search.
 */
struct answer *answer_make(struct compressor *compressor, struct response *res, bool is_for_all,
			   bool wants_gzip, const char *request_id)
{
	struct answer *answer = calloc(1, sizeof(*answer));
	struct dress dress = {
		.res = res,
		.etag = "",
		.cache_control = cache_control(res, is_for_all),
		.request_id = request_id,
	};
	const char *own_etag = response_value(res, "ETag");
	bool has_etag = is_for_all && res->code == 200 && res->file < 0 && !own_etag;
	struct out gzip;

	if (!answer)
		die("out of memory");
	out_init(&gzip);
	answer->code = res->code;
	answer->plain_length = res->file < 0 ? res->body.length : (size_t)res->file_length;
	answer->lacks_gzip = !wants_gzip && may_gzip(res, is_for_all);
	if (wants_gzip && may_gzip(res, is_for_all) &&
	    compressor_gzip(compressor, res->body.data, res->body.length, &gzip)) {
		answer->gzip_length = gzip.length;
		dress.encoding = "gzip";
		make_form(&answer->gzip, &gzip, dress, has_etag);
		dress.encoding = NULL;
	}
	make_form(&answer->plain, &res->body, dress, has_etag);
	if (own_etag && res->code == 200)
		note_etag(&answer->plain, own_etag);
	return answer;
}

size_t answer_size(const struct answer *answer)
{
	return sizeof(*answer) + answer->plain_length + answer->gzip_length + 2 * READY_COST;
}

/* The lines of a 304 are those of the whole answer: libmicrohttpd leaves out the bytes. */
enum MHD_Result answer_send(struct visit *v, struct MHD_Connection *con,
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
