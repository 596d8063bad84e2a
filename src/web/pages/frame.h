/*
 * frame.h - what every page has around it.
 */
#ifndef WEB_PAGES_FRAME_H
#define WEB_PAGES_FRAME_H

#include <stdint.h>

#include "base/html.h"
#include "base/status.h"
#include "feed/identity.h"
#include "web/request.h"
#include "web/response.h"
#include "web/views.h"

/* In the order of the navigation. */
enum section { IN_RESOURCES, IN_COLLECTIONS, IN_AGENDA, IN_DIRECTORY, NO_SECTION };

/*
 * A page called `title`, at `path` of this site; an empty path is a page that has no
 * address worth keeping, such as an error.
 */
void frame_fill(struct request *req, struct frame_view *f, enum section section, const char *title,
		struct url path);

/* One more step of the way to the page; home and the page itself are shown without it. */
void frame_way(struct frame_view *f, const char *label, struct url url);

/* A setting, or its initial value when the database does not answer. */
const char *setting_of(struct request *req, const char *name);

/* The absolute address of a path. */
const char *absolute(const struct request *req, const char *path);

/* Words for a description: the text of a public summary, cut to one line. */
const char *description_of(struct arena *a, struct html summary);

/* Whose site it is, for what is told to machines. */
CHECKED enum status identity_of(struct request *req, struct identity *site);

/* 400, with what was wrong with the parameters; the words of a search are kept in the box. */
enum status refuse(struct request *req, struct response *res, const char *words);

/* For a name that leads nowhere: it may be one of an earlier site. */
enum status not_here(struct request *req, struct response *res);

/* The answer may be kept until something begins or ends, and at most until midnight. */
enum status keep_until_next_moment(struct request *req, struct response *res);

#endif
