/*
 * statement.h - a calculation told to people: one page that stands alone, in French, with every
 * figure, how it was found, by which rule, and how far that rule was verified.
 *
 * The operations fill one model, sections of tables; templates/statement.html writes it. It
 * computes and cites: nothing here says that an aid is lawful.
 */
#ifndef STATEMENT_STATEMENT_H
#define STATEMENT_STATEMENT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/html.h"
#include "base/log.h"
#include "sieg/document.h"

struct arena;
struct csv_lines;

enum { STATEMENT_MOST_COLUMNS = 7 };

struct statement_cell {
	const char *text;
	enum sieg_rule rule; /* cited after the text */
};

struct statement_row {
	struct statement_cell cell[STATEMENT_MOST_COLUMNS];
	bool strong; /* a total */
};

struct statement_column {
	const char *head;
	bool is_number;
};

struct statement_table {
	const char *caption;
	struct statement_column column[STATEMENT_MOST_COLUMNS];
	size_t n_columns;
	struct statement_row *row;
	size_t n_rows, capacity;
};

/* An aid on the time line, and the ceiling of its day. Drawn in order of days. */
struct statement_mark {
	sieg_day day;
	sieg_cents total, ceiling;
	bool is_breach;
	const char *label;
};

struct statement_section {
	const char *title, *id, *text;
	struct statement_table *table;
	size_t n_tables, capacity;
	struct statement_mark *mark;
	size_t n_marks;
};

struct statement_note {
	bool stops;
	const char *where, *text;
	enum sieg_rule rule;
};

struct statement {
	struct arena *arena;
	const char *title, *dossier, *operation;
	const char *lead; /* the one plain sentence */
	struct statement_section *section;
	size_t n_sections, capacity;
	struct statement_note *note;
	size_t n_notes;
	bool cited[SIEG_N_RULES];
	const char *input; /* JSON that gives the same again */
	struct html style; /* a whole <style> */
};

/*
 * The report of a calculation that succeeded. `work` is what sieg_compute() gave, `input` the
 * document as text, `css` the program's own style for it. Lives in `a`, and points into what it
 * was given.
 */
struct statement *statement_make(struct arena *a, enum sieg_operation operation,
				 struct sieg_work work, const char *input, const char *css);

/* Adds what was read from a file of lines. */
void statement_lines(struct statement *r, const char *file, const struct csv_lines *lines);

void statement_write(struct out *o, const struct statement *r);

#endif
