#include "feed/own_data.h"

#include <string.h>

#include "base/arena.h"
#include "base/date.h"
#include "db/db.h"
#include "feed/json_out.h"
#include "store/access_request.h"
#include "store/audit.h"
#include "store/login.h"
#include "store/mail.h"
#include "store/person.h"
#include "store/resource.h"
#include "store/row.h"
#include "store/session.h"
#include "store/working_group.h"

enum { ALL = 100000 };

struct writing {
	struct db *db;
	struct arena *a;
	const struct reader *reader;
	int64_t now;
	struct json_out j;
	const char *slug; /* of the reader */
};

static void put_moment(struct writing *w, const char *name, int64_t moment)
{
	json_out_text(&w->j, name, moment == NO_NUMBER ? NULL : moment_rfc3339_paris(w->a, moment));
}

static enum status put_person(struct writing *w)
{
	struct person p;
	enum status status = person_by_id(w->db, w->a, w->reader->person_id, &p);

	if (status != OK)
		return status;
	w->slug = p.slug;
	json_out_open(&w->j, "person", '{');
	json_out_text(&w->j, "identifier", p.slug);
	json_out_text(&w->j, "given_name", p.given_name);
	json_out_text(&w->j, "family_name", p.family_name);
	json_out_text(&w->j, "email", p.email);
	json_out_truth(&w->j, "shown_in_directory", p.is_shown);
	json_out_truth(&w->j, "has_password", p.has_password);
	json_out_truth(&w->j, "has_second_factor", p.has_second_factor);
	put_moment(w, "account_made_at", p.made_at);
	put_moment(w, "last_seen_at", p.seen_at);
	put_moment(w, "news_seen_at", p.news_at);
	json_out_close(&w->j, '}');
	return OK;
}

static enum status put_functions(struct writing *w)
{
	struct function_list list;
	enum status status = function_of_person(w->db, w->a, w->reader->person_id,
						day_of_moment(w->a, w->now), &list);

	json_out_open(&w->j, "functions", '[');
	for (size_t i = 0; status == OK && i < list.n_functions; i++) {
		const struct function *f = &list.function[i];

		json_out_open(&w->j, NULL, '{');
		json_out_text(&w->j, "organisation", f->organisation_name);
		json_out_text(&w->j, "kind", f->kind);
		json_out_text(&w->j, "title", f->title);
		json_out_text(&w->j, "from", f->from_on);
		json_out_text(&w->j, "to", f->to_on);
		json_out_truth(&w->j, "representative", f->is_representative);
		json_out_truth(&w->j, "manager", f->is_manager);
		json_out_close(&w->j, '}');
	}
	json_out_close(&w->j, ']');
	return status;
}

static enum status put_groups(struct writing *w)
{
	struct working_group_list list;
	enum status status = working_group_of_person(w->db, w->a, w->reader->person_id, &list);

	json_out_open(&w->j, "groups", '[');
	for (size_t i = 0; status == OK && i < list.n_groups; i++)
		json_out_text(&w->j, NULL,
			      access_may_see_group(w->reader, list.group[i].id) ? list.group[i].name
										: NULL);
	json_out_close(&w->j, ']');
	return status;
}

/* That one attended is one's own to know; what a session is called may be closed since. */
static enum status put_attendance(struct writing *w)
{
	const struct reader all = { .level = EDITOR };
	struct session_list list, known;
	enum status status = session_attended(w->db, w->a, &all, w->reader->person_id, &list);

	if (status == OK)
		status = session_attended(w->db, w->a, w->reader, w->reader->person_id, &known);
	if (status != OK)
		return status;
	json_out_number(&w->j, "n_sessions_attended", (int64_t)list.n_sessions);
	json_out_open(&w->j, "sessions_attended", '[');
	for (size_t i = 0; i < known.n_sessions; i++) {
		json_out_open(&w->j, NULL, '{');
		json_out_text(&w->j, "on", known.session[i].on);
		json_out_text(&w->j, "title", known.session[i].title);
		json_out_close(&w->j, '}');
	}
	json_out_close(&w->j, ']');
	return OK;
}

/* What has been hidden since has no title any more, nor another than it had. */
static enum status put_request(struct writing *w, const struct access_request *q)
{
	struct resource r;
	enum status status = resource_by_id(w->db, w->a, w->reader, q->resource_id, &r);

	json_out_open(&w->j, NULL, '{');
	json_out_text(&w->j, "resource", status == OK ? r.title : NULL);
	json_out_text(&w->j, "reason", q->reason);
	put_moment(w, "made_at", q->made_at);
	json_out_text(&w->j, "answer",
		      !q->is_answered ? NULL
		      : q->is_granted ? "granted"
				      : "refused");
	json_out_text(&w->j, "until", q->until_on);
	json_out_text(&w->j, "words", q->words);
	put_moment(w, "answered_at", q->answered_at);
	json_out_close(&w->j, '}');
	return status == NOT_FOUND ? OK : status;
}

