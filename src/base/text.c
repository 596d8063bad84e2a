#include "base/text.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "base/arena.h"
#include "base/out.h"

static utf8proc_category_t category(unsigned character)
{
	return utf8proc_category((utf8proc_int32_t)character);
}

static const char *keep(struct arena *a, struct out *o)
{
	const char *text = arena_strndup(a, out_string(o), o->length);

	out_release(o);
	return text;
}

/* What utf8proc makes of a text that is valid UTF-8. */
static const char *mapped(struct arena *a, const char *text, size_t length, int options)
{
	utf8proc_uint8_t *result = NULL;
	utf8proc_ssize_t size = utf8proc_map((const utf8proc_uint8_t *)text,
					     (utf8proc_ssize_t)length, &result, options);
	const char *kept;

	if (size < 0)
		die("cannot normalise a text: %s", utf8proc_errmsg(size));
	kept = arena_strndup(a, (const char *)result, (size_t)size);
	free(result);
	return kept;
}

/* ---- at the door --------------------------------------------------------- */

/* Putting accents in order takes the square of their number: as UAX 15 does, stop at 30. */
enum { MARKS_ON_A_LETTER = 30 };

/* Counts accents in a row as they are once taken apart, which is how they are put in order. */
static bool is_mark_too_many(unsigned c, int *marks)
{
	utf8proc_int32_t part[8];
	utf8proc_ssize_t n;

	if (c < 0x300) {
		*marks = 0;
		return false;
	}
	n = utf8proc_decompose_char((utf8proc_int32_t)c, part, 8,
				    UTF8PROC_DECOMPOSE | UTF8PROC_STABLE, NULL);
	for (utf8proc_ssize_t i = 0; i < n && i < 8; i++)
		*marks = utf8proc_get_property(part[i])->combining_class ? *marks + 1 : 0;
	return *marks > MARKS_ON_A_LETTER;
}

static bool is_noncharacter(unsigned c)
{
	return (c & 0xfffe) == 0xfffe || (c >= 0xfdd0 && c <= 0xfdef);
}

bool utf8_turns(unsigned c)
{
	return c == 0x61c || c == 0x200e || c == 0x200f || (c >= 0x202a && c <= 0x202e) ||
	       (c >= 0x2066 && c <= 0x2069);
}

static bool ends_a_line(unsigned c)
{
	return (c >= '\n' && c <= '\r') || c == 0x85 || c == 0x2028 || c == 0x2029;
}

/* Copies all but what may not come in; tells whether none of it was a noncharacter. */
static bool sift(struct out *o, const char *text)
{
	size_t size;
	int marks = 0;
	bool is_text = true;

	for (; *text; text += size) {
		unsigned c = utf8_decode(text, &size);

		is_text &= !is_noncharacter(c);
		if (is_noncharacter(c) || (c == '\r' && text[1] == '\n'))
			continue;
		if (ends_a_line(c))
			out_char(o, '\n');
		else if (c == 0xfeff && !o->length)
			continue;
		else if (c != '\t' && category(c) == UTF8PROC_CATEGORY_CC)
			continue;
		else if (!is_mark_too_many(c, &marks))
			out_bytes(o, text, size);
	}
	return is_text;
}

/* The text without what may not come in, in NFC; NULL when it is not UTF-8 or holds a zero. */
static const char *sifted(struct arena *a, const char *text, size_t length, bool *is_text)
{
	struct out o;
	const char *clean;

	if (utf8_valid_length(text, length) != length)
		return NULL;
	out_init(&o);
	*is_text = sift(&o, arena_strndup(a, text, length));
	clean = mapped(a, out_string(&o), o.length, UTF8PROC_STABLE | UTF8PROC_COMPOSE);
	out_release(&o);
	return clean;
}

enum status text_check(struct arena *a, const char *text, size_t length, const char **clean)
{
	bool is_text;
	const char *found = sifted(a, text, length, &is_text);

	*clean = found && is_text ? found : "";
	return found && is_text ? OK : INVALID;
}

const char *text_typed(struct arena *a, const char *text, size_t length)
{
	bool is_text;

	return sifted(a, text, length, &is_text);
}

/* ---- comparing ------------------------------------------------------------- */

