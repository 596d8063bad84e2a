#include "search/snippet.h"

#include <string.h>

#include "base/arena.h"
#include "base/out.h"
#include "base/text.h"
#include "search/snippet_cut.h"
#include "search/snippet_marks.h"

/* Bytes of what is chosen, so that there is room around it. */
enum { WINDOW = 150 };

/* Words close to each other count less than one word more. */
enum { CLOSE_MAX = 9, STANDING = 10 };

/* Of hits one after the other. */
struct window {
	size_t first, end; /* hits */
	unsigned score;    /* 0: there is none */
	uint32_t words;
};

/* ---- choosing ------------------------------------------------------------------------ */

/* How near two hits stand, from 0 to CLOSE_MAX. */
static unsigned closeness(const struct hit *l, const struct hit *r)
{
	size_t gap = r->from > l->to ? r->from - l->to : 0;

	if (l->words == r->words)
		return 0;
	return gap <= 2 ? CLOSE_MAX : gap <= 5 ? 7 : gap <= 20 ? 4 : gap <= 60 ? 2 : 0;
}

/* Hits come in at one end and go out at the other. */
struct sliding {
	const struct hit *hit;
	const unsigned *worth;
	unsigned n_of[MARK_WORDS];
	unsigned sum, close;
	uint32_t words;
};

static void come_in(struct sliding *s, size_t i, bool is_first)
{
	for (uint32_t left = s->hit[i].words; left; left &= left - 1) {
		unsigned word = (unsigned)__builtin_ctz(left);

		if (!s->n_of[word]++) {
			s->sum += s->worth[word];
			s->words |= 1u << word;
		}
	}
	if (!is_first)
		s->close += closeness(&s->hit[i - 1], &s->hit[i]);
}

static void go_out(struct sliding *s, size_t i, bool is_last)
{
	for (uint32_t left = s->hit[i].words; left; left &= left - 1) {
		unsigned word = (unsigned)__builtin_ctz(left);

		if (!--s->n_of[word]) {
			s->sum -= s->worth[word];
			s->words &= ~(1u << word);
		}
	}
	if (!is_last)
		s->close -= closeness(&s->hit[i], &s->hit[i + 1]);
}

/* The best of hits `from` up to `to`, the earlier when they are as good. */
static struct window best_window(const struct hits *h, const unsigned worth[], size_t from,
				 size_t to)
{
	struct sliding s = { .hit = h->hit, .worth = worth };
	struct window best = { 0 };
	size_t first = from;

	for (size_t i = from; i < to; i++) {
		unsigned score;

		come_in(&s, i, first == i);
		while (first < i && h->hit[i].to > h->hit[first].from + WINDOW) {
			go_out(&s, first, false);
			first++;
		}
		score = s.sum * STANDING + (s.close < 99 ? s.close : 99);
		if (score > best.score)
			best = (struct window){ first, i + 1, score, s.words };
	}
	return best;
}

/* Hits that come in make a window no worse: what it holds at its end may begin too early. */
static void trim(const struct hits *h, struct window *w)
{
	while (w->first + 1 < w->end) {
		uint32_t rest = 0;

		for (size_t i = w->first + 1; i < w->end; i++)
			rest |= h->hit[i].words;
		if (rest != w->words || closeness(&h->hit[w->first], &h->hit[w->first + 1]) > 0)
			break;
		w->first++;
	}
}

/* Hits are in the order of their beginnings: one may end after those that follow it. */
static size_t end_of(const struct hits *h, const struct window *w)
{
	size_t to = 0;

	for (size_t i = w->first; i < w->end; i++)
		if (h->hit[i].to > to)
			to = h->hit[i].to;
	return to;
}

static struct passage cut(const char *text, const struct hits *h, const struct window *w,
			  size_t low, size_t high)
{
	return passage_around(text, h->hit[w->first].from, end_of(h, w), low, high);
}

/* ---- writing ---------------------------------------------------------------------------- */

