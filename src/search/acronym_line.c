#include "search/acronym_line.h"

#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "base/text.h"

/* ---- characters ------------------------------------------------------------ */

/* An accent that stands apart and a soft hyphen are parts of their word. */
static bool is_word(unsigned c)
{
	return utf8_is_letter(c) || (c >= '0' && c <= '9') || (c >= 0x300 && c <= 0x36f) ||
	       c == 0xad;
}

static bool is_apostrophe(unsigned c)
{
	return c == '\'' || c == 0x2019 || c == 0x2bc || c == 0x2018;
}

static bool is_hyphen(unsigned c)
{
	return c == '-' || c == 0x2010 || c == 0x2011;
}

static bool is_middle_dot(unsigned c)
{
	return c == 0xb7 || c == 0x2022 || c == 0x2027 || c == 0x22c5 || c == 0x2219;
}

static unsigned mark_of(unsigned c)
{
	if (is_hyphen(c) || (c >= 0x2012 && c <= 0x2015) || c == 0x2212)
		return '-';
	if (c == 0x201c || c == 0x201e)
		return QUOTE_OPEN;
	if (c == 0x201d)
		return QUOTE_CLOSE;
	return is_apostrophe(c) ? '"' : c;
}

static unsigned peek(const char *at)
{
	size_t size;

	return utf8_decode(at, &size);
}

bool mark_is_any(unsigned mark, const char *marks)
{
	return mark && mark < 0x80 && strchr(marks, (int)mark);
}

/* ---- a line in words ------------------------------------------------------- */

static const char *const small_words[] = {
	"l",   "le",   "la",    "les",  "un",    "une",    "d",    "de",   "du",   "des",
	"à",   "À",    "a",     "au",   "aux",   "et",     "ou",   "en",   "dans", "par",
	"sur", "pour", "avec",  "sans", "entre", "contre", "chez", "vers", "son",  "sa",
	"ses", "leur", "leurs", "ce",   "cet",   "cette",  "ces",
};

static bool is_small(const char *at, size_t size)
{
	size_t first;

	utf8_decode(at, &first);
	if (first == size)
		return true;
	for (size_t i = 0; i < sizeof(small_words) / sizeof(*small_words); i++)
		if (strlen(small_words[i]) == size && !strncasecmp(small_words[i], at, size))
			return true;
	return false;
}

/*
 * A dot stays inside "élu·e·s", "agent.e.s" and "S.I.E.G", not in "général.Les services", which
 * is the end of a sentence.
 */
static bool dot_joins(unsigned c, const char *next, size_t part)
{
	unsigned after = peek(next);

	if (!is_word(after))
		return false;
	return is_middle_dot(c) ||
	       (c == '.' && (part == 1 || (after >= 'a' && after <= 'z') || after >= 0xdf));
}

/* Its bytes; the last dot of an acronym with dots is one of them. */
static size_t word_size(const char *text)
{
	size_t at = 0, size, part = 0, n_parts = 1;
	bool is_dotted = true;
	unsigned c;

	while ((c = utf8_decode(text + at, &size)) != 0) {
		if (is_word(c)) {
			part++;
		} else if (part && dot_joins(c, text + at + size, part)) {
			is_dotted &= part == 1 && c == '.';
			n_parts++;
			part = 0;
		} else {
			break;
		}
		at += size;
	}
	return at + (c == '.' && is_dotted && part == 1 && n_parts > 1);
}

static struct line_word *add(struct line *l, const char *at, size_t size, unsigned mark)
{
	struct line_word *w = arena_push(l->a, l->word, l->n_words, l->capacity);

	*w = (struct line_word){ .at = at, .size = size, .mark = mark };
	return w;
}

static const char *add_word(struct line *l, const char *text, bool is_tail)
{
	struct line_word *w = add(l, text, word_size(text), 0);

	w->is_small = is_small(w->at, w->size);
	w->is_tail = is_tail;
	return text + w->size;
}

/* What joins two words without a blank: "l’économie", "micro-crédit". */
static bool joins(const struct line *l, const char *text, size_t size)
{
	const struct line_word *last = l->n_words ? &l->word[l->n_words - 1] : NULL;

	return last && !last->mark && last->at + last->size == text && is_word(peek(text + size));
}

