#include "base/richtext_read.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/out.h"

void markup_begin(struct markup_reader *r, const char *markup)
{
	*r = (struct markup_reader){ markup, markup + strlen(markup) };
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

/* ---- tags ------------------------------------------------------------------ */

struct read_tag {
	GumboTag tag;
	bool closes_itself;
};

static struct piece name_of(struct markup_reader *r)
{
	const char *begins = r->at;

	while (r->at < r->end && !is_blank(*r->at) && *r->at != '/' && *r->at != '>')
		r->at++;
	return (struct piece){ begins, (size_t)(r->at - begins) };
}

static struct piece until(struct markup_reader *r, char quote)
{
	const char *begins = r->at, *ends = memchr(begins, quote, (size_t)(r->end - begins));

	r->at = ends ? ends + 1 : r->end;
	return (struct piece){ begins, (size_t)((ends ? ends : r->end) - begins) };
}

static void skip_blanks(struct markup_reader *r)
{
	while (r->at < r->end && is_blank(*r->at))
		r->at++;
}

static struct piece value_of(struct markup_reader *r)
{
	const char *begins;

	skip_blanks(r);
	if (*r->at != '=')
		return (struct piece){ "", 0 };
	r->at++;
	skip_blanks(r);
	if (*r->at == '"' || *r->at == '\'')
		return until(r, *r->at++);
	begins = r->at;
	while (r->at < r->end && !is_blank(*r->at) && *r->at != '>')
		r->at++;
	return (struct piece){ begins, (size_t)(r->at - begins) };
}

/* An attribute's name may begin with '=': HTML has it so. */
static struct piece attribute_name(struct markup_reader *r)
{
	const char *begins = r->at++;

	while (r->at < r->end && !is_blank(*r->at) && *r->at != '/' && *r->at != '>' &&
	       *r->at != '=')
		r->at++;
	return (struct piece){ begins, (size_t)(r->at - begins) };
}

static void keep_attribute(struct token *t, struct piece name, struct piece value)
{
	for (int i = 0; i < N_ATTRIBUTES; i++)
		if (!t->attribute[i].text && strlen(richtext_attribute[i]) == name.length &&
		    !strncasecmp(richtext_attribute[i], name.text, name.length))
			t->attribute[i] = value;
}

/* Past the name, up to the '>'; false when the text ends before it. */
static bool read_attributes(struct markup_reader *r, struct token *t, struct read_tag *read,
			    struct piece *alt)
{
	memset(t->attribute, 0, sizeof(t->attribute));
	while (r->at < r->end) {
		struct piece name, value;

		if (*r->at == '>') {
			r->at++;
			return true;
		}
		if (is_blank(*r->at) || *r->at == '/') {
			read->closes_itself = *r->at++ == '/' && *r->at == '>';
			continue;
		}
		name = attribute_name(r);
		value = value_of(r);
		keep_attribute(t, name, value);
		if (!alt->text && name.length == 3 && !strncasecmp(name.text, "alt", 3))
			*alt = value;
	}
	return false;
}

/* From the letter of the name to behind the '>'; nothing is left when there is none. */
static struct read_tag read_tag(struct markup_reader *r, struct token *t, struct piece *alt)
{
	struct piece name = name_of(r);
	struct read_tag read = { GUMBO_TAG_UNKNOWN, false };

	*alt = (struct piece){ NULL, 0 };
	read.tag = gumbo_tagn_enum(name.text, (unsigned)name.length);
	if (!read_attributes(r, t, &read, alt))
		read.tag = GUMBO_TAG_UNKNOWN;
	return read;
}

/* ---- what is skipped ------------------------------------------------------- */

/* At "--" of "<!--": to behind its end. */
static void skip_comment(struct markup_reader *r)
{
	r->at += 2;
	if (*r->at == '>' || !strncmp(r->at, "->", 2)) {
		until(r, '>');
		return;
	}
	while (r->at < r->end) {
		until(r, '-');
		if (!strncmp(r->at, "->", 2) || !strncmp(r->at, "-!>", 3)) {
			until(r, '>');
			return;
		}
	}
}

/* At '!', '?' or '/' behind a '<' that begins no tag. */
static void skip_remark(struct markup_reader *r)
{
	if (!strncmp(r->at, "!--", 3)) {
		r->at++;
		skip_comment(r);
	} else {
		until(r, '>');
	}
}

/* What stands before the end tag of an element that holds no markup. */
static struct piece raw_text(struct markup_reader *r, GumboTag tag)
{
	const char *name = gumbo_normalized_tagname(tag), *begins = r->at, *ends;
	size_t length = strlen(name);

	while ((ends = memchr(r->at, '<', (size_t)(r->end - r->at)))) {
		r->at = ends + 1;
		if (*r->at != '/' || strncasecmp(r->at + 1, name, length) != 0)
			continue;
		if (is_blank(r->at[1 + length]) || strchr("/>", r->at[1 + length]))
			break;
	}
	if (!ends)
		ends = r->at = r->end;
	else
		r->at = ends;
	return (struct piece){ begins, (size_t)(ends - begins) };
}

static bool at_tag(const struct markup_reader *r)
{
	return r->at[0] == '<' && is_letter(r->at[1]);
}

static bool at_end_tag(const struct markup_reader *r)
{
	return r->at[0] == '<' && r->at[1] == '/' && is_letter(r->at[2]);
}

static bool at_remark(const struct markup_reader *r)
{
	return r->at[0] == '<' && (r->at[1] == '!' || r->at[1] == '?' || r->at[1] == '/');
}

/* Behind the tag that begins it: to behind the one that ends it, or the end of the text. */
static void skip_gone(struct markup_reader *r, GumboTag tag)
{
	struct token ignored;
	struct piece alt;
	size_t depth = 1;

	while (depth && r->at < r->end) {
		if (at_tag(r)) {
			struct read_tag read = (r->at++, read_tag(r, &ignored, &alt));

			if (richtext_tag[read.tag].kind == RAW && !read.closes_itself)
				raw_text(r, read.tag);
			depth += read.tag == tag && !read.closes_itself;
		} else if (at_end_tag(r)) {
			r->at += 2;
			depth -= read_tag(r, &ignored, &alt).tag == tag;
		} else if (at_remark(r)) {
			r->at++;
			skip_remark(r);
		} else {
			const char *next = memchr(r->at + 1, '<', (size_t)(r->end - r->at - 1));

			r->at = next ? next : r->end;
		}
	}
}

/* ---- tokens ---------------------------------------------------------------- */

static bool is_foreign(GumboTag tag)
{
	return tag == GUMBO_TAG_SVG || tag == GUMBO_TAG_MATH;
}

static enum token_type begin(struct token *t, GumboTag tag)
{
	t->tag = tag;
	return t->type = BEGIN_TAG;
}

static enum token_type text(struct token *t, struct piece piece)
{
	t->text = piece;
	t->stands_apart = false;
	return t->type = piece.length ? TEXT : ENDED;
}

/* ENDED when there is nothing to tell of it. */
static enum token_type begin_tag(struct markup_reader *r, struct token *t)
{
	struct piece alt;
	struct read_tag read = (r->at++, read_tag(r, t, &alt));

	switch (richtext_tag[read.tag].kind) {
	case LOST:
		return ENDED;
	case GONE:
		if (!read.closes_itself || !is_foreign(read.tag))
			skip_gone(r, read.tag);
		return ENDED;
	case RAW:
		raw_text(r, read.tag);
		return ENDED;
	case FIELD:
		return text(t, raw_text(r, read.tag));
	case IMAGE:
		text(t, alt);
		t->stands_apart = true;
		return t->type;
	case BREAK:
		return begin(t, GUMBO_TAG_DIV);
	default:
		return begin(t, read.tag);
	}
}

static enum token_type end_tag(struct markup_reader *r, struct token *t)
{
	struct piece alt;
	struct read_tag read = (r->at += 2, read_tag(r, t, &alt));
	enum kind kind = richtext_tag[read.tag].kind;

	/* </br> is read as <br>. */
	if (kind == LINE)
		return begin(t, read.tag);
	if (kind < BREAK || kind == IMAGE || kind == RULE)
		return ENDED;
	t->tag = kind == BREAK ? GUMBO_TAG_DIV : read.tag;
	return t->type = END_TAG;
}

static enum token_type plain_text(struct markup_reader *r, struct token *t)
{
	const char *begins = r->at++;

	while (r->at < r->end && !at_tag(r) && !at_remark(r)) {
		const char *next = memchr(r->at + 1, '<', (size_t)(r->end - r->at - 1));

		r->at = next ? next : r->end;
	}
	return text(t, (struct piece){ begins, (size_t)(r->at - begins) });
}

enum token_type markup_next(struct markup_reader *r, struct token *t)
{
	t->type = ENDED;
	while (t->type == ENDED && r->at < r->end) {
		if (at_tag(r)) {
			begin_tag(r, t);
		} else if (at_end_tag(r)) {
			end_tag(r, t);
		} else if (at_remark(r)) {
			r->at++;
			skip_remark(r);
		} else {
			plain_text(r, t);
		}
	}
	return t->type;
}

/* ---- entities -------------------------------------------------------------- */

static const struct entity {
	const char *name, *text;
} entity[] = {
	{ "amp", "&" },    { "lt", "<" },        { "gt", ">" },     { "quot", "\"" },
	{ "apos", "'" },   { "nbsp", "\u00a0" }, { "eacute", "é" }, { "egrave", "è" },
	{ "agrave", "à" }, { "ecirc", "ê" },     { "ccedil", "ç" }, { "rsquo", "’" },
	{ "acirc", "â" },  { "icirc", "î" },     { "ocirc", "ô" },  { "ucirc", "û" },
	{ "ugrave", "ù" }, { "euml", "ë" },      { "iuml", "ï" },   { "Eacute", "É" },
	{ "Agrave", "À" }, { "Egrave", "È" },    { "oelig", "œ" },  { "laquo", "«" },
	{ "raquo", "»" },  { "lsquo", "‘" },     { "ldquo", "“" },  { "rdquo", "”" },
	{ "ndash", "–" },  { "mdash", "—" },     { "hellip", "…" }, { "euro", "€" },
	{ "deg", "°" },    { "copy", "©" },
};

static bool named(struct out *o, const char *name, size_t length)
{
	for (size_t i = 0; i < sizeof(entity) / sizeof(*entity); i++)
		if (!strncmp(entity[i].name, name, length) && !entity[i].name[length]) {
			out_raw(o, entity[i].text);
			return true;
		}
	return false;
}

static void out_character(struct out *o, unsigned c)
{
	if (c >= 0x10000)
		out_char(o, (char)(0xf0 | c >> 18));
	if (c >= 0x800)
		out_char(o, (char)(c >= 0x10000 ? 0x80 | (c >> 12 & 0x3f) : 0xe0 | c >> 12));
	if (c >= 0x80)
		out_char(o, (char)(c >= 0x800 ? 0x80 | (c >> 6 & 0x3f) : 0xc0 | c >> 6));
	out_char(o, (char)(c >= 0x80 ? 0x80 | (c & 0x3f) : c));
}

/* Those that stand for themselves: HTML reads other numbers as something else. */
static bool is_plain_number(unsigned long c)
{
	return (c >= ' ' && c < 0x7f) || c == '\t' || c == '\n' || (c >= 0xa0 && c < 0xd800) ||
	       (c >= 0xe000 && c < 0xfdd0) || (c > 0xfdef && c < 0xfffe);
}

/* "38" or "x26", of `length` bytes. */
static bool numbered(struct out *o, const char *number, size_t length)
{
	int base = *number == 'x' || *number == 'X' ? 16 : 10;
	const char *digits = number + (base == 16);
	size_t n = length - (base == 16);
	char *end;
	unsigned long c;

	if (n < 1 || n > 6 || strspn(digits, "0123456789abcdefABCDEF") != n)
		return false;
	c = strtoul(digits, &end, base);
	if (end != number + length || !is_plain_number(c))
		return false;
	out_character(o, (unsigned)c);
	return true;
}

/* At an '&': how many bytes were read; 0 when only HTML5's great table could tell. */
static size_t read_entity(struct out *o, const char *at, const char *end, bool in_attribute)
{
	const char *name = at + 1, *ends = name + (name < end && *name == '#');
	bool known;

	while (ends < end && (is_letter(*ends) || is_digit(*ends)))
		ends++;
	/* An & alone, or that of "?a=1&b=2", is an &. */
	if (ends == name || (in_attribute && ends < end && *ends == '=' && *name != '#')) {
		out_char(o, '&');
		return 1;
	}
	if (ends == end || *ends != ';')
		return 0;
	known = *name == '#' ? numbered(o, name + 1, (size_t)(ends - name - 1))
			     : named(o, name, (size_t)(ends - name));
	return known ? (size_t)(ends + 1 - at) : 0;
}

bool markup_decode(struct out *o, struct piece text, bool in_attribute)
{
	const char *at = text.text, *end = at + text.length;
	bool all = true;

	while (at < end) {
		const char *next = memchr(at, '&', (size_t)(end - at));
		size_t size;

		out_bytes(o, at, (size_t)((next ? next : end) - at));
		if (!next)
			break;
		size = read_entity(o, next, end, in_attribute);
		if (!size) {
			all = false;
			out_char(o, '&');
			size = 1;
		}
		at = next + size;
	}
	return all;
}
