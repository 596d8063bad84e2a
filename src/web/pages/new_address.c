/*
 * new_address.c - the link that was sent to a new address of e-mail, which becomes the person's.
 */
#include "base/arena.h"
#include "base/tr.h"
#include "db/db.h"
#include "web/account.h"
#include "web/pages/account.h"
#include "web/pages/account_kit.h"

static enum status find(struct request *req, struct token *t, struct person *p)
{
	enum status status = find_link(req, "email", t, p);

	return status == OK && !t->subject ? NOT_FOUND : status;
}

enum status email_show(struct request *req, struct response *res)
{
	struct account_form_view v = { .words = { NULL } };
	struct token t;
	struct person p;
	struct form f;
	enum status status = find(req, &t, &p);

	if (status == NOT_FOUND)
		return link_is_stale(req, res);
	if (status != OK)
		return status;
	form_begin(&f, req, url_path(req->arena, "/courriel/", request_param(req, "secret")),
		   _("Utiliser cette adresse"));
	v.form = form_show(&f);
	v.words[0] = arena_printf(req->arena,
				  _("Le compte de %s utilisera désormais l’adresse %s, pour se "
				    "connecter et pour recevoir des messages."),
				  person_name(req->arena, &p), t.subject);
	account_frame(req, res, &v.frame, _("Confirmer votre adresse"));
	account_form_html(&res->body, &v);
	return OK;
}

/* What was sent to the old address opens nothing any more, but for being told. */
static enum status change(struct request *req)
{
	struct token t;
	struct person p, changed;
	struct account_letter l;
	enum status status = find(req, &t, &p);

	if (status == OK)
		status = token_use(req->db, &t, req->now);
	if (status != OK)
		return status;
	changed = p;
	changed.email = t.subject;
	status = person_save(req->db, req->arena, &changed);
	if (status == OK)
		status = token_drop(req->db, p.id, req->now);
	if (status == OK)
		status = trace_of(req, p.id, "person-changed", subject_of(req, &p),
				  _("adresse de courriel"));
	l = letter_to(req, &p);
	return status == OK && p.email ? letter_email_changed(&l, t.subject) : status;
}

/* CONFLICT: it was used, or another has taken the address meanwhile, which is told to nobody. */
enum status email_confirm(struct request *req, struct response *res)
{
	enum status status = db_begin(req->db);

	if (status == OK)
		status = db_end(req->db, change(req));
	if (status == NOT_FOUND || status == CONFLICT)
		return link_is_stale(req, res);
	if (status == OK)
		response_redirect(res, 303, "/espace/securite?fait=courriel");
	return status;
}
