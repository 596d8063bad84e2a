#include <setjmp.h>
#include <string.h>

#include "base/arena.h"
#include "base/out.h"
#include "base/richtext_read.h"
#include "base/richtext_tree.h"
#include "base/richtext_ways.h"
#include "base/text.h"

/*
 * gumbo walks over all open elements at many a tag, keeps every attribute, and makes tags that
 * were closed in the wrong order anew in each block. So it gets the tags that count and nothing
 * else, not nested too deep, and only so much memory.
 */
enum { MAX_OPEN = 128, MEMORY_PER_BYTE = 100, MEMORY_AT_LEAST = 32 * 1024 * 1024 };

/* ---- what gumbo gets ------------------------------------------------------- */

struct feed {
	struct arena *a;
	struct out out;
	unsigned char *open; /* tags, as they were opened */
	size_t n_open, capacity, n_tables;
};

/* Elements that end by themselves, or stand only in a table: they never nest alone. */
static bool is_counted(GumboTag tag)
{
	switch (richtext_tag[tag].kind) {
	case PARAGRAPH:
	case LINE:
	case RULE:
	case SECTION:
	case ROW:
		return false;
	case CELL:
		return tag == GUMBO_TAG_FIGCAPTION;
	default:
		return true;
	}
}

/* Outside a table its parts would run together. */
static GumboTag fed_tag(const struct feed *f, GumboTag tag)
{
	enum kind kind = richtext_tag[tag].kind;
	bool is_part = kind == SECTION || kind == ROW || tag == GUMBO_TAG_TD ||
		       tag == GUMBO_TAG_TH || tag == GUMBO_TAG_CAPTION;

	return is_part && !f->n_tables ? GUMBO_TAG_DIV : tag;
}

static void feed_text(struct feed *f, struct piece text)
{
	for (const char *at = text.text, *end = at + text.length; at < end; at++) {
		if (*at == '<')
			out_raw(&f->out, "&lt;");
		else if (*at == '"')
			out_raw(&f->out, "&quot;");
		else if (*at == '&' && (at + 1 == end || !strchr("#ABCDEFGHIJKLMNOPQRSTUVWXYZ"
								 "abcdefghijklmnopqrstuvwxyz"
								 "0123456789",
								 at[1])))
			out_raw(&f->out, "&amp;");
		else if (*at != '\r')
			out_char(&f->out, *at);
		else if (at + 1 == end || at[1] != '\n')
			out_char(&f->out, '\n');
	}
}

static void feed_begin(struct feed *f, const struct token *t, GumboTag tag)
{
	out_char(&f->out, '<');
	out_raw(&f->out, gumbo_normalized_tagname(tag));
	for (int i = 0; i < N_ATTRIBUTES; i++) {
		if (!t->attribute[i].text || !(richtext_tag[tag].attributes & 1u << i))
			continue;
		out_char(&f->out, ' ');
		out_raw(&f->out, richtext_attribute[i]);
		out_raw(&f->out, "=\"");
		feed_text(f, t->attribute[i]);
		out_char(&f->out, '"');
	}
	out_char(&f->out, '>');
}

static void begin(struct feed *f, const struct token *t)
{
	GumboTag tag = fed_tag(f, t->tag);

	if (is_counted(tag)) {
		*arena_push(f->a, f->open, f->n_open, f->capacity) = (unsigned char)tag;
		f->n_tables += tag == GUMBO_TAG_TABLE;
	}
	if (f->n_open <= MAX_OPEN)
		feed_begin(f, t, tag);
}

/* A tag that does not end the last is left to gumbo, and thought to end nothing. */
static void end(struct feed *f, GumboTag tag)
{
	bool is_fed = f->n_open <= MAX_OPEN;

	tag = fed_tag(f, tag);
	if (is_counted(tag) && f->n_open && f->open[f->n_open - 1] == tag) {
		f->n_open--;
		f->n_tables -= tag == GUMBO_TAG_TABLE;
	}
	if (is_fed) {
		out_raw(&f->out, "</");
		out_raw(&f->out, gumbo_normalized_tagname(tag));
		out_char(&f->out, '>');
	}
}

static void text(struct feed *f, const struct token *t)
{
	if (t->stands_apart)
		out_char(&f->out, ' ');
	feed_text(f, t->text);
	if (t->stands_apart)
		out_char(&f->out, ' ');
}

