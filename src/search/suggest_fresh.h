/*
 * suggest_fresh.h - what was put into completion since the last shelf was built: a short list that
 * is looked through word by word.
 *
 * One thread writes. Readers have a copy of the lines, and keep what they point at by holding it.
 */
#ifndef SEARCH_SUGGEST_FRESH_H
#define SEARCH_SUGGEST_FRESH_H

#include "search/suggest_match.h"

struct arena;

/* An entry and its forms: length (and FORM_OTHER) and bytes of each, then 0. */
struct line {
	const struct entry *entry;
	const unsigned char *forms;
};

struct fresh {
	int holders;
	struct arena *a;
	struct line *line; /* without an entry once it is taken off */
	size_t n, capacity;
	size_t n_read; /* lines whose forms are known */
	uint32_t *slot, n_slots;
};

/* Held once. */
struct fresh *fresh_new(void);
void fresh_release(struct fresh *f);

/* The caller has made sure that there is none of that kind and identifier. Texts are copied. */
void fresh_put(struct fresh *f, enum suggestion_kind kind, int64_t id, const char *text,
	       const char *slug, uint32_t use);

/* The entry and its line, or NULL. */
const struct entry *fresh_entry(const struct fresh *f, enum suggestion_kind kind, int64_t id,
				size_t *line);
void fresh_take_off(struct fresh *f, size_t line);

/* The titles, or what is no title, into an array with room for all; how many. */
size_t fresh_entries(const struct fresh *f, bool titles, const struct entry *entry[]);

/* The lines as they are now, with their forms, into an array with room for all; how many. */
size_t fresh_lines(struct fresh *f, const struct folds *folds, struct line line[]);

void lines_find(const struct line line[], size_t n, const struct typed *t, struct best *b);

#endif
