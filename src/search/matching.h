/*
 * matching.h - a match in the making, for match.c, take.c and meet.c.
 *
 * The documents are gone through a window at a time. In each, take.c finds those that hold what is
 * wanted and what they are worth; meet.c looks at each of them, counts it, and keeps the best.
 */
#ifndef SEARCH_MATCHING_H
#define SEARCH_MATCHING_H

#include "search/match.h"
#include "search/phrase.h"
#include "search/top.h"

enum { WINDOW_WORDS = WINDOW / 64 };

/* Some of the places of a window. */
struct places {
	uint64_t word[WINDOW_WORDS];
	uint32_t most; /* not more than so many: to count them would take longer */
};

/* What is known of the documents of a window. */
struct window {
	uint32_t base, end;
	struct places candidate; /* still in question */
	struct places one;       /* hold the want at hand */
	uint32_t units[WINDOW];  /* of the want at hand, in its documents; else 0 */
	uint32_t score[WINDOW];  /* of the candidates */
	uint8_t held[WINDOW];    /* how many wants, when most will do */
};

struct room {
	struct window w;
	uint16_t met[WINDOW];   /* the candidates of the window that count, in order */
	uint16_t other[WINDOW]; /* its other documents, when they are fewer */
	uint32_t least[WINDOW]; /* of the words of a choice */
	uint32_t sum[WINDOW];   /* of the choices of a want; 0 between wants */
};

/* Matched documents that an edition ties to others: told when all scores are known. */
struct edition {
	int64_t replaced; /* the resource that another replaces, or that is replaced */
	struct ranked hit;
};

struct editions {
	struct edition *edition;
	size_t n, capacity;
};

struct matching {
	struct match *m;
	struct arena *a;
	struct room *room;
	struct window *w; /* of the room */
	struct top best;
	struct editions replaced, replacing;
	struct phrase_scratch phrase;
};

/* Adds to `one` and `units` the documents of the window that hold a want, candidates alone or all.
 */
void take_want(struct matching *g, struct planned_want *p, bool among);

/* Forgets the want at hand. */
void clear_one(struct window *w);

/* Looks at each candidate of the window. */
void meet_all(struct matching *g);

/* Those that hold the want at hand, that are there, and that the filter lets pass. */
uint32_t meet_alone(const struct matching *g);

/* Once all were met: editions take their places. */
void meet_editions(struct matching *g);

/* ---- places ---------------------------------------------------------------------------------- */

static inline bool has(const struct places *p, uint32_t i)
{
	return p->word[i / 64] >> (i % 64) & 1;
}

static inline void add(struct places *p, uint32_t i)
{
	p->word[i / 64] |= (uint64_t)1 << (i % 64);
	p->most++;
}

/* The first from *i on. */
static inline bool next_place(const struct places *p, uint32_t *i)
{
	uint32_t at = *i;
	uint64_t word;

	if (at >= WINDOW)
		return false;
	word = p->word[at / 64] >> (at % 64);
	if (word) {
		*i = at + (uint32_t)__builtin_ctzll(word);
		return true;
	}
	for (at = at / 64 + 1; at < WINDOW_WORDS; at++)
		if (p->word[at]) {
			*i = at * 64 + (uint32_t)__builtin_ctzll(p->word[at]);
			return true;
		}
	return false;
}

/* So many that going through all is quicker than from one to the next. */
static inline bool are_dense(const struct places *p)
{
	return p->most > WINDOW / 8;
}

#endif
