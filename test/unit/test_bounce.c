/* Reports of what did not arrive, in the forms that servers give them. */
#include "fixture.h"

#include <string.h>

#include "base/out.h"
#include "mail/bounce.h"

static struct bounce read_report(struct fixture *fix, const char *report)
{
	struct bounce b;

	assert_int_equal(bounce_read(fix->a, report, strlen(report), &b), OK);
	return b;
}

static void assert_no_report(struct fixture *fix, const char *text)
{
	struct bounce b;

	assert_int_equal(bounce_read(fix->a, text, strlen(text), &b), INVALID);
}

/* ---- as servers write them ------------------------------------------------------ */

#define POSTFIX_HEADER                                                                             \
	"Return-Path: <>\n"                                                                        \
	"From: MAILER-DAEMON@relais.exemple.fr (Mail Delivery System)\n"                           \
	"To: retours@halle.exemple.fr\n"                                                           \
	"MIME-Version: 1.0\n"                                                                      \
	"Content-Type: multipart/report; report-type=delivery-status;\n"                           \
	"\tboundary=\"4Tb.17/relais.exemple.fr\"\n"                                                \
	"\n"                                                                                       \
	"This is a MIME-encapsulated message.\n"                                                   \
	"\n"                                                                                       \
	"--4Tb.17/relais.exemple.fr\n"                                                             \
	"Content-Type: text/plain; charset=us-ascii\n"                                             \
	"\n"                                                                                       \
	"Action: failed, in words for people.\n"                                                   \
	"\n"

#define POSTFIX_STATUS                                                                             \
	"--4Tb.17/relais.exemple.fr\n"                                                             \
	"Content-Description: Delivery report\n"                                                   \
	"Content-Type: message/delivery-status\n"                                                  \
	"\n"                                                                                       \
	"Reporting-MTA: dns; relais.exemple.fr\n"                                                  \
	"Arrival-Date: Fri, 27 Nov 2026 04:00:00 +0100\n"                                          \
	"\n"                                                                                       \
	"Final-Recipient: rfc822; anne@mairie.exemple.fr\n"                                        \
	"Action: failed\n"                                                                         \
	"Status: 5.1.1\n"                                                                          \
	"Diagnostic-Code: smtp; 550 5.1.1 <anne@mairie.exemple.fr>:\n"                             \
	"    Recipient address rejected\n"                                                         \
	"\n"

#define POSTFIX_END                                                                                \
	"--4Tb.17/relais.exemple.fr\n"                                                             \
	"Content-Type: message/rfc822\n"                                                           \
	"\n"                                                                                       \
	"From: Halle <ne-pas-repondre@halle.exemple.fr>\n"                                         \
	"Subject: Message-ID: <faux@exemple.fr>\n"                                                 \
	"Message-ID:\n"                                                                            \
	" <0123456789abcdef@halle.exemple.fr>\n"                                                   \
	"\n"                                                                                       \
	"Message-ID: <in-the-text@exemple.fr>\n"                                                   \
	"--4Tb.17/relais.exemple.fr--\n"

static void test_a_report_with_the_message_it_is_about(void **state)
{
	struct bounce b = read_report(*state, POSTFIX_HEADER POSTFIX_STATUS POSTFIX_END);

	assert_int_equal(b.action, BOUNCE_FAILED);
	assert_string_equal(b.message_id, "<0123456789abcdef@halle.exemple.fr>");
	assert_string_equal(b.words,
			    "550 5.1.1 <anne@mairie.exemple.fr>: Recipient address rejected");
}

/* As a mail server of a company does: CR LF, headers alone, everything in other cases. */
static void test_a_report_with_the_headers_alone(void **state)
{
	struct bounce b =
		read_report(*state, "CONTENT-TYPE: Multipart/Report ; Report-Type = x;\r\n"
				    " BOUNDARY=_000_abc; charset=utf-8\r\n\r\n"
				    "--_000_abc\r\n\r\nVotre message...\r\n"
				    "--_000_abc\r\ncontent-type: Message/Delivery-Status\r\n\r\n"
				    "Reporting-MTA: dns;EXCH01\r\n\r\n"
				    "Final-recipient: RFC822;anne@exemple.fr\r\n"
				    "ACTION: Failed\r\nStatus: 5.7.1\r\n\r\n"
				    "--_000_abc\r\nContent-Type: text/rfc822-headers\r\n\r\n"
				    "message-id: <abc@halle.exemple.fr> (ours)\r\n"
				    "--_000_abc--\r\n");

	assert_int_equal(b.action, BOUNCE_FAILED);
	assert_string_equal(b.message_id, "<abc@halle.exemple.fr>");
	assert_string_equal(b.words, "5.7.1");
}

