/*
 * contribution.h - who did what in a resource, a cycle or a session: authors,
 * partners, contacts, speakers.
 *
 * The one who contributed may be a person (a name), an organisation of the
 * directory, an organisation that is not in it (an affiliation), or unnamed, told by a
 * title alone ("témoignages de collectivités").
 */
#ifndef STORE_CONTRIBUTION_H
#define STORE_CONTRIBUTION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "access/access.h"
#include "base/status.h"
#include "store/link.h"

struct contribution {
	const char *role; /* "author", "partner", "contact", "speaker"… */
	const char *name;
	int64_t organisation_id;       /* 0 when there is none */
	const char *organisation;      /* its slug; read only */
	const char *organisation_name; /* read only */
	const char *affiliation;
	const char *title;
	const char *email;
	enum visibility visibility;
};

struct contribution_list {
	struct contribution *contribution;
	size_t n_contributions;
};

bool contribution_role_is_known(const char *role);

CHECKED enum status contribution_of(struct db *db, struct arena *a, enum owner owner,
				    int64_t owner_id, struct contribution_list *list);

/* Replaces all the contributions of an owner. */
CHECKED enum status contribution_set(struct db *db, enum owner owner, int64_t owner_id,
				     const struct contribution *contribution, size_t n);

/* Names the organisation of the contribution at `position`. */
CHECKED enum status contribution_point(struct db *db, enum owner owner, int64_t owner_id,
				       int position, int64_t organisation_id);

#endif
