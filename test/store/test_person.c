/* What people may, by what they are: from rows to the rule of access. */
#include <string.h>

#include "fixture.h"
#include "store/access_request.h"
#include "store/batch.h"
#include "store/membership.h"
#include "store/opening.h"
#include "store/organisation.h"
#include "store/person.h"
#include "store/working_group.h"

static const char today[] = "2026-05-10";

static int64_t add_organisation(struct fixture *fix, const char *slug)
{
	struct organisation o = { .slug = slug, .name = slug, .kind = "commune" };

	assert_int_equal(organisation_save(fix->db, &o), OK);
	return o.id;
}

static void belong(struct fixture *fix, int64_t organisation_id, const char *from, const char *to)
{
	struct membership m = { 0, organisation_id, "full", from, to };

	assert_int_equal(membership_save(fix->db, &m), OK);
}

static int64_t add_person(struct fixture *fix, const char *email)
{
	struct person p = { .given_name = "Camille", .family_name = "Aubry", .email = email };

	assert_int_equal(person_save(fix->db, fix->a, &p), OK);
	return p.id;
}

static int64_t serve(struct fixture *fix, int64_t person_id, int64_t organisation_id,
		     const char *kind, const char *from, const char *to)
{
	struct function f = { .person_id = person_id,
			      .organisation_id = organisation_id,
			      .kind = kind,
			      .from_on = from,
			      .to_on = to };

	assert_int_equal(function_save(fix->db, &f), OK);
	return f.id;
}

/* An elected person of a member authority. */
static int64_t add_elected(struct fixture *fix)
{
	int64_t organisation = add_organisation(fix, "ville");
	int64_t person = add_person(fix, "camille@ville.example");

	belong(fix, organisation, "2026-01-01", "2026-12-31");
	serve(fix, person, organisation, "elected", "2020-01-01", NULL);
	return person;
}

static struct reader reader_on(struct fixture *fix, int64_t person, const char *day)
{
	struct reader reader;

	assert_int_equal(person_reader(fix->db, fix->a, person, day, &reader), OK);
	return reader;
}

static void close_it(struct resource *r)
{
	r->visibility = MEMBERS;
}

static void restrict_it(struct resource *r)
{
	r->visibility = RESTRICTED;
}

static void hide_it(struct resource *r)
{
	r->visibility = RESTRICTED;
	r->listed = false;
}

static bool reads(struct fixture *fix, const struct reader *reader, int64_t resource)
{
	struct resource r;
	struct html body;
	enum status status = resource_body(fix->db, fix->a, reader, resource, &body);

	if (resource_by_id(fix->db, fix->a, reader, resource, &r) == OK)
		assert_int_equal(r.may_read, status == OK);
	else
		assert_int_equal(status, DENIED);
	return status == OK;
}

static void test_a_member_is_who_has_a_current_function_in_a_current_member(void **state)
{
	struct fixture *fix = *state;
	int64_t organisation = add_organisation(fix, "ville"), person = add_person(fix, NULL);
	int64_t closed = add_resource(fix, "reservee", close_it);
	static const struct {
		const char *day;
		enum level level;
	} cases[] = {
		{ "2025-12-31", ANONYMOUS }, /* not yet a member */
		{ "2026-01-01", ANONYMOUS }, /* not yet in function */
		{ "2026-03-01", MEMBER },    /* the first day of it */
		{ "2026-06-30", MEMBER },    /* its last */
		{ "2026-07-01", ANONYMOUS }, /* past */
	};

	belong(fix, organisation, "2026-01-01", "2026-12-31");
	serve(fix, person, organisation, "officer", "2026-03-01", "2026-06-30");
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct reader reader = reader_on(fix, person, cases[i].day);

		assert_int_equal(reader.level, cases[i].level);
		assert_int_equal(reader.person_id, person);
		assert_int_equal(reads(fix, &reader, closed), cases[i].level == MEMBER);
	}
}

