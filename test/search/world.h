/*
 * world.h - random resource centres for the tests of searching.
 *
 * Of few words, so that they collide: stop words, inclusive forms, acronyms, compounds, accents,
 * forms of one stem. A *voice* is a source of chance with words of its own; two worlds whose
 * first voices are alike differ only in what the other voice says: the texts that
 * `outsider` may not have. Whatever is made lives as long as the world.
 */
#ifndef TEST_SEARCH_WORLD_H
#define TEST_SEARCH_WORLD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "access/access.h"
#include "search/search.h"
#include "store/opening.h"

struct arena;
struct db;

enum { VOICE_WORDS = 160 };

struct voice {
	uint64_t state;
	const char *word[VOICE_WORDS];
	size_t n_words;
};

void voice_init(struct voice *v, uint64_t seed, size_t n_words);

/* 0 to n - 1; n is above 0. */
unsigned voice_pick(struct voice *v, unsigned n);

/* True once in n times. */
bool voice_once(struct voice *v, unsigned n);

/* Words, with blanks and signs between them. */
const char *voice_text(struct voice *v, struct arena *a, unsigned n_words);

struct world_term {
	int64_t id;
	const char *vocabulary, *slug;
};

struct world {
	struct arena *a;
	struct db *db;
	struct voice open, closed;
	struct reader outsider;
	unsigned longest, closed_longest; /* words of a text, at most */
	int64_t *resource;
	size_t n_resources, resource_capacity;
	struct world_term *term;
	size_t n_terms, term_capacity;
	int64_t *organisation;
	size_t n_organisations, organisation_capacity;
	int64_t *collection;
	size_t n_collections, collection_capacity;
	unsigned n_named; /* slugs given */
};

/* Added to the seeds of the tests: HALLE_TEST_SEED, or 0. Other numbers try other worlds. */
uint64_t world_seed(void);

/* A database in memory with a few terms, collections and organisations, and no resource. */
struct world *world_new(uint64_t seed, uint64_t closed_seed, size_t n_words, unsigned longest);
void world_free(struct world *w);

void world_add_resources(struct world *w, size_t n);

/* Drafts, that nobody but editors may know of. */
void world_add_drafts(struct world *w, size_t n);

/* One change of any kind, in a transaction of its own. */
void world_change(struct world *w);

/*
 * Writes anew the texts that the outsider may not have, and the keys that no reader holds, of one
 * resource; nothing else.
 */
void world_change_closed(struct world *w);

/* ---- keys: those that readers hold, and those of nobody who asks ----------------------- */

/* For a resource: the first by a voice, the others by that of closed texts. Is it the outsider's?
 */
struct opening_list world_keys(struct world *w, struct voice *v, bool *opened);
bool world_is_opened(struct world *w, int64_t id);

void world_change_keys(struct world *w, int64_t id);
void world_change_keys_of_others(struct world *w, int64_t id);

/* Anyone up to an editor, who may hold some of them. */
struct reader world_reader(struct voice *v, struct arena *a);

/* ---- questions -------------------------------------------------------------------------- */

struct question {
	struct reader reader;
	struct search_query query;
};

/* A question that one may ask in this world, by a voice that is none of its own. */
struct question world_question(const struct world *w, struct voice *v, struct arena *a);

/* As one line. */
const char *question_text(struct arena *a, const struct question *q);

/* All that a result tells, as lines. */
const char *answer_text(struct arena *a, const struct search_result *result);

/* Fails when the answers are not the same: shows the lines that differ, from where they do. */
void answers_compare(struct arena *a, uint64_t seed, const struct question *q, const char *left,
		     const char *right);

#endif
