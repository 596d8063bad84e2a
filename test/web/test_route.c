#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/arena.h"
#include "db/db.h"
#include "store/change.h"
#include "web/address.h"
#include "web/headers.h"
#include "web/route.h"

struct fixture {
	struct arena *arena;
	struct db *db;
	struct request req;
	struct response res;
};

static const struct site site = { .public_url = "https://exemple.fr", .version = "1" };

/* ---- a map ------------------------------------------------------------------------- */

static enum status give(struct request *req, struct response *res)
{
	(void)req;
	out_raw(&res->body, "given");
	return OK;
}

static enum status create(struct request *req, struct response *res)
{
	(void)req;
	res->code = 201;
	return OK;
}

#define PAGE_THAT_IS(name, result)                                                                 \
	static enum status name(struct request *req, struct response *res)                         \
	{                                                                                          \
		(void)req;                                                                         \
		out_raw(&res->body, "half written");                                               \
		response_header(res, "X-Half", "written");                                         \
		return result;                                                                     \
	}

PAGE_THAT_IS(be_absent, NOT_FOUND)
PAGE_THAT_IS(be_taken, CONFLICT)
PAGE_THAT_IS(be_wrong, INVALID)
PAGE_THAT_IS(be_denied, DENIED)
PAGE_THAT_IS(be_broken, FAILED)

static enum status write_there(struct request *req, struct response *res)
{
	(void)res;
	return change_note(req->db, "test", 1);
}

static enum status write_well(struct request *req, struct response *res)
{
	enum status status = db_begin(req->db);

	(void)res;
	return status == OK ? db_end(req->db, change_note(req->db, "test", 1)) : status;
}

/* What a page sees when another connection holds the database, without the ten seconds. */
static enum status be_busy(struct request *req, struct response *res)
{
	(void)res;
	if (db_run(req->db, "PRAGMA busy_timeout = 1") != OK)
		return FAILED;
	return write_well(req, res);
}

/* "7" is a session of person 7; "panne" breaks. What the page sees of it is counted. */
static int n_identified;

static enum status identify(struct request *req)
{
	n_identified++;
	if (!strcmp(req->session, "panne")) {
		req->reader.level = EDITOR;
		return FAILED;
	}
	/* Its view of the database is open already. */
	assert_int_equal(change_last(req->db, &(int64_t){ 0 }), OK);
	req->reader.person_id = atoi(req->session);
	req->reader.level = req->reader.person_id ? MEMBER : ANONYMOUS;
	return OK;
}

/* As the first page after a transaction that was left open would. */
static enum status be_busy_identifying(struct request *req)
{
	enum status status = db_run(req->db, "PRAGMA busy_timeout = 1");

	return status == OK ? change_note(req->db, "test", 1) : status;
}

static enum status sign_in(struct request *req, struct response *res)
{
	response_redirect(res, 303, arena_printf(req->arena, "/connexion?vers=%s", req->path));
	return OK;
}

static enum status move(struct request *req, struct response *res)
{
	if (strcmp(req->path, "/vieux/") != 0)
		return NOT_FOUND;
	response_redirect(res, 301, "/neuf");
	return OK;
}

static void tell(struct request *req, struct response *res, enum status status)
{
	res->content_type =
		strncmp(req->path, "/api/", 5) ? "text/html" : "application/problem+json";
	out_printf(&res->body, "%d:%d", res->code, (int)status);
}

