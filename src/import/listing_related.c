#include "import/listing_related.h"

#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "import/listing_prose.h"

enum { MOST_RECORDS = 400, FEW_LETTERS = 3, MOST_NAMED = 2, WORDS_AFTER = 8, LONG_TITLE = 20 };

struct related_title {
	const char *name; /* what it is called, folded; "" when too short to be told from words */
	struct words collection;
	struct words title;
};

struct related_index {
	struct arena *a;
	const struct listing *listing;
	struct related_title *title;
	size_t n_titles;
};

static struct words folded_words(struct arena *a, const char *text)
{
	return words_of(a, text ? text : "");
}

struct related_index *related_index_of(struct arena *a, const struct listing *listing)
{
	struct related_index *index = arena_make(a, struct related_index, 1);
	size_t n = listing->n_records < MOST_RECORDS ? listing->n_records : MOST_RECORDS;

	*index =
		(struct related_index){ a, listing, arena_make(a, struct related_title, n + 1), n };
	for (size_t i = 0; i < n; i++) {
		const struct listing_record *r = &listing->record[i];
		const char *name = text_fold(a, title_of_session(a, r->title));

		index->title[i] =
			(struct related_title){ utf8_length(name) >= LONG_TITLE ? name : "",
						folded_words(a, r->collection),
						folded_words(a, r->title) };
	}
	return index;
}

static bool same_word(const char *one, const char *other)
{
	size_t n = strlen(one), m = strlen(other);

	if (n && one[n - 1] == 's')
		n--;
	if (m && other[m - 1] == 's')
		m--;
	return n == m && !memcmp(one, other, n);
}

static bool name_is_at(const struct words *w, size_t i, const struct words *name)
{
	if (!name->n_words || i + name->n_words > w->n_words)
		return false;
	for (size_t k = 0; k < name->n_words; k++)
		if (!same_word(w->word[i + k].fold, name->word[k].fold))
			return false;
	return true;
}

static bool has_word(const struct words *w, const char *word)
{
	for (size_t i = 0; i < w->n_words; i++)
		if (same_word(w->word[i].fold, word))
			return true;
	return false;
}

/* The first telling words after the name of a collection are those of the title. */
static bool names_title(const struct words *w, size_t i, const struct related_title *t)
{
	size_t n = 0, end = i + WORDS_AFTER;

	for (; i < w->n_words && i < end && n < MOST_NAMED; i++) {
		if (strlen(w->word[i].fold) <= FEW_LETTERS)
			continue;
		if (!has_word(&t->title, w->word[i].fold) ||
		    has_word(&t->collection, w->word[i].fold))
			return false;
		n++;
	}
	return n == MOST_NAMED;
}

static bool speaks_of(const struct words *w, const char *fold, const struct related_title *t)
{
	if (*t->name && strstr(fold, t->name))
		return true;
	for (size_t i = 0; i < w->n_words; i++)
		if (name_is_at(w, i, &t->collection) &&
		    names_title(w, i + t->collection.n_words, t))
			return true;
	return false;
}

static bool is_there(const struct listing_links *links, size_t related)
{
	for (size_t i = 0; i < links->n_links; i++)
		if (links->link[i].related == related)
			return true;
	return false;
}

void related_read(const struct related_index *index, size_t own, const char *text, bool closed,
		  struct listing_links *links)
{
	struct words w = words_of(index->a, text);
	const char *fold = text_fold(index->a, text);

	for (size_t i = 0; i < index->n_titles; i++)
		if (i != own && !is_there(links, i + 1) && speaks_of(&w, fold, &index->title[i]))
			*arena_push(index->a, links->link, links->n_links, links->capacity) =
				(struct listing_link){ .role = "related",
						       .label = index->listing->record[i].title,
						       .related = i + 1,
						       .closed = closed };
}
