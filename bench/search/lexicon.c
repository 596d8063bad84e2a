#include "lexicon.h"

#include <stdio.h>
#include <string.h>

#include "base/arena.h"

#define COUNT(array) ((uint32_t)(sizeof(array) / sizeof(*(array))))

enum { SEED = 20 };

/* ---- stop words, at their rates in a thousand --------------------------------------- */

static const struct {
	const char *text, *elided;
	unsigned rate;
} stops[] = {
	{ "de", "d", 150 },   { "la", "l", 90 },    { "le", "l", 75 },   { "les", NULL, 70 },
	{ "et", NULL, 70 },   { "des", NULL, 62 },  { "à", NULL, 50 },   { "en", NULL, 42 },
	{ "du", NULL, 40 },   { "un", NULL, 36 },   { "une", NULL, 32 }, { "pour", NULL, 28 },
	{ "dans", NULL, 24 }, { "par", NULL, 22 },  { "que", "qu", 22 }, { "qui", NULL, 22 },
	{ "est", NULL, 20 },  { "sur", NULL, 18 },  { "au", NULL, 17 },  { "aux", NULL, 13 },
	{ "il", NULL, 12 },   { "se", "s", 10 },    { "ce", NULL, 9 },   { "avec", NULL, 9 },
	{ "son", NULL, 8 },   { "sa", NULL, 7 },    { "ses", NULL, 7 },  { "ou", NULL, 8 },
	{ "sont", NULL, 8 },  { "plus", NULL, 7 },  { "ne", "n", 6 },    { "pas", NULL, 6 },
	{ "cette", NULL, 6 }, { "ces", NULL, 5 },   { "leur", NULL, 5 }, { "leurs", NULL, 5 },
	{ "nous", NULL, 3 },  { "vous", NULL, 3 },  { "elle", NULL, 4 }, { "être", NULL, 4 },
	{ "ont", NULL, 4 },   { "comme", NULL, 3 }, { "mais", NULL, 2 }, { "dont", NULL, 2 },
	{ "je", "j", 1 },     { "même", NULL, 1 },  { "ils", NULL, 2 },  { "lui", NULL, 1 },
};

uint32_t stop_draw(const struct lexicon *lex, struct random *r)
{
	return lex->stop_drawn[random_below(r, STOP_DRAWS)];
}

const char *stop_text(uint32_t stop)
{
	return stops[stop].text;
}

const char *stop_elided(uint32_t stop)
{
	return stops[stop].elided;
}

static uint32_t stop_named(const char *text)
{
	for (uint32_t i = 0; i < COUNT(stops); i++)
		if (!strcmp(stops[i].text, text))
			return i;
	die("no stop word '%s'", text);
}

static void place_stops(struct lexicon *lex, struct arena *a)
{
	unsigned sum = 0, past = 0;

	lex->stop_drawn = arena_make(a, uint8_t, STOP_DRAWS);
	for (size_t i = 0; i < COUNT(stops); i++)
		sum += stops[i].rate;
	for (uint32_t i = 0, at = 0; i < COUNT(stops); i++) {
		past += stops[i].rate;
		while (at < (uint64_t)STOP_DRAWS * past / sum)
			lex->stop_drawn[at++] = (uint8_t)i;
	}
}

/* ---- stems and their endings ---------------------------------------------------------- */

enum { MAX_ENDINGS = 16, MAX_FORMS = N_STEMS * MAX_ENDINGS + N_NAMES + N_ACRONYMS };

/* Of stems that end with a consonant. The most common first, within a family and among them. */
static const struct {
	unsigned rate;
	const char *ending[MAX_ENDINGS];
} families[] = {
	{ 12, { "e", "es" } },
	{ 8, { "et", "ets" } },
	{ 7, { "age", "ages" } },
	{ 5, { "eur", "eurs" } },
	{ 4, { "isme", "ismes" } },
	{ 4, { "oir", "oirs" } },
	{ 9, { "ation", "ations" } },
	{ 6, { "ité", "ités" } },
	{ 4, { "ence", "ences" } },
	{ 3, { "ance", "ances" } },
	{ 12,
	  { "er", "é", "ée", "ation", "és", "ées", "e", "ations", "ent", "ement", "ant", "era",
	    "aient", "ateur", "atrice", "ons" } },
	{ 5, { "ir", "it", "issement", "issent", "issements", "i", "ie", "is", "ies", "issant" } },
	{ 5, { "ique", "iques", "iquement" } },
	{ 4, { "al", "ale", "aux", "ales", "alement" } },
	{ 3, { "el", "elle", "els", "elles", "ellement" } },
	{ 3, { "if", "ive", "ifs", "ives", "ivement" } },
	{ 3, { "eux", "euse", "euses", "eusement" } },
	{ 3, { "ier", "ière", "iers", "ières" } },
	{ 3, { "ant", "ants", "ante", "antes", "ant·e·s" } },
	{ 2, { "ien", "iens", "ienne", "iennes", "ien·ne·s" } },
	{ 2, { "eur", "eurs", "rice", "rices", "eur·rice·s" } },
	{ 1, { "u", "us", "ue", "ues", "u·e·s" } },
};