static const struct route route[] = {
	{ GET, "/", ANYONE, give, NULL },
	{ GET, "/ressources", ANYONE, give, NULL },
	{ GET, "/ressources/:slug.json", ANYONE, give, NULL },
	{ GET, "/ressources/:slug", ANYONE, give, NULL },
	{ GET, "/a/:one/b/:two", ANYONE, give, NULL },
	{ GET, "/fichiers/:id/*name", ANYONE, give, NULL },
	{ GET, "/cree", ANYONE, create, NULL },
	{ GET, "/absent", ANYONE, be_absent, NULL },
	{ GET, "/pris", ANYONE, be_taken, NULL },
	{ GET, "/faux", ANYONE, be_wrong, NULL },
	{ GET, "/ferme", ANYONE, be_denied, NULL },
	{ GET, "/panne", ANYONE, be_broken, NULL },
	{ GET, "/api/panne", ANYONE, be_broken, NULL },
	{ POST, "/occupe", ANYONE, be_busy, NULL },
	{ GET, "/ecrit", ANYONE, write_there, NULL },
	{ POST, "/ecrit", ANYONE, write_well, NULL },
	{ POST, "/poste", ANYONE, give, NULL },
	{ GET, "/espace", MEMBERS_ONLY, give, NULL },
	{ GET, "/compte", SIGNED_IN, give, NULL },
	{ GET, "/gestion", EDITORS_ONLY, give, NULL },
	{ GET, "/reglages", ADMINISTRATORS_ONLY, give, NULL },
	{ POST, "/compte/ecrit", SIGNED_IN, write_well, NULL },
	{ POST, "/gestion/ecrit", EDITORS_ONLY, write_well, NULL },
	{ 0 },
};

static const struct site_map map = { route, tell, move };
static const struct site_map map_of_people = { route, tell, move, identify, sign_in };

/* ---- helpers ----------------------------------------------------------------------- */

static int set_up(void **state)
{
	struct fixture *fix = test_calloc(1, sizeof(*fix));

	fix->arena = arena_new();
	assert_int_equal(db_open(":memory:", &fix->db), OK);
	assert_int_equal(db_migrate(fix->db), OK);
	response_init(&fix->res);
	*state = fix;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *fix = *state;

	response_release(&fix->res);
	db_close(fix->db);
	arena_free(fix->arena);
	test_free(fix);
	return 0;
}

static void prepare(struct fixture *fix, enum method method, const char *path)
{
	response_release(&fix->res);
	response_init(&fix->res);
	fix->req = (struct request){
		.arena = fix->arena,
		.db = fix->db,
		.site = &site,
		.method = method,
		.path = path,
		.raw_path = path,
		.now = 1700000000,
	};
}

static void answer(struct fixture *fix)
{
	route_answer(&map, &fix->req, &fix->res);
}

static void get(struct fixture *fix, const char *path)
{
	prepare(fix, GET, path);
	answer(fix);
}

static const char *header(const struct response *res, const char *name)
{
	for (size_t i = 0; i < res->n_headers; i++)
		if (!strcmp(res->header[i].name, name))
			return res->header[i].value;
	return NULL;
}

static const char *pattern_of(struct fixture *fix, const char *path)
{
	const struct route *found;

	prepare(fix, GET, path);
	found = route_find(&map, &fix->req);
	return found ? found->pattern : "none";
}

static void check_answer(struct fixture *fix, const char *path, int code, const char *body)
{
	get(fix, path);
	assert_int_equal(fix->res.code, code);
	assert_string_equal(out_string(&fix->res.body), body);
}

static int64_t last_change(struct fixture *fix)
{
	int64_t change;

	assert_int_equal(change_last(fix->db, &change), OK);
	return change;
}

/* ---- finding ------------------------------------------------------------------------ */

static void test_a_path_finds_the_first_pattern_it_fits(void **state)
{
	struct fixture *fix = *state;

	assert_string_equal(pattern_of(fix, "/"), "/");
	assert_string_equal(pattern_of(fix, "/ressources"), "/ressources");
	assert_string_equal(pattern_of(fix, "/ressources/a"), "/ressources/:slug");
	assert_string_equal(pattern_of(fix, "/ressources/a.json"), "/ressources/:slug.json");
	assert_string_equal(pattern_of(fix, "/ressources/.json"), "/ressources/:slug");
	assert_string_equal(pattern_of(fix, "/ressources/a.jsonx"), "/ressources/:slug");
	assert_string_equal(pattern_of(fix, "/ressourcesx"), "none");
	assert_string_equal(pattern_of(fix, "/ressource"), "none");
	assert_string_equal(pattern_of(fix, "/ressources/"), "none");
	assert_string_equal(pattern_of(fix, "/ressources/a/"), "none");
	assert_string_equal(pattern_of(fix, "//ressources"), "none");
	assert_string_equal(pattern_of(fix, "/poste"), "none");
}

