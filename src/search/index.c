#include "search/index.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "search/index_inside.h"
#include "search/large.h"
#include "search/suggest.h"

uint8_t access_class(const struct object *object)
{
	return (uint8_t)(object->visibility | (object->published ? 4 : 0) |
			 (object->listed ? 8 : 0));
}

struct object access_class_object(uint8_t access)
{
	return (struct object){ .visibility = (enum visibility)(access & 3),
				.published = (access & 4) != 0,
				.listed = (access & 8) != 0 };
}

static void *zeroed(size_t n, size_t size)
{
	void *block = calloc(n, size);

	if (!block)
		die("out of memory");
	return block;
}

struct index *index_new(void)
{
	struct index *x = zeroed(1, sizeof(*x));
	struct writing *w = zeroed(1, sizeof(*w));

	dictionary_init(&x->dictionary);
	paged_init(&x->identity, sizeof(struct identity));
	intern_init(&x->audience);
	intern_add(&x->audience, "", 0); /* number 0 */
	worth_init(&x->worth);
	x->writing = w;
	w->a = arena_new();
	paged_init(&w->backing, sizeof(struct backing));
	w->labels = labels_new();
	w->suggest = suggest_new();
	w->next_version = 1;
	w->latest = INT32_MIN;
	x->current = x->oldest = zeroed(1, sizeof(*x->current));
	x->current->references = 1;
	return x;
}

static void free_version(struct version *v)
{
	waste_free(&v->waste);
	free(v);
}

void index_free(struct index *x)
{
	struct writing *w;

	if (!x)
		return;
	w = x->writing;
	while (x->oldest) {
		struct version *next = x->oldest->next;

		if (!next)
			free((void *)x->oldest->label);
		free_version(x->oldest);
		x->oldest = next;
	}
	dictionary_release(&x->dictionary);
	documents_release(&x->documents);
	paged_release(&x->identity);
	intern_release(&x->audience);
	paged_release(&w->backing);
	labels_free(w->labels);
	suggest_free(w->suggest);
	idmap_release(&w->document);
	idmap_release(&w->replacers);
	free(w->use);
	waste_free(&w->waste);
	free(w->acronyms);
	order_free(w->order);
	free(w->forms.block);
	free(w->pairs.block);
	arena_free(w->a);
	free(w);
	free(x);
}

struct labels *index_labels(struct index *x)
{
	return x->writing->labels;
}

struct suggest *index_suggest(struct index *x)
{
	return x->writing->suggest;
}

/* ---- labels as they are suggested ------------------------------------------------------------ */

static const int suggested_as[N_FACETS] = {
	[FACET_KIND] = SUGGEST_KIND,
	[FACET_CATEGORY] = SUGGEST_CATEGORY,
	[FACET_KEYWORD] = SUGGEST_KEYWORD,
	[FACET_TERRITORY] = SUGGEST_TERRITORY,
	[FACET_COLLECTION] = SUGGEST_COLLECTION,
	[FACET_YEAR] = -1,
	[FACET_ACCESS] = -1,
};

static struct use *use_of(struct writing *w, uint32_t label)
{
	size_t n = labels_count(w->labels);

	if (n > w->n_uses) {
		w->use = realloc(w->use, n * sizeof(*w->use));
		if (!w->use)
			die("out of memory");
		memset(w->use + w->n_uses, 0, (n - w->n_uses) * sizeof(*w->use));
		w->n_uses = n;
	}
	return &w->use[label];
}

static void count_labels(struct index *x, uint32_t number, int by)
{
	uint32_t i;
	const struct columns *c = index_window(x, number, &i);
	const struct bearing *b = columns_bearing(c);

	for (uint32_t k = c->first[i]; k < c->first[i + 1]; k++) {
		struct use *u = use_of(x->writing, bearing_label(b, k));

		u->n = (uint32_t)((int)u->n + by);
		u->is_touched = true;
	}
}

/* Told again when it has grown or shrunk by an eighth: the order of suggestions is no accounting.
 */
static void suggest_label(struct writing *w, uint32_t number, bool renamed)
{
	const struct label *l = labels_at(w->labels, number);
	struct use *u = &w->use[number];
	uint32_t margin = u->suggested / 8;

	u->is_touched = false;
	if (suggested_as[l->facet] < 0 ||
	    (!renamed && u->suggested && u->n && u->n <= u->suggested + margin &&
	     u->n + margin >= u->suggested))
		return;
	if (u->n)
		suggest_put(w->suggest, (enum suggestion_kind)suggested_as[l->facet], number,
			    l->text, l->slug, u->n);
	else if (u->suggested)
		suggest_remove(w->suggest, (enum suggestion_kind)suggested_as[l->facet], number);
	u->suggested = u->n;
}

