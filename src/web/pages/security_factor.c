/*
 * security_factor.c - the second factor: set up with a telephone, kept safe by recovery codes,
 * taken away.
 */
#include <string.h>

#include "base/arena.h"
#include "base/totp.h"
#include "base/tr.h"
#include "db/db.h"
#include "web/account.h"
#include "web/pages/account.h"
#include "web/pages/area.h"
#include "web/pages/frame.h"
#include "web/pages/security.h"
#include "web/qr.h"

#define HERE "/espace/securite/deux-etapes"

/* What stands on the page depends on where one is: none, proposed, in place. */
struct factor {
	struct person person;
	struct credentials credentials;
	bool is_administrator;
	bool is_fresh; /* came by a link a moment ago: that is proof enough to set it up */
	struct form start, confirm, codes, remove;
	struct field_view *present; /* NULL when it is not asked for */
	struct field_view *code, *codes_proof, *remove_proof;
};

enum factor_form { NO_FACTOR_FORM, CONFIRM, RENEW, REMOVE };

static struct field_view *proof_field(struct form *f, const char *name, const struct factor *k)
{
	struct field_view *field =
		form_field(f, FIELD_PASSWORD, name,
			   k->credentials.password ? _("Mot de passe, ou code du téléphone")
						   : _("Code du téléphone"),
			   NULL);

	field->autocomplete = "off";
	form_require(f, field);
	return field;
}

static void make_forms(struct request *req, struct factor *k, enum factor_form sent)
{
	form_begin(&k->start, req, URL(HERE "/commencer"), _("Commencer"));
	form_begin(&k->confirm, req, URL(HERE), _("Vérifier et mettre en place"));
	k->confirm.is_sent = sent == CONFIRM;
	k->code = form_field(&k->confirm, FIELD_CODE, "code", _("Code à six chiffres"), NULL);
	k->code->autocomplete = "one-time-code";
	form_require(&k->confirm, k->code);
	k->present = k->is_fresh ? NULL : present_password_field(&k->confirm, "actuel");
	form_begin(&k->codes, req, URL(HERE "/codes"), _("Faire dix nouveaux codes"));
	k->codes.is_sent = sent == RENEW;
	k->codes_proof = proof_field(&k->codes, "preuve_codes", k);
	form_begin(&k->remove, req, URL(HERE "/retirer"), _("Retirer la connexion en deux étapes"));
	k->remove.is_sent = sent == REMOVE;
	k->remove_proof = proof_field(&k->remove, "preuve_retrait", k);
}

static enum status read_factor(struct request *req, struct factor *k, enum factor_form sent)
{
	enum status status = self(req, &k->person, &k->credentials);

	if (status == OK)
		status = role_has(req->db, k->person.id, "administrator", &k->is_administrator);
	if (status == OK)
		status = came_by_link(req, &k->is_fresh);
	if (status == OK)
		make_forms(req, k, sent);
	return status;
}

static void factor_area(struct request *req, struct area_view *v, const char *title)
{
	area_fill(req, v, title,
		  (struct tag_view){ .label = _("Connexion et sécurité"),
				     .url = URL("/espace/securite") });
}

/* ---- the page ------------------------------------------------------------------ */

/* "ABCD EFGH…": easier to copy. */
static const char *in_fours(struct arena *a, const char *secret)
{
	size_t n = strlen(secret), at = 0;
	char *text = arena_make(a, char, n + n / 4 + 2);

	for (size_t i = 0; i < n; i++) {
		if (i && i % 4 == 0)
			text[at++] = ' ';
		text[at++] = secret[i];
	}
	return text;
}

static void fill_key(struct request *req, const struct factor *k, struct factor_view *v)
{
	const char *account = k->person.email ? k->person.email : k->person.slug;
	const char *address = totp_address(req->arena, setting_of(req, "site_name"), account,
					   k->credentials.totp_secret);
	struct qr qr = qr_draw(req->arena, address);

	v->key = in_fours(req->arena, k->credentials.totp_secret);
	v->qr_box = qr.box;
	v->qr_path = qr.path;
	v->qr_size = qr.size;
	v->confirm = form_show((struct form *)&k->confirm);
}

static enum status fill_in_place(struct request *req, struct factor *k, struct factor_view *v)
{
	int64_t n;
	enum status status = recovery_count(req->db, k->person.id, &n);

