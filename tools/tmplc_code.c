#include "tmplc.h"

#include <string.h>

/*
 * The C inside marks is copied, so it is read only as far as it takes to know
 * where it ends, that it cannot reach past its place, and which braces it leaves
 * open.
 */

enum kind { END, WORD, LITERAL, OTHER };

struct token {
	enum kind kind;
	struct slice text;
};

struct reader {
	struct compiler *c;
	const char *at, *end;
	struct token last, before, before_that;
	char bracket[MAX_DEPTH]; /* open ones, of this mark */
	bool control[MAX_DEPTH]; /* the '(' of an if, for, while, switch */
	size_t n_brackets;

	/* Of the statement being read, at no depth of brackets: */
	bool begun;          /* something stands before this token */
	bool label;          /* it began with case or default */
	bool after_control;  /* the last ')' closed if (… and its like */
	bool after_block;    /* the last '}' closed a block */
	unsigned block_kind; /* LOOP, SWITCH: of the block it may open */
	struct block closed; /* when after_block */
};

static const struct {
	const char *word;
	const char *why;
} banned[] = {
	{ "goto", "it leaves its place" },
	{ "do", "write while" },
	{ "asm", "this is a page" },
	{ "typeof", "name the type" },
	{ "HTML", "write the markup in the template, where it is checked" },
	{ "html_trusted", "markup is trusted in a page's C, where reviews look for it" },
	{ "_Pragma", "it hides warnings" },
};

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_word(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || is_digit(c) || c == '_';
}

static bool starts(const char *at, const char *end, const char *text)
{
	size_t n = strlen(text);

	return (size_t)(end - at) >= n && !memcmp(at, text, n);
}

/* Even in a string: two of '?' and a '/' are a backslash to a compiler of C17. */
static void refuse_trigraphs(struct compiler *c, struct slice code)
{
	const char *end = code.start + code.length;

	for (const char *at = code.start; end - at > 2; at++)
		if (at[0] == '?' && at[1] == '?' && strchr("=/'()!<>-", at[2]))
			refuse(c, at, "a trigraph of C");
}

/* Past the string or character that begins at `at`. */
static const char *literal_end(struct compiler *c, const char *at, const char *end)
{
	const char *start = at++;

	for (; at < end && *at != '\n'; at++) {
		if (*at == *start)
			return at + 1;
		if (*at == '\\' && at + 1 < end && *++at == '\n')
			break;
	}
	refuse(c, start, "this %s is not closed on its line",
	       *start == '"' ? "string" : "character");
}

static const char *comment_end(struct compiler *c, const char *start)
{
	for (const char *at = start + 2; at < c->end; at++)
		if (starts(at, c->end, "#}"))
			return at + 2;
	refuse(c, start, "this comment has no end '#}'");
}

static const char *code_end(struct compiler *c, const char *start)
{
	for (const char *at = start + 2; at < c->end;) {
		if (starts(at, c->end, "%}"))
			return at + 2;
		at = *at == '"' || *at == '\'' ? literal_end(c, at, c->end) : at + 1;
	}
	refuse(c, start, "this mark has no end '%%}'");
}

/* "}}" ends it but in brackets: {{ f((struct point){ { 1 }}) }}. */
static const char *value_end(struct compiler *c, const char *start)
{
	size_t depth = 0;

	for (const char *at = start + 2; at < c->end;) {
		if (!depth && starts(at, c->end, "}}"))
			return at + 2;
		if (strchr("([{", *at))
			depth++;
		if (strchr(")]}", *at) && !depth--)
			refuse(c, at, "unbalanced '%c' in a value", *at);
		at = *at == '"' || *at == '\'' ? literal_end(c, at, c->end) : at + 1;
	}
	refuse(c, start, "this value has no end '}}'");
}

const char *mark_end(struct compiler *c, const char *start)
{
	switch (start[1]) {
	case '#':
		return comment_end(c, start);
	case '%':
		return code_end(c, start);
	default:
		return value_end(c, start);
	}
}