/* ---- documents --------------------------------------------------------------------- */

static bool is_for_everyone(uint8_t access)
{
	const struct reader anonymous = { .level = ANONYMOUS };
	const struct object object = access_class_object(access);

	return access_may_discover(&anonymous, &object);
}

static const uint8_t *keep_forms(struct writing *w, struct arena *scratch,
				 const struct prepared *made, uint32_t *n_forms)
{
	uint8_t *bytes = arena_alloc(scratch, made->n_held * 5 + 1, 1), *at = bytes, *kept;
	uint32_t before = 0;

	*n_forms = 0;
	for (size_t i = 0; i < made->n_held; i++) {
		const struct held *h = &made->held[i];
		uint32_t number = h->number << 1 | h->is_pair, step = number - before;

		/* How rare a beginning is is not asked. */
		if (h->layer != OPEN_TEXT || !h->n_spots)
			continue;
		before = number;
		for (; step >= 0x80; step >>= 7)
			*at++ = (uint8_t)(step | 0x80);
		*at++ = (uint8_t)step;
		++*n_forms;
	}
	kept = arena_alloc(w->a, (size_t)(at - bytes) + 1, 1);
	memcpy(kept, bytes, (size_t)(at - bytes));
	return kept;
}

static struct lists *lists_held(struct index *x, const struct held *h)
{
	return h->is_pair ? dictionary_pair_at(&x->dictionary, h->number)
			  : &dictionary_form_at(&x->dictionary, h->number)->lists;
}

/* A word of a document to be added to its lists. */
struct addition {
	uint32_t key;      /* of the lists: what is near in it is near in memory */
	uint32_t document; /* its place among those that are put */
	uint32_t held;
};

enum { RADIX_BITS = 11, RADIX = 1 << RADIX_BITS };

/* One pass: by some bits of the key, else as they stood. */
static void sort_by(struct addition *to, const struct addition *from, size_t n, int shift)
{
	uint32_t at[RADIX + 1] = { 0 };

	for (size_t i = 0; i < n; i++)
		at[(from[i].key >> shift & (RADIX - 1)) + 1]++;
	for (size_t i = 1; i < RADIX; i++)
		at[i] += at[i - 1];
	for (size_t i = 0; i < n; i++)
		to[at[from[i].key >> shift & (RADIX - 1)]++] = from[i];
}

/* The words of all the documents, list by list: each list is brought to the processor once. */
static struct addition *arrange(struct arena *a, const struct prepared *made, size_t n,
				size_t *n_additions)
{
	struct addition *list, *other;
	size_t k = 0;

	for (size_t i = 0; i < n; i++)
		k += made[i].n_held;
	list = arena_make(a, struct addition, k + 1);
	*n_additions = k;
	k = 0;
	for (uint32_t i = 0; i < n; i++)
		for (uint32_t h = 0; h < made[i].n_held; h++)
			list[k++] = (struct addition){
				made[i].held[h].number * 2 + made[i].held[h].is_pair, i, h
			};
	if (n == 1)
		return list;
	other = arena_make(a, struct addition, k + 1);
	sort_by(other, list, k, 0);
	sort_by(list, other, k, RADIX_BITS);
	sort_by(other, list, k, 2 * RADIX_BITS);
	return other;
}

enum { AHEAD = 8 };

static void append_all(struct index *x, struct arena *a, const struct prepared *made, size_t n,
		       uint32_t first)
{
	/* Before the first version is published there are no readers. */
	struct waste *waste = x->current->number ? &x->writing->waste : NULL;
	size_t n_additions;
	const struct addition *list = arrange(a, made, n, &n_additions);

	for (size_t i = 0; i < n_additions; i++) {
		const struct addition *d = &list[i];
		const struct held *h = &made[d->document].held[d->held];

		if (i + AHEAD < n_additions)
			__builtin_prefetch(lists_held(
				x, &made[list[i + AHEAD].document].held[list[i + AHEAD].held]));
		postings_append(lists_of(&x->dictionary, lists_held(x, h), h->layer),
				first + d->document, h->weight,
				made[d->document].spot + h->first_spot, h->n_spots, waste);
	}
}

static void set_state(struct index *x, uint32_t number, uint8_t flag, bool on)
{
	uint32_t i;
	struct columns *c = index_window(x, number, &i);

	if (on)
		atomic_fetch_or_explicit(&c->state[i], flag, memory_order_relaxed);
	else
		atomic_fetch_and_explicit(&c->state[i], (uint8_t)~flag, memory_order_relaxed);
}

