#include "richtext_check.h"

#include <gumbo.h>
#include <stdbool.h>
#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "base/html.h"
#include "base/out.h"
#include "base/richtext.h"
#include "base/richtext_tree.h"
#include "base/richtext_ways.h"
#include "base/text.h"

/* ---- what is allowed ------------------------------------------------------- */

static bool is_one_of(const char *list, const char *word)
{
	size_t length = strlen(word);

	for (const char *at = list; (at = strstr(at, word)); at++)
		if ((at == list || at[-1] == ' ') && (at[length] == ' ' || !at[length]))
			return true;
	return false;
}

static bool is_allowed_element(const char *name)
{
	return is_one_of("h2 h3 h4 p br hr ul ol li dl dt dd blockquote figure figcaption table "
			 "caption thead tbody tfoot tr th td strong em b i u s sub sup small mark "
			 "abbr cite q code pre kbd a",
			 name);
}

static bool is_block(const char *name)
{
	return is_one_of("h2 h3 h4 p hr ul ol dl blockquote figure table pre", name);
}

/* Those that must not hold a block. */
static bool holds_text_only(const char *name)
{
	return is_one_of("h2 h3 h4 p pre strong em b i u s sub sup small mark abbr cite q code "
			 "kbd a",
			 name);
}

static bool is_allowed_address(const char *value)
{
	static const char *const begins[] = { "http://", "https://", "mailto:", "tel:" };

	if (strpbrk(value, " \t\n\r\f\\"))
		return false;
	if (*value == '#' || (*value == '/' && value[1] != '/'))
		return true;
	for (size_t i = 0; i < sizeof(begins) / sizeof(*begins); i++)
		if (!strncasecmp(value, begins[i], strlen(begins[i])))
			return true;
	return false;
}

static bool is_allowed_attribute(const char *element, const char *name, const char *value)
{
	if (!strcmp(name, "href"))
		return !strcmp(element, "a") && is_allowed_address(value);
	if (!strcmp(name, "title"))
		return !strcmp(element, "abbr") && *value;
	if (!strcmp(name, "start"))
		return !strcmp(element, "ol") && value[strspn(value, "-0123456789")] == '\0';
	if (!strcmp(name, "colspan") || !strcmp(name, "rowspan"))
		return is_one_of("td th", element) && value[strspn(value, "0123456789")] == '\0';
	if (!strcmp(name, "scope"))
		return !strcmp(element, "th") && is_one_of("row col rowgroup colgroup", value);
	if (!strcmp(name, "lang"))
		return !is_one_of("br hr", element) && strlen(value) >= 2 && strlen(value) <= 35 &&
		       !strpbrk(value, " \"'<>&");
	return false;
}

/* ---- walking over gumbo's tree ---------------------------------------------- */

struct check {
	struct arena *a;
	struct out out;
	const char *fault;
	int depth;
};

static void blame(struct check *c, const char *what, const char *where)
{
	if (!c->fault)
		c->fault = arena_printf(c->a, "%s: %s", what, where);
}

static void write_escaped(struct out *o, const char *text, bool in_attribute)
{
	/* The one sign that composes with a '>' before it. */
	if (!in_attribute && !strncmp(text, "\u0338", 2)) {
		out_raw(o, "&#x338;");
		text += 2;
	}
	for (; *text; text++) {
		if (*text == '&')
			out_raw(o, "&amp;");
		else if (*text == '<')
			out_raw(o, "&lt;");
		else if (*text == '>')
			out_raw(o, "&gt;");
		else if (*text == '"' && in_attribute)
			out_raw(o, "&quot;");
		else
			out_char(o, *text);
	}
}

static void check_attributes(struct check *c, const char *element, const GumboVector *attributes)
{
	for (unsigned i = 0; i < attributes->length; i++) {
		const GumboAttribute *attribute = attributes->data[i];

		if (!is_allowed_attribute(element, attribute->name, attribute->value))
			blame(c, "attribute", attribute->name);
		out_char(&c->out, ' ');
		out_raw(&c->out, attribute->name);
		out_raw(&c->out, "=\"");
		write_escaped(&c->out, attribute->value, true);
		out_char(&c->out, '"');
	}
}

static const char *name_of(const GumboNode *n)
{
	return n->type == GUMBO_NODE_ELEMENT ? gumbo_normalized_tagname(n->v.element.tag) : "";
}

static void check_text(struct check *c, const GumboNode *n)
{
	const char *text = n->v.text.text, *parent = name_of(n->parent);
	size_t length = strlen(text);

	for (const char *at = text; *at; at++)
		if ((unsigned char)*at < ' ' && *at != '\n' && *at != '\t')
			blame(c, "control character in", parent);
	if (is_one_of("html ul ol dl table thead tbody tfoot tr blockquote figure", parent))
		blame(c, "bare text in", parent);
	if ((is_block(parent) || is_one_of("li dd dt td th caption figcaption", parent)) &&
	    ((!n->index_within_parent && *text == ' ' && strcmp(parent, "pre")) ||
	     (n->index_within_parent + 1 == n->parent->v.element.children.length &&
	      (text[length - 1] == ' ' || text[length - 1] == '\n'))))
		blame(c, "blank at an edge of", parent);
	write_escaped(&c->out, text, false);
}

static void check_node(struct check *c, const GumboNode *n);

static void check_children(struct check *c, const GumboNode *n)
{
	const GumboVector *children = &n->v.element.children;

	if (++c->depth > RICHTEXT_DEPTH + 1)
		blame(c, "too deep", name_of(n));
	for (unsigned i = 0; i < children->length && !c->fault; i++)
		check_node(c, children->data[i]);
	c->depth--;
}

