#include "tmplc.h"

#include <string.h>

static const char csp[] = "the site's Content-Security-Policy forbids it";
static const char raw[] = "browsers do not agree on what it holds";

static const struct element element[] = {
	{ .name = "a" },
	{ .name = "abbr" },
	{ .name = "address" },
	{ .name = "area", .content = NOTHING },
	{ .name = "article" },
	{ .name = "aside" },
	{ .name = "audio" },
	{ .name = "b" },
	{ .name = "bdi" },
	{ .name = "bdo" },
	{ .name = "blockquote" },
	{ .name = "body" },
	{ .name = "br", .content = NOTHING },
	{ .name = "button" },
	{ .name = "canvas" },
	{ .name = "caption" },
	{ .name = "cite" },
	{ .name = "code" },
	{ .name = "col", .content = NOTHING },
	{ .name = "colgroup" },
	{ .name = "data" },
	{ .name = "datalist" },
	{ .name = "dd" },
	{ .name = "del" },
	{ .name = "details" },
	{ .name = "dfn" },
	{ .name = "dialog" },
	{ .name = "div" },
	{ .name = "dl" },
	{ .name = "dt" },
	{ .name = "em" },
	{ .name = "embed", .content = NOTHING },
	{ .name = "fieldset" },
	{ .name = "figcaption" },
	{ .name = "figure" },
	{ .name = "footer" },
	{ .name = "form" },
	{ .name = "h1" },
	{ .name = "h2" },
	{ .name = "h3" },
	{ .name = "h4" },
	{ .name = "h5" },
	{ .name = "h6" },
	{ .name = "head" },
	{ .name = "header" },
	{ .name = "hgroup" },
	{ .name = "hr", .content = NOTHING },
	{ .name = "html" },
	{ .name = "i" },
	{ .name = "iframe", .content = EMPTY },
	{ .name = "img", .content = NOTHING },
	{ .name = "input", .content = NOTHING },
	{ .name = "ins" },
	{ .name = "kbd" },
	{ .name = "label" },
	{ .name = "legend" },
	{ .name = "li" },
	{ .name = "link", .content = NOTHING },
	{ .name = "main" },
	{ .name = "map" },
	{ .name = "mark" },
	{ .name = "menu" },
	{ .name = "meta", .content = NOTHING },
	{ .name = "meter" },
	{ .name = "nav" },
	{ .name = "noscript", .content = UNSCRIPTED },
	{ .name = "object" },
	{ .name = "ol" },
	{ .name = "optgroup" },
	{ .name = "option" },
	{ .name = "output" },
	{ .name = "p" },
	{ .name = "picture" },
	{ .name = "pre" },
	{ .name = "progress" },
	{ .name = "q" },
	{ .name = "rp" },
	{ .name = "rt" },
	{ .name = "ruby" },
	{ .name = "s" },
	{ .name = "samp" },
	{ .name = "script", .content = SCRIPT },
	{ .name = "search" },
	{ .name = "section" },
	{ .name = "select" },
	{ .name = "small" },
	{ .name = "source", .content = NOTHING },
	{ .name = "span" },
	{ .name = "strong" },
	{ .name = "sub" },
	{ .name = "summary" },
	{ .name = "sup" },
	{ .name = "table" },
	{ .name = "tbody" },
	{ .name = "td" },
	{ .name = "template" },
	{ .name = "textarea", .content = TEXT_ONLY },
	{ .name = "tfoot" },
	{ .name = "th" },
	{ .name = "thead" },
	{ .name = "time" },
	{ .name = "title", .content = TEXT_ONLY },
	{ .name = "tr" },
	{ .name = "track", .content = NOTHING },
	{ .name = "u" },
	{ .name = "ul" },
	{ .name = "var" },
	{ .name = "video" },
	{ .name = "wbr", .content = NOTHING },

	/* Drawings only: no links, no scripts, no animation, no way back to HTML. */
	{ .name = "svg", .content = FOREIGN },
	{ .name = "circle", .content = FOREIGN },
	{ .name = "defs", .content = FOREIGN },
	{ .name = "desc", .content = FOREIGN },
	{ .name = "ellipse", .content = FOREIGN },
	{ .name = "g", .content = FOREIGN },
	{ .name = "line", .content = FOREIGN },
	{ .name = "path", .content = FOREIGN },
	{ .name = "polygon", .content = FOREIGN },
	{ .name = "polyline", .content = FOREIGN },
	{ .name = "rect", .content = FOREIGN },
	{ .name = "symbol", .content = FOREIGN },
	{ .name = "text", .content = FOREIGN },
	{ .name = "tspan", .content = FOREIGN },
	{ .name = "use", .content = FOREIGN },

	{ .name = "base", .refused = "it would move every address of the page" },
	{ .name = "style", .refused = csp },
	{ .name = "listing", .refused = raw },
	{ .name = "math", .refused = "it is not followed" },
	{ .name = "noembed", .refused = raw },
	{ .name = "noframes", .refused = raw },
	{ .name = "plaintext", .refused = raw },
	{ .name = "xmp", .refused = raw },
};

