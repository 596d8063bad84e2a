/*
 * listing_words.h - a French text as words, to be matched against small tables of
 * patterns; what is quoted in it; and its capitals.
 *
 * A pattern is folded words parted by single blanks: "loi* du", "ainsi que". A '*' ends a
 * stem, '?' stands for any one word. An elided word keeps its apostrophe: "l' article".
 */
#ifndef IMPORT_LISTING_WORDS_H
#define IMPORT_LISTING_WORDS_H

#include <stdbool.h>
#include <stddef.h>

struct arena;

struct span {
	size_t at, end; /* bytes */
};

struct word {
	size_t at, end;
	const char *fold;
};

struct words {
	const char *text;
	struct word *word;
	size_t n_words;
};

struct words words_of(struct arena *a, const char *text);

/* How many words the pattern matches at word `i`; 0 when it does not. */
size_t words_match(const struct words *w, size_t i, const char *pattern);

/* The same for the first that does of a table that ends with NULL. */
size_t words_match_any(const struct words *w, size_t i, const char *const pattern[]);

/* The same for the words that end before word `i`. */
size_t words_match_before(const struct words *w, size_t i, const char *const pattern[]);

/* The first word in [from, to) at which one of the patterns matches, or `to`. */
size_t words_find(const struct words *w, size_t from, size_t to, const char *const pattern[]);

/* The first word that begins at byte `at` or after. */
size_t word_at(const struct words *w, size_t at);

bool text_says(struct arena *a, const char *text, const char *const pattern[]);
bool text_begins(struct arena *a, const char *text, const char *const pattern[]);

/* A part of a text, blanks and separating marks trimmed at both ends. */
const char *piece_of(struct arena *a, const char *text, size_t from, size_t to);

/* The first « », “ ” or " " at `from` or after: inner and outer bounds. */
bool quoted_find(const char *text, size_t from, struct span *inner, struct span *outer);
bool is_quoted_at(const char *text, size_t at);

/* Without quotes when they enclose the whole of it. */
const char *unquoted(struct arena *a, const char *text);

/* Where the sentence that begins at `from` ends: past its mark. */
size_t sentence_end(const char *text, size_t from);

bool ends_with(const char *text, const char *end);
bool begins_capital(const char *text);
const char *capitalised(struct arena *a, const char *text);

/* How words are spelled where the text is not in capitals. */
struct spelling;

struct spelling *spelling_new(struct arena *a);
void spelling_learn(struct spelling *s, const char *text);

/*
 * A text in capitals as a sentence: acronyms and names keep the capitals they were
 * learned with, words not in capitals stay as they are.
 */
const char *sentence_case(struct spelling *s, const char *text);

/* True when what begins it is in capitals, two words of it at least. */
bool shouts(struct arena *a, const char *text);

#endif