const char *line_read(struct line *l, const char *text)
{
	bool is_tail = false;
	size_t size;

	l->n_words = 0;
	while (*text && *text != '\n') {
		unsigned c = utf8_decode(text, &size);

		if (is_word(c)) {
			text = add_word(l, text, is_tail);
			is_tail = false;
			continue;
		}
		if (is_hyphen(c) && joins(l, text, size))
			is_tail = true;
		else if (is_apostrophe(c) && joins(l, text, size))
			l->word[l->n_words - 1].is_small |= l->word[l->n_words - 1].size <= 2;
		else if (!utf8_is_blank(c))
			add(l, text, size, mark_of(c));
		text += size;
	}
	return text + (*text == '\n');
}

/* ---- letters --------------------------------------------------------------- */

bool letters_fold(struct arena *a, const char *text, size_t size, char *letters, size_t max)
{
	const char *folded = text_fold(a, arena_strndup(a, text, size));
	size_t n = 0;

	for (; *folded && n < max; folded++) {
		if (*folded < 'a' || *folded > 'z')
			break;
		letters[n++] = (char)(*folded - 'a' + 'A');
	}
	letters[n] = '\0';
	return !*folded;
}

/* A long word is not folded whole for its first letters. */
static const char *head_of(struct line *l, struct line_word *w)
{
	size_t at = 0, size;

	if (w->is_folded)
		return w->head;
	for (int i = 0; i < HEAD_MAX && at < w->size; i++) {
		utf8_decode(w->at + at, &size);
		at += size;
	}
	(void)letters_fold(l->a, w->at, at, w->head, HEAD_MAX);
	w->is_folded = true;
	return w->head;
}

/* ---- words for letters ----------------------------------------------------- */

enum {
	LETTERS_MAX = 12,
	REACH = 48,        /* words and marks looked at before an acronym */
	SMALL_IN_A_ROW = 3 /* "et de la" */
};

/* What an alignment costs, so that the least is the best; no figure runs into the next. */
enum {
	EXTRA_LETTER = 1,
	COMMA = 16,
	SMALL_LETTER = 16 * 16,
	WORD_LEFT = 16 * 16 * 16,
	NEVER = 1 << 20
};

struct match {
	struct line *l;
	const char *letters;
	size_t n; /* of letters */
	size_t from, end;
	int cost[REACH][LETTERS_MAX + 1]; /* of word from + i when it begins with that letter */
};

static bool gives_sense(const struct line_word *w)
{
	return !w->mark && !w->is_small;
}

/* Acronyms inside are taken whole: "Chambre régionale de l’ESS (CRESS)". */
static bool is_short_acronym(const struct line_word *w)
{
	if (w->size < 2 || w->size > HEAD_MAX)
		return false;
	for (size_t i = 0; i < w->size; i++)
		if (w->at[i] < 'A' || w->at[i] > 'Z')
			return false;
	return true;
}

/* What it costs that a word gives `k` letters from letter `at` on. */
static int own_cost(struct match *m, struct line_word *w, size_t at, size_t k)
{
	const char *head = head_of(m->l, w);

	if (strlen(head) < k || strncmp(head, m->letters + at, k) != 0)
		return NEVER;
	if (w->is_small)
		return k == 1 ? SMALL_LETTER : NEVER;
	if (is_short_acronym(w))
		return k == w->size ? 0 : NEVER;
	return (int)(k - 1) * EXTRA_LETTER;
}

/* The least that letters from `at` on cost, after word `i` gave the one before. */
static int rest_cost(struct match *m, size_t i, size_t at)
{
	int best = NEVER, gap = 0, n_small = 0, n_left = 0;

	for (i++; i < m->end; i++) {
		const struct line_word *w = &m->l->word[i];

		if (w->mark) {
			if (m->l->word[i - 1].mark)
				return best;
			gap += COMMA;
			continue;
		}
		if (at < m->n && gap + m->cost[i - m->from][at] < best)
			best = gap + m->cost[i - m->from][at];
		if (w->is_tail)
			continue;
		if (w->is_small && ++n_small > SMALL_IN_A_ROW)
			return best;
		if (!w->is_small) {
			if (at == m->n || ++n_left > 1)
				return best;
			gap += WORD_LEFT;
			n_small = 0;
		}
	}
	return at == m->n && !n_small && !gap ? 0 : best;
}