static void test_a_name_captures_its_part(void **state)
{
	struct fixture *fix = *state;

	pattern_of(fix, "/ressources/été.2024.json");
	assert_string_equal(request_param(&fix->req, "slug"), "été.2024");
	pattern_of(fix, "/a/un/b/deux");
	assert_string_equal(request_param(&fix->req, "one"), "un");
	assert_string_equal(request_param(&fix->req, "two"), "deux");
	pattern_of(fix, "/fichiers/12/x/y.pdf");
	assert_string_equal(request_param(&fix->req, "id"), "12");
	assert_string_equal(request_param(&fix->req, "name"), "x/y.pdf");
	assert_string_equal(pattern_of(fix, "/fichiers/12/"), "none");
	assert_string_equal(pattern_of(fix, "/a//b/deux"), "none");
}

/* ---- answering ----------------------------------------------------------------------- */

static void test_a_status_becomes_a_code(void **state)
{
	struct fixture *fix = *state;

	check_answer(fix, "/", 200, "given");
	check_answer(fix, "/cree", 201, "");
	check_answer(fix, "/absent", 404, "404:1");
	check_answer(fix, "/nulle-part", 404, "404:1");
	check_answer(fix, "/pris", 409, "409:2");
	check_answer(fix, "/faux", 422, "422:3");
	check_answer(fix, "/ferme", 403, "403:4");
	check_answer(fix, "/panne", 500, "500:5");
}

static void test_nothing_of_a_page_that_failed_is_shown(void **state)
{
	struct fixture *fix = *state;

	get(fix, "/absent");
	assert_null(strstr(out_string(&fix->res.body), "half"));
	assert_null(header(&fix->res, "X-Half"));
	assert_int_equal(fix->res.fresh_until, -1);
}

static void test_the_map_writes_its_failures(void **state)
{
	struct fixture *fix = *state;
	const struct site_map bare = { route, NULL, NULL };

	get(fix, "/api/panne");
	assert_string_equal(fix->res.content_type, "application/problem+json");
	prepare(fix, GET, "/absent");
	route_answer(&bare, &fix->req, &fix->res);
	assert_string_equal(out_string(&fix->res.body), "404\n");
	prepare(fix, GET, "/");
	route_fail(&map, &fix->req, &fix->res, 503);
	assert_string_equal(out_string(&fix->res.body), "503:5");
	assert_string_equal(header(&fix->res, "Retry-After"), "10");
}

static void test_a_method_that_is_not_known_is_told_which_are(void **state)
{
	struct fixture *fix = *state;

	check_answer(fix, "/poste", 405, "405:3");
	assert_string_equal(header(&fix->res, "Allow"), "POST");
	prepare(fix, POST, "/");
	answer(fix);
	assert_int_equal(fix->res.code, 405);
	assert_string_equal(header(&fix->res, "Allow"), "GET, HEAD");
	prepare(fix, OTHER_METHOD, "/ecrit");
	answer(fix);
	assert_int_equal(fix->res.code, 405);
	assert_string_equal(header(&fix->res, "Allow"), "GET, HEAD, POST");
	prepare(fix, OTHER_METHOD, "/nulle-part");
	answer(fix);
	assert_int_equal(fix->res.code, 405);
	prepare(fix, POST, "/nulle-part/");
	answer(fix);
	assert_int_equal(fix->res.code, 404);
}

