#include "fixture.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "base/richtext.h"
#include "feed/atom.h"
#include "feed/ical.h"
#include "feed/ical_line.h"
#include "feed/identity.h"
#include "feed/schema.h"
#include "feed/sitemap.h"
#include "feed/uuid.h"
#include "search/search.h"
#include "store/collection.h"
#include "store/contribution.h"
#include "store/organisation.h"
#include "store/setting.h"
#include "store/term.h"
#include "web/pages/feeds.h"

#define SITE_ID "00112233445566778899aabbccddeeff"

static const struct identity site = {
	.url = "https://halle.example",
	.id = SITE_ID,
	.name = "Réseau « A & B »",
	.publisher = "Réseau A",
	.purpose = "Un centre de ressources.",
	.contact = "bonjour@halle.example",
};

/* 3 October 2024, 9 h in Paris. */
enum { NOW = 1727938800 };

/* ---- asking ------------------------------------------------------------------------ */

static const struct route routes[] = {
	{ GET, "/api/v1/resources", ANYONE, api_resources, api_resources_known },
	{ GET, "/api/v1/resources/:slug", ANYONE, api_resource, NULL },
	{ GET, "/api/v1/sessions", ANYONE, api_sessions, api_sessions_known },
	{ GET, "/api/openapi.json", ANYONE, api_openapi, NULL },
	{ GET, "/flux/ressources.atom", ANYONE, feed_atom, NULL },
	{ GET, "/flux/agenda.ics", ANYONE, feed_agenda_ics, NULL },
	{ GET, "/agenda/:slug.ics", ANYONE, feed_session_ics, NULL },
	{ GET, "/sitemap.xml", ANYONE, feed_sitemap, NULL },
	{ GET, "/sitemap-:part.xml", ANYONE, feed_sitemap_part, NULL },
	{ GET, "/robots.txt", ANYONE, feed_robots, NULL },
	{ .pattern = NULL },
};

static void show_problem(struct request *req, struct response *res, enum status status)
{
	(void)status;
	api_problem(req, res, res->code, NULL);
}

static const struct site_map map = { .route = routes, .error = show_problem };

enum { MAX_PAIRS = 40 };

/* What a page answered; `body` lives in the fixture's arena. */
struct answered {
	int code;
	const char *type, *body;
};

/* "kind=guide&limit=3" to pairs; nothing is encoded in these. */
static size_t read_pairs(struct arena *a, const char *query, struct pair pair[MAX_PAIRS])
{
	size_t n = 0;

	while (query && *query) {
		size_t length = strcspn(query, "&"), name = strcspn(query, "=");

		pair[n++] = (struct pair){
			arena_strndup(a, query, name),
			arena_strndup(a, query + name + 1, length - name - 1),
		};
		query += length + (query[length] == '&');
	}
	return n;
}

static struct answered ask_as(struct fixture *fix, struct reader reader, const char *path,
			      const char *query)
{
	struct site facts = { .public_url = site.url };
	struct pair pair[MAX_PAIRS];
	struct request req = {
		.arena = fix->a,
		.db = fix->db,
		.site = &facts,
		.path = path,
		.query = pair,
		.n_query = read_pairs(fix->a, query, pair),
		.reader = reader,
		.now = NOW,
	};
	struct response res;
	struct answered answered;

	assert_int_equal(search_new(fix->db, &facts.search), OK);
	response_init(&res);
	route_answer(&map, &req, &res);
	answered = (struct answered){
		.code = res.code,
		.type = res.content_type,
		.body = arena_strdup(fix->a, out_string(&res.body)),
	};
	response_release(&res);
	search_free(facts.search);
	return answered;
}

static struct answered ask(struct fixture *fix, const char *path, const char *query)
{
	return ask_as(fix, anonymous, path, query);
}

static const char *body_of(struct fixture *fix, const char *path)
{
	struct answered answered = ask(fix, path, NULL);

	assert_int_equal(answered.code, 200);
	return answered.body;
}

static json_t *json_of(struct fixture *fix, const char *path, const char *query)
{
	struct answered answered = ask(fix, path, query);
	json_t *object = json_loads(answered.body, JSON_REJECT_DUPLICATES, NULL);

	assert_int_equal(answered.code, 200);
	assert_string_equal(answered.type, "application/json");
	assert_non_null(object);
	return object;
}

static void assert_has(const char *text, const char *words)
{
	if (!strstr(text, words))
		fail_msg("no '%s' in:\n%s", words, text);
}

static void assert_has_not(const char *text, const char *words)
{
	if (strstr(text, words))
		fail_msg("'%s' is in:\n%s", words, text);
}

static const char *text_at(const json_t *object, const char *key)
{
	return json_string_value(json_object_get(object, key));
}

static json_int_t number_at(const json_t *object, const char *key)
{
	return json_integer_value(json_object_get(object, key));
}

/* ---- things ------------------------------------------------------------------------ */

static void closed(struct resource *r)
{
	r->visibility = MEMBERS;
	r->summary = HTML("<p>Ce que tout le monde sait.</p>");
	r->body = HTML("<p>Motfermé.</p>");
}

static void closed_elsewhere(struct resource *r)
{
	closed(r);
	r->body = HTML("<p>De tout autres mots, et bien plus nombreux.</p>");
}

static void unlisted(struct resource *r)
{
	closed(r);
	r->listed = false;
}

static void draft(struct resource *r)
{
	r->status = DRAFT;
}

static void hostile(struct resource *r)
{
	r->title = "Un </script><script>alert(1)</script> & \"l'autre\" ]]>";
}

