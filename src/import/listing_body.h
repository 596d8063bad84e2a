/*
 * listing_body.h - the lines of a text as blocks, and the blocks as restricted HTML:
 * headings, paragraphs and lists restored, items that were cut in two joined, what is left
 * of images, embeds and links taken out.
 */
#ifndef IMPORT_LISTING_BODY_H
#define IMPORT_LISTING_BODY_H

#include "base/html.h"
#include "import/listing_lines.h"
#include "import/listing_links.h"

enum block_kind {
	BLOCK_PARAGRAPH,
	BLOCK_HEADING,
	BLOCK_ITEM,
	BLOCK_SESSION,   /* the head of a session */
	BLOCK_DAY,       /* a line that is a date and no more */
	BLOCK_CALL,      /* calls to follow a lost link */
	BLOCK_EMBED,     /* led to a player that is gone */
	BLOCK_LOST_LIST, /* led to a list that is gone */
	BLOCK_IMAGE,     /* what is left of an image: a word of its name */
	BLOCK_KEYWORDS,
	BLOCK_ACCESS, /* how members open it */
	BLOCK_LONG,   /* a line too long to be read for anything: text and no more */
};

struct block {
	enum block_kind kind;
	const char *text;
	size_t line;  /* in the file */
	int level;    /* of a heading or of the head of a session: 2 to 4 */
	bool is_part; /* "Objectifs", "Contenu": of a session */
	bool is_item; /* a bullet led it, whatever its kind */
	bool joined;  /* it went on in the next bullet */
};

struct blocks {
	struct block *block;
	size_t n_blocks;
	bool is_closed; /* its resource is not public */
};

struct blocks blocks_of(struct arena *a, const struct listing_lines *lines, size_t from, size_t to,
			const char *title, bool is_closed);

/* Is the block part of the text that is shown? */
bool block_is_shown(const struct block *b);

/* Blocks [from, to) as restricted HTML; links and addresses in it are links. */
struct html blocks_html(struct arena *a, const struct blocks *blocks, size_t from, size_t to);

/* The words of them, a block a line, items led by "• ". */
const char *blocks_text(struct arena *a, const struct blocks *blocks, size_t from, size_t to);

/* "Mots-clés : …": past the label, or NULL. */
const char *keywords_told(struct arena *a, const char *text);

#endif
