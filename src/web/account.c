#include "web/account.h"

#include <string.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/secret.h"
#include "db/db.h"
#include "store/audit.h"
#include "store/login.h"
#include "store/person.h"
#include "web/trace.h"

const char *today(const struct request *req)
{
	return day_of_moment(req->arena, req->now);
}

/* A session that is nobody's any more is as none. */
static enum status find_login(struct request *req)
{
	char hash[SECRET_HASH_SIZE];
	struct login *login = arena_make(req->arena, struct login, 1);
	enum status status;

	secret_hash(req->session, hash);
	status = login_find(req->db, req->arena, hash, req->now, login);
	if (status == OK)
		req->login = login;
	return status == NOT_FOUND ? OK : status;
}

enum status account_identify(struct request *req)
{
	enum status status = req->db ? find_login(req) : OK;

	if (status != OK || !req->login || !req->login->is_whole)
		return status;
	if (req->site->traces && req->now - req->login->seen_at >= LOGIN_SEEN_EVERY)
		traces_use(req->site->traces, req->login->id, req->now);
	return person_reader(req->db, req->arena, req->login->person_id, today(req), &req->reader);
}

/* ---- the cookie -------------------------------------------------------------------- */

static void set_cookie(struct request *req, struct response *res, const char *value, int seconds)
{
	const char *secure = !strncmp(req->site->public_url, "https:", 6) ? "; Secure" : "";

	response_header(res, "Set-Cookie",
			arena_printf(req->arena,
				     "%s=%s; Path=/; HttpOnly; SameSite=Lax; Max-Age=%d%s",
				     site_cookie(req->site), value, seconds, secure));
}

static enum status end_login(struct request *req)
{
	enum status status;

	if (!req->login)
		return OK;
	status = login_end(req->db, req->login->person_id, req->login->id);
	return status == NOT_FOUND ? OK : status;
}

enum status account_begin(struct request *req, struct response *res, int64_t person_id,
			  bool is_whole)
{
	char secret[SECRET_SIZE], hash[SECRET_HASH_SIZE];
	struct login login = {
		.person_id = person_id,
		.is_whole = is_whole,
		.made_at = req->now,
		.address = req->address,
		.agent = req->agent,
	};
	enum status status = end_login(req);

	secret_draw(secret);
	secret_hash(secret, hash);
	if (status == OK)
		status = login_begin(req->db, hash, &login);
	if (status == OK)
		set_cookie(req, res, secret, LOGIN_LONGEST);
	return status;
}

enum status account_end(struct request *req, struct response *res)
{
	enum status status = end_login(req);

	if (status == OK)
		set_cookie(req, res, "", 0);
	return status;
}

/* Browsers read "//host", "/\host" and blanks in many ways: only what is plainly a path passes. */
const char *account_return(const char *path, const char *otherwise)
{
	if (!path || path[0] != '/' || path[1] == '/' || path[1] == '\\')
		return otherwise;
	for (const char *at = path; *at; at++)
		if ((unsigned char)*at <= ' ' || *at == '\\' || *at == 0x7f)
			return otherwise;
	return path;
}

enum status audit_here(struct request *req, const char *action, const char *subject,
		       const char *detail)
{
	const struct audit entry = {
		.at = req->now,
		.action = action,
		.person_id = req->reader.person_id,
		.subject = subject,
		.detail = detail,
		.address = req->address,
	};

	return audit_add(req->db, &entry);
}