static void test_a_report_without_the_message_names_it_itself(void **state)
{
	struct bounce b = read_report(*state, "In-Reply-To: <abc@halle.exemple.fr>\n"
					      "Content-Type: multipart/report; boundary=b\n\n"
					      "--b\nContent-Type: message/delivery-status\n\n"
					      "Reporting-MTA: dns; x\n\nAction: failed\n"
					      "Status: 5.0.0\n--b--\n");

	assert_string_equal(b.message_id, "<abc@halle.exemple.fr>");
	assert_string_equal(b.words, "5.0.0");
}

static void test_the_worst_of_several_is_told(void **state)
{
	struct bounce b = read_report(*state, "Content-Type: multipart/report; boundary=b\n\n"
					      "--b\nContent-Type: message/delivery-status\n\n"
					      "Reporting-MTA: dns; x\n\n"
					      "Action: delivered\nStatus: 2.0.0\n\n"
					      "Action: failed\nStatus: 5.2.2\n\n"
					      "Action: delayed\nStatus: 4.2.2\n\n--b--\n");

	assert_int_equal(b.action, BOUNCE_FAILED);
	assert_string_equal(b.words, "5.2.2");
	assert_string_equal(b.message_id, "");
}

static void test_a_delay_and_an_arrival_are_no_failure(void **state)
{
	static const struct {
		const char *name;
		enum bounce_action action;
	} cases[] = {
		{ "delayed", BOUNCE_DELAYED },
		{ "delivered", BOUNCE_ARRIVED },
		{ "relayed", BOUNCE_ARRIVED },
		{ "expanded", BOUNCE_ARRIVED },
	};
	struct fixture *fix = *state;

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		assert_int_equal(
			read_report(fix,
				    arena_printf(fix->a,
						 "Content-Type: multipart/report; boundary=b\n\n"
						 "--b\nContent-Type: message/delivery-status\n\n"
						 "X: y\n\nAction: %s\n--b--\n",
						 cases[i].name))
				.action,
			cases[i].action);
}

/* Real ones, each with one of the liberties that servers take. */
static void test_liberties_are_understood(void **state)
{
	static const char *const reports[] = {
		/* A blank line before what is returned, CR CR LF, a comment after the action. */
		"Content-Type: multipart/report; boundary=b\r\r\n\r\r\n--b\r\r\n"
		"Content-Type: message/delivery-status\r\r\n\r\r\nX: y\r\r\n\r\r\n"
		"Action: failed (bad destination)\r\r\nStatus: 5.1.1\r\r\n--b\r\r\n"
		"Content-Type: message/rfc822-headers\r\r\n\r\r\n\r\r\n"
		"Message-ID: <abc@halle.exemple.fr>\r\r\n--b--\r\r\n",
		/* No action, no brackets, a thread as well. */
		"References: <x@y> <z@y>\nContent-Type: multipart/report; boundary=b\n\n--b\n"
		"Content-Type: message/delivery-status\n\nX: y\n\nStatus: 5.1.1\n--b\n"
		"Content-Type: text/rfc822-headers\n\nMessage-ID: abc@halle.exemple.fr\n--b--\n",
		/* The thread alone. */
		"References: <x@y>\n <abc@halle.exemple.fr>\n"
		"Content-Type: multipart/report; boundary=b\n\n--b\n"
		"Content-Type: message/delivery-status\n\nX: y\n\nStatus: 5.1.1\n--b--\n",
		/* Signed, so a level deeper; the status in base64. */
		"Content-Type: multipart/signed; boundary=s\n\n--s\n"
		"Content-Type: multipart/report; boundary=b\n\n--b\n"
		"Content-Type: message/delivery-status\nContent-Transfer-Encoding: BASE64\n\n"
		"WDogeQoKQWN0aW9uOiBmYWlsZWQK\nU3RhdHVzOiA1LjEuMQo=\n--b\n"
		"Content-Type: message/rfc822\n\nMessage-ID: <abc@halle.exemple.fr>\n--b--\n"
		"--s\nContent-Type: application/pkcs7-signature\n\nx\n--s--\n",
	};

	for (size_t i = 0; i < sizeof(reports) / sizeof(*reports); i++) {
		struct bounce b = read_report(*state, reports[i]);

		assert_int_equal(b.action, BOUNCE_FAILED);
		assert_string_equal(b.message_id, "<abc@halle.exemple.fr>");
		assert_string_equal(b.words, "5.1.1");
	}
}

