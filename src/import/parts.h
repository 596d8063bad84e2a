/*
 * parts.h - what several types of objects have: links, contributions, lists of
 * slugs, lists of terms. Read first, all of it; saved once nothing was refused.
 */
#ifndef IMPORT_PARTS_H
#define IMPORT_PARTS_H

#include "import/fields.h"
#include "store/contribution.h"
#include "store/link.h"

struct import;

/* A list of objects; 0 when it is absent, too long, or holds what is none. */
size_t parts_list(struct fields *f, const char *key, const json_t **list);

/* One of them, read with the path it has. */
struct fields parts_item(const struct fields *f, const char *key, size_t i, const json_t *list);

struct link_list parts_read_links(struct fields *f);
struct contribution_list parts_read_contributions(struct fields *f);

/* Replaces those of the owner; the slugs they name are resolved, or kept for the end. */
CHECKED enum status parts_save_links(struct fields *f, enum owner owner, int64_t id,
				     const struct link_list *links);
CHECKED enum status parts_save_contributions(struct fields *f, enum owner owner, int64_t id,
					     const struct contribution_list *people);

struct names {
	const char **name;
	size_t n_names;
};

/* A list of slugs, or of labels. */
struct names parts_read_slugs(struct fields *f, const char *key);
struct names parts_read_labels(struct fields *f, const char *key);

/* Each of them is a reference of `owner` in `field`. */
CHECKED enum status parts_refer(struct fields *f, const char *owner, int64_t id, const char *field,
				const struct names *names);

/* One reference; none when `slug` is NULL. */
CHECKED enum status parts_refer_one(struct fields *f, const char *owner, int64_t id,
				    const char *field, int position, const char *slug);

#endif
