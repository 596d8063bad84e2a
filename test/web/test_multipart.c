#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/out.h"
#include "web/headers.h"
#include "web/multipart.h"

struct fixture {
	struct arena *arena;
	struct out body;
	char *bytes; /* to the byte, so that reading past the end is caught */
	struct multipart read;
};

static int set_up(void **state)
{
	struct fixture *fix = test_calloc(1, sizeof(*fix));

	fix->arena = arena_new();
	out_init(&fix->body);
	*state = fix;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *fix = *state;

	free(fix->bytes);
	out_release(&fix->body);
	arena_free(fix->arena);
	test_free(fix);
	return 0;
}

static enum status read_bytes(struct fixture *fix, const char *body, size_t length)
{
	free(fix->bytes);
	fix->bytes = malloc(length ? length : 1);
	assert_non_null(fix->bytes);
	memcpy(fix->bytes, body, length);
	return multipart_read(fix->arena, "XyZ", fix->bytes, length, &fix->read);
}

static enum status read_text(struct fixture *fix, const char *body)
{
	return read_bytes(fix, body, strlen(body));
}

/* One part with these lines in its header. */
static enum status read_header(struct fixture *fix, const char *lines)
{
	return read_text(fix, arena_printf(fix->arena, "--XyZ\r\n%s\r\n\r\nvalue\r\n--XyZ--\r\n",
					   lines));
}

#define DISPOSITION        "Content-Disposition: form-data; name="
#define FIELD(name, value) DISPOSITION "\"" name "\"\r\n\r\n" value "\r\n"

static void test_fields_and_files_are_told_apart(void **state)
{
	struct fixture *fix = *state;
	static const char body[] = "--XyZ\r\n" FIELD(
		"titre",
		"L'été\r\nà Rennes\t!") "--XyZ\r\n" DISPOSITION
					"\"fichier\"; filename=\"compte rendu \xc3\xa9.pdf\"\r\n"
					"Content-Type: "
					"application/pdf\r\n\r\n%PDF\0\r\n--XyY\r\n\xff\r\n"
					"--XyZ\r\n" FIELD("titre", "") "--XyZ--\r\n";

	assert_int_equal(read_bytes(fix, body, sizeof(body) - 1), OK);
	assert_int_equal(fix->read.n_form, 2);
	assert_string_equal(fix->read.form[0].name, "titre");
	assert_string_equal(fix->read.form[0].value, "L'été\nà Rennes\t!");
	assert_string_equal(fix->read.form[1].value, "");
	assert_int_equal(fix->read.n_uploads, 1);
	assert_string_equal(fix->read.upload[0].name, "fichier");
	assert_string_equal(fix->read.upload[0].filename, "compte rendu é.pdf");
	assert_int_equal(fix->read.upload[0].length, 15);
	assert_memory_equal(fix->read.upload[0].bytes, "%PDF\0\r\n--XyY\r\n\xff", 15);
}

static void test_a_form_may_be_empty(void **state)
{
	struct fixture *fix = *state;

	assert_int_equal(read_text(fix, "--XyZ--\r\n"), OK);
	assert_int_equal(read_text(fix, "--XyZ--"), OK);
	assert_int_equal(fix->read.n_form + fix->read.n_uploads, 0);
}

static void test_a_file_that_was_not_chosen_is_none(void **state)
{
	struct fixture *fix = *state;

	assert_int_equal(read_text(fix, "--XyZ\r\n" DISPOSITION "f; filename=\"\"\r\n\r\n"
					"\r\n--XyZ\r\n" DISPOSITION "f; filename=vide\r\n\r\n"
					"\r\n--XyZ\r\n" DISPOSITION "f; filename=\"\"\r\n\r\n"
					"x\r\n--XyZ--"),
			 OK);
	assert_int_equal(fix->read.n_uploads, 2);
	assert_string_equal(fix->read.upload[0].filename, "vide");
	assert_int_equal(fix->read.upload[0].length, 0);
	assert_string_equal(fix->read.upload[1].filename, "");
	assert_int_equal(fix->read.upload[1].length, 1);
}

