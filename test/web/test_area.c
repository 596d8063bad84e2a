/* The members' area: what a person sees of their own, and what nobody else may. */
#include <string.h>

#include "kit.h"
#include "store/audit.h"
#include "store/link.h"
#include "store/login.h"
#include "store/mail.h"
#include "store/opening.h"
#include "store/organisation.h"
#include "store/saved.h"
#include "store/setting.h"
#include "store/working_group.h"
#include "web/address.h"
#include "web/route.h"
#include "web/site.h"

/* A member authority with its manager and an officer; another, lapsed, with its elected manager. */
struct network {
	int64_t town, village;
	int64_t manager, officer, lapsed;
	int64_t manager_function, officer_function, lapsed_function;
	const char *as_manager, *as_officer, *as_lapsed;
};

static struct network make(struct fixture *fix)
{
	struct network n = {
		.town = add_organisation(fix, "Grandville", "2026-01-01", "2026-12-31"),
		.village = add_organisation(fix, "Petitbourg", "2024-01-01", "2025-12-31"),
		.manager = add_person(fix, "Gaëlle", "Cadre", true),
		.officer = add_person(fix, "Olivier", "Discret", false),
		.lapsed = add_person(fix, "Léa", "Échue", true),
	};

	n.manager_function = add_function(fix, n.manager, n.town, "officer", true);
	n.officer_function = add_function(fix, n.officer, n.town, "officer", false);
	n.lapsed_function = add_function(fix, n.lapsed, n.village, "elected", true);
	n.as_manager = sign_in(fix, n.manager);
	n.as_officer = sign_in(fix, n.officer);
	n.as_lapsed = sign_in(fix, n.lapsed);
	return n;
}

static void be_for_members(struct resource *r)
{
	r->visibility = MEMBERS;
	r->title = "Note réservée";
	r->published_on = "2026-11-20";
}

static void be_restricted(struct resource *r)
{
	r->visibility = RESTRICTED;
	r->title = "Dossier du groupe";
	r->published_on = "2026-11-20";
}

static void be_new(struct resource *r)
{
	r->title = "Guide tout neuf";
	r->published_on = "2026-11-20";
}

static int64_t add_group(struct fixture *fix, const char *slug, const char *name,
			 int64_t coordinator)
{
	struct working_group g = { .slug = slug, .name = name, .coordinator_id = coordinator };

	must(working_group_save(fix->db, &g));
	return g.id;
}

static void open_to(struct fixture *fix, int64_t resource, const char *key)
{
	must(opening_add(fix->db, OF_RESOURCE, resource, key));
}

/* ---- the overview -------------------------------------------------------------------------- */

static void test_the_area_is_for_who_signed_in(void **state)
{
	struct fixture *fix = *state;
	struct answer answer = get(fix, NULL, "/espace/donnees");

	assert_int_equal(answer.code, 303);
	assert_string_equal(answer.location, "/connexion?retour=%2Fespace%2Fdonnees");
}

static void test_what_is_new_until_it_is_marked(void **state)
{
	struct fixture *fix = *state;
	struct network n = make(fix);
	const char *body;

	add_resource(fix, "neuf", be_new);
	add_resource(fix, "ancien", NULL);
	body = page(fix, n.as_officer, "/espace");
	assert_holds(body, "Bonjour Olivier");
	assert_holds(body, "adhérente jusqu’au 31 décembre 2026");
	assert_holds(body, "Guide tout neuf");
	assert_lacks(body, "/ressources/ancien");
	/* Looking changes nothing. */
	assert_holds(page(fix, n.as_officer, "/espace"), "Guide tout neuf");
	assert_int_equal(post(fix, n.as_officer, "/espace/vu", "").code, 303);
	assert_lacks(page(fix, n.as_officer, "/espace"), "Guide tout neuf");
}

static void test_what_was_opened_or_granted_since_is_new_too(void **state)
{
	struct fixture *fix = *state;
	struct network n = make(fix);
	int64_t opened = add_resource(fix, "ouverte", NULL);
	int64_t granted = add_resource(fix, "accordee", be_restricted);
	const struct audit entry = { .at = NOW - 5,
				     .action = "resource-opened",
				     .subject = "resource ouverte" };
	struct access_request asked = {
		.person_id = n.lapsed, .resource_id = granted, .reason = "?", .made_at = NOW - 50
	};
	const char *body;

	(void)opened;
	must(person_set_news(fix->db, n.lapsed, NOW - 10));
	must(audit_add(fix->db, &entry));
	must(access_request_add(fix->db, &asked));
	must(access_request_answer(fix->db, fix->a, &asked, "2027-01-01", NULL, 0, NOW - 4));
	body = page(fix, n.as_lapsed, "/espace");
	assert_holds(body, "/ressources/accordee");
	assert_holds(body, "/ressources/ouverte");
	/* What is their own comes first. */
	assert_true(strstr(body, "/ressources/accordee") < strstr(body, "/ressources/ouverte"));
}

