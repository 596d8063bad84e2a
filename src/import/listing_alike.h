/*
 * listing_alike.h - whether two lines say the same, word for word or nearly.
 */
#ifndef IMPORT_LISTING_ALIKE_H
#define IMPORT_LISTING_ALIKE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

/* Of a long line only the first words count, so that comparing is bounded. */
enum { PRINT_WORDS = 64 };

struct print {
	uint64_t whole; /* hash of all its words, in order */
	uint32_t *word; /* hashes, sorted */
	size_t n_words; /* at most PRINT_WORDS */
	size_t n_all_words;
};

struct print print_of(struct arena *a, const char *text);

bool is_same(const struct print *a, const struct print *b);

/* The same, or six words in ten. */
bool is_alike(const struct print *a, const struct print *b);

/* The same, or eight words in ten. */
bool is_close(const struct print *a, const struct print *b);

/* How many words of `a` are in `b`, in hundredths of the words of `a`. */
int share_in(const struct print *a, const struct print *b);

#endif
