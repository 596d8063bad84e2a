/*
 * uuid.h - names that last: the same site and the same thing always give the same one.
 */
#ifndef FEED_UUID_H
#define FEED_UUID_H

struct arena;

/*
 * "xxxxxxxx-xxxx-8xxx-…" (RFC 9562, version 8): the BLAKE2b hash of the site's own
 * identifier, what kind of thing it is, and its slug.
 */
const char *uuid_of(struct arena *a, const char *site_id, const char *kind, const char *slug);

/* The same as an IRI: "urn:uuid:…". */
const char *uuid_urn(struct arena *a, const char *site_id, const char *kind, const char *slug);

#endif