static void test_each_level_enters_where_it_may(void **state)
{
	struct fixture *fix = *state;
	static const char *const path[] = { "/espace", "/gestion", "/reglages" };
	static const int code[][4] = {
		{ 403, 200, 200, 200 },
		{ 403, 403, 200, 200 },
		{ 403, 403, 403, 200 },
	};

	for (int level = ANONYMOUS; level <= ADMINISTRATOR; level++) {
		for (int page = 0; page < 3; page++) {
			prepare(fix, GET, path[page]);
			fix->req.reader.level = (enum level)level;
			answer(fix);
			assert_int_equal(fix->res.code, code[page][level]);
		}
	}
}

static int code_with(struct fixture *fix, enum method method, const char *path, const char *session)
{
	prepare(fix, method, path);
	fix->req.session = session;
	fix->req.fetch_site = "same-origin";
	n_identified = 0;
	route_answer(&map_of_people, &fix->req, &fix->res);
	return fix->res.code;
}

static void test_who_asks_is_found_from_the_session(void **state)
{
	struct fixture *fix = *state;

	assert_int_equal(code_with(fix, GET, "/compte", "7"), 200);
	assert_int_equal(n_identified, 1);
	assert_int_equal(fix->req.reader.person_id, 7);
	assert_int_equal(code_with(fix, POST, "/compte/ecrit", "7"), 200);
	assert_int_equal(n_identified, 1);
	assert_int_equal(code_with(fix, GET, "/", NULL), 200);
	assert_int_equal(n_identified, 0);
	/* A page that is nowhere knows its reader too. */
	assert_int_equal(code_with(fix, GET, "/nulle-part", "7"), 404);
	assert_int_equal(fix->req.reader.person_id, 7);
	assert_int_equal(code_with(fix, GET, "/gestion", "7"), 403);
	assert_int_equal(fix->req.reader.person_id, 7);
}

static void test_nobody_is_sent_to_sign_in(void **state)
{
	struct fixture *fix = *state;
	int64_t before = last_change(fix);
	static const char *const path[] = { "/compte", "/espace", "/gestion", "/reglages" };

	for (size_t i = 0; i < sizeof(path) / sizeof(*path); i++) {
		assert_int_equal(code_with(fix, GET, path[i], NULL), 303);
		assert_int_equal(code_with(fix, GET, path[i], "0"), 303);
		assert_memory_equal(header(&fix->res, "Location"), "/connexion?vers=/", 17);
	}
	assert_int_equal(code_with(fix, POST, "/compte/ecrit", "0"), 303);
	assert_int_equal(code_with(fix, POST, "/gestion/ecrit", "7"), 403);
	assert_int_equal(last_change(fix), before);
	prepare(fix, GET, "/compte");
	answer(fix);
	assert_int_equal(fix->res.code, 403);
}

static void test_a_form_from_elsewhere_identifies_nobody(void **state)
{
	struct fixture *fix = *state;

	prepare(fix, POST, "/compte/ecrit");
	fix->req.session = "7";
	fix->req.origin = "https://mechant.example";
	n_identified = 0;
	route_answer(&map_of_people, &fix->req, &fix->res);
	assert_int_equal(fix->res.code, 403);
	assert_int_equal(n_identified, 0);
}

static void test_who_cannot_be_found_is_nobody(void **state)
{
	struct fixture *fix = *state;

	assert_int_equal(code_with(fix, GET, "/", "panne"), 500);
	assert_int_equal(fix->req.reader.level, ANONYMOUS);
	assert_int_equal(code_with(fix, POST, "/compte/ecrit", "panne"), 500);
	/* No transaction was left open. */
	assert_int_equal(code_with(fix, POST, "/compte/ecrit", "7"), 200);
}

static void test_a_get_writes_nothing(void **state)
{
	struct fixture *fix = *state;
	int64_t before = last_change(fix);

	get(fix, "/ecrit");
	assert_int_equal(fix->res.code, 500);
	assert_int_equal(last_change(fix), before);
	/* The connection writes again afterwards. */
	assert_int_equal(change_note(fix->db, "test", 1), OK);
}

