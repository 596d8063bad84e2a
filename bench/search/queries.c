#include "queries.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/log.h"
#include "text.h"

enum {
	SEED = 7,
	SEED_PUBLIC = 8,
	PER_CLASS = 60,
	N_DISTINCT = 20000,
	TRIES = 4 * N_DISTINCT,
	DISTINCT_PLACES = 1 << 16
};

bool corpus_is_public(uint32_t document)
{
	struct random r = random_of(SEED_PUBLIC, document);

	return random_chance(&r, 0.85);
}

struct draw {
	const struct corpus *corpus;
	struct random r;
	struct text text;
	FILE *file;
	struct arena *a;
	const char **known; /* queries already asked, by their hash */
};

/* Parts of documents that hold a word of a class. */
static const struct class
{
	const char *name;
	double from, to;
} classes[] = {
	{ "low", 0.00002, 0.0005 },
	{ "middle", 0.001, 0.02 },
	{ "high", 0.05, 1 },
};

enum class_place { LOW, MIDDLE, HIGH, N_CLASSES };

/* Plain letters, four or more: neither inclusive nor a name or an acronym. */
static bool is_plain(const char *form)
{
	return strlen(form) >= 4 && (unsigned char)*form > 'Z' && !strstr(form, "·");
}

/* In a small corpus, one document or two is rare as well. */
static bool is_of_class(const struct draw *d, uint32_t word, enum class_place place)
{
	double part = (double)d->corpus->df[word] / d->corpus->n_documents;

	if (place == LOW && d->corpus->df[word] <= 2)
		return true;
	return part >= classes[place].from && part <= classes[place].to;
}

static bool is_new(struct draw *d, const char *query)
{
	uint64_t hash = 14695981039346656037u;
	size_t at;

	for (const char *c = query; *c; c++)
		hash = (hash ^ (unsigned char)*c) * 1099511628211u;
	for (at = hash >> 48; d->known[at]; at = (at + 1) % DISTINCT_PLACES)
		if (!strcmp(d->known[at], query))
			return false;
	d->known[at] = arena_strdup(d->a, query);
	return true;
}

static bool ask(struct draw *d, const char *class, const char *query)
{
	if (!is_new(d, query))
		return false;
	fprintf(d->file, "%s\t%s\t\n", class, query);
	return true;
}

/* ---- single words ---------------------------------------------------------------------- */

static int compare_df(const void *left, const void *right, void *df)
{
	uint32_t l = *(const uint32_t *)left, r = *(const uint32_t *)right;
	const uint32_t *n = df;

	if (n[l] != n[r])
		return n[l] < n[r] ? -1 : 1;
	return l < r ? -1 : l > r;
}

/* The words of a class, the rarest first. */
static uint32_t *of_class(struct draw *d, enum class_place place, uint32_t *n)
{
	uint32_t *word = arena_make(d->a, uint32_t, N_WORDS);

	*n = 0;
	for (uint32_t i = 0; i < N_WORDS; i++)
		if (d->corpus->df[i] && is_of_class(d, i, place))
			word[(*n)++] = i;
	if (*n)
		qsort_r(word, *n, sizeof(*word), compare_df, d->corpus->df);
	return word;
}

/* Where a frequency comes in that order: as many are asked at each order of magnitude. */
static uint32_t place_of(const struct draw *d, const uint32_t *word, uint32_t n, double df)
{
	uint32_t at = 0;

	while (at + 1 < n && d->corpus->df[word[at]] < df)
		at++;
	return at;
}

/* The most common form, without the capital of a name: people type what comes first to mind. */
static const char *typed(struct draw *d, uint32_t word)
{
	char *text = arena_strdup(d->a, d->corpus->lex->form[d->corpus->lex->stem[word].first]);

	if (*text >= 'A' && *text <= 'Z')
		*text = (char)(*text - 'A' + 'a');
	return text;
}

