/*
 * views.h - what templates show, ready to show: words in French, set and cut, and
 * addresses. Pages fill these; templates only place them.
 *
 * A text or an address that is NULL is not shown. An array of n things is thing[] with
 * n_things.
 */
#ifndef WEB_VIEWS_H
#define WEB_VIEWS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/html.h"

/* ---- parts ----------------------------------------------------------------- */

enum { N_NAV = 4, MAX_CRUMBS = 4, MAX_AREA_PAGES = 8 };

/* A word that leads somewhere. */
struct tag_view {
	const char *label;
	struct url url;   /* empty: the word alone */
	const char *note; /* "12", "3 ressources" */
};

struct nav_view {
	const char *label;
	struct url url;
	const char *current; /* of aria-current: "page", "true", or NULL */
};

/* What stands around every page. */
struct frame_view {
	const char *title, *full_title, *site_name;
	const char *description; /* public words only */
	const char *og_type;
	const char *address; /* the canonical one, absolute; NULL: not for search engines */
	struct url canonical;
	struct json schema;
	struct nav_view nav[N_NAV];
	struct tag_view crumb[MAX_CRUMBS];
	size_t n_crumbs;
	const char *contact;
	struct url contact_url;
	struct nav_view account[2]; /* to sign in; or one's own area, and the back office */
	size_t n_accounts;
	const char *notice; /* what this reader is to do, on every page of their own area */
	struct tag_view notice_way;
	struct nav_view area[MAX_AREA_PAGES]; /* the pages of the members' area, in it */
	size_t n_areas;
	bool has_box; /* the page has a search box of its own */
	struct url style, script, sign;
	struct url list_script; /* of one page: the list of resources, the editor */
};

struct when_view {
	const char *words;    /* "jeudi 3 octobre 2024, de 9 h 30 à 11 h 30" */
	const char *datetime; /* of <time> */
};

/* The button by which someone signed in puts a resource aside. */
struct keep_view {
	struct url url;   /* empty: there is none */
	const char *back; /* where it leads */
	const char *title;
	bool is_kept;
};

/* A resource in a list. */
struct entry_view {
	int64_t id;
	const char *slug;
	const char *title;
	struct html marked; /* the title with what was found marked, instead of it */
	struct url url;
	const char *kind;
	struct when_view when;
	const char *collection; /* "Repères, n° 9" */
	const char *excerpt;
	struct html snippet[2]; /* instead of the excerpt */
	size_t n_snippets;
	const char *closed; /* "Réservée aux collectivités adhérentes" */
	const char *state;  /* for editors: "Brouillon" */
	struct keep_view keep;
};

struct entries_view {
	struct entry_view *entry;
	size_t n_entries;
};

/* Somewhere to go. What it is called, both words together, is unique on its page. */
struct action_view {
	const char *role;
	const char *verb; /* "Voir le replay" */
	const char *what; /* " : Marchés publics", or NULL */
	bool about_title; /* `what` is the title of its owner, which stands near */
	struct url url;   /* empty: lost, told to editors */
	const char *note; /* "PDF, exemple.fr" */
};

struct actions_view {
	struct action_view *action;
	size_t n_actions;
};

/* The tile of a date. */
struct day_view {
	const char *weekday, *day, *month, *year;
};

struct session_view {
	const char *title;
	struct url url;
	struct day_view day;
	struct when_view when;
	const char *label; /* "Webinaire n° 2" */
	struct tag_view cycle;
	const char *audience; /* "Pour …" */
	const char *place;
	const char *state; /* "Annulé", "Aujourd’hui", "Complet" */
	bool cancelled, today;
	struct actions_view actions;
};

struct sessions_view {
	struct session_view *session;
	size_t n_sessions;
};

/* Someone who contributed. */
struct person_view {
	const char *name, *detail;
	struct tag_view organisation;
	const char *email;
	struct url email_url;
};

struct credit_view {
	const char *label; /* "Avec le soutien de" */
	struct person_view *person;
	size_t n_persons;
};

struct credits_view {
	struct credit_view *credit;
	size_t n_credits;
};

struct tags_view {
	const char *label;
	struct tag_view *tag;
	size_t n_tags;
};

/* ---- pages ------------------------------------------------------------------ */

struct home_view {
	struct frame_view frame;
	const char *purpose;
	const char *count; /* "318 ressources" */
	struct tags_view themes;
	struct entries_view latest;
	struct sessions_view coming;
	struct tag_view *collection;
	size_t n_collections;
};

struct choice_view {
	const char *value, *label, *count;
	bool chosen;
};

struct facet_view {
	const char *legend, *name;
	struct choice_view *choice;
	size_t n_choices, n_first; /* the rest is folded */
	const char *rest;          /* "Voir les 12 autres" */
};

/* A word of a search, looked for alone. */
struct word_view {
	const char *text;  /* "« emploi »" */
	const char *count; /* "12 ressources" */
	struct url url;    /* empty when there is nothing to go to */
};

struct list_view {
	struct frame_view frame;
	const char *text; /* what was typed */
	const char *count;
	const char *corrected, *typed; /* both or none */
	struct url exactly;            /* what was typed, not corrected */
	bool relaxed;
	struct word_view *alone;
	size_t n_alone;
	const char *sort; /* "date", or NULL: kept by the form */
	struct nav_view by[2];
	size_t n_by;
	struct tags_view chosen;
	struct url without_filters; /* empty when none is chosen */
	const char *filters;        /* "Filtres (2)" */
	struct facet_view *facet;
	size_t n_facets;
	struct entries_view found;
	struct nav_view *page;
	size_t n_pages;
	struct url previous, next;
	const char *empty;      /* why there is nothing to show */
	const char *understood; /* what was asked, in words */
	struct url first_page;  /* past the end: the way back */
};