static void test_news_hold_nothing_closed_to_the_reader(void **state)
{
	struct fixture *fix = *state;
	struct network n = make(fix);

	add_resource(fix, "reservee", be_for_members);
	assert_holds(page(fix, n.as_officer, "/espace"), "Note réservée");
	assert_lacks(page(fix, n.as_lapsed, "/espace"), "Note réservée");
}

static void test_a_lapsed_member_is_told_so_and_whom_to_ask(void **state)
{
	struct fixture *fix = *state;
	struct network n = make(fix);
	const char *body;

	must(setting_set(fix->db, "site_contact", "equipe@exemple.fr"));
	body = page(fix, n.as_lapsed, "/espace");
	assert_holds(body, "L’adhésion de votre organisation est échue");
	assert_holds(body, "adhésion échue depuis le 31 décembre 2025");
	assert_holds(body, "mailto:equipe@exemple.fr");
	assert_lacks(page(fix, n.as_officer, "/espace"), "est échue");
}

/* ---- profile ----------------------------------------------------------------------------------
 */

static void test_who_agrees_is_shown_and_may_change_their_mind(void **state)
{
	struct fixture *fix = *state;
	struct network n = make(fix);
	const char *body = page(fix, NULL, "/annuaire/Grandville");

	assert_holds(body, "Gaëlle Cadre");
	assert_lacks(body, "Discret");
	assert_lacks(body, "@exemple.fr");
	assert_int_equal(post(fix, n.as_officer, "/espace/profil",
			      "prenom=Olivier&nom=Visible&annuaire=oui")
				 .code,
			 303);
	body = page(fix, NULL, "/annuaire/Grandville");
	assert_holds(body, "Olivier Visible");
	assert_lacks(body, "@exemple.fr");
	assert_int_equal(
		post(fix, n.as_officer, "/espace/profil", "prenom=Olivier&nom=Visible").code, 303);
	assert_lacks(page(fix, NULL, "/annuaire/Grandville"), "Visible");
	assert_int_equal(count_traces(fix, "person-changed", "shown"), 2);
}

static void test_a_profile_without_a_name_is_given_back_as_typed(void **state)
{
	struct fixture *fix = *state;
	struct network n = make(fix);
	struct answer answer = post(fix, n.as_officer, "/espace/profil",
				    "prenom=&nom=%3Cscript%3Ealert(1)%3C/script%3E");

	assert_int_equal(answer.code, 422);
	assert_holds(answer.body, "Ce champ est à remplir.");
	assert_holds(answer.body, "value=\"&lt;script&gt;alert(1)&lt;/script&gt;\"");
	assert_holds(page(fix, n.as_officer, "/espace/profil"), "value=\"Discret\"");
}

static void test_a_name_is_no_address(void **state)
{
	static const char *const names[] = { "http://evil.example/x", "a@b.example", "<b>Anne" };
	struct fixture *fix = *state;
	struct network n = make(fix);

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		const struct pair typed[] = { { "prenom", names[i] }, { "nom", "Discret" } };
		const char *form = address_write(fix->a, "", typed, 2) + 1;
		struct answer answer = post(fix, n.as_officer, "/espace/profil", form);

		assert_int_equal(answer.code, 422);
		assert_holds(answer.body, "sans adresse");
	}
}

/* ---- organisation
 * -------------------------------------------------------------------------------- */

static void test_an_organisation_is_seen_by_its_people(void **state)
{
	struct fixture *fix = *state;
	struct network n = make(fix);
	const char *body = page(fix, n.as_officer, "/espace/organisations/Grandville");

	assert_string_equal(get(fix, n.as_officer, "/espace/organisation").location,
			    "/espace/organisations/Grandville");
	assert_holds(body, "Gaëlle Cadre");
	assert_holds(body, "Olivier Discret");
	/* Addresses and the ways to change are the manager's. */
	assert_lacks(body, "@exemple.fr");
	assert_lacks(body, "Inviter une ou un collègue");
	body = page(fix, n.as_manager, "/espace/organisations/Grandville");
	assert_holds(body, "olivier@exemple.fr");
	assert_holds(body, "Inviter une ou un collègue");
	assert_int_equal(get(fix, n.as_lapsed, "/espace/organisations/Grandville").code, 403);
	assert_int_equal(get(fix, n.as_lapsed, "/espace/organisations/rien").code, 404);
}

