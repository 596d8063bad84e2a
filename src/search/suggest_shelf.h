/*
 * suggest_shelf.h - many entries that can be completed quickly. Built whole, never changed: what
 * is taken off it is told by the caller, as bits.
 *
 * Entries are numbered from the best: by use, then shorter, then alphabetical. So the best of any
 * set is its least number. A shelf keeps
 *
 *   its words, in order, so that those that begin alike stand together;
 *   for each word the numbers that bear it, rising, as differences in one byte or more;
 *   for each entry the places of its words, to check it;
 *   the numbers in the order of the alphabet, so that those that begin alike stand together;
 *   for the few beginnings that very many bear, a bit for each entry.
 */
#ifndef SEARCH_SUGGEST_SHELF_H
#define SEARCH_SUGGEST_SHELF_H

#include "search/suggest_match.h"

struct arena;

/* A beginning that many bear: the words from `from` up to `to`. */
struct dense {
	uint32_t from, to;
	uint64_t *bits;
};

/* Of the numbers in the order of the alphabet, the least of each so many is known. */
enum { ALPHA_BLOCK = 64 };

/* A form in an entry: the place of the word, and this bit when it is another of the word before. */
#define FORM_AGAIN 0x80000000u

struct shelf {
	struct arena *a;
	int holders; /* those who have it: counted by suggest_stack.c */
	uint32_t n, n_words, n_dense;
	struct entry *entry;
	uint32_t *form;
	char *word;           /* all of them, one after the other */
	uint32_t *word_at;    /* n_words + 1 */
	unsigned char *lists; /* the numbers that bear each word */
	uint32_t *list_at;    /* n_words + 1 */
	uint32_t *before;     /* how many numbers stand in the lists before this one's */
	uint32_t *alpha, *alpha_least;
	struct dense *dense;
	uint32_t *slot; /* by identifier: number + 1, or 0 */
	uint32_t slot_mask;
};

/* Copies what the entries say. `n` may be 0. */
struct shelf *shelf_build(const struct folds *f, const struct entry *const entry[], uint32_t n);
void shelf_free(struct shelf *s);

/* True and its number, when there is one of that kind and identifier. */
bool shelf_holds(const struct shelf *s, enum suggestion_kind kind, int64_t id, uint32_t *number);

/* Offers those that begin with what was typed; `gone` has a bit for each that was taken off. */
void shelf_find_beginning(const struct shelf *s, const uint64_t *gone, const struct typed *t,
			  struct best *b);

/* Offers the others. */
void shelf_find_others(const struct shelf *s, const uint64_t *gone, const struct typed *t,
		       struct best *b);

/* ---- for the files of the shelf and of those who fill it ------------------------------ */

/* Of a shelf whose entries are written: who bears each word, and then the beginnings. */
void shelf_write_lists(struct shelf *s);
void shelf_write_dense(struct shelf *s);

uint32_t hash_bytes(const char *bytes, size_t length);
uint32_t hash_id(enum suggestion_kind kind, int64_t id);

/* Reads the next of a list: `number` is the one before, 0 at first. */
static inline const unsigned char *list_next(const unsigned char *at, uint32_t *number)
{
	uint32_t step = *at & 127u;

	for (unsigned shift = 7; *at++ & 128u; shift += 7)
		step |= (*at & 127u) << shift;
	*number += step;
	return at;
}

static inline bool bit_get(const uint64_t *bits, uint32_t i)
{
	return bits[i / 64] >> i % 64 & 1;
}

static inline void bit_set(uint64_t *bits, uint32_t i)
{
	bits[i / 64] |= (uint64_t)1 << i % 64;
}

static inline size_t bit_blocks(uint32_t n)
{
	return ((size_t)n + 63) / 64;
}

#endif
