/*
 * acronym_list.h - every acronym there is something to say of: pairs decided, and pairs that
 * texts define and nobody decided yet.
 *
 * Only what an anonymous reader may read is looked through, whoever asks: a pair that stands in a
 * closed text alone is not known here. Nothing is kept; all comes from the texts of the moment.
 */
#ifndef SEARCH_ACRONYM_LIST_H
#define SEARCH_ACRONYM_LIST_H

#include <stddef.h>

#include "base/status.h"

struct arena;
struct db;

enum acronym_state { PAIR_PROPOSED, PAIR_CONFIRMED, PAIR_REFUSED };

/* "proposed", "confirmed", "refused" */
const char *acronym_state_name(enum acronym_state state);

struct acronym_entry {
	const char *letters;
	const char *words; /* as decided, else as most often written */
	const char *key;   /* acronym_key() of store/acronym.h */
	enum acronym_state state;
	size_t n_resources;  /* that define it, open to everyone */
	const char *example; /* the slug of one, or NULL */
};

struct acronym_entries {
	struct acronym_entry *entry;
	size_t n_entries;
};

/* Those that most resources define come first, then by letters. Reads every open text. */
CHECKED enum status acronym_entries(struct db *db, struct arena *a, struct acronym_entries *list);

/* The pair, or NULL. */
struct acronym_entry *acronym_entry_find(const struct acronym_entries *list, const char *letters,
					 const char *key);

#endif
