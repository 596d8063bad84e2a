#include "import/listing_links.h"

#include <string.h>

#include "base/arena.h"
#include "base/text.h"

enum {
	LONGEST_CALL = 25,
	LONGEST_SENTENCE = 60,
	LONGEST_LABEL = 300,
	LONGEST_ABOUT = 160,
	MOST_LINKS = 500
};

/* ---- words ---------------------------------------------------------------------------- */

/* What a link leads to, by its noun. The first that is met after the call decides. */
static const struct noun {
	const char *pattern, *role, *name;
} noun[] = {
	{ "replay*", "recording", "Replay" },
	{ "enregistrement*", "recording", "Enregistrement" },
	{ "video*", "recording", "Vidéo" },
	{ "captation*", "recording", "Captation" },
	{ "rediffusion*", "recording", "Rediffusion" },
	{ "podcast*", "recording", "Podcast" },
	{ "compte-rendu*", "report", "Compte rendu" },
	{ "comptes-rendus", "report", "Comptes rendus" },
	{ "compte rendu", "report", "Compte rendu" },
	{ "synthese*", "report", "Synthèse" },
	{ "restitution*", "report", "Restitution" },
	{ "actes", "report", "Actes" },
	{ "releve*", "report", "Relevé" },
	{ "diaporama*", "slides", "Diaporama" },
	{ "presentation*", "slides", "Présentation" },
	{ "support*", "slides", "Support" },
	{ "programme*", "programme", "Programme" },
	{ "article*", "article", "Article" },
	{ "actualite*", "article", "Actualité" },
	{ "s' inscrire", "registration", "Inscription" },
	{ "inscri*", "registration", "Inscription" },
	{ "formulaire*", "registration", "Formulaire" },
	{ "documentation*", "documentation", "Documentation" },
	{ "ressources", "documentation", "Ressources" },
	{ "publication*", "download", "Publication" },
	{ "fiche*", "download", "Fiche" },
	{ "guide*", "download", "Guide" },
	{ "etude*", "download", "Étude" },
	{ "rapport*", "download", "Rapport" },
	{ "note*", "download", "Note" },
	{ "livret*", "download", "Livret" },
	{ "brochure*", "download", "Brochure" },
	{ "document*", "download", "Document" },
	{ "cahier*", "download", "Cahier" },
	{ "kit*", "download", "Kit" },
	{ "outil*", "download", "Outil" },
	{ "plaquette*", "download", "Plaquette" },
	{ "numero", "download", "Numéro" },
	{ "site*", "external", "Site" },
	{ "page*", "external", "Page" },
};

static const char *const call_verbs[] = {
	"visionnez",      "visionner",   "voir",      "revoir",      "voyez",       "decouvrez",
	"decouvrir",      "retrouvez",   "retrouver", "telechargez", "telecharger", "consultez",
	"consulter",      "lire",        "lisez",     "relire",      "acceder a",   "accedez a",
	"acceder au",     "accedez au",  "ecoutez",   "ecouter",     "regardez",    "regarder",
	"inscrivez-vous", "s' inscrire", "cliquez",   "cliquer",     "rendez-vous", "trouverez",
	"parcourez",      "commandez",   NULL
};

static const char *const more_openings[] = { "plus d' infos",
					     "plus d' informations",
					     "plus d' information",
					     "pour en savoir plus",
					     "en savoir plus",
					     "pour plus d' informations",
					     "pour plus d' information",
					     "pour plus d' infos",
					     "lien vers",
					     "lien d' inscription",
					     "lien de connexion",
					     "formulaire d' inscription",
					     NULL };

static const char *const markers[] = { "en cliquant ici",
				       "en cliquant sur ce lien",
				       "cliquez ici",
				       "cliquer ici",
				       "sur ce lien",
				       "via ce lien",
				       "en suivant ce lien",
				       "a ce lien",
				       "au lien suivant",
				       "sur le lien suivant",
				       "sur cette page",
				       "notre article dedie",
				       "l' article dedie",
				       "notre article",
				       "au format pdf",
				       "en version pdf",
				       "version pdf",
				       "en pdf",
				       "par ici",
				       "juste ici",
				       "ici",
				       NULL };

static const char *const embed_words[] = { "ci-dessous", "ci-apres", "ci dessous", NULL };
static const char *const here[] = { "dans cet article", "dans cette page", "dans ce numero", NULL };