static void check_filename(struct fixture *fix, const char *written, const char *expected)
{
	assert_int_equal(read_header(fix, arena_printf(fix->arena, DISPOSITION "\"f\"; filename=%s",
						       written)),
			 OK);
	assert_int_equal(fix->read.n_uploads, 1);
	assert_string_equal(fix->read.upload[0].filename, expected);
}

static void test_a_file_has_no_folder(void **state)
{
	check_filename(*state, "\"C:\\Documents\\a.pdf\"", "a.pdf");
	check_filename(*state, "\"../../etc/passwd\"", "passwd");
	check_filename(*state, "\"dossier/\"", "");
	check_filename(*state, "\"a;b=c %22.pdf\"", "a;b=c %22.pdf");
	check_filename(*state, "a.pdf", "a.pdf");
}

static void test_a_header_is_read_as_it_should(void **state)
{
	struct fixture *fix = *state;
	static const char *const good[] = {
		"content-disposition:form-data;name=a",
		"CONTENT-DISPOSITION: \t Form-Data ; \tNAME=\"a\" ",
		"Content-Disposition: form-data; x=y; name=\"a\"; z=\"; name=b\"",
		"Content-Type: text/plain\r\nContent-Disposition: form-data; name=a",
		"Content-Disposition: form-data; name=a\r\nContent-Transfer-Encoding: 8BIT",
		"Content-Disposition: form-data; name=a\r\nX-Other: \x01",
	};
	static const char *const bad[] = {
		"",
		"Content-Type: text/plain",
		"Content-Disposition: form-data",
		"Content-Disposition: form-data;",
		"Content-Disposition: form-data; filename=a",
		"Content-Disposition: attachment; name=a",
		"Content-Disposition: form-data; name",
		"Content-Disposition: form-data; name=",
		"Content-Disposition: form-data; name=\"a",
		"Content-Disposition: form-data; name=\"a\\\"b\"",
		"Content-Disposition: form-data; name=\"a\"b",
		"Content-Disposition: form-data; name=a b",
		"Content-Disposition: form-data; name=a; name=b",
		"Content-Disposition: form-data; name=a; filename=b; filename=c",
		"Content-Disposition: form-data; name=\"a\xff\"",
		"Content-Disposition: form-data; name=\"a\tb\"",
		"Content-Disposition: form-data; name=a; filename=\"a\x1b[2J\"",
		"Content-Disposition: form-data; name=a\r\nContent-Disposition: form-data; name=b",
		"Content-Disposition: form-data; name=a\r\nContent-Disposition: form-data",
		"Content-Disposition: form-data; name=a\r\nno colon",
		"Content-Disposition: form-data; name=a\r\nContent-Transfer-Encoding: base64",
		"Content-Disposition: form-data; name=a\r\nContent-Transfer-Encoding:",
	};

	for (size_t i = 0; i < sizeof(good) / sizeof(*good); i++) {
		if (read_header(fix, good[i]) != OK)
			fail_msg("refused: %s", good[i]);
		assert_int_equal(fix->read.n_form, 1);
		assert_string_equal(fix->read.form[0].name, "a");
		assert_string_equal(fix->read.form[0].value, "value");
	}
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		if (read_header(fix, bad[i]) != INVALID)
			fail_msg("taken: %s", bad[i]);
}

static void test_a_body_is_whole_and_alone(void **state)
{
	struct fixture *fix = *state;
	static const char *const bad[] = {
		"",
		"--",
		"--XyZ",
		"--XyZ\r\n",
		"--XyZ-",
		"--XyZ--\r",
		"--XyZ--\r\n\r\n",
		"--XyZ--x",
		"\r\n--XyZ--",
		"before\r\n--XyZ--",
		"--xyz--",
		"--XyZ\n" FIELD("a", "b") "--XyZ--",
		"--XyZ \r\n" FIELD("a", "b") "--XyZ--",
		"--XyZ\r\n" FIELD("a", "b") "--XyZ",
		"--XyZ\r\n" FIELD("a", "b") "--XyZ--after",
		"--XyZ\r\n" FIELD("a", "b") "--XyZa\r\n--XyZ--",
		"--XyZ\r\n" DISPOSITION "a\r\n\r\nb--XyZ--",
		"--XyZ\r\n" DISPOSITION "a\r\n--XyZ--",
		"--XyZ\r\n" DISPOSITION "a\r\n\r\n--XyZ--",
		"--XyZ\r\n" DISPOSITION "a\n\nb\r\n--XyZ--",
	};

	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		if (read_text(fix, bad[i]) != INVALID)
			fail_msg("taken: %s", bad[i]);
}

