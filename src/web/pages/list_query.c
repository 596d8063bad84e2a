#include "web/pages/list_query.h"

#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "base/tr.h"
#include "store/slug.h"
#include "web/address.h"
#include "web/pages/pages.h"

enum { MAX_PAIRS = N_FACETS * SEARCH_VALUES + 3 };

const char *const facet_param[N_FACETS] = {
	[FACET_KIND] = "type",    [FACET_CATEGORY] = "categorie",
	[FACET_KEYWORD] = "mot",  [FACET_TERRITORY] = "territoire",
	[FACET_YEAR] = "annee",   [FACET_COLLECTION] = "collection",
	[FACET_ACCESS] = "acces",
};

const char *const resources_known[] = { "q",          "type",  "categorie",  "mot",
					"territoire", "annee", "collection", "acces",
					"tri",        "page",  NULL };

static bool is_year(const char *text)
{
	return strlen(text) == 4 && strspn(text, "0123456789") == 4;
}

/* What is wrong with a value of a facet, or NULL. */
static const char *fault_of(enum facet facet, const char *value)
{
	enum visibility visibility;

	if (facet == FACET_YEAR)
		return is_year(value) ? NULL : _("Une année s’écrit avec quatre chiffres.");
	if (facet == FACET_ACCESS)
		return visibility_parse(value, &visibility)
			       ? NULL
			       : _("L’accès est « public », « members » ou « restricted ».");
	return slug_is_valid(value) ? NULL : _("Un des filtres a une valeur impossible.");
}

static bool has(const struct search_query *q, enum facet facet, const char *value)
{
	for (size_t i = 0; i < q->n_values[facet]; i++)
		if (!strcmp(q->value[facet][i], value))
			return true;
	return false;
}

static const char *read_value(struct search_query *q, enum facet facet, const char *value)
{
	const char *fault;

	if (!*value || has(q, facet, value))
		return NULL;
	fault = fault_of(facet, value);
	if (fault)
		return fault;
	if (q->n_values[facet] == SEARCH_VALUES)
		return _("Trop de filtres sont choisis à la fois.");
	q->value[facet][q->n_values[facet]++] = value;
	return NULL;
}

static const char *read_facets(struct request *req, struct search_query *q)
{
	const char *fault = NULL;

	for (size_t i = 0; i < req->n_query && !fault; i++)
		for (enum facet f = 0; f < N_FACETS && !fault; f++)
			if (!strcmp(req->query[i].name, facet_param[f]))
				fault = read_value(q, f, req->query[i].value);
	return fault;
}

static const char *read_text(struct request *req, struct search_query *q)
{
	const char *text = request_query(req, "q");

	q->text = text ? text_squeeze(req->arena, text) : "";
	return strlen(q->text) < SEARCH_QUERY_MAX
		       ? NULL
		       : _("La recherche est trop longue : gardez-en les mots importants.");
}

static const char *read_sort(struct request *req, struct search_query *q)
{
	const char *sort = request_query(req, "tri");

	q->sort = sort && !strcmp(sort, "date") ? BY_DATE : BY_RELEVANCE;
	if (!sort || !*sort || q->sort == BY_DATE || !strcmp(sort, "pertinence"))
		return NULL;
	return _("Le tri se fait par « pertinence » ou par « date ».");
}

static const char *read_page(struct request *req, struct list_query *lq)
{
	lq->page = request_number(req, "page", 1, LIST_PAGE_MAX);
	if (lq->page < 0)
		return _("Le numéro de page est un nombre, à partir de 1.");
	lq->search.limit = LIST_PAGE_SIZE;
	lq->search.offset = (int)(lq->page - 1) * LIST_PAGE_SIZE;
	return NULL;
}

