/*
 * listing_lines.h - the bytes of a listing as lines: valid UTF-8 in NFC, blanks
 * squeezed, no-break ones too, bullets taken off and remembered.
 *
 * Empty lines are left out; each line knows whether one stood before it.
 */
#ifndef IMPORT_LISTING_LINES_H
#define IMPORT_LISTING_LINES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/status.h"

struct arena;

enum { LISTING_LINE_MAX = 1024 * 1024, LISTING_FILE_MAX = 64 * 1024 * 1024 };

struct listing_line {
	const char *text;
	size_t number; /* in the file, from 1 */
	bool is_item;  /* a bullet led it */
	bool after_blank;
};

struct listing_lines {
	struct listing_line *line;
	size_t n_lines;
	bool ends_open; /* the last line has no line end */
};

struct listing_error {
	size_t line;
	const char *code;    /* "encoding", "line_too_long"… */
	const char *message; /* English, for the one who runs the command; NULL when none */
};

/* INVALID with the line and the message in *error. */
CHECKED enum status listing_lines_read(struct arena *a, const char *bytes, size_t length,
				       struct listing_lines *lines, struct listing_error *error);

#endif
