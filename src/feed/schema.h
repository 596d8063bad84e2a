/*
 * schema.h - what a page is about, in the words of schema.org (JSON-LD), for engines.
 *
 * Written for a reader: people and organisations they may not know of are left out, and
 * bodies are never in it. Addresses are absolute; online addresses of sessions are not told.
 */
#ifndef FEED_SCHEMA_H
#define FEED_SCHEMA_H

#include "access/access.h"
#include "base/html.h"
#include "base/status.h"

struct arena;
struct collection;
struct cycle;
struct db;
struct identity;
struct organisation;
struct resource;
struct session;
struct session_list;

/* WebSite with its search, and the Organization that answers for it. */
struct json schema_home(struct arena *a, const struct identity *site);

CHECKED enum status schema_resource(struct db *db, struct arena *a, const struct reader *reader,
				    const struct identity *site, const struct resource *r,
				    struct json *schema);

CHECKED enum status schema_session(struct db *db, struct arena *a, const struct reader *reader,
				   const struct identity *site, const struct session *s,
				   struct json *schema);

/* `sessions`: those of the cycle that the reader may read, by day. */
struct json schema_cycle(struct arena *a, const struct identity *site, const struct cycle *c,
			 const struct session_list *sessions);

struct json schema_collection(struct arena *a, const struct identity *site,
			      const struct collection *c);

struct json schema_organisation(struct arena *a, const struct identity *site,
				const struct organisation *o);

#endif
