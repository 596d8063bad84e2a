#include "search/build.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "db/db.h"
#include "search/suggest.h"
#include "search/widen.h"
#include "store/change.h"
#include "store/organisation.h"

enum { BATCH = 256, THREADS_MAX = 64 };

/*
 * Each worker reads a batch, prepares it, and puts it into the index. Reading and putting are for
 * one at a time; preparing, which costs most, is not.
 */
struct work {
	struct index *index;
	struct indexing *walk;
	pthread_mutex_t reading, putting;
	bool at_end;
};

static size_t read_batch(struct work *work, struct arena *a, struct indexed_resource *batch)
{
	size_t n = 0;

	pthread_mutex_lock(&work->reading);
	while (n < BATCH && !work->at_end) {
		work->at_end = !indexing_next(work->walk, a, &batch[n]);
		n += !work->at_end;
	}
	pthread_mutex_unlock(&work->reading);
	return n;
}

static void put_batch(struct work *work, struct arena *a, const struct prepared *made, size_t n)
{
	pthread_mutex_lock(&work->putting);
	index_put(work->index, a, made, n);
	pthread_mutex_unlock(&work->putting);
}

static void *labour(void *context)
{
	struct work *work = context;
	struct preparer *p = preparer_new(&work->index->dictionary, index_labels(work->index));
	struct indexed_resource batch[BATCH];
	struct prepared made[BATCH];
	struct arena *a = arena_new();
	size_t n;

	while ((n = read_batch(work, a, batch))) {
		for (size_t i = 0; i < n; i++)
			preparer_run(p, a, &batch[i], &made[i]);
		put_batch(work, a, made, n);
		arena_reset(a);
	}
	arena_free(a);
	preparer_free(p);
	return NULL;
}

/* This thread is one of them: without another, it does the work alone. */
static void labour_together(struct work *work)
{
	long n = sysconf(_SC_NPROCESSORS_ONLN);
	pthread_t thread[THREADS_MAX];
	int n_threads = 0;

	pthread_mutex_init(&work->reading, NULL);
	pthread_mutex_init(&work->putting, NULL);
	while (n_threads < n - 1 && n_threads < THREADS_MAX &&
	       !pthread_create(&thread[n_threads], NULL, labour, work))
		n_threads++;
	labour(work);
	while (n_threads)
		pthread_join(thread[--n_threads], NULL);
	pthread_mutex_destroy(&work->reading);
	pthread_mutex_destroy(&work->putting);
}

static enum status put_resources(struct index *x, struct db *db)
{
	struct work work = { .index = x, .walk = indexing_begin(db, 1, INT64_MAX) };

	labour_together(&work);
	return indexing_end(work.walk);
}

static void suggest_organisation(struct index *x, const struct organisation *o)
{
	suggest_put(index_suggest(x), SUGGEST_ORGANISATION, o->id, o->name, o->slug, 1);
}

static enum status put_organisations(struct index *x, struct db *db, struct arena *a)
{
	struct organisation_list list;
	enum status status = organisation_all(db, a, &list);

	for (size_t i = 0; status == OK && i < list.n_organisations; i++)
		suggest_organisation(x, &list.organisation[i]);
	return status;
}

static enum status put_acronyms(struct index *x, struct db *db)
{
	struct acronyms *acronyms;
	enum status status = acronyms_read(db, &acronyms);

	if (status == OK)
		index_set_acronyms(x, acronyms);
	return status;
}

static enum status read_all(struct index *x, struct db *db, struct arena *a, int64_t *change)
{
	struct id_list changed = { 0 };
	enum status status = db_begin_read(db);

	if (status != OK)
		return status;
	status = change_last(db, change);
	if (status == OK)
		status = labels_read(index_labels(x), db, a, &changed);
	if (status == OK)
		status = put_organisations(x, db, a);
	if (status == OK)
		status = put_acronyms(x, db);
	if (status == OK)
		status = put_resources(x, db);
	return db_end(db, status);
}

enum status index_build(struct db *db, struct index **made)
{
	pthread_mutex_t alone = PTHREAD_MUTEX_INITIALIZER;
	struct index *x = index_new();
	struct arena *a = arena_new();
	int64_t change;
	enum status status = read_all(x, db, a, &change);

	arena_free(a);
	if (status == OK) {
		index_pack(x);
		index_publish(x, &alone, change);
		*made = x;
	} else {
		index_free(x);
	}
	return status;
}

