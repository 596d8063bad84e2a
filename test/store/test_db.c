/* What every database driver promises. */
#include <stdlib.h>
#include <unistd.h>

#include "fixture.h"

#include "base/text.h"

static void run(struct db *db, const char *sql)
{
	assert_int_equal(db_run(db, sql), OK);
}

static int64_t count(struct db *db)
{
	int64_t n = -1;

	assert_int_equal(query_one_int(db_query(db, "SELECT count(*) FROM setting"), &n), OK);
	return n;
}

static enum status put(struct db *db, const char *name, const char *value)
{
	struct query *q = db_query(db, "INSERT INTO setting (name, value) VALUES ($1, $2)");

	query_text(q, 1, name);
	query_text(q, 2, value);
	return query_run(q);
}

static void test_parameters_are_found_by_their_number(void **state)
{
	struct fixture *fix = *state;
	struct query *q = db_query(fix->db, "SELECT $2, $1, $2, $3");

	query_int(q, 1, 7);
	query_text(q, 2, "deux");
	query_null(q, 3);
	assert_true(query_row(q));
	assert_string_equal(row_text(q, 0, fix->a), "deux");
	assert_int_equal(row_int(q, 1), 7);
	assert_string_equal(row_text(q, 2, fix->a), "deux");
	assert_true(row_is_null(q, 3));
	assert_null(row_text(q, 3, fix->a));
	assert_false(row_text_is(q, 3, ""));
	assert_int_equal(query_end(q), OK);
}

static void test_a_statement_kept_prepared_forgets_its_parameters(void **state)
{
	struct fixture *fix = *state;
	static const char sql[] = "SELECT $1";

	for (int i = 0; i < 2; i++) {
		struct query *q = db_query(fix->db, sql);

		if (i == 0)
			query_int(q, 1, 5);
		assert_true(query_row(q));
		assert_int_equal(row_is_null(q, 0), i);
		assert_int_equal(query_end(q), OK);
	}
}

static void test_the_same_statement_may_run_inside_itself(void **state)
{
	struct fixture *fix = *state;
	static const char sql[] = "SELECT name FROM setting ORDER BY name";
	int rows = 0;
	struct query *outer, *inner;

	assert_int_equal(put(fix->db, "a", "1"), OK);
	assert_int_equal(put(fix->db, "b", "2"), OK);
	outer = db_query(fix->db, sql);
	while (query_row(outer)) {
		inner = db_query(fix->db, sql);
		while (query_row(inner))
			rows++;
		assert_int_equal(query_end(inner), OK);
	}
	assert_int_equal(query_end(outer), OK);
	assert_int_equal(rows, 4);
}

static void test_a_key_that_is_taken_is_a_conflict(void **state)
{
	struct fixture *fix = *state;

	assert_int_equal(put(fix->db, "a", "1"), OK);
	assert_int_equal(put(fix->db, "a", "2"), CONFLICT);
}

static void test_a_broken_rule_is_a_failure_and_sticks(void **state)
{
	struct fixture *fix = *state;
	struct query *q = db_query(fix->db, "INSERT INTO setting (name, value) VALUES ($1, NULL)");

	query_text(q, 1, "a");
	assert_false(query_row(q));
	assert_false(query_row(q));
	assert_int_equal(query_end(q), FAILED);
}

static void test_a_statement_that_cannot_be_read_is_a_failure(void **state)
{
	struct fixture *fix = *state;
	struct query *q = db_query(fix->db, "SELEKT 1");

	query_int(q, 1, 1);
	assert_false(query_row(q));
	assert_int_equal(query_end(q), FAILED);
}

static void test_a_transaction_keeps_all_or_nothing(void **state)
{
	struct fixture *fix = *state;

	assert_int_equal(db_begin(fix->db), OK);
	assert_int_equal(put(fix->db, "a", "1"), OK);
	assert_int_equal(db_end(fix->db, INVALID), INVALID);
	assert_int_equal(count(fix->db), 0);

	assert_int_equal(db_begin(fix->db), OK);
	assert_int_equal(put(fix->db, "a", "1"), OK);
	assert_int_equal(db_end(fix->db, OK), OK);
	assert_int_equal(count(fix->db), 1);
}

static void test_an_inner_transaction_that_fails_spoils_the_outer(void **state)
{
	struct fixture *fix = *state;

	assert_int_equal(db_begin(fix->db), OK);
	assert_int_equal(put(fix->db, "a", "1"), OK);
	assert_int_equal(db_begin(fix->db), OK);
	assert_int_equal(db_end(fix->db, INVALID), INVALID);
	assert_int_equal(db_end(fix->db, OK), INVALID);
	assert_int_equal(count(fix->db), 0);
}

