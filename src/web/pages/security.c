#include "web/pages/security.h"
#include "store/mail.h"

#include <string.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/mail_address.h"
#include "base/tr.h"
#include "db/db.h"
#include "web/account.h"
#include "web/address.h"
#include "web/agent.h"
#include "web/pages/account.h"
#include "web/pages/area.h"

const char *const security_known[] = { "fait", NULL };

/* ---- what was just done ------------------------------------------------------------ */

static const struct {
	const char *name, *words;
} done[] = {
	{ "mot-de-passe",
	  N_("Votre mot de passe est changé. Les autres appareils ont été déconnectés.") },
	{ "courriel-demande",
	  N_("Si cette adresse peut servir à votre compte, un message vient d’y partir : le "
	     "changement se fait quand vous suivez son lien.") },
	{ "courriel", N_("Votre adresse de courriel est changée.") },
	{ "appareil", N_("L’appareil est déconnecté.") },
	{ "appareils", N_("Les autres appareils sont déconnectés.") },
	{ "retrait", N_("La connexion en deux étapes est retirée.") },
};

const char *done_in_words(struct request *req)
{
	const char *name = request_query(req, "fait");

	for (size_t i = 0; name && i < sizeof(done) / sizeof(*done); i++)
		if (!strcmp(done[i].name, name))
			return _(done[i].words);
	return NULL;
}

void go_and_tell(struct request *req, struct response *res, const char *path, const char *what)
{
	const struct pair told = { "fait", what };

	response_redirect(res, 303, address_write(req->arena, path, &told, 1));
}

/* ---- who ----------------------------------------------------------------------- */

enum status self(struct request *req, struct person *p, struct credentials *c)
{
	enum status status = person_by_id(req->db, req->arena, req->reader.person_id, p);

	return status == OK ? credentials_of(req->db, req->arena, p->id, c) : status;
}

enum status begin_anew(struct request *req, struct response *res)
{
	enum status status = login_end_others(req->db, req->reader.person_id, 0);

	if (status == OK)
		status = token_drop(req->db, req->reader.person_id, req->now);
	return status == OK ? account_begin(req, res, req->reader.person_id, true) : status;
}

enum { FRESH = 30 * 60 };

enum status came_by_link(struct request *req, bool *is_fresh)
{
	*is_fresh = false;
	if (!req->login || req->now - req->login->made_at >= FRESH)
		return OK;
	return login_is_by_link(req->db, req->login, is_fresh);
}

/* ---- forms --------------------------------------------------------------------- */

/* Somebody with neither a password nor a link of this half hour asks for a link first. */
static bool may_change(const struct security *s)
{
	return s->is_fresh || s->credentials.password;
}

struct field_view *present_password_field(struct form *f, const char *name)
{
	struct field_view *field =
		form_field(f, FIELD_PASSWORD, name, _("Mot de passe actuel"), NULL);

	field->autocomplete = "current-password";
	form_require(f, field);
	return field;
}

static struct field_view *present_field(struct form *f, const char *name, const struct security *s)
{
	return s->is_fresh ? NULL : present_password_field(f, name);
}

static void make_password_form(struct request *req, struct security *s, bool is_sent)
{
	struct form *f = &s->password;

	form_begin(f, req, URL("/espace/securite/mot-de-passe"),
		   s->credentials.password ? _("Changer le mot de passe")
					   : _("Choisir ce mot de passe"));
	f->is_sent = is_sent;
	s->present = present_field(f, "actuel", s);
	s->chosen = new_password_field(f, "nouveau");
	expect_password(f, s->chosen, &s->person);
}

static void expect_another(struct request *req, struct security *s)
{
	if (s->person.email && !strcmp(mail_address_key(req->arena, s->email->value),
				       mail_address_key(req->arena, s->person.email)))
		form_refuse(&s->address, s->email, _("C’est déjà votre adresse."));
}

static void make_address_form(struct request *req, struct security *s, bool is_sent)
{
	struct form *f = &s->address;

	form_begin(f, req, URL("/espace/securite/courriel"), _("Changer l’adresse"));
	f->is_sent = is_sent;
	s->email = form_field(f, FIELD_EMAIL, "courriel", _("Nouvelle adresse de courriel"), NULL);
	s->email->help = _("Un message y partira, avec un lien à suivre pour confirmer.");
	s->email->autocomplete = "email";
	form_require(f, s->email);
	form_expect_email(f, s->email);
	expect_another(req, s);
	s->proof = present_field(f, "preuve", s);
}

enum status security_read(struct request *req, struct security *s, enum security_form sent)
{
	enum status status = self(req, &s->person, &s->credentials);

	if (status == OK)
		status = came_by_link(req, &s->is_fresh);
	if (status != OK)
		return status;
	make_password_form(req, s, sent == PASSWORD_FORM);
	make_address_form(req, s, sent == ADDRESS_FORM);
	return OK;
}

/* ---- the page ------------------------------------------------------------------ */

