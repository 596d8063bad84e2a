/*
 * Any template is refused, or becomes C in which values are written by the
 * out_put macros only, each in a place where its type may stand.
 *
 * The second half reads the C back: the texts of out_bytes() put together, with a
 * letter where a value is written, once with every branch taken and once with
 * none. Both go through a small reader of HTML, which follows the standard's
 * tokenizer and knows nothing of tmplc_html.c.
 */
#include <ctype.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "../../tools/tmplc.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool holds, const char *what)
{
	if (holds)
		return;
	fprintf(stderr, "fuzz_tmplc: %s\n", what);
	abort();
}

static bool starts(const char *s, const char *prefix)
{
	return !strncmp(s, prefix, strlen(prefix));
}

/* What was written by a value: control characters, which no template may hold. */
enum { PUT = 1, PUT_ATTRIBUTE, PUT_URL, PUT_JSON };

/* The C. */

/* Past the string or character of C at `s`. */
static const char *past_literal(const char *s)
{
	char quote = *s++;

	for (; *s != quote; s++) {
		must(*s && *s != '\n', "a literal is not closed");
		if (*s == '\\')
			s++;
	}
	return s + 1;
}

static bool is_word(char c)
{
	return isalnum((unsigned char)c) || c == '_';
}

static void check_code_at(const char *line, const char *s)
{
	must(!starts(s, "//") && !starts(s, "/*"), "a comment");
	must(*s != '#' || starts(line, "#line ") || starts(line, "#include \""), "a directive");
	must(*s != '\\', "a backslash");
	if (starts(s, "out_"))
		must(s > line && is_word(s[-1]), "a writer in C code");
}

/* A line that tmplc copied, or wrote round what it copied. */
static const char *read_code(const char *line, int *depth)
{
	const char *s = line;

	while (*s && *s != '\n') {
		check_code_at(line, s);
		*depth += (*s == '{') - (*s == '}');
		s = *s == '"' || *s == '\'' ? past_literal(s) : s + 1;
	}
	return *s ? s + 1 : s;
}

static void unescape(struct buffer *html, const char **s)
{
	char c = *(*s)++;

	if (c == '\\') {
		c = *(*s)++;
		must(strchr("nt?\"\\", c), "an unknown escape");
		c = c == 'n' ? '\n' : c == 't' ? '\t' : c;
	}
	must(c && (c < 0 || c >= ' ' || c == '\n' || c == '\t'), "a control character");
	buffer_add(html, &c, 1);
}

static const char *read_bytes(struct buffer *html, const char *s)
{
	size_t before = html->length, length;
	char *end;

	while (*s == '"') {
		for (s++; *s != '"';) {
			must(*s && *s != '\n', "a string is not closed");
			unescape(html, &s);
		}
		for (s++; *s == '\n' || *s == '\t' || *s == ' ';)
			s++;
	}
	must(starts(s, ", "), "a length is missing");
	length = strtoul(s + 2, &end, 10);
	must(length == html->length - before, "a wrong length");
	must(length <= 4095, "a long string");
	must(starts(end, ");\n"), "a call goes on");
	return end + 3;
}

/* After "(o, (": a balanced expression and no more. */
static const char *read_expression(const char *s)
{
	size_t depth = 1;

	while (depth) {
		must(*s && *s != ';', "an expression does not end");
		check_code_at("", s);
		depth += (*s == '(') - (*s == ')');
		s = *s == '"' || *s == '\'' ? past_literal(s) : s + 1;
	}
	must(starts(s, ");\n"), "an expression goes on");
	return s + 3;
}

static const char *read_put(struct buffer *html, const char *s)
{
	static const char *const macro[] = { NULL, "\tout_put(o, (", "\tout_put_attribute(o, (",
					     "\tout_put_url(o, (", "\tout_put_json(o, (" };

	for (char i = PUT; i <= PUT_JSON; i++) {
		if (starts(s, macro[(int)i])) {
			buffer_add(html, &i, 1);
			return read_expression(s + strlen(macro[(int)i]));
		}
	}
	must(false, "an unknown writer");
	return s;
}