/* One edition more or less replaces a resource: several may, each for whoever finds it. */
static void count_replacer(struct index *x, int64_t replaced, int64_t by)
{
	struct writing *w = x->writing;
	int64_t n = idmap_get(&w->replacers, replaced, 0) + by;
	int64_t number = idmap_get(&w->document, replaced, NO_DOCUMENT);

	idmap_set(&w->replacers, replaced, n);
	if (number != NO_DOCUMENT)
		set_state(x, (uint32_t)number, IS_REPLACED, n > 0);
}

static void link_editions(struct index *x, const struct identity *who, uint32_t number)
{
	set_state(x, number, IS_REPLACED, idmap_get(&x->writing->replacers, who->id, 0) > 0);
	set_state(x, number, REPLACES, who->replaces != 0);
	if (who->replaces)
		count_replacer(x, who->replaces, 1);
}

void index_register(struct index *x, uint32_t number)
{
	struct writing *w = x->writing;
	const struct identity *who = index_identity(x, number);

	idmap_set(&w->document, who->id, number);
	w->latest = index_day(x, number) > w->latest ? index_day(x, number) : w->latest;
	link_editions(x, who, number);
	if (is_for_everyone(index_access(x, number))) {
		count_labels(x, number, 1);
		w->n_open++;
	}
}

static void suggest_title(struct writing *w, const struct prepared *made)
{
	const struct indexed_resource *r = made->resource;

	if (is_for_everyone(access_class(&r->object)))
		suggest_put(w->suggest, SUGGEST_RESOURCE, r->id, r->title, r->slug,
			    made->day > 0 ? (uint32_t)made->day : 0);
	else
		suggest_remove(w->suggest, SUGGEST_RESOURCE, r->id);
}

static void forget_forms(struct index *x, const struct backing *b)
{
	const uint8_t *at = b->forms;
	uint32_t number = 0, step;

	for (uint32_t i = 0; i < b->n_forms; i++) {
		struct held h = { 0 };

		at = read_number(at, &step);
		number += step;
		h.number = number >> 1;
		h.is_pair = number & 1;
		atomic_fetch_sub_explicit(&lists_held(x, &h)->open.n_live, 1, memory_order_relaxed);
	}
}

void index_mark_dead(struct index *x, uint32_t number, uint32_t since)
{
	uint32_t i;
	struct columns *c = index_window(x, number, &i);

	atomic_store_explicit(&c->died[i], since, memory_order_relaxed);
	set_state(x, number, HAS_DIED, true);
	x->writing->n_dead++;
}

static void bury(struct index *x, uint32_t number)
{
	struct writing *w = x->writing;

	index_mark_dead(x, number, w->next_version);
	forget_forms(x, paged_at(&w->backing, number));
	if (is_for_everyone(index_access(x, number))) {
		count_labels(x, number, -1);
		w->n_open--;
	}
	if (index_identity(x, number)->replaces)
		count_replacer(x, index_identity(x, number)->replaces, -1);
}

static uint32_t audience_of(struct index *x, const struct indexed_resource *r)
{
	const char *keys = r->object.published && r->keys ? r->keys : "";
	size_t n = strlen(keys);
	uint32_t known = intern_find(&x->audience, keys, n);

	return known != NO_KEY ? known : intern_add(&x->audience, keys, n);
}

static void put_document(struct index *x, struct arena *a, const struct prepared *made)
{
	struct writing *w = x->writing;
	const struct indexed_resource *r = made->resource;
	int64_t before = idmap_get(&w->document, r->id, NO_DOCUMENT);
	uint32_t number = w->n_documents, *label;
	struct backing *b = paged_add(&w->backing, number);
	struct facts facts = {
		.access = access_class(&r->object),
		.audience = audience_of(x, r),
		.day = made->day,
		.title_hash = made->title_hash,
		.n_labels = labels_of(w->labels, a, r, &label),
	};

	if (before != NO_DOCUMENT)
		bury(x, (uint32_t)before);
	*(struct identity *)paged_add(&x->identity, number) =
		(struct identity){ r->id, r->replaces_id == r->id ? 0 : r->replaces_id };
	facts.label = label;
	documents_add(&x->documents, number, &facts, &w->waste);
	b->forms = keep_forms(w, a, made, &b->n_forms);
	index_register(x, number);
	suggest_title(w, made);
	w->n_documents++;
}

void index_put(struct index *x, struct arena *a, const struct prepared *made, size_t n)
{
	uint32_t first = x->writing->n_documents;

	x->writing->is_packed = false;
	for (size_t i = 0; i < n; i++)
		put_document(x, a, &made[i]);
	append_all(x, a, made, n, first);
}

