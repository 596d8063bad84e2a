#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "cli/command.h"
#include "sieg/arena.h"
#include "sieg/document.h"
#include "sieg/json.h"

/* All of standard input, or its first bytes when it is more than a document may have. */
static char *read_input(struct sieg_arena *a, size_t *length)
{
	size_t room = 1 << 16;
	char *bytes = sieg_alloc(a, room, 1);

	*length = 0;
	for (;;) {
		*length += fread(bytes + *length, 1, room - *length, stdin);
		if (*length < room || *length > SIEG_JSON_SIZE)
			break;
		bytes = sieg_grow(a, bytes, room, &room, 1);
	}
	if (ferror(stdin)) {
		log_error("cannot read standard input: %s", strerror(errno));
		*length = 0;
	}
	return bytes;
}

static struct sieg_answer answer(struct sieg_arena *a, const struct args *args)
{
	enum sieg_operation operation = SIEG_N_OPERATIONS;
	size_t length;
	char *bytes;

	if (args->n_words == 1)
		operation = sieg_operation_named(args->word[0]);
	if (operation == SIEG_N_OPERATIONS)
		return sieg_refusal(a, SIEG_E_OPERATION);
	bytes = read_input(a, &length);
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
