/* What the store promises of the programme, organisations, redirects and settings. */
#include "fixture.h"

#include "store/organisation.h"
#include "store/redirect.h"
#include "store/setting.h"

static void for_members(struct session *s)
{
	s->visibility = MEMBERS;
}

static void at_nine_thirty(struct session *s)
{
	s->starts_at = 1727940600;
	s->ends_at = 1727947800;
}

static void for_members_at_nine(struct session *s)
{
	s->visibility = MEMBERS;
	s->starts_at = 1727938800;
}

static void hidden(struct resource *r)
{
	r->status = DRAFT;
}

static void test_past_and_coming_meet_at_the_day(void **state)
{
	struct fixture *fix = *state;
	struct session_list list;

	add_session(fix, "hier", "2024-10-02", NULL);
	add_session(fix, "ce-jour", "2024-10-03", at_nine_thirty);
	add_session(fix, "demain", "2024-10-04", NULL);
	add_session(fix, "avant", "2024-01-01", NULL);
	assert_int_equal(session_coming(fix->db, fix->a, &anonymous, "2024-10-03", 10, &list), OK);
	assert_int_equal(list.n_sessions, 2);
	assert_string_equal(list.session[0].slug, "ce-jour");
	assert_string_equal(list.session[1].slug, "demain");
	assert_int_equal(session_past(fix->db, fix->a, &anonymous, "2024-10-03", 10, 0, &list), OK);
	assert_int_equal(list.n_sessions, 2);
	assert_string_equal(list.session[0].slug, "hier");
	assert_string_equal(list.session[1].slug, "avant");
	assert_int_equal(session_past(fix->db, fix->a, &anonymous, "2024-10-03", 10, 1, &list), OK);
	assert_int_equal(list.n_sessions, 1);
}

static void test_a_closed_session_does_not_exist_for_others(void **state)
{
	struct fixture *fix = *state;
	struct session s;
	struct session_list list;
	int64_t n;

	add_session(fix, "interne", "2024-10-03", for_members);
	assert_int_equal(session_by_slug(fix->db, fix->a, &anonymous, "interne", &s), NOT_FOUND);
	assert_int_equal(session_by_slug(fix->db, fix->a, &member, "interne", &s), OK);
	assert_int_equal(session_coming(fix->db, fix->a, &anonymous, "2000-01-01", 10, &list), OK);
	assert_int_equal(list.n_sessions, 0);
	assert_int_equal(session_count(fix->db, &anonymous, &n), OK);
	assert_int_equal(n, 0);
	assert_int_equal(session_count(fix->db, &member, &n), OK);
	assert_int_equal(n, 1);
}

static void test_a_session_without_hours_keeps_its_day(void **state)
{
	struct fixture *fix = *state;
	struct session s;

	add_session(fix, "un-jour", "2023-11-17", NULL);
	assert_int_equal(session_by_slug(fix->db, fix->a, &anonymous, "un-jour", &s), OK);
	assert_string_equal(s.on, "2023-11-17");
	assert_int_equal(s.starts_at, NO_NUMBER);
	assert_int_equal(s.ends_at, NO_NUMBER);
	assert_int_equal(s.number, NO_NUMBER);
}

static void test_a_closed_cycle_is_not_named_by_its_open_session(void **state)
{
	struct fixture *fix = *state;
	struct cycle c = {
		.slug = "cycle", .title = "Cycle", .announced = 5, .visibility = MEMBERS
	};
	struct session s;
	int64_t id = add_session(fix, "ouverte", "2024-10-03", NULL);

	assert_int_equal(cycle_save(fix->db, &c), OK);
	assert_int_equal(session_set_cycle(fix->db, id, c.id), OK);
	assert_int_equal(session_by_slug(fix->db, fix->a, &anonymous, "ouverte", &s), OK);
	assert_null(s.cycle);
	assert_int_equal(session_by_slug(fix->db, fix->a, &member, "ouverte", &s), OK);
	assert_string_equal(s.cycle, "cycle");
	assert_int_equal(cycle_by_slug(fix->db, fix->a, &anonymous, "cycle", &c), NOT_FOUND);
	assert_int_equal(cycle_by_slug(fix->db, fix->a, &member, "cycle", &c), OK);
	assert_int_equal(c.announced, 5);
	assert_int_equal(c.n_sessions, 1);
}

static void test_the_next_moment_is_a_beginning_or_an_end(void **state)
{
	struct fixture *fix = *state;
	int64_t moment;

	add_session(fix, "ce-jour", "2024-10-03", at_nine_thirty);
	assert_int_equal(session_next_moment(fix->db, &anonymous, 1727940000, &moment), OK);
	assert_int_equal(moment, 1727940600);
	assert_int_equal(session_next_moment(fix->db, &anonymous, 1727940600, &moment), OK);
	assert_int_equal(moment, 1727947800);
	assert_int_equal(session_next_moment(fix->db, &anonymous, 1727947800, &moment), OK);
	assert_int_equal(moment, NO_NUMBER);
}

