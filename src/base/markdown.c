#include "base/markdown.h"

#include <cmark.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/richtext.h"

/* ---- to HTML --------------------------------------------------------------------------- */

static bool holds_tags(cmark_node *document)
{
	cmark_iter *walk = cmark_iter_new(document);
	cmark_event_type event;
	bool found = false;

	while (!found && (event = cmark_iter_next(walk)) != CMARK_EVENT_DONE) {
		cmark_node_type type = cmark_node_get_type(cmark_iter_get_node(walk));

		found = type == CMARK_NODE_HTML_BLOCK || type == CMARK_NODE_HTML_INLINE;
	}
	cmark_iter_free(walk);
	return found;
}

/* False when it holds tags. */
static bool render(struct out *o, const char *text, size_t length)
{
	cmark_node *document = cmark_parse_document(text, length, CMARK_OPT_DEFAULT);
	bool is_good = !holds_tags(document);
	char *markup = is_good ? cmark_render_html(document, CMARK_OPT_DEFAULT) : NULL;

	out_raw(o, markup);
	free(markup);
	cmark_node_free(document);
	return is_good;
}

/* The next table at the beginning of a line, and its end; NULL when there is none. */
static const char *find_table(const char *text, const char **end)
{
	const char *at = text;

	for (; (at = strstr(at, "<table")); at++) {
		if (at != text && at[-1] != '\n')
			continue;
		*end = strstr(at, "</table>");
		if (!*end)
			return NULL;
		*end += strlen("</table>");
		return at;
	}
	return NULL;
}

static bool render_all(struct out *o, const char *text)
{
	const char *table, *end;
	bool is_good = true;

	while (is_good && (table = find_table(text, &end))) {
		is_good = render(o, text, (size_t)(table - text));
		out_bytes(o, table, (size_t)(end - table));
		text = end;
	}
	return is_good && render(o, text, strlen(text));
}

enum status markdown_to_richtext(struct arena *a, const char *text, struct html *clean)
{
	enum status status = INVALID;
	struct out o;

	*clean = (struct html){ NULL };
	out_init(&o);
	if (render_all(&o, text))
		status = richtext_clean(a, out_string(&o), o.length, clean);
	out_release(&o);
	return status;
}

const char *markdown_lost(struct arena *a, const char *text)
{
	const char *lost = NULL;
	struct out o;

	out_init(&o);
	if (render_all(&o, text))
		lost = richtext_lost(a, out_string(&o));
	out_release(&o);
	return lost;
}

/* ---- as HTML ---------------------------------------------------------------------------- */

static bool ends_line(const char *markup, size_t length)
{
	static const char *const ends[] = {
		"</p>",  "</h2>",    "</h3>", "</h4>",    "</li>",    "<ul>", "</ul>",     "</ol>",
		"</tr>", "</table>", "</dd>", "</thead>", "</tbody>", "<br>", "</caption>"
	};

	for (size_t i = 0; i < sizeof(ends) / sizeof(*ends); i++) {
		size_t n = strlen(ends[i]);

		if (length >= n && !strncmp(markup + length - n, ends[i], n))
			return true;
	}
	return false;
}

static const char *in_lines(struct arena *a, const char *markup, size_t length)
{
	const char *lines;
	struct out o;

	out_init(&o);
	for (size_t i = 0; i < length; i++) {
		out_char(&o, markup[i]);
		if (markup[i] == '>' && i + 1 < length && ends_line(markup, i + 1))
			out_char(&o, '\n');
	}
	lines = arena_strdup(a, out_string(&o));
	out_release(&o);
	return lines;
}

const char *markup_in_lines(struct arena *a, struct html markup)
{
	const char *kept = markup.markup ? markup.markup : "";
	const char *lines = in_lines(a, kept, strlen(kept));
	struct html again;

	return richtext_clean(a, lines, strlen(lines), &again) == OK &&
			       !strcmp(again.markup ? again.markup : "", kept)
		       ? lines
		       : kept;
}

/* ---- and back --------------------------------------------------------------------------- */

/* A walk over canonical markup that builds what libcmark writes down. */
struct reading {
	struct arena *a;
	const char *at;
	cmark_node *here;
	bool failed;
};

