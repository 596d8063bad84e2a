#include "web/static.h"

#include <string.h>

#include "base/log.h"
#include "web/request.h"
#include "web/response.h"

static const struct static_file *named(const char *name)
{
	for (size_t i = 0; i < n_site_files; i++)
		if (!strcmp(site_file[i].name, name))
			return &site_file[i];
	die("no file '%s' is part of the program", name);
}

struct url static_url(const char *name)
{
	return (struct url){ named(name)->path };
}

const char *static_text(const char *name)
{
	return named(name)->bytes;
}

enum status static_show(struct request *req, struct response *res)
{
	for (size_t i = 0; i < n_site_files; i++) {
		const struct static_file *f = &site_file[i];

		if (strcmp(f->path, req->path) != 0)
			continue;
		res->content_type = f->media_type;
		res->is_static = true;
		out_bytes(&res->body, f->bytes, f->length);
		return OK;
	}
	return NOT_FOUND;
}
