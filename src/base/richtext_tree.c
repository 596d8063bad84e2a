#include "base/richtext_tree.h"

#include <string.h>

#include "base/arena.h"
#include "base/richtext.h"

/* A table with a paragraph and a tag in its cells takes six more. */
enum { DEEPEST_BLOCK = RICHTEXT_DEPTH - 6 };

static enum kind kind_of(const struct node *n)
{
	return n->tag == GUMBO_TAG_UNKNOWN ? FLOW : (enum kind)richtext_tag[n->tag].kind;
}

/* ---- nodes ----------------------------------------------------------------- */

struct node *richtree_node(struct richtree *t, GumboTag tag, const char *written_attributes)
{
	struct node *n = arena_make(t->a, struct node, 1);

	n->tag = tag;
	n->attributes = written_attributes;
	return n;
}

struct node *richtree_append(struct node *parent, struct node *n)
{
	n->parent = parent;
	n->depth = parent->depth + 1;
	if (parent->last)
		parent->last->next = n;
	else
		parent->first = n;
	parent->last = n;
	return n;
}

/* The last item of a list when no tag asked for it, or a new one. */
static struct node *implied_item(struct richtree *t, struct node *list, GumboTag tag)
{
	struct node *last = list->last;

	if (last && last->is_implied)
		return last;
	last = richtree_append(list, richtree_node(t, tag, NULL));
	last->is_implied = true;
	return last;
}

/* Where a block or a run may stand, here. */
struct node *richtree_flow(struct richtree *t)
{
	struct node *n = t->now.container;

	while (kind_of(n) == TABLE || kind_of(n) == SECTION || kind_of(n) == ROW)
		n = n->parent;
	if (kind_of(n) == LIST)
		return implied_item(t, n, GUMBO_TAG_LI);
	if (kind_of(n) == PAIRS)
		return implied_item(t, n, GUMBO_TAG_DD);
	return n;
}

/* NULL when it would be too deep. */
static struct node *add_block(struct richtree *t, struct node *parent, GumboTag tag,
			      const char *written_attributes)
{
	if (parent->depth >= DEEPEST_BLOCK)
		return NULL;
	return richtree_append(parent, richtree_node(t, tag, written_attributes));
}

/* A list right inside a list belongs to the item before it. */
static struct node *parent_of_list(struct richtree *t)
{
	struct node *n = t->now.container;

	return kind_of(n) == LIST && n->last ? n->last : richtree_flow(t);
}

static struct node *implied_list(struct richtree *t, GumboTag tag)
{
	struct node *parent = richtree_flow(t), *last = parent->last;

	if (last && last->is_implied && last->tag == tag)
		return last;
	last = add_block(t, parent, tag, NULL);
	if (last)
		last->is_implied = true;
	return last;
}

/* The list that an item goes into. */
static struct node *list_for(struct richtree *t, GumboTag item)
{
	bool is_li = item == GUMBO_TAG_LI;

	if (kind_of(t->now.container) == (is_li ? LIST : PAIRS))
		return t->now.container;
	return implied_list(t, is_li ? GUMBO_TAG_UL : GUMBO_TAG_DL);
}

/* Where a part of a table or a figure goes: only right inside its whole. */
static struct node *whole_for(struct richtree *t, GumboTag part)
{
	struct node *n = t->now.container;

	switch (part) {
	case GUMBO_TAG_FIGCAPTION:
		return n->tag == GUMBO_TAG_FIGURE ? n : NULL;
	case GUMBO_TAG_TR:
		return kind_of(n) == SECTION ? n : NULL;
	case GUMBO_TAG_TD:
	case GUMBO_TAG_TH:
		return kind_of(n) == ROW ? n : NULL;
	default:
		return kind_of(n) == TABLE ? n : NULL;
	}
}

static struct node *add_part(struct richtree *t, struct node *whole, GumboTag tag,
			     const char *written_attributes)
{
	return whole ? richtree_append(whole, richtree_node(t, tag, written_attributes)) : NULL;
}

static struct node *add_container(struct richtree *t, GumboTag tag, const char *written_attributes)
{
	switch (tag) {
	case GUMBO_TAG_UL:
	case GUMBO_TAG_OL:
		return add_block(t, parent_of_list(t), tag, written_attributes);
	case GUMBO_TAG_DL:
	case GUMBO_TAG_BLOCKQUOTE:
	case GUMBO_TAG_FIGURE:
	case GUMBO_TAG_TABLE:
		return add_block(t, richtree_flow(t), tag, written_attributes);
	case GUMBO_TAG_LI:
	case GUMBO_TAG_DT:
	case GUMBO_TAG_DD:
		return add_part(t, list_for(t, tag), tag, written_attributes);
	default:
		return add_part(t, whole_for(t, tag), tag, written_attributes);
	}
}

/* ---- tags ------------------------------------------------------------------ */

/* Parts two runs; in pre, two lines, so that it stays one. */
static enum ending part(struct richtree *t)
{
	if (richtree_is_verbatim(t)) {
		if (t->run)
			richtree_hold_break(t);
		return ENDS_LINE;
	}
	richtree_end_run(t);
	return ENDS_RUN;
}