/* What holds for one element stands before what holds for all. */
static const struct attribute attribute[] = {
	{ "content", TAKES_TEXT, "meta", NULL },
	{ "name", TAKES_NOTHING, "meta", NULL },
	{ "type", TAKES_TEXT, "input", NULL },
	{ "type", TAKES_TEXT, "source", NULL },

	{ "action", TAKES_ADDRESS, NULL, NULL },
	{ "background", TAKES_ADDRESS, NULL, NULL },
	{ "cite", TAKES_ADDRESS, NULL, NULL },
	{ "classid", TAKES_ADDRESS, NULL, NULL },
	{ "codebase", TAKES_ADDRESS, NULL, NULL },
	{ "data", TAKES_ADDRESS, NULL, NULL },
	{ "formaction", TAKES_ADDRESS, NULL, NULL },
	{ "href", TAKES_ADDRESS, NULL, NULL },
	{ "icon", TAKES_ADDRESS, NULL, NULL },
	{ "itemid", TAKES_ADDRESS, NULL, NULL },
	{ "itemtype", TAKES_ADDRESS, NULL, NULL },
	{ "longdesc", TAKES_ADDRESS, NULL, NULL },
	{ "lowsrc", TAKES_ADDRESS, NULL, NULL },
	{ "manifest", TAKES_ADDRESS, NULL, NULL },
	{ "ping", TAKES_ADDRESS, NULL, NULL },
	{ "poster", TAKES_ADDRESS, NULL, NULL },
	{ "profile", TAKES_ADDRESS, NULL, NULL },
	{ "src", TAKES_ADDRESS, NULL, NULL },
	{ "usemap", TAKES_ADDRESS, NULL, NULL },
	{ "xlink:href", TAKES_ADDRESS, NULL, NULL },

	{ "allow", TAKES_NOTHING, NULL, NULL },
	{ "allowfullscreen", TAKES_NOTHING, NULL, NULL },
	{ "as", TAKES_NOTHING, NULL, NULL },
	{ "async", TAKES_NOTHING, NULL, NULL },
	{ "charset", TAKES_NOTHING, NULL, NULL },
	{ "clip-rule", TAKES_NOTHING, NULL, NULL },
	{ "crossorigin", TAKES_NOTHING, NULL, NULL },
	{ "defer", TAKES_NOTHING, NULL, NULL },
	{ "enctype", TAKES_NOTHING, NULL, NULL },
	{ "fetchpriority", TAKES_NOTHING, NULL, NULL },
	{ "fill", TAKES_NOTHING, NULL, NULL },
	{ "fill-rule", TAKES_NOTHING, NULL, NULL },
	{ "formenctype", TAKES_NOTHING, NULL, NULL },
	{ "formmethod", TAKES_NOTHING, NULL, NULL },
	{ "imagesizes", TAKES_NOTHING, NULL, NULL },
	{ "imagesrcset", TAKES_NOTHING, NULL, NULL },
	{ "integrity", TAKES_NOTHING, NULL, NULL },
	{ "itemprop", TAKES_NOTHING, NULL, NULL },
	{ "itemref", TAKES_NOTHING, NULL, NULL },
	{ "itemscope", TAKES_NOTHING, NULL, NULL },
	{ "loading", TAKES_NOTHING, NULL, NULL },
	{ "media", TAKES_NOTHING, NULL, NULL },
	{ "method", TAKES_NOTHING, NULL, NULL },
	{ "nomodule", TAKES_NOTHING, NULL, NULL },
	{ "property", TAKES_NOTHING, NULL, NULL },
	{ "referrerpolicy", TAKES_NOTHING, NULL, NULL },
	{ "rel", TAKES_NOTHING, NULL, NULL },
	{ "sandbox", TAKES_NOTHING, NULL, NULL },
	{ "srcset", TAKES_NOTHING, NULL, NULL },
	{ "stroke", TAKES_NOTHING, NULL, NULL },
	{ "type", TAKES_NOTHING, NULL, NULL },
	{ "xmlns", TAKES_NOTHING, NULL, NULL },
	{ "xmlns:xlink", TAKES_NOTHING, NULL, NULL },

	{ "abbr", TAKES_TEXT, NULL, NULL },
	{ "accept", TAKES_TEXT, NULL, NULL },
	{ "accept-charset", TAKES_TEXT, NULL, NULL },
	{ "accesskey", TAKES_TEXT, NULL, NULL },
	{ "alt", TAKES_TEXT, NULL, NULL },
	{ "autocapitalize", TAKES_TEXT, NULL, NULL },
	{ "autocomplete", TAKES_TEXT, NULL, NULL },
	{ "autofocus", TAKES_TEXT, NULL, NULL },
	{ "autoplay", TAKES_TEXT, NULL, NULL },
	{ "capture", TAKES_TEXT, NULL, NULL },
	{ "checked", TAKES_TEXT, NULL, NULL },
	{ "class", TAKES_TEXT, NULL, NULL },
	{ "color", TAKES_TEXT, NULL, NULL },
	{ "cols", TAKES_TEXT, NULL, NULL },
	{ "colspan", TAKES_TEXT, NULL, NULL },
	{ "contenteditable", TAKES_TEXT, NULL, NULL },
	{ "controls", TAKES_TEXT, NULL, NULL },
	{ "coords", TAKES_TEXT, NULL, NULL },
	{ "cx", TAKES_TEXT, NULL, NULL },
	{ "cy", TAKES_TEXT, NULL, NULL },
	{ "d", TAKES_TEXT, NULL, NULL },
	{ "datetime", TAKES_TEXT, NULL, NULL },
	{ "decoding", TAKES_TEXT, NULL, NULL },
	{ "default", TAKES_TEXT, NULL, NULL },
	{ "dir", TAKES_TEXT, NULL, NULL },
	{ "dirname", TAKES_TEXT, NULL, NULL },
	{ "disabled", TAKES_TEXT, NULL, NULL },
	{ "dominant-baseline", TAKES_TEXT, NULL, NULL },
	{ "download", TAKES_TEXT, NULL, NULL },
	{ "draggable", TAKES_TEXT, NULL, NULL },
	{ "dx", TAKES_TEXT, NULL, NULL },
	{ "dy", TAKES_TEXT, NULL, NULL },
	{ "enterkeyhint", TAKES_TEXT, NULL, NULL },
	{ "focusable", TAKES_TEXT, NULL, NULL },
	{ "font-size", TAKES_TEXT, NULL, NULL },
	{ "font-weight", TAKES_TEXT, NULL, NULL },
	{ "for", TAKES_TEXT, NULL, NULL },
	{ "form", TAKES_TEXT, NULL, NULL },
	{ "formnovalidate", TAKES_TEXT, NULL, NULL },
	{ "formtarget", TAKES_TEXT, NULL, NULL },
	{ "headers", TAKES_TEXT, NULL, NULL },
	{ "height", TAKES_TEXT, NULL, NULL },
	{ "hidden", TAKES_TEXT, NULL, NULL },
	{ "high", TAKES_TEXT, NULL, NULL },
	{ "hreflang", TAKES_TEXT, NULL, NULL },
	{ "id", TAKES_TEXT, NULL, NULL },
	{ "inert", TAKES_TEXT, NULL, NULL },
	{ "inputmode", TAKES_TEXT, NULL, NULL },
	{ "ismap", TAKES_TEXT, NULL, NULL },
	{ "kind", TAKES_TEXT, NULL, NULL },
	{ "label", TAKES_TEXT, NULL, NULL },
	{ "lang", TAKES_TEXT, NULL, NULL },
	{ "list", TAKES_TEXT, NULL, NULL },
	{ "loop", TAKES_TEXT, NULL, NULL },
	{ "low", TAKES_TEXT, NULL, NULL },
	{ "max", TAKES_TEXT, NULL, NULL },
	{ "maxlength", TAKES_TEXT, NULL, NULL },
	{ "min", TAKES_TEXT, NULL, NULL },
	{ "minlength", TAKES_TEXT, NULL, NULL },
	{ "multiple", TAKES_TEXT, NULL, NULL },
	{ "muted", TAKES_TEXT, NULL, NULL },
	{ "name", TAKES_TEXT, NULL, NULL },
	{ "novalidate", TAKES_TEXT, NULL, NULL },
	{ "opacity", TAKES_TEXT, NULL, NULL },
	{ "open", TAKES_TEXT, NULL, NULL },
	{ "optimum", TAKES_TEXT, NULL, NULL },
	{ "pattern", TAKES_TEXT, NULL, NULL },
	{ "placeholder", TAKES_TEXT, NULL, NULL },
	{ "playsinline", TAKES_TEXT, NULL, NULL },
	{ "points", TAKES_TEXT, NULL, NULL },
	{ "popover", TAKES_TEXT, NULL, NULL },
	{ "popovertarget", TAKES_TEXT, NULL, NULL },
	{ "popovertargetaction", TAKES_TEXT, NULL, NULL },
	{ "preload", TAKES_TEXT, NULL, NULL },
	{ "preserveAspectRatio", TAKES_TEXT, NULL, NULL },
	{ "r", TAKES_TEXT, NULL, NULL },
	{ "readonly", TAKES_TEXT, NULL, NULL },
	{ "required", TAKES_TEXT, NULL, NULL },
	{ "reversed", TAKES_TEXT, NULL, NULL },
	{ "role", TAKES_TEXT, NULL, NULL },
	{ "rows", TAKES_TEXT, NULL, NULL },
	{ "rowspan", TAKES_TEXT, NULL, NULL },
	{ "rx", TAKES_TEXT, NULL, NULL },
	{ "ry", TAKES_TEXT, NULL, NULL },
	{ "scope", TAKES_TEXT, NULL, NULL },
	{ "selected", TAKES_TEXT, NULL, NULL },
	{ "shape", TAKES_TEXT, NULL, NULL },
	{ "size", TAKES_TEXT, NULL, NULL },
	{ "sizes", TAKES_TEXT, NULL, NULL },
	{ "span", TAKES_TEXT, NULL, NULL },
	{ "spellcheck", TAKES_TEXT, NULL, NULL },
	{ "srclang", TAKES_TEXT, NULL, NULL },
	{ "start", TAKES_TEXT, NULL, NULL },
	{ "step", TAKES_TEXT, NULL, NULL },
	{ "stroke-dasharray", TAKES_TEXT, NULL, NULL },
	{ "stroke-linecap", TAKES_TEXT, NULL, NULL },
	{ "stroke-linejoin", TAKES_TEXT, NULL, NULL },
	{ "stroke-width", TAKES_TEXT, NULL, NULL },
	{ "tabindex", TAKES_TEXT, NULL, NULL },
	{ "target", TAKES_TEXT, NULL, NULL },
	{ "text-anchor", TAKES_TEXT, NULL, NULL },
	{ "title", TAKES_TEXT, NULL, NULL },
	{ "transform", TAKES_TEXT, NULL, NULL },
	{ "translate", TAKES_TEXT, NULL, NULL },
	{ "value", TAKES_TEXT, NULL, NULL },
	{ "viewBox", TAKES_TEXT, NULL, NULL },
	{ "width", TAKES_TEXT, NULL, NULL },
	{ "wrap", TAKES_TEXT, NULL, NULL },
	{ "x", TAKES_TEXT, NULL, NULL },
	{ "x1", TAKES_TEXT, NULL, NULL },
	{ "x2", TAKES_TEXT, NULL, NULL },
	{ "y", TAKES_TEXT, NULL, NULL },
	{ "y1", TAKES_TEXT, NULL, NULL },
	{ "y2", TAKES_TEXT, NULL, NULL },

	{ "style", TAKES_NOTHING, NULL, csp },
	{ "srcdoc", TAKES_NOTHING, NULL, "it holds a page of its own" },
	{ "http-equiv", TAKES_NOTHING, NULL, "headers are the server's to send" },
};

