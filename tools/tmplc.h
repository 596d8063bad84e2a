/*
 * tmplc.h - the template compiler: HTML with marks in, C out. What it takes and
 * what it refuses is told in doc/design/templates.md.
 *
 * tmplc.c is the program, tmplc_page.c the marks and pages, tmplc_html.c the
 * markup, tmplc_code.c the C inside marks, tmplc_names.c the elements and
 * attributes it knows. A refusal jumps out of all of it, see refuse().
 */
#ifndef TMPLC_H
#define TMPLC_H

#include <setjmp.h>
#include <stdbool.h>
#include <stddef.h>

enum { MESSAGE_SIZE = 512, MAX_DEPTH = 64 };

struct source {
	const char *name; /* as messages and #line say it */
	const char *text;
	size_t length;
	const char *const *header; /* to include */
	size_t n_headers;
};

/* The C, for free(). NULL when refused: then message says where and why. */
char *tmplc_compile(const struct source *source, char message[MESSAGE_SIZE]);

/* What follows is between the files of the compiler. */

struct slice {
	const char *start;
	size_t length;
};

bool slice_is(struct slice s, const char *word);
bool slice_same(struct slice a, struct slice b);

enum content {
	MARKUP,     /* other elements and text */
	NOTHING,    /* a void element: no end tag */
	TEXT_ONLY,  /* <title>, <textarea> */
	EMPTY,      /* an end tag, and nothing before it */
	SCRIPT,     /* EMPTY with src, JSON when it is application/ld+json */
	UNSCRIPTED, /* <noscript>: markup to some browsers, raw text to others */
	FOREIGN,    /* <svg> and what is in it */
};

struct element {
	const char *name;
	enum content content;
	const char *refused; /* the reason, or NULL */
};

/* NULL when unknown. */
const struct element *element_named(struct slice name);

enum takes {
	TAKES_TEXT,    /* a value anywhere in its quotes */
	TAKES_ADDRESS, /* a struct url, alone in its quotes */
	TAKES_NOTHING, /* no value: it is written out in the template */
};

struct attribute {
	const char *name;
	enum takes takes;
	const char *element; /* for this element only, or NULL */
	const char *refused; /* the reason, or NULL */
};

/* NULL when unknown. */
const struct attribute *attribute_named(const struct element *element, struct slice name);

struct buffer {
	char *data;
	size_t length, capacity;
};

void buffer_add(struct buffer *b, const void *bytes, size_t length);
void buffer_text(struct buffer *b, const char *text);
void buffer_printf(struct buffer *b, const char *format, ...) __attribute__((format(printf, 2, 3)));

enum place {
	BEFORE_PAGES,
	BETWEEN_TAGS,
	IN_TEXT, /* of a TEXT_ONLY element */
	IN_TAG,  /* between its attributes */
	IN_VALUE,
	IN_JSON,
};

/* Where the HTML stands. Equal serials are the same tag, the same value. */
struct position {
	enum place place;
	unsigned serial;
	size_t depth;
};

struct open_element {
	const struct element *element;
	const char *at;
};

enum { LOOP = 1, SWITCH = 2 };

/* A brace of C that is closed by a later mark. */
struct block {
	struct position position;
	const char *at;
	unsigned kind;
	size_t other_from, other_to; /* attributes of the branches it excludes */
};

struct compiler {
	const struct source *source;
	const char *at, *end;
	char *message;
	jmp_buf refused;

	const char *counted; /* line_at() has counted as far as this */
	int line;

	struct buffer includes, prototypes, body;
	struct buffer literal; /* static text not written to body yet */
	const char *literal_at;

	const char *page_at; /* NULL before the first */
	size_t page_start;   /* where its C begins in body */
	struct position position;
	unsigned last_serial;
	struct open_element stack[MAX_DEPTH];
	const struct element *left_open[MAX_DEPTH]; /* by {% open %} */
	size_t n_left_open;

	const struct element *tag; /* the one being read */
	bool takes_address;        /* IN_VALUE: the value is an address */
	struct slice attribute[MAX_DEPTH];
	size_t n_attributes;

	struct block block[MAX_DEPTH];
	size_t n_blocks;
};

/* Say why and give up: does not return. */
_Noreturn void refuse(struct compiler *c, const char *where, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
int line_at(struct compiler *c, const char *where);
bool looking_at(const struct compiler *c, const char *text);
bool is_blank(char c);

/* tmplc_page.c */
void add_static(struct compiler *c, const char *bytes, size_t length);
void mark(struct compiler *c);
bool at_mark(const struct compiler *c);
bool lone_mark(struct compiler *c);
bool inside(const struct compiler *c, const char *element);
struct position enter(struct compiler *c, enum place place);
void leave(struct compiler *c, struct position back);

/* tmplc_html.c */
void markup(struct compiler *c);
void character(struct compiler *c);
void blanks(struct compiler *c);

/* tmplc_code.c */

/* Past the mark that begins at `start`, whatever it holds. */
const char *mark_end(struct compiler *c, const char *start);
void check_expression(struct compiler *c, struct slice code);
void check_statements(struct compiler *c, struct slice code);

#endif
