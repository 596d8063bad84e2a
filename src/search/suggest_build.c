#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "search/suggest_shelf.h"

/* The words met, numbered as they came, in a table that is at most half full. */
struct lexicon {
	char *bytes;
	size_t n_bytes, room;
	uint32_t *at, *slot, *place; /* place: in the order of the alphabet */
	uint32_t n, capacity, n_slots;
};

/* An entry on its way. */
struct item {
	uint64_t key; /* what is compared first */
	const struct entry *entry;
	uint32_t first_form;
	uint8_t n_forms;
};

struct building {
	const struct folds *folds;
	struct shelf *s;
	struct lexicon words;
	struct item *item;
	uint32_t n;
	uint32_t *form;
	size_t n_forms, form_capacity;
};

static void *resize(void *old, size_t count, size_t size)
{
	void *larger = reallocarray(old, count ? count : 1, size);

	if (!larger)
		die("out of memory");
	return larger;
}

/* ---- the words ------------------------------------------------------------------------- */

static uint32_t *slot_of(const struct lexicon *l, const char *text, size_t length)
{
	for (uint32_t i = hash_bytes(text, length);; i++) {
		uint32_t *slot = &l->slot[i & (l->n_slots - 1)];
		const uint32_t *at;

		if (!*slot)
			return slot;
		at = &l->at[*slot - 1];
		if (at[1] - at[0] == length && !memcmp(l->bytes + at[0], text, length))
			return slot;
	}
}

static void widen(struct lexicon *l)
{
	l->capacity = l->capacity ? l->capacity * 2 : 1024;
	l->n_slots = l->capacity * 2;
	l->at = resize(l->at, (size_t)l->capacity + 1, sizeof(*l->at));
	free(l->slot);
	l->slot = resize(NULL, l->n_slots, sizeof(*l->slot));
	memset(l->slot, 0, l->n_slots * sizeof(*l->slot));
	l->at[0] = 0;
	for (uint32_t i = 0; i < l->n; i++)
		*slot_of(l, l->bytes + l->at[i], l->at[i + 1] - l->at[i]) = i + 1;
}

static uint32_t word_number(struct lexicon *l, const char *text, size_t length)
{
	uint32_t *slot;

	if (l->n == l->capacity)
		widen(l);
	slot = slot_of(l, text, length);
	if (*slot)
		return *slot - 1;
	if (l->room - l->n_bytes < length) {
		l->room = l->room * 2 + 4096;
		l->bytes = resize(l->bytes, l->room, 1);
	}
	memcpy(l->bytes + l->n_bytes, text, length);
	l->n_bytes += length;
	l->at[++l->n] = (uint32_t)l->n_bytes;
	*slot = l->n;
	return l->n - 1;
}

static void read_entry(struct building *b, const struct entry *e)
{
	struct words w;
	struct item *item = &b->item[b->n++];

	words_read(b->folds, e->text, strlen(e->text), &w);
	*item = (struct item){
		.key = (uint64_t)(UINT32_MAX - e->use) << 32 | e->length,
		.entry = e,
		.first_form = (uint32_t)b->n_forms,
		.n_forms = (uint8_t)w.n_words,
	};
	if (b->form_capacity - b->n_forms < FORMS_MAX) {
		b->form_capacity = b->form_capacity * 2 + 1024;
		b->form = resize(b->form, b->form_capacity, sizeof(*b->form));
	}
	for (size_t i = 0; i < w.n_words; i++) {
		const struct word *word = &w.word[i];
		uint32_t form = word_number(&b->words, w.bytes + word->at, word->length);

		b->form[b->n_forms++] = form | (word->again ? FORM_AGAIN : 0);
	}
}

static int by_alphabet(const void *left, const void *right, void *context)
{
	const struct lexicon *l = context;
	const uint32_t *a = &l->at[*(const uint32_t *)left];
	const uint32_t *b = &l->at[*(const uint32_t *)right];
	uint32_t n_a = a[1] - a[0], n_b = b[1] - b[0];
	int order = memcmp(l->bytes + *a, l->bytes + *b, n_a < n_b ? n_a : n_b);

	return order ? order : n_a < n_b ? -1 : n_a > n_b;
}

/* From here on a word's number is its place in the order of the alphabet. */
static void write_words(struct building *b)
{
	struct lexicon *l = &b->words;
	struct shelf *s = b->s;
	uint32_t *order = resize(NULL, l->n, sizeof(*order));

	for (uint32_t i = 0; i < l->n; i++)
		order[i] = i;
	if (l->n)
		qsort_r(order, l->n, sizeof(*order), by_alphabet, l);
	l->place = resize(NULL, l->n, sizeof(*l->place));
	s->n_words = l->n;
	s->word = arena_alloc(s->a, l->n_bytes + 1, 1);
	s->word_at = arena_make(s->a, uint32_t, (size_t)l->n + 1);
	for (uint32_t i = 0; i < l->n; i++) {
		const uint32_t *at = &l->at[order[i]];

		l->place[order[i]] = i;
		memcpy(s->word + s->word_at[i], l->bytes + at[0], at[1] - at[0]);
		s->word_at[i + 1] = s->word_at[i] + at[1] - at[0];
	}
	free(order);
	for (size_t i = 0; i < b->n_forms; i++)
		b->form[i] = (b->form[i] & FORM_AGAIN) | l->place[b->form[i] & ~FORM_AGAIN];
}

/* ---- the entries --------------------------------------------------------------------------- */

