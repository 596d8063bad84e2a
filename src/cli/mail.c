/*
 * mail.c - what is in the outbox, and whether mail goes out at all.
 */
#include <errno.h>
#include <inttypes.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/log.h"
#include "base/mail_address.h"
#include "base/tr.h"
#include "cli/command.h"
#include "db/db.h"
#include "mail/bounce.h"
#include "mail/deliver.h"
#include "mail/letter.h"
#include "store/mail.h"

enum { DEFAULT_LISTED = 50, MAX_LISTED = 100000, TEST_SECONDS = 60 };

/* Bytes of a report that are read: what matters in it comes first. */
enum { REPORT_MAX = 1 << 20 };

/* ---- list -------------------------------------------------------------------------- */

static void print_mail(struct arena *a, const struct mail *m)
{
	const char *said = m->state == MAIL_SENT ? m->answer : m->last_error;

	printf("%" PRId64 "\t%s\t%s\t%s\t%s\n", m->id, moment_rfc3339_paris(a, m->made_at),
	       mail_state_name(m->state), m->to_address, m->subject);
	if (said)
		printf("\t%s\n", said);
	if (m->state == MAIL_WAITING && m->attempts)
		printf("\ttried %" PRId64 " times, next at %s\n", m->attempts,
		       moment_rfc3339_paris(a, m->next_at));
}

static int list(struct args *args, struct arena *a, struct db *db)
{
	const char *wanted = args_value(args, "--state");
	enum mail_state state = MAIL_WAITING;
	struct mail_list list;
	int64_t total;
	int limit;

	if (wanted && !mail_state_by_name(wanted, &state)) {
		log_error("--state is waiting, sending, sent, refused, abandoned or bounced, not "
			  "'%s'",
			  wanted);
		return WRONG_USAGE;
	}
	if (!args_number(args, "--limit", 1, MAX_LISTED, DEFAULT_LISTED, &limit))
		return WRONG_USAGE;
	if (mail_list(db, a, wanted ? (int)state : ANY_MAIL_STATE, 0, limit, &list, &total) != OK)
		return SYSTEM_FAILED;
	for (size_t i = 0; i < list.n_mails; i++)
		print_mail(a, &list.mail[i]);
	return DONE;
}

/* ---- send -------------------------------------------------------------------------- */

static struct deliver_options options_of(struct args *args, struct arena *a)
{
	return (struct deliver_options){
		.public_url = args_value(args, "--public"),
		.outbox = outbox_path(args, a),
	};
}

/* What could not be sent was said, and will be tried again. */
static int send_due(struct args *args, struct arena *a, struct db *db)
{
	const struct deliver_options options = options_of(args, a);
	struct delivered done;

	if (deliver(db, &options, &done) != OK)
		return SYSTEM_FAILED;
	printf("%d sent, %d to be tried again, %d refused, %d abandoned\n", done.n_sent,
	       done.n_delayed, done.n_refused, done.n_abandoned);
	return done.away ? SYSTEM_FAILED : DONE;
}

/* ---- retry ------------------------------------------------------------------------- */

static int retry(struct args *args, struct arena *a, struct db *db)
{
	char *end;
	int64_t id = strtoll(args->word[1], &end, 10);
	enum status status = *end ? NOT_FOUND : mail_retry(db, id, time(NULL));

	(void)a;
	if (status == NOT_FOUND)
		log_error("there is no mail '%s' (see 'halle mail list')", args->word[1]);
	if (status == CONFLICT)
		log_error("mail %" PRId64 " was sent, came back, or is being sent", id);
	return exit_code(status);
}

/* ---- bounce ------------------------------------------------------------------------ */

/* Whatever is sent here, its sender is let finish. */
static const char *read_report(struct arena *a, size_t *length)
{
	char *bytes = arena_make(a, char, REPORT_MAX);

	*length = fread(bytes, 1, REPORT_MAX, stdin);
	while (!feof(stdin) && !ferror(stdin))
		(void)getc(stdin);
	return ferror(stdin) ? NULL : bytes;
}

static int record_bounce(struct arena *a, struct db *db, const struct bounce *b)
{
	struct mail m;
	enum status status = mail_bounced(db, a, b->message_id, b->words, &m);

	if (status == OK)
		printf("mail %" PRId64 " to %s came back: %s\n", m.id, m.to_address, b->words);
	else if (status == NOT_FOUND)
		printf("the report is about no message that was sent from here and is still "
		       "known\n");
	return status == FAILED ? SYSTEM_FAILED : DONE;
}

