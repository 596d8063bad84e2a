#include "search/search.h"

#include <malloc.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/arena.h"
#include "db/db.h"
#include "search/build.h"
#include "search/correct.h"
#include "search/facets.h"
#include "search/match.h"
#include "search/near.h"
#include "search/query.h"
#include "search/snapshot.h"
#include "search/snippet.h"
#include "search/suggest.h"
#include "search/widen.h"

/* As many as threads are likely to ask at once; more are made and freed. */
enum { ROOMS = 16, CATCH_UP_MS = 1000 };

/* An index, and how many use it: it is replaced whole when it is built anew. */
struct shared {
	struct index *index;
	int references;
};

struct search {
	pthread_mutex_t lock; /* of what follows and of references, never held for long */
	struct shared *shared;
	struct room *free_room[ROOMS];
	size_t n_free_rooms;
	int64_t saved;           /* the change that the file knows of, -1 when there is none */
	bool is_broken;          /* what was to be followed failed */
	pthread_mutex_t writing; /* held while the index is changed or replaced */
	atomic_bool is_building; /* that takes seconds */
};

/* What a reader holds on to. */
struct grip {
	struct shared *shared;
	struct version *version;
};

static struct shared *share(struct index *x)
{
	struct shared *s = calloc(1, sizeof(*s));

	if (!s)
		die("out of memory");
	*s = (struct shared){ x, 1 };
	return s;
}

static struct grip hold(struct search *s)
{
	struct grip h;

	pthread_mutex_lock(&s->lock);
	h.shared = s->shared;
	h.shared->references++;
	h.version = index_hold(h.shared->index);
	pthread_mutex_unlock(&s->lock);
	return h;
}

static void drop(struct search *s, struct shared *shared)
{
	bool last;

	pthread_mutex_lock(&s->lock);
	last = --shared->references == 0;
	pthread_mutex_unlock(&s->lock);
	if (!last)
		return;
	index_free(shared->index);
	free(shared);
}

static void let_go(struct search *s, struct grip *h)
{
	pthread_mutex_lock(&s->lock);
	index_let_go(h->shared->index, h->version);
	pthread_mutex_unlock(&s->lock);
	drop(s, h->shared);
}

static struct search *search_of(struct index *x)
{
	struct search *s = calloc(1, sizeof(*s));

	if (!s)
		die("out of memory");
	pthread_mutex_init(&s->lock, NULL);
	pthread_mutex_init(&s->writing, NULL);
	s->shared = share(x);
	s->saved = -1;
	return s;
}

/* What making an index took piece by piece goes back to the system, which glibc has to be told. */
static void give_back(struct db *db)
{
	db_forget(db);
	(void)malloc_trim(0);
}

enum status search_new(struct db *db, struct search **search)
{
	struct index *x;
	enum status status = index_build(db, &x);

	if (status == OK)
		*search = search_of(x);
	give_back(db);
	return status;
}

enum status search_open(struct db *db, const char *path, struct search **search, bool *was_read)
{
	struct index *x;
	enum status status = snapshot_load(db, path, &x);

	*was_read = status == OK;
	if (status == NOT_FOUND)
		return search_new(db, search);
	if (status != OK)
		return status;
	*search = search_of(x);
	(*search)->saved = x->current->change;
	status = search_follow(*search, db);
	if (status != OK)
		search_free(*search);
	give_back(db);
	return status;
}

enum status search_save(struct search *search, struct db *db, const char *path)
{
	enum status status;

	pthread_mutex_lock(&search->writing);
	if (search->shared->index->current->change == search->saved) {
		pthread_mutex_unlock(&search->writing);
		return OK;
	}
	status = snapshot_save(search->shared->index, db, path);
	if (status == OK)
		search->saved = search->shared->index->current->change;
	pthread_mutex_unlock(&search->writing);
	return status;
}

void search_free(struct search *search)
{
	if (!search)
		return;
	drop(search, search->shared);
	while (search->n_free_rooms)
		room_free(search->free_room[--search->n_free_rooms]);
	pthread_mutex_destroy(&search->lock);
	pthread_mutex_destroy(&search->writing);
	free(search);
}

size_t search_memory(const struct search *search)
{
	return index_memory(search->shared->index);
}

/* ---- following ------------------------------------------------------------------------------- */

