/*
 * queries.h - questions for a corpus, drawn from its own texts.
 *
 * queries.tsv has a line for each: class, query as halle reads it, how many documents hold the
 * word in any of its forms (for the classes of one word). distinct.txt has pairs of middling words
 * of one document, no two lines alike.
 */
#ifndef BENCH_QUERIES_H
#define BENCH_QUERIES_H

#include <stdbool.h>
#include <stdint.h>

#include "lexicon.h"

struct corpus {
	const struct lexicon *lex;
	uint32_t n_documents;
	unsigned n_words;
	uint32_t *df; /* documents that hold a word in whatever form, by its place in lex->stem */
};

/* Documents are numbered from 1. Questions are drawn from the public ones. */
bool corpus_is_public(uint32_t document);

/* False, said on standard error, when a file cannot be written. */
bool queries_write(const struct corpus *corpus, const char *folder);

#endif
