/*
 * csv.h - fields of a CSV text, a record at a time (RFC 4180, with any of three separators).
 */
#ifndef STATEMENT_CSV_H
#define STATEMENT_CSV_H

#include <stdbool.h>
#include <stddef.h>

struct sieg_arena;

enum { CSV_MOST_FIELDS = 32 };

struct csv {
	struct sieg_arena *arena;
	const char *at, *end;
	char separator;
	int row, next_row; /* of the record: a field may hold line ends */
	const char *field[CSV_MOST_FIELDS];
	bool is_quoted[CSV_MOST_FIELDS];
	size_t n_fields;
	bool is_broken; /* a quotation mark was not closed, or there are too many fields */
};

/* `text` is UTF-8. The separator is what the first line has most of. */
void csv_open(struct csv *csv, struct sieg_arena *a, const char *text, size_t length);

/* The next record that is not blank; false at the end, or when it is broken. */
bool csv_next(struct csv *csv);

/* Bytes of Windows-1252 (or UTF-8 with its mark) as UTF-8. */
const char *csv_as_utf8(struct sieg_arena *a, const char *bytes, size_t *length);

/* The first row that holds a control character, which no text has; 0: none does. */
int csv_control_row(const char *text, size_t length);

#endif