/* Letters that Unicode does not take apart, and the apostrophes people type. */
static const struct opening {
	unsigned from;
	const char *to;
} opening[] = {
	{ 0xe6, "ae" }, { 0x153, "oe" }, { 0xf8, "o" },   { 0x111, "d" },  { 0x142, "l" },
	{ 0x131, "i" }, { 0x2bc, "'" },  { 0x2018, "'" }, { 0x2019, "'" }, { 0x201b, "'" },
};

static const char *opened(unsigned c)
{
	for (size_t i = 0; i < sizeof(opening) / sizeof(*opening); i++)
		if (opening[i].from == c)
			return opening[i].to;
	return NULL;
}

static const char *open_letters(struct arena *a, const char *text)
{
	struct out o;
	size_t size;

	out_init(&o);
	for (; *text; text += size) {
		unsigned c = utf8_decode(text, &size);
		const char *plain = c < 0x80 ? NULL : opened(c);

		if (plain)
			out_raw(&o, plain);
		else
			out_bytes(&o, text, size);
	}
	return keep(a, &o);
}

static const char *fold_once(struct arena *a, const char *text)
{
	return open_letters(a, mapped(a, text, strlen(text),
				      UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_COMPAT |
					      UTF8PROC_CASEFOLD | UTF8PROC_STRIPMARK |
					      UTF8PROC_IGNORE));
}

const char *text_fold(struct arena *a, const char *text)
{
	const char *folded = fold_once(a, text);
	const char *again = fold_once(a, folded);

	/* A letter taken apart may show another that has a lower case of its own. */
	while (strcmp(folded, again)) {
		folded = again;
		again = fold_once(a, folded);
	}
	return folded;
}

/* The byte a slug shows for `c`, '-' for whatever parts words. */
static char slug_byte(unsigned char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ? (char)c : '-';
}

static void slug_put(struct out *o, char c)
{
	if (c != '-' || (o->length && o->data[o->length - 1] != '-'))
		out_char(o, c);
}

static size_t slug_end(const char *slug, size_t length, size_t max)
{
	size_t end = length < max ? length : max;

	if (end < length && slug[end] != '-')
		while (end && slug[end - 1] != '-')
			end--;
	/* A single word longer than all the room is cut inside. */
	if (!end && length)
		end = length < max ? length : max;
	while (end && slug[end - 1] == '-')
		end--;
	return end;
}

const char *text_slug(struct arena *a, const char *text, size_t max)
{
	struct out o;
	const char *slug;

	out_init(&o);
	for (const char *c = text_fold(a, text); *c; c++) {
		if (*c == '&') {
			slug_put(&o, '-');
			out_raw(&o, "et-");
		} else {
			slug_put(&o, slug_byte((unsigned char)*c));
		}
	}
	slug = arena_strndup(a, out_string(&o), slug_end(out_string(&o), o.length, max));
	out_release(&o);
	return slug;
}

/* ---- cutting --------------------------------------------------------------- */

const char *text_squeeze(struct arena *a, const char *text)
{
	struct out o;
	bool blank = false;
	size_t size;

	out_init(&o);
	for (; *text; text += size) {
		if (utf8_is_blank(utf8_decode(text, &size))) {
			blank = true;
			continue;
		}
		if (blank && o.length)
			out_char(&o, ' ');
		blank = false;
		out_bytes(&o, text, size);
	}
	return keep(a, &o);
}

/* Where a character begins, `n` characters further, or the end. */
static size_t skip(const char *text, size_t n)
{
	size_t at = 0, size;

	while (n-- && text[at]) {
		utf8_decode(text + at, &size);
		at += size;
	}
	return at;
}

static unsigned before(const char *text, size_t at, size_t *begins)
{
	size_t size;

	*begins = at;
	if (!at)
		return 0;
	while (--*begins && ((unsigned char)text[*begins] & 0xc0) == 0x80)
		;
	return utf8_decode(text + *begins, &size);
}

static bool is_one_of(unsigned c, const char *set)
{
	size_t size;

	for (; *set; set += size)
		if (utf8_decode(set, &size) == c)
			return true;
	return false;
}

enum { LONGEST_ABBREVIATION = 5 }; /* in bytes */

