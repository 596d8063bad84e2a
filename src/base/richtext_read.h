/*
 * richtext_read.h - markup as a sequence of tags and texts.
 *
 * Splits as HTML5's tokenizer does, and leaves out what is of no use to anyone further on:
 * comments, tags that are lost, what goes with all it holds, attributes that are not kept.
 * A BREAK is read as <div>, an image as its alt text. Pieces point into the markup, their
 * entities as they were.
 */
#ifndef BASE_RICHTEXT_READ_H
#define BASE_RICHTEXT_READ_H

#include <stdbool.h>
#include <stddef.h>

#include "base/richtext_tags.h"

struct out;

struct piece {
	const char *text; /* NULL when absent */
	size_t length;
};

enum token_type { ENDED, TEXT, BEGIN_TAG, END_TAG };

struct token {
	enum token_type type;
	GumboTag tag;
	bool stands_apart; /* a text that touches no other: an image's */
	struct piece text;
	struct piece attribute[N_ATTRIBUTES];
};

struct markup_reader {
	const char *at, *end;
};

void markup_begin(struct markup_reader *r, const char *markup);
enum token_type markup_next(struct markup_reader *r, struct token *t);

/*
 * Writes a text with its entities decoded. False when it has one that only the great
 * table of HTML5 knows, or that is written in one of HTML's odd ways: it is then left
 * as it was written.
 */
bool markup_decode(struct out *o, struct piece text, bool in_attribute);

#endif
