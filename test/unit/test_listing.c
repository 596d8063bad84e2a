#include "import/listing.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "import/listing_body.h"
#include "import/listing_heads.h"
#include "import/listing_prose.h"
#include "import/listing_records.h"
#include "import/report.h"

enum { LINE_MAX_READ = 4096 };

static int make_arena(void **state)
{
	*state = arena_new();
	return 0;
}

static int free_arena(void **state)
{
	arena_free(*state);
	return 0;
}

static struct listing_lines lines_of(struct arena *a, const char *text)
{
	struct listing_lines lines;
	struct listing_error error;

	assert_int_equal(listing_lines_read(a, text, strlen(text), &lines, &error), OK);
	return lines;
}

static struct listing read_text(struct arena *a, const char *text)
{
	struct listing listing;

	if (listing_read(a, text, strlen(text), &listing) != OK)
		fail_msg("line %zu: %s", listing.error.line, listing.error.message);
	return listing;
}

static struct listing_error refused(struct arena *a, const char *bytes, size_t length)
{
	struct listing listing;

	assert_int_equal(listing_read(a, bytes, length, &listing), INVALID);
	assert_non_null(listing.error.message);
	return listing.error;
}

/* ---- lines -------------------------------------------------------------------------- */

static void test_lines_lose_bullets_and_blanks_and_keep_their_number(void **state)
{
	struct listing_lines lines =
		lines_of(*state, "\xef\xbb\xbf"
				 "Un  titre\r\n\r\n  •\u00a0un\u202fpoint \r\n - deux\n");

	assert_int_equal(lines.n_lines, 3);
	assert_string_equal(lines.line[0].text, "Un titre");
	assert_string_equal(lines.line[1].text, "un point");
	assert_int_equal(lines.line[1].number, 3);
	assert_true(lines.line[1].is_item);
	assert_true(lines.line[1].after_blank);
	assert_string_equal(lines.line[2].text, "deux");
	assert_false(lines.line[2].after_blank);
}

static void test_what_is_not_utf8_is_refused_with_its_line(void **state)
{
	struct listing_error error = refused(*state, "Titre\n\nl\xe9gende\n", 15);

	assert_int_equal(error.line, 3);
	assert_string_equal(error.code, "encoding");
}

static void test_a_line_too_long_is_refused(void **state)
{
	size_t length = LISTING_LINE_MAX + 8;
	char *text = malloc(length);
	struct listing_error error;

	memset(text, 'a', length);
	text[1] = '\n';
	error = refused(*state, text, length);
	assert_int_equal(error.line, 2);
	assert_string_equal(error.code, "line_too_long");
	free(text);
}

static void test_an_empty_file_is_refused(void **state)
{
	assert_string_equal(refused(*state, "", 0).code, "empty");
	assert_string_equal(refused(*state, "\n \n", 3).code, "empty");
	assert_string_equal(refused(*state, "Une page\n", 9).code, "no_record");
}

/* ---- labels and records ------------------------------------------------------------- */

#define LABELS(private) "Type de ressource\nAutres\nRessource privée\n" private "\nRésumé\n\n"

static void test_labels_may_hold_no_break_spaces_and_a_colon(void **state)
{
	assert_int_equal(listing_label_of(*state, "Type de ressource"), LABEL_KIND);
	assert_int_equal(listing_label_of(*state, "Type\u00a0de\u202fressource :"), LABEL_KIND);
	assert_int_equal(listing_label_of(*state, "RÉSUMÉ"), LABEL_SUMMARY);
	assert_int_equal(listing_label_of(*state, "Résumé des travaux 2022"), N_LABELS);
	assert_int_equal(listing_label_of(*state, "Catégorie : les achats"), N_LABELS);
}

static void test_a_summary_ends_where_it_has_repeated_its_body(void **state)
{
	struct listing l =
		read_text(*state, "Site\n\nUn\n\nLe premier texte, en entier.\n\n" LABELS(
					  "Non") "Le premier texte, en entier.\n\n"
						 "Deux\n\nLe second texte, bref.\n\n" LABELS(
							 "Non") "Le second texte, bref.\n");

	assert_int_equal(l.n_records, 2);
	assert_string_equal(l.record[0].title, "Un");
	assert_string_equal(l.record[1].title, "Deux");
	assert_string_equal(l.record[1].body_text, "Le second texte, bref.");
}

