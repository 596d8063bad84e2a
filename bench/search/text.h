/*
 * text.h - the texts of a corpus: sentences of invented words, always the same for the same
 * number of a document.
 */
#ifndef BENCH_TEXT_H
#define BENCH_TEXT_H

#include <stddef.h>
#include <stdint.h>

#include "base/out.h"
#include "lexicon.h"
#include "random.h"

/* A word of the body and where it stands there, in bytes. */
struct placed {
	uint32_t word; /* a form of the lexicon, STOP_WORD + a stop word, or NO_WORD for others */
	uint32_t from, to;
};

enum { STOP_WORD = 1 << 30 };

/* One document, written over and over; released by text_release(). */
struct text {
	struct out title, summary, body; /* the last two are restricted HTML */
	struct placed *placed; /* the words of all three, as far as n_outside outside the body */
	size_t n_placed, n_outside, capacity;
	unsigned topic;
};

void text_write(const struct lexicon *lex, uint64_t number, unsigned n_words, struct text *text);
void text_release(struct text *text);

#endif
