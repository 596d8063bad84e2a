#include "import/listing_words.h"

#include <ctype.h>
#include <stdint.h>
#include <string.h>
#include <utf8proc.h>

#include "base/arena.h"
#include "base/out.h"
#include "base/text.h"

/* ---- words ------------------------------------------------------------------- */

enum { LONGEST_PATTERN = 8 };

enum { MIDDLE_DOT = 0xb7, DEGREE = 0xb0, APOSTROPHE = 0x2019, BULLET_DOT = 0x2022 };

static bool is_mark(unsigned c)
{
	return c >= 0x300 && utf8proc_category((utf8proc_int32_t)c) == UTF8PROC_CATEGORY_MN;
}

static bool is_word_character(unsigned c)
{
	return utf8_is_letter(c) || (c >= '0' && c <= '9') || is_mark(c) || c == 0xba;
}

static bool is_apostrophe(unsigned c)
{
	return c == '\'' || c == APOSTROPHE;
}

/* "élu.e.s", "agent·e·s", "compte-rendu": marks that do not end a word when a letter follows. */
static bool joins_letters(unsigned c, const char *after)
{
	size_t size;
	unsigned next = utf8_decode(after, &size);

	if (c == '-' || c == MIDDLE_DOT || c == BULLET_DOT || c == 0x2011)
		return is_word_character(next);
	return c == '.' && utf8_is_letter(next);
}

static size_t word_end(const char *text, size_t at)
{
	size_t size;

	for (;; at += size) {
		unsigned c = utf8_decode(text + at, &size);

		if (is_apostrophe(c) || c == DEGREE)
			return at + size;
		if (!is_word_character(c) && !joins_letters(c, text + at + size))
			return at;
	}
}

static bool is_ascii(const char *text, size_t length)
{
	for (size_t i = 0; i < length; i++)
		if ((unsigned char)text[i] >= 0x80)
			return false;
	return true;
}

static const char *fold_word(struct arena *a, const char *text, size_t length)
{
	char *word = arena_strndup(a, text, length);

	if (!is_ascii(word, length))
		return text_fold(a, word);
	for (char *c = word; *c; c++)
		*c = (char)tolower((unsigned char)*c);
	return word;
}

static struct words first_words(struct arena *a, const char *text, size_t max)
{
	struct words w = { .text = text };
	size_t size, capacity = 0;

	for (size_t at = 0; text[at] && w.n_words < max;) {
		size_t end;

		if (!is_word_character(utf8_decode(text + at, &size))) {
			at += size;
			continue;
		}
		end = word_end(text, at);
		*arena_push(a, w.word, w.n_words, capacity) =
			(struct word){ at, end, fold_word(a, text + at, end - at) };
		at = end;
	}
	return w;
}

struct words words_of(struct arena *a, const char *text)
{
	return first_words(a, text, SIZE_MAX);
}

static bool word_matches(const char *word, const char *pattern, size_t length)
{
	if (length == 1 && *pattern == '?')
		return true;
	if (pattern[length - 1] == '*')
		return !strncmp(word, pattern, length - 1);
	return !strncmp(word, pattern, length) && !word[length];
}

size_t words_match(const struct words *w, size_t i, const char *pattern)
{
	size_t n = 0;

	while (*pattern) {
		size_t length = strcspn(pattern, " ");

		if (i + n >= w->n_words || !word_matches(w->word[i + n].fold, pattern, length))
			return 0;
		n++;
		pattern += length + (pattern[length] == ' ');
	}
	return n;
}

size_t words_match_any(const struct words *w, size_t i, const char *const pattern[])
{
	for (; *pattern; pattern++) {
		size_t n = words_match(w, i, *pattern);

		if (n)
			return n;
	}
	return 0;
}

static size_t count_words(const char *pattern)
{
	size_t n = 1;

	for (; *pattern; pattern++)
		n += *pattern == ' ';
	return n;
}