static const char *const articles[] = { "le",  "la",  "les",   "l'",       "notre",      "nos",
					"un",  "une", "des",   "ce",       "cet",        "cette",
					"ces", "du",  "de la", "tous les", "toutes les", "dans",
					"sur", "a",   "au",    "aux",      "de",         "d'",
					"et",  "ou",  NULL };

static const char *const tails[] = { "est a retrouver",
				     "sont a retrouver",
				     "a retrouver",
				     "est disponible",
				     "sont disponibles",
				     "disponible",
				     "disponibles",
				     "est accessible",
				     "sont accessibles",
				     "est a telecharger",
				     "a telecharger",
				     "est en ligne",
				     "est consultable",
				     "en",
				     "sur",
				     "dans",
				     "via",
				     "et",
				     "est",
				     "sont",
				     "a",
				     NULL };

/* ---- nouns ------------------------------------------------------------------------------- */

static const struct noun *noun_at(const struct words *w, size_t i)
{
	for (size_t k = 0; k < sizeof(noun) / sizeof(*noun); k++)
		if (words_match(w, i, noun[k].pattern))
			return &noun[k];
	return NULL;
}

static const struct noun *first_noun(const struct words *w, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++)
		if (noun_at(w, i))
			return noun_at(w, i);
	return NULL;
}

static size_t past_articles(const struct words *w, size_t i)
{
	size_t n;

	while (i < w->n_words && (n = words_match_any(w, i, articles)))
		i += n;
	return i;
}

/* "Voir la synthèse", "Téléchargez les Points de…": past the verb and the article. */
static size_t past_call(const struct words *w, size_t i)
{
	size_t n = words_match_any(w, i, call_verbs);

	return n ? past_articles(w, i + n) : i;
}

/* "(re)voir" is two words: the verb is the second. */
static size_t skip_prefix(const struct words *w, size_t i)
{
	return i < w->n_words && !strcmp(w->word[i].fold, "re") ? i + 1 : i;
}

/* ---- lines that only call ------------------------------------------------------------------- */

/* "ici" ends what it says; "ici montée en charge" does not. */
static bool is_marker_end(const struct words *w, size_t i)
{
	size_t end = w->word[i - 1].end;

	if (i == w->n_words || !strcmp(w->word[i].fold, "et") || !strcmp(w->word[i].fold, "ou"))
		return true;
	return strchr(".,;:)!", w->text[end]) != NULL && w->text[end];
}

static size_t marker_at(const struct words *w, size_t i)
{
	size_t n = words_match_any(w, i, markers);

	return n && is_marker_end(w, i + n) ? n : 0;
}

static size_t find_marker(const struct words *w, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++)
		if (marker_at(w, i))
			return i;
	return to;
}

static bool has_colon_inside(const char *text)
{
	const char *colon = strchr(text, ':');

	return colon && colon[1] && strchr(text, '.');
}

bool link_is_embed(struct arena *a, const char *text)
{
	struct words w = words_of(a, text);
	const struct noun *n = first_noun(&w, 0, w.n_words);

	if (!n || strcmp(n->role, "recording") != 0 || w.n_words > LONGEST_CALL)
		return false;
	return words_find(&w, 0, w.n_words, embed_words) < w.n_words || ends_with(text, ":");
}

static bool calls_by_verb(const struct words *w, size_t i)
{
	size_t after = past_call(w, i);

	return after > i && (noun_at(w, after) || !strcmp(w->word[i].fold, "telechargez") ||
			     !strcmp(w->word[i].fold, "telecharger"));
}

bool link_is_call(struct arena *a, const char *text)
{
	struct words w = words_of(a, text);
	size_t i = skip_prefix(&w, 0), at, end;

	if (!w.n_words || w.n_words > LONGEST_CALL || address_find(text, 0, &at, &end) ||
	    strchr(text, '@') || has_colon_inside(text) ||
	    words_find(&w, 0, w.n_words, here) < w.n_words)
		return false;
	if (sentence_end(text, 0) < strlen(text) && !ends_with(text, "!"))
		return false;
	if (!strncmp(text, ">>", 2) || calls_by_verb(&w, i))
		return true;
	if (words_match_any(&w, 0, more_openings))
		return true;
	return words_match_any(&w, i, call_verbs) && find_marker(&w, i, w.n_words) < w.n_words;
}

