/*
 * prepare.h - a resource made ready for the index: its words, where they stand, what they weigh.
 *
 * The costly part of indexing, done by several threads at once, each with a preparer of its own.
 * What everyone may see goes to the open layer, the rest to the closed one, which is for those who
 * may read the resource. What even they may not have (a contribution kept to fewer) is left out.
 */
#ifndef SEARCH_PREPARE_H
#define SEARCH_PREPARE_H

#include "search/dictionary.h"
#include "store/indexing.h"

struct labels;

/* A word, a pair or a beginning that the resource holds, in one layer. */
struct held {
	uint32_t number; /* of the form or the pair */
	bool is_pair;
	enum layer layer;
	uint8_t weight;
	uint32_t first_spot, n_spots;
};

struct prepared {
	const struct indexed_resource *resource;
	int32_t day;         /* since 1970; INT32_MIN when it has no date */
	uint32_t title_hash; /* of the words of its title, 0 when there is none */
	struct held *held;   /* in order of number */
	size_t n_held;
	uint32_t *spot;
};

struct preparer;

struct preparer *preparer_new(struct dictionary *d, const struct labels *l);
void preparer_free(struct preparer *p);

/* The result lives in the arena, as does what is made on the way. */
void preparer_run(struct preparer *p, struct arena *a, const struct indexed_resource *r,
		  struct prepared *made);

/* The hash of the words of a title or of a query, but for stop words; 0 when there is none. */
uint32_t title_hash(const char *text);

#endif