static void test_a_get_tells_which_change_it_saw(void **state)
{
	struct fixture *fix = *state;

	assert_int_equal(change_note(fix->db, "test", 1), OK);
	get(fix, "/");
	assert_int_equal(fix->res.change, last_change(fix));
	prepare(fix, GET, "/");
	fix->req.db = NULL;
	answer(fix);
	assert_int_equal(fix->res.change, -1);
	assert_int_equal(fix->res.code, 200);
}

static void post(struct fixture *fix, const char *origin, const char *fetch_site)
{
	prepare(fix, POST, "/ecrit");
	fix->req.origin = origin;
	fix->req.fetch_site = fetch_site;
	answer(fix);
}

static void test_a_post_comes_from_here(void **state)
{
	struct fixture *fix = *state;
	int64_t before = last_change(fix);

	post(fix, NULL, NULL);
	assert_int_equal(fix->res.code, 403);
	post(fix, "https://exemple.fr.mechant.example", NULL);
	assert_int_equal(fix->res.code, 403);
	post(fix, "https://mechant.example", "same-origin");
	assert_int_equal(fix->res.code, 403);
	post(fix, "null", NULL);
	assert_int_equal(fix->res.code, 403);
	post(fix, NULL, "same-site");
	assert_int_equal(fix->res.code, 403);
	assert_int_equal(last_change(fix), before);
	post(fix, "https://exemple.fr", NULL);
	assert_int_equal(fix->res.code, 200);
	post(fix, NULL, "same-origin");
	assert_int_equal(fix->res.code, 200);
	assert_int_equal(last_change(fix), before + 2);
}

static void test_a_post_of_an_editor_from_elsewhere_is_refused(void **state)
{
	struct fixture *fix = *state;

	prepare(fix, POST, "/gestion/ecrit");
	fix->req.reader.level = EDITOR;
	answer(fix);
	assert_int_equal(fix->res.code, 403);
}

static void test_a_busy_database_is_for_later(void **state)
{
	struct fixture *fix = *state;
	const struct site_map busy = { .route = route, .identify = be_busy_identifying };
	char path[] = "/tmp/test_route_XXXXXX";
	struct db *one, *other;
	int fd = mkstemp(path);

	assert_true(fd >= 0);
	close(fd);
	assert_int_equal(db_open(path, &one), OK);
	assert_int_equal(db_migrate(one), OK);
	assert_int_equal(db_open(path, &other), OK);
	assert_int_equal(db_begin(other), OK);
	prepare(fix, POST, "/occupe");
	fix->req.db = one;
	fix->req.fetch_site = "same-origin";
	answer(fix);
	assert_int_equal(fix->res.code, 503);
	assert_string_equal(header(&fix->res, "Retry-After"), "10");
	prepare(fix, POST, "/poste");
	fix->req.db = one;
	fix->req.session = "7";
	fix->req.fetch_site = "same-origin";
	route_answer(&busy, &fix->req, &fix->res);
	assert_int_equal(fix->res.code, 503);
	assert_int_equal(db_end(other, OK), OK);
	/* Who only reads never waits, and sees one moment. */
	assert_int_equal(db_begin_read(one), OK);
	assert_int_equal(change_last(one, &(int64_t){ 0 }), OK);
	assert_int_equal(change_note(other, "test", 1), OK);
	int64_t seen = -1;
	assert_int_equal(change_last(one, &seen), OK);
	assert_int_equal(seen, 0);
	assert_int_equal(db_end(one, OK), OK);
	assert_int_equal(change_last(one, &seen), OK);
	assert_int_equal(seen, 1);
	db_close(one);
	db_close(other);
	unlink(path);
}

static void check_moved(struct fixture *fix, const char *path, const char *location)
{
	get(fix, path);
	assert_int_equal(fix->res.code, 301);
	assert_string_equal(header(&fix->res, "Location"), location);
}

