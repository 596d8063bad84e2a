/*
 * suggest_words.h - a text into the words that completion compares: folded, parted at all that is
 * no letter and no figure, apostrophes and hyphens as well.
 *
 * What has dots in it is read by the analyser: inclusive writing gives several forms of one word
 * ("élu·e·s" is "elus", then "elues"), and S.I.E.G. is "sieg".
 */
#ifndef SEARCH_SUGGEST_WORDS_H
#define SEARCH_SUGGEST_WORDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What is looked at of a text, in bytes and forms; of a word, the rest is left out. */
enum { TEXT_BYTES = 1000, FORMS_MAX = 64, WORD_BYTES = 60 };

struct word {
	uint16_t at; /* in words.bytes */
	uint8_t length;
	bool again; /* another form of the word before */
};

struct words {
	struct word word[FORMS_MAX];
	size_t n_words, used;
	char bytes[FORMS_MAX * WORD_BYTES];
};

/* How each character is folded. Made once, then only read, by any number of threads. */
struct folds;

struct folds *folds_new(void);
void folds_free(struct folds *f);

/* `length` bytes of text at most; at what is not UTF-8 it ends. */
void words_read(const struct folds *f, const char *text, size_t length, struct words *w);

#endif
