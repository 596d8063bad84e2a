/* What a message is made of: read back the same, and never more headers than were meant. */
#include "fixture.h"

#include <string.h>

#include "base/out.h"
#include "mail/message.h"
#include "message_check.h"

#define X40  "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
#define X200 X40 X40 X40 X40 X40

static struct message plain(void)
{
	return (struct message){
		.from_address = "halle@exemple.fr",
		.from_name = "Halle",
		.to_address = "anne@exemple.fr",
		.to_name = "Anne Martin",
		.subject = "Bonjour",
		.message_id = "<abc@exemple.fr>",
		.date = 1700000000,
		.text = "Un texte.\n",
		.html = "<p>Un texte.</p>",
	};
}

static const char *written(struct fixture *fix, const struct message *m)
{
	struct out o;
	const char *text;

	out_init(&o);
	assert_int_equal(message_write(&o, m), OK);
	text = arena_strdup(fix->a, out_string(&o));
	out_release(&o);
	message_check(m);
	return text;
}

static void assert_has(const char *text, const char *part)
{
	if (!strstr(text, part))
		fail_msg("no '%s' in:\n%s", part, text);
}

static void test_a_plain_message_to_the_byte(void **state)
{
	struct message m = plain();

	assert_string_equal(written(*state, &m), "Date: Tue, 14 Nov 2023 23:13:20 +0100\r\n"
						 "From: Halle <halle@exemple.fr>\r\n"
						 "To: Anne Martin <anne@exemple.fr>\r\n"
						 "Subject: Bonjour\r\n"
						 "Message-ID: <abc@exemple.fr>\r\n"
						 "Auto-Submitted: auto-generated\r\n"
						 "Content-Language: fr\r\n"
						 "MIME-Version: 1.0\r\n"
						 "Content-Type: multipart/alternative;\r\n"
						 " boundary=\"=_abc\"\r\n"
						 "\r\n"
						 "--=_abc\r\n"
						 "Content-Type: text/plain; charset=utf-8\r\n"
						 "Content-Transfer-Encoding: quoted-printable\r\n"
						 "\r\n"
						 "Un texte.\r\n"
						 "\r\n"
						 "--=_abc\r\n"
						 "Content-Type: text/html; charset=utf-8\r\n"
						 "Content-Transfer-Encoding: quoted-printable\r\n"
						 "\r\n"
						 "<p>Un texte.</p>\r\n"
						 "--=_abc--\r\n");
}

static void test_summer_has_its_hour(void **state)
{
	struct message m = plain();

	m.date = 1720000000;
	assert_has(written(*state, &m), "Date: Wed, 3 Jul 2024 11:46:40 +0200\r\n");
}

static void test_words_are_encoded_when_they_must(void **state)
{
	static const struct {
		const char *subject, *header;
	} cases[] = {
		{ "a (b) \"c\" <d>: e = f?", "Subject: a (b) \"c\" <d>: e = f?\r\n" },
		{ "Réunion du 3", "Subject: =?UTF-8?Q?R=C3=A9union_du_3?=\r\n" },
		{ "a =?UTF-8?Q?b?=", "Subject: =?UTF-8?Q?a_=3D=3FUTF-8=3FQ=3Fb=3F=3D?=\r\n" },
		{ " a", "Subject: =?UTF-8?Q?_a?=\r\n" },
		{ "a  b", "Subject: =?UTF-8?Q?a__b?=\r\n" },
		{ "a_b é", "Subject: =?UTF-8?Q?a=5Fb_=C3=A9?=\r\n" },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct message m = plain();

		m.subject = cases[i].subject;
		assert_has(written(*state, &m), cases[i].header);
	}
}

static void test_long_words_are_folded_between_characters(void **state)
{
	static const char *const subjects[] = {
		X200 X200 X200 X200 X200 X200,
		"éééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééé",
		"🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉",
		"un sujet d’une bonne longueur, qui dit en entier ce dont il est question",
		"x€ " X40 "€ " X40 "€ " X40 " ",
	};

	for (size_t i = 0; i < sizeof(subjects) / sizeof(*subjects); i++) {
		struct message m = plain();

		m.subject = m.to_name = m.from_name = subjects[i];
		written(*state, &m);
	}
}