static void test_a_lapsed_member_reads_what_anyone_reads(void **state)
{
	struct fixture *fix = *state;
	int64_t organisation = add_organisation(fix, "ville");
	int64_t person = add_person(fix, "camille@ville.example");
	int64_t closed = add_resource(fix, "reservee", close_it);
	int64_t elected = add_resource(fix, "elus", restrict_it);
	int64_t of_group = add_resource(fix, "groupe", hide_it);
	struct working_group g = { .slug = "achats", .name = "Achats" };
	struct reader reader;
	const char *key = "function-elected", *own;

	belong(fix, organisation, "2025-01-01", "2025-12-31");
	serve(fix, person, organisation, "elected", "2020-01-01", NULL);
	assert_int_equal(working_group_save(fix->db, &g), OK);
	assert_int_equal(working_group_join(fix->db, g.id, person), OK);
	own = arena_printf(fix->a, "group-%d", (int)g.id);
	assert_int_equal(opening_set(fix->db, OF_RESOURCE, elected, &key, 1), OK);
	assert_int_equal(opening_set(fix->db, OF_RESOURCE, of_group, &own, 1), OK);

	reader = reader_on(fix, person, "2025-06-01");
	assert_true(reads(fix, &reader, closed));
	assert_true(reads(fix, &reader, elected));
	assert_true(reads(fix, &reader, of_group));
	reader = reader_on(fix, person, "2026-01-01");
	assert_int_equal(reader.level, ANONYMOUS);
	assert_false(reads(fix, &reader, closed));
	assert_false(reads(fix, &reader, elected));
	assert_false(reads(fix, &reader, of_group));
}

static void test_a_key_opens_to_its_holders_alone(void **state)
{
	struct fixture *fix = *state;
	int64_t person = add_elected(fix), other = add_person(fix, NULL);
	int64_t elected = add_resource(fix, "elus", restrict_it);
	int64_t officers = add_resource(fix, "agents", restrict_it);
	const char *first = "function-elected", *second = "function-officer";
	struct reader reader = reader_on(fix, person, today);

	assert_int_equal(opening_set(fix->db, OF_RESOURCE, elected, &first, 1), OK);
	assert_int_equal(opening_set(fix->db, OF_RESOURCE, officers, &second, 1), OK);
	assert_true(reads(fix, &reader, elected));
	assert_false(reads(fix, &reader, officers));
	assert_false(reads(fix, &member, elected));
	assert_false(reads(fix, &anonymous, elected));
	assert_true(reads(fix, &editor, officers));
	reader = reader_on(fix, other, today);
	assert_false(reads(fix, &reader, elected));
	assert_int_equal(opening_set(fix->db, OF_RESOURCE, elected, NULL, 0), OK);
	reader = reader_on(fix, person, today);
	assert_false(reads(fix, &reader, elected));
}

static void draft_it(struct resource *r)
{
	r->visibility = RESTRICTED;
	r->status = DRAFT;
}

static void test_no_key_opens_a_draft(void **state)
{
	struct fixture *fix = *state;
	int64_t person = add_elected(fix), draft = add_resource(fix, "brouillon", draft_it);
	const char *key = "function-elected";
	struct reader reader = reader_on(fix, person, today);
	struct resource r;

	assert_int_equal(opening_set(fix->db, OF_RESOURCE, draft, &key, 1), OK);
	assert_false(reads(fix, &reader, draft));
	assert_int_equal(resource_by_id(fix->db, fix->a, &reader, draft, &r), NOT_FOUND);
}

static void test_what_is_unlisted_exists_for_who_may_read_it(void **state)
{
	struct fixture *fix = *state;
	int64_t person = add_elected(fix), hidden = add_resource(fix, "groupe", hide_it);
	struct working_group g = { .slug = "achats", .name = "Achats" };
	struct reader reader;
	struct resource r;
	const char *key;

	assert_int_equal(working_group_save(fix->db, &g), OK);
	key = arena_printf(fix->a, "group-%d", (int)g.id);
	assert_int_equal(opening_set(fix->db, OF_RESOURCE, hidden, &key, 1), OK);
	reader = reader_on(fix, person, today);
	assert_int_equal(resource_by_id(fix->db, fix->a, &reader, hidden, &r), NOT_FOUND);
	assert_int_equal(working_group_join(fix->db, g.id, person), OK);
	reader = reader_on(fix, person, today);
	assert_int_equal(resource_by_id(fix->db, fix->a, &reader, hidden, &r), OK);
	assert_true(r.may_read && r.is_opened);
	assert_int_equal(working_group_remove(fix->db, fix->a, g.id), OK);
	reader = reader_on(fix, person, today);
	assert_int_equal(resource_by_id(fix->db, fix->a, &reader, hidden, &r), NOT_FOUND);
}