static void replace(struct search *s, struct index *x)
{
	struct shared *old;

	pthread_mutex_lock(&s->lock);
	old = s->shared;
	s->shared = share(x);
	pthread_mutex_unlock(&s->lock);
	drop(s, old);
}

/* Once half of the documents are dead, and more than a few. */
static bool is_worn(const struct index *x)
{
	return index_dead(x) > 20000 && index_dead(x) > index_count(x) / 2;
}

static enum status build_anew(struct search *s, struct db *db)
{
	struct index *x;
	enum status status;

	atomic_store(&s->is_building, true);
	status = index_build(db, &x);
	if (status == OK)
		replace(s, x);
	atomic_store(&s->is_building, false);
	give_back(db);
	return status;
}

enum status search_follow(struct search *search, struct db *db)
{
	enum status status;

	pthread_mutex_lock(&search->writing);
	status = index_follow(search->shared->index, db, &search->lock);
	/* One that could not be followed to the end is half changed. */
	if (status == NOT_FOUND || search->is_broken ||
	    (status == OK && is_worn(search->shared->index)))
		status = build_anew(search, db);
	search->is_broken = status != OK;
	pthread_mutex_unlock(&search->writing);
	return status;
}

/* False when whoever changes the index takes too long. */
static bool begin_writing(struct search *s)
{
	const struct timespec pause = { 0, 1000000 };

	for (int i = 0; i < CATCH_UP_MS && !atomic_load(&s->is_building); i++) {
		if (pthread_mutex_trylock(&s->writing) == 0)
			return true;
		nanosleep(&pause, NULL);
	}
	return false;
}

void search_catch_up(struct search *search, struct db *db)
{
	if (!begin_writing(search))
		return;
	if (!search->is_broken)
		search->is_broken = index_follow(search->shared->index, db, &search->lock) != OK;
	pthread_mutex_unlock(&search->writing);
}

/* ---- asking ------------------------------------------------------------------------ */

struct asking {
	struct arena *a;
	const struct index *index;
	const struct version *version;
	struct sight sight;
	const struct search_query *query;
	struct filter filter;
	struct room *room;
};

static struct match match_of(const struct asking *k, const struct wanted *wanted, size_t n_best,
			     bool counted)
{
	struct match m = {
		.index = k->index,
		.version = k->version,
		.sight = k->sight,
		.filter = k->filter,
		.by_date = k->query->sort == BY_DATE || !wanted->n_positive,
		.wanted = n_best,
	};

	if (counted)
		m.count = arena_make(k->a, uint32_t, k->version->n_labels + 1);
	plan_make(k->a, k->index, k->version, &k->sight, wanted, &m.plan);
	return m;
}

/* The first of the matches; some more are looked at when words may stand together. */
static size_t best_of(const struct asking *k, const struct wanted *wanted)
{
	size_t n = (size_t)k->query->offset + (size_t)k->query->limit;

	return wanted->n_positive > 1 && n < NEAR_HITS ? NEAR_HITS : n;
}

static struct match find(const struct asking *k, const struct wanted *wanted, const char *text,
			 uint32_t needed)
{
	struct match m = match_of(k, wanted, best_of(k, wanted), true);

	m.title_hash = wanted->n_positive ? title_hash(text) : 0;
	m.held_by_most = needed > 0;
	m.needed = needed;
	match_run(&m, k->a, k->room);
	if (!m.by_date)
		near_raise(&m, k->a, wanted);
	return m;
}

/* What each word finds by itself; and how many of them some document holds at most. */
static uint32_t survey(const struct asking *k, const struct wanted *wanted, uint32_t *alone)
{
	struct match m = match_of(k, wanted, 0, false);

	m.held_by_most = true;
	m.needed = 1;
	m.alone = alone;
	m.first_want = wanted->want;
	match_run(&m, k->a, k->room);
	return m.most_held;
}

static void tell_words(const struct asking *k, const struct wanted *wanted,
		       struct search_result *result)
{
	uint32_t *alone = arena_make(k->a, uint32_t, wanted->n_positive + 1);

	/* One word by itself has just found nothing. */
	if (wanted->n_wants > 1)
		survey(k, wanted, alone);
	result->word = arena_make(k->a, struct search_word, wanted->n_positive + 1);
	for (size_t i = 0; i < wanted->n_positive; i++)
		result->word[result->n_words++] =
			(struct search_word){ wanted->want[i].text, alone[i] };
}