static void by_month(struct resource *r)
{
	r->date_precision = BY_MONTH;
}

static void in_the_morning(struct session *s)
{
	s->title = "Coopérer, oui ; mais comment\\pourquoi ?";
	s->starts_at = 1727940600; /* 9 h 30 in Paris */
	s->ends_at = s->starts_at + 7200;
	s->status = CONFIRMED;
	s->place = "Salle des fêtes, Rennes";
	s->description = HTML("<p>Un.</p><p>Deux.</p>");
	s->sequence = 3;
}

static void online(struct session *s)
{
	in_the_morning(s);
	s->place = NULL;
	s->online_url = "https://visio.example/secret";
	s->registration_url = "https://inscription.example/1";
}

static void members_only(struct session *s)
{
	in_the_morning(s);
	s->title = "Motfermé";
	s->visibility = MEMBERS;
}

static void cancelled(struct session *s)
{
	s->status = CANCELLED;
}

static void in_winter_hour(struct session *s)
{
	s->starts_at = 1729992600; /* 27 October 2024, 1:30 UTC: the second 2 h 30 in Paris */
}

/* ---- permanent names --------------------------------------------------------------- */

static void test_the_same_thing_always_has_the_same_name(void **state)
{
	struct fixture *fix = *state;
	const char *uuid = uuid_of(fix->a, SITE_ID, "resource", "filieres-et-ess");

	assert_string_equal(uuid, "7163d7e8-cc95-8025-acd7-d5e655ab38ae");
}

static void test_other_things_have_other_names(void **state)
{
	struct fixture *fix = *state;
	const char *uuid = uuid_of(fix->a, SITE_ID, "resource", "a");

	assert_string_not_equal(uuid, uuid_of(fix->a, SITE_ID, "session", "a"));
	assert_string_not_equal(uuid, uuid_of(fix->a, SITE_ID, "resource", "b"));
	assert_string_not_equal(uuid, uuid_of(fix->a, "other", "resource", "a"));
	assert_string_not_equal(uuid_of(fix->a, "x", "ab", "c"), uuid_of(fix->a, "x", "a", "bc"));
}

static void test_a_name_is_a_uuid_of_version_8(void **state)
{
	struct fixture *fix = *state;
	const char *urn = uuid_urn(fix->a, SITE_ID, "resource", "a");

	assert_int_equal(strlen(urn), strlen("urn:uuid:") + 36);
	assert_int_equal(urn[9 + 14], '8');
	assert_non_null(strchr("89ab", urn[9 + 19]));
}

/* ---- Atom -------------------------------------------------------------------------- */

static void test_a_feed_has_what_atom_requires(void **state)
{
	struct fixture *fix = *state;
	const char *feed;

	add_resource(fix, "un-guide", NULL);
	feed = body_of(fix, "/flux/ressources.atom");
	assert_has(feed, "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"fr\">");
	assert_has(feed, "<id>urn:uuid:");
	assert_has(feed, "<link rel=\"self\" type=\"application/atom+xml\""
			 " href=\"https://halle.example/flux/ressources.atom\"/>");
	assert_has(feed, "href=\"https://halle.example/ressources/un-guide\"/>");
	assert_has(feed, "<updated>2023-11-14T22:13:20Z</updated>");
	assert_has(feed, "<published>2024-05-01T00:00:00+02:00</published>");
	assert_has(feed, "<category term=\"guide\" label=\"Guide\"/>");
	assert_has(feed, "<summary type=\"html\">&lt;p&gt;Un résumé.&lt;/p&gt;</summary>");
}

static void test_an_empty_feed_is_a_feed(void **state)
{
	struct fixture *fix = *state;

	assert_has(body_of(fix, "/flux/ressources.atom"),
		   "<updated>1970-01-01T00:00:00Z</updated>");
}

static void test_a_month_is_not_made_a_day(void **state)
{
	struct fixture *fix = *state;

	add_resource(fix, "un-guide", by_month);
	assert_has_not(body_of(fix, "/flux/ressources.atom"), "<published>");
}

static void test_a_closed_resource_says_so_and_no_more(void **state)
{
	struct fixture *fix = *state;
	const char *feed;

	add_resource(fix, "ferme", closed);
	add_resource(fix, "cache", unlisted);
	add_resource(fix, "brouillon", draft);
	feed = body_of(fix, "/flux/ressources.atom");
	assert_has(feed, "Ce que tout le monde sait.");
	assert_has(feed, "Ressource réservée aux collectivités adhérentes.");
	assert_has_not(feed, "Motfermé");
	assert_has_not(feed, "cache");
	assert_has_not(feed, "brouillon");
	assert_has(ask_as(fix, member, "/flux/ressources.atom", NULL).body, "cache");
}

static void test_a_title_is_escaped(void **state)
{
	struct fixture *fix = *state;

	add_resource(fix, "hostile", hostile);
	assert_has(body_of(fix, "/flux/ressources.atom"),
		   "<title>Un &lt;/script&gt;&lt;script&gt;alert(1)&lt;/script&gt; &amp; "
		   "&quot;l&#39;autre&quot; ]]&gt;</title>");
}

static void test_thirty_entries_at_most(void **state)
{
	struct fixture *fix = *state;
	const char *at = NULL;
	int n = 0;

	for (int i = 0; i < ATOM_ENTRIES + 5; i++)
		add_resource(fix, arena_printf(fix->a, "guide-%d", i), NULL);
	for (at = body_of(fix, "/flux/ressources.atom"); (at = strstr(at, "<entry>")); at++)
		n++;
	assert_int_equal(n, ATOM_ENTRIES);
}

