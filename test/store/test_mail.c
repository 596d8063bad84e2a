/* What the outbox promises: once at most, and nothing lost in silence. */
#include "fixture.h"

#include <string.h>

#include "base/html.h"
#include "mail/letter.h"
#include "store/mail.h"
#include "store/mail_setting.h"
#include "store/setting.h"

enum { NOW = 1700000000, MINUTE = 60, HOUR = 3600, DAY = 24 * HOUR };

static void queue(struct fixture *fix, const char *key)
{
	assert_int_equal(mail_queue(fix->db,
				    &(struct mail){
					    .key = key,
					    .person_id = 7,
					    .to_address = "anne@exemple.fr",
					    .to_name = "Anne",
					    .subject = "Bonjour",
					    .text = "un lien",
					    .html = "<p>un lien</p>",
					    .message_id = "<1@exemple.fr>",
					    .made_at = NOW,
				    }),
			 OK);
}

static struct mail take(struct fixture *fix, int64_t now)
{
	struct mail m;

	assert_int_equal(mail_take_due(fix->db, fix->a, now, &m), OK);
	return m;
}

static void assert_nothing_due(struct fixture *fix, int64_t now)
{
	struct mail m;

	assert_int_equal(mail_take_due(fix->db, fix->a, now, &m), NOT_FOUND);
}

static struct mail look(struct fixture *fix, const char *key)
{
	struct mail m;

	assert_int_equal(mail_by_key(fix->db, fix->a, key, &m), OK);
	return m;
}

static const char *text_of(struct fixture *fix, const char *key)
{
	struct query *q = db_query(fix->db, "SELECT text || html FROM mail WHERE key = $1");
	const char *text;

	query_text(q, 1, key);
	assert_true(query_row(q));
	text = row_text(q, 0, fix->a);
	assert_int_equal(query_end(q), OK);
	return text;
}

/* ---- the outbox ---------------------------------------------------------------- */

static void test_a_message_comes_out_as_it_went_in(void **state)
{
	struct fixture *fix = *state;
	struct mail m;

	queue(fix, "one");
	m = take(fix, NOW);
	assert_string_equal(m.key, "one");
	assert_int_equal(m.person_id, 7);
	assert_string_equal(m.to_address, "anne@exemple.fr");
	assert_string_equal(m.to_name, "Anne");
	assert_string_equal(m.subject, "Bonjour");
	assert_string_equal(m.text, "un lien");
	assert_string_equal(m.html, "<p>un lien</p>");
	assert_null(m.list_unsubscribe);
	assert_string_equal(m.message_id, "<1@exemple.fr>");
	assert_int_equal(m.made_at, NOW);
	assert_int_equal(m.attempts, 1);
}

static void test_the_same_key_is_queued_once(void **state)
{
	struct fixture *fix = *state;
	struct mail_list list;
	int64_t total;

	queue(fix, "one");
	queue(fix, "one");
	assert_int_equal(mail_list(fix->db, fix->a, ANY_MAIL_STATE, 0, 10, &list, &total), OK);
	assert_int_equal(total, 1);
	assert_int_equal(mail_sent(fix->db, &list.mail[0], NOW, "250 taken"), OK);
	queue(fix, "one");
	assert_nothing_due(fix, NOW + DAY);
}

static void test_what_is_rolled_back_was_never_queued(void **state)
{
	struct fixture *fix = *state;

	assert_int_equal(db_begin(fix->db), OK);
	queue(fix, "one");
	assert_int_equal(db_end(fix->db, CONFLICT), CONFLICT);
	assert_nothing_due(fix, NOW);
}

static void test_a_message_is_taken_by_one_only(void **state)
{
	struct fixture *fix = *state;

	queue(fix, "one");
	queue(fix, "two");
	assert_string_equal(take(fix, NOW).key, "one");
	assert_string_equal(take(fix, NOW).key, "two");
	assert_nothing_due(fix, NOW);
}

static void test_a_crash_before_the_last_byte_only_delays(void **state)
{
	struct fixture *fix = *state;

	queue(fix, "one");
	take(fix, NOW);
	assert_int_equal(mail_abandon_lost(fix->db, NOW + DAY), OK);
	assert_nothing_due(fix, NOW + MAIL_LEASE - 1);
	assert_int_equal(take(fix, NOW + MAIL_LEASE).attempts, 2);
}

