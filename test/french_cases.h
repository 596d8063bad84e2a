/*
 * french_cases.h - the table of test/data/french.txt: what French text is found by what query.
 *
 * Whoever reads it may ask the analyser alone (test/unit/test_analyse.c) or an engine.
 */
#ifndef TEST_FRENCH_CASES_H
#define TEST_FRENCH_CASES_H

#include <stdbool.h>
#include <stddef.h>

struct arena;

struct french_case {
	const char *group, *text, *query; /* signs such as ␣ read; line ends are '\n' */
	bool meet;
	int line; /* of the file */
};

/*
 * The cases, in the order of the file, in the arena. A line that is no case ends the program with
 * its number.
 */
struct french_case *french_cases_read(struct arena *a, const char *path, size_t *n_cases);

#endif