/* ---- lines of iCalendar ------------------------------------------------------------ */

static void check_folding(const char *lines)
{
	while (*lines) {
		size_t length = strcspn(lines, "\r\n");
		size_t at = 0;

		assert_true(length <= 75);
		assert_memory_equal(lines + length, "\r\n", 2);
		/* No line begins in the middle of a character. */
		if (*lines == ' ')
			at = 1;
		assert_true(((unsigned char)lines[at] & 0xc0) != 0x80);
		lines += length + 2;
	}
}

static const char *unfolded(struct arena *a, const char *lines)
{
	char *text = arena_alloc(a, strlen(lines) + 1, 1), *to = text;

	while (*lines) {
		if (!strncmp(lines, "\r\n ", 3))
			lines += 3;
		else
			*to++ = *lines++;
	}
	return text;
}

/* Every width of the first word moves the character of several bytes over the boundary. */
static void check_folds(struct fixture *fix, const char *character)
{
	for (int width = 0; width < 80; width++) {
		struct out o;
		const char *text = "";
		const char *expected;

		out_init(&o);
		for (int i = 0; i < width; i++)
			text = arena_printf(fix->a, "%sx", text);
		for (int i = 0; i < 60; i++)
			text = arena_printf(fix->a, "%s%s", text, character);
		ical_put_text(&o, "SUMMARY", text);
		check_folding(out_string(&o));
		expected = arena_printf(fix->a, "SUMMARY:%s\r\n", text);
		assert_string_equal(unfolded(fix->a, out_string(&o)), expected);
		out_release(&o);
	}
}

static void test_lines_fold_without_cutting_a_character(void **state)
{
	check_folds(*state, "a");
	check_folds(*state, "é");
	check_folds(*state, "€");
	check_folds(*state, "🌾");
}

static void test_a_line_of_75_octets_is_not_folded(void **state)
{
	struct fixture *fix = *state;
	struct out o;

	out_init(&o);
	ical_put_text(&o, "X", arena_printf(fix->a, "%073d", 0));
	assert_null(strstr(out_string(&o), "\r\n "));
	out_release(&o);
	ical_put_text(&o, "X", arena_printf(fix->a, "%074d", 0));
	assert_non_null(strstr(out_string(&o), "\r\n 0\r\n"));
	out_release(&o);
}

static void test_marks_are_escaped(void **state)
{
	struct out o;

	(void)state;
	out_init(&o);
	ical_put_text(&o, "SUMMARY", "a,b;c\\d\ne:f\"g\tBEGIN:VEVENT\r");
	assert_string_equal(out_string(&o), "SUMMARY:a\\,b\\;c\\\\d\\ne:f\"g\tBEGIN:VEVENT\r\n");
	out_release(&o);
}

static void test_a_parameter_cannot_be_left(void **state)
{
	struct out o;
	struct ical_line l;

	(void)state;
	out_init(&o);
	l = ical_begin(&o, "ORGANIZER");
	ical_parameter(&l, "CN", "A \"B\";C:D^\nE");
	ical_raw(&l, "mailto:a@b.fr\r\nX:y");
	ical_end(&l);
	assert_string_equal(out_string(&o),
			    "ORGANIZER;CN=\"A ^'B^';C:D^^^nE\":mailto:a@b.frX:y\r\n");
	out_release(&o);
}

/* ---- the calendar ------------------------------------------------------------------ */

static void test_a_calendar_has_its_time_zone(void **state)
{
	struct fixture *fix = *state;
	const char *calendar;

	add_session(fix, "cooperer", "2024-10-03", in_the_morning);
	calendar = body_of(fix, "/flux/agenda.ics");
	check_folding(calendar);
	calendar = unfolded(fix->a, calendar);
	assert_has(calendar, "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:");
	assert_has(calendar, "\r\nMETHOD:PUBLISH\r\n");
	assert_has(calendar, "\r\nREFRESH-INTERVAL;VALUE=DURATION:PT6H\r\n");
	assert_has(calendar, "\r\nX-WR-CALNAME:");
	assert_has(calendar, "\r\nBEGIN:VTIMEZONE\r\nTZID:Europe/Paris\r\n");
	assert_has(calendar, "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU");
	assert_has(calendar, "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU");
	assert_has(calendar, "\r\nDTSTART;TZID=Europe/Paris:20241003T093000\r\n");
	assert_has(calendar, "\r\nDTEND;TZID=Europe/Paris:20241003T113000\r\n");
	assert_has(calendar, "\r\nDTSTAMP:20231114T221320Z\r\n");
	assert_has(calendar, "\r\nSEQUENCE:3\r\n");
	assert_has(calendar, "\r\nSTATUS:CONFIRMED\r\n");
	assert_has(calendar, "\r\nURL:https://halle.example/agenda/cooperer\r\n");
	assert_has_not(calendar, "ATTENDEE");
}

static void test_texts_of_an_event_are_escaped(void **state)
{
	struct fixture *fix = *state;
	const char *calendar;

	add_session(fix, "cooperer", "2024-10-03", in_the_morning);
	calendar = unfolded(fix->a, body_of(fix, "/agenda/cooperer.ics"));
	assert_has(calendar, "\r\nSUMMARY:Coopérer\\, oui \\; mais comment\\\\pourquoi ?\r\n");
	assert_has(calendar, "\r\nLOCATION:Salle des fêtes\\, Rennes\r\n");
	assert_has(calendar, "\r\nDESCRIPTION:Un.\\n");
	assert_has(calendar, "https://halle.example/agenda/cooperer\r\n");
}

