#include "search/widen.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "search/analyse.h"
#include "store/acronym.h"

/* Texts lie behind the pairs, in the same block. */
struct pair {
	const char *letters; /* folded */
	const char *words;
	const char *stems; /* of its words that are no stop words, each followed by a blank */
};

struct acronyms {
	size_t n_pairs;
	struct pair pair[];
};

/* ---- reading ------------------------------------------------------------------------------- */

static const char *fold(struct arena *a, const char *form)
{
	char *folded = arena_alloc(a, FORM_MAX + 1, 1);

	form_fold(form, strlen(form), folded);
	return folded;
}

static const char *stem_of(struct arena *a, struct stemmer *st, const char *form)
{
	const char *folded = fold(a, form);
	char *stem = arena_alloc(a, FORM_MAX + 1, 1);

	form_stem(st, folded, strlen(folded), stem);
	return stem;
}

static const char *stems_of(struct arena *a, struct stemmer *st, const char *words)
{
	struct unit *unit;
	size_t n = query_units(a, words, &unit);
	const char *stems = "";

	for (size_t i = 0; i < n; i++)
		if (!unit[i].is_stop)
			stems = arena_printf(a, "%s%s ", stems, stem_of(a, st, unit[i].form[0]));
	return stems;
}

static const char *copy(char **to, const char *text)
{
	size_t n = strlen(text) + 1;
	char *at = *to;

	memcpy(at, text, n);
	*to += n;
	return at;
}

/* One block, since readers let go of it as of any other. */
static struct acronyms *pack(const struct pair *pair, size_t n)
{
	size_t size = sizeof(struct acronyms) + n * sizeof(*pair);
	struct acronyms *made;
	char *to;

	for (size_t i = 0; i < n; i++)
		size += strlen(pair[i].letters) + strlen(pair[i].words) + strlen(pair[i].stems) + 3;
	made = malloc(size);
	if (!made)
		die("out of memory");
	made->n_pairs = n;
	to = (char *)&made->pair[n];
	for (size_t i = 0; i < n; i++) {
		made->pair[i].letters = copy(&to, pair[i].letters);
		made->pair[i].words = copy(&to, pair[i].words);
		made->pair[i].stems = copy(&to, pair[i].stems);
	}
	return made;
}

enum status acronyms_read(struct db *db, struct acronyms **acronyms)
{
	struct arena *a = arena_new();
	struct stemmer *st = stemmer_new();
	struct acronym_list list;
	enum status status = acronym_confirmed(db, a, &list);

	if (status == OK) {
		struct pair *pair = arena_make(a, struct pair, list.n_acronyms + 1);

		for (size_t i = 0; i < list.n_acronyms; i++)
			pair[i] = (struct pair){
				fold(a, list.acronym[i].letters),
				list.acronym[i].words,
				stems_of(a, st, list.acronym[i].words),
			};
		*acronyms = pack(pair, list.n_acronyms);
	}
	stemmer_free(st);
	arena_free(a);
	return status;
}

/* ---- from the acronym to the words ------------------------------------------------- */

static struct choice words_of(struct arena *a, const char *words)
{
	struct choice c = { .way = IN_PLACES };

	c.n_units = query_units(a, words, &c.unit);
	return c;
}

/* Typed in capitals, or written so in most texts, or in none. */
static bool is_meant(const struct dictionary *d, const char *form, const char *folded)
{
	uint32_t number;

	if (form[0] >= 'A' && form[0] <= 'Z')
		return true;
	number = dictionary_find_folded(d, folded, strlen(folded));
	return number == NO_KEY || folded_is_acronym(d, number) || folded_frequency(d, number) == 0;
}

static void add_choice(struct arena *a, struct want *w, struct choice choice)
{
	struct choice *more = arena_make(a, struct choice, w->n_choices + 1);

	memcpy(more, w->choice, w->n_choices * sizeof(*more));
	more[w->n_choices++] = choice;
	w->choice = more;
}

static bool is_one_word(const struct want *w)
{
	return !w->is_quoted && w->choice->n_units == 1 && !w->choice->unit->is_prefix;
}

static void widen_acronym(struct arena *a, const struct acronyms *acronyms,
			  const struct dictionary *d, struct want *w)
{
	struct unit *u = w->choice->unit;
	const char *folded;

	if (!is_one_word(w))
		return;
	folded = fold(a, u->form[0]);
	for (size_t i = 0; i < acronyms->n_pairs; i++)
		if (!strcmp(acronyms->pair[i].letters, folded) && is_meant(d, u->form[0], folded)) {
			u->is_acronym = true;
			add_choice(a, w, words_of(a, acronyms->pair[i].words));
		}
}

/* ---- from the words to the acronym ------------------------------------------------- */

/* How many wants from the first on are the words of the pair, in order; 0 when they are not. */
static size_t count_words(struct arena *a, struct stemmer *st, const struct pair *p,
			  const struct want *w, size_t n)
{
	const char *at = p->stems;
	size_t k = 0;

	while (*at) {
		const char *stem;
		size_t length = strcspn(at, " ");

		if (k == n || !is_one_word(&w[k]))
			return 0;
		stem = stem_of(a, st, w[k].choice->unit->form[0]);
		if (strlen(stem) != length || strncmp(stem, at, length) != 0)
			return 0;
		at += length + 1;
		k++;
	}
	return k;
}

/* All of them, wherever they stand, or the acronym. */
static struct want join(struct arena *a, const struct want *w, size_t n, const char *text,
			const char *letters)
{
	struct choice *choice = arena_make(a, struct choice, 2);
	struct want joined = { .from = w[0].from, .to = w[n - 1].to };
	struct unit *acronym = arena_make(a, struct unit, 1);

	joined.text = arena_strndup(a, text + joined.from, joined.to - joined.from);
	choice[0] = (struct choice){ ANYWHERE, arena_make(a, struct unit, n), n };
	for (size_t i = 0; i < n; i++)
		choice[0].unit[i] = *w[i].choice->unit;
	*acronym = (struct unit){ .form = { letters }, .n_forms = 1, .is_acronym = true };
	acronym->position = choice[0].unit->position;
	choice[1] = (struct choice){ IN_SEQUENCE, acronym, 1 };
	joined.choice = choice;
	joined.n_choices = 2;
	return joined;
}

/* True when words from `at` on became one want. */
static bool widen_words(struct arena *a, struct stemmer *st, const struct acronyms *acronyms,
			const char *text, struct wanted *wanted, size_t at)
{
	struct want *w = &wanted->want[at];

	for (size_t i = 0; i < acronyms->n_pairs; i++) {
		const struct pair *p = &acronyms->pair[i];
		size_t n = count_words(a, st, p, w, wanted->n_positive - at);

		if (n < 2)
			continue;
		*w = join(a, w, n, text, p->letters);
		memmove(w + 1, w + n, (wanted->n_wants - at - n) * sizeof(*w));
		wanted->n_wants -= n - 1;
		wanted->n_positive -= n - 1;
		return true;
	}
	return false;
}

void query_widen(struct arena *a, const struct acronyms *acronyms, const struct dictionary *d,
		 const char *text, struct wanted *wanted)
{
	struct stemmer *st;

	if (!acronyms || !acronyms->n_pairs)
		return;
	st = stemmer_new();
	for (size_t i = 0; i < wanted->n_positive; i++)
		if (!widen_words(a, st, acronyms, text, wanted, i))
			widen_acronym(a, acronyms, d, &wanted->want[i]);
	for (size_t i = wanted->n_positive; i < wanted->n_wants; i++)
		widen_acronym(a, acronyms, d, &wanted->want[i]);
	stemmer_free(st);
}