/* Is the end of a line enough to tell what follows from it? */
static bool ends_in_sign(const char *text, size_t n)
{
	return n && (strchr(".!?:;,", text[n - 1]) || (n > 2 && !memcmp(text + n - 3, "…", 3)));
}

/* The bytes of the first of them that the text begins with, 0 when there is none. */
static size_t begins_with(const char *text, size_t n, const char *const any[])
{
	for (; *any; any++) {
		size_t length = strlen(*any);

		if (length <= n && !memcmp(text, *any, length))
			return length;
	}
	return 0;
}

/* Blanks in a row, of which one at least may be broken at, and a bullet after a line end. */
struct gap {
	size_t length;
	bool may_break, ends_line, has_bullet;
};

static struct gap gap_at(const char *text, size_t n)
{
	static const char *const blank[] = { " ", "\n", "\t", "\r", "\u00a0", "\u202f", NULL };
	static const char *const bullet[] = { "• ", "- ", "– ", "* ", NULL };
	struct gap gap = { 0 };
	size_t size;

	while ((size = begins_with(text + gap.length, n - gap.length, blank))) {
		gap.may_break = gap.may_break || size == 1;
		gap.ends_line = gap.ends_line || text[gap.length] == '\n';
		gap.length += size;
	}
	if (gap.ends_line) {
		size_t length = begins_with(text + gap.length, n - gap.length, bullet);

		gap.has_bullet = length > 0;
		gap.length += length;
	}
	return gap;
}

/* "déve-" at the end of a line and "loppement" on the next, as files have it, or "Seine-". */
static bool is_in_word(const struct gap *gap, const char *before, size_t n_before,
		       const char *after)
{
	static const char *const hyphen[] = { "-", "\u2010", "\u00ad" };
	size_t size;

	if (!gap->ends_line || gap->has_bullet || !utf8_is_letter(utf8_decode(after, &size)))
		return false;
	for (size_t i = 0; i < sizeof(hyphen) / sizeof(*hyphen); i++) {
		size_t length = strlen(hyphen[i]);

		if (n_before > length && !memcmp(before + n_before - length, hyphen[i], length))
			return !strchr(" -", before[n_before - length - 1]);
	}
	return false;
}

/* Text on one line. */
static void put(struct arena *a, struct out *o, const char *text, size_t n)
{
	/* A line end takes four bytes at most. */
	char *line = arena_alloc(a, 4 * n + 1, 1);
	size_t at = 0;

	for (size_t i = 0; i < n;) {
		unsigned char c = (unsigned char)text[i];
		struct gap gap = { 0 };

		/* What the blanks of gap_at() begin with. */
		if (c <= ' ' || c == 0xc2 || c == 0xe2)
			gap = gap_at(text + i, n - i);
		if (!gap.may_break) {
			line[at++] = text[i++];
			continue;
		}
		i += gap.length;
		if (i < n && is_in_word(&gap, line, at, text + i))
			continue;
		if (gap.ends_line && !ends_in_sign(line, at)) {
			memcpy(line + at, " ·", strlen(" ·"));
			at += strlen(" ·");
		}
		line[at++] = ' ';
	}
	out_text(o, line);
}

static void put_mark(struct arena *a, struct out *o, const char *text, size_t n)
{
	out_raw(o, "<mark>");
	put(a, o, text, n);
	out_raw(o, "</mark>");
}

/* The text with its hits marked, those that touch each other as one. */
static void put_marked(struct arena *a, struct out *o, const struct hits *h, const char *text,
		       size_t from, size_t to)
{
	for (size_t i = 0; i < h->n; i++) {
		size_t begin = h->hit[i].from, end = h->hit[i].to;

		if (begin < from || end > to)
			continue;
		for (; i + 1 < h->n && h->hit[i + 1].from < end; i++)
			if (h->hit[i + 1].to > end && h->hit[i + 1].to <= to)
				end = h->hit[i + 1].to;
		put(a, o, text + from, begin - from);
		put_mark(a, o, text + begin, end - begin);
		from = end;
	}
	put(a, o, text + from, to - from);
}

