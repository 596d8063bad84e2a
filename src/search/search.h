/*
 * search.h - finding resources: words, filters, counts.
 *
 * Knows nothing of the web. What is kept in memory is derived from the database, built
 * by search_new() and brought up to date by search_follow(); readers are never kept
 * waiting by it. Identifiers come out; texts are read from the store through the rule
 * of access.
 */
#ifndef SEARCH_SEARCH_H
#define SEARCH_SEARCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "access/access.h"
#include "base/status.h"

struct arena;
struct db;
struct marks;
struct search;
struct suggestion;

/* In the order in which they are shown. */
enum facet {
	FACET_KIND,
	FACET_CATEGORY,
	FACET_KEYWORD,
	FACET_TERRITORY,
	FACET_YEAR,
	FACET_COLLECTION,
	FACET_ACCESS,
	N_FACETS,
};

enum search_sort { BY_RELEVANCE, BY_DATE };

enum { SEARCH_VALUES = 32, SEARCH_QUERY_MAX = 512, SEARCH_WORDS_MAX = 32, SEARCH_TOLD_MAX = 100 };

/* What is asked. Values of one facet are alternatives; facets are all required. */
struct search_query {
	const char *text;                           /* NULL or "" is everything */
	const char *value[N_FACETS][SEARCH_VALUES]; /* slugs; a year; public, members, restricted */
	size_t n_values[N_FACETS];
	enum search_sort sort; /* without a text, always by date */
	int limit, offset;
	unsigned facets; /* those to be counted, as 1 << facet each; 0 is all of them */
};

struct search_value {
	const char *value, *label;
	int64_t count; /* how many there would be with this value, the other facets as chosen */
	bool chosen;
};

struct search_facet {
	struct search_value *value; /* most frequent first, years latest first; none of zero */
	size_t n_values;            /* except a chosen one; SEARCH_TOLD_MAX at most */
};

struct search_hit {
	int64_t id;
};

/* A word of the query, or a phrase of it, and how many hold it, the filters as chosen. */
struct search_word {
	const char *text; /* as typed */
	int64_t count;
};

struct search_result {
	int64_t total;
	int64_t n_closed; /* of them, how many this reader may discover but not read */
	struct search_hit *hit;
	size_t n_hits;
	struct search_facet facet[N_FACETS];
	const char *ran;       /* the query that was run: as typed, or corrected */
	const char *corrected; /* the query run instead, when a word was corrected, or NULL */
	bool relaxed;          /* not every word is held */
	/* When nothing holds every word as typed: each by itself, excluded ones apart. */
	struct search_word *word;
	size_t n_words;
};

/* Reads the whole database. */
CHECKED enum status search_new(struct db *db, struct search **search);

/*
 * The same, or what search_save() left in the file when that is to be believed, brought up to date:
 * search/snapshot.h. *was_read tells which.
 */
CHECKED enum status search_open(struct db *db, const char *path, struct search **search,
				bool *was_read);

/*
 * Leaves the index in the file, unless it is there already as it is. While nobody searches: lists
 * are moved together.
 */
CHECKED enum status search_save(struct search *search, struct db *db, const char *path);

void search_free(struct search *search);

/* Bytes that words, lists and documents take, for benches: no one may write meanwhile. */
size_t search_memory(const struct search *search);

/* Reads what changed since the last call. */
CHECKED enum status search_follow(struct search *search, struct db *db);

/*
 * The same for who has just written, so that what they closed is found no more when they are told
 * so. Waits a second at most for another who follows, and not for one that builds anew, which is
 * left to search_follow(), to be called soon.
 */
void search_catch_up(struct search *search, struct db *db);

/*
 * The result lives in the arena. INVALID for a text of SEARCH_QUERY_MAX bytes or more, and for an
 * unknown value of FACET_ACCESS or FACET_YEAR. The work is bounded: thirty-two words at most, of
 * which four sequences, each worth the documents that hold it; gone through once, and six times at
 * most when nothing holds them all.
 */
CHECKED enum status search_run(struct search *search, struct arena *a, const struct reader *reader,
			       const struct search_query *query, struct search_result *result);

/* What the words of a query that was run match in what this reader may read: search/snippet.h. */
struct marks *search_marks(struct search *search, struct arena *a, const struct reader *reader,
			   const char *ran);

/* Completion (search/suggest.h): at most `limit`, in the arena; how many. */
size_t search_suggest(struct search *search, struct arena *a, const char *typed, size_t limit,
		      struct suggestion *found);

#endif
