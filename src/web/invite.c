#include "web/invite.h"

#include "mail/account_letter.h"
#include "store/person.h"

enum status account_invite(struct request *req, const struct person *p)
{
	struct person by;
	enum status status = person_by_id(req->db, req->arena, req->reader.person_id, &by);
	const struct account_letter l = {
		.db = req->db,
		.a = req->arena,
		.public_url = req->site->public_url,
		.now = req->now,
		.person = p,
		.by = status == OK ? person_name(req->arena, &by) : NULL,
	};

	return status == OK ? letter_invite(&l) : status;
}
