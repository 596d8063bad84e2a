/* The back office: who enters, and what is done there beside the editing of resources. */
#include <string.h>

#include "feed/interchange.h"
#include "kit.h"
#include "search/search.h"
#include "store/access_request.h"
#include "store/batch.h"
#include "store/contribution.h"
#include "store/link.h"
#include "store/mail.h"
#include "store/organisation.h"
#include "store/setting.h"
#include "store/working_group.h"
#include "web/address.h"
#include "web/route.h"
#include "web/site.h"

struct office {
	int64_t town, officer, ines, bastien;
	const char *member, *editor, *administrator; /* signed in */
};

/* Being an administrator counts once the second factor is there. */
static int64_t add_administrator(struct fixture *fix)
{
	int64_t id = add_person(fix, "Bastien", "Administrateur", false);

	must(role_set(fix->db, id, "administrator", true));
	must(db_run(fix->db, "UPDATE person SET totp_secret = 'JBSWY3DPEHPK3PXP', totp_since = 1"
			     " WHERE email = 'bastien@exemple.fr'"));
	return id;
}

static struct office make(struct fixture *fix)
{
	struct office o = {
		.town = add_organisation(fix, "Grandville", "2026-01-01", "2026-12-31"),
		.officer = add_person(fix, "Olivier", "Agent", true),
		.ines = add_person(fix, "Inès", "Éditrice", false),
		.bastien = add_administrator(fix),
	};

	add_function(fix, o.officer, o.town, "officer", false);
	must(role_set(fix->db, o.ines, "editor", true));
	o.member = sign_in(fix, o.officer);
	o.editor = sign_in(fix, o.ines);
	o.administrator = sign_in(fix, o.bastien);
	return o;
}

/* "nom=valeur&…", encoded, from names and values in turn, as far as a NULL. */
static const char *form(struct fixture *fix, const char *const *text)
{
	struct pair pair[20];
	size_t n = 0;

	for (; text[2 * n]; n++)
		pair[n] = (struct pair){ text[2 * n], text[2 * n + 1] };
	return address_write(fix->a, "", pair, n) + 1;
}

#define FORM(...) form(fix, (const char *const[]){ __VA_ARGS__, NULL })

/* ---- who enters --------------------------------------------------------------------------------
 */

/* "/gestion/personnes/:slug/roles" with something for what is a name: "…/slug/roles". */
static const char *an_address(struct fixture *fix, const char *pattern)
{
	char *address = arena_strdup(fix->a, pattern), *to = address;

	for (const char *at = address; *at; at++)
		if (*at != ':')
			*to++ = *at;
	*to = '\0';
	return address;
}

static struct answer ask(struct fixture *fix, const struct route *r, const char *session)
{
	const char *address = an_address(fix, r->pattern);

	return r->method == GET ? get(fix, session, address) : post(fix, session, address, "a=");
}

static void test_nobody_but_editors_enters_any_of_its_pages(void **state)
{
	struct fixture *fix = *state;
	struct office o = make(fix);
	int n = 0;

	for (const struct route *r = site_map.route; r->pattern; r++) {
		struct answer a;

		if (strncmp(r->pattern, "/gestion", 8) != 0)
			continue;
		n++;
		a = ask(fix, r, NULL);
		assert_int_equal(a.code, 303);
		assert_holds(a.location, "/connexion?retour=");
		assert_int_equal(ask(fix, r, o.member).code, 403);
		if (r->who == ADMINISTRATORS_ONLY)
			assert_int_equal(ask(fix, r, o.editor).code, 403);
		else
			assert_int_not_equal(ask(fix, r, o.editor).code, 403);
		assert_int_not_equal(ask(fix, r, o.administrator).code, 403);
	}
	assert_in_range(n, 40, 60);
	assert_lacks(page(fix, o.member, "/espace"), "href=\"/gestion");
	assert_lacks(page(fix, o.editor, "/gestion"), "/gestion/journal");
	assert_holds(page(fix, o.administrator, "/gestion"), "/gestion/journal");
}

/* ---- what waits, and the list -------------------------------------------------------------------
 */

static void be_draft(struct resource *r)
{
	r->title = "Brouillon sur la compensation";
	r->status = DRAFT;
}

static void be_closed(struct resource *r)
{
	r->title = "Note réservée";
	r->visibility = MEMBERS;
}