#define INVITED "prenom=Nadia&nom=Neuve&genre=elected&intitule=Adjointe&debut=01/11/2026"

static void test_a_manager_invites_a_colleague(void **state)
{
	struct fixture *fix = *state;
	struct network n = make(fix);
	struct answer answer = post(fix, n.as_manager, "/espace/organisations/Grandville/inviter",
				    "courriel=nadia@exemple.fr&" INVITED);
	struct person p;

	assert_int_equal(answer.code, 303);
	must(person_by_email(fix->db, fix->a, "nadia@exemple.fr", &p));
	assert_holds(page(fix, n.as_manager, answer.location), "Nadia Neuve");
	assert_holds(page(fix, n.as_manager, answer.location), "depuis le 1er novembre 2026");
	assert_int_equal(one_number(fix, "SELECT count(*) FROM mail WHERE to_address ="
					 " 'nadia@exemple.fr'"),
			 1);
	assert_int_equal(count_traces(fix, "person-added", "nadia-neuve"), 1);
}

static int count(const char *body, const char *words)
{
	int n = 0;

	for (; (body = strstr(body, words)); body += strlen(words))
		n++;
	return n;
}

/* Whether there was an account, what is answered is the same. */
static void test_an_address_that_is_known_gets_the_function_and_keeps_its_name(void **state)
{
	struct fixture *fix = *state;
	struct network n = make(fix);
	struct answer known = post(fix, n.as_manager, "/espace/organisations/Grandville/inviter",
				   "courriel=L%C3%A9a@exemple.fr&" INVITED);
	struct answer other;
	struct person p;
	const char *body;

	assert_int_equal(known.code, 422); /* an address with an accent is none */
	known = post(fix, n.as_manager, "/espace/organisations/Grandville/inviter",
		     "courriel=LEA@exemple.fr&" INVITED);
	other = post(fix, n.as_manager, "/espace/organisations/Grandville/inviter",
		     "courriel=autre@exemple.fr&" INVITED);
	assert_int_equal(known.code, 303);
	assert_int_equal(other.code, 303);
	assert_string_equal(known.location, other.location);
	must(person_by_id(fix->db, fix->a, n.lapsed, &p));
	assert_string_equal(p.given_name, "Léa");
	p.is_shown = true;
	must(person_save(fix->db, fix->a, &p));
	/* Both are shown as they were typed, and nowhere in public, until they sign in. */
	body = page(fix, n.as_manager, known.location);
	assert_int_equal(count(body, "Nadia Neuve"), 4); /* a name and a button each */
	assert_holds(body, "lea@exemple.fr");
	assert_lacks(body, "Léa Échue");
	assert_lacks(page(fix, NULL, "/annuaire/Grandville"), "Léa Échue");
	assert_lacks(page(fix, NULL, "/annuaire/Grandville"), "Nadia Neuve");
	(void)sign_in(fix, n.lapsed);
	body = page(fix, n.as_manager, known.location);
	assert_int_equal(count(body, "Nadia Neuve"), 2);
	assert_holds(body, "Léa Échue");
	assert_holds(page(fix, NULL, "/annuaire/Grandville"), "Léa Échue");
	assert_int_equal(one_number(fix, "SELECT count(*) FROM function f JOIN person p"
					 " ON p.id = f.person_id WHERE p.family_name = 'Échue'"),
			 2);
	/* They learn of it, and by whom. */
	assert_int_equal(one_number(fix, "SELECT count(*) FROM mail WHERE to_address ="
					 " 'lea@exemple.fr' AND text LIKE '%Gaëlle Cadre%'"),
			 1);
	assert_int_equal(post(fix, n.as_manager, "/espace/organisations/Grandville/inviter",
			      "courriel=lea@exemple.fr&" INVITED)
				 .code,
			 422);
}