/* ---- labels ------------------------------------------------------------------------------------
 */

static const char *label_from(const struct links_context *c, const char *text)
{
	if (shouts(c->a, text))
		text = sentence_case(c->spelling, text);
	return text_clip(c->a, capitalised(c->a, text), LONGEST_LABEL);
}

static size_t last_call(const struct words *w, size_t from, size_t to)
{
	for (size_t i = to; i-- > from;)
		if (words_match_any(w, i, call_verbs))
			return i;
	return to;
}

static size_t before_tails(const struct words *w, size_t from, size_t to)
{
	size_t n;

	while (to > from && (n = words_match_before(w, to, tails)) && n <= to - from)
		to -= n;
	return to;
}

/* Past a colon that parts an opening ("Plus d'infos :") from what is led to. */
static size_t past_colon(const struct words *w, size_t from, size_t to)
{
	for (size_t i = to; i-- > from + 1;)
		for (size_t at = w->word[i - 1].end; at < w->word[i].at; at++)
			if (w->text[at] == ':')
				return i;
	return from;
}

/* A quoted title ends what it names. */
static size_t past_quote(const struct words *w, size_t from, size_t to)
{
	struct span inner, outer;

	if (from >= to || !quoted_find(w->text, w->word[from].at, &inner, &outer) ||
	    outer.end > w->word[to - 1].end + 4)
		return to ? w->word[to - 1].end : 0;
	return outer.end;
}

/* The words that name what a link leads to: words [from, to) of the text. */
static const char *named(const struct links_context *c, const struct words *w, size_t from,
			 size_t to)
{
	size_t verb = last_call(w, from, to), start = verb < to ? past_call(w, verb) : to;
	size_t end = before_tails(w, start < to ? start : to, to);

	if (start >= end) {
		start = past_articles(w, past_colon(w, from, to));
		end = before_tails(w, start < verb ? start : verb, verb);
	}
	if (start >= end)
		return "";
	return piece_of(c->a, w->text, w->word[start].at, past_quote(w, start, end));
}

static size_t count_named(const struct listing_links *links, const char *name)
{
	size_t n = 0;

	for (size_t i = 0; i < links->n_links; i++)
		n += links->link[i].name && !strcmp(links->link[i].name, name);
	return n;
}

/* The second of the same name is told apart by its rank. */
static void add(const struct links_context *c, struct listing_links *links,
		struct listing_link link)
{
	size_t n = count_named(links, link.label);

	if (links->n_links >= MOST_LINKS)
		return;
	link.name = link.label;
	if (n)
		link.label = arena_printf(c->a, "%s (%zu)", link.name, n + 1);
	link.closed = c->closed;
	*arena_push(c->a, links->link, links->n_links, links->capacity) = link;
}

/* What a call leads to when no noun says it. */
static const struct noun *noun_of_call(const struct words *w, size_t from, size_t to)
{
	static const struct noun download = { "", "download", "Document à télécharger" };
	static const struct noun registration = { "", "registration", "Inscription" };
	static const struct noun unknown = { "", "external", "Lien" };
	static const char *const downloads[] = { "telecharge*", NULL };
	static const char *const registers[] = { "inscri*", "s' inscrire", NULL };

	if (words_find(w, from, to, downloads) < to)
		return &download;
	return words_find(w, from, to, registers) < to ? &registration : &unknown;
}

/* Under a session the label says which: "Replay – « … »" tells more than "ici". */
static void add_lost(const struct links_context *c, struct listing_links *links, const char *lost,
		     const struct noun *n, const char *name, const char *words)
{
	const char *label = *name ? name : n->name;

	/* What has a name of its own keeps it. */
	if (c->about && words_of(c->a, label).n_words <= 2)
		label = arena_printf(c->a, "%s – %s", n->name,
				     text_clip(c->a, c->about, LONGEST_ABOUT));
	add(c, links,
	    (struct listing_link){
		    .role = n->role, .label = label_from(c, label), .words = words, .lost = lost });
}

void link_add_lost(const struct links_context *c, const char *lost, const char *text,
		   struct listing_links *links)
{
	const char *label = piece_of(c->a, text, 0, strlen(text));

