#include "base/totp.h"

#include <liboath/oath.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/html.h"

enum { SECRET_BYTES = 20 /* RFC 4226, 4: R6 */, STEPS_OFF = 1 };

const char *totp_draw(struct arena *a)
{
	char bytes[SECRET_BYTES], *text;
	size_t length;
	const char *secret;

	randombytes_buf(bytes, sizeof(bytes));
	if (oath_base32_encode(bytes, sizeof(bytes), &text, &length) != OATH_OK)
		die("out of memory");
	sodium_memzero(bytes, sizeof(bytes));
	secret = arena_strndup(a, text, length);
	free(text);
	return secret;
}

/* To be freed; NULL when it is none. */
static char *read_secret(const char *secret, size_t *length)
{
	char *bytes;

	if (oath_base32_decode(secret, strlen(secret), &bytes, length) != OATH_OK)
		return NULL;
	return bytes;
}

/* False when there are more or fewer than six figures. */
static bool read_figures(const char *typed, char code[TOTP_FIGURES + 1])
{
	size_t n = 0;

	for (; *typed; typed++) {
		if (*typed == ' ')
			continue;
		if (*typed < '0' || *typed > '9' || n == TOTP_FIGURES)
			return false;
		code[n++] = *typed;
	}
	code[n] = '\0';
	return n == TOTP_FIGURES;
}

bool totp_check(const char *secret, const char *typed, int64_t now, int64_t *step)
{
	char code[TOTP_FIGURES + 1], *bytes;
	size_t length;
	uint64_t counter = 0;
	int off, found = -1;

	if (!read_figures(typed, code))
		return false;
	bytes = read_secret(secret, &length);
	if (bytes)
		found = oath_totp_validate3(bytes, length, (time_t)now, TOTP_SECONDS, 0, STEPS_OFF,
					    &off, &counter, code);
	free(bytes);
	*step = (int64_t)counter;
	return found >= 0;
}

bool totp_code(const char *secret, int64_t now, char code[TOTP_FIGURES + 1])
{
	size_t length;
	char *bytes = read_secret(secret, &length);
	bool is_made = bytes && oath_totp_generate(bytes, length, (time_t)now, TOTP_SECONDS, 0,
						   TOTP_FIGURES, code) == OATH_OK;

	free(bytes);
	return is_made;
}

/* Applications show the first part of the path as it is told by issuer. */
const char *totp_address(struct arena *a, const char *site, const char *account, const char *secret)
{
	const char *issuer = url_path(a, "", site).address;

	return arena_printf(a, "otpauth://totp/%s:%s?secret=%s&issuer=%s", issuer,
			    url_path(a, "", account).address, secret, issuer);
}
