#include "search/prepare.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/richtext.h"
#include "search/analyse.h"
#include "search/labels.h"
#include "search/weight.h"
#include "store/row.h"

/* No phrase runs from one field to the next. */
enum { FIELD_GAP = 16, FIRST_SLOTS = 1024, COMMON_MAX = 8, KNOWN_BITS = 12, KNOWN_MAX = 23 };

/* A held word while its spots are gathered: a list through `next_spot`, in order. */
struct gathering {
	struct held held;
	uint32_t last_spot; /* its place in the list */
	uint32_t occurrences[N_ZONES];
};

/* The common words of one position, for pairs. */
struct common {
	uint32_t folded[COMMON_MAX];
	size_t n;
	uint32_t position;
};

/* A form that was met lately: half of a text is a few hundred words. */
struct known {
	uint32_t number, folded, beginning;
	bool is_common;
	char form[KNOWN_MAX];
};

struct preparer {
	struct dictionary *dictionary;
	struct known *known; /* by a hash of their bytes */
	const struct labels *labels;
	struct arena *a;
	struct gathering *word;
	size_t n_words, word_capacity;
	struct {
		uint32_t spot, next;
	} * spot;
	size_t n_spots, spot_capacity;
	uint32_t *slot; /* place in `word` plus one, by hash */
	uint32_t n_slots;
	/* The field at hand. */
	enum layer layer;
	enum zone zone;
	uint32_t position; /* where the next field begins */
	uint32_t length[N_LAYERS][N_ZONES];
	struct common before, here, carried;
};

struct preparer *preparer_new(struct dictionary *d, const struct labels *l)
{
	struct preparer *p = calloc(1, sizeof(*p));

	if (!p)
		die("out of memory");
	p->dictionary = d;
	p->labels = l;
	p->n_slots = FIRST_SLOTS;
	p->slot = calloc(p->n_slots, sizeof(*p->slot));
	p->known = calloc((size_t)1 << KNOWN_BITS, sizeof(*p->known));
	if (!p->slot || !p->known)
		die("out of memory");
	return p;
}

void preparer_free(struct preparer *p)
{
	free(p->known);
	free(p->word);
	free(p->spot);
	free(p->slot);
	free(p);
}

static void *larger(void *items, size_t *capacity, size_t size)
{
	*capacity = *capacity ? 2 * *capacity : 1024;
	items = realloc(items, *capacity * size);
	if (!items)
		die("out of memory");
	return items;
}

/* ---- gathering -------------------------------------------------------------------------- */

static uint32_t slot_of(const struct preparer *p, const struct held *h)
{
	uint32_t key = h->number * 4 + (h->is_pair ? 2u : 0u) + (uint32_t)h->layer;

	return (key * 0x9e3779b1u) >> 7 & (p->n_slots - 1);
}

static void spread(struct preparer *p)
{
	free(p->slot);
	p->n_slots *= 2;
	p->slot = calloc(p->n_slots, sizeof(*p->slot));
	if (!p->slot)
		die("out of memory");
	for (size_t i = 0; i < p->n_words; i++) {
		uint32_t at = slot_of(p, &p->word[i].held);

		while (p->slot[at])
			at = (at + 1) & (p->n_slots - 1);
		p->slot[at] = (uint32_t)i + 1;
	}
}

static struct gathering *gathering_of(struct preparer *p, uint32_t number, bool is_pair)
{
	struct held wanted = { .number = number, .is_pair = is_pair, .layer = p->layer };
	uint32_t at;

	if (p->n_words * 2 > p->n_slots)
		spread(p);
	for (at = slot_of(p, &wanted); p->slot[at]; at = (at + 1) & (p->n_slots - 1)) {
		struct gathering *g = &p->word[p->slot[at] - 1];

		if (g->held.number == number && g->held.is_pair == is_pair &&
		    g->held.layer == p->layer)
			return g;
	}
	if (p->n_words == p->word_capacity)
		p->word = larger(p->word, &p->word_capacity, sizeof(*p->word));
	p->word[p->n_words] = (struct gathering){ .held = wanted };
	p->slot[at] = (uint32_t)++p->n_words;
	return &p->word[p->n_words - 1];
}