/* ---- following ------------------------------------------------------------------------------- */

/* What has to be read again. */
struct following {
	struct index *index;
	struct db *db;
	struct arena *a;
	struct id_list resources;
	bool terms, acronyms;
};

static void again(struct following *f, int64_t resource)
{
	*arena_push(f->a, f->resources.id, f->resources.n_ids, f->resources.capacity) = resource;
}

static enum status follow_organisation(struct following *f, int64_t id)
{
	struct organisation o;
	enum status status = organisation_by_id(f->db, f->a, id, &o);

	if (status == OK)
		suggest_organisation(f->index, &o);
	else if (status == NOT_FOUND)
		suggest_remove(index_suggest(f->index), SUGGEST_ORGANISATION, id);
	if (status != OK && status != NOT_FOUND)
		return status;
	return indexing_contributed(f->db, f->a, id, &f->resources);
}

static enum status follow_change(struct following *f, const struct change *c)
{
	if (!strcmp(c->kind, "resource"))
		again(f, c->object_id);
	else if (!strcmp(c->kind, "term"))
		f->terms = true;
	else if (!strcmp(c->kind, "organisation"))
		return follow_organisation(f, c->object_id);
	else if (!strcmp(c->kind, "collection"))
		return indexing_collected(f->db, f->a, c->object_id, &f->resources);
	else if (!strcmp(c->kind, "acronym"))
		f->acronyms = true;
	return OK;
}

static enum status follow_terms(struct following *f)
{
	struct id_list changed = { 0 };
	enum status status = labels_read(index_labels(f->index), f->db, f->a, &changed);

	for (size_t i = 0; status == OK && i < changed.n_ids; i++)
		status = indexing_bearing(f->db, f->a, changed.id[i], &f->resources);
	return status;
}

static int compare_ids(const void *left, const void *right)
{
	const int64_t *l = left, *r = right;

	return *l < *r ? -1 : *l > *r;
}

static enum status read_again(struct following *f, struct preparer *p, struct arena *a, int64_t id)
{
	struct indexing *walk = indexing_begin(f->db, id, id);
	struct indexed_resource r;
	struct prepared made;
	bool is_there = indexing_next(walk, a, &r);
	enum status status = indexing_end(walk);

	if (status != OK)
		return status;
	if (is_there) {
		preparer_run(p, a, &r, &made);
		index_put(f->index, a, &made, 1);
	} else {
		index_remove(f->index, id);
	}
	return OK;
}

static enum status read_resources_again(struct following *f)
{
	struct id_list *list = &f->resources;
	struct preparer *p = preparer_new(&f->index->dictionary, index_labels(f->index));
	struct arena *a = arena_new();
	enum status status = OK;

	if (list->n_ids)
		qsort(list->id, list->n_ids, sizeof(*list->id), compare_ids);
	for (size_t i = 0; status == OK && i < list->n_ids; i++) {
		if (i && list->id[i] == list->id[i - 1])
			continue;
		status = read_again(f, p, a, list->id[i]);
		arena_reset(a);
	}
	arena_free(a);
	preparer_free(p);
	return status;
}

/* Beyond this, building anew takes less time, and leaves no dead behind. */
static bool is_too_much(const struct index *x, size_t n)
{
	return n > 1000 + index_count(x) / 4;
}

static enum status follow_all(struct following *f, int64_t after, int64_t *last)
{
	struct change_list list;
	enum status status = change_since(f->db, f->a, after, &list);

	*last = after;
	for (size_t i = 0; status == OK && i < list.n_changes; i++) {
		status = follow_change(f, &list.change[i]);
		*last = list.change[i].id;
	}
	if (status == OK && f->terms)
		status = follow_terms(f);
	if (status == OK && f->acronyms)
		status = put_acronyms(f->index, f->db);
	if (status == OK && is_too_much(f->index, f->resources.n_ids))
		return NOT_FOUND;
	return status == OK ? read_resources_again(f) : status;
}

enum status index_follow(struct index *x, struct db *db, pthread_mutex_t *lock)
{
	struct following f = { .index = x, .db = db, .a = arena_new() };
	int64_t last;
	enum status status = db_begin_read(db);

	if (status == OK)
		status = db_end(db, follow_all(&f, x->current->change, &last));
	if (status == OK && last != x->current->change)
		index_publish(x, lock, last);
	arena_free(f.a);
	return status;
}
