/*
 * richtext_tags.h - what is done with each tag: the allow-list of richtext.h as a table.
 *
 * Only the files of base/richtext read it.
 */
#ifndef BASE_RICHTEXT_TAGS_H
#define BASE_RICHTEXT_TAGS_H

#include <gumbo.h>
#include <stdbool.h>
#include <stddef.h>

enum kind {
	LOST,      /* the tag goes, its text stays */
	GONE,      /* goes with all it holds */
	RAW,       /* the same; what it holds is not markup */
	FIELD,     /* what it holds is text, and stays */
	BREAK,     /* the tag goes, but parts what stands around it: div and its like */
	IMAGE,     /* its alt text stays */
	LINE,      /* br */
	RULE,      /* hr */
	INLINE,    /* em, a */
	PARAGRAPH, /* p */
	HEADING,   /* h2 */
	VERBATIM,  /* pre */
	FLOW,      /* holds blocks only: blockquote, figure */
	CELL,      /* holds blocks or bare text: li, td */
	LIST,      /* ul, ol */
	PAIRS,     /* dl */
	TABLE,
	SECTION, /* tbody */
	ROW,     /* tr */
};

enum attribute { HREF, TITLE, LANG, START, COLSPAN, ROWSPAN, SCOPE, N_ATTRIBUTES };

struct tag {
	unsigned char kind;
	unsigned char written;    /* the GumboTag that stands for it, 0 (html) when itself */
	unsigned char attributes; /* a bit for each that may stay */
	bool nests;               /* an INLINE that means something inside itself */
};

/* GUMBO_TAG_UNKNOWN for what is in no table. */
extern const struct tag richtext_tag[GUMBO_TAG_LAST + 1];
extern const char *const richtext_attribute[N_ATTRIBUTES];

/* The tag that is written for `tag`. */
GumboTag richtext_written(GumboTag tag);

#endif
