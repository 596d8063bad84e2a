/*
 * sign_in_link.c - links sent by mail: asked for, shown, used.
 *
 * A link is shown by a page with one button and used by that button: programs that look at mail
 * before its reader does follow links, and push no buttons.
 */
#include "base/arena.h"
#include "base/mail_address.h"
#include "base/tr.h"
#include "db/db.h"
#include "web/account.h"
#include "web/pages/account.h"
#include "web/pages/account_kit.h"

/* ---- asking for one ---------------------------------------------------------------- */

/* The two letters that anyone may have sent to a person who has an account. */
struct asking {
	const char *title, *words, *submit;
	struct url action;
	enum status (*send)(const struct account_letter *l, const char *wanted);
	const char *purpose; /* of the link */
	const char *detail;  /* for the journal */
	const char *other, *other_path;
};

static struct asking for_sign_in(void)
{
	return (struct asking){
		.title = _("Se connecter par un lien"),
		.words = _("Vous recevez par courriel un lien qui vous connecte : il vaut trente "
			   "minutes et sert une seule fois. Aucun mot de passe n’est demandé."),
		.submit = _("Recevoir un lien"),
		.action = URL("/connexion/lien"),
		.send = letter_sign_in,
		.purpose = "sign-in",
		.detail = _("pour se connecter"),
		.other = _("Se connecter avec un mot de passe"),
		.other_path = "/connexion",
	};
}

static struct asking for_password(void)
{
	return (struct asking){
		.title = _("Choisir un mot de passe"),
		.words = _("Vous recevez par courriel un lien pour choisir un mot de passe, le "
			   "premier "
			   "ou un nouveau : il vaut deux heures et sert une seule fois."),
		.submit = _("Recevoir un lien"),
		.action = URL("/mot-de-passe"),
		.send = letter_reset,
		.purpose = "password",
		.detail = _("pour choisir un mot de passe"),
		.other = _("Se connecter sans mot de passe, par un lien reçu par courriel"),
		.other_path = "/connexion/lien",
	};
}

static struct field_view *make_form(struct form *f, struct request *req, const struct asking *k)
{
	struct field_view *email;

	form_begin(f, req, k->action, k->submit);
	email = form_field(f, FIELD_EMAIL, "courriel", _("Adresse de courriel"), NULL);
	email->help = _("Celle de votre compte.");
	email->autocomplete = "username";
	form_require(f, email);
	form_expect_email(f, email);
	form_keep_wanted(f);
	return email;
}

static enum status show(struct request *req, struct response *res, struct form *f,
			const struct asking *k)
{
	struct account_form_view v = { .words = { k->words }, .form = form_show(f) };

	add_way(v.way, &v.n_ways, k->other, url_wanting(req, k->other_path, wanted_page(req)));
	account_frame(req, res, &v.frame, k->title);
	account_code(res, f);
	account_form_html(&res->body, &v);
	return OK;
}

/* In a transaction that writes whether the address is known or not. */
static enum status send(struct request *req, const struct asking *k, const char *email)
{
	struct person person = { 0 };
	const struct account_letter l = letter_to(req, &person);
	bool is_due = false;
	enum status status = person_by_email(req->db, req->arena, email, &person);

	if (status == OK && !person.is_blocked)
		status = letter_is_due(req, &person, k->purpose, &is_due);
	if (status == OK && is_due)
		status = k->send(&l, wanted_page(req));
	if (status == OK || status == NOT_FOUND)
		status = trace_of(req, 0, "link-asked", subject_of(req, &person), k->detail);
	return status;
}

static enum status ask(struct request *req, struct response *res, const struct asking *k)
{
	struct form f;
	struct field_view *email = make_form(&f, req, k);
	int64_t wait, began;
	enum status status;

	if (!form_is_good(&f))
		return show(req, res, &f, k);
	wait = limiter_take(req->site->limiter, LINKS_FROM_ADDRESS,
			    limiter_place(req->arena, req->address), req->now);
	if (wait)
		return hold_back(req, res, wait);
	began = even_begin();
	status = db_begin(req->db);
	if (status == OK)
		status = db_end(req->db, send(req, k, email->value));
	if (status == OK)
		response_redirect(res, 303, "/connexion/lien-envoye");
	even_end(began);
	return status;
}

static enum status show_asking(struct request *req, struct response *res, const struct asking *k)
{
	struct form f;

	make_form(&f, req, k);
	return show(req, res, &f, k);
}

enum status link_ask_show(struct request *req, struct response *res)
{
	const struct asking k = for_sign_in();

	return show_asking(req, res, &k);
}

enum status link_ask(struct request *req, struct response *res)
{
	const struct asking k = for_sign_in();

	return ask(req, res, &k);
}

enum status reset_ask_show(struct request *req, struct response *res)
{
	const struct asking k = for_password();

	return show_asking(req, res, &k);
}

enum status reset_ask(struct request *req, struct response *res)
{
	const struct asking k = for_password();

	return ask(req, res, &k);
}

enum status link_asked_show(struct request *req, struct response *res)
{
	struct account_told_view v = {
		.words = { _("Si un compte existe à cette adresse, un message vient d’y partir. Il "
			     "arrive en général en une minute ou deux."),
			   _("S’il ne vient pas, regardez parmi les indésirables, et vérifiez que "
			     "l’adresse est bien celle de votre compte.") },
	};

	add_way(v.way, &v.n_ways, _("Revenir à la page de connexion"), URL("/connexion"));
	account_tell(req, res, &v, _("Regardez votre boîte de courriel"));
	return OK;
}

/* ---- using one --------------------------------------------------------------------- */

/* Whose link it is stands there: nobody signs in as another without knowing. */
enum status link_show(struct request *req, struct response *res)
{
	struct account_form_view v = { .words = { NULL } };
	struct token t;
	struct person p;
	struct form f;
	enum status status = find_link(req, "sign-in", &t, &p);

	if (status == NOT_FOUND)
		return link_is_stale(req, res);
	if (status != OK)
		return status;
	form_begin(&f, req, url_path(req->arena, "/connexion/lien/", request_param(req, "secret")),
		   _("Me connecter"));
	v.form = form_show(&f);
	v.words[0] = arena_printf(req->arena, _("Ce lien est celui de %s."),
				  person_name(req->arena, &p));
	account_frame(req, res, &v.frame, _("Se connecter"));
	account_form_html(&res->body, &v);
	return OK;
}

static enum status use(struct request *req, struct response *res)
{
	struct token t;
	struct person p;
	enum status status = find_link(req, "sign-in", &t, &p);

	if (status == OK)
		status = token_use(req->db, &t, req->now);
	if (status != OK)
		return status;
	return enter_as(req, res, &p, !p.has_second_factor, _("par lien"),
			wanted_or_null(t.subject));
}

/* Nobody guesses 256 bits: what is bounded is how much of it the journal holds. */
static enum status refuse_link(struct request *req, struct response *res)
{
	int64_t wait = limiter_take(req->site->limiter, BAD_LINKS_FROM_ADDRESS,
				    limiter_place(req->arena, req->address), req->now);
	enum status status;

	if (wait)
		return hold_back(req, res, wait);
	status = db_begin(req->db);
	if (status == OK)
		status = db_end(req->db, trace_of(req, 0, "sign-in-failed", NULL, _("lien")));
	return status == OK ? link_is_stale(req, res) : status;
}

enum status link_use(struct request *req, struct response *res)
{
	enum status status = db_begin(req->db);

	if (status == OK)
		status = db_end(req->db, use(req, res));
	return status == NOT_FOUND || status == CONFLICT ? refuse_link(req, res) : status;
}