static void test_a_slash_at_the_end_goes(void **state)
{
	struct fixture *fix = *state;

	check_moved(fix, "/ressources/", "/ressources");
	check_moved(fix, "/nulle-part///", "/nulle-part");
	check_moved(fix, "/l'été?#/", "/l%27%C3%A9t%C3%A9%3F%23");
	check_moved(fix, "/\\mechant.example/", "/%5Cmechant.example");
	get(fix, "//mechant.example/");
	assert_int_equal(fix->res.code, 404);
}

static void test_an_earlier_address_goes_before_its_slash(void **state)
{
	check_moved(*state, "/vieux/", "/neuf");
}

static void test_the_query_follows_a_redirection(void **state)
{
	struct fixture *fix = *state;
	struct pair query[] = { { "q", "l'été & co" }, { "vide", "" } };

	prepare(fix, GET, "/ressources/");
	fix->req.query = query;
	fix->req.n_query = 2;
	answer(fix);
	assert_string_equal(header(&fix->res, "Location"),
			    "/ressources?q=l%27%C3%A9t%C3%A9%20%26%20co&vide=");
}

/* ---- request, response, address ---------------------------------------------------------- */

static void test_a_number_is_whole_and_bounded(void **state)
{
	struct fixture *fix = *state;
	static const struct {
		const char *text;
		int64_t number;
	} line[] = {
		{ "1", 1 },
		{ "50", 50 },
		{ "51", -1 },
		{ "0", -1 },
		{ "", 7 },
		{ "-1", -1 },
		{ "+1", -1 },
		{ " 1", -1 },
		{ "1x", -1 },
		{ "0x1", -1 },
		{ "1.5", -1 },
		{ "007", 7 },
		{ "99999999999999999999999", -1 },
	};
	struct pair query = { "page", NULL };

	prepare(fix, GET, "/");
	assert_int_equal(request_number(&fix->req, "page", 7, 50), 7);
	fix->req.query = &query;
	fix->req.n_query = 1;
	for (size_t i = 0; i < sizeof(line) / sizeof(*line); i++) {
		query.value = line[i].text;
		assert_int_equal(request_number(&fix->req, "page", 7, 50), line[i].number);
	}
	query.value = "9223372036854775807";
	assert_true(request_number(&fix->req, "page", 7, INT64_MAX) == INT64_MAX);
	query.value = "9223372036854775808";
	assert_int_equal(request_number(&fix->req, "page", 7, INT64_MAX), -1);
}

static void test_a_redirection_holds_no_raw_character(void **state)
{
	struct fixture *fix = *state;

	prepare(fix, GET, "/");
	response_redirect(&fix->res, 303, "/à lire\r\nX: y?q=%20&a=\"b\"#c");
	assert_string_equal(header(&fix->res, "Location"),
			    "/%C3%A0%20lire%0D%0AX:%20y?q=%20&a=%22b%22#c");
}

static void check_path(struct arena *a, const char *raw, const char *expected)
{
	const char *path;
	enum status status = address_path(a, raw, strlen(raw), &path);

	if (!expected) {
		assert_int_equal(status, INVALID);
		return;
	}
	assert_int_equal(status, OK);
	assert_string_equal(path, expected);
}

static void test_a_path_is_decoded_or_refused(void **state)
{
	struct arena *a = ((struct fixture *)*state)->arena;

	check_path(a, "/", "/");
	check_path(a, "/%C3%A9t%c3%a9", "/été");
	check_path(a, "/a%2Fb+c%25", "/a/b+c%");
	check_path(a, "/%F0%9F%8C%B3", "/🌳");
	check_path(a, "/%", NULL);
	check_path(a, "/%2", NULL);
	check_path(a, "/%2g", NULL);
	check_path(a, "/%00", NULL);
	check_path(a, "/%0A", NULL);
	check_path(a, "/%7F", NULL);
	check_path(a, "/%C2%9F", NULL);
	check_path(a, "/%E9", NULL);
	check_path(a, "/%C0%AF", NULL);
	check_path(a, "/%ED%A0%80", NULL);
	check_path(a, "/é", NULL);
	check_path(a, "/a b", NULL);
	check_path(a, "/a#b", NULL);
}

