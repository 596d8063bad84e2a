#include "search/snippet_cut.h"

#include <stdint.h>
#include <string.h>

#include "base/text.h"
#include "search/snippet.h"

/*
 * Words are parted at plain blanks alone: no-break ones keep « and its word together, and "élu·e"
 * or an address is one. A longer run than CHUNK_MAX bytes is cut at the match itself.
 */
enum { CHUNK_MAX = 60 };

/*
 * A sentence may be that much longer. What is shorter goes on to the next sentence, or line, and
 * looks for more before it.
 */
enum { LONGER = 40, SHORT = 60 };

static bool is_blank(char c)
{
	return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

bool is_blank_between(const char *text, size_t from, size_t to)
{
	while (from < to && is_blank(text[from]))
		from++;
	return from >= to;
}

static bool continues(char c)
{
	return ((unsigned char)c & 0xc0) == 0x80;
}

static size_t characters(const char *text, size_t from, size_t to)
{
	size_t n = 0;

	for (; from < to; from++)
		n += !continues(text[from]);
	return n;
}

/* ---- sentences ------------------------------------------------------------------------ */

/* What may stand between the end of a sentence and the blank after it. */
static size_t without_closers(const char *text, size_t at)
{
	static const char *const closer[] = {
		"»", "”", "’", ")", "]", "\"", "'", "\u00a0", "\u202f"
	};
	bool found = true;

	while (found) {
		found = false;
		for (size_t i = 0; i < sizeof(closer) / sizeof(*closer) && !found; i++) {
			size_t n = strlen(closer[i]);

			found = at >= n && !memcmp(text + at - n, closer[i], n);
			at -= found ? n : 0;
		}
	}
	return at;
}

/* "M. Dupont", "art. 5", "p. 12". */
static bool is_short_form(const char *text, size_t dot, size_t next)
{
	size_t from = dot;

	while (from && !is_blank(text[from - 1]) && !strchr("('’«.", text[from - 1]))
		from--;
	return dot - from < 2 || (dot - from <= 4 && text[next] >= '0' && text[next] <= '9');
}

static bool is_small(const char *text)
{
	unsigned char first = (unsigned char)text[0], second = (unsigned char)text[1];

	return (first >= 'a' && first <= 'z') || (first == 0xc3 && second >= 0x9f);
}

/* Does a sentence begin at a word? */
static bool begins_sentence(const char *text, size_t at)
{
	size_t before = at, end;

	while (before && is_blank(text[before - 1]))
		if (text[--before] == '\n')
			return true;
	if (!before)
		return true;
	end = without_closers(text, before);
	if (!end || is_small(text + at))
		return false;
	if (end >= 3 && !memcmp(text + end - 3, "…", 3))
		return true;
	if (text[end - 1] == '.')
		return !is_short_form(text, end - 1, at);
	return text[end - 1] == '!' || text[end - 1] == '?';
}

/* ---- words ------------------------------------------------------------------------------- */

/* The beginning of the word before, or `low`. */
static size_t word_before(const char *text, size_t at, size_t low)
{
	while (at > low && is_blank(text[at - 1]))
		at--;
	while (at > low && !is_blank(text[at - 1]))
		at--;
	return at;
}

/* The end of the word after, or `high`. */
static size_t word_after(const char *text, size_t at, size_t high)
{
	while (at < high && is_blank(text[at]))
		at++;
	while (at < high && !is_blank(text[at]))
		at++;
	return at;
}

static size_t skip_blanks(const char *text, size_t at, size_t high)
{
	while (at < high && is_blank(text[at]))
		at++;
	return at;
}

/* The word that holds `from`, whole unless it is very long. */
static size_t whole_from(const char *text, size_t from, size_t low)
{
	size_t at = from;

	while (at > low && !is_blank(text[at - 1]))
		if (from - --at > CHUNK_MAX)
			return from;
	return at;
}

static size_t whole_to(const char *text, size_t to, size_t high)
{
	size_t at = to;

	while (at < high && !is_blank(text[at]))
		if (++at - to > CHUNK_MAX)
			return to;
	return at;
}

/* ---- passages ------------------------------------------------------------------------------ */

/* The beginning of its sentence, when that is near; else some words before. */
static void begin(const char *text, struct passage *p, size_t low)
{
	size_t used = characters(text, p->from, p->to), n = 0, at = p->from, some = p->from;
	size_t left = used < SNIPPET_LENGTH ? SNIPPET_LENGTH - used : 0;

	while (at > low && !begins_sentence(text, at)) {
		size_t before = word_before(text, at, low);

		n += characters(text, before, at);
		if (n > left * 2 / 3) {
			p->from = some;
			p->cut_before = true;
			return;
		}
		at = before;
		if (n <= left / 3)
			some = at;
	}
	p->from = skip_blanks(text, at, p->from);
	p->cut_before = !begins_sentence(text, p->from);
}

static bool is_line_end_between(const char *text, size_t from, size_t to)
{
	return memchr(text + from, '\n', to - from);
}

/*
 * The end of the line when it fits and there is enough, else the last end of a sentence that
 * fits, or one that nearly does; else of a word.
 */
static void end(const char *text, struct passage *p, size_t high)
{
	size_t n = characters(text, p->from, p->to), at = p->to, word = p->to, sentence = 0;

	for (;;) {
		size_t next = skip_blanks(text, at, high), after;
		bool ends_line = is_line_end_between(text, at, next);

		if (n >= SHORT && (next >= high || begins_sentence(text, next))) {
			sentence = at;
			if (n > SNIPPET_LENGTH || ends_line)
				break;
		}
		if (n <= SNIPPET_LENGTH)
			word = at;
		if (next >= high)
			break;
		after = word_after(text, next, high);
		n += characters(text, at, after);
		if (n > SNIPPET_LENGTH + LONGER || (n > SNIPPET_LENGTH && sentence))
			break;
		at = after;
	}
	p->to = sentence ? sentence : word;
	at = skip_blanks(text, p->to, high);
	p->cut_after = text[at] && !begins_sentence(text, at);
}

/*
 * What ends early, with its text, takes in sentences before it. It takes in words of a sentence
 * when it begins inside one, or says next to nothing by itself.
 */
static void begin_earlier(const char *text, struct passage *p, size_t low)
{
	size_t n = characters(text, p->from, p->to), at = p->from, sentence = SIZE_MAX;
	bool words = p->cut_before || n < SHORT / 2;

	if (n >= (p->cut_before ? SNIPPET_LENGTH / 2 : SHORT))
		return;
	while (at > low) {
		size_t before = word_before(text, at, low);

		n += characters(text, before, at);
		if (n > SNIPPET_LENGTH)
			break;
		at = before;
		if (begins_sentence(text, at))
			sentence = at;
	}
	if (sentence != SIZE_MAX)
		at = sentence;
	else if (!words)
		return;
	p->from = skip_blanks(text, at, p->from);
	p->cut_before = !begins_sentence(text, p->from);
}

static const char *const blanks[] = { " ", "\n", "\t", "\r", "\u00a0", "\u202f", NULL };

static void drop_after(const char *text, struct passage *p, size_t to, const char *const any[])
{
	for (size_t i = 0; any[i]; i++) {
		size_t n = strlen(any[i]);

		if (p->to < to + n || memcmp(text + p->to - n, any[i], n) != 0)
			continue;
		p->to -= n;
		i = SIZE_MAX;
	}
}

static void drop_before(const char *text, struct passage *p, size_t from, const char *const any[])
{
	for (size_t i = 0; any[i]; i++) {
		size_t n = strlen(any[i]);

		if (p->from + n > from || memcmp(text + p->from, any[i], n) != 0)
			continue;
		p->from += n;
		i = SIZE_MAX;
	}
}

/* What the match is not part of: "mot,…" and "mot (…" read badly, and so does a bullet. */
static void tidy(const char *text, struct passage *p, size_t from, size_t to)
{
	static const char *const signs[] = { " ", "\n", "\t", "\r", "\u00a0", "\u202f", ",", ";",
					     ":", "(",  "-",  "–",  "—",      "«",      NULL };
	static const char *const bullets[] = { " ",      "\n", "\t", "\r", "\u00a0",
					       "\u202f", "• ", "- ", "– ", NULL };

	drop_after(text, p, to, p->cut_after ? signs : blanks);
	drop_before(text, p, from, p->cut_before ? blanks : bullets);
}

struct passage passage_around(const char *text, size_t from, size_t to, size_t low, size_t high)
{
	struct passage p = { .from = whole_from(text, from, low), .to = whole_to(text, to, high) };

	p.cut_before = p.from > low && !is_blank(text[p.from - 1]);
	p.cut_after = p.to < high && !is_blank(text[p.to]);
	if (!p.cut_before)
		begin(text, &p, low);
	if (!p.cut_after)
		end(text, &p, high);
	if (p.from != from)
		begin_earlier(text, &p, low);
	tidy(text, &p, from, to);
	return p;
}
