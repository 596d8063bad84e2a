/*
 * account_kit.h - what the pages of accounts share.
 */
#ifndef WEB_PAGES_ACCOUNT_KIT_H
#define WEB_PAGES_ACCOUNT_KIT_H

#include <stdbool.h>
#include <stdint.h>

#include "mail/account_letter.h"
#include "store/login.h"
#include "store/person.h"
#include "web/form.h"
#include "web/limiter.h"
#include "web/request.h"
#include "web/response.h"
#include "web/views_account.h"

/*
 * Links of a kind that lie unused in somebody's mailbox, drawn in so many seconds, which is what a
 * link to sign in lives; more are not sent, silently. Who asks for them in another's name cannot
 * shut them out: there is always one that works, or one more is sent.
 */
enum { LETTERS_AT_ONCE = 3, LETTERS_WITHIN = 1800 };

/* A page of accounts, in no cache. */
void account_frame(struct request *req, struct response *res, struct frame_view *f,
		   const char *title);

/* A code of 422 when the form was sent and refused. */
void account_code(struct response *res, const struct form *f);

/* ---- the page that was wanted ------------------------------------------------------ */

/* What "retour" tells, when it may be gone to; else NULL. */
const char *wanted_page(struct request *req);

/* `path` is one of ours, or NULL: kept when one may go there. */
const char *wanted_or_null(const char *path);

/* `path` with "retour" after it, when something is wanted. */
const char *path_wanting(struct request *req, const char *path, const char *wanted);
struct url url_wanting(struct request *req, const char *path, const char *wanted);

/* The hidden field that keeps it through a form. */
void form_keep_wanted(struct form *f);

/* ---- telling ----------------------------------------------------------------------- */

void add_way(struct tag_view *way, size_t *n, const char *label, struct url url);

/* A page that says something and leads on. */
void account_tell(struct request *req, struct response *res, struct account_told_view *v,
		  const char *title);

/*
 * The link of that purpose whose secret is in the address, and whose it is. NOT_FOUND when it is
 * none, or no longer.
 */
CHECKED enum status find_link(struct request *req, const char *purpose, struct token *t,
			      struct person *p);

/* The link was used, altered, or is too old: 410. */
enum status link_is_stale(struct request *req, struct response *res);

/* Too many attempts: 429, for `wait` seconds. The link by mail always works. */
enum status hold_back(struct request *req, struct response *res, int64_t wait);

/* ---- doing ------------------------------------------------------------------------- */

/* Of whoever it is, signed in or not. */
CHECKED enum status trace_of(struct request *req, int64_t person_id, const char *action,
			     const char *subject, const char *detail);

/* "person camille-aubry", or NULL for nobody. */
const char *subject_of(struct request *req, const struct person *p);

struct account_letter letter_to(struct request *req, const struct person *p);

/*
 * In the caller's transaction: signs in with a new session, whole when no second factor is asked
 * for, and leads on. `how` is told in the journal.
 */
CHECKED enum status enter_as(struct request *req, struct response *res, const struct person *p,
			     bool is_whole, const char *how, const char *wanted);

/* Whether this person may be sent one more link of this purpose (see store/login.h). */
CHECKED enum status letter_is_due(struct request *req, const struct person *p, const char *purpose,
				  bool *is_due);

/*
 * Answers that must not tell by their time what was done for them leave a whole number of
 * EVEN_MS after the question came. In threads for what is slow alone: it sleeps.
 */
enum { EVEN_MS = 40 };

int64_t even_begin(void);
void even_end(int64_t began);

/* ---- passwords and codes ----------------------------------------------------------- */

/* Notes in the form what is wrong with a new password. */
void expect_password(struct form *f, struct field_view *field, const struct person *p);

/* A field for a new password, with its rules. */
struct field_view *new_password_field(struct form *f, const char *name);

enum proof { PROVEN, NOT_PROVEN, HELD_BACK };

/*
 * A code of the telephone, or one of recovery; in the caller's transaction. A code is used by
 * being proven. `typed` is never NULL.
 */
CHECKED enum status prove_by_code(struct request *req, int64_t person_id,
				  const struct credentials *c, const char *typed,
				  enum proof *proof);
CHECKED enum status prove_by_recovery(struct request *req, int64_t person_id, const char *typed,
				      enum proof *proof);

/*
 * The password; with `code_too` a code of the telephone instead, where there is a second factor:
 * for what a session that was left open must not be enough for. Counts against the limits; *wait is
 * set when HELD_BACK. Takes argon2id's time, and no transaction may be open.
 */
CHECKED enum status prove(struct request *req, const struct person *p, const struct credentials *c,
			  const char *typed, bool code_too, enum proof *proof, int64_t *wait);

/* Recovery codes as they are shown, and as they are kept. */
enum { RECOVERY_CODES = 10 };

CHECKED enum status recovery_draw(struct request *req, int64_t person_id, const char ***code);

#endif
