#include "base/email.h"

#include <string.h>

#include "base/arena.h"

bool email_is_good(const char *email)
{
	const char *at = strchr(email, '@');

	return at && at != email && strchr(at, '.') && !strchr(at + 1, '@') && strlen(email) <= 254;
}

const char *email_key(struct arena *a, const char *email)
{
	char *key = arena_strdup(a, email);

	for (char *c = key; *c; c++)
		if (*c >= 'A' && *c <= 'Z')
			*c = (char)(*c - 'A' + 'a');
	return key;
}
