/* An index that follows changes answers as one made of the whole database does. */
#include "fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "import/import.h"
#include "import/jsonl.h"
#include "search/world.h"
#include "store/change.h"

struct followed {
	struct world *world;
	struct search *search; /* from the beginning */
	uint64_t seed;
};

/* As it was asked before too: the same questions again and again, and fresh ones. */
static struct voice asker(const struct followed *f, uint64_t seed)
{
	struct voice v;

	voice_init(&v, seed, 10);
	memcpy(v.word, f->world->open.word, sizeof(v.word));
	v.n_words = f->world->open.n_words;
	return v;
}

static void compare(const struct followed *f, struct search *fresh, struct arena *a,
		    const struct question *q)
{
	struct search_result followed, made;

	assert_int_equal(search_run(f->search, a, &q->reader, &q->query, &followed), OK);
	assert_int_equal(search_run(fresh, a, &q->reader, &q->query, &made), OK);
	answers_compare(a, f->seed, q, answer_text(a, &followed), answer_text(a, &made));
}

static void ask_many(const struct followed *f, uint64_t seed, unsigned n)
{
	struct voice v = asker(f, seed);
	struct arena *a = arena_new();
	struct search *fresh;

	assert_int_equal(search_new(f->world->db, &fresh), OK);
	for (unsigned i = 0; i < n; i++) {
		struct question q = world_question(f->world, &v, a);

		compare(f, fresh, a, &q);
		arena_reset(a);
	}
	search_free(fresh);
	arena_free(a);
}

static void begin(struct followed *f, uint64_t seed, size_t n_resources, size_t n_words,
		  unsigned longest)
{
	f->seed = world_seed() + seed;
	f->world = world_new(f->seed, f->seed + 500, n_words, longest);
	world_add_resources(f->world, n_resources);
	assert_int_equal(search_new(f->world->db, &f->search), OK);
}

static void end(struct followed *f)
{
	search_free(f->search);
	world_free(f->world);
}

/* What is left in a file and taken up again goes on as if nothing had been. */
static void take_up_again(struct followed *f)
{
	char path[] = "/tmp/halle-test-XXXXXX";
	int file = mkstemp(path);
	bool was_read;

	assert_true(file >= 0);
	close(file);
	assert_int_equal(search_save(f->search, f->world->db, path), OK);
	search_free(f->search);
	assert_int_equal(search_open(f->world->db, path, &f->search, &was_read), OK);
	assert_true(was_read);
	unlink(path);
}

static void change_and_ask(struct followed *f, unsigned n_batches, unsigned n_changes,
			   unsigned n_questions)
{
	for (unsigned i = 0; i < n_batches; i++) {
		for (unsigned k = 0; k < n_changes; k++)
			world_change(f->world);
		if (i % 3 == 1)
			take_up_again(f);
		else
			assert_int_equal(search_follow(f->search, f->world->db), OK);
		ask_many(f, f->seed + i % 3, n_questions);
	}
}

static void test_small_worlds_that_change(void **state)
{
	struct followed f;

	(void)state;
	for (uint64_t seed = 1; seed <= 24; seed++) {
		begin(&f, seed, seed * 7 % 50, 4 + seed * 5 % 60, 3 + seed * 3 % 24);
		change_and_ask(&f, 6, 1 + (unsigned)seed * 3 % 17, 25);
		end(&f);
	}
}

static void test_lists_that_grow_after_packing(void **state)
{
	struct followed f;

	(void)state;
	begin(&f, 101, 130, 16, 8);
	change_and_ask(&f, 12, 60, 40);
	end(&f);
	begin(&f, 102, 64, 6, 4);
	change_and_ask(&f, 20, 21, 30);
	end(&f);
	begin(&f, 103, 0, 12, 6);
	change_and_ask(&f, 10, 40, 30);
	end(&f);
}

static void test_more_than_one_window(void **state)
{
	struct followed f;

	(void)state;
	begin(&f, 201, 8150, 40, 3);
	change_and_ask(&f, 3, 100, 40);
	end(&f);
}