static int bounce(struct args *args, struct arena *a, struct db *db)
{
	struct bounce b;
	size_t length;
	const char *report = read_report(a, &length);

	(void)args;
	if (!report) {
		log_error("cannot read standard input: %s", strerror(errno));
		return SYSTEM_FAILED;
	}
	if (bounce_read(a, report, length, &b) != OK) {
		printf("no report of delivery (RFC 3464): nothing is recorded\n");
		return DONE;
	}
	if (b.action == BOUNCE_FAILED)
		return record_bounce(a, db, &b);
	printf("the report tells of no failure: nothing is recorded\n");
	return DONE;
}

/* ---- test -------------------------------------------------------------------------- */

static enum status queue_test(struct args *args, struct arena *a, struct db *db, const char **key)
{
	const struct letter letter = {
		.greeting = _("Bonjour,"),
		.paragraph = { _("Ce message montre que le site peut envoyer des courriels, avec "
				 "leurs accents : é, è, ê, œ, ç, €."),
			       _("Il n’y a rien à faire.") },
	};
	const struct letter_envelope to = {
		.key = arena_printf(a, "test:%08x%08x", randombytes_random(), randombytes_random()),
		.address = mail_address_key(a, args->word[1]),
		.subject = _("Essai d’envoi du site"),
		.now = time(NULL),
	};

	*key = to.key;
	return letter_queue(db, a, args_value(args, "--public"), &to, &letter);
}

/* A server on the same data may be the one that sends it. */
static enum status wait_for_answer(struct args *args, struct arena *a, struct db *db,
				   const char *key, struct mail *m)
{
	const struct timespec pause = { 0, 100 * 1000000L };
	const struct deliver_options options = options_of(args, a);
	time_t limit = time(NULL) + TEST_SECONDS;
	struct delivered done;
	enum status status = OK;

	while (status == OK && time(NULL) < limit) {
		status = deliver(db, &options, &done);
		if (status == OK)
			status = mail_by_key(db, a, key, m);
		if (status == OK &&
		    ((m->state != MAIL_WAITING && m->state != MAIL_SENDING) || m->last_error))
			return OK;
		nanosleep(&pause, NULL);
	}
	return status;
}

static int test(struct args *args, struct arena *a, struct db *db)
{
	const char *key;
	struct mail m = { 0 };
	enum status status = queue_test(args, a, db, &key);

	if (status == INVALID)
		log_error("'%s' is not an address that mail can be sent to", args->word[1]);
	if (status == OK)
		status = wait_for_answer(args, a, db, key, &m);
	if (status != OK)
		return exit_code(status);
	if (m.state == MAIL_SENT) {
		printf("sent: %s\n", m.answer);
		return DONE;
	}
	log_error("%s: %s", m.state == MAIL_REFUSED ? "refused" : "not sent",
		  m.last_error ? m.last_error : "no answer yet (see 'halle mail list')");
	return m.state == MAIL_REFUSED ? REFUSED_INPUT : SYSTEM_FAILED;
}

/* ------------------------------------------------------------------------------------ */

static const struct {
	const char *name;
	int n_words;
	int (*run)(struct args *args, struct arena *a, struct db *db);
} verbs[] = {
	{ "list", 1, list },     { "send", 1, send_due }, { "retry", 2, retry },
	{ "bounce", 1, bounce }, { "test", 2, test },
};

static int mail_run(struct args *args)
{
	for (size_t i = 0; i < sizeof(verbs) / sizeof(*verbs); i++)
		if (!strcmp(args->word[0], verbs[i].name) && args->n_words == verbs[i].n_words)
			return with_data(args, false, verbs[i].run);
	log_error("usage: halle mail %s", command_mail.usage);
	return WRONG_USAGE;
}

static const struct option mail_options[] = {
	{ "--state", "STATE", "list: waiting, sending, sent, refused, abandoned or bounced alone" },
	{ "--limit", "N", "list: so many; 50 by default" },
	{ "--public", "URL", "send, test: the address people use, as for 'halle serve'" },
	{ 0 },
};

const struct command command_mail = {
	.name = "mail",
	.usage = "list [--state STATE] [--limit N] | send [--public URL] | retry ID | test ADDRESS "
		 "[--public URL] | bounce < report",
	.summary = "tell what became of messages, send those that wait, try whether mail works, "
		   "read reports of what came back",
	.option = mail_options,
	.min_words = 1,
	.max_words = 2,
	.run = mail_run,
};
