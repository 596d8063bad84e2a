/*
 * tr.h - the marks by which words of the interface are found and translated.
 *
 * French is the language they are written in. Whole sentences, never sums of pieces.
 */
#ifndef BASE_TR_H
#define BASE_TR_H

#include <stdint.h>

const char *_(const char *text) __attribute__((format_arg(1)));

/* For a count: in French none and one take the singular. */
const char *_n(const char *one, const char *many, int64_t n)
	__attribute__((format_arg(1), format_arg(2)));

/* Marks a text of a table, where no function may stand; _() translates it when it is shown. */
#define N_(text) text

#endif