static void test_a_text_is_one(void **state)
{
	struct fixture *fix = *state;

	assert_int_equal(read_text(fix, "--XyZ\r\n" FIELD("a", "\xff") "--XyZ--"), INVALID);
	assert_int_equal(read_text(fix, "--XyZ\r\n" FIELD("a", "b\x1b\xc2\x85") "--XyZ--"), OK);
	assert_string_equal(fix->read.form[0].value, "b\n");
	assert_int_equal(read_bytes(fix, "--XyZ\r\n" FIELD("a", "b\0c") "--XyZ--",
				    sizeof("--XyZ\r\n" FIELD("a", "b\0c") "--XyZ--") - 1),
			 INVALID);
}

static enum status read_parts(struct fixture *fix, int n)
{
	fix->body.length = 0;
	for (int i = 0; i < n; i++)
		out_raw(&fix->body, "--XyZ\r\n" FIELD("a", "b"));
	out_raw(&fix->body, "--XyZ--\r\n");
	return read_bytes(fix, fix->body.data, fix->body.length);
}

static void test_parts_are_bounded(void **state)
{
	struct fixture *fix = *state;
	char *padding = arena_alloc(fix->arena, 4100, 1);

	assert_int_equal(read_parts(fix, 1000), OK);
	assert_int_equal(fix->read.n_form, 1000);
	assert_int_equal(read_parts(fix, 1001), INVALID);
	memset(padding, 'x', 4000);
	assert_int_equal(
		read_header(fix, arena_printf(fix->arena, DISPOSITION "a\r\nX: %s", padding)), OK);
	memset(padding, 'x', 4099);
	assert_int_equal(read_header(fix,
				     arena_printf(fix->arena, DISPOSITION "a\r\nX: %s", padding)),
			 INVALID);
}

static const char *boundary_in(struct arena *a, const char *type)
{
	struct headers h = { 0 };

	headers_add(&h, "Content-Type", 12, type, strlen(type));
	return headers_boundary(&h, a);
}

static void test_the_boundary_is_in_the_type(void **state)
{
	struct arena *a = ((struct fixture *)*state)->arena;
	static const char *const bad[] = {
		"multipart/form-data",
		"multipart/form-data; boundary",
		"multipart/form-data; boundary=",
		"multipart/form-data; boundary=\"\"",
		"multipart/form-data; boundary=\"a",
		"multipart/form-data; boundary=\"",
		"multipart/form-data; boundary=a b",
		"multipart/form-data; boundary=a\"b",
		"multipart/form-data; boundary=a; boundary=b",
		"multipart/form-data; boundary=\xc3\xa9",
	};

	assert_string_equal(boundary_in(a, "multipart/form-data; boundary=XyZ"), "XyZ");
	assert_string_equal(boundary_in(a, "multipart/form-data;charset=x;BOUNDARY=\"a:b\""),
			    "a:b");
	assert_string_equal(boundary_in(a, "x; boundary=----WebKitFormBoundary'()+_,-./:=?"),
			    "----WebKitFormBoundary'()+_,-./:=?");
	assert_non_null(boundary_in(a, arena_printf(a, "x; boundary=%070d", 0)));
	assert_null(boundary_in(a, arena_printf(a, "x; boundary=%071d", 0)));
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		if (boundary_in(a, bad[i]))
			fail_msg("taken: %s", bad[i]);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(test_fields_and_files_are_told_apart),
		TEST(test_a_form_may_be_empty),
		TEST(test_a_file_that_was_not_chosen_is_none),
		TEST(test_a_file_has_no_folder),
		TEST(test_a_header_is_read_as_it_should),
		TEST(test_a_body_is_whole_and_alone),
		TEST(test_a_text_is_one),
		TEST(test_parts_are_bounded),
		TEST(test_the_boundary_is_in_the_type),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
