#include "fixture.h"

#include <string.h>

#include "search/search.h"
#include "store/collection.h"
#include "store/contribution.h"
#include "store/link.h"
#include "store/organisation.h"
#include "store/redirect.h"
#include "store/setting.h"
#include "store/term.h"
#include "web/address.h"
#include "web/pages/list_query.h"
#include "web/site.h"

/* Monday 23 November 2026, 10:00 in Paris. */
static const int64_t now = 1795424400;

static void must(enum status status)
{
	assert_int_equal(status, OK);
}

/* ---- asking ------------------------------------------------------------------------ */

/* The body of the answer to a GET, in the arena; its code in *code. */
static const char *ask_as(struct fixture *fix, enum level level, const char *address, int *code)
{
	struct site site = { .public_url = "https://exemple.fr", .version = "1" };
	struct request req = { .arena = fix->a, .db = fix->db, .site = &site, .now = now };
	struct response res;
	struct target target;
	const char *body;

	must(address_split(address, strlen(address), &target));
	must(address_path(fix->a, target.path, target.path_length, &req.path));
	if (target.query)
		must(address_query(fix->a, target.query, target.query_length, &req.query,
				   &req.n_query));
	req.raw_path = req.path;
	req.reader.level = level;
	must(search_new(fix->db, &site.search));
	response_init(&res);
	route_answer(&site_map, &req, &res);
	body = arena_strdup(fix->a, out_string(res.location.length ? &res.location : &res.body));
	*code = res.code;
	response_release(&res);
	search_free(site.search);
	return body;
}

static const char *page(struct fixture *fix, const char *address)
{
	int code;
	const char *body = ask_as(fix, ANONYMOUS, address, &code);

	assert_int_equal(code, 200);
	return body;
}

static int code_of(struct fixture *fix, const char *address)
{
	int code;

	(void)ask_as(fix, ANONYMOUS, address, &code);
	return code;
}

#define assert_holds(body, words) assert_non_null(strstr((body), (words)))
#define assert_lacks(body, words) assert_null(strstr((body), (words)))

static int count(const char *body, const char *words)
{
	int n = 0;

	for (; (body = strstr(body, words)); body += strlen(words))
		n++;
	return n;
}

/* ---- what there is ------------------------------------------------------------------ */

static int64_t collection;

static void be_open(struct resource *r)
{
	r->title = "Un guide <script>alert(1)</script> & \"un\" autre";
	r->summary = HTML("<p>Un résumé public.</p>");
	r->body = HTML(
		"<p>Un résumé public.</p><p>La suite du texte.</p><ul><li>Un point.</li></ul>");
	r->published_on = "2024-05-01";
	r->date_precision = BY_MONTH;
	r->collection_id = collection;
	r->number = 9;
}

static void be_closed(struct resource *r)
{
	r->title = "Note fermée";
	r->summary = HTML("<p>Ce que tout le monde peut lire.</p>");
	r->body = HTML("<p>CORPSFERMÉ que peut lire qui adhère.</p>");
	r->visibility = MEMBERS;
	r->published_on = "2024-03-02";
	r->access_note = "Demandez un compte.";
	r->collection_id = collection;
	r->number = 7;
}

static void be_unlisted(struct resource *r)
{
	r->title = "TITRECACHÉ";
	r->visibility = RESTRICTED;
	r->listed = false;
	r->collection_id = collection;
	r->number = 8;
}

static void be_draft(struct resource *r)
{
	r->title = "TITREBROUILLON";
	r->status = DRAFT;
	r->collection_id = collection;
	r->number = 10;
}

static void be_coming(struct session *s)
{
	s->title = "Webinaire : acheter ensemble";
	s->starts_at = 1796286600; /* Thursday 3 December 2026, 9:30 in Paris */
	s->ends_at = 1796293800;
	s->audience = "agent·e·s";
	s->registration_url = "https://exemple.org/inscription";
	s->online_url = "https://exemple.org/SALLESECRÈTE";
}

