#include "mail/deliver.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/arena.h"
#include "base/log.h"
#include "base/mail_address.h"
#include "base/out.h"
#include "db/db.h"
#include "mail/message.h"
#include "mail/outbox.h"
#include "store/mail.h"
#include "store/mail_setting.h"

/* Seconds, and how often a record is tried again while another holds the database. */
enum { PASS_LIMIT = 20, RECORD_TRIES = 6 };

struct pass {
	struct db *db;
	const struct deliver_options *options;
	struct arena *a; /* of the pass */
	struct mail_settings settings;
	const char *from, *hello;
	struct smtp *smtp; /* NULL until it is needed, and when files are written */
	struct delivered *done;
	const struct mail *mail; /* the one being sent */
	enum status status;      /* of the database */
};

static bool must_stop(void *context)
{
	const struct pass *p = context;

	return p->options->stop && atomic_load(p->options->stop);
}

/* From here on, a crash must not have it sent again. */
static bool may_end(void *context)
{
	struct pass *p = context;
	enum status status = mail_begin_sending(p->db, p->mail, time(NULL));

	if (status == FAILED)
		p->status = status;
	return status == OK;
}

/* ---- where to ----------------------------------------------------------------------- */

static enum status prepare(struct pass *p)
{
	const char *domain = mail_domain_of(p->a, p->options->public_url);
	bool is_known = domain && strcmp(domain, "localhost") != 0;

	p->hello = domain ? domain : "localhost";
	if (mail_settings_read(p->db, p->a, &p->settings) != OK)
		return FAILED;
	p->from = p->settings.from;
	if (!*p->from)
		p->from = is_known ? arena_printf(p->a, "ne-pas-repondre@%s", domain)
				   : "halle@localhost";
	return OK;
}

static enum smtp_answer to_file(struct pass *p, struct arena *a, const struct out *message)
{
	const char *path;

	if (outbox_write(a, p->options->outbox, p->mail->made_at, p->mail->id, message->data,
			 message->length, &path) != OK) {
		snprintf(p->done->words, sizeof(p->done->words), "cannot write into '%s'",
			 p->options->outbox);
		return SMTP_AWAY;
	}
	snprintf(p->done->words, sizeof(p->done->words), "written into '%s'", path);
	return SMTP_TAKEN;
}

static enum smtp_answer to_server(struct pass *p, const struct out *message)
{
	const struct smtp_hooks hooks = { may_end, must_stop, p };

	if (!p->smtp &&
	    smtp_new(p->a, &p->settings, p->hello, hooks, p->done->words, &p->smtp) != OK)
		return SMTP_AWAY;
	return smtp_send(p->smtp, *p->settings.bounces ? p->settings.bounces : p->from,
			 p->mail->to_address, message->data, message->length, p->done->words);
}

static enum smtp_answer send_one(struct pass *p, struct arena *a, const struct mail *m)
{
	const struct message whole = {
		.from_address = p->from,
		.from_name = p->settings.from_name,
		.to_address = m->to_address,
		.to_name = m->to_name,
		.subject = m->subject,
		.message_id = m->message_id,
		.date = m->made_at,
		.text = m->text,
		.html = m->html,
		.list_unsubscribe = m->list_unsubscribe,
	};
	struct out message;
	enum smtp_answer answer = SMTP_NEVER;

	p->mail = m;
	p->done->words[0] = '\0';
	out_init(&message);
	if (message_write(&message, &whole) != OK)
		snprintf(p->done->words, sizeof(p->done->words),
			 "a header holds what no message may");
	else if (*p->settings.smtp_url)
		answer = to_server(p, &message);
	else
		answer = to_file(p, a, &message);
	out_release(&message);
	return answer;
}

/* ---- what became of it ---------------------------------------------------------------- */

static enum status record_once(struct pass *p, enum smtp_answer answer)
{
	const char *words = p->done->words;

	switch (answer) {
	case SMTP_TAKEN:
		return mail_sent(p->db, p->mail, time(NULL), words);
	case SMTP_NEVER:
		return mail_refused(p->db, p->mail, words);
	case SMTP_LATER:
	case SMTP_AWAY:
		return mail_failed(p->db, p->mail, time(NULL), words);
	case SMTP_UNKNOWN:
		return mail_abandon(p->db, p->mail,
				    arena_printf(p->a, "it may have left: %s", words));
	case SMTP_STOPPED:
		break;
	}
	return mail_give_back(p->db, p->mail, time(NULL));
}

/* An answer is worth waiting for whoever holds the database; it will not be given again. */
static enum status record(struct pass *p, enum smtp_answer answer)
{
	enum status status = FAILED;

	(void)db_was_busy(p->db);
	for (int i = 0; i < RECORD_TRIES; i++) {
		status = record_once(p, answer);
		if (status != FAILED || !db_was_busy(p->db) || must_stop(p))
			break;
	}
	return status;
}

static void count(struct pass *p, enum smtp_answer answer)
{
	struct delivered *done = p->done;
	long long id = p->mail->id;

	switch (answer) {
	case SMTP_TAKEN:
		done->n_sent++;
		break;
	case SMTP_NEVER:
		done->n_refused++;
		log_error("mail %lld is refused: %s", id, done->words);
		break;
	case SMTP_AWAY:
		done->away = true;
		/* fallthrough */
	case SMTP_LATER:
		done->n_delayed++;
		log_error("mail %lld has to wait: %s", id, done->words);
		break;
	case SMTP_UNKNOWN:
		done->n_abandoned++;
		log_error("mail %lld may have left or not, and is not sent again: %s", id,
			  done->words);
		break;
	case SMTP_STOPPED:
		break;
	}
}

/* NOT_FOUND when there is nothing left to send. */
static enum status send_next(struct pass *p, struct arena *a)
{
	struct mail m;
	enum status status = mail_take_due(p->db, a, time(NULL), &m);
	enum smtp_answer answer;

	if (status != OK)
		return status;
	answer = send_one(p, a, &m);
	count(p, answer);
	status = record(p, answer);
	return status == OK ? p->status : status;
}

static enum status send_all(struct pass *p)
{
	struct arena *a = arena_new();
	time_t limit = time(NULL) + PASS_LIMIT;
	enum status status = OK;

	while (status == OK && !must_stop(p) && !p->done->away && time(NULL) < limit) {
		status = send_next(p, a);
		arena_reset(a);
	}
	arena_free(a);
	return status == NOT_FOUND ? OK : status;
}

enum status deliver(struct db *db, const struct deliver_options *options, struct delivered *done)
{
	struct pass p = { .db = db, .options = options, .done = done, .status = OK };
	enum status status = mail_abandon_lost(db, time(NULL));

	*done = (struct delivered){ 0 };
	if (status == OK)
		status = mail_any_due(db, time(NULL));
	if (status != OK)
		return status == NOT_FOUND ? OK : status;
	p.a = arena_new();
	status = prepare(&p);
	if (status == OK)
		status = send_all(&p);
	smtp_free(p.smtp);
	arena_free(p.a);
	return status;
}
