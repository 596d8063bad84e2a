/*
 * documents.h - the corpus as peers are given it: plain texts and numbers of terms. For C and C++.
 */
#ifndef BENCH_DOCUMENTS_H
#define BENCH_DOCUMENTS_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

enum { PEER_KIND, PEER_CATEGORY, PEER_KEYWORD, N_PEER_FACETS };

/* A term that a document bears, in one of the three facets. */
struct peer_bearing {
	int facet;
	int64_t term;
};

struct peer_document {
	int64_t id;
	const char *title, *summary, *body;
	const struct peer_bearing *bearing;
	size_t n_bearings;
};

/* Texts last as long as the call. */
typedef void peer_document_fn(void *context, const struct peer_document *document);

/* Every document of the database in the folder; ends the program when it cannot be read. */
void documents_each(const char *folder, peer_document_fn *each, void *context);

#ifdef __cplusplus
}
#endif

#endif