static void test_the_list_is_filtered_by_state_access_and_words(void **state)
{
	struct fixture *fix = *state;
	struct office o = make(fix);
	const char *body;

	add_resource(fix, "ouverte", NULL);
	add_resource(fix, "brouillon", be_draft);
	add_resource(fix, "note", be_closed);
	assert_holds(page(fix, o.editor, "/gestion"), "1 brouillon");
	body = page(fix, o.editor, "/gestion/ressources");
	assert_holds(body, "3 ressources");
	body = page(fix, o.editor, "/gestion/ressources?etat=draft");
	assert_holds(body, "1 ressource<");
	assert_holds(body, "/gestion/ressources/brouillon");
	body = page(fix, o.editor, "/gestion/ressources?acces=members");
	assert_holds(body, "/gestion/ressources/note");
	assert_lacks(body, "/gestion/ressources/ouverte");
	body = page(fix, o.editor, "/gestion/ressources?q=compensation");
	assert_holds(body, "/gestion/ressources/brouillon");
	assert_holds(body, "1 ressource<");
	body = page(fix, o.editor, "/gestion/ressources?q=compensation&etat=published");
	assert_holds(body, "Aucune ressource");
	assert_int_equal(get(fix, o.editor, "/gestion/ressources?page=x").code, 400);
}

/* ---- lost links
 * ------------------------------------------------------------------------------------ */

static void add_lost(struct fixture *fix, enum owner owner, int64_t id)
{
	const struct link link[] = {
		{ .role = "report", .label = "Synthèse", .visibility = AS_OWNER },
		{ .role = "slides", .label = "Diaporama", .visibility = AS_OWNER },
	};

	must(link_set(fix->db, owner, id, link, 2));
}

static void test_lost_links_are_completed_one_by_one(void **state)
{
	struct fixture *fix = *state;
	struct office o = make(fix);
	int64_t resource = add_resource(fix, "ouverte", NULL);
	struct answer a;
	const char *body;

	add_resource(fix, "autre", NULL);
	add_lost(fix, OF_RESOURCE, resource);
	add_lost(fix, OF_SESSION, add_session(fix, "seance", "2026-02-22", NULL));
	body = page(fix, o.editor, "/gestion/a-completer");
	assert_holds(body, "4 liens à compléter dans 2 pages");
	a = post(fix, o.editor, "/gestion/a-completer/1", FORM("adresse-1", "javascript:alert(1)"));
	assert_int_equal(a.code, 422);
	assert_holds(a.body, "id=\"adresse-1-erreur\"");
	assert_holds(a.body, "value=\"javascript:alert(1)\"");
	assert_int_equal(one_number(fix, "SELECT count(*) FROM link WHERE url IS NOT NULL"), 0);
	a = post(fix, o.editor, "/gestion/a-completer/1",
		 FORM("adresse-1", "https://exemple.org/s.pdf"));
	assert_int_equal(a.code, 303);
	assert_holds(page(fix, o.editor, "/gestion/a-completer"),
		     "3 liens à compléter dans 2 pages");
	assert_holds(page(fix, NULL, "/ressources/ouverte"), "https://exemple.org/s.pdf");
	a = post(fix, o.editor, "/gestion/a-completer/2", FORM("adresse-2", "/ressources/autre"));
	assert_int_equal(a.code, 303);
	assert_int_equal(one_number(fix, "SELECT revision FROM resource WHERE slug = 'ouverte'"),
			 3);
	assert_int_equal(one_number(fix, "SELECT count(*) FROM resource_version"), 2);
	a = post(fix, o.editor, "/gestion/a-completer/3", FORM("abandonner", "oui"));
	assert_int_equal(a.code, 303);
	assert_int_equal(one_number(fix, "SELECT count(*) FROM link"), 3);
	assert_int_equal(one_number(fix, "SELECT revision FROM session"), 2);
	a = post(fix, o.editor, "/gestion/a-completer/3",
		 FORM("adresse-3", "https://exemple.org/tard"));
	assert_string_equal(a.location, "/gestion/a-completer?fait=deja");
	assert_int_equal(count_traces(fix, "resource-changed", "lien complété"), 2);
}

/* ---- requests for access
 * ---------------------------------------------------------------------------- */

static int64_t ask_for(struct fixture *fix, int64_t person, int64_t resource)
{
	struct access_request r = { .person_id = person,
				    .resource_id = resource,
				    .reason = "Pour <b>notre</b> schéma",
				    .made_at = NOW - 1000 };

	must(access_request_add(fix->db, &r));
	return r.id;
}

static void be_restricted(struct resource *r)
{
	r->title = "Dossier";
	r->visibility = RESTRICTED;
	r->body = HTML("<p>CORPSFERMÉ</p>");
}

