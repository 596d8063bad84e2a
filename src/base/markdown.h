/*
 * markdown.h - what people type where they want no tags: Markdown (CommonMark, by libcmark), to
 * the restricted HTML that is kept, and back.
 */
#ifndef BASE_MARKDOWN_H
#define BASE_MARKDOWN_H

#include "base/html.h"
#include "base/status.h"

struct arena;

/*
 * The result has passed richtext_clean(). A table, which Markdown has not, stands in the text as
 * HTML, from "<table" at the beginning of a line to "</table>". INVALID when the text holds other
 * tags, which would be lost without a word, or when richtext_clean() refuses it; *clean is then
 * empty.
 */
CHECKED enum status markdown_to_richtext(struct arena *a, const char *text, struct html *clean);

/* As richtext_lost(): an image, or what a table holds. NULL too when it is not taken at all. */
const char *markdown_lost(struct arena *a, const char *text);

/*
 * A text that gives this very markup again, byte for byte; NULL when there is none. `markup` is as
 * richtext_clean() writes it.
 */
const char *markdown_from_richtext(struct arena *a, struct html markup);

/* For whoever edits it as HTML: a line for each block, where that changes nothing. */
const char *markup_in_lines(struct arena *a, struct html markup);

#endif