static void be_held(struct session *s)
{
	s->title = "Loi ESS, dix ans après";
	s->status = HELD;
	s->attended_text = "près de 70";
}

static void be_cancelled(struct session *s)
{
	s->title = "Visite";
	s->status = CANCELLED;
}

static void be_for_members(struct session *s)
{
	s->title = "SÉANCEFERMÉE";
	s->visibility = MEMBERS;
}

static void add_collection(struct fixture *fix)
{
	struct collection c = { .slug = "reperes", .title = "Repères" };

	must(collection_save(fix->db, &c));
	collection = c.id;
}

static void add_closed(struct fixture *fix)
{
	int64_t id = add_resource(fix, "fermee", be_closed);
	const struct link link = { .role = "recording",
				   .label = "LIENFERMÉ",
				   .url = "https://exemple.org/ferme",
				   .visibility = AS_OWNER };
	const struct contribution author = { .role = "author",
					     .name = "AUTRICEFERMÉE",
					     .visibility = AS_OWNER };

	must(link_set(fix->db, OF_RESOURCE, id, &link, 1));
	must(contribution_set(fix->db, OF_RESOURCE, id, &author, 1));
}

static void add_open(struct fixture *fix)
{
	int64_t id = add_resource(fix, "ouverte", be_open), keyword;
	int64_t closed;
	bool created;
	struct link link[] = {
		{ .role = "slides", .label = "Diaporama", .url = "https://exemple.org/a.pdf" },
		{ .role = "slides",
		  .label = "Voir le diaporama ici",
		  .url = "https://exemple.org/b" },
		{ .role = "report", .label = "LIENPERDU" },
		{ .role = "recording",
		  .label = "Visionnez le replay ici",
		  .url = "https://exemple.org/c" },
		{ .role = "article", .label = "MAUVAIS", .url = "javascript:alert(1)" },
		{ .role = "related", .label = "x" },
	};
	const struct contribution contact = { .role = "contact",
					      .name = "Paul Modèle",
					      .email = "paul@exemple.org",
					      .visibility = AS_OWNER };

	for (size_t i = 0; i < sizeof(link) / sizeof(*link); i++)
		link[i].visibility = AS_OWNER;
	must(resource_id_of(fix->db, "cachee", &closed));
	link[5].resource_id = closed;
	must(link_set(fix->db, OF_RESOURCE, id, link, sizeof(link) / sizeof(*link)));
	must(contribution_set(fix->db, OF_RESOURCE, id, &contact, 1));
	must(term_obtain(fix->db, fix->a, "keyword", "Achats", &keyword, &created));
	must(term_set_of_resource(fix->db, id, "keyword", &keyword, 1));
}

static void add_programme(struct fixture *fix)
{
	int64_t id = add_session(fix, "loi-ess", "2026-02-22", be_held);
	const struct link link = { .role = "recording",
				   .label = "Visionnez le replay ici",
				   .url = "https://exemple.org/replay",
				   .visibility = AS_OWNER };
	const struct contribution speaker[] = {
		{ .role = "speaker", .name = "Anne Essai", .visibility = AS_OWNER },
		{ .role = "speaker", .name = "ORATRICEFERMÉE", .visibility = MEMBERS },
	};

	must(link_set(fix->db, OF_SESSION, id, &link, 1));
	must(contribution_set(fix->db, OF_SESSION, id, speaker, 2));
	add_session(fix, "acheter", "2026-12-03", be_coming);
	add_session(fix, "visite", "2026-12-10", be_cancelled);
	add_session(fix, "fermee", "2026-12-12", be_for_members);
}

static int setup(void **state)
{
	struct fixture *fix;

	if (fixture_setup(state))
		return -1;
	fix = *state;
	add_collection(fix);
	add_resource(fix, "cachee", be_unlisted);
	add_resource(fix, "brouillon", be_draft);
	add_closed(fix);
	add_open(fix);
	add_programme(fix);
	return 0;
}

#define PAGE_TEST(function) cmocka_unit_test_setup_teardown(function, setup, fixture_teardown)

