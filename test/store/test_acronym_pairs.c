/* What the store promises of acronyms: pairs decided, found again however they are written. */
#include "fixture.h"

#include <string.h>

#include "store/acronym.h"
#include "store/change.h"

static const char sieg[] = "services d’intérêt économique général";

static void decide(struct fixture *fix, const char *letters, const char *words,
		   enum acronym_status status)
{
	assert_int_equal(acronym_decide(fix->db, letters, words, status), OK);
}

static struct acronym_list all(struct fixture *fix)
{
	struct acronym_list list;

	assert_int_equal(acronym_all(fix->db, fix->a, &list), OK);
	return list;
}

static void test_a_decided_pair_comes_back_as_written(void **state)
{
	struct fixture *fix = *state;
	struct acronym_list list;

	assert_int_equal(all(fix).n_acronyms, 0);
	decide(fix, "SIEG", " services  d’intérêt économique général ", ACRONYM_CONFIRMED);
	list = all(fix);
	assert_int_equal(list.n_acronyms, 1);
	assert_string_equal(list.acronym->letters, "SIEG");
	assert_string_equal(list.acronym->words, sieg);
	assert_string_equal(list.acronym->key, acronym_key(fix->a, sieg));
	assert_int_equal(list.acronym->status, ACRONYM_CONFIRMED);
	assert_true(list.acronym->id > 0);
}

static void test_only_confirmed_pairs_are_told_as_such(void **state)
{
	struct fixture *fix = *state;
	struct acronym_list list;

	decide(fix, "SIEG", sieg, ACRONYM_CONFIRMED);
	decide(fix, "CAE", "contrat d’accompagnement dans l’emploi", ACRONYM_REFUSED);
	assert_int_equal(all(fix).n_acronyms, 2);
	assert_string_equal(all(fix).acronym[0].letters, "CAE");
	assert_int_equal(acronym_confirmed(fix->db, fix->a, &list), OK);
	assert_int_equal(list.n_acronyms, 1);
	assert_string_equal(list.acronym->letters, "SIEG");
}

static void test_an_acronym_may_have_several_meanings(void **state)
{
	struct fixture *fix = *state;

	decide(fix, "CAE", "coopérative d’activité et d’emploi", ACRONYM_CONFIRMED);
	decide(fix, "CAE", "contrat d’accompagnement dans l’emploi", ACRONYM_CONFIRMED);
	assert_int_equal(all(fix).n_acronyms, 2);
}

static void test_a_pair_is_one_however_it_is_written(void **state)
{
	struct fixture *fix = *state;
	struct acronym_list list;

	decide(fix, "SIEG", sieg, ACRONYM_CONFIRMED);
	decide(fix, "SIEG", "Service d'interet economique general", ACRONYM_REFUSED);
	list = all(fix);
	assert_int_equal(list.n_acronyms, 1);
	assert_int_equal(list.acronym->status, ACRONYM_REFUSED);
	assert_string_equal(list.acronym->words, "Service d'interet economique general");
}

static void test_keys_meet(void **state)
{
	struct fixture *fix = *state;
	static const char *const same[][2] = {
		{ "économie sociale et solidaire", "L’Économie  Sociale et Solidaire" },
		{ "pôle territorial de coopération", "les Pôles territoriaux de coopération" },
		{ "plan climat-air-énergie", "plan climat air énergie" },
		{ "l'eau", "l’eau" },
		{ "œuvre", "oeuvres" },
		{ "réseau local", "réseaux locaux" },
	};
	static const char *const other[][2] = {
		{ "service d’intérêt général", "service d’intérêt économique général" },
		{ "bail", "bal" },
		{ "gaz", "ga" },
	};

	for (size_t i = 0; i < 6; i++)
		assert_string_equal(acronym_key(fix->a, same[i][0]),
				    acronym_key(fix->a, same[i][1]));
	for (size_t i = 0; i < 3; i++)
		assert_string_not_equal(acronym_key(fix->a, other[i][0]),
					acronym_key(fix->a, other[i][1]));
	assert_string_equal(acronym_key(fix->a, " ’- "), "");
}

static void test_what_is_no_pair_is_refused(void **state)
{
	struct fixture *fix = *state;
	static const char *const letters[] = { "", "S", "sieg", "S.I.E.G.", "ÉSS", "CO2" };

	for (size_t i = 0; i < sizeof(letters) / sizeof(*letters); i++)
		assert_int_equal(acronym_decide(fix->db, letters[i], sieg, ACRONYM_CONFIRMED),
				 INVALID);
	assert_int_equal(acronym_decide(fix->db, "SIEG", " … ", ACRONYM_CONFIRMED), INVALID);
	assert_int_equal(all(fix).n_acronyms, 0);
}

static void test_a_forgotten_pair_was_never_decided(void **state)
{
	struct fixture *fix = *state;

	decide(fix, "SIEG", sieg, ACRONYM_REFUSED);
	assert_int_equal(acronym_forget(fix->db, "ESS", sieg), NOT_FOUND);
	assert_int_equal(acronym_forget(fix->db, "SIEG", "service d'intérêt économique général"),
			 OK);
	assert_int_equal(all(fix).n_acronyms, 0);
	assert_int_equal(acronym_forget(fix->db, "SIEG", sieg), NOT_FOUND);
}

static int64_t last_change(struct fixture *fix)
{
	int64_t number;

	assert_int_equal(change_last(fix->db, &number), OK);
	return number;
}

static void test_each_decision_leaves_its_trace(void **state)
{
	struct fixture *fix = *state;
	int64_t before = last_change(fix), traces;

	decide(fix, "SIEG", sieg, ACRONYM_CONFIRMED);
	decide(fix, "SIEG", sieg, ACRONYM_REFUSED);
	assert_int_equal(acronym_forget(fix->db, "SIEG", sieg), OK);
	assert_int_equal(last_change(fix), before + 3);
	assert_int_equal(query_one_int(db_query(fix->db, "SELECT count(*) FROM change"
							 " WHERE kind = 'acronym'"
							 " AND object_id > 0"),
				       &traces),
			 OK);
	assert_int_equal(traces, 3);
	assert_int_equal(acronym_forget(fix->db, "SIEG", sieg), NOT_FOUND);
	assert_int_equal(last_change(fix), before + 3);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_a_decided_pair_comes_back_as_written),
		TEST(test_only_confirmed_pairs_are_told_as_such),
		TEST(test_an_acronym_may_have_several_meanings),
		TEST(test_a_pair_is_one_however_it_is_written),
		TEST(test_keys_meet),
		TEST(test_what_is_no_pair_is_refused),
		TEST(test_a_forgotten_pair_was_never_decided),
		TEST(test_each_decision_leaves_its_trace),
	};

	return cmocka_run_group_tests_name("acronym_pairs", tests, NULL, NULL);
}