struct closed_view {
	const char *words; /* NULL when open */
	const char *who, *note, *how;
	struct tag_view sign_in; /* for who did not */
	struct tag_view ask;
	const char *asked; /* what became of the last request */
};

struct numbers_view {
	struct nav_view *number;
	size_t n_numbers;
};

struct resource_view {
	struct frame_view frame;
	const char *title, *language;
	struct tag_view kind, form;
	const char *state;
	struct when_view when;
	const char *extent, *edition;
	struct tag_view collection;
	const char *number; /* "9" */
	struct numbers_view neighbours;
	struct closed_view closed;
	struct keep_view keep;
	struct action_view main; /* verb NULL when there is none */
	struct actions_view actions;
	struct html summary, body;
	const char *notice;
	struct tag_view replaced_by, replaces;
	struct sessions_view sessions;
	struct tags_view cycles, related, categories, keywords, territories, audiences;
	struct credits_view credits;
	const char *citation, *address;
	struct url mail;
};

struct collection_view {
	const char *title;
	struct url url;
	const char *count;
	const char *about;
};

struct collections_view {
	struct frame_view frame;
	struct collection_view *collection;
	size_t n_collections;
};

struct collection_page_view {
	struct frame_view frame;
	const char *title, *count;
	struct html description;
	struct entries_view entries;
};

struct month_view {
	const char *words, *id;
	struct sessions_view sessions;
};

struct months_view {
	struct month_view *month;
	size_t n_months;
};

struct agenda_view {
	struct frame_view frame;
	struct when_view today;
	struct months_view coming, past;
	bool past_open, is_past; /* is_past: a further page of what was */
	struct tags_view cycles;
	struct url calendar, newer, older;
};

struct session_page_view {
	struct frame_view frame;
	struct session_view session;
	struct html objectives, contents, description;
	const char *duration, *attended, *seats, *online;
	struct nav_view before, after; /* in the cycle */
	struct tags_view resources;
	struct credits_view speakers, credits;
	struct url calendar;
	struct action_view main; /* verb NULL when there is none */
	bool past;
};

struct cycle_page_view {
	struct frame_view frame;
	const char *title, *span;
	struct html description;
	struct sessions_view coming, past;
	struct actions_view actions;
	struct tags_view resources;
	struct credits_view credits;
};

struct organisation_view {
	const char *name, *acronym;
	struct url url;
	const char *territory;
	const char *member; /* "Adhérente" */
};

struct organisations_view {
	const char *kind, *id; /* "Régions" */
	struct url here;       /* "#region" */
	struct organisation_view *organisation;
	size_t n_organisations;
};

struct directory_view {
	struct frame_view frame;
	const char *count;
	struct organisations_view *group;
	size_t n_groups, n_organisations;
	struct facet_view kinds, territories;
	bool is_filtered, is_empty;
};

struct organisation_page_view {
	struct frame_view frame;
	const char *name, *acronym, *kind, *territory, *siren, *insee;
	struct url website;
	const char *website_name;
	const char *member;         /* "Adhérente du réseau" */
	struct person_view *person; /* who agreed to be shown */
	size_t n_persons;
	struct url manage; /* for who manages it */
	struct entries_view entries;
};

struct text_page_view {
	struct frame_view frame;
	const char *publisher, *program;
};

struct error_view {
	struct frame_view frame;
	const char *code, *title, *words;
	const char *typed;   /* kept in the box */
	bool offers;         /* a search box and ways on */
	struct tag_view way; /* what would open the page, or nothing */
};

struct typed_view {
	const char *id, *name, *value;
	bool is_long;  /* in a box of its own, to be copied from */
	bool is_short; /* told in a word; a page's own notes are neither */
};

struct interrupted_view {
	struct frame_view frame;
	struct url again;
	const char *path; /* the same, to be read: what would be done may weigh */
	struct typed_view *field;
	size_t n_fields;
	bool has_files, has_long;
};

/* ---- templates --------------------------------------------------------------- */

void frame_begin(struct out *o, const struct frame_view *v);
void frame_end(struct out *o, const struct frame_view *v);

void part_entries(struct out *o, const struct entries_view *v);
void part_sessions(struct out *o, const struct sessions_view *v);
void part_actions(struct out *o, const struct actions_view *v);
void part_credits(struct out *o, const struct credits_view *v);
void part_tags(struct out *o, const struct tags_view *v);
void part_box(struct out *o, const char *text);
void part_arch(struct out *o);
void part_lock(struct out *o);
void part_keep(struct out *o, const struct keep_view *v);

void home_html(struct out *o, const struct home_view *v);
void list_html(struct out *o, const struct list_view *v);
void resource_html(struct out *o, const struct resource_view *v);
void collections_html(struct out *o, const struct collections_view *v);
void collection_html(struct out *o, const struct collection_page_view *v);
void agenda_html(struct out *o, const struct agenda_view *v);
void session_html(struct out *o, const struct session_page_view *v);
void cycle_html(struct out *o, const struct cycle_page_view *v);
void directory_html(struct out *o, const struct directory_view *v);
void organisation_html(struct out *o, const struct organisation_page_view *v);
void legal_html(struct out *o, const struct text_page_view *v);
void accessibility_html(struct out *o, const struct text_page_view *v);
void gone_html(struct out *o, const struct text_page_view *v);
void error_html(struct out *o, const struct error_view *v);
void interrupted_html(struct out *o, const struct interrupted_view *v);

#endif