	if (status != OK)
		return status;
	v->words[0] = _("Elle est en place : à chaque connexion, un code de votre téléphone est "
			"demandé en plus.");
	v->left =
		arena_printf(req->arena,
			     _n("Il vous reste %lld code de secours. En faire de nouveaux annule "
				"les anciens.",
				"Il vous reste %lld codes de secours. En faire de nouveaux annule "
				"les anciens.",
				n),
			     (long long)n);
	v->codes = form_show(&k->codes);
	v->remove = form_show(&k->remove);
	if (k->is_administrator)
		v->kept =
			_("Les administratrices et administrateurs du site la gardent : elle "
			  "protège tout le réseau. Pour changer de téléphone, demandez à une autre "
			  "personne qui administre le site.");
	return OK;
}

/*
 * Whoever sets it up keeps everybody else out, its owner too: a session that was left open is not
 * enough for that.
 */
static bool may_set_up(const struct factor *k)
{
	return k->is_fresh || k->credentials.password;
}

static void fill_link_first(struct factor_view *v)
{
	v->words[0] = _("Pour mettre en place la connexion en deux étapes, déconnectez-vous, puis "
			"revenez par un nouveau lien de connexion : il montre que c’est bien "
			"vous, pendant une demi-heure.");
}

static void fill_start(struct factor *k, struct factor_view *v)
{
	v->words[0] =
		_("À chaque connexion, un code affiché par votre téléphone sera demandé en "
		  "plus du mot de passe. Qui découvrirait votre mot de passe n’entrerait pas.");
	v->words[1] = _("Il faut une application de codes sur votre téléphone, et deux minutes.");
	if (k->is_administrator)
		v->words[2] = _("Elle est nécessaire pour administrer le site : ce rôle commence "
				"quand elle est en place.");
	v->start = form_show(&k->start);
}

static enum status write(struct request *req, struct response *res, struct factor *k)
{
	struct factor_view v = { .words = { NULL } };
	enum status status = OK;

	if (k->credentials.has_totp)
		status = fill_in_place(req, k, &v);
	else if (!may_set_up(k))
		fill_link_first(&v);
	else if (k->credentials.totp_secret)
		fill_key(req, k, &v);
	else
		fill_start(k, &v);
	if (status != OK)
		return status;
	factor_area(req, &v.area, _("Connexion en deux étapes"));
	account_code(res, &k->confirm);
	account_code(res, &k->codes);
	account_code(res, &k->remove);
	factor_html(&res->body, &v);
	return OK;
}

enum status factor_show(struct request *req, struct response *res)
{
	struct factor k;
	enum status status = read_factor(req, &k, NO_FACTOR_FORM);

	return status == OK ? write(req, res, &k) : status;
}

/* ---- setting up ---------------------------------------------------------------- */

/* One that is in place stays until it is taken away. */
static enum status propose(struct request *req)
{
	struct person p;
	struct credentials c;
	enum status status = self(req, &p, &c);

	if (status != OK || c.has_totp)
		return status;
	return credentials_propose_totp(req->db, p.id, totp_draw(req->arena));
}

enum status factor_start(struct request *req, struct response *res)
{
	enum status status = db_begin(req->db);

	if (status == OK)
		status = db_end(req->db, propose(req));
	if (status == OK)
		response_redirect(res, 303, HERE);
	return status;
}

static enum status settle(struct request *req, struct response *res, const struct factor *k,
			  const char ***code)
{
	const struct account_letter l = letter_to(req, &k->person);
	enum status status = credentials_confirm_totp(req->db, k->person.id, req->now);

	if (status == OK)
		status = recovery_draw(req, k->person.id, code);
	if (status == OK)
		status = begin_anew(req, res);
	if (status == OK)
		status = audit_here(req, "factor-set", subject_of(req, &k->person), NULL);
	return status == OK && k->person.email ? letter_factor_changed(&l, true) : status;
}

/* Sets *code when the first one was right. */
static enum status confirm(struct request *req, struct response *res, const struct factor *k,
			   const char ***code)
{
	enum proof proof;
	enum status status =
		prove_by_code(req, k->person.id, &k->credentials, k->code->value, &proof);

	*code = NULL;
	return status == OK && proof == PROVEN ? settle(req, res, k, code) : status;
}

/*
 * Shown in the answer itself, for only their hashes are kept. Reloading it sends the same code
 * again, which is good once.
 */
