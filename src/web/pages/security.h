/*
 * security.h - what the files of /espace/securite share.
 */
#ifndef WEB_PAGES_SECURITY_H
#define WEB_PAGES_SECURITY_H

#include "web/pages/account_kit.h"

/* The person, and the two forms of the page; one of them may be the one that was sent. */
struct security {
	struct person person;
	struct credentials credentials;
	/* Signed in by a link out of the mail a moment ago: proof enough for what asks for it. */
	bool is_fresh;
	struct form password, address;
	struct field_view *present, *chosen; /* present is NULL when it is not asked for */
	struct field_view *email, *proof;    /* the same for proof */
};

enum security_form { NO_FORM, PASSWORD_FORM, ADDRESS_FORM };

/* `sent` is the form that this POST is of. */
CHECKED enum status security_read(struct request *req, struct security *s, enum security_form sent);

CHECKED enum status security_write(struct request *req, struct response *res, struct security *s);

/* Who it is, with what they have. */
CHECKED enum status self(struct request *req, struct person *p, struct credentials *c);

/* Whether this session was begun by a link out of the mail a moment ago. */
CHECKED enum status came_by_link(struct request *req, bool *is_fresh);

/* "Mot de passe actuel". */
struct field_view *present_password_field(struct form *f, const char *name);

/*
 * The present password, where the form asks for it (`field` may be NULL): what is wrong is noted.
 * *is_held tells that there were too many tries, and that the answer is written. Takes argon2id's
 * time, and no transaction may be open.
 */
CHECKED enum status check_present(struct request *req, struct response *res, const struct person *p,
				  const struct credentials *c, struct form *f,
				  struct field_view *field, bool *is_held);

/*
 * Another session in place of the one under way, and no other: what it may has changed. Links that
 * were asked for before are good no more. In the caller's transaction.
 */
CHECKED enum status begin_anew(struct request *req, struct response *res);

/* 303 to `path`, told what was done there: a word of `fait`. */
void go_and_tell(struct request *req, struct response *res, const char *path, const char *done);

/* The words for it, or NULL. */
const char *done_in_words(struct request *req);

#endif
