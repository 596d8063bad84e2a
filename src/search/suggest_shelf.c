#include "search/suggest_shelf.h"

#include <string.h>

#include "base/arena.h"

/* Where the bearers of a word are no more than that, each is looked at. */
enum { FEW = 128 };

/*
 * Of many entries that bear all words, the best are looked at for those that bear them in order:
 * so many, divided by the words typed.
 */
enum { LOOKED_AT = 8192 };

uint32_t hash_bytes(const char *bytes, size_t length)
{
	uint32_t hash = 2166136261u;

	for (size_t i = 0; i < length; i++)
		hash = (hash ^ (unsigned char)bytes[i]) * 16777619u;
	return hash ^ hash >> 15;
}

uint32_t hash_id(enum suggestion_kind kind, int64_t id)
{
	uint64_t hash = ((uint64_t)id * 8 + (uint64_t)kind) * 0x9e3779b97f4a7c15u;

	return (uint32_t)(hash >> 32);
}

bool shelf_holds(const struct shelf *s, enum suggestion_kind kind, int64_t id, uint32_t *number)
{
	for (uint32_t i = hash_id(kind, id);; i++) {
		uint32_t slot = s->slot[i & s->slot_mask];

		if (!slot)
			return false;
		*number = slot - 1;
		if (s->entry[*number].id == id && s->entry[*number].kind == kind)
			return true;
	}
}

/* ---- words -------------------------------------------------------------------------- */

/* A typed word, as places in the words of a shelf. */
struct span {
	uint32_t from, to; /* those that begin with it */
	uint32_t is;       /* the one that it is, or n_words */
	uint32_t bearers;  /* an entry with two of the words counts twice */
};

/* Like memcmp(); with `whole` a longer word comes after, else it is the same. */
static int compare_word(const struct shelf *s, uint32_t word, const char *text, size_t length,
			bool whole)
{
	size_t own = s->word_at[word + 1] - s->word_at[word];
	int order = memcmp(s->word + s->word_at[word], text, own < length ? own : length);

	if (order || own == length)
		return order;
	return own < length ? -1 : whole;
}

/* The first word that is not before; after those that begin with it when `past`. */
static uint32_t find_word(const struct shelf *s, const char *text, size_t length, bool past)
{
	uint32_t from = 0, to = s->n_words;

	while (from < to) {
		uint32_t middle = from + (to - from) / 2;

		if (compare_word(s, middle, text, length, false) < past)
			from = middle + 1;
		else
			to = middle;
	}
	return from;
}

static struct span span_of(const struct shelf *s, const char *text, size_t length)
{
	struct span span = { .from = find_word(s, text, length, false), .is = s->n_words };

	span.to = find_word(s, text, length, true);
	if (span.from < span.to && !compare_word(s, span.from, text, length, true))
		span.is = span.from;
	span.bearers = s->before[span.to] - s->before[span.from];
	return span;
}

/* ---- the best of a shelf ---------------------------------------------------------------- */

/* Least numbers first, no two that say the same. */
struct least {
	uint32_t number[SUGGESTIONS_MAX];
	size_t n, limit;
};

struct finding {
	const struct shelf *s;
	const uint64_t *gone;
	unsigned n;
	struct span span[TYPED_WORDS];
	struct least least[UNLIKE];
	size_t looked_at;
};

/* False when a word that was typed begins no word here. */
static bool start(struct finding *f, const struct shelf *s, const uint64_t *gone,
		  const struct typed *t, size_t limit)
{
	*f = (struct finding){ .s = s, .gone = gone, .n = t->n };
	for (int i = 0; i < UNLIKE; i++)
		f->least[i].limit = limit;
	for (unsigned i = 0; i < t->n; i++) {
		f->span[i] = span_of(s, t->text[i], t->length[i]);
		if (!f->span[i].bearers)
			return false;
	}
	return true;
}

static bool is_worth(const struct least *l, uint32_t number)
{
	return l->n < l->limit || number < l->number[l->n - 1];
}

