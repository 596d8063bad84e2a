#include "tmplc.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* C17 promises room for a string of 4095 bytes. */
enum { LITERAL_SIZE = 3000 };

static const char blank[] = " \t\n";

void buffer_add(struct buffer *b, const void *bytes, size_t length)
{
	if (b->capacity - b->length < length + 1) {
		b->capacity = (b->capacity + length) * 2 + 64;
		b->data = realloc(b->data, b->capacity);
		if (!b->data) {
			fputs("tmplc: out of memory\n", stderr);
			exit(3);
		}
	}
	if (length)
		memcpy(b->data + b->length, bytes, length);
	b->length += length;
	b->data[b->length] = '\0';
}

void buffer_text(struct buffer *b, const char *text)
{
	buffer_add(b, text, strlen(text));
}

void buffer_printf(struct buffer *b, const char *format, ...)
{
	char text[128];
	va_list args;
	int n;

	va_start(args, format);
	n = vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	buffer_add(b, text, n < (int)sizeof(text) ? (size_t)n : sizeof(text) - 1);
}

bool is_blank(char c)
{
	return c && strchr(blank, c);
}

bool looking_at(const struct compiler *c, const char *text)
{
	size_t n = strlen(text);

	return (size_t)(c->end - c->at) >= n && !memcmp(c->at, text, n);
}

int line_at(struct compiler *c, const char *where)
{
	if (where < c->counted) {
		c->counted = c->source->text;
		c->line = 1;
	}
	for (; c->counted < where; c->counted++)
		c->line += *c->counted == '\n';
	return c->line;
}

void refuse(struct compiler *c, const char *where, const char *format, ...)
{
	int n = snprintf(c->message, MESSAGE_SIZE, "%s:%d: ", c->source->name, line_at(c, where));
	va_list args;

	va_start(args, format);
	if (n >= 0 && n < MESSAGE_SIZE)
		vsnprintf(c->message + n, (size_t)(MESSAGE_SIZE - n), format, args);
	va_end(args);
	longjmp(c->refused, 1);
}

/* Static text. */

static void write_line_mark(struct compiler *c, struct buffer *b, const char *where)
{
	buffer_printf(b, "#line %d \"", line_at(c, where));
	for (const char *s = c->source->name; *s; s++)
		buffer_printf(b, *s == '"' || *s == '\\' ? "\\%c" : "%c", *s);
	buffer_text(b, "\"\n");
}

/* The byte `s[i]` inside a string of C. */
static void write_escaped(struct buffer *b, const char *s, size_t i)
{
	switch (s[i]) {
	case '\n':
		buffer_text(b, "\\n");
		break;
	case '\t':
		buffer_text(b, "\\t");
		break;
	case '?':
		/* Two of them may begin a trigraph. */
		buffer_text(b, i && s[i - 1] == '?' ? "\\?" : "?");
		break;
	case '"':
	case '\\':
		buffer_add(b, "\\", 1);
		/* fallthrough */
	default:
		buffer_add(b, &s[i], 1);
	}
}

static void write_literal(struct buffer *b, const char *s, size_t length)
{
	buffer_text(b, "\tout_bytes(o, \"");
	for (size_t i = 0; i < length; i++) {
		write_escaped(b, s, i);
		if (s[i] == '\n' && i + 1 < length)
			buffer_text(b, "\"\n\t\t     \"");
	}
	buffer_printf(b, "\", %zu);\n", length);
}

/* As much of `s` as one string takes: whole lines, or whole characters. */
static size_t piece(const char *s, size_t length)
{
	size_t n = LITERAL_SIZE;

	if (length <= n)
		return length;
	while (n > 0 && s[n - 1] != '\n')
		n--;
	if (!n)
		for (n = LITERAL_SIZE; ((unsigned char)s[n] & 0xc0) == 0x80;)
			n--;
	return n;
}

