/*
 * json.h - JSON (RFC 8259) read as the contract wants it: the first problem met, from left to
 * right, is told by its code; numbers are kept as they are written; a key that an object already
 * holds is refused; at most 32 arrays and objects are open at once.
 */
#ifndef SIEG_JSON_H
#define SIEG_JSON_H

#include "sieg/issue.h"

#define SIEG_JSON_SIZE  16777216
#define SIEG_JSON_DEPTH 32

enum sieg_json_kind {
	SIEG_JSON_NULL,
	SIEG_JSON_FALSE,
	SIEG_JSON_TRUE,
	SIEG_JSON_NUMBER,
	SIEG_JSON_TEXT,
	SIEG_JSON_ARRAY,
	SIEG_JSON_OBJECT,
};

struct sieg_json {
	enum sieg_json_kind kind;
	const char *key; /* its name in an object, unescaped; not ended by NUL */
	size_t key_length;
	const char *text; /* of a text, unescaped; of a number, as written; not ended by NUL */
	size_t length;    /* bytes of the text */
	struct sieg_json *first; /* of what an array or object holds */
	struct sieg_json *next;
	size_t n; /* how many it holds */
};

/*
 * Reads a whole document. NULL when it is none: `problem` then says which of the E_JSON_ codes.
 * What is returned points into `bytes`, which must stay.
 */
struct sieg_json *sieg_json_read(struct sieg_arena *a, const char *bytes, size_t length,
				 enum sieg_code *problem);

#endif
