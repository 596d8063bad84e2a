#include "search/suggest.h"

#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/text.h"

#define LENGTH(array) (sizeof(array) / sizeof(*(array)))

struct fixture {
	struct arena *a;
	struct suggest *s;
};

static int setup(void **state)
{
	struct fixture *fix = calloc(1, sizeof(*fix));

	fix->a = arena_new();
	fix->s = suggest_new();
	*state = fix;
	return 0;
}

static int teardown(void **state)
{
	struct fixture *fix = *state;

	suggest_free(fix->s);
	arena_free(fix->a);
	free(fix);
	return 0;
}

static void put_title(struct fixture *fix, int64_t id, const char *text)
{
	suggest_put(fix->s, SUGGEST_RESOURCE, id, text, "slug", 100);
}

/* The texts found, one a line. */
static const char *found_for(struct fixture *fix, const char *typed)
{
	struct suggestion found[SUGGESTIONS_MAX];
	size_t n = suggest_find(fix->s, fix->a, typed, SUGGESTIONS_MAX, found);
	const char *all = "";

	for (size_t i = 0; i < n; i++)
		all = arena_printf(fix->a, "%s%s%s", all, i ? "\n" : "", found[i].text);
	return all;
}

static void expect(struct fixture *fix, const char *typed, const char *expected)
{
	const char *found = found_for(fix, typed);

	if (strcmp(found, expected))
		fail_msg("'%s' found\n%s\n--- not\n%s", typed, found, expected);
}

/* ---- what is found ------------------------------------------------------------------ */

static void test_nothing_typed_finds_nothing(void **state)
{
	struct fixture *fix = *state;

	put_title(fix, 1, "Économie sociale");
	suggest_commit(fix->s);
	expect(fix, "", "");
	expect(fix, " \t ", "");
	expect(fix, "’-…", "");
	expect(fix, "zzz", "");
}

static void test_accents_and_capitals_are_indifferent(void **state)
{
	struct fixture *fix = *state;

	put_title(fix, 1, "Économie sociale");
	put_title(fix, 2, "ŒUVRES de l’Été");
	suggest_commit(fix->s);
	expect(fix, "eco", "Économie sociale");
	expect(fix, "ÉCONOMIE  SOC", "Économie sociale");
	expect(fix, "oeuvre", "ŒUVRES de l’Été");
	expect(fix, "œuvres ete", "ŒUVRES de l’Été");
}

static void test_an_elision_hides_nothing(void **state)
{
	struct fixture *fix = *state;

	put_title(fix, 1, "Vers l’économie d’avenir");
	suggest_commit(fix->s);
	expect(fix, "economie", "Vers l’économie d’avenir");
	expect(fix, "l'eco", "Vers l’économie d’avenir");
	expect(fix, "l’éco", "Vers l’économie d’avenir");
	expect(fix, "avenir", "Vers l’économie d’avenir");
}

static void test_inclusive_writing_is_found_as_people_type_it(void **state)
{
	struct fixture *fix = *state;

	put_title(fix, 1, "Les élu·e·s en campagne");
	suggest_commit(fix->s);
	expect(fix, "elu", "Les élu·e·s en campagne");
	expect(fix, "les elus en", "Les élu·e·s en campagne");
	expect(fix, "les élues", "Les élu·e·s en campagne");
	expect(fix, "élu·e·s", "Les élu·e·s en campagne");
	expect(fix, "élu·e", "Les élu·e·s en campagne");
	expect(fix, "élu•e•s", "Les élu·e·s en campagne");
	put_title(fix, 2, "Directeur·trice d’un S.I.E.G., agent.e.s de rtes.org");
	suggest_commit(fix->s);
	expect(fix, "directrice", "Directeur·trice d’un S.I.E.G., agent.e.s de rtes.org");
	expect(fix, "directeur·t", "Directeur·trice d’un S.I.E.G., agent.e.s de rtes.org");
	expect(fix, "sieg", "Directeur·trice d’un S.I.E.G., agent.e.s de rtes.org");
	expect(fix, "s.i", "Directeur·trice d’un S.I.E.G., agent.e.s de rtes.org");
	expect(fix, "agents org", "Directeur·trice d’un S.I.E.G., agent.e.s de rtes.org");
}

