#include <string.h>

#include "store/change.h"
#include "web/pages/pages.h"
#include "web/static.h"

enum status health_show(struct request *req, struct response *res)
{
	int64_t change;
	enum status status = change_last(req->db, &change);

	res->content_type = "text/plain; charset=utf-8";
	res->fresh_until = -1;
	out_raw(&res->body, "ok\n");
	return status;
}

/* Browsers ask for it by this name; a page names the file with its hash. */
enum status icon_show(struct request *req, struct response *res)
{
	(void)req;
	for (size_t i = 0; i < n_site_files; i++) {
		if (strcmp(site_file[i].name, "arch.svg") != 0)
			continue;
		res->content_type = site_file[i].media_type;
		out_bytes(&res->body, site_file[i].bytes, site_file[i].length);
		return OK;
	}
	return NOT_FOUND;
}
