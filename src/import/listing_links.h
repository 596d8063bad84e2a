/*
 * listing_links.h - the links of a listing: those whose address survived, and those of
 * which only the words are left ("Visionnez le replay ici").
 */
#ifndef IMPORT_LISTING_LINKS_H
#define IMPORT_LISTING_LINKS_H

#include <stdbool.h>
#include <stddef.h>

#include "import/listing_words.h"

struct arena;

struct listing_link {
	const char *role;  /* of the interchange */
	const char *label; /* unique in its record */
	const char *name;  /* the label, before others of the same name */
	const char *words; /* as the listing has them: "Visionnez le replay ici" */
	const char *url;   /* NULL when lost */
	const char *lost;  /* "link", "embed", "list", "image"; NULL when it is not */
	size_t related;    /* number of another record of the listing, from 1; or 0 */
	bool closed;       /* met in a closed text only */
};

struct listing_links {
	struct listing_link *link;
	size_t n_links, capacity;
};

struct links_context {
	struct arena *a;
	struct spelling *spelling;
	const char *about; /* the session they stand under, or NULL */
	bool closed;
};

/* The whole line only calls to follow a link: it says nothing once the link is kept. */
bool link_is_call(struct arena *a, const char *text);

/* The line leads to a player that is gone: "Retrouvez le replay ci-dessous :". */
bool link_is_embed(struct arena *a, const char *text);

/* All that a line says of links: addresses and lost ones, each told apart by its label. */
void links_read(const struct links_context *c, const char *text, struct listing_links *links);

void link_add_lost(const struct links_context *c, const char *lost, const char *text,
		   struct listing_links *links);

/* The address at `from` or after. */
bool address_find(const char *text, size_t from, size_t *at, size_t *end);

#endif