static void keep(const struct shelf *s, struct least *l, uint32_t number)
{
	size_t at = l->n;

	for (size_t i = 0; i < l->n; i++) {
		if (!entry_is_same(&s->entry[l->number[i]], &s->entry[number]))
			continue;
		if (l->number[i] <= number)
			return;
		memmove(l->number + i, l->number + i + 1, (--l->n - i) * sizeof(*l->number));
		at = l->n;
		break;
	}
	if (l->n == l->limit)
		at = --l->n;
	while (at && l->number[at - 1] > number)
		at--;
	memmove(l->number + at + 1, l->number + at, (l->n++ - at) * sizeof(*l->number));
	l->number[at] = number;
}

static enum likeness look(const struct finding *f, const struct entry *e)
{
	struct touch touch[FORMS_MAX];

	for (size_t i = 0; i < e->n_forms; i++) {
		uint32_t form = f->s->form[e->first_form + i], word = form & ~FORM_AGAIN;

		touch[i] = (struct touch){ .again = form & FORM_AGAIN };
		for (unsigned j = 0; j < f->n; j++) {
			const struct span *span = &f->span[j];

			touch[i].begins |=
				(uint16_t)((word - span->from < span->to - span->from) << j);
			touch[i].is |= (uint16_t)((word == span->is) << j);
		}
	}
	return likeness_of(touch, e->n_forms, f->n);
}

/* One that may match; those that begin with what was typed were found before. */
static void consider(struct finding *f, uint32_t number)
{
	enum likeness likeness;

	if (bit_get(f->gone, number))
		return;
	if (!is_worth(&f->least[IN_ORDER], number) && !is_worth(&f->least[ANY_ORDER], number))
		return;
	f->looked_at += f->n;
	likeness = look(f, &f->s->entry[number]);
	if (likeness != BEGINS && likeness != UNLIKE && is_worth(&f->least[likeness], number))
		keep(f->s, &f->least[likeness], number);
}

static const char *spell(struct arena *a, const void *where, const struct entry *e)
{
	const struct shelf *s = where;
	char *spelt = arena_alloc(a, (size_t)e->n_forms * (WORD_BYTES + 1) + 1, 1), *at = spelt;

	for (size_t i = 0; i < e->n_forms; i++) {
		uint32_t word = s->form[e->first_form + i], length;

		if (word & FORM_AGAIN)
			continue;
		length = s->word_at[word + 1] - s->word_at[word];
		memcpy(at, s->word + s->word_at[word], length);
		at += length;
		*at++ = ' ';
	}
	return spelt;
}

static void offer(const struct finding *f, enum likeness likeness, struct best *b)
{
	const struct least *l = &f->least[likeness];

	for (size_t i = 0; i < l->n; i++)
		best_offer(b, (struct candidate){
				      .entry = &f->s->entry[l->number[i]],
				      .likeness = likeness,
				      .spell = spell,
				      .where = f->s,
			      });
}

/* ---- those that begin with it -------------------------------------------------------------- */

/* Below 0 when the entry comes before those that begin with what was typed, above 0 after. */
static int compare_start(const struct finding *f, uint32_t number)
{
	const struct entry *e = &f->s->entry[number];
	unsigned word = 0;

	for (size_t i = 0; i < e->n_forms; i++) {
		uint32_t form = f->s->form[e->first_form + i];
		const struct span *span = &f->span[word];

		if (form & FORM_AGAIN)
			continue;
		if (word + 1 == f->n)
			return form < span->from ? -1 : form >= span->to;
		if (form != span->is)
			return form < span->is ? -1 : 1;
		word++;
	}
	return -1;
}

static uint32_t find_alpha(const struct finding *f, bool past)
{
	uint32_t from = 0, to = f->s->n;

	while (from < to) {
		uint32_t middle = from + (to - from) / 2;

		if (compare_start(f, f->s->alpha[middle]) < past)
			from = middle + 1;
		else
			to = middle;
	}
	return from;
}

void shelf_find_beginning(const struct shelf *s, const uint64_t *gone, const struct typed *t,
			  struct best *b)
{
	struct finding f;
	struct least *l = &f.least[BEGINS];
	uint32_t i, to;