static void test_a_day_alone_is_a_whole_day(void **state)
{
	struct fixture *fix = *state;
	const char *calendar;

	add_session(fix, "reveillon", "2024-12-31", cancelled);
	calendar = body_of(fix, "/flux/agenda.ics");
	assert_has(calendar, "\r\nDTSTART;VALUE=DATE:20241231\r\n");
	assert_has(calendar, "\r\nDTEND;VALUE=DATE:20250101\r\n");
	assert_has(calendar, "\r\nSTATUS:CANCELLED\r\n");
}

static void test_the_hour_that_comes_twice_is_told_in_utc(void **state)
{
	struct fixture *fix = *state;

	add_session(fix, "nuit", "2024-10-27", in_winter_hour);
	assert_has(body_of(fix, "/flux/agenda.ics"), "\r\nDTSTART:20241027T013000Z\r\n");
}

static void test_a_duration_gives_the_end(void **state)
{
	struct fixture *fix = *state;
	struct session s;

	add_session(fix, "cooperer", "2024-10-03", in_the_morning);
	assert_int_equal(session_by_slug(fix->db, fix->a, &anonymous, "cooperer", &s), OK);
	s.ends_at = NO_NUMBER;
	s.duration_min = 90;
	assert_int_equal(session_save(fix->db, &s), OK);
	assert_has(body_of(fix, "/agenda/cooperer.ics"), "DTEND;TZID=Europe/Paris:20241003T110000");
}

static void test_online_addresses_stay_out(void **state)
{
	struct fixture *fix = *state;
	const char *calendar;

	add_session(fix, "visio", "2024-10-03", online);
	calendar = unfolded(fix->a, body_of(fix, "/flux/agenda.ics"));
	assert_has(calendar, "\r\nLOCATION:En ligne\r\n");
	assert_has_not(calendar, "visio.example");
}

static void test_sessions_of_members_are_not_there(void **state)
{
	struct fixture *fix = *state;

	add_session(fix, "ferme", "2024-10-03", members_only);
	assert_has_not(body_of(fix, "/flux/agenda.ics"), "VEVENT");
	assert_int_equal(ask(fix, "/agenda/ferme.ics", NULL).code, 404);
	assert_int_equal(ask(fix, "/agenda/rien.ics", NULL).code, 404);
	assert_has(ask_as(fix, member, "/flux/agenda.ics", NULL).body, "Motfermé");
}

static void test_the_agenda_goes_back_a_year(void **state)
{
	struct fixture *fix = *state;
	const char *calendar;

	add_session(fix, "hier", "2024-10-02", NULL);
	add_session(fix, "un-an", "2023-10-03", NULL);
	add_session(fix, "plus", "2023-10-01", NULL);
	calendar = body_of(fix, "/flux/agenda.ics");
	assert_has(calendar, "/agenda/hier");
	assert_has(calendar, "/agenda/un-an");
	assert_has_not(calendar, "/agenda/plus");
}

/* ---- the map ----------------------------------------------------------------------- */

static void test_the_map_names_what_may_be_found(void **state)
{
	struct fixture *fix = *state;
	const char *xml;

	add_resource(fix, "un-guide", NULL);
	add_resource(fix, "ferme", closed);
	add_resource(fix, "cache", unlisted);
	add_resource(fix, "brouillon", draft);
	add_session(fix, "cooperer", "2024-10-03", NULL);
	add_session(fix, "fermee", "2024-10-03", members_only);
	xml = body_of(fix, "/sitemap.xml");
	assert_has(xml, "<loc>https://halle.example/</loc>");
	assert_has(xml, "<loc>https://halle.example/ressources/un-guide</loc>\n"
			"<lastmod>2023-11-14T22:13:20Z</lastmod>");
	assert_has(xml, "/ressources/ferme<");
	assert_has(xml, "/agenda/cooperer<");
	assert_has_not(xml, "cache");
	assert_has_not(xml, "brouillon");
	assert_has_not(xml, "/agenda/fermee");
	assert_has_not(ask_as(fix, editor, "/sitemap.xml", NULL).body, "brouillon");
}

static const char *part(struct sitemap *m, int number)
{
	struct out o;
	const char *text;

	out_init(&o);
	assert_int_equal(number ? sitemap_write_part(m, number, &o) : sitemap_write(m, &o), OK);
	text = arena_strdup(m->a, out_string(&o));
	out_release(&o);
	return text;
}

static int count(const char *text, const char *words)
{
	int n = 0;

	for (; (text = strstr(text, words)); text++)
		n++;
	return n;
}

static void test_a_large_map_is_cut_into_parts(void **state)
{
	struct fixture *fix = *state;
	struct sitemap m = { fix->db, fix->a, &anonymous, &site, 4 };
	struct out o;

	for (int i = 0; i < 5; i++)
		add_resource(fix, arena_printf(fix->a, "guide-%d", i), NULL);
	assert_int_equal(count(part(&m, 0), "<sitemap>"), 3);
	assert_has(part(&m, 0), "<loc>https://halle.example/sitemap-3.xml</loc>");
	assert_int_equal(count(part(&m, 1), "<url>"), 4);
	assert_int_equal(count(part(&m, 2), "<url>"), 4);
	assert_int_equal(count(part(&m, 3), "<url>"), 2);
	assert_has(part(&m, 3), "/ressources/guide-4<");
	out_init(&o);
	assert_int_equal(sitemap_write_part(&m, 4, &o), NOT_FOUND);
	out_release(&o);
	m.part_size = 10;
	assert_int_equal(count(part(&m, 0), "<url>"), 10);
}