/* Within a pre or a heading, a paragraph is a line of it. */
static enum ending begin_wrapper(struct richtree *t, GumboTag tag, const char *const *value)
{
	enum kind kind = richtext_tag[tag].kind;
	enum ending ending;

	if (kind == VERBATIM) {
		richtree_end_run(t);
		ending = ENDS_RUN;
	} else {
		ending = part(t);
	}
	if (richtree_is_verbatim(t) || (kind == PARAGRAPH && t->now.wrapper != GUMBO_TAG_UNKNOWN))
		return ending;
	t->now.wrapper = richtext_written(tag);
	t->now.wrapper_attributes = richtree_attributes(t, t->now.wrapper, value);
	return ending;
}

static enum ending begin_container(struct richtree *t, GumboTag tag, const char *const *value)
{
	struct node *n;

	richtree_end_run(t);
	n = add_container(t, tag, richtree_attributes(t, tag, value));
	if (!n)
		return ENDS_RUN;
	t->now.container = n;
	t->now.wrapper = GUMBO_TAG_UNKNOWN;
	t->now.wrapper_attributes = NULL;
	return ENDS_RUN;
}

static bool is_inside_another(const struct richtree *t, GumboTag tag)
{
	for (size_t i = 0; i < t->now.n_inline; i++)
		if (t->wanted[i].tag == tag)
			return true;
	return false;
}

static enum ending begin_inline(struct richtree *t, GumboTag tag, const char *const *value)
{
	const char *written = richtree_attributes(t, tag, value);

	if (tag == GUMBO_TAG_A && (!written || strncmp(written, " href", 5) != 0))
		return ENDS_NOTHING;
	if (!richtext_tag[tag].nests && is_inside_another(t, tag))
		return ENDS_NOTHING;
	*arena_push(t->a, t->wanted, t->now.n_inline, t->wanted_capacity) =
		(struct inline_tag){ tag, ++t->last_id, written };
	t->in_step = false;
	return ENDS_NOTHING;
}

static enum ending add_rule(struct richtree *t)
{
	richtree_end_run(t);
	add_block(t, richtree_flow(t), GUMBO_TAG_HR, NULL);
	return ENDS_RUN;
}

static enum ending begin(struct richtree *t, GumboTag tag, const char *const *value)
{
	switch (richtext_tag[tag].kind) {
	case BREAK:
		return part(t);
	case LINE:
		richtree_hold_break(t);
		return ENDS_NOTHING;
	case RULE:
		return add_rule(t);
	case INLINE:
		return begin_inline(t, tag, value);
	case PARAGRAPH:
	case HEADING:
	case VERBATIM:
		return begin_wrapper(t, tag, value);
	case FLOW:
	case CELL:
	case LIST:
	case PAIRS:
	case TABLE:
	case SECTION:
	case ROW:
		return begin_container(t, tag, value);
	default:
		return ENDS_NOTHING;
	}
}

void richtree_begin(struct richtree *t, GumboTag tag, const char *const *value)
{
	struct context before = t->now;
	enum ending ending = begin(t, tag, value);

	*arena_push(t->a, t->frame, t->n_frames, t->frame_capacity) =
		(struct frame){ before, ending };
}

void richtree_end(struct richtree *t)
{
	const struct frame *f = &t->frame[--t->n_frames];

	if (f->ending == ENDS_RUN)
		richtree_end_run(t);
	else if (f->ending == ENDS_LINE && t->run)
		richtree_hold_break(t);
	t->now = f->before;
	t->in_step = false;
}

/* ---- the whole ------------------------------------------------------------- */

void richtree_init(struct richtree *t, struct arena *scratch)
{
	*t = (struct richtree){ .a = scratch };
	out_init(&t->text);
	out_init(&t->plain);
	out_init(&t->held);
	t->root = richtree_node(t, GUMBO_TAG_UNKNOWN, NULL);
	t->now.container = t->root;
	t->now.wrapper = GUMBO_TAG_UNKNOWN;
}

void richtree_release(struct richtree *t)
{
	out_release(&t->text);
	out_release(&t->plain);
	out_release(&t->held);
}

static void write_node(const struct richtree *t, const struct node *n, struct out *o)
{
	if (n->tag != GUMBO_TAG_UNKNOWN)
		richtree_write_tag(o, n->tag, n->attributes);
	if (n->tag == GUMBO_TAG_HR)
		return;
	if (n->is_run)
		out_bytes(o, t->text.data + n->begins, n->ends - n->begins);
	for (const struct node *child = n->first; child; child = child->next)
		write_node(t, child, o);
	if (n->tag == GUMBO_TAG_UNKNOWN)
		return;
	out_raw(o, "</");
	out_raw(o, gumbo_normalized_tagname(n->tag));
	out_char(o, '>');
}

void richtree_write(struct richtree *t, struct out *o)
{
	richtree_end_run(t);
	richtree_tidy(t->root);
	write_node(t, t->root, o);
}
