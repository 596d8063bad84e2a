#include "web/pages/directory_query.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "base/tr.h"
#include "web/address.h"
#include "web/pages/pages.h"

const char *const directory_known[] = { "type", "territoire", NULL };

/* No vocabulary is deeper: it has no loops, but this reads what an import wrote. */
enum { DEEPEST = 32 };

static const char *value_of(const struct request *req, const char *name)
{
	const char *value = request_query(req, name);

	return value && *value ? value : NULL;
}

/* ---- places ---------------------------------------------------------------------------- */

static int compare_ids(const void *left, const void *right)
{
	int64_t l = ((const struct directory_place *)left)->term.id;
	int64_t r = ((const struct directory_place *)right)->term.id;

	return l < r ? -1 : l > r;
}

static struct directory_place *find(const struct directory_query *query, int64_t id)
{
	const struct directory_place key = { .term.id = id };

	if (!id || !query->n_all)
		return NULL;
	return bsearch(&key, query->all, query->n_all, sizeof(key), compare_ids);
}

static void gather(struct arena *a, const struct term_list *list, struct directory_query *query)
{
	query->n_all = list->n_terms;
	query->all = arena_make(a, struct directory_place, list->n_terms + 1);
	for (size_t i = 0; i < list->n_terms; i++)
		query->all[i].term = list->term[i];
	qsort(query->all, query->n_all, sizeof(*query->all), compare_ids);
	for (size_t i = 0; i < query->n_all; i++)
		query->all[i].parent = find(query, query->all[i].term.parent_id);
}

/* An organisation is in its territory, and in all those above it. */
static void settle(const struct directory_query *query, const struct organisation *o)
{
	const struct directory_place *place = find(query, o->territory_id);
	bool is_of_kind = !query->kind || !strcmp(o->kind, query->kind);

	for (int depth = 0; place && depth < DEEPEST; depth++) {
		struct directory_place *here = &query->all[place - query->all];

		here->n_all++;
		here->n_of_kind += is_of_kind;
		place = here->parent;
	}
}

/* A label folded once, in front of its place. */
struct sorted {
	const char *key;
	const struct directory_place *place;
};

static int compare_keys(const void *left, const void *right)
{
	return strcmp(((const struct sorted *)left)->key, ((const struct sorted *)right)->key);
}

static void list_by_label(struct arena *a, struct directory_query *query)
{
	struct sorted *s = arena_make(a, struct sorted, query->n_all + 1);
	size_t n = 0;

	for (size_t i = 0; i < query->n_all; i++)
		if (query->all[i].n_all)
			s[n++] = (struct sorted){ text_fold(a, query->all[i].term.label),
						  &query->all[i] };
	qsort(s, n, sizeof(*s), compare_keys);
	query->places = arena_make(a, const struct directory_place *, n + 1);
	query->n_places = n;
	for (size_t i = 0; i < n; i++)
		query->places[i] = s[i].place;
}

/* ---- reading --------------------------------------------------------------------------- */

static void choose(struct directory_query *query, const char *slug, const char **wrong)
{
	for (size_t i = 0; i < query->n_places; i++)
		if (!strcmp(query->places[i]->term.slug, slug))
			query->place = query->places[i];
	if (!query->place)
		*wrong = _("Aucune organisation de l’annuaire n’est dans ce territoire.");
}

enum status directory_query_read(struct request *req, const struct organisation_list *list,
				 struct directory_query *query, const char **wrong)
{
	const char *territory = value_of(req, "territoire");
	struct term_list terms;
	enum status status = term_all(req->db, req->arena, "territory", &terms);

	*query = (struct directory_query){ .kind = value_of(req, "type") };
	if (status != OK)
		return status;
	if (query->kind && !organisation_kind_is_known(query->kind))
		*wrong = _("Ce type d’organisation n’existe pas.");
	gather(req->arena, &terms, query);
	for (size_t i = 0; i < list->n_organisations; i++)
		settle(query, &list->organisation[i]);
	list_by_label(req->arena, query);
	if (territory)
		choose(query, territory, wrong);
	return OK;
}

struct url directory_query_url(struct arena *a, const struct directory_query *query)
{
	struct pair pair[2];
	size_t n = 0;

	if (query->kind)
		pair[n++] = (struct pair){ "type", query->kind };
	if (query->place)
		pair[n++] = (struct pair){ "territoire", query->place->term.slug };
	return url_external(a, address_write(a, "/annuaire", pair, n));
}

/* ---- what it takes --------------------------------------------------------------------- */

static bool lies_there(const struct directory_query *query, const struct organisation *o)
{
	const struct directory_place *at = find(query, o->territory_id);

	for (int depth = 0; at && depth < DEEPEST; depth++, at = at->parent)
		if (at == query->place)
			return true;
	return !query->place;
}

static bool takes(const struct directory_query *query, const struct organisation *o,
		  const char *kind)
{
	return (!kind || !strcmp(o->kind, kind)) && lies_there(query, o);
}

bool directory_query_takes(const struct directory_query *query, const struct organisation *o)
{
	return takes(query, o, query->kind);
}

size_t directory_query_count(const struct directory_query *query,
			     const struct organisation_list *list, const char *kind)
{
	size_t n = 0;

	for (size_t i = 0; i < list->n_organisations; i++)
		n += takes(query, &list->organisation[i], kind);
	return n;
}