static void test_a_grant_opens_one_resource_to_one_person_until_its_day(void **state)
{
	struct fixture *fix = *state;
	int64_t person = add_person(fix, NULL), other = add_elected(fix);
	int64_t closed = add_resource(fix, "elus", restrict_it);
	int64_t second = add_resource(fix, "autre", close_it);
	struct access_request r = { .person_id = person,
				    .resource_id = closed,
				    .reason = "Pour un marché.",
				    .made_at = 1 };
	struct reader reader;
	const char *key = "function-officer";

	assert_int_equal(access_request_add(fix->db, &r), OK);
	assert_int_equal(access_request_add(fix->db, &r), CONFLICT);
	reader = reader_on(fix, person, today);
	assert_false(reads(fix, &reader, closed));
	assert_int_equal(access_request_answer(fix->db, fix->a, &r, "2026-05-31", NULL, other, 2),
			 OK);
	assert_int_equal(access_request_answer(fix->db, fix->a, &r, NULL, NULL, other, 3),
			 CONFLICT);
	/* Other keys of the resource change: the grant stays. */
	assert_int_equal(opening_set(fix->db, OF_RESOURCE, closed, &key, 1), OK);
	reader = reader_on(fix, person, "2026-05-31");
	assert_int_equal(reader.level, ANONYMOUS);
	assert_true(reads(fix, &reader, closed));
	assert_false(reads(fix, &reader, second));
	reader = reader_on(fix, person, "2026-06-01");
	assert_false(reads(fix, &reader, closed));
	reader = reader_on(fix, other, today);
	assert_false(reads(fix, &reader, closed));
}

static void test_an_administrator_has_a_second_factor(void **state)
{
	struct fixture *fix = *state;
	int64_t person = add_person(fix, NULL);
	struct query *q;

	assert_int_equal(role_set(fix->db, person, "administrator", true), OK);
	assert_int_equal(reader_on(fix, person, today).level, ANONYMOUS);
	assert_int_equal(role_set(fix->db, person, "editor", true), OK);
	assert_int_equal(reader_on(fix, person, today).level, EDITOR);
	q = db_query(fix->db, "UPDATE person SET totp_since = 1 WHERE id = $1");
	query_int(q, 1, person);
	assert_int_equal(query_run(q), OK);
	assert_int_equal(reader_on(fix, person, today).level, ADMINISTRATOR);
	assert_int_equal(role_set(fix->db, person, "administrator", false), OK);
	assert_int_equal(reader_on(fix, person, today).level, EDITOR);
}

static void test_one_address_is_one_person_whatever_its_case(void **state)
{
	struct fixture *fix = *state;
	struct person p = { .given_name = "C.",
			    .family_name = "A.",
			    .email = "CAMILLE@Ville.example" };
	struct person found;
	int64_t id = add_elected(fix);

	assert_int_equal(person_save(fix->db, fix->a, &p), CONFLICT);
	assert_int_equal(person_by_email(fix->db, fix->a, "Camille@VILLE.example", &found), OK);
	assert_int_equal(found.id, id);
	assert_string_equal(found.email, "camille@ville.example");
}

