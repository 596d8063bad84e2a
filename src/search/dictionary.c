#include "search/dictionary.h"

#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "search/analyse.h"

void dictionary_init(struct dictionary *d)
{
	intern_init(&d->form_key);
	intern_init(&d->folded_key);
	intern_init(&d->stem_key);
	intern_init(&d->pair_key);
	paged_init(&d->form, sizeof(struct form));
	paged_init(&d->folded, sizeof(struct folded));
	paged_init(&d->stem, sizeof(struct stem));
	paged_init(&d->pair, sizeof(struct lists));
	paged_init(&d->closed, sizeof(struct postings));
	d->n_closed = 0;
	pthread_mutex_init(&d->adding, NULL);
	d->stemmer = stemmer_new();
}

void dictionary_release(struct dictionary *d)
{
	uint32_t n_forms = intern_count(&d->form_key), n_pairs = intern_count(&d->pair_key);

	for (uint32_t i = 0; i < n_forms; i++)
		postings_release(&dictionary_form_at(d, i)->lists.open);
	for (uint32_t i = 0; i < n_pairs; i++)
		postings_release(&dictionary_pair_at(d, i)->open);
	for (uint32_t i = 0; i < d->n_closed; i++)
		postings_release(paged_at(&d->closed, i));
	intern_release(&d->form_key);
	intern_release(&d->folded_key);
	intern_release(&d->stem_key);
	intern_release(&d->pair_key);
	paged_release(&d->form);
	paged_release(&d->folded);
	paged_release(&d->stem);
	paged_release(&d->pair);
	paged_release(&d->closed);
	pthread_mutex_destroy(&d->adding);
	stemmer_free(d->stemmer);
}

/* ---- adding: under the lock ----------------------------------------------------------- */

static uint32_t add_stem(struct dictionary *d, const char *folded, size_t length)
{
	char text[FORM_MAX + 1];
	size_t n = form_stem(d->stemmer, folded, length, text);
	uint32_t number = intern_find(&d->stem_key, text, n);
	struct stem *s;

	if (number != NO_KEY)
		return number;
	s = paged_add(&d->stem, intern_count(&d->stem_key));
	atomic_init(&s->first, NO_KEY);
	return intern_add(&d->stem_key, text, n);
}

uint32_t letters_of(const char *folded, size_t length)
{
	uint32_t letters = 0;

	for (size_t i = 0; i < length; i++)
		letters |= 1u << ((unsigned char)folded[i] & 31);
	return letters;
}

static uint32_t add_pair_key(struct dictionary *d, const void *key, size_t length)
{
	uint32_t number = intern_find(&d->pair_key, key, length);

	if (number != NO_KEY)
		return number;
	paged_add(&d->pair, intern_count(&d->pair_key));
	return intern_add(&d->pair_key, key, length);
}

/* What a reader may reach is whole before it can be reached. */
static uint32_t add_folded(struct dictionary *d, const char *form, size_t length)
{
	char text[FORM_MAX + 1];
	size_t n = form_fold(form, length, text);
	uint32_t number = intern_find(&d->folded_key, text, n);
	struct folded *f;
	struct stem *s;

	if (number != NO_KEY)
		return number;
	number = intern_count(&d->folded_key);
	f = paged_add(&d->folded, number);
	atomic_init(&f->first, NO_KEY);
	f->stem = add_stem(d, text, n);
	f->letters = letters_of(text, n);
	f->is_common = form_is_stop(text, n);
	f->beginning = n < BEGINNING ? NO_KEY : add_pair_key(d, text, BEGINNING);
	s = paged_at(&d->stem, f->stem);
	f->next = atomic_load_explicit(&s->first, memory_order_relaxed);
	intern_add(&d->folded_key, text, n);
	atomic_store_explicit(&s->first, number, memory_order_release);
	return number;
}

/* Two capitals at least: forms are in lower case but for acronyms. */
static bool is_acronym(const char *form, size_t length)
{
	size_t n = 0;

	for (size_t i = 0; i < length; i++)
		n += form[i] >= 'A' && form[i] <= 'Z';
	return n > 1;
}

static uint32_t add_form(struct dictionary *d, const char *form, size_t length)
{
	uint32_t number = intern_count(&d->form_key), folded = add_folded(d, form, length);
	struct form *f = paged_add(&d->form, number);
	struct folded *group = dictionary_folded_at(d, folded);

	f->folded = folded;
	f->is_acronym = is_acronym(form, length);
	f->next = atomic_load_explicit(&group->first, memory_order_relaxed);
	intern_add(&d->form_key, form, length);
	atomic_store_explicit(&group->first, number, memory_order_release);
	return number;
}

uint32_t dictionary_form(struct dictionary *d, const char *form, size_t length)
{
	uint32_t number = intern_find(&d->form_key, form, length);

	if (number != NO_KEY)
		return number;
	pthread_mutex_lock(&d->adding);
	number = intern_find(&d->form_key, form, length);
	if (number == NO_KEY)
		number = add_form(d, form, length);
	pthread_mutex_unlock(&d->adding);
	return number;
}

