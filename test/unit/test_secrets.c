/* Codes of a telephone, which passwords are taken, and what browsers are called. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/password_rule.h"
#include "base/secret.h"
#include "base/totp.h"
#include "web/agent.h"
#include "web/qr.h"

/* "12345678901234567890" in base 32, the key of RFC 6238, appendix B. */
static const char rfc_key[] = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

/* The last six figures of the eight it gives. */
static const struct {
	int64_t at;
	const char *code;
} rfc[] = {
	{ 59, "287082" },         { 1111111109, "081804" }, { 1111111111, "050471" },
	{ 1234567890, "005924" }, { 2000000000, "279037" }, { 20000000000, "353130" },
};

enum { N_RFC = sizeof(rfc) / sizeof(*rfc) };

static void test_codes_are_those_of_rfc_6238(void **state)
{
	char code[TOTP_FIGURES + 1];
	int64_t step;

	(void)state;
	for (size_t i = 0; i < N_RFC; i++) {
		assert_true(totp_code(rfc_key, rfc[i].at, code));
		assert_string_equal(code, rfc[i].code);
		assert_true(totp_check(rfc_key, rfc[i].code, rfc[i].at, &step));
		assert_int_equal(step, rfc[i].at / TOTP_SECONDS);
	}
}

static void test_a_clock_may_be_a_step_off(void **state)
{
	int64_t step;

	(void)state;
	for (int off = -60; off <= 60; off += 30)
		if (totp_check(rfc_key, "005924", 1234567890 + off, &step)) {
			assert_in_range(off + 30, 0, 60);
			assert_int_equal(step, 1234567890 / 30);
		} else {
			assert_true(off < -30 || off > 30);
		}
}

static void test_what_is_no_code_is_refused(void **state)
{
	static const char *const typed[] = { "",       "00592",  "0059244", "00592a",
					     "-05924", "+05924", "00592４", "005 92",
					     "000000", "5924",   " ",       "005924;" };
	int64_t step;

	(void)state;
	for (size_t i = 0; i < sizeof(typed) / sizeof(*typed); i++)
		assert_false(totp_check(rfc_key, typed[i], 1234567890, &step));
	assert_true(totp_check(rfc_key, "005 924", 1234567890, &step));
	assert_false(totp_check("not base 32!", "005924", 1234567890, &step));
}

static void test_a_key_is_drawn_anew(void **state)
{
	struct arena *a = arena_new();
	const char *one = totp_draw(a), *other = totp_draw(a);
	char code[TOTP_FIGURES + 1];

	(void)state;
	assert_int_equal(strlen(one), 32);
	assert_string_not_equal(one, other);
	assert_true(totp_code(one, 59, code));
	assert_string_equal(totp_address(a, "Réseau & co", "a@b.fr", "ABC"),
			    "otpauth://totp/R%C3%A9seau%20%26%20co:a%40b.fr?secret=ABC"
			    "&issuer=R%C3%A9seau%20%26%20co");
	arena_free(a);
}

static void test_passwords_are_long_and_not_the_first_to_be_tried(void **state)
{
	struct arena *a = arena_new();
	static const struct {
		const char *password;
		enum password_fault fault;
	} cases[] = {
		{ "une phrase que je retiens", PASSWORD_GOOD },
		{ "tournesols jaunes", PASSWORD_GOOD },
		{ "xk2!pq9ZvL0m", PASSWORD_GOOD },
		{ "", PASSWORD_TOO_SHORT },
		{ "onze lettre", PASSWORD_TOO_SHORT },
		{ "ééééééé", PASSWORD_TOO_SHORT },
		{ "motdepasse123", PASSWORD_COMMON },
		{ "MotDePasse2026!", PASSWORD_COMMON },
		{ "mot de passe 1", PASSWORD_COMMON },
		{ "motdepassemotdepasse", PASSWORD_COMMON },
		{ "123456789012", PASSWORD_COMMON },
		{ "aaaaaaaaaaaaaa", PASSWORD_COMMON },
		{ "101010101010", PASSWORD_COMMON },
		{ "azertyuiop12", PASSWORD_COMMON },
		{ "password1234", PASSWORD_COMMON },
		{ "camille.aubry@ville.fr", PASSWORD_OF_HERE },
		{ "Camille.Aubry2026", PASSWORD_OF_HERE },
		{ "reseau des halles", PASSWORD_OF_HERE },
		{ "camille.aubry camille.aubry", PASSWORD_OF_HERE },
		{ "Réseau des Halles 2026", PASSWORD_OF_HERE },
		{ "camille aime les tournesols", PASSWORD_GOOD },
	};
	char *long_one = arena_make(a, char, PASSWORD_MAX + 2);

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		assert_int_equal(password_fault(a, cases[i].password, "camille.aubry@ville.fr",
						"Réseau des halles"),
				 cases[i].fault);
	memset(long_one, 'x', PASSWORD_MAX + 1);
	assert_int_equal(password_fault(a, long_one, NULL, NULL), PASSWORD_TOO_LONG);
	arena_free(a);
}

static void test_accents_typed_in_two_ways_are_one_password(void **state)
{
	struct arena *a = arena_new();

	(void)state;
	assert_string_equal(password_clean(a, "e\xcc\x81t\xc3\xa9"), "\xc3\xa9t\xc3\xa9");
	arena_free(a);
}

static void test_browsers_are_told_apart(void **state)
{
	struct arena *a = arena_new();
	static const struct {
		const char *agent, *words;
	} cases[] = {
		{ "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 "
		  "Firefox/140.0",
		  "Firefox sur Windows" },
		{ "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like "
		  "Gecko) "
		  "Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0",
		  "Edge sur Windows" },
		{ "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) "
		  "Chrome/140.0.0.0 Mobile Safari/537.36",
		  "Chrome sur Android" },
		{ "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 "
		  "(KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1",
		  "Safari sur iPhone" },
		{ "Mozilla/5.0 (Macintosh; Intel Mac OS X 14_0) AppleWebKit/605.1.15 (KHTML, like "
		  "Gecko) Version/18.0 Safari/605.1.15",
		  "Safari sur Mac" },
		{ "curl/8.5.0", "Navigateur inconnu" },
		{ "<script>alert(1)</script>", "Navigateur inconnu" },
		{ "", "Navigateur inconnu" },
		{ NULL, "Navigateur inconnu" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		assert_string_equal(agent_in_words(a, cases[i].agent), cases[i].words);
	arena_free(a);
}

static void test_a_picture_has_its_three_corners(void **state)
{
	struct arena *a = arena_new();
	struct qr qr = qr_draw(a, "bonjour");
	char *long_text = arena_make(a, char, 5001);

	(void)state;
	assert_int_equal(qr.size, 21 + 8);
	assert_string_equal(qr.box, "0 0 29 29");
	assert_int_equal(strncmp(qr.path, "M4 4h7v1h-7z", 12), 0);
	assert_non_null(strstr(qr.path, "M18 4h7v1h-7z"));
	memset(long_text, 'x', 5000);
	assert_null(qr_draw(a, long_text).path);
	arena_free(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_codes_are_those_of_rfc_6238),
		cmocka_unit_test(test_a_clock_may_be_a_step_off),
		cmocka_unit_test(test_what_is_no_code_is_refused),
		cmocka_unit_test(test_a_key_is_drawn_anew),
		cmocka_unit_test(test_passwords_are_long_and_not_the_first_to_be_tried),
		cmocka_unit_test(test_accents_typed_in_two_ways_are_one_password),
		cmocka_unit_test(test_browsers_are_told_apart),
		cmocka_unit_test(test_a_picture_has_its_three_corners),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