static void test_nothing_ends_before_it_begins(void **state)
{
	struct fixture *fix = *state;
	int64_t organisation = add_organisation(fix, "ville"), person = add_person(fix, NULL);
	struct membership m = { 0, organisation, "full", "2026-02-01", "2026-01-31" };
	struct function f = { .person_id = person,
			      .organisation_id = organisation,
			      .kind = "officer",
			      .from_on = "2026-02-01",
			      .to_on = "2026-01-31" };
	int64_t n;

	assert_int_equal(membership_save(fix->db, &m), INVALID);
	assert_int_equal(function_save(fix->db, &f), INVALID);
	assert_int_equal(query_one_int(db_query(fix->db, "SELECT count(*) FROM membership"), &n),
			 OK);
	assert_int_equal(n, 0);
	m.to_on = f.to_on = "2026-02-01";
	assert_int_equal(membership_save(fix->db, &m), OK);
	assert_int_equal(function_save(fix->db, &f), OK);
}

static void test_what_has_ended_is_not_ended_later(void **state)
{
	struct fixture *fix = *state;
	int64_t organisation = add_organisation(fix, "ville"), person = add_person(fix, NULL);
	struct function f = { .person_id = person,
			      .organisation_id = organisation,
			      .kind = "officer",
			      .from_on = "2019-01-01",
			      .to_on = "2020-01-01" };
	struct function found;

	assert_int_equal(function_save(fix->db, &f), OK);
	assert_int_equal(function_end(fix->db, f.id, today), OK);
	assert_int_equal(function_by_id(fix->db, fix->a, f.id, today, &found), OK);
	assert_string_equal(found.to_on, "2020-01-01");
}

static void test_who_leaves_keeps_a_place_without_a_name(void **state)
{
	struct fixture *fix = *state;
	int64_t person = add_elected(fix);
	struct function_list list;
	struct person p;
	struct reader reader;

	assert_int_equal(function_of_person(fix->db, fix->a, person, today, &list), OK);
	list.function[0].invited_as = "Camille Aubry";
	assert_int_equal(function_save(fix->db, &list.function[0]), OK);
	assert_int_equal(person_erase(fix->db, person, today), OK);
	assert_int_equal(person_by_id(fix->db, fix->a, person, &p), OK);
	assert_true(p.is_erased);
	assert_string_equal(p.family_name, "");
	assert_null(p.email);
	assert_int_equal(person_by_email(fix->db, fix->a, "camille@ville.example", &p), NOT_FOUND);
	assert_int_equal(function_of_person(fix->db, fix->a, person, "2026-05-11", &list), OK);
	assert_int_equal(list.n_functions, 1);
	assert_string_equal(list.function[0].to_on, today);
	assert_null(list.function[0].invited_as);
	reader = reader_on(fix, person, "2026-05-11");
	assert_int_equal(reader.level, ANONYMOUS);
	/* The address is free again. */
	add_person(fix, "camille@ville.example");
}

/* What an import keeps to be undone has their name and address. */
static void test_who_leaves_is_not_kept_by_an_import(void **state)
{
	struct fixture *fix = *state;
	int64_t person = add_elected(fix), batch, n;
	const struct batch_item item = {
		.kind = "person",
		.name = "camille-aubry",
		.object_id = person,
		.revision = 1,
		.before = "{\"type\":\"person\",\"slug\":\"camille-aubry\"}",
	};

	assert_int_equal(batch_add(fix->db, "jsonl", "x", 1, &batch), OK);
	assert_int_equal(batch_add_item(fix->db, batch, 0, &item), OK);
	assert_int_equal(person_erase(fix->db, person, today), OK);
	assert_int_equal(query_one_int(db_query(fix->db, "SELECT count(*) FROM batch_item"
							 " WHERE name LIKE '%aubry%'"
							 " OR before LIKE '%aubry%'"),
				       &n),
			 OK);
	assert_int_equal(n, 0);
}

/* Nobody's name makes the address that another leaves behind, nor one of the back office. */
static void test_an_address_that_is_reserved_is_numbered(void **state)
{
	static const char *const name[][3] = { { "Partie", "1", "partie-1-2" },
					       { "Partie", "Bleue", "partie-bleue" },
					       { "Nouvelle", "…", "nouvelle-2" } };
	struct fixture *fix = *state;
	int64_t person = add_elected(fix);

	for (size_t i = 0; i < sizeof(name) / sizeof(*name); i++) {
		struct person p = { .given_name = name[i][0], .family_name = name[i][1] };

		assert_int_equal(person_save(fix->db, fix->a, &p), OK);
		assert_string_equal(p.slug, name[i][2]);
	}
	assert_int_equal(person, 1);
	assert_int_equal(person_erase(fix->db, person, today), OK);
}