static const char *const every_page[] = {
	"/",
	"/ressources",
	"/ressources?q=note",
	"/ressources?q=corpsferm%C3%A9",
	"/ressources?acces=members",
	"/ressources/ouverte",
	"/ressources/fermee",
	"/collections",
	"/collections/reperes",
	"/agenda",
	"/agenda/loi-ess",
	"/agenda/acheter",
	"/agenda/visite",
	"/annuaire",
	"/pages/mentions-legales",
	"/pages/accessibilite",
};

enum { N_PAGES = sizeof(every_page) / sizeof(*every_page) };

/* ---- access ------------------------------------------------------------------------- */

static void test_what_is_closed_is_on_no_page(void **state)
{
	static const char *const closed[] = {
		"CORPSFERMÉ", "LIENFERMÉ",    "exemple.org/ferme", "AUTRICEFERMÉE",
		"TITRECACHÉ", "SÉANCEFERMÉE", "ORATRICEFERMÉE",    "TITREBROUILLON",
		"LIENPERDU",  "SALLESECRÈTE", "javascript:",
	};

	for (size_t i = 0; i < N_PAGES; i++) {
		const char *body = page(*state, every_page[i]);

		for (size_t j = 0; j < sizeof(closed) / sizeof(*closed); j++)
			assert_lacks(body, closed[j]);
	}
}

static void test_what_may_not_be_known_is_not_there(void **state)
{
	assert_int_equal(code_of(*state, "/ressources/brouillon"), 404);
	assert_int_equal(code_of(*state, "/ressources/cachee"), 404);
	assert_int_equal(code_of(*state, "/agenda/fermee"), 404);
	assert_int_equal(code_of(*state, "/ressources/inconnue"), 404);
	assert_int_equal(code_of(*state, "/collections/inconnue"), 404);
	assert_int_equal(code_of(*state, "/cycles/inconnu"), 404);
	assert_int_equal(code_of(*state, "/annuaire/inconnue"), 404);
	assert_int_equal(code_of(*state, "/pages/inconnue"), 404);
}

static void test_a_closed_resource_says_who_may_read_it(void **state)
{
	const char *body = page(*state, "/ressources/fermee");

	assert_holds(body, "Ce que tout le monde peut lire.");
	assert_holds(body, "Réservée aux collectivités adhérentes");
	assert_holds(body, "Demandez un compte.");
}

static void test_a_member_reads_what_is_closed(void **state)
{
	int code;
	const char *body = ask_as(*state, MEMBER, "/ressources/fermee", &code);

	assert_holds(body, "CORPSFERMÉ");
	assert_holds(body, "https://exemple.org/ferme");
	assert_holds(body, "AUTRICEFERMÉE");
	assert_lacks(body, "Demandez un compte.");
}

static void test_an_editor_sees_drafts_and_lost_links(void **state)
{
	int code;

	assert_holds(ask_as(*state, EDITOR, "/ressources/brouillon", &code), "Brouillon");
	assert_int_equal(code, 200);
	assert_holds(ask_as(*state, EDITOR, "/ressources/ouverte", &code), "LIENPERDU");
}

/* ---- a resource --------------------------------------------------------------------- */

static void test_a_title_is_text(void **state)
{
	for (size_t i = 0; i < N_PAGES; i++)
		assert_lacks(page(*state, every_page[i]), "<script>alert");
	assert_holds(
		page(*state, "/ressources/ouverte"),
		"Un guide &lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;un&quot; autre</h1>");
}

static void test_a_month_shows_no_day(void **state)
{
	assert_holds(page(*state, "/ressources/ouverte"),
		     "<time datetime=\"2024-05\">mai 2024</time>");
}

static void test_a_summary_that_begins_the_text_is_shown_once(void **state)
{
	const char *body = page(*state, "/ressources/ouverte");

	assert_int_equal(count(body, "<p>Un résumé public.</p>"), 1);
	assert_holds(body, "<p>La suite du texte.</p>");
}