static void test_a_failure_inside_is_not_committed_by_mistake(void **state)
{
	struct fixture *fix = *state;

	assert_int_equal(db_begin(fix->db), OK);
	assert_int_equal(put(fix->db, "a", "1"), OK);
	assert_int_equal(put(fix->db, "b", NULL), FAILED);
	assert_int_equal(db_end(fix->db, OK), FAILED);
	assert_int_equal(count(fix->db), 0);
}

static void test_read_only_refuses_writes_until_lifted(void **state)
{
	struct fixture *fix = *state;

	db_read_only(fix->db, true);
	assert_int_equal(put(fix->db, "a", "1"), FAILED);
	db_read_only(fix->db, false);
	assert_int_equal(put(fix->db, "a", "1"), OK);
}

static void test_texts_come_back_as_they_went_in(void **state)
{
	struct fixture *fix = *state;
	static const char text[] = "l’économie « sociale », 😀, ', \", \\, %, $1";
	struct query *q;

	assert_int_equal(put(fix->db, "a", text), OK);
	q = db_query(fix->db, "SELECT value FROM setting");
	assert_true(query_row(q));
	assert_string_equal(row_text(q, 0, fix->a), text);
	assert_int_equal(query_end(q), OK);
}

static void test_a_newer_database_is_refused_and_left_alone(void **state)
{
	struct fixture *fix = *state;
	int version;

	run(fix->db, "INSERT INTO schema_version (number, name, applied_at)"
		     " VALUES (9999, 'from-tomorrow', 0)");
	assert_int_equal(db_migrate(fix->db), INVALID);
	assert_int_equal(db_version(fix->db, &version), OK);
	assert_int_equal(version, 9999);
}

static void test_migrating_twice_changes_nothing(void **state)
{
	struct fixture *fix = *state;
	int before, after;

	assert_int_equal(db_version(fix->db, &before), OK);
	assert_true(before > 0);
	assert_int_equal(db_migrate(fix->db), OK);
	assert_int_equal(db_version(fix->db, &after), OK);
	assert_int_equal(before, after);
}

/* Two connections need a file. */
static void test_a_commit_elsewhere_is_noticed_once(void **state)
{
	char path[] = "/tmp/halle-test-XXXXXX";
	int fd = mkstemp(path);
	struct db *one, *two;

	(void)state;
	close(fd);
	assert_int_equal(db_open(path, &one), OK);
	assert_int_equal(db_migrate(one), OK);
	assert_int_equal(db_open(path, &two), OK);
	assert_false(db_changed_elsewhere(two));
	assert_int_equal(put(one, "a", "1"), OK);
	assert_true(db_changed_elsewhere(two));
	assert_false(db_changed_elsewhere(two));
	db_close(one);
	db_close(two);
	unlink(path);
}

static void test_a_backup_is_a_whole_database_and_never_overwrites(void **state)
{
	struct fixture *fix = *state;
	char path[] = "/tmp/halle-test-XXXXXX";
	struct db *copy;

	close(mkstemp(path));
	assert_int_equal(db_backup(fix->db, path), CONFLICT);
	unlink(path);
	assert_int_equal(put(fix->db, "a", "1"), OK);
	assert_int_equal(db_backup(fix->db, path), OK);
	assert_int_equal(db_open(path, &copy), OK);
	assert_int_equal(count(copy), 1);
	assert_int_equal(db_check(copy), OK);
	db_close(copy);
	unlink(path);
}

static void test_what_is_no_database_is_refused(void **state)
{
	char path[] = "/tmp/halle-test-XXXXXX";
	int fd = mkstemp(path);
	struct db *db;

	(void)state;
	for (int i = 0; i < 200; i++)
		assert_int_equal(write(fd, "This is no database. ", 21), 21);
	close(fd);
	assert_int_equal(db_open(path, &db), FAILED);
	assert_int_equal(db_open("/nowhere/at/all.db", &db), FAILED);
	unlink(path);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_parameters_are_found_by_their_number),
		TEST(test_a_statement_kept_prepared_forgets_its_parameters),
		TEST(test_the_same_statement_may_run_inside_itself),
		TEST(test_a_key_that_is_taken_is_a_conflict),
		TEST(test_a_broken_rule_is_a_failure_and_sticks),
		TEST(test_a_statement_that_cannot_be_read_is_a_failure),
		TEST(test_a_transaction_keeps_all_or_nothing),
		TEST(test_an_inner_transaction_that_fails_spoils_the_outer),
		TEST(test_a_failure_inside_is_not_committed_by_mistake),
		TEST(test_read_only_refuses_writes_until_lifted),
		TEST(test_texts_come_back_as_they_went_in),
		TEST(test_a_newer_database_is_refused_and_left_alone),
		TEST(test_migrating_twice_changes_nothing),
		TEST(test_a_commit_elsewhere_is_noticed_once),
		TEST(test_a_backup_is_a_whole_database_and_never_overwrites),
		TEST(test_what_is_no_database_is_refused),
	};

	return cmocka_run_group_tests_name("db", tests, NULL, NULL);
}
