/*
 * views_account.h - what the pages of accounts show: signing in, passwords, the second factor,
 * sessions. As in views.h.
 */
#ifndef WEB_VIEWS_ACCOUNT_H
#define WEB_VIEWS_ACCOUNT_H

#include "web/form_view.h"
#include "web/views_area.h"

enum { ACCOUNT_WORDS = 4, ACCOUNT_WAYS = 3 };

/* Words, one form, and other ways to what one came for. */
struct account_form_view {
	struct frame_view frame;
	const char *words[ACCOUNT_WORDS];
	struct form_view form;
	struct form_view other; /* folded; no action when there is none */
	const char *other_title;
	struct tag_view way[ACCOUNT_WAYS];
	size_t n_ways;
};

/* Words, and where to go on. */
struct account_told_view {
	struct frame_view frame;
	const char *words[ACCOUNT_WORDS];
	struct tag_view way[ACCOUNT_WAYS];
	size_t n_ways;
};

/* A browser in which one is signed in. */
struct device_view {
	const char *name; /* "Firefox sur Windows" */
	const char *since, *last, *from;
	bool is_this;
	struct url end;
	const char *end_label; /* "Déconnecter Firefox sur Windows, vu le …" */
};

struct security_view {
	struct area_view area;
	const char *email;
	bool is_out_of_reach; /* what was sent there last did not arrive */
	const char *password_words;
	struct form_view password, address; /* no action: nothing to fill in */
	struct url by_link;                 /* when a link is needed first */
	const char *factor_words;
	struct tag_view factor;
	struct device_view *device;
	size_t n_devices;
	bool has_others;
};

struct factor_view {
	struct area_view area;
	const char *words[ACCOUNT_WORDS];
	struct form_view start, confirm, codes, remove; /* no action: not now */
	const char *key;                                /* in groups of four */
	const char *qr_box, *qr_path;
	int qr_size;
	struct url address; /* of the same, for the telephone one reads it on */
	const char *left;   /* how many recovery codes are left */
	const char *kept;   /* why it may not be taken away, or NULL */
};

struct codes_view {
	struct area_view area;
	const char **code;
	size_t n_codes;
};

void account_form_html(struct out *o, const struct account_form_view *v);
void account_told_html(struct out *o, const struct account_told_view *v);
void security_html(struct out *o, const struct security_view *v);
void factor_html(struct out *o, const struct factor_view *v);
void codes_html(struct out *o, const struct codes_view *v);

#endif
