/*
 * account.h - who is behind a request: the session of a browser, begun and ended, and the trace
 * that is left of what people do.
 */
#ifndef WEB_ACCOUNT_H
#define WEB_ACCOUNT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/status.h"
#include "web/request.h"
#include "web/response.h"

/* For the map of the site: fills req->login and req->reader. */
enum status account_identify(struct request *req);

/*
 * Begins a session in this browser and sets its cookie; one that was under way ends, so that
 * nobody goes on in a session that another knew of. `is_whole` is false while the second factor
 * is missing. In the caller's transaction.
 */
CHECKED enum status account_begin(struct request *req, struct response *res, int64_t person_id,
				  bool is_whole);

/* Ends the session under way, and takes the cookie away. */
CHECKED enum status account_end(struct request *req, struct response *res);

/*
 * Where to go on: `path` when it is a path of this site, else `otherwise`. What leads to another
 * site, or could be read so by a browser, is not followed.
 */
const char *account_return(const char *path, const char *otherwise);

/* Leaves a trace of what this reader does, now, from where they are. */
CHECKED enum status audit_here(struct request *req, const char *action, const char *subject,
			       const char *detail);

/* The day it is, in Paris: "2026-05-31". */
const char *today(const struct request *req);

#endif