static void test_a_part_has_a_number(void **state)
{
	struct fixture *fix = *state;

	assert_int_equal(ask(fix, "/sitemap-1.xml", NULL).code, 200);
	assert_int_equal(ask(fix, "/sitemap-2.xml", NULL).code, 404);
	assert_int_equal(ask(fix, "/sitemap-01.xml", NULL).code, 404);
	assert_int_equal(ask(fix, "/sitemap-0.xml", NULL).code, 404);
	assert_int_equal(ask(fix, "/sitemap-99999.xml", NULL).code, 404);
	assert_int_equal(ask(fix, "/sitemap-x.xml", NULL).code, 404);
}

static void test_robots_are_told_of_the_map(void **state)
{
	struct fixture *fix = *state;
	const char *robots = body_of(fix, "/robots.txt");

	assert_has(robots, "User-agent: *\n");
	assert_has(robots, "\nDisallow: /gestion\n");
	assert_has(robots, "\nDisallow: /espace\n");
	assert_has(robots, "\nDisallow: /*?*\n");
	assert_has(robots, "\nSitemap: https://halle.example/sitemap.xml\n");
}

/* ---- schema.org -------------------------------------------------------------------- */

static json_t *parsed(struct json schema)
{
	json_t *object = json_loads(schema.value, JSON_REJECT_DUPLICATES, NULL);

	assert_non_null(object);
	assert_null(strpbrk(schema.value, "<>&"));
	return object;
}

static json_t *schema_of_resource(struct fixture *fix, const struct reader *reader,
				  const char *slug)
{
	struct resource r;
	struct json schema;

	assert_int_equal(resource_by_slug(fix->db, fix->a, reader, slug, &r), OK);
	assert_int_equal(schema_resource(fix->db, fix->a, reader, &site, &r, &schema), OK);
	return parsed(schema);
}

static json_t *schema_of_session(struct fixture *fix, const char *slug)
{
	struct session s;
	struct json schema;

	assert_int_equal(session_by_slug(fix->db, fix->a, &anonymous, slug, &s), OK);
	assert_int_equal(schema_session(fix->db, fix->a, &anonymous, &site, &s, &schema), OK);
	return parsed(schema);
}

static void test_a_script_cannot_be_left(void **state)
{
	struct fixture *fix = *state;
	json_t *o;

	add_resource(fix, "hostile", hostile);
	o = schema_of_resource(fix, &anonymous, "hostile");
	assert_string_equal(text_at(o, "name"),
			    "Un </script><script>alert(1)</script> & \"l'autre\" ]]>");
	json_decref(o);
}

static void test_a_resource_is_a_document(void **state)
{
	struct fixture *fix = *state;
	json_t *o;

	add_resource(fix, "un-guide", by_month);
	o = schema_of_resource(fix, &anonymous, "un-guide");
	assert_string_equal(text_at(o, "@context"), "https://schema.org");
	assert_string_equal(text_at(o, "@type"), "DigitalDocument");
	assert_string_equal(text_at(o, "url"), "https://halle.example/ressources/un-guide");
	assert_string_equal(text_at(o, "datePublished"), "2024-05");
	assert_string_equal(text_at(o, "description"), "Un résumé.");
	assert_string_equal(text_at(json_object_get(o, "publisher"), "name"), "Réseau A");
	assert_true(json_is_true(json_object_get(o, "isAccessibleForFree")));
	json_decref(o);
}

static void add_author(struct fixture *fix, int64_t id, enum visibility visibility)
{
	struct contribution c = {
		.role = "author",
		.name = "Camille Martin",
		.email = "camille@example.fr",
		.visibility = visibility,
	};

	assert_int_equal(contribution_set(fix->db, OF_RESOURCE, id, &c, 1), OK);
}

static void test_a_closed_resource_tells_neither_text_nor_people(void **state)
{
	struct fixture *fix = *state;
	json_t *o;

	add_author(fix, add_resource(fix, "ferme", closed), AS_OWNER);
	o = schema_of_resource(fix, &anonymous, "ferme");
	assert_true(json_is_false(json_object_get(o, "isAccessibleForFree")));
	assert_null(json_object_get(o, "author"));
	json_decref(o);
	o = schema_of_resource(fix, &member, "ferme");
	assert_non_null(json_object_get(o, "author"));
	json_decref(o);
}

static void test_a_person_is_named_without_their_address(void **state)
{
	struct fixture *fix = *state;
	json_t *o, *author;

	add_author(fix, add_resource(fix, "un-guide", NULL), AS_OWNER);
	o = schema_of_resource(fix, &anonymous, "un-guide");
	author = json_array_get(json_object_get(o, "author"), 0);
	assert_string_equal(text_at(author, "@type"), "Person");
	assert_string_equal(text_at(author, "name"), "Camille Martin");
	assert_null(json_object_get(author, "email"));
	json_decref(o);
}

static int64_t collection;

static void numbered(struct resource *r)
{
	r->collection_id = collection;
	r->number = 9;
}

static void test_a_number_has_its_place_in_a_series(void **state)
{
	struct fixture *fix = *state;
	struct collection c = { .slug = "reperes", .title = "Repères" };
	json_t *o, *series;

	assert_int_equal(collection_save(fix->db, &c), OK);
	collection = c.id;
	add_resource(fix, "un-guide", numbered);
	o = schema_of_resource(fix, &anonymous, "un-guide");
	series = json_object_get(o, "isPartOf");
	assert_string_equal(text_at(series, "@type"), "CreativeWorkSeries");
	assert_string_equal(text_at(series, "url"), "https://halle.example/collections/reperes");
	assert_int_equal(number_at(o, "position"), 9);
	json_decref(o);
	json_decref(parsed(schema_collection(fix->a, &site, &c)));
}

