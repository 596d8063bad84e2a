/* Which addresses of e-mail are taken, and when two are the same. */
#include "fixture.h"

#include <string.h>

#include "base/mail_address.h"

#define X16 "xxxxxxxxxxxxxxxx"
#define X64 X16 X16 X16 X16
#define X63 X16 X16 X16 "xxxxxxxxxxxxxxx"

static void test_addresses_that_people_have_are_good(void **state)
{
	static const char *const good[] = {
		"anne@exemple.fr",   "Anne.Martin+halle@mairie-de-saint-ouen.fr",
		"o'neil@exemple.fr", "a@b.co",
		"1@3com.fr",         "x_y-z@sous.domaine.exemple.fr",
		"halle@localhost",   "contact@xn--fort-hpa.fr",
		X64 "@exemple.fr",   "a@" X63 ".fr",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(good) / sizeof(*good); i++)
		if (!mail_address_is_good(good[i]))
			fail_msg("%s", good[i]);
}

static void test_what_is_no_address_is_refused(void **state)
{
	static const char *const bad[] = {
		"",
		"anne",
		"@",
		"@exemple.fr",
		"anne@",
		"anne@exemple",
		"anne@@exemple.fr",
		"anne@exemple@autre.fr",
		"anne martin@exemple.fr",
		"anne@exemple.fr ",
		" anne@exemple.fr",
		"anne@exemple.fr\n",
		"anne@exemple.fr\r\nRCPT TO:<x@y.fr>",
		"anne\t@exemple.fr",
		"\"anne martin\"@exemple.fr",
		"anne(x)@exemple.fr",
		"<anne@exemple.fr>",
		"anne@exemple.fr>",
		"anne,marc@exemple.fr",
		"anne;@exemple.fr",
		"anne:x@exemple.fr",
		"anne\\@exemple.fr",
		".anne@exemple.fr",
		"anne.@exemple.fr",
		"an..ne@exemple.fr",
		"anne@.fr",
		"anne@exemple.",
		"anne@exemple..fr",
		"anne@-exemple.fr",
		"anne@exemple-.fr",
		"anne@exem_ple.fr",
		"anne@10.0.0.1",
		"anne@[10.0.0.1]",
		"ann\u00e9@exemple.fr",
		"anne@for\u00eat.fr",
		"anne\u200b@exemple.fr",
		"anne\x7f@exemple.fr",
		X64 "x@exemple.fr",
		"a@" X64 ".fr",
		"a@" X63 "." X63 "." X63 "." X63 ".fr",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		if (mail_address_is_good(bad[i]))
			fail_msg("%s", bad[i]);
}

static void test_a_key_is_the_same_however_it_is_typed(void **state)
{
	struct fixture *fix = *state;

	assert_string_equal(mail_address_key(fix->a, "Anne@Exemple.FR"), "anne@exemple.fr");
	assert_string_equal(mail_address_key(fix->a, " \u00a0anne@exemple.fr\n"),
			    "anne@exemple.fr");
	assert_string_equal(mail_address_key(fix->a, ""), "");
}

static void test_mail_comes_from_the_host_of_the_site(void **state)
{
	struct fixture *fix = *state;

	assert_string_equal(mail_domain_of(fix->a, "https://Halle.exemple.fr"), "halle.exemple.fr");
	assert_string_equal(mail_domain_of(fix->a, "http://exemple.fr:8080/x"), "exemple.fr");
	assert_string_equal(mail_domain_of(fix->a, "http://localhost:8080"), "localhost");
	assert_null(mail_domain_of(fix->a, "http://127.0.0.1:8080"));
	assert_null(mail_domain_of(fix->a, "http://[::1]:8080"));
	assert_null(mail_domain_of(fix->a, "exemple.fr"));
	assert_null(mail_domain_of(fix->a, NULL));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_addresses_that_people_have_are_good),
		cmocka_unit_test(test_what_is_no_address_is_refused),
		TEST(test_a_key_is_the_same_however_it_is_typed),
		TEST(test_mail_comes_from_the_host_of_the_site),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
