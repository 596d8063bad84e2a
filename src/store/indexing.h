/*
 * indexing.h - walks over what the search index is made from.
 *
 * Each row is handed to a function that copies what it keeps; texts last as long as
 * the call.
 */
#ifndef STORE_INDEXING_H
#define STORE_INDEXING_H

#include <stdbool.h>
#include <stdint.h>

#include "access/access.h"
#include "base/status.h"

struct arena;
struct db;

struct indexed_resource {
	int64_t id;
	const char *title;
	const char *summary; /* restricted HTML, or NULL */
	const char *published_on;
	int64_t kind_id;
	const char *collection, *collection_title; /* slug and title, or NULL */
	struct object object;
};

typedef void indexed_resource_fn(void *context, const struct indexed_resource *r);
typedef void indexed_term_fn(void *context, int64_t resource_id, int64_t term_id);

/* By number of resource. */
CHECKED enum status indexing_resources(struct db *db, indexed_resource_fn *each, void *context);
CHECKED enum status indexing_terms(struct db *db, indexed_term_fn *each, void *context);

#endif
