/*
 * jsonl.h - the interchange, a line at a time: memory does not grow with the file.
 */
#ifndef IMPORT_JSONL_H
#define IMPORT_JSONL_H

#include <stdbool.h>
#include <stdio.h>

#include "base/status.h"

struct import;

enum { JSONL_LINE_MAX = 16 * 1024 * 1024, JSONL_STEP = 1000, JSONL_DEPTH = 16 };

/*
 * Hands every line to the import; what is wrong is noted there with its line. With
 * `resume`, commits every JSONL_STEP lines. FAILED when the file cannot be read or the
 * database gave up.
 */
CHECKED enum status jsonl_read(FILE *file, struct import *import, bool resume);

#endif
