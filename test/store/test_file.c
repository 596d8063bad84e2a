/* Documents: what they are, what they are called, and how long they are kept. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "fixture.h"
#include "store/file.h"
#include "store/file_contents.h"
#include "store/link.h"

static char data[] = "/tmp/halle-files-XXXXXX";

static int make_folder(void **state)
{
	snprintf(data, sizeof(data), "/tmp/halle-files-XXXXXX");
	return mkdtemp(data) ? fixture_setup(state) : -1;
}

static int remove_folder(void **state)
{
	char command[80];

	snprintf(command, sizeof(command), "rm -r '%s'", data);
	return fixture_teardown(state) | system(command);
}

#define FILE_TEST(function) cmocka_unit_test_setup_teardown(function, make_folder, remove_folder)

static struct file add(struct fixture *fix, const char *name, const char *bytes)
{
	struct file made;

	assert_int_equal(file_add(fix->db, fix->a, data, name, bytes, strlen(bytes), 1000, &made),
			 OK);
	assert_true(file_id_is_good(made.id));
	return made;
}

static void lead_to(struct fixture *fix, int64_t resource, const char *file, enum visibility who)
{
	struct link l = { .role = "download", .label = "x", .file = file, .visibility = who };

	assert_int_equal(link_add(fix->db, OF_RESOURCE, resource, &l), OK);
}

static bool is_there(struct fixture *fix, const struct file *f)
{
	return access(file_path(fix->a, data, f), R_OK) == 0;
}

static void test_a_file_is_what_its_first_bytes_say(void **state)
{
	static const char *const cases[][2] = {
		{ "%PDF-1.7", "application/pdf" },
		{ "\x89PNG\r\n\x1a\n", "image/png" },
		{ "GIF89a", "image/gif" },
		{ "<html><script>", "application/octet-stream" },
		{ "<svg xmlns=", "application/octet-stream" },
		{ "%PDF", "application/octet-stream" },
		{ "", "application/octet-stream" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		assert_string_equal(file_media_type(cases[i][0], strlen(cases[i][0])), cases[i][1]);
	assert_false(file_is_shown("application/octet-stream"));
	assert_false(file_is_shown("text/html"));
	assert_true(file_is_shown("application/pdf"));
}

static void test_a_name_leads_nowhere_but_to_its_file(void **state)
{
	static const char *const cases[][2] = {
		{ "Modèle d’acte.pdf", "Modèle d’acte.pdf" },
		{ "../../etc/passwd", "passwd" },
		{ "C:\\temp\\a.pdf", "a.pdf" },
		{ "..", "document" },
		{ ".htaccess", "document" },
		{ "a\r\nSet-Cookie: x", "a Set-Cookie x" },
		{ "\"a\"<b>?.pdf", "ab.pdf" },
		{ "con.txt\u202efdp.exe", "con.txtfdp.exe" },
		{ "\u2066\u200e\u061c", "document" },
		{ "\xff\xfe", "document" },
		{ "", "document" },
	};
	struct fixture *fix = *state;

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		assert_string_equal(file_name_clean(fix->a, cases[i][0]), cases[i][1]);
}

static void close_it(struct resource *r)
{
	r->visibility = MEMBERS;
}

static void draft_it(struct resource *r)
{
	r->status = DRAFT;
}

static void test_a_file_is_for_who_may_have_a_link_to_it(void **state)
{
	struct fixture *fix = *state;
	int64_t closed = add_resource(fix, "reservee", close_it);
	int64_t draft = add_resource(fix, "brouillon", draft_it);
	struct file as_owner = add(fix, "a.pdf", "1"), open = add(fix, "b.pdf", "2");
	struct file of_draft = add(fix, "c.pdf", "3"), alone = add(fix, "d.pdf", "4");
	const struct {
		const struct file *file;
		enum status anyone, member, editor;
		bool is_closed;
	} cases[] = {
		{ &as_owner, NOT_FOUND, OK, OK, true },
		{ &open, OK, OK, OK, false },
		{ &of_draft, NOT_FOUND, NOT_FOUND, OK, true },
		{ &alone, NOT_FOUND, NOT_FOUND, NOT_FOUND, true },
	};

	lead_to(fix, closed, as_owner.id, AS_OWNER);
	lead_to(fix, closed, open.id, PUBLIC);
	lead_to(fix, draft, of_draft.id, PUBLIC);
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		const char *id = cases[i].file->id;
		struct file f;
		bool is_closed;

		assert_int_equal(file_for_reader(fix->db, fix->a, &anonymous, id, &f, &is_closed),
				 cases[i].anyone);
		assert_int_equal(file_for_reader(fix->db, fix->a, &member, id, &f, &is_closed),
				 cases[i].member);
		assert_int_equal(file_for_reader(fix->db, fix->a, &editor, id, &f, &is_closed),
				 cases[i].editor);
		assert_int_equal(is_closed, cases[i].is_closed);
	}
}

/* The same contents are there once, as long as anything has them. */
static void test_contents_go_with_the_last_that_has_them(void **state)
{
	struct fixture *fix = *state;
	struct file first = add(fix, "a.pdf", "same"), second = add(fix, "b.pdf", "same");

	assert_string_equal(first.sha256, second.sha256);
	assert_string_not_equal(first.id, second.id);
	assert_int_equal(file_remove(fix->db, fix->a, data, first.id), OK);
	assert_true(is_there(fix, &second));
	assert_int_equal(file_remove(fix->db, fix->a, data, second.id), OK);
	assert_false(is_there(fix, &second));
	assert_int_equal(file_remove(fix->db, fix->a, data, second.id), NOT_FOUND);
}

static void test_what_nothing_leads_to_is_forgotten(void **state)
{
	struct fixture *fix = *state;
	int64_t resource = add_resource(fix, "guide", NULL), n;
	struct file linked = add(fix, "a.pdf", "1"), earlier = add(fix, "b.pdf", "2");
	struct file alone = add(fix, "c.pdf", "3");

	lead_to(fix, resource, linked.id, AS_OWNER);
	assert_int_equal(resource_keep_version(fix->db, resource,
					       arena_printf(fix->a,
							    "{\"links\":[{\"file\":\"%s\"}]}",
							    earlier.id)),
			 OK);
	assert_int_equal(file_prune(fix->db, fix->a, data, 1000, &n), OK);
	assert_int_equal(n, 0);
	assert_int_equal(file_prune(fix->db, fix->a, data, 1001, &n), OK);
	assert_int_equal(n, 1);
	assert_true(is_there(fix, &linked) && is_there(fix, &earlier));
	assert_false(is_there(fix, &alone));
}

static void test_damage_is_seen(void **state)
{
	struct fixture *fix = *state;
	struct file f = add(fix, "a.pdf", "whole");
	FILE *contents;
	size_t n_bad;

	assert_int_equal(file_contents_check(fix->db, fix->a, data, &n_bad), OK);
	assert_int_equal(n_bad, 0);
	contents = fopen(file_path(fix->a, data, &f), "w");
	assert_non_null(contents);
	fputs("WHOLE", contents);
	fclose(contents);
	assert_int_equal(file_contents_check(fix->db, fix->a, data, &n_bad), OK);
	assert_int_equal(n_bad, 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		FILE_TEST(test_a_file_is_what_its_first_bytes_say),
		FILE_TEST(test_a_name_leads_nowhere_but_to_its_file),
		FILE_TEST(test_a_file_is_for_who_may_have_a_link_to_it),
		FILE_TEST(test_contents_go_with_the_last_that_has_them),
		FILE_TEST(test_what_nothing_leads_to_is_forgotten),
		FILE_TEST(test_damage_is_seen),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