	if (!start(&f, s, gone, t, b->limit))
		return;
	for (unsigned j = 0; j + 1 < f.n; j++)
		if (f.span[j].is == s->n_words)
			return;
	to = find_alpha(&f, true);
	for (i = find_alpha(&f, false); i < to; i++) {
		if (i % ALPHA_BLOCK == 0 && !is_worth(l, s->alpha_least[i / ALPHA_BLOCK]))
			i += ALPHA_BLOCK - 1;
		else if (is_worth(l, s->alpha[i]) && !bit_get(gone, s->alpha[i]))
			keep(s, l, s->alpha[i]);
	}
	offer(&f, BEGINS, b);
}

/* ---- the others ------------------------------------------------------------------------------ */

static const unsigned char *list_of(const struct shelf *s, uint32_t word)
{
	return s->lists + s->list_at[word];
}

/* The bearers of one word, or of few. */
static void consider_bearers(struct finding *f, const struct span *span)
{
	const struct least *l = &f->least[f->n > 1 ? ANY_ORDER : IN_ORDER];

	for (uint32_t word = span->from; word < span->to; word++) {
		const unsigned char *at = list_of(f->s, word), *end = list_of(f->s, word + 1);
		uint32_t number = 0;

		while (at < end) {
			at = list_next(at, &number);
			/* They rise: what follows is no better. */
			if (!is_worth(l, number) && !is_worth(&f->least[IN_ORDER], number))
				break;
			consider(f, number);
		}
	}
}

static const uint64_t *dense_of(const struct shelf *s, const struct span *span)
{
	for (uint32_t i = 0; i < s->n_dense; i++)
		if (s->dense[i].from == span->from && s->dense[i].to == span->to)
			return s->dense[i].bits;
	return NULL;
}

static void mark_bearers(const struct shelf *s, const struct span *span, uint64_t *bits)
{
	const unsigned char *end;

	for (uint32_t word = span->from; word < span->to; word++) {
		uint32_t number = 0;

		end = list_of(s, word + 1);
		for (const unsigned char *at = list_of(s, word); at < end;) {
			at = list_next(at, &number);
			bit_set(bits, number);
		}
	}
}

/* The entries that bear all words. */
static uint64_t *bearing_all(struct finding *f, struct arena *a)
{
	size_t n = bit_blocks(f->s->n);
	uint64_t *all = arena_make(a, uint64_t, n), *some = arena_make(a, uint64_t, n);

	for (unsigned i = 0; i < f->n; i++) {
		const uint64_t *bits = dense_of(f->s, &f->span[i]);

		if (!bits) {
			memset(some, 0, n * sizeof(*some));
			mark_bearers(f->s, &f->span[i], some);
			bits = some;
		}
		for (size_t j = 0; j < n; j++)
			all[j] = i ? all[j] & bits[j] : bits[j];
	}
	return all;
}

/* Every one of them matches, and the best come first. */
static bool is_enough(const struct finding *f)
{
	const struct least *ordered = &f->least[IN_ORDER], *any = &f->least[ANY_ORDER];

	return ordered->n == ordered->limit ||
	       (f->looked_at > LOOKED_AT && ordered->n + any->n >= any->limit);
}

static void consider_several(struct finding *f, struct arena *a)
{
	const uint64_t *all = bearing_all(f, a);
	size_t n = bit_blocks(f->s->n);

	for (size_t i = 0; i < n; i++)
		for (uint64_t left = all[i]; left; left &= left - 1) {
			if (is_enough(f))
				return;
			consider(f, (uint32_t)(i * 64) + (uint32_t)__builtin_ctzll(left));
		}
}

void shelf_find_others(const struct shelf *s, const uint64_t *gone, const struct typed *t,
		       struct best *b)
{
	struct finding f;
	const struct span *rarest = f.span;

	if (!start(&f, s, gone, t, b->limit))
		return;
	for (unsigned i = 1; i < f.n; i++)
		if (f.span[i].bearers < rarest->bearers)
			rarest = &f.span[i];
	if (f.n == 1 || rarest->bearers <= FEW)
		consider_bearers(&f, rarest);
	else
		consider_several(&f, b->a);
	offer(&f, IN_ORDER, b);
	offer(&f, ANY_ORDER, b);
}
