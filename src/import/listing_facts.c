#include "import/listing_facts.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "import/listing_prose.h"

enum {
	LONGEST_NAME = 80,
	LONGEST_KEYWORD = 120,
	MOST_KEYWORDS = 50,
	FIRST_BLOCKS = 3,
	MOST_LOOKUPS = 500,
	MOST_LINES = 20000
};

void texts_add(struct arena *a, struct listing_texts *texts, const char *text)
{
	*arena_push(a, texts->text, texts->n_texts, texts->capacity) = text;
}

static void add_new(struct arena *a, struct listing_texts *texts, const char *text)
{
	const char *fold = text_fold(a, text);

	for (size_t i = 0; i < texts->n_texts; i++)
		if (!strcmp(text_fold(a, texts->text[i]), fold))
			return;
	texts_add(a, texts, text);
}

/* ---- form -------------------------------------------------------------------------------- */

static const struct form {
	const char *pattern, *label;
} form[] = {
	{ "cycle* de webinaires", "Cycle de webinaires" },
	{ "cycle* de conferences", "Cycle de conférences" },
	{ "cycle*", "Cycle" },
	{ "webinaire*", "Webinaire" },
	{ "conference*", "Conférence" },
	{ "table ronde", "Table ronde" },
	{ "atelier*", "Atelier" },
	{ "rencontre*", "Rencontre" },
	{ "fiche*", "Fiche" },
	{ "guide*", "Guide" },
	{ "compte-rendu", "Compte rendu" },
	{ "compte rendu", "Compte rendu" },
	{ "synthese*", "Synthèse" },
	{ "etude*", "Étude" },
	{ "rapport*", "Rapport" },
	{ "note*", "Note" },
	{ "livret*", "Livret" },
	{ "kit*", "Kit" },
	{ "annuaire*", "Annuaire" },
	{ "article*", "Article" },
	{ "video*", "Vidéo" },
	{ "podcast*", "Podcast" },
};

static const char *form_in(struct arena *a, const char *text)
{
	struct words w = words_of(a, text);

	for (size_t k = 0; k < sizeof(form) / sizeof(*form); k++)
		for (size_t i = 0; i < w.n_words; i++)
			if (words_match(&w, i, form[k].pattern))
				return form[k].label;
	return NULL;
}

/* "un guide à destination", "cette synthèse de 4 pages": what a text calls itself. */
static const char *form_called(struct arena *a, const char *text)
{
	static const char *const one[] = { "un", "une", "ce", "cet", "cette", NULL };
	struct words w = words_of(a, text);

	for (size_t i = 1; i < w.n_words; i++)
		for (size_t k = 0; k < sizeof(form) / sizeof(*form); k++)
			if (words_match(&w, i, form[k].pattern) && words_match_before(&w, i, one))
				return form[k].label;
	return NULL;
}

/* ---- collections ------------------------------------------------------------------------- */

static const char *const collections[] = { "collection", NULL };

static size_t capital_run(const struct words *w, size_t i)
{
	static const char *const small[] = { "de", "du", "des", "la",   "le", "les",
					     "l'", "d'", "et",  "pour", "en", NULL };
	size_t end = i, last = i;

	while (end < w->n_words && end < i + 8) {
		bool capital = begins_capital(w->text + w->word[end].at);

		if (end > i && w->word[end].at > w->word[end - 1].end + 1)
			break;
		if (!capital && (end == i || !words_match_any(w, end, small)))
			break;
		end++;
		if (capital)
			last = end;
	}
	return last;
}

/* The name after "collection", quoted or in capitals; NULL when there is none. */
static const char *name_after(struct arena *a, const struct words *w, size_t i)
{
	struct span inner, outer;
	size_t from = w->word[i].end, end;

	if (quoted_find(w->text, from, &inner, &outer) && outer.at <= from + 2)
		return piece_of(a, w->text, inner.at, inner.end);
	end = capital_run(w, i + 1);
	if (end == i + 1 || w->word[i + 1].at != from + 1)
		return NULL;
	return piece_of(a, w->text, w->word[i + 1].at, w->word[end - 1].end);
}