size_t words_match_before(const struct words *w, size_t i, const char *const pattern[])
{
	for (; *pattern; pattern++) {
		size_t n = count_words(*pattern);

		if (n <= i && words_match(w, i - n, *pattern))
			return n;
	}
	return 0;
}

size_t words_find(const struct words *w, size_t from, size_t to, const char *const pattern[])
{
	for (size_t i = from; i < to; i++)
		if (words_match_any(w, i, pattern))
			return i;
	return to;
}

size_t word_at(const struct words *w, size_t at)
{
	size_t i = 0;

	while (i < w->n_words && w->word[i].at < at)
		i++;
	return i;
}

bool text_says(struct arena *a, const char *text, const char *const pattern[])
{
	struct words w = words_of(a, text);

	return words_find(&w, 0, w.n_words, pattern) < w.n_words;
}

bool text_begins(struct arena *a, const char *text, const char *const pattern[])
{
	struct words w = first_words(a, text, LONGEST_PATTERN);

	return words_match_any(&w, 0, pattern) > 0;
}

/* ---- pieces ------------------------------------------------------------------ */

static bool is_separating(unsigned c)
{
	return utf8_is_blank(c) || (c && c < 0x80 && strchr(",;:|-/>", (int)c)) || c == 0x2013 ||
	       c == 0x2014 || c == 0x2192;
}

static size_t character_before(const char *text, size_t at)
{
	while (at && ((unsigned char)text[--at] & 0xc0) == 0x80)
		;
	return at;
}

const char *piece_of(struct arena *a, const char *text, size_t from, size_t to)
{
	size_t size;

	while (from < to && is_separating(utf8_decode(text + from, &size)))
		from += size;
	while (to > from) {
		size_t last = character_before(text, to);

		if (!is_separating(utf8_decode(text + last, &size)))
			break;
		to = last;
	}
	return arena_strndup(a, text + from, to > from ? to - from : 0);
}

/* ---- quotes ------------------------------------------------------------------- */

static const char *closing_of(const char *text)
{
	static const char *const pair[][2] = { { "«", "»" }, { "“", "”" }, { "\"", "\"" } };

	if (*text != '"' && *text != pair[0][0][0] && *text != pair[1][0][0])
		return NULL;

	for (size_t i = 0; i < sizeof(pair) / sizeof(*pair); i++)
		if (!strncmp(text, pair[i][0], strlen(pair[i][0])))
			return pair[i][1];
	return NULL;
}

bool quoted_find(const char *text, size_t from, struct span *inner, struct span *outer)
{
	for (size_t at = from; text[at]; at++) {
		const char *closing = closing_of(text + at), *end;
		size_t size;

		if (!closing)
			continue;
		utf8_decode(text + at, &size);
		end = strstr(text + at + size, closing);
		if (!end)
			continue;
		*inner = (struct span){ at + size, (size_t)(end - text) };
		*outer = (struct span){ at, inner->end + strlen(closing) };
		return true;
	}
	return false;
}

bool is_quoted_at(const char *text, size_t at)
{
	struct span inner, outer = { 0, 0 };

	while (quoted_find(text, outer.end, &inner, &outer) && outer.at <= at)
		if (at < outer.end)
			return true;
	return false;
}

const char *unquoted(struct arena *a, const char *text)
{
	struct span inner, outer;
	const char *left = closing_of(text) ? text : NULL;

	if (left && quoted_find(text, 0, &inner, &outer) && outer.at == 0 &&
	    (!text[outer.end] || !strcmp(text + outer.end, ".")))
		return piece_of(a, text, inner.at, inner.end);
	return text;
}

/* ---- sentences ------------------------------------------------------------------ */

/* "M. Durand", "p. 4": a full stop after one or two letters seldom ends a sentence. */
static bool follows_short_word(const char *text, size_t at)
{
	size_t letters = 0, size;

	while (at) {
		size_t last = character_before(text, at);

		if (!utf8_is_letter(utf8_decode(text + last, &size)))
			break;
		letters++;
		at = last;
	}
	return letters == 1;
}

