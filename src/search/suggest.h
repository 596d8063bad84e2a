/*
 * suggest.h - what one may be about to type: titles, words of the vocabularies, collections,
 * organisations.
 *
 * Only what everyone may know is put in. Accents and case are indifferent; every word typed must
 * begin a word of the entry, the first of them best at its beginning. The best come first: those
 * that begin with what was typed, then by use.
 *
 * One writer, any number of readers, who never wait: suggest_commit() publishes what was put and
 * removed since the last.
 */
#ifndef SEARCH_SUGGEST_H
#define SEARCH_SUGGEST_H

#include <stddef.h>
#include <stdint.h>

struct arena;
struct suggest;

enum suggestion_kind {
	SUGGEST_RESOURCE,
	SUGGEST_KIND,
	SUGGEST_CATEGORY,
	SUGGEST_KEYWORD,
	SUGGEST_TERRITORY,
	SUGGEST_COLLECTION,
	SUGGEST_ORGANISATION,
};

/* "resource", "kind", "category", "keyword", "territory", "collection", "organisation". */
const char *suggestion_kind_name(enum suggestion_kind kind);

struct suggestion {
	const char *text;
	enum suggestion_kind kind;
	const char *slug;
};

enum { SUGGESTIONS_MAX = 20 };

struct suggest *suggest_new(void);
void suggest_free(struct suggest *s);

/*
 * Adds, or replaces the one of that kind and number. Texts are copied. `use` orders what begins
 * alike: how many resources bear a word, how recent a title is (days since 1970).
 */
void suggest_put(struct suggest *s, enum suggestion_kind kind, int64_t id, const char *text,
		 const char *slug, uint32_t use);
void suggest_remove(struct suggest *s, enum suggestion_kind kind, int64_t id);
void suggest_commit(struct suggest *s);

/* Each entry that was put, in no order: for the thread that writes. */
typedef void suggest_each_fn(void *context, enum suggestion_kind kind, int64_t id, const char *text,
			     const char *slug, uint32_t use);
void suggest_each(const struct suggest *s, suggest_each_fn *each, void *context);

/* At most `limit` (SUGGESTIONS_MAX at most), in the arena; how many. */
size_t suggest_find(struct suggest *s, struct arena *a, const char *typed, size_t limit,
		    struct suggestion found[]);

#endif