static const struct {
	const char *tag;
	cmark_node_type type;
	int level;
} elements[] = {
	{ "p", CMARK_NODE_PARAGRAPH, 0 },   { "h2", CMARK_NODE_HEADING, 2 },
	{ "h3", CMARK_NODE_HEADING, 3 },    { "h4", CMARK_NODE_HEADING, 4 },
	{ "ul", CMARK_NODE_LIST, 0 },       { "ol", CMARK_NODE_LIST, 1 },
	{ "li", CMARK_NODE_ITEM, 0 },       { "blockquote", CMARK_NODE_BLOCK_QUOTE, 0 },
	{ "strong", CMARK_NODE_STRONG, 0 }, { "em", CMARK_NODE_EMPH, 0 },
	{ "a", CMARK_NODE_LINK, 0 },
};

enum { N_ELEMENTS = sizeof(elements) / sizeof(*elements) };

static bool is_inline(cmark_node_type type)
{
	return type >= CMARK_NODE_FIRST_INLINE && type <= CMARK_NODE_LAST_INLINE;
}

static bool holds_blocks(cmark_node_type type)
{
	return type == CMARK_NODE_DOCUMENT || type == CMARK_NODE_BLOCK_QUOTE ||
	       type == CMARK_NODE_ITEM;
}

static void append(struct reading *r, cmark_node *node)
{
	if (!cmark_node_append_child(r->here, node)) {
		cmark_node_free(node);
		r->failed = true;
	}
}

/* Text that stands bare in an item is a paragraph to libcmark, in a list that is tight. */
static void make_room(struct reading *r, cmark_node_type type)
{
	cmark_node_type here = cmark_node_get_type(r->here);
	cmark_node *bare;

	if (is_inline(type) && here == CMARK_NODE_ITEM) {
		bare = cmark_node_new(CMARK_NODE_PARAGRAPH);
		cmark_node_set_user_data(bare, r);
		append(r, bare);
		r->here = bare;
	} else if (!is_inline(type) && here == CMARK_NODE_PARAGRAPH &&
		   cmark_node_get_user_data(r->here)) {
		r->here = cmark_node_parent(r->here);
	}
}

static const char *decoded(struct reading *r, const char *text, size_t length)
{
	static const char *const entity[][2] = {
		{ "&amp;", "&" }, { "&lt;", "<" }, { "&gt;", ">" }, { "&quot;", "\"" }
	};
	char *copy = arena_strndup(r->a, text, length), *to = copy;
	const char *from = copy;
	size_t e;

	while (*from) {
		for (e = 0; e < 4; e++)
			if (!strncmp(from, entity[e][0], strlen(entity[e][0])))
				break;
		r->failed |= *from == '&' && e == 4;
		*to++ = e < 4 ? *entity[e][1] : *from;
		from += e < 4 ? strlen(entity[e][0]) : 1;
	}
	*to = '\0';
	return copy;
}

static void read_words(struct reading *r)
{
	size_t length = strcspn(r->at, "<");
	cmark_node *text = cmark_node_new(CMARK_NODE_TEXT);

	make_room(r, CMARK_NODE_TEXT);
	cmark_node_set_literal(text, decoded(r, r->at, length));
	append(r, text);
	r->at += length;
}

/* The value of the only attribute that `tag` may have, or NULL. */
static const char *attribute(struct reading *r, const char *tag, size_t length, const char *name)
{
	size_t skip = strcspn(tag, " >"), n = strlen(name);
	const char *value = tag + skip + 1;

	if (skip >= length)
		return NULL;
	if (strncmp(value, name, n) != 0 || strncmp(value + n, "=\"", 2) != 0 ||
	    strcspn(value + n + 2, "\"") != length - skip - 1 - n - 3) {
		r->failed = true;
		return NULL;
	}
	return decoded(r, value + n + 2, length - skip - n - 4);
}