/* Left by a program that died, after the last byte: nobody knows, so it is told and stays. */
static void test_a_crash_after_the_last_byte_never_sends_twice(void **state)
{
	struct fixture *fix = *state;
	struct mail m;

	queue(fix, "one");
	m = take(fix, NOW);
	assert_int_equal(mail_begin_sending(fix->db, &m, NOW), OK);
	assert_int_equal(mail_abandon_lost(fix->db, NOW + MAIL_LEASE - 1), OK);
	assert_int_equal(look(fix, "one").state, MAIL_SENDING);
	assert_nothing_due(fix, NOW + DAY);
	assert_int_equal(mail_abandon_lost(fix->db, NOW + MAIL_LEASE), OK);
	assert_int_equal(look(fix, "one").state, MAIL_ABANDONED);
	assert_non_null(strstr(look(fix, "one").last_error, "may have left"));
	assert_nothing_due(fix, NOW + DAY);
}

static void test_who_lost_the_lease_does_not_send(void **state)
{
	struct fixture *fix = *state;
	struct mail slow, fresh;

	queue(fix, "one");
	slow = take(fix, NOW);
	fresh = take(fix, NOW + MAIL_LEASE);
	assert_int_equal(mail_begin_sending(fix->db, &slow, NOW + MAIL_LEASE), CONFLICT);
	assert_int_equal(mail_begin_sending(fix->db, &fresh, NOW + MAIL_LEASE), OK);
	assert_int_equal(mail_begin_sending(fix->db, &fresh, NOW + MAIL_LEASE), CONFLICT);
	/* Nor does it say what became of it. */
	assert_int_equal(mail_failed(fix->db, &slow, NOW + MAIL_LEASE, "slow"), OK);
	assert_int_equal(look(fix, "one").state, MAIL_SENDING);
}

static void test_an_answer_that_comes_late_is_still_true(void **state)
{
	struct fixture *fix = *state;
	struct mail m;

	queue(fix, "one");
	m = take(fix, NOW);
	assert_int_equal(mail_begin_sending(fix->db, &m, NOW), OK);
	assert_int_equal(mail_abandon_lost(fix->db, NOW + DAY), OK);
	assert_int_equal(mail_sent(fix->db, &m, NOW + DAY, "250 taken"), OK);
	assert_int_equal(look(fix, "one").state, MAIL_SENT);
	assert_null(look(fix, "one").last_error);
}

static void test_texts_are_emptied_once_sent(void **state)
{
	struct fixture *fix = *state;
	struct mail m;

	queue(fix, "one");
	m = take(fix, NOW);
	assert_int_equal(mail_begin_sending(fix->db, &m, NOW), OK);
	assert_int_equal(mail_sent(fix->db, &m, NOW + 2, "250 taken"), OK);
	assert_string_equal(text_of(fix, "one"), "");
	m = look(fix, "one");
	assert_int_equal(m.state, MAIL_SENT);
	assert_int_equal(m.sent_at, NOW + 2);
	assert_string_equal(m.answer, "250 taken");
	assert_string_equal(m.subject, "Bonjour");
	assert_string_equal(m.to_address, "anne@exemple.fr");
}

static void test_a_failure_is_tried_later_and_later(void **state)
{
	static const int64_t pauses[] = { MINUTE,   5 * MINUTE, 30 * MINUTE, 2 * HOUR,
					  6 * HOUR, 6 * HOUR,   6 * HOUR };
	struct fixture *fix = *state;
	int64_t now = NOW;

	queue(fix, "one");
	for (size_t i = 0; i < sizeof(pauses) / sizeof(*pauses); i++) {
		struct mail m = take(fix, now);

		assert_int_equal(mail_failed(fix->db, &m, now, "451 later"), OK);
		assert_string_equal(look(fix, "one").last_error, "451 later");
		assert_nothing_due(fix, now + pauses[i] - 1);
		now += pauses[i];
	}
	take(fix, now);
}

static void test_after_two_days_it_is_given_up(void **state)
{
	struct fixture *fix = *state;
	int64_t now = NOW;

	queue(fix, "one");
	while (look(fix, "one").state == MAIL_WAITING) {
		struct mail m = take(fix, now = look(fix, "one").next_at);

		assert_int_equal(mail_failed(fix->db, &m, now, "451 later"), OK);
	}
	assert_int_equal(look(fix, "one").state, MAIL_ABANDONED);
	assert_true(now - NOW > 2 * DAY && now - NOW < 2 * DAY + 6 * HOUR);
	assert_nothing_due(fix, now + 30 * DAY);
}