static void test_every_word_typed_begins_a_word(void **state)
{
	struct fixture *fix = *state;

	put_title(fix, 1, "Guide de la commande publique");
	suggest_commit(fix->s);
	expect(fix, "de la", "Guide de la commande publique");
	expect(fix, "publ gui", "Guide de la commande publique");
	expect(fix, "guide mande", "");
	expect(fix, "guide publique privée", "");
}

static void test_ten_words_and_two_hundred_bytes_are_looked_at(void **state)
{
	struct fixture *fix = *state;
	char typed[2000];

	put_title(fix, 1, "a b c d e f g h i j");
	suggest_commit(fix->s);
	expect(fix, "a b c d e f g h i j k l", "a b c d e f g h i j");
	memset(typed, ' ', sizeof(typed));
	memcpy(typed, "a b", 3);
	memcpy(typed + sizeof(typed) - 2, "z", 2);
	expect(fix, typed, "a b c d e f g h i j");
}

static void test_bytes_that_are_not_utf8_end_what_is_typed(void **state)
{
	struct fixture *fix = *state;

	put_title(fix, 1, "Économie");
	suggest_commit(fix->s);
	expect(fix, "eco\xff", "Économie");
	expect(fix, "\xc3", "");
	expect(fix, "eco \xe2\x82", "Économie");
}

/* ---- in which order ------------------------------------------------------------------- */

static void test_the_beginning_comes_first_then_the_order_of_words(void **state)
{
	struct fixture *fix = *state;

	put_title(fix, 1, "Sociale, mais aussi économie");
	put_title(fix, 2, "Une économie plus sociale");
	put_title(fix, 3, "Économie sociale et solidaire");
	suggest_commit(fix->s);
	expect(fix, "économie soc",
	       "Économie sociale et solidaire\nUne économie plus sociale\n"
	       "Sociale, mais aussi économie");
}

static void test_the_more_used_then_the_shorter_then_the_alphabet(void **state)
{
	struct fixture *fix = *state;

	suggest_put(fix->s, SUGGEST_KEYWORD, 1, "mobilité z", "z", 5);
	suggest_put(fix->s, SUGGEST_KEYWORD, 2, "mobilité é", "e", 5);
	suggest_put(fix->s, SUGGEST_KEYWORD, 3, "mobilité", "m", 5);
	suggest_put(fix->s, SUGGEST_KEYWORD, 4, "mobilités douces", "d", 6);
	suggest_commit(fix->s);
	expect(fix, "mob", "mobilités douces\nmobilité\nmobilité é\nmobilité z");
}

static void test_what_is_general_comes_first_when_little_is_typed(void **state)
{
	struct fixture *fix = *state;

	suggest_put(fix->s, SUGGEST_RESOURCE, 1, "Mobilité durable", "m", 19000);
	suggest_put(fix->s, SUGGEST_CATEGORY, 1, "Mobilité durable et active", "d", 3);
	suggest_commit(fix->s);
	expect(fix, "mob", "Mobilité durable et active\nMobilité durable");
	expect(fix, "mobilité durable", "Mobilité durable\nMobilité durable et active");
}

static void test_the_same_text_is_shown_once_for_each_kind(void **state)
{
	struct fixture *fix = *state;
	struct suggestion found[SUGGESTIONS_MAX];

	suggest_put(fix->s, SUGGEST_RESOURCE, 1, "Compte-rendu", "first", 10);
	suggest_put(fix->s, SUGGEST_RESOURCE, 2, "Compte-rendu", "second", 11);
	suggest_put(fix->s, SUGGEST_KIND, 1, "Compte-rendu", "kind", 1);
	suggest_commit(fix->s);
	assert_int_equal(suggest_find(fix->s, fix->a, "compte", 9, found), 2);
	assert_int_equal(found[0].kind, SUGGEST_KIND);
	assert_string_equal(found[0].slug, "kind");
	assert_int_equal(found[1].kind, SUGGEST_RESOURCE);
	assert_string_equal(found[1].slug, "second");
}