static void flush_static(struct compiler *c)
{
	size_t n;

	for (size_t at = 0; at < c->literal.length; at += n) {
		n = piece(c->literal.data + at, c->literal.length - at);
		write_line_mark(c, &c->body, c->literal_at);
		write_literal(&c->body, c->literal.data + at, n);
	}
	c->literal.length = 0;
}

void add_static(struct compiler *c, const char *bytes, size_t length)
{
	if (!c->literal.length)
		c->literal_at = c->at;
	buffer_add(&c->literal, bytes, length);
}

/* Places. */

struct position enter(struct compiler *c, enum place place)
{
	struct position back = c->position;

	c->position.place = place;
	c->position.serial = ++c->last_serial;
	return back;
}

void leave(struct compiler *c, struct position back)
{
	if (c->n_blocks && c->block[c->n_blocks - 1].position.serial == c->position.serial)
		refuse(c, c->block[c->n_blocks - 1].at,
		       "this branch is not closed in the tag, value or element it began in");
	c->position = back;
}

bool inside(const struct compiler *c, const char *element)
{
	for (size_t i = 0; i < c->position.depth; i++)
		if (!strcmp(c->stack[i].element->name, element))
			return true;
	return false;
}

/* Words of directives. */

static struct slice trimmed(const char *start, const char *end)
{
	while (start < end && is_blank(*start))
		start++;
	while (end > start && is_blank(end[-1]))
		end--;
	return (struct slice){ start, (size_t)(end - start) };
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static bool is_name(char c)
{
	return is_letter(c) || (c >= '0' && c <= '9');
}

/* Take the first word off `rest`: letters, digits, '_'. */
static struct slice word(struct slice *rest)
{
	size_t n = 0;
	struct slice first;

