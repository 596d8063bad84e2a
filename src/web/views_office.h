/*
 * views_office.h - what the templates of the back office show: see views.h for the rules.
 */
#ifndef WEB_VIEWS_OFFICE_H
#define WEB_VIEWS_OFFICE_H

#include "web/form_view.h"
#include "web/views.h"

struct cell_view {
	const char *text;
	struct url url; /* empty: the text alone */
	const char *note;
	const char *state; /* of its look: "draft", "closed"… or NULL */
};

/* Cells stand one row after another; the first of a row names it. */
struct table_view {
	const char *caption;
	const char **head;
	size_t n_heads;
	struct cell_view *cell;
	size_t n_cells, capacity;
};

struct card_fact_view {
	const char *label, *words;
	struct url url;     /* of the words, or empty */
	struct html markup; /* instead of the words */
};

/* A form with a second button, which has a name and no field of its own. */
struct office_form_view {
	struct form_view form;
	const char *also, *also_name; /* or NULL */
	bool is_grave;                /* what the first button does is not undone */
};

/* One thing among others: what it is, and what is done to it. */
struct card_view {
	const char *heading, *id;
	struct url url; /* of the heading, or empty */
	const char *words;
	struct card_fact_view *fact;
	size_t n_facts, fact_capacity;
	struct office_form_view *form;
	size_t n_forms, form_capacity;
	const char *folded; /* what opens its forms, or NULL: they are in view */
	bool is_open;       /* though folded: something in them is to be corrected */
};

struct office_section_view {
	const char *heading, *id, *words;
	struct table_view table;
	struct card_view *card;
	size_t n_cards, card_capacity;
};

/* What is asked of a list: a form that is sent as an address. */
struct filter_view {
	struct url action;
	const char *submit;
	struct field_view **field;
	size_t n_fields;
};

struct office_view {
	struct frame_view frame;
	struct nav_view *nav;
	size_t n_nav;
	const char *title, *lead;
	const char *done; /* what was just done, or NULL */
	struct url done_url;
	const char *done_label;
	struct tag_view *action;
	size_t n_actions, action_capacity;
	struct filter_view filter; /* without fields: none */
	const char *count;
	struct office_section_view *section;
	size_t n_sections, section_capacity;
	struct url previous, next;
	const char *previous_label, *next_label;
};

/* ---- the editor of a resource ------------------------------------------------------------- */

/* In the order of the page. */
enum edit_field {
	EDIT_TITLE,
	EDIT_SUMMARY,
	EDIT_BODY,
	EDIT_FORMAT,
	EDIT_NOTICE,
	EDIT_STATUS,
	EDIT_VISIBILITY,
	EDIT_KEYS,
	EDIT_SESSIONS,
	EDIT_LISTED,
	EDIT_ACCESS_NOTE,
	EDIT_CONFIRM,
	EDIT_KIND,
	EDIT_NEW_KIND,
	EDIT_FORM,
	EDIT_NEW_FORM,
	EDIT_CATEGORIES,
	EDIT_KEYWORDS,
	EDIT_TERRITORIES,
	EDIT_AUDIENCES,
	EDIT_DATE,
	EDIT_PRECISION,
	EDIT_COLLECTION,
	EDIT_NUMBER,
	EDIT_EDITION,
	EDIT_REPLACES,
	EDIT_EXTENT,
	EDIT_LANGUAGE,
	EDIT_SLUG,
	EDIT_REVISION,
	EDIT_SUMMARY_FORMAT,
	EDIT_N_LINKS,
	N_EDIT_FIELDS,
};

/* A field that two people changed: each way, and which is taken. */
struct clash_view {
	const char *label;
	const char *mine, *theirs;
	struct field_view *choice;
};

struct datalist_view {
	const char *id;
	const char **value;
	size_t n_values;
};

struct link_row_view {
	const char *legend;
	struct form_view form;
};

struct edit_view {
	struct office_view office;
	struct form_view form; /* of all fields: its action, its errors */
	struct field_view *field[N_EDIT_FIELDS];
	struct link_row_view *link;
	size_t n_links;
	struct tags_view people;
	struct datalist_view *datalist;
	size_t n_datalists;
	const char *state, *state_name, *access, *when; /* as it is kept; NULL for a new one */
	bool is_closed;
	struct url page, versions, document; /* empty for a new one */
	bool asks;                           /* to confirm */

	bool has_preview;
	const char *preview_title;
	const char *lost; /* tags that were typed and are not kept */
	struct html summary, body;

	bool has_clash;
	const char *seen; /* the revision that is shown beside */
	struct clash_view *clash;
	size_t n_clashes;
	const char *taken; /* fields taken over from the other, in words, or NULL */
};

void office_html(struct out *o, const struct office_view *v);
void office_begin_html(struct out *o, const struct office_view *v);
void office_end_html(struct out *o, const struct office_view *v);
void edit_html(struct out *o, const struct edit_view *v);

#endif