static void test_a_record_may_have_labels_right_below_its_title(void **state)
{
	struct listing l =
		read_text(*state,
			  "Site\n\nUn\n\nLe premier texte, en entier.\n\n" LABELS(
				  "Non") "Le premier texte, en entier.\n\n"
					 "Note sans corps\n\n" LABELS("Non") "Un résumé seul.\n");

	assert_string_equal(l.record[1].title, "Note sans corps");
	assert_string_equal(l.record[1].summary_text, "Un résumé seul.");
	assert_string_equal(l.record[1].body_text, "");
}

static void test_what_no_label_says_is_closed(void **state)
{
	struct listing l =
		read_text(*state, "Site\n\nUn\n\nDu texte.\n\nType de ressource\nAutres\n"
				  "Résumé\n\nDu texte.\n");

	assert_int_equal(l.record[0].visibility, MEMBERS);
	assert_string_equal(l.record[0].warning[0].code, "visibility_unknown");
}

/* A listing of two records, whole; its beginnings, cut, must not pass for it. */
static void test_a_listing_cut_in_its_last_record_is_refused(void **state)
{
	static const char whole[] = "Site\n\nUn\n\nLe premier texte, en entier.\n\n" LABELS(
		"Non") "Le premier texte, en entier.\n\n"
		       "La seconde note\n\nLe second texte dit une première chose.\n\n"
		       "Puis il en dit une autre, plus longue que la première.\n\n" LABELS(
			       "Non") "Le second texte dit une première chose.\n\n"
				      "Puis il en dit une autre, plus longue que la première.\n";
	static const char *const ends[] = {
		"La seconde note\n",
		"Le second texte dit une pre",
		"plus longue que la première.\n\nType de ressource\n",
		"Type de ressource\nAutres\n",
		"Ressource privée\n",
	};

	read_text(*state, whole);
	for (size_t i = 0; i < sizeof(ends) / sizeof(*ends); i++) {
		const char *second = strstr(whole, "La seconde note");
		const char *end = strstr(second, ends[i]);

		assert_non_null(end);
		refused(*state, whole, (size_t)(end - whole) + strlen(ends[i]));
	}
}

/* ---- bodies --------------------------------------------------------------------------- */

static struct blocks blocks_in(struct arena *a, const char *text)
{
	struct listing_lines lines = lines_of(a, text);

	return blocks_of(a, &lines, 0, lines.n_lines, "Un titre", false);
}

static void test_an_item_cut_in_two_is_joined(void **state)
{
	struct blocks b =
		blocks_in(*state, "  • comprendre le rôle de la\n  • commune\n  • agir\n");

	assert_int_equal(b.n_blocks, 2);
	assert_string_equal(blocks_html(*state, &b, 0, 2).markup,
			    "<ul><li>comprendre le rôle de la commune</li><li>agir</li></ul>");
}

static void test_headings_lists_and_addresses_are_restored(void **state)
{
	struct blocks b = blocks_in(*state, "Les trois constats :\n\nVoici le premier.\n\n"
					    "Voir https://exemple.org/a?b=1&c.\n");

	assert_string_equal(blocks_html(*state, &b, 0, b.n_blocks).markup,
			    "<h2>Les trois constats</h2><p>Voici le premier.</p>"
			    "<p>Voir <a href=\"https://exemple.org/a?b=1&amp;c\">"
			    "https://exemple.org/a?b=1&amp;c</a>.</p>");
}

static void test_a_word_alone_is_a_lost_image(void **state)
{
	struct blocks b = blocks_in(*state, "Du texte.\n\nlogo\n\nEncore du texte.\n");

	assert_int_equal(b.block[1].kind, BLOCK_IMAGE);
	assert_string_equal(blocks_text(*state, &b, 0, 3), "Du texte.\nEncore du texte.");
}

static void test_a_heading_over_nothing_is_a_lost_list(void **state)
{
	struct blocks b = blocks_in(*state, "Du texte.\n\nRessources complémentaires :\n");

	assert_int_equal(b.block[1].kind, BLOCK_LOST_LIST);
}

/* ---- links ------------------------------------------------------------------------------ */

static struct listing_links links_in(struct arena *a, const char *about, const char *text)
{
	struct links_context c = { a, spelling_new(a), about, false };
	struct listing_links links = { 0 };

