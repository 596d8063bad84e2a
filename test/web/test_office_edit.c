/* The editor of resources: what is typed, seen beforehand, kept, and never overwritten. */
#include <stdio.h>
#include <string.h>

#include "kit.h"
#include "store/change.h"
#include "store/contribution.h"
#include "store/link.h"
#include "store/opening.h"
#include "store/redirect.h"
#include "store/term.h"
#include "store/working_group.h"
#include "web/address.h"

/* The form of a resource, as a browser sends it. */
struct sheet {
	struct pair pair[60];
	size_t n;
};

static void set(struct sheet *s, const char *name, const char *value)
{
	for (size_t i = 0; i < s->n; i++)
		if (!strcmp(s->pair[i].name, name)) {
			s->pair[i].value = value;
			return;
		}
	s->pair[s->n++] = (struct pair){ name, value };
}

static struct sheet sheet(void)
{
	static const char *const sent[][2] = {
		{ "titre", "Marchés publics" },
		{ "resume", "Un résumé." },
		{ "resume-format", "markdown" },
		{ "texte", "Un corps." },
		{ "format", "markdown" },
		{ "note", "" },
		{ "etat", "published" },
		{ "acces", "public" },
		{ "seance", "" },
		{ "existence", "oui" },
		{ "comment", "" },
		{ "type", "Guide" },
		{ "nouveau-type", "" },
		{ "forme", "" },
		{ "nouvelle-forme", "" },
		{ "mots", "" },
		{ "territoires", "" },
		{ "date", "01/05/2024" },
		{ "precision", "day" },
		{ "collection", "" },
		{ "numero", "" },
		{ "edition", "" },
		{ "remplace", "" },
		{ "etendue", "" },
		{ "langue", "fr" },
		{ "adresse", "marches" },
		{ "revision", "1" },
		{ "liens", "0" },
	};
	struct sheet s = { 0 };

	for (size_t i = 0; i < sizeof(sent) / sizeof(*sent); i++)
		set(&s, sent[i][0], sent[i][1]);
	return s;
}

static struct answer send(struct fixture *fix, const char *session, const char *address,
			  const struct sheet *s)
{
	return post(fix, session, address, address_write(fix->a, "", s->pair, s->n) + 1);
}

#define MARCHES "/gestion/ressources/marches"

struct office {
	const char *editor, *other; /* two of them, signed in */
	int64_t id;                 /* of the resource "marches" */
};

static void be_marches(struct resource *r)
{
	r->title = "Marchés publics";
}

static void be_closed(struct resource *r)
{
	r->title = "Marchés publics";
	r->visibility = MEMBERS;
}

static struct office make(struct fixture *fix, void (*change)(struct resource *r))
{
	int64_t ines = add_person(fix, "Inès", "Éditrice", false);
	int64_t paul = add_person(fix, "Paul", "Éditeur", false);

	must(role_set(fix->db, ines, "editor", true));
	must(role_set(fix->db, paul, "editor", true));
	return (struct office){ sign_in(fix, ines), sign_in(fix, paul),
				add_resource(fix, "marches", change) };
}

static struct resource kept(struct fixture *fix, const char *slug)
{
	struct resource r;

	must(resource_by_slug(fix->db, fix->a, &editor, slug, &r));
	must(resource_with_body(fix->db, fix->a, &editor, r.id, &r));
	return r;
}

/* ---- saving -------------------------------------------------------------------------------- */

