/* richtext_lost.c - what a text loses at the door, to be told to who wrote it. */
#include "base/richtext.h"

#include <string.h>

#include "base/arena.h"
#include "base/out.h"
#include "base/richtext_tags.h"

enum { TOLD_MAX = 12 };

#define LETTERS         "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
#define NAME_CHARACTERS LETTERS "0123456789-:"

/* What goes without anyone seeing a difference is not worth a word. */
static bool is_seen(GumboTag tag)
{
	switch (tag) {
	case GUMBO_TAG_HTML:
	case GUMBO_TAG_HEAD:
	case GUMBO_TAG_META:
	case GUMBO_TAG_LINK:
	case GUMBO_TAG_BASE:
	case GUMBO_TAG_TITLE:
	case GUMBO_TAG_SPAN:
	case GUMBO_TAG_WBR:
	case GUMBO_TAG_TIME:
	case GUMBO_TAG_LABEL:
	case GUMBO_TAG_BDI:
	case GUMBO_TAG_BDO:
	case GUMBO_TAG_COL:
	case GUMBO_TAG_COLGROUP:
	case GUMBO_TAG_DATA:
	case GUMBO_TAG_DFN:
		return false;
	case GUMBO_TAG_FORM:
	case GUMBO_TAG_DETAILS:
		return true;
	default:
		return richtext_tag[tag].kind < LINE && richtext_tag[tag].kind != BREAK;
	}
}

/* Past a comment, or what a script or a style holds. */
static const char *pass(const char *at, const char *end)
{
	const char *found = strcasestr(at, end);

	return found ? found + strlen(end) : at + strlen(at);
}

/* Past the end of a tag: what stands between quotes is no part of the markup. */
static const char *pass_tag(const char *at)
{
	while (*at && *at != '>') {
		const char *end = *at == '"' || *at == '\'' ? strchr(at + 1, *at) : NULL;

		at = end ? end + 1 : at + 1;
	}
	return at;
}

/* The name of the tag that begins at or after *at, which moves past it; NULL when there is none. */
static const char *take_name(struct arena *a, const char **at)
{
	const char *name;

	while ((*at = strchr(*at, '<'))) {
		size_t length = strspn(++*at, LETTERS);

		length = length ? strspn(*at, NAME_CHARACTERS) : 0;
		if (!strncmp(*at, "!--", 3))
			*at = pass(*at, "-->");
		if (!length)
			continue;
		name = arena_strndup(a, *at, length);
		*at = pass_tag(*at + length);
		return name;
	}
	return NULL;
}

static bool is_told(const struct out *o, const char *shown)
{
	return strcasestr(out_string(o), shown) != NULL;
}

const char *richtext_lost(struct arena *a, const char *markup)
{
	const char *name, *lost = NULL;
	struct out o;
	int n = 0;

	out_init(&o);
	while (markup && n < TOLD_MAX && (name = take_name(a, &markup))) {
		GumboTag tag = gumbo_tagn_enum(name, (unsigned)strlen(name));
		const char *shown = arena_printf(a, "<%s>", name);

		if (richtext_tag[tag].kind == RAW)
			markup = pass(markup, arena_printf(a, "</%s", name));
		/* What comes from a word processor holds "o:p" everywhere. */
		if (!is_seen(tag) || strchr(name, ':') || is_told(&o, shown))
			continue;
		out_printf(&o, "%s%s", n++ ? ", " : "", shown);
	}
	if (n)
		lost = arena_strdup(a, out_string(&o));
	out_release(&o);
	return lost;
}