static void test_neighbours_are_those_one_may_know(void **state)
{
	const char *body = page(*state, "/ressources/ouverte");

	assert_holds(body, "<a href=\"/ressources/fermee\">n°\u00a07</a>");
	assert_holds(body, "<b aria-current=\"page\">n°\u00a09</b>");
	assert_lacks(body, "n°\u00a08");
	assert_lacks(body, "n°\u00a010");
}

static void test_no_two_links_have_one_name(void **state)
{
	const char *body = page(*state, "/ressources/ouverte");

	assert_holds(body, ">Voir le replay<span");
	assert_int_equal(count(body, "<b>Voir le diaporama</b>"), 2);
	assert_int_equal(count(body, " autre (2)</span>"), 1);
	assert_lacks(body, "ici</");
}

static void test_a_page_has_its_address_and_description(void **state)
{
	const char *body = page(*state, "/ressources/ouverte");

	assert_holds(body,
		     "<link rel=\"canonical\" href=\"https://exemple.fr/ressources/ouverte\">");
	assert_holds(body, "property=\"og:url\" content=\"https://exemple.fr/ressources/ouverte\"");
	assert_holds(body, "<meta name=\"description\" content=\"Un résumé public.\">");
	assert_holds(body, "application/ld+json");
	assert_holds(body, "href=\"mailto:paul@exemple.org\"");
	assert_holds(body, "<a href=\"/ressources?mot=achats\">Achats</a>");
}

/* ---- the list ----------------------------------------------------------------------- */

static void test_a_list_counts_in_words(void **state)
{
	assert_holds(page(*state, "/ressources"),
		     "2 ressources, dont 1 réservée aux collectivités adhérentes");
	assert_holds(page(*state, "/ressources?mot=achats"), ">1 ressource<");
}

static void test_filters_may_repeat_and_be_taken_away(void **state)
{
	const char *body = page(*state, "/ressources?q=guide&mot=achats&annee=2024&annee=2023");

	assert_holds(body, "name=\"annee\" value=\"2024\" checked");
	assert_holds(body, "href=\"/ressources?q=guide&amp;mot=achats&amp;annee=2023\"");
	assert_holds(body, "href=\"/ressources?q=guide&amp;annee=2024&amp;annee=2023\"");
}

static void test_a_canonical_address_keeps_what_has_meaning(void **state)
{
	const char *body =
		page(*state, "/ressources?annee=2024&utm=x&q=guide&page=1&tri=pertinence");

	assert_holds(body, "href=\"https://exemple.fr/ressources?q=guide&amp;annee=2024\"");
}

static void test_bad_parameters_are_told(void **state)
{
	static const char *const bad[] = {
		"page=-1",    "page=0",      "page=abc",   "acces=xyz",
		"annee=abcd", "annee=20244", "tri=hasard", "type=..%2F"
	};

	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		struct fixture *fix = *state;
		int code;
		const char *body = ask_as(fix, ANONYMOUS,
					  arena_printf(fix->a, "/ressources?%s", bad[i]), &code);

		assert_int_equal(code, 400);
		assert_holds(body, "role=\"search\"");
		assert_holds(body, "noindex");
	}
}

static void test_a_page_past_the_end_leads_back(void **state)
{
	const char *body = page(*state, "/ressources?page=99");

	assert_holds(body, "Revenir à la première page");
}

static void test_nothing_found_says_what_was_understood(void **state)
{
	const char *body = page(*state, "/ressources?q=zzzz&annee=2024");

	assert_holds(body, "Aucune ressource");
	assert_holds(body, "le mot «\u202fzzzz\u202f»");
	assert_holds(body, "href=\"/ressources?q=zzzz\"");
}

/* ---- what was found ------------------------------------------------------------------- */

static void test_what_was_found_is_marked(void **state)
{
	const char *body = page(*state, "/ressources?q=r%C3%A9sum%C3%A9");

	assert_holds(body, "Un <mark>résumé</mark> public.");
	assert_lacks(body, "<mark>public");
	body = page(*state, "/ressources?q=point");
	assert_holds(body, "Un <mark>point</mark>.");
	assert_lacks(body, "•");
	body = page(*state, "/ressources?q=guide");
	assert_holds(body, "Un <mark>guide</mark> &lt;script&gt;alert(1)&lt;/script&gt;");
	assert_lacks(page(*state, "/ressources"), "<mark>");
	assert_lacks(page(*state, "/collections/reperes"), "<mark>");
}

