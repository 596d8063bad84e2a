/*
 * documents.h - what is known of each document, column by column.
 *
 * Documents are matched a *window* at a time, and a word that most of them hold is matched at the
 * pace of memory: what every match is asked for stands close together, a column for each question,
 * in the order of documents. A document is never changed once it is there, but for its
 * state and the version in which it died.
 *
 * One writer adds; readers read what they have been told of, and never wait. What was outgrown is
 * handed to `waste`.
 */
#ifndef SEARCH_DOCUMENTS_H
#define SEARCH_DOCUMENTS_H

#include <stdbool.h>
#include <stdint.h>

#include "search/paged.h"
#include "search/posting.h"

enum { WINDOW_BITS = PAGED_BITS, WINDOW = 1 << WINDOW_BITS };

/* The state of a document: its class of access (access_class()), and what was said of it since. */
enum { ACCESS_CLASSES = 16, HAS_DIED = 0x10, REPLACES = 0x20, IS_REPLACED = 0x40 };

#define ALIVE UINT32_MAX

/*
 * Numbers of labels, side by side: of two bytes, or of four in a vocabulary that needs it. One may
 * read BEARING_SLACK of them past the last, once no more come.
 */
enum { BEARING_SLACK = 16 };

struct bearing {
	bool is_wide;
	uint32_t room;
	_Alignas(4) char label[];
};

static inline uint32_t bearing_label(const struct bearing *b, uint32_t i)
{
	return b->is_wide ? ((const uint32_t *)(const void *)b->label)[i]
			  : ((const uint16_t *)(const void *)b->label)[i];
}

/* The documents of a window, by their place in it. */
struct columns {
	_Atomic uint8_t state[WINDOW];
	uint32_t title_hash[WINDOW];   /* 0 when there is none */
	int32_t day[WINDOW];           /* since 1970; INT32_MIN when it has no date */
	_Atomic uint32_t died[WINDOW]; /* the version in which it is no longer there, or ALIVE */
	uint32_t audience[WINDOW];     /* whose keys open it: index_audience() */
	uint32_t first[WINDOW + 1];    /* its labels: from this one to before the next one's */
	_Atomic(struct bearing *) bearing;
	/* How many bear each label below `n_whole`, dead ones too, once all are there and no label
	 * is wide; else NULL. */
	_Atomic(uint16_t *) whole;
	uint32_t n_whole;
};

struct documents {
	_Atomic(struct columns *) window[PAGED_PAGES];
};

void documents_release(struct documents *s);

/* What is known of a document from the beginning. */
struct facts {
	uint8_t access;
	uint32_t audience;
	int32_t day;
	uint32_t title_hash;
	const uint32_t *label;
	size_t n_labels;
};

/* A document that comes next after all others. */
void documents_add(struct documents *s, uint32_t number, const struct facts *f,
		   struct waste *waste);

size_t documents_memory(const struct documents *s);

/* Those of a window, whose first one has this number. */
static inline struct columns *documents_window(const struct documents *s, uint32_t base)
{
	return atomic_load_explicit(&s->window[base >> WINDOW_BITS], memory_order_acquire);
}

static inline uint8_t column_state(const struct columns *c, uint32_t i)
{
	return atomic_load_explicit(&c->state[i], memory_order_relaxed);
}

static inline uint8_t state_access(uint32_t state)
{
	return state & (ACCESS_CLASSES - 1);
}

/* In a version, by its number. */
static inline bool column_is_alive(const struct columns *c, uint32_t i, uint32_t version)
{
	return !(column_state(c, i) & HAS_DIED) ||
	       atomic_load_explicit(&c->died[i], memory_order_relaxed) > version;
}

static inline const struct bearing *columns_bearing(const struct columns *c)
{
	return atomic_load_explicit(&c->bearing, memory_order_acquire);
}

#endif