static void test_the_next_moment_is_not_that_of_a_closed_session(void **state)
{
	struct fixture *fix = *state;
	int64_t moment;

	add_session(fix, "interne", "2024-10-03", for_members_at_nine);
	assert_int_equal(session_next_moment(fix->db, &anonymous, 1727930000, &moment), OK);
	assert_int_equal(moment, NO_NUMBER);
	assert_int_equal(session_next_moment(fix->db, &member, 1727930000, &moment), OK);
	assert_int_equal(moment, 1727938800);
}

static void test_resources_tell_of_sessions_by_name(void **state)
{
	struct fixture *fix = *state;
	int64_t session = add_session(fix, "seance", "2024-10-03", NULL);
	const char **slug;
	size_t n;
	struct session_list list;
	int64_t b = add_resource(fix, "b", NULL), a = add_resource(fix, "a", NULL);

	assert_int_equal(session_add_resource(fix->db, session, b), OK);
	assert_int_equal(session_add_resource(fix->db, session, a), OK);
	assert_int_equal(session_add_resource(fix->db, session, a), OK);
	assert_int_equal(session_resource_slugs(fix->db, fix->a, &anonymous, session, &slug, &n),
			 OK);
	assert_int_equal(n, 2);
	assert_string_equal(slug[0], "a");
	assert_int_equal(session_of_resource(fix->db, fix->a, &anonymous, a, &list), OK);
	assert_int_equal(list.n_sessions, 1);
	assert_int_equal(resource_remove(fix->db, a), OK);
	assert_int_equal(session_resource_slugs(fix->db, fix->a, &anonymous, session, &slug, &n),
			 OK);
	assert_int_equal(n, 1);
	assert_int_equal(session_add_resource(fix->db, session, add_resource(fix, "c", hidden)),
			 OK);
	assert_int_equal(session_resource_slugs(fix->db, fix->a, &anonymous, session, &slug, &n),
			 OK);
	assert_int_equal(n, 1);
	assert_int_equal(session_resource_slugs(fix->db, fix->a, &editor, session, &slug, &n), OK);
	assert_int_equal(n, 2);
}

static void test_a_siren_has_a_key(void **state)
{
	(void)state;
	assert_true(siren_is_valid("732829320"));
	assert_false(siren_is_valid("732829321"));
	assert_false(siren_is_valid("73282932"));
	assert_false(siren_is_valid("7328293200"));
	assert_false(siren_is_valid("73282932a"));
}

static void test_an_organisation_comes_back_as_saved(void **state)
{
	struct fixture *fix = *state;
	struct organisation o = { .slug = "val",
				  .name = "Val",
				  .kind = "commune",
				  .insee = "01004",
				  .is_placed = true,
				  .lat = 48.25,
				  .lon = -1.5 };
	struct organisation found;

	assert_int_equal(organisation_save(fix->db, &o), OK);
	assert_int_equal(organisation_by_slug(fix->db, fix->a, "val", &found), OK);
	assert_string_equal(found.insee, "01004");
	assert_true(found.is_placed);
	assert_true(found.lat > 48.24 && found.lat < 48.26);
	assert_null(found.siren);
}

static void test_a_redirect_is_found_by_its_path_and_replaced(void **state)
{
	struct fixture *fix = *state;
	const char *target;

	assert_int_equal(redirect_find(fix->db, fix->a, "/node/12", &target), NOT_FOUND);
	assert_int_equal(redirect_save(fix->db, &(struct redirect){ "/node/12", "/a" }), OK);
	assert_int_equal(redirect_save(fix->db, &(struct redirect){ "/node/12", "/b" }), OK);
	assert_int_equal(redirect_find(fix->db, fix->a, "/node/12", &target), OK);
	assert_string_equal(target, "/b");
}

static void test_a_setting_has_an_initial_value_and_a_known_name(void **state)
{
	struct fixture *fix = *state;
	const char *value;

	assert_int_equal(setting_get(fix->db, fix->a, "site_name", &value), OK);
	assert_string_equal(value, "Halle");
	assert_int_equal(setting_set(fix->db, "site_name", "Réseau"), OK);
	assert_int_equal(setting_get(fix->db, fix->a, "site_name", &value), OK);
	assert_string_equal(value, "Réseau");
	assert_int_equal(setting_set(fix->db, "colour_of_the_sky", "blue"), INVALID);
	assert_int_equal(setting_get(fix->db, fix->a, "colour_of_the_sky", &value), INVALID);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_past_and_coming_meet_at_the_day),
		TEST(test_a_closed_session_does_not_exist_for_others),
		TEST(test_a_session_without_hours_keeps_its_day),
		TEST(test_a_closed_cycle_is_not_named_by_its_open_session),
		TEST(test_the_next_moment_is_a_beginning_or_an_end),
		TEST(test_the_next_moment_is_not_that_of_a_closed_session),
		TEST(test_resources_tell_of_sessions_by_name),
		TEST(test_a_siren_has_a_key),
		TEST(test_an_organisation_comes_back_as_saved),
		TEST(test_a_redirect_is_found_by_its_path_and_replaced),
		TEST(test_a_setting_has_an_initial_value_and_a_known_name),
	};

	return cmocka_run_group_tests_name("programme", tests, NULL, NULL);
}
