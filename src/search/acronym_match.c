#include "search/acronym_match.h"

#include <stdbool.h>
#include <string.h>

#include "search/acronym_line.h"

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

/* "Direction de la cohésion sociale" is no DDCS: a word was dropped, "de" is not what is meant. */
static bool doubles_d(const struct match *m, size_t at)
{
	return at && m->letters[at] == 'D' && m->letters[at - 1] == 'D';
}

/* What it costs that a word gives `k` letters from letter `at` on, never all of them. */
static int own_cost(struct match *m, struct line_word *w, size_t at, size_t k)
{
	const char *head = line_head(m->l, w);

	if (k == m->n || strlen(head) < k || strncmp(head, m->letters + at, k) != 0)
		return NEVER;
	if (w->is_small)
		return k == 1 && !doubles_d(m, at) ? SMALL_LETTER : NEVER;
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
			if (at == m->n || ++n_left > 1 || !*line_head(m->l, &m->l->word[i]))
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

/* "la sécurité, la sécurité incendie" is two things. */
static bool is_cut_off(const struct line *l, size_t i, size_t end)
{
	return i + 2 < end && l->word[i + 1].mark && l->word[i + 2].is_small;
}

size_t acronym_match_before(struct line *l, size_t end, const char *letters)
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

		if (!gives_sense(w) || w->is_tail || cost >= best || !is_enough(&m, cost) ||
		    is_cut_off(l, i, end))
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

size_t acronym_match_after(struct line *l, size_t from, const char *letters)
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
