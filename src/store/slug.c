#include "store/slug.h"

#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"

/* Long enough to tell titles apart, short enough to be said. */
enum { SLUG_MADE = 80 };

bool slug_is_valid(const char *slug)
{
	size_t n = strlen(slug);

	if (n == 0 || n > SLUG_MAX || slug[0] == '-' || slug[n - 1] == '-')
		return false;
	return strspn(slug, "abcdefghijklmnopqrstuvwxyz0123456789-") == n && !strstr(slug, "--");
}

const char *slug_for(struct arena *a, const char *title, const char *otherwise)
{
	const char *slug = text_slug(a, title, SLUG_MADE);

	return *slug ? slug : otherwise;
}

const char *slug_numbered(struct arena *a, const char *slug, int number)
{
	char end[16];
	size_t room;

	snprintf(end, sizeof(end), "-%d", number);
	room = SLUG_MAX - strlen(end);
	return arena_printf(a, "%.*s%s", (int)room, slug, end);
}
