#include <string.h>

#include "base/arena.h"
#include "base/tr.h"
#include "web/pages/frame.h"
#include "web/pages/pages.h"
#include "web/pages/parts.h"

static const struct {
	const char *slug, *title;
	void (*html)(struct out *o, const struct text_page_view *v);
} pages[] = {
	{ "mentions-legales", N_("Mentions légales"), legal_html },
	{ "accessibilite", N_("Accessibilité"), accessibility_html },
	{ "compte-supprime", N_("Votre compte est supprimé"), gone_html },
};

static const char *or_nothing(const char *text)
{
	return *text ? text : NULL;
}

enum status text_page_show(struct request *req, struct response *res)
{
	const char *slug = request_param(req, "slug");
	struct text_page_view v = {
		.publisher = say(req, or_nothing(setting_of(req, "publisher"))),
		.program = req->site->version,
	};

	for (size_t i = 0; i < sizeof(pages) / sizeof(*pages); i++) {
		if (strcmp(slug, pages[i].slug) != 0)
			continue;
		frame_fill(req, &v.frame, NO_SECTION, _(pages[i].title),
			   url_path(req->arena, "/pages/", slug));
		pages[i].html(&res->body, &v);
		return OK;
	}
	return not_here(req, res);
}
