/*
 * password.c - a first password or another one, chosen by whoever was sent the link for it.
 */
#include "base/arena.h"
#include "base/password_rule.h"
#include "base/secret.h"
#include "base/tr.h"
#include "db/db.h"
#include "web/account.h"
#include "web/pages/account.h"
#include "web/pages/account_kit.h"

static struct field_view *make_form(struct form *f, struct request *req, const struct person *p)
{
	struct field_view *password;

	form_begin(f, req, url_path(req->arena, "/mot-de-passe/", request_param(req, "secret")),
		   _("Garder ce mot de passe et me connecter"));
	password = new_password_field(f, "nouveau");
	expect_password(f, password, p);
	return password;
}

static enum status show(struct request *req, struct response *res, struct form *f,
			const struct person *p)
{
	struct account_form_view v = { .form = form_show(f) };

	v.words[0] = arena_printf(req->arena, _("Pour le compte de %s, à l’adresse %s."),
				  person_name(req->arena, p), p->email ? p->email : "–");
	if (p->has_password)
		v.words[1] = _("Vos autres appareils seront déconnectés.");
	account_frame(req, res, &v.frame, _("Choisir un mot de passe"));
	account_code(res, f);
	account_form_html(&res->body, &v);
	return OK;
}

enum status password_show(struct request *req, struct response *res)
{
	struct token t;
	struct person p;
	struct form f;
	enum status status = find_link(req, "password", &t, &p);

	if (status == NOT_FOUND)
		return link_is_stale(req, res);
	if (status != OK)
		return status;
	make_form(&f, req, &p);
	return show(req, res, &f, &p);
}

/*
 * All sessions end: who knew the old password, or stole a session, is out, and so are the links
 * they asked for.
 */
static enum status set(struct request *req, struct response *res, const struct token *t,
		       const struct person *p, const char *hash)
{
	const struct account_letter l = letter_to(req, p);
	enum status status = token_use(req->db, t, req->now);

	if (status == OK)
		status = credentials_set_password(req->db, p->id, hash);
	if (status == OK)
		status = login_end_others(req->db, p->id, 0);
	if (status == OK)
		status = token_drop(req->db, p->id, req->now);
	if (status == OK)
		status = trace_of(req, p->id, "password-set", subject_of(req, p), _("par lien"));
	if (status == OK && p->has_password)
		status = letter_password_changed(&l);
	if (status != OK)
		return status;
	return enter_as(req, res, p, !p->has_second_factor, _("par lien"),
			wanted_or_null(t->subject));
}

/* The hash is made before the transaction: it takes long. */
static enum status choose(struct request *req, struct response *res, const struct token *t,
			  const struct person *p, const char *typed)
{
	char hash[PASSWORD_HASH_SIZE];
	enum status status;

	if (!password_hash(password_clean(req->arena, typed), hash))
		return FAILED;
	status = db_begin(req->db);
	if (status == OK)
		status = db_end(req->db, set(req, res, t, p, hash));
	return status == CONFLICT ? link_is_stale(req, res) : status;
}

enum status password_choose(struct request *req, struct response *res)
{
	struct token t;
	struct person p;
	struct form f;
	struct field_view *password;
	enum status status = find_link(req, "password", &t, &p);

	if (status == NOT_FOUND)
		return link_is_stale(req, res);
	if (status != OK)
		return status;
	password = make_form(&f, req, &p);
	if (!form_is_good(&f))
		return show(req, res, &f, &p);
	return choose(req, res, &t, &p, password->value);
}
