#include "base/arena.h"
#include "base/out.h"
#include "base/richtext_read.h"
#include "base/richtext_tree.h"
#include "base/richtext_ways.h"

/* Every rule here is one of HTML5's "in body" and "in table", where it has no effect but the
 * plain one. Whatever is not certain is false. */

enum { MAX_OPEN = 100 };

struct straight {
	struct richtree *tree;
	struct out decoded;
	GumboTag open[MAX_OPEN];
	size_t n_open, n_paragraphs, n_headings, n_links;
};

static enum kind kind_of(GumboTag tag)
{
	return richtext_tag[tag].kind;
}

static GumboTag top(const struct straight *s)
{
	return s->n_open ? s->open[s->n_open - 1] : GUMBO_TAG_DIV;
}

static void count(struct straight *s, GumboTag tag, size_t step)
{
	if (kind_of(tag) == PARAGRAPH)
		s->n_paragraphs += step;
	else if (kind_of(tag) == HEADING)
		s->n_headings += step;
	else if (tag == GUMBO_TAG_A)
		s->n_links += step;
}

static void pop(struct straight *s)
{
	count(s, top(s), (size_t)-1);
	s->n_open--;
	richtree_end(s->tree);
}

static bool is_between_cells(const struct straight *s)
{
	enum kind kind = kind_of(top(s));

	return kind == TABLE || kind == SECTION || kind == ROW;
}

static bool is_pair(GumboTag tag)
{
	return tag == GUMBO_TAG_DT || tag == GUMBO_TAG_DD;
}

static bool may_begin_item(struct straight *s, GumboTag tag)
{
	GumboTag before = top(s);

	if (tag == GUMBO_TAG_LI ? before == GUMBO_TAG_LI : is_pair(before))
		pop(s);
	return kind_of(top(s)) == (tag == GUMBO_TAG_LI ? LIST : PAIRS);
}

static bool may_begin_block(struct straight *s, GumboTag tag)
{
	if (top(s) == GUMBO_TAG_P)
		pop(s);
	if (s->n_paragraphs)
		return false;
	switch (tag) {
	case GUMBO_TAG_LI:
	case GUMBO_TAG_DT:
	case GUMBO_TAG_DD:
		return may_begin_item(s, tag);
	case GUMBO_TAG_CAPTION:
	case GUMBO_TAG_THEAD:
	case GUMBO_TAG_TBODY:
	case GUMBO_TAG_TFOOT:
		return kind_of(top(s)) == TABLE;
	case GUMBO_TAG_TR:
		return kind_of(top(s)) == SECTION;
	case GUMBO_TAG_TD:
	case GUMBO_TAG_TH:
		return kind_of(top(s)) == ROW;
	default:
		return !is_between_cells(s) && !(kind_of(tag) == HEADING && s->n_headings);
	}
}

static bool may_begin(struct straight *s, GumboTag tag)
{
	if (kind_of(tag) == INLINE || kind_of(tag) == LINE)
		return !is_between_cells(s) && !(tag == GUMBO_TAG_A && s->n_links);
	return may_begin_block(s, tag);
}

/* Its attributes, decoded; false when they hold an entity only gumbo knows. */
static bool values(struct straight *s, const struct token *t, const char **value)
{
	for (int i = 0; i < N_ATTRIBUTES; i++) {
		value[i] = NULL;
		if (!t->attribute[i].text || !(richtext_tag[t->tag].attributes & 1u << i))
			continue;
		s->decoded.length = 0;
		out_bytes(&s->decoded, "", 0);
		if (!markup_decode(&s->decoded, t->attribute[i], true))
			return false;
		value[i] = arena_strndup(s->tree->a, s->decoded.data, s->decoded.length);
	}
	return true;
}

static bool is_alone(GumboTag tag)
{
	return kind_of(tag) == LINE || kind_of(tag) == RULE;
}

static bool begin(struct straight *s, const struct token *t)
{
	const char *value[N_ATTRIBUTES];

	if (!may_begin(s, t->tag) || s->n_open == MAX_OPEN || !values(s, t, value))
		return false;
	richtree_begin(s->tree, t->tag, value);
	if (is_alone(t->tag)) {
		richtree_end(s->tree);
		return true;
	}
	s->open[s->n_open++] = t->tag;
	count(s, t->tag, 1);
	return true;
}

/* Tags that end by themselves where the element around them does. */
static bool is_implied(GumboTag tag)
{
	return tag == GUMBO_TAG_P || tag == GUMBO_TAG_LI || is_pair(tag);
}

static bool end(struct straight *s, GumboTag tag)
{
	if (kind_of(tag) != INLINE && kind_of(tag) != PARAGRAPH)
		while (s->n_open && top(s) != tag && is_implied(top(s)))
			pop(s);
	if (!s->n_open || top(s) != tag)
		return false;
	pop(s);
	return true;
}

static bool is_all_blank(const char *text)
{
	while (*text == ' ' || *text == '\t' || *text == '\n' || *text == '\r' || *text == '\f')
		text++;
	return !*text;
}

static bool text(struct straight *s, const struct token *t)
{
	s->decoded.length = 0;
	if (t->stands_apart)
		out_char(&s->decoded, ' ');
	if (!markup_decode(&s->decoded, t->text, false))
		return false;
	if (t->stands_apart)
		out_char(&s->decoded, ' ');
	if (is_between_cells(s) && !is_all_blank(s->decoded.data))
		return false;
	richtree_text(s->tree, s->decoded.data, s->decoded.length);
	return true;
}

static bool take(struct straight *s, const struct token *t)
{
	switch (t->type) {
	case TEXT:
		return text(s, t);
	case BEGIN_TAG:
		return begin(s, t);
	default:
		return end(s, t->tag);
	}
}

bool richtext_read_straight(struct richtree *t, const char *markup)
{
	struct straight s = { .tree = t };
	struct markup_reader r;
	struct token token;
	bool is_straight = true;

	out_init(&s.decoded);
	markup_begin(&r, markup);
	while (is_straight && markup_next(&r, &token) != ENDED)
		is_straight = take(&s, &token);
	while (is_straight && s.n_open)
		pop(&s);
	out_release(&s.decoded);
	return is_straight;
}
