#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "base/tr.h"
#include "search/found.h"
#include "search/search.h"
#include "store/resource.h"
#include "web/pages/area.h"
#include "web/pages/frame.h"
#include "web/pages/list_query.h"
#include "web/pages/list_told.h"
#include "web/pages/pages.h"
#include "web/pages/parts.h"
#include "web/static.h"

enum { FIRST_CHOICES = 7, PAGES_AROUND = 2 };

static const char *legend_of(enum facet facet)
{
	switch (facet) {
	case FACET_KIND:
		return _("Type de ressource");
	case FACET_CATEGORY:
		return _("Catégorie");
	case FACET_KEYWORD:
		return _("Mot-clé");
	case FACET_TERRITORY:
		return _("Territoire");
	case FACET_YEAR:
		return _("Année");
	case FACET_COLLECTION:
		return _("Collection");
	case FACET_ACCESS:
		return _("Accès");
	case N_FACETS:
		break;
	}
	return "";
}

static const char *access_label(const char *value)
{
	if (!strcmp(value, "public"))
		return _("En accès libre");
	if (!strcmp(value, "members"))
		return _("Réservée aux collectivités adhérentes");
	return _("Réservée à une partie du réseau");
}

static const char *label_of(const struct request *req, enum facet facet,
			    const struct search_value *value)
{
	if (facet == FACET_ACCESS)
		return access_label(value->value);
	return say(req, value->label ? value->label : value->value);
}

/* ---- filters --------------------------------------------------------------------- */

static void add_choice(const struct request *req, enum facet facet,
		       const struct search_value *value, struct facet_view *v)
{
	v->choice[v->n_choices++] = (struct choice_view){
		.value = value->value,
		.label = label_of(req, facet, value),
		.count = number_in_words(req->arena, value->count),
		.chosen = value->chosen,
	};
}

/*
 * What is chosen is never folded. It keeps its place where it can, so that choosing moves
 * nothing under the hand.
 */
static void fill_choices(const struct request *req, enum facet facet,
			 const struct search_facet *from, struct facet_view *v)
{
	v->choice = arena_make(req->arena, struct choice_view, from->n_values);
	for (size_t i = 0; i < from->n_values && i < FIRST_CHOICES; i++)
		add_choice(req, facet, &from->value[i], v);
	for (size_t i = FIRST_CHOICES; i < from->n_values; i++)
		if (from->value[i].chosen)
			add_choice(req, facet, &from->value[i], v);
	v->n_first = v->n_choices;
	for (size_t i = FIRST_CHOICES; i < from->n_values; i++)
		if (!from->value[i].chosen)
			add_choice(req, facet, &from->value[i], v);
}

/* Two or three more are shown rather than folded. */
static void fold(const struct request *req, struct facet_view *v)
{
	size_t rest;

	if (v->n_choices <= v->n_first + 3) {
		v->n_first = v->n_choices;
		return;
	}
	rest = v->n_choices - v->n_first;
	v->rest = arena_printf(req->arena, _("Voir les %zu autres"), rest);
}

static void fill_facets(const struct request *req, const struct search_result *result,
			struct list_view *v)
{
	v->facet = arena_make(req->arena, struct facet_view, N_FACETS);
	for (enum facet f = 0; f < N_FACETS; f++) {
		struct facet_view *facet = &v->facet[v->n_facets];

		if (!result->facet[f].n_values)
			continue;
		*facet = (struct facet_view){ .legend = legend_of(f), .name = facet_param[f] };
		fill_choices(req, f, &result->facet[f], facet);
		fold(req, facet);
		v->n_facets++;
	}
}

static const char *chosen_label(const struct request *req, enum facet facet,
				const struct search_facet *from, const char *value)
{
	for (size_t i = 0; i < from->n_values; i++)
		if (!strcmp(from->value[i].value, value))
			return label_of(req, facet, &from->value[i]);
	return facet == FACET_ACCESS ? access_label(value) : value;
}

/* Tags that take a filter away. */
static void fill_chosen(const struct request *req, const struct list_query *lq,
			const struct search_result *result, struct list_view *v)
{
	size_t n = list_query_filters(lq);

	v->filters = n ? arena_printf(req->arena, _("Filtres (%zu)"), n) : _("Filtres");
	v->chosen.tag = arena_make(req->arena, struct tag_view, n);
	for (enum facet f = 0; f < N_FACETS; f++)
		for (size_t i = 0; i < lq->search.n_values[f]; i++) {
			const char *value = lq->search.value[f][i];

			v->chosen.tag[v->chosen.n_tags++] = (struct tag_view){
				.label = chosen_label(req, f, &result->facet[f], value),
				.url = list_query_without(req->arena, lq, f, value),
				.note = legend_of(f),
			};
		}
	if (n)
		v->without_filters = list_query_bare(req->arena, lq);
}

/* ---- pages of the list ------------------------------------------------------------- */

static bool is_near(int64_t page, int64_t here, int64_t last)
{
	return page == 1 || page == last ||
	       (page >= here - PAGES_AROUND && page <= here + PAGES_AROUND);
}