static void test_a_session_is_an_event(void **state)
{
	struct fixture *fix = *state;
	json_t *o, *place;

	add_session(fix, "cooperer", "2024-10-03", in_the_morning);
	o = schema_of_session(fix, "cooperer");
	place = json_array_get(json_object_get(o, "location"), 0);
	assert_string_equal(text_at(o, "@type"), "Event");
	assert_string_equal(text_at(o, "startDate"), "2024-10-03T09:30:00+02:00");
	assert_string_equal(text_at(o, "endDate"), "2024-10-03T11:30:00+02:00");
	assert_string_equal(text_at(o, "eventStatus"), "https://schema.org/EventScheduled");
	assert_string_equal(text_at(o, "eventAttendanceMode"),
			    "https://schema.org/OfflineEventAttendanceMode");
	assert_string_equal(text_at(place, "@type"), "Place");
	assert_null(json_object_get(o, "offers"));
	json_decref(o);
}

static void test_an_online_session_is_at_its_page(void **state)
{
	struct fixture *fix = *state;
	json_t *o, *place;

	add_session(fix, "visio", "2024-10-03", online);
	o = schema_of_session(fix, "visio");
	place = json_array_get(json_object_get(o, "location"), 0);
	assert_string_equal(text_at(place, "@type"), "VirtualLocation");
	assert_string_equal(text_at(place, "url"), "https://halle.example/agenda/visio");
	assert_string_equal(text_at(json_object_get(o, "offers"), "price"), "0");
	json_decref(o);
}

static void test_a_cancelled_day_is_a_cancelled_event(void **state)
{
	struct fixture *fix = *state;
	json_t *o;

	add_session(fix, "annule", "2024-12-31", cancelled);
	o = schema_of_session(fix, "annule");
	assert_string_equal(text_at(o, "startDate"), "2024-12-31");
	assert_null(json_object_get(o, "endDate"));
	assert_string_equal(text_at(o, "eventStatus"), "https://schema.org/EventCancelled");
	json_decref(o);
}

static int64_t cycle;

static void in_the_cycle(struct session *s)
{
	in_the_morning(s);
	s->cycle_id = cycle;
}

static void test_a_cycle_is_a_series_of_events(void **state)
{
	struct fixture *fix = *state;
	struct cycle c = { .slug = "bretagne", .title = "Bretagne", .announced = NO_NUMBER };
	struct session_list sessions;
	json_t *o;

	assert_int_equal(cycle_save(fix->db, &c), OK);
	cycle = c.id;
	add_session(fix, "cooperer", "2024-10-03", in_the_cycle);
	assert_int_equal(session_of_cycle(fix->db, fix->a, &anonymous, c.id, &sessions), OK);
	o = parsed(schema_cycle(fix->a, &site, &c, &sessions));
	assert_string_equal(text_at(o, "@type"), "EventSeries");
	assert_string_equal(text_at(o, "startDate"), "2024-10-03");
	assert_int_equal(json_array_size(json_object_get(o, "subEvent")), 1);
	json_decref(o);
	o = schema_of_session(fix, "cooperer");
	assert_string_equal(text_at(json_object_get(o, "superEvent"), "url"),
			    "https://halle.example/cycles/bretagne");
	json_decref(o);
	assert_has(body_of(fix, "/flux/agenda.ics"), "\r\nCATEGORIES:Bretagne\r\n");
}

static void test_an_organisation_has_its_number(void **state)
{
	struct fixture *fix = *state;
	struct organisation o = { .slug = "rennes", .name = "Rennes", .siren = "213502388" };
	json_t *object = parsed(schema_organisation(fix->a, &site, &o));
	json_t *identifier = json_array_get(json_object_get(object, "identifier"), 0);

	assert_string_equal(text_at(identifier, "propertyID"), "SIREN");
	assert_string_equal(text_at(identifier, "value"), "213502388");
	json_decref(object);
}

static void test_the_site_can_be_searched(void **state)
{
	struct fixture *fix = *state;
	json_t *o = parsed(schema_home(fix->a, &site));
	json_t *website = json_array_get(json_object_get(o, "@graph"), 0);
	json_t *action = json_object_get(website, "potentialAction");

	assert_string_equal(text_at(website, "@type"), "WebSite");
	assert_string_equal(text_at(json_object_get(action, "target"), "urlTemplate"),
			    "https://halle.example/ressources?q={search_term_string}");
	json_decref(o);
}

/* ---- the API ----------------------------------------------------------------------- */

static void test_resources_are_listed(void **state)
{
	struct fixture *fix = *state;
	json_t *o, *item, *kind;

	add_resource(fix, "un-guide", NULL);
	add_resource(fix, "ferme", closed);
	o = json_of(fix, "/api/v1/resources", "access=public");
	item = json_array_get(json_object_get(o, "items"), 0);
	assert_int_equal(number_at(o, "total"), 1);
	assert_string_equal(text_at(item, "slug"), "un-guide");
	assert_string_equal(text_at(item, "kind"), "Guide");
	assert_string_equal(text_at(item, "visibility"), "public");
	assert_string_equal(text_at(item, "summary"), "<p>Un résumé.</p>");
	assert_string_equal(text_at(item, "url"), "/ressources/un-guide");
	assert_string_equal(text_at(item, "published_on"), "2024-05-01");
	assert_int_equal(json_array_size(json_object_get(item, "snippets")), 0);
	assert_true(json_is_null(json_object_get(item, "cue")));
	kind = json_array_get(json_object_get(json_object_get(o, "facets"), "kind"), 0);
	assert_string_equal(text_at(kind, "value"), "guide");
	assert_string_equal(text_at(kind, "label"), "Guide");
	assert_int_equal(number_at(kind, "count"), 1);
	assert_true(json_is_null(json_object_get(o, "corrected")));
	assert_true(json_is_false(json_object_get(o, "relaxed")));
	json_decref(o);
}