static void ask_words(struct draw *d, enum class_place place)
{
	uint32_t n, *word = of_class(d, place, &n);
	double least, most;

	if (!n)
		return;
	least = d->corpus->df[word[0]];
	most = d->corpus->df[word[n - 1]];
	for (int i = 0; i < PER_CLASS && n > 0; i++) {
		double df = least * pow(most / least, 1 - (double)i / (PER_CLASS - 1));
		uint32_t at = place_of(d, word, n, df);

		fprintf(d->file, "%s\t%s\t%u\n", classes[place].name, typed(d, word[at]),
			d->corpus->df[word[at]]);
		memmove(word + at, word + at + 1, (--n - at) * sizeof(*word));
	}
}

/* ---- what is found in a document ------------------------------------------------------------ */

static void read_document(struct draw *d, uint32_t document)
{
	text_write(d->corpus->lex, document, d->corpus->n_words, &d->text);
}

static void read_any(struct draw *d)
{
	uint32_t document;

	do
		document = 1 + random_below(&d->r, d->corpus->n_documents);
	while (!corpus_is_public(document));
	read_document(d, document);
}

/* A plain word of the body, of that class, or NULL when a few tries find none. */
static const char *word_of(struct draw *d, enum class_place place)
{
	const struct text *t = &d->text;

	for (int tries = 0; tries < 40; tries++) {
		uint32_t at = random_below(&d->r, (uint32_t)(t->n_placed - t->n_outside));
		uint32_t form = t->placed[t->n_outside + at].word;

		if (form < STOP_WORD && is_plain(d->corpus->lex->form[form]) &&
		    is_of_class(d, d->corpus->lex->word_of[form], place))
			return d->corpus->lex->form[form];
	}
	return NULL;
}

/* Of one document, so that something is found. */
static bool ask_and(struct draw *d, int n_words)
{
	static const enum class_place mixes[][3] = {
		{ MIDDLE, HIGH, HIGH }, { MIDDLE, MIDDLE, HIGH }, { HIGH, HIGH, HIGH },
		{ LOW, MIDDLE, HIGH },  { HIGH, MIDDLE, LOW },    { HIGH, HIGH, MIDDLE },
	};
	const enum class_place *mix = mixes[random_below(&d->r, sizeof(mixes) / sizeof(*mixes))];
	const char *word[3];

	read_any(d);
	for (int i = 0; i < n_words; i++) {
		word[i] = word_of(d, mix[i]);
		if (!word[i] || (i && !strcmp(word[i], word[i - 1])))
			return false;
	}
	return ask(d, "and",
		   n_words == 2 ? arena_printf(d->a, "%s %s", word[0], word[1])
				: arena_printf(d->a, "%s %s %s", word[0], word[1], word[2]));
}

enum phrase { CONTENT, AROUND_STOP, STOPS };

static bool is_phrase(const struct draw *d, const struct placed *p, int n, enum phrase kind)
{
	for (int i = 0; i < n; i++) {
		bool stop = p[i].word != NO_WORD && p[i].word >= STOP_WORD;
		bool stop_wanted = kind == STOPS || (kind == AROUND_STOP && i > 0 && i < n - 1);

		if (stop != stop_wanted || p[i].word == NO_WORD)
			return false;
		if (!stop && !is_plain(d->corpus->lex->form[p[i].word]))
			return false;
	}
	return true;
}

/* Words as they stand one after the other, with nothing but a blank or an apostrophe between. */
static bool ask_phrase(struct draw *d, int n, enum phrase kind)
{
	const struct text *t = &d->text;
	const struct placed *p;
	char *phrase;

	read_any(d);
	if (t->n_placed < t->n_outside + (size_t)n)
		return false;
	p = &t->placed[t->n_outside +
		       random_below(&d->r, (uint32_t)(t->n_placed - t->n_outside) - n + 1)];
	if (!is_phrase(d, p, n, kind))
		return false;
	phrase = arena_printf(d->a, "\"%.*s\"", (int)(p[n - 1].to - p[0].from),
			      t->body.data + p[0].from);
	/* Neither "la d" of "la d’un", nor a capital, which begins a sentence. */
	if (strchr("'\xe2", t->body.data[p[n - 1].to]) || strpbrk(phrase, ".,?<-") ||
	    (phrase[1] >= 'A' && phrase[1] <= 'Z') || !strncmp(phrase + 1, "É", 2) ||
	    !strncmp(phrase + 1, "À", 2) || !strncmp(phrase + 1, "Œ", 2))
		return false;
	return ask(d, kind == STOPS ? "stops" : "phrase", phrase);
}