static void test_more_changes_than_it_is_worth_to_follow(void **state)
{
	struct followed f;

	(void)state;
	begin(&f, 301, 40, 30, 8);
	change_and_ask(&f, 2, 2500, 40);
	end(&f);
}

static void test_changes_that_were_forgotten(void **state)
{
	struct followed f;

	(void)state;
	begin(&f, 401, 40, 30, 8);
	for (int i = 0; i < 40; i++)
		world_change(f.world);
	assert_int_equal(db_run(f.world->db, "INSERT INTO change (id, kind, object_id)"
					     " VALUES (20000, 'session', 1)"),
			 OK);
	assert_int_equal(change_prune(f.world->db), OK);
	change_and_ask(&f, 2, 5, 40);
	end(&f);
}

/* ---- an import that commits on the way ------------------------------------------------------- */

/* A file during whose reading the index follows. */
struct followed_file {
	struct followed *followed;
	const char *text;
};

static ssize_t read_some(void *cookie, char *bytes, size_t size)
{
	struct followed_file *file = cookie;
	size_t n = strlen(file->text);

	n = n < size ? n : size;
	n = n < 200 ? n : 200;
	memcpy(bytes, file->text, n);
	file->text += n;
	assert_int_equal(search_follow(file->followed->search, file->followed->world->db), OK);
	return (ssize_t)n;
}

static void import_lines(struct followed *f, struct arena *a, const char *text)
{
	struct import_options options = { .format = "jsonl", .name = "test", .now = 1700000000 };
	struct followed_file from = { f, text };
	FILE *file = fopencookie(&from, "r", (cookie_io_functions_t){ .read = read_some });
	struct import_result result;
	struct import *import;

	assert_int_equal(import_begin(f->world->db, a, &options, &import), OK);
	assert_int_equal(jsonl_read(file, import, true), OK);
	assert_int_equal(import_end(import, &result), OK);
	fclose(file);
}

/* What the first line names stands after a thousand lines, in another transaction. */
static void test_what_is_named_before_it_is_there(void **state)
{
	struct arena *a = arena_new();
	struct followed f;
	char blank[1001];

	(void)state;
	memset(blank, '\n', 1000);
	blank[1000] = '\0';
	begin(&f, 501, 3, 20, 6);
	import_lines(
		&f, a,
		arena_printf(a,
			     "{\"type\":\"resource\",\"slug\":\"a\",\"kind\":\"Guide\","
			     "\"title\":\"Un guide\",\"visibility\":\"public\","
			     "\"status\":\"published\",\"collection\":\"c\",\"number\":1,"
			     "\"categories\":[\"droit\"],\"replaces\":\"b\"}\n"
			     "{\"type\":\"term\",\"vocabulary\":\"category\",\"slug\":\"sieg\","
			     "\"label\":\"SIEG\",\"parent\":\"droit\"}\n%s"
			     "{\"type\":\"term\",\"vocabulary\":\"category\",\"slug\":\"droit\","
			     "\"label\":\"Droit\"}\n"
			     "{\"type\":\"collection\",\"slug\":\"c\",\"title\":\"Repères\"}\n"
			     "{\"type\":\"resource\",\"slug\":\"b\",\"kind\":\"Guide\","
			     "\"title\":\"Un guide\",\"visibility\":\"public\","
			     "\"status\":\"published\",\"categories\":[\"sieg\"]}\n",
			     blank));
	assert_int_equal(search_follow(f.search, f.world->db), OK);
	ask_many(&f, f.seed, 100);
	end(&f);
	arena_free(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_small_worlds_that_change),
		cmocka_unit_test(test_lists_that_grow_after_packing),
		cmocka_unit_test(test_more_than_one_window),
		cmocka_unit_test(test_more_changes_than_it_is_worth_to_follow),
		cmocka_unit_test(test_changes_that_were_forgotten),
		cmocka_unit_test(test_what_is_named_before_it_is_there),
	};

	return cmocka_run_group_tests_name("follow", tests, NULL, NULL);
}
