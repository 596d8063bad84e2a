#include "search/snippet_marks.h"

#include <string.h>

#include "base/arena.h"
#include "search/analyse.h"

/* A form that matches, in a table at most half full. */
struct slot {
	uint32_t hash, words; /* no words: free */
	uint32_t length;
	const char *form;
};

struct phrase {
	unsigned first, n;
};

/*
 * Most words of a text are not looked for, and reading them all with the analyser would take most
 * of the time. So a text is first gone through for what may begin a form, by its first three
 * letters, each as a code: 0 for what may be anything, then letters and figures.
 */
enum { CODE_FIGURE = 27, CODES = 28 };

struct marks {
	struct arena *a;
	struct slot *slot;
	size_t n_slots, n;
	struct phrase phrase[MARK_WORDS];
	size_t n_phrases;
	uint32_t in_phrase, not_stop; /* words */
	bool figures;                 /* a form begins with one */
	uint8_t code[128], code_of_c3[64];
	uint32_t first, second[CODES], third[CODES][CODES];
};

/* The letters of Latin-1 from À on, which UTF-8 writes as 0xc3 and this byte. */
static uint8_t code_of_c3(struct marks *m, unsigned byte)
{
	const char letter[] = { (char)0xc3, (char)(0x80 | byte) };
	char folded[FORM_MAX + 1];

	return form_fold(letter, 2, folded) == 1 && (unsigned char)*folded < 128
		       ? m->code[(unsigned char)*folded]
		       : 0;
}

struct marks *marks_new(struct arena *a)
{
	struct marks *m = arena_make(a, struct marks, 1);

	m->a = a;
	for (unsigned c = 0; c < 26; c++)
		m->code['a' + c] = m->code['A' + c] = (uint8_t)(1 + c);
	for (unsigned c = 0; c < 10; c++)
		m->code['0' + c] = CODE_FIGURE;
	for (unsigned byte = 0; byte < 64; byte++)
		m->code_of_c3[byte] = code_of_c3(m, byte);
	return m;
}

/* ---- forms ------------------------------------------------------------------------- */

static uint32_t hash(const char *form, size_t length)
{
	uint32_t h = 2166136261u;

	for (size_t i = 0; i < length; i++)
		h = (h ^ (unsigned char)form[i]) * 16777619u;
	return h ^ h >> 15;
}

static struct slot *slot_of(const struct marks *m, uint32_t h, const char *form, size_t length)
{
	for (size_t i = h;; i++) {
		struct slot *s = &m->slot[i & (m->n_slots - 1)];

		if (!s->words ||
		    (s->hash == h && s->length == length && !memcmp(s->form, form, length)))
			return s;
	}
}

static void widen(struct marks *m)
{
	const struct slot *old = m->slot;
	size_t n_old = m->n_slots;

	m->n_slots = n_old ? n_old * 2 : 32;
	m->slot = arena_make(m->a, struct slot, m->n_slots);
	for (size_t i = 0; i < n_old; i++)
		if (old[i].words)
			*slot_of(m, old[i].hash, old[i].form, old[i].length) = old[i];
}

/* Up to three codes; after one that may be anything, nothing is known. */
static void read_codes(const struct marks *m, const char *text, unsigned code[3])
{
	const unsigned char *at = (const unsigned char *)text;

	code[0] = code[1] = code[2] = 0;
	for (int i = 0; i < 3; i++) {
		if (*at < 128) {
			code[i] = m->code[*at++];
		} else if (*at == 0xc3 && (at[1] & 0xc0) == 0x80) {
			code[i] = m->code_of_c3[at[1] & 63];
			at += 2;
		}
		if (!code[i])
			return;
	}
}

static void add_beginning(struct marks *m, const char *form)
{
	unsigned code[3];

	read_codes(m, form, code);
	m->first |= 1u << code[0];
	m->second[code[0]] |= 1u << code[1];
	m->third[code[0]][code[1]] |= 1u << code[2];
	m->figures = m->figures || code[0] == CODE_FIGURE;
}

void marks_add(struct marks *m, const char *folded, size_t length, unsigned word)
{
	uint32_t h = hash(folded, length);
	struct slot *s;

	if (word >= MARK_WORDS || !length || length > FORM_MAX)
		return;
	if (m->n * 2 >= m->n_slots)
		widen(m);
	s = slot_of(m, h, folded, length);
	if (!s->words) {
		*s = (struct slot){ h, 0, (uint32_t)length, arena_strndup(m->a, folded, length) };
		m->n++;
		add_beginning(m, s->form);
		/* R & D: each letter is on its own in the text. */
		for (const char *at = strchr(s->form, '&'); at; at = strchr(at + 1, '&'))
			add_beginning(m, at + 1);
	}
	s->words |= 1u << word;
	if (!form_is_stop(folded, length))
		m->not_stop |= 1u << word;
}