static void check_query(struct arena *a, const char *raw, size_t n, const char *written)
{
	struct pair *pair;
	size_t found;

	assert_int_equal(address_query(a, raw, strlen(raw), &pair, &found), OK);
	assert_int_equal(found, n);
	assert_string_equal(address_write(a, "/", pair, found), written);
}

static void test_a_query_is_pairs_in_order(void **state)
{
	struct arena *a = ((struct fixture *)*state)->arena;
	struct pair *pair;
	size_t n;

	check_query(a, "", 0, "/");
	check_query(a, "a=1&b=2&a=3", 3, "/?a=1&b=2&a=3");
	check_query(a, "&&a=b+c%2B&&", 1, "/?a=b%20c%2B");
	check_query(a, "a&=b&c==d", 3, "/?a=&=b&c=%3Dd");
	check_query(a, "q=?/:@!$'()*,;", 1, "/?q=%3F%2F%3A%40%21%24%27%28%29%2A%2C%3B");
	assert_int_equal(address_query(a, "a=%0a", 5, &pair, &n), INVALID);
	assert_int_equal(address_query(a, "a=1&b=%", 7, &pair, &n), INVALID);
	assert_int_equal(address_form(a, "a=%0D%0A%09%1B", 14, &pair, &n), OK);
	assert_string_equal(pair[0].value, "\n\t");
	assert_int_equal(address_form(a, "a%1B=", 5, &pair, &n), INVALID);
	assert_int_equal(address_form(a, "a=%00", 5, &pair, &n), INVALID);
}

/* ---- headers: the rest is seen through a socket, in test/http ------------------------------ */

static void check_gzip(const char *accept, bool accepts)
{
	struct headers h = { 0 };

	headers_add(&h, "accept-encoding", 15, accept, strlen(accept));
	if (headers_accept_gzip(&h) != accepts)
		fail_msg("'%s'", accept);
}

static void test_gzip_is_weighed(void **state)
{
	(void)state;
	check_gzip("gzip", true);
	check_gzip("br;q=1.0, GZip;Q=0.8", true);
	check_gzip("*", true);
	check_gzip("gzip;q=0.001", true);
	check_gzip("gzip; q=0", false);
	check_gzip("gzip;q=0.000, *;q=1", false);
	check_gzip("identity;q=1, gzip;q=0.5", false);
	check_gzip("gzip;q=1.5", false);
	check_gzip("gzip;q=", false);
	check_gzip("gzip;q=0.00001", false);
	check_gzip(";q=1, ,,", false);
	check_gzip("", false);
}

static const char *session_in(struct arena *a, const char *name, const char *value)
{
	struct headers h = { .cookie = name };

	headers_add(&h, "cookie", 6, value, strlen(value));
	headers_add(&h, "Cookie", 6, "halle=second", 12);
	return headers_session(&h, a);
}

static void test_a_session_is_the_first_cookie_of_its_name(void **state)
{
	struct arena *a = ((struct fixture *)*state)->arena;

	assert_string_equal(session_in(a, "halle", "a=b; halle=Az09_-"), "Az09_-");
	assert_string_equal(session_in(a, "halle", "halle; =halle=x; xhalle=y"), "second");
	assert_null(session_in(a, "halle", "halle=; halle=x"));
	assert_null(session_in(a, "halle", "halle=a b"));
	assert_null(session_in(a, "__Host-halle", "halle=x"));
	assert_null(session_in(a, NULL, "halle=x"));
	assert_string_equal(site_cookie(&site), "__Host-halle");
}