static void test_a_manager_of_another_organisation_is_refused_and_nothing_changes(void **state)
{
	struct fixture *fix = *state;
	struct network n = make(fix);
	const char *function =
		arena_printf(fix->a, "/espace/organisations/Grandville/fonctions/%lld",
			     (long long)n.officer_function);
	const char *through_own =
		arena_printf(fix->a, "/espace/organisations/Petitbourg/fonctions/%lld",
			     (long long)n.officer_function);
	const char *change = "genre=other&debut=01/01/2020&fin=02/01/2020";
	int64_t before = one_number(fix, "SELECT count(*) FROM person");

	assert_int_equal(post(fix, n.as_lapsed, "/espace/organisations/Grandville/inviter",
			      "courriel=x@exemple.fr&" INVITED)
				 .code,
			 403);
	assert_int_equal(post(fix, n.as_lapsed, function, change).code, 403);
	assert_int_equal(post(fix, n.as_lapsed, arena_printf(fix->a, "%s/fin", function), "").code,
			 403);
	assert_int_equal(get(fix, n.as_lapsed, function).code, 403);
	/* Nor by the address of one's own organisation. */
	assert_int_equal(post(fix, n.as_lapsed, through_own, change).code, 404);
	/* An officer manages nothing. */
	assert_int_equal(post(fix, n.as_officer, function, change).code, 403);
	assert_int_equal(count_traces(fix, "refused", "organisation Grandville"), 4);
	assert_int_equal(one_number(fix, "SELECT count(*) FROM person"), before);
	assert_int_equal(one_number(fix, "SELECT count(*) FROM function WHERE kind = 'other'"), 0);
	assert_int_equal(one_number(fix, "SELECT count(*) FROM function WHERE to_on IS NOT NULL"),
			 0);
}

static void test_a_function_is_changed_named_and_ended(void **state)
{
	struct fixture *fix = *state;
	struct network n = make(fix);
	const char *function =
		arena_printf(fix->a, "/espace/organisations/Grandville/fonctions/%lld",
			     (long long)n.officer_function);
	struct answer answer = post(fix, n.as_manager, function,
				    "genre=elected&intitule=Maire&debut=05/05/2026&fin=04/05/2026");

	assert_int_equal(answer.code, 422);
	assert_holds(answer.body, "Le dernier jour vient avant le premier.");
	assert_holds(answer.body, "value=\"Maire\"");
	assert_int_equal(post(fix, n.as_manager, function,
			      "genre=elected&intitule=Maire&debut=05/05/2026&representation=oui")
				 .code,
			 303);
	assert_holds(page(fix, n.as_officer, "/espace/organisations/Grandville"),
		     "représente l’organisation");
	assert_int_equal(post(fix, n.as_manager, arena_printf(fix->a, "%s/fin", function), "").code,
			 303);
	/* At once: what it opened is closed. */
	assert_int_equal(get(fix, n.as_officer, "/espace/organisations/Grandville").code, 403);
	assert_int_equal(count_traces(fix, "function-changed", "olivier"), 2);
}

static void test_one_manager_stays(void **state)
{
	struct fixture *fix = *state;
	struct network n = make(fix);
	const char *own = arena_printf(fix->a, "/espace/organisations/Grandville/fonctions/%lld",
				       (long long)n.manager_function);
	struct answer answer = post(fix, n.as_manager, own, "genre=officer&debut=01/01/2024");

	assert_int_equal(answer.code, 422);
	assert_holds(answer.body, "seule personne qui gère les comptes");
	assert_int_equal(post(fix, n.as_manager, arena_printf(fix->a, "%s/fin", own), "").code,
			 422);
	assert_int_equal(one_number(fix, "SELECT count(*) FROM function WHERE is_manager = 1"
					 " AND to_on IS NULL"),
			 2);
	/* An editor may; so may the manager, once there is another. */
	must(role_set(fix->db, n.officer, "editor", true));
	assert_int_equal(post(fix, n.as_officer, own, "genre=officer&debut=01/01/2024").code, 303);
	assert_int_equal(one_number(fix, "SELECT count(*) FROM function WHERE is_manager = 1"), 1);
}

/* ---- groups
 * ---------------------------------------------------------------------------------------- */

