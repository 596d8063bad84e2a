#include "search/correct.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "search/analyse.h"

enum { FAR = 3 /* more than any distance that is looked for */ };

/*
 * The nearest so far: fewest changes, then the first letter kept, then the most used, then the
 * alphabet: words are numbered as they came, closed texts' among them.
 */
struct nearest {
	uint32_t folded;
	const char *word;
	int distance;
	bool same_first;
	uint32_t frequency;
};

static int smallest(int a, int b)
{
	return a < b ? a : b;
}

/*
 * Changes that make one word of the other: a letter more, less, another, or two exchanged (optimal
 * string alignment). FAR when there are more than `limit`. Bytes are letters but for a few scripts.
 */
static int distance(const char *left, int n_left, const char *right, int n_right, int limit)
{
	int row[3][FORM_MAX + 2], *before = row[0], *last = row[1], *here = row[2];

	for (int k = 0; k <= n_right; k++)
		last[k] = k;
	for (int i = 1; i <= n_left; i++) {
		int least = here[0] = i, *rotate;

		for (int k = 1; k <= n_right; k++) {
			int cost = left[i - 1] != right[k - 1];

			here[k] = smallest(last[k - 1] + cost, smallest(last[k], here[k - 1]) + 1);
			if (i > 1 && k > 1 && left[i - 1] == right[k - 2] &&
			    left[i - 2] == right[k - 1])
				here[k] = smallest(here[k], before[k - 2] + 1);
			least = smallest(least, here[k]);
		}
		if (least > limit)
			return FAR;
		rotate = before;
		before = last;
		last = here;
		here = rotate;
	}
	return last[n_right] <= limit ? last[n_right] : FAR;
}

/* Letters that one has and the other has not: each change accounts for two at most. */
static bool may_be_near(uint32_t left, uint32_t right, int limit)
{
	return __builtin_popcount(left ^ right) <= 2 * limit;
}

static bool is_better(const struct nearest *n, const struct nearest *best)
{
	if (best->folded == NO_KEY || n->distance != best->distance)
		return best->folded == NO_KEY || n->distance < best->distance;
	if (n->same_first != best->same_first)
		return n->same_first;
	if (n->frequency != best->frequency)
		return n->frequency > best->frequency;
	return strcmp(n->word, best->word) < 0;
}

/* Fewer letters are no word that one could be sure of. */
enum { SHORTEST = 4, SHORT = 6, LONG = 8 };

/* Two changes in a long word; in a shorter one, when it begins the same. */
static bool may_become(const char *word, size_t length, const struct key *k, int changes)
{
	return changes < 2 || length >= LONG ||
	       (length >= SHORT && k->length > 1 && !memcmp(word, k->bytes, 2));
}

/* Through all words: those whose length and letters are near enough are compared. */
static uint32_t find_nearest(const struct dictionary *d, const char *word, size_t length)
{
	struct nearest best = { .folded = NO_KEY };
	uint32_t n = intern_count(&d->folded_key), letters = letters_of(word, length);
	int limit = length >= SHORT ? 2 : 1;

	for (uint32_t i = 0; i < n; i++) {
		const struct key *k = intern_key(&d->folded_key, i);
		const struct folded *f = dictionary_folded_at(d, i);
		struct nearest found = { .folded = i, .word = k->bytes };

		if (f->is_common || abs((int)k->length - (int)length) > limit ||
		    !may_be_near(letters, f->letters, limit))
			continue;
		found.distance = distance(word, (int)length, k->bytes, (int)k->length, limit);
		if (found.distance == FAR || !may_become(word, length, k, found.distance))
			continue;
		found.frequency = folded_frequency(d, i);
		found.same_first = *k->bytes == *word;
		if (found.frequency && !folded_is_acronym(d, i) && is_better(&found, &best))
			best = found;
	}
	return best.folded;
}

/* Of the open words that begin as one was typed, the most used of those a letter or two longer. */
struct begun {
	const struct dictionary *d;
	size_t length;
	struct nearest best;
	bool any; /* begins so, however long */
};

static void consider_begun(void *context, uint32_t folded)
{
	struct begun *b = context;
	const struct key *k = intern_key(&b->d->folded_key, folded);
	struct nearest found = { .folded = folded, .word = k->bytes, .same_first = true };

	found.frequency = folded_frequency(b->d, folded);
	b->any |= found.frequency > 0;
	if (found.frequency && k->length <= b->length + 2 && is_better(&found, &b->best))
		b->best = found;
}

/* Figures are what they are; a word in capitals is a name that one knows how to spell. */
static bool is_left_alone(const char *form)
{
	return form[strcspn(form, "0123456789")] || (*form >= 'A' && *form <= 'Z');
}

static const char *spelling(const struct index *x, uint32_t folded)
{
	return folded_spelling(&x->dictionary, folded)->bytes;
}

/* How a want is written right, or NULL. */
static const char *right_spelling(struct arena *a, const struct index *x, const struct version *v,
				  const struct want *w)
{
	const struct unit *u = w->choice->unit;
	struct begun begun = { .d = &x->dictionary, .best.folded = NO_KEY };
	char folded[FORM_MAX + 1];
	uint32_t nearest;

	if (w->is_quoted || w->choice->n_units != 1 || u->is_prefix || is_left_alone(u->form[0]) ||
	    !plan_is_unknown(a, x, v, w))
		return NULL;
	begun.length = form_fold(u->form[0], strlen(u->form[0]), folded);
	if (begun.length >= BEGINNING)
		order_each(v->order, &x->dictionary, folded, begun.length, consider_begun, &begun);
	if (begun.best.folded != NO_KEY && begun.length > SHORTEST)
		return spelling(x, begun.best.folded);
	if (begun.any)
		return arena_printf(a, "%s*", w->text);
	if (begun.length < SHORTEST)
		return NULL;
	nearest = find_nearest(&x->dictionary, folded, begun.length);
	return nearest == NO_KEY ? NULL : spelling(x, nearest);
}

const char *correct_query(struct arena *a, const struct index *x, const struct version *v,
			  const char *text, const struct wanted *wanted)
{
	const char *corrected = "";
	size_t at = 0;
	bool any = false;

	for (size_t i = 0; i < wanted->n_positive; i++) {
		const struct want *w = &wanted->want[i];
		const char *right = right_spelling(a, x, v, w);

		if (!right)
			continue;
		corrected = arena_printf(a, "%s%.*s%s", corrected, (int)(w->from - at), text + at,
					 right);
		at = w->to;
		any = true;
	}
	return any ? arena_printf(a, "%s%s", corrected, text + at) : NULL;
}