static void test_no_more_than_was_asked_for(void **state)
{
	struct fixture *fix = *state;
	struct suggestion found[SUGGESTIONS_MAX];

	for (int i = 0; i < 100; i++)
		put_title(fix, i, arena_printf(fix->a, "Guide %d", i));
	suggest_commit(fix->s);
	assert_int_equal(suggest_find(fix->s, fix->a, "guide", 0, found), 0);
	assert_int_equal(suggest_find(fix->s, fix->a, "guide", 3, found), 3);
	assert_int_equal(suggest_find(fix->s, fix->a, "guide", 1000, found), SUGGESTIONS_MAX);
}

/* Titles "2024 a0", "2024 b1"…, each as much used as no other. */
static void test_the_best_of_many_are_found(void **state)
{
	enum { MANY = 29989, LETTERS = 5 };
	struct fixture *fix = *state;
	int used[MANY];

	for (int i = 0; i < MANY; i++) {
		int use = i * 7919 % MANY;
		const char *text = arena_printf(fix->a, "2024 %c%d", 'a' + i % LETTERS, i);

		used[use] = i;
		suggest_put(fix->s, SUGGEST_RESOURCE, i, text, "slug", (uint32_t)use);
	}
	suggest_commit(fix->s);
	for (int letter = 0; letter < LETTERS; letter++) {
		const char *expected = "";

		for (int use = MANY - 1, n = 0; n < SUGGESTIONS_MAX; use--)
			if (used[use] % LETTERS == letter)
				expected = arena_printf(fix->a, "%s%s2024 %c%d", expected,
							n++ ? "\n" : "", 'a' + letter, used[use]);
		expect(fix, arena_printf(fix->a, "2024 %c", 'a' + letter), expected);
		expect(fix, arena_printf(fix->a, "%c", 'a' + letter), expected);
		expect(fix, arena_printf(fix->a, "%c 2024", 'a' + letter), expected);
	}
}

/* ---- what changes ------------------------------------------------------------------------ */

static void test_a_change_is_seen_after_the_commit(void **state)
{
	struct fixture *fix = *state;

	put_title(fix, 1, "Avant");
	expect(fix, "av", "");
	suggest_commit(fix->s);
	expect(fix, "av", "Avant");
	put_title(fix, 1, "Après");
	expect(fix, "av", "Avant");
	suggest_commit(fix->s);
	expect(fix, "a", "Après");
	suggest_remove(fix->s, SUGGEST_RESOURCE, 1);
	expect(fix, "a", "Après");
	suggest_commit(fix->s);
	expect(fix, "a", "");
}

static void test_a_number_is_that_of_its_kind(void **state)
{
	struct fixture *fix = *state;

	put_title(fix, 1, "Aide");
	suggest_put(fix->s, SUGGEST_KEYWORD, 1, "aides", "aides", 1);
	suggest_remove(fix->s, SUGGEST_CATEGORY, 1);
	suggest_commit(fix->s);
	expect(fix, "aide", "aides\nAide");
	suggest_remove(fix->s, SUGGEST_KEYWORD, 1);
	suggest_commit(fix->s);
	expect(fix, "aide", "Aide");
}

static void test_kinds_have_names(void **state)
{
	(void)state;
	assert_string_equal(suggestion_kind_name(SUGGEST_RESOURCE), "resource");
	assert_string_equal(suggestion_kind_name(SUGGEST_ORGANISATION), "organisation");
}

/* ---- against a plain slow scan ------------------------------------------------------------- */

