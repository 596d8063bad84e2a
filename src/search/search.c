#include "search/search.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "search/index.h"
#include "search/snippet.h"
#include "store/change.h"

enum { MAX_WORDS = 32 };

struct search {
	pthread_mutex_t lock; /* of the pointer and of its count, never held for long */
	struct index *index;
};

static struct index *hold(struct search *s)
{
	struct index *x;

	pthread_mutex_lock(&s->lock);
	x = s->index;
	x->references++;
	pthread_mutex_unlock(&s->lock);
	return x;
}

static void let_go(struct search *s, struct index *x)
{
	bool last;

	pthread_mutex_lock(&s->lock);
	last = --x->references == 0;
	pthread_mutex_unlock(&s->lock);
	if (last)
		index_free(x);
}

enum status search_new(struct db *db, struct search **search)
{
	struct search *s = calloc(1, sizeof(*s));
	enum status status;

	if (!s)
		die("out of memory");
	pthread_mutex_init(&s->lock, NULL);
	status = index_build(db, &s->index);
	if (status == OK)
		*search = s;
	else
		search_free(s);
	return status;
}

void search_free(struct search *search)
{
	if (!search)
		return;
	index_free(search->index);
	pthread_mutex_destroy(&search->lock);
	free(search);
}

enum status search_follow(struct search *search, struct db *db)
{
	struct index *next, *old;
	int64_t change;
	enum status status = change_last(db, &change);

	/* Only the follower replaces the index, so it may look at it without the lock. */
	if (status != OK || change == search->index->change)
		return status;
	status = index_build(db, &next);
	if (status != OK)
		return status;
	pthread_mutex_lock(&search->lock);
	old = search->index;
	search->index = next;
	pthread_mutex_unlock(&search->lock);
	let_go(search, old);
	return OK;
}

/* ---- the query ------------------------------------------------------------------- */

struct word {
	const char *text; /* " word ", or " wor" for a prefix */
	bool excluded;
};

struct words {
	struct word word[MAX_WORDS];
	size_t n_words;
	struct marks *marks;
	const char *whole; /* all of them as written, to tell a title that equals the query */
};

static void add_word(struct arena *a, struct words *w, const char *text, size_t n, bool excluded)
{
	bool prefix = n > 3 && text[n - 1] == '*';
	const char *words = index_words(a, arena_strndup(a, text, n));
	size_t length = strlen(words);

	if (length < 3 || w->n_words == MAX_WORDS)
		return;
	if (!excluded) {
		const char *folded = text_fold(a, arena_strndup(a, text, n - prefix));

		marks_add(w->marks, folded, strlen(folded), (unsigned)w->n_words);
	}
	w->word[w->n_words++] = (struct word){
		.text = prefix ? arena_strndup(a, words, length - 1) : words,
		.excluded = excluded,
	};
}

/* Words, "words together", -words that must not be, and begin*. */
static void read_words(struct arena *a, const char *text, struct words *w)
{
	*w = (struct words){ .marks = marks_new(a), .whole = index_words(a, text) };
	while (*text) {
		bool excluded = *text == '-' && text[1] && text[1] != ' ';
		const char *end;

		text += excluded;
		if (*text == '"') {
			end = strchr(++text, '"');
			end = end ? end : text + strlen(text);
		} else {
			end = text + strcspn(text, " \t\n");
		}
		add_word(a, w, text, (size_t)(end - text), excluded);
		text = end + (*end != '\0');
	}
}

/* 0 when the document does not hold them all. */
static int score(const struct document *d, const struct words *w)
{
	int sum = 1;

	for (size_t i = 0; i < w->n_words; i++) {
		bool in_title = strstr(d->title, w->word[i].text);
		bool in_rest = !in_title && strstr(d->rest, w->word[i].text);

		if ((in_title || in_rest) == w->word[i].excluded)
			return 0;
		sum += in_title ? 8 : 2;
	}
	return sum + (w->n_words && !strcmp(d->title, w->whole) ? 100 : 0);
}

/* ---- the choice of values ---------------------------------------------------------- */

struct chosen {
	bool *value[N_FACETS]; /* by place */
	bool *known[N_FACETS]; /* borne by something this reader may know of */
	bool any[N_FACETS];
};

static bool is_year(const char *text)
{
	return strlen(text) == 4 && strspn(text, "0123456789") == 4;
}

/* A slug that nothing bears finds nothing; a word that cannot be a year is a mistake. */
static enum status choose(struct arena *a, const struct index *x, const struct search_query *query,
			  struct chosen *c)
{
	for (int f = 0; f < N_FACETS; f++) {
		c->value[f] = arena_make(a, bool, x->n_values[f] + 1);
		c->known[f] = arena_make(a, bool, x->n_values[f] + 1);
		c->any[f] = query->n_values[f] > 0;
		for (size_t i = 0; i < query->n_values[f]; i++) {
			bool found = false;

			for (size_t v = 0; v < x->n_values[f]; v++) {
				bool same = !strcmp(x->value[f][v].slug, query->value[f][i]);

				c->value[f][v] |= same;
				found |= same;
			}
			if (f == FACET_ACCESS && !found)
				return INVALID;
			if (f == FACET_YEAR && !is_year(query->value[f][i]))
				return INVALID;
		}
	}
	return OK;
}

static bool passes(const struct index *x, const struct document *d, const struct chosen *c, int f)
{
	if (!c->any[f])
		return true;
	for (uint32_t i = d->first[f]; i < d->first[f + 1]; i++)
		if (c->value[f][x->bearing[i]])
			return true;
	return false;
}

