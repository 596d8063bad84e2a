#include <inttypes.h>
#include <jansson.h>
#include <limits.h>
#include <string.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/text.h"
#include "feed/interchange.h"
#include "feed/json_out.h"
#include "feed/put.h"
#include "search/found.h"
#include "search/search.h"
#include "store/resource.h"
#include "store/row.h"
#include "store/session.h"
#include "store/slug.h"
#include "web/pages/feeds.h"
#include "web/static.h"

enum { LIMIT = 20, LIMIT_MAX = 100, OFFSET_MAX = INT_MAX };

static const char *const facet_name[N_FACETS] = {
	[FACET_KIND] = "kind",       [FACET_CATEGORY] = "category",
	[FACET_KEYWORD] = "keyword", [FACET_TERRITORY] = "territory",
	[FACET_YEAR] = "year",       [FACET_COLLECTION] = "collection",
	[FACET_ACCESS] = "access",
};

const char *const api_resources_known[] = { "q",         "kind",  "category",   "keyword",
					    "territory", "year",  "collection", "access",
					    "sort",      "limit", "offset",     NULL };

const char *const api_sessions_known[] = { "limit", "offset", "from", "until", NULL };

/* ---- answering --------------------------------------------------------------------- */

/* RFC 9110, 15. */
static const struct {
	int code;
	const char *title;
} titles[] = {
	{ 400, "Bad Request" },
	{ 403, "Forbidden" },
	{ 404, "Not Found" },
	{ 405, "Method Not Allowed" },
	{ 411, "Length Required" },
	{ 413, "Content Too Large" },
	{ 414, "URI Too Long" },
	{ 422, "Unprocessable Content" },
	{ 500, "Internal Server Error" },
	{ 503, "Service Unavailable" },
	{ 505, "HTTP Version Not Supported" },
};

static const char *title_of(int code)
{
	for (size_t i = 0; i < sizeof(titles) / sizeof(*titles); i++)
		if (titles[i].code == code)
			return titles[i].title;
	return code < 500 ? "Bad Request" : "Internal Server Error";
}

static void write_json(struct request *req, struct response *res, json_t *object)
{
	out_raw(&res->body, interchange_line(req->arena, object));
	out_char(&res->body, '\n');
	json_decref(object);
}

enum status api_answer(struct request *req, struct response *res, json_t *object)
{
	res->content_type = "application/json";
	write_json(req, res, object);
	return OK;
}

void api_problem(struct request *req, struct response *res, int code, const char *detail)
{
	json_t *problem = json_object();

	put_text(problem, "type", "about:blank");
	put_text(problem, "title", title_of(code));
	put_value(problem, "status", json_integer(code));
	if (detail)
		put_text(problem, "detail", detail);
	res->code = code;
	res->fresh_until = -1;
	res->content_type = "application/problem+json";
	write_json(req, res, problem);
}

/* The page has done its part: the answer is a refusal. */
static enum status refuse(struct request *req, struct response *res, const char *detail)
{
	api_problem(req, res, 400, detail);
	return OK;
}

/* ---- reading parameters ------------------------------------------------------------ */

/* A whole number in figures, from `min` to `max`. */
static bool read_number(const char *text, int min, int max, int *number)
{
	int64_t n = 0;

	if (!*text || text[strspn(text, "0123456789")])
		return false;
	for (; *text && n <= max; text++)
		n = 10 * n + (*text - '0');
	*number = (int)n;
	return n >= min && n <= max;
}

/* NULL, or what is wrong with the window that is asked for. */
static const char *read_window(struct request *req, int *limit, int *offset)
{
	const char *text = request_query(req, "limit");

	*limit = LIMIT;
	*offset = 0;
	if (text && !read_number(text, 1, LIMIT_MAX, limit))
		return "limit: a whole number from 1 to 100";
	text = request_query(req, "offset");
	if (text && !read_number(text, 0, OFFSET_MAX, offset))
		return "offset: a whole number from 0 to 2147483647";
	return NULL;
}

/* NULL when it is. */
static const char *must_be(enum facet facet, const char *value)
{
	enum visibility visibility;

	if (facet == FACET_YEAR)
		return strlen(value) == 4 && strspn(value, "0123456789") == 4 ? NULL
									      : "four figures";
	if (facet == FACET_ACCESS)
		return visibility_parse(value, &visibility) ? NULL
							    : "public, members or restricted";
	return slug_is_valid(value) ? NULL : "a slug";
}