static void test_a_request_is_granted_until_a_day_and_told(void **state)
{
	struct fixture *fix = *state;
	struct office o = make(fix);
	struct answer a;
	const char *body;

	ask_for(fix, o.officer, add_resource(fix, "dossier", be_restricted));
	body = page(fix, o.editor, "/gestion/demandes");
	assert_holds(body, "Pour &lt;b&gt;notre&lt;/b&gt; schéma");
	assert_holds(body, "Ville de Grandville");
	assert_holds(body, "value=\"23/02/2027\"");
	a = post(fix, o.editor, "/gestion/demandes/1", FORM("jusqu-au-1", "22/11/2026"));
	assert_int_equal(a.code, 422);
	assert_holds(a.body, "Ce jour est passé.");
	assert_lacks(page(fix, o.member, "/ressources/dossier"), "CORPSFERMÉ");
	a = post(fix, o.editor, "/gestion/demandes/1",
		 FORM("jusqu-au-1", "31/12/2026", "mots-1", "Bonne lecture"));
	assert_int_equal(a.code, 303);
	assert_holds(page(fix, o.member, "/ressources/dossier"), "CORPSFERMÉ");
	assert_int_equal(one_number(fix, "SELECT count(*) FROM mail WHERE key ="
					 " 'access-answer:1' AND to_address = 'olivier@exemple.fr'"
					 " AND text LIKE '%31 décembre 2026%Bonne lecture%"
					 "https://exemple.fr/ressources/dossier%'"),
			 1);
	assert_int_equal(count_traces(fix, "access-granted", "2026-12-31"), 1);
	assert_holds(page(fix, o.editor, "/gestion/demandes"),
		     "Accordée jusqu’au 31 décembre 2026");
	/* Answered once. */
	a = post(fix, o.editor, "/gestion/demandes/1", FORM("refuser", "oui"));
	assert_string_equal(a.location, "/gestion/demandes?fait=deja");
	assert_int_equal(one_number(fix, "SELECT count(*) FROM mail"), 1);
}

static void test_a_refusal_opens_nothing(void **state)
{
	struct fixture *fix = *state;
	struct office o = make(fix);

	ask_for(fix, o.officer, add_resource(fix, "dossier", be_restricted));
	assert_int_equal(post(fix, o.editor, "/gestion/demandes/1",
			      FORM("refuser", "oui", "jusqu-au-1", "31/12/2026"))
				 .code,
			 303);
	assert_lacks(page(fix, o.member, "/ressources/dossier"), "CORPSFERMÉ");
	assert_int_equal(one_number(fix, "SELECT count(*) FROM opening"), 0);
	assert_int_equal(count_traces(fix, "access-refused", "dossier"), 1);
}

/* ---- people named in texts
 * --------------------------------------------------------------------------- */

#define NAME "Zénobie Quatremaille"

static int64_t add_named(struct fixture *fix, int64_t town)
{
	int64_t id = add_resource(fix, "ouverte", NULL);
	int64_t session = add_session(fix, "seance", "2026-02-22", NULL);
	const struct contribution people[] = {
		{ .role = "author",
		  .name = NAME,
		  .title = "Directrice",
		  .email = "zq@exemple.org",
		  .affiliation = "Commune de Sainte-Unique",
		  .visibility = AS_OWNER },
		{ .role = "contact", .name = "Paul Modèle", .visibility = AS_OWNER },
	};
	const struct contribution speaker = { .role = "speaker",
					      .name = "zenobie QUATREMAILLE",
					      .title = "Directrice",
					      .email = "zq@exemple.org",
					      .organisation_id = town,
					      .visibility = AS_OWNER };
	const struct batch_item item = {
		.kind = "resource",
		.name = "ouverte",
		.object_id = id,
		.revision = 1,
		.before = "{\"type\":\"resource\",\"contributions\":[{\"role\":\"author\",\"name\":"
			  "\"" NAME "\",\"organisation\":null}]}",
	};
	int64_t batch;

	must(contribution_set(fix->db, OF_RESOURCE, id, people, 2));
	must(contribution_set(fix->db, OF_SESSION, session, &speaker, 1));
	must(resource_keep_version(
		fix->db, id,
		"{\"type\":\"resource\",\"contributions\":[{\"role\":\"author\",\"name\":\"" NAME
		"\",\"organisation\":null,\"email\":\"zq@exemple.org\"},{\"role\":\"contact\","
		"\"name\":\"Paul Modèle\"}]}"));
	must(batch_add(fix->db, "jsonl", "x", NOW, &batch));
	must(batch_add_item(fix->db, batch, 0, &item));
	return id;
}

static bool gather(void *context, const char *line)
{
	struct out *o = context;

	out_raw(o, line);
	out_char(o, '\n');
	return true;
}

static const char *export_of(struct fixture *fix)
{
	struct out o;
	const char *text;

	out_init(&o);
	must(interchange_export(fix->db, gather, &o));
	text = arena_strdup(fix->a, out_string(&o));
	out_release(&o);
	return text;
}