size_t sentence_end(const char *text, size_t from)
{
	size_t size;

	for (size_t at = from; text[at]; at += size) {
		unsigned c = utf8_decode(text + at, &size);

		if (c != '.' && c != '!' && c != '?' && c != 0x2026)
			continue;
		if (text[at + size] && text[at + size] != ' ')
			continue;
		if (c == '.' && follows_short_word(text, at))
			continue;
		if (text[at + size] && !begins_capital(text + at + size + 1) &&
		    !closing_of(text + at + size + 1))
			continue;
		return at + size;
	}
	return strlen(text);
}

bool ends_with(const char *text, const char *end)
{
	size_t n = strlen(text), m = strlen(end);

	return n >= m && !memcmp(text + n - m, end, m);
}

/* ---- capitals ------------------------------------------------------------------- */

static bool is_capital(unsigned c)
{
	return utf8_is_letter(c) && utf8proc_tolower((utf8proc_int32_t)c) != (utf8proc_int32_t)c;
}

bool begins_capital(const char *text)
{
	size_t size;

	return is_capital(utf8_decode(text, &size));
}

static void put_character(struct out *o, utf8proc_int32_t c)
{
	utf8proc_uint8_t bytes[4];

	out_bytes(o, bytes, (size_t)utf8proc_encode_char(c, bytes));
}

const char *capitalised(struct arena *a, const char *text)
{
	struct out o;
	size_t size = 0;
	const char *result;
	unsigned first = utf8_decode(text, &size);

	if (!utf8_is_letter(first))
		return text;
	out_init(&o);
	put_character(&o, utf8proc_toupper((utf8proc_int32_t)first));
	out_raw(&o, text + size);
	result = arena_strdup(a, out_string(&o));
	out_release(&o);
	return result;
}

static void put_lower(struct out *o, const char *text, size_t length)
{
	size_t size;

	for (size_t at = 0; at < length; at += size)
		put_character(o, utf8proc_tolower((utf8proc_int32_t)utf8_decode(text + at, &size)));
}

struct letters {
	size_t capitals, small;
};

static struct letters letters_of(const char *text, size_t length)
{
	struct letters l = { 0, 0 };
	size_t size;

	for (size_t at = 0; at < length; at += size) {
		unsigned c = utf8_decode(text + at, &size);

		l.capitals += is_capital(c);
		l.small += utf8_is_letter(c) && !is_capital(c);
	}
	return l;
}

static struct letters letters_of_word(const struct words *w, size_t i)
{
	return letters_of(w->text + w->word[i].at, w->word[i].end - w->word[i].at);
}

static bool is_in_capitals(const struct words *w, size_t i)
{
	struct letters l = letters_of_word(w, i);

	return l.capitals >= 2 && !l.small;
}

/* An elided "L'" goes with the word after it. */
static bool may_be_in_capitals(const struct words *w, size_t i)
{
	return !letters_of_word(w, i).small;
}

/* ---- spelling --------------------------------------------------------------------- */

struct spelled {
	const char *fold;
	const char *form; /* with its capitals; NULL when never seen with any, in a sentence */
	bool seen_small;
};

struct spelling {
	struct arena *a;
	struct spelled *slot;
	size_t n_slots, n_used;
};

enum { FIRST_SLOTS = 1024 };

struct spelling *spelling_new(struct arena *a)
{
	struct spelling *s = arena_make(a, struct spelling, 1);

	s->a = a;
	s->n_slots = FIRST_SLOTS;
	s->slot = arena_make(a, struct spelled, s->n_slots);
	return s;
}

static uint64_t hash_of(const char *text)
{
	uint64_t hash = 0xcbf29ce484222325u;

	for (; *text; text++)
		hash = (hash ^ (unsigned char)*text) * 0x100000001b3u;
	return hash;
}

static struct spelled *slot_of(const struct spelling *s, const char *fold)
{
	size_t i = hash_of(fold) & (s->n_slots - 1);