/* ---- what is none, and what is no good -------------------------------------------- */

static void test_what_is_no_report_is_none(void **state)
{
	assert_no_report(*state, "");
	assert_no_report(*state, "\n");
	assert_no_report(*state, "Subject: Re: Bonjour\nIn-Reply-To: <abc@exemple.fr>\n\n"
				 "Je suis absente jusqu'au 3.\nAction: failed\n");
	/* Somebody's answer may quote a whole report. */
	assert_no_report(*state, "Content-Type: multipart/mixed; boundary=c\n\n"
				 "--c\nContent-Type: text/plain\n\n" POSTFIX_HEADER POSTFIX_STATUS
					 POSTFIX_END "--c--\n");
	/* Without a word of what became of it; read by someone; without a boundary. */
	assert_no_report(*state, POSTFIX_HEADER POSTFIX_END);
	assert_no_report(*state, "Content-Type: multipart/report; boundary=b\n\n"
				 "--b\nContent-Type: message/disposition-notification\n\n"
				 "Action: failed\n--b--\n");
	assert_no_report(*state, "Content-Type: multipart/report; boundary=\n\n" POSTFIX_STATUS);
	assert_no_report(*state, "Content-Type: multipart/reports; boundary=b\n\n"
				 "--b\nContent-Type: message/delivery-status\n\nA: b\n\n"
				 "Action: failed\n--b--\n");
}

static void test_what_a_server_says_is_one_clean_line(void **state)
{
	struct fixture *fix = *state;
	struct bounce b;
	struct out o;

	out_init(&o);
	out_raw(&o, "Content-Type: multipart/report; boundary=b\n\n"
		    "--b\nContent-Type: message/delivery-status\n\nX: y\n\nAction: failed\n"
		    "Diagnostic-Code: smtp; 550 \x1b[31m bo\xeete   pleine\t\x07 ");
	for (int i = 0; i < 100000; i++)
		out_raw(&o, "x\n ");
	out_raw(&o, "\n--b--\n");
	b = read_report(fix, out_string(&o));
	out_release(&o);
	assert_int_equal(strncmp(b.words, "550 [31m bo?te pleine x x x", 27), 0);
	assert_true(strlen(b.words) < 320);
}

static void test_cut_off_anywhere_it_is_read_or_refused(void **state)
{
	struct fixture *fix = *state;
	const char *whole = POSTFIX_HEADER POSTFIX_STATUS POSTFIX_END;
	size_t n_read = 0;

	for (size_t length = 0; length < strlen(whole); length++) {
		struct bounce b;
		/* A block of its own, so that reading past its end is caught. */
		const char *part = arena_strndup(fix->a, whole, length);

		n_read += bounce_read(fix->a, part, length, &b) == OK;
	}
	assert_in_range(n_read, strlen(POSTFIX_END), strlen(POSTFIX_STATUS POSTFIX_END));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_a_report_with_the_message_it_is_about),
		TEST(test_a_report_with_the_headers_alone),
		TEST(test_a_report_without_the_message_names_it_itself),
		TEST(test_the_worst_of_several_is_told),
		TEST(test_a_delay_and_an_arrival_are_no_failure),
		TEST(test_liberties_are_understood),
		TEST(test_what_is_no_report_is_none),
		TEST(test_what_a_server_says_is_one_clean_line),
		TEST(test_cut_off_anywhere_it_is_read_or_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
