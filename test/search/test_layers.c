/*
 * Two worlds that differ only in what a reader may not have give that reader the same answers,
 * in every particular: order, counts, corrections, suggestions, what is marked.
 */
#include "fixture.h"

#include <string.h>

#include "base/richtext.h"
#include "search/snippet.h"
#include "search/suggest.h"
#include "search/world.h"

struct twins {
	struct world *world[2];
	struct search *search[2];
	struct reader reader;
	const char *shown; /* every text that the reader may have, in either world */
	uint64_t seed;
};

static const char *text_of(struct db *db, struct arena *a, const struct reader *reader,
			   const struct resource *r)
{
	struct html body = { NULL };

	if (r->may_read)
		assert_int_equal(resource_body(db, a, reader, r->id, &body), OK);
	return arena_printf(a, "%s\n%s\n%s\n", r->title,
			    r->summary.markup ? richtext_to_text(a, r->summary) : "",
			    body.markup ? richtext_to_text(a, body) : "");
}

static const char *shown(struct world *w, const struct reader *reader)
{
	struct arena *a = arena_new();
	struct resource_list list;
	const char *text = "";

	assert_int_equal(resource_after(w->db, a, reader, "", 60, &list), OK);
	for (size_t i = 0; i < list.n_resources; i++)
		text = arena_printf(a, "%s%s", text, text_of(w->db, a, reader, &list.resource[i]));
	text = arena_strdup(w->a, text);
	arena_free(a);
	return text;
}

static void begin(struct twins *t, uint64_t seed, const struct reader *reader, size_t n_resources,
		  size_t n_words, unsigned longest)
{
	*t = (struct twins){ .seed = world_seed() + seed, .reader = *reader };
	for (unsigned i = 0; i < 2; i++) {
		struct world *w = world_new(t->seed, t->seed + 500 + i, n_words, longest);

		/* Closed texts of another length, in other words. */
		w->closed_longest = i ? 3 * longest : 1 + longest / 3;
		w->outsider = t->reader;
		t->world[i] = w;
		world_add_resources(w, n_resources);
		world_add_drafts(w, 7 * i);
		assert_int_equal(search_new(w->db, &t->search[i]), OK);
	}
	t->shown = shown(t->world[0], &t->reader);
	assert_string_equal(t->shown, shown(t->world[1], &t->reader));
}

static void end(struct twins *t)
{
	for (unsigned i = 0; i < 2; i++) {
		search_free(t->search[i]);
		world_free(t->world[i]);
	}
}

static const char *answer(struct arena *a, const struct twins *t, unsigned i,
			  const struct question *q)
{
	struct search_result result;
	struct marks *marks;

	assert_int_equal(search_run(t->search[i], a, &q->reader, &q->query, &result), OK);
	marks = search_marks(t->search[i], a, &q->reader, result.ran);
	return arena_printf(a, "%smarks %s\n", answer_text(a, &result),
			    marked(a, marks, t->shown).markup);
}

static const char *suggestions(struct arena *a, const struct twins *t, unsigned i,
			       const char *typed)
{
	struct suggestion found[SUGGESTIONS_MAX];
	size_t n = search_suggest(t->search[i], a, typed, SUGGESTIONS_MAX, found);
	const char *text = "suggested";

	for (size_t k = 0; k < n; k++)
		text = arena_printf(a, "%s [%s %s %s]", text, found[k].text,
				    suggestion_kind_name(found[k].kind), found[k].slug);
	return arena_printf(a, "%s\n", text);
}

/* Of the words of both worlds, the closed ones too. */
static void ask_many(struct twins *t, uint64_t seed, unsigned n)
{
	struct arena *a = arena_new();
	struct voice v;

	voice_init(&v, seed, 10);
	for (unsigned i = 0; i < n; i++) {
		const struct world *w = t->world[voice_pick(&v, 2)];
		const struct voice *said = voice_once(&v, 3) ? &w->closed : &w->open;
		struct question q;

		memcpy(v.word, said->word, sizeof(v.word));
		v.n_words = said->n_words;
		q = world_question(t->world[0], &v, a);
		q.reader = t->reader;
		answers_compare(a, t->seed, &q, answer(a, t, 0, &q), answer(a, t, 1, &q));
		answers_compare(a, t->seed, &q, suggestions(a, t, 0, q.query.text),
				suggestions(a, t, 1, q.query.text));
		arena_reset(a);
	}
	arena_free(a);
}

/* One world's closed texts change while the other stays as it is. */
static void change_and_ask(struct twins *t, unsigned n_batches, unsigned n_questions)
{
	ask_many(t, t->seed, n_questions);
	for (unsigned i = 0; i < n_batches; i++) {
		for (unsigned k = 0; k < 5 + i; k++)
			world_change_closed(t->world[1]);
		if (i % 3 == 0)
			world_add_drafts(t->world[1], 3);
		assert_int_equal(search_follow(t->search[1], t->world[1]->db), OK);
		ask_many(t, t->seed + i + 1, n_questions);
	}
}

static void run_twins(const struct reader *reader)
{
	struct twins t;

	for (uint64_t seed = 1; seed <= 20; seed++) {
		begin(&t, seed, reader, 10 + seed * 7 % 50, 4 + seed * 5 % 60, 4 + seed * 3 % 20);
		change_and_ask(&t, 3, 20);
		end(&t);
	}
	/* Lists of many blocks. */
	begin(&t, 101, reader, 500, 20, 8);
	change_and_ask(&t, 3, 40);
	end(&t);
}

static void test_anonymous_readers_learn_nothing_of_closed_texts(void **state)
{
	(void)state;
	run_twins(&anonymous);
}

static void test_members_learn_nothing_of_restricted_texts(void **state)
{
	(void)state;
	run_twins(&member);
}

/* What their keys open is the same in both worlds; keys of others are not. */
static void test_those_with_keys_learn_nothing_of_what_these_do_not_open(void **state)
{
	const struct reader granted = { .level = ANONYMOUS, .keys = "0,grant-2," };
	const struct reader of_group = { .level = MEMBER, .keys = "1,function-elected,group-1," };

	(void)state;
	run_twins(&granted);
	run_twins(&of_group);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_anonymous_readers_learn_nothing_of_closed_texts),
		cmocka_unit_test(test_members_learn_nothing_of_restricted_texts),
		cmocka_unit_test(test_those_with_keys_learn_nothing_of_what_these_do_not_open),
	};

	return cmocka_run_group_tests_name("layers", tests, NULL, NULL);
}
