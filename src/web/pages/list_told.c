#include "web/pages/list_told.h"

#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "base/tr.h"
#include "web/pages/parts.h"

const char *words_quoted(const struct request *req, const char *words)
{
	struct arena *a = req->arena;
	const char *text = "", *mark;
	bool open = false;

	while ((mark = strchr(words, '"')) != NULL) {
		text = arena_printf(a, "%s%.*s%s", text, (int)(mark - words), words,
				    open ? "”" : "“");
		open = !open;
		words = mark + 1;
	}
	return say(req, arena_printf(a, _("« %s%s »"), text, words));
}

/* A word, or several that follow each other: "…". */
static const char *as_query(struct arena *a, const char *word)
{
	return strchr(word, ' ') && *word != '"' ? arena_printf(a, "\"%s\"", word) : word;
}

/* What each word alone would find: of use when there are several and no one thing holds all. */
static void fill_alone(struct request *req, const struct list_query *lq,
		       const struct search_result *result, struct list_view *v)
{
	if (result->n_words < 2)
		return;
	v->alone = arena_make(req->arena, struct word_view, result->n_words);
	v->n_alone = result->n_words;
	for (size_t i = 0; i < result->n_words; i++) {
		const struct search_word *word = &result->word[i];
		const char *query = as_query(req->arena, word->text);

		v->alone[i] = (struct word_view){
			.text = words_quoted(req, query),
			.count = resources_in_words(req->arena, word->count, 0),
		};
		if (word->count)
			v->alone[i].url = list_query_words(req->arena, lq, query);
	}
}

/* What was done with the words, when it is not what was asked. */
static void fill_told(struct request *req, const struct list_query *lq,
		      const struct search_result *result, struct list_view *v)
{
	const char *exactly = words_exactly(req->arena, lq->search.text);

	v->relaxed = result->relaxed;
	fill_alone(req, lq, result, v);
	if (!result->corrected)
		return;
	v->corrected = words_quoted(req, result->corrected);
	v->typed = words_quoted(req, lq->search.text);
	v->exactly = list_query_words(req->arena, lq, exactly);
}

/* "« Type de ressource : Guide », « Année : 2024 »" */
static const char *filters_in_words(struct arena *a, const struct list_view *v)
{
	const char *words = "";

	for (size_t i = 0; i < v->chosen.n_tags; i++)
		words = arena_printf(a, _("%s%s« %s : %s »"), words, i ? ", " : "",
				     v->chosen.tag[i].note, v->chosen.tag[i].label);
	return words;
}

static unsigned blanks_in(const char *squeezed)
{
	unsigned n = 0;

	while ((squeezed = strchr(squeezed, ' ')) != NULL) {
		squeezed++;
		n++;
	}
	return n;
}

/* "les mots « marchés publics », avec le filtre « Type de ressource : Guide »", or NULL. */
static const char *in_words(const struct request *req, const struct list_query *lq,
			    const struct list_view *v)
{
	struct arena *a = req->arena;
	const char *words = NULL;

	if (*lq->search.text)
		words = arena_printf(a,
				     _n("le mot %s", "les mots %s", blanks_in(lq->search.text) + 1),
				     words_quoted(req, lq->search.text));
	if (v->chosen.n_tags)
		words = arena_printf(
			a, _n("%s, avec le filtre %s", "%s, avec les filtres %s", v->chosen.n_tags),
			words ? words : _("toutes les ressources"), filters_in_words(a, v));
	return words ? say(req, words) : NULL;
}

static void fill_empty(struct request *req, const struct list_query *lq, int64_t total,
		       struct list_view *v)
{
	if (v->found.n_entries)
		return;
	if (total) {
		v->empty = _("Cette page est après la dernière");
		v->first_page = list_query_page(req->arena, lq, 1);
		return;
	}
	v->understood = in_words(req, lq, v);
	v->empty = v->understood ? _("Rien ne correspond à cette recherche")
				 : _("Aucune ressource n’est encore publiée");
}

void list_tell(struct request *req, const struct list_query *lq, const struct search_result *result,
	       struct list_view *v)
{
	fill_told(req, lq, result, v);
	fill_empty(req, lq, result->total, v);
}
