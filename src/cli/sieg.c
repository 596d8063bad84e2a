#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/command.h"
#include "cli/sieg_input.h"
#include "sieg/arena.h"
#include "sieg/document.h"

static struct sieg_answer answer(struct sieg_arena *a, const struct args *args)
{
	enum sieg_operation operation = SIEG_N_OPERATIONS;
	size_t length;
	char *bytes;

	if (args->n_words == 1)
		operation = sieg_operation_named(args->word[0]);
	if (operation == SIEG_N_OPERATIONS)
		return sieg_refusal(a, SIEG_E_OPERATION);
	bytes = sieg_read_input(a, &length);
	return sieg_answer(a, operation, bytes, length);
}

static int run(struct args *args)
{
	struct sieg_arena *a = sieg_arena_new();
	struct sieg_answer said = answer(a, args);

	fwrite(said.bytes, 1, said.length, stdout);
	sieg_arena_free(a);
	return said.code;
}

const struct command command_sieg = {
	.name = "sieg",
	.usage = "OPERATION < in.json > out.json",
	.summary = "compute compensation, control, de minimis, route, act and calendar of a SIEG",
	.takes_all = true,
	.run = run,
};
