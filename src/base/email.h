/*
 * email.h - addresses of electronic mail (RFC 5321, 4.1.2), without quoted local parts.
 */
#ifndef BASE_EMAIL_H
#define BASE_EMAIL_H

#include <stdbool.h>

struct arena;

/* One "@", no blank, no control character, at most 254 bytes. */
bool email_is_good(const char *email);

/* The address as it is compared: in lower case. */
const char *email_key(struct arena *a, const char *email);

#endif
