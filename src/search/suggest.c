#include "search/suggest.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "search/suggest_fresh.h"
#include "search/suggest_stack.h"

/* What is new becomes a shelf once there is more of it. */
enum { FRESH_MAX = 1024 };

/* Titles are many and have shelves of their own; what is general may come before them. */
enum { GENERAL, TITLES, HALVES };

/*
 * What readers see, at one moment. They count themselves in and out, and the lock is for that
 * alone; the writer frees, at a commit, the versions that no one reads any more.
 */
struct version {
	struct version *older;
	int readers;
	struct stack stack[HALVES];
	struct fresh *fresh;
	struct line *line;
	size_t n_lines;
};

struct suggest {
	pthread_mutex_t lock; /* of the pointer to the current version and of counts of readers */
	struct version *current;
	struct folds *folds;
	/* The rest is the writer's: what the next version will hold. */
	struct version *older;
	struct stack stack[HALVES];
	struct fresh *fresh;
	bool is_changed;
};

const char *suggestion_kind_name(enum suggestion_kind kind)
{
	static const char *const name[] = {
		[SUGGEST_RESOURCE] = "resource",         [SUGGEST_KIND] = "kind",
		[SUGGEST_CATEGORY] = "category",         [SUGGEST_KEYWORD] = "keyword",
		[SUGGEST_TERRITORY] = "territory",       [SUGGEST_COLLECTION] = "collection",
		[SUGGEST_ORGANISATION] = "organisation",
	};

	return name[kind];
}

/* ---- versions --------------------------------------------------------------------- */

static struct version *hold(struct suggest *s)
{
	struct version *v;

	pthread_mutex_lock(&s->lock);
	v = s->current;
	v->readers++;
	pthread_mutex_unlock(&s->lock);
	return v;
}

static void let_go(struct suggest *s, struct version *v)
{
	pthread_mutex_lock(&s->lock);
	v->readers--;
	pthread_mutex_unlock(&s->lock);
}

static struct version *version_new(struct suggest *s)
{
	struct version *v = calloc(1, sizeof(*v));

	if (v)
		v->line = calloc(s->fresh->n + 1, sizeof(*v->line));
	if (!v || !v->line)
		die("out of memory");
	for (int i = 0; i < HALVES; i++)
		v->stack[i] = stack_copy(&s->stack[i]);
	v->fresh = s->fresh;
	v->fresh->holders++;
	v->n_lines = fresh_lines(s->fresh, s->folds, v->line);
	return v;
}

static void version_free(struct version *v)
{
	for (int i = 0; i < HALVES; i++)
		stack_release(&v->stack[i]);
	fresh_release(v->fresh);
	free(v->line);
	free(v);
}

/* Those still read wait for the next commit. */
static void free_older(struct suggest *s)
{
	struct version **at = &s->older, *unread = NULL;

	pthread_mutex_lock(&s->lock);
	while (*at) {
		struct version *v = *at;

		if (v->readers) {
			at = &v->older;
			continue;
		}
		*at = v->older;
		v->older = unread;
		unread = v;
	}
	pthread_mutex_unlock(&s->lock);
	while (unread) {
		struct version *v = unread;

		unread = v->older;
		version_free(v);
	}
}

static void publish(struct suggest *s)
{
	struct version *next = version_new(s), *last;

	pthread_mutex_lock(&s->lock);
	last = s->current;
	s->current = next;
	pthread_mutex_unlock(&s->lock);
	if (last) {
		last->older = s->older;
		s->older = last;
	}
}

struct suggest *suggest_new(void)
{
	struct suggest *s = calloc(1, sizeof(*s));

	if (!s)
		die("out of memory");
	pthread_mutex_init(&s->lock, NULL);
	s->folds = folds_new();
	s->fresh = fresh_new();
	publish(s);
	return s;
}

void suggest_free(struct suggest *s)
{
	if (!s)
		return;
	s->current->older = s->older;
	s->older = s->current;
	free_older(s);
	for (int i = 0; i < HALVES; i++)
		stack_release(&s->stack[i]);
	fresh_release(s->fresh);
	folds_free(s->folds);
	pthread_mutex_destroy(&s->lock);
	free(s);
}

/* ---- writing ----------------------------------------------------------------------- */

static int half_of(enum suggestion_kind kind)
{
	return kind == SUGGEST_RESOURCE ? TITLES : GENERAL;
}

/* Where an entry stands. */
struct place {
	const struct entry *entry; /* NULL when it is nowhere */
	bool is_fresh;
	size_t at; /* its line, or its shelf */
	uint32_t number;
};

static struct place find_place(const struct suggest *s, enum suggestion_kind kind, int64_t id)
{
	struct place p = { .is_fresh = true };