static const char *const onsets[] = { "b",  "c",  "d",  "f",  "g",  "l",  "m",  "n",  "p",  "r",
				      "s",  "t",  "v",  "m",  "n",  "r",  "t",  "d",  "l",  "p",
				      "s",  "c",  "br", "cr", "dr", "fr", "gr", "pr", "tr", "bl",
				      "cl", "fl", "pl", "ch", "qu", "j",  "th", "ph", "gn", "tr" };
static const char *const nuclei[] = { "a",  "e",  "i",  "o",  "u",  "é",  "a",  "i",
				      "o",  "ou", "ai", "au", "eu", "on", "an", "en",
				      "in", "oi", "è",  "ar", "er", "or", "al", "om" };
static const char *const closings[] = { "t", "r", "l", "n", "s", "c", "d",  "m",
					"v", "g", "p", "t", "r", "s", "ll", "ss" };
static const char *const openings[] = { "con",   "com", "dé",    "ré",  "pré", "pro", "in", "ex",
					"inter", "sur", "trans", "par", "co",  "re",  "im", "ad",
					"ac",    "en",  "sous",  "mé",  "ter", "é",   "a",  "œ" };

static void add(char *word, const char *part)
{
	size_t length = strlen(word);

	snprintf(word + length, WORD_BYTES - length, "%s", part);
}

#define add_one_of(word, r, parts) add(word, (parts)[random_below(r, COUNT(parts))])

static void invent(struct random *r, unsigned n_syllables, char word[WORD_BYTES])
{
	*word = '\0';
	if (random_chance(r, 0.35)) {
		add(word, openings[random_early(r, COUNT(openings))]);
		n_syllables -= n_syllables > 1;
	}
	for (unsigned i = 0; i < n_syllables; i++) {
		add_one_of(word, r, onsets);
		add_one_of(word, r, nuclei);
	}
	add_one_of(word, r, closings);
}

void lexicon_name(struct random *r, char name[WORD_BYTES])
{
	*name = '\0';
	for (unsigned i = 0, n = 2 + random_below(r, 2); i < n; i++) {
		add_one_of(name, r, onsets);
		add_one_of(name, r, nuclei);
	}
	add_one_of(name, r, closings);
	*name = (char)(*name - 'a' + 'A');
}

/* Stems that were invented, so that none comes twice. */
struct known {
	char **place;
	size_t n_places; /* a power of two */
};

static bool is_new(struct known *known, struct arena *a, const char *word)
{
	uint64_t hash = 14695981039346656037u;
	size_t at;

	for (const char *c = word; *c; c++)
		hash = (hash ^ (unsigned char)*c) * 1099511628211u;
	for (at = hash & (known->n_places - 1); known->place[at];
	     at = (at + 1) & (known->n_places - 1))
		if (!strcmp(known->place[at], word))
			return false;
	known->place[at] = arena_strdup(a, word);
	return true;
}

static uint32_t draw_family(struct random *r)
{
	unsigned sum = 0, drawn;
	uint32_t i;

	for (i = 0; i < COUNT(families); i++)
		sum += families[i].rate;
	drawn = random_below(r, sum);
	for (i = 0; drawn >= families[i].rate; i++)
		drawn -= families[i].rate;
	return i;
}

static void add_form(struct lexicon *lex, const char *text, uint32_t word)
{
	lex->word_of[lex->n_forms] = word;
	lex->form[lex->n_forms++] = text;
}

static void add_stem(struct lexicon *lex, struct arena *a, struct random *r, struct stem *stem,
		     const char *word)
{
	uint32_t family = draw_family(r);

	stem->first = (uint32_t)lex->n_forms;
	for (int i = 0; i < MAX_ENDINGS && families[family].ending[i]; i++)
		add_form(lex, arena_printf(a, "%s%s", word, families[family].ending[i]),
			 (uint32_t)(stem - lex->stem));
	stem->n_forms = (uint32_t)lex->n_forms - stem->first;
}

