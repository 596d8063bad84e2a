#include <ctype.h>
#include <stdbool.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "search/index.h"

/* U+00B7 and its look-alikes, as inclusive writing has them. */
static size_t middle_dot(const char *at)
{
	static const char *const dots[] = { "\u00b7", "\u2022", "\u2027", "\u22c5", "\u2219" };

	for (size_t i = 0; i < sizeof(dots) / sizeof(*dots); i++)
		if (!strncmp(at, dots[i], strlen(dots[i])))
			return strlen(dots[i]);
	return 0;
}

static bool is_letter(unsigned char c)
{
	return isalnum(c) || c >= 0x80;
}

/* "élu·e·s" is found by "élu": what follows a dot inside a word is passed over. */
static const char *skip_endings(const char *at)
{
	size_t n;

	while ((n = middle_dot(at)) > 0 && is_letter((unsigned char)at[n]) && !middle_dot(at + n))
		for (at += n; is_letter((unsigned char)*at) && !middle_dot(at);)
			at++;
	return at;
}

static size_t word_length(const char *at)
{
	size_t n = 0;

	while (is_letter((unsigned char)at[n]) && !middle_dot(at + n))
		n++;
	return n;
}

/* l', d', qu'…: one or two letters and an apostrophe. */
static bool is_elision(const char *at, size_t n)
{
	return at[n] == '\'' && (n == 1 || (n == 2 && !strncmp(at, "qu", 2)));
}

static size_t without_plural(const char *at, size_t n)
{
	return n > 3 && (at[n - 1] == 's' || at[n - 1] == 'x') ? n - 1 : n;
}

const char *index_words(struct arena *a, const char *text)
{
	const char *at = text_fold(a, text);
	char *words = arena_alloc(a, 2 * strlen(at) + 3, 1), *end = words;

	*end++ = ' ';
	while (*at) {
		size_t n = word_length(at);

		if (n && !is_elision(at, n)) {
			size_t kept = without_plural(at, n);

			memcpy(end, at, kept);
			end += kept;
			*end++ = ' ';
		}
		at += n;
		at = n ? skip_endings(at) : at;
		at += *at && !word_length(at) ? 1 : 0;
	}
	return words;
}