/* Everywhere it could be read, together. */
static const char *everywhere(struct fixture *fix, const char *session)
{
	static const char *const where[] = {
		"/ressources/ouverte", "/api/v1/resources/ouverte", "/flux/ressources.atom",
		"/agenda/seance",      "/flux/agenda.ics",          "/api/v1/sessions",
		"/gestion/noms",
	};
	struct query *q;
	const char *all = export_of(fix);

	for (size_t i = 0; i < sizeof(where) / sizeof(*where); i++)
		all = arena_printf(fix->a, "%s%s", all, page(fix, session, where[i]));
	q = db_query(fix->db, "SELECT data FROM resource_version UNION ALL"
			      " SELECT before FROM batch_item WHERE before IS NOT NULL UNION ALL"
			      " SELECT coalesce(subject, '') || coalesce(detail, '') FROM audit");
	while (query_row(q))
		all = arena_printf(fix->a, "%s%s", all, row_text(q, 0, fix->a));
	must(query_end(q));
	return all;
}

/* How many the index finds, brought up to date rather than built anew. */
static int64_t found(struct fixture *fix, struct search *search, const char *words)
{
	struct search_query query = { .text = words, .limit = 10 };
	struct search_result result;

	must(search_follow(search, fix->db));
	must(search_run(search, fix->a, &editor, &query, &result));
	return result.corrected || result.relaxed ? 0 : result.total;
}

static void test_a_name_is_withdrawn_everywhere(void **state)
{
	struct fixture *fix = *state;
	struct office o = make(fix);
	struct search *search;
	const char *all;
	struct answer a;

	add_named(fix, o.town);
	must(search_new(fix->db, &search));
	assert_int_equal(found(fix, search, "quatremaille"), 1);
	assert_holds(everywhere(fix, o.editor), "uatremaille");
	a = post(fix, o.editor, "/gestion/noms", FORM("nom", NAME, "retirer", "oui"));
	assert_int_equal(a.code, 422);
	assert_int_equal(found(fix, search, "quatremaille"), 1);
	a = post(fix, o.editor, "/gestion/noms", FORM("nom", NAME, "retirer", "oui", "sur", "oui"));
	assert_int_equal(a.code, 303);
	all = everywhere(fix, o.editor);
	assert_lacks(all, "uatremaille");
	assert_lacks(all, "QUATREMAILLE");
	assert_lacks(all, "zq@exemple.org");
	assert_lacks(all, "Sainte-Unique");
	assert_holds(all, "Paul Modèle");
	/* The organisation she spoke for stays, alone. */
	assert_holds(page(fix, NULL, "/agenda/seance"), "Ville de Grandville");
	assert_lacks(page(fix, NULL, "/agenda/seance"), "Directrice");
	assert_int_equal(found(fix, search, "quatremaille"), 0);
	assert_int_equal(count_traces(fix, "name-changed", "2 contributions, 2 états"), 1);
	search_free(search);
}

static void test_a_name_is_corrected_everywhere(void **state)
{
	struct fixture *fix = *state;
	struct office o = make(fix);
	const char *all;

	add_named(fix, o.town);
	assert_holds(page(fix, o.editor, "/gestion/noms"), "2 fois");
	assert_holds(page(fix, o.editor, "/gestion/noms?nom=Z%C3%A9nobie+Quatremaille"),
		     "/ressources/ouverte");
	assert_int_equal(post(fix, o.editor, "/gestion/noms",
			      FORM("nom", NAME, "corrige", "Zénobie \"Zen\" Autrenom"))
				 .code,
			 303);
	all = everywhere(fix, o.editor);
	assert_lacks(all, "uatremaille");
	assert_holds(all, "Zénobie \\\"Zen\\\" Autrenom");
	assert_holds(page(fix, NULL, "/ressources/ouverte"), "Autrenom");
	assert_string_equal(post(fix, o.editor, "/gestion/noms",
				 FORM("nom", "Personne", "corrige", "X"))
				    .location,
			    "/gestion/noms?fait=personne");
}

/* ---- accounts
 * -------------------------------------------------------------------------------------------- */

static void test_a_person_is_added_given_a_function_and_invited(void **state)
{
	struct fixture *fix = *state;
	struct office o = make(fix);
	struct answer a = post(fix, o.editor, "/gestion/personnes/nouvelle",
			       FORM("prenom", "Zoé", "nom", "Neuve", "courriel", "zoe@exemple.fr"));

	assert_string_equal(a.location, "/gestion/personnes/zoe-neuve?fait=ajoutee");
	assert_int_equal(post(fix, o.editor, "/gestion/personnes/zoe-neuve/fonctions",
			      FORM("organisation", "Grandville", "genre", "elected", "debut",
				   "01/06/2026", "fin", "31/05/2026"))
				 .code,
			 422);
	assert_int_equal(one_number(fix, "SELECT count(*) FROM function"), 1);
	assert_int_equal(
		post(fix, o.editor, "/gestion/personnes/zoe-neuve/fonctions",
		     FORM("organisation", "Grandville", "genre", "elected", "debut", "01/06/2026"))
			.code,
		303);
	assert_holds(page(fix, o.editor, "/gestion/personnes/zoe-neuve"), "Ville de Grandville");
	assert_int_equal(post(fix, o.editor, "/gestion/personnes/zoe-neuve/invitation", "a=b").code,
			 303);
	assert_int_equal(one_number(fix, "SELECT count(*) FROM mail WHERE to_address ="
					 " 'zoe@exemple.fr' AND key NOT LIKE 'function%'") > 0,
			 1);
	assert_int_equal(count_traces(fix, "person-added", "zoe-neuve"), 1);
	assert_int_equal(count_traces(fix, "function-changed", "elected"), 1);
}