static struct html finish(struct arena *a, struct out *o)
{
	struct html html = html_trusted(arena_strndup(a, out_string(o), o->length));

	out_release(o);
	return html;
}

static struct html write_passage(struct arena *a, const struct hits *h, const char *text,
				 const struct passage *p)
{
	struct out o;

	out_init(&o);
	if (p->cut_before)
		out_raw(&o, "…");
	put_marked(a, &o, h, text, p->from, p->to);
	if (p->cut_after)
		out_raw(&o, "…");
	return finish(a, &o);
}

/* ---- all of it ---------------------------------------------------------------------------- */

static size_t first_hit_from(const struct hits *h, size_t at)
{
	size_t i = 0;

	while (i < h->n && h->hit[i].from < at)
		i++;
	return i;
}

/* Before or after the first, what says most that the first does not; no score when nothing. */
static struct window second_window(const struct marks *m, const struct hits *h,
				   const struct passage *first, uint32_t said)
{
	unsigned worth[MARK_WORDS];
	struct window before, after;
	size_t end = first_hit_from(h, first->from);

	for (unsigned i = 0; i < MARK_WORDS; i++)
		worth[i] = said >> i & 1 ? 1 : marks_worth(m, i);
	while (end && h->hit[end - 1].to > first->from)
		end--;
	before = best_window(h, worth, 0, end);
	after = best_window(h, worth, first_hit_from(h, first->to), h->n);
	if (end_of(h, &before) > first->from)
		before.score = 0;
	if (after.score > before.score)
		before = after;
	if (!(before.words & ~said))
		before.score = 0;
	return before;
}

static uint32_t words_in(const struct hits *h, const struct passage *p)
{
	uint32_t words = 0;

	for (size_t i = 0; i < h->n; i++)
		if (h->hit[i].from >= p->from && h->hit[i].to <= p->to)
			words |= h->hit[i].words;
	return words;
}

/* How many passages, in the order of the text. */
static size_t choose(const struct marks *m, const struct hits *h, const char *text,
		     struct passage passage[SNIPPETS])
{
	size_t length = strlen(text);
	unsigned worth[MARK_WORDS];
	struct window w;
	struct passage second;

	for (unsigned i = 0; i < MARK_WORDS; i++)
		worth[i] = marks_worth(m, i);
	w = best_window(h, worth, 0, h->n);
	trim(h, &w);
	passage[0] = cut(text, h, &w, 0, length);
	w = second_window(m, h, passage, words_in(h, passage));
	if (!w.score)
		return 1;
	trim(h, &w);
	if (h->hit[w.first].from >= passage[0].to) {
		second = cut(text, h, &w, passage[0].to, length);
		passage[1] = second;
	} else {
		second = cut(text, h, &w, 0, passage[0].from);
		passage[1] = passage[0];
		passage[0] = second;
	}
	if (!is_blank_between(text, passage[0].to, passage[1].from))
		return 2;
	passage[0].to = passage[1].to;
	passage[0].cut_after = passage[1].cut_after;
	return 1;
}

size_t snippets_of(struct arena *a, const struct marks *m, const char *text,
		   struct html snippet[SNIPPETS])
{
	struct passage passage[SNIPPETS];
	struct hits h;
	size_t n;

	marks_find(a, m, text, &h);
	if (!h.n)
		return 0;
	n = choose(m, &h, text, passage);
	for (size_t i = 0; i < n; i++)
		snippet[i] = write_passage(a, &h, text, &passage[i]);
	return n;
}

struct html marked(struct arena *a, const struct marks *m, const char *text)
{
	struct hits h;
	struct out o;

	marks_find(a, m, text, &h);
	out_init(&o);
	put_marked(a, &o, &h, text, 0, strlen(text));
	return finish(a, &o);
}