/* Families by their first letters. */
static const struct attribute event_handler = { "on", TAKES_NOTHING, NULL, csp };
static const struct attribute aria = { "aria-", TAKES_TEXT, NULL, NULL };
static const struct attribute data_text = { "data-", TAKES_TEXT, NULL, NULL };
static const struct attribute data_address = { "data-", TAKES_ADDRESS, NULL, NULL };

bool slice_is(struct slice s, const char *word)
{
	return s.length == strlen(word) && !memcmp(s.start, word, s.length);
}

bool slice_same(struct slice a, struct slice b)
{
	return a.length == b.length && !memcmp(a.start, b.start, a.length);
}

static bool starts_with(struct slice s, const char *prefix)
{
	return s.length > strlen(prefix) && !memcmp(s.start, prefix, strlen(prefix));
}

static bool ends_with(struct slice s, const char *suffix)
{
	size_t n = strlen(suffix);

	return s.length >= n && !memcmp(s.start + s.length - n, suffix, n);
}

const struct element *element_named(struct slice name)
{
	for (size_t i = 0; i < sizeof(element) / sizeof(*element); i++)
		if (slice_is(name, element[i].name))
			return &element[i];
	return NULL;
}

/* data-src and its like: a script will make an address of it. */
static bool holds_address(struct slice name)
{
	return ends_with(name, "src") || ends_with(name, "href") || ends_with(name, "url") ||
	       ends_with(name, "action");
}

const struct attribute *attribute_named(const struct element *of, struct slice name)
{
	for (size_t i = 0; i < sizeof(attribute) / sizeof(*attribute); i++)
		if (slice_is(name, attribute[i].name) &&
		    (!attribute[i].element || !strcmp(attribute[i].element, of->name)))
			return &attribute[i];
	if (starts_with(name, "on"))
		return &event_handler;
	if (starts_with(name, "aria-"))
		return &aria;
	if (starts_with(name, "data-"))
		return holds_address(name) ? &data_address : &data_text;
	return NULL;
}
