#include "tmplc.h"

#include <string.h>

/*
 * HTML as we write it, which is a small part of what browsers read. Where their
 * rules are many (names in capitals, blanks round '=', values without quotes,
 * end tags left out) there is one way here, and the rest is refused: what this
 * file takes to be text must be text to every browser.
 */

static bool is_lower(char c)
{
	return c >= 'a' && c <= 'z';
}

static bool is_upper(char c)
{
	return c >= 'A' && c <= 'Z';
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_hex(char c)
{
	return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

static bool is_alphanumeric(char c)
{
	return is_lower(c) || is_upper(c) || is_digit(c);
}

static void copy(struct compiler *c, size_t length)
{
	add_static(c, c->at, length);
	c->at += length;
}

/* `at` may be the end: then a message about what is missing. */
static void need_more(struct compiler *c, const char *start, const char *what)
{
	if (c->at == c->end)
		refuse(c, start, "%s has no end", what);
}

/* &name; &#38; &#x26; and nothing less. */
static size_t reference(struct compiler *c)
{
	const char *s = c->at + 1, *digits;
	bool (*belongs)(char) = is_alphanumeric;

	if (s < c->end && *s == '#') {
		belongs = is_digit;
		if (++s < c->end && (*s == 'x' || *s == 'X')) {
			belongs = is_hex;
			s++;
		}
	} else if (s < c->end && !is_lower(*s) && !is_upper(*s)) {
		refuse(c, c->at, "a stray '&': write &amp;");
	}
	for (digits = s; s < c->end && belongs(*s);)
		s++;
	if (s == digits || s == c->end || *s != ';')
		refuse(c, c->at, "a stray '&': write &amp;");
	return (size_t)(s + 1 - c->at);
}

/* One character of text, which is neither blank nor '<' nor a mark. */
void character(struct compiler *c)
{
	if (*c->at == '&') {
		copy(c, reference(c));
		return;
	}
	if (looking_at(c, "}}") || looking_at(c, "%}") || looking_at(c, "#}"))
		refuse(c, c->at, "a stray '%.2s'", c->at);
	copy(c, 1);
}

/* Blanks of text: a run of them is one, and indentation is none. */
void blanks(struct compiler *c)
{
	bool at_start = c->at == c->source->text || c->at[-1] == '\n';
	const char *kept = " ";
	char last = c->literal.length ? c->literal.data[c->literal.length - 1] : '\0';

	if (inside(c, "pre") || inside(c, "textarea")) {
		copy(c, 1);
		return;
	}
	while (c->at < c->end && is_blank(*c->at) && *kept == ' ')
		if (*c->at++ == '\n')
			kept = "\n";
	if (!at_start && !is_blank(last))
		add_static(c, kept, 1);
}

/* Attributes. */

static void no_marks(struct compiler *c, const struct attribute *a)
{
	if (at_mark(c))
		refuse(c, c->at,
		       a->takes == TAKES_ADDRESS
			       ? "in '%s' a {{ value }} stands alone in its quotes"
			       : "no values in '%s': it is written out in the template",
		       a->name);
}

/* One character of a quoted value. */
static void value_character(struct compiler *c)
{
	if (*c->at == '<')
		refuse(c, c->at, "'<' in an attribute value: write &lt;");
	character(c);
}

static void text_value(struct compiler *c, const struct attribute *a, char quote)
{
	const char *start = c->at;
	struct position back = enter(c, IN_VALUE);

	while (c->at < c->end && *c->at != quote) {
		if (at_mark(c) && a->takes == TAKES_TEXT) {
			mark(c);
			continue;
		}
		no_marks(c, a);
		value_character(c);
	}
	need_more(c, start, "this attribute value");
	leave(c, back);
}

static bool slice_begins(struct slice s, const char *prefix)
{
	return s.length >= strlen(prefix) && !memcmp(s.start, prefix, strlen(prefix));
}

static bool has_good_scheme(struct slice s)
{
	static const char *const scheme[] = { "http://", "https://", "mailto:", "tel:" };

	for (size_t i = 0; i < sizeof(scheme) / sizeof(*scheme); i++)
		if (slice_begins(s, scheme[i]))
			return true;
	return false;
}

/* A browser must see the address as it stands: no scheme behind an entity. */
static void check_address(struct compiler *c, struct slice s)
{
	bool path = false;

	for (size_t i = 0; i < s.length; i++) {
		struct slice rest = { s.start + i, s.length - i };

		if (is_blank(s.start[i]) || s.start[i] == '\\')
			refuse(c, s.start + i, "a blank or '\\' in an address");
		if (s.start[i] == '&' && !slice_begins(rest, "&amp;"))
			refuse(c, s.start + i, "only &amp; is written as an entity in an address");
		path |= strchr("/?#", s.start[i]) != NULL;
		if (s.start[i] == ':' && !path && !has_good_scheme(s))
			refuse(c, s.start, "an address is http:, https:, mailto:, tel: or a path");
	}
	if (slice_begins(s, "//"))
		refuse(c, s.start, "an address of another site begins with its scheme");
}

static void address_value(struct compiler *c, const struct attribute *a, char quote)
{
	const char *start = c->at;
	struct position back;

	if (!looking_at(c, "{{")) {
		while (c->at < c->end && *c->at != quote) {
			no_marks(c, a);
			value_character(c);
		}
		need_more(c, start, "this address");
		check_address(c, (struct slice){ start, (size_t)(c->at - start) });
		return;
	}
	back = enter(c, IN_VALUE);
	c->takes_address = true;
	mark(c);
	c->takes_address = false;
	need_more(c, start, "this address");
	if (*c->at != quote)
		refuse(c, c->at, "in '%s' a {{ value }} stands alone in its quotes", a->name);
	leave(c, back);
}

/* Between the quotes: what stood there, for <script>. */
static struct slice quoted(struct compiler *c, const struct attribute *a)
{
	const char *start;
	char quote;

	copy(c, 1);
	need_more(c, c->at - 1, "this tag");
	quote = *c->at;
	if (quote != '"' && quote != '\'')
		refuse(c, c->at, "the value of '%s' is not in quotes", a->name);
	copy(c, 1);
	start = c->at;
	if (a->takes == TAKES_ADDRESS)
		address_value(c, a, quote);
	else
		text_value(c, a, quote);
	copy(c, 1);
	return (struct slice){ start, (size_t)(c->at - 1 - start) };
}

static struct slice attribute_name(struct compiler *c)
{
	const char *start = c->at, *end = start;

	while (end < c->end && (is_alphanumeric(*end) || strchr("-_:", *end)))
		end++;
	if (end == start)
		refuse(c, start, "no attribute begins with '%c'",
		       (unsigned char)*start < 0x80 ? *start : '?');
	if (!is_blank(start[-1]))
		refuse(c, start, "a blank is missing before an attribute");
	return (struct slice){ start, (size_t)(end - start) };
}

/* Two branches of one if may both have it. */
static bool is_excluded(const struct compiler *c, size_t i)
{
	for (size_t b = c->n_blocks; b-- > 0;) {
		if (c->block[b].position.serial != c->position.serial)
			break;
		if (i >= c->block[b].other_from && i < c->block[b].other_to)
			return true;
	}
	return false;
}

static void remember_attribute(struct compiler *c, struct slice name)
{
	for (size_t i = 0; i < c->n_attributes; i++)
		if (slice_same(c->attribute[i], name) && !is_excluded(c, i))
			refuse(c, name.start, "'%.*s' is there twice", (int)name.length,
			       name.start);
	if (c->n_attributes == MAX_DEPTH)
		refuse(c, name.start, "too many attributes");
	c->attribute[c->n_attributes++] = name;
}

static const struct attribute *known_attribute(struct compiler *c, struct slice name)
{
	const struct attribute *a = attribute_named(c->tag, name);

	if (a && a->refused)
		refuse(c, name.start, "no '%.*s' attribute: %s", (int)name.length, name.start,
		       a->refused);
	/* Of those in capitals only viewBox and its like, found by their whole name. */
	for (size_t i = 0; i < name.length; i++)
		if (is_upper(name.start[i]) && !(a && slice_is(name, a->name)))
			refuse(c, name.start, "attributes are written in lower case");
	if (!a)
		refuse(c, name.start, "the attribute '%.*s' is not known", (int)name.length,
		       name.start);
	return a;
}

/* What may stand right after a name or a closing quote in a tag. */
static bool ends_name(const struct compiler *c)
{
	return is_blank(*c->at) || *c->at == '>' || looking_at(c, "/>") || looking_at(c, "{%") ||
	       looking_at(c, "{#");
}

struct script {
	struct slice type;
	bool has_type, has_src;
};

static void attribute(struct compiler *c, struct script *script)
{
	struct slice name = attribute_name(c), value = { name.start, 0 };
	const struct attribute *a = known_attribute(c, name);

	remember_attribute(c, name);
	add_static(c, " ", 1);
	copy(c, name.length);
	if (c->at < c->end && *c->at == '=')
		value = quoted(c, a);
	need_more(c, name.start, "this tag");
	if (!ends_name(c))
		refuse(c, c->at, "what follows the attribute '%.*s' is not understood",
		       (int)name.length, name.start);
	if (slice_is(name, "src"))
		script->has_src = true;
	if (slice_is(name, "type")) {
		script->has_type = true;
		script->type = value;
	}
}

/* As far as '>' or '/>'. */
static void attributes(struct compiler *c, const char *start, struct script *script)
{
	struct position back = enter(c, IN_TAG);

	c->n_attributes = 0;
	for (;;) {
		while (c->at < c->end && is_blank(*c->at))
			c->at++;
		need_more(c, start, "this tag");
		if (*c->at == '>' || looking_at(c, "/>"))
			break;
		if (!at_mark(c)) {
			attribute(c, script);
		} else {
			if (looking_at(c, "{%") && c->tag->content == SCRIPT)
				refuse(c, c->at, "no C code in the tag of a script");
			mark(c);
		}
	}
	leave(c, back);
}

/* Elements. */

static struct slice tag_name(struct compiler *c)
{
	const char *end = c->at;

	while (end < c->end && (is_alphanumeric(*end) || *end == '-'))
		end++;
	for (const char *s = c->at; s < end; s++)
		if (is_upper(*s))
			refuse(c, s, "elements are written in lower case");
	return (struct slice){ c->at, (size_t)(end - c->at) };
}

static const struct element *known_element(struct compiler *c, struct slice name)
{
	const struct element *e = element_named(name);

	if (!e)
		refuse(c, name.start, "the element <%.*s> is not known", (int)name.length,
		       name.start);
	if (e->refused)
		refuse(c, name.start, "no <%s>: %s", e->name, e->refused);
	return e;
}

static void check_nesting(struct compiler *c, const struct element *e, const char *at)
{
	static const char *const alone[] = { "a", "button", "form", "label", "svg", "noscript" };
	bool drawing = inside(c, "svg"), root = !strcmp(e->name, "svg");

	if (drawing && e->content != FOREIGN && strcmp(e->name, "title"))
		refuse(c, at, "no <%s> in a drawing", e->name);
	if (!drawing && !root && e->content == FOREIGN)
		refuse(c, at, "<%s> stands in <svg> only", e->name);
	for (size_t i = 0; i < sizeof(alone) / sizeof(*alone); i++)
		if (!strcmp(e->name, alone[i]) && inside(c, e->name))
			refuse(c, at, "<%s> inside <%s>", e->name, e->name);
}

static void push(struct compiler *c, const struct element *e, const char *at)
{
	if (c->position.depth == MAX_DEPTH)
		refuse(c, at, "elements too deep");
	c->stack[c->position.depth++] = (struct open_element){ e, at };
}

static bool at_end_tag(const struct compiler *c, const struct element *e)
{
	size_t n = strlen(e->name);

	return looking_at(c, "</") && (size_t)(c->end - c->at) >= n + 3 &&
	       !memcmp(c->at + 2, e->name, n) && c->at[2 + n] == '>';
}

static void copy_end_tag(struct compiler *c, const struct element *e)
{
	copy(c, strlen(e->name) + 3);
}

/* <title>, <textarea>: references mean something here, tags do not. */
static void text_only(struct compiler *c, const struct element *e, const char *start)
{
	struct position back;

	push(c, e, start);
	back = enter(c, IN_TEXT);
	while (!at_end_tag(c, e)) {
		need_more(c, start, "this element");
		if (lone_mark(c))
			continue;
		if (*c->at == '<')
			refuse(c, c->at, "'<' in <%s>: write &lt;, and end it with </%s>", e->name,
			       e->name);
		if (is_blank(*c->at))
			blanks(c);
		else if (at_mark(c))
			mark(c);
		else
			character(c);
	}
	leave(c, back);
	c->position.depth--;
	copy_end_tag(c, e);
}

static void empty(struct compiler *c, const struct element *e)
{
	if (!at_end_tag(c, e))
		refuse(c, c->at, "<%s> is followed by </%s>, with nothing between", e->name,
		       e->name);
	copy_end_tag(c, e);
}

/* A struct json brings its own quotes: inside others it could end them. */
static void json(struct compiler *c, const struct element *e, const char *start)
{
	struct position back = enter(c, IN_JSON);
	bool in_string = false;

	while (!at_end_tag(c, e)) {
		need_more(c, start, "this script");
		if (*c->at == '<')
			refuse(c, c->at, "'<' in JSON: write \\u003c");
		if (at_mark(c)) {
			if (in_string)
				refuse(c, c->at, "no marks inside a string of JSON");
			mark(c);
			continue;
		}
		if (in_string && *c->at == '\\') {
			copy(c, 1);
			need_more(c, start, "this script");
			if (!strchr("\"\\/bfnrtu", *c->at))
				refuse(c, c->at, "JSON knows no such escape");
		} else if (*c->at == '"') {
			in_string = !in_string;
		}
		copy(c, 1);
	}
	if (in_string)
		refuse(c, c->at, "a string of JSON is not closed");
	leave(c, back);
	copy_end_tag(c, e);
}

static void script_content(struct compiler *c, const struct script *script, const char *start)
{
	if (script->has_type && slice_is(script->type, "application/ld+json") && !script->has_src) {
		json(c, c->tag, start);
		return;
	}
	if (script->has_type && !slice_is(script->type, "module") &&
	    !slice_is(script->type, "text/javascript"))
		refuse(c, start, "a script of this type is not followed");
	if (!script->has_src)
		refuse(c, start,
		       "no scripts in pages: the site's Content-Security-Policy forbids them");
	empty(c, c->tag);
}

static void content(struct compiler *c, const struct script *script, const char *start)
{
	const struct element *e = c->tag;

	switch (e->content) {
	case NOTHING:
		break;
	case TEXT_ONLY:
		text_only(c, e, start);
		break;
	case EMPTY:
		empty(c, e);
		break;
	case SCRIPT:
		script_content(c, script, start);
		break;
	case MARKUP:
	case UNSCRIPTED:
	case FOREIGN:
		push(c, e, start);
		break;
	}
}

static void start_tag(struct compiler *c)
{
	const char *start = c->at++;
	struct slice name = tag_name(c);
	const struct element *e = known_element(c, name);
	struct script script = { 0 };

	check_nesting(c, e, start);
	c->tag = e;
	add_static(c, "<", 1);
	copy(c, name.length);
	need_more(c, start, "this tag");
	if (!ends_name(c))
		refuse(c, c->at, "what follows '<%s' is not understood", e->name);
	attributes(c, start, &script);

	if (*c->at == '>') {
		copy(c, 1);
		content(c, &script, start);
		return;
	}
	if (e->content != NOTHING && e->content != FOREIGN)
		refuse(c, c->at, "'/>' does not close <%s>", e->name);
	copy(c, 2);
}

static void end_tag(struct compiler *c)
{
	const char *start = c->at;
	struct slice name;
	const struct open_element *top;

	c->at += 2;
	name = tag_name(c);
	c->at = start;
	if (!name.length)
		refuse(c, start, "an end tag is </name> and no more");
	if (!c->position.depth)
		refuse(c, start, "</%.*s> closes nothing that is open", (int)name.length,
		       name.start);
	top = &c->stack[c->position.depth - 1];
	if (!slice_is(name, top->element->name))
		refuse(c, start, "</%.*s> where <%s> of line %d is open", (int)name.length,
		       name.start, top->element->name, line_at(c, top->at));
	if (!at_end_tag(c, top->element))
		refuse(c, start, "an end tag is </%s> and no more", top->element->name);
	if (c->n_blocks && c->block[c->n_blocks - 1].position.depth == c->position.depth)
		refuse(c, start, "</%s> closes what was opened outside its branch",
		       top->element->name);
	copy_end_tag(c, top->element);
	c->position.depth--;
}

/* Browsers end comments in more ways than one: keep all of them out. */
static void comment(struct compiler *c)
{
	const char *start = c->at;

	copy(c, 4);
	for (;;) {
		need_more(c, start, "this comment");
		if (looking_at(c, "-->"))
			break;
		if (at_mark(c))
			refuse(c, c->at, "no marks in a comment of HTML");
		if (*c->at == '<' || *c->at == '>' || looking_at(c, "--"))
			refuse(c, c->at, "'<', '>' or '--' in a comment");
		copy(c, 1);
	}
	copy(c, 3);
}

static void doctype(struct compiler *c)
{
	if (!looking_at(c, "<!doctype html>") && !looking_at(c, "<!DOCTYPE html>"))
		refuse(c, c->at, "only <!doctype html> and comments begin with '<!'");
	if (c->position.depth)
		refuse(c, c->at, "<!doctype html> inside an element");
	copy(c, strlen("<!doctype html>"));
}

static void tag(struct compiler *c)
{
	if (looking_at(c, "<!--"))
		comment(c);
	else if (looking_at(c, "<!"))
		doctype(c);
	else if (looking_at(c, "</"))
		end_tag(c);
	else if (c->end - c->at > 1 && (is_lower(c->at[1]) || is_upper(c->at[1])))
		start_tag(c);
	else
		refuse(c, c->at, "a stray '<': write &lt;");
}

/* Between tags. */
void markup(struct compiler *c)
{
	if (is_blank(*c->at))
		blanks(c);
	else if (at_mark(c))
		mark(c);
	else if (*c->at == '<')
		tag(c);
	else
		character(c);
}
