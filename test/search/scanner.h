/*
 * scanner.h - a second opinion on searching: every text is gone through, word by word.
 *
 * Shares with the engine what reads texts and queries (search/analyse.h, search/query.h,
 * search/widen.h), and nothing of what it keeps or counts. Sees the database as it was when it was
 * made.
 */
#ifndef TEST_SEARCH_SCANNER_H
#define TEST_SEARCH_SCANNER_H

#include "search/search.h"

struct arena;
struct db;

struct scanner;

struct scanner *scanner_new(struct db *db);
void scanner_free(struct scanner *s);

/*
 * What search_run() has to tell, all of it whatever the limit, latest first. Which word was
 * meant is no matter of counting: `corrected` is the query that was run instead, or NULL. It is
 * disregarded when what was typed finds something.
 */
void scanner_run(const struct scanner *s, struct arena *a, const struct reader *reader,
		 const struct search_query *query, const char *corrected,
		 struct search_result *result);

/* The resource that this one replaces, or 0. */
int64_t scanner_replaces(const struct scanner *s, int64_t id);

#endif