static void test_a_group_exists_for_those_who_are_in_it(void **state)
{
	struct fixture *fix = *state;
	struct network n = make(fix);
	int64_t group = add_group(fix, "achats", "Achats communs", n.manager);
	int64_t resource = add_resource(fix, "dossier", be_restricted);
	const char *body;

	open_to(fix, resource, arena_printf(fix->a, "group-%lld", (long long)group));
	must(working_group_join(fix->db, group, n.officer));
	must(working_group_join(fix->db, group, n.lapsed));
	body = page(fix, n.as_officer, "/espace/groupes/achats");
	assert_holds(body, "Achats communs");
	assert_holds(body, "Dossier du groupe");
	assert_lacks(body, "Retirer du groupe");
	assert_lacks(body, "@exemple.fr");
	assert_holds(page(fix, n.as_officer, "/espace/groupes"), "Achats communs");
	/* A lapsed member is in no group; a name is told to nobody. */
	assert_int_equal(get(fix, n.as_lapsed, "/espace/groupes/achats").code, 404);
	assert_lacks(page(fix, n.as_lapsed, "/espace/groupes"), "Achats");
	assert_lacks(page(fix, n.as_lapsed, "/espace"), "Achats");
	assert_int_equal(
		post(fix, n.as_lapsed, "/espace/groupes/achats/ajouter", "personne=x").code, 404);
}

static void test_a_coordinator_adds_and_takes_out(void **state)
{
	struct fixture *fix = *state;
	struct network n = make(fix);
	int64_t group = add_group(fix, "achats", "Achats communs", n.manager);
	const char *body;

	body = page(fix, n.as_manager, "/espace/groupes/achats?qui=disc");
	assert_lacks(body, "olivier@exemple.fr"); /* who is only looked for */
	assert_holds(body, "Olivier Discret");
	/* Of members only. */
	assert_lacks(page(fix, n.as_manager, "/espace/groupes/achats?qui=echue"), "Léa Échue");
	assert_int_equal(post(fix, n.as_manager, "/espace/groupes/achats/ajouter",
			      "personne=lea-echue")
				 .code,
			 422);
	assert_int_equal(post(fix, n.as_manager, "/espace/groupes/achats/ajouter",
			      "personne=olivier-discret")
				 .code,
			 303);
	assert_holds(page(fix, n.as_officer, "/espace/groupes/achats"), "Olivier Discret");
	/* Who is in it does not change it. */
	assert_int_equal(post(fix, n.as_officer, "/espace/groupes/achats/retirer",
			      "personne=olivier-discret")
				 .code,
			 403);
	assert_int_equal(count_traces(fix, "refused", "group achats"), 1);
	assert_int_equal(post(fix, n.as_manager, "/espace/groupes/achats/retirer",
			      "personne=olivier-discret")
				 .code,
			 303);
	assert_int_equal(get(fix, n.as_officer, "/espace/groupes/achats").code, 404);
	assert_int_equal(count_traces(fix, "group-changed", "olivier-discret"), 2);
	(void)group;
}

/* ---- put aside
 * --------------------------------------------------------------------------------------- */

static void test_a_resource_is_put_aside_and_left(void **state)
{
	struct fixture *fix = *state;
	struct network n = make(fix);
	struct answer answer;

	add_resource(fix, "neuf", be_new);
	assert_lacks(page(fix, NULL, "/ressources/neuf"), "Garder pour plus tard");
	assert_lacks(page(fix, NULL, "/ressources"), "Garder pour plus tard");
	assert_holds(page(fix, n.as_officer, "/ressources"), "Garder pour plus tard");
	assert_holds(page(fix, n.as_officer, "/ressources/neuf"), "Garder pour plus tard");
	answer = post(fix, n.as_officer, "/ressources/neuf/garder",
		      "garder=oui&retour=/ressources?q%3Dneuf");
	assert_int_equal(answer.code, 303);
	assert_string_equal(answer.location, "/ressources?q=neuf");
	assert_holds(page(fix, n.as_officer, "/ressources/neuf"), "Ne plus garder");
	assert_holds(page(fix, n.as_officer, "/espace/enregistrees"), "Guide tout neuf");
	assert_lacks(page(fix, n.as_manager, "/espace/enregistrees"), "Guide tout neuf");
	answer = post(fix, n.as_officer, "/ressources/neuf/garder",
		      "garder=non&retour=//mechant.example");
	assert_string_equal(answer.location, "/ressources/neuf");
	assert_lacks(page(fix, n.as_officer, "/espace/enregistrees"), "Guide tout neuf");
}

/* ---- closed but discoverable
 * ---------------------------------------------------------------------------- */