static int word_cost(struct match *m, size_t i, size_t at)
{
	struct line_word *w = &m->l->word[i];
	int best = NEVER;

	if (w->mark || (w->is_small && at + 1 == m->n))
		return NEVER;
	for (size_t k = 1; k <= HEAD_MAX && at + k <= m->n; k++) {
		int own = own_cost(m, w, at, k);

		if (own < NEVER) {
			int rest = rest_cost(m, i, at + k);

			best = own + rest < best ? own + rest : best;
		}
	}
	return best;
}

static void reckon(struct match *m)
{
	for (size_t i = m->end; i-- > m->from;)
		for (size_t at = 0; at < m->n; at++)
			m->cost[i - m->from][at] = word_cost(m, i, at);
}

/* The shorter the acronym, the less may be odd: chance makes two letters meet. */
static bool is_enough(const struct match *m, int cost)
{
	int extra = cost % COMMA, commas = cost % SMALL_LETTER / COMMA;
	int small = cost % WORD_LEFT / SMALL_LETTER, left = cost / WORD_LEFT;

	if (cost >= NEVER || left > 1 || small > (int)m->n / 3 || extra > (int)m->n - 2)
		return false;
	if (m->n < 4)
		return !extra && !commas && !left;
	return (!commas && !left) || (!extra && !(left && small));
}

static bool begin(struct match *m, struct line *l, size_t from, size_t end, const char *letters)
{
	m->l = l;
	m->letters = letters;
	m->n = strlen(letters);
	m->from = from;
	m->end = end;
	return m->n <= LETTERS_MAX && from < end && end - from <= REACH && !l->word[from].mark &&
	       !l->word[end - 1].mark;
}

/* How far back from `end` words may belong to an acronym of `n` letters. */
static size_t reach_back(const struct line *l, size_t end, size_t n)
{
	size_t from = end, n_words = 0;

	while (from && end - from < REACH) {
		const struct line_word *w = &l->word[from - 1];

		if (w->mark && w->mark != ',')
			break;
		if (gives_sense(w) && !w->is_tail && ++n_words > n + 1)
			break;
		from--;
	}
	while (from < end && !gives_sense(&l->word[from]))
		from++;
	return from;
}

size_t line_match_before(struct line *l, size_t end, const char *letters)
{
	struct match m;
	size_t found = end;
	int best = NEVER;

	if (!begin(&m, l, reach_back(l, end, strlen(letters)), end, letters))
		return end;
	reckon(&m);
	for (size_t i = end; i-- > m.from;) {
		const struct line_word *w = &l->word[i];
		int cost = m.cost[i - m.from][0];

		if (!gives_sense(w) || w->is_tail || cost >= best || !is_enough(&m, cost))
			continue;
		best = cost;
		found = i;
	}
	return found;
}

static bool ends_words(unsigned mark)
{
	return mark == QUOTE_CLOSE || mark_is_any(mark, ")],;:.!?-(|\"");
}

size_t line_match_after(struct line *l, size_t from, const char *letters)
{
	size_t n_words = 0;

	if (from >= l->n_words || !gives_sense(&l->word[from]))
		return 0;
	for (size_t i = from; i - from < REACH; i++) {
		const struct line_word *w = i < l->n_words ? &l->word[i] : NULL;
		struct match m;

		if (w && !w->mark) {
			if (gives_sense(w) && !w->is_tail && ++n_words > strlen(letters) + 1)
				return 0;
			continue;
		}
		if (w && !ends_words(w->mark))
			return 0;
		if (begin(&m, l, from, i, letters)) {
			reckon(&m);
			if (is_enough(&m, m.cost[0][0]))
				return i;
		}
		if (!w || w->mark != ',')
			return 0;
	}
	return 0;
}
