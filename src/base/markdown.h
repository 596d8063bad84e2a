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
 * The result has passed richtext_clean(). INVALID when the text holds tags, which would be lost
 * without a word, or when richtext_clean() refuses it; *clean is then empty.
 */
CHECKED enum status markdown_to_richtext(struct arena *a, const char *text, struct html *clean);

/*
 * A text that gives this very markup again, byte for byte; NULL when there is none: tables and
 * the like are written as HTML. `markup` is as richtext_clean() writes it.
 */
const char *markdown_from_richtext(struct arena *a, struct html markup);

#endif