static struct device_view device_of(struct request *req, const struct login *l)
{
	struct arena *a = req->arena;
	struct device_view d = {
		.name = agent_in_words(a, l->agent),
		.since = arena_printf(a, _("Connexion : %s"), moments_in_words(a, l->made_at, 0)),
		.last = arena_printf(a, _("Dernier passage : %s"),
				     moments_in_words(a, l->seen_at, 0)),
		.from = l->address ? arena_printf(a, _("Depuis l’adresse %s"), l->address) : NULL,
		.is_this = req->login && req->login->id == l->id,
	};

	d.end = url_path_and(a, "/espace/securite/appareils/",
			     arena_printf(a, "%lld", (long long)l->id), "/fin");
	d.end_label = arena_printf(a, _("%s, connexion du %s"), d.name,
				   moments_in_words(a, l->made_at, 0));
	return d;
}

static enum status fill_devices(struct request *req, const struct security *s,
				struct security_view *v)
{
	struct login_list list;
	enum status status = login_of(req->db, req->arena, s->person.id, req->now, &list);

	if (status != OK)
		return status;
	v->device = arena_make(req->arena, struct device_view, list.n_logins);
	v->n_devices = list.n_logins;
	for (size_t i = 0; i < list.n_logins; i++)
		v->device[i] = device_of(req, &list.login[i]);
	v->has_others = list.n_logins > 1;
	return OK;
}

static const char *password_words(const struct security *s)
{
	if (!s->credentials.password)
		return _("Vous n’avez pas de mot de passe : vous vous connectez par un lien reçu "
			 "par courriel.");
	return s->is_fresh ? _("Vous venez d’entrer par un lien : l’ancien mot de passe n’est pas "
			       "demandé pendant une demi-heure. Le changer déconnecte vos autres "
			       "appareils.")
			   : _("Le changer déconnecte vos autres appareils.");
}

static void fill(const struct security *s, struct security_view *v)
{
	bool has_factor = s->credentials.has_totp;

	v->email = s->person.email ? s->person.email : _("aucune");
	v->password_words = password_words(s);
	v->factor.url = URL("/espace/securite/deux-etapes");
	v->factor.label = has_factor ? _("Gérer la connexion en deux étapes")
				     : _("Mettre en place la connexion en deux étapes");
	v->factor_words =
		has_factor
			? _("En place : un code de votre téléphone est demandé à la connexion.")
			: _("Un code de votre téléphone, demandé en plus à la connexion, protège "
			    "votre compte même si le mot de passe est découvert.");
}

enum status security_write(struct request *req, struct response *res, struct security *s)
{
	struct security_view v = { .by_link = URL("/mot-de-passe") };
	enum status status;

	fill(s, &v);
	if (may_change(s)) {
		v.password = form_show(&s->password);
		v.address = form_show(&s->address);
	}
	status = fill_devices(req, s, &v);
	if (status == OK)
		status = mail_fails(req->db, req->arena, s->person.email, &v.is_out_of_reach);
	if (status != OK)
		return status;
	area_fill(req, &v.area, _("Connexion et sécurité"), (struct tag_view){ 0 });
	v.area.done = done_in_words(req);
	account_code(res, &s->password);
	account_code(res, &s->address);
	security_html(&res->body, &v);
	return OK;
}

enum status security_show(struct request *req, struct response *res)
{
	struct security s;
	enum status status = security_read(req, &s, NO_FORM);

	return status == OK ? security_write(req, res, &s) : status;
}

/* ---- sessions ------------------------------------------------------------------ */

/* Only digits; 0 is nobody's. */
static int64_t number_of(const char *text)
{
	int64_t n = 0;

	for (; *text; text++) {
		if (*text < '0' || *text > '9' || n > INT64_MAX / 10 - 9)
			return 0;
		n = n * 10 + (*text - '0');
	}
	return n;
}

static enum status end_one(struct request *req, int64_t id)
{
	enum status status = login_end(req->db, req->reader.person_id, id);

	if (status == OK)
		status = audit_here(req, "sign-out", NULL, _("un autre appareil"));
	return status;
}

enum status security_end_device(struct request *req, struct response *res)
{
	int64_t id = number_of(request_param(req, "id"));
	enum status status = db_begin(req->db);

	if (status == OK)
		status = db_end(req->db, end_one(req, id));
	if (status == OK)
		go_and_tell(req, res, "/espace/securite", "appareil");
	return status;
}

static enum status end_others(struct request *req)
{
	enum status status =
		login_end_others(req->db, req->reader.person_id, req->login ? req->login->id : 0);

	if (status == OK)
		status = audit_here(req, "sign-out", NULL, _("tous les autres appareils"));
	return status;
}

enum status security_end_others(struct request *req, struct response *res)
{
	enum status status = db_begin(req->db);

	if (status == OK)
		status = db_end(req->db, end_others(req));
	if (status == OK)
		go_and_tell(req, res, "/espace/securite", "appareils");
	return status;
}
