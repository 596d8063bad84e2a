/* What the store promises of resources: who finds what, in which order. */
#include "fixture.h"

#include "store/collection.h"
#include "store/link.h"
#include "store/term.h"

static void close_it(struct resource *r)
{
	r->visibility = MEMBERS;
}

static void restrict_it(struct resource *r)
{
	r->visibility = RESTRICTED;
}

static void hide_it(struct resource *r)
{
	r->visibility = MEMBERS;
	r->listed = false;
}

static void draft_it(struct resource *r)
{
	r->status = DRAFT;
}

static void test_a_resource_comes_back_as_saved(void **state)
{
	struct fixture *fix = *state;
	struct resource r;
	struct html body;

	add_resource(fix, "filieres", NULL);
	assert_int_equal(resource_by_slug(fix->db, fix->a, &anonymous, "filieres", &r), OK);
	assert_string_equal(r.title, "filieres");
	assert_string_equal(r.kind, "Guide");
	assert_string_equal(r.kind_slug, "guide");
	assert_string_equal(r.summary.markup, "<p>Un résumé.</p>");
	assert_int_equal(r.number, NO_NUMBER);
	assert_null(r.edition);
	assert_null(r.collection);
	assert_true(r.may_read);
	assert_int_equal(r.revision, 1);
	assert_int_equal(resource_body(fix->db, fix->a, &anonymous, r.id, &body), OK);
	assert_string_equal(body.markup, "<p>Un corps.</p>");
}

static void test_a_slug_is_taken_once(void **state)
{
	struct fixture *fix = *state;
	struct resource r;

	add_resource(fix, "filieres", NULL);
	assert_int_equal(resource_by_slug(fix->db, fix->a, &editor, "filieres", &r), OK);
	r.id = 0;
	assert_int_equal(resource_save(fix->db, &r), CONFLICT);
}

/* Every state of a resource against every reader: may discover, may read. */
static void test_who_discovers_and_who_reads(void **state)
{
	struct fixture *fix = *state;
	static const struct {
		const char *slug;
		void (*change)(struct resource *r);
		const struct reader *reader;
		enum status found, read;
	} cases[] = {
		{ "public", NULL, &anonymous, OK, OK },
		{ "public", NULL, &member, OK, OK },
		{ "public", NULL, &editor, OK, OK },
		{ "closed", close_it, &anonymous, OK, DENIED },
		{ "closed", close_it, &member, OK, OK },
		{ "closed", close_it, &editor, OK, OK },
		{ "restricted", restrict_it, &anonymous, OK, DENIED },
		{ "restricted", restrict_it, &member, OK, DENIED },
		{ "restricted", restrict_it, &editor, OK, OK },
		{ "unlisted", hide_it, &anonymous, NOT_FOUND, DENIED },
		{ "unlisted", hide_it, &member, OK, OK },
		{ "unlisted", hide_it, &editor, OK, OK },
		{ "draft", draft_it, &anonymous, NOT_FOUND, DENIED },
		{ "draft", draft_it, &member, NOT_FOUND, DENIED },
		{ "draft", draft_it, &editor, OK, OK },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct resource r = { 0 };
		struct html body;
		int64_t id;
		enum status found;

		if (resource_id_of(fix->db, cases[i].slug, &id) == NOT_FOUND)
			id = add_resource(fix, cases[i].slug, cases[i].change);
		found = resource_by_slug(fix->db, fix->a, cases[i].reader, cases[i].slug, &r);
		assert_int_equal(found, cases[i].found);
		assert_int_equal(resource_body(fix->db, fix->a, cases[i].reader, id, &body),
				 cases[i].read);
		if (found == OK)
			assert_int_equal(r.may_read, cases[i].read == OK);
		assert_int_equal(resource_with_body(fix->db, fix->a, cases[i].reader, id, &r),
				 found);
		if (found == OK)
			assert_int_equal(r.body.markup != NULL, cases[i].read == OK);
	}
}