static void test_a_page_is_corrected_and_its_earlier_state_kept(void **state)
{
	struct fixture *fix = *state;
	struct office o = make(fix, be_marches);
	struct sheet s = sheet();
	struct answer a;
	const char *before;
	struct resource r;

	set(&s, "titre", "Marchés publics, corrigé");
	set(&s, "texte", "## Le cadre\n\nUn **nouveau** corps.");
	set(&s, "mots", "Achats, ESS, Achats");
	a = send(fix, o.editor, MARCHES, &s);
	assert_int_equal(a.code, 303);
	assert_string_equal(a.location, MARCHES "?fait=enregistree");
	r = kept(fix, "marches");
	assert_string_equal(r.title, "Marchés publics, corrigé");
	assert_string_equal(r.body.markup,
			    "<h2>Le cadre</h2><p>Un <strong>nouveau</strong> corps.</p>");
	assert_int_equal(r.revision, 2);
	assert_int_equal(r.modified_at, NOW);
	assert_holds(page(fix, NULL, "/ressources/marches"), "<strong>nouveau</strong>");
	assert_holds(page(fix, NULL, "/ressources?mot=achats"), "Marchés publics, corrigé");
	must(resource_version(fix->db, fix->a, o.id, 1, &before));
	assert_holds(before, "\"title\":\"Marchés publics\"");
	assert_int_equal(count_traces(fix, "resource-changed", "Titre, Texte, Mots-clés"), 1);
	assert_int_equal(count_traces(fix, "resource-opened", ""), 0);
	assert_holds(page(fix, o.editor, a.location), "La ressource est enregistrée.");
}

static void test_what_is_unchanged_is_not_saved_again(void **state)
{
	struct fixture *fix = *state;
	struct office o = make(fix, be_marches);
	struct sheet s = sheet();
	struct answer a = send(fix, o.editor, MARCHES, &s);

	assert_string_equal(a.location, MARCHES "?fait=rien");
	assert_int_equal(kept(fix, "marches").revision, 1);
	assert_int_equal(one_number(fix, "SELECT count(*) FROM resource_version"), 0);
}

static void test_a_new_page_is_written_then_archived(void **state)
{
	struct fixture *fix = *state;
	struct office o = make(fix, be_marches);
	struct sheet s = sheet();
	struct answer a;

	set(&s, "titre", "Une page toute neuve !");
	set(&s, "adresse", "");
	set(&s, "type", "");
	set(&s, "nouveau-type", "Mode d’emploi");
	set(&s, "date", "10/2024");
	a = send(fix, o.editor, "/gestion/ressources/nouvelle", &s);
	assert_string_equal(a.location,
			    "/gestion/ressources/une-page-toute-neuve?fait=enregistree");
	assert_holds(page(fix, NULL, "/ressources/une-page-toute-neuve"), "octobre 2024");
	assert_string_equal(kept(fix, "une-page-toute-neuve").kind, "Mode d’emploi");
	set(&s, "adresse", "une-page-toute-neuve");
	set(&s, "etat", "archived");
	a = send(fix, o.editor, "/gestion/ressources/une-page-toute-neuve", &s);
	assert_int_equal(a.code, 303);
	assert_int_equal(get(fix, NULL, "/ressources/une-page-toute-neuve").code, 404);
	set(&s, "etat", "published");
	set(&s, "revision", "2");
	assert_int_equal(send(fix, o.editor, "/gestion/ressources/une-page-toute-neuve", &s).code,
			 303);
	assert_int_equal(get(fix, NULL, "/ressources/une-page-toute-neuve").code, 200);
}

static void test_two_new_pages_of_one_title_have_two_addresses(void **state)
{
	struct fixture *fix = *state;
	struct office o = make(fix, be_marches);
	struct sheet s = sheet();

	set(&s, "titre", "Marches");
	set(&s, "adresse", "");
	assert_string_equal(send(fix, o.editor, "/gestion/ressources/nouvelle", &s).location,
			    "/gestion/ressources/marches-2?fait=enregistree");
	set(&s, "titre", "Nouvelle");
	assert_string_equal(send(fix, o.editor, "/gestion/ressources/nouvelle", &s).location,
			    "/gestion/ressources/nouvelle-2?fait=enregistree");
}