void collection_names_learn(struct arena *a, const char *text, struct collection_names *names)
{
	struct words w = words_of(a, text);

	if (names->lines.n_texts < MOST_LINES)
		texts_add(a, &names->lines, text_fold(a, text));
	for (size_t i = 0; i < w.n_words; i++) {
		const char *name =
			words_match_any(&w, i, collections) ? name_after(a, &w, i) : NULL;

		if (name && strlen(name) <= LONGEST_NAME)
			add_new(a, &names->name, name);
	}
}

/* "9ème numéro de sa collection", "numéro 9 de la", "n°9 de la": 0 when it is not told. */
static int number_before(const struct words *w, size_t i)
{
	static const char *const sign[] = { "numero", "n°", "no", NULL };
	size_t from = i > 6 ? i - 6 : 0, at = words_find(w, from, i, sign);
	int number = 0;

	if (at == i)
		return 0;
	if (at + 1 < i)
		number = atoi(w->word[at + 1].fold);
	if (!number && at)
		number = atoi(w->word[at - 1].fold);
	return number > 0 && number < 100000 ? number : 0;
}

/* In a sentence a name may stop short: "la collection Les Cahiers" of "Les Cahiers du …". */
static bool begin_alike(const char *one, const char *other)
{
	size_t n = strlen(one), m = strlen(other);

	return !strncmp(one, other, n < m ? n : m);
}

static void read_collection_in(struct arena *a, struct listing_record *r, const char *text)
{
	struct words w = words_of(a, text);
	size_t i = words_find(&w, 0, w.n_words, collections);
	const char *name = i < w.n_words ? name_after(a, &w, i) : NULL;

	if (!name || strlen(name) > LONGEST_NAME)
		return;
	if (!r->collection)
		r->collection = name;
	if (!r->number && begin_alike(text_fold(a, r->collection), text_fold(a, name)))
		r->number = number_before(&w, i);
}

static const char *const no_collections[] = { "loi*",       "decret*",     "arrete*",
					      "reglement*", "circulaire*", "ordonnance*",
					      "directive*", "appel*",      "article*",
					      NULL };

/* "FICHE PAS À PAS": the form goes, unless little is left without it. */
static const char *without_form(struct arena *a, const char *name)
{
	struct words w = words_of(a, name);
	const char *rest;

	if (w.n_words < 2 || !form_in(a, arena_strndup(a, name, w.word[0].end)))
		return name;
	rest = name + w.word[1].at;
	if (shouts(a, name))
		return w.n_words > 2 ? rest : name;
	return begins_capital(rest) ? rest : name;
}

/* "Fiche … N°112 : …" */
static bool read_numbered_title(struct arena *a, struct listing_record *r,
				struct spelling *spelling)
{
	static const char *const sign[] = { "n°", "no", "numero", NULL };
	struct words w = words_of(a, r->title);
	size_t i = words_find(&w, 1, w.n_words, sign);
	const char *name, *colon;

	if (i + 1 >= w.n_words || words_match_any(&w, 0, no_collections) ||
	    title_is_of_session(a, r->title))
		return false;
	colon = strchr(r->title, ':');
	if (strspn(w.word[i + 1].fold, "0123456789") != strlen(w.word[i + 1].fold) ||
	    strlen(w.word[i + 1].fold) > 5 || (colon && colon < r->title + w.word[i].at))
		return false;
	name = without_form(a, piece_of(a, r->title, 0, w.word[i].at));
	if (!*name || strlen(name) > LONGEST_NAME)
		return false;
	r->collection = shouts(a, name) ? sentence_case(spelling, name) : name;
	r->number = atoi(w.word[i + 1].fold);
	return r->number > 0;
}

