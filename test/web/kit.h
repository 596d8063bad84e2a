/*
 * kit.h - the site as people meet it, signed in or not, without a socket: what is asked goes
 * through the map of the site with a real session.
 */
#ifndef TEST_WEB_KIT_H
#define TEST_WEB_KIT_H

#include "fixture.h"
#include "store/access_request.h"
#include "store/person.h"

/* Monday 23 November 2026, 10:00 in Paris. */
#define NOW 1795424400

struct answer {
	int code;
	const char *body, *location; /* "" when there is none */
	const char *cookie;          /* NULL when none is set */
};

void must(enum status status);

int64_t add_organisation(struct fixture *fix, const char *slug, const char *from, const char *to);
/* With the address "prenom@exemple.fr", and shown or not in the directory. */
int64_t add_person(struct fixture *fix, const char *given, const char *family, bool is_shown);
int64_t add_function(struct fixture *fix, int64_t person, int64_t organisation, const char *kind,
		     bool is_manager);

/* Signs in; the session is asked with. */
const char *sign_in(struct fixture *fix, int64_t person);

/* `session` is NULL for nobody. `form` is as a browser sends it. */
struct answer get(struct fixture *fix, const char *session, const char *address);
struct answer post(struct fixture *fix, const char *session, const char *address, const char *form);

/* As a page of another site would, in the browser of someone who is signed in. */
struct answer post_from(struct fixture *fix, const char *session, const char *origin,
			const char *address, const char *form);

/* A GET that must be 200: its body. */
const char *page(struct fixture *fix, const char *session, const char *address);

/* How many lines of the journal have this action and hold these words in subject or detail. */
int count_traces(struct fixture *fix, const char *action, const char *words);

int64_t one_number(struct fixture *fix, const char *sql);

#define assert_holds(body, words) assert_non_null(strstr((body), (words)))
#define assert_lacks(body, words) assert_null(strstr((body), (words)))

#endif
