#include <stddef.h>

#include "base/richtext_tree.h"

static bool is_caption(const struct node *n)
{
	return n->tag == GUMBO_TAG_CAPTION || n->tag == GUMBO_TAG_FIGCAPTION;
}

static bool is_table_cell(const struct node *n)
{
	return n->tag == GUMBO_TAG_TD || n->tag == GUMBO_TAG_TH;
}

/* ---- lists of children ----------------------------------------------------- */

static void append(struct node *parent, struct node *child)
{
	child->parent = parent;
	child->next = NULL;
	if (parent->last)
		parent->last->next = child;
	else
		parent->first = child;
	parent->last = child;
}

/* All children go from one to the other. */
static void move_children(struct node *to, struct node *from)
{
	struct node *next;

	for (struct node *child = from->first; child; child = next) {
		next = child->next;
		append(to, child);
	}
	from->first = from->last = NULL;
}

static struct node *take_children(struct node *n)
{
	struct node *first = n->first;

	n->first = n->last = NULL;
	return first;
}

/* ---- tables ---------------------------------------------------------------- */

static bool has_text(const struct node *table)
{
	for (const struct node *section = table->first; section; section = section->next)
		for (const struct node *row = section->first; row; row = row->next)
			for (const struct node *cell = row->first; cell; cell = cell->next)
				if (is_table_cell(cell) && cell->first)
					return true;
	return false;
}

/* The second of a kind that may be there but once becomes `instead`. */
static void only_one(struct node *first, GumboTag tag, GumboTag instead)
{
	bool seen = false;

	for (struct node *child = first; child; child = child->next) {
		if (child->tag != tag)
			continue;
		if (seen)
			child->tag = instead;
		seen = true;
	}
}

/* All captions are put into the first. */
static void join_captions(struct node *table)
{
	struct node *caption = NULL;

	for (struct node *child = table->first; child; child = child->next) {
		if (child->tag != GUMBO_TAG_CAPTION)
			continue;
		if (caption)
			move_children(caption, child);
		else
			caption = child;
	}
}

/* In the order HTML asks for. */
static void order_table(struct node *table)
{
	static const GumboTag order[] = { GUMBO_TAG_CAPTION, GUMBO_TAG_THEAD, GUMBO_TAG_TBODY,
					  GUMBO_TAG_TFOOT };
	struct node *first, *next;

	only_one(table->first, GUMBO_TAG_THEAD, GUMBO_TAG_TBODY);
	only_one(table->first, GUMBO_TAG_TFOOT, GUMBO_TAG_TBODY);
	first = take_children(table);
	for (size_t i = 0; i < sizeof(order) / sizeof(*order); i++) {
		struct node **link = &first;

		for (struct node *child = first; child; child = next) {
			next = child->next;
			if (child->tag != order[i]) {
				link = &child->next;
				continue;
			}
			*link = next;
			append(table, child);
		}
	}
}

/* ---- figures --------------------------------------------------------------- */

static bool has_but_caption(const struct node *figure)
{
	for (const struct node *child = figure->first; child; child = child->next)
		if (!is_caption(child))
			return true;
	return false;
}

/* A figure has one caption, at its beginning or at its end; others are plain text. */
static const struct node *caption_of(const struct node *figure)
{
	if (figure->first && is_caption(figure->first))
		return figure->first;
	return figure->last && is_caption(figure->last) ? figure->last : NULL;
}

static void order_figure(struct node *figure)
{
	const struct node *caption = caption_of(figure);
	struct node *next;

	for (struct node *child = take_children(figure); child; child = next) {
		next = child->next;
		if (is_caption(child) && child != caption)
			move_children(figure, child);
		else
			append(figure, child);
	}
}

/* ---- any node -------------------------------------------------------------- */

static bool is_bare(const struct node *n)
{
	return n->is_run && n->tag == GUMBO_TAG_UNKNOWN;
}

/* Bare text may stand in a cell, unless it would run together with what is before it. */
static bool needs_paragraphs(const struct node *n)
{
	if (n->is_run)
		return false;
	if (n->tag == GUMBO_TAG_UNKNOWN || richtext_tag[n->tag].kind == FLOW)
		return true;
	for (const struct node *child = n->first; child && child->next; child = child->next)
		if (is_bare(child) && is_bare(child->next))
			return true;
	return false;
}

static void make_paragraphs(struct node *n)
{
	if (!needs_paragraphs(n))
		return;
	for (struct node *child = n->first; child; child = child->next)
		if (is_bare(child))
			child->tag = GUMBO_TAG_P;
}

static bool is_empty(const struct node *n)
{
	return !n->first && !n->is_run && !is_table_cell(n) && n->tag != GUMBO_TAG_HR;
}

/* What has lost all but its caption is its caption. */
static bool is_only_caption(const struct node *n)
{
	return (n->tag == GUMBO_TAG_TABLE && !has_text(n)) ||
	       (n->tag == GUMBO_TAG_FIGURE && !has_but_caption(n));
}

static void keep_child(struct node *n, struct node *child)
{
	if (is_empty(child))
		return;
	if (!is_only_caption(child)) {
		append(n, child);
		return;
	}
	for (struct node *caption = child->first; caption; caption = caption->next)
		if (is_caption(caption))
			move_children(n, caption);
}

/* At most RICHTEXT_DEPTH deep. */
void richtree_tidy(struct node *n)
{
	struct node *next;

	if (n->tag == GUMBO_TAG_TABLE)
		join_captions(n);
	for (struct node *child = take_children(n); child; child = next) {
		next = child->next;
		richtree_tidy(child);
		keep_child(n, child);
	}
	if (n->tag == GUMBO_TAG_TABLE)
		order_table(n);
	if (n->tag == GUMBO_TAG_FIGURE)
		order_figure(n);
	make_paragraphs(n);
}