/* The rule is written twice, in C and in SQL: they must say the same of everything. */
static void test_the_rule_of_sql_is_the_rule_of_c(void **state)
{
	struct fixture *fix = *state;
	const char *sql_read =
		"SELECT " ACCESS_READ_RESOURCE_SQL("r", "$1") " FROM resource r WHERE id = $2";
	const char *sql_discover =
		"SELECT " ACCESS_DISCOVER_RESOURCE_SQL("r", "$1") " FROM resource r WHERE id = $2";
	int n = 0;

	for (int v = PUBLIC; v <= RESTRICTED; v++)
		for (int s = DRAFT; s <= ARCHIVED; s++)
			for (int listed = 0; listed < 2; listed++)
				for (int level = ANONYMOUS; level <= EDITOR; level++) {
					struct resource r;
					struct reader reader = { .level = (enum level)level };
					struct object object;
					int64_t id = add_resource(
						fix, arena_printf(fix->a, "r%d", n++), NULL);
					int64_t may;
					struct query *q;

					assert_int_equal(resource_by_id(fix->db, fix->a, &editor,
									id, &r),
							 OK);
					r.visibility = (enum visibility)v;
					r.status = (enum publication)s;
					r.listed = listed;
					assert_int_equal(resource_save(fix->db, &r), OK);
					object = resource_object(&r);
					q = db_query(fix->db, sql_read);
					query_reader(q, 1, &reader);
					query_int(q, 2, id);
					assert_int_equal(query_one_int(q, &may), OK);
					assert_int_equal(may, access_may_read(&reader, &object));
					q = db_query(fix->db, sql_discover);
					query_reader(q, 1, &reader);
					query_int(q, 2, id);
					assert_int_equal(query_one_int(q, &may), OK);
					assert_int_equal(may,
							 access_may_discover(&reader, &object));
				}
	assert_int_equal(n, 72);
}

static void in_2022(struct resource *r)
{
	r->published_on = "2022-05-01";
}

static void undated(struct resource *r)
{
	r->published_on = NULL;
}

static void test_the_latest_come_first_and_the_undated_last(void **state)
{
	struct fixture *fix = *state;
	struct resource_list list;

	add_resource(fix, "undated", undated);
	add_resource(fix, "old", in_2022);
	add_resource(fix, "new", NULL);
	add_resource(fix, "draft", draft_it);
	assert_int_equal(resource_latest(fix->db, fix->a, &anonymous, 10, &list), OK);
	assert_int_equal(list.n_resources, 3);
	assert_string_equal(list.resource[0].slug, "new");
	assert_string_equal(list.resource[1].slug, "old");
	assert_string_equal(list.resource[2].slug, "undated");
}

static void test_a_change_raises_the_revision_and_is_noted(void **state)
{
	struct fixture *fix = *state;
	struct resource r;
	int64_t id = add_resource(fix, "filieres", NULL), before, after;
	const char *data;

	assert_int_equal(query_one_int(db_query(fix->db, "SELECT max(id) FROM change"), &before),
			 OK);
	assert_int_equal(resource_keep_version(fix->db, id, "{\"as it was\":1}"), OK);
	assert_int_equal(resource_by_id(fix->db, fix->a, &editor, id, &r), OK);
	r.title = "Autrement";
	assert_int_equal(resource_save(fix->db, &r), OK);
	assert_int_equal(resource_by_id(fix->db, fix->a, &editor, id, &r), OK);
	assert_int_equal(r.revision, 2);
	assert_int_equal(resource_version(fix->db, fix->a, id, 1, &data), OK);
	assert_string_equal(data, "{\"as it was\":1}");
	assert_int_equal(resource_version(fix->db, fix->a, id, 2, &data), NOT_FOUND);
	assert_int_equal(query_one_int(db_query(fix->db, "SELECT max(id) FROM change"), &after),
			 OK);
	assert_true(after > before);
}

static void test_removing_a_resource_leaves_links_to_it_without_target(void **state)
{
	struct fixture *fix = *state;
	int64_t gone = add_resource(fix, "gone", NULL);
	int64_t stays = add_resource(fix, "stays", NULL);
	struct link link = { .role = "related", .label = "Voir", .visibility = AS_OWNER };
	struct link_list list;
	struct resource r;

	link.resource_id = gone;
	assert_int_equal(link_set(fix->db, OF_RESOURCE, stays, &link, 1), OK);
	assert_int_equal(resource_set_replaces(fix->db, stays, gone), OK);
	assert_int_equal(resource_remove(fix->db, gone), OK);
	assert_int_equal(link_of(fix->db, fix->a, &editor, OF_RESOURCE, stays, &list), OK);
	assert_int_equal(list.n_links, 1);
	assert_null(list.link[0].resource);
	assert_int_equal(resource_by_slug(fix->db, fix->a, &editor, "stays", &r), OK);
	assert_int_equal(r.replaces_id, 0);
}

static void test_what_a_closed_resource_replaces_is_told_only_if_it_may_be(void **state)
{
	struct fixture *fix = *state;
	int64_t hidden = add_resource(fix, "hidden", hide_it);
	int64_t open = add_resource(fix, "open", NULL);
	struct resource r;

	assert_int_equal(resource_set_replaces(fix->db, open, hidden), OK);
	assert_int_equal(resource_by_slug(fix->db, fix->a, &anonymous, "open", &r), OK);
	assert_null(r.replaces);
	assert_null(r.replaces_title);
	assert_int_equal(resource_by_slug(fix->db, fix->a, &member, "open", &r), OK);
	assert_string_equal(r.replaces, "hidden");
	assert_int_equal(resource_replacing(fix->db, fix->a, &member, hidden, &r), OK);
	assert_string_equal(r.slug, "open");
}

