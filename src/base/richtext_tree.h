/*
 * richtext_tree.h - a text in the one form that richtext.h promises, built from tags and
 * texts in whatever order they come.
 *
 * Blocks become nodes; what stands between them becomes runs: lines of text with their inline
 * tags, written as they come. A tag is held back until there is text to put in it, and so are
 * blanks and line ends: none of them is ever empty, doubled, or at the edge of a block.
 */
#ifndef BASE_RICHTEXT_TREE_H
#define BASE_RICHTEXT_TREE_H

#include "base/out.h"
#include "base/richtext_tags.h"

struct arena;

struct node {
	GumboTag tag; /* GUMBO_TAG_UNKNOWN: the root, or a run outside any paragraph */
	bool is_run;
	bool is_implied;        /* no tag asked for it */
	const char *attributes; /* as written, with a blank before each; NULL for none */
	size_t begins, ends;    /* of a run, in tree.text */
	int depth;
	struct node *parent, *next, *first, *last;
};

/* What holds where we are. */
struct context {
	struct node *container;
	GumboTag wrapper; /* of the runs: p, h2, pre, or GUMBO_TAG_UNKNOWN */
	const char *wrapper_attributes;
	size_t n_inline;
};

struct inline_tag {
	GumboTag tag;
	unsigned id;
	const char *attributes;
};

enum ending { ENDS_NOTHING, ENDS_RUN, ENDS_LINE };

struct frame {
	struct context before;
	enum ending ending;
};

struct richtree {
	struct arena *a;
	struct out text;  /* the runs, one after another, as they will be written */
	struct out plain; /* of the run, since its last tag: not yet escaped nor in NFC */
	struct out held;  /* in pre: blanks that may be at its end */
	struct node *root, *run;
	struct context now;
	struct frame *frame;
	size_t n_frames, frame_capacity;
	struct inline_tag *wanted, *open;
	size_t wanted_capacity, open_capacity, n_open;
	unsigned last_id;
	size_t breaks; /* held back */
	bool blank;    /* held back */
	bool in_step;  /* the open tags are those wanted, and nothing is held back */
	bool has_content, has_ink;
};

void richtree_init(struct richtree *t, struct arena *scratch);
void richtree_release(struct richtree *t);

/* `value` has N_ATTRIBUTES texts, NULL where absent; it may be NULL itself. */
void richtree_begin(struct richtree *t, GumboTag tag, const char *const *value);
void richtree_text(struct richtree *t, const char *text, size_t length);
void richtree_end(struct richtree *t);

/* Once all that began has ended. */
void richtree_write(struct richtree *t, struct out *o);

/* ---- between the files of the tree ----------------------------------------- */

struct node *richtree_node(struct richtree *t, GumboTag tag, const char *attributes);
struct node *richtree_append(struct node *parent, struct node *n);

/* Where a block or a run may stand, here. */
struct node *richtree_flow(struct richtree *t);

/* As they are written behind the tag's name, NULL when none may stay. */
const char *richtree_attributes(struct richtree *t, GumboTag tag, const char *const *value);
void richtree_write_tag(struct out *o, GumboTag tag, const char *attributes);

void richtree_end_run(struct richtree *t);
void richtree_hold_break(struct richtree *t);
bool richtree_is_verbatim(const struct richtree *t);

/* Drops what is empty, and puts tables and figures in order. */
void richtree_tidy(struct node *n);

#endif