static void test_a_refusal_is_for_good(void **state)
{
	struct fixture *fix = *state;
	struct mail m;

	queue(fix, "one");
	m = take(fix, NOW);
	assert_int_equal(mail_refused(fix->db, &m, "550 no such user"), OK);
	assert_int_equal(look(fix, "one").state, MAIL_REFUSED);
	assert_string_equal(look(fix, "one").last_error, "550 no such user");
	assert_nothing_due(fix, NOW + DAY);
}

static void test_a_message_given_back_is_due_at_once(void **state)
{
	struct fixture *fix = *state;
	struct mail m;

	queue(fix, "one");
	m = take(fix, NOW);
	assert_int_equal(mail_give_back(fix->db, &m, NOW), OK);
	take(fix, NOW);
}

static void test_what_was_refused_may_be_tried_again(void **state)
{
	struct fixture *fix = *state;
	struct mail m;

	queue(fix, "one");
	m = take(fix, NOW);
	assert_int_equal(mail_refused(fix->db, &m, "550"), OK);
	assert_int_equal(mail_retry(fix->db, m.id, NOW + 1), OK);
	m = take(fix, NOW + 1);
	assert_string_equal(m.text, "un lien");
	assert_int_equal(mail_begin_sending(fix->db, &m, NOW), OK);
	assert_int_equal(mail_retry(fix->db, m.id, NOW), CONFLICT);
	assert_int_equal(mail_sent(fix->db, &m, NOW, "250 taken"), OK);
	assert_int_equal(mail_retry(fix->db, m.id, NOW), CONFLICT);
	assert_int_equal(mail_retry(fix->db, m.id + 1, NOW), NOT_FOUND);
}

/* Tried again by hand while someone is at it: the one who comes second has it. */
static void test_a_retry_does_not_send_twice(void **state)
{
	struct fixture *fix = *state;
	struct mail first, second;

	queue(fix, "one");
	first = take(fix, NOW);
	assert_int_equal(mail_retry(fix->db, first.id, NOW), OK);
	second = take(fix, NOW);
	assert_int_equal(mail_begin_sending(fix->db, &second, NOW), OK);
	assert_int_equal(mail_begin_sending(fix->db, &first, NOW), CONFLICT);
}

/* Queued and sent, with an identifier made of its key. */
static struct mail send_to(struct fixture *fix, const char *key, const char *address)
{
	struct mail m = {
		.key = key,
		.to_address = address,
		.subject = "Bonjour",
		.text = "un lien",
		.html = "<p>un lien</p>",
		.message_id = arena_printf(fix->a, "<%s@exemple.fr>", key),
		.made_at = NOW,
	};

	assert_int_equal(mail_queue(fix->db, &m), OK);
	m = take(fix, NOW);
	assert_int_equal(mail_begin_sending(fix->db, &m, NOW), OK);
	assert_int_equal(mail_sent(fix->db, &m, NOW, "250 taken"), OK);
	return m;
}

static void test_what_comes_back_is_told_and_not_sent_again(void **state)
{
	struct fixture *fix = *state;
	struct mail m, found;

	m = send_to(fix, "one", "anne@exemple.fr");
	assert_int_equal(mail_bounced(fix->db, fix->a, "<one@exemple.fr>", "550 gone", &found), OK);
	assert_int_equal(found.id, m.id);
	assert_int_equal(look(fix, "one").state, MAIL_BOUNCED);
	assert_string_equal(look(fix, "one").last_error, "550 gone");
	assert_string_equal(look(fix, "one").answer, "250 taken");
	assert_int_equal(mail_retry(fix->db, m.id, NOW), CONFLICT);
	assert_nothing_due(fix, NOW + DAY);
	/* Told twice, it is the same. */
	assert_int_equal(mail_bounced(fix->db, fix->a, "<one@exemple.fr>", "550 gone", &found), OK);
	assert_int_equal(mail_prune(fix->db, NOW + 1), OK);
	assert_int_equal(mail_bounced(fix->db, fix->a, "<one@exemple.fr>", "550 gone", &found),
			 NOT_FOUND);
}