/* A spot of a word; `again` when it is but another place of the occurrence just gathered. */
static void gather(struct preparer *p, uint32_t number, bool is_pair, uint32_t spot, bool again)
{
	struct gathering *g = gathering_of(p, number, is_pair);

	if (g->held.n_spots && p->spot[g->last_spot].spot >= spot)
		return;
	if (p->n_spots == p->spot_capacity)
		p->spot = larger(p->spot, &p->spot_capacity, sizeof(*p->spot));
	p->spot[p->n_spots].spot = spot;
	if (g->held.n_spots)
		p->spot[g->last_spot].next = (uint32_t)p->n_spots;
	else
		g->held.first_spot = (uint32_t)p->n_spots;
	g->last_spot = (uint32_t)p->n_spots++;
	g->held.n_spots++;
	g->occurrences[p->zone] += !again;
}

/* One more occurrence, wherever. */
static void tally(struct preparer *p, uint32_t beginning)
{
	gathering_of(p, beginning, true)->occurrences[p->zone]++;
}

/* ---- fields ----------------------------------------------------------------------------- */

static void look_up(struct dictionary *d, const struct token *t, struct known *k)
{
	const struct form *f;

	k->number = dictionary_form(d, t->form, t->length);
	f = dictionary_form_at(d, k->number);
	k->folded = f->folded;
	k->beginning = dictionary_folded_at(d, f->folded)->beginning;
	k->is_common = dictionary_folded_at(d, f->folded)->is_common;
}

static struct known know(struct preparer *p, const struct token *t)
{
	uint64_t first = 0;
	struct known *k, other;

	if (t->length >= KNOWN_MAX) {
		look_up(p->dictionary, t, &other);
		return other;
	}
	memcpy(&first, t->form, t->length < 8 ? t->length : 8);
	first = (first + (unsigned char)t->form[t->length - 1] + t->length) * 0x9e3779b97f4a7c15u;
	k = &p->known[first >> (64 - KNOWN_BITS)];
	if (!*k->form || strcmp(k->form, t->form) != 0) {
		look_up(p->dictionary, t, k);
		memcpy(k->form, t->form, t->length + 1);
	}
	return *k;
}

/* Two very common words that follow one another are held as a pair too. */
static void pair_one(struct preparer *p, uint32_t folded, uint32_t position)
{
	if (p->here.position != position) {
		p->before = p->here;
		p->here = (struct common){ .position = position };
		if (p->before.position + 1 != position)
			p->before.n = 0;
	}
	for (size_t i = 0; i < p->before.n; i++)
		gather(p, dictionary_pair(p->dictionary, p->before.folded[i], folded), true,
		       position - 1, false);
	if (p->here.n < COMMON_MAX)
		p->here.folded[p->here.n++] = folded;
}

static void pair_carried(struct preparer *p)
{
	struct common c = p->carried;

	p->carried.n = 0;
	for (size_t i = 0; i < c.n; i++)
		pair_one(p, c.folded[i], c.position);
}

static void pair_up(struct preparer *p, uint32_t folded, const struct token *t)
{
	if (p->carried.n && p->carried.position <= t->position)
		pair_carried(p);
	pair_one(p, folded, t->position);
	if (!t->joined)
		return;
	/* "lors-que" stands at its second part too, whose own word has yet to come. */
	p->carried.position = t->position + 1;
	if (p->carried.n < COMMON_MAX)
		p->carried.folded[p->carried.n++] = folded;
}

