#include "search/posting.h"

#include <stdlib.h>
#include <string.h>

#include "base/log.h"

enum { NUMBER_MAX = 5 /* bytes */ };

static void *sized(void *block, size_t bytes)
{
	block = realloc(block, bytes);
	if (!block)
		die("out of memory");
	return block;
}

void waste_add(struct waste *w, void *block)
{
	if (!block)
		return;
	if (w->n_blocks == w->capacity) {
		w->capacity = w->capacity ? 2 * w->capacity : 64;
		w->block = sized(w->block, w->capacity * sizeof(*w->block));
	}
	w->block[w->n_blocks++] = block;
}

void waste_free(struct waste *w)
{
	for (size_t i = 0; i < w->n_blocks; i++)
		free(w->block[i]);
	free(w->block);
	*w = (struct waste){ 0 };
}

/* ---- writing ------------------------------------------------------------------------- */

/* What the writer has to know of a list that grows. */
struct growth {
	uint32_t last; /* document */
	/* The streams of the last block: bytes used, and in all. */
	uint32_t documents_length, spots_length, documents_room, spots_room;
	uint32_t n_packed;                       /* blocks that belong to a packed region, */
	bool block_is_packed;                    /* as does the array of them */
	uint16_t documents_before, spots_before; /* lengths of the block before the last, or 0 */
};

static uint8_t *write_number(uint8_t *at, uint32_t number)
{
	for (; number >= 0x80; number >>= 7)
		*at++ = (uint8_t)(number | 0x80);
	*at++ = (uint8_t)number;
	return at;
}

static void throw_away(void *old, struct waste *waste)
{
	if (waste)
		waste_add(waste, old);
	else
		free(old);
}

static struct block *blocks(const struct postings *p)
{
	struct block *many = atomic_load_explicit(&p->block, memory_order_relaxed);

	return many ? many : (struct block *)&p->only;
}

static uint32_t count_blocks(uint32_t n)
{
	return (n + BLOCK_POSTINGS - 1) / BLOCK_POSTINGS;
}

/* Past the spots of a posting. */
static const uint8_t *pass(const uint8_t *at)
{
	uint32_t number;

	do {
		at = read_number(at, &number);
	} while (number & 1);
	return at;
}

/* The bytes of a block's two streams, and its last document. */
static uint32_t measure(const struct postings *p, uint32_t k, size_t *documents, size_t *spots)
{
	uint32_t n = postings_count(p) - k * BLOCK_POSTINGS, number;
	const struct block *b = &blocks(p)[k];
	const uint8_t *d = atomic_load_explicit(&b->documents, memory_order_relaxed), *at = d;
	const uint8_t *s = atomic_load_explicit(&b->spots, memory_order_relaxed), *spot = s;
	uint32_t last = b->before;

	for (uint32_t i = 0; i < n && i < BLOCK_POSTINGS; i++) {
		at = read_number(at, &number) + 1;
		spot = s ? pass(spot) : NULL;
		last += number;
	}
	*documents = (size_t)(at - d);
	*spots = s ? (size_t)(spot - s) : 0;
	return last;
}

/* The list is about to grow. A last block that has been packed has no room: it will be copied. */
static struct growth *growth_of(struct postings *p)
{
	uint32_t n_blocks = count_blocks(postings_count(p));
	size_t documents, spots;

	if (p->growth)
		return p->growth;
	p->growth = sized(NULL, sizeof(*p->growth));
	*p->growth = (struct growth){ .n_packed = n_blocks, .block_is_packed = n_blocks > 1 };
	if (n_blocks) {
		p->growth->last = measure(p, n_blocks - 1, &documents, &spots);
		p->growth->documents_length = (uint32_t)documents;
		p->growth->spots_length = (uint32_t)spots;
	}
	return p->growth;
}

/*
 * Room for `more` bytes in a stream of the last block: a larger copy takes the old one's place. The
 * first time it is as large as the stream of the block before was in the end.
 */