/* It may come back before the answer of the first server is written down, or was ever known. */
static void test_what_comes_back_early_stays_so(void **state)
{
	struct fixture *fix = *state;
	struct mail m, found;

	queue(fix, "one");
	assert_int_equal(mail_bounced(fix->db, fix->a, "<1@exemple.fr>", "550", &found), NOT_FOUND);
	m = take(fix, NOW);
	assert_int_equal(mail_bounced(fix->db, fix->a, "<1@exemple.fr>", "550", &found), NOT_FOUND);
	assert_int_equal(mail_begin_sending(fix->db, &m, NOW), OK);
	assert_int_equal(mail_bounced(fix->db, fix->a, "<1@exemple.fr>", "550 gone", &found), OK);
	assert_int_equal(mail_sent(fix->db, &m, NOW + 2, "250 taken"), OK);
	assert_int_equal(look(fix, "one").state, MAIL_BOUNCED);
	assert_string_equal(look(fix, "one").last_error, "550 gone");
	assert_int_equal(look(fix, "one").sent_at, NOW + 2);
	assert_string_equal(text_of(fix, "one"), "");
}

static void test_an_address_is_troubled_by_its_last_message(void **state)
{
	struct fixture *fix = *state;
	struct mail_list list;
	struct mail m;

	send_to(fix, "one", "anne@exemple.fr");
	send_to(fix, "two", "zoe@exemple.fr");
	assert_int_equal(mail_bounced(fix->db, fix->a, "<one@exemple.fr>", "550", &m), OK);
	assert_int_equal(mail_troubled(fix->db, fix->a, NULL, &list), OK);
	assert_int_equal(list.n_mails, 1);
	assert_true(mail_list_has_address(&list, "anne@exemple.fr", NOW));
	assert_false(mail_list_has_address(&list, "anne@exemple.fr", NOW + 1));
	assert_false(mail_list_has_address(&list, "zoe@exemple.fr", 0));
	assert_false(mail_list_has_address(&list, NULL, 0));
	assert_int_equal(mail_troubled(fix->db, fix->a, "zoe@exemple.fr", &list), OK);
	assert_int_equal(list.n_mails, 0);
	/* Of what waits, nothing is known yet. */
	queue(fix, "three");
	assert_int_equal(mail_troubled(fix->db, fix->a, "anne@exemple.fr", &list), OK);
	assert_int_equal(list.n_mails, 1);
	m = take(fix, NOW);
	assert_int_equal(mail_refused(fix->db, &m, "550"), OK);
	assert_int_equal(mail_troubled(fix->db, fix->a, "anne@exemple.fr", &list), OK);
	assert_int_equal(list.n_mails, 1);
	assert_string_equal(list.mail[0].key, "three");
	send_to(fix, "four", "anne@exemple.fr");
	assert_int_equal(mail_troubled(fix->db, fix->a, NULL, &list), OK);
	assert_int_equal(list.n_mails, 0);
}

static void test_lists_are_of_the_latest_by_state_and_page(void **state)
{
	struct fixture *fix = *state;
	struct mail_list list;
	struct mail m;
	int64_t total;

	queue(fix, "one");
	queue(fix, "two");
	queue(fix, "three");
	m = take(fix, NOW);
	assert_int_equal(mail_refused(fix->db, &m, "550"), OK);
	assert_int_equal(mail_list(fix->db, fix->a, ANY_MAIL_STATE, 1, 1, &list, &total), OK);
	assert_int_equal(total, 3);
	assert_int_equal(list.n_mails, 1);
	assert_string_equal(list.mail[0].key, "two");
	assert_int_equal(mail_list(fix->db, fix->a, MAIL_REFUSED, 0, 10, &list, &total), OK);
	assert_int_equal(total, 1);
	assert_string_equal(list.mail[0].key, "one");
	assert_null(list.mail[0].text);
}

static void test_pruning_spares_what_waits(void **state)
{
	struct fixture *fix = *state;
	struct mail m;

	queue(fix, "one");
	queue(fix, "two");
	queue(fix, "three");
	m = take(fix, NOW);
	assert_int_equal(mail_sent(fix->db, &m, NOW, "250 taken"), OK);
	m = take(fix, NOW);
	assert_int_equal(mail_begin_sending(fix->db, &m, NOW), OK);
	assert_int_equal(mail_prune(fix->db, NOW), OK);
	look(fix, "one");
	assert_int_equal(mail_prune(fix->db, NOW + 1), OK);
	assert_int_equal(mail_by_key(fix->db, fix->a, "one", &m), NOT_FOUND);
	look(fix, "two");
	look(fix, "three");
}

