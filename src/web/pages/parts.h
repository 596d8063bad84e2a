/*
 * parts.h - what several pages show: entries, sessions, links, people.
 *
 * Everything here goes through the rule of access: what the reader of the request may
 * not have is left out.
 */
#ifndef WEB_PAGES_PARTS_H
#define WEB_PAGES_PARTS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/html.h"
#include "base/status.h"
#include "store/contribution.h"
#include "store/link.h"
#include "store/resource.h"
#include "store/session.h"
#include "web/request.h"
#include "web/views.h"

/* Names of links that a page has used: two links never have the same. */
struct names {
	const char **name;
	size_t n_names, capacity;
};

/* Set as French is set, for display. */
const char *say(const struct request *req, const char *text);

/*
 * A text for display: set as French is set, and each table inside a box that scrolls by
 * itself and can be reached by keyboard. Empty stays empty.
 */
struct html say_markup(const struct request *req, struct html markup);

/* "1 234" */
const char *number_in_words(struct arena *a, int64_t number);

/* "42 ressources, dont 6 réservées aux collectivités adhérentes" */
const char *resources_in_words(struct arena *a, int64_t n, int64_t n_closed);

/* What a resource that this reader may not read is, or NULL when they may. */
const char *closed_words(const struct resource *r);

struct when_view when_published(struct arena *a, const struct resource *r);
struct url file_url(struct arena *a, const char *id, const char *name);
struct url resource_url(struct arena *a, const char *slug);
struct entry_view entry_of(const struct request *req, const struct resource *r);
struct entries_view entries_of(const struct request *req, const struct resource_list *list);
struct tags_view tags_of_resources(const struct request *req, const char *label,
				   const struct resource_list *list);

/* ---- sessions ------------------------------------------------------------------ */

bool session_is_past(const struct request *req, const struct session *s);

/* "Webinaire" or "Séance": a session is called by the second only when it is no webinar. */
const char *session_word(const struct request *req, const struct session *s);
struct session_view session_of(const struct request *req, const struct session *s);

/* With links to what was kept of those past: recording, report. */
CHECKED enum status sessions_of(struct request *req, const struct session *session, size_t n,
				struct names *names, struct sessions_view *v);

/* ---- links and people --------------------------------------------------------------- */

/* Where an owner's links lead; those of the role "related" are left to related_of(). */
CHECKED enum status actions_of(struct request *req, enum owner owner, int64_t id,
			       const struct object *object, const char *title, struct names *names,
			       struct actions_view *v);
CHECKED enum status related_of(struct request *req, enum owner owner, int64_t id,
			       const struct object *object, struct tags_view *v);

/* The action people come for is taken out of the list; its verb is NULL when there is none. */
struct action_view take_main(struct actions_view *v);

/* Leaves out those of a role. */
void drop_role(struct actions_view *v, const char *role);

/* "Voir le replay", " : …". A second one of the same name on a page gets a number. */
struct action_view action_named(struct request *req, struct names *names, const char *role,
				const char *label, const char *title);

enum people { EVERYONE, SPEAKERS, ALL_BUT_SPEAKERS };

CHECKED enum status credits_of(struct request *req, enum owner owner, int64_t id,
			       const struct object *object, enum people people,
			       struct credits_view *v);

#endif