static void check_place(struct check *c, const GumboNode *n, const char *name)
{
	const char *parent = name_of(n->parent);
	const GumboVector *siblings = &n->parent->v.element.children;
	bool is_last = n->index_within_parent + 1 == siblings->length;

	if (is_block(name) && holds_text_only(parent))
		blame(c, "block in", parent);
	if (!strcmp(name, "li") && !is_one_of("ul ol", parent))
		blame(c, "li in", parent);
	if (is_one_of("dt dd", name) && strcmp(parent, "dl"))
		blame(c, "dt or dd in", parent);
	if (!strcmp(name, "figcaption") && strcmp(parent, "figure"))
		blame(c, "figcaption in", parent);
	if (is_one_of("ul ol", parent) && strcmp(name, "li"))
		blame(c, "not li in a list", name);
	if (!strcmp(name, "br") && (!n->index_within_parent || is_last) && is_block(parent))
		blame(c, "br at an edge of", parent);
	if (!n->v.element.children.length && !is_one_of("br hr td th", name))
		blame(c, "empty", name);
}

static void check_element(struct check *c, const GumboNode *n)
{
	const char *name = name_of(n);

	if (n->v.element.tag_namespace != GUMBO_NAMESPACE_HTML || !is_allowed_element(name))
		blame(c, "element", *name ? name : "unknown");
	check_place(c, n, name);
	out_char(&c->out, '<');
	out_raw(&c->out, name);
	check_attributes(c, name, &n->v.element.attributes);
	out_char(&c->out, '>');
	if (is_one_of("br hr", name))
		return;
	check_children(c, n);
	out_raw(&c->out, "</");
	out_raw(&c->out, name);
	out_char(&c->out, '>');
}

static void check_node(struct check *c, const GumboNode *n)
{
	if (n->type == GUMBO_NODE_ELEMENT)
		check_element(c, n);
	else if (n->type == GUMBO_NODE_TEXT || n->type == GUMBO_NODE_WHITESPACE)
		check_text(c, n);
	else
		blame(c, "a comment or the like in", name_of(n->parent));
}

const char *richtext_fault(struct arena *a, const char *markup)
{
	GumboOptions options = kGumboDefaultOptions;
	GumboOutput *parsed;
	struct check c = { .a = a };

	options.fragment_context = GUMBO_TAG_BODY;
	parsed = gumbo_parse_with_options(&options, markup, strlen(markup));
	out_init(&c.out);
	check_children(&c, parsed->root);
	if (strcmp(out_string(&c.out), markup))
		blame(&c, "reads back as", out_string(&c.out));
	out_release(&c.out);
	gumbo_destroy_output(&options, parsed);
	return c.fault;
}

/* ---- after cleaning -------------------------------------------------------- */

static bool is_letting_in(struct arena *a, const char *text)
{
	const char *clean;

	return text_check(a, text, strlen(text), &clean) == OK && !strcmp(clean, text);
}

static const char *way(struct arena *a, bool (*read)(struct richtree *, const char *),
		       const char *markup)
{
	struct richtree t;
	struct out o;
	const char *written = NULL;

	richtree_init(&t, a);
	out_init(&o);
	if (read(&t, markup)) {
		richtree_write(&t, &o);
		written = arena_strdup(a, out_string(&o));
	}
	out_release(&o);
	richtree_release(&t);
	return written;
}

static const char *fault_of_ways(struct arena *a, const char *markup)
{
	const char *straight = way(a, richtext_read_straight, markup);
	const char *by_gumbo = way(a, richtext_read_with_gumbo, markup);

	if (!straight || !by_gumbo || !strcmp(straight, by_gumbo))
		return NULL;
	return arena_printf(a, "two ways:\n%s\n%s", straight, by_gumbo);
}

static const char *fault_of_stability(struct arena *a, const char *clean)
{
	struct html again;

	if (richtext_clean(a, clean, strlen(clean), &again) != OK)
		return arena_printf(a, "refused the second time: %s", clean);
	if (strcmp(clean, again.markup))
		return arena_printf(a, "not stable:\n%s\n%s", clean, again.markup);
	return is_letting_in(a, clean) ? NULL : arena_printf(a, "not in NFC: %s", clean);
}

static const char *fault_of_words(struct arena *a, struct html clean)
{
	const char *text = richtext_to_text(a, clean);
	struct html back = richtext_from_text(a, text), excerpt = richtext_excerpt(a, clean, 40);
	const char *fault = richtext_fault(a, back.markup);

	if (!is_letting_in(a, text))
		return arena_printf(a, "words not in NFC: %s", text);
	if (!fault)
		fault = fault_of_stability(a, back.markup);
	if (!fault)
		fault = richtext_fault(a, excerpt.markup);
	if (!fault && utf8_length(richtext_to_text(a, excerpt)) > 40)
		fault = "excerpt too long";
	return fault;
}

const char *richtext_fault_after_cleaning(struct arena *a, const char *markup, size_t length)
{
	struct html clean;
	const char *fault;

	if (richtext_clean(a, markup, length, &clean) != OK)
		return NULL;
	fault = richtext_fault(a, clean.markup);
	if (!fault)
		fault = fault_of_stability(a, clean.markup);
	if (!fault)
		fault = fault_of_ways(a, richtext_sift(a, markup, length));
	return fault ? fault : fault_of_words(a, clean);
}