static enum status put_requests(struct writing *w)
{
	struct access_request_list list;
	enum status status = access_request_of_person(w->db, w->a, w->reader->person_id, &list);

	json_out_open(&w->j, "requests", '[');
	for (size_t i = 0; status == OK && i < list.n_requests; i++)
		status = put_request(w, &list.request[i]);
	json_out_close(&w->j, ']');
	return status;
}

static enum status put_saved(struct writing *w)
{
	struct resource_list list;
	enum status status = resource_saved_by(w->db, w->a, w->reader, w->reader->person_id, &list);

	json_out_open(&w->j, "saved_resources", '[');
	for (size_t i = 0; status == OK && i < list.n_resources; i++)
		json_out_text(&w->j, NULL, list.resource[i].title);
	json_out_close(&w->j, ']');
	return status;
}

static enum status put_logins(struct writing *w)
{
	struct login_list list;
	enum status status = login_of(w->db, w->a, w->reader->person_id, w->now, &list);

	json_out_open(&w->j, "open_connections", '[');
	for (size_t i = 0; status == OK && i < list.n_logins; i++) {
		json_out_open(&w->j, NULL, '{');
		put_moment(w, "since", list.login[i].made_at);
		put_moment(w, "last_used_at", list.login[i].seen_at);
		json_out_text(&w->j, "address", list.login[i].address);
		json_out_text(&w->j, "browser", list.login[i].agent);
		json_out_close(&w->j, '}');
	}
	json_out_close(&w->j, ']');
	return status;
}

static enum status put_mails(struct writing *w)
{
	struct mail_list list;
	enum status status = mail_of_person(w->db, w->a, w->reader->person_id, ALL, &list);

	json_out_open(&w->j, "letters", '[');
	for (size_t i = 0; status == OK && i < list.n_mails; i++) {
		json_out_open(&w->j, NULL, '{');
		put_moment(w, "made_at", list.mail[i].made_at);
		json_out_text(&w->j, "to", list.mail[i].to_address);
		json_out_text(&w->j, "subject", list.mail[i].subject);
		json_out_text(&w->j, "state", mail_state_name(list.mail[i].state));
		json_out_text(&w->j, "answer",
			      list.mail[i].last_error ? list.mail[i].last_error
						      : list.mail[i].answer);
		json_out_close(&w->j, '}');
	}
	json_out_close(&w->j, ']');
	return status;
}

static bool is_another(const struct writing *w, const char *subject)
{
	const char *name = subject && !strncmp(subject, "person ", 7) ? subject + 7 : NULL;

	return name && strcmp(name, w->slug) != 0;
}

/* Some lines name in their words whom they are about. */
static bool names_another(const char *action)
{
	return !strcmp(action, "group-changed") || !strcmp(action, "access-granted") ||
	       !strcmp(action, "access-refused");
}

/*
 * What one did to another is told without saying who: the name of an account is not known by
 * whoever invites an address. Nor whether there was an account before.
 */
static enum status put_audit(struct writing *w)
{
	struct audit_list list;
	enum status status = audit_of_person(w->db, w->a, w->reader->person_id, ALL, &list);

	json_out_open(&w->j, "journal", '[');
	for (size_t i = 0; status == OK && i < list.n_audits; i++) {
		const char *subject = list.audit[i].subject;

		if (!strcmp(list.audit[i].action, "person-added"))
			continue;
		json_out_open(&w->j, NULL, '{');
		put_moment(w, "at", list.audit[i].at);
		json_out_text(&w->j, "action", list.audit[i].action);
		json_out_text(&w->j, "subject", is_another(w, subject) ? NULL : subject);
		json_out_text(&w->j, "detail",
			      names_another(list.audit[i].action) ? NULL : list.audit[i].detail);
		json_out_text(&w->j, "address", list.audit[i].address);
		json_out_close(&w->j, '}');
	}
	json_out_close(&w->j, ']');
	return status;
}

enum status own_data_put(struct db *db, struct arena *a, const struct reader *reader, int64_t now,
			 struct out *o)
{
	static enum status (*const part[])(struct writing * w) = {
		put_person, put_functions, put_groups, put_attendance, put_requests,
		put_saved,  put_logins,    put_mails,  put_audit,
	};
	struct writing w = { db, a, reader, now, { o, false } };
	enum status status = OK;

	json_out_open(&w.j, NULL, '{');
	put_moment(&w, "made_at", now);
	for (size_t i = 0; status == OK && i < sizeof(part) / sizeof(*part); i++)
		status = part[i](&w);
	json_out_close(&w.j, '}');
	return status;
}