static enum status show_codes(struct request *req, struct response *res, const char **code,
			      const char *done)
{
	struct codes_view v = { .code = code, .n_codes = RECOVERY_CODES };

	factor_area(req, &v.area, _("Vos codes de secours"));
	v.area.done = done;
	codes_html(&res->body, &v);
	return OK;
}

/* Against trying codes at a proposal that another left open. */
static int64_t count_code(struct request *req, const struct factor *k)
{
	return limiter_take(req->site->limiter, CODES_OF_ACCOUNT,
			    arena_printf(req->arena, "%lld", (long long)k->person.id), req->now);
}

enum status factor_confirm(struct request *req, struct response *res)
{
	struct factor k;
	const char **code;
	bool is_held = false;
	int64_t wait;
	enum status status = read_factor(req, &k, CONFIRM);

	if (status != OK)
		return status;
	if (k.credentials.has_totp || !k.credentials.totp_secret || !may_set_up(&k))
		return write(req, res, &k);
	status =
		check_present(req, res, &k.person, &k.credentials, &k.confirm, k.present, &is_held);
	if (status != OK || is_held)
		return status;
	if (!form_is_good(&k.confirm))
		return write(req, res, &k);
	wait = count_code(req, &k);
	if (wait)
		return hold_back(req, res, wait);
	status = db_begin(req->db);
	if (status == OK)
		status = db_end(req->db, confirm(req, res, &k, &code));
	if (status != OK)
		return status;
	if (code)
		return show_codes(
			req, res, code,
			_("La connexion en deux étapes est en place. Les autres appareils "
			  "ont été déconnectés."));
	form_refuse(&k.confirm, k.code,
		    _("Ce n’est pas le bon code. Attendez le suivant et vérifiez que le téléphone "
		      "est à l’heure."));
	return write(req, res, &k);
}

/* ---- once it is in place ------------------------------------------------------- */

static enum status check(struct request *req, struct response *res, const struct factor *k,
			 struct form *f, struct field_view *field, bool *is_held)
{
	enum proof proof;
	int64_t wait;
	enum status status;

	*is_held = false;
	if (!k->credentials.has_totp || !form_is_good(f))
		return OK;
	status = prove(req, &k->person, &k->credentials, field->value, true, &proof, &wait);
	if (status == OK && proof == NOT_PROVEN)
		form_refuse(f, field, _("Ce n’est ni votre mot de passe ni le bon code."));
	if (status != OK || proof != HELD_BACK)
		return status;
	*is_held = true;
	return hold_back(req, res, wait);
}

enum status factor_renew_codes(struct request *req, struct response *res)
{
	struct factor k;
	const char **code;
	bool is_held;
	enum status status = read_factor(req, &k, RENEW);

	if (status == OK)
		status = check(req, res, &k, &k.codes, k.codes_proof, &is_held);
	if (status != OK || is_held)
		return status;
	if (!k.credentials.has_totp || !form_is_good(&k.codes))
		return write(req, res, &k);
	status = db_begin(req->db);
	if (status == OK)
		status = recovery_draw(req, k.person.id, &code);
	status = db_end(req->db, status);
	if (status != OK)
		return status;
	return show_codes(req, res, code, _("Les anciens codes de secours ne servent plus."));
}

static enum status take_away(struct request *req, struct response *res, const struct factor *k)
{
	const struct account_letter l = letter_to(req, &k->person);
	enum status status = credentials_propose_totp(req->db, k->person.id, NULL);

	if (status == OK)
		status = recovery_set(req->db, k->person.id, NULL, 0);
	if (status == OK)
		status = begin_anew(req, res);
	if (status == OK)
		status = audit_here(req, "factor-removed", subject_of(req, &k->person), NULL);
	return status == OK && k->person.email ? letter_factor_changed(&l, false) : status;
}

enum status factor_remove(struct request *req, struct response *res)
{
	struct factor k;
	bool is_held;
	enum status status = read_factor(req, &k, REMOVE);

	if (status == OK && k.is_administrator)
		return DENIED;
	if (status == OK)
		status = check(req, res, &k, &k.remove, k.remove_proof, &is_held);
	if (status != OK || is_held)
		return status;
	if (!k.credentials.has_totp || !form_is_good(&k.remove))
		return write(req, res, &k);
	status = db_begin(req->db);
	if (status == OK)
		status = db_end(req->db, take_away(req, res, &k));
	if (status == OK)
		go_and_tell(req, res, "/espace/securite", "retrait");
	return status;
}