static void check_forwarded(const char *value, const char *expected)
{
	struct headers h = { 0 };
	char address[PEER_SIZE];

	headers_add(&h, "X-Forwarded-For", 15, value, strlen(value));
	assert_int_equal(headers_forwarded(&h, address), expected != NULL);
	if (expected)
		assert_string_equal(address, expected);
}

static void test_the_last_address_forwarded_counts(void **state)
{
	(void)state;
	check_forwarded("192.0.2.1", "192.0.2.1");
	check_forwarded("x,\t 192.0.2.1", "192.0.2.1");
	check_forwarded("192.0.2.1, 2001:DB8::0:1", "2001:db8::1");
	check_forwarded("192.0.2.1,", NULL);
	check_forwarded("192.0.2.1 x", NULL);
	check_forwarded("", NULL);
	check_forwarded("0000000000000000000000000000000000000000000000:1", NULL);
}

static int code_of(const char *name, const char *value, bool has_body)
{
	struct headers h = { 0 };

	headers_add(&h, "Host", 4, "exemple.fr:80 ", 14);
	headers_add(&h, name, strlen(name), value, strlen(value));
	return headers_check(&h, "HTTP/1.1", has_body, 1000);
}

static void test_a_header_is_checked(void **state)
{
	(void)state;
	assert_int_equal(code_of("X", "a\tb \xe9", false), 0);
	assert_int_equal(code_of("X ", "a", false), 400);
	assert_int_equal(code_of("", "a", false), 400);
	assert_int_equal(code_of("X", "a\x01", false), 400);
	assert_int_equal(code_of("HOST", "b", false), 400);
	assert_int_equal(code_of("X", "a", true), 411);
	assert_int_equal(code_of("Content-Length", "1000", true), 0);
	assert_int_equal(code_of("Content-Length", " 0000000000000000000000010 ", true), 0);
	assert_int_equal(code_of("Content-Length", "1001", true), 413);
	assert_int_equal(code_of("Content-Length", "99999999999999999999999", true), 413);
	assert_int_equal(code_of("Content-Length", "1", false), 400);
	assert_int_equal(code_of("Content-Length", "0", false), 0);
	assert_int_equal(code_of("Content-Length", "", true), 400);
	assert_int_equal(code_of("Transfer-Encoding", "chunked", true), 411);
	assert_int_equal(code_of("Transfer-Encoding", "chunked", false), 400);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(test_a_path_finds_the_first_pattern_it_fits),
		TEST(test_a_name_captures_its_part),
		TEST(test_a_status_becomes_a_code),
		TEST(test_nothing_of_a_page_that_failed_is_shown),
		TEST(test_the_map_writes_its_failures),
		TEST(test_a_method_that_is_not_known_is_told_which_are),
		TEST(test_each_level_enters_where_it_may),
		TEST(test_who_asks_is_found_from_the_session),
		TEST(test_nobody_is_sent_to_sign_in),
		TEST(test_a_form_from_elsewhere_identifies_nobody),
		TEST(test_who_cannot_be_found_is_nobody),
		TEST(test_a_get_writes_nothing),
		TEST(test_a_get_tells_which_change_it_saw),
		TEST(test_a_post_comes_from_here),
		TEST(test_a_post_of_an_editor_from_elsewhere_is_refused),
		TEST(test_a_busy_database_is_for_later),
		TEST(test_a_slash_at_the_end_goes),
		TEST(test_an_earlier_address_goes_before_its_slash),
		TEST(test_the_query_follows_a_redirection),
		TEST(test_a_number_is_whole_and_bounded),
		TEST(test_a_redirection_holds_no_raw_character),
		TEST(test_a_path_is_decoded_or_refused),
		TEST(test_a_query_is_pairs_in_order),
		TEST(test_a_session_is_the_first_cookie_of_its_name),
		cmocka_unit_test(test_the_last_address_forwarded_counts),
		cmocka_unit_test(test_gzip_is_weighed),
		cmocka_unit_test(test_a_header_is_checked),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