	add(c, links,
	    (struct listing_link){ .role = strcmp(lost, "image") != 0 ? "related" : NULL,
				   .label = *label ? label : "…",
				   .words = *label ? label : "…",
				   .lost = lost });
}

/* The words [from, to) as they stand, without the "et" that ties them to others. */
static const char *words_as_told(const struct links_context *c, const struct words *w, size_t from,
				 size_t to)
{
	static const char *const ties[] = { "et", "ainsi que", "puis", NULL };

	size_t end;

	from += words_match_any(w, from, ties);
	if (from >= to)
		return "";
	end = w->word[to - 1].end;
	return piece_of(c->a, w->text, w->word[from].at, end + (w->text[end] == ')'));
}

/* ---- lost links in a sentence --------------------------------------------------------------- */

static const char *lost_kind(const struct words *w, size_t from, size_t to, const struct noun *n)
{
	bool plays = n && !strcmp(n->role, "recording");
	size_t end = to ? w->word[to - 1].end : 0;

	if (plays && words_find(w, from, to, embed_words) < to)
		return "embed";
	while (w->text[end] == ' ')
		end++;
	return plays && w->text[end] == ':' && !w->text[end + 1] ? "embed" : "link";
}

/* The fragment [from, to) and the marker of `n` words that ends it. */
static void read_marked(const struct links_context *c, const struct words *w, size_t from,
			size_t to, size_t n, struct listing_links *links)
{
	const struct noun *in_marker = first_noun(w, to, to + n);
	size_t verb = last_call(w, from, to);
	const struct noun *of = first_noun(w, verb < to ? verb : from, to);
	const char *name;

	if (!of)
		of = first_noun(w, from, to);
	if (in_marker) {
		for (verb = to; noun_at(w, verb) != in_marker; verb++)
			;
		name = piece_of(c->a, w->text, w->word[verb].at, w->word[to + n - 1].end);
		of = in_marker;
	} else {
		name = named(c, w, from, to);
	}
	if (!of)
		of = noun_of_call(w, from, to);
	add_lost(c, links, "link", of, name, words_as_told(c, w, from, to + n));
}

static bool read_markers(const struct links_context *c, const struct words *w, size_t from,
			 size_t to, struct listing_links *links)
{
	bool found = false;

	for (size_t at; (at = find_marker(w, from, to)) < to;) {
		size_t n = marker_at(w, at);

		/* "ici" alone, and nothing before it that could be followed. */
		if (first_noun(w, from, at + n) || last_call(w, from, at) < at || n > 1) {
			read_marked(c, w, from, at, n, links);
			found = true;
		}
		from = at + n;
	}
	return found;
}

/* "(voir l'article du réseau)" */
static bool read_bracket(const struct links_context *c, const struct words *w, size_t from,
			 size_t to, struct listing_links *links)
{
	for (size_t i = from; i < to; i++) {
		size_t at = w->word[i].at, end = i;

		if (!at || w->text[at - 1] != '(' || !calls_by_verb(w, i))
			continue;
		while (end < to && !strchr(")", w->text[w->word[end].end]))
			end++;
		end = end < to ? end + 1 : to;
		add_lost(c, links, "link", first_noun(w, i, end), named(c, w, i, end),
			 words_as_told(c, w, i, end));
		return true;
	}
	return false;
}

static const char *const more_pieces[] = { "et celui",        "et celle",     "et ceux",
					   "et celles",       "ainsi que le", "ainsi que la",
					   "ainsi que les",   "ainsi que l'", "ainsi que celui",
					   "ainsi que celle", "et le",        "et la",
					   "et les",          "et l'",        NULL };
static const char *const pronouns[] = { "celui", "celle", "ceux", "celles", NULL };

static bool begins_piece(const struct words *w, size_t i)
{
	size_t n = words_match_any(w, i, more_pieces);

	return n && (words_match_any(w, i + n - 1, pronouns) || noun_at(w, i + n));
}

/* "celui de la ville": the noun is the one of the piece before. */
static const char *piece_name(const struct links_context *c, const struct words *w, size_t from,
			      size_t to, const struct noun *last)
{
	size_t i = from;

	while (i < to && !words_match_any(w, i, pronouns) && !noun_at(w, i))
		i++;
	if (i < to && words_match_any(w, i, pronouns) && last)
		return arena_printf(c->a, "%s %s", last->name,
				    piece_of(c->a, w->text, w->word[i].end, w->word[to - 1].end));
	if (i == to)
		return named(c, w, from, to);
	return piece_of(c->a, w->text, w->word[i].at, past_quote(w, i, to));
}