static void feed(struct feed *f, const char *markup)
{
	struct markup_reader r;
	struct token t;

	markup_begin(&r, markup);
	while (markup_next(&r, &t) != ENDED) {
		if (t.type == TEXT)
			text(f, &t);
		else if (t.type == BEGIN_TAG)
			begin(f, &t);
		else
			end(f, t.tag);
	}
}

/* ---- gumbo ----------------------------------------------------------------- */

struct allowance {
	struct arena *a;
	size_t left;
	jmp_buf spent;
};

static void *allocate(void *allowance, size_t size)
{
	struct allowance *w = allowance;

	if (size > w->left)
		longjmp(w->spent, 1);
	w->left -= size;
	return arena_alloc(w->a, size, 1);
}

/* It goes with the arena. */
static void release(void *allowance, void *memory)
{
	(void)allowance;
	(void)memory;
}

/* NULL when the allowance is spent. Nothing needs freeing then: all is in the arena. */
static const GumboNode *parse(struct allowance *w, const char *markup, size_t length)
{
	GumboOptions options = kGumboDefaultOptions;

	options.allocator = allocate;
	options.deallocator = release;
	options.userdata = w;
	options.max_errors = 0;
	options.fragment_context = GUMBO_TAG_BODY;
	if (setjmp(w->spent))
		return NULL;
	return gumbo_parse_with_options(&options, markup, length)->root;
}

/* ---- from its tree to ours ------------------------------------------------- */

/* gumbo writes numbers that are no character ("&#x99999999;") as bytes that are no UTF-8. */
static const char *valid(struct arena *a, const char *text)
{
	size_t length = strlen(text), good = utf8_valid_length(text, length);
	struct out o;

	if (good == length)
		return text;
	out_init(&o);
	for (;; good = utf8_valid_length(text, strlen(text))) {
		out_bytes(&o, text, good);
		text += good;
		if (!*text)
			break;
		out_raw(&o, "\ufffd");
		text++;
	}
	text = arena_strndup(a, o.data, o.length);
	out_release(&o);
	return text;
}

static bool is_element(const GumboNode *n)
{
	return n->type == GUMBO_NODE_ELEMENT && n->v.element.tag_namespace == GUMBO_NAMESPACE_HTML;
}

static void begin_element(struct richtree *t, const GumboElement *e)
{
	const char *value[N_ATTRIBUTES];

	for (int i = 0; i < N_ATTRIBUTES; i++) {
		const GumboAttribute *attribute =
			gumbo_get_attribute(&e->attributes, richtext_attribute[i]);

		value[i] = attribute ? valid(t->a, attribute->value) : NULL;
	}
	richtree_begin(t, e->tag, value);
}

static void leaf(struct richtree *t, const GumboNode *n)
{
	const char *text;

	if (n->type != GUMBO_NODE_TEXT && n->type != GUMBO_NODE_WHITESPACE)
		return;
	text = valid(t->a, n->v.text.text);
	richtree_text(t, text, strlen(text));
}

struct place {
	const GumboVector *children;
	unsigned next;
};

/* With a stack of its own: adoption can make a tree deeper than the elements ever were. */
static void walk(struct richtree *t, const GumboNode *root)
{
	struct place *place = NULL;
	size_t n = 0, capacity = 0;

	*arena_push(t->a, place, n, capacity) = (struct place){ &root->v.element.children, 0 };
	while (n) {
		struct place *here = &place[n - 1];
		const GumboNode *child;

		if (here->next == here->children->length) {
			n--;
			if (n)
				richtree_end(t);
			continue;
		}
		child = here->children->data[here->next++];
		if (!is_element(child)) {
			leaf(t, child);
			continue;
		}
		begin_element(t, &child->v.element);
		*arena_push(t->a, place, n, capacity) =
			(struct place){ &child->v.element.children, 0 };
	}
}

bool richtext_read_with_gumbo(struct richtree *t, const char *markup)
{
	struct allowance w = { .a = t->a };
	struct feed f = { .a = t->a };
	const GumboNode *root;

	out_init(&f.out);
	feed(&f, markup);
	w.left = MEMORY_AT_LEAST + MEMORY_PER_BYTE * f.out.length;
	root = parse(&w, out_string(&f.out), f.out.length);
	if (root)
		walk(t, root);
	out_release(&f.out);
	return root != NULL;
}