static bool is_used_elsewhere(struct arena *a, struct collection_names *names, const char *name,
			      const char *title)
{
	const char *fold = text_fold(a, name), *own = text_fold(a, title);

	if (names->lookups++ > MOST_LOOKUPS)
		return false;
	for (size_t i = 0; i < names->lines.n_texts; i++) {
		const char *line = names->lines.text[i], *at = strstr(line, fold);

		for (; at; at = strstr(at + 1, fold)) {
			const char *after = at + strlen(fold) + strspn(at + strlen(fold), " ");

			if (strcmp(line, own) != 0 &&
			    (!strncmp(after, "\"", 1) || !strncmp(after, "«", 2) ||
			     !strncmp(after, "“", 3)))
				return true;
		}
	}
	return false;
}

static bool holds_known_name(struct arena *a, const struct collection_names *names,
			     const char *name)
{
	for (size_t i = 0; i < names->name.n_texts; i++) {
		const char *const pattern[] = { text_fold(a, names->name.text[i]), NULL };

		if (strlen(pattern[0]) >= 4 && text_says(a, name, pattern))
			return true;
	}
	return false;
}

/* 'Points de … "…"': a name, then a title in quotes and nothing more. */
static bool read_quoted_title(struct arena *a, struct listing_record *r,
			      struct collection_names *names)
{
	struct span inner, outer;
	const char *name;

	if (!quoted_find(r->title, 1, &inner, &outer) || r->title[outer.end] || outer.at < 2 ||
	    r->title[outer.at - 1] != ' ' || strchr(":-|", r->title[outer.at - 2]))
		return false;
	name = piece_of(a, r->title, 0, outer.at);
	if (strlen(name) > LONGEST_NAME || title_is_of_session(a, name) ||
	    (form_in(a, name) && words_of(a, name).n_words < 3))
		return false;
	if (!holds_known_name(a, names, name) && !is_used_elsewhere(a, names, name, r->title))
		return false;
	r->collection = name;
	return true;
}

/* ---- edition, extent, date --------------------------------------------------------------------
 */

static void set_date(struct listing_record *r, const struct french_date *d)
{
	if (*r->published_on || !d->year)
		return;
	r->precision = d->day ? BY_DAY : BY_MONTH;
	day_write(d->year, d->month, d->day ? d->day : 1, r->published_on);
}

/* "(Février 2024)" */
static bool bracketed_month(struct arena *a, const char *text, struct french_date *d,
			    const char **told)
{
	for (size_t from = 0; french_date_find(text, from, d); from = d->at + d->length) {
		if (d->day || !d->at || text[d->at - 1] != '(' || text[d->at + d->length] != ')')
			continue;
		*told = piece_of(a, text, d->at, d->at + d->length);
		return true;
	}
	return false;
}

static void read_edition(struct arena *a, struct listing_record *r, const char *text)
{
	struct french_date d;
	const char *told;

	if (r->edition || !bracketed_month(a, text, &d, &told))
		return;
	if (r->collection)
		r->edition = capitalised(a, told);
	set_date(r, &d);
}

static const char *const extents[] = { "pages",         "fiches pratiques",
				       "fiches",        "fiches-outils",
				       "fiches outils", "volumes",
				       "chapitres",     NULL };
static const char *const carriers[] = { "synthese", "guide",  "fiche",   "document", "publication",
					"note",     "etude",  "rapport", "livret",   "brochure",
					"dossier",  "cahier", NULL };
static const char *const this[] = { "ce", "cet", "cette", "un", "une", NULL };

static bool carries(const struct words *w, size_t i)
{
	size_t from = i > 4 ? i - 4 : 0, at = words_find(w, from, i, carriers);

	return at < i && at > 0 && words_match_before(w, at, this);
}

static void read_extent(struct arena *a, struct listing_record *r, const char *text, bool is_title)
{
	struct words w = words_of(a, text);

	for (size_t i = 0; i + 1 < w.n_words && !r->extent; i++) {
		size_t n = words_match_any(&w, i + 1, extents);

		if (!n || strspn(w.word[i].fold, "0123456789") != strlen(w.word[i].fold))
			continue;
		if (is_title || carries(&w, i))
			r->extent = piece_of(a, text, w.word[i].at, w.word[i + n].end);
	}
}

static const char *const published[] = { "publie le",       "publiee le",       "publies le",
					 "publiees le",     "paru le",          "parue le",
					 "mis en ligne le", "mise en ligne le", "publie en",
					 "publiee en",      "paru en",          "parue en",
					 "parution en",     "parution le",      NULL };

