/*
 * people.h - what the interchange tells of people, read and saved: for object.c.
 */
#ifndef IMPORT_PEOPLE_H
#define IMPORT_PEOPLE_H

#include <stdint.h>

#include "base/status.h"
#include "import/fields.h"
#include "import/parts.h"
#include "store/membership.h"

/* The types "person" and "group": see apply_fn in object.c. */
extern const char *const person_fields[], *const group_fields[];
enum status apply_person(struct fields *f, const char *slug, int64_t *id);
enum status apply_group(struct fields *f, const char *slug, int64_t *id);

struct membership_list people_read_memberships(struct fields *f);
CHECKED enum status people_save_memberships(struct fields *f, int64_t organisation_id,
					    const struct membership_list *list);

/* "open_to": without it, what is there stays. */
struct names people_read_keys(struct fields *f);
CHECKED enum status people_save_keys(struct fields *f, enum owner owner, int64_t id,
				     const struct names *keys);

/* "attended", the same. */
CHECKED enum status people_save_attendance(struct fields *f, int64_t session_id,
					   const struct names *people);

#endif