static void test_who_may_read_is_told_without_what_may_not_be_known(void **state)
{
	struct fixture *fix = *state;
	struct network n = make(fix);
	int64_t group = add_group(fix, "achats", "GROUPESECRET", n.manager);
	int64_t resource = add_resource(fix, "dossier", be_restricted);
	const char *body;

	open_to(fix, resource, "function-elected");
	open_to(fix, resource, arena_printf(fix->a, "group-%lld", (long long)group));
	body = page(fix, NULL, "/ressources/dossier");
	assert_holds(body, "aux élues et élus des collectivités adhérentes et à un groupe de "
			   "travail du réseau.");
	assert_lacks(body, "GROUPESECRET");
	assert_holds(body, "/connexion?retour=%2Fressources%2Fdossier");
	assert_holds(body, "/ressources/dossier/demande");
	body = page(fix, n.as_officer, "/ressources/dossier");
	assert_lacks(body, "GROUPESECRET");
	assert_lacks(body, "/connexion?");
	assert_holds(body, "/ressources/dossier/demande");
	assert_holds(page(fix, n.as_manager, "/ressources/dossier"), "GROUPESECRET");
}

static void test_one_asks_once_and_sees_what_became_of_it(void **state)
{
	struct fixture *fix = *state;
	struct network n = make(fix);
	int64_t resource = add_resource(fix, "dossier", be_restricted);
	const char *ask = "/ressources/dossier/demande";
	struct access_request last;
	struct answer answer;

	must(setting_set(fix->db, "site_contact", "equipe@exemple.fr"));
	assert_int_equal(get(fix, NULL, ask).code, 303);
	assert_int_equal(post(fix, n.as_officer, ask, "motif=").code, 422);
	answer = post(fix, n.as_officer, ask, "motif=Pour+mon+rapport");
	assert_int_equal(answer.code, 303);
	assert_int_equal(post(fix, n.as_officer, ask, "motif=Encore").code, 303);
	assert_int_equal(one_number(fix, "SELECT count(*) FROM access_request"), 1);
	assert_int_equal(one_number(fix, "SELECT count(*) FROM mail WHERE to_address ="
					 " 'equipe@exemple.fr' AND text LIKE '%Pour mon rapport%'"),
			 1);
	assert_int_equal(count_traces(fix, "access-asked", "resource dossier"), 1);
	assert_holds(page(fix, n.as_officer, ask), "attend sa réponse");
	assert_lacks(page(fix, n.as_officer, ask), "<textarea");
	assert_holds(page(fix, n.as_officer, "/ressources/dossier"), "attend sa réponse");
	assert_lacks(page(fix, n.as_manager, ask), "attend sa réponse");

	must(access_request_last(fix->db, fix->a, n.officer, resource, &last));
	must(access_request_answer(fix->db, fix->a, &last, NULL, "Bientôt <b>publiée</b>", 0, NOW));
	answer = get(fix, n.as_officer, ask);
	assert_holds(answer.body, "n’a pas été acceptée");
	assert_holds(answer.body, "Bientôt &lt;b&gt;publiée&lt;/b&gt;");
	assert_holds(answer.body, "<textarea");

	assert_int_equal(post(fix, n.as_officer, ask, "motif=Encore").code, 303);
	must(access_request_last(fix->db, fix->a, n.officer, resource, &last));
	must(access_request_answer(fix->db, fix->a, &last, "2027-01-31", NULL, 0, NOW));
	answer = get(fix, n.as_officer, ask);
	assert_int_equal(answer.code, 303);
	assert_string_equal(answer.location, "/ressources/dossier");
}

static void be_unlisted(struct resource *r)
{
	r->visibility = RESTRICTED;
	r->listed = false;
}

static void test_nobody_asks_for_what_does_not_exist_for_them(void **state)
{
	struct fixture *fix = *state;
	struct network n = make(fix);

	add_resource(fix, "cachee", be_unlisted);
	assert_int_equal(get(fix, n.as_officer, "/ressources/cachee/demande").code, 404);
	assert_int_equal(post(fix, n.as_officer, "/ressources/cachee/demande", "motif=x").code,
			 404);
	assert_int_equal(post(fix, n.as_officer, "/ressources/cachee/garder", "garder=oui").code,
			 404);
	assert_int_equal(one_number(fix, "SELECT count(*) FROM saved_resource"), 0);
}

/* ---- one's data
 * -------------------------------------------------------------------------------------------- */

/* Attended, then closed by those who hold it. */
static void be_hidden(struct session *s)
{
	s->title = "SÉANCEFERMÉE";
	s->visibility = RESTRICTED;
}