/* Words that a full stop shortens, when a sentence goes on after them. */
static bool is_abbreviation(const char *word, size_t length)
{
	static const char *const known[] = {
		"MM",  "Mme", "Mmes", "Mlle", "Dr",  "Pr",   "Me",   "St",  "Ste", "art",
		"al",  "cf",  "Cf",   "ex",   "fig", "env",  "pp",   "vol", "éd",  "tél",
		"Tél", "av",  "bd",   "no",   "n°",  "N°",   "nº",   "al",  "hab", "max",
		"min", "réf", "janv", "févr", "avr", "juil", "sept", "oct", "nov", "déc",
	};
	size_t size;
	unsigned first = utf8_decode(word, &size);

	if (size == length)
		return utf8_is_letter(first);
	for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++)
		if (strlen(known[i]) == length && !memcmp(known[i], word, length))
			return true;
	return false;
}

static bool follows_abbreviation(const char *text, size_t stop)
{
	size_t begins = stop, at;
	unsigned c;

	while ((c = before(text, begins, &at)) && !utf8_is_blank(c) && !is_one_of(c, "('’«-")) {
		if (stop - at > LONGEST_ABBREVIATION)
			return false;
		begins = at;
	}
	return begins < stop && is_abbreviation(text + begins, stop - begins);
}

/* A sentence does not begin with a small letter. */
static bool goes_on_small(const char *text)
{
	size_t size;
	unsigned c;

	while (utf8_is_blank(c = utf8_decode(text, &size)))
		text += size;
	return category(c) == UTF8PROC_CATEGORY_LL;
}

/* Past the quotes and brackets that close; a » may have a blank before it. */
static size_t past_quotes(const char *text, size_t at)
{
	size_t size, more;

	for (;;) {
		unsigned c = utf8_decode(text + at, &size);

		more = 0;
		if (utf8_is_blank(c) && utf8_decode(text + at + size, &more) != 0xbb)
			return at;
		if (!utf8_is_blank(c) && !is_one_of(c, ")]\"”’'»"))
			return at;
		at += size + more;
	}
}

/* The end of the sentence whose last mark is at `at`: its closing quotes included; 0 if none is. */
static size_t sentence_end(const char *text, size_t at)
{
	size_t size, end;
	unsigned mark = utf8_decode(text + at, &size);

	if (!is_one_of(mark, ".!?…") || goes_on_small(text + at + size))
		return 0;
	if (mark == '.' && follows_abbreviation(text, at))
		return 0;
	end = past_quotes(text, at + size);
	return utf8_is_blank(utf8_decode(text + end, &size)) ? end : 0;
}

static size_t last_sentence(const char *text, size_t from, size_t to)
{
	size_t size, last = 0;

	for (size_t at = from; at < to; at += size) {
		size_t end = sentence_end(text, at);

		if (end && end <= to)
			last = end;
		utf8_decode(text + at, &size);
	}
	return last;
}

/*
 * The end of the last whole word before `to`; when there is but one, `to`, or less so
 * that no letter loses its accents.
 */
static size_t last_word(const char *text, size_t to)
{
	size_t at = to, begins, size;
	unsigned c;

	if (!utf8_is_blank(utf8_decode(text + to, &size)))
		while ((c = before(text, at, &begins)) && !utf8_is_blank(c))
			at = begins;
	while ((c = before(text, at, &begins)) && (utf8_is_blank(c) || is_one_of(c, ",;:.(«–—-…")))
		at = begins;
	if (at)
		return at;
	while (to && utf8proc_get_property((utf8proc_int32_t)utf8_decode(text + to, &size))
			     ->combining_class)
		before(text, to, &to);
	return to;
}

const char *text_clip(struct arena *a, const char *text, size_t max)
{
	size_t room = skip(text, max), end;

	if (!text[room])
		return arena_strdup(a, text);
	if (!max)
		return "";
	end = last_sentence(text, skip(text, max / 2), room);
	if (end)
		return arena_strndup(a, text, end);
	end = last_word(text, skip(text, max - 1));
	return arena_printf(a, "%.*s…", (int)end, text);
}

bool text_is_shouting(const char *text)
{
	size_t size, capitals = 0;

	for (; *text; text += size) {
		unsigned c = utf8_decode(text, &size);

		if (!utf8_is_letter(c))
			continue;
		if (category(c) != UTF8PROC_CATEGORY_LU)
			return false;
		capitals++;
	}
	return capitals >= 4;
}
