#include <string.h>

#include "base/arena.h"
#include "store/redirect.h"
#include "web/address.h"
#include "web/pages/pages.h"

/* Path and query, "article12" being written without the '=' that nothing follows. */
static const char *as_written(const struct request *req)
{
	const char *from = address_write(req->arena, req->path, req->query, req->n_query);
	char *written = arena_strdup(req->arena, from), *to = written;

	for (; *from; from++)
		if (*from != '=' || (from[1] != '\0' && from[1] != '&'))
			*to++ = *from;
	*to = '\0';
	return written;
}

/* Earlier sites had addresses such as "/spip.php?article12". */
static enum status find(struct request *req, const char **target)
{
	enum status status = NOT_FOUND;

	if (req->n_query)
		status = redirect_find(req->db, req->arena, as_written(req), target);
	if (status == NOT_FOUND)
		status = redirect_find(req->db, req->arena, req->path, target);
	return status;
}

enum status moved_show(struct request *req, struct response *res)
{
	const char *target;
	enum status status = req->db ? find(req, &target) : NOT_FOUND;

	if (status != OK)
		return status;
	if (!strcmp(target, req->path))
		return NOT_FOUND;
	response_redirect(res, 301, target);
	return OK;
}
