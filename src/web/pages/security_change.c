/*
 * security_change.c - another password, another address, asked for by who is signed in.
 */
#include "base/arena.h"
#include "base/password_rule.h"
#include "base/secret.h"
#include "base/tr.h"
#include "db/db.h"
#include "web/account.h"
#include "web/pages/account.h"
#include "web/pages/security.h"

enum status check_present(struct request *req, struct response *res, const struct person *p,
			  const struct credentials *c, struct form *f, struct field_view *field,
			  bool *is_held)
{
	enum proof proof;
	int64_t wait;
	enum status status;

	*is_held = false;
	if (!field || !form_is_good(f))
		return OK;
	status = prove(req, p, c, field->value, false, &proof, &wait);
	if (status != OK)
		return status;
	if (proof == NOT_PROVEN)
		form_refuse(f, field, _("Ce n’est pas votre mot de passe actuel."));
	if (proof == HELD_BACK) {
		*is_held = true;
		return hold_back(req, res, wait);
	}
	return OK;
}

/* ---- password ------------------------------------------------------------------ */

static enum status set(struct request *req, struct response *res, const struct security *s,
		       const char *hash)
{
	const struct account_letter l = letter_to(req, &s->person);
	enum status status = credentials_set_password(req->db, s->person.id, hash);

	if (status == OK)
		status = begin_anew(req, res);
	if (status == OK)
		status = audit_here(req, "password-set", subject_of(req, &s->person), NULL);
	return status == OK && s->person.email ? letter_password_changed(&l) : status;
}

static enum status change_password(struct request *req, struct response *res,
				   const struct security *s)
{
	char hash[PASSWORD_HASH_SIZE];
	enum status status;

	if (!password_hash(password_clean(req->arena, s->chosen->value), hash))
		return FAILED;
	status = db_begin(req->db);
	if (status == OK)
		status = db_end(req->db, set(req, res, s, hash));
	if (status == OK)
		go_and_tell(req, res, "/espace/securite", "mot-de-passe");
	return status;
}

enum status security_set_password(struct request *req, struct response *res)
{
	struct security s;
	bool is_held;
	enum status status = security_read(req, &s, PASSWORD_FORM);

	if (status == OK)
		status = check_present(req, res, &s.person, &s.credentials, &s.password, s.present,
				       &is_held);
	if (status != OK || is_held)
		return status;
	if (!form_is_good(&s.password))
		return security_write(req, res, &s);
	return change_password(req, res, &s);
}

/* ---- address ------------------------------------------------------------------- */

/* Whether the address is another's is told to nobody: the answer is the same. */
static enum status send(struct request *req, const struct security *s)
{
	const struct account_letter l = letter_to(req, &s->person);
	struct person other;
	bool is_due;
	enum status status = person_by_email(req->db, req->arena, s->email->value, &other);
	bool is_free = status == NOT_FOUND;

	if (status != OK && status != NOT_FOUND)
		return status;
	status = letter_is_due(req, &s->person, "email", &is_due);
	if (status == OK && is_free && is_due)
		status = letter_confirm_email(&l, s->email->value);
	if (status == OK)
		status = audit_here(req, "link-asked", subject_of(req, &s->person),
				    _("pour changer d’adresse"));
	return status;
}

enum status security_ask_email(struct request *req, struct response *res)
{
	struct security s;
	bool is_held;
	int64_t began;
	enum status status = security_read(req, &s, ADDRESS_FORM);

	if (status == OK)
		status = check_present(req, res, &s.person, &s.credentials, &s.address, s.proof,
				       &is_held);
	if (status != OK || is_held)
		return status;
	if (!form_is_good(&s.address))
		return security_write(req, res, &s);
	began = even_begin();
	status = db_begin(req->db);
	if (status == OK)
		status = db_end(req->db, send(req, &s));
	even_end(began);
	if (status == OK)
		go_and_tell(req, res, "/espace/securite", "courriel-demande");
	return status;
}