uint32_t dictionary_pair(struct dictionary *d, uint32_t left, uint32_t right)
{
	uint32_t number = dictionary_find_pair(d, left, right);

	if (number != NO_KEY)
		return number;
	pthread_mutex_lock(&d->adding);
	number = add_pair_key(d, (uint32_t[]){ left, right }, 2 * sizeof(uint32_t));
	pthread_mutex_unlock(&d->adding);
	return number;
}

void dictionary_restore_pair(struct dictionary *d, const void *key, size_t length)
{
	add_pair_key(d, key, length);
}

uint32_t dictionary_find_beginning(const struct dictionary *d, const char *folded)
{
	return intern_find(&d->pair_key, folded, BEGINNING);
}

struct postings *lists_of(struct dictionary *d, struct lists *l, enum layer layer)
{
	struct postings *list = lists_find(d, l, layer);

	if (list)
		return list;
	list = paged_add(&d->closed, d->n_closed++);
	atomic_store_explicit(&l->closed, d->n_closed, memory_order_release);
	return list;
}

/* ---- reading --------------------------------------------------------------------------- */

struct postings *lists_find(const struct dictionary *d, const struct lists *l, enum layer layer)
{
	uint32_t closed;

	if (layer == OPEN_TEXT)
		return (struct postings *)&l->open;
	closed = atomic_load_explicit(&l->closed, memory_order_acquire);
	return closed ? paged_at(&d->closed, closed - 1) : NULL;
}

uint32_t dictionary_find_folded(const struct dictionary *d, const char *folded, size_t length)
{
	return intern_find(&d->folded_key, folded, length);
}

uint32_t dictionary_find_stem(const struct dictionary *d, const char *stem, size_t length)
{
	return intern_find(&d->stem_key, stem, length);
}

uint32_t dictionary_find_pair(const struct dictionary *d, uint32_t left, uint32_t right)
{
	uint32_t key[2] = { left, right };

	return intern_find(&d->pair_key, key, sizeof(key));
}

uint32_t folded_first(const struct dictionary *d, uint32_t folded)
{
	return atomic_load_explicit(&dictionary_folded_at(d, folded)->first, memory_order_acquire);
}

uint32_t stem_first(const struct dictionary *d, uint32_t stem)
{
	const struct stem *s = paged_at(&d->stem, stem);

	return atomic_load_explicit(&s->first, memory_order_acquire);
}

uint32_t folded_frequency(const struct dictionary *d, uint32_t folded)
{
	uint32_t sum = 0;

	for (uint32_t i = folded_first(d, folded); i != NO_KEY; i = dictionary_form_at(d, i)->next)
		sum += postings_live(&dictionary_form_at(d, i)->lists.open);
	return sum;
}

bool folded_is_acronym(const struct dictionary *d, uint32_t folded)
{
	uint32_t capitals = 0, rest = 0;

	for (uint32_t i = folded_first(d, folded); i != NO_KEY;) {
		const struct form *f = dictionary_form_at(d, i);

		*(f->is_acronym ? &capitals : &rest) += postings_live(&f->lists.open);
		i = f->next;
	}
	return capitals > rest;
}

const struct key *folded_spelling(const struct dictionary *d, uint32_t folded)
{
	const struct key *best = intern_key(&d->folded_key, folded);
	uint32_t most = 0;

	for (uint32_t i = folded_first(d, folded); i != NO_KEY;) {
		const struct form *f = dictionary_form_at(d, i);
		const struct key *k = intern_key(&d->form_key, i);
		uint32_t n = postings_live(&f->lists.open);

		/* Forms stand as they came: of two alike, the first by its bytes. */
		if (n > most || (n && n == most && strcmp(k->bytes, best->bytes) < 0)) {
			most = n;
			best = k;
		}
		i = f->next;
	}
	return best;
}

void dictionary_pack(struct dictionary *d)
{
	intern_pack(&d->form_key);
	intern_pack(&d->folded_key);
	intern_pack(&d->stem_key);
	intern_pack(&d->pair_key);
}

size_t dictionary_memory(const struct dictionary *d)
{
	const struct intern *keys[] = { &d->form_key, &d->folded_key, &d->stem_key, &d->pair_key };
	const struct paged *paged[] = { &d->form, &d->folded, &d->stem, &d->pair, &d->closed };
	uint32_t n_forms = intern_count(&d->form_key), n_pairs = intern_count(&d->pair_key);
	size_t bytes = 0;

	for (int i = 0; i < 4; i++)
		bytes += intern_memory(keys[i]);
	for (int i = 0; i < 5; i++)
		bytes += paged_memory(paged[i]);
	for (uint32_t i = 0; i < n_forms; i++)
		bytes += postings_packed_size(&dictionary_form_at(d, i)->lists.open);
	for (uint32_t i = 0; i < n_pairs; i++)
		bytes += postings_packed_size(&dictionary_pair_at(d, i)->open);
	for (uint32_t i = 0; i < d->n_closed; i++)
		bytes += postings_packed_size(paged_at(&d->closed, i));
	return bytes;
}