/* Characters of UTF-8. */
static size_t bytes_of(const char *text, int n)
{
	size_t at = 0;

	for (; n > 0 && text[at]; n--)
		for (at++; (text[at] & 0xc0) == 0x80;)
			at++;
	return at;
}

static bool ask_prefix(struct draw *d, int length)
{
	static const enum class_place weights[] = { LOW, MIDDLE, MIDDLE, HIGH };
	const char *word;

	read_any(d);
	word = word_of(d, weights[random_below(&d->r, 4)]);
	return word && strlen(word) > bytes_of(word, length) &&
	       ask(d, "prefix", arena_printf(d->a, "%.*s*", (int)bytes_of(word, length), word));
}

/* ---- the files ---------------------------------------------------------------------------------
 */

/* A small corpus may not have as many: tries are counted. */
#define ASK(n, question)                                                                           \
	for (int asked = 0, tries = 0; asked < (n) && tries < 4000; tries++)                       \
	asked += (question)

static void ask_all(struct draw *d)
{
	for (int place = 0; place < N_CLASSES; place++)
		ask_words(d, (enum class_place)place);
	ASK(PER_CLASS / 2, ask_and(d, 2));
	ASK(PER_CLASS / 2, ask_and(d, 3));
	ASK(PER_CLASS / 3, ask_phrase(d, 2, CONTENT));
	ASK(PER_CLASS / 6, ask_phrase(d, 3, CONTENT));
	ASK(PER_CLASS / 4, ask_phrase(d, 3, AROUND_STOP));
	ASK(PER_CLASS / 4, ask_phrase(d, 4, AROUND_STOP));
	ASK(PER_CLASS * 3 / 4, ask_phrase(d, 2, STOPS));
	ASK(PER_CLASS / 4, ask_phrase(d, 3, STOPS));
	for (int length = 3; length <= 5; length++)
		ASK(PER_CLASS / 3, ask_prefix(d, length));
}

/* Middling words from all over the corpus: two lines of one word, two lines of two. */
static void ask_distinct(struct draw *d)
{
	uint32_t n = d->corpus->n_documents;

	for (uint32_t i = 0, asked = 0; i < TRIES && asked < N_DISTINCT; i++) {
		uint32_t document = 1 + (uint32_t)((uint64_t)i * n / TRIES);
		const char *first, *second, *query;

		if (!corpus_is_public(document))
			continue;
		read_document(d, document);
		first = word_of(d, MIDDLE);
		second = word_of(d, MIDDLE);
		if (!first || !second || !strcmp(first, second))
			continue;
		query = asked / 2 % 2 ? arena_printf(d->a, "%s %s", first, second) : first;
		if (!is_new(d, query))
			continue;
		fprintf(d->file, "%s\n", query);
		asked++;
	}
}

static bool write_file(struct draw *d, const char *path, void (*fill)(struct draw *d))
{
	bool failed;

	d->file = fopen(path, "w");
	if (!d->file) {
		perror(path);
		return false;
	}
	fill(d);
	failed = ferror(d->file) != 0;
	if (fclose(d->file) != 0 || failed) {
		perror(path);
		return false;
	}
	return true;
}

bool queries_write(const struct corpus *corpus, const char *folder)
{
	struct draw d = { .corpus = corpus, .r = random_of(SEED, 0), .a = arena_new() };
	bool done;

	d.known = arena_make(d.a, const char *, DISTINCT_PLACES);
	done = write_file(&d, arena_printf(d.a, "%s/queries.tsv", folder), ask_all) &&
	       write_file(&d, arena_printf(d.a, "%s/distinct.txt", folder), ask_distinct);
	text_release(&d.text);
	arena_free(d.a);
	return done;
}
