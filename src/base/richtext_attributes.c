#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "base/html.h"
#include "base/richtext_chars.h"
#include "base/richtext_tree.h"
#include "base/text.h"

/* Without what text_check() drops, in NFC, blanks made one, none at the ends. */
static const char *squeezed(struct richtree *t, const char *value)
{
	struct out o;
	const char *clean;
	bool blank = false;
	size_t size;

	out_init(&o);
	for (; *value; value += size) {
		unsigned c = utf8_decode(value, &size);

		if (richtext_is_blank(c)) {
			blank = o.length > 0;
		} else if (!richtext_drops(c)) {
			if (blank)
				out_char(&o, ' ');
			blank = false;
			out_bytes(&o, value, size);
		}
	}
	clean = arena_strdup(t->a, richtext_in_nfc(t->a, out_string(&o), o.length));
	out_release(&o);
	return clean;
}

static const char *read_href(struct richtree *t, const char *value)
{
	const char *address = squeezed(t, value);

	return url_is_safe(address) ? address : NULL;
}

static const char *read_title(struct richtree *t, const char *value)
{
	const char *title = squeezed(t, value);

	return *title ? title : NULL;
}

/* BCP 47, roughly. */
static const char *read_lang(struct richtree *t, const char *value)
{
	size_t length = strlen(value);

	(void)t;
	return length >= 2 && length <= 35 &&
			       strspn(value, "abcdefghijklmnopqrstuvwxyz-"
					     "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789") == length
		       ? value
		       : NULL;
}

/* An integer between two, written as plainly as can be; NULL for `usual`, which says nothing. */
static const char *read_integer(struct richtree *t, const char *value, long min, long max,
				long usual)
{
	bool is_negative = *value == '-';
	const char *digit = value + (*value == '-' || *value == '+');
	long n = 0;

	if (!*digit)
		return NULL;
	for (; *digit; digit++) {
		if (*digit < '0' || *digit > '9' || n > max)
			return NULL;
		n = n * 10 + (*digit - '0');
	}
	if (is_negative)
		n = -n;
	return n < min || n > max || n == usual ? NULL : arena_printf(t->a, "%ld", n);
}

static const char *read_start(struct richtree *t, const char *value)
{
	return read_integer(t, value, -1000000, 1000000, 1);
}

static const char *read_colspan(struct richtree *t, const char *value)
{
	return read_integer(t, value, 1, 1000, 1);
}

static const char *read_rowspan(struct richtree *t, const char *value)
{
	return read_integer(t, value, 0, 65534, 1);
}

static const char *read_scope(struct richtree *t, const char *value)
{
	static const char *const scope[] = { "row", "col", "rowgroup", "colgroup" };

	(void)t;
	for (size_t i = 0; i < sizeof(scope) / sizeof(*scope); i++)
		if (!strcasecmp(scope[i], value))
			return scope[i];
	return NULL;
}

typedef const char *read_fn(struct richtree *t, const char *value);

static read_fn *const read_value[N_ATTRIBUTES] = {
	[HREF] = read_href,   [TITLE] = read_title,     [LANG] = read_lang,
	[START] = read_start, [COLSPAN] = read_colspan, [ROWSPAN] = read_rowspan,
	[SCOPE] = read_scope,
};

static bool may_have(GumboTag tag, int attribute)
{
	return richtext_tag[tag].attributes & 1u << attribute;
}

const char *richtree_attributes(struct richtree *t, GumboTag tag, const char *const *value)
{
	struct out o;
	const char *written = NULL;

	if (!value)
		return NULL;
	out_init(&o);
	for (int i = 0; i < N_ATTRIBUTES; i++) {
		const char *kept = value[i] && may_have(tag, i) ? read_value[i](t, value[i]) : NULL;

		if (!kept)
			continue;
		out_char(&o, ' ');
		out_raw(&o, richtext_attribute[i]);
		out_raw(&o, "=\"");
		richtext_escape(&o, kept, "&<>\"");
		out_char(&o, '"');
	}
	if (o.length)
		written = arena_strndup(t->a, o.data, o.length);
	out_release(&o);
	return written;
}