/* A word as it is written and its forms; sometimes with what stands before it. */
static const struct written {
	const char *written, *forms[2];
} written[] = {
	{ "Économie", { "economie" } },
	{ "éco", { "eco" } },
	{ "sociale", { "sociale" } },
	{ "social", { "social" } },
	{ "soc", { "soc" } },
	{ "Élu·e·s", { "elus", "elues" } },
	{ "élus", { "elus" } },
	{ "chargé·e", { "charge", "chargee" } },
	{ "guide", { "guide" } },
	{ "À", { "a" } },
	{ "a", { "a" } },
	{ "ab", { "ab" } },
	{ "abc", { "abc" } },
	{ "Œuvre", { "oeuvre" } },
	{ "oe", { "oe" } },
	{ "1ᵉʳ", { "1er" } },
	{ "straße", { "strasse" } },
	{ "Ελλάς", { "ελλασ" } },
	{ "l", { "l" } },
	{ "de", { "de" } },
};

static const char *const blank[] = { " ", "  ", "-", "’", " : ", " « ", " ", ", " };

enum { WORDS_MAX = 8 };

struct known {
	bool is_there;
	enum suggestion_kind kind;
	int64_t id;
	const char *text, *spelt;
	uint32_t use;
	size_t n;
	const struct written *word[WORDS_MAX];
};

struct ranked {
	const struct known *k;
	int likeness, is_late;
};

struct world {
	struct fixture *fix;
	struct known *known;
	struct ranked *ranked;
	unsigned n, random;
};

static unsigned pick(struct world *w, unsigned n)
{
	w->random = w->random * 1103515245 + 12345;
	return (w->random >> 16) % n;
}

static void make(struct world *w, struct known *k)
{
	struct arena *a = w->fix->a;

	k->n = pick(w, WORDS_MAX);
	k->text = k->spelt = "";
	for (size_t i = 0; i < k->n; i++) {
		/* The first are drawn more often. */
		k->word[i] = &written[pick(w, 1 + pick(w, LENGTH(written)))];
		k->text = arena_printf(a, "%s%s%s", k->text, i ? blank[pick(w, LENGTH(blank))] : "",
				       k->word[i]->written);
		k->spelt = arena_printf(a, "%s%s%s", k->spelt, i ? " " : "", k->word[i]->forms[0]);
	}
	k->use = pick(w, 4);
	k->is_there = true;
}

static bool starts(const char *text, const char *with)
{
	return !strncmp(text, with, strlen(with));
}

static bool word_starts(const struct written *word, const char *with)
{
	return starts(word->forms[0], with) || (word->forms[1] && starts(word->forms[1], with));
}

/* 0 is best, 3 is no match. */
static int slow_likeness(const struct known *k, const char *const typed[], size_t n,
			 const char *whole)
{
	size_t next = 0;

	if (starts(k->spelt, whole))
		return 0;
	for (size_t i = 0; i < k->n && next < n; i++)
		next += word_starts(k->word[i], typed[next]);
	if (next == n)
		return 1;
	for (size_t i = 0; i < n; i++) {
		bool found = false;

		for (size_t j = 0; j < k->n; j++)
			found |= word_starts(k->word[j], typed[i]);
		if (!found)
			return 3;
	}
	return 2;
}

static int order(const void *left, const void *right)
{
	const struct ranked *l = left, *r = right;
	size_t n_l = utf8_length(l->k->text), n_r = utf8_length(r->k->text);
	int alphabet = strcmp(l->k->spelt, r->k->spelt);

	if (l->likeness != r->likeness)
		return l->likeness - r->likeness;
	if (l->is_late != r->is_late)
		return l->is_late - r->is_late;
	if (l->k->use != r->k->use)
		return l->k->use > r->k->use ? -1 : 1;
	if (n_l != n_r)
		return n_l < n_r ? -1 : 1;
	if (!alphabet)
		alphabet = strcmp(l->k->text, r->k->text);
	if (alphabet)
		return alphabet;
	return l->k->kind != r->k->kind ? (int)l->k->kind - (int)r->k->kind
					: (int)(l->k->id - r->k->id);
}

