/*
 * widen.h - queries widened by the acronyms that editors confirmed, both ways: SIEG finds "services
 * d’intérêt économique général", and these words find SIEG.
 */
#ifndef SEARCH_WIDEN_H
#define SEARCH_WIDEN_H

#include "base/status.h"
#include "search/dictionary.h"
#include "search/query.h"

struct arena;
struct db;

/* The confirmed pairs, in one block that free() frees. */
struct acronyms;

CHECKED enum status acronyms_read(struct db *db, struct acronyms **acronyms);

/*
 * For what was read from `text`: adds to each want what an acronym gives, and makes one want of
 * words that an acronym stands for. An ordinary word that is spelt like an acronym ("notre") is
 * left alone, unless it was typed in capitals.
 */
void query_widen(struct arena *a, const struct acronyms *acronyms, const struct dictionary *d,
		 const char *text, struct wanted *wanted);

#endif