static void numbered(struct fixture *fix, int64_t collection, const char *slug, int64_t number)
{
	struct resource r;
	int64_t id = add_resource(fix, slug, NULL);

	assert_int_equal(resource_by_id(fix->db, fix->a, &editor, id, &r), OK);
	r.collection_id = collection;
	r.number = number;
	assert_int_equal(resource_save(fix->db, &r), OK);
}

static void test_a_collection_counts_what_the_reader_may_discover(void **state)
{
	struct fixture *fix = *state;
	struct collection c = { .slug = "reperes", .title = "Repères" };
	struct collection_list list;
	struct resource_list resources;
	struct resource r;

	assert_int_equal(collection_save(fix->db, &c), OK);
	numbered(fix, c.id, "neuf", 9);
	numbered(fix, c.id, "dix", 10);
	numbered(fix, c.id, "cache", 11);
	assert_int_equal(resource_by_slug(fix->db, fix->a, &editor, "cache", &r), OK);
	r.visibility = MEMBERS;
	r.listed = false;
	assert_int_equal(resource_save(fix->db, &r), OK);

	assert_int_equal(collection_for_reader(fix->db, fix->a, &anonymous, &list), OK);
	assert_int_equal(list.n_collections, 1);
	assert_int_equal(list.collection[0].n_resources, 2);
	assert_int_equal(resource_of_collection(fix->db, fix->a, &anonymous, c.id, &resources), OK);
	assert_int_equal(resources.n_resources, 2);
	assert_string_equal(resources.resource[0].slug, "dix");
	assert_int_equal(collection_for_reader(fix->db, fix->a, &member, &list), OK);
	assert_int_equal(list.collection[0].n_resources, 3);
}

static void test_terms_keep_their_order_and_fold_their_case(void **state)
{
	struct fixture *fix = *state;
	int64_t id = add_resource(fix, "filieres", NULL), term[2], again;
	struct term_list list;
	bool created;

	assert_int_equal(term_obtain(fix->db, fix->a, "keyword", "emploi", &term[0], &created), OK);
	assert_true(created);
	assert_int_equal(term_obtain(fix->db, fix->a, "keyword", "Coopération", &term[1], &created),
			 OK);
	assert_int_equal(term_obtain(fix->db, fix->a, "keyword", "coopération", &again, &created),
			 OK);
	assert_false(created);
	assert_int_equal(again, term[1]);
	assert_int_equal(term_set_of_resource(fix->db, id, "keyword",
					      (int64_t[]){ term[1], term[0] }, 2),
			 OK);
	assert_int_equal(term_of_resource(fix->db, fix->a, id, "keyword", &list), OK);
	assert_int_equal(list.n_terms, 2);
	assert_string_equal(list.term[0].label, "Coopération");
	assert_string_equal(list.term[1].label, "emploi");
	assert_int_equal(term_of_resource(fix->db, fix->a, id, "category", &list), OK);
	assert_int_equal(list.n_terms, 0);
}

static void test_a_loop_of_terms_is_found(void **state)
{
	struct fixture *fix = *state;
	struct term one = { .vocabulary = "category", .slug = "un", .label = "Un" };
	struct term two = { .vocabulary = "category", .slug = "deux", .label = "Deux" };
	const char *slug;

	assert_int_equal(term_save(fix->db, &one), OK);
	two.parent_id = one.id;
	assert_int_equal(term_save(fix->db, &two), OK);
	assert_int_equal(term_find_loop(fix->db, fix->a, &slug), OK);
	assert_null(slug);
	assert_int_equal(term_set_parent(fix->db, one.id, two.id), OK);
	assert_int_equal(term_find_loop(fix->db, fix->a, &slug), OK);
	assert_string_equal(slug, "deux");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_a_resource_comes_back_as_saved),
		TEST(test_a_slug_is_taken_once),
		TEST(test_who_discovers_and_who_reads),
		TEST(test_the_rule_of_sql_is_the_rule_of_c),
		TEST(test_the_latest_come_first_and_the_undated_last),
		TEST(test_a_change_raises_the_revision_and_is_noted),
		TEST(test_removing_a_resource_leaves_links_to_it_without_target),
		TEST(test_what_a_closed_resource_replaces_is_told_only_if_it_may_be),
		TEST(test_a_collection_counts_what_the_reader_may_discover),
		TEST(test_terms_keep_their_order_and_fold_their_case),
		TEST(test_a_loop_of_terms_is_found),
	};

	return cmocka_run_group_tests_name("resource", tests, NULL, NULL);
}
