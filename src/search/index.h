/*
 * index.h - what is searched, in memory: documents, the words they hold, the values they bear.
 *
 * Derived from the database, and changed by one writer. Documents are numbered as they come: a
 * resource that changes becomes a new document, and the old one dies. Readers hold a *version*:
 * the documents there were at one moment, as far as their number goes; they never wait for the
 * writer, who adds at the ends of lists and publishes the next version when all stands.
 */
#ifndef SEARCH_INDEX_H
#define SEARCH_INDEX_H

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>

#include "search/dictionary.h"
#include "search/documents.h"
#include "search/intern.h"
#include "search/labels.h"
#include "search/order.h"
#include "search/prepare.h"
#include "search/search.h"
#include "search/weight.h"

/* What only the best are asked for. */
struct identity {
	int64_t id;       /* of the resource */
	int64_t replaces; /* the resource of which it is a later edition, or 0 */
};

/* What a confirmed acronym stands for, as a reader of queries needs it. */
struct acronyms;

struct version {
	uint32_t number;
	uint32_t n_documents; /* numbers below this one */
	uint32_t n_open;      /* that everyone may discover, alive */
	int32_t latest;       /* no document has a later day */
	int64_t change;       /* the last one of the database that it knows of */
	uint32_t n_audiences; /* with numbers below this one */
	const struct label *label;
	size_t n_labels;
	const struct order *order;
	const struct acronyms *acronyms;
	int references;       /* under the lock of index_hold() */
	struct waste waste;   /* what this version was the last to need */
	struct version *next; /* younger */
};

struct index {
	struct dictionary dictionary;
	struct documents documents;
	struct paged identity;
	struct intern audience;
	struct worth worth;
	struct version *current, *oldest;
	/* The writer's own. */
	struct writing *writing;
};

struct index *index_new(void);

/* With no readers left. */
void index_free(struct index *x);

/* A document: the columns of its window, and its place in them. */
static inline struct columns *index_window(const struct index *x, uint32_t number, uint32_t *place)
{
	*place = number & (WINDOW - 1);
	return documents_window(&x->documents, number);
}

static inline uint8_t index_access(const struct index *x, uint32_t number)
{
	uint32_t place;
	const struct columns *c = index_window(x, number, &place);

	return state_access(column_state(c, place));
}

static inline int32_t index_day(const struct index *x, uint32_t number)
{
	uint32_t place;

	return index_window(x, number, &place)->day[place];
}

static inline const struct identity *index_identity(const struct index *x, uint32_t number)
{
	return paged_at(&x->identity, number);
}

/*
 * An audience is a set of keys that open a document, as access_opens() takes it; 0 is that of no
 * key. Only what is published has another one: no key opens a draft.
 */
static inline const char *index_audience(const struct index *x, uint32_t number)
{
	return intern_key(&x->audience, number)->bytes;
}

/* What the rule of access has to know of a document, in a small number. */
uint8_t access_class(const struct object *object);
struct object access_class_object(uint8_t access);

/* ---- the writer ------------------------------------------------------------------------------ */

struct labels *index_labels(struct index *x);
struct suggest *index_suggest(struct index *x);

/* Adds resources, each in place of what it was. */
void index_put(struct index *x, struct arena *a, const struct prepared *made, size_t n);
void index_remove(struct index *x, int64_t id);

/* Hands over the confirmed acronyms, in a block of their own. */
void index_set_acronyms(struct index *x, struct acronyms *acronyms);

/* Moves all lists into one block each for words and pairs: after a build, with no readers. */
void index_pack(struct index *x);

/*
 * Publishes what was put and removed, as of this change of the database. Locks only to put the new
 * version in place.
 */
void index_publish(struct index *x, pthread_mutex_t *lock, int64_t change);

/* Documents that died, against all: how worn the index is. */
uint32_t index_dead(const struct index *x);
uint32_t index_count(const struct index *x);

/* Bytes of words, lists and documents: without completion, and what documents need to be removed.
 */
size_t index_memory(const struct index *x);

/* ---- readers: both under the lock, and the second may free what was replaced ------- */

struct version *index_hold(struct index *x);
void index_let_go(struct index *x, struct version *v);

#endif
