/*
 * sight.h - what the reader who searches may know of and read: the rule of access, worked out once
 * for all documents of a version.
 */
#ifndef SEARCH_SIGHT_H
#define SEARCH_SIGHT_H

#include "search/index.h"

struct arena;

struct sight {
	uint16_t discover, read; /* bits by class of access */
	const uint64_t *opened;  /* bits by audience; NULL when no key of the reader opens any */
};

/* In the arena. */
struct sight sight_of(struct arena *a, const struct index *x, const struct version *v,
		      const struct reader *reader);

/* True when the reader may read what not everyone may. */
bool sight_is_more_than_everyones(const struct sight *s);

static inline bool sight_opens(const struct sight *s, const struct columns *c, uint32_t i)
{
	uint32_t audience;

	if (!s->opened)
		return false;
	audience = c->audience[i];
	return s->opened[audience / 64] >> (audience % 64) & 1;
}

/*
 * May the reader know of a document, in this state; and read it? Keys open both. The only branch is
 * on whether there are any, which is the same for all documents: others would be guessed wrong.
 */
static inline bool sight_discovers(const struct sight *s, const struct columns *c, uint32_t i,
				   uint32_t state)
{
	return (s->discover >> state_access(state) & 1) | sight_opens(s, c, i);
}

static inline bool sight_reads(const struct sight *s, const struct columns *c, uint32_t i)
{
	return (s->read >> state_access(column_state(c, i)) & 1) | sight_opens(s, c, i);
}

static inline bool sight_reads_document(const struct sight *s, const struct index *x,
					uint32_t document)
{
	uint32_t i;
	const struct columns *c = index_window(x, document, &i);

	return sight_reads(s, c, i);
}

#endif
