/*
 * interchange.h - what is kept, as objects of the interchange (doc/interchange.md).
 *
 * Written for a reader: what they may not see is left out, so that the same function
 * serves the export (an editor) and the API (anyone). The caller owns the object.
 */
#ifndef FEED_INTERCHANGE_H
#define FEED_INTERCHANGE_H

#include <jansson.h>
#include <stdbool.h>

#include "access/access.h"
#include "base/status.h"

struct arena;
struct collection;
struct cycle;
struct db;
struct organisation;
struct person;
struct redirect;
struct resource;
struct session;
struct term;
struct working_group;

json_t *interchange_term(const struct term *t);
json_t *interchange_collection(const struct collection *c);
json_t *interchange_redirect(const struct redirect *r);

/* For the export alone: what they tell of people is not for everyone. */
CHECKED enum status interchange_organisation(struct db *db, struct arena *a,
					     const struct organisation *o, json_t **object);
CHECKED enum status interchange_person(struct db *db, struct arena *a, const struct person *p,
				       json_t **object);
CHECKED enum status interchange_group(struct db *db, struct arena *a, const struct working_group *g,
				      json_t **object);

CHECKED enum status interchange_resource(struct db *db, struct arena *a,
					 const struct reader *reader, const struct resource *r,
					 json_t **object);
CHECKED enum status interchange_cycle(struct db *db, struct arena *a, const struct reader *reader,
				      const struct cycle *c, json_t **object);
CHECKED enum status interchange_session(struct db *db, struct arena *a, const struct reader *reader,
					const struct session *s, json_t **object);

/* One line, without the line feed: keys in order, no blank, UTF-8 as it is. Owned by the arena. */
const char *interchange_line(struct arena *a, const json_t *object);

/* Everything there is, a line each, to `write`; stops when it answers false. */
typedef bool interchange_write_fn(void *context, const char *line);

CHECKED enum status interchange_export(struct db *db, interchange_write_fn *write, void *context);

#endif