static void test_a_passage_is_out_of_what_one_may_read(void **state)
{
	int code;

	assert_holds(page(*state, "/ressources?q=lire"), "peut <mark>lire</mark>.");
	assert_holds(ask_as(*state, MEMBER, "/ressources?q=lire", &code),
		     "CORPSFERMÉ que peut <mark>lire</mark> qui adhère.");
	assert_holds(ask_as(*state, ANONYMOUS, "/api/v1/resources?q=lire", &code),
		     "\"snippets\":[\"Ce que tout le monde peut <mark>lire</mark>.\"]");
	assert_holds(ask_as(*state, MEMBER, "/api/v1/resources?q=lire", &code),
		     "\"snippets\":[\"CORPSFERMÉ que peut <mark>lire</mark> qui adhère.\"]");
}

/* Only the title has it: the summary is shown as it is elsewhere. */
static void test_without_a_passage_the_summary_stands(void **state)
{
	const char *body = page(*state, "/ressources?q=note");

	assert_holds(body, "<mark>Note</mark> fermée");
	assert_holds(body, "Ce que tout le monde peut lire.");
}

static void test_a_corrected_search_can_be_run_as_typed(void **state)
{
	const char *body = page(*state, "/ressources?q=publci+guide&annee=2024");

	assert_holds(body, "Résultats pour <strong>«\u202fpublic guide\u202f»</strong>");
	assert_holds(body, "href=\"/ressources?q=%22publci%22%20%22guide%22&amp;annee=2024\"");
	body = page(*state, "/ressources?q=%22publci%22+%22guide%22");
	assert_lacks(body, "Résultats pour");
	assert_holds(body, "value=\"&quot;publci&quot; &quot;guide&quot;\"");
}

static void test_a_relaxed_search_tells_what_each_word_finds(void **state)
{
	const char *body = page(*state, "/ressources?q=suite+xylophone&type=guide");

	assert_holds(body, "Aucune ressource ne contient tous ces mots");
	assert_holds(body, "<a href=\"/ressources?q=suite&amp;type=guide\">«\u202fsuite\u202f»</a> "
			   "<span class=\"note\">1 ressource</span>");
	assert_holds(body,
		     "<li>«\u202fxylophone\u202f» <span class=\"note\">Aucune ressource</span>");
}

static void test_a_word_typed_halfway_is_a_beginning(void **state)
{
	const char *body = page(*state, "/ressources?q=tex");

	assert_holds(body, "tex*");
	assert_holds(body, "<mark>texte</mark>");
	assert_holds(page(*state, "/ressources?q=te"), "Rien ne correspond");
}

