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

/* Labels folded once, in front of their terms. */
struct sorted {
	const char *key;
	struct term term;
};

static int compare(const void *a, const void *b)
{
	return strcmp(((const struct sorted *)a)->key, ((const struct sorted *)b)->key);
}

static void sort_by_label(struct arena *a, struct term_list *list)
{
	struct sorted *s = arena_make(a, struct sorted, list->n_terms);

	for (size_t i = 0; i < list->n_terms; i++)
		s[i] = (struct sorted){ text_fold(a, list->term[i].label), list->term[i] };
	if (list->n_terms)
		qsort(s, list->n_terms, sizeof(*s), compare);
	for (size_t i = 0; i < list->n_terms; i++)
		list->term[i] = s[i].term;
}

static const char *value_of(const struct request *req, const char *name)
{
	const char *value = request_query(req, name);

	return value && *value ? value : NULL;
}

enum status directory_query_read(struct request *req, struct directory_query *query,
				 const char **wrong)
{
	const char *territory = value_of(req, "territoire");
	enum status status;

	*query = (struct directory_query){ .kind = value_of(req, "type") };
	if (query->kind && !organisation_kind_is_known(query->kind))
		*wrong = _("Ce type d’organisation n’existe pas.");
	status = term_all(req->db, req->arena, "territory", &query->territories);
	if (status != OK)
		return status;
	sort_by_label(req->arena, &query->territories);
	for (size_t i = 0; territory && i < query->territories.n_terms; i++)
		if (!strcmp(query->territories.term[i].slug, territory))
			query->territory = &query->territories.term[i];
	if (territory && !query->territory)
		*wrong = _("Ce territoire n’existe pas.");
	return OK;
}

struct url directory_query_url(struct arena *a, const struct directory_query *query)
{
	struct pair pair[2];
	size_t n = 0;

	if (query->kind)
		pair[n++] = (struct pair){ "type", query->kind };
	if (query->territory)
		pair[n++] = (struct pair){ "territoire", query->territory->slug };
	return url_external(a, address_write(a, "/annuaire", pair, n));
}

static const struct term *term_of(const struct directory_query *query, int64_t id)
{
	for (size_t i = 0; i < query->territories.n_terms; i++)
		if (query->territories.term[i].id == id)
			return &query->territories.term[i];
	return NULL;
}

static bool lies_in(const struct directory_query *query, int64_t id, const struct term *territory)
{
	for (int depth = 0; id && depth < DEEPEST; depth++) {
		const struct term *t = term_of(query, id);

		if (id == territory->id)
			return true;
		id = t ? t->parent_id : 0;
	}
	return false;
}

static bool takes(const struct directory_query *query, const struct organisation *o,
		  const char *kind, const struct term *territory)
{
	return (!kind || !strcmp(o->kind, kind)) &&
	       (!territory || lies_in(query, o->territory_id, territory));
}

bool directory_query_takes(const struct directory_query *query, const struct organisation *o)
{
	return takes(query, o, query->kind, query->territory);
}

size_t directory_query_count(const struct directory_query *query,
			     const struct organisation_list *list, const char *kind,
			     const struct term *territory)
{
	size_t n = 0;

	for (size_t i = 0; i < list->n_organisations; i++)
		n += takes(query, &list->organisation[i], kind, territory);
	return n;
}
