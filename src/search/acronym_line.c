#include "search/acronym_line.h"

#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "base/text.h"

/* ---- characters ------------------------------------------------------------ */

/* An accent that stands apart and a soft hyphen are parts of their word. */
static bool is_word(unsigned c)
{
	return utf8_is_letter(c) || (c >= '0' && c <= '9') || (c >= 0x300 && c <= 0x36f) ||
	       c == 0xad;
}

static bool is_apostrophe(unsigned c)
{
	return c == '\'' || c == 0x2019 || c == 0x2bc || c == 0x2018;
}

static bool is_hyphen(unsigned c)
{
	return c == '-' || c == 0x2010 || c == 0x2011;
}

static bool is_middle_dot(unsigned c)
{
	return c == 0xb7 || c == 0x2022 || c == 0x2027 || c == 0x22c5 || c == 0x2219;
}

static unsigned mark_of(unsigned c)
{
	if (is_hyphen(c) || (c >= 0x2012 && c <= 0x2015) || c == 0x2212)
		return '-';
	if (c == 0x201c || c == 0x201e)
		return QUOTE_OPEN;
	if (c == 0x201d)
		return QUOTE_CLOSE;
	return is_apostrophe(c) ? '"' : c;
}

static unsigned peek(const char *at)
{
	size_t size;

	return utf8_decode(at, &size);
}

bool mark_is_any(unsigned mark, const char *marks)
{
	return mark && mark < 0x80 && strchr(marks, (int)mark);
}

/* ---- a line in words ------------------------------------------------------- */

static const char *const small_words[] = {
	"l",     "le",   "la",    "les",    "un",   "une",  "d",     "de",   "du",  "des",  "à",
	"À",     "a",    "au",    "aux",    "et",   "ou",   "en",    "dans", "par", "sur",  "pour",
	"avec",  "sans", "entre", "contre", "chez", "vers", "son",   "sa",   "ses", "leur", "notre",
	"votre", "nos",  "vos",   "leurs",  "ce",   "cet",  "cette", "ces",
};

static bool is_small(const char *at, size_t size)
{
	size_t first;

	utf8_decode(at, &first);
	if (first == size)
		return true;
	for (size_t i = 0; i < sizeof(small_words) / sizeof(*small_words); i++)
		if (strlen(small_words[i]) == size && !strncasecmp(small_words[i], at, size))
			return true;
	return false;
}

/*
 * A dot stays inside "élu·e·s", "agent.e.s" and "S.I.E.G", not in "général.Les services", which
 * is the end of a sentence.
 */
static bool dot_joins(unsigned c, const char *next, size_t part)
{
	unsigned after = peek(next);

	if (!is_word(after))
		return false;
	return is_middle_dot(c) ||
	       (c == '.' && (part == 1 || (after >= 'a' && after <= 'z') || after >= 0xdf));
}

/* Its bytes; the last dot of an acronym with dots is one of them. */
static size_t word_size(const char *text)
{
	size_t at = 0, size, part = 0, n_parts = 1;
	bool is_dotted = true;
	unsigned c;

	while ((c = utf8_decode(text + at, &size)) != 0) {
		if (is_word(c)) {
			part++;
		} else if (part && dot_joins(c, text + at + size, part)) {
			is_dotted &= part == 1 && c == '.';
			n_parts++;
			part = 0;
		} else {
			break;
		}
		at += size;
	}
	return at + (c == '.' && is_dotted && part == 1 && n_parts > 1);
}

static struct line_word *add(struct line *l, const char *at, size_t size, unsigned mark)
{
	struct line_word *w = arena_push(l->a, l->word, l->n_words, l->capacity);

	*w = (struct line_word){ .at = at, .size = size, .mark = mark };
	return w;
}

static const char *add_word(struct line *l, const char *text, bool is_tail)
{
	struct line_word *w = add(l, text, word_size(text), 0);

	w->is_small = is_small(w->at, w->size);
	w->is_tail = is_tail;
	return text + w->size;
}

/* What joins two words without a blank: "l’économie", "micro-crédit". */
static bool joins(const struct line *l, const char *text, size_t size)
{
	const struct line_word *last = l->n_words ? &l->word[l->n_words - 1] : NULL;

	return last && !last->mark && last->at + last->size == text && is_word(peek(text + size));
}

const char *line_read(struct line *l, const char *text)
{
	bool is_tail = false;
	size_t size;

	l->n_words = 0;
	while (*text && *text != '\n') {
		unsigned c = utf8_decode(text, &size);

		if (is_word(c)) {
			text = add_word(l, text, is_tail);
			is_tail = false;
			continue;
		}
		if (is_hyphen(c) && joins(l, text, size))
			is_tail = true;
		else if (is_apostrophe(c) && joins(l, text, size))
			l->word[l->n_words - 1].is_small |= l->word[l->n_words - 1].size <= 2;
		else if (!utf8_is_blank(c))
			add(l, text, size, mark_of(c));
		text += size;
	}
	return text + (*text == '\n');
}

/* ---- letters --------------------------------------------------------------- */

bool letters_fold(struct arena *a, const char *text, size_t size, char *letters, size_t max)
{
	const char *folded = text_fold(a, arena_strndup(a, text, size));
	size_t n = 0;

	for (; *folded && n < max; folded++) {
		if (*folded < 'a' || *folded > 'z')
			break;
		letters[n++] = (char)(*folded - 'a' + 'A');
	}
	letters[n] = '\0';
	return !*folded;
}

/* A long word is not folded whole for its first letters. */
const char *line_head(struct line *l, struct line_word *w)
{
	size_t at = 0, size;

	if (w->is_folded)
		return w->head;
	for (int i = 0; i < HEAD_MAX && at < w->size; i++) {
		utf8_decode(w->at + at, &size);
		at += size;
	}
	(void)letters_fold(l->a, w->at, at, w->head, HEAD_MAX);
	w->is_folded = true;
	return w->head;
}
