/*
 * richtext.h - the one door by which markup from outside comes in.
 *
 * Whatever comes is read as browsers read it (by gumbo, a real HTML5 parser, wherever that takes
 * one) and written again from an allow-list: h2 h3 h4, p, br, hr, ul ol li, dl dt dd, blockquote,
 * figure, figcaption, table caption thead tbody tfoot tr th td, strong em b i u s sub sup small
 * mark abbr cite q code pre kbd, a[href]. `lang` anywhere but on br and hr, `title` on abbr,
 * `colspan` and `rowspan` on cells, `scope` on th, `start` on ol. Everything else loses its tag
 * and keeps its text, but for script, style, template and their like, which go whole.
 *
 * h1 becomes h2 (the page has its own h1), deeper headings h4. Addresses are those
 * url_is_safe() keeps; a link that loses its address becomes its text. The result is
 * well-formed, escaped, in NFC, has no blank between blocks, and is stable: given
 * back, it comes out the same, byte for byte.
 */
#ifndef BASE_RICHTEXT_H
#define BASE_RICHTEXT_H

#include <stddef.h>

#include "base/html.h"
#include "base/status.h"

struct arena;

enum { RICHTEXT_DEPTH = 64, RICHTEXT_MAX = 4 * 1024 * 1024 };

/*
 * INVALID when it is not UTF-8, holds a NUL, is larger than RICHTEXT_MAX bytes or would be once
 * it is written anew, or is entangled on purpose: tags closed in the wrong order by the thousand.
 * *clean is then empty. What is nested deeper than RICHTEXT_DEPTH is flattened. Text that stands
 * outside any block is put into paragraphs; in a list item or a cell it may stay bare. An image
 * leaves its alt text.
 */
CHECKED enum status richtext_clean(struct arena *a, const char *markup, size_t length,
				   struct html *clean);

/*
 * For who wrote it: the tags that richtext_clean() takes away and whose lack is seen, as
 * "<img>, <iframe>", each once and a dozen at most; NULL when there is none.
 */
const char *richtext_lost(struct arena *a, const char *markup);

/*
 * The words of a markup: blocks a line each, list items led by "• ", a table's row in one line
 * with " | " between its cells; <br> ends a line. Entities are decoded, no-break spaces kept;
 * other blanks are single, and no line is empty.
 */
const char *richtext_to_text(struct arena *a, struct html markup);

/*
 * Paragraphs from plain text: blank lines part them, and line ends become <br>. As clean as what
 * richtext_clean() gives.
 */
struct html richtext_from_text(struct arena *a, const char *text);

/*
 * At most `max` characters of the words, cut as text_clip() does, in one paragraph; empty when
 * there are none.
 */
struct html richtext_excerpt(struct arena *a, struct html markup, size_t max);

#endif
