/*
 * identity.h - whose site it is, as feeds and machines are told.
 */
#ifndef FEED_IDENTITY_H
#define FEED_IDENTITY_H

#include "base/html.h"
#include "base/status.h"

struct arena;
struct db;

struct identity {
	const char *url;       /* the public address, without a final slash */
	const char *id;        /* what permanent identifiers are made from */
	const char *name;      /* of the site */
	const char *publisher; /* the name of the site when none is told */
	const char *purpose;   /* one sentence */
	const char *contact;   /* an e-mail address, or NULL */
};

/* From the settings; lives in the arena. */
CHECKED enum status identity_read(struct db *db, struct arena *a, const char *public_url,
				  struct identity *identity);

/* The absolute address of a path of this site. */
const char *identity_address(struct arena *a, const struct identity *identity, struct url path);

/* The same of a page named by a slug: "/ressources/", "filieres-et-ess". */
const char *identity_page(struct arena *a, const struct identity *identity, const char *prefix,
			  const char *slug);

#endif