static void test_all_that_is_kept_of_me_and_nothing_of_others(void **state)
{
	struct fixture *fix = *state;
	struct network n = make(fix);
	int64_t group = add_group(fix, "achats", "Achats communs", 0);
	int64_t resource = add_resource(fix, "neuf", be_new);
	const char *body;

	must(working_group_join(fix->db, group, n.officer));
	must(saved_set(fix->db, n.officer, resource, true, NOW));
	must(attendance_set(fix->db, add_session(fix, "seance", "2026-01-05", be_hidden), n.officer,
			    true));
	post(fix, n.as_officer, "/espace/profil", "prenom=Olivier&nom=Discret");
	body = page(fix, n.as_officer, "/espace/donnees.json");
	assert_holds(body, "\"email\":\"olivier@exemple.fr\"");
	assert_holds(body, "Ville de Grandville");
	assert_holds(body, "Achats communs");
	assert_holds(body, "Guide tout neuf");
	assert_holds(body, "person-changed");
	assert_holds(body, "\"n_sessions_attended\":1");
	assert_lacks(body, "SÉANCEFERMÉE");
	assert_holds(body, "192.0.2.1");
	assert_lacks(body, "Gaëlle");
}

/* As if the session had begun by a link out of the mail. */
static void came_by_link(struct fixture *fix, int64_t person)
{
	struct token t = { .purpose = "sign-in",
			   .person_id = person,
			   .made_at = NOW - 90,
			   .expires_at = NOW + 1800 };

	must(token_add(fix->db, arena_printf(fix->a, "%064lld", (long long)person), &t));
	must(token_use(fix->db, &t, NOW - 60));
}

static void test_an_account_is_deleted_by_its_owner(void **state)
{
	struct fixture *fix = *state;
	struct network n = make(fix);
	struct answer answer =
		post(fix, n.as_manager, "/espace/donnees/supprimer", "confirmation=oui");
	const struct mail letter = { .key = "k",
				     .person_id = n.manager,
				     .to_address = "gaelle@exemple.fr",
				     .subject = "s",
				     .text = "",
				     .html = "",
				     .message_id = "<m>",
				     .made_at = NOW };
	struct person p;

	assert_int_equal(answer.code, 422);
	must(mail_queue(fix->db, &letter));
	answer = post(fix, n.as_manager, "/espace/donnees/supprimer", "confirmation=supprimer");
	assert_int_equal(answer.code, 422);
	came_by_link(fix, n.manager);
	assert_int_equal(
		post(fix, n.as_manager, "/espace/donnees/supprimer", "confirmation=oui").code, 422);
	answer = post(fix, n.as_manager, "/espace/donnees/supprimer", "confirmation=Supprimer");
	assert_int_equal(answer.code, 303);
	assert_string_equal(answer.location, "/pages/compte-supprime");
	assert_non_null(answer.cookie);
	assert_holds(answer.cookie, "Max-Age=0");
	must(person_by_id(fix->db, fix->a, n.manager, &p));
	assert_true(p.is_erased);
	assert_null(p.email);
	assert_int_equal(get(fix, n.as_manager, "/espace").code, 303);
	assert_lacks(page(fix, NULL, "/annuaire/Grandville"), "Gaëlle");
	assert_lacks(page(fix, n.as_officer, "/espace/organisations/Grandville"), "Gaëlle");
	/* One letter more, which is nobody's; the trace of it has no name. */
	assert_int_equal(one_number(fix, "SELECT count(*) FROM mail WHERE person_id IS NULL"), 1);
	assert_int_equal(one_number(fix, "SELECT count(*) FROM mail"), 1);
	assert_int_equal(count_traces(fix, "person-erased", "person partie-"), 1);
	assert_int_equal(count_traces(fix, "person-erased", "gaelle"), 0);
	(void)page(fix, NULL, answer.location);
}

static void test_the_last_administrator_stays(void **state)
{
	struct fixture *fix = *state;
	struct network n = make(fix);
	struct person p;

	must(role_set(fix->db, n.officer, "administrator", true));
	came_by_link(fix, n.officer);
	assert_int_equal(
		post(fix, n.as_officer, "/espace/donnees/supprimer", "confirmation=supprimer").code,
		422);
	must(person_by_id(fix->db, fix->a, n.officer, &p));
	assert_false(p.is_erased);
	must(role_set(fix->db, n.manager, "administrator", true));
	assert_int_equal(
		post(fix, n.as_officer, "/espace/donnees/supprimer", "confirmation=supprimer").code,
		303);
}