static void test_an_address_that_changes_leads_on(void **state)
{
	struct fixture *fix = *state;
	struct office o = make(fix, be_marches);
	struct sheet s = sheet();
	const struct redirect older = { "/node/12", "/ressources/marches" };

	must(redirect_save(fix->db, &older));
	set(&s, "adresse", "marches-publics");
	assert_int_equal(send(fix, o.editor, MARCHES, &s).code, 303);
	assert_string_equal(get(fix, NULL, "/ressources/marches").location,
			    "/ressources/marches-publics");
	assert_string_equal(get(fix, NULL, "/node/12").location, "/ressources/marches-publics");
	/* And back again: no loop. */
	set(&s, "adresse", "marches");
	set(&s, "revision", "2");
	assert_int_equal(send(fix, o.editor, "/gestion/ressources/marches-publics", &s).code, 303);
	assert_int_equal(get(fix, NULL, "/ressources/marches").code, 200);
	assert_string_equal(get(fix, NULL, "/ressources/marches-publics").location,
			    "/ressources/marches");
}

/* ---- refused beside the field --------------------------------------------------------------- */

static void expect_refusal(struct fixture *fix, const char *session, const char *name,
			   const char *value, const char *words)
{
	struct sheet s = sheet();
	struct answer a;

	set(&s, name, value);
	set(&s, "etendue", "CE QUI FUT TAPÉ");
	a = send(fix, session, MARCHES, &s);
	assert_int_equal(a.code, 422);
	assert_holds(a.body, words);
	assert_holds(a.body, "CE QUI FUT TAPÉ");
	assert_int_equal(kept(fix, "marches").revision, 1);
}

static void test_what_cannot_be_is_refused_beside_its_field(void **state)
{
	struct fixture *fix = *state;
	struct office o = make(fix, be_marches);
	char long_summary[SUMMARY_MAX + 2];

	memset(long_summary, 'a', SUMMARY_MAX + 1);
	long_summary[SUMMARY_MAX + 1] = '\0';
	add_resource(fix, "autre", NULL);
	expect_refusal(fix, o.editor, "titre", "", "Ce champ est à remplir.");
	expect_refusal(fix, o.editor, "resume", long_summary, "601 caractères");
	expect_refusal(fix, o.editor, "texte", "Un <b>gras</b>", "contient des balises");
	expect_refusal(fix, o.editor, "adresse", "Une Adresse", "petites lettres sans accent");
	expect_refusal(fix, o.editor, "adresse", "nouvelle", "Le site se sert lui-même");
	expect_refusal(fix, o.editor, "adresse", "autre", "a déjà cette adresse");
	expect_refusal(fix, o.editor, "date", "31/02/2024", "Ce jour n’existe pas");
	expect_refusal(fix, o.editor, "date", "13/2024", "Ce jour n’existe pas");
	expect_refusal(fix, o.editor, "numero", "neuf", "nombre entier");
	expect_refusal(fix, o.editor, "langue", "français", "deux lettres");
	expect_refusal(fix, o.editor, "territoires", "Atlantide", "n’est pas un territoire connu");
	expect_refusal(fix, o.editor, "remplace", "/ressources/nulle-part", "Aucune ressource");
	expect_refusal(fix, o.editor, "remplace", "marches", "ne se remplace pas");
	expect_refusal(fix, o.editor, "acces", "tout", "Ce choix n’existe pas.");
	expect_refusal(fix, o.editor, "etat", "volée", "Ce choix n’existe pas.");
}

static void test_markup_that_acts_is_cleaned(void **state)
{
	struct fixture *fix = *state;
	struct office o = make(fix, be_marches);
	struct sheet s = sheet();

	set(&s, "format", "html");
	set(&s, "texte",
	    "<p onclick=\"x()\">Un</p><script>alert(1)</script><a href=\"javascript:x()\">a</a>");
	assert_int_equal(send(fix, o.editor, MARCHES, &s).code, 303);
	assert_string_equal(kept(fix, "marches").body.markup, "<p>Un</p><p>a</p>");
}

