#include "web/invite.h"

#include "mail/account_letter.h"

enum status account_invite(struct request *req, const struct person *p)
{
	const struct account_letter l = {
		.db = req->db,
		.a = req->arena,
		.public_url = req->site->public_url,
		.now = req->now,
		.person = p,
	};

	return letter_invite(&l);
}
