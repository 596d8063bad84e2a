#include <string.h>

#include "base/arena.h"
#include "base/richtext.h"
#include "base/richtext_chars.h"
#include "base/richtext_tree.h"
#include "base/text.h"

static void forget(struct out *o)
{
	o->length = 0;
	if (o->data)
		o->data[0] = '\0';
}

static void flush(struct richtree *t)
{
	const char *text;

	if (!t->plain.length)
		return;
	text = richtext_in_nfc(t->a, t->plain.data, t->plain.length);
	/* Behind a '>' it would be composed with it, by whoever puts the whole in NFC. */
	if (!strncmp(text, "\u0338", 2)) {
		out_raw(&t->text, "&#x338;");
		text += 2;
	}
	richtext_escape(&t->text, text, "&<>");
	forget(&t->plain);
}

static void close_down_to(struct richtree *t, size_t n_open)
{
	if (t->n_open > n_open)
		flush(t);
	while (t->n_open > n_open) {
		out_raw(&t->text, "</");
		out_raw(&t->text, gumbo_normalized_tagname(t->open[--t->n_open].tag));
		out_char(&t->text, '>');
	}
}

void richtree_write_tag(struct out *o, GumboTag tag, const char *written_attributes)
{
	out_char(o, '<');
	out_raw(o, gumbo_normalized_tagname(tag));
	out_raw(o, written_attributes);
	out_char(o, '>');
}

static void open_one(struct richtree *t, const struct inline_tag *tag)
{
	flush(t);
	richtree_write_tag(&t->text, tag->tag, tag->attributes);
	*arena_push(t->a, t->open, t->n_open, t->open_capacity) = *tag;
}

/* How many tags may be open where the run is. */
static size_t room(const struct richtree *t)
{
	size_t left = (size_t)(RICHTEXT_DEPTH - t->run->depth);

	return t->now.n_inline < left ? t->now.n_inline : left;
}

bool richtree_is_verbatim(const struct richtree *t)
{
	return t->now.wrapper == GUMBO_TAG_PRE;
}

static void write_breaks(struct richtree *t)
{
	flush(t);
	for (; t->breaks; t->breaks--)
		out_raw(&t->text, "<br>");
}

/* In pre: of the blanks before the first character, those of its line. */
static void write_held(struct richtree *t)
{
	const char *held = out_string(&t->held);
	const char *line = t->has_content ? NULL : strrchr(held, '\n');

	out_raw(&t->plain, line ? line + 1 : held);
	forget(&t->held);
}

static void write_blanks(struct richtree *t)
{
	if (richtree_is_verbatim(t))
		write_held(t);
	else if (t->has_content && t->breaks)
		write_breaks(t);
	else if (t->has_content && t->blank)
		out_char(&t->plain, ' ');
	t->breaks = 0;
	t->blank = false;
}

static void start_run(struct richtree *t)
{
	t->run = richtree_node(t, t->now.wrapper, t->now.wrapper_attributes);
	t->run->is_run = true;
	t->run->parent = richtree_flow(t);
	t->run->depth = t->run->parent->depth + 1;
	t->run->begins = t->text.length;
	t->has_content = t->has_ink = false;
	t->n_open = 0;
}

/* Closes what is open no more, writes what was held back, opens what is wanted. */
static void get_in_step(struct richtree *t)
{
	size_t n, same = 0;

	if (!t->run)
		start_run(t);
	n = room(t);
	while (same < n && same < t->n_open && t->open[same].id == t->wanted[same].id)
		same++;
	close_down_to(t, same);
	write_blanks(t);
	while (t->n_open < n)
		open_one(t, &t->wanted[t->n_open]);
	t->in_step = true;
}

static void put(struct richtree *t, const char *text, size_t length)
{
	if (!t->in_step)
		get_in_step(t);
	out_bytes(&t->plain, text, length);
	t->has_content = true;
}

void richtree_end_run(struct richtree *t)
{
	struct node *run = t->run;

	t->blank = t->in_step = false;
	t->breaks = 0;
	forget(&t->held);
	t->run = NULL;
	if (!run)
		return;
	flush(t);
	close_down_to(t, 0);
	run->ends = t->text.length;
	if (t->has_ink)
		richtree_append(run->parent, run);
}

static void hold_blank(struct richtree *t, char c)
{
	t->in_step = false;
	if (richtree_is_verbatim(t))
		out_char(&t->held, c);
	else
		t->blank = true;
}

void richtree_hold_break(struct richtree *t)
{
	t->in_step = false;
	if (richtree_is_verbatim(t))
		out_char(&t->held, '\n');
	else
		t->breaks += t->run != NULL;
}

/* Bytes that cannot begin a blank, a no-break space or anything dropped. */
static bool is_plain(unsigned char c)
{
	return (c > ' ' && c < 0x7f) || (c >= 0x80 && c < 0xef && c != 0xc2 && c != 0xe2);
}

/* One character that is not is_plain(). */
static void put_special(struct richtree *t, const char *at, size_t size, unsigned c)
{
	if (c == '\r' && at[1] == '\n')
		return;
	if (richtext_is_blank(c)) {
		hold_blank(t, (char)(c == ' ' || c == '\t' ? c : '\n'));
	} else if (!richtext_drops(c)) {
		put(t, at, size);
		t->has_ink |= c != 0xa0;
	}
}

void richtree_text(struct richtree *t, const char *text, size_t length)
{
	const char *end = text + length;

	while (text < end) {
		const char *from = text;

		while (text < end && is_plain((unsigned char)*text))
			text++;
		if (text > from) {
			put(t, from, (size_t)(text - from));
			t->has_ink = true;
		} else {
			size_t size;
			unsigned c = utf8_decode(text, &size);

			put_special(t, text, size, c);
			text += size;
		}
	}
}