void index_remove(struct index *x, int64_t id)
{
	struct writing *w = x->writing;
	int64_t number = idmap_get(&w->document, id, NO_DOCUMENT);

	if (number == NO_DOCUMENT)
		return;
	bury(x, (uint32_t)number);
	suggest_remove(w->suggest, SUGGEST_RESOURCE, id);
	idmap_set(&w->document, id, NO_DOCUMENT);
}

void index_set_acronyms(struct index *x, struct acronyms *acronyms)
{
	waste_add(&x->writing->waste, x->writing->acronyms);
	x->writing->acronyms = acronyms;
}

uint32_t index_dead(const struct index *x)
{
	return x->writing->n_dead;
}

uint32_t index_count(const struct index *x)
{
	return x->writing->n_documents;
}

/* ---- packing ----------------------------------------------------------------------- */

static struct packed pack_all(const struct dictionary *d, const struct paged *paged, uint32_t n)
{
	size_t size = 0;
	uint8_t *block, *at;

	/* Forms begin with their lists, pairs are nothing else. */
	for (uint32_t i = 0; i < n; i++)
		for (enum layer layer = 0; layer < N_LAYERS; layer++) {
			const struct postings *list = lists_find(d, paged_at(paged, i), layer);

			size += list ? postings_packed_size(list) : 0;
		}
	block = at = large_alloc(size + 1);
	for (uint32_t i = 0; i < n; i++)
		for (enum layer layer = 0; layer < N_LAYERS; layer++) {
			struct postings *list = lists_find(d, paged_at(paged, i), layer);

			at = list ? postings_pack(list, at) : at;
		}
	return (struct packed){ block, size };
}

static void repack(struct packed *p, const struct dictionary *d, const struct paged *paged,
		   uint32_t n)
{
	struct packed old = *p;

	*p = pack_all(d, paged, n);
	free(old.block);
}

void index_pack(struct index *x)
{
	struct dictionary *d = &x->dictionary;

	if (x->writing->is_packed)
		return;
	repack(&x->writing->forms, d, &d->form, intern_count(&d->form_key));
	repack(&x->writing->pairs, d, &d->pair, intern_count(&d->pair_key));
	x->writing->is_packed = true;
	dictionary_pack(d);
}

/* ---- versions ---------------------------------------------------------------------- */

static void reap(struct index *x)
{
	while (x->oldest != x->current && !x->oldest->references) {
		struct version *next = x->oldest->next;

		free_version(x->oldest);
		x->oldest = next;
	}
}

static void renew_order(struct index *x)
{
	struct writing *w = x->writing;
	struct order *renewed = order_renew(&x->dictionary, w->order);

	if (w->order && renewed != w->order) {
		waste_add(&w->waste, w->order->folded);
		waste_add(&w->waste, w->order);
	}
	w->order = renewed;
}

static void suggest_labels(struct writing *w, bool renamed)
{
	for (size_t i = 0; i < w->n_uses; i++)
		if (w->use[i].is_touched || (renamed && w->use[i].n))
			suggest_label(w, (uint32_t)i, renamed);
	suggest_commit(w->suggest);
}

void index_publish(struct index *x, pthread_mutex_t *lock, int64_t change)
{
	struct writing *w = x->writing;
	struct version *v = zeroed(1, sizeof(*v)), *old = x->current;
	bool changed = labels_have_changed(w->labels);

	renew_order(x);
	suggest_labels(w, changed);
	*v = (struct version){
		.number = w->next_version++,
		.n_documents = w->n_documents,
		.n_open = w->n_open,
		.latest = w->latest,
		.change = change,
		.n_audiences = intern_count(&x->audience),
		.label = changed || !old->label ? labels_copy(w->labels) : old->label,
		.n_labels = labels_count(w->labels),
		.order = w->order,
		.acronyms = w->acronyms,
		.references = 1,
	};
	if (v->label != old->label)
		waste_add(&w->waste, (void *)old->label);
	pthread_mutex_lock(lock);
	old->waste = w->waste;
	old->next = v;
	x->current = v;
	old->references--;
	reap(x);
	pthread_mutex_unlock(lock);
	w->waste = (struct waste){ 0 };
}

struct version *index_hold(struct index *x)
{
	x->current->references++;
	return x->current;
}

void index_let_go(struct index *x, struct version *v)
{
	v->references--;
	reap(x);
}

size_t index_memory(const struct index *x)
{
	return dictionary_memory(&x->dictionary) + documents_memory(&x->documents) +
	       paged_memory(&x->identity) + intern_memory(&x->audience) +
	       paged_memory(&x->writing->backing);
}
