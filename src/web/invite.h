/*
 * invite.h - opens an account to someone: a letter with a link to choose a first password.
 */
#ifndef WEB_INVITE_H
#define WEB_INVITE_H

#include "base/status.h"
#include "web/request.h"

struct person;

/*
 * In the caller's transaction: draws a link that is good for fourteen days and queues the letter
 * that holds it. It may be done again; someone who has a password already is told where to sign in
 * instead. INVALID, and nothing done, when the person has no address. The trace is the caller's:
 * "person-added" for whoever adds one.
 */
CHECKED enum status account_invite(struct request *req, const struct person *p);

#endif
