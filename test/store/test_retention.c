/* What is past its time goes, and nothing else. */
#include <string.h>

#include "fixture.h"
#include "mail/idle.h"
#include "store/access_request.h"
#include "store/audit.h"
#include "store/mail.h"
#include "store/membership.h"
#include "store/opening.h"
#include "store/organisation.h"
#include "store/person.h"
#include "store/retention.h"
#include "store/setting.h"

/* Years ago: the database itself keeps the last month of the journal by its own clock. */
static const int64_t then = 1577836800; /* 1 January 2020 */
enum { DAY = 86400 };

static void must(enum status status)
{
	assert_int_equal(status, OK);
}

static int64_t count(struct fixture *fix, const char *sql)
{
	int64_t n;

	must(query_one_int(db_query(fix->db, sql), &n));
	return n;
}

static int64_t add_person(struct fixture *fix, const char *email)
{
	struct person p = {
		.given_name = "Camille", .family_name = "Aubry", .email = email, .made_at = then
	};

	must(person_save(fix->db, fix->a, &p));
	return p.id;
}

static void test_the_journal_and_letters_are_kept_as_long_as_is_set(void **state)
{
	struct fixture *fix = *state;
	const struct audit entry = { .at = then, .action = "sign-in" };
	const struct mail m = { .key = "k",
				.to_address = "a@exemple.fr",
				.subject = "s",
				.text = "",
				.html = "",
				.message_id = "<m>",
				.made_at = then };

	must(audit_add(fix->db, &entry));
	must(mail_queue(fix->db, &m));
	must(db_run(fix->db, "UPDATE mail SET state = 'sent'"));
	must(retention_apply(fix->db, fix->a, then + 90 * DAY));
	assert_int_equal(count(fix, "SELECT count(*) FROM mail"), 1);
	must(retention_apply(fix->db, fix->a, then + 90 * DAY + 1));
	assert_int_equal(count(fix, "SELECT count(*) FROM mail"), 0);
	must(retention_apply(fix->db, fix->a, then + 365 * DAY));
	assert_int_equal(count(fix, "SELECT count(*) FROM audit"), 1);
	must(setting_set(fix->db, "audit_days", "30"));
	must(retention_apply(fix->db, fix->a, then + 31 * DAY));
	assert_int_equal(count(fix, "SELECT count(*) FROM audit"), 0);
}

static void test_settings_out_of_their_bounds_are_refused(void **state)
{
	struct fixture *fix = *state;

	assert_int_equal(setting_set(fix->db, "audit_days", "29"), INVALID);
	assert_int_equal(setting_set(fix->db, "audit_days", "3651"), INVALID);
	assert_int_equal(setting_set(fix->db, "audit_days", ""), INVALID);
	assert_int_equal(setting_set(fix->db, "audit_days", "30 "), INVALID);
	assert_int_equal(setting_set(fix->db, "audit_days", "-30"), INVALID);
	assert_int_equal(setting_set(fix->db, "mail_days", "59"), INVALID);
	must(setting_set(fix->db, "audit_days", "3650"));
}

static void close_it(struct resource *r)
{
	r->visibility = RESTRICTED;
}

static void ask(struct fixture *fix, int64_t person, int64_t resource, const char *until)
{
	struct access_request r = {
		.person_id = person, .resource_id = resource, .reason = "?", .made_at = then
	};

	must(access_request_add(fix->db, &r));
	must(access_request_answer(fix->db, fix->a, &r, until, NULL, 0, then));
}

static void test_a_request_goes_once_it_is_over_for_long(void **state)
{
	struct fixture *fix = *state;
	int64_t person = add_person(fix, NULL);
	struct access_request waits = { .person_id = person, .reason = "?", .made_at = then };
	struct opening_list keys;
	int64_t resource = add_resource(fix, "a", close_it);

	waits.resource_id = add_resource(fix, "b", close_it);
	ask(fix, person, resource, NULL);
	ask(fix, person, resource, "2022-01-01");
	must(access_request_add(fix->db, &waits));
	must(retention_apply(fix->db, fix->a, then + 1095 * DAY + 1));
	/* The refusal; what was granted ended two years later. */
	assert_int_equal(count(fix, "SELECT count(*) FROM access_request"), 2);
	must(retention_apply(fix->db, fix->a, then + (1095 + 732) * DAY));
	assert_int_equal(count(fix, "SELECT count(*) FROM access_request"), 1);
	must(opening_of(fix->db, fix->a, OF_RESOURCE, resource, &keys));
	assert_int_equal(keys.n_keys, 0);
}

static bool is_erased(struct fixture *fix, int64_t id)
{
	struct person p;

	must(person_by_id(fix->db, fix->a, id, &p));
	return p.is_erased;
}

static void live(struct fixture *fix, int64_t now)
{
	must(idle_tell(fix->db, fix->a, "https://exemple.fr", now));
	must(retention_apply(fix->db, fix->a, now));
}

static void test_an_idle_account_is_told_then_erased(void **state)
{
	struct fixture *fix = *state;
	int64_t idle = add_person(fix, "a@exemple.fr"), came_back = add_person(fix, "b@exemple.fr");
	int64_t out_of_reach = add_person(fix, "c@exemple.fr");
	int64_t told = then + 1095 * DAY + 1;

	live(fix, told - 2);
	assert_int_equal(count(fix, "SELECT count(*) FROM mail"), 0);
	live(fix, told);
	live(fix, told + 3600);
	assert_int_equal(count(fix, "SELECT count(*) FROM mail"), 3);
	must(db_run(fix->db, "UPDATE mail SET state = CASE to_address WHEN 'c@exemple.fr'"
			     " THEN 'bounced' ELSE 'sent' END"));
	must(db_run(fix->db, "UPDATE person SET seen_at = 1672700000 WHERE email ="
			     " 'b@exemple.fr'")); /* 2 January 2023 */
	live(fix, told + 29 * DAY);
	assert_false(is_erased(fix, idle));
	live(fix, told + 30 * DAY);
	assert_true(is_erased(fix, idle));
	assert_false(is_erased(fix, came_back));
	/* Who could not be told has not been. */
	assert_false(is_erased(fix, out_of_reach));
	assert_int_equal(count(fix, "SELECT count(*) FROM audit WHERE action = 'person-erased'"),
			 1);
}

static void test_whoever_the_network_needs_is_not_idle(void **state)
{
	struct fixture *fix = *state;
	int64_t editor_id = add_person(fix, "a@exemple.fr"),
		officer = add_person(fix, "b@exemple.fr");
	struct organisation o = { .slug = "ville", .name = "Ville", .kind = "commune" };
	struct membership m = { .kind = "full", .from_on = "2019-01-01" };
	struct function f = { .kind = "officer", .from_on = "2019-01-01" };

	must(role_set(fix->db, editor_id, "editor", true));
	must(organisation_save(fix->db, &o));
	m.organisation_id = f.organisation_id = o.id;
	must(membership_save(fix->db, &m));
	f.person_id = officer;
	must(function_save(fix->db, &f));
	live(fix, then + 2000 * DAY);
	assert_int_equal(count(fix, "SELECT count(*) FROM mail"), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_the_journal_and_letters_are_kept_as_long_as_is_set),
		TEST(test_settings_out_of_their_bounds_are_refused),
		TEST(test_a_request_goes_once_it_is_over_for_long),
		TEST(test_an_idle_account_is_told_then_erased),
		TEST(test_whoever_the_network_needs_is_not_idle),
	};

	return cmocka_run_group_tests_name("retention", tests, NULL, NULL);
}
