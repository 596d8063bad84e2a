#include "search/analyse.h"

#include <libstemmer.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"

struct stemmer {
	struct sb_stemmer *snowball;
};

struct stemmer *stemmer_new(void)
{
	struct stemmer *st = malloc(sizeof(*st));

	if (!st)
		die("out of memory");
	st->snowball = sb_stemmer_new("french", "UTF_8");
	if (!st->snowball)
		die("libstemmer has no French");
	return st;
}

void stemmer_free(struct stemmer *st)
{
	if (!st)
		return;
	sb_stemmer_delete(st->snowball);
	free(st);
}

/* An ending and what stands in its place before Snowball reads the word. */
struct repair {
	const char *ending, *instead;
	size_t left; /* letters that must be left before the ending */
};

/* The longest first. What the accent told, folding has taken away. */
static const struct repair before[] = {
	{ "trices", "teur", 2 }, { "trice", "teur", 2 }, { "euses", "eur", 3 },
	{ "euse", "eur", 3 },    { "eres", "er", 3 },    { "ere", "er", 3 },
	{ "ees", "e", 3 },       { "ee", "e", 3 },
};

static size_t repair(char *word, size_t n)
{
	for (size_t i = 0; i < sizeof(before) / sizeof(*before); i++) {
		size_t ending = strlen(before[i].ending), instead = strlen(before[i].instead);

		if (n < ending + before[i].left ||
		    memcmp(word + n - ending, before[i].ending, ending) != 0)
			continue;
		memcpy(word + n - ending, before[i].instead, instead);
		n += instead - ending;
		break;
	}
	return n;
}

static bool has_figure(const char *word, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (word[i] >= '0' && word[i] <= '9')
			return true;
	return false;
}

/* Snowball keeps the "s" after a vowel: "élus", "lieux". */
static size_t drop_plural(const char *word, size_t n)
{
	if (n > 3 && (word[n - 1] == 's' || word[n - 1] == 'x') && strchr("aeiou", word[n - 2]))
		n--;
	return n;
}

size_t form_stem(struct stemmer *st, const char *folded, size_t length, char stem[FORM_MAX + 1])
{
	char word[FORM_MAX + 1];
	const sb_symbol *result;
	size_t n = length < FORM_MAX ? length : FORM_MAX;

	memcpy(word, folded, n);
	if (!has_figure(word, n)) {
		n = repair(word, n);
		result = sb_stemmer_stem(st->snowball, (const sb_symbol *)word, (int)n);
		if (!result)
			die("out of memory");
		n = (size_t)sb_stemmer_length(st->snowball);
		memcpy(word, result, n);
		n = drop_plural(word, n);
	}
	if (!n) {
		memcpy(word, folded, length);
		n = length;
	}
	memcpy(stem, word, n);
	stem[n] = '\0';
	return n;
}
