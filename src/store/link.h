/*
 * link.h - what a resource, a cycle or a session points to, in order.
 *
 * A link has an address, or a resource, or a file, or nothing: then its target was lost in an
 * import and is to be completed.
 */
#ifndef STORE_LINK_H
#define STORE_LINK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "access/access.h"
#include "base/status.h"

struct arena;
struct db;

/* Who has links and contributions. */
enum owner { OF_RESOURCE, OF_CYCLE, OF_SESSION };

const char *owner_name(enum owner owner);

struct link {
	const char *role; /* "recording", "report", "slides"… */
	const char *label;
	const char *url;       /* NULL when there is none */
	const char *file;      /* the number of a file, or NULL */
	const char *file_name; /* read only, and the two below; NULL when it is not there */
	const char *media_type;
	int64_t file_size;
	int64_t resource_id;        /* 0 when there is none */
	const char *resource;       /* its slug; read only */
	const char *resource_title; /* read only, and the two below: may it be told? */
	enum visibility resource_visibility;
	bool resource_published, resource_listed, resource_opened;
	enum visibility visibility;
};

struct link_list {
	struct link *link;
	size_t n_links;
};

bool link_role_is_known(const char *role);

/* The resource that a link leads to, for the rule of access. */
struct object link_target(const struct link *l);

/* All of them: which this reader may have, and know the target of, is to be asked for each. */
CHECKED enum status link_of(struct db *db, struct arena *a, const struct reader *reader,
			    enum owner owner, int64_t owner_id, struct link_list *list);

/* Replaces all the links of an owner. */
CHECKED enum status link_set(struct db *db, enum owner owner, int64_t owner_id,
			     const struct link *link, size_t n);

/* One more, after the others. The owner's row is to be saved too: a link notes no change. */
CHECKED enum status link_add(struct db *db, enum owner owner, int64_t owner_id,
			     const struct link *link);

/* Makes the link at `position` point to a resource. */
CHECKED enum status link_point(struct db *db, enum owner owner, int64_t owner_id, int position,
			       int64_t resource_id);

#endif