const char *list_query_read(struct request *req, struct list_query *lq)
{
	const char *fault;

	*lq = (struct list_query){ .page = 1 };
	fault = read_text(req, &lq->search);
	if (!fault)
		fault = read_facets(req, &lq->search);
	if (!fault)
		fault = read_sort(req, &lq->search);
	if (!fault)
		fault = read_page(req, lq);
	return fault;
}

struct url list_query_url(struct arena *a, const struct list_query *lq)
{
	const struct search_query *q = &lq->search;
	struct pair pair[MAX_PAIRS];
	size_t n = 0;

	if (q->text && *q->text)
		pair[n++] = (struct pair){ "q", q->text };
	for (enum facet f = 0; f < N_FACETS; f++)
		for (size_t i = 0; i < q->n_values[f]; i++)
			pair[n++] = (struct pair){ facet_param[f], q->value[f][i] };
	if (q->text && *q->text && q->sort == BY_DATE)
		pair[n++] = (struct pair){ "tri", "date" };
	if (lq->page > 1)
		pair[n++] = (struct pair){ "page", arena_printf(a, "%" PRId64, lq->page) };
	return (struct url){ address_write(a, "/ressources", pair, n) };
}

struct url list_query_without(struct arena *a, const struct list_query *lq, enum facet facet,
			      const char *value)
{
	struct list_query other = *lq;
	size_t n = 0;

	for (size_t i = 0; i < lq->search.n_values[facet]; i++)
		if (strcmp(lq->search.value[facet][i], value) != 0)
			other.search.value[facet][n++] = lq->search.value[facet][i];
	other.search.n_values[facet] = n;
	other.page = 1;
	return list_query_url(a, &other);
}

struct url list_query_bare(struct arena *a, const struct list_query *lq)
{
	struct list_query other = *lq;

	memset(other.search.n_values, 0, sizeof(other.search.n_values));
	other.page = 1;
	return list_query_url(a, &other);
}

struct url list_query_sorted(struct arena *a, const struct list_query *lq, enum search_sort sort)
{
	struct list_query other = *lq;

	other.search.sort = sort;
	other.page = 1;
	return list_query_url(a, &other);
}

struct url list_query_page(struct arena *a, const struct list_query *lq, int64_t page)
{
	struct list_query other = *lq;

	other.page = page;
	return list_query_url(a, &other);
}

struct url list_query_words(struct arena *a, const struct list_query *lq, const char *words)
{
	struct list_query other = *lq;

	if (strlen(words) >= SEARCH_QUERY_MAX)
		return (struct url){ NULL };
	other.search.text = words;
	other.page = 1;
	return list_query_url(a, &other);
}

/* Bytes of the next word, or of what stands between quotation marks, with its sign. */
static size_t piece_length(const char *at)
{
	const char *start = at + (*at == '-');
	const char *close = *start == '"' ? strchr(start + 1, '"') : NULL;

	if (*start == '"')
		return close ? (size_t)(close + 1 - at) : strlen(at);
	return (size_t)(start - at) + strcspn(start, " \"");
}

/* Left out words and beginnings of words are never corrected. */
static bool is_exact(const char *piece, size_t length)
{
	return *piece == '-' || *piece == '"' || piece[length - 1] == '*';
}

const char *words_exactly(struct arena *a, const char *words)
{
	const char *exact = "";

	while (*words) {
		size_t n = piece_length(words);
		const char *mark = n && is_exact(words, n) ? "" : "\"";

		if (n)
			exact = arena_printf(a, "%s%s%s%.*s%s", exact, *exact ? " " : "", mark,
					     (int)n, words, mark);
		words += n;
		words += strspn(words, " ");
	}
	return exact;
}

size_t list_query_filters(const struct list_query *lq)
{
	size_t n = 0;

	for (enum facet f = 0; f < N_FACETS; f++)
		n += lq->search.n_values[f];
	return n;
}

struct url list_of(struct arena *a, enum facet facet, const char *value)
{
	struct pair pair = { facet_param[facet], value };

	return (struct url){ address_write(a, "/ressources", &pair, 1) };
}