static uint8_t *make_room(_Atomic(const uint8_t *) *stream, uint32_t length, uint32_t *room,
			  uint32_t before, size_t more, struct waste *waste)
{
	uint8_t *old = (uint8_t *)atomic_load_explicit(stream, memory_order_relaxed), *larger;
	size_t size = *room ? *room : before ? before + before / 16 + 8 : 8;

	if (length + more <= *room)
		return old + length;
	while (size < length + more)
		size += size / 2 + 8;
	if (size > UINT32_MAX)
		die("a posting list outgrew the search index");
	larger = sized(NULL, size);
	if (length)
		memcpy(larger, old, length);
	atomic_store_explicit(stream, larger, memory_order_release);
	if (*room)
		throw_away(old, waste);
	*room = (uint32_t)size;
	return larger + length;
}

static void copy_blocks(struct block *to, const struct block *from, uint32_t n)
{
	for (uint32_t i = 0; i < n; i++) {
		to[i].before = from[i].before;
		atomic_init(&to[i].documents,
			    atomic_load_explicit(&from[i].documents, memory_order_relaxed));
		atomic_init(&to[i].spots,
			    atomic_load_explicit(&from[i].spots, memory_order_relaxed));
	}
}

static bool is_power_of_two(uint32_t n)
{
	return (n & (n - 1)) == 0;
}

/* Room for the block numbered `k`; unpacked, there is room for a power of two of them. */
static void add_block(struct postings *p, struct growth *g, uint32_t k, struct waste *waste)
{
	struct block *old = blocks(p), *larger = old;

	if (k && (is_power_of_two(k) || g->block_is_packed)) {
		size_t room = 1;

		while (room <= k)
			room *= 2;
		larger = sized(NULL, room * sizeof(*larger));
		copy_blocks(larger, old, k);
		atomic_store_explicit(&p->block, larger, memory_order_release);
		if (old != &p->only && !g->block_is_packed)
			throw_away(old, waste);
		g->block_is_packed = false;
	}
	larger[k].before = g->last;
	atomic_init(&larger[k].documents, NULL);
	atomic_init(&larger[k].spots, NULL);
	g->documents_before = k ? (uint16_t)g->documents_length : 0;
	g->spots_before = k && g->spots_length < UINT16_MAX ? (uint16_t)g->spots_length : 0;
	g->documents_length = g->documents_room = 0;
	g->spots_length = g->spots_room = 0;
}

void postings_append(struct postings *p, uint32_t document, uint8_t weight, const uint32_t *spot,
		     size_t n_spots, struct waste *waste)
{
	uint32_t n = atomic_load_explicit(&p->n, memory_order_relaxed), before = 0;
	uint32_t k = n / BLOCK_POSTINGS;
	struct growth *g = growth_of(p);
	struct block *b;
	uint8_t *at, *start;

	if (n % BLOCK_POSTINGS == 0)
		add_block(p, g, k, waste);
	else if (k < g->n_packed)
		g->n_packed = k;
	b = &blocks(p)[k];
	start = at = make_room(&b->documents, g->documents_length, &g->documents_room,
			       g->documents_before, NUMBER_MAX + 1, waste);
	at = write_number(at, document - g->last);
	*at++ = weight;
	g->documents_length += (uint32_t)(at - start);

	start = at = !n_spots ? NULL
			      : make_room(&b->spots, g->spots_length, &g->spots_room,
					  g->spots_before, n_spots * NUMBER_MAX, waste);
	for (size_t i = 0; i < n_spots; i++) {
		at = write_number(at, (spot[i] - before) << 1 | (i + 1 < n_spots));
		before = spot[i];
	}
	g->spots_length += (uint32_t)(at - start);

	g->last = document;
	atomic_fetch_add_explicit(&p->n_live, 1, memory_order_relaxed);
	atomic_store_explicit(&p->n, n + 1, memory_order_release);
}

void postings_release(struct postings *p)
{
	struct block *b = blocks(p);
	uint32_t n = count_blocks(postings_count(p));

	if (!p->growth)
		return;
	for (uint32_t k = p->growth->n_packed; k < n; k++) {
		free((uint8_t *)atomic_load_explicit(&b[k].documents, memory_order_relaxed));
		free((uint8_t *)atomic_load_explicit(&b[k].spots, memory_order_relaxed));
	}
	if (b != &p->only && !p->growth->block_is_packed)
		free(b);
	free(p->growth);
}

/* ---- packing --------------------------------------------------------------------------- */

