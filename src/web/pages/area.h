/*
 * area.h - what the pages of the members' area share: what stands around them, and the words for
 * functions and memberships.
 */
#ifndef WEB_PAGES_AREA_H
#define WEB_PAGES_AREA_H

#include "base/status.h"
#include "store/person.h"
#include "store/resource.h"
#include "web/request.h"
#include "web/response.h"
#include "web/route.h"
#include "web/views_area.h"

/*
 * A page of the area called `title`; `way` is a step between the area and it, or empty. Pages of
 * the area have no address for search engines.
 */
void area_fill(struct request *req, struct area_view *v, const char *title, struct tag_view way);

/* The list of its pages, in the frame of each. */
void area_nav(const struct request *req, struct frame_view *f);

/* Redirects to a page of the area, which says what was done: a word that area_fill() knows. */
void area_go(struct request *req, struct response *res, const char *path, const char *done);

/* The person who asks. */
CHECKED enum status area_person(struct request *req, struct person *p);

/* Leaves a trace that this was not theirs to do, and is DENIED. */
CHECKED enum status area_refuse(struct request *req, const char *subject, const char *what);

/* ---- words -------------------------------------------------------------------------------- */

/* "Élu ou élue"; their order in forms is that of function_kinds, which ends with NULL. */
extern const char *const function_kinds[];
const char *function_kind_words(const char *kind);

/* Its title, else its kind. */
const char *function_words(const struct request *req, const struct function *f);

/* "depuis le 1er mars 2024", "du … au …" */
const char *days_in_words(struct request *req, const char *from_on, const char *to_on);

/* "adhérente jusqu’au 31 décembre 2026"; *is_current tells whether it is today. */
CHECKED enum status membership_words(struct request *req, int64_t organisation_id,
				     const char **words, bool *is_current);

/* The name of someone in a row of functions. */
const char *function_person_words(const struct request *req, const struct function *f);

/* Functions of today, each with the state of its organisation. */
CHECKED enum status standings_of(struct request *req, const struct function_list *functions,
				 struct standings_view *v);

/* ---- resources put aside ------------------------------------------------------------------- */

/* To someone signed in, each entry has a button that puts it aside, and comes back to `back`. */
CHECKED enum status offer_to_keep(struct request *req, struct entries_view *v, const char *back);

/* ---- who may read ---------------------------------------------------------------------------- */

/*
 * Who may open a closed resource, in one sentence: from its visibility and keys, and without the
 * name of a group or a session that this reader may not know of.
 */
CHECKED enum status who_reads(struct request *req, const struct resource *r, const char **words);

/* ---- pages ------------------------------------------------------------------------------------
 */

page_fn area_show, news_seen;
page_fn saved_show, keep_change;
page_fn profile_show;
page_fn own_organisation_show, area_organisation_show, colleague_invite;
page_fn function_change, function_stop, function_give_up;
page_fn groups_show, group_show, group_add, group_take_out;
page_fn my_data_show, my_data_json, leave_show;
page_fn privacy_show;
page_fn ask_show;

#endif
