/* An index that follows changes answers as one made of the whole database does. */
#include "fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "import/import.h"
#include "import/jsonl.h"
#include "search/snippet.h"
#include "search/world.h"
#include "store/access_request.h"
#include "store/change.h"
#include "store/opening.h"
#include "store/person.h"
#include "store/working_group.h"

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

/* ---- keys ------------------------------------------------------------------------------------ */

static const struct reader granted = { .level = ANONYMOUS, .keys = "0,grant-1," };
static const struct reader of_group = { .level = MEMBER, .keys = "1,group-1,session-1," };

static void hide(struct resource *r)
{
	r->body = HTML("<p>Le compte rendu du groupe</p>");
	r->visibility = RESTRICTED;
	r->listed = false;
}

static void hide_draft(struct resource *r)
{
	hide(r);
	r->status = DRAFT;
}

static int64_t count(struct fixture *fix, struct search *search, const struct reader *reader)
{
	const struct search_query query = { .text = "compte rendu", .limit = 1 };
	struct search_result result;

	assert_int_equal(search_follow(search, fix->db), OK);
	assert_int_equal(search_run(search, fix->a, reader, &query, &result), OK);
	assert_int_equal(result.n_closed, 0);
	return result.total;
}

static void set_key(struct fixture *fix, int64_t id, const char *key)
{
	assert_int_equal(opening_set(fix->db, OF_RESOURCE, id, &key, key != NULL), OK);
}

static void test_a_key_that_is_set_or_taken_away(void **state)
{
	struct fixture *fix = *state;
	int64_t id = add_resource(fix, "groupe", hide);
	struct search *search;

	assert_int_equal(search_new(fix->db, &search), OK);
	assert_int_equal(count(fix, search, &of_group), 0);
	set_key(fix, id, "group-1");
	assert_int_equal(count(fix, search, &of_group), 1);
	assert_int_equal(count(fix, search, &editor), 1);
	assert_int_equal(count(fix, search, &member), 0);
	assert_int_equal(count(fix, search, &granted), 0);
	set_key(fix, id, "group-11");
	assert_int_equal(count(fix, search, &of_group), 0);
	set_key(fix, id, "group-1");
	assert_int_equal(count(fix, search, &of_group), 1);
	set_key(fix, id, NULL);
	assert_int_equal(count(fix, search, &of_group), 0);
	search_free(search);
}

static void test_what_a_key_is_of_that_is_removed(void **state)
{
	struct fixture *fix = *state;
	struct working_group g = { .slug = "achats", .name = "Achats" };
	int64_t of_session = add_session(fix, "seance", "2026-05-01", NULL);
	struct search *search;

	assert_int_equal(working_group_save(fix->db, &g), OK);
	assert_int_equal(g.id, 1);
	assert_int_equal(of_session, 1);
	set_key(fix, add_resource(fix, "groupe", hide), "group-1");
	set_key(fix, add_resource(fix, "presents", hide), "session-1");
	assert_int_equal(search_new(fix->db, &search), OK);
	assert_int_equal(count(fix, search, &of_group), 2);
	assert_int_equal(working_group_remove(fix->db, fix->a, g.id), OK);
	assert_int_equal(count(fix, search, &of_group), 1);
	assert_int_equal(session_remove(fix->db, of_session), OK);
	assert_int_equal(count(fix, search, &of_group), 0);
	search_free(search);
}

static void test_a_request_that_is_granted(void **state)
{
	struct fixture *fix = *state;
	struct person p = { .given_name = "Camille", .family_name = "Aubry" };
	struct access_request r = { .reason = "Pour un marché.", .made_at = 1 };
	struct search *search;

	assert_int_equal(person_save(fix->db, fix->a, &p), OK);
	r.person_id = p.id;
	r.resource_id = add_resource(fix, "groupe", hide);
	assert_int_equal(access_request_add(fix->db, &r), OK);
	assert_int_equal(r.id, 1);
	assert_int_equal(search_new(fix->db, &search), OK);
	assert_int_equal(count(fix, search, &granted), 0);
	assert_int_equal(access_request_answer(fix->db, fix->a, &r, "2026-12-31", NULL, p.id, 2),
			 OK);
	assert_int_equal(count(fix, search, &granted), 1);
	assert_int_equal(count(fix, search, &of_group), 0);
	search_free(search);
}