/* ---- letters --------------------------------------------------------------------- */

#define HOME "https://halle.exemple.fr"

static const struct letter letter = {
	.greeting = "Bonjour Anne,",
	.paragraph = { "Vous avez demandé un lien.", "C’est <lui> :" },
	.action = { "Ouvrir mon compte", { HOME "/compte/abc?x=1&y=2" } },
	.after = { "Il vaut une heure." },
	.foot = { "Ne plus recevoir ces messages", { HOME "/fin" } },
};

static enum status queue_letter(struct fixture *fix, struct letter_envelope to)
{
	to.key = to.key ? to.key : "letter";
	to.address = to.address ? to.address : "anne@exemple.fr";
	to.subject = to.subject ? to.subject : "Votre lien";
	to.now = NOW;
	return letter_queue(fix->db, fix->a, HOME ":8443", &to, &letter);
}

static void test_a_letter_is_queued_as_text_and_as_html(void **state)
{
	struct fixture *fix = *state;
	struct mail m;

	assert_int_equal(setting_set(fix->db, "site_name", "Réseau"), OK);
	assert_int_equal(queue_letter(fix, (struct letter_envelope){ .name = "Anne" }), OK);
	m = take(fix, NOW);
	assert_string_equal(m.text, "Bonjour Anne,\n\n"
				    "Vous avez demandé un lien.\n\n"
				    "C’est <lui> :\n\n"
				    "Ouvrir mon compte\u00a0:\n" HOME "/compte/abc?x=1&y=2\n\n"
				    "Il vaut une heure.\n\n"
				    "Réseau\n\n"
				    "-- \n"
				    "Ne plus recevoir ces messages\u00a0:\n" HOME "/fin\n");
	assert_non_null(strstr(m.html, "<p>C’est &lt;lui&gt; :</p>"));
	assert_non_null(strstr(m.html, "<a href=\"" HOME "/compte/abc?x=1&amp;y=2\">Ouvrir"));
	assert_non_null(strstr(m.html, "<title>Votre lien</title>"));
	assert_non_null(strstr(m.html, "<p>Réseau</p>"));
	assert_non_null(strstr(m.message_id, "@halle.exemple.fr>"));
}

static void test_a_letter_may_hold_a_list(void **state)
{
	static const struct letter_item items[] = {
		{ { "Un guide", { HOME "/ressources/guide" } }, "Guide, 3 octobre 2024" },
		{ { "Sans lien", { NULL } }, NULL },
	};
	struct fixture *fix = *state;
	const struct letter of_items = { .item = items, .n_items = 2, .closing = "" };
	struct letter_envelope to = { .key = "k", .address = "a@b.fr", .subject = "s" };
	struct mail m;

	assert_int_equal(letter_queue(fix->db, fix->a, HOME, &to, &of_items), OK);
	m = take(fix, NOW);
	assert_string_equal(m.text, "- Un guide\u00a0:\n" HOME "/ressources/guide\n"
				    "Guide, 3 octobre 2024\n\n- Sans lien\n");
	assert_non_null(strstr(m.html, "<br>Guide, 3 octobre 2024</li>"));
}

static void test_a_letter_that_could_not_be_sent_is_not_queued(void **state)
{
	static const struct letter_envelope bad[] = {
		{ .address = "anne" },
		{ .address = "anne@exemple.fr\nBcc: x@y.fr" },
		{ .subject = "Bonjour\r\nBcc: x@y.fr" },
		{ .subject = "Bonjour\u2028" },
		{ .name = "Anne\nMartin" },
		{ .name = "\xff" },
		{ .list_unsubscribe = "javascript:alert(1)" },
		{ .list_unsubscribe = "https://x.fr/>\n" },
	};
	struct fixture *fix = *state;
	struct letter_envelope to = { .key = "k", .address = "a@b.fr", .subject = "s" };
	struct letter relative = { .action = { "Ici", { "/compte" } } };

	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		assert_int_equal(queue_letter(fix, bad[i]), INVALID);
	assert_int_equal(letter_queue(fix->db, fix->a, HOME, &to, &relative), INVALID);
	assert_nothing_due(fix, NOW);
}