static void test_an_address_is_one_account_s_and_is_one(void **state)
{
	struct fixture *fix = *state;
	struct office o = make(fix);
	struct answer a =
		post(fix, o.editor, "/gestion/personnes/nouvelle",
		     FORM("prenom", "Zoé", "nom", "Neuve", "courriel", "OLIVIER@Exemple.FR"));

	assert_int_equal(a.code, 422);
	assert_holds(a.body, "C’est déjà l’adresse de Olivier Agent.");
	assert_holds(a.body, "value=\"Neuve\"");
	a = post(fix, o.editor, "/gestion/personnes/nouvelle",
		 FORM("prenom", "Zoé", "nom", "Neuve", "courriel",
		      "zoe@exemple.fr\r\nBcc: tous@exemple.fr"));
	assert_int_equal(a.code, 422);
	assert_holds(a.body, "courriel-erreur");
	assert_int_equal(one_number(fix, "SELECT count(*) FROM person"), 3);
}

static void test_an_editor_does_not_become_an_administrator(void **state)
{
	struct fixture *fix = *state;
	struct office o = make(fix);
	const char *take =
		FORM("prenom", "Bastien", "nom", "Administrateur", "courriel", "ines2@exemple.fr");

	assert_int_equal(
		post(fix, o.editor, "/gestion/personnes/bastien-administrateur", take).code, 403);
	assert_int_equal(one_number(fix, "SELECT count(*) FROM person WHERE email ="
					 " 'bastien@exemple.fr'"),
			 1);
	assert_int_equal(count_traces(fix, "refused", "bastien-administrateur"), 1);
	assert_int_equal(post(fix, o.editor, "/gestion/personnes/ines-editrice/roles",
			      "administration=oui&edition=oui")
				 .code,
			 403);
	assert_lacks(page(fix, o.editor, "/gestion/personnes/ines-editrice"), "administration");
	assert_int_equal(post(fix, o.administrator, "/gestion/personnes/olivier-agent/roles",
			      "edition=oui")
				 .code,
			 303);
	assert_int_equal(count_traces(fix, "role-given", "olivier-agent"), 1);
	assert_int_equal(post(fix, o.administrator,
			      "/gestion/personnes/bastien-administrateur/roles", "edition=oui")
				 .code,
			 422);
}

static void test_who_is_blocked_is_out(void **state)
{
	struct fixture *fix = *state;
	struct office o = make(fix);

	assert_int_equal(post(fix, o.editor, "/gestion/personnes/olivier-agent",
			      FORM("prenom", "Olivier", "nom", "Agent", "courriel",
				   "olivier@exemple.fr", "bloquee", "oui"))
				 .code,
			 303);
	assert_int_equal(get(fix, o.member, "/espace").code, 303);
	assert_int_equal(count_traces(fix, "person-changed", "bloquée"), 1);
	assert_int_equal(post(fix, o.editor, "/gestion/personnes/ines-editrice",
			      FORM("prenom", "Inès", "nom", "Éditrice", "bloquee", "oui"))
				 .code,
			 422);
}

static void test_who_is_let_in_again_signs_in_again(void **state)
{
	static const char olivier[] = "/gestion/personnes/olivier-agent";
	struct fixture *fix = *state;
	struct office o = make(fix);

	assert_int_equal(post(fix, o.editor, olivier,
			      FORM("prenom", "Olivier", "nom", "Agent", "courriel",
				   "olivier@exemple.fr", "bloquee", "oui"))
				 .code,
			 303);
	assert_int_equal(
		post(fix, o.editor, olivier,
		     FORM("prenom", "Olivier", "nom", "Agent", "courriel", "olivier@exemple.fr"))
			.code,
		303);
	assert_int_equal(get(fix, o.member, "/espace").code, 303);
}

/* Where it went first, another may read it. */
static void test_an_invitation_to_a_wrong_address_opens_nothing_once_corrected(void **state)
{
	static const char olivier[] = "/gestion/personnes/olivier-agent";
	struct fixture *fix = *state;
	struct office o = make(fix);
	const char *still = "SELECT count(*) FROM token WHERE expires_at > 1795424400";

	assert_int_equal(
		post(fix, o.editor, "/gestion/personnes/olivier-agent/invitation", "a=b").code,
		303);
	assert_int_equal(
		post(fix, o.editor, olivier,
		     FORM("prenom", "Olivier", "nom", "Agente", "courriel", "olivier@exemple.fr"))
			.code,
		303);
	assert_int_equal(one_number(fix, still), 1);
	assert_int_equal(post(fix, o.editor, olivier,
			      FORM("prenom", "Olivier", "nom", "Agente", "courriel",
				   "olivier.agente@exemple.fr"))
				 .code,
			 303);
	assert_int_equal(one_number(fix, still), 0);
}