static void test_no_key_opens_a_draft_until_it_is_published(void **state)
{
	struct fixture *fix = *state;
	int64_t id = add_resource(fix, "groupe", hide_draft);
	struct search *search;
	struct resource r;

	set_key(fix, id, "group-1");
	assert_int_equal(search_new(fix->db, &search), OK);
	assert_int_equal(count(fix, search, &of_group), 0);
	assert_int_equal(resource_by_id(fix->db, fix->a, &editor, id, &r), OK);
	assert_int_equal(resource_body(fix->db, fix->a, &editor, id, &r.body), OK);
	r.status = PUBLISHED;
	assert_int_equal(resource_save(fix->db, &r), OK);
	assert_int_equal(count(fix, search, &of_group), 1);
	search_free(search);
}

static void test_keys_of_other_things_open_no_resource(void **state)
{
	struct fixture *fix = *state;
	int64_t gone = add_resource(fix, "disparue", NULL), id = add_resource(fix, "groupe", hide);
	const char *key = "group-1";
	struct search *search;

	assert_int_equal(resource_remove(fix->db, gone), OK);
	set_key(fix, gone, key);
	assert_int_equal(opening_set(fix->db, OF_SESSION, id, &key, 1), OK);
	assert_int_equal(opening_set(fix->db, OF_CYCLE, id, &key, 1), OK);
	set_key(fix, add_resource(fix, "ouverte", hide), key);
	assert_int_equal(search_new(fix->db, &search), OK);
	assert_int_equal(count(fix, search, &of_group), 1);
	search_free(search);
}

static void test_what_is_marked_is_what_one_may_read(void **state)
{
	struct fixture *fix = *state;
	int64_t id = add_resource(fix, "groupe", hide);
	struct search *search;

	set_key(fix, id, "group-1");
	assert_int_equal(search_new(fix->db, &search), OK);
	assert_false(marks_are_empty(search_marks(search, fix->a, &of_group, "rendu")));
	assert_true(marks_are_empty(search_marks(search, fix->a, &member, "rendu")));
	search_free(search);
}

static void say_together(struct resource *r)
{
	r->visibility = RESTRICTED;
	r->body = HTML("<p>Le marché public de travaux</p>");
}

static void say_apart(struct resource *r)
{
	r->visibility = RESTRICTED;
	r->published_on = "2024-06-01";
	r->body = HTML("<p>Le public du marché travaux</p>");
}

/* The later one would come first. */
static void test_words_stand_together_in_what_a_key_opens(void **state)
{
	struct fixture *fix = *state;
	const struct search_query query = { .text = "marché public", .limit = 2 };
	int64_t together = add_resource(fix, "ensemble", say_together);
	struct search_result result;
	struct search *search;

	set_key(fix, together, "group-1");
	set_key(fix, add_resource(fix, "separes", say_apart), "group-1");
	assert_int_equal(search_new(fix->db, &search), OK);
	assert_int_equal(search_run(search, fix->a, &of_group, &query, &result), OK);
	assert_int_equal(result.total, 2);
	assert_int_equal(result.hit[0].id, together);
	search_free(search);
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
		TEST(test_a_key_that_is_set_or_taken_away),
		TEST(test_what_a_key_is_of_that_is_removed),
		TEST(test_a_request_that_is_granted),
		TEST(test_no_key_opens_a_draft_until_it_is_published),
		TEST(test_keys_of_other_things_open_no_resource),
		TEST(test_what_is_marked_is_what_one_may_read),
		TEST(test_words_stand_together_in_what_a_key_opens),
		cmocka_unit_test(test_what_is_named_before_it_is_there),
	};

	return cmocka_run_group_tests_name("follow", tests, NULL, NULL);
}