static void read_published(struct arena *a, struct listing_record *r, const char *text)
{
	struct words w = words_of(a, text);
	struct french_date d;

	for (size_t from = 0; french_date_find(text, from, &d); from = d.at + d.length) {
		size_t at = word_at(&w, d.at), n = words_match_before(&w, at, published);
		size_t first = at - n > 4 ? at - n - 4 : 0;

		if (n && words_find(&w, first, at - n, no_collections) == at - n)
			set_date(r, &d);
	}
}

static void date_from_session(struct listing_record *r)
{
	const struct listing_session *s = r->programme.session;

	if (*r->published_on || r->programme.n_sessions != 1 || s->closed || !*s->on)
		return;
	memcpy(r->published_on, s->on, sizeof(s->on));
	r->precision = BY_DAY;
}

static void date_from_title(struct listing_record *r)
{
	struct french_date d;

	if (french_date_find(r->title, 0, &d) && r->programme.n_sessions <= 1)
		set_date(r, &d);
}

/* ---- keywords ------------------------------------------------------------------------------- */

/* " - Mai 2022", "(mai 2022)" after the keywords: cut off, and kept as the date. */
static const char *without_date(struct arena *a, struct listing_record *r, const char *text)
{
	struct french_date d;
	size_t from = 0;

	while (french_date_find(text, from, &d)) {
		size_t end = d.at + d.length;

		from = end;
		if (strspn(text + end, " .)") != strlen(text + end))
			continue;
		set_date(r, &d);
		end = d.at;
		while (end && strchr(" (-|", text[end - 1]))
			end--;
		return piece_of(a, text, 0, end);
	}
	return text;
}

void keywords_read(struct arena *a, struct listing_record *r, const char *text)
{
	const char *all = without_date(a, r, text);
	char mark = strchr(all, ';') ? ';' : strchr(all, ',') ? ',' : '/';

	while (*all && r->keywords.n_texts < MOST_KEYWORDS) {
		const char *end = strchr(all, mark);
		size_t length = end ? (size_t)(end - all) : strlen(all);
		const char *word = piece_of(a, all, 0, length);

		if (ends_with(word, "."))
			word = piece_of(a, word, 0, strlen(word) - 1);
		if (*word && strlen(word) <= LONGEST_KEYWORD)
			add_new(a, &r->keywords, word);
		all += length + (end != NULL);
	}
}

void date_told(struct listing_record *r, const char *text)
{
	struct french_date d;

	if (french_date_find(text, 0, &d))
		set_date(r, &d);
}

/* ---- all of them ------------------------------------------------------------------------------
 */

static void read_text(struct arena *a, struct listing_record *r, const struct block *b, size_t i)
{
	if (b->kind == BLOCK_KEYWORDS)
		keywords_read(a, r, keywords_told(a, b->text));
	if (b->kind == BLOCK_PARAGRAPH && i < FIRST_BLOCKS)
		read_collection_in(a, r, b->text);
	if (b->kind == BLOCK_PARAGRAPH || b->kind == BLOCK_CALL)
		read_edition(a, r, b->text);
	if (b->kind == BLOCK_PARAGRAPH) {
		read_extent(a, r, b->text, false);
		read_published(a, r, b->text);
	}
}

void facts_read(struct arena *a, struct listing_record *r, const struct blocks *blocks,
		size_t n_open, struct spelling *spelling, struct collection_names *names)
{
	if (!read_numbered_title(a, r, spelling))
		read_quoted_title(a, r, names);
	read_extent(a, r, r->title, true);
	r->form = form_in(a, r->title);
	for (size_t i = 0; i < n_open; i++)
		read_text(a, r, &blocks->block[i], i);
	read_edition(a, r, r->title);
	for (size_t i = 0; i < n_open && !r->form; i++)
		if (blocks->block[i].kind == BLOCK_PARAGRAPH)
			r->form = form_called(a, blocks->block[i].text);
	date_from_session(r);
	date_from_title(r);
}