static void read_c(struct buffer *html, const char *s, bool branches)
{
	static const char bytes[] = "\tout_bytes(o, ";
	int depth = 0;
	size_t before;

	s = strchr(s, '\n') + 1; /* a comment */
	while (*s) {
		before = html->length;
		if (starts(s, bytes))
			s = read_bytes(html, s + strlen(bytes));
		else if (starts(s, "\tout_"))
			s = read_put(html, s);
		else
			s = read_code(s, &depth);
		must(html->length == before || depth > 0, "text outside a page");
		if (!branches && depth > 1)
			html->length = before;
	}
	must(!depth, "unbalanced braces");
	buffer_text(html, "");
}

/* The HTML. */

enum { NAME_SIZE = 64 };

struct reader {
	const char *at;
	char tag[NAME_SIZE], attribute[NAME_SIZE];
	bool is_end, is_json, has_src;
	int drawings; /* open <svg> */
};

static bool is_space(char c)
{
	return c == ' ' || c == '\n' || c == '\t' || c == '\f' || c == '\r';
}

static bool is_value(char c)
{
	return c >= PUT && c <= PUT_JSON;
}

static bool among(const char *word, const char *const *list)
{
	for (; *list; list++)
		if (!strcasecmp(word, *list))
			return true;
	return false;
}

/* As far as one of `ends`, in lower case; no value may be part of it. */
static void read_name(struct reader *r, char name[NAME_SIZE], const char *ends)
{
	size_t n = 0;

	for (; *r->at && !strchr(ends, *r->at); r->at++) {
		must(!is_value(*r->at), "a value in a name");
		if (n + 1 < NAME_SIZE)
			name[n++] = (char)tolower((unsigned char)*r->at);
	}
	name[n] = '\0';
}

static void check_attribute_value(struct reader *r, const char *start, size_t length)
{
	static const char *const address[] = { "href",       "src",        "action",   "formaction",
					       "poster",     "cite",       "data",     "ping",
					       "icon",       "background", "longdesc", "manifest",
					       "xlink:href", "classid",    "codebase", NULL };
	static const char *const never[] = { "style",      "srcdoc", "srcset",  "imagesrcset",
					     "http-equiv", "rel",    "sandbox", NULL };
	bool values = false;

	for (size_t i = 0; i < length; i++) {
		if (!is_value(start[i]))
			continue;
		values = true;
		if (among(r->attribute, address))
			must(start[i] == PUT_URL, "no address in an address");
		must(start[i] == PUT_URL || start[i] == PUT_ATTRIBUTE, "markup in an attribute");
		must(start[i] != PUT_URL || length == 1, "an address is not alone");
	}
	must(!starts(r->attribute, "on"), "an event handler");
	must(!values || !among(r->attribute, never), "a value in a dangerous attribute");
	must(strcmp(r->attribute, "style") && strcmp(r->attribute, "srcdoc"), "a style");
	must(!among(r->attribute, address) || !memchr(start, ':', length) ||
		     strncasecmp(start, "javascript", 10),
	     "a script in an address");
}

static void read_attribute_value(struct reader *r)
{
	char quote = *r->at;
	const char *start = r->at + 1;

	must(quote == '"' || quote == '\'', "a value without quotes");
	r->at = strchr(start, quote);
	must(r->at, "an attribute is not closed");
	check_attribute_value(r, start, (size_t)(r->at - start));
	if (!strcmp(r->attribute, "type"))
		r->is_json = starts(start, "application/ld+json") && r->at - start == 19;
	r->at++;
	must(is_space(*r->at) || *r->at == '>' || *r->at == '/', "what follows an attribute");
}

static void skip_spaces(struct reader *r)
{
	while (is_space(*r->at))
		r->at++;
}

