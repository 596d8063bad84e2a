/*
 * json_out.h - JSON written straight away, for long answers: a tree of it would cost more than
 * what it holds.
 *
 * What is opened is closed by the same function that opened it. A name is NULL in an array.
 */
#ifndef FEED_JSON_OUT_H
#define FEED_JSON_OUT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/out.h"

struct json_out {
	struct out *o;
	bool follows; /* a comma comes before what is next */
};

void json_out_open(struct json_out *j, const char *name, char bracket);     /* '{' or '[' */
void json_out_close(struct json_out *j, char bracket);                      /* '}' or ']' */
void json_out_text(struct json_out *j, const char *name, const char *text); /* NULL is null */
void json_out_number(struct json_out *j, const char *name, int64_t number);
void json_out_truth(struct json_out *j, const char *name, bool truth);

#endif
