/*
 * totp.h - the codes of a telephone: RFC 6238 as every application of the kind knows it, SHA-1,
 * six figures, thirty seconds. A clock that is a step off is forgiven.
 */
#ifndef BASE_TOTP_H
#define BASE_TOTP_H

#include <stdbool.h>
#include <stdint.h>

struct arena;

enum { TOTP_SECONDS = 30, TOTP_FIGURES = 6 };

/* 160 bits at random, in base 32: 32 characters. */
const char *totp_draw(struct arena *a);

/* Blanks in what is typed do not matter. *step is the one it is the code of: use it once. */
bool totp_check(const char *secret, const char *typed, int64_t now, int64_t *step);

/* The code of that moment, for tests. False when the secret is none. */
bool totp_code(const char *secret, int64_t now, char code[TOTP_FIGURES + 1]);

/* "otpauth://totp/…": what the picture to be scanned holds. */
const char *totp_address(struct arena *a, const char *site, const char *account,
			 const char *secret);

#endif