static void test_groups_and_attendance_of_a_person(void **state)
{
	struct fixture *fix = *state;
	struct office o = make(fix);

	add_session(fix, "loi-ess", "2026-02-22", NULL);
	assert_string_equal(post(fix, o.editor, "/gestion/groupes/nouveau",
				 FORM("nom", "Achats", "coordination", "olivier@exemple.fr",
				      "format", "markdown", "description", "Un *groupe*."))
				    .location,
			    "/gestion/groupes/achats?fait=ajoute");
	assert_int_equal(one_number(fix, "SELECT count(*) FROM group_member"), 1);
	assert_int_equal(post(fix, o.editor, "/gestion/personnes/ines-editrice/groupes",
			      FORM("groupes", "1"))
				 .code,
			 303);
	assert_int_equal(one_number(fix, "SELECT count(*) FROM group_member"), 2);
	assert_int_equal(post(fix, o.editor, "/gestion/groupes/achats/membres",
			      FORM("membres", "olivier-agent", "courriel", "inconnu@exemple.fr"))
				 .code,
			 422);
	assert_int_equal(one_number(fix, "SELECT count(*) FROM group_member"), 2);
	assert_int_equal(post(fix, o.editor, "/gestion/groupes/achats/membres",
			      FORM("membres", "olivier-agent", "avant-membres",
				   "olivier-agent ines-editrice"))
				 .code,
			 303);
	assert_int_equal(one_number(fix, "SELECT count(*) FROM group_member"), 1);
	assert_int_equal(post(fix, o.editor, "/gestion/personnes/olivier-agent/seances",
			      FORM("seance", "/agenda/nulle"))
				 .code,
			 422);
	assert_int_equal(post(fix, o.editor, "/gestion/personnes/olivier-agent/seances",
			      FORM("seance", "/agenda/loi-ess"))
				 .code,
			 303);
	assert_int_equal(one_number(fix, "SELECT count(*) FROM attendance"), 1);
	assert_int_equal(post(fix, o.editor, "/gestion/groupes/achats/suppression", "sur=oui").code,
			 303);
	assert_int_equal(one_number(fix, "SELECT count(*) FROM working_group"), 0);
}

/* ---- organisations
 * ----------------------------------------------------------------------------------------- */

static void test_an_organisation_has_its_key_checked(void **state)
{
	struct fixture *fix = *state;
	struct office o = make(fix);
	struct answer a =
		post(fix, o.editor, "/gestion/organisations/nouvelle",
		     FORM("nom", "Région neuve", "genre", "region", "siren", "123 456 789"));

	assert_int_equal(a.code, 422);
	assert_holds(a.body, "Ce n’est pas un SIREN");
	assert_holds(a.body, "value=\"Région neuve\"");
	a = post(fix, o.editor, "/gestion/organisations/nouvelle",
		 FORM("nom", "Région neuve", "genre", "region", "siren", "732 829 320", "insee",
		      "01004", "latitude", "48,85", "longitude", "2,35"));
	assert_string_equal(a.location, "/gestion/organisations/region-neuve?fait=ajoutee");
	assert_int_equal(one_number(fix, "SELECT count(*) FROM organisation WHERE siren ="
					 " '732829320' AND insee = '01004' AND lat > 48.8"),
			 1);
	assert_holds(page(fix, o.editor, "/gestion/organisations/region-neuve"), "value=\"01004\"");
	a = post(fix, o.editor, "/gestion/organisations/region-neuve",
		 FORM("nom", "Région neuve", "genre", "region", "latitude", "48,85"));
	assert_int_equal(a.code, 422);
	assert_holds(a.body, "Il manque l’une des deux coordonnées.");
}