static void check_word(struct reader *r, struct slice word)
{
	struct compiler *c = r->c;

	for (size_t i = 0; i < sizeof(banned) / sizeof(*banned); i++)
		if (slice_is(word, banned[i].word))
			refuse(c, word.start, "no '%s' in templates: %s", banned[i].word,
			       banned[i].why);
	if (word.length >= 2 && !memcmp(word.start, "__", 2))
		refuse(c, word.start, "no '__' words in templates");
	if (word.length >= 4 && !memcmp(word.start, "out_", 4))
		refuse(c, word.start, "no 'out_' words in templates: {{ }} writes");
	if (slice_is(r->last.text, "struct") && (slice_is(word, "html") || slice_is(word, "url") ||
						 slice_is(word, "json") || slice_is(word, "out")))
		refuse(c, word.start, "no 'struct %.*s' in templates: the view brings it",
		       (int)word.length, word.start);
}

static void check_other(struct reader *r, const char *at)
{
	static const char *const wrong[] = { "//", "/*", "<%", "%>", "<:", ":>", "%:" };

	for (size_t i = 0; i < sizeof(wrong) / sizeof(*wrong); i++)
		if (starts(at, r->end, wrong[i]))
			refuse(r->c, at, "no '%s' in C code%s", wrong[i],
			       i < 2 ? ": write {# a comment #}" : "");
	if (!strchr("!%&()*+,-./:;<=>?[]^{|}~", *at))
		refuse(r->c, at, "no '%c' in C code", (unsigned char)*at < 0x80 ? *at : '?');
}

/* URL("javascript:…") would be a good address to the C compiler. */
static void check_literal(struct reader *r, struct slice literal)
{
	static const char *const start[] = { "\"/", "\"#", "\"?", "\"http://", "\"https://" };
	const char *end = literal.start + literal.length;

	if (!slice_is(r->before.text, "URL") || !slice_is(r->last.text, "("))
		return;
	for (size_t i = 0; i < sizeof(start) / sizeof(*start); i++)
		if (starts(literal.start, end, start[i]) && !starts(literal.start, end, "\"//"))
			return;
	refuse(r->c, literal.start, "URL(\"...\") is a path, http: or https:");
}

static struct token read_literal(struct reader *r, const char *start)
{
	struct slice literal;

	r->at = literal_end(r->c, start, r->end);
	literal = (struct slice){ start, (size_t)(r->at - start) };
	check_literal(r, literal);
	return (struct token){ LITERAL, literal };
}

static struct token read_word(struct reader *r, const char *start)
{
	struct slice word;

	while (r->at < r->end && is_word(*r->at))
		r->at++;
	if (r->at < r->end && (*r->at == '"' || *r->at == '\''))
		refuse(r->c, r->at, "a blank is missing before the quote");
	word = (struct slice){ start, (size_t)(r->at - start) };
	check_word(r, word);
	return (struct token){ WORD, word };
}

static struct token read_token(struct reader *r)
{
	const char *start = r->at;

	if (start == r->end)
		return (struct token){ END, { start, 0 } };
	if (*start == '"' || *start == '\'')
		return read_literal(r, start);
	if (is_word(*start))
		return read_word(r, start);
	check_other(r, start);
	r->at++;
	return (struct token){ OTHER, { start, 1 } };
}

/* Read one more token into r->last. */
static bool next(struct reader *r)
{
	struct token token;

	while (r->at < r->end && is_blank(*r->at))
		r->at++;
	token = read_token(r);
	r->before_that = r->before;
	r->before = r->last;
	r->last = token;
	return token.kind != END;
}

static bool is(const struct token *token, const char *text)
{
	return token->kind != LITERAL && slice_is(token->text, text);
}

static bool is_one_of(const struct token *token, const char *const *word)
{
	for (; *word; word++)
		if (is(token, *word))
			return true;
	return false;
}

static const char *const control_word[] = { "if", "for", "while", "switch", NULL };
static const char *const statement_word[] = { "if",    "else",   "for",      "while", "switch",
					      "break", "return", "continue", "case",  NULL };