static bool was_said(const struct ranked ranked[], size_t n, const struct known *k)
{
	for (size_t i = 0; i < n; i++)
		if (ranked[i].k->kind == k->kind && !strcmp(ranked[i].k->text, k->text))
			return true;
	return false;
}

static size_t slow_find(struct world *w, const char *const typed[], size_t n)
{
	struct ranked *ranked = w->ranked;
	const char *whole = "";
	size_t letters = 0, n_ranked = 0, n_kept = 0;

	for (size_t i = 0; i < n; i++) {
		whole = arena_printf(w->fix->a, "%s%s%s", whole, i ? " " : "", typed[i]);
		letters += strlen(typed[i]);
	}
	for (size_t i = 0; i < w->n; i++) {
		const struct known *k = &w->known[i];
		int likeness = k->is_there ? slow_likeness(k, typed, n, whole) : 3;

		if (likeness < 3)
			ranked[n_ranked++] =
				(struct ranked){ k, likeness,
						 letters <= 10 && k->kind == SUGGEST_RESOURCE };
	}
	qsort(ranked, n_ranked, sizeof(*ranked), order);
	for (size_t i = 0; i < n_ranked && n_kept < SUGGESTIONS_MAX; i++)
		if (!was_said(ranked, n_kept, ranked[i].k))
			ranked[n_kept++] = ranked[i];
	return n_kept;
}

static void compare(struct world *w)
{
	struct suggestion found[SUGGESTIONS_MAX];
	const char *typed[3], *text = "";
	size_t n = 1 + pick(w, 3), limit = 1 + pick(w, SUGGESTIONS_MAX), n_found, n_slow;

	for (size_t i = 0; i < n; i++) {
		const char *form = written[pick(w, LENGTH(written))].forms[0];
		size_t length = strlen(form);

		/* "ελλας" is cut between letters of two bytes. */
		typed[i] = arena_strndup(w->fix->a, form,
					 length > 1 ? 2 * (1 + pick(w, (unsigned)length / 2)) : 1);
		text = arena_printf(w->fix->a, "%s %s", text, typed[i]);
	}
	n_found = suggest_find(w->fix->s, w->fix->a, text, limit, found);
	n_slow = slow_find(w, typed, n);
	assert_int_equal(n_found, n_slow < limit ? n_slow : limit);
	for (size_t i = 0; i < n_found; i++) {
		const struct known *k = w->ranked[i].k;

		if (found[i].kind != k->kind || strcmp(found[i].text, k->text) ||
		    strcmp(found[i].slug, arena_printf(w->fix->a, "s%04d", (int)k->id)))
			fail_msg("'%s', %zu: '%s' of kind %d, not '%s' of kind %d", text, i,
				 found[i].text, found[i].kind, k->text, k->kind);
	}
}

static void change(struct world *w)
{
	struct known *k = &w->known[pick(w, w->n)];

	if (k->is_there && pick(w, 3) == 0) {
		k->is_there = false;
		suggest_remove(w->fix->s, k->kind, k->id);
		return;
	}
	make(w, k);
	suggest_put(w->fix->s, k->kind, k->id, k->text,
		    arena_printf(w->fix->a, "s%04d", (int)k->id), k->use);
}

/* Few changes between two commits leave them in the list, many make shelves. */
static void run_world(struct fixture *fix, unsigned n, unsigned n_commits, unsigned n_changes)
{
	struct world *w = arena_make(fix->a, struct world, 1);

	w->fix = fix;
	w->n = w->random = n;
	w->known = arena_make(fix->a, struct known, n);
	w->ranked = arena_make(fix->a, struct ranked, n);
	for (size_t i = 0; i < w->n; i++) {
		w->known[i].id = (int64_t)(i / 2);
		w->known[i].kind = i % 2 ? SUGGEST_RESOURCE : 1 + (enum suggestion_kind)(i % 6);
	}
	for (unsigned i = 0; i < n_commits; i++) {
		for (unsigned j = pick(w, n_changes); j; j--)
			change(w);
		suggest_commit(fix->s);
		for (unsigned j = 0; j < 50; j++)
			compare(w);
	}
}