/* ---- settings ---------------------------------------------------------------------- */

static void test_a_setting_of_mail_is_checked(void **state)
{
	static const struct {
		const char *name, *value;
		enum status status;
	} cases[] = {
		{ "smtp_url", "smtp.exemple.fr", INVALID },
		{ "smtp_url", "http://exemple.fr", INVALID },
		{ "smtp_url", "smtp://anne:secret@exemple.fr", INVALID },
		{ "smtp_url", "smtp://exemple.fr/x", INVALID },
		{ "smtp_url", "smtp://exemple.fr:0", INVALID },
		{ "smtp_url", "smtp://exemple.fr:65536", INVALID },
		{ "smtp_url", "smtp://[::1", INVALID },
		{ "smtp_url", "smtp://exemple.fr\r\n", INVALID },
		{ "smtp_tls", "none", OK },
		{ "smtp_url", "smtp://exemple.fr", INVALID },
		{ "smtp_url", "smtp://127.0.0.1.exemple.fr", INVALID },
		{ "smtp_url", "smtp://localhost:25", OK },
		{ "smtp_url", "smtp://[::1]:25", OK },
		{ "smtp_url", "smtp://127.0.0.1:25", OK },
		{ "smtp_tls", "optional", INVALID },
		{ "smtp_tls", "required", OK },
		{ "smtp_url", "smtps://exemple.fr", OK },
		{ "smtp_tls", "none", INVALID },
		{ "smtp_url", "", OK },
		{ "mail_from", "anne", INVALID },
		{ "mail_from", "equipe@exemple.fr", OK },
		{ "mail_from_name", "Équipe\nx", INVALID },
		{ "smtp_password_file", "secret", INVALID },
		{ "smtp_password_file", "/etc/halle/secret", OK },
	};
	struct fixture *fix = *state;

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		if (setting_set(fix->db, cases[i].name, cases[i].value) != cases[i].status)
			fail_msg("%s = %s", cases[i].name, cases[i].value);
}

static void test_settings_of_mail_are_read_together(void **state)
{
	struct fixture *fix = *state;
	struct mail_settings m;
	struct smtp_place place;
	const char *why;

	assert_int_equal(mail_settings_read(fix->db, fix->a, &m), OK);
	assert_string_equal(m.from, "");
	assert_string_equal(m.from_name, "Halle");
	assert_string_equal(m.smtp_url, "");
	assert_false(m.without_tls);
	assert_int_equal(smtp_place_read(fix->a, "smtps://[2001:db8::1]", &place, &why), OK);
	assert_true(place.is_tls);
	assert_string_equal(place.host, "[2001:db8::1]");
	assert_int_equal(place.port, 465);
	assert_false(place.is_here);
	assert_int_equal(smtp_place_read(fix->a, "smtp://exemple.fr", &place, &why), OK);
	assert_int_equal(place.port, 587);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_a_message_comes_out_as_it_went_in),
		TEST(test_the_same_key_is_queued_once),
		TEST(test_what_is_rolled_back_was_never_queued),
		TEST(test_a_message_is_taken_by_one_only),
		TEST(test_a_crash_before_the_last_byte_only_delays),
		TEST(test_a_crash_after_the_last_byte_never_sends_twice),
		TEST(test_who_lost_the_lease_does_not_send),
		TEST(test_an_answer_that_comes_late_is_still_true),
		TEST(test_texts_are_emptied_once_sent),
		TEST(test_a_failure_is_tried_later_and_later),
		TEST(test_after_two_days_it_is_given_up),
		TEST(test_a_refusal_is_for_good),
		TEST(test_a_message_given_back_is_due_at_once),
		TEST(test_what_was_refused_may_be_tried_again),
		TEST(test_a_retry_does_not_send_twice),
		TEST(test_what_comes_back_is_told_and_not_sent_again),
		TEST(test_what_comes_back_early_stays_so),
		TEST(test_an_address_is_troubled_by_its_last_message),
		TEST(test_lists_are_of_the_latest_by_state_and_page),
		TEST(test_pruning_spares_what_waits),
		TEST(test_a_letter_is_queued_as_text_and_as_html),
		TEST(test_a_letter_may_hold_a_list),
		TEST(test_a_letter_that_could_not_be_sent_is_not_queued),
		TEST(test_a_setting_of_mail_is_checked),
		TEST(test_settings_of_mail_are_read_together),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