/* Common words are short. */
static void add_stems(struct lexicon *lex, struct arena *a, struct random *r)
{
	struct known known = { arena_make(a, char *, 1 << 18), 1 << 18 };
	char word[WORD_BYTES];

	for (uint32_t i = 0; i < N_STEMS; i++) {
		unsigned n_syllables = i < 2000 ? 1 + random_below(r, 2) : 2 + random_below(r, 2);

		do
			invent(r, n_syllables, word);
		while (!is_new(&known, a, word));
		add_stem(lex, a, r, &lex->stem[i], word);
	}
}

static void add_names(struct lexicon *lex, struct arena *a, struct random *r)
{
	char name[WORD_BYTES];

	for (uint32_t i = N_STEMS; i < N_WORDS; i++) {
		lexicon_name(r, name);
		lex->stem[i] = (struct stem){ (uint32_t)lex->n_forms, 1 };
		add_form(lex, arena_strdup(a, name), i);
	}
}

uint32_t lexicon_draw_name(const struct lexicon *lex, struct random *r)
{
	return lex->stem[N_STEMS + random_rank(r, N_NAMES, 50)].first;
}

static uint32_t form_of(const struct lexicon *lex, struct random *r, uint32_t stem)
{
	const struct stem *s = &lex->stem[stem];

	return s->first + random_early(r, s->n_forms);
}

/* Topics take their own words from every height of the ranks. */
uint32_t lexicon_draw(const struct lexicon *lex, struct random *r, unsigned topic)
{
	if (random_chance(r, 0.35))
		return form_of(lex, r, 30 + N_TOPICS * random_rank(r, 1200, 4) + topic % N_TOPICS);
	return form_of(lex, r, random_rank(r, N_STEMS, 12));
}

/* ---- what is made of them --------------------------------------------------------------- */

static void add_acronyms(struct lexicon *lex, struct arena *a, struct random *r)
{
	for (size_t i = 0; i < N_ACRONYMS; i++) {
		char letters[8] = "";
		uint32_t n = 3 + random_below(r, 3);

		for (uint32_t l = 0; l < n; l++)
			letters[l] = (char)('A' + random_below(r, 26));
		lex->acronym[i] = (uint32_t)lex->n_forms;
		add_form(lex, arena_strdup(a, letters), NO_WORD);
	}
}

static struct idiom draw_idiom(const struct lexicon *lex, struct random *r)
{
	static const char *const links[][2] = {
		{ "de", "la" },   { "de", "la" },    { "du", NULL }, { "des", NULL },
		{ "de", NULL },   { NULL, NULL },    { NULL, NULL }, { "et", "les" },
		{ "à", "la" },    { "pour", "les" }, { "en", NULL }, { "de", "la" },
		{ "dans", "le" }, { NULL, NULL },
	};
	const char *const *link = links[random_below(r, COUNT(links))];
	struct idiom idiom = { .word = { NO_WORD, NO_WORD, NO_WORD } };
	unsigned n_words = random_chance(r, 0.3) ? 3 : 2;

	for (unsigned i = 0; i < n_words; i++)
		idiom.word[i] = form_of(lex, r, random_rank(r, 20000, 40));
	for (unsigned i = 0; i < 2; i++)
		idiom.link[i] = link[i] ? stop_named(link[i]) : NO_WORD;
	return idiom;
}

struct lexicon *lexicon_new(struct arena *a)
{
	struct lexicon *lex = arena_make(a, struct lexicon, 1);
	struct random r = random_of(SEED, 0);

	lex->form = arena_make(a, const char *, MAX_FORMS);
	lex->word_of = arena_make(a, uint32_t, MAX_FORMS);
	lex->stem = arena_make(a, struct stem, N_WORDS);
	place_stops(lex, a);
	add_stems(lex, a, &r);
	add_names(lex, a, &r);
	add_acronyms(lex, a, &r);
	for (size_t i = 0; i < N_COMPOUNDS; i++)
		for (int part = 0; part < 2; part++)
			lex->compound[i].word[part] = form_of(lex, &r, random_rank(&r, 20000, 100));
	for (size_t i = 0; i < N_IDIOMS; i++)
		lex->idiom[i] = draw_idiom(lex, &r);
	return lex;
}