static void open_bracket(struct reader *r, char bracket)
{
	if (r->n_brackets == MAX_DEPTH)
		refuse(r->c, r->last.text.start, "brackets too deep");
	/* A statement expression of GNU C. */
	if (bracket == '{' && is(&r->before, "("))
		refuse(r->c, r->last.text.start, "no statements inside an expression");
	r->control[r->n_brackets] = bracket == '(' && is_one_of(&r->before, control_word);
	r->bracket[r->n_brackets++] = bracket;
}

static void close_bracket(struct reader *r, char bracket)
{
	char open = bracket == ')' ? '(' : bracket == ']' ? '[' : '{';

	if (!r->n_brackets || r->bracket[--r->n_brackets] != open)
		refuse(r->c, r->last.text.start, "unbalanced '%c'", bracket);
	r->after_control = !r->n_brackets && r->control[0];
}

static void check_brackets_closed(struct reader *r)
{
	if (r->n_brackets)
		refuse(r->c, r->end, "unbalanced '%c'", r->bracket[r->n_brackets - 1]);
}

static void expression_token(struct reader *r)
{
	char first = *r->last.text.start;

	if (r->last.kind == WORD && is_one_of(&r->last, statement_word))
		refuse(r->c, r->last.text.start, "no statements inside an expression");
	if (is(&r->last, "o"))
		refuse(r->c, r->last.text.start, "a value does not write to 'o' itself");
	if (r->last.kind != OTHER)
		return;
	if (strchr("([{", first))
		open_bracket(r, first);
	else if (strchr(")]}", first))
		close_bracket(r, first);
	else if (first == ';')
		refuse(r->c, r->last.text.start, "no ';' inside a value");
	else if (first == ',' && !r->n_brackets)
		refuse(r->c, r->last.text.start, "a ',' would drop what stands before it");
}

void check_expression(struct compiler *c, struct slice code)
{
	struct reader r = { .c = c, .at = code.start, .end = code.start + code.length };

	if (!code.length)
		refuse(c, code.start, "an empty value");
	refuse_trigraphs(c, code);
	while (next(&r))
		expression_token(&r);
	check_brackets_closed(&r);
}

/* Statements. */

static bool same_position(struct position a, struct position b)
{
	return a.place == b.place && a.serial == b.serial && a.depth == b.depth;
}

static const char *describe(struct compiler *c, struct position p)
{
	switch (p.place) {
	case IN_TAG:
		return "the attributes of a tag";
	case IN_VALUE:
		return "an attribute value";
	case IN_TEXT:
		return "a title or textarea";
	default:
		return p.depth ? c->stack[p.depth - 1].element->name : "no element";
	}
}

static void begin_statement(struct reader *r)
{
	r->begun = r->label = r->after_control = r->after_block = false;
	r->block_kind = 0;
}

/* The '{' of a branch or a loop, not of an initialiser. */
static bool opens_block(const struct reader *r)
{
	return !r->begun || is(&r->before, "else") || (is(&r->before, ")") && r->after_control);
}

static void open_block(struct reader *r)
{
	struct compiler *c = r->c;
	struct block *b = &c->block[c->n_blocks];

	if (c->n_blocks == MAX_DEPTH)
		refuse(c, r->last.text.start, "branches too deep");
	*b = (struct block){ .position = c->position,
			     .at = r->last.text.start,
			     .kind = r->block_kind,
			     .other_from = c->n_attributes,
			     .other_to = c->n_attributes };
	if (r->after_block)
		b->other_from = r->closed.other_from;
	c->n_blocks++;
	begin_statement(r);
}

static void close_block(struct reader *r)
{
	struct compiler *c = r->c;
	struct block *b;

	if (!c->n_blocks)
		refuse(c, r->last.text.start, "unbalanced '}'");
	b = &c->block[--c->n_blocks];
	if (!same_position(b->position, c->position))
		refuse(c, r->last.text.start,
		       "this branch began inside %s on line %d and ends inside %s",
		       describe(c, b->position), line_at(c, b->at), describe(c, c->position));
	begin_statement(r);
	r->after_block = true;
	r->closed = *b;
}