static void test_words_are_written_so_that_none_is_corrected(void **state)
{
	struct fixture *fix = *state;
	static const struct {
		const char *typed, *exact;
	} cases[] = {
		{ "", "" },
		{ "mrché", "\"mrché\"" },
		{ "mrché publc", "\"mrché\" \"publc\"" },
		{ "\"mrché publc\" énergi", "\"mrché publc\" \"énergi\"" },
		{ "\"mrché publc", "\"mrché publc" },
		{ "énergi -bios coop*", "\"énergi\" -bios coop*" },
		{ "énergi -\"bios masse\"", "\"énergi\" -\"bios masse\"" },
		{ "a\"b c\"d", "\"a\" \"b c\" \"d\"" },
		{ "-", "-" },
		{ "\"", "\"" },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		assert_string_equal(words_exactly(fix->a, cases[i].typed), cases[i].exact);
}

static void test_a_refusal_keeps_what_was_typed(void **state)
{
	struct fixture *fix = *state;
	int code;
	const char *body = ask_as(fix, ANONYMOUS, "/ressources?q=r%C3%A9gie+%22x%22&page=0", &code);

	assert_int_equal(code, 400);
	assert_holds(body, "value=\"régie &quot;x&quot;\"");
}

static bool public_comes_first(const char *body)
{
	return strstr(body, "name=\"acces\" value=\"public\"") <
	       strstr(body, "name=\"acces\" value=\"members\"");
}

static void test_choosing_moves_no_filter(void **state)
{
	bool first = public_comes_first(page(*state, "/ressources"));

	assert_int_equal(public_comes_first(page(*state, "/ressources?acces=members")), first);
	assert_int_equal(public_comes_first(page(*state, "/ressources?acces=public")), first);
}

static void test_a_page_of_the_list_tells_its_number(void **state)
{
	assert_lacks(page(*state, "/ressources"), ", page 1");
	assert_holds(page(*state, "/ressources?q=guide&page=2"),
		     "<title>Recherche «\u202fguide\u202f», page 2 – ");
}

static void test_nothing_typed_suggests_nothing(void **state)
{
	static const char *const path[] = { "/api/v1/suggest",
					    "/api/v1/suggest?q=", "/api/v1/suggest?q=%20" };
	int code;

	for (size_t i = 0; i < sizeof(path) / sizeof(*path); i++) {
		assert_string_equal(ask_as(*state, ANONYMOUS, path[i], &code), "{\"items\":[]}\n");
		assert_int_equal(code, 200);
	}
}

/* ---- the programme ------------------------------------------------------------------ */

static void test_a_session_is_told_in_words(void **state)
{
	const char *body = page(*state, "/agenda/acheter");

	assert_holds(body, "jeudi 3 décembre 2026, de 9\u00a0h\u00a030 à 11\u00a0h\u00a030");
	assert_holds(body, "href=\"https://exemple.org/inscription\"");
	assert_holds(body, "href=\"/agenda/acheter.ics\"");
	assert_holds(page(*state, "/agenda/visite"), "Ce rendez-vous est annulé.");
	assert_holds(page(*state, "/agenda/loi-ess"), "près de 70");
}

static void test_the_agenda_parts_past_and_coming(void **state)
{
	const char *body = page(*state, "/agenda");
	const char *coming = strstr(body, "décembre 2026"), *past = strstr(body, "février 2026");

	assert_holds(body, "Aujourd’hui, lundi 23 novembre 2026");
	assert_true(coming && past && coming < past);
	assert_holds(past, "Voir le replay");
	assert_int_equal(code_of(*state, "/agenda?page=x"), 400);
}

/* ---- the rest ----------------------------------------------------------------------- */

static void test_addresses_of_earlier_sites_lead_on(void **state)
{
	struct fixture *fix = *state;
	const struct redirect r[] = { { "/node/12", "/ressources/ouverte" },
				      { "/ressources/ancienne", "/ressources/ouverte" },
				      { "/spip.php?article=3", "/agenda" } };
	int code;

	for (size_t i = 0; i < sizeof(r) / sizeof(*r); i++) {
		must(redirect_save(fix->db, &r[i]));
		assert_string_equal(ask_as(fix, ANONYMOUS, r[i].path, &code), r[i].target);
		assert_int_equal(code, 301);
	}
}

/* The address that it leads to is made of a title. */
static void test_an_earlier_address_of_what_is_hidden_tells_nothing(void **state)
{
	struct fixture *fix = *state;
	const struct redirect r[] = { { "/node/20", "/ressources/brouillon" },
				      { "/node/21", "/ressources/cachee?page=2" },
				      { "/node/22", "/agenda/fermee" },
				      { "/node/23", "https://exemple.fr/ressources/brouillon" },
				      { "/node/24", "/collections/de-personne" },
				      { "/ressources/premier-titre", "/ressources/brouillon" } };
	struct collection empty = { .slug = "de-personne", .title = "De personne" };
	int code;

	must(collection_save(fix->db, &empty));

	for (size_t i = 0; i < sizeof(r) / sizeof(*r); i++) {
		must(redirect_save(fix->db, &r[i]));
		assert_lacks(ask_as(fix, ANONYMOUS, r[i].path, &code),
			     strrchr(r[i].target, '/') + 1);
		assert_int_equal(code, 404);
		assert_string_equal(ask_as(fix, EDITOR, r[i].path, &code), r[i].target);
		assert_int_equal(code, 301);
	}
}

static void test_an_error_offers_a_way_on(void **state)
{
	int code;
	const char *body = ask_as(*state, ANONYMOUS, "/nulle/part", &code);

	assert_int_equal(code, 404);
	assert_holds(body, "role=\"search\"");
	assert_lacks(body, "rel=\"canonical\"");
	assert_holds(ask_as(*state, ANONYMOUS, "/api/v1/rien", &code), "\"status\":404");
}

static void test_every_page_is_whole(void **state)
{
	for (size_t i = 0; i < N_PAGES; i++) {
		const char *body = page(*state, every_page[i]);

		assert_int_equal(count(body, "<h1"), 1);
		assert_holds(body, "<html lang=\"fr\">");
		assert_holds(body, "href=\"#contenu\"");
		assert_holds(body, "<main id=\"contenu\"");
		assert_holds(body, "type=\"application/atom+xml\"");
		assert_lacks(body, "style=\"");
		assert_holds(body, "</html>");
	}
}

static void test_an_empty_site_has_pages(void **state)
{
	static const char *const path[] = { "/",       "/ressources", "/collections",
					    "/agenda", "/annuaire",   "/sante" };

	for (size_t i = 0; i < sizeof(path) / sizeof(*path); i++)
		assert_int_equal(code_of(*state, path[i]), 200);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		PAGE_TEST(test_what_is_closed_is_on_no_page),
		PAGE_TEST(test_what_may_not_be_known_is_not_there),
		PAGE_TEST(test_a_closed_resource_says_who_may_read_it),
		PAGE_TEST(test_a_member_reads_what_is_closed),
		PAGE_TEST(test_an_editor_sees_drafts_and_lost_links),
		PAGE_TEST(test_a_title_is_text),
		PAGE_TEST(test_a_month_shows_no_day),
		PAGE_TEST(test_a_summary_that_begins_the_text_is_shown_once),
		PAGE_TEST(test_neighbours_are_those_one_may_know),
		PAGE_TEST(test_no_two_links_have_one_name),
		PAGE_TEST(test_a_page_has_its_address_and_description),
		PAGE_TEST(test_a_list_counts_in_words),
		PAGE_TEST(test_filters_may_repeat_and_be_taken_away),
		PAGE_TEST(test_a_canonical_address_keeps_what_has_meaning),
		PAGE_TEST(test_bad_parameters_are_told),
		PAGE_TEST(test_a_page_past_the_end_leads_back),
		PAGE_TEST(test_nothing_found_says_what_was_understood),
		PAGE_TEST(test_what_was_found_is_marked),
		PAGE_TEST(test_a_passage_is_out_of_what_one_may_read),
		PAGE_TEST(test_without_a_passage_the_summary_stands),
		PAGE_TEST(test_a_corrected_search_can_be_run_as_typed),
		PAGE_TEST(test_a_relaxed_search_tells_what_each_word_finds),
		PAGE_TEST(test_a_word_typed_halfway_is_a_beginning),
		PAGE_TEST(test_words_are_written_so_that_none_is_corrected),
		PAGE_TEST(test_a_refusal_keeps_what_was_typed),
		PAGE_TEST(test_choosing_moves_no_filter),
		PAGE_TEST(test_a_page_of_the_list_tells_its_number),
		PAGE_TEST(test_nothing_typed_suggests_nothing),
		PAGE_TEST(test_a_session_is_told_in_words),
		PAGE_TEST(test_the_agenda_parts_past_and_coming),
		PAGE_TEST(test_addresses_of_earlier_sites_lead_on),
		PAGE_TEST(test_an_earlier_address_of_what_is_hidden_tells_nothing),
		PAGE_TEST(test_an_error_offers_a_way_on),
		PAGE_TEST(test_every_page_is_whole),
		TEST(test_an_empty_site_has_pages),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
