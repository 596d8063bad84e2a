/*
 * order.h - folded forms in the order of their bytes, to find those that begin alike.
 *
 * Made once for many; what was added since stands apart, and is looked through one by one.
 */
#ifndef SEARCH_ORDER_H
#define SEARCH_ORDER_H

#include "search/dictionary.h"

struct order {
	uint32_t *folded;
	uint32_t n_sorted;
};

/* One with all that is known now; `old` (or NULL) itself when little was added since. */
struct order *order_renew(const struct dictionary *d, struct order *old);
void order_free(struct order *o);

/* Each folded form that begins with these bytes. */
typedef void order_fn(void *context, uint32_t folded);
void order_each(const struct order *o, const struct dictionary *d, const char *begin, size_t length,
		order_fn *each, void *context);

#endif
