/*
 * visitor.h - a browser without a network: asks the site for pages, keeps its cookie, sends forms
 * as the pages of this site do.
 */
#ifndef TEST_WEB_VISITOR_H
#define TEST_WEB_VISITOR_H

#include "fixture.h"
#include "web/limiter.h"

/* Monday 23 November 2026, 10:00 in Paris. */
enum { VISITED_AT = 1795424400 };

struct visitor {
	struct fixture *fix;
	const char *address, *agent;
	const char *origin; /* of its forms; the site's own */
	struct limiter *limiter;
	int64_t now;

	/* What it holds and what came last. */
	const char *cookie;
	int code;
	const char *body, *location; /* never NULL */
	const char *headers;         /* "Name: value\n" each */
};

struct visitor visitor_new(struct fixture *fix);

/* The body, whatever the code. */
const char *visit(struct visitor *v, const char *address);

/* `form` is as it is sent: "courriel=a%40b.fr&mot_de_passe=…". */
const char *send_form(struct visitor *v, const char *address, const char *form);

/* What follows `before` in the last letter of the outbox, to the next blank; fails without one. */
const char *last_link(struct fixture *fix, const char *before);
int64_t count_letters(struct fixture *fix);

/* One number out of the database: "SELECT count(*) FROM …" */
int64_t number_of(struct fixture *fix, const char *sql);

#define assert_holds(body, words) assert_non_null(strstr((body), (words)))
#define assert_lacks(body, words) assert_null(strstr((body), (words)))

#endif