static void test_nothing_typed_acts_when_it_is_shown_back(void **state)
{
	static const char evil[] = "\"><script>alert(1)</script>";
	static const char *const fields[] = {
		"titre",
		"resume",
		"texte",
		"note",
		"seance",
		"comment",
		"nouveau-type",
		"nouvelle-forme",
		"mots",
		"territoires",
		"date",
		"numero",
		"edition",
		"remplace",
		"etendue",
		"langue",
		"adresse",
		"revision",
		"resume-format",
		"lien-nom-1",
		"lien-adresse-1",
		"lien-role-1",
		"vu",
		"type",
		"etat",
	};
	struct fixture *fix = *state;
	struct office o = make(fix, be_marches);

	for (size_t i = 0; i < sizeof(fields) / sizeof(*fields); i++) {
		struct sheet s = sheet();

		set(&s, "liens", "1");
		set(&s, "lien-nom-1", "x");
		set(&s, fields[i], evil);
		set(&s, "apercu", "oui");
		assert_lacks(send(fix, o.editor, MARCHES, &s).body, "<script>alert");
		set(&s, "langue", "x");
		s.n--;
		assert_lacks(send(fix, o.editor, MARCHES, &s).body, "<script>alert");
	}
}

/* ---- seen beforehand ------------------------------------------------------------------------- */

static void test_a_preview_changes_nothing(void **state)
{
	struct fixture *fix = *state;
	struct office o = make(fix, be_marches);
	struct sheet s = sheet();
	int64_t before, after;
	struct answer a;

	set(&s, "texte", "Un *aperçu* seulement.");
	set(&s, "nouveau-type", "Type jamais vu");
	set(&s, "mots", "Mot jamais vu");
	set(&s, "apercu", "oui");
	must(change_last(fix->db, &before));
	a = send(fix, o.editor, MARCHES, &s);
	must(change_last(fix->db, &after));
	assert_int_equal(a.code, 200);
	assert_holds(a.body, "<p>Un <em>aperçu</em> seulement.</p>");
	assert_holds(a.body, "Un *aperçu* seulement.</textarea>");
	assert_holds(a.body, "Type jamais vu");
	assert_int_equal(after, before);
	assert_int_equal(kept(fix, "marches").revision, 1);
	assert_int_equal(one_number(fix, "SELECT count(*) FROM term WHERE label LIKE '%jamais vu'"),
			 0);
	assert_int_equal(one_number(fix, "SELECT count(*) FROM audit"), 0);
}

/* ---- two at once --------------------------------------------------------------------------------
 */

static void test_nobody_overwrites_the_text_of_another(void **state)
{
	struct fixture *fix = *state;
	struct office o = make(fix, be_marches);
	struct sheet mine = sheet(), theirs = sheet();
	struct answer a;

	set(&theirs, "titre", "Leur titre");
	assert_int_equal(send(fix, o.other, MARCHES, &theirs).code, 303);
	set(&mine, "titre", "Mon titre");
	a = send(fix, o.editor, MARCHES, &mine);
	assert_int_equal(a.code, 409);
	assert_holds(a.body, "Leur titre");
	assert_holds(a.body, "value=\"Mon titre\"");
	assert_holds(a.body, "name=\"choix-titre\"");
	assert_string_equal(kept(fix, "marches").title, "Leur titre");
	/* Sending it again without choosing saves nothing either. */
	assert_int_equal(send(fix, o.editor, MARCHES, &mine).code, 409);
	set(&mine, "vu", "2");
	a = send(fix, o.editor, MARCHES, &mine);
	assert_int_equal(a.code, 409);
	assert_holds(a.body, "Choisissez l’une des deux.");
	assert_string_equal(kept(fix, "marches").title, "Leur titre");
	set(&mine, "choix-titre", "mien");
	assert_int_equal(send(fix, o.editor, MARCHES, &mine).code, 303);
	assert_string_equal(kept(fix, "marches").title, "Mon titre");
}

static void test_the_other_text_may_be_taken(void **state)
{
	struct fixture *fix = *state;
	struct office o = make(fix, be_marches);
	struct sheet mine = sheet(), theirs = sheet();

	set(&theirs, "texte", "Leur texte.");
	assert_int_equal(send(fix, o.other, MARCHES, &theirs).code, 303);
	set(&mine, "texte", "Mon texte.");
	set(&mine, "etendue", "4 pages");
	set(&mine, "vu", "2");
	set(&mine, "choix-texte", "leur");
	assert_int_equal(send(fix, o.editor, MARCHES, &mine).code, 303);
	assert_string_equal(kept(fix, "marches").body.markup, "<p>Leur texte.</p>");
	assert_string_equal(kept(fix, "marches").extent, "4 pages");
}

