/*
 * lines.h - costs and revenues of a sheet from a CSV file, as a French spreadsheet writes it.
 *
 * The first row names the columns, in any order: poste, nature, montant, and where wanted
 * activite, cle, prevision, motif, libelle, compte, operateur, annee (or its first day). Fields are
 * separated by semicolons, commas or tabs, and may stand between quotation marks (RFC 4180). The
 * text is UTF-8 or Windows-1252. Amounts are French, "1 234,50 €", or plain, "1234.50"; none is
 * rounded.
 */
#ifndef STATEMENT_LINES_H
#define STATEMENT_LINES_H

#include <stdbool.h>
#include <stddef.h>

struct sieg_arena;
struct sieg_json;

/* One row of the file that became a line of the document. */
struct csv_line {
	int row;          /* of the file, the first being 1 */
	const char *path; /* where it is in the document now */
	const char *id, *nature;
	const char *written, *amount; /* "1 234,50", "1234.50" */
};

struct csv_problem {
	int row;
	const char *text; /* in French */
};

struct csv_lines {
	struct sieg_arena *arena;
	struct csv_line *line;
	size_t n_lines, line_capacity;
	struct csv_problem *problem;
	size_t n_problems, problem_capacity;
};

/*
 * Adds the rows to the costs and revenues of `document`, a sheet. True when every row was
 * understood; else the document must not be used, and all that is wrong is in `problem`.
 * Everything lives in the arena.
 */
bool csv_lines_add(struct csv_lines *lines, struct sieg_arena *a, const char *bytes, size_t length,
		   struct sieg_json *document);

/* The column that gives a field of the document: "montant" for "amount". NULL: none does. */
const char *csv_column_of(const char *field);

/* "1 234,50 €" as "1234.50"; NULL when it is no amount, or could be two. */
const char *french_amount(struct sieg_arena *a, const char *text);

#endif
