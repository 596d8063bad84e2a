#include "base/tr.h"
#include "db/db.h"
#include "web/account.h"
#include "web/pages/account.h"
#include "web/pages/account_kit.h"

/* For who types the address: a GET changes nothing. */
enum status sign_out_show(struct request *req, struct response *res)
{
	struct account_form_view v = {
		.words = { _("Sur un appareil que d’autres utilisent, c’est prudent.") },
	};
	struct form f;

	if (!req->login) {
		response_redirect(res, 303, "/");
		return OK;
	}
	form_begin(&f, req, URL("/deconnexion"), _("Se déconnecter"));
	v.form = form_show(&f);
	account_frame(req, res, &v.frame, _("Se déconnecter"));
	account_form_html(&res->body, &v);
	return OK;
}

static enum status leave(struct request *req, struct response *res)
{
	enum status status = account_end(req, res);

	if (status == OK && req->reader.person_id)
		status = audit_here(req, "sign-out", NULL, NULL);
	return status;
}

enum status sign_out(struct request *req, struct response *res)
{
	enum status status = db_begin(req->db);

	if (status == OK)
		status = db_end(req->db, leave(req, res));
	if (status == OK)
		response_redirect(res, 303, "/");
	return status;
}
