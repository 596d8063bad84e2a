/*
 * edit.h - the editor of a resource: what its files share.
 *
 * A state of a resource is told as one text for each field: the same from what is kept, from an
 * earlier state (both are interchange objects) and from what was typed. So two of them can be
 * compared, and a form can be filled from any.
 */
#ifndef WEB_PAGES_OFFICE_EDIT_H
#define WEB_PAGES_OFFICE_EDIT_H

#include <jansson.h>
#include <stdbool.h>

#include "store/link.h"
#include "store/resource.h"
#include "web/pages/office/office.h"

/* NULL is empty; lists are parted by ", ", links by line feeds. */
struct state {
	const char *value[N_EDIT_FIELDS];
	bool knows_keys; /* earlier states do not */
};

/* One link as it is typed. */
struct link_row {
	struct form form;
	struct field_view *role, *label, *target, *visibility;
};

/* Fields as they stand in the page, filled from one state or from what was typed. */
struct edit_fields {
	struct form form;
	struct field_view *field[N_EDIT_FIELDS];
	struct link_row *row;
	size_t n_rows;
};

struct edit {
	struct request *req;
	struct resource r; /* as it is kept; without an id for a new one */
	struct link_list links;
	struct url action;
	struct state kept, typed, base;
	bool has_base; /* the state the form was made from is known */
	struct edit_fields fields;
	const char *lost;       /* tags that were typed and are not kept: "<img>, <iframe>" */
	int64_t revision, seen; /* that the form was made from; whose differences were shown */
	struct edit_view v;
};

/* Of the address: the resource, its links and its state, into `e`. */
CHECKED enum status edit_load(struct edit *e);

/* ---- states (edit_state.c) ---------------------------------------------------------------- */

/* What a form for a new resource shows. */
struct state state_new(struct request *req);

/* Of an interchange object; keys are apart. */
struct state state_of_object(struct arena *a, const json_t *object);

/* Of a resource as it is kept, keys included. */
CHECKED enum status state_of_resource(struct request *req, const struct resource *r,
				      struct state *state);

/* Of an earlier revision: NOT_FOUND when it was not kept. */
CHECKED enum status state_of_version(struct request *req, int64_t id, int64_t revision,
				     struct state *state);

bool field_is_compared(enum edit_field field);
bool values_differ(const struct state *a, const struct state *b, enum edit_field field);

/* "Titre", "Qui peut lire"…: for what is told of fields. */
const char *field_label(enum edit_field field);

/* What a person reads of it: markup as its text, slugs and names as words. */
const char *value_in_words(struct request *req, const struct state *s, enum edit_field field);

/* ---- fields (edit_fields.c, edit_links.c) -----------------------------------------------------
 */

/* Filled from `state`, or with `is_sent` from what was typed. */
CHECKED enum status fields_make(struct edit *e, const struct state *state, bool is_sent,
				struct edit_fields *fields);
CHECKED enum status link_rows_make(struct edit *e, const struct state *state, bool is_sent,
				   struct edit_fields *fields);

/* What was typed, checked; faults are noted in the fields. */
CHECKED enum status fields_read(struct edit *e, struct state *typed);
void link_rows_read(struct edit *e, struct state *typed);

/* The markup that was typed as Markdown or as HTML; what is wrong is noted in the field. */
struct html markup_typed(struct form *f, struct field_view *field, bool is_markdown);

/* ---- two editors at once (edit_clash.c) -------------------------------------------------------
 */

/*
 * Someone saved since the form was made. What only they changed is taken over, what only this
 * editor changed is kept, and what both changed is asked. True when nothing is left to ask.
 */
CHECKED enum status clash_settle(struct edit *e, bool *is_settled);

/* ---- saving (edit_save.c) -----------------------------------------------------------------------
 */

/* In the caller's transaction. *slug is where it is now. */
CHECKED enum status edit_write(struct edit *e, const char **slug);

#endif
