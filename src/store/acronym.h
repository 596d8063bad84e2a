/*
 * acronym.h - what editors decided about acronyms: that one stands for certain words, or does not.
 *
 * An acronym may have several meanings; each is a pair of its own. Letters are capitals A to Z
 * (acronym_letters() of search/acronym.h makes them). Words are kept as written and compared by
 * acronym_key(). Results live in the caller's arena.
 */
#ifndef STORE_ACRONYM_H
#define STORE_ACRONYM_H

#include <stddef.h>
#include <stdint.h>

#include "base/status.h"

struct arena;
struct db;

enum acronym_status { ACRONYM_CONFIRMED, ACRONYM_REFUSED };

/* "confirmed", "refused" */
const char *acronym_status_name(enum acronym_status status);

struct acronym {
	int64_t id;
	const char *letters, *words;
	const char *key; /* of the words */
	enum acronym_status status;
};

struct acronym_list {
	struct acronym *acronym;
	size_t n_acronyms;
};

/*
 * What two writings of the same words share: accents, capitals, apostrophes, hyphens, an article
 * before and plurals do not matter. "" when there are no words.
 */
const char *acronym_key(struct arena *a, const char *words);

/* By letters, then words. */
CHECKED enum status acronym_all(struct db *db, struct arena *a, struct acronym_list *list);
CHECKED enum status acronym_confirmed(struct db *db, struct arena *a, struct acronym_list *list);

/*
 * Adds the pair, or changes its status and how its words are written. INVALID when the letters
 * are not at least two capitals, or there are no words.
 */
CHECKED enum status acronym_decide(struct db *db, const char *letters, const char *words,
				   enum acronym_status status);

/* As if it had never been decided. NOT_FOUND when it was not. */
CHECKED enum status acronym_forget(struct db *db, const char *letters, const char *words);

#endif