	links_read(&c, text, &links);
	return links;
}

static void test_lost_links_have_a_role_and_a_clear_label(void **state)
{
	static const struct {
		const char *text, *role, *label, *lost;
	} cases[] = {
		{ "Téléchargez la publication en cliquant ici", "download", "Publication", "link" },
		{ "Le guide juridique est à retrouver en cliquant ici.", "download",
		  "Guide juridique", "link" },
		{ "Plus d’infos : le programme en pdf.", "programme", "Programme", "link" },
		{ "Une étape (voir l’article du réseau), et la suite.", "article",
		  "Article du réseau", "link" },
		{ "Retrouvez le replay ci-dessous :", "recording", "Replay", "embed" },
		{ "POUR EN SAVOIR PLUS, DÉCOUVREZ LA DOCUMENTATION DES ACHETEURS SUR CE LIEN",
		  "documentation", "Documentation des acheteurs", "link" },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct listing_links links = links_in(*state, NULL, cases[i].text);

		if (links.n_links != 1)
			fail_msg("%zu links in '%s'", links.n_links, cases[i].text);
		assert_string_equal(links.link[0].role, cases[i].role);
		assert_string_equal(links.link[0].label, cases[i].label);
		assert_string_equal(links.link[0].lost, cases[i].lost);
	}
}

static void test_two_links_of_a_line_are_two(void **state)
{
	struct listing_links links =
		links_in(*state, "L’eau", ">>> Découvrez le replay ici et le compte-rendu ici");

	assert_int_equal(links.n_links, 2);
	assert_string_equal(links.link[0].label, "Replay – L’eau");
	assert_string_equal(links.link[1].label, "Compte rendu – L’eau");
	assert_string_equal(links.link[1].role, "report");
}

static void test_here_in_a_sentence_is_no_link(void **state)
{
	assert_int_equal(links_in(*state, NULL, "Le coût (ici montée en charge) baisse.").n_links,
			 0);
	assert_int_equal(links_in(*state, NULL, "Retrouvez dans cet article le replay.").n_links,
			 0);
}

/* ---- capitals ---------------------------------------------------------------------------- */

static void test_titles_in_capitals_become_sentences(void **state)
{
	struct spelling *s = spelling_new(*state);

	spelling_learn(s, "Le rôle de l’ESS en Montagne, et celui des communes.");
	spelling_learn(s, "ess");
	assert_string_equal(sentence_case(s, "MIEUX CONNAÎTRE L’ESS EN MONTAGNE"),
			    "Mieux connaître l’ESS en Montagne");
	assert_string_equal(sentence_case(s, "FICHE N°14 : SCIC Orme 2D"),
			    "Fiche n°14 : SCIC Orme 2D");
	assert_false(shouts(*state, "ESS"));
	assert_true(shouts(*state, "LES TIERS LIEUX"));
}

/* ---- sessions ------------------------------------------------------------------------------ */

static void test_heads_of_sessions(void **state)
{
	static const struct {
		const char *text, *title;
		int number, day;
	} cases[] = {
		{ "WEBINAIRE – « L’eau » - Jeudi 3 octobre 2024 de 9h30 à 11h30. Plus d’infos ici",
		  "L’eau", 0, 3 },
		{ "2 | 27 juin 2023 : « Les haies »", "Les haies", 2, 27 },
		{ "Webinaire n°4 : Les canaux – mardi 8 octobre", "Les canaux", 4, 8 },
		{ "Atelier 2 - 5 mars 2024 - Les talus", "Les talus", 2, 5 },
		{ "WEBINAIRE : « 10 ans après la loi du 31 juillet 2014 » - jeudi 22 février",
		  "10 ans après la loi du 31 juillet 2014", 0, 22 },
		{ "Jeudi 3 octobre 2024, 14h-16h : Les mares", "Les mares", 0, 3 },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct session_head head = head_read(*state, cases[i].text);

		if (!head_is_session(*state, cases[i].text, NULL))
			fail_msg("no head: '%s'", cases[i].text);
		assert_string_equal(head.title, cases[i].title);
		assert_int_equal(head.number, cases[i].number);
		assert_int_equal(head.date.day, cases[i].day);
	}
}

