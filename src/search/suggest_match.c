#include "search/suggest_match.h"

#include <string.h>

#include "base/arena.h"

/* ---- what is typed ---------------------------------------------------------------- */

/* "directeur·tri": of a last word that is still being typed, what is before the ending. */
static size_t without_ending(const char *text, size_t length)
{
	const char *blank = memrchr(text, ' ', length), *word = blank ? blank + 1 : text;
	const char *dot = memmem(word, (size_t)(text + length - word), "·", strlen("·"));

	return dot && dot > word ? (size_t)(dot - text) : length;
}

void typed_read(const struct folds *f, const char *text, struct typed *t)
{
	size_t length = strnlen(text, TYPED_BYTES + 1), letters = 0;

	/* At a character: half of one would end what is read before it. */
	if (length > TYPED_BYTES)
		for (length--; length && ((unsigned char)text[length] & 0xc0) == 0x80; length--)
			;
	words_read(f, text, without_ending(text, length), &t->words);
	t->n = 0;
	for (size_t i = 0; i < t->words.n_words && t->n < TYPED_WORDS; i++) {
		const struct word *w = &t->words.word[i];

		if (w->again)
			continue;
		t->text[t->n] = t->words.bytes + w->at;
		t->length[t->n++] = w->length;
		letters += w->length;
	}
	t->is_short = letters <= SHORT;
}

/* ---- what answers ------------------------------------------------------------------- */

const char *entry_slug(const struct entry *e)
{
	return e->text + strlen(e->text) + 1;
}

bool entry_is_title(const struct entry *e)
{
	return e->kind == SUGGEST_RESOURCE;
}

bool entry_is_same(const struct entry *e, const struct entry *other)
{
	return e->hash == other->hash && e->kind == other->kind && !strcmp(e->text, other->text);
}

static bool begins(const struct touch form[], size_t n_forms, unsigned n_typed)
{
	unsigned word = 0;

	for (size_t i = 0; i < n_forms; i++) {
		unsigned bit = 1u << word;

		if (form[i].again)
			continue;
		if (word + 1 == n_typed)
			return form[i].begins & bit;
		if (!(form[i].is & bit))
			return false;
		word++;
	}
	return false;
}

enum likeness likeness_of(const struct touch form[], size_t n_forms, unsigned n_typed)
{
	unsigned wanted = (1u << n_typed) - 1, any = 0, next = 0;
	bool taken = false; /* this word, by one of its forms */

	for (size_t i = 0; i < n_forms; i++) {
		any |= form[i].begins;
		taken = taken && form[i].again;
		if (!taken && form[i].begins & 1u << next) {
			taken = true;
			next++;
		}
	}
	if (any != wanted)
		return UNLIKE;
	if (next < n_typed)
		return ANY_ORDER;
	return begins(form, n_forms, n_typed) ? BEGINS : IN_ORDER;
}

/* ---- which is better ------------------------------------------------------------------ */

static int compare_spelling(struct arena *a, struct candidate *l, struct candidate *r)
{
	if (!l->spelt)
		l->spelt = l->spell(a, l->where, l->entry);
	if (!r->spelt)
		r->spelt = r->spell(a, r->where, r->entry);
	return strcmp(l->spelt, r->spelt);
}

static int compare_last(const struct entry *l, const struct entry *r)
{
	int order = strcmp(l->text, r->text);

	if (order)
		return order;
	if (l->kind != r->kind)
		return l->kind < r->kind ? -1 : 1;
	/* Numbers tell in which order things were met, hidden ones too. */
	order = strcmp(entry_slug(l), entry_slug(r));
	if (order)
		return order;
	return l->id < r->id ? -1 : l->id > r->id;
}

static int compare(struct best *b, struct candidate *l, struct candidate *r)
{
	const struct entry *left = l->entry, *right = r->entry;
	int order;

	if (l->likeness != r->likeness)
		return l->likeness < r->likeness ? -1 : 1;
	/* What is general is little and says much: it comes before the many titles. */
	if (b->is_short && entry_is_title(left) != entry_is_title(right))
		return entry_is_title(right) ? -1 : 1;
	if (left->use != right->use)
		return left->use > right->use ? -1 : 1;
	if (left->length != right->length)
		return left->length < right->length ? -1 : 1;
	order = compare_spelling(b->a, l, r);
	return order ? order : compare_last(left, right);
}

static void take_out(struct best *b, size_t i)
{
	memmove(b->candidate + i, b->candidate + i + 1, (--b->n - i) * sizeof(*b->candidate));
}

void best_offer(struct best *b, struct candidate c)
{
	size_t at = b->n;

	while (at && compare(b, &c, &b->candidate[at - 1]) < 0)
		at--;
	if (at == b->limit)
		return;
	for (size_t i = 0; i < at; i++)
		if (entry_is_same(b->candidate[i].entry, c.entry))
			return;
	for (size_t i = at; i < b->n; i++)
		if (entry_is_same(b->candidate[i].entry, c.entry))
			take_out(b, i);
	if (b->n == b->limit)
		b->n--;
	memmove(b->candidate + at + 1, b->candidate + at, (b->n - at) * sizeof(*b->candidate));
	b->candidate[at] = c;
	b->n++;
}