static void test_values_may_repeat(void **state)
{
	struct fixture *fix = *state;
	json_t *o;

	add_resource(fix, "un-guide", NULL);
	add_resource(fix, "ferme", closed);
	o = json_of(fix, "/api/v1/resources", "access=public&access=members&limit=1");
	assert_int_equal(number_at(o, "total"), 2);
	assert_int_equal(json_array_size(json_object_get(o, "items")), 1);
	json_decref(o);
}

static void test_a_page_past_the_last_is_empty(void **state)
{
	struct fixture *fix = *state;
	json_t *o;

	add_resource(fix, "un-guide", NULL);
	o = json_of(fix, "/api/v1/resources", "offset=2147483647");
	assert_int_equal(number_at(o, "total"), 1);
	assert_int_equal(json_array_size(json_object_get(o, "items")), 0);
	json_decref(o);
	o = json_of(fix, "/api/v1/sessions", "offset=5");
	assert_int_equal(json_array_size(json_object_get(o, "items")), 0);
	json_decref(o);
}

static void check_refused(struct fixture *fix, const char *path, const char *query,
			  const char *name)
{
	struct answered answered = ask(fix, path, query);
	json_t *o = json_loads(answered.body, JSON_REJECT_DUPLICATES, NULL);

	assert_int_equal(answered.code, 400);
	assert_string_equal(answered.type, "application/problem+json");
	assert_string_equal(text_at(o, "type"), "about:blank");
	assert_string_equal(text_at(o, "title"), "Bad Request");
	assert_int_equal(number_at(o, "status"), 400);
	assert_int_equal(strncmp(text_at(o, "detail"), name, strlen(name)), 0);
	json_decref(o);
}

static void test_a_wrong_parameter_is_named(void **state)
{
	static const char *const query[][2] = {
		{ "limit=101", "limit:" },      { "limit=0", "limit:" },
		{ "limit=-1", "limit:" },       { "limit=dix", "limit:" },
		{ "limit=", "limit:" },         { "limit=99999999999999999999", "limit:" },
		{ "offset=-1", "offset:" },     { "offset=2147483648", "offset:" },
		{ "sort=title", "sort:" },      { "year=20", "year:" },
		{ "access=secret", "access:" }, { "kind=Un Guide", "kind:" },
		{ "category=", "category:" },
	};

	for (size_t i = 0; i < sizeof(query) / sizeof(*query); i++)
		check_refused(*state, "/api/v1/resources", query[i][0], query[i][1]);
	check_refused(*state, "/api/v1/sessions", "from=2024-02-30", "from:");
	check_refused(*state, "/api/v1/sessions", "until=demain", "until:");
	check_refused(*state, "/api/v1/sessions", "limit=1000", "limit:");
}

static void test_too_many_values_are_refused(void **state)
{
	struct fixture *fix = *state;
	const char *query = "kind=k0";

	for (int i = 1; i <= SEARCH_VALUES; i++)
		query = arena_printf(fix->a, "%s&kind=k%d", query, i);
	check_refused(fix, "/api/v1/resources", query, "kind:");
}

static void test_a_resource_is_told_less_what_is_closed(void **state)
{
	struct fixture *fix = *state;
	json_t *o;

	add_author(fix, add_resource(fix, "ferme", closed), AS_OWNER);
	o = json_of(fix, "/api/v1/resources/ferme", NULL);
	assert_string_equal(text_at(o, "type"), "resource");
	assert_null(json_object_get(o, "body"));
	assert_int_equal(json_array_size(json_object_get(o, "contributions")), 0);
	json_decref(o);
	assert_has(ask_as(fix, member, "/api/v1/resources/ferme", NULL).body, "Motfermé");
}

static void test_what_may_not_be_found_is_a_problem(void **state)
{
	struct fixture *fix = *state;
	struct answered answered;

	add_resource(fix, "cache", unlisted);
	answered = ask(fix, "/api/v1/resources/cache", NULL);
	assert_int_equal(answered.code, 404);
	assert_string_equal(answered.type, "application/problem+json");
	assert_string_equal(answered.body, ask(fix, "/api/v1/resources/rien", NULL).body);
	assert_int_equal(ask(fix, "/api/rien", NULL).code, 404);
}

static void test_sessions_are_listed_by_day(void **state)
{
	struct fixture *fix = *state;
	json_t *o, *items, *item;

	add_session(fix, "plus-tard", "2024-12-31", NULL);
	add_session(fix, "cooperer", "2024-10-03", in_the_morning);
	add_session(fix, "ferme", "2024-10-03", members_only);
	o = json_of(fix, "/api/v1/sessions", NULL);
	items = json_object_get(o, "items");
	assert_int_equal(number_at(o, "total"), 2);
	item = json_array_get(items, 0);
	assert_string_equal(text_at(item, "slug"), "cooperer");
	assert_string_equal(text_at(item, "starts_at"), "2024-10-03T09:30:00+02:00");
	assert_string_equal(text_at(item, "ends_at"), "2024-10-03T11:30:00+02:00");
	assert_string_equal(text_at(item, "on"), "2024-10-03");
	assert_string_equal(text_at(item, "status"), "confirmed");
	assert_string_equal(text_at(item, "url"), "/agenda/cooperer");
	assert_true(json_is_null(json_object_get(item, "cycle")));
	assert_true(json_is_null(json_object_get(item, "number")));
	item = json_array_get(items, 1);
	assert_true(json_is_null(json_object_get(item, "starts_at")));
	assert_string_equal(text_at(item, "on"), "2024-12-31");
	json_decref(o);
}

