#include "search/facets.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"

static bool is_year(const char *text)
{
	return strlen(text) == 4 && strspn(text, "0123456789") == 4;
}

static bool is_access(const char *text)
{
	enum visibility visibility;

	return visibility_parse(text, &visibility);
}

static void choose(const struct version *v, uint8_t *facet_of, enum facet facet, const char *slug)
{
	for (size_t i = 0; i < v->n_labels; i++)
		if (v->label[i].facet == facet && !strcmp(v->label[i].slug, slug))
			facet_of[i] = (uint8_t)(1u << facet);
}

/* A slug that nothing bears finds nothing; a word that cannot be a year is a mistake. */
enum status facets_choose(struct arena *a, const struct version *v,
			  const struct search_query *query, struct filter *filter)
{
	uint8_t *facet_of = arena_make(a, uint8_t, v->n_labels + 1);

	*filter = (struct filter){ .facet_of = facet_of };
	for (enum facet f = 0; f < N_FACETS; f++)
		for (size_t i = 0; i < query->n_values[f]; i++) {
			const char *slug = query->value[f][i];

			if ((f == FACET_YEAR && !is_year(slug)) ||
			    (f == FACET_ACCESS && !is_access(slug)))
				return INVALID;
			choose(v, facet_of, f, slug);
			filter->chosen |= (uint8_t)(1u << f);
		}
	return OK;
}

/* A value that only hidden things bear is, to this reader, a slug that nothing bears. */
static bool is_known(const struct match *m, uint32_t label)
{
	for (uint32_t i = 0; i < m->version->n_documents; i++) {
		const struct document *d = index_document(m->index, i);

		if (!match_is_there(m, d))
			continue;
		for (uint32_t k = 0; k < d->n_labels; k++)
			if (d->label[k] == label)
				return true;
	}
	return false;
}

static int by_count(const void *left, const void *right)
{
	const struct search_value *l = left, *r = right;
	int order;

	if (l->count != r->count)
		return l->count > r->count ? -1 : 1;
	/* Values stand as they were met, by way of hidden things too: not an order to show. */
	order = strcmp(l->label, r->label);
	return order ? order : strcmp(l->value, r->value);
}

static int by_year(const void *left, const void *right)
{
	return strcmp(((const struct search_value *)right)->value,
		      ((const struct search_value *)left)->value);
}

static void tell(struct arena *a, const struct match *m, enum facet facet,
		 struct search_facet *told)
{
	size_t capacity = 0;

	for (uint32_t i = 0; i < m->version->n_labels; i++) {
		const struct label *l = &m->version->label[i];
		bool chosen = m->filter.facet_of[i] != 0;

		if (l->facet != facet || (!m->count[i] && !(chosen && is_known(m, i))))
			continue;
		*arena_push(a, told->value, told->n_values, capacity) = (struct search_value){
			.value = arena_strdup(a, l->slug),
			.label = arena_strdup(a, l->text),
			.count = m->count[i],
			.chosen = chosen,
		};
	}
	if (told->n_values)
		qsort(told->value, told->n_values, sizeof(*told->value),
		      facet == FACET_YEAR ? by_year : by_count);
}

/* The rarest values are for no list to show: what was chosen is told whatever its place. */
static void shorten(struct search_facet *told)
{
	size_t n = 0;

	for (size_t i = 0; i < told->n_values; i++)
		if (i < SEARCH_TOLD_MAX || told->value[i].chosen)
			told->value[n++] = told->value[i];
	told->n_values = n;
}

void facets_tell(struct arena *a, const struct match *m, const struct search_query *query,
		 struct search_facet facet[N_FACETS])
{
	for (enum facet f = 0; f < N_FACETS; f++) {
		facet[f] = (struct search_facet){ 0 };
		if (query->facets && !(query->facets >> f & 1))
			continue;
		tell(a, m, f, &facet[f]);
		shorten(&facet[f]);
	}
}
