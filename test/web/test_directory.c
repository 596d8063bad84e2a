/* The directory: filters by kind and territory, and nothing of who did not agree. */
#include <string.h>

#include "kit.h"
#include "store/organisation.h"
#include "store/term.h"

static int64_t add_territory(struct fixture *fix, const char *slug, const char *label,
			     int64_t parent)
{
	struct term t = { .vocabulary = "territory", .slug = slug, .label = label };

	must(term_save(fix->db, &t));
	if (parent)
		must(term_set_parent(fix->db, t.id, parent));
	return t.id;
}

static void place(struct fixture *fix, int64_t organisation, int64_t territory, const char *kind)
{
	struct organisation o;

	must(organisation_by_id(fix->db, fix->a, organisation, &o));
	o.kind = kind;
	must(organisation_save(fix->db, &o));
	must(organisation_set_territory(fix->db, organisation, territory));
}

static void fill(struct fixture *fix)
{
	int64_t region = add_territory(fix, "ouest", "L’Ouest", 0);
	int64_t county = add_territory(fix, "rivages", "Les Rivages", region);
	int64_t other = add_territory(fix, "est", "L’Est", 0);

	place(fix, add_organisation(fix, "Un", "2026-01-01", "2026-12-31"), county, "commune");
	place(fix, add_organisation(fix, "Deux", "2020-01-01", "2020-12-31"), region,
	      "departement");
	place(fix, add_organisation(fix, "Trois", NULL, NULL), other, "commune");
}

static void test_a_territory_includes_those_under_it(void **state)
{
	struct fixture *fix = *state;
	const char *body;

	fill(fix);
	body = page(fix, NULL, "/annuaire?territoire=ouest");
	assert_holds(body, "Ville de Un");
	assert_holds(body, "Ville de Deux");
	assert_lacks(body, "Ville de Trois");
	assert_holds(body, "2 organisations");
	body = page(fix, NULL, "/annuaire?type=commune&territoire=ouest");
	assert_holds(body, "Ville de Un");
	assert_lacks(body, "Ville de Deux");
	/* Each count is what one would get. */
	assert_holds(body, ">L’Ouest (1)<");
	assert_holds(body, ">L’Est (1)<");
	assert_holds(body, ">Départements (1)<");
}

static void test_the_address_is_canonical(void **state)
{
	struct fixture *fix = *state;

	fill(fix);
	assert_holds(page(fix, NULL, "/annuaire?territoire=ouest&x=1&type=commune"),
		     "rel=\"canonical\" href=\"https://exemple.fr/annuaire?type=commune"
		     "&amp;territoire=ouest\"");
	assert_holds(page(fix, NULL, "/annuaire?type=&territoire="),
		     "rel=\"canonical\" href=\"https://exemple.fr/annuaire\"");
	assert_int_equal(get(fix, NULL, "/annuaire?type=rien").code, 400);
	assert_int_equal(get(fix, NULL, "/annuaire?territoire=rien").code, 400);
}

static void test_membership_is_yes_or_no(void **state)
{
	struct fixture *fix = *state;

	fill(fix);
	assert_holds(page(fix, NULL, "/annuaire/Un"), "Adhérente du réseau");
	assert_lacks(page(fix, NULL, "/annuaire/Deux"), "dhérente du réseau");
	assert_lacks(page(fix, NULL, "/annuaire/Deux"), "2020");
	assert_non_null(strstr(page(fix, NULL, "/annuaire"), "Adhérente"));
	assert_lacks(page(fix, NULL, "/annuaire?territoire=est"), ">Adhérente");
}

static void test_the_way_to_manage_is_for_who_may(void **state)
{
	struct fixture *fix = *state;
	int64_t town = add_organisation(fix, "Un", "2026-01-01", "2026-12-31");
	int64_t manager = add_person(fix, "Ada", "Un", false),
		other = add_person(fix, "Eve", "Un", false);
	const char *as_manager, *as_other;

	add_function(fix, manager, town, "officer", true);
	add_function(fix, other, town, "officer", false);
	as_manager = sign_in(fix, manager);
	as_other = sign_in(fix, other);
	assert_holds(page(fix, as_manager, "/annuaire/Un"), "/espace/organisations/Un");
	assert_lacks(page(fix, as_other, "/annuaire/Un"), "/espace/organisations/Un");
	assert_lacks(page(fix, NULL, "/annuaire/Un"), "/espace/organisations/Un");
	assert_lacks(page(fix, NULL, "/annuaire/Un"), "Ada");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_a_territory_includes_those_under_it),
		TEST(test_the_address_is_canonical),
		TEST(test_membership_is_yes_or_no),
		TEST(test_the_way_to_manage_is_for_who_may),
	};

	return cmocka_run_group_tests_name("directory", tests, NULL, NULL);
}