/* A jump must land where the HTML stands as it does here. */
static void check_jump(struct reader *r, unsigned kind)
{
	struct compiler *c = r->c;
	struct slice word = r->last.text;

	for (size_t i = c->n_blocks; i-- > 0;) {
		if (!(c->block[i].kind & kind))
			continue;
		if (!same_position(c->block[i].position, c->position))
			refuse(c, word.start, "'%.*s' where tags are open that were not on line %d",
			       (int)word.length, word.start, line_at(c, c->block[i].at));
		return;
	}
	refuse(c, word.start, "'%.*s' is in no block it could belong to", (int)word.length,
	       word.start);
}

static void check_return(struct reader *r)
{
	struct compiler *c = r->c;
	bool whole = c->position.place == BETWEEN_TAGS && c->position.depth == c->n_left_open;

	for (size_t i = 0; whole && i < c->n_left_open; i++)
		whole = c->stack[i].element == c->left_open[i];
	if (!whole)
		refuse(c, r->last.text.start, "'return' where tags are open");
}

/* Only handed on, to a function that writes markup where markup may stand. */
static void check_writer(struct reader *r)
{
	struct compiler *c = r->c;
	const char *after = r->at;

	if (c->position.place != BETWEEN_TAGS || inside(c, "svg") || inside(c, "noscript"))
		refuse(c, r->last.text.start, "no page is written here, only values");
	while (after < r->end && is_blank(*after))
		after++;
	if (!is(&r->before, "(") || r->before_that.kind != WORD ||
	    is_one_of(&r->before_that, control_word) || after == r->end || !strchr(",)", *after))
		refuse(c, r->last.text.start, "'o' is only handed to another page");
}

static void statement_keyword(struct reader *r)
{
	if (r->n_brackets && is_one_of(&r->last, statement_word))
		refuse(r->c, r->last.text.start, "no statements inside an expression");
	if (r->n_brackets)
		return;
	if (is(&r->last, "for") || is(&r->last, "while"))
		r->block_kind |= LOOP;
	else if (is(&r->last, "switch"))
		r->block_kind |= SWITCH;
	else if (is(&r->last, "break"))
		check_jump(r, LOOP | SWITCH);
	else if (is(&r->last, "continue"))
		check_jump(r, LOOP);
	else if (is(&r->last, "return"))
		check_return(r);
	else if (is(&r->last, "case") || is(&r->last, "default"))
		check_jump(r, SWITCH);
	if ((r->block_kind & LOOP) && r->c->position.place == IN_TAG)
		refuse(r->c, r->last.text.start, "a loop would write an attribute twice");
	if (!r->begun)
		r->label = is(&r->last, "case") || is(&r->last, "default");
}

static void statement_bracket(struct reader *r, char first)
{
	if (strchr("([{", first)) {
		if (first == '{' && !r->n_brackets && opens_block(r))
			open_block(r);
		else
			open_bracket(r, first);
	} else if (first == '}' && !r->n_brackets) {
		if (r->begun)
			refuse(r->c, r->last.text.start, "a ';' is missing before '}'");
		close_block(r);
	} else {
		close_bracket(r, first);
	}
}

static void statement_token(struct reader *r)
{
	char first = *r->last.text.start;
	bool fresh;

	/* Only else makes a branch exclude the one before it. */
	if (r->after_block && !r->begun && !is(&r->last, "else"))
		r->after_block = false;
	if (r->last.kind == WORD)
		statement_keyword(r);
	if (is(&r->last, "o"))
		check_writer(r);

	fresh = r->last.kind == OTHER && !r->n_brackets &&
		(first == ';' || (first == ':' && r->label));
	if (fresh) {
		begin_statement(r);
	} else if (r->last.kind == OTHER && strchr("()[]{}", first)) {
		size_t n_blocks = r->c->n_blocks;

		statement_bracket(r, first);
		if (r->c->n_blocks == n_blocks)
			r->begun = true;
	} else {
		r->begun = true;
	}
}

void check_statements(struct compiler *c, struct slice code)
{
	struct reader r = { .c = c, .at = code.start, .end = code.start + code.length };

	if (!code.length)
		refuse(c, code.start, "an empty mark");
	refuse_trigraphs(c, code);
	while (next(&r))
		statement_token(&r);
	check_brackets_closed(&r);
	if (r.begun)
		refuse(c, r.end, "a mark ends with ';', '{' or '}'");
}