static void test_a_title_may_have_its_day_on_the_next_line(void **state)
{
	assert_true(head_is_session(*state, "N°1 : L’EAU", "Vendredi 25 février 2022"));
	assert_false(head_is_session(*state, "N°1 : L’EAU", "Du texte."));
	assert_true(head_is_day(*state, "Vendredi 25 février 2022, 14h"));
	assert_false(head_is_day(*state, "La réunion du vendredi 25 février 2022"));
}

static void test_lines_that_head_no_session(void **state)
{
	static const char *const lines[] = {
		"31 juillet 2014 : loi relative à l’économie sociale",
		"Webinaires à venir",
		"Le webinaire du 3 mars 2024 a réuni trente personnes.",
		"3 mars 2024",
	};

	for (size_t i = 0; i < sizeof(lines) / sizeof(*lines); i++)
		if (head_is_session(*state, lines[i], NULL))
			fail_msg("a head: '%s'", lines[i]);
}

static enum tie tie_in(struct arena *a, const char *sentence)
{
	struct words w = words_of(a, sentence);
	struct span whole = { 0, strlen(sentence) };
	struct french_date d;

	assert_true(french_date_find(sentence, 0, &d));
	return tie_of(&w, &whole, &d);
}

static void test_dates_that_are_a_session_and_dates_that_are_none(void **state)
{
	static const struct {
		const char *sentence;
		enum tie tie;
	} cases[] = {
		{ "Le réseau organisait le 19 décembre 2023 un webinaire sur l’eau.", HELD },
		{ "La conférence en ligne organisée le 12 mai 2022 a réuni du monde.", HELD },
		{ "Le replay du webinaire du 3 mars 2024 est là.", NAMED },
		{ "La loi du 31 juillet 2014 a fait l’objet d’un webinaire.", NO_SESSION },
		{ "Inscription au webinaire avant le 3 mars 2024.", NO_SESSION },
		{ "Le guide, publié le 4 mai 2023, suit un webinaire.", NO_SESSION },
		{ "Il fait suite au webinaire du 5 mars 2024.", MENTIONED },
		{ "Le conseil municipal du 12 mars 2024 a voté.", NO_SESSION },
		{ "Un webinaire revient sur la recommandation du 27 novembre 2023.", NO_SESSION },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		if (tie_in(*state, cases[i].sentence) != cases[i].tie)
			fail_msg("'%s'", cases[i].sentence);
}

static const char *dated(struct arena *a, const char *text, const char *own, const char *near)
{
	struct listing_session s = { .line = 5 };
	struct listing_days own_days = { 0 }, near_days = { 0 };

	assert_true(french_date_find(text, 0, &s.date));
	days_read(a, own, 1, &own_days);
	days_read(a, near, 1, &near_days);
	if (!session_date(&s, &own_days, &near_days))
		return "none";
	return arena_strdup(a, s.on);
}

static void test_a_year_is_taken_from_the_dates_around(void **state)
{
	struct arena *a = *state;

	assert_string_equal(dated(a, "9 juin", "27 juin 2023", ""), "2023-06-09");
	assert_string_equal(dated(a, "15 janvier", "20 décembre 2023", ""), "2024-01-15");
	assert_string_equal(dated(a, "vendredi 17 novembre", "", "19 décembre 2023"), "2023-11-17");
	assert_string_equal(dated(a, "jeudi 22 février", "3 octobre 2024", "1er mars 2019"),
			    "2024-02-22");
	assert_string_equal(dated(a, "lundi 25 novembre", "la loi du 21 mai 1992", "mars 2025"),
			    "2024-11-25");
	assert_string_equal(dated(a, "lundi 25 novembre", "", ""), "none");
}

static void test_figures_told_of_a_session(void **state)
{
	struct arena *a = *state;

	assert_string_equal(attended_told(a, "Rassemblant près de 70 participant.e.s, …"),
			    "près de 70");
	assert_null(attended_told(a, "Un nouveau guide pour 70 communes."));
	assert_int_equal(duration_told(a, "Le webinaire d’1h30 a permis d’en parler."), 90);
	assert_int_equal(announced_told(a, "un cycle de cinq webinaires"), 5);
	assert_string_equal(
		audience_told(a, "un webinaire à destination des élus, des agents et d’autres.",
			      10),
		"élus, des agents et d’autres");
}

/* ---- speakers ------------------------------------------------------------------------------- */

static struct listing_people people_in(struct arena *a, const char *line)
{
	struct listing_people people = { 0 };
	const char *rest;

	if (!strncmp(line, "* ", 2)) {
		people_read_item(a, line + 2, &people);
	} else if (!strncmp(line, "~ ", 2)) {
		people_find(a, line + 2, &people);
	} else {
		rest = people_introduced(a, line);
		if (rest)
			people_read_sentence(a, rest, &people);
	}
	return people;
}

static const char *or_dash(const char *text)
{
	return text ? text : "-";
}

/* As the file writes them, a line each. */
static const char *written(struct arena *a, const struct listing_people *people)
{
	const char *all = people->n_people ? "" : "none\n";

	for (size_t i = 0; i < people->n_people; i++) {
		const struct listing_person *who = &people->person[i];

		all = arena_printf(a, "%s%s | %s | %s\n", all, or_dash(who->name),
				   or_dash(who->title), or_dash(who->affiliation));
	}
	return all;
}

static FILE *open_data(struct arena *a, const char *name)
{
	const char *folder = getenv("HALLE_TEST_DATA");
	FILE *file = fopen(arena_printf(a, "%s/%s", folder ? folder : "test/data", name), "rb");

	if (!file)
		fail_msg("cannot open '%s'", name);
	return file;
}

static bool next_line(FILE *file, char line[LINE_MAX_READ])
{
	do {
		if (!fgets(line, LINE_MAX_READ, file))
			return false;
	} while (*line == '#');
	return true;
}

static void test_speakers_are_told_from_their_function_and_organisation(void **state)
{
	FILE *file = open_data(*state, "speakers.txt");
	char line[LINE_MAX_READ];

	while (next_line(file, line)) {
		const char *text, *expected = "", *found;
		struct listing_people people;

		if (*line == '\n')
			continue;
		line[strcspn(line, "\n")] = '\0';
		text = arena_strdup(*state, line);
		while (next_line(file, line) && *line != '\n')
			expected = arena_printf(*state, "%s%s", expected, line);
		people = people_in(*state, text);
		found = written(*state, &people);
		if (strcmp(found, expected) != 0)
			fail_msg("%s\nread:\n%sexpected:\n%s", text, found, expected);
	}
	fclose(file);
}

static void test_a_contact_has_a_name_a_function_and_an_address(void **state)
{
	struct listing_person who;

	assert_true(contact_read(*state,
				 "Contact : Odile Varenne - Chargée de mission achats, Réseau du "
				 "marais, odile.varenne@exemple.org",
				 &who));
	assert_string_equal(who.name, "Odile Varenne");
	assert_string_equal(who.title, "Chargée de mission achats");
	assert_string_equal(who.affiliation, "Réseau du marais");
	assert_string_equal(who.email, "odile.varenne@exemple.org");
	assert_false(contact_read(*state, "Contact : le réseau", &who));
}

/* ---- what is closed stays closed ------------------------------------------------------------ */

static const char reserved[] = "Site\n\nRencontre\n\n" LABELS(
	"Oui") "Le réseau organisait une rencontre le 9 juin 2023.\n\n"
	       "Collectivités adhérentes, connectez-vous.\n\n"
	       "  • Témoignage d’Hugo Salvan, gérant\n\n"
	       "Le secret du pont est sous la troisième pile.\n";

static void test_the_account_of_a_closed_record_leaves_its_summary(void **state)
{
	struct listing l = read_text(*state, reserved);
	const struct listing_record *r = &l.record[0];

	assert_string_equal(r->summary_text, "Le réseau organisait une rencontre le 9 juin 2023.");
	assert_non_null(strstr(r->body_text, "troisième pile"));
	assert_null(strstr(r->body_text, "connectez-vous"));
	assert_string_equal(r->access_note, "Collectivités adhérentes, connectez-vous.");
	assert_int_equal(r->programme.n_sessions, 1);
	assert_false(r->programme.session[0].closed);
	assert_true(r->programme.session[0].people.person[0].closed);
}

static void test_hours_told_in_a_closed_text_only_are_not_public(void **state)
{
	struct listing l = read_text(
		*state,
		"Site\n\nAtelier\n\nL’atelier du 6 juin 2023, de 9 h 30 à 12 h, a plu.\n\n" LABELS(
			"Oui") "Un atelier sur les clauses, le 6 juin 2023.\n");
	const struct listing_session *s = l.record[0].programme.session;

	assert_int_equal(l.record[0].programme.n_sessions, 1);
	assert_false(s->closed);
	assert_int_equal(s->starts, -1);
}

/* ---- whole listings ---------------------------------------------------------------------------
 */

static char *file_bytes(struct arena *a, const char *name, size_t *length)
{
	FILE *file = open_data(a, name);
	char *bytes = arena_alloc(a, 1 << 16, 1);

	*length = fread(bytes, 1, 1 << 16, file);
	fclose(file);
	return bytes;
}

static void compare_report(struct arena *a, const char *name)
{
	size_t length;
	char *bytes = file_bytes(a, arena_printf(a, "%s.txt", name), &length);
	struct listing listing;
	struct report report = { .listing = &listing, .dry_run = true };
	json_t *found, *expected;

	assert_int_equal(listing_read(a, bytes, length, &listing), OK);
	report.result.n_created = (int64_t)listing.n_records;
	found = report_json(&report);
	bytes = file_bytes(a, arena_printf(a, "%s.json", name), &length);
	expected = json_loadb(bytes, length, 0, NULL);
	assert_non_null(expected);
	if (!json_equal(found, expected))
		fail_msg("%s: %s", name, json_dumps(found, JSON_INDENT(1)));
	json_decref(found);
	json_decref(expected);
}

static void test_listings_of_the_same_shape_give_the_expected_reports(void **state)
{
	compare_report(*state, "listing-achats");
	compare_report(*state, "listing-agenda");
	compare_report(*state, "listing-reserve");
}

static void test_the_page_tells_what_to_decide_to_check_and_to_complete(void **state)
{
	struct listing l = read_text(*state, reserved);
	struct report report = { .file = "<b>.txt", .listing = &l, .dry_run = true };
	struct out o;

	out_init(&o);
	report_html(&o, *state, &report);
	assert_non_null(strstr(out_string(&o), "<html lang=\"fr\">"));
	assert_non_null(strstr(out_string(&o), "<h2>À décider</h2>"));
	assert_non_null(strstr(out_string(&o), "<h2>À vérifier</h2>"));
	assert_non_null(strstr(out_string(&o), "<h2>À compléter</h2>"));
	assert_null(strstr(out_string(&o), "<b>.txt"));
	out_release(&o);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, make_arena, free_arena)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_lines_lose_bullets_and_blanks_and_keep_their_number),
		TEST(test_what_is_not_utf8_is_refused_with_its_line),
		TEST(test_a_line_too_long_is_refused),
		TEST(test_an_empty_file_is_refused),
		TEST(test_labels_may_hold_no_break_spaces_and_a_colon),
		TEST(test_a_summary_ends_where_it_has_repeated_its_body),
		TEST(test_a_record_may_have_labels_right_below_its_title),
		TEST(test_what_no_label_says_is_closed),
		TEST(test_a_listing_cut_in_its_last_record_is_refused),
		TEST(test_an_item_cut_in_two_is_joined),
		TEST(test_headings_lists_and_addresses_are_restored),
		TEST(test_a_word_alone_is_a_lost_image),
		TEST(test_a_heading_over_nothing_is_a_lost_list),
		TEST(test_lost_links_have_a_role_and_a_clear_label),
		TEST(test_two_links_of_a_line_are_two),
		TEST(test_here_in_a_sentence_is_no_link),
		TEST(test_titles_in_capitals_become_sentences),
		TEST(test_heads_of_sessions),
		TEST(test_a_title_may_have_its_day_on_the_next_line),
		TEST(test_lines_that_head_no_session),
		TEST(test_dates_that_are_a_session_and_dates_that_are_none),
		TEST(test_a_year_is_taken_from_the_dates_around),
		TEST(test_figures_told_of_a_session),
		TEST(test_speakers_are_told_from_their_function_and_organisation),
		TEST(test_a_contact_has_a_name_a_function_and_an_address),
		TEST(test_the_account_of_a_closed_record_leaves_its_summary),
		TEST(test_hours_told_in_a_closed_text_only_are_not_public),
		TEST(test_listings_of_the_same_shape_give_the_expected_reports),
		TEST(test_the_page_tells_what_to_decide_to_check_and_to_complete),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
