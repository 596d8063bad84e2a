/*
 * Readers who search while a writer follows changes see one moment each: pairs of resources that
 * change together are found together, or not at all.
 *
 * Meant for ThreadSanitizer as well: ./check tsan.
 */
#include "fixture.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>

#include "search/suggest.h"
#include "search/world.h"
#include "store/acronym.h"
#include "store/change.h"
#include "store/collection.h"
#include "store/opening.h"
#include "store/term.h"

enum { PAIRS = 100, READERS = 3, GENERATIONS = 800 };

struct race {
	struct db *db;
	struct search *search;
	struct arena *a;
	int64_t pair[PAIRS][2];
	int64_t kind, keyword[4], collection;
	struct voice chance;
	atomic_bool is_over;
	atomic_uint n_asked, n_found;
};

/* What a reader thread saw that cannot be; cmocka's own way out is for one thread. */
struct sighting {
	struct race *race;
	struct voice chance;
	char wrong[400];
};

/* ---- the writer -------------------------------------------------------------------- */

/* One that some readers hold, and one that makes a set of keys which was not there before. */
static void set_keys(struct race *race, int64_t id, unsigned generation)
{
	const char *key[] = { arena_printf(race->a, "group-%u", generation % 5),
			      arena_printf(race->a, "grant-%u", generation) };

	assert_int_equal(opening_set(race->db, OF_RESOURCE, id, key, generation % 4 ? 2 : 0), OK);
}

/* Both of a pair say the same, in all that is searched and counted. */
static void write_one(struct race *race, unsigned pair, unsigned which, unsigned generation,
		      enum visibility visibility)
{
	struct voice *v = &race->chance;
	struct resource r = {
		.id = race->pair[pair][which],
		.slug = arena_printf(race->a, "jumeau-%u-%u", pair, which),
		.title = arena_printf(race->a, "Jumeau%u de la génération gen%u", pair, generation),
		.summary = HTML("<p>Les élu·e·s et le SIEG de la commune</p>"),
		.status = PUBLISHED,
		.visibility = visibility,
		.listed = generation % 7 != 0,
		.published_on = arena_printf(race->a, "20%02u-01-01", generation % 30),
		.kind_id = race->kind,
		.collection_id = generation % 3 ? race->collection : 0,
		.number = NO_NUMBER,
		.language = "fr",
		.modified_at = 1700000000,
	};

	r.body = html_trusted(arena_printf(race->a, "<p>mot%u de la mot%u %s</p>", generation % 7,
					   generation, voice_text(v, race->a, 6)));
	assert_int_equal(resource_save(race->db, &r), OK);
	race->pair[pair][which] = r.id;
	set_keys(race, r.id, generation);
	assert_int_equal(term_set_of_resource(race->db, r.id, "keyword",
					      &race->keyword[generation % 4], 1),
			 OK);
}

static void write_pair(struct race *race, unsigned pair, unsigned generation)
{
	enum visibility visibility = (enum visibility)(generation % 3);
	struct voice same = race->chance;

	for (unsigned which = 0; which < 2; which++) {
		race->chance = same;
		write_one(race, pair, which, generation, visibility);
	}
}

static void remove_pair(struct race *race, unsigned pair)
{
	for (unsigned which = 0; which < 2; which++)
		if (race->pair[pair][which])
			assert_int_equal(resource_remove(race->db, race->pair[pair][which]), OK);
	race->pair[pair][0] = race->pair[pair][1] = 0;
}

static void rename_all(struct race *race, unsigned generation)
{
	struct term t = { .id = race->keyword[generation % 4], .vocabulary = "keyword" };
	struct collection c = { .id = race->collection, .slug = "c" };

	t.slug = arena_printf(race->a, "mot-%u", generation % 4);
	t.label = arena_printf(race->a, "Mot n° %u", generation);
	assert_int_equal(term_save(race->db, &t), OK);
	c.title = arena_printf(race->a, "Collection de gen%u", generation);
	assert_int_equal(collection_save(race->db, &c), OK);
	assert_int_equal(acronym_decide(race->db, "SIEG",
					arena_printf(race->a, "service gen%u", generation),
					ACRONYM_CONFIRMED),
			 OK);
}

static void write_generation(struct race *race, unsigned generation)
{
	unsigned pair = voice_pick(&race->chance, PAIRS);

	assert_int_equal(db_begin(race->db), OK);
	if (voice_once(&race->chance, 9))
		remove_pair(race, pair);
	else
		write_pair(race, pair, generation);
	if (generation % 16 == 0)
		rename_all(race, generation);
	/* Too far behind to follow: the index is built anew, and takes the old one's place. */
	if (generation % 100 == 99)
		assert_int_equal(change_note(race->db, "seal", generation), OK);
	assert_int_equal(db_end(race->db, OK), OK);
	if (generation % 100 == 99)
		assert_int_equal(db_run(race->db, "DELETE FROM change"
						  " WHERE id < (SELECT max(id) FROM change)"),
				 OK);
	if (generation % 2)
		search_catch_up(race->search, race->db);
	else
		assert_int_equal(search_follow(race->search, race->db), OK);
	arena_reset(race->a);
}

