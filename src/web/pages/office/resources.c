#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "base/tr.h"
#include "search/search.h"
#include "store/resource.h"
#include "web/pages/frame.h"
#include "web/pages/office/office.h"
#include "web/pages/parts.h"

/* As many are looked at when words are searched for and a state is chosen. */
enum { FOUND_MAX = 500 };

/* What is asked of the list. */
struct asked {
	const char *words, *state, *visibility;
	int64_t page;
};

/* A page of it. */
struct listed {
	struct resource_list list;
	int64_t total;
	bool is_cut; /* there may be more than were looked at */
};

static const char *known(const struct word *words, const char *name)
{
	for (; name && words->name; words++)
		if (!strcmp(words->name, name))
			return words->name;
	return NULL;
}

static struct asked read_asked(struct request *req)
{
	const char *words = request_query(req, "q");

	return (struct asked){
		.words = words ? text_squeeze(req->arena, words) : "",
		.state = known(state_words, request_query(req, "etat")),
		.visibility = known(visibility_sentences, request_query(req, "acces")),
		.page = request_number(req, "page", 1, OFFICE_PAGE_MAX),
	};
}

static bool is_asked(const struct asked *asked, const struct resource *r)
{
	return (!asked->state || !strcmp(asked->state, publication_name(r->status))) &&
	       (!asked->visibility || !strcmp(asked->visibility, visibility_name(r->visibility)));
}

/* Words go through the search, as for anyone; the state, which it does not know, is looked at. */
static enum status find(struct request *req, const struct asked *asked, struct listed *found)
{
	struct search_query query = { .text = asked->words,
				      .limit = FOUND_MAX,
				      .facets = 1U << FACET_ACCESS };
	struct search_result result;
	size_t capacity = 0;
	int64_t first = (asked->page - 1) * OFFICE_PAGE;
	enum status status =
		search_run(req->site->search, req->arena, &req->reader, &query, &result);

	if (status != OK)
		return status == INVALID ? OK : status;
	found->is_cut = result.total > FOUND_MAX;
	for (size_t i = 0; i < result.n_hits; i++) {
		struct resource r;

		status = resource_by_id(req->db, req->arena, &req->reader, result.hit[i].id, &r);
		if (status == NOT_FOUND || (status == OK && !is_asked(asked, &r)))
			continue;
		if (status != OK)
			return status;
		if (found->total >= first && found->total < first + OFFICE_PAGE)
			*arena_push(req->arena, found->list.resource, found->list.n_resources,
				    capacity) = r;
		found->total++;
	}
	return OK;
}

static enum status list(struct request *req, const struct asked *asked, struct listed *found)
{
	enum status status = resource_count_in_state(req->db, &req->reader, asked->state,
						     asked->visibility, &found->total);

	if (status == OK)
		status = resource_in_state(req->db, req->arena, &req->reader, asked->state,
					   asked->visibility, OFFICE_PAGE,
					   (int)(asked->page - 1) * OFFICE_PAGE, &found->list);
	return status;
}

static void fill_filter(struct request *req, struct office_view *v, const struct asked *asked)
{
	struct form f;
	struct field_view *field;

	form_begin(&f, req, URL("/gestion/ressources"), _("Filtrer"));
	form_field(&f, FIELD_TEXT, "q", _("Mots"), asked->words);
	field = form_field(&f, FIELD_CHOICE, "etat", _("État"), NULL);
	form_option(&f, field, "", _("Tous les états"), !asked->state);
	options_of(&f, field, state_words, asked->state);
	field = form_field(&f, FIELD_CHOICE, "acces", _("Accès"), NULL);
	form_option(&f, field, "", _("Tous les accès"), !asked->visibility);
	options_of(&f, field, visibility_sentences, asked->visibility);
	office_filter(v, &f);
}

static const char *access_words(const struct resource *r)
{
	const char *words = word_of(visibility_sentences, visibility_name(r->visibility));

	return r->visibility == PUBLIC || r->listed
		       ? words
		       : _("Réservée, et son existence ne se voit pas");
}

static void add_row(struct request *req, struct office_section_view *s, const struct resource *r)
{
	office_cell(req, s, say(req, r->title))->url =
		url_path(req->arena, "/gestion/ressources/", r->slug);
	office_cell(req, s, word_of(state_words, publication_name(r->status)))->state =
		publication_name(r->status);
	office_cell(req, s, access_words(r))->state = r->visibility == PUBLIC ? NULL : "closed";
	office_cell(req, s, say(req, r->kind));
	office_cell(req, s, when_published(req->arena, r).words);
	office_cell(req, s, moment_in_words(req, r->modified_at));
}

static void fill_list(struct request *req, struct office_view *v, const struct listed *found)
{
	struct office_section_view *s = office_section(req, v, NULL, NULL);

	v->count = found->is_cut ? arena_printf(req->arena,
						_("%s, parmi les 500 plus proches de ces mots"),
						resources_in_words(req->arena, found->total, 0))
				 : resources_in_words(req->arena, found->total, 0);
	office_table(req, s, _("Ressources"), _("Titre"), _("État"), _("Accès"), _("Type"),
		     _("Date"), _("Modifiée"), NULL);
	for (size_t i = 0; i < found->list.n_resources; i++)
		add_row(req, s, &found->list.resource[i]);
}

enum status office_resources_show(struct request *req, struct response *res)
{
	struct asked asked = read_asked(req);
	struct pair pair[] = { { "q", asked.words },
			       { "etat", asked.state },
			       { "acces", asked.visibility } };
	struct listed found = { 0 };
	struct office_view v;
	enum status status;

	if (asked.page < 0)
		return refuse(req, res, _("Le numéro de page est un nombre, à partir de 1."));
	status = *asked.words ? find(req, &asked, &found) : list(req, &asked, &found);
	if (status != OK)
		return status;
	office_begin(req, &v, OFFICE_RESOURCES, NULL);
	office_action(req, &v, _("Nouvelle ressource"), URL("/gestion/ressources/nouvelle"));
	fill_filter(req, &v, &asked);
	fill_list(req, &v, &found);
	office_paging(req, &v, asked.page, OFFICE_PAGE, found.total, "/gestion/ressources", pair,
		      3);
	office_html(&res->body, &v);
	return OK;
}