static void test_it_finds_what_a_slow_scan_finds_in_a_list(void **state)
{
	run_world(*state, 900, 200, 10);
}

static void test_it_finds_what_a_slow_scan_finds_on_shelves(void **state)
{
	run_world(*state, 900, 60, 1500);
}

static void test_it_finds_what_a_slow_scan_finds_among_many(void **state)
{
	run_world(*state, 14000, 6, 30000);
}

/* ---- readers and a writer ---------------------------------------------------------------------
 */

struct race {
	struct suggest *s;
	atomic_bool is_over;
};

/* "pair A n" and "pair B n" are put together: no reader sees one without the other. */
static void *read_on(void *context)
{
	struct race *race = context;
	struct arena *a = arena_new();

	while (!atomic_load(&race->is_over)) {
		struct suggestion found[SUGGESTIONS_MAX];
		size_t n = suggest_find(race->s, a, "pair", SUGGESTIONS_MAX, found);

		assert_int_equal(n, 2);
		assert_string_equal(found[0].text + 6, found[1].text + 6);
		assert_true(suggest_find(race->s, a, "t", 5, found) <= 5);
		assert_true(suggest_find(race->s, a, "t 1", 5, found) <= 5);
		arena_reset(a);
	}
	arena_free(a);
	return NULL;
}

static void put_pair(struct suggest *s, int n)
{
	char text[32];

	for (int i = 0; i < 2; i++) {
		snprintf(text, sizeof(text), "pair %c %d", 'A' + i, n);
		suggest_put(s, SUGGEST_RESOURCE, i, text, "slug", 1);
	}
	suggest_commit(s);
}

static void write_on(struct suggest *s, int n)
{
	char text[32];

	for (int i = 0; i < 50; i++) {
		snprintf(text, sizeof(text), "titre %d numéro %d", i, n);
		suggest_put(s, SUGGEST_RESOURCE, 10 + (n * 50 + i) % 3000, text, "slug", 1);
	}
	suggest_remove(s, SUGGEST_RESOURCE, 10 + n * 7 % 3000);
	put_pair(s, n);
}

static void test_readers_see_whole_commits(void **state)
{
	struct fixture *fix = *state;
	struct race race = { .s = fix->s };
	pthread_t reader[3];

	put_pair(fix->s, 0);
	for (size_t i = 0; i < LENGTH(reader); i++)
		assert_int_equal(pthread_create(&reader[i], NULL, read_on, &race), 0);
	for (int n = 1; n < 300; n++)
		write_on(fix->s, n);
	atomic_store(&race.is_over, true);
	for (size_t i = 0; i < LENGTH(reader); i++)
		pthread_join(reader[i], NULL);
}

#define test(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		test(test_nothing_typed_finds_nothing),
		test(test_accents_and_capitals_are_indifferent),
		test(test_an_elision_hides_nothing),
		test(test_inclusive_writing_is_found_as_people_type_it),
		test(test_every_word_typed_begins_a_word),
		test(test_ten_words_and_two_hundred_bytes_are_looked_at),
		test(test_bytes_that_are_not_utf8_end_what_is_typed),
		test(test_the_beginning_comes_first_then_the_order_of_words),
		test(test_the_more_used_then_the_shorter_then_the_alphabet),
		test(test_what_is_general_comes_first_when_little_is_typed),
		test(test_the_same_text_is_shown_once_for_each_kind),
		test(test_no_more_than_was_asked_for),
		test(test_the_best_of_many_are_found),
		test(test_a_change_is_seen_after_the_commit),
		test(test_a_number_is_that_of_its_kind),
		test(test_kinds_have_names),
		test(test_it_finds_what_a_slow_scan_finds_in_a_list),
		test(test_it_finds_what_a_slow_scan_finds_on_shelves),
		test(test_it_finds_what_a_slow_scan_finds_among_many),
		test(test_readers_see_whole_commits),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