/* Word by word, the other forms left out: as spell() would write them. */
static int compare_forms(const uint32_t *l, size_t n_l, const uint32_t *r, size_t n_r)
{
	size_t i = 0, j = 0;

	for (;; i++, j++) {
		while (i < n_l && l[i] & FORM_AGAIN)
			i++;
		while (j < n_r && r[j] & FORM_AGAIN)
			j++;
		if (i == n_l || j == n_r)
			return i < n_l ? 1 : j < n_r ? -1 : 0;
		if (l[i] != r[j])
			return l[i] < r[j] ? -1 : 1;
	}
}

static int by_rank(const void *left, const void *right, void *context)
{
	const struct item *l = left, *r = right;
	const uint32_t *form = context;
	int order;

	if (l->key != r->key)
		return l->key < r->key ? -1 : 1;
	order = compare_forms(form + l->first_form, l->n_forms, form + r->first_form, r->n_forms);
	if (!order)
		order = strcmp(l->entry->text, r->entry->text);
	if (order || l->entry->kind != r->entry->kind)
		return order ? order : l->entry->kind - r->entry->kind;
	order = strcmp(entry_slug(l->entry), entry_slug(r->entry));
	if (order)
		return order;
	return l->entry->id < r->entry->id ? -1 : l->entry->id > r->entry->id;
}

static size_t said(const struct entry *e)
{
	const char *slug = entry_slug(e);

	return (size_t)(slug - e->text) + strlen(slug) + 1;
}

static void write_entries(struct building *b)
{
	struct shelf *s = b->s;
	size_t size = 0;
	uint32_t *form;
	char *text;

	if (b->n)
		qsort_r(b->item, b->n, sizeof(*b->item), by_rank, b->form);
	for (uint32_t i = 0; i < b->n; i++)
		size += said(b->item[i].entry);
	text = arena_alloc(s->a, size + 1, 1);
	form = s->form = arena_make(s->a, uint32_t, b->n_forms + 1);
	s->entry = arena_make(s->a, struct entry, (size_t)b->n + 1);
	s->n = b->n;
	for (uint32_t i = 0; i < b->n; i++) {
		const struct item *item = &b->item[i];
		struct entry *e = &s->entry[i];

		*e = *item->entry;
		e->text = memcpy(text, item->entry->text, said(item->entry));
		text += said(e);
		e->first_form = (uint32_t)(form - s->form);
		e->n_forms = item->n_forms;
		memcpy(form, b->form + item->first_form, e->n_forms * sizeof(*form));
		form += e->n_forms;
	}
}

static void write_slots(struct shelf *s)
{
	uint32_t n_slots = 2;

	while (n_slots < s->n + s->n / 2)
		n_slots *= 2;
	s->slot = arena_make(s->a, uint32_t, n_slots);
	s->slot_mask = n_slots - 1;
	for (uint32_t i = 0; i < s->n; i++) {
		uint32_t at = hash_id(s->entry[i].kind, s->entry[i].id);

		while (s->slot[at & s->slot_mask])
			at++;
		s->slot[at & s->slot_mask] = i + 1;
	}
}

/* ---- the alphabet ------------------------------------------------------------------ */

static int by_start(const void *left, const void *right, void *context)
{
	const struct shelf *s = context;
	const struct item *l = left, *r = right;

	if (l->key != r->key)
		return l->key < r->key ? -1 : 1;
	return compare_forms(s->form + l->first_form, l->n_forms, s->form + r->first_form,
			     r->n_forms);
}

/* The first two words as one number: most are told apart by them. */
static uint64_t start_of(const struct shelf *s, const struct entry *e)
{
	uint64_t word[2] = { 0 };

	for (size_t i = 0, n = 0; i < e->n_forms && n < 2; i++)
		if (!(s->form[e->first_form + i] & FORM_AGAIN))
			word[n++] = (uint64_t)s->form[e->first_form + i] + 1;
	return word[0] << 32 | word[1];
}

static void write_alpha(struct building *b)
{
	struct shelf *s = b->s;

	for (uint32_t i = 0; i < s->n; i++)
		b->item[i] = (struct item){
			.key = start_of(s, &s->entry[i]),
			.entry = &s->entry[i],
			.first_form = s->entry[i].first_form,
			.n_forms = s->entry[i].n_forms,
		};
	if (s->n)
		qsort_r(b->item, s->n, sizeof(*b->item), by_start, s);
	s->alpha = arena_make(s->a, uint32_t, (size_t)s->n + 1);
	s->alpha_least = arena_make(s->a, uint32_t, s->n / ALPHA_BLOCK + 1);
	for (uint32_t i = 0; i < s->n; i++) {
		uint32_t *least = &s->alpha_least[i / ALPHA_BLOCK];

		s->alpha[i] = (uint32_t)(b->item[i].entry - s->entry);
		if (i % ALPHA_BLOCK == 0 || s->alpha[i] < *least)
			*least = s->alpha[i];
	}
}

/* ---- all of it --------------------------------------------------------------------- */

struct shelf *shelf_build(const struct folds *f, const struct entry *const entry[], uint32_t n)
{
	struct arena *a = arena_new();
	struct building b = { .folds = f, .s = arena_make(a, struct shelf, 1) };

	b.s->a = a;
	b.item = resize(NULL, n, sizeof(*b.item));
	for (uint32_t i = 0; i < n; i++)
		read_entry(&b, entry[i]);
	write_words(&b);
	write_entries(&b);
	free(b.form);
	write_slots(b.s);
	write_alpha(&b);
	shelf_write_lists(b.s);
	shelf_write_dense(b.s);
	free(b.item);
	free(b.words.bytes);
	free(b.words.at);
	free(b.words.slot);
	free(b.words.place);
	return b.s;
}

void shelf_free(struct shelf *s)
{
	if (s)
		arena_free(s->a);
}