static cmark_node *node_for(struct reading *r, size_t e, const char *tag, size_t length)
{
	cmark_node *node = cmark_node_new(elements[e].type);
	const char *start, *url;

	switch (elements[e].type) {
	case CMARK_NODE_HEADING:
		cmark_node_set_heading_level(node, elements[e].level);
		break;
	case CMARK_NODE_LIST:
		cmark_node_set_list_type(node, elements[e].level ? CMARK_ORDERED_LIST
								 : CMARK_BULLET_LIST);
		cmark_node_set_list_tight(node, strncmp(tag + length, "><li><p>", 8) != 0);
		start = attribute(r, tag, length, "start");
		if (elements[e].level)
			cmark_node_set_list_start(node, start ? atoi(start) : 1);
		return node;
	case CMARK_NODE_LINK:
		url = attribute(r, tag, length, "href");
		cmark_node_set_url(node, url ? url : "");
		r->failed |= !url;
		return node;
	default:
		break;
	}
	r->failed |= strcspn(tag, " >") != length;
	return node;
}

static void read_break(struct reading *r, cmark_node_type type)
{
	make_room(r, type);
	append(r, cmark_node_new(type));
}

static void open_element(struct reading *r, const char *tag, size_t length)
{
	size_t n = strcspn(tag, " >"), e;
	cmark_node *node;

	for (e = 0; e < N_ELEMENTS; e++)
		if (strlen(elements[e].tag) == n && !strncmp(tag, elements[e].tag, n))
			break;
	if (n == 2 && n == length && !strncmp(tag, "br", 2)) {
		read_break(r, CMARK_NODE_LINEBREAK);
	} else if (n == 2 && n == length && !strncmp(tag, "hr", 2)) {
		read_break(r, CMARK_NODE_THEMATIC_BREAK);
	} else if (e == N_ELEMENTS) {
		r->failed = true;
	} else {
		make_room(r, elements[e].type);
		node = node_for(r, e, tag, length);
		append(r, node);
		if (!r->failed)
			r->here = node;
	}
}

static void close_element(struct reading *r)
{
	if (cmark_node_get_type(r->here) == CMARK_NODE_PARAGRAPH &&
	    cmark_node_get_user_data(r->here))
		r->here = cmark_node_parent(r->here);
	if (cmark_node_parent(r->here))
		r->here = cmark_node_parent(r->here);
	else
		r->failed = true;
}

/* Tables stand between blocks as they are. */
static void read_table(struct reading *r)
{
	const char *end = strstr(r->at, "</table>");
	cmark_node *node = cmark_node_new(CMARK_NODE_HTML_BLOCK);
	size_t length = end ? (size_t)(end - r->at) + strlen("</table>") : strlen(r->at);

	r->failed |= !end || cmark_node_get_type(r->here) != CMARK_NODE_DOCUMENT;
	cmark_node_set_literal(node, in_lines(r->a, r->at, length));
	append(r, node);
	r->at += length;
}

static void read_tag(struct reading *r)
{
	const char *tag = r->at + 1;
	size_t length = strcspn(tag, ">");

	if (!strncmp(r->at, "<table>", strlen("<table>"))) {
		read_table(r);
		return;
	}
	if (!tag[length])
		r->failed = true;
	else if (*tag == '/')
		close_element(r);
	else
		open_element(r, tag, length);
	r->at = tag + length + (tag[length] == '>');
}

static const char *written(struct arena *a, cmark_node *document)
{
	char *text = cmark_render_commonmark(document, CMARK_OPT_DEFAULT, 0);
	const char *copy = arena_strdup(a, text);

	free(text);
	return copy;
}

const char *markdown_from_richtext(struct arena *a, struct html markup)
{
	cmark_node *document = cmark_node_new(CMARK_NODE_DOCUMENT);
	struct reading r = { a, markup.markup ? markup.markup : "", document, false };
	const char *text = NULL;
	struct html again;

	while (*r.at && !r.failed) {
		if (*r.at == '<')
			read_tag(&r);
		else if (holds_blocks(cmark_node_get_type(r.here)) &&
			 cmark_node_get_type(r.here) != CMARK_NODE_ITEM)
			r.failed = true;
		else
			read_words(&r);
	}
	if (!r.failed)
		text = written(a, document);
	cmark_node_free(document);
	if (!text || markdown_to_richtext(a, text, &again) != OK)
		return NULL;
	return strcmp(again.markup ? again.markup : "", markup.markup ? markup.markup : "") ? NULL
											    : text;
}