	while (s->slot[i].fold && strcmp(s->slot[i].fold, fold) != 0)
		i = (i + 1) & (s->n_slots - 1);
	return &s->slot[i];
}

static void make_room(struct spelling *s)
{
	struct spelled *old = s->slot;
	size_t n = s->n_slots;

	if (s->n_used * 2 < n)
		return;
	s->n_slots = n * 2;
	s->slot = arena_make(s->a, struct spelled, s->n_slots);
	for (size_t i = 0; i < n; i++)
		if (old[i].fold)
			*slot_of(s, old[i].fold) = old[i];
}

static bool begins_sentence(const struct words *w, size_t i)
{
	for (size_t at = i ? w->word[i - 1].end : 0; at < w->word[i].at; at++)
		if (strchr(".!?:\"|>-", w->text[at]) || (unsigned char)w->text[at] >= 0x80)
			return true;
	return i == 0 || (i && w->text[w->word[i - 1].end - 1] == '\0');
}

static void learn_word(struct spelling *s, const struct words *w, size_t i)
{
	struct letters l = letters_of_word(w, i);
	struct spelled *known;

	if (l.capitals + l.small < 2)
		return;
	make_room(s);
	known = slot_of(s, w->word[i].fold);
	s->n_used += !known->fold;
	known->fold = w->word[i].fold;
	known->seen_small |= !l.capitals;
	if (!known->form && l.capitals && (l.capitals > 1 || !begins_sentence(w, i)))
		known->form = arena_strndup(s->a, w->text + w->word[i].at,
					    w->word[i].end - w->word[i].at);
}

void spelling_learn(struct spelling *s, const char *text)
{
	struct words w = words_of(s->a, text);
	size_t n_capitals = 0;

	for (size_t i = 0; i < w.n_words; i++)
		n_capitals += is_in_capitals(&w, i);
	/* Among words in capitals an acronym does not show; a word alone may be a file's name. */
	if (w.n_words < 3 || n_capitals * 3 > w.n_words)
		return;
	for (size_t i = 0; i < w.n_words; i++)
		learn_word(s, &w, i);
}

static void put_recased(struct out *o, const struct spelling *s, const struct words *w, size_t i)
{
	const struct word *word = &w->word[i];
	const struct spelled *known = slot_of(s, word->fold);

	if (known->fold && known->form && !known->seen_small)
		out_raw(o, known->form);
	else
		put_lower(o, w->text + word->at, word->end - word->at);
}

static bool has_digit(const struct words *w, size_t i)
{
	for (size_t at = w->word[i].at; at < w->word[i].end; at++)
		if (w->text[at] >= '0' && w->text[at] <= '9')
			return true;
	return false;
}

/* "SCIC Orme 2D": the word before one that is not in capitals is an acronym of its own. */
static size_t end_of_capitals(const struct words *w)
{
	size_t i = 0;

	while (i < w->n_words && may_be_in_capitals(w, i))
		i++;
	if (i < w->n_words && i && is_in_capitals(w, i - 1))
		i--;
	return i;
}

const char *sentence_case(struct spelling *s, const char *text)
{
	struct words w = words_of(s->a, text);
	size_t end = end_of_capitals(&w), last = 0;
	struct out o;
	const char *result;

	out_init(&o);
	for (size_t i = 0; i < end; i++) {
		out_bytes(&o, text + last, w.word[i].at - last);
		if (has_digit(&w, i))
			out_bytes(&o, text + w.word[i].at, w.word[i].end - w.word[i].at);
		else
			put_recased(&o, s, &w, i);
		last = w.word[i].end;
	}
	out_raw(&o, text + last);
	result = capitalised(s->a, arena_strdup(s->a, out_string(&o)));
	out_release(&o);
	return result;
}

bool shouts(struct arena *a, const char *text)
{
	struct words w = words_of(a, text);
	size_t end = end_of_capitals(&w), n = 0;

	for (size_t i = 0; i < end; i++)
		n += is_in_capitals(&w, i);
	return n >= 2 && (end == w.n_words || n >= 3);
}