static void add_field(struct preparer *p, enum zone zone, const char *text)
{
	struct analyser an;
	const struct token *t;
	uint32_t last = UINT32_MAX;

	if (!text)
		return;
	p->zone = zone;
	p->here = p->before = (struct common){ .position = UINT32_MAX - 1 };
	p->carried.n = 0;
	analyser_init(&an, text, strlen(text), p->position);
	while ((t = analyser_next(&an))) {
		struct known k = know(p, t);

		gather(p, k.number, false, t->position, false);
		if (k.beginning != NO_KEY)
			tally(p, k.beginning);
		/* Written in one, it stands before what follows its second part. */
		if (t->joined)
			gather(p, k.number, false, t->position + 1, true);
		if (k.is_common)
			pair_up(p, k.folded, t);
		p->length[p->layer][zone] += t->position != last;
		last = t->position;
	}
	pair_carried(p);
	if (last != UINT32_MAX)
		p->position = last + FIELD_GAP;
}

static void add_vocabulary(struct preparer *p, const struct indexed_resource *r)
{
	add_field(p, ZONE_VOCABULARY, labels_term(p->labels, r->kind_id));
	add_field(p, ZONE_VOCABULARY, labels_term(p->labels, r->form_id));
	for (size_t i = 0; i < r->n_terms; i++)
		add_field(p, ZONE_VOCABULARY, labels_term(p->labels, r->term[i]));
	if (r->collection_title && r->number != NO_NUMBER)
		add_field(p, ZONE_VOCABULARY,
			  arena_printf(p->a, "%s n° %lld", r->collection_title,
				       (long long)r->number));
	else
		add_field(p, ZONE_VOCABULARY, r->collection_title);
	add_field(p, ZONE_VOCABULARY, r->edition);
}

/* A part of a resource that nobody is to know of is not for everyone, whatever it says itself. */
static bool is_for_everyone(const struct object *object, enum visibility part)
{
	const struct reader anonymous = { .level = ANONYMOUS };

	return access_may_discover(&anonymous, object) &&
	       access_may_read_part(&anonymous, object, part);
}

/*
 * Whoever may read the resource may have this part of it. Levels tell: whom a key lets in may have
 * all parts.
 */
static bool is_for_its_readers(const struct object *object, enum visibility part)
{
	for (enum level level = ANONYMOUS; level <= EDITOR; level++) {
		const struct reader reader = { .level = level };

		if (access_may_read(&reader, object) &&
		    !access_may_read_part(&reader, object, part))
			return false;
	}
	return true;
}

static void add_people(struct preparer *p, const struct indexed_resource *r)
{
	for (size_t i = 0; i < r->n_persons; i++) {
		const struct indexed_person *who = &r->person[i];
		bool open = is_for_everyone(&r->object, who->visibility);

		if (open != (p->layer == OPEN_TEXT) ||
		    (!open && !is_for_its_readers(&r->object, who->visibility)))
			continue;
		add_field(p, ZONE_PEOPLE, who->name);
		add_field(p, ZONE_PEOPLE, who->organisation);
		add_field(p, ZONE_PEOPLE, who->acronym);
		add_field(p, ZONE_PEOPLE, who->affiliation);
	}
}

static const char *words_of(struct preparer *p, struct html markup)
{
	return markup.markup ? richtext_to_text(p->a, markup) : NULL;
}

/* The open layer comes first, so that its spots do not depend on what is closed. */
static void add_layer(struct preparer *p, const struct indexed_resource *r, enum layer layer)
{
	const struct reader anonymous = { .level = ANONYMOUS };
	enum layer shown = access_may_discover(&anonymous, &r->object) ? OPEN_TEXT : CLOSED_TEXT;
	enum layer read = access_may_read(&anonymous, &r->object) ? OPEN_TEXT : CLOSED_TEXT;

	p->layer = layer;
	if (shown == layer) {
		add_field(p, ZONE_TITLE, r->title);
		add_vocabulary(p, r);
		add_field(p, ZONE_SUMMARY, words_of(p, r->summary));
	}
	add_people(p, r);
	if (read == layer)
		add_field(p, ZONE_BODY, words_of(p, r->body));
}