static void test_what_only_the_other_changed_is_taken_over(void **state)
{
	struct fixture *fix = *state;
	struct office o = make(fix, be_marches);
	struct sheet mine = sheet(), theirs = sheet();
	struct answer a;

	set(&theirs, "titre", "Leur titre");
	set(&theirs, "liens", "1");
	set(&theirs, "lien-role-1", "slides");
	set(&theirs, "lien-nom-1", "Leur diaporama");
	set(&theirs, "lien-adresse-1", "https://exemple.org/d.pdf");
	assert_int_equal(send(fix, o.other, MARCHES, &theirs).code, 303);
	set(&mine, "texte", "Mon texte.");
	a = send(fix, o.editor, MARCHES, &mine);
	assert_int_equal(a.code, 409);
	assert_holds(a.body, "value=\"Leur titre\"");
	assert_holds(a.body, "Leur diaporama");
	assert_holds(a.body, "Mon texte.</textarea>");
	assert_lacks(a.body, "choix-");
	/* As the page now shows it. */
	set(&mine, "titre", "Leur titre");
	set(&mine, "liens", "1");
	set(&mine, "lien-role-1", "slides");
	set(&mine, "lien-nom-1", "Leur diaporama");
	set(&mine, "lien-adresse-1", "https://exemple.org/d.pdf");
	set(&mine, "vu", "2");
	assert_int_equal(send(fix, o.editor, MARCHES, &mine).code, 303);
	assert_string_equal(kept(fix, "marches").title, "Leur titre");
	assert_string_equal(kept(fix, "marches").body.markup, "<p>Mon texte.</p>");
	assert_int_equal(one_number(fix, "SELECT count(*) FROM link"), 1);
}

static void test_a_third_change_is_seen_too(void **state)
{
	struct fixture *fix = *state;
	struct office o = make(fix, be_marches);
	struct sheet mine = sheet(), theirs = sheet();

	set(&theirs, "titre", "Leur titre");
	assert_int_equal(send(fix, o.other, MARCHES, &theirs).code, 303);
	set(&theirs, "titre", "Leur autre titre");
	set(&theirs, "revision", "2");
	assert_int_equal(send(fix, o.other, MARCHES, &theirs).code, 303);
	set(&mine, "titre", "Mon titre");
	set(&mine, "vu", "2");
	set(&mine, "choix-titre", "mien");
	assert_int_equal(send(fix, o.editor, MARCHES, &mine).code, 409);
	assert_string_equal(kept(fix, "marches").title, "Leur autre titre");
}

/* Fields of every kind, and no earlier state to tell who changed what. */
static void test_all_may_differ_at_once(void **state)
{
	static const char *const typed[][2] = {
		{ "titre", "Mon titre" },
		{ "resume", "Mon résumé" },
		{ "texte", "Mon texte." },
		{ "note", "Ma note" },
		{ "etat", "archived" },
		{ "acces", "restricted" },
		{ "existence", "non" },
		{ "comment", "Demander" },
		{ "nouveau-type", "Type" },
		{ "edition", "2" },
		{ "nouvelle-forme", "F" },
		{ "mots", "un, deux" },
		{ "date", "2001" },
		{ "numero", "7" },
		{ "etendue", "4 pages" },
		{ "langue", "en" },
		{ "adresse", "ailleurs" },
		{ "revision", "999" },
		{ "pour", "function-elected" },
	};
	struct fixture *fix = *state;
	struct office o = make(fix, be_marches);
	struct sheet s = sheet();
	struct answer a;

	for (size_t i = 0; i < sizeof(typed) / sizeof(*typed); i++)
		set(&s, typed[i][0], typed[i][1]);
	a = send(fix, o.editor, MARCHES, &s);
	assert_int_equal(a.code, 409);
	assert_holds(a.body, "name=\"choix-titre\"");
	assert_holds(a.body, "name=\"choix-langue\"");
	assert_holds(a.body, "name=\"choix-adresse\"");
}

