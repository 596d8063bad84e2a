#include "base/richtext.h"

#include <string.h>

#include "base/arena.h"
#include "base/richtext_chars.h"
#include "base/richtext_read.h"
#include "base/richtext_tree.h"
#include "base/text.h"

/* ---- to words -------------------------------------------------------------- */

/* What is written before the next word. */
struct words {
	struct out out, decoded;
	bool line, blank, bullet, cell; /* held back until then */
	bool row_has_words;
	size_t n_rows, n_verbatim; /* that are open */
};

static void separate(struct words *w)
{
	if (w->line && w->out.length)
		out_char(&w->out, '\n');
	else if (w->cell && w->row_has_words)
		out_raw(&w->out, " | ");
	else if (w->blank && w->out.length)
		out_char(&w->out, ' ');
	if (w->bullet)
		out_raw(&w->out, "• ");
	w->line = w->blank = w->bullet = w->cell = false;
	w->row_has_words = true;
}

/* A row is one line, whatever is in its cells. */
static void end_line(struct words *w)
{
	if (w->n_rows)
		w->blank = true;
	else
		w->line = true;
}

static bool is_blank(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r' && c != '\v');
}

/* Past words that stand one blank apart: as they are to be written. */
static const char *end_of_run(const char *at)
{
	for (;;) {
		/* Most are told by one comparison. */
		while ((unsigned char)*at > ' ' || (*at && !is_blank(*at)))
			at++;
		if (*at != ' ' || !at[1] || is_blank(at[1]))
			return at;
		at++;
	}
}

static void add_words(struct words *w, struct piece text)
{
	const char *at, *from;

	w->decoded.length = 0;
	markup_decode(&w->decoded, text, false);
	for (at = out_string(&w->decoded); *at;) {
		for (from = at; is_blank(*at); at++)
			if (w->n_verbatim && *at == '\n')
				end_line(w);
		w->blank |= at > from;
		from = at;
		at = end_of_run(at);
		if (at > from) {
			separate(w);
			out_bytes(&w->out, from, (size_t)(at - from));
		}
	}
}

static void add_text(struct words *w, const struct token *t)
{
	w->blank |= t->stands_apart;
	add_words(w, t->text);
	w->blank |= t->stands_apart;
}

static void begin_row(struct words *w)
{
	end_line(w);
	if (!w->n_rows++)
		w->row_has_words = false;
}

static void begin(struct words *w, GumboTag tag)
{
	switch (richtext_tag[tag].kind) {
	case INLINE:
		return;
	case ROW:
		begin_row(w);
		return;
	case VERBATIM:
		w->n_verbatim++;
		break;
	default:
		break;
	}
	end_line(w);
	if (tag == GUMBO_TAG_LI)
		w->bullet = true;
	if (tag == GUMBO_TAG_TD || tag == GUMBO_TAG_TH)
		w->cell = true;
}

static void end(struct words *w, GumboTag tag)
{
	enum kind kind = richtext_tag[tag].kind;

	if (kind == INLINE)
		return;
	if (kind == ROW && w->n_rows)
		w->n_rows--;
	if (kind == VERBATIM && w->n_verbatim)
		w->n_verbatim--;
	if (tag == GUMBO_TAG_LI)
		w->bullet = false;
	if (tag == GUMBO_TAG_TR)
		w->cell = false;
	end_line(w);
}

const char *richtext_to_text(struct arena *a, struct html markup)
{
	struct words w = { .n_rows = 0 };
	struct markup_reader r;
	struct token t;
	const char *text;

	if (!markup.markup)
		return "";
	out_init(&w.out);
	out_init(&w.decoded);
	markup_begin(&r, markup.markup);
	while (markup_next(&r, &t) != ENDED) {
		if (t.type == TEXT)
			add_text(&w, &t);
		else if (t.type == BEGIN_TAG)
			begin(&w, t.tag);
		else
			end(&w, t.tag);
	}
	/* An accent may have come from behind a tag. */
	text = arena_strdup(a, richtext_in_nfc(a, out_string(&w.out), w.out.length));
	out_release(&w.out);
	out_release(&w.decoded);
	return text;
}

/* ---- from words ------------------------------------------------------------ */

static bool is_blank_line(const char *line, size_t length)
{
	return strspn(line, " \t\r\f") >= length;
}

static void add_line(struct richtree *t, const char *line, size_t length)
{
	if (is_blank_line(line, length)) {
		richtree_end(t);
		richtree_begin(t, GUMBO_TAG_P, NULL);
		return;
	}
	richtree_text(t, line, length);
	richtree_begin(t, GUMBO_TAG_BR, NULL);
	richtree_end(t);
}

struct html richtext_from_text(struct arena *a, const char *text)
{
	struct arena *scratch = arena_new();
	struct richtree t;
	struct out o;
	struct html html;

	richtree_init(&t, scratch);
	out_init(&o);
	richtree_begin(&t, GUMBO_TAG_P, NULL);
	for (; *text; text += *text == '\n') {
		size_t length = strcspn(text, "\n");

		add_line(&t, text, length);
		text += length;
	}
	richtree_end(&t);
	richtree_write(&t, &o);
	html = html_trusted(arena_strndup(a, out_string(&o), o.length));
	out_release(&o);
	richtree_release(&t);
	arena_free(scratch);
	return html;
}

struct html richtext_excerpt(struct arena *a, struct html markup, size_t max)
{
	char *line = arena_strdup(a, richtext_to_text(a, markup));

	for (char *c = line; *c; c++)
		if (*c == '\n')
			*c = ' ';
	return richtext_from_text(a, text_clip(a, line, max));
}
