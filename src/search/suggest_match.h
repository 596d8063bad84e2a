/*
 * suggest_match.h - what was typed, what may answer it, and which answer is better.
 */
#ifndef SEARCH_SUGGEST_MATCH_H
#define SEARCH_SUGGEST_MATCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "search/suggest.h"
#include "search/suggest_words.h"

/* Bytes and words of what is typed that are looked at; up to SHORT letters, it is a beginning. */
enum { TYPED_BYTES = 200, TYPED_WORDS = 10, SHORT = 10 };

struct typed {
	struct words words;
	const char *text[TYPED_WORDS];
	size_t length[TYPED_WORDS];
	unsigned n; /* 0: nothing answers */
	bool is_short;
};

void typed_read(const struct folds *f, const char *text, struct typed *t);

/* What one may be about to type. */
struct entry {
	int64_t id;
	const char *text;    /* then its NUL, then the slug and its own */
	uint32_t use, hash;  /* of kind and text */
	uint32_t first_form; /* where its shelf keeps its words */
	uint16_t length;     /* of the text, in characters */
	uint8_t kind, n_forms;
};

const char *entry_slug(const struct entry *e);
bool entry_is_title(const struct entry *e);

/* Of one kind and saying the same: shown once. */
bool entry_is_same(const struct entry *e, const struct entry *other);

/* The better first; SAID ALIKE is what is left to compare when they are as much used and long. */
enum likeness { BEGINS, IN_ORDER, ANY_ORDER, UNLIKE };

/* Which typed words (1 << i) a form begins with, and which it is. */
struct touch {
	uint16_t begins, is;
	bool again; /* another form of the word before */
};

enum likeness likeness_of(const struct touch form[], size_t n_forms, unsigned n_typed);

/* The words of an entry in one string, "les elus de": what is alphabetical. The arena's. */
typedef const char *spell_fn(struct arena *a, const void *where, const struct entry *e);

struct candidate {
	const struct entry *entry;
	enum likeness likeness;
	spell_fn *spell;
	const void *where;
	const char *spelt; /* once it was asked for */
};

/* The best, in order, no two the same. */
struct best {
	struct candidate candidate[SUGGESTIONS_MAX];
	size_t n, limit;
	bool is_short;
	struct arena *a;
};

void best_offer(struct best *b, struct candidate c);

#endif
