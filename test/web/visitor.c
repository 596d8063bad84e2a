#include "web/visitor.h"

#include <string.h>

#include "search/search.h"
#include "web/address.h"
#include "web/site.h"

static const char here[] = "https://exemple.fr";

struct visitor visitor_new(struct fixture *fix)
{
	return (struct visitor){
		.fix = fix,
		.address = "192.0.2.1",
		.agent = "Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0",
		.origin = here,
		.now = VISITED_AT,
		.body = "",
		.location = "",
		.headers = "",
	};
}

/* "name=value; Path=/…": an empty value takes it away. */
static void keep_cookie(struct visitor *v, const char *header)
{
	const char *value = strchr(header, '=') + 1;
	size_t n = strcspn(value, ";");

	v->cookie = n ? arena_strndup(v->fix->a, value, n) : NULL;
}

static void keep_answer(struct visitor *v, const struct response *res)
{
	struct arena *a = v->fix->a;

	v->code = res->code;
	v->body = arena_strdup(a, out_string(&res->body));
	v->location = arena_strdup(a, out_string(&res->location));
	v->headers = "";
	for (size_t i = 0; i < res->n_headers; i++) {
		const struct header *h = &res->header[i];

		v->headers = arena_printf(a, "%s%s: %s\n", v->headers, h->name, h->value);
		if (!strcmp(h->name, "Set-Cookie"))
			keep_cookie(v, h->value);
	}
}

static const char *ask(struct visitor *v, enum method method, const char *address, const char *form)
{
	struct site site = { .public_url = here, .version = "1", .limiter = v->limiter };
	struct fixture *fix = v->fix;
	struct request req = {
		.arena = fix->a,
		.db = fix->db,
		.site = &site,
		.method = method,
		.address = v->address,
		.agent = v->agent,
		.session = v->cookie,
		.now = v->now,
	};
	struct response res;
	struct target target;

	assert_int_equal(address_split(address, strlen(address), &target), OK);
	assert_int_equal(address_path(fix->a, target.path, target.path_length, &req.path), OK);
	if (target.query)
		assert_int_equal(address_query(fix->a, target.query, target.query_length,
					       &req.query, &req.n_query),
				 OK);
	if (method == POST) {
		req.origin = v->origin;
		assert_int_equal(address_form(fix->a, form, strlen(form), &req.form, &req.n_form),
				 OK);
	}
	req.raw_path = req.path;
	assert_int_equal(search_new(fix->db, &site.search), OK);
	response_init(&res);
	route_answer(&site_map, &req, &res);
	keep_answer(v, &res);
	response_release(&res);
	search_free(site.search);
	return v->body;
}

const char *visit(struct visitor *v, const char *address)
{
	return ask(v, GET, address, "");
}

const char *send_form(struct visitor *v, const char *address, const char *form)
{
	return ask(v, POST, address, form);
}

const char *last_link(struct fixture *fix, const char *before)
{
	struct query *q = db_query(fix->db, "SELECT text FROM mail ORDER BY id DESC LIMIT 1");
	const char *text = query_row(q) ? row_text(q, 0, fix->a) : "", *at = strstr(text, before);

	assert_int_equal(query_end(q), OK);
	assert_non_null(at);
	return arena_strndup(fix->a, at, strcspn(at, " \n"));
}

int64_t number_of(struct fixture *fix, const char *sql)
{
	int64_t n;

	assert_int_equal(query_one_int(db_query(fix->db, sql), &n), OK);
	return n;
}

int64_t count_letters(struct fixture *fix)
{
	return number_of(fix, "SELECT count(*) FROM mail");
}