/* Half of the words will do; when no document holds as many, as many as one holds. */
static struct match find_most(const struct asking *k, const struct wanted *wanted, const char *text)
{
	uint32_t half = (uint32_t)(wanted->n_positive + 1) / 2, most;
	struct match m = find(k, wanted, text, half);

	if (m.n_text)
		return m;
	most = survey(k, wanted, NULL);
	return most ? find(k, wanted, text, most) : m;
}

static void tell(const struct asking *k, const struct match *m, struct search_result *result)
{
	size_t first = (size_t)k->query->offset;

	result->total = m->total;
	result->n_closed = m->n_closed;
	facets_tell(k->a, m, k->query, result->facet);
	result->hit = arena_make(k->a, struct search_hit, (size_t)k->query->limit + 1);
	for (size_t i = first; i < m->n_hits && result->n_hits < (size_t)k->query->limit; i++)
		result->hit[result->n_hits++].id = index_identity(k->index, m->hit[i].document)->id;
}

static void read_query(const struct asking *k, const char *text, struct wanted *wanted)
{
	query_read(k->a, text, wanted);
	query_widen(k->a, k->version->acronyms, &k->index->dictionary, text, wanted);
}

/* As typed; else with unknown words corrected; else what holds most of the words. */
static void ask(const struct asking *k, const char *text, struct search_result *result)
{
	struct wanted wanted;
	struct match m;

	read_query(k, text, &wanted);
	m = find(k, &wanted, text, 0);
	if (!m.n_text && wanted.n_positive) {
		tell_words(k, &wanted, result);
		result->corrected = correct_query(k->a, k->index, k->version, text, &wanted);
		if (result->corrected) {
			text = result->corrected;
			read_query(k, text, &wanted);
			m = find(k, &wanted, text, 0);
		}
	}
	if (!m.n_text && wanted.n_positive > 1) {
		m = find_most(k, &wanted, text);
		result->relaxed = m.n_text > 0;
	}
	result->ran = text;
	tell(k, &m, result);
}

static struct room *take_room(struct search *s)
{
	struct room *r = NULL;

	pthread_mutex_lock(&s->lock);
	if (s->n_free_rooms)
		r = s->free_room[--s->n_free_rooms];
	pthread_mutex_unlock(&s->lock);
	return r ? r : room_new();
}

static void give_room_back(struct search *s, struct room *r)
{
	pthread_mutex_lock(&s->lock);
	if (s->n_free_rooms < ROOMS) {
		s->free_room[s->n_free_rooms++] = r;
		r = NULL;
	}
	pthread_mutex_unlock(&s->lock);
	room_free(r);
}

enum status search_run(struct search *search, struct arena *a, const struct reader *reader,
		       const struct search_query *query, struct search_result *result)
{
	const char *text = query->text ? query->text : "";
	struct grip h;
	struct asking k = { .a = a, .query = query };
	enum status status;

	*result = (struct search_result){ 0 };
	if (strlen(text) >= SEARCH_QUERY_MAX)
		return INVALID;
	h = hold(search);
	k.index = h.shared->index;
	k.version = h.version;
	k.sight = sight_of(a, k.index, k.version, reader);
	status = facets_choose(a, h.version, query, &k.filter);
	if (status == OK) {
		k.room = take_room(search);
		ask(&k, text, result);
		give_room_back(search, k.room);
	}
	let_go(search, &h);
	return status;
}

struct marks *search_marks(struct search *search, struct arena *a, const struct reader *reader,
			   const char *ran)
{
	struct grip h = hold(search);
	struct asking k = { .a = a };
	struct marks *marks = marks_new(a);
	struct wanted wanted;

	k.index = h.shared->index;
	k.version = h.version;
	k.sight = sight_of(a, k.index, k.version, reader);
	read_query(&k, ran, &wanted);
	plan_marks(k.index, k.version, &k.sight, &wanted, marks);
	let_go(search, &h);
	return marks;
}

size_t search_suggest(struct search *search, struct arena *a, const char *typed, size_t limit,
		      struct suggestion *found)
{
	struct grip h = hold(search);
	size_t n = suggest_find(index_suggest(h.shared->index), a, typed, limit, found);

	let_go(search, &h);
	return n;
}