static void test_days_of_a_span_are_both_counted(void **state)
{
	struct fixture *fix = *state;
	json_t *o;

	add_session(fix, "a", "2024-10-01", NULL);
	add_session(fix, "b", "2024-10-02", NULL);
	add_session(fix, "c", "2024-10-03", NULL);
	add_session(fix, "d", "2024-10-04", NULL);
	o = json_of(fix, "/api/v1/sessions", "from=2024-10-02&until=2024-10-03");
	assert_int_equal(number_at(o, "total"), 2);
	json_decref(o);
	o = json_of(fix, "/api/v1/sessions", "from=2024-10-02&limit=1&offset=1");
	assert_int_equal(number_at(o, "total"), 3);
	assert_string_equal(text_at(json_array_get(json_object_get(o, "items"), 0), "slug"), "c");
	json_decref(o);
}

static void test_the_description_has_the_address_of_the_site(void **state)
{
	json_t *o = json_of(*state, "/api/openapi.json", NULL);
	json_t *server = json_array_get(json_object_get(o, "servers"), 0);

	assert_int_equal(strncmp(text_at(o, "openapi"), "3.1.", 4), 0);
	assert_string_equal(text_at(server, "url"), "https://halle.example");
	json_decref(o);
}

/* ---- no oracle --------------------------------------------------------------------- */

static const char *const everything[] = {
	"/api/v1/resources",     "/api/v1/resources/ferme", "/api/v1/sessions",
	"/flux/ressources.atom", "/flux/agenda.ics",        "/sitemap.xml",
};

static const char *all_of(struct fixture *fix)
{
	const char *text = "";

	for (size_t i = 0; i < sizeof(everything) / sizeof(*everything); i++)
		text = arena_printf(fix->a, "%s%s", text, body_of(fix, everything[i]));
	return text;
}

static void test_closed_words_change_no_byte(void **state)
{
	struct fixture *fix = *state;
	struct fixture *other;
	void *second;

	fixture_setup(&second);
	other = second;
	assert_int_equal(setting_set(fix->db, "site_id", SITE_ID), OK);
	assert_int_equal(setting_set(other->db, "site_id", SITE_ID), OK);
	add_resource(fix, "ferme", closed);
	add_resource(other, "ferme", closed_elsewhere);
	add_session(fix, "fermee", "2024-10-03", members_only);
	assert_string_equal(all_of(fix), all_of(other));
	fixture_teardown(&second);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_the_same_thing_always_has_the_same_name),
		TEST(test_other_things_have_other_names),
		TEST(test_a_name_is_a_uuid_of_version_8),
		TEST(test_a_feed_has_what_atom_requires),
		TEST(test_an_empty_feed_is_a_feed),
		TEST(test_a_month_is_not_made_a_day),
		TEST(test_a_closed_resource_says_so_and_no_more),
		TEST(test_a_title_is_escaped),
		TEST(test_thirty_entries_at_most),
		TEST(test_lines_fold_without_cutting_a_character),
		TEST(test_a_line_of_75_octets_is_not_folded),
		TEST(test_marks_are_escaped),
		TEST(test_a_parameter_cannot_be_left),
		TEST(test_a_calendar_has_its_time_zone),
		TEST(test_texts_of_an_event_are_escaped),
		TEST(test_a_day_alone_is_a_whole_day),
		TEST(test_the_hour_that_comes_twice_is_told_in_utc),
		TEST(test_a_duration_gives_the_end),
		TEST(test_online_addresses_stay_out),
		TEST(test_sessions_of_members_are_not_there),
		TEST(test_the_agenda_goes_back_a_year),
		TEST(test_the_map_names_what_may_be_found),
		TEST(test_a_large_map_is_cut_into_parts),
		TEST(test_a_part_has_a_number),
		TEST(test_robots_are_told_of_the_map),
		TEST(test_a_script_cannot_be_left),
		TEST(test_a_resource_is_a_document),
		TEST(test_a_closed_resource_tells_neither_text_nor_people),
		TEST(test_a_person_is_named_without_their_address),
		TEST(test_a_number_has_its_place_in_a_series),
		TEST(test_a_session_is_an_event),
		TEST(test_an_online_session_is_at_its_page),
		TEST(test_a_cancelled_day_is_a_cancelled_event),
		TEST(test_a_cycle_is_a_series_of_events),
		TEST(test_an_organisation_has_its_number),
		TEST(test_the_site_can_be_searched),
		TEST(test_resources_are_listed),
		TEST(test_values_may_repeat),
		TEST(test_a_page_past_the_last_is_empty),
		TEST(test_a_wrong_parameter_is_named),
		TEST(test_too_many_values_are_refused),
		TEST(test_a_resource_is_told_less_what_is_closed),
		TEST(test_what_may_not_be_found_is_a_problem),
		TEST(test_sessions_are_listed_by_day),
		TEST(test_days_of_a_span_are_both_counted),
		TEST(test_the_description_has_the_address_of_the_site),
		TEST(test_closed_words_change_no_byte),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
