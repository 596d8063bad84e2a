/*
 * indexing.h - what the search index is made from: resources with all that is searched in them.
 *
 * For everyone's eyes: the index keeps apart what is open and what is closed, by the rule of
 * access.
 */
#ifndef STORE_INDEXING_H
#define STORE_INDEXING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "access/access.h"
#include "base/html.h"
#include "base/status.h"

struct arena;
struct db;

struct indexed_person {
	const char *name, *organisation, *acronym, *affiliation; /* NULL when not told */
	enum visibility visibility;
};

struct indexed_resource {
	int64_t id;
	const char *slug, *title;
	struct html summary, body;
	const char *published_on;                  /* a day, or NULL */
	int64_t kind_id, form_id;                  /* terms; 0 is none */
	const char *collection, *collection_title; /* slug and title, or NULL */
	int64_t number;                            /* NO_NUMBER when it has none */
	const char *edition;
	int64_t replaces_id;
	struct object object; /* opened to nobody */
	const char *keys;     /* that open it, a comma after each; NULL when there is none */
	int64_t *term;
	size_t n_terms;
	struct indexed_person *person;
	size_t n_persons;
};

/* A walk over the resources from one number to another, both counted, in order. */
struct indexing;

struct indexing *indexing_begin(struct db *db, int64_t first, int64_t last);

/* The next, in the arena; false at the end and after a failure. */
bool indexing_next(struct indexing *walk, struct arena *a, struct indexed_resource *r);

CHECKED enum status indexing_end(struct indexing *walk);

/* The numbers of the resources that bear a term, or to which an organisation contributed. */
struct id_list {
	int64_t *id;
	size_t n_ids, capacity;
};

CHECKED enum status indexing_bearing(struct db *db, struct arena *a, int64_t term_id,
				     struct id_list *list);
CHECKED enum status indexing_contributed(struct db *db, struct arena *a, int64_t organisation_id,
					 struct id_list *list);
CHECKED enum status indexing_collected(struct db *db, struct arena *a, int64_t collection_id,
				       struct id_list *list);

#endif