static size_t aligned(size_t size)
{
	return (size + _Alignof(struct block) - 1) & ~(_Alignof(struct block) - 1);
}

static size_t array_size(uint32_t n_blocks)
{
	return n_blocks > 1 ? n_blocks * sizeof(struct block) : 0;
}

size_t postings_packed_size(const struct postings *p)
{
	uint32_t n = count_blocks(postings_count(p));
	size_t size = array_size(n), documents, spots;

	for (uint32_t k = 0; k < n; k++) {
		measure(p, k, &documents, &spots);
		size += documents + spots;
	}
	return aligned(size);
}

static uint8_t *move_stream(_Atomic(const uint8_t *) *stream, size_t length, uint8_t *to,
			    bool owned)
{
	uint8_t *old = (uint8_t *)atomic_load_explicit(stream, memory_order_relaxed);

	if (!length)
		return to;
	memcpy(to, old, length);
	atomic_store_explicit(stream, to, memory_order_relaxed);
	if (owned)
		free(old);
	return to + length;
}

uint8_t *postings_pack(struct postings *p, uint8_t *to)
{
	uint32_t n = count_blocks(postings_count(p)),
		 n_packed = p->growth ? p->growth->n_packed : n;
	struct block *old = blocks(p), *b = old;
	uint8_t *at = to + array_size(n);
	size_t documents, spots;

	if (n > 1) {
		b = (struct block *)(void *)to;
		copy_blocks(b, old, n);
	}
	for (uint32_t k = 0; k < n; k++) {
		measure(p, k, &documents, &spots);
		at = move_stream(&b[k].documents, documents, at, k >= n_packed);
		at = move_stream(&b[k].spots, spots, at, k >= n_packed);
	}
	if (n > 1)
		atomic_store_explicit(&p->block, b, memory_order_relaxed);
	if (old != &p->only && p->growth && !p->growth->block_is_packed)
		free(old);
	free(p->growth);
	p->growth = NULL;
	return to + aligned((size_t)(at - to));
}

static void shift_stream(_Atomic(const uint8_t *) *stream, ptrdiff_t shift)
{
	uintptr_t at = (uintptr_t)atomic_load_explicit(stream, memory_order_relaxed);

	if (at)
		atomic_store_explicit(stream, (const uint8_t *)(at + (uintptr_t)shift),
				      memory_order_relaxed);
}

void postings_shift(struct postings *p, ptrdiff_t shift)
{
	uint32_t n = count_blocks(postings_count(p));
	struct block *b = &p->only;

	if (n > 1) {
		uintptr_t at = (uintptr_t)atomic_load_explicit(&p->block, memory_order_relaxed);

		b = (struct block *)(at + (uintptr_t)shift);
		atomic_store_explicit(&p->block, b, memory_order_relaxed);
	}
	for (uint32_t k = 0; k < n; k++) {
		shift_stream(&b[k].documents, shift);
		shift_stream(&b[k].spots, shift);
	}
}

/* ---- reading --------------------------------------------------------------------------- */

void cursor_init(struct cursor *c, const struct postings *p, uint32_t limit)
{
	/* The count first: whatever the pointers are then, they hold as many. */
	uint32_t n = p ? postings_count(p) : 0;
	const struct block *many;

	*c = (struct cursor){ .n = n, .limit = limit, .document = NO_DOCUMENT };
	if (!n)
		return;
	many = atomic_load_explicit(&p->block, memory_order_acquire);
	c->block = many ? many : &p->only;
	c->spot = atomic_load_explicit(&c->block->spots, memory_order_acquire);
	c->i = UINT32_MAX;
	c->document = 0;
	cursor_next(c);
}

/*
 * A step that is as likely to have one byte as two: told apart without a branch, which would be
 * guessed wrong. There is always a byte behind it.
 */
static inline const uint8_t *read_uneven(const uint8_t *at, uint32_t *step)
{
	uint32_t first = at[0], second = at[1], more = first >> 7;

	if (more & second >> 7)
		return read_number(at, step);
	*step = (first & 0x7f) | (second << 7 & (0 - more));
	return at + 1 + more;
}

