#include "import/listing_summary.h"

#include <string.h>

#include "base/arena.h"
#include "base/out.h"
#include "base/text.h"
#include "import/listing_alike.h"

enum { SUMMARY_ROOM = 600, MOST_COMPARED = 400, WINDOW = 12, FEW_WORDS = 3 };

/* ---- does it repeat the body? ------------------------------------------------------------ */

static struct print *prints(struct arena *a, const struct listing_lines *lines,
			    const struct listing_range *range, size_t *n)
{
	struct print *print;

	*n = range->to > range->from ? range->to - range->from : 0;
	if (*n > MOST_COMPARED)
		*n = MOST_COMPARED;
	print = arena_make(a, struct print, *n + 1);
	for (size_t i = 0; i < *n; i++)
		print[i] = print_of(a, lines->line[range->from + i].text);
	return print;
}

static bool is_among(const struct print *one, const struct print *other, size_t n, size_t near,
		     bool (*equal)(const struct print *, const struct print *))
{
	size_t from = near > WINDOW ? near - WINDOW : 0;

	for (size_t i = from; i < n && i < near + WINDOW; i++)
		if (equal(one, &other[i]))
			return true;
	return false;
}

static bool repeats(struct arena *a, const struct listing_lines *lines,
		    const struct listing_raw *raw)
{
	size_t n, n_body, same = 0;
	struct print *summary = prints(a, lines, &raw->summary, &n);
	struct print *body = prints(a, lines, &raw->body, &n_body);

	for (size_t i = 0; i < n; i++)
		same += is_among(&summary[i], body, n_body, i, is_alike);
	return n && same * 2 >= n;
}

size_t lines_only_in(struct arena *a, const struct listing_lines *lines,
		     const struct listing_range *one, const struct listing_range *other,
		     const char **text, size_t max)
{
	size_t n, n_other, found = 0;
	struct print *print = prints(a, lines, one, &n),
		     *others = prints(a, lines, other, &n_other);

	for (size_t i = 0; i < n && found < max; i++)
		if (print[i].n_words >= FEW_WORDS &&
		    !is_among(&print[i], others, n_other, i, is_same))
			text[found++] = lines->line[one->from + i].text;
	return found;
}

static enum telling telling_of(struct arena *a, const struct listing_lines *lines,
			       const struct listing_raw *raw)
{
	if (raw->summary.from >= raw->summary.to)
		return TELLS_NOTHING;
	if (raw->body.from >= raw->body.to)
		return TELLS_ALONE;
	return repeats(a, lines, raw) ? TELLS_AGAIN : TELLS_APART;
}

/* ---- how much of it is kept ---------------------------------------------------------------- */

/* Where an account begins: a list, a heading, a session, or the note on who may read it. */
static bool begins_account(const struct blocks *b, size_t i)
{
	const struct block *it = &b->block[i];

	switch (it->kind) {
	case BLOCK_IMAGE:
	case BLOCK_CALL:
	case BLOCK_KEYWORDS:
		return false;
	case BLOCK_PARAGRAPH:
		return strchr(it->text, '@') || (ends_with(it->text, ":") && i + 1 < b->n_blocks &&
						 b->block[i + 1].kind == BLOCK_ITEM);
	default:
		return true;
	}
}

struct keeping {
	size_t n;        /* blocks kept whole */
	const char *cut; /* the beginning of the next, kept too; NULL when none is */
	size_t n_shown;  /* paragraphs among them */
};

static struct keeping keep(struct arena *a, const struct blocks *b)
{
	struct keeping k = { 0 };
	size_t room = SUMMARY_ROOM;

	for (; k.n < b->n_blocks && !begins_account(b, k.n); k.n++) {
		const char *text = b->block[k.n].text;
		size_t length = utf8_length(text) + (k.n_shown > 0);

		if (b->block[k.n].kind != BLOCK_PARAGRAPH)
			continue;
		if (length > room) {
			k.cut = k.n_shown ? NULL : text_clip(a, text, SUMMARY_ROOM);
			break;
		}
		room -= length;
		k.n_shown++;
	}
	/* A summary that is a list, or begins with a heading, still says something. */
	if (!k.n_shown && !k.cut && k.n < b->n_blocks && b->block[k.n].kind != BLOCK_ACCESS)
		k.cut = text_clip(a, b->block[k.n].text, SUMMARY_ROOM);
	return k;
}

static bool has_more(const struct blocks *b, const struct keeping *k)
{
	if (k->cut)
		return strcmp(k->cut, b->block[k->n].text) != 0 || k->n + 1 < b->n_blocks;
	for (size_t i = k->n; i < b->n_blocks; i++)
		if (block_is_shown(&b->block[i]))
			return true;
	return false;
}

/* What repeats a closed body keeps its beginning only, however short. */
static void keep_less(struct arena *a, const struct blocks *b, struct keeping *k)
{
	size_t first = 0, end;

	while (first < k->n && b->block[first].kind != BLOCK_PARAGRAPH)
		first++;
	if (first == k->n || has_more(b, k))
		return;
	if (k->n_shown > 1) {
		k->n = first + 1;
		k->n_shown = 1;
		return;
	}
	end = sentence_end(b->block[first].text, 0);
	k->cut = arena_strndup(a, b->block[first].text, end);
	k->n = first;
	k->n_shown = 0;
}