static void prepare(struct race *race)
{
	struct collection c = { .slug = "c", .title = "Collection" };
	bool created;

	assert_int_equal(term_obtain(race->db, race->a, "kind", "Guide", &race->kind, &created),
			 OK);
	for (unsigned i = 0; i < 4; i++)
		assert_int_equal(term_obtain(race->db, race->a, "keyword",
					     arena_printf(race->a, "mot %u", i), &race->keyword[i],
					     &created),
				 OK);
	assert_int_equal(collection_save(race->db, &c), OK);
	race->collection = c.id;
	for (unsigned pair = 0; pair < PAIRS; pair++)
		write_pair(race, pair, pair);
	assert_int_equal(search_new(race->db, &race->search), OK);
}

/* ---- readers ----------------------------------------------------------------------- */

static const char *question(struct arena *a, struct voice *v)
{
	unsigned pair = voice_pick(v, PAIRS), generation = voice_pick(v, GENERATIONS);

	switch (voice_pick(v, 10)) {
	case 0:
		return "";
	case 1:
		return arena_printf(a, "gen%u", generation);
	case 2:
		return arena_printf(a, "\"jumeau%u de la\" élus", pair);
	case 3:
		return arena_printf(a, "jum* -mot%u", generation % 7);
	case 4:
		return arena_printf(a, "\"mot%u de la\"", generation % 7);
	case 5:
		return arena_printf(a, "jumeaux%u sieg introuvable", pair);
	case 6:
		return "\"de la\"";
	case 7:
		return voice_text(v, a, 2);
	case 8:
		return "gen* mot*";
	default:
		return arena_printf(a, "jumeau%u", pair);
	}
}

static bool are_even(const struct search_result *result)
{
	if (result->total % 2 || result->n_closed % 2 || (int64_t)result->n_hits != result->total)
		return false;
	for (enum facet f = 0; f < N_FACETS; f++)
		for (size_t i = 0; i < result->facet[f].n_values; i++)
			if (result->facet[f].value[i].count % 2)
				return false;
	for (size_t i = 0; i < result->n_words; i++)
		if (result->word[i].count % 2)
			return false;
	return true;
}

/* Each found has one year and one kind. */
static bool add_up(const struct search_result *result)
{
	int64_t years = 0, kinds = 0;

	for (size_t i = 0; i < result->facet[FACET_YEAR].n_values; i++)
		years += result->facet[FACET_YEAR].value[i].count;
	for (size_t i = 0; i < result->facet[FACET_KIND].n_values; i++)
		kinds += result->facet[FACET_KIND].value[i].count;
	return years == result->total && kinds == result->total;
}

static void ask_one(struct sighting *s, struct arena *a)
{
	struct question q = { .reader = world_reader(&s->chance, a) };
	struct suggestion found[SUGGESTIONS_MAX];
	struct search_result result;

	q.query.text = question(a, &s->chance);
	q.query.limit = 1000;
	q.query.sort = voice_once(&s->chance, 2) ? BY_DATE : BY_RELEVANCE;
	if (search_run(s->race->search, a, &q.reader, &q.query, &result) != OK ||
	    !are_even(&result) || !add_up(&result))
		snprintf(s->wrong, sizeof(s->wrong), "%s\n%s", question_text(a, &q),
			 answer_text(a, &result));
	(void)search_marks(s->race->search, a, &q.reader, result.ran);
	if (search_suggest(s->race->search, a, "jumeau", SUGGESTIONS_MAX, found) > SUGGESTIONS_MAX)
		snprintf(s->wrong, sizeof(s->wrong), "too many suggestions");
	atomic_fetch_add(&s->race->n_asked, 1);
	if (result.total)
		atomic_fetch_add(&s->race->n_found, 1);
}

static void *read_on(void *context)
{
	struct sighting *s = context;
	struct arena *a = arena_new();

	while (!atomic_load(&s->race->is_over) && !*s->wrong) {
		ask_one(s, a);
		arena_reset(a);
	}
	arena_free(a);
	return NULL;
}

static void test_each_answer_is_of_one_moment(void **state)
{
	struct fixture *fix = *state;
	struct race race = { .db = fix->db, .a = fix->a };
	struct sighting seen[READERS] = { 0 };
	pthread_t reader[READERS];

	voice_init(&race.chance, world_seed() + 1, 40);
	prepare(&race);
	for (unsigned i = 0; i < READERS; i++) {
		seen[i].race = &race;
		voice_init(&seen[i].chance, world_seed() + 10 + i, 40);
		assert_int_equal(pthread_create(&reader[i], NULL, read_on, &seen[i]), 0);
	}
	for (unsigned generation = PAIRS; generation < GENERATIONS; generation++)
		write_generation(&race, generation);
	atomic_store(&race.is_over, true);
	for (unsigned i = 0; i < READERS; i++)
		pthread_join(reader[i], NULL);
	for (unsigned i = 0; i < READERS; i++)
		if (*seen[i].wrong)
			fail_msg("%s", seen[i].wrong);
	/* There was a race. */
	assert_true(race.n_asked > GENERATIONS && race.n_found > race.n_asked / 2);
	search_free(race.search);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_each_answer_is_of_one_moment),
	};

	return cmocka_run_group_tests_name("threads", tests, NULL, NULL);
}
