/*
 * sieg_input.h - standard input, read for the commands of the SIEG tools.
 */
#ifndef CLI_SIEG_INPUT_H
#define CLI_SIEG_INPUT_H

#include <stddef.h>

struct sieg_arena;

/*
 * All of it, or its first bytes when it is more than a document may have; nothing when it cannot
 * be read, which has been said. Ended by NUL.
 */
char *sieg_read_input(struct sieg_arena *a, size_t *length);

#endif
