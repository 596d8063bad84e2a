/*
 * A CSV file of costs and revenues, byte by byte from outside, put into a sheet. Each line that was
 * understood has an amount of the contract's form, and the document can be read again as JSON.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "sieg/arena.h"
#include "sieg/json.h"
#include "sieg/scalar.h"
#include "sieg/write.h"
#include "statement/lines.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool holds)
{
	if (!holds)
		abort();
}

static void check_lines(const struct csv_lines *lines)
{
	for (size_t i = 0; i < lines->n_lines; i++) {
		const char *amount = lines->line[i].amount;
		sieg_cents cents;
		enum sieg_code code;

		if (!amount)
			continue;
		code = sieg_read_money(amount, strlen(amount), &cents);
		must(code == SIEG_N_CODES || code == SIEG_E_OVERFLOW);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char sheet[] =
		"{\"operators\":[{\"id\":\"a\",\"years\":[{\"from\":\"2023-01-01\"},{\"from\":"
		"\"2024-01-01\",\"costs\":[]}]}]}";
	struct sieg_arena *a = sieg_arena_new();
	/* To the byte, so that reading past the end is caught. */
	char *bytes = malloc(size ? size : 1);
	struct csv_lines lines;
	struct sieg_json *document;
	enum sieg_code problem;
	const char *text;

	must(bytes != NULL);
	if (size)
		memcpy(bytes, data, size);
	document = sieg_json_read(a, sheet, strlen(sheet), &problem);
	if (csv_lines_add(&lines, a, bytes, size, document)) {
		text = sieg_json_text(a, document);
		must(sieg_json_read(a, text, strlen(text), &problem) != NULL);
	}
	check_lines(&lines);
	sieg_arena_free(a);
	free(bytes);
	return 0;
}
