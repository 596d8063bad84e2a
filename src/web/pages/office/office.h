/*
 * office.h - the back office: what its pages are made with, and those pages for the map of the
 * site. A page is a title, then sections that hold a table, or cards with their forms.
 */
#ifndef WEB_PAGES_OFFICE_OFFICE_H
#define WEB_PAGES_OFFICE_OFFICE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/status.h"
#include "store/link.h"
#include "web/form.h"
#include "web/route.h"
#include "web/views_office.h"

page_fn office_home_show;
page_fn office_resources_show;
page_fn office_edit_show, office_edit_save;
page_fn office_versions_show, office_version_show, office_version_restore;
page_fn office_document_show, office_document_give;
page_fn office_lost_show, office_lost_save;
page_fn office_requests_show, office_request_answer;
page_fn office_names_show, office_name_change;
page_fn office_people_show, office_person_new;
page_fn office_person_show, office_person_save, office_person_function, office_person_groups;
page_fn office_person_sessions, office_person_invite, office_person_roles;
page_fn office_organisations_show, office_organisation_new;
page_fn office_organisation_show, office_organisation_save, office_organisation_membership;
page_fn office_groups_show, office_group_new, office_group_show, office_group_save;
page_fn office_group_members, office_group_remove;
page_fn office_mails_show, office_mail_retry;
page_fn office_journal_show;
page_fn office_settings_show, office_settings_save;

/* ---- a page ------------------------------------------------------------------------------ */

/* In the order of the navigation. */
enum office_part {
	OFFICE_HOME,
	OFFICE_RESOURCES,
	OFFICE_LOST,
	OFFICE_REQUESTS,
	OFFICE_NAMES,
	OFFICE_PEOPLE,
	OFFICE_ORGANISATIONS,
	OFFICE_GROUPS,
	OFFICE_MAILS,
	OFFICE_JOURNAL,
	OFFICE_SETTINGS,
	N_OFFICE_PARTS,
};

/* A page of a part: `title` is its own, or NULL for the first page of the part. */
void office_begin(struct request *req, struct office_view *v, enum office_part part,
		  const char *title);

void office_action(struct request *req, struct office_view *v, const char *label, struct url url);

/* `heading` may be NULL, and then `id` too. */
struct office_section_view *office_section(struct request *req, struct office_view *v,
					   const char *heading, const char *id);
struct card_view *office_card(struct request *req, struct office_section_view *s,
			      const char *heading);
void office_fact(struct request *req, struct card_view *c, const char *label, const char *words);
struct office_form_view *office_form(struct request *req, struct card_view *c, struct form *f);

/* What its columns are called follows, as far as a NULL. */
void office_table(struct request *req, struct office_section_view *s, const char *caption, ...)
	__attribute__((sentinel));
struct cell_view *office_cell(struct request *req, struct office_section_view *s, const char *text);

/* "?fait=…" of the address a form led back to: its words, or NULL. */
struct told {
	const char *name, *words;
};

const char *office_told(struct request *req, const struct told *told, size_t n);

/* Back to a page, after a change. */
enum status office_back(struct request *req, struct response *res, struct url url,
			const char *told);

/* The page with what is to be corrected in it. */
enum status office_wrong(struct response *res, const struct office_view *v);

/* A form that is read only when it is the one that was sent: a page may have several. */
void office_form_begin(struct form *f, struct request *req, struct url action, const char *submit,
		       bool is_sent);

/* A field whose name and help are made for one thing among others: "titre-12". */
const char *name_of(struct request *req, const char *name, const char *of);

/* The filter of a list, from fields of a form that is never sent. */
void office_filter(struct office_view *v, struct form *f);

/* "précédente" and "suivante", for lists of `size` a page. */
void office_paging(struct request *req, struct office_view *v, int64_t page, int64_t size,
		   int64_t total, const char *path, const struct pair *pair, size_t n);

enum { OFFICE_PAGE = 50, OFFICE_PAGE_MAX = 100000 };

/* ---- a resource is changed ------------------------------------------------------------------ */

struct resource;

/* Keeps the state it has now, before another replaces it. In the caller's transaction. */
CHECKED enum status keep_version(struct request *req, const struct resource *r);

/* The same for a resource of which only links change; then its revision and date are raised. */
CHECKED enum status touch_owner(struct request *req, enum owner owner, int64_t id,
				const char *slug);

/*
 * "https://…", or a page of this site ("/ressources/filieres", or its whole address, or its last
 * part alone), or a document that is kept here ("/fichiers/…"). False when it is none of them.
 */
struct target_typed {
	const char *url;
	int64_t resource_id;
	const char *file, *resource; /* the number of a file; the slug of the resource */
};

bool read_target(struct request *req, const char *typed, struct target_typed *target);

/* ---- words ----------------------------------------------------------------------------------- */

struct word {
	const char *name, *label; /* to be translated */
};

/* Each ends with a NULL name. */
extern const struct word state_words[], visibility_sentences[], precision_words[];
extern const struct word link_role_words[], contribution_role_words[];
extern const struct word organisation_kind_words[], membership_kind_words[];
extern const struct word mail_state_words[], action_words[], owner_words[];

/* The label, or the name itself when it is not among them. */
const char *word_of(const struct word *words, const char *name);

/* The options of a field. */
void options_of(struct form *f, struct field_view *field, const struct word *words,
		const char *kept);

/* "26 novembre 2026, 17 h 04" */
const char *moment_in_words(struct request *req, int64_t moment);

/* Empty, or an address of a page; `reserved` is that of the page where a new one is made. */
void office_expect_slug(struct form *f, struct field_view *field, const char *reserved);

#endif