static void read_tag(struct reader *r)
{
	r->is_json = r->has_src = false;
	read_name(r, r->tag, " \t\n\f\r/>");
	for (;;) {
		while (is_space(*r->at) || *r->at == '/')
			r->at++;
		must(*r->at, "a tag is not closed");
		if (*r->at == '>')
			break;
		read_name(r, r->attribute, " \t\n\f\r/>=");
		if (!strcmp(r->attribute, "src"))
			r->has_src = true;
		skip_spaces(r);
		if (*r->at == '=') {
			r->at++;
			skip_spaces(r);
			read_attribute_value(r);
		} else {
			check_attribute_value(r, r->at, 0);
		}
	}
	r->at++;
}

/* As far as "</tag" and what ends a name, in whatever letters. */
static const char *end_of_raw(const struct reader *r)
{
	size_t n = strlen(r->tag);

	for (const char *s = r->at; *s; s++)
		if (starts(s, "</") && !strncasecmp(s + 2, r->tag, n) &&
		    (is_space(s[2 + n]) || s[2 + n] == '/' || s[2 + n] == '>'))
			return s;
	must(false, "an element of text is not closed");
	return NULL;
}

static void check_raw(const struct reader *r, const char *end)
{
	bool title = !strcmp(r->tag, "title") || !strcmp(r->tag, "textarea");
	bool script = !strcmp(r->tag, "script");

	must(!script || r->is_json || (r->has_src && end == r->at), "a script");
	must(title || script || end == r->at, "an element of raw text");
	for (const char *s = r->at; s < end; s++) {
		must(*s != '<', "a tag in a text");
		if (is_value(*s))
			must(*s == (title ? PUT_ATTRIBUTE : PUT_JSON), "a wrong value in a text");
	}
}

static void read_element(struct reader *r)
{
	static const char *const raw[] = { "title",    "textarea", "script", "iframe",
					   "noframes", "noembed",  "xmp",    NULL };
	static const char *const never[] = { "style",         "plaintext", "base", "math",
					     "foreignobject", "animate",   "set",  NULL };

	read_tag(r);
	must(!among(r->tag, never), "an element that is refused");
	if (!strcmp(r->tag, "svg"))
		r->drawings += r->is_end ? -1 : 1;
	if (!r->is_end && among(r->tag, raw)) {
		const char *end = end_of_raw(r);

		check_raw(r, end);
		r->at = end;
	}
}

static void read_declaration(struct reader *r)
{
	const char *end;

	if (starts(r->at, "<!--")) {
		must(!starts(r->at, "<!-->") && !starts(r->at, "<!--->"), "a short comment");
		end = strstr(r->at + 4, "--");
		must(end && starts(end, "-->"), "a comment that ends elsewhere");
	} else {
		end = strchr(r->at, '>');
		must(end && !strncasecmp(r->at, "<!doctype html>", 15), "a declaration");
	}
	for (; r->at < end; r->at++)
		must(!is_value(*r->at), "a value in a comment");
}

static void read_html(struct reader *r)
{
	while (*r->at) {
		if (starts(r->at, "<!")) {
			read_declaration(r);
		} else if (*r->at == '<') {
			r->is_end = r->at[1] == '/';
			r->at += r->is_end ? 2 : 1;
			must(isalpha((unsigned char)*r->at), "a stray '<'");
			read_element(r);
		} else {
			if (is_value(*r->at))
				must(*r->at == (r->drawings ? PUT_ATTRIBUTE : PUT),
				     "a wrong value between tags");
			r->at++;
		}
	}
	must(!r->drawings, "a drawing is not closed");
}

static void check_c(const char *code, bool branches)
{
	struct buffer html = { 0 };
	struct reader reader = { 0 };

	read_c(&html, code, branches);
	reader.at = html.data;
	read_html(&reader);
	free(html.data);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct source source = { .name = "t.html", .text = (const char *)data, .length = size };
	char message[MESSAGE_SIZE];
	char *code = tmplc_compile(&source, message);

	if (code) {
		check_c(code, true);
		check_c(code, false);
	} else {
		must(starts(message, "t.html:"), "a refusal does not say where");
	}
	free(code);
	return 0;
}
