/*
 * list_query.h - the parameters of the list of resources: read from an address, written to
 * one. The order in which they are written is that of the canonical address.
 */
#ifndef WEB_PAGES_LIST_QUERY_H
#define WEB_PAGES_LIST_QUERY_H

#include "base/html.h"
#include "search/search.h"
#include "web/request.h"

enum { LIST_PAGE_SIZE = 15, LIST_PAGE_MAX = 100000 };

struct list_query {
	struct search_query search;
	int64_t page; /* from 1 */
};

/* "type", "categorie"… */
extern const char *const facet_param[N_FACETS];

/* NULL, or what is wrong with the parameters, in words for the visitor. */
const char *list_query_read(struct request *req, struct list_query *lq);

struct url list_query_url(struct arena *a, const struct list_query *lq);

/* The first page of the same without one value, without any, sorted otherwise. */
struct url list_query_without(struct arena *a, const struct list_query *lq, enum facet facet,
			      const char *value);
struct url list_query_bare(struct arena *a, const struct list_query *lq);
struct url list_query_sorted(struct arena *a, const struct list_query *lq, enum search_sort sort);
struct url list_query_page(struct arena *a, const struct list_query *lq, int64_t page);

/* The first page of other words, the filters as they are; empty when they are too long. */
struct url list_query_words(struct arena *a, const struct list_query *lq, const char *words);

/* Words so written that none is corrected: each between quotation marks. */
const char *words_exactly(struct arena *a, const char *words);

size_t list_query_filters(const struct list_query *lq);

/* The list with one value of one facet. */
struct url list_of(struct arena *a, enum facet facet, const char *value);

#endif