	p.entry = fresh_entry(s->fresh, kind, id, &p.at);
	if (p.entry)
		return p;
	p.is_fresh = false;
	p.entry = stack_entry(&s->stack[half_of(kind)], kind, id, &p.at, &p.number);
	return p;
}

static void take_off(struct suggest *s, const struct place *p)
{
	s->is_changed = true;
	if (p->is_fresh)
		fresh_take_off(s->fresh, p->at);
	else
		stack_take_off(&s->stack[half_of(p->entry->kind)], p->at, p->number);
}

void suggest_put(struct suggest *s, enum suggestion_kind kind, int64_t id, const char *text,
		 const char *slug, uint32_t use)
{
	struct place p = find_place(s, kind, id);

	if (p.entry && p.entry->use == use && !strcmp(p.entry->text, text) &&
	    !strcmp(entry_slug(p.entry), slug))
		return;
	if (p.entry)
		take_off(s, &p);
	fresh_put(s->fresh, kind, id, text, slug, use);
	s->is_changed = true;
}

void suggest_remove(struct suggest *s, enum suggestion_kind kind, int64_t id)
{
	struct place p = find_place(s, kind, id);

	if (p.entry)
		take_off(s, &p);
}

static void hand_over(const struct entry *e, suggest_each_fn *each, void *context)
{
	each(context, (enum suggestion_kind)e->kind, e->id, e->text, entry_slug(e), e->use);
}

void suggest_each(const struct suggest *s, suggest_each_fn *each, void *context)
{
	for (int half = 0; half < HALVES; half++) {
		const struct stack *stack = &s->stack[half];

		for (size_t k = 0; k < stack->n; k++)
			for (uint32_t i = 0; i < stack->shelf[k]->n; i++)
				if (!stack_has_lost(stack, k, i))
					hand_over(&stack->shelf[k]->entry[i], each, context);
	}
	for (size_t i = 0; i < s->fresh->n; i++)
		if (s->fresh->line[i].entry)
			hand_over(s->fresh->line[i].entry, each, context);
}

/* What is new goes on shelves. */
static void settle(struct suggest *s)
{
	const struct entry **entry = calloc(s->fresh->n + 1, sizeof(const struct entry *));

	if (!entry)
		die("out of memory");
	for (int i = 0; i < HALVES; i++) {
		size_t n = fresh_entries(s->fresh, i == TITLES, entry);

		if (n || stack_is_worn(&s->stack[i]))
			stack_add(&s->stack[i], s->folds, entry, n);
	}
	free(entry);
	fresh_release(s->fresh);
	s->fresh = fresh_new();
}

void suggest_commit(struct suggest *s)
{
	if (s->is_changed) {
		if (s->fresh->n > FRESH_MAX || stack_is_worn(&s->stack[GENERAL]) ||
		    stack_is_worn(&s->stack[TITLES]))
			settle(s);
		publish(s);
		s->is_changed = false;
	}
	free_older(s);
}

/* ---- reading ------------------------------------------------------------------------- */

/* Each offers its best; what begins with what was typed is often enough. */
static void find_in(const struct version *v, const struct typed *t, struct best *b)
{
	lines_find(v->line, v->n_lines, t, b);
	for (int i = 0; i < HALVES; i++)
		for (size_t j = 0; j < v->stack[i].n; j++)
			shelf_find_beginning(v->stack[i].shelf[j], v->stack[i].gone[j]->bits, t, b);
	if (b->n == b->limit && b->candidate[b->n - 1].likeness == BEGINS)
		return;
	for (int i = 0; i < HALVES; i++)
		for (size_t j = 0; j < v->stack[i].n; j++)
			shelf_find_others(v->stack[i].shelf[j], v->stack[i].gone[j]->bits, t, b);
}

static struct suggestion tell(struct arena *a, const struct entry *e)
{
	return (struct suggestion){
		.text = arena_strdup(a, e->text),
		.kind = e->kind,
		.slug = arena_strdup(a, entry_slug(e)),
	};
}

size_t suggest_find(struct suggest *s, struct arena *a, const char *typed, size_t limit,
		    struct suggestion found[])
{
	struct best b = { .limit = limit < SUGGESTIONS_MAX ? limit : SUGGESTIONS_MAX, .a = a };
	struct version *v;
	struct typed t;

	typed_read(s->folds, typed, &t);
	if (!t.n || !b.limit)
		return 0;
	b.is_short = t.is_short;
	v = hold(s);
	find_in(v, &t, &b);
	for (size_t i = 0; i < b.n; i++)
		found[i] = tell(a, b.candidate[i].entry);
	let_go(s, v);
	return b.n;
}