/* ---- the parts ----------------------------------------------------------------------------- */

static void put_paragraph(struct out *html, struct out *text, const char *words)
{
	out_raw(html, "<p>");
	out_text(html, words);
	out_raw(html, "</p>");
	out_raw(text, text->length ? "\n" : "");
	out_raw(text, words);
}

static void write_kept(struct arena *a, struct division *d, const struct keeping *k)
{
	struct out html, text;

	out_init(&html);
	out_init(&text);
	for (size_t i = 0; i < k->n; i++)
		if (d->summary.block[i].kind == BLOCK_PARAGRAPH)
			put_paragraph(&html, &text, d->summary.block[i].text);
	if (k->cut)
		put_paragraph(&html, &text, k->cut);
	d->kept = html_trusted(arena_strdup(a, out_string(&html)));
	d->kept_text = arena_strdup(a, out_string(&text));
	out_release(&html);
	out_release(&text);
}

static void append(struct arena *a, struct blocks *to, const struct block *block, size_t n)
{
	struct block *all = arena_make(a, struct block, to->n_blocks + n + 1);

	if (to->n_blocks)
		memcpy(all, to->block, to->n_blocks * sizeof(*all));
	if (n)
		memcpy(all + to->n_blocks, block, n * sizeof(*all));
	to->block = all;
	to->n_blocks += n;
}

/* The block that was cut: its beginning is kept, and what follows goes on in the body. */
static void append_cut(struct arena *a, struct blocks *to, const struct block *whole,
		       const char *cut)
{
	struct block part = *whole;

	part.text = cut;
	append(a, to, &part, 1);
}

/* Past the words kept; the whole of it when they end in the middle of a sentence. */
static const char *after_cut(struct arena *a, const char *whole, const char *cut)
{
	size_t length = strlen(cut);

	if (strncmp(whole, cut, length) != 0)
		return whole;
	return piece_of(a, whole, length, strlen(whole));
}

static void append_kept(struct arena *a, struct division *d, const struct keeping *k)
{
	append(a, &d->text, d->summary.block, k->n);
	if (k->cut)
		append_cut(a, &d->text, &d->summary.block[k->n], k->cut);
	d->n_open = d->body_from = d->text.n_blocks;
}

static void append_rest(struct arena *a, struct division *d, const struct keeping *k)
{
	const struct blocks *s = &d->summary;
	size_t from = k->n;

	if (k->cut) {
		const char *rest = after_cut(a, s->block[from].text, k->cut);

		if (*rest)
			append_cut(a, &d->text, &s->block[from], rest);
		from++;
	}
	if (from < s->n_blocks)
		append(a, &d->text, s->block + from, s->n_blocks - from);
}

static bool is_kept(const struct division *d, const struct keeping *k, const char *text)
{
	for (size_t i = 0; i < k->n; i++)
		if (!strcmp(d->summary.block[i].text, text))
			return true;
	return false;
}

/* The body that its own summary repeats, without what of it stays public. */
static void append_closed(struct arena *a, struct division *d, const struct keeping *k,
			  const struct blocks *body)
{
	for (size_t i = 0; i < body->n_blocks; i++) {
		const struct block *b = &body->block[i];
		const char *rest = b->text;

		if (b->kind == BLOCK_PARAGRAPH && is_kept(d, k, b->text))
			continue;
		if (k->cut && !strcmp(d->summary.block[k->n].text, b->text))
			rest = after_cut(a, b->text, k->cut);
		if (*rest)
			append_cut(a, &d->text, b, rest);
	}
}

/* What is kept of the summary is public; the rest of it, and the body, are not. */
static void divide_closed(struct arena *a, struct division *d, struct keeping *k,
			  const struct blocks *body)
{
	if (d->telling == TELLS_AGAIN)
		keep_less(a, &d->summary, k);
	d->told_all = d->telling != TELLS_NOTHING && has_more(&d->summary, k);
	append_kept(a, d, k);
	if (d->telling == TELLS_AGAIN) {
		append_closed(a, d, k, body);
		return;
	}
	append_rest(a, d, k);
	append(a, &d->text, body->block, body->n_blocks);
}

static void divide_open(struct arena *a, struct division *d, const struct keeping *k,
			const struct blocks *body)
{
	bool more = has_more(&d->summary, k);

	if (d->telling == TELLS_ALONE) {
		append(a, &d->text, d->summary.block, d->summary.n_blocks);
		d->body_from = more ? 0 : d->text.n_blocks;
	} else if (d->telling == TELLS_APART && more) {
		d->moved = true;
		append_rest(a, d, k);
	}
	append(a, &d->text, body->block, body->n_blocks);
	d->n_open = d->text.n_blocks;
}

struct division divide(struct arena *a, const struct listing_lines *lines,
		       const struct listing_raw *raw, const char *title, bool is_closed)
{
	struct division d = { .telling = telling_of(a, lines, raw) };
	struct blocks body = blocks_of(a, lines, raw->body.from, raw->body.to, title, is_closed);
	struct keeping k;

	d.summary = blocks_of(a, lines, raw->summary.from, raw->summary.to, title, is_closed);
	d.text.is_closed = is_closed;
	k = keep(a, &d.summary);
	if (is_closed)
		divide_closed(a, &d, &k, &body);
	else
		divide_open(a, &d, &k, &body);
	write_kept(a, &d, &k);
	return d;
}
