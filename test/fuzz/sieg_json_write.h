/*
 * sieg_json_write.h - JSON that was read, written again: members in the order they came in, no
 * white space, numbers as they were, texts with the fewest escapes.
 */
#ifndef FUZZ_SIEG_JSON_WRITE_H
#define FUZZ_SIEG_JSON_WRITE_H

#include <stddef.h>

#include "sieg/json.h"

/* `to` has room for six bytes for each that was read, and some. Returns where it ends. */
char *write_again(char *to, const struct sieg_json *value);

#endif