static inline uint32_t take(struct cursor *c, uint32_t end, uint32_t *document, uint8_t *weight,
			    const bool uneven)
{
	uint32_t left = BLOCK_POSTINGS - c->i % BLOCK_POSTINGS, n = 0, here = c->document, step;
	const uint8_t *at = c->at;
	uint8_t worth = c->weight;

	left = left < c->n - c->i ? left : c->n - c->i;
	for (;;) {
		document[n] = here;
		weight[n++] = worth;
		if (n == left)
			break;
		at = uneven ? read_uneven(at, &step) : read_number(at, &step);
		worth = *at++;
		here += step;
		if (here >= end) {
			c->document = here < c->limit ? here : NO_DOCUMENT;
			c->weight = worth;
			c->at = at;
			c->i += n;
			return n;
		}
	}
	c->document = here;
	c->at = at;
	c->i += n - 1;
	cursor_next(c);
	return n;
}

/* Steps of this size on the whole are seldom of more than one byte. */
enum { EVEN_STEP = 40 };

uint32_t cursor_take(struct cursor *c, uint32_t end, uint32_t *document, uint8_t *weight)
{
	return c->limit / EVEN_STEP > c->n ? take(c, end, document, weight, true)
					   : take(c, end, document, weight, false);
}

/* The last block that begins after a document below the target: doubled steps, then halves. */
static uint32_t block_of(const struct cursor *c, uint32_t document)
{
	uint32_t low = c->i / BLOCK_POSTINGS, last = (c->n - 1) / BLOCK_POSTINGS, step = 1, high;

	while (low + step <= last && c->block[low + step].before < document) {
		low += step;
		step *= 2;
	}
	high = low + step <= last ? low + step : last + 1;
	while (low + 1 < high) {
		uint32_t middle = low + (high - low) / 2;

		if (c->block[middle].before < document)
			low = middle;
		else
			high = middle;
	}
	return low;
}

/* To the first posting of `document` or after in this block, else to the first of the next. */
static void walk_block(struct cursor *c, uint32_t document)
{
	uint32_t left = BLOCK_POSTINGS - 1 - c->i % BLOCK_POSTINGS, here = c->document, step;
	const uint8_t *at = c->at;
	uint8_t weight = c->weight;

	left = left < c->n - 1 - c->i ? left : c->n - 1 - c->i;
	c->i += left;
	for (; left && here < document; left--) {
		at = read_number(at, &step);
		weight = *at++;
		here += step;
	}
	c->i -= left;
	c->at = at;
	c->weight = weight;
	c->document = here < c->limit ? here : NO_DOCUMENT;
	if (here < document)
		cursor_next(c);
}

void cursor_seek_far(struct cursor *c, uint32_t document)
{
	uint32_t here = c->i / BLOCK_POSTINGS, block;

	if (document >= c->limit) {
		c->document = NO_DOCUMENT;
		c->i = c->n;
		return;
	}
	/* A near one is most often in the same block, found at less cost by walking. */
	block = document - c->document > 8 ? block_of(c, document) : here;
	if (block > here) {
		c->i = block * BLOCK_POSTINGS - 1;
		c->document = c->block[block].before;
	}
	while (c->document < document)
		walk_block(c, document);
}

void spots_push(struct spots *s, uint32_t spot)
{
	if (s->n == s->capacity) {
		s->capacity = s->capacity ? 2 * s->capacity : 64;
		s->spot = sized(s->spot, s->capacity * sizeof(*s->spot));
	}
	s->spot[s->n++] = spot;
}

void spots_release(struct spots *s)
{
	free(s->spot);
	*s = (struct spots){ 0 };
}

void cursor_spots(struct cursor *c, struct spots *s)
{
	uint32_t number, spot = 0, block = c->i / BLOCK_POSTINGS;

	/* From the block's beginning when the cursor has walked into another. */
	if (c->spot_i / BLOCK_POSTINGS < block || c->spot_i % BLOCK_POSTINGS == 0) {
		c->spot_i = block * BLOCK_POSTINGS;
		c->spot = atomic_load_explicit(&c->block[block].spots, memory_order_acquire);
	}
	for (; c->spot_i < c->i; c->spot_i++)
		c->spot = pass(c->spot);
	do {
		c->spot = read_number(c->spot, &number);
		spot += number >> 1;
		spots_push(s, spot);
	} while (number & 1);
	c->spot_i++;
}