static void test_a_membership_does_not_end_before_it_begins(void **state)
{
	struct fixture *fix = *state;
	struct office o = make(fix);
	const char *at = "/gestion/organisations/Grandville/adhesions/";
	struct answer a = post(fix, o.editor, arena_printf(fix->a, "%snouvelle", at),
			       FORM("sorte-nouvelle", "full", "debut-nouvelle", "01/01/2027",
				    "fin-nouvelle", "31/12/2026"));

	assert_int_equal(a.code, 422);
	assert_holds(a.body, "Le dernier jour vient avant le premier.");
	assert_holds(a.body, "value=\"01/01/2027\"");
	assert_int_equal(one_number(fix, "SELECT count(*) FROM membership"), 1);
	assert_int_equal(post(fix, o.editor, arena_printf(fix->a, "%snouvelle", at),
			      FORM("sorte-nouvelle", "honorary", "debut-nouvelle", "01/01/2027"))
				 .code,
			 303);
	assert_int_equal(
		post(fix, o.editor, arena_printf(fix->a, "%s1", at),
		     FORM("sorte-1", "full", "debut-1", "01/01/2026", "fin-1", "30/06/2026"))
			.code,
		303);
	assert_int_equal(get(fix, o.member, "/gestion").code, 403);
	assert_int_equal(one_number(fix, "SELECT count(*) FROM membership WHERE to_on ="
					 " '2026-06-30'"),
			 1);
	assert_int_equal(
		post(fix, o.editor, arena_printf(fix->a, "%s2", at), FORM("enlever", "oui")).code,
		303);
	assert_int_equal(one_number(fix, "SELECT count(*) FROM membership"), 1);
	/* One of another organisation is not found under this one. */
	add_organisation(fix, "Ailleurs", "2026-01-01", NULL);
	assert_int_equal(
		post(fix, o.editor, arena_printf(fix->a, "%s3", at), FORM("enlever", "oui")).code,
		404);
	assert_int_equal(count_traces(fix, "membership-changed", "Grandville"), 3);
}

/* ---- letters, journal, settings
 * ------------------------------------------------------------------------------ */

static void test_a_letter_that_was_refused_is_sent_again(void **state)
{
	struct fixture *fix = *state;
	struct office o = make(fix);
	const struct mail m = { .key = "k",
				.to_address = "a@exemple.fr",
				.subject = "Objet <i>",
				.text = "t",
				.html = "h",
				.message_id = "<a@b>",
				.made_at = NOW };
	const char *body;

	must(mail_queue(fix->db, &m));
	must(db_run(fix->db, "UPDATE mail SET state = 'refused', last_error = '550 <inconnu>'"));
	assert_holds(page(fix, o.editor, "/gestion"), "1 courriel n’est pas parti");
	body = page(fix, o.editor, "/gestion/courriels?etat=refused");
	assert_holds(body, "550 &lt;inconnu&gt;");
	assert_holds(body, "Objet &lt;i&gt;");
	assert_int_equal(post(fix, o.editor, "/gestion/courriels/1", "a=b").code, 303);
	assert_int_equal(one_number(fix, "SELECT count(*) FROM mail WHERE state = 'waiting'"), 1);
}

static void test_the_journal_is_read_in_french_page_by_page(void **state)
{
	struct fixture *fix = *state;
	struct office o = make(fix);
	const char *body;

	for (int i = 0; i < 120; i++)
		must(db_run(fix->db, "INSERT INTO audit (at, action, subject) VALUES (1795424400,"
				     " 'sign-in-failed', 'person <i>')"));
	must(db_run(fix->db, "INSERT INTO audit (at, action, person_id, subject)"
			     " VALUES (1795424400, 'role-given', 1, 'person x')"));
	body = page(fix, o.administrator, "/gestion/journal");
	assert_holds(body, "Rôle donné");
	assert_holds(body, "Olivier Agent");
	assert_holds(body, "Personne\u00a0: &lt;i&gt;");
	assert_holds(body, "/gestion/journal?avant=22\"");
	body = page(fix, o.administrator, "/gestion/journal?avant=22");
	assert_lacks(body, "Olivier Agent");
	body = page(fix, o.administrator, "/gestion/journal?action=role-given");
	assert_holds(body, "Olivier Agent");
	assert_lacks(body, "Personne\u00a0: &lt;i&gt;");
}

/* Names of all the settings with their values, and one that is changed. */
static const char *settings_with(struct fixture *fix, const char *name, const char *value)
{
	struct pair pair[64];
	size_t n = 0;

	for (size_t i = 0; i < n_settings; i++) {
		const char *kept;

		must(setting_get(fix->db, fix->a, setting_table[i].name, &kept));
		pair[n++] =
			(struct pair){ setting_table[i].name,
				       strcmp(setting_table[i].name, name) != 0 ? kept : value };
	}
	return address_write(fix->a, "", pair, n) + 1;
}

static void test_settings_are_checked_and_traced(void **state)
{
	struct fixture *fix = *state;
	struct office o = make(fix);
	const char *value;
	struct answer a = post(fix, o.administrator, "/gestion/reglages",
			       settings_with(fix, "mail_from", "pas une adresse"));

	assert_int_equal(a.code, 422);
	assert_holds(a.body, "mail_from-erreur");
	assert_int_equal(post(fix, o.administrator, "/gestion/reglages",
			      settings_with(fix, "site_name", "Le réseau"))
				 .code,
			 303);
	must(setting_get(fix->db, fix->a, "site_name", &value));
	assert_string_equal(value, "Le réseau");
	assert_int_equal(count_traces(fix, "setting-changed", "« Halle » → « Le réseau »"), 1);
	assert_int_equal(count_traces(fix, "setting-changed", ""), 1);
}

