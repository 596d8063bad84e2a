#include <string.h>

#include "base/arena.h"
#include "base/mail_address.h"
#include "base/password_rule.h"
#include "base/secret.h"
#include "base/tr.h"
#include "db/db.h"
#include "web/account.h"
#include "web/pages/account.h"
#include "web/pages/account_kit.h"

/* ---- the form ---------------------------------------------------------------------- */

struct door {
	struct form form;
	struct field_view *email, *password;
};

static void make_door(struct door *d, struct request *req)
{
	form_begin(&d->form, req, URL("/connexion"), _("Se connecter"));
	d->email = form_field(&d->form, FIELD_EMAIL, "courriel", _("Adresse de courriel"), NULL);
	d->email->autocomplete = "username";
	form_require(&d->form, d->email);
	form_limit(&d->form, d->email, MAIL_ADDRESS_MAX);
	d->password = form_field(&d->form, FIELD_PASSWORD, "mot_de_passe", _("Mot de passe"), NULL);
	d->password->autocomplete = "current-password";
	form_require(&d->form, d->password);
	form_keep_wanted(&d->form);
}

static enum status show_door(struct request *req, struct response *res, struct door *d)
{
	const char *wanted = wanted_page(req);
	struct account_form_view v = { .form = form_show(&d->form) };

	if (wanted && !d->form.is_sent)
		v.words[0] = _("Vous retrouverez ensuite la page demandée.");
	add_way(v.way, &v.n_ways,
		_("Se connecter sans mot de passe, par un lien reçu par courriel"),
		url_wanting(req, "/connexion/lien", wanted));
	add_way(v.way, &v.n_ways, _("Mot de passe oublié"),
		url_wanting(req, "/mot-de-passe", wanted));
	account_frame(req, res, &v.frame, _("Se connecter"));
	account_code(res, &d->form);
	account_form_html(&res->body, &v);
	return OK;
}

enum status sign_in_show(struct request *req, struct response *res)
{
	struct door d;

	if (req->reader.person_id) {
		response_redirect(res, 303, account_return(wanted_page(req), "/espace"));
		return OK;
	}
	make_door(&d, req);
	return show_door(req, res, &d);
}

/* ---- an attempt -------------------------------------------------------------------- */

struct attempt {
	const char *who; /* the address as it is compared, known or not */
	const char *place, *password;
	struct person person; /* of id 0 when there is none */
	struct credentials credentials;
};

/* The same questions are asked for who is known and who is not. */
static enum status read_attempt(struct request *req, const struct door *d, struct attempt *t)
{
	enum status status;

	*t = (struct attempt){
		.who = mail_address_key(req->arena, d->email->value),
		.place = limiter_place(req->arena, req->address),
		.password = password_clean(req->arena, d->password->value),
	};
	status = person_by_email(req->db, req->arena, d->email->value, &t->person);
	if (status != OK && status != NOT_FOUND)
		return status;
	status = credentials_of(req->db, req->arena, t->person.id, &t->credentials);
	return status == NOT_FOUND ? OK : status;
}

enum { KNOWN_FOR = 90 * 86400 };

/*
 * Whoever tries another's account from elsewhere must not keep its owner out of it: the limit of
 * an account does not hold where its owner signed in before.
 */
static enum status count_attempt(struct request *req, const struct attempt *t, int64_t *wait)
{
	struct limiter *l = req->site->limiter;
	bool is_known;
	enum status status = login_knows_address(req->db, t->person.id, req->address,
						 req->now - KNOWN_FOR, &is_known);

	if (status != OK)
		return status;
	*wait = limiter_take(l, PASSWORDS_FROM_ADDRESS, t->place, req->now);
	if (!*wait)
		*wait = limiter_take(l, PASSWORDS_OF_ACCOUNT, t->who, req->now);
	else
		is_known = false;
	if (is_known)
		*wait = 0;
	return OK;
}

static bool may_enter(const struct attempt *t)
{
	bool is_right = password_verify(t->credentials.password, t->password);

	return is_right && !t->person.is_blocked && !t->person.is_erased;
}

static enum status refuse_attempt(struct request *req, struct response *res, struct door *d,
				  const struct attempt *t)
{
	enum status status = db_begin(req->db);

	if (status != OK)
		return status;
	status = db_end(req->db, trace_of(req, 0, "sign-in-failed", subject_of(req, &t->person),
					  _("mot de passe")));
	if (status != OK)
		return status;
	form_refuse(&d->form, d->password,
		    _("Cette adresse et ce mot de passe ne vont pas ensemble. Un lien reçu par "
		      "courriel permet d’entrer sans mot de passe."));
	return show_door(req, res, d);
}

/* Hashed again when the cost of a hash was raised since: before the transaction, it takes long. */
static const char *fresh_hash(struct request *req, const struct attempt *t)
{
	char hash[PASSWORD_HASH_SIZE];

	if (!password_is_outdated(t->credentials.password) || !password_hash(t->password, hash))
		return NULL;
	return arena_strdup(req->arena, hash);
}

static enum status enter(struct request *req, struct response *res, const struct attempt *t)
{
	const char *hash = fresh_hash(req, t);
	enum status status = db_begin(req->db);

	if (status != OK)
		return status;
	if (hash)
		status = credentials_set_password(req->db, t->person.id, hash);
	if (status == OK)
		status = enter_as(req, res, &t->person, !t->credentials.has_totp,
				  _("par mot de passe"), wanted_page(req));
	return db_end(req->db, status);
}

static enum status attempt(struct request *req, struct response *res, struct door *d)
{
	struct limiter *l = req->site->limiter;
	struct attempt t;
	int64_t wait;
	enum status status = read_attempt(req, d, &t);

	if (status == OK)
		status = count_attempt(req, &t, &wait);
	if (status != OK)
		return status;
	if (wait)
		return hold_back(req, res, wait);
	if (!may_enter(&t))
		return refuse_attempt(req, res, d, &t);
	limiter_give_back(l, PASSWORDS_FROM_ADDRESS, t.place, req->now);
	limiter_forget(l, PASSWORDS_OF_ACCOUNT, t.who);
	return enter(req, res, &t);
}

enum status sign_in_try(struct request *req, struct response *res)
{
	struct door d;

	make_door(&d, req);
	return form_is_good(&d.form) ? attempt(req, res, &d) : show_door(req, res, &d);
}
