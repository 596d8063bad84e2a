/*
 * directory_query.h - the parameters of /annuaire: a kind of organisation, and a territory, which
 * holds those under it.
 */
#ifndef WEB_PAGES_DIRECTORY_QUERY_H
#define WEB_PAGES_DIRECTORY_QUERY_H

#include <stdbool.h>
#include <stddef.h>

#include "base/html.h"
#include "base/status.h"
#include "store/organisation.h"
#include "store/term.h"
#include "web/request.h"

struct directory_query {
	const char *kind;             /* or NULL */
	const struct term *territory; /* one of those below, or NULL */
	struct term_list territories; /* by label */
};

/* *wrong is set, for a page of refusal, when a parameter has an impossible value. */
CHECKED enum status directory_query_read(struct request *req, struct directory_query *query,
					 const char **wrong);

/* The canonical address. */
struct url directory_query_url(struct arena *a, const struct directory_query *query);

bool directory_query_takes(const struct directory_query *query, const struct organisation *o);

/* How many there would be with these. */
size_t directory_query_count(const struct directory_query *query,
			     const struct organisation_list *list, const char *kind,
			     const struct term *territory);

#endif