/* ---- the whole ---------------------------------------------------------------------------- */

static void begin(struct preparer *p, struct arena *a)
{
	p->a = a;
	p->n_words = p->n_spots = 0;
	p->position = 0;
	memset(p->length, 0, sizeof(p->length));
	memset(p->slot, 0, p->n_slots * sizeof(*p->slot));
}

static void copy_spots(const struct preparer *p, const struct gathering *g, uint32_t *to)
{
	uint32_t at = g->held.first_spot;

	for (uint32_t i = 0; i < g->held.n_spots; i++) {
		to[i] = p->spot[at].spot;
		at = p->spot[at].next;
	}
}

static int32_t day_of(const char *day)
{
	int y, m, d;

	return day && day_parse(day, &y, &m, &d) ? (int32_t)day_number(y, m, d) : INT32_MIN;
}

enum { BYTES_OF_NUMBER = sizeof(uint32_t) };

/* One pass of a sort by bytes, the low ones first: else as they stood. */
static void sort_by_byte(uint64_t *to, const uint64_t *from, size_t n, int shift)
{
	uint32_t at[257] = { 0 };

	for (size_t i = 0; i < n; i++)
		at[(from[i] >> shift & 0xff) + 1]++;
	for (size_t i = 1; i < 256; i++)
		at[i] += at[i - 1];
	for (size_t i = 0; i < n; i++)
		to[at[from[i] >> shift & 0xff]++] = from[i];
}

/* The words in order of number: each as its number, then its place. */
static const uint64_t *in_order(const struct preparer *p)
{
	uint64_t *order = arena_make(p->a, uint64_t, p->n_words + 1), *kept;
	uint64_t *other = arena_make(p->a, uint64_t, p->n_words + 1);

	for (size_t i = 0; i < p->n_words; i++)
		order[i] = (uint64_t)p->word[i].held.number << 32 | i;
	for (int byte = 0; byte < BYTES_OF_NUMBER; byte++) {
		sort_by_byte(other, order, p->n_words, 32 + 8 * byte);
		kept = order;
		order = other;
		other = kept;
	}
	return order;
}

void preparer_run(struct preparer *p, struct arena *a, const struct indexed_resource *r,
		  struct prepared *made)
{
	const uint64_t *order;
	uint32_t n = 0;

	begin(p, a);
	add_layer(p, r, OPEN_TEXT);
	add_layer(p, r, CLOSED_TEXT);
	*made = (struct prepared){
		.resource = r,
		.day = day_of(r->published_on),
		.title_hash = title_hash(r->title),
		.held = arena_make(a, struct held, p->n_words + 1),
		.n_held = p->n_words,
		.spot = arena_make(a, uint32_t, p->n_spots + 1),
	};
	order = in_order(p);
	for (size_t i = 0; i < p->n_words; i++) {
		const struct gathering *g = &p->word[(uint32_t)order[i]];
		struct held *h = &made->held[i];

		*h = g->held;
		h->weight = weight_pack(g->occurrences, p->length[h->layer]);
		copy_spots(p, g, made->spot + n);
		h->first_spot = n;
		n += h->n_spots;
	}
}

uint32_t title_hash(const char *text)
{
	struct analyser an;
	const struct token *t;
	char folded[FORM_MAX + 1];
	uint32_t hash = 0, last = UINT32_MAX;

	analyser_init(&an, text, strlen(text), 0);
	while ((t = analyser_next(&an))) {
		size_t n = form_fold(t->form, t->length, folded);

		/* Of several forms at one position, the first. */
		if (t->position == last || form_is_stop(folded, n))
			continue;
		last = t->position;
		for (size_t i = 0; i <= n; i++)
			hash = (hash ^ (unsigned char)folded[i]) * 0x01000193u;
		hash += !hash;
	}
	return hash;
}