static const char *add_value(struct request *req, struct search_query *q, enum facet facet,
			     const char *value)
{
	const char *wanted = must_be(facet, value);

	if (wanted)
		return arena_printf(req->arena, "%s: %s", facet_name[facet], wanted);
	for (size_t i = 0; i < q->n_values[facet]; i++)
		if (!strcmp(q->value[facet][i], value))
			return NULL;
	if (q->n_values[facet] == SEARCH_VALUES)
		return arena_printf(req->arena, "%s: at most %d values", facet_name[facet],
				    SEARCH_VALUES);
	q->value[facet][q->n_values[facet]++] = value;
	return NULL;
}

static const char *read_facets(struct request *req, struct search_query *q)
{
	const char *fault = NULL;

	for (size_t i = 0; i < req->n_query && !fault; i++)
		for (enum facet f = 0; f < N_FACETS && !fault; f++)
			if (!strcmp(req->query[i].name, facet_name[f]))
				fault = add_value(req, q, f, req->query[i].value);
	return fault;
}

static const char *read_text(struct request *req, struct search_query *q)
{
	const char *text = request_query(req, "q");

	q->text = text ? text_squeeze(req->arena, text) : "";
	return strlen(q->text) < SEARCH_QUERY_MAX ? NULL : "q: at most 511 bytes";
}

static const char *read_sort(struct request *req, struct search_query *q)
{
	const char *sort = request_query(req, "sort");

	q->sort = sort && !strcmp(sort, "date") ? BY_DATE : BY_RELEVANCE;
	if (!sort || q->sort == BY_DATE || !strcmp(sort, "relevance"))
		return NULL;
	return "sort: relevance or date";
}

static const char *read_query(struct request *req, struct search_query *q)
{
	const char *fault = read_text(req, q);

	if (!fault)
		fault = read_facets(req, q);
	if (!fault)
		fault = read_sort(req, q);
	if (!fault)
		fault = read_window(req, &q->limit, &q->offset);
	return fault;
}

/* ---- resources --------------------------------------------------------------------- */

static void write_item(struct json_out *j, struct arena *a, const struct found *found)
{
	const struct resource *r = &found->resource;

	json_out_open(j, NULL, '{');
	json_out_text(j, "slug", r->slug);
	json_out_text(j, "title", r->title);
	json_out_text(j, "kind", r->kind);
	json_out_text(j, "visibility", visibility_name(r->visibility));
	json_out_text(j, "summary", r->summary.markup);
	json_out_text(j, "url", url_path(a, "/ressources/", r->slug).address);
	json_out_text(j, "published_on", r->published_on);
	json_out_open(j, "snippets", '[');
	for (size_t i = 0; i < found->n_snippets; i++)
		json_out_text(j, NULL, found->snippet[i].markup);
	json_out_close(j, ']');
	json_out_text(j, "cue", NULL);
	json_out_close(j, '}');
}

/* What the index found and the database no longer has is passed over. */
static enum status write_items(struct request *req, const struct search_result *result,
			       struct json_out *j)
{
	const struct marks *marks =
		search_marks(req->site->search, req->arena, &req->reader, result->ran);
	enum status status = OK;

	json_out_open(j, "items", '[');
	for (size_t i = 0; i < result->n_hits && (status == OK || status == NOT_FOUND); i++) {
		struct found found;

		status = found_read(req->db, req->arena, &req->reader, marks, result->hit[i].id,
				    &found);
		if (status == OK)
			write_item(j, req->arena, &found);
	}
	json_out_close(j, ']');
	return status == NOT_FOUND ? OK : status;
}

static void write_facet(struct json_out *j, const char *name, const struct search_facet *facet)
{
	json_out_open(j, name, '[');
	for (size_t i = 0; i < facet->n_values; i++) {
		json_out_open(j, NULL, '{');
		json_out_text(j, "value", facet->value[i].value);
		json_out_text(j, "label", facet->value[i].label);
		json_out_number(j, "count", facet->value[i].count);
		json_out_close(j, '}');
	}
	json_out_close(j, ']');
}

/* Written straight to the answer: this is asked for most. */
static enum status answer_search(struct request *req, struct response *res,
				 const struct search_result *result)
{
	struct json_out j = { .o = &res->body };
	enum status status;

	json_out_open(&j, NULL, '{');
	json_out_number(&j, "total", result->total);
	status = write_items(req, result, &j);
	json_out_open(&j, "facets", '{');
	for (enum facet f = 0; f < N_FACETS; f++)
		write_facet(&j, facet_name[f], &result->facet[f]);
	json_out_close(&j, '}');
	json_out_text(&j, "corrected", result->corrected);
	json_out_truth(&j, "relaxed", result->relaxed);
	json_out_close(&j, '}');
	out_char(&res->body, '\n');
	res->content_type = "application/json";
	return status;
}

