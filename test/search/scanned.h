/*
 * scanned.h - what the scanner keeps of a database. For scanner.c and scan.c only.
 */
#ifndef TEST_SEARCH_SCANNED_H
#define TEST_SEARCH_SCANNED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "access/access.h"
#include "search/dictionary.h"
#include "search/search.h"
#include "store/opening.h"
#include "store/term.h"

struct acronyms;
struct stemmer;

/* A folded form, and how often open texts write it in capitals, and otherwise. */
struct spelling {
	const char *folded, *stem;
	unsigned capitals, others;
};

struct word {
	const char *form, *folded;
	size_t spelling; /* its number */
	uint32_t position;
};

struct field {
	struct word *word;
	size_t n_words, capacity;
	bool is_open;
};

struct document {
	int64_t id, replaces;
	const char *day;
	struct object object;
	struct opening_list keys;
	struct field *field;
	size_t n_fields, capacity;
	size_t *value; /* numbers of values */
	size_t n_values, value_capacity;
};

struct value {
	enum facet facet;
	const char *slug, *label;
};

struct scanner {
	struct arena *a;
	struct stemmer *stemmer;
	struct document *document;
	size_t n_documents, capacity;
	struct value *value;
	size_t n_values, value_capacity;
	struct spelling *spelling; /* in order */
	size_t n_spellings;
	struct term_list terms;
	/* What a query is widened by: of the dictionary, how often open texts hold a form. */
	struct acronyms *acronyms;
	struct dictionary dictionary;
};

const char *scanned_fold(struct arena *a, const char *form);
const char *scanned_stem(const struct scanner *s, struct arena *a, const char *folded);

/* A word that the texts write in capitals more often than not is no relative of another. */
bool scanned_is_acronym(const struct scanner *s, const char *folded);

/* True when an open text holds it. */
bool scanned_is_open(const struct scanner *s, const char *folded);

bool document_bears(const struct document *d, size_t value);

#endif
