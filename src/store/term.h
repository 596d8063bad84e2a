/*
 * term.h - controlled vocabularies: kinds, forms, categories, keywords,
 * territories, audiences.
 *
 * Results live in the caller's arena.
 */
#ifndef STORE_TERM_H
#define STORE_TERM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/status.h"

struct arena;
struct db;

struct term {
	int64_t id;
	const char *vocabulary;
	const char *slug;
	const char *label;
	int64_t parent_id;      /* 0 at the top */
	int64_t replaced_by_id; /* 0 while in use */
	const char *parent;     /* slugs of the two above, or NULL; read only */
	const char *replaced_by;
};

struct term_list {
	struct term *term;
	size_t n_terms;
};

bool vocabulary_is_known(const char *vocabulary);

CHECKED enum status term_by_slug(struct db *db, struct arena *a, const char *vocabulary,
				 const char *slug, struct term *found);
CHECKED enum status term_by_label(struct db *db, struct arena *a, const char *vocabulary,
				  const char *label, struct term *found);

/* The term of that label, made when there is none. *created tells which. */
CHECKED enum status term_obtain(struct db *db, struct arena *a, const char *vocabulary,
				const char *label, int64_t *id, bool *created);

/* Every term of a vocabulary, or of all when NULL, by vocabulary and slug. */
CHECKED enum status term_all(struct db *db, struct arena *a, const char *vocabulary,
			     struct term_list *list);

/* Adds when t->id is 0, and sets it; else changes. CONFLICT when the slug is taken. */
CHECKED enum status term_save(struct db *db, struct term *t);

CHECKED enum status term_set_parent(struct db *db, int64_t id, int64_t parent_id);
CHECKED enum status term_set_replaced_by(struct db *db, int64_t id, int64_t replaced_by_id);

/* The slug of a term that stands above itself, or NULL: what no vocabulary may hold. */
CHECKED enum status term_find_loop(struct db *db, struct arena *a, const char **slug);

CHECKED enum status term_remove(struct db *db, int64_t id);

/* The terms of a resource in one vocabulary, in the order given to them. */
CHECKED enum status term_of_resource(struct db *db, struct arena *a, int64_t resource_id,
				     const char *vocabulary, struct term_list *list);

/* Replaces what a resource has in one vocabulary. */
CHECKED enum status term_set_of_resource(struct db *db, int64_t resource_id, const char *vocabulary,
					 const int64_t *id, size_t n);

/* Adds one at a place. */
CHECKED enum status term_add_to_resource(struct db *db, int64_t resource_id, int64_t term_id,
					 int position);

#endif