static void test_a_name_is_never_read_as_an_address(void **state)
{
	static const struct {
		const char *name, *header;
	} cases[] = {
		{ "Martin, Anne", "To: =?UTF-8?Q?Martin=2C_Anne?= <anne@exemple.fr>\r\n" },
		{ "x@y.fr", "To: =?UTF-8?Q?x=40y=2Efr?= <anne@exemple.fr>\r\n" },
		{ "a\" <x@y.fr>", "To: =?UTF-8?Q?a=22_=3Cx=40y=2Efr=3E?= <anne@exemple.fr>\r\n" },
		{ "Équipe: x;", "To: =?UTF-8?Q?=C3=89quipe=3A_x=3B?= <anne@exemple.fr>\r\n" },
		{ "", "To: <anne@exemple.fr>\r\n" },
		{ NULL, "To: <anne@exemple.fr>\r\n" },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct message m = plain();

		m.to_name = cases[i].name;
		assert_has(written(*state, &m), cases[i].header);
	}
}

static void test_bodies_come_back_the_same(void **state)
{
	static const char *const texts[] = {
		"",
		"\n",
		"\n\n\n",
		"a ",
		"a \nb\t\n \n",
		"=",
		"=41",
		".\n..\n.",
		"--=_abc\n--=_abc--\n",
		"From moi\n",
		"é\u2028\u00a0🎉",
		"\r\x01\x7f",
		X200 X200 X200 X200 X200 X200,
		X40 "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
		X40 "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
		X40 "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxé",
		X40 "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx \n",
	};

	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
		struct message m = plain();

		m.text = m.html = texts[i];
		written(*state, &m);
	}
}

static void test_one_click_is_promised_over_https_alone(void **state)
{
	struct message m = plain();
	const char *text;

	m.list_unsubscribe = "https://exemple.fr/fin/abc";
	text = written(*state, &m);
	assert_has(text, "List-Unsubscribe: <https://exemple.fr/fin/abc>\r\n"
			 "List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n");
	m.list_unsubscribe = "http://localhost/fin/abc";
	text = written(*state, &m);
	assert_has(text, "List-Unsubscribe: <http://localhost/fin/abc>\r\n");
	assert_null(strstr(text, "One-Click"));
	m.list_unsubscribe = "https://exemple.fr/" X200 X200;
	assert_has(written(*state, &m), "List-Unsubscribe:\r\n <https://exemple.fr/xxx");
}

static void assert_refused(const struct message *m, const char *what)
{
	struct out o;

	out_init(&o);
	if (message_write(&o, m) != INVALID || o.length)
		fail_msg("'%s' was written: %s", what, out_string(&o));
	out_release(&o);
}

static void test_a_header_is_refused_rather_than_repaired(void **state)
{
	static const char *const bad[] = {
		"a\r\nBcc: x@y.fr", "a\nb",     "a\rb",     "a\tb",     "a\x7f",
		"a\xc2\x85 b",      "a\u2028b", "a\u2029b", "\xc3\x28", "\x01",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		struct message m = plain();

		m.subject = bad[i];
		assert_refused(&m, bad[i]);
		m = plain();
		m.to_name = bad[i];
		assert_refused(&m, bad[i]);
		m = plain();
		m.from_name = bad[i];
		assert_refused(&m, bad[i]);
		m = plain();
		m.to_address = bad[i];
		assert_refused(&m, bad[i]);
		m = plain();
		m.from_address = bad[i];
		assert_refused(&m, bad[i]);
		m = plain();
		m.message_id = bad[i];
		assert_refused(&m, bad[i]);
		m = plain();
		m.list_unsubscribe = bad[i];
		assert_refused(&m, bad[i]);
	}
}

static void test_what_is_no_identifier_nor_link_is_refused(void **state)
{
	static const char *const ids[] = { "", "a@b", "<a@b", "<a@b>c>", "<a b@c>", "<ab>", "<@>" };
	static const char *const links[] = { "", "ftp://x.fr/", "https://x.fr/>,<x",
					     "https://x.fr/é", "https://x.fr/ a" };
	struct message m = plain();

	(void)state;
	for (size_t i = 0; i < sizeof(ids) / sizeof(*ids); i++) {
		m.message_id = ids[i];
		assert_refused(&m, ids[i]);
	}
	m = plain();
	for (size_t i = 0; i < sizeof(links) / sizeof(*links); i++) {
		m.list_unsubscribe = links[i];
		assert_refused(&m, links[i]);
	}
	m = plain();
	m.subject = "";
	assert_refused(&m, "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_a_plain_message_to_the_byte),
		TEST(test_summer_has_its_hour),
		TEST(test_words_are_encoded_when_they_must),
		TEST(test_long_words_are_folded_between_characters),
		TEST(test_a_name_is_never_read_as_an_address),
		TEST(test_bodies_come_back_the_same),
		TEST(test_one_click_is_promised_over_https_alone),
		cmocka_unit_test(test_a_header_is_refused_rather_than_repaired),
		cmocka_unit_test(test_what_is_no_identifier_nor_link_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
