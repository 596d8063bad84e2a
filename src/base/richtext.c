#include "base/richtext.h"

#include <string.h>

#include "base/arena.h"
#include "base/richtext_chars.h"
#include "base/richtext_tree.h"
#include "base/richtext_ways.h"
#include "base/text.h"

/* Bytes that cannot begin anything that is dropped. */
static bool is_plain(unsigned char c)
{
	return (c >= ' ' && c < 0x7f) || (c >= 0x80 && c < 0xef && c != 0xc2);
}

const char *richtext_sift(struct arena *a, const char *markup, size_t length)
{
	char *copy = arena_strndup(a, markup, length), *to = copy, *end = copy + length;
	size_t size;

	for (char *at = copy; at < end; at += size) {
		unsigned c;

		if (is_plain((unsigned char)*at)) {
			size = 1;
			*to++ = *at;
			continue;
		}
		c = utf8_decode(at, &size);
		if (c != '\t' && richtext_is_blank(c)) {
			size += c == '\r' && at[1] == '\n';
			*to++ = '\n';
		} else if (c == '\t' || !richtext_drops(c)) {
			memmove(to, at, size);
			to += size;
		}
	}
	*to = '\0';
	return copy;
}

typedef bool way_fn(struct richtree *t, const char *markup);

/* What has grown too large to be given back is refused too. */
static bool keep(struct arena *a, const struct out *o, struct html *clean)
{
	if (o->length > RICHTEXT_MAX)
		return false;
	*clean = html_trusted(arena_strndup(a, out_string(o), o->length));
	return true;
}

static bool go(way_fn *way, struct arena *a, const char *markup, struct html *clean)
{
	struct arena *scratch = arena_new();
	struct richtree t;
	struct out o;
	bool done;

	richtree_init(&t, scratch);
	out_init(&o);
	done = way(&t, markup);
	if (done) {
		richtree_write(&t, &o);
		done = keep(a, &o, clean);
	}
	out_release(&o);
	richtree_release(&t);
	arena_free(scratch);
	return done;
}

enum status richtext_clean(struct arena *a, const char *markup, size_t length, struct html *clean)
{
	const char *sifted;

	*clean = HTML("");
	if (length > RICHTEXT_MAX || utf8_valid_length(markup, length) != length)
		return INVALID;
	sifted = richtext_sift(a, markup, length);
	if (go(richtext_read_straight, a, sifted, clean) ||
	    go(richtext_read_with_gumbo, a, sifted, clean))
		return OK;
	return INVALID;
}