enum status api_resources(struct request *req, struct response *res)
{
	struct search_query query = { .text = NULL };
	struct search_result result;
	const char *fault = read_query(req, &query);
	enum status status;

	if (fault)
		return refuse(req, res, fault);
	status = search_run(req->site->search, req->arena, &req->reader, &query, &result);
	if (status == INVALID)
		return refuse(req, res, "a parameter has a value that cannot be");
	return status == OK ? answer_search(req, res, &result) : status;
}

enum status api_resource(struct request *req, struct response *res)
{
	struct resource r;
	json_t *object;
	enum status status =
		resource_by_slug(req->db, req->arena, &req->reader, request_param(req, "slug"), &r);

	if (status == NOT_FOUND) {
		api_problem(req, res, 404, "no resource has this slug");
		return OK;
	}
	if (status != OK)
		return status;
	status = interchange_resource(req->db, req->arena, &req->reader, &r, &object);
	if (status == OK)
		return api_answer(req, res, object);
	json_decref(object);
	return status;
}

/* ---- sessions ---------------------------------------------------------------------- */

static void put_moment(struct arena *a, json_t *item, const char *key, int64_t moment)
{
	put_text(item, key, moment == NO_NUMBER ? NULL : moment_rfc3339_paris(a, moment));
}

static json_t *session_item(struct arena *a, const struct session *s)
{
	json_t *item = json_object();

	put_text(item, "slug", s->slug);
	put_text(item, "title", s->title);
	put_text(item, "cycle", s->cycle);
	put_number(item, "number", s->number);
	put_text(item, "on", s->on);
	put_moment(a, item, "starts_at", s->starts_at);
	put_moment(a, item, "ends_at", s->ends_at);
	put_text(item, "status", session_status_name(s->status));
	put_text(item, "url", url_path(a, "/agenda/", s->slug).address);
	return item;
}

/* A span of days, both counted; open where it is not told. */
struct span {
	const char *from, *until;
	int limit, offset;
};

static bool read_day(struct request *req, const char *name, const char **day)
{
	const char *text = request_query(req, name);
	int y, m, d;

	if (text)
		*day = text;
	return !text || day_parse(text, &y, &m, &d);
}

static const char *read_span(struct request *req, struct span *span)
{
	*span = (struct span){ .from = "0000-00-00", .until = "9999-12-31" };
	if (!read_day(req, "from", &span->from))
		return "from: a day, YYYY-MM-DD";
	if (!read_day(req, "until", &span->until))
		return "until: a day, YYYY-MM-DD";
	return read_window(req, &span->limit, &span->offset);
}

static enum status answer_sessions(struct request *req, struct response *res, int64_t total,
				   const struct session_list *list)
{
	json_t *object = json_object(), *items = json_array();

	for (size_t i = 0; i < list->n_sessions; i++)
		json_array_append_new(items, session_item(req->arena, &list->session[i]));
	put_value(object, "total", json_integer(total));
	put_value(object, "items", items);
	return api_answer(req, res, object);
}

enum status api_sessions(struct request *req, struct response *res)
{
	struct span span;
	struct session_list list;
	int64_t total;
	const char *fault = read_span(req, &span);
	enum status status;

	if (fault)
		return refuse(req, res, fault);
	status = session_count_between(req->db, &req->reader, span.from, span.until, &total);
	if (status == OK)
		status = session_between(req->db, req->arena, &req->reader, span.from, span.until,
					 span.limit, span.offset, &list);
	return status == OK ? answer_sessions(req, res, total, &list) : status;
}

/* ---- what it is -------------------------------------------------------------------- */

static const struct static_file *description(void)
{
	for (size_t i = 0; i < n_site_files; i++)
		if (!strcmp(site_file[i].name, "openapi.json"))
			return &site_file[i];
	return NULL;
}

static json_t *servers(const struct request *req)
{
	json_t *server = json_object(), *list = json_array();

	put_text(server, "url", req->site->public_url);
	json_array_append_new(list, server);
	return list;
}

/* The file as it is kept, with the address of this site in it. */
enum status api_openapi(struct request *req, struct response *res)
{
	const struct static_file *file = description();
	json_t *object = file ? json_loadb(file->bytes, file->length, 0, NULL) : NULL;

	if (!object) {
		log_error("cannot read 'openapi.json'");
		return FAILED;
	}
	put_value(object, "servers", servers(req));
	return api_answer(req, res, object);
}