static void test_what_is_set_on_the_machine_is_not_set_here(void **state)
{
	static const char *const fixed[] = { "site_id", "smtp_password_file", "smtp_ca_file" };
	struct fixture *fix = *state;
	struct office o = make(fix);

	for (size_t i = 0; i < sizeof(fixed) / sizeof(*fixed); i++) {
		const char *value;

		assert_int_equal(post(fix, o.administrator, "/gestion/reglages",
				      settings_with(fix, fixed[i], "/etc/passwd"))
					 .code,
				 303);
		must(setting_get(fix->db, fix->a, fixed[i], &value));
		assert_string_equal(value, "");
	}
	assert_int_equal(one_number(fix, "SELECT count(*) FROM audit"), 0);
}

static void test_nothing_typed_acts_when_it_is_shown_back(void **state)
{
	static const char evil[] = "\"><script>alert(1)</script>";
	static const char *const where[][2] = {
		{ "/gestion/personnes/nouvelle", "prenom" },
		{ "/gestion/personnes/nouvelle", "courriel" },
		{ "/gestion/organisations/nouvelle", "nom" },
		{ "/gestion/organisations/nouvelle", "siren" },
		{ "/gestion/organisations/nouvelle", "latitude" },
		{ "/gestion/organisations/nouvelle", "adresse" },
		{ "/gestion/groupes/nouveau", "adresse" },
		{ "/gestion/groupes/nouveau", "description" },
		{ "/gestion/noms", "nom" },
		{ "/gestion/organisations/Grandville/adhesions/nouvelle", "fin-nouvelle" },
		{ "/gestion/personnes/olivier-agent/fonctions", "intitule" },
		{ "/gestion/personnes/olivier-agent/seances", "seance" },
		{ "/gestion/reglages", "smtp_url" },
	};
	static const char *const asked[] = {
		"/gestion/noms?nom=%22%3E%3Cscript%3Ealert(1)",
		"/gestion/noms?q=%22%3E%3Cscript%3Ealert(1)",
		"/gestion/personnes?q=%22%3E%3Cscript%3Ealert(1)",
		"/gestion/organisations?q=%22%3E%3Cscript%3Ealert(1)",
		"/gestion/organisations?genre=%22%3E%3Cscript%3Ealert(1)",
		"/gestion/ressources?q=%22%3E%3Cscript%3Ealert(1)&etat=%22%3E%3Cscript%3Ealert(1)",
		"/gestion/journal?action=%22%3E%3Cscript%3Ealert(1)",
		"/gestion/courriels?etat=%22%3E%3Cscript%3Ealert(1)&page=1",
		"/gestion?fait=%22%3E%3Cscript%3Ealert(1)",
	};
	struct fixture *fix = *state;
	struct office o = make(fix);

	for (size_t i = 0; i < sizeof(where) / sizeof(*where); i++) {
		struct answer a = post(fix, o.administrator, where[i][0], FORM(where[i][1], evil));

		assert_int_equal(a.code, 422);
		assert_lacks(a.body, "<script>alert");
		assert_holds(a.body, "&lt;script&gt;alert");
	}
	for (size_t i = 0; i < sizeof(asked) / sizeof(*asked); i++)
		assert_lacks(page(fix, o.administrator, asked[i]), "<script>alert");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_nobody_but_editors_enters_any_of_its_pages),
		TEST(test_the_list_is_filtered_by_state_access_and_words),
		TEST(test_lost_links_are_completed_one_by_one),
		TEST(test_a_request_is_granted_until_a_day_and_told),
		TEST(test_a_refusal_opens_nothing),
		TEST(test_a_name_is_withdrawn_everywhere),
		TEST(test_a_name_is_corrected_everywhere),
		TEST(test_a_person_is_added_given_a_function_and_invited),
		TEST(test_an_address_is_one_account_s_and_is_one),
		TEST(test_an_editor_does_not_become_an_administrator),
		TEST(test_who_is_blocked_is_out),
		TEST(test_who_is_let_in_again_signs_in_again),
		TEST(test_an_invitation_to_a_wrong_address_opens_nothing_once_corrected),
		TEST(test_groups_and_attendance_of_a_person),
		TEST(test_an_organisation_has_its_key_checked),
		TEST(test_a_membership_does_not_end_before_it_begins),
		TEST(test_a_letter_that_was_refused_is_sent_again),
		TEST(test_the_journal_is_read_in_french_page_by_page),
		TEST(test_settings_are_checked_and_traced),
		TEST(test_what_is_set_on_the_machine_is_not_set_here),
		TEST(test_nothing_typed_acts_when_it_is_shown_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