void marks_phrase(struct marks *m, unsigned first, unsigned n_words)
{
	if (n_words < 2 || first >= MARK_WORDS || m->n_phrases == MARK_WORDS)
		return;
	if (n_words > MARK_WORDS - first)
		n_words = MARK_WORDS - first;
	m->phrase[m->n_phrases++] = (struct phrase){ first, n_words };
	for (unsigned i = 0; i < n_words; i++)
		m->in_phrase |= 1u << (first + i);
}

bool marks_are_empty(const struct marks *m)
{
	return !m->n;
}

unsigned marks_worth(const struct marks *m, unsigned word)
{
	uint32_t bit = 1u << word;

	return m->in_phrase & bit ? 300 : m->not_stop & bit ? 100 : 10;
}

/* ---- what may match ------------------------------------------------------------------- */

/* Of the word that begins there. Never says no when the analyser would give a form. */
static bool may_match(const struct marks *m, const char *text)
{
	unsigned code[3];

	/* 21 is written XXIe as well, and 12 h 30 is one word. */
	if (m->figures && strchr("0123456789IVXHh", *text))
		return true;
	/* 10km is "10" and "km". */
	if (*text >= '0' && *text <= '9') {
		text += strspn(text, "0123456789");
		return (unsigned char)*text >= 128 ||
		       (m->code[(unsigned char)*text] && may_match(m, text));
	}
	read_codes(m, text, code);
	if (!code[0])
		return true;
	if (!(m->first >> code[0] & 1))
		return false;
	if (!code[1])
		return true;
	if (!(m->second[code[0]] >> code[1] & 1))
		return false;
	return !code[2] || m->third[code[0]][code[1]] >> code[2] & 1;
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

/* Most are told by one comparison. */
static bool is_in_chunk(char c)
{
	return (unsigned char)c > ' ' || (c && !is_blank(c));
}

enum sign {
	SIGN_LETTER,
	SIGN_ANYTHING, /* may be a letter, or part of a word whose forms are not known */
	SIGN_OTHER,
};

/* × and ÷ stand among the letters of Latin-1. */
static bool is_times_or_by(unsigned char second)
{
	return second == 0x97 || second == 0xb7;
}

/* What stands at `text`, which is not its end, and in *size its bytes. */
static enum sign sign_at(const struct marks *m, const char *text, size_t *size)
{
	const unsigned char *b = (const unsigned char *)text;

	*size = 1;
	if (b[0] < 128)
		return m->code[b[0]] ? SIGN_LETTER : SIGN_OTHER;
	if (b[0] == 0xc3 && (b[1] & 0xc0) == 0x80) {
		*size = 2;
		return is_times_or_by(b[1]) ? SIGN_OTHER : SIGN_LETTER;
	}
	/* No-break space, soft hyphen, « and », degree. */
	if (b[0] == 0xc2 &&
	    (b[1] == 0xa0 || b[1] == 0xab || b[1] == 0xad || b[1] == 0xb0 || b[1] == 0xbb)) {
		*size = 2;
		return SIGN_OTHER;
	}
	/* Blanks, dashes, quotes, "…"; but a bullet inside a word may be the dot of "élu•e". */
	if (b[0] == 0xe2 && b[1] == 0x80 && b[2] >= 0x80 &&
	    ((b[2] != 0xa2 && b[2] != 0xa4 && b[2] != 0xa7) || b[3] <= ' ')) {
		*size = 3;
		return SIGN_OTHER;
	}
	return SIGN_ANYTHING;
}

/* What stands between two blanks. */
struct chunk {
	size_t from, to;
	bool has_words, may_match;
};

static size_t skip_letters(const struct marks *m, const char *text, size_t at)
{
	const unsigned char *b = (const unsigned char *)text;

	for (;;) {
		if (b[at] < 128 && m->code[b[at]])
			at++;
		else if (b[at] == 0xc3 && (b[at + 1] & 0xc0) == 0x80 && !is_times_or_by(b[at + 1]))
			at += 2;
		else
			return at;
	}
}

static struct chunk read_chunk(const struct marks *m, const char *text, size_t at)
{
	struct chunk c = { .from = at };
	size_t size;

	while (is_in_chunk(text[at]) && !c.may_match) {
		switch (sign_at(m, text + at, &size)) {
		case SIGN_OTHER:
			at += size;
			continue;
		case SIGN_ANYTHING:
			c.may_match = true;
			break;
		case SIGN_LETTER:
			c.may_match = may_match(m, text + at);
			break;
		}
		c.has_words = true;
		at = skip_letters(m, text, at);
	}
	while (is_in_chunk(text[at]))
		at++;
	c.to = at;
	return c;
}

/* ---- what matches ------------------------------------------------------------------------ */

struct finding {
	struct arena *a;
	const struct marks *m;
	const char *text;
	uint32_t position; /* of the next words that are read */
	struct hits *found;
};

/* "(re)construire" is read from its first letter on: the bracket belongs to it. */
static bool lacks_bracket(const char *text, const struct hit *hit)
{
	const char *from = text + hit->from, *close = memchr(from, ')', hit->to - hit->from);

	return close && hit->from && from[-1] == '(' && !memchr(from, '(', (size_t)(close - from));
}

static void add_hit(struct finding *f, const struct token *t, size_t from, uint32_t words)
{
	struct hits *h = f->found;
	struct hit hit = { from + t->from, from + t->to, words, t->position };
	struct hit *last = h->n ? &h->hit[h->n - 1] : NULL;

	if (hit.to - hit.from > HIT_MAX)
		return;
	hit.from -= lacks_bracket(f->text, &hit);
	if (last && last->from == hit.from && last->to == hit.to && last->position == hit.position)
		last->words |= words;
	else
		*arena_push(f->a, h->hit, h->n, h->capacity) = hit;
}

static void analyse(struct finding *f, size_t from, size_t to)
{
	struct analyser an;
	const struct token *t;

	analyser_init(&an, f->text + from, to - from, f->position);
	while ((t = analyser_next(&an))) {
		char folded[FORM_MAX + 1];
		size_t length = form_fold(t->form, t->length, folded);
		const struct slot *s = slot_of(f->m, hash(folded, length), folded, length);

		if (s->words)
			add_hit(f, t, from, s->words);
	}
	/* There are words before the next that are read: they do not follow these. */
	f->position = an.position + 2;
}

/*
 * Chunks that may match are read together with those that stand next to them ("no 9", "R & D") and
 * with what stands alone between two ("construction l’ emploi").
 */
static void analyse_some(struct finding *f)
{
	size_t at = 0, before = 0, from = 0, to = 0;
	bool passed = false; /* one that does not match stands at the end */

	while (f->text[at]) {
		struct chunk c;

		if (is_blank(f->text[at])) {
			at++;
			continue;
		}
		c = read_chunk(f->m, f->text, at);
		at = c.to;
		if (!c.has_words)
			continue;
		if (c.may_match) {
			from = to ? from : before;
			to = c.to;
			passed = false;
		} else if (to && !passed) {
			to = c.to;
			passed = true;
		} else if (to) {
			analyse(f, from, to);
			to = 0;
			passed = false;
		}
		before = c.from;
	}
	if (to)
		analyse(f, from, to);
}

/* ---- sequences ----------------------------------------------------------------------------- */

/* The hits that the words of a phrase are, one after the other, from hit `at` on. */
static bool follow(const struct hits *h, size_t at, const struct phrase *p, size_t place[])
{
	for (unsigned i = 0; i < p->n; i++) {
		uint32_t bit = 1u << (p->first + i), position = h->hit[at].position + (i > 0);

		while (at < h->n &&
		       (h->hit[at].position < position ||
			(h->hit[at].position == position && !(h->hit[at].words & bit))))
			at++;
		if (at == h->n || h->hit[at].position != position)
			return false;
		place[i] = at;
	}
	return true;
}

static void keep_phrase(const struct hits *h, const struct phrase *p, uint32_t kept[])
{
	size_t place[MARK_WORDS];

	for (size_t i = 0; i < h->n; i++) {
		struct hit *hit = &h->hit[i];
		size_t end;

		if (!(hit->words >> p->first & 1) || !follow(h, i, p, place))
			continue;
		for (unsigned j = 0; j < p->n; j++)
			kept[place[j]] |= 1u << (p->first + j);
		end = h->hit[place[p->n - 1]].to;
		if (end > hit->to && end - hit->from <= HIT_MAX)
			hit->to = end;
	}
}

static void keep_phrases(struct arena *a, const struct marks *m, struct hits *h)
{
	uint32_t *kept = arena_make(a, uint32_t, h->n + 1);
	size_t n = 0;

	for (size_t i = 0; i < m->n_phrases; i++)
		keep_phrase(h, &m->phrase[i], kept);
	for (size_t i = 0; i < h->n; i++) {
		h->hit[i].words = (h->hit[i].words & ~m->in_phrase) | kept[i];
		if (h->hit[i].words)
			h->hit[n++] = h->hit[i];
	}
	h->n = n;
}

void marks_find(struct arena *a, const struct marks *m, const char *text, struct hits *found)
{
	struct finding f = { .a = a, .m = m, .text = text, .found = found };

	*found = (struct hits){ 0 };
	if (!m->n)
		return;
	analyse_some(&f);
	if (m->n_phrases && found->n)
		keep_phrases(a, m, found);
}