static void test_the_page_about_personal_data_says_what_is_set(void **state)
{
	struct fixture *fix = *state;
	const char *body = page(fix, NULL, "/pages/donnees-personnelles");

	assert_holds(body, "1\u00a0an");
	assert_holds(body, "90\u00a0jours");
	must(setting_set(fix->db, "mail_days", "120"));
	must(setting_set(fix->db, "audit_days", "730"));
	body = page(fix, NULL, "/pages/donnees-personnelles");
	assert_holds(body, "120\u00a0jours");
	assert_holds(body, "2\u00a0ans");
	assert_lacks(body, "90\u00a0jours pour");
}

/* ---- the map of the site ------------------------------------------------------------------ */

/* "/espace/groupes/:slug" with a name for each part. */
static const char *address_of(struct fixture *fix, const char *pattern)
{
	char *address = arena_strdup(fix->a, pattern);

	for (char *at = address; *at; at++)
		if (*at == ':')
			*at = 'x';
	return address;
}

static bool is_of_the_area(const struct route *r)
{
	return r->who == SIGNED_IN;
}

static void test_another_site_changes_nothing(void **state)
{
	struct fixture *fix = *state;
	struct network n = make(fix);
	int walked = 0;

	for (const struct route *r = site_map.route; r->pattern; r++) {
		const char *address = address_of(fix, r->pattern);

		if (r->method != POST || !is_of_the_area(r))
			continue;
		assert_int_equal(post_from(fix, n.as_manager, "https://mechant.example", address,
					   "confirmation=supprimer&annuaire=oui&prenom=x&nom=x")
					 .code,
				 403);
		assert_int_equal(post_from(fix, n.as_manager, NULL, address, "").code, 403);
		walked++;
	}
	assert_true(walked > 8);
	assert_int_equal(one_number(fix, "SELECT count(*) FROM person WHERE is_erased = 1"), 0);
	assert_int_equal(one_number(fix, "SELECT count(*) FROM audit"), 0);
}

static void test_whoever_did_not_sign_in_is_asked_to(void **state)
{
	struct fixture *fix = *state;
	int walked = 0;

	for (const struct route *r = site_map.route; r->pattern; r++) {
		const char *address = address_of(fix, r->pattern);
		struct answer answer;

		if (!is_of_the_area(r))
			continue;
		answer = r->method == POST ? post(fix, NULL, address, "") : get(fix, NULL, address);
		assert_int_equal(answer.code, 303);
		assert_int_equal(strncmp(answer.location, "/connexion?retour=", 18), 0);
		walked++;
	}
	assert_true(walked > 20);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_the_area_is_for_who_signed_in),
		TEST(test_what_is_new_until_it_is_marked),
		TEST(test_what_was_opened_or_granted_since_is_new_too),
		TEST(test_news_hold_nothing_closed_to_the_reader),
		TEST(test_a_lapsed_member_is_told_so_and_whom_to_ask),
		TEST(test_who_agrees_is_shown_and_may_change_their_mind),
		TEST(test_a_profile_without_a_name_is_given_back_as_typed),
		TEST(test_a_name_is_no_address),
		TEST(test_an_organisation_is_seen_by_its_people),
		TEST(test_a_manager_invites_a_colleague),
		TEST(test_an_address_that_is_known_gets_the_function_and_keeps_its_name),
		TEST(test_a_manager_of_another_organisation_is_refused_and_nothing_changes),
		TEST(test_a_function_is_changed_named_and_ended),
		TEST(test_one_manager_stays),
		TEST(test_a_group_exists_for_those_who_are_in_it),
		TEST(test_a_coordinator_adds_and_takes_out),
		TEST(test_a_resource_is_put_aside_and_left),
		TEST(test_who_may_read_is_told_without_what_may_not_be_known),
		TEST(test_one_asks_once_and_sees_what_became_of_it),
		TEST(test_nobody_asks_for_what_does_not_exist_for_them),
		TEST(test_all_that_is_kept_of_me_and_nothing_of_others),
		TEST(test_an_account_is_deleted_by_its_owner),
		TEST(test_the_last_administrator_stays),
		TEST(test_the_page_about_personal_data_says_what_is_set),
		TEST(test_another_site_changes_nothing),
		TEST(test_whoever_did_not_sign_in_is_asked_to),
	};

	return cmocka_run_group_tests_name("area", tests, NULL, NULL);
}
