/*
 * mail_address.h - addresses of e-mail: which are taken, and when two are the same.
 *
 * ASCII alone: an address with accents would need SMTPUTF8 of every server on its way.
 */
#ifndef BASE_MAIL_ADDRESS_H
#define BASE_MAIL_ADDRESS_H

#include <stdbool.h>

struct arena;

enum { MAIL_ADDRESS_MAX = 254 }; /* bytes; RFC 5321, 4.5.3.1.3, less the brackets */

/*
 * "anne.martin@exemple.fr": letters, figures and the marks of RFC 5322 before the only @, a
 * domain of at least two names after it, or "localhost". Neither blanks, comments, quotes nor
 * numeric addresses, which no person has and which only serve to mislead.
 */
bool mail_address_is_good(const char *address);

/*
 * For keeping and comparing: without blanks around, ASCII letters in lower case. Making the key
 * of a key changes nothing. What is no good address stays none.
 */
const char *mail_address_key(struct arena *a, const char *typed);

/* The host of "https://exemple.fr:8443", or NULL when it is none that mail could come from. */
const char *mail_domain_of(struct arena *a, const char *url);

#endif
