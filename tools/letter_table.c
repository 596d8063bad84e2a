/*
 * letter_table.c - writes what src/search/letter_rule.c says of the characters that French is
 * written in, as tables, at build time.
 *
 *	letter_table >letter_table.c
 */
#include <stdio.h>
#include <stdlib.h>

#include "search/letter.h"

/* A fold that the table has no room for would be lost: refuse it. */
static void write_folded(uint32_t c)
{
	char folded[FOLDED_MAX];
	unsigned n = letter_rule_fold(c, folded);

	if (n >= LETTER_OPENED) {
		fprintf(stderr, "letter_table: U+%04X folds to too much\n", (unsigned)c);
		exit(1);
	}
	printf("\"");
	for (unsigned i = 0; i < n; i++)
		printf("\\%03o", (unsigned char)folded[i]);
	printf("\"");
}

int main(void)
{
	printf("#include \"search/letter.h\"\n\n");
	printf("const struct letter_entry letter_table[LETTER_TABLE] = {\n");
	for (uint32_t c = 0; c < LETTER_TABLE; c++) {
		printf("\t{ %u, %u, ", (unsigned)letter_rule_lower(c), letter_rule_kind(c));
		write_folded(c);
		printf(" },\n");
	}
	printf("};\n\nconst uint8_t letter_signs[LETTER_SIGNS_END - LETTER_SIGNS] = {\n");
	for (uint32_t c = LETTER_SIGNS; c < LETTER_SIGNS_END; c++)
		printf("\t%u,\n", letter_rule_kind(c));
	printf("};\n");
	return ferror(stdout) || fflush(stdout) ? 1 : 0;
}