/* "1 … 4 5 6 … 20": a gap has a label and no address. */
static void fill_pages(struct request *req, const struct list_query *lq, int64_t last,
		       struct list_view *v)
{
	size_t capacity = 0;
	bool gap = false;

	for (int64_t page = 1; page <= last; page++) {
		if (!is_near(page, lq->page, last)) {
			if (!gap)
				*arena_push(req->arena, v->page, v->n_pages, capacity) =
					(struct nav_view){ .label = "…" };
			gap = true;
			continue;
		}
		gap = false;
		*arena_push(req->arena, v->page, v->n_pages, capacity) = (struct nav_view){
			.label = arena_printf(req->arena, "%" PRId64, page),
			.url = list_query_page(req->arena, lq, page),
			.current = page == lq->page ? "page" : NULL,
		};
	}
}

static void fill_paging(struct request *req, const struct list_query *lq, int64_t total,
			struct list_view *v)
{
	int64_t last = (total + LIST_PAGE_SIZE - 1) / LIST_PAGE_SIZE;

	if (last < 2 || lq->page > last)
		return;
	fill_pages(req, lq, last, v);
	if (lq->page > 1)
		v->previous = list_query_page(req->arena, lq, lq->page - 1);
	if (lq->page < last)
		v->next = list_query_page(req->arena, lq, lq->page + 1);
}

static void fill_sort(struct request *req, const struct list_query *lq, struct list_view *v)
{
	bool by_date = lq->search.sort == BY_DATE;

	if (!*lq->search.text)
		return;
	v->sort = by_date ? "date" : NULL;
	if (!v->found.n_entries)
		return;
	v->n_by = 2;
	v->by[0] = (struct nav_view){ _("Les plus proches"),
				      list_query_sorted(req->arena, lq, BY_RELEVANCE),
				      by_date ? NULL : "true" };
	v->by[1] = (struct nav_view){ _("Les plus récentes"),
				      list_query_sorted(req->arena, lq, BY_DATE),
				      by_date ? "true" : NULL };
}

/* ---- what was found ---------------------------------------------------------------- */

static struct entry_view entry_found(const struct request *req, const struct marks *marks,
				     const struct found *found)
{
	struct entry_view v = entry_of(req, &found->resource);

	if (marks_are_empty(marks))
		return v;
	v.marked = marked(req->arena, marks, v.title);
	v.n_snippets = found->n_snippets;
	for (size_t i = 0; i < v.n_snippets; i++)
		v.snippet[i] = html_typography(req->arena, found->snippet[i]);
	return v;
}

static enum status fill_found(struct request *req, const struct search_result *result,
			      struct list_view *v)
{
	const struct marks *marks =
		search_marks(req->site->search, req->arena, &req->reader, result->ran);

	v->found.entry = arena_make(req->arena, struct entry_view, result->n_hits);
	for (size_t i = 0; i < result->n_hits; i++) {
		struct found found;
		enum status status = found_read(req->db, req->arena, &req->reader, marks,
						result->hit[i].id, &found);

		if (status == NOT_FOUND)
			continue;
		if (status != OK)
			return status;
		v->found.entry[v->found.n_entries++] = entry_found(req, marks, &found);
	}
	return OK;
}

static void fill_frame(struct request *req, const struct list_query *lq, struct list_view *v)
{
	const char *title = *lq->search.text ? arena_printf(req->arena, _("Recherche %s"),
							    words_quoted(req, lq->search.text))
					     : _("Ressources");

	if (lq->page > 1)
		title = arena_printf(req->arena, _("%s, page %" PRId64), title, lq->page);
	frame_fill(req, &v->frame, NO_SECTION, title, list_query_url(req->arena, lq));
	v->frame.nav[IN_RESOURCES].current = "page";
	v->frame.has_box = true;
	v->frame.description = v->count;
	v->frame.list_script = static_url("list.js");
}

enum status resources_show(struct request *req, struct response *res)
{
	struct list_query lq;
	struct search_result result;
	struct list_view v = { 0 };
	const char *fault = list_query_read(req, &lq);
	enum status status;

	if (fault)
		return refuse(req, res, fault);
	status = search_run(req->site->search, req->arena, &req->reader, &lq.search, &result);
	if (status == INVALID)
		return refuse(req, res, _("La recherche n’a pas été comprise."));
	if (status == OK)
		status = fill_found(req, &result, &v);
	if (status == OK)
		status = offer_to_keep(req, &v.found, list_query_url(req->arena, &lq).address);
	if (status != OK)
		return status;

	v.text = lq.search.text;
	v.count = resources_in_words(req->arena, result.total, result.n_closed);
	fill_chosen(req, &lq, &result, &v);
	fill_facets(req, &result, &v);
	fill_sort(req, &lq, &v);
	fill_paging(req, &lq, result.total, &v);
	list_tell(req, &lq, &result, &v);
	fill_frame(req, &lq, &v);
	list_html(&res->body, &v);
	return OK;
}