/* ---- the walk ------------------------------------------------------------------------ */

struct match {
	const struct document *document;
	int score;
};

struct walk {
	const struct index *index;
	struct arena *a;
	const struct reader *reader;
	struct words words;
	struct chosen chosen;
	int64_t *count[N_FACETS];
	struct match *match;
	size_t n_matches, capacity;
	int64_t n_closed;
};

/* A value that only hidden things bear is, to this reader, a slug that nothing bears. */
static void note_known(struct walk *w, const struct document *d)
{
	for (int f = 0; f < N_FACETS; f++)
		if (w->chosen.any[f])
			for (uint32_t i = d->first[f]; i < d->first[f + 1]; i++)
				w->chosen.known[f][w->index->bearing[i]] = true;
}

static void count_facet(struct walk *w, const struct document *d, int f)
{
	for (uint32_t i = d->first[f]; i < d->first[f + 1]; i++)
		w->count[f][w->index->bearing[i]]++;
}

/*
 * A document that fails one facet alone still counts in that facet: a chosen value does
 * not hide its sisters.
 */
static void visit(struct walk *w, const struct document *d)
{
	int points, failing = -1;

	if (!access_may_discover(w->reader, &d->object))
		return;
	note_known(w, d);
	points = score(d, &w->words);
	if (!points)
		return;
	for (int f = 0; f < N_FACETS; f++) {
		if (passes(w->index, d, &w->chosen, f))
			continue;
		if (failing >= 0)
			return;
		failing = f;
	}
	if (failing >= 0) {
		count_facet(w, d, failing);
		return;
	}
	for (int f = 0; f < N_FACETS; f++)
		count_facet(w, d, f);
	w->n_closed += !access_may_read(w->reader, &d->object);
	*arena_push(w->a, w->match, w->n_matches, w->capacity) = (struct match){ d, points };
}

static int by_date(const void *left, const void *right)
{
	const struct document *l = ((const struct match *)left)->document;
	const struct document *r = ((const struct match *)right)->document;

	if (l->day != r->day)
		return l->day > r->day ? -1 : 1;
	return l->id > r->id ? -1 : l->id < r->id;
}

static int by_relevance(const void *left, const void *right)
{
	const struct match *l = left, *r = right;

	return l->score != r->score ? r->score - l->score : by_date(left, right);
}

static int by_count(const void *left, const void *right)
{
	const struct search_value *l = left, *r = right;

	int order = strcmp(l->label, r->label);

	if (l->count != r->count)
		return l->count > r->count ? -1 : 1;
	/* Values stand as they were met, by way of hidden things too: not an order to show. */
	return order ? order : strcmp(l->value, r->value);
}

static int by_year(const void *left, const void *right)
{
	return strcmp(((const struct search_value *)right)->value,
		      ((const struct search_value *)left)->value);
}

static struct search_facet tell_facet(const struct walk *w, int f)
{
	const struct index *x = w->index;
	struct search_facet facet = { arena_make(w->a, struct search_value, x->n_values[f] + 1),
				      0 };

	for (size_t v = 0; v < x->n_values[f]; v++) {
		if (!w->count[f][v] && !(w->chosen.value[f][v] && w->chosen.known[f][v]))
			continue;
		facet.value[facet.n_values++] = (struct search_value){
			.value = arena_strdup(w->a, x->value[f][v].slug),
			.label = arena_strdup(w->a, x->value[f][v].label),
			.count = w->count[f][v],
			.chosen = w->chosen.value[f][v],
		};
	}
	if (facet.n_values)
		qsort(facet.value, facet.n_values, sizeof(*facet.value),
		      f == FACET_YEAR ? by_year : by_count);
	return facet;
}

static void tell_hits(struct walk *w, const struct search_query *query,
		      struct search_result *result)
{
	bool by_score = w->words.n_words && query->sort == BY_RELEVANCE;
	size_t first = (size_t)query->offset;

	if (w->n_matches)
		qsort(w->match, w->n_matches, sizeof(*w->match), by_score ? by_relevance : by_date);
	result->hit = arena_make(w->a, struct search_hit, (size_t)query->limit + 1);
	for (size_t i = first; i < w->n_matches && result->n_hits < (size_t)query->limit; i++)
		result->hit[result->n_hits++].id = w->match[i].document->id;
}

static enum status run(struct walk *w, const struct search_query *query,
		       struct search_result *result)
{
	enum status status = choose(w->a, w->index, query, &w->chosen);

	if (status != OK)
		return status;
	read_words(w->a, query->text ? query->text : "", &w->words);
	result->marks = w->words.marks;
	for (int f = 0; f < N_FACETS; f++)
		w->count[f] = arena_make(w->a, int64_t, w->index->n_values[f] + 1);
	for (size_t i = 0; i < w->index->n_documents; i++)
		visit(w, &w->index->document[i]);
	for (int f = 0; f < N_FACETS; f++)
		result->facet[f] = tell_facet(w, f);
	result->total = (int64_t)w->n_matches;
	result->n_closed = w->n_closed;
	tell_hits(w, query, result);
	return OK;
}

enum status search_run(struct search *search, struct arena *a, const struct reader *reader,
		       const struct search_query *query, struct search_result *result)
{
	struct index *x = hold(search);
	struct walk w = { .index = x, .a = a, .reader = reader };
	enum status status;

	*result = (struct search_result){ 0 };
	status = run(&w, query, result);
	let_go(search, x);
	return status;
}
