#include "search/suggest_stack.h"

#include <stdlib.h>
#include <string.h>

#include "base/log.h"

/* An entry is built anew some SHELF_GROWTH times before it reaches the next larger shelf. */
enum { SHELF_GROWTH = 8, SHELF_SMALL = 512 };

static struct gone *gone_new(const struct shelf *s, const struct gone *old)
{
	size_t size = bit_blocks(s->n) * sizeof(uint64_t);
	struct gone *g = calloc(1, sizeof(*g) + size);

	if (!g)
		die("out of memory");
	g->holders = 1;
	if (old) {
		g->n = old->n;
		memcpy(g->bits, old->bits, size);
	}
	return g;
}

static void gone_release(struct gone *g)
{
	if (--g->holders == 0)
		free(g);
}

struct stack stack_copy(const struct stack *s)
{
	for (size_t i = 0; i < s->n; i++) {
		s->shelf[i]->holders++;
		s->gone[i]->holders++;
	}
	return *s;
}

static void release(struct stack *s, size_t i)
{
	gone_release(s->gone[i]);
	if (--s->shelf[i]->holders == 0)
		shelf_free(s->shelf[i]);
}

void stack_release(struct stack *s)
{
	while (s->n)
		release(s, --s->n);
}

const struct entry *stack_entry(const struct stack *s, enum suggestion_kind kind, int64_t id,
				size_t *shelf, uint32_t *number)
{
	for (size_t i = 0; i < s->n; i++) {
		if (!shelf_holds(s->shelf[i], kind, id, number) ||
		    bit_get(s->gone[i]->bits, *number))
			continue;
		*shelf = i;
		return &s->shelf[i]->entry[*number];
	}
	return NULL;
}

void stack_take_off(struct stack *s, size_t shelf, uint32_t number)
{
	struct gone *g = s->gone[shelf];

	if (g->holders > 1) {
		s->gone[shelf] = gone_new(s->shelf[shelf], g);
		gone_release(g);
		g = s->gone[shelf];
	}
	bit_set(g->bits, number);
	g->n++;
}

/* ---- fewer shelves ------------------------------------------------------------------ */

static bool is_worn(const struct stack *s, size_t i)
{
	return s->gone[i]->n > s->shelf[i]->n / 2;
}

bool stack_has_lost(const struct stack *s, size_t shelf, uint32_t number)
{
	return bit_get(s->gone[shelf]->bits, number);
}

bool stack_is_worn(const struct stack *s)
{
	for (size_t i = 0; i < s->n; i++)
		if (is_worn(s, i))
			return true;
	return false;
}

static size_t left_on(const struct stack *s, size_t i)
{
	return s->shelf[i]->n - s->gone[i]->n;
}

/* The first shelf to be built anew, with all above it, when `n` entries come. */
static size_t first_to_build(const struct stack *s, size_t n)
{
	size_t first = s->n, above = n > SHELF_SMALL ? n : SHELF_SMALL;

	for (size_t i = s->n; i--;) {
		if (is_worn(s, i) || left_on(s, i) <= above * SHELF_GROWTH)
			first = i;
		above += left_on(s, i);
	}
	return first == SHELVES_MAX ? 0 : first;
}

static size_t gather(const struct stack *s, size_t i, const struct entry *all[])
{
	size_t n = 0;

	for (uint32_t number = 0; number < s->shelf[i]->n; number++)
		if (!bit_get(s->gone[i]->bits, number))
			all[n++] = &s->shelf[i]->entry[number];
	return n;
}

void stack_add(struct stack *s, const struct folds *f, const struct entry *const entry[], size_t n)
{
	size_t first = first_to_build(s, n), n_all = n;
	const struct entry **all;
	struct shelf *built = NULL;

	for (size_t i = first; i < s->n; i++)
		n_all += left_on(s, i);
	if (n_all >= UINT32_MAX)
		die("cannot complete %zu texts: there are too many", n_all);
	all = calloc(n_all + 1, sizeof(const struct entry *));
	if (!all)
		die("out of memory");
	if (n)
		memcpy(all, entry, n * sizeof(const struct entry *));
	for (size_t i = first; i < s->n; i++)
		n += gather(s, i, all + n);
	if (n)
		built = shelf_build(f, all, (uint32_t)n);
	free(all);
	while (s->n > first)
		release(s, --s->n);
	if (!built)
		return;
	built->holders = 1;
	s->gone[s->n] = gone_new(built, NULL);
	s->shelf[s->n++] = built;
}
