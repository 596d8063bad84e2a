/*
 * sign_in_code.c - the second factor, once the password or the link was right. The session is half
 * a session until then, and another takes its place after.
 */
#include "base/arena.h"
#include "base/tr.h"
#include "db/db.h"
#include "web/account.h"
#include "web/pages/account.h"
#include "web/pages/account_kit.h"

struct codes {
	struct form form, other;
	struct field_view *code, *recovery;
};

static void make_forms(struct codes *c, struct request *req)
{
	bool by_recovery = req->method == POST && request_form(req, "secours");

	form_begin(&c->form, req, URL("/connexion/code"), _("Continuer"));
	c->form.is_sent &= !by_recovery;
	c->code = form_field(&c->form, FIELD_CODE, "code", _("Code à six chiffres"), NULL);
	c->code->autocomplete = "one-time-code";
	form_require(&c->form, c->code);
	form_keep_wanted(&c->form);
	form_begin(&c->other, req, URL("/connexion/code"), _("Continuer avec ce code"));
	c->other.is_sent &= by_recovery;
	c->recovery = form_field(&c->other, FIELD_TEXT, "secours", _("Code de secours"), NULL);
	c->recovery->help =
		_("Douze lettres et chiffres, donnés avec la connexion en deux étapes.");
	c->recovery->autocomplete = "off";
	form_require(&c->other, c->recovery);
	form_keep_wanted(&c->other);
}

static enum status show(struct request *req, struct response *res, struct codes *c)
{
	struct account_form_view v = {
		.words = { _("Ouvrez l’application de codes de votre téléphone et recopiez le code "
			     "qu’elle affiche pour ce site.") },
		.form = form_show(&c->form),
		.other = form_show(&c->other),
		.other_title = _("Je n’ai pas mon téléphone"),
	};

	account_frame(req, res, &v.frame, _("Connexion en deux étapes"));
	account_code(res, &c->form);
	account_code(res, &c->other);
	account_form_html(&res->body, &v);
	return OK;
}

/* Who has not begun to sign in, or took too long, begins again. */
static bool is_half_in(const struct request *req)
{
	return req->login && !req->login->is_whole;
}

static enum status begin_again(struct request *req, struct response *res)
{
	const char *wanted = wanted_page(req);

	response_redirect(res, 303,
			  req->reader.person_id ? account_return(wanted, "/espace")
						: path_wanting(req, "/connexion", wanted));
	return OK;
}

enum status code_show(struct request *req, struct response *res)
{
	struct codes c;

	if (!is_half_in(req))
		return begin_again(req, res);
	make_forms(&c, req);
	return show(req, res, &c);
}

/* ---- an attempt -------------------------------------------------------------------- */

enum { KNOWN_FOR = 90 * 86400 };

/* A recovery code has 60 bits: the limit of the visitor's address is enough for it. */
static enum status count_attempt(struct request *req, const struct codes *c, int64_t *wait)
{
	struct limiter *l = req->site->limiter;
	int64_t id = req->login->person_id;
	bool is_known;
	enum status status;

	*wait = limiter_take(l, CODES_FROM_ADDRESS, limiter_place(req->arena, req->address),
			     req->now);
	if (*wait || c->other.is_sent)
		return OK;
	*wait = limiter_take(l, CODES_OF_ACCOUNT, arena_printf(req->arena, "%lld", (long long)id),
			     req->now);
	if (!*wait)
		return OK;
	status = login_knows_address(req->db, id, req->address, req->now - KNOWN_FOR, &is_known);
	if (is_known)
		*wait = 0;
	return status;
}

static enum status prove_either(struct request *req, const struct codes *c, const struct person *p,
				enum proof *proof)
{
	struct credentials known;
	enum status status = credentials_of(req->db, req->arena, p->id, &known);

	if (status != OK)
		return status;
	if (c->other.is_sent)
		return prove_by_recovery(req, p->id, c->recovery->value, proof);
	return prove_by_code(req, p->id, &known, c->code->value, proof);
}

static const char *how(const struct codes *c)
{
	return c->other.is_sent ? _("par code de secours") : _("avec connexion en deux étapes");
}

/* In one transaction: a code is used and the session begins, or the failure is written down. */
static enum status attempt(struct request *req, struct response *res, const struct codes *c,
			   enum proof *proof)
{
	struct person p;
	enum status status = person_by_id(req->db, req->arena, req->login->person_id, &p);

	if (status == OK)
		status = prove_either(req, c, &p, proof);
	if (status != OK)
		return status;
	if (*proof == PROVEN)
		return enter_as(req, res, &p, true, how(c), wanted_page(req));
	return trace_of(req, 0, "sign-in-failed", subject_of(req, &p),
			c->other.is_sent ? _("code de secours") : _("code"));
}

static void give_back(struct request *req, const struct codes *c)
{
	struct limiter *l = req->site->limiter;

	limiter_give_back(l, CODES_FROM_ADDRESS, limiter_place(req->arena, req->address), req->now);
	if (!c->other.is_sent)
		limiter_forget(l, CODES_OF_ACCOUNT,
			       arena_printf(req->arena, "%lld", (long long)req->login->person_id));
}

static enum status refuse_code(struct request *req, struct response *res, struct codes *c)
{
	form_refuse(&c->form, c->code,
		    _("Ce n’est pas le bon code, ou il a déjà servi. Attendez le suivant et "
		      "vérifiez que le téléphone est à l’heure."));
	form_refuse(&c->other, c->recovery, _("Ce code n’existe pas, ou il a déjà servi."));
	return show(req, res, c);
}

enum status code_try(struct request *req, struct response *res)
{
	struct codes c;
	enum proof proof;
	int64_t wait;
	enum status status;

	if (!is_half_in(req))
		return begin_again(req, res);
	make_forms(&c, req);
	if (!form_is_good(c.other.is_sent ? &c.other : &c.form))
		return show(req, res, &c);
	status = count_attempt(req, &c, &wait);
	if (status == OK && wait)
		return hold_back(req, res, wait);
	if (status == OK)
		status = db_begin(req->db);
	if (status == OK)
		status = db_end(req->db, attempt(req, res, &c, &proof));
	if (status != OK)
		return status;
	if (proof != PROVEN)
		return refuse_code(req, res, &c);
	give_back(req, &c);
	return OK;
}
