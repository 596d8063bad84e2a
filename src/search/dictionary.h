/*
 * dictionary.h - every word of the texts, by three names, and the documents that hold it.
 *
 * A *form* is a word as written ("marchés", "SIEG"), and has the postings, one list for the layer
 * of open texts and one for that of closed ones. Forms that differ by accents or capitals alone
 * are one *folded* form ("marches"); folded forms of one *stem* ("march") are a family. Postings
 * are those of forms alone: the rest is put together when it is asked for.
 *
 * Two more kinds of lists save long walks. A *pair* is two folded forms that are both very common
 * ("de la") and follow one another: their own lists are too long to be compared spot by spot. A
 * *beginning* is the first BEGINNING bytes of folded forms ("con"): it stands for thousands of
 * lists, and has no spots.
 *
 * Words are added by several threads, one at a time behind a lock; readers never wait.
 */
#ifndef SEARCH_DICTIONARY_H
#define SEARCH_DICTIONARY_H

#include <pthread.h>
#include <stdbool.h>

#include "search/intern.h"
#include "search/posting.h"

enum { BEGINNING = 3 };

enum layer { OPEN_TEXT, CLOSED_TEXT, N_LAYERS };

/* The postings of a word, of a pair or of a beginning. */
struct lists {
	struct postings open;
	_Atomic uint32_t closed; /* its number among those, plus one; 0 when there is none */
};

struct form {
	struct lists lists;
	uint32_t folded;
	uint32_t next; /* of the same folded form, or NO_KEY */
	bool is_acronym;
};

struct folded {
	_Atomic uint32_t first; /* of its forms */
	uint32_t stem;
	uint32_t next;      /* of the same stem, or NO_KEY */
	uint32_t beginning; /* among the pairs, or NO_KEY when it is shorter */
	uint32_t letters;   /* which letters it has, a bit each: to compare words at little cost */
	bool is_common;
};

struct stem {
	_Atomic uint32_t first; /* of its folded forms */
};

struct dictionary {
	struct intern form_key, folded_key, stem_key, pair_key;
	struct paged form, folded, stem, pair;
	struct paged closed; /* lists of closed texts */
	uint32_t n_closed;
	pthread_mutex_t adding;
	struct stemmer *stemmer; /* of whoever adds */
};

void dictionary_init(struct dictionary *d);
void dictionary_release(struct dictionary *d);

/* The number of a form, added when it is new. For the threads that build. */
uint32_t dictionary_form(struct dictionary *d, const char *form, size_t length);
uint32_t dictionary_pair(struct dictionary *d, uint32_t left, uint32_t right);

/* A pair or a beginning, by its key, in the place that it had when the dictionary was saved. */
void dictionary_restore_pair(struct dictionary *d, const void *key, size_t length);

/* The same for readers: NO_KEY when there is none. */
uint32_t dictionary_find_folded(const struct dictionary *d, const char *folded, size_t length);
uint32_t dictionary_find_stem(const struct dictionary *d, const char *stem, size_t length);
uint32_t dictionary_find_pair(const struct dictionary *d, uint32_t left, uint32_t right);
uint32_t dictionary_find_beginning(const struct dictionary *d, const char *folded);

static inline struct form *dictionary_form_at(const struct dictionary *d, uint32_t number)
{
	return paged_at(&d->form, number);
}

static inline struct folded *dictionary_folded_at(const struct dictionary *d, uint32_t number)
{
	return paged_at(&d->folded, number);
}

static inline struct lists *dictionary_pair_at(const struct dictionary *d, uint32_t number)
{
	return paged_at(&d->pair, number);
}

/* Which letters a folded form has, a bit each: `letters` of struct folded. */
uint32_t letters_of(const char *folded, size_t length);

/* The first of the forms of a folded form; of the folded forms of a stem. */
uint32_t folded_first(const struct dictionary *d, uint32_t folded);
uint32_t stem_first(const struct dictionary *d, uint32_t stem);

/* How many open documents hold it, documents with two forms counted twice. */
uint32_t folded_frequency(const struct dictionary *d, uint32_t folded);

/* Written in capitals or with dots more often than not: no relative of what shares its stem. */
bool folded_is_acronym(const struct dictionary *d, uint32_t folded);

/* The form most used, in open texts. */
const struct key *folded_spelling(const struct dictionary *d, uint32_t folded);

/* The list of a layer: the first makes a missing one, for the writer; the second tells NULL. */
struct postings *lists_of(struct dictionary *d, struct lists *l, enum layer layer);
struct postings *lists_find(const struct dictionary *d, const struct lists *l, enum layer layer);

/* Frees what was outgrown. There are no readers. */
void dictionary_pack(struct dictionary *d);

size_t dictionary_memory(const struct dictionary *d);

#endif