/* All kinds of things and of readers: SQL and C must say the same of each. */
static void test_keys_say_the_same_in_sql_and_in_c(void **state)
{
	struct fixture *fix = *state;
	const char *sql = "SELECT " ACCESS_READ_RESOURCE_SQL("r", "$1") ", " //
		ACCESS_DISCOVER_RESOURCE_SQL("r", "$1") " FROM resource r WHERE id = $2";
	static const char *const held[][2] = { { NULL, NULL },
					       { "group-1", NULL },
					       { "group-11", "grant-2" },
					       { "session-1", "group-1" } };
	static const char *const keys[][2] = { { NULL, NULL },
					       { "group-1", NULL },
					       { "group-11", "session-1" } };
	int n = 0, n_read = 0;

	for (int v = PUBLIC; v <= RESTRICTED; v++)
		for (int s = 0; s < 4; s++)
			for (int k = 0; k < 3; k++) {
				int64_t id =
					add_resource(fix, arena_printf(fix->a, "r%d", n++), NULL);
				struct resource r;
				struct opening_list list;
				const char *text = "";

				assert_int_equal(resource_by_id(fix->db, fix->a, &editor, id, &r),
						 OK);
				r.visibility = (enum visibility)v;
				r.status = s & 1 ? PUBLISHED : DRAFT;
				r.listed = s & 2;
				assert_int_equal(resource_save(fix->db, &r), OK);
				assert_int_equal(opening_set(fix->db, OF_RESOURCE, id, keys[k],
							     keys[k][1]   ? 2
							     : keys[k][0] ? 1
									  : 0),
						 OK);
				assert_int_equal(
					opening_of(fix->db, fix->a, OF_RESOURCE, id, &list), OK);
				for (size_t i = 0; i < list.n_keys; i++)
					text = arena_printf(fix->a, "%s%s,", text, list.key[i]);
				for (int level = ANONYMOUS; level <= ADMINISTRATOR; level++)
					for (int h = 0; h < 4; h++) {
						struct reader reader = {
							.level = (enum level)level
						};
						struct object object = resource_object(&r);
						struct query *q = db_query(fix->db, sql);

						reader.keys =
							access_keys(fix->a, reader.level, held[h],
								    held[h][1]   ? 2
								    : held[h][0] ? 1
										 : 0);
						object.opened = access_opens(&reader, text);
						query_reader(q, 1, &reader);
						query_int(q, 2, id);
						assert_true(query_row(q));
						assert_int_equal(row_int(q, 0),
								 access_may_read(&reader, &object));
						assert_int_equal(row_int(q, 1),
								 access_may_discover(&reader,
										     &object));
						n_read += row_int(q, 0) != 0;
						assert_int_equal(query_end(q), OK);
					}
			}
	assert_in_range(n_read, 300, 500);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_a_member_is_who_has_a_current_function_in_a_current_member),
		TEST(test_a_lapsed_member_reads_what_anyone_reads),
		TEST(test_a_key_opens_to_its_holders_alone),
		TEST(test_no_key_opens_a_draft),
		TEST(test_what_is_unlisted_exists_for_who_may_read_it),
		TEST(test_a_grant_opens_one_resource_to_one_person_until_its_day),
		TEST(test_an_administrator_has_a_second_factor),
		TEST(test_one_address_is_one_person_whatever_its_case),
		TEST(test_nothing_ends_before_it_begins),
		TEST(test_what_has_ended_is_not_ended_later),
		TEST(test_who_leaves_keeps_a_place_without_a_name),
		TEST(test_who_leaves_is_not_kept_by_an_import),
		TEST(test_an_address_that_is_reserved_is_numbered),
		TEST(test_keys_say_the_same_in_sql_and_in_c),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
