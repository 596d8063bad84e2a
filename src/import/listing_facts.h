/*
 * listing_facts.h - what a title and a public text say of a resource: its form, its
 * collection and number, edition, extent, keywords, and the day or month it speaks of.
 */
#ifndef IMPORT_LISTING_FACTS_H
#define IMPORT_LISTING_FACTS_H

#include "import/listing.h"

/* The names of collections that a listing uses: "Boussole" of "sa collection Boussole". */
struct collection_names {
	struct listing_texts name;
	struct listing_texts lines; /* folded, all that is public: to see a name used elsewhere */
	size_t lookups;             /* so far: they are bounded */
};

void collection_names_learn(struct arena *a, const char *text, struct collection_names *names);

/*
 * Reads the facts of the record from its title and the open blocks [0, n_open). The
 * programme of the record is known, and its days are.
 */
void facts_read(struct arena *a, struct listing_record *r, const struct blocks *blocks,
		size_t n_open, struct spelling *spelling, struct collection_names *names);

/* "a ; b, c - Mai 2022": keywords, and a date that may follow them. */
void keywords_read(struct arena *a, struct listing_record *r, const char *text);

/* The day or month that a label tells. */
void date_told(struct listing_record *r, const char *text);

void texts_add(struct arena *a, struct listing_texts *texts, const char *text);

#endif
