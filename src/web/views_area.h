/*
 * views_area.h - what the pages of the members' area show, as views.h says.
 */
#ifndef WEB_VIEWS_AREA_H
#define WEB_VIEWS_AREA_H

#include "web/form_view.h"
#include "web/views.h"

/* What stands around a page of the members' area. */
struct area_view {
	struct frame_view frame;
	const char *done; /* "C’est enregistré." */
};

/* An organisation in which one has a function. */
struct standing_view {
	const char *name, *function, *state; /* "adhérente jusqu’au 31 décembre 2026" */
	struct url url;
	struct url give_up; /* in the profile; empty for who must name another before */
	bool is_lapsed;
};

struct standings_view {
	struct standing_view *standing;
	size_t n_standings;
};

/* Why someone reads no more than anyone does. */
struct lapsed_view {
	const char *title, *words, *how; /* title NULL: it does not concern them */
};

struct area_home_view {
	struct area_view area;
	const char *hello;
	struct lapsed_view lapsed;
	struct standings_view standings;
	const char *news_told; /* "3 nouveautés depuis le 3 octobre 2026" */
	struct entries_view news;
	struct sessions_view coming, attended;
	struct tags_view saved, groups;
};

struct area_list_view {
	struct area_view area;
	struct entries_view entries;
	struct tags_view groups;
};

struct profile_view {
	struct area_view area;
	struct form_view form;
	const char *email;
	bool is_out_of_reach; /* what was sent there last did not arrive */
	struct standings_view standings;
	const char *who_changes;
};

/* ---- an organisation -------------------------------------------------------------------- */

struct colleague_view {
	const char *name, *function, *when;
	const char *kind;  /* "Élu ou élue", beside a title */
	const char *marks; /* "représente l’organisation" */
	const char *email;
	struct url email_url;
	const char *mail_words; /* what to do when nothing arrives there, or NULL */
	struct url change;      /* empty for who may not */
};

struct colleagues_view {
	struct colleague_view *colleague;
	size_t n_colleagues;
};

struct membership_view {
	const char *when, *kind;
};

struct area_organisation_view {
	struct area_view area;
	const char *name, *state;
	bool is_lapsed;
	const char *lapsed;
	struct url directory, invite;
	struct colleagues_view present, past;
	struct membership_view *membership;
	size_t n_memberships;
	bool manages;
	const char *managers; /* whom to ask, for who does not manage */
};

struct area_form_view {
	struct area_view area;
	const char *title, *lead;
	struct tag_view back;
	struct form_view form;
	struct url end; /* ends a function at once */
	const char *end_told;
};

/* ---- working groups ----------------------------------------------------------------------- */

struct group_member_view {
	const char *name, *from, *email;
	struct url email_url;
	const char *slug; /* may be taken out: of the form */
	const char *note; /* "coordonne le groupe" */
};

struct group_view {
	struct area_view area;
	const char *name, *coordinator;
	struct html description;
	struct entries_view entries;
	struct group_member_view *member;
	size_t n_members;
	const char *count;
	bool coordinates;
	struct url add, remove, here;
	const char *sought; /* the words typed */
	const char *found_told;
	struct group_member_view *found;
	size_t n_found;
};

/* ---- one's data ----------------------------------------------------------------------------- */

struct fact_view {
	const char *label, *words;
};

struct my_data_view {
	struct area_view area;
	struct fact_view *fact;
	size_t n_facts;
};

struct leave_view {
	struct area_view area;
	const char *refused;    /* why not */
	const char *left_alone; /* what is left without anyone */
	struct form_view form;
};

struct privacy_view {
	struct frame_view frame;
	const char *publisher;
	struct fact_view *kept; /* for how long */
	size_t n_kept;
};

/* ---- asking for a closed resource -------------------------------------------------------------
 */

struct ask_view {
	struct frame_view frame;
	const char *title, *who;
	struct url resource;
	const char *state, *answer; /* of the last request */
	bool can_ask;
	struct form_view form;
};

/* ---- templates ---------------------------------------------------------------------------------
 */

/* The frame and the list of the area's pages, for pages that tell what was done by themselves. */
void area_open(struct out *o, const struct frame_view *v);
void area_close(struct out *o, const struct frame_view *v);

void area_begin(struct out *o, const struct area_view *v);
void area_end(struct out *o, const struct area_view *v);

void area_home_html(struct out *o, const struct area_home_view *v);
void area_saved_html(struct out *o, const struct area_list_view *v);
void area_groups_html(struct out *o, const struct area_list_view *v);
void area_form_html(struct out *o, const struct area_form_view *v);
void profile_html(struct out *o, const struct profile_view *v);
void area_organisation_html(struct out *o, const struct area_organisation_view *v);
void no_organisation_html(struct out *o, const struct area_list_view *v);
void group_html(struct out *o, const struct group_view *v);
void my_data_html(struct out *o, const struct my_data_view *v);
void leave_html(struct out *o, const struct leave_view *v);
void privacy_html(struct out *o, const struct privacy_view *v);
void ask_html(struct out *o, const struct ask_view *v);

#endif