/* ---- who may read
 * -------------------------------------------------------------------------------- */

static void test_a_closed_text_is_opened_by_saying_so_twice(void **state)
{
	struct fixture *fix = *state;
	struct office o = make(fix, be_closed);
	struct sheet s = sheet();
	struct answer a = send(fix, o.editor, MARCHES, &s);

	assert_int_equal(a.code, 422);
	assert_holds(a.body, "name=\"ouvrir\"");
	assert_int_equal(kept(fix, "marches").visibility, MEMBERS);
	assert_lacks(page(fix, NULL, "/ressources/marches"), "Un corps");
	set(&s, "ouvrir", "oui");
	assert_int_equal(send(fix, o.editor, MARCHES, &s).code, 303);
	assert_holds(page(fix, NULL, "/ressources/marches"), "Un corps");
	assert_int_equal(count_traces(fix, "resource-opened", "members → public"), 1);
}

static void test_keys_are_set_in_words_and_traced(void **state)
{
	struct fixture *fix = *state;
	struct office o = make(fix, be_marches);
	struct working_group g = { .slug = "achats", .name = "Achats" };
	struct sheet s = sheet();
	struct opening_list keys;

	must(working_group_save(fix->db, &g));
	add_session(fix, "loi-ess", "2026-02-22", NULL);
	must(opening_add(fix->db, OF_RESOURCE, o.id, "grant-9"));
	set(&s, "acces", "restricted");
	set(&s, "existence", "non");
	set(&s, "seance", "https://exemple.fr/agenda/loi-ess");
	set(&s, "pour", "group-1");
	s.pair[s.n++] = (struct pair){ "pour", "function-elected" };
	assert_int_equal(send(fix, o.editor, MARCHES, &s).code, 303);
	must(opening_of(fix->db, fix->a, OF_RESOURCE, o.id, &keys));
	assert_int_equal(keys.n_keys, 4);
	assert_string_equal(keys.key[0], "function-elected");
	assert_string_equal(keys.key[1], "grant-9");
	assert_string_equal(keys.key[2], "group-1");
	assert_string_equal(keys.key[3], "session-1");
	assert_int_equal(get(fix, NULL, "/ressources/marches").code, 404);
	assert_int_equal(count_traces(fix, "resource-opened", "public → restricted"), 1);
	assert_int_equal(count_traces(fix, "resource-opened", "existence tue"), 1);
	assert_holds(page(fix, o.editor, MARCHES), "Les personnes qui ont suivi");
}

/* ---- links
 * --------------------------------------------------------------------------------------- */

static void test_links_are_added_and_emptied_away(void **state)
{
	struct fixture *fix = *state;
	struct office o = make(fix, be_marches);
	const struct link link[] = {
		{ .role = "report", .label = "Synthèse perdue", .visibility = AS_OWNER },
		{ .role = "slides",
		  .label = "Diaporama",
		  .url = "https://exemple.org/d",
		  .visibility = MEMBERS },
	};
	struct sheet s = sheet();
	struct link_list list;

	add_resource(fix, "autre", NULL);
	must(link_set(fix->db, OF_RESOURCE, o.id, link, 2));
	set(&s, "liens", "3");
	set(&s, "lien-role-1", "report");
	set(&s, "lien-nom-1", "Synthèse perdue");
	set(&s, "lien-adresse-1", "");
	set(&s, "lien-role-2", "slides");
	set(&s, "lien-nom-2", "");
	set(&s, "lien-adresse-2", "");
	set(&s, "lien-role-3", "related");
	set(&s, "lien-nom-3", "L’autre");
	set(&s, "lien-adresse-3", "https://exemple.fr/ressources/autre");
	assert_int_equal(send(fix, o.editor, MARCHES, &s).code, 303);
	must(link_of(fix->db, fix->a, &editor, OF_RESOURCE, o.id, &list));
	assert_int_equal(list.n_links, 2);
	assert_string_equal(list.link[0].label, "Synthèse perdue");
	assert_null(list.link[0].url);
	assert_string_equal(list.link[1].resource, "autre");
}

