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

/* A territory, and the organisations in it or under it. */
struct directory_place {
	struct term term;
	const struct directory_place *parent; /* NULL at the top */
	size_t n_all, n_of_kind;              /* of the kind that is chosen, or of any */
};

struct directory_query {
	const char *kind;                      /* or NULL */
	const struct directory_place *place;   /* the chosen one, or NULL */
	const struct directory_place **places; /* in which organisations lie; by label */
	size_t n_places;

	struct directory_place *all; /* by number of term: for directory_query.c */
	size_t n_all;
};

/*
 * A territory in which no organisation lies is as none: what else bears it is not for everyone.
 * *wrong is set, for a page of refusal, when a parameter has an impossible value.
 */
CHECKED enum status directory_query_read(struct request *req, const struct organisation_list *list,
					 struct directory_query *query, const char **wrong);

/* The canonical address. */
struct url directory_query_url(struct arena *a, const struct directory_query *query);

bool directory_query_takes(const struct directory_query *query, const struct organisation *o);

/* How many there would be of this kind in the place that is chosen. */
size_t directory_query_count(const struct directory_query *query,
			     const struct organisation_list *list, const char *kind);

#endif
