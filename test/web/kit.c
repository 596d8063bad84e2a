#include "kit.h"

#include <string.h>

#include "base/arena.h"
#include "base/secret.h"
#include "base/text.h"
#include "search/search.h"
#include "store/audit.h"
#include "store/login.h"
#include "store/membership.h"
#include "store/organisation.h"
#include "web/address.h"
#include "web/site.h"

void must(enum status status)
{
	assert_int_equal(status, OK);
}

int64_t add_organisation(struct fixture *fix, const char *slug, const char *from, const char *to)
{
	struct organisation o = { .slug = slug,
				  .name = arena_printf(fix->a, "Ville de %s", slug),
				  .kind = "commune" };

	must(organisation_save(fix->db, &o));
	if (from) {
		struct membership m = { 0, o.id, "full", from, to };

		must(membership_save(fix->db, &m));
	}
	return o.id;
}

int64_t add_person(struct fixture *fix, const char *given, const char *family, bool is_shown)
{
	struct person p = {
		.given_name = given,
		.family_name = family,
		.email = arena_printf(fix->a, "%s@exemple.fr", text_slug(fix->a, given, 40)),
		.is_shown = is_shown,
		.made_at = NOW - 1000000,
	};

	must(person_save(fix->db, fix->a, &p));
	return p.id;
}

int64_t add_function(struct fixture *fix, int64_t person, int64_t organisation, const char *kind,
		     bool is_manager)
{
	struct function f = { .person_id = person,
			      .organisation_id = organisation,
			      .kind = kind,
			      .title = "chargé de mission",
			      .from_on = "2024-01-01",
			      .is_manager = is_manager };

	must(function_save(fix->db, &f));
	return f.id;
}

const char *sign_in(struct fixture *fix, int64_t person)
{
	char *secret = arena_make(fix->a, char, SECRET_SIZE);
	char hash[SECRET_HASH_SIZE];
	struct login login = {
		.person_id = person, .is_whole = true, .made_at = NOW - 60, .address = "192.0.2.1"
	};

	secret_draw(secret);
	secret_hash(secret, hash);
	must(login_begin(fix->db, hash, &login));
	return secret;
}

static const char *header(const struct response *res, const char *name)
{
	for (size_t i = 0; i < res->n_headers; i++)
		if (!strcmp(res->header[i].name, name))
			return res->header[i].value;
	return NULL;
}

static struct answer ask(struct fixture *fix, struct request *req, const char *address)
{
	struct site site = { .public_url = "https://exemple.fr", .version = "1" };
	struct target target;
	struct response res;
	struct answer answer;

	req->arena = fix->a;
	req->db = fix->db;
	req->site = &site;
	req->now = NOW;
	req->address = "192.0.2.1";
	must(address_split(address, strlen(address), &target));
	must(address_path(fix->a, target.path, target.path_length, &req->path));
	if (target.query)
		must(address_query(fix->a, target.query, target.query_length, &req->query,
				   &req->n_query));
	req->raw_path = req->path;
	must(search_new(fix->db, &site.search));
	response_init(&res);
	route_answer(&site_map, req, &res);
	answer = (struct answer){
		.code = res.code,
		.body = arena_strdup(fix->a, out_string(&res.body)),
		.location = arena_strdup(fix->a, out_string(&res.location)),
		.cookie = arena_strdup(fix->a, header(&res, "Set-Cookie")),
	};
	response_release(&res);
	search_free(site.search);
	return answer;
}

struct answer get(struct fixture *fix, const char *session, const char *address)
{
	struct request req = { .method = GET, .session = session };

	return ask(fix, &req, address);
}

struct answer post(struct fixture *fix, const char *session, const char *address, const char *form)
{
	return post_from(fix, session, "https://exemple.fr", address, form);
}

struct answer post_from(struct fixture *fix, const char *session, const char *origin,
			const char *address, const char *form)
{
	struct request req = { .method = POST, .session = session, .origin = origin };

	must(address_form(fix->a, form, strlen(form), &req.form, &req.n_form));
	return ask(fix, &req, address);
}

const char *page(struct fixture *fix, const char *session, const char *address)
{
	struct answer answer = get(fix, session, address);

	assert_int_equal(answer.code, 200);
	return answer.body;
}

int count_traces(struct fixture *fix, const char *action, const char *words)
{
	struct audit_list list;
	int n = 0;

	must(audit_list(fix->db, fix->a, action, 0, 1000, &list));
	for (size_t i = 0; i < list.n_audits; i++)
		n += (list.audit[i].subject && strstr(list.audit[i].subject, words)) ||
		     (list.audit[i].detail && strstr(list.audit[i].detail, words));
	return n;
}

int64_t one_number(struct fixture *fix, const char *sql)
{
	int64_t n;

	must(query_one_int(db_query(fix->db, sql), &n));
	return n;
}