static void test_a_bad_link_is_told_and_the_rest_kept(void **state)
{
	struct fixture *fix = *state;
	struct office o = make(fix, be_marches);
	struct sheet s = sheet();
	struct answer a;

	set(&s, "titre", "Un titre tapé");
	set(&s, "liens", "2");
	set(&s, "lien-role-1", "slides");
	set(&s, "lien-nom-1", "Diaporama");
	set(&s, "lien-adresse-1", "javascript:alert(1)");
	set(&s, "lien-nom-2", "");
	set(&s, "lien-adresse-2", "https://exemple.org/sans-nom");
	a = send(fix, o.editor, MARCHES, &s);
	assert_int_equal(a.code, 422);
	assert_holds(a.body, "Cette adresse n’est pas comprise");
	assert_holds(a.body, "Un lien a un nom");
	assert_holds(a.body, "Un titre tapé");
	assert_int_equal(one_number(fix, "SELECT count(*) FROM link"), 0);
}

/* ---- earlier states
 * ------------------------------------------------------------------------------ */

static void test_an_earlier_state_is_put_back_without_opening_anything(void **state)
{
	struct fixture *fix = *state;
	struct office o = make(fix, be_marches);
	struct sheet s = sheet();
	const char *body;
	struct answer a;

	set(&s, "titre", "Titre d’après");
	set(&s, "texte", "Texte d’après.");
	set(&s, "acces", "members");
	assert_int_equal(send(fix, o.editor, MARCHES, &s).code, 303);
	assert_holds(page(fix, o.editor, MARCHES "/versions"), "/versions/1");
	body = page(fix, o.editor, MARCHES "/versions/1");
	assert_holds(body, "Marchés publics");
	assert_holds(body, "<p>Un corps.</p>");
	a = post(fix, o.editor, MARCHES "/versions/1", "revision=1");
	assert_int_equal(a.code, 409);
	a = post(fix, o.editor, MARCHES "/versions/1", "revision=2");
	assert_int_equal(a.code, 303);
	assert_string_equal(kept(fix, "marches").title, "Marchés publics");
	assert_string_equal(kept(fix, "marches").body.markup, "<p>Un corps.</p>");
	assert_int_equal(kept(fix, "marches").visibility, MEMBERS);
	assert_int_equal(one_number(fix, "SELECT count(*) FROM resource_version"), 2);
	assert_int_equal(get(fix, o.editor, MARCHES "/versions/99").code, 404);
	assert_int_equal(get(fix, o.editor, MARCHES "/versions/x").code, 404);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_a_page_is_corrected_and_its_earlier_state_kept),
		TEST(test_what_is_unchanged_is_not_saved_again),
		TEST(test_a_new_page_is_written_then_archived),
		TEST(test_two_new_pages_of_one_title_have_two_addresses),
		TEST(test_an_address_that_changes_leads_on),
		TEST(test_what_cannot_be_is_refused_beside_its_field),
		TEST(test_markup_that_acts_is_cleaned),
		TEST(test_nothing_typed_acts_when_it_is_shown_back),
		TEST(test_a_preview_changes_nothing),
		TEST(test_nobody_overwrites_the_text_of_another),
		TEST(test_the_other_text_may_be_taken),
		TEST(test_what_only_the_other_changed_is_taken_over),
		TEST(test_a_third_change_is_seen_too),
		TEST(test_all_may_differ_at_once),
		TEST(test_a_closed_text_is_opened_by_saying_so_twice),
		TEST(test_keys_are_set_in_words_and_traced),
		TEST(test_links_are_added_and_emptied_away),
		TEST(test_a_bad_link_is_told_and_the_rest_kept),
		TEST(test_an_earlier_state_is_put_back_without_opening_anything),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