/* "Retrouvez le diaporama de … et celui de …, ainsi que le guide …" */
static bool read_call(const struct links_context *c, const struct words *w, size_t from, size_t to,
		      struct listing_links *links)
{
	const struct noun *n = NULL;
	size_t first = skip_prefix(w, from), told = first;

	if (!calls_by_verb(w, first) || to - from > LONGEST_SENTENCE)
		return false;
	first = past_call(w, first);
	while (first < to) {
		size_t end = first + 1;
		const struct noun *own;

		while (end < to && !begins_piece(w, end))
			end++;
		own = first_noun(w, first, end);
		n = own ? own : n;
		if (!n)
			n = noun_of_call(w, from, to);
		add_lost(c, links, lost_kind(w, first, end, n), n,
			 piece_name(c, w, first, before_tails(w, first, end), n),
			 words_as_told(c, w, told, end));
		first = told = end;
	}
	return true;
}

static size_t find_embed(const struct words *w, size_t from, size_t to)
{
	return words_find(w, from, to, embed_words);
}

static bool read_embed(const struct links_context *c, const struct words *w, size_t from, size_t to,
		       struct listing_links *links)
{
	size_t at = find_embed(w, from, to);
	const struct noun *n = first_noun(w, from, at);

	if (!n || strcmp(n->role, "recording") != 0 || (at == to && !ends_with(w->text, ":")))
		return false;
	add_lost(c, links, "embed", n, named(c, w, from, at), words_as_told(c, w, from, to));
	return true;
}

static void read_sentence(const struct links_context *c, const struct words *w, size_t from,
			  size_t to, struct listing_links *links)
{
	static bool (*const way[])(const struct links_context *, const struct words *, size_t,
				   size_t, struct listing_links *) = { read_markers, read_embed,
								       read_bracket, read_call };

	if (words_find(w, from, to, here) < to)
		return;
	for (size_t i = 0; i < sizeof(way) / sizeof(*way); i++)
		if (way[i](c, w, from, to, links))
			return;
}

/* ---- addresses ----------------------------------------------------------------------------------
 */

bool address_find(const char *text, size_t from, size_t *at, size_t *end)
{
	for (size_t i = from; text[i]; i++) {
		bool is_http =
			!strncmp(text + i, "http://", 7) || !strncmp(text + i, "https://", 8);
		bool is_www =
			!strncmp(text + i, "www.", 4) && (i == 0 || strchr(" (", text[i - 1]));

		if (!is_http && !is_www)
			continue;
		*at = i;
		*end = i + strcspn(text + i, " <>\"|^`{}\\");
		while (*end > i && strchr(".,;:!?)'", text[*end - 1]))
			--*end;
		if (*end > i + 8)
			return true;
	}
	return false;
}

static void read_addresses(const struct links_context *c, const char *text,
			   struct listing_links *links)
{
	struct words w = words_of(c->a, text);
	size_t at, end, from = 0;

	for (; address_find(text, from, &at, &end); from = end) {
		const char *address = arena_strndup(c->a, text + at, end - at), *label;
		size_t to = word_at(&w, at), begins = from;
		const struct noun *n;

		for (size_t stop; (stop = sentence_end(text, begins)) < at;)
			begins = stop;
		n = first_noun(&w, word_at(&w, begins), to);
		label = label_from(c, named(c, &w, word_at(&w, begins), to));
		add(c, links,
		    (struct listing_link){
			    .role = n ? n->role : "external",
			    .label = *label ? label : address,
			    .url = strncmp(address, "www.", 4) != 0
					   ? address
					   : arena_printf(c->a, "https://%s", address) });
	}
}

void links_read(const struct links_context *c, const char *text, struct listing_links *links)
{
	struct words w = words_of(c->a, text);
	size_t at, end;

	read_addresses(c, text, links);
	for (size_t from = 0; text[from];) {
		size_t stop = sentence_end(text, from);
		size_t first = word_at(&w, from), last = word_at(&w, stop);

		/* Where an address stands, nothing was lost. */
		if (!address_find(text, from, &at, &end) || at >= stop)
			read_sentence(c, &w, first, last, links);
		from = stop;
	}
}
