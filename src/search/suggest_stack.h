/*
 * suggest_stack.h - the shelves of completion, each several times larger than the next, and what
 * was taken off them since they were built.
 *
 * A stack is copied for the readers; the copy holds the same shelves. Only one thread copies,
 * changes and releases; the others may read a copy meanwhile.
 */
#ifndef SEARCH_SUGGEST_STACK_H
#define SEARCH_SUGGEST_STACK_H

#include "search/suggest_shelf.h"

enum { SHELVES_MAX = 16 };

/* What is gone from a shelf, a bit for each entry. Copied before it changes, when shared. */
struct gone {
	int holders;
	uint32_t n;
	uint64_t bits[];
};

struct stack {
	struct shelf *shelf[SHELVES_MAX];
	struct gone *gone[SHELVES_MAX];
	size_t n;
};

struct stack stack_copy(const struct stack *s);
void stack_release(struct stack *s);

/* The entry of that kind and identifier, its shelf and number, or NULL. */
const struct entry *stack_entry(const struct stack *s, enum suggestion_kind kind, int64_t id,
				size_t *shelf, uint32_t *number);
void stack_take_off(struct stack *s, size_t shelf, uint32_t number);

/* True when the entry was taken off. */
bool stack_has_lost(const struct stack *s, size_t shelf, uint32_t number);

/* True when a shelf is better built anew. */
bool stack_is_worn(const struct stack *s);

/* Makes one shelf of these entries and of the shelves that are not much larger, or worn. */
void stack_add(struct stack *s, const struct folds *f, const struct entry *const entry[], size_t n);

#endif
