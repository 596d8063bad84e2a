#include "search/acronym_list.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/richtext.h"
#include "db/db.h"
#include "search/acronym.h"
#include "store/acronym.h"
#include "store/resource.h"

const char *acronym_state_name(enum acronym_state state)
{
	switch (state) {
	case PAIR_CONFIRMED:
		return "confirmed";
	case PAIR_REFUSED:
		return "refused";
	case PAIR_PROPOSED:
		break;
	}
	return "proposed";
}

/* ---- what the texts define ------------------------------------------------- */

/* A definition met in a resource. */
struct sighting {
	const char *letters, *words, *key;
	size_t resource; /* its place in the walk, from 1 */
	const char *slug;
};

struct walk {
	struct arena *a, *page; /* what is kept; what goes with a page of resources */
	struct db *db;
	struct sighting *sighting;
	size_t n_sightings, capacity;
	size_t n_resources;
	const char *slug; /* of the present one */
};

static const struct reader everyone = { .level = ANONYMOUS };

static void note(void *context, const char *letters, const char *words)
{
	struct walk *w = context;

	*arena_push(w->a, w->sighting, w->n_sightings, w->capacity) = (struct sighting){
		.letters = arena_strdup(w->a, letters),
		.words = arena_strdup(w->a, words),
		.key = arena_strdup(w->a, acronym_key(w->page, words)),
		.resource = w->n_resources,
		.slug = w->slug,
	};
}

static enum status look_through(struct walk *w, const struct resource *r)
{
	struct html body = { NULL };
	enum status status = OK;

	w->n_resources++;
	w->slug = arena_strdup(w->a, r->slug);
	acronyms_in(w->page, r->title, note, w);
	acronyms_in(w->page, richtext_to_text(w->page, r->summary), note, w);
	if (r->may_read)
		status = resource_body(w->db, w->page, &everyone, r->id, &body);
	if (status == OK)
		acronyms_in(w->page, richtext_to_text(w->page, body), note, w);
	return status;
}

enum { PAGE = 50 };

static enum status walk_resources(struct walk *w)
{
	struct resource_list list = { .n_resources = PAGE };
	const char *after = "";
	enum status status = OK;

	while (status == OK && list.n_resources == PAGE) {
		status = resource_after(w->db, w->page, &everyone, after, PAGE, &list);
		for (size_t i = 0; i < list.n_resources && status == OK; i++)
			status = look_through(w, &list.resource[i]);
		after = w->slug;
		arena_reset(w->page);
	}
	return status;
}

/* ---- sightings made pairs -------------------------------------------------- */

static int by_pair_and_words(const void *left, const void *right)
{
	const struct sighting *one = left, *other = right;
	int order = strcmp(one->letters, other->letters);

	if (!order)
		order = strcmp(one->key, other->key);
	if (!order)
		order = strcmp(one->words, other->words);
	return order ? order
		     : (one->resource > other->resource) - (one->resource < other->resource);
}

static bool is_same_pair(const struct sighting *one, const struct sighting *other)
{
	return !strcmp(one->letters, other->letters) && !strcmp(one->key, other->key);
}

/* The sightings of one pair, in order of their words. `seen` tells who counts already. */
static struct acronym_entry sum_up(const struct sighting *s, size_t n, bool *seen)
{
	struct acronym_entry entry = { .letters = s->letters, .key = s->key };
	size_t same = 0, most = 0, first = SIZE_MAX;

	for (size_t i = 0; i < n; i++) {
		same = i && !strcmp(s[i].words, s[i - 1].words) ? same + 1 : 1;
		/* Of two as frequent the later: small letters follow capitals. */
		if (same >= most) {
			most = same;
			entry.words = s[i].words;
		}
		if (s[i].resource < first) {
			first = s[i].resource;
			entry.example = s[i].slug;
		}
		entry.n_resources += !seen[s[i].resource];
		seen[s[i].resource] = true;
	}
	for (size_t i = 0; i < n; i++)
		seen[s[i].resource] = false;
	return entry;
}

static void add_met(struct walk *w, struct acronym_entries *list, size_t *capacity)
{
	bool *seen = arena_make(w->page, bool, w->n_resources + 1);
	size_t from = 0;

	if (w->n_sightings)
		qsort(w->sighting, w->n_sightings, sizeof(*w->sighting), by_pair_and_words);
	for (size_t i = 1; i <= w->n_sightings; i++) {
		if (i < w->n_sightings && is_same_pair(&w->sighting[from], &w->sighting[i]))
			continue;
		*arena_push(w->a, list->entry, list->n_entries, *capacity) =
			sum_up(w->sighting + from, i - from, seen);
		from = i;
	}
}

/* ---- with what was decided ------------------------------------------------- */

struct acronym_entry *acronym_entry_find(const struct acronym_entries *list, const char *letters,
					 const char *key)
{
	for (size_t i = 0; i < list->n_entries; i++)
		if (!strcmp(list->entry[i].letters, letters) && !strcmp(list->entry[i].key, key))
			return &list->entry[i];
	return NULL;
}

static void add_decided(struct arena *a, const struct acronym_list *decided,
			struct acronym_entries *list, size_t *capacity)
{
	for (size_t i = 0; i < decided->n_acronyms; i++) {
		const struct acronym *pair = &decided->acronym[i];
		struct acronym_entry *entry = acronym_entry_find(list, pair->letters, pair->key);

		if (!entry) {
			entry = arena_push(a, list->entry, list->n_entries, *capacity);
			*entry = (struct acronym_entry){ .letters = pair->letters,
							 .key = pair->key };
		}
		entry->words = pair->words;
		entry->state = pair->status == ACRONYM_CONFIRMED ? PAIR_CONFIRMED : PAIR_REFUSED;
	}
}

static int most_frequent_first(const void *left, const void *right)
{
	const struct acronym_entry *one = left, *other = right;
	int order =
		(one->n_resources < other->n_resources) - (one->n_resources > other->n_resources);

	if (!order)
		order = strcmp(one->letters, other->letters);
	return order ? order : strcmp(one->key, other->key);
}

enum status acronym_entries(struct db *db, struct arena *a, struct acronym_entries *list)
{
	struct walk w = { .a = a, .page = arena_new(), .db = db };
	struct acronym_list decided = { 0 };
	size_t capacity = 0;
	enum status status = db_begin_read(db);

	*list = (struct acronym_entries){ 0 };
	if (status == OK) {
		status = walk_resources(&w);
		if (status == OK)
			status = acronym_all(db, a, &decided);
		status = db_end(db, status);
	}
	if (status == OK) {
		add_met(&w, list, &capacity);
		add_decided(a, &decided, list, &capacity);
	}
	if (list->n_entries)
		qsort(list->entry, list->n_entries, sizeof(*list->entry), most_frequent_first);
	arena_free(w.page);
	return status;
}
