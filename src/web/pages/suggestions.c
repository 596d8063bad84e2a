#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "feed/put.h"
#include "search/search.h"
#include "search/suggest.h"
#include "web/pages/feeds.h"
#include "web/pages/list_query.h"
#include "web/pages/parts.h"

enum { SUGGESTIONS = 8 };

const char *const api_suggest_known[] = { "q", NULL };

static struct url place_of(struct arena *a, const struct suggestion *s)
{
	switch (s->kind) {
	case SUGGEST_RESOURCE:
		break;
	case SUGGEST_KIND:
		return list_of(a, FACET_KIND, s->slug);
	case SUGGEST_CATEGORY:
		return list_of(a, FACET_CATEGORY, s->slug);
	case SUGGEST_KEYWORD:
		return list_of(a, FACET_KEYWORD, s->slug);
	case SUGGEST_TERRITORY:
		return list_of(a, FACET_TERRITORY, s->slug);
	case SUGGEST_COLLECTION:
		return list_of(a, FACET_COLLECTION, s->slug);
	case SUGGEST_ORGANISATION:
		return url_path(a, "/annuaire/", s->slug);
	}
	return resource_url(a, s->slug);
}

static json_t *item_of(const struct request *req, const struct suggestion *s)
{
	json_t *item = json_object();

	put_text(item, "text", say(req, s->text));
	put_text(item, "kind", suggestion_kind_name(s->kind));
	put_text(item, "url", place_of(req->arena, s).address);
	return item;
}

enum status api_suggest(struct request *req, struct response *res)
{
	const char *typed = request_query(req, "q");
	struct suggestion found[SUGGESTIONS];
	json_t *object = json_object(), *items = json_array();
	size_t n = 0;

	put_value(object, "items", items);
	typed = typed ? text_squeeze(req->arena, typed) : "";
	if (strlen(typed) >= SEARCH_QUERY_MAX) {
		json_decref(object);
		api_problem(req, res, 400, "q: at most 511 bytes");
		return OK;
	}
	if (*typed)
		n = search_suggest(req->site->search, req->arena, typed, SUGGESTIONS, found);
	for (size_t i = 0; i < n; i++)
		json_array_append_new(items, item_of(req, &found[i]));
	return api_answer(req, res, object);
}
