/*
 * posting.h - which documents hold a word, how much it weighs there, and where it stands.
 *
 * A list grows at its end only: documents are numbered as they come, and what was published is
 * never written again. One writer appends; readers walk meanwhile with cursors of their own.
 * Buffers that were outgrown are handed to `waste`.
 *
 * Postings stand in blocks of BLOCK_POSTINGS, so that a walk can pass over many at once and an
 * addition copies one block at most. A block has two streams of variable-length integers (seven
 * bits a byte, the low ones first): documents, as the difference to the one before and a byte of
 * weight; spots, as the difference to the one before, doubled, plus one when another follows in the
 * same document.
 */
#ifndef SEARCH_POSTING_H
#define SEARCH_POSTING_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define NO_DOCUMENT UINT32_MAX

enum { BLOCK_POSTINGS = 64 };

/* What was outgrown, to be freed when the readers of this moment have gone. */
struct waste {
	void **block;
	size_t n_blocks, capacity;
};

void waste_add(struct waste *w, void *block);
void waste_free(struct waste *w);

struct block {
	_Atomic(const uint8_t *) documents, spots;
	uint32_t before; /* the document before its first */
};

struct growth;

struct postings {
	_Atomic(struct block *) block; /* NULL while `only` is enough */
	struct block only;
	_Atomic uint32_t n;
	_Atomic uint32_t n_live; /* of them, in documents that were not removed */
	struct growth *growth;   /* the writer's own; NULL while all is in a packed region */
};

/*
 * `document` is above all before it; `spot` rises, and is empty for all documents of a list or for
 * none. With no `waste`,
 * there are no readers, and what is outgrown is freed.
 */
void postings_append(struct postings *p, uint32_t document, uint8_t weight, const uint32_t *spot,
		     size_t n_spots, struct waste *waste);

void postings_release(struct postings *p);

/* Bytes that its blocks take, packed. */
size_t postings_packed_size(const struct postings *p);

/*
 * Moves the blocks to `to`, which is aligned for pointers, has room for them and outlives the list;
 * returns their end, aligned. There are no readers.
 */
uint8_t *postings_pack(struct postings *p, uint8_t *to);

/*
 * For a packed list that was moved with its region, or read back from a file, by `shift` bytes.
 */
void postings_shift(struct postings *p, ptrdiff_t shift);

static inline uint32_t postings_count(const struct postings *p)
{
	return atomic_load_explicit(&p->n, memory_order_acquire);
}

static inline uint32_t postings_live(const struct postings *p)
{
	return atomic_load_explicit(&p->n_live, memory_order_relaxed);
}

/* A walk over a list. */
struct cursor {
	uint32_t document; /* NO_DOCUMENT at the end */
	uint8_t weight;
	const uint8_t *at; /* the next posting of the block */
	uint32_t i, n;     /* the number of the current posting, how many there are */
	uint32_t limit;    /* documents from this one on are not there */
	uint32_t spot_i;   /* the number of the posting whose spots begin at `spot` */
	const uint8_t *spot;
	const struct block *block;
};

/* Stands on the first posting. */
void cursor_init(struct cursor *c, const struct postings *p, uint32_t limit);

static inline const uint8_t *read_number(const uint8_t *at, uint32_t *number)
{
	uint32_t n = *at++;

	if (n >= 0x80) {
		unsigned shift = 7;
		uint32_t byte;

		n &= 0x7f;
		do {
			byte = *at++;
			n |= (byte & 0x7f) << shift;
			shift += 7;
		} while (byte >= 0x80);
	}
	*number = n;
	return at;
}

static inline const uint8_t *block_documents(const struct block *b)
{
	return atomic_load_explicit(&b->documents, memory_order_acquire);
}

static inline void cursor_next(struct cursor *c)
{
	uint32_t step;

	if (++c->i >= c->n) {
		c->document = NO_DOCUMENT;
		return;
	}
	if (c->i % BLOCK_POSTINGS == 0)
		c->at = block_documents(&c->block[c->i / BLOCK_POSTINGS]);
	c->at = read_number(c->at, &step);
	c->weight = *c->at++;
	c->document += step;
	if (c->document >= c->limit)
		c->document = NO_DOCUMENT;
}

/*
 * Copies the current posting and those that follow in its block, as far as they are below `end`,
 * and stands behind them; returns how many, BLOCK_POSTINGS at most. The current one is below `end`,
 * which is not above the limit of the cursor.
 */
uint32_t cursor_take(struct cursor *c, uint32_t end, uint32_t *document, uint8_t *weight);

/* To the first posting of `document` or after, never backwards. */
void cursor_seek_far(struct cursor *c, uint32_t document);

static inline void cursor_seek(struct cursor *c, uint32_t document)
{
	if (c->document < document)
		cursor_seek_far(c, document);
}

/* A growing array of spots. */
struct spots {
	uint32_t *spot;
	size_t n, capacity;
};

void spots_push(struct spots *s, uint32_t spot);
void spots_release(struct spots *s);

/* Adds the spots of the current posting, which rise. Each posting is asked for once at most. */
void cursor_spots(struct cursor *c, struct spots *s);

#endif
