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
	for (uint32_t number = 0; number < m->version->n_documents; number++) {
		uint32_t i;
		const struct columns *c = index_window(m->index, number, &i);
		const struct bearing *b = columns_bearing(c);

		for (uint32_t k = c->first[i]; k < c->first[i + 1]; k++)
			if (bearing_label(b, k) == label && match_is_there(m, number))
				return true;
	}
	return false;
}

/* A value to be told: what comes first is greatest. */
struct told {
	uint64_t order;
	uint32_t label;
};

/* Years from the latest; others by count, then as they are read. */
static uint64_t order_of(const struct label *l, uint32_t count)
{
	if (l->facet == FACET_YEAR)
		return strtoull(l->slug, NULL, 10);
	return (uint64_t)count << 32 | (UINT32_MAX - l->rank);
}

/* The first SEARCH_TOLD_MAX in order; what was chosen is told whatever its place. */
struct telling {
	const struct match *m;
	struct told told[2 * SEARCH_TOLD_MAX + SEARCH_VALUES];
	size_t n;
	uint64_t least; /* what comes before it may be among the first */
};

/* One pass over a byte of the order, the greatest first, else as they stood. */
static void sort_by_byte(struct told *to, const struct told *from, size_t n, int shift)
{
	uint32_t at[257] = { 0 };

	for (size_t i = 0; i < n; i++)
		at[256 - (from[i].order >> shift & 255)]++;
	for (size_t i = 1; i < 257; i++)
		at[i] += at[i - 1];
	for (size_t i = 0; i < n; i++)
		to[at[255 - (from[i].order >> shift & 255)]++] = from[i];
}

/* Byte by byte, those that are the same in all left out: comparisons would be guessed wrong. */
static void sort_by_order(struct telling *t)
{
	struct told other[sizeof(t->told) / sizeof(*t->told)];
	uint64_t differs = 0;

	for (size_t i = 1; i < t->n; i++)
		differs |= t->told[i].order ^ t->told[0].order;
	for (int shift = 0; shift < 64; shift += 8)
		if (differs >> shift & 255) {
			sort_by_byte(other, t->told, t->n, shift);
			memcpy(t->told, other, t->n * sizeof(*other));
		}
}

static void sort(struct telling *t)
{
	size_t n = 0;

	sort_by_order(t);
	if (t->n > SEARCH_TOLD_MAX)
		t->least = t->told[SEARCH_TOLD_MAX - 1].order;
	for (size_t i = 0; i < t->n; i++)
		if (i < SEARCH_TOLD_MAX || t->m->filter.facet_of[t->told[i].label])
			t->told[n++] = t->told[i];
	t->n = n;
}

static void consider(struct telling *t, uint32_t label)
{
	const struct label *l = &t->m->version->label[label];
	uint32_t count = t->m->count[label];
	bool chosen = t->m->filter.facet_of[label] != 0;
	uint64_t order = order_of(l, count);

	if ((!count && !(chosen && is_known(t->m, label))) || (order < t->least && !chosen))
		return;
	if (t->n == sizeof(t->told) / sizeof(*t->told))
		sort(t);
	t->told[t->n++] = (struct told){ order, label };
}

static char *copy(char *to, const char *text, uint32_t length)
{
	return (char *)memcpy(to, text, length + 1) + length + 1;
}

static void tell(struct arena *a, struct telling *t, struct search_facet *told)
{
	const struct match *m = t->m;
	size_t bytes = 0;
	char *text;

	sort(t);
	for (size_t i = 0; i < t->n; i++) {
		const struct label *l = &m->version->label[t->told[i].label];

		bytes += l->slug_length + l->text_length + (size_t)2;
	}
	text = arena_alloc(a, bytes, 1);
	told->n_values = t->n;
	told->value = arena_make(a, struct search_value, t->n + 1);
	for (size_t i = 0; i < t->n; i++) {
		const struct label *l = &m->version->label[t->told[i].label];
		char *slug = text;

		text = copy(text, l->slug, l->slug_length);
		told->value[i] = (struct search_value){
			.value = slug,
			.label = text,
			.count = m->count[t->told[i].label],
			.chosen = m->filter.facet_of[t->told[i].label] != 0,
		};
		text = copy(text, l->text, l->text_length);
	}
}

enum { GLANCE = 16 };

/* The first label from *i on that something found bears, or that was chosen. */
static bool next_told(const struct match *m, uint32_t *i)
{
	uint32_t n = (uint32_t)m->version->n_labels, any;

	for (; *i < n; ++*i) {
		/* Most are neither: many are passed over at a glance. */
		while (*i % GLANCE == 0 && *i + GLANCE <= n) {
			any = 0;
			for (uint32_t k = *i; k < *i + GLANCE; k++)
				any |= m->count[k] | m->filter.facet_of[k];
			if (any)
				break;
			*i += GLANCE;
		}
		if (*i < n && (m->count[*i] || m->filter.facet_of[*i]))
			return true;
	}
	return false;
}

void facets_tell(struct arena *a, const struct match *m, const struct search_query *query,
		 struct search_facet facet[N_FACETS])
{
	unsigned asked = query->facets ? query->facets : (1u << N_FACETS) - 1;
	struct telling telling[N_FACETS];

	for (enum facet f = 0; f < N_FACETS; f++) {
		facet[f] = (struct search_facet){ 0 };
		telling[f].m = m;
		telling[f].n = 0;
		telling[f].least = 0;
	}
	for (uint32_t i = 0; next_told(m, &i); i++)
		if (asked >> m->version->label[i].facet & 1)
			consider(&telling[m->version->label[i].facet], i);
	for (enum facet f = 0; f < N_FACETS; f++)
		if (asked >> f & 1)
			tell(a, &telling[f], &facet[f]);
}
