/*
 * Whatever is typed is read into a query of bounded size, and finds in a small index what a slow
 * scan of every text finds.
 */
#include <assert.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "search/query.h"
#include "search/scanner.h"
#include "search/snippet.h"
#include "search/suggest.h"
#include "search/world.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { RESOURCES = 40 };

struct asked {
	struct world *world;
	struct search *search;
	struct scanner *scanner;
};

static const struct asked *asked(void)
{
	static struct asked one;

	if (one.world)
		return &one;
	one.world = world_new(1, 2, 100, 12);
	world_add_resources(one.world, RESOURCES);
	if (search_new(one.world->db, &one.search) != OK)
		abort();
	one.scanner = scanner_new(one.world->db);
	return &one;
}

/* ---- what is read ------------------------------------------------------------------------- */

static void check_unit(const struct unit *u)
{
	assert(u->n_forms >= 1 && u->n_forms <= UNIT_FORMS_MAX);
	for (size_t i = 0; i < u->n_forms; i++)
		assert(*u->form[i]);
}

static void check_want(const struct want *w, const char *text)
{
	assert(w->from < w->to && w->to <= strlen(text));
	assert(strlen(w->text) == w->to - w->from);
	assert(!memcmp(w->text, text + w->from, w->to - w->from));
	assert(w->n_choices >= 1);
	for (size_t i = 0; i < w->n_choices; i++) {
		const struct choice *c = &w->choice[i];

		assert(c->n_units >= 1 && c->n_units <= UNITS_MAX);
		for (size_t k = 0; k < c->n_units; k++) {
			check_unit(&c->unit[k]);
			assert(!k || c->unit[k].position > c->unit[k - 1].position);
		}
	}
}

static void check_reading(struct arena *a, const char *text)
{
	struct wanted wanted;

	query_read(a, text, &wanted);
	assert(wanted.n_wants <= WANTS_MAX && wanted.n_positive <= wanted.n_wants);
	for (size_t i = 0; i < wanted.n_wants; i++) {
		check_want(&wanted.want[i], text);
		assert(wanted.want[i].is_excluded == (i >= wanted.n_positive));
	}
}

/* ---- what is found ------------------------------------------------------------------------ */

static int by_id(const void *left, const void *right)
{
	const struct search_hit *l = left, *r = right;

	return l->id < r->id ? -1 : l->id > r->id;
}

static const char *in_any_order(struct arena *a, struct search_result *result)
{
	if (result->n_hits)
		qsort(result->hit, result->n_hits, sizeof(*result->hit), by_id);
	return answer_text(a, result);
}

static void check_counts(const struct search_result *r)
{
	assert(r->total <= RESOURCES && r->n_closed <= r->total);
	assert(r->n_hits == (size_t)r->total);
	for (enum facet f = 0; f < N_FACETS; f++)
		for (size_t i = 0; i < r->facet[f].n_values; i++)
			assert(r->facet[f].value[i].count <= RESOURCES);
	for (size_t i = 0; i < r->n_words; i++)
		assert(r->word[i].count <= RESOURCES);
}

/* A page is a part of the whole. */
static void check_page(const struct asked *k, struct arena *a, struct question q,
		       const struct search_result *all)
{
	struct search_result page;

	q.query.limit = 3;
	q.query.offset = 2;
	assert(search_run(k->search, a, &q.reader, &q.query, &page) == OK);
	assert(page.total == all->total && page.n_hits <= 3);
	for (size_t i = 0; i < page.n_hits; i++)
		assert(page.hit[i].id == all->hit[i + 2].id);
}

static void check_finding(const struct asked *k, struct arena *a, const struct question *q)
{
	struct search_result found, scanned;
	struct suggestion suggestion[SUGGESTIONS_MAX];
	const char *left, *right;

	assert(search_run(k->search, a, &q->reader, &q->query, &found) == OK);
	check_counts(&found);
	check_page(k, a, *q, &found);
	(void)marked(a, search_marks(k->search, a, &q->reader, found.ran), q->query.text);
	assert(search_suggest(k->search, a, q->query.text, 8, suggestion) <= 8);
	scanner_run(k->scanner, a, &q->reader, &q->query, found.corrected, &scanned);
	left = in_any_order(a, &found);
	right = in_any_order(a, &scanned);
	if (strcmp(left, right) != 0) {
		fprintf(stderr, "%s\n-- found\n%s-- scanned\n%s", question_text(a, q), left, right);
		abort();
	}
}

/* A reader, an order, one filter: then the text. */
static struct question question_of(const struct world *w, const uint8_t data[2])
{
	struct question q = { .reader.level = (enum level)(data[0] % 3), .query.limit = 1000 };
	const struct world_term *t = &w->term[data[1] % w->n_terms];

	q.query.sort = data[0] & 64 ? BY_DATE : BY_RELEVANCE;
	if (!(data[0] & 128))
		return q;
	if (data[1] & 128) {
		q.query.value[FACET_ACCESS][0] = "members";
		q.query.n_values[FACET_ACCESS] = 1;
	} else {
		q.query.value[FACET_CATEGORY][0] = t->slug;
		q.query.n_values[FACET_CATEGORY] = 1;
	}
	return q;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct asked *k = asked();
	struct arena *a = arena_new();

	if (size > 2) {
		struct question q = question_of(k->world, data);

		q.query.text = arena_strndup(a, (const char *)data + 2, size - 2);
		check_reading(a, q.query.text);
		if (strlen(q.query.text) < SEARCH_QUERY_MAX) {
			check_finding(k, a, &q);
		} else {
			struct search_result none;

			assert(search_run(k->search, a, &q.reader, &q.query, &none) == INVALID);
		}
	}
	arena_free(a);
	return 0;
}
