#include "base/text.h"

#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "base/html.h"
#include "base/out.h"

enum {
	NO_BREAK = 0xa0,
	OPENING_QUOTE = 0xab,
	CLOSING_QUOTE = 0xbb,
	APOSTROPHE = 0x2019,
	NARROW = 0x202f,

	/* What is in a markup and is no character. */
	OPENING_TAG = 0x110000,
	CLOSING_TAG,
	ENTITY,
};

struct glyph {
	unsigned code;
	bool fixed; /* part of an address */
	unsigned size;
	const char *at;
};

struct setting {
	struct glyph *glyph;
	size_t n;
};

/* ---- from text to glyphs --------------------------------------------------- */

static void add(struct setting *s, unsigned code, const char *at, size_t size)
{
	s->glyph[s->n++] = (struct glyph){ code, false, (unsigned)size, at };
}

static void add_character(struct setting *s, const char *at)
{
	size_t size;
	unsigned code = utf8_decode(at, &size);

	add(s, code, at, size);
}

static size_t entity_size(const char *at)
{
	size_t size = 1 + (at[1] == '#');

	size += strspn(at + size, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789");
	return size > 2 && at[size] == ';' ? size + 1 : 0;
}

static const struct entity {
	const char *name;
	unsigned code;
} entity[] = {
	{ "&#39;", '\'' },
	{ "&#x27;", '\'' },
	{ "&apos;", '\'' },
	{ "&#8217;", APOSTROPHE },
	{ "&rsquo;", APOSTROPHE },
	{ "&nbsp;", NO_BREAK },
	{ "&#160;", NO_BREAK },
	{ "&#xa0;", NO_BREAK },
	{ "&#xA0;", NO_BREAK },
	{ "&#8239;", NARROW },
	{ "&laquo;", OPENING_QUOTE },
	{ "&raquo;", CLOSING_QUOTE },
	{ "&euro;", 0x20ac },
	{ "&deg;", 0xb0 },
	{ "&quot;", '"' },
};

static unsigned entity_code(const char *at, size_t size)
{
	for (size_t i = 0; i < sizeof(entity) / sizeof(*entity); i++)
		if (strlen(entity[i].name) == size && !memcmp(entity[i].name, at, size))
			return entity[i].code;
	return ENTITY;
}

static bool begins_tag(const char *at)
{
	return *at == '<' && at[1] &&
	       (at[1] == '/' || at[1] == '!' || at[1] == '?' ||
		((at[1] | 32) >= 'a' && (at[1] | 32) <= 'z'));
}

/* Past the '>' that ends the tag, were there others in its quoted values. */
static size_t tag_size(const char *at)
{
	const char *end;
	char quote = 0;

	for (end = at + 1; *end; end++) {
		if (quote)
			quote = *end == quote ? 0 : quote;
		else if (*end == '"' || *end == '\'')
			quote = *end;
		else if (*end == '>')
			return (size_t)(end - at) + 1;
	}
	return (size_t)(end - at);
}

static size_t comment_size(const char *at)
{
	const char *end = strstr(at, "-->");

	return end ? (size_t)(end - at) + strlen("-->") : strlen(at);
}

static const char *const untouched[] = { "code", "pre", "kbd", "samp", "script", "style" };

static bool is_named(const char *at, const char *name)
{
	size_t n = strlen(name);

	return !strncasecmp(at, name, n) && (!at[n] || strchr(" \t\n/>", at[n]));
}

/* The size of an element whose text is not prose, its end tag included; 0 for others. */
static size_t untouched_size(const char *at)
{
	const char *name = NULL, *end;

	for (size_t i = 0; i < sizeof(untouched) / sizeof(*untouched); i++)
		if (is_named(at + 1, untouched[i]))
			name = untouched[i];
	if (!name)
		return 0;
	for (end = at + tag_size(at); *end; end++)
		if (end[0] == '<' && end[1] == '/' && is_named(end + 2, name))
			return (size_t)(end - at) + tag_size(end);
	return (size_t)(end - at);
}

static void add_tag(struct setting *s, const char *at)
{
	size_t size = strncmp(at, "<!--", 4) ? untouched_size(at) : comment_size(at);

	add(s, at[1] == '/' ? CLOSING_TAG : OPENING_TAG, at, size ? size : tag_size(at));
}

static void add_entity(struct setting *s, const char *at)
{
	size_t size = entity_size(at);

	if (size)
		add(s, entity_code(at, size), at, size);
	else
		add_character(s, at);
}

static struct setting setting_for(struct arena *scratch, const char *text)
{
	return (struct setting){ arena_make(scratch, struct glyph, strlen(text)), 0 };
}

static struct setting glyphs_of_text(struct arena *scratch, const char *text)
{
	struct setting s = setting_for(scratch, text);

	for (; *text; text += s.glyph[s.n - 1].size)
		add_character(&s, text);
	return s;
}

static struct setting glyphs_of_markup(struct arena *scratch, const char *markup)
{
	struct setting s = setting_for(scratch, markup);

	for (; *markup; markup += s.glyph[s.n - 1].size) {
		if (begins_tag(markup))
			add_tag(&s, markup);
		else if (*markup == '&')
			add_entity(&s, markup);
		else
			add_character(&s, markup);
	}
	return s;
}

/* ---- what stands where ----------------------------------------------------- */

/* 0 before the first glyph and after the last. */
static unsigned code_at(const struct setting *s, size_t i)
{
	return i < s->n ? s->glyph[i].code : 0;
}

static bool is_tag(unsigned code)
{
	return code == OPENING_TAG || code == CLOSING_TAG;
}

static bool is_digit(unsigned code)
{
	return code >= '0' && code <= '9';
}

static bool is_letter(unsigned code)
{
	return code < OPENING_TAG && utf8_is_letter(code);
}

static bool is_blank(unsigned code)
{
	return code < OPENING_TAG && utf8_is_blank(code);
}

/* The blanks that are set anew; tabs and line ends are kept. */
static bool is_space(unsigned code)
{
	return code == ' ' || code == NO_BREAK || code == NARROW;
}

static bool reads(const struct setting *s, size_t i, const char *text)
{
	size_t size;

	for (; *text; text += size)
		if (code_at(s, i++) != utf8_decode(text, &size))
			return false;
	return true;
}

/* ---- addresses ----------------------------------------------------------------- */

static bool parts_words(unsigned code)
{
	return is_blank(code) || is_tag(code) || code == OPENING_QUOTE || code == CLOSING_QUOTE;
}

static bool is_address(const struct setting *s, size_t from, size_t to)
{
	if (reads(s, from, "www."))
		return true;
	for (size_t i = from; i < to; i++)
		if (code_at(s, i) == '@' || reads(s, i, "://"))
			return true;
	return false;
}

static void fix_addresses(struct setting *s)
{
	for (size_t from = 0, to; from < s->n; from = to + 1) {
		for (to = from; to < s->n && !parts_words(s->glyph[to].code); to++)
			;
		if (!is_address(s, from, to))
			continue;
		for (size_t i = from; i < to; i++)
			s->glyph[i].fixed = true;
	}
}

/* ---- blanks ------------------------------------------------------------------ */

/* "oui !", not "!important"; "Lieu :", not ":)". */
static bool ends_a_phrase(const struct setting *s, size_t i)
{
	unsigned mark = code_at(s, i), next = code_at(s, i + 1);

	if (!next || parts_words(next))
		return true;
	return (mark == '!' || mark == '?') && strchr("!?.,)]\"", next < 0x80 ? (int)next : 'x');
}

/* "450 000": one to three figures, then exactly three. */
static bool parts_thousands(const struct setting *s, size_t i)
{
	size_t first = i, after = i + 1;

	while (is_digit(code_at(s, first - 1)))
		first--;
	while (is_digit(code_at(s, after)))
		after++;
	return first < i && i - first <= 3 && after - i == 4;
}

static bool is_unit(const struct setting *s, size_t i)
{
	static const char *const unit[] = {
		"€", "k€", "K€", "M€", "Md€", "Mds€", "%",   "‰",   "$",  "£",  "h",  "min",
		"s", "km", "m",  "cm", "mm",  "m²",   "m³",  "km²", "ha", "kg", "g",  "t",
		"W", "kW", "MW", "Wh", "kWh", "MWh",  "GWh", "TWh", "°C", "ko", "Mo", "Go",
	};

	for (size_t u = 0; u < sizeof(unit) / sizeof(*unit); u++) {
		unsigned next = code_at(s, i + utf8_length(unit[u]));

		if (reads(s, i, unit[u]) && !is_letter(next) && !is_digit(next))
			return true;
	}
	return false;
}

/* The blank after the h of "9 h 30". */
static bool parts_minutes(const struct setting *s, size_t i)
{
	if (code_at(s, i - 1) != 'h' || !is_digit(code_at(s, i + 1)) ||
	    !is_digit(code_at(s, i + 2)) || is_digit(code_at(s, i + 3)))
		return false;
	return is_digit(code_at(s, i - is_space(code_at(s, i - 2)) - 2));
}

/* The blank of "n° 9". */
static bool parts_number_sign(const struct setting *s, size_t i)
{
	return (code_at(s, i - 1) == 0xb0 || code_at(s, i - 1) == 0xba) &&
	       (code_at(s, i - 2) | 32) == 'n' && is_digit(code_at(s, i + 1));
}

static unsigned blank_of_number(const struct setting *s, size_t i)
{
	if (is_digit(code_at(s, i - 1)) && parts_thousands(s, i))
		return NARROW;
	if (is_digit(code_at(s, i - 1)) && is_unit(s, i + 1))
		return NO_BREAK;
	return parts_minutes(s, i) || parts_number_sign(s, i) ? NO_BREAK : 0;
}

/* What the spaces from `from` to `to` should be, 0 when they are to be left alone. */
static unsigned blank_for(const struct setting *s, size_t from, size_t to)
{
	unsigned previous = code_at(s, from - 1), next = code_at(s, to);

	if (!previous || previous == '\n')
		return 0;
	if (previous == OPENING_QUOTE || next == CLOSING_QUOTE)
		return NARROW;
	if ((next == ';' || next == '!' || next == '?') && ends_a_phrase(s, to))
		return NARROW;
	if (next == ':' && ends_a_phrase(s, to))
		return NO_BREAK;
	return to - from == 1 && code_at(s, from) == ' ' ? blank_of_number(s, from) : 0;
}

/* True when a blank has to be put before glyph `i`: inside « » alone. */
static bool lacks_blank(const struct setting *s, size_t i)
{
	unsigned previous = code_at(s, i - 1), next = code_at(s, i);

	if (!previous || !next || is_blank(previous) || is_blank(next))
		return false;
	return (previous == OPENING_QUOTE && next != CLOSING_TAG) ||
	       (next == CLOSING_QUOTE && previous != OPENING_TAG);
}

static bool is_elision(const struct setting *s, size_t i)
{
	unsigned next = code_at(s, i + 1);

	return code_at(s, i) == '\'' && !s->glyph[i].fixed && is_letter(code_at(s, i - 1)) &&
	       (is_letter(next) || is_digit(next) || next == OPENING_QUOTE || next == OPENING_TAG);
}

/* ---- writing ------------------------------------------------------------------- */

static void put(struct out *o, unsigned code)
{
	out_raw(o, code == NARROW ? "\u202f" : code == NO_BREAK ? "\u00a0" : "’");
}

static size_t put_spaces(struct out *o, const struct setting *s, size_t from)
{
	size_t to = from;
	unsigned blank;

	while (is_space(code_at(s, to)))
		to++;
	blank = blank_for(s, from, to);
	if (blank)
		put(o, blank);
	else
		for (size_t i = from; i < to; i++)
			out_bytes(o, s->glyph[i].at, s->glyph[i].size);
	return to;
}

static size_t put_glyph(struct out *o, const struct setting *s, size_t i)
{
	if (lacks_blank(s, i))
		put(o, NARROW);
	if (is_elision(s, i))
		put(o, APOSTROPHE);
	else
		out_bytes(o, s->glyph[i].at, s->glyph[i].size);
	return i + 1;
}

static const char *set(struct arena *a, struct setting s)
{
	struct out o;
	const char *text;
	size_t i = 0;

	out_init(&o);
	fix_addresses(&s);
	while (i < s.n)
		i = is_space(s.glyph[i].code) ? put_spaces(&o, &s, i) : put_glyph(&o, &s, i);
	text = arena_strndup(a, out_string(&o), o.length);
	out_release(&o);
	return text;
}

const char *text_typography(struct arena *a, const char *text)
{
	struct arena *scratch = arena_new();
	const char *result = set(a, glyphs_of_text(scratch, text));

	arena_free(scratch);
	return result;
}

struct html html_typography(struct arena *a, struct html markup)
{
	struct arena *scratch;
	const char *result;

	if (!markup.markup)
		return markup;
	scratch = arena_new();
	result = set(a, glyphs_of_markup(scratch, markup.markup));
	arena_free(scratch);
	return html_trusted(result);
}
