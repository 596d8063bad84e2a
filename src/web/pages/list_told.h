/*
 * list_told.h - what the list says of a search beside its results: what was understood, what was
 * done with the words, and what to try when nothing was found.
 */
#ifndef WEB_PAGES_LIST_TOLD_H
#define WEB_PAGES_LIST_TOLD_H

#include "search/search.h"
#include "web/pages/list_query.h"
#include "web/request.h"
#include "web/views.h"

/* "« marchés “clause sociale” »": the words of a search, its quotation marks made typographic. */
const char *words_quoted(const struct request *req, const char *words);

/* After the entries and the chosen filters of the view are there. */
void list_tell(struct request *req, const struct list_query *lq, const struct search_result *result,
	       struct list_view *v);

#endif