	while (n < rest->length && is_name(rest->start[n]))
		n++;
	first = (struct slice){ rest->start, n };
	*rest = trimmed(rest->start + n, rest->start + rest->length);
	return first;
}

/* Pages. */

static void check_left_open(struct compiler *c)
{
	size_t depth = c->position.depth;

	for (size_t i = 0; i < depth && i < c->n_left_open; i++)
		if (c->stack[i].element != c->left_open[i])
			refuse(c, c->stack[i].at, "<%s> is open where <%s> was declared",
			       c->stack[i].element->name, c->left_open[i]->name);
	if (depth > c->n_left_open)
		refuse(c, c->stack[depth - 1].at,
		       "<%s> is not closed: write </%s>, or declare {%% open %s %%}",
		       c->stack[depth - 1].element->name, c->stack[depth - 1].element->name,
		       c->stack[depth - 1].element->name);
	if (depth < c->n_left_open)
		refuse(c, c->page_at, "<%s> was declared to be left open and is not",
		       c->left_open[depth]->name);
}

static void end_page(struct compiler *c)
{
	if (!c->page_at)
		return;
	if (c->n_blocks)
		refuse(c, c->block[c->n_blocks - 1].at, "this '{' is not closed in its page");
	check_left_open(c);
	flush_static(c);
	buffer_text(&c->body, "}\n\n");
}

/* "(struct out *o, …)" and no more. */
static void check_parameters(struct compiler *c, struct slice p)
{
	static const char first[] = "(struct out *o";
	size_t n = sizeof(first) - 1;

	if (p.length < n + 1 || memcmp(p.start, first, n) || !strchr(",)", p.start[n]) ||
	    p.start[p.length - 1] != ')')
		refuse(c, p.start, "a page is NAME(struct out *o, ...)");
	for (size_t i = n; i + 1 < p.length; i++) {
		if (!is_name(p.start[i - 1]) && p.length - i > 4 && !memcmp(p.start + i, "out_", 4))
			refuse(c, p.start + i, "no 'out_' words in templates");
		if (!is_name(p.start[i]) && !is_blank(p.start[i]) && !strchr("*,[]", p.start[i]))
			refuse(c, p.start + i, "'%c' among the parameters of a page",
			       (unsigned char)p.start[i] < 0x80 ? p.start[i] : '?');
	}
}

static void write_heading(struct buffer *b, bool is_static, struct slice name,
			  struct slice parameters)
{
	buffer_text(b, is_static ? "static void " : "void ");
	buffer_add(b, name.start, name.length);
	buffer_add(b, parameters.start, parameters.length);
}

static void begin_page(struct compiler *c, bool is_static, struct slice rest)
{
	const char *at = rest.start;
	struct slice name = word(&rest);

	if (!name.length || !is_letter(*name.start))
		refuse(c, at, "a page is NAME(struct out *o, ...)");
	if (name.length >= 4 && !memcmp(name.start, "out_", 4))
		refuse(c, at, "no page is named 'out_...'");
	check_parameters(c, rest);
	end_page(c);

	if (is_static) {
		write_line_mark(c, &c->prototypes, at);
		write_heading(&c->prototypes, true, name, rest);
		buffer_text(&c->prototypes, ";\n");
	}
	write_line_mark(c, &c->body, at);
	write_heading(&c->body, is_static, name, rest);
	buffer_text(&c->body, "\n{\n");

	c->page_at = at;
	c->page_start = c->body.length;
	c->position = (struct position){ .place = BETWEEN_TAGS };
	c->n_left_open = 0;
}

static void include(struct compiler *c, struct slice path)
{
	if (c->page_at)
		refuse(c, path.start, "headers are included before the first page");
	if (path.length < 3 || path.start[0] != '"' || path.start[path.length - 1] != '"')
		refuse(c, path.start, "write {%% include \"a/header.h\" %%}");
	for (size_t i = 1; i + 1 < path.length; i++)
		if (!is_name(path.start[i]) && !strchr("/.-", path.start[i]))
			refuse(c, path.start, "a strange name of a header");
	write_line_mark(c, &c->includes, path.start);
	buffer_text(&c->includes, "#include ");
	buffer_add(&c->includes, path.start, path.length);
	buffer_text(&c->includes, "\n");
}

/* One name of {% open %} or {% close %}: plain elements only. */
static const struct element *declared(struct compiler *c, struct slice *rest)
{
	const char *at = rest->start;
	struct slice name = word(rest);
	const struct element *element = element_named(name);

	if (!element || element->refused || element->content != MARKUP)
		refuse(c, at, "'%.*s' cannot be open from one page to another",
		       name.length ? (int)name.length : 1, at);
	return element;
}

static void check_declaration(struct compiler *c, struct slice rest)
{
	if (!c->page_at || c->literal.length || c->body.length != c->page_start || c->n_blocks)
		refuse(c, rest.start, "elements are declared where a page begins");
	if (!rest.length)
		refuse(c, rest.start, "name the elements");
}

/* {% close main body html %}: as they are closed, the innermost first. */
static void declare_close(struct compiler *c, struct slice rest)
{
	size_t n = 0;

	check_declaration(c, rest);
	if (c->position.depth)
		refuse(c, rest.start, "elements are declared once");
	for (; rest.length; n++) {
		if (n == MAX_DEPTH)
			refuse(c, rest.start, "too many elements");
		c->stack[n].at = rest.start;
		c->stack[n].element = declared(c, &rest);
	}
	for (size_t i = 0; i < n / 2; i++) {
		struct open_element other = c->stack[i];

		c->stack[i] = c->stack[n - 1 - i];
		c->stack[n - 1 - i] = other;
	}
	c->position.depth = n;
}

/* {% open html body main %}: as they are opened, the outermost first. */
static void declare_open(struct compiler *c, struct slice rest)
{
	check_declaration(c, rest);
	if (c->n_left_open)
		refuse(c, rest.start, "elements are declared once");
	while (rest.length) {
		if (c->n_left_open == MAX_DEPTH)
			refuse(c, rest.start, "too many elements");
		c->left_open[c->n_left_open++] = declared(c, &rest);
	}
}

/* Marks. */

static bool directive(struct compiler *c, struct slice code)
{
	struct slice rest = code, first = word(&rest);
	bool page = slice_is(first, "page"), fragment = slice_is(first, "fragment");

	if (!page && !fragment && !slice_is(first, "include") && !slice_is(first, "open") &&
	    !slice_is(first, "close"))
		return false;
	if (c->position.place != BETWEEN_TAGS && c->position.place != BEFORE_PAGES)
		refuse(c, code.start, "'%.*s' inside a tag or an element of text",
		       (int)first.length, first.start);
	if (page || fragment)
		begin_page(c, fragment, rest);
	else if (slice_is(first, "include"))
		include(c, rest);
	else if (slice_is(first, "open"))
		declare_open(c, rest);
	else
		declare_close(c, rest);
	return true;
}

static void statements(struct compiler *c, struct slice code)
{
	if (directive(c, code))
		return;
	if (c->position.place == BEFORE_PAGES)
		refuse(c, code.start, "only {%% include %%} and {# comments #} before a page");
	if (c->position.place == IN_JSON)
		refuse(c, code.start, "no C code in scripts");
	if (inside(c, "noscript"))
		refuse(c, code.start, "no C code in <noscript>");
	check_statements(c, code);
	flush_static(c);
	write_line_mark(c, &c->body, code.start);
	buffer_text(&c->body, "\t");
	buffer_add(&c->body, code.start, code.length);
	buffer_text(&c->body, "\n");
}

static const char *writer(struct compiler *c)
{
	switch (c->position.place) {
	case BETWEEN_TAGS:
		/* Markup made for HTML would mean something else in a drawing. */
		return inside(c, "svg") ? "out_put_attribute" : "out_put";
	case IN_TEXT:
		return "out_put_attribute";
	case IN_VALUE:
		return c->takes_address ? "out_put_url" : "out_put_attribute";
	case IN_JSON:
		return "out_put_json";
	case IN_TAG:
		refuse(c, c->at, "no values among attributes: put it in quotes");
	case BEFORE_PAGES:
		break;
	}
	refuse(c, c->at, "a value before the first page");
}

static void value(struct compiler *c, struct slice code)
{
	const char *put = writer(c);

	if (inside(c, "noscript"))
		refuse(c, code.start, "no values in <noscript>");
	check_expression(c, code);
	flush_static(c);
	write_line_mark(c, &c->body, code.start);
	buffer_printf(&c->body, "\t%s(o, (", put);
	buffer_add(&c->body, code.start, code.length);
	buffer_text(&c->body, "));\n");
}

bool at_mark(const struct compiler *c)
{
	return looking_at(c, "{{") || looking_at(c, "{%") || looking_at(c, "{#");
}

void mark(struct compiler *c)
{
	const char *end = mark_end(c, c->at);
	struct slice code = trimmed(c->at + 2, end - 2);

	if (looking_at(c, "{%"))
		statements(c, code);
	else if (looking_at(c, "{{"))
		value(c, code);
	c->at = end;
}

/* At the start of a line that holds only {% %} or {# #}: take the whole line. */
bool lone_mark(struct compiler *c)
{
	const char *start = c->at, *after;

	if (start > c->source->text && start[-1] != '\n')
		return false;
	while (c->at < c->end && (*c->at == ' ' || *c->at == '\t'))
		c->at++;
	if (looking_at(c, "{%") || looking_at(c, "{#")) {
		after = mark_end(c, c->at);
		while (after < c->end && (*after == ' ' || *after == '\t'))
			after++;
		if (after == c->end || *after == '\n') {
			mark(c);
			c->at = after == c->end ? after : after + 1;
			return true;
		}
	}
	c->at = start;
	return false;
}

/* The whole. */

static size_t utf8_size(unsigned char first)
{
	return first < 0x80   ? 1
	       : first < 0xc2 ? 0
	       : first < 0xe0 ? 2
	       : first < 0xf0 ? 3
	       : first < 0xf5 ? 4
			      : 0;
}

/* The character at `s`, or -1 when it is not UTF-8. */
static long utf8_decode(const char *s, size_t n, size_t left)
{
	static const long smallest[] = { 0, 0, 0x80, 0x800, 0x10000 };
	long value = (unsigned char)*s & (n == 1 ? 0x7f : 0xff >> (n + 1));

	if (!n || n > left)
		return -1;
	for (size_t i = 1; i < n; i++) {
		if (((unsigned char)s[i] & 0xc0) != 0x80)
			return -1;
		value = value << 6 | ((unsigned char)s[i] & 0x3f);
	}
	if (value < smallest[n] || value > 0x10ffff || (value >= 0xd800 && value <= 0xdfff))
		return -1;
	return value;
}

/* What an editor does not show, or shows in another order than it is. */
static bool is_hidden(long ch)
{
	return (ch < 0x20 && ch != '\n' && ch != '\t') || (ch >= 0x7f && ch < 0xa0) ||
	       (ch >= 0x200b && ch <= 0x200f) || (ch >= 0x2028 && ch <= 0x202e) ||
	       (ch >= 0x2060 && ch <= 0x206f) || ch == 0xfeff || (ch & 0xfffe) == 0xfffe;
}

static void check_characters(struct compiler *c)
{
	for (const char *s = c->at; s < c->end;) {
		size_t n = utf8_size((unsigned char)*s);
		long ch = utf8_decode(s, n, (size_t)(c->end - s));

		if (ch < 0)
			refuse(c, s, "this is not UTF-8");
		if (is_hidden(ch))
			refuse(c, s, "the hidden character U+%04lX", ch);
		s += n;
	}
}

static void before_pages(struct compiler *c)
{
	if (is_blank(*c->at))
		c->at++;
	else if (at_mark(c))
		mark(c);
	else
		refuse(c, c->at, "text before the first page");
}

static void item(struct compiler *c)
{
	if (lone_mark(c))
		return;
	if (c->position.place == BEFORE_PAGES)
		before_pages(c);
	else
		markup(c);
}

static void run(struct compiler *c)
{
	check_characters(c);
	while (c->at < c->end)
		item(c);
	end_page(c);
	if (!c->page_at)
		refuse(c, c->end, "no {%% page %%} in this file");
}

static char *whole(struct compiler *c)
{
	struct buffer b = { 0 };

	buffer_text(&b, "/* Made by tmplc: edit the template, not this. */\n"
			"#include \"base/html.h\"\n");
	for (size_t i = 0; i < c->source->n_headers; i++) {
		buffer_text(&b, "#include \"");
		buffer_text(&b, c->source->header[i]);
		buffer_text(&b, "\"\n");
	}
	if (c->includes.length)
		buffer_add(&b, c->includes.data, c->includes.length);
	buffer_text(&b, "\n");
	if (c->prototypes.length)
		buffer_add(&b, c->prototypes.data, c->prototypes.length);
	buffer_add(&b, c->body.data, c->body.length - 1);
	return b.data;
}

static void release(struct compiler *c)
{
	free(c->includes.data);
	free(c->prototypes.data);
	free(c->body.data);
	free(c->literal.data);
	free(c);
}

char *tmplc_compile(const struct source *source, char message[MESSAGE_SIZE])
{
	struct compiler *c = calloc(1, sizeof(*c));
	char *volatile code = NULL;

	if (!c)
		exit(3);
	c->source = source;
	c->at = c->counted = source->text;
	c->end = source->text + source->length;
	c->line = 1;
	c->message = message;
	if (!setjmp(c->refused)) {
		run(c);
		code = whole(c);
	}
	release(c);
	return code;
}
