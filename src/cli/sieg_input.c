#include "cli/sieg_input.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/log.h"
#include "sieg/arena.h"
#include "sieg/json.h"

char *sieg_read_input(struct sieg_arena *a, size_t *length)
{
	size_t room = 1 << 16;
	char *bytes = sieg_alloc(a, room, 1);

	*length = 0;
	for (;;) {
		*length += fread(bytes + *length, 1, room - 1 - *length, stdin);
		if (*length < room - 1 || *length > SIEG_JSON_SIZE)
			break;
		bytes = sieg_grow(a, bytes, room, &room, 1);
	}
	if (ferror(stdin)) {
		log_error("cannot read standard input: %s", strerror(errno));
		*length = 0;
	}
	bytes[*length] = '\0';
	return bytes;
}
