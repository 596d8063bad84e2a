#include "feed/schema.h"

#include <jansson.h>
#include <string.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/richtext.h"
#include "base/text.h"
#include "feed/identity.h"
#include "feed/interchange.h"
#include "feed/put.h"
#include "feed/uuid.h"
#include "store/collection.h"
#include "store/contribution.h"
#include "store/organisation.h"
#include "store/resource.h"
#include "store/row.h"
#include "store/session.h"
#include "store/term.h"

enum { DESCRIPTION_MAX = 500 };

/* What every description is written with. */
struct making {
	struct db *db; /* NULL when nothing is to be looked up */
	struct arena *a;
	const struct reader *reader;
	const struct identity *site;
	json_t *object;
};

static json_t *thing(const char *type, const char *name)
{
	json_t *object = json_object();

	put_text(object, "@type", type);
	put_text_if(object, "name", name);
	return object;
}

/* The thing that the page is about. */
static json_t *subject(const char *type, const char *name)
{
	json_t *object = json_object();

	put_text(object, "@context", "https://schema.org");
	json_object_update_new(object, thing(type, name));
	return object;
}

static struct json finished(struct arena *a, json_t *object)
{
	struct json schema = json_for_page(a, interchange_line(a, object));

	json_decref(object);
	return schema;
}

static json_t *publisher(const struct making *m)
{
	json_t *object = thing("Organization", m->site->publisher);

	put_text(object, "@id", identity_address(m->a, m->site, URL("/#organisation")));
	put_text(object, "url", identity_address(m->a, m->site, URL("/")));
	return object;
}

static json_t *page_of(const struct making *m, const char *type, const char *name,
		       const char *prefix, const char *slug)
{
	json_t *object = thing(type, name);

	put_text(object, "url", identity_page(m->a, m->site, prefix, slug));
	return object;
}

static void put_description(const struct making *m, struct html markup)
{
	const char *words = text_squeeze(m->a, richtext_to_text(m->a, markup));

	put_text_if(m->object, "description", text_clip(m->a, words, DESCRIPTION_MAX));
}

/* ---- people and organisations ------------------------------------------------------ */

static bool is_person(const struct contribution *c)
{
	return c->name && (!strcmp(c->role, "author") || !strcmp(c->role, "speaker"));
}

/* NULL for someone who is not named. An e-mail address is never told. */
static json_t *contributor(const struct contribution *c)
{
	const char *body = c->organisation_name ? c->organisation_name : c->affiliation;
	json_t *object;

	if (!is_person(c)) {
		if (!body)
			body = c->name;
		return body ? thing("Organization", body) : NULL;
	}
	object = thing("Person", c->name);
	put_text_if(object, "jobTitle", c->title);
	if (body)
		put_value(object, "affiliation", thing("Organization", body));
	return object;
}

/* What a role is called by schema.org. */
struct property {
	const char *role, *name;
};

static const struct property of_a_text[] = {
	{ "author", "author" },       { "publisher", "publisher" },     { "lead", "producer" },
	{ "partner", "contributor" }, { "supporter", "sponsor" },       { "funder", "funder" },
	{ "speaker", "contributor" }, { "participant", "contributor" }, { NULL, NULL },
};

static const struct property of_an_event[] = {
	{ "speaker", "performer" },
	{ "supporter", "sponsor" },
	{ "funder", "funder" },
	{ NULL, NULL },
};

static void put_contribution(const struct making *m, const struct property *properties,
			     const struct contribution *c)
{
	for (const struct property *p = properties; p->role; p++) {
		json_t *who;

		if (strcmp(c->role, p->role) != 0)
			continue;
		who = contributor(c);
		if (who)
			put_one_more(m->object, p->name, who);
	}
}

static enum status put_contributions(const struct making *m, enum owner owner, int64_t id,
				     const struct object *of, const struct property *properties)
{
	struct contribution_list list;
	enum status status = contribution_of(m->db, m->a, owner, id, &list);

	for (size_t i = 0; i < list.n_contributions; i++)
		if (access_may_read_part(m->reader, of, list.contribution[i].visibility))
			put_contribution(m, properties, &list.contribution[i]);
	return status;
}

/* ---- a resource -------------------------------------------------------------------- */

static const char *type_of_resource(const struct resource *r)
{
	static const char *const types[][2] = {
		{ "rapport", "Report" },      { "etude", "Report" },    { "synthese", "Report" },
		{ "compte-rendu", "Report" }, { "article", "Article" },
	};
	const char *form = r->form_slug ? r->form_slug : r->kind_slug;

	for (size_t i = 0; i < sizeof(types) / sizeof(*types); i++)
		if (form && !strncmp(form, types[i][0], strlen(types[i][0])))
			return types[i][1];
	return "DigitalDocument";
}

/* "2022-05" when only the month is known. */
static const char *date_published(struct arena *a, const struct resource *r)
{
	static const size_t length[] = { [BY_DAY] = 10, [BY_MONTH] = 7, [BY_YEAR] = 4 };

	if (!r->published_on)
		return NULL;
	return arena_strndup(a, r->published_on, length[r->date_precision]);
}

static enum status put_terms(const struct making *m, int64_t id, const char *vocabulary,
			     const char *key, const char *type)
{
	struct term_list list;
	enum status status = term_of_resource(m->db, m->a, id, vocabulary, &list);

	for (size_t i = 0; i < list.n_terms; i++) {
		const char *label = list.term[i].label;

		put_one_more(m->object, key, type ? thing(type, label) : json_string(label));
	}
	return status;
}

static enum status put_vocabulary(const struct making *m, int64_t id)
{
	enum status status = put_terms(m, id, "keyword", "keywords", NULL);

	if (status == OK)
		status = put_terms(m, id, "category", "about", "Thing");
	if (status == OK)
		status = put_terms(m, id, "territory", "spatialCoverage", "Place");
	return status;
}

static void put_series(const struct making *m, const struct resource *r)
{
	if (!r->collection)
		return;
	put_value(m->object, "isPartOf",
		  page_of(m, "CreativeWorkSeries", r->collection_title, "/collections/",
			  r->collection));
	if (r->number != NO_NUMBER)
		put_number(m->object, "position", r->number);
}

static void put_resource(const struct making *m, const struct resource *r)
{
	json_t *o = m->object;

	put_text(o, "identifier", uuid_urn(m->a, m->site->id, "resource", r->slug));
	put_text(o, "url", identity_page(m->a, m->site, "/ressources/", r->slug));
	put_description(m, r->summary);
	put_text_if(o, "datePublished", date_published(m->a, r));
	put_text(o, "dateModified", moment_rfc3339_utc(m->a, r->modified_at));
	put_text_if(o, "inLanguage", r->language);
	put_text_if(o, "genre", r->form);
	put_text_if(o, "version", r->edition);
	put_value(o, "isAccessibleForFree", json_boolean(r->visibility == PUBLIC));
	put_series(m, r);
}

enum status schema_resource(struct db *db, struct arena *a, const struct reader *reader,
			    const struct identity *site, const struct resource *r,
			    struct json *schema)
{
	struct object of = resource_object(r);
	struct making m = { db, a, reader, site, subject(type_of_resource(r), r->title) };
	enum status status;

	put_resource(&m, r);
	status = put_vocabulary(&m, r->id);
	if (status == OK)
		status = put_contributions(&m, OF_RESOURCE, r->id, &of, of_a_text);
	if (!json_object_get(m.object, "publisher"))
		put_value(m.object, "publisher", publisher(&m));
	*schema = finished(a, m.object);
	return status;
}

/* ---- a session --------------------------------------------------------------------- */

enum attendance { UNKNOWN, OFFLINE, ONLINE, MIXED };

static bool says_online(struct arena *a, const char *text)
{
	static const char *const words[] = { "en ligne", "visio", "distanc", "webinaire" };
	const char *folded = text_fold(a, text);

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (strstr(folded, words[i]))
			return true;
	return false;
}

static enum attendance attendance_of(struct arena *a, const struct session *s)
{
	bool in_a_place = s->place && !says_online(a, s->place);

	if (s->online_url || (s->place && !in_a_place))
		return in_a_place ? MIXED : ONLINE;
	if (in_a_place)
		return OFFLINE;
	return says_online(a, s->title) ? ONLINE : UNKNOWN;
}

static void put_location(const struct making *m, const struct session *s, const char *url)
{
	static const char *const modes[] = {
		[OFFLINE] = "https://schema.org/OfflineEventAttendanceMode",
		[ONLINE] = "https://schema.org/OnlineEventAttendanceMode",
		[MIXED] = "https://schema.org/MixedEventAttendanceMode",
	};
	enum attendance attendance = attendance_of(m->a, s);
	json_t *location;

	if (attendance == UNKNOWN)
		return;
	put_text(m->object, "eventAttendanceMode", modes[attendance]);
	if (attendance != ONLINE) {
		location = thing("Place", s->place);
		put_text(location, "address", s->place);
		put_one_more(m->object, "location", location);
	}
	if (attendance != OFFLINE) {
		/* The page says how to attend; the address of the room is not for engines. */
		location = thing("VirtualLocation", NULL);
		put_text(location, "url", url);
		put_one_more(m->object, "location", location);
	}
}

static void put_times(const struct making *m, json_t *o, const struct session *s)
{
	int64_t ends = s->ends_at;

	if (s->starts_at == NO_NUMBER) {
		put_text(o, "startDate", s->on);
		return;
	}
	if (ends == NO_NUMBER && s->duration_min != NO_NUMBER)
		ends = s->starts_at + 60 * s->duration_min;
	put_text(o, "startDate", moment_rfc3339_paris(m->a, s->starts_at));
	if (ends != NO_NUMBER && ends >= s->starts_at)
		put_text(o, "endDate", moment_rfc3339_paris(m->a, ends));
}

static void put_offer(const struct making *m, const struct session *s)
{
	json_t *offer;

	if (!s->registration_url || !url_is_safe(s->registration_url))
		return;
	offer = thing("Offer", NULL);
	put_text(offer, "price", "0");
	put_text(offer, "priceCurrency", "EUR");
	put_text(offer, "url", s->registration_url);
	if (s->opens_at != NO_NUMBER)
		put_text(offer, "validFrom", moment_rfc3339_paris(m->a, s->opens_at));
	put_value(m->object, "offers", offer);
}

static const char *status_of(const struct session *s)
{
	return s->status == CANCELLED ? "https://schema.org/EventCancelled"
				      : "https://schema.org/EventScheduled";
}

static struct html about(const struct session *s)
{
	if (s->description.markup)
		return s->description;
	return s->contents.markup ? s->contents : s->objectives;
}

static void put_session(const struct making *m, const struct session *s)
{
	const char *url = identity_page(m->a, m->site, "/agenda/", s->slug);
	json_t *o = m->object;

	put_text(o, "identifier", uuid_urn(m->a, m->site->id, "session", s->slug));
	put_text(o, "url", url);
	put_description(m, about(s));
	put_times(m, o, s);
	put_text(o, "eventStatus", status_of(s));
	put_location(m, s, url);
	put_text(o, "inLanguage", "fr");
	put_value(o, "organizer", publisher(m));
	if (s->cycle)
		put_value(o, "superEvent",
			  page_of(m, "EventSeries", s->cycle_title, "/cycles/", s->cycle));
	if (s->capacity != NO_NUMBER)
		put_number(o, "maximumAttendeeCapacity", s->capacity);
	put_offer(m, s);
}

enum status schema_session(struct db *db, struct arena *a, const struct reader *reader,
			   const struct identity *site, const struct session *s,
			   struct json *schema)
{
	struct object of = session_object(s);
	const char *type = s->objectives.markup ? "EducationEvent" : "Event";
	struct making m = { db, a, reader, site, subject(type, s->title) };
	enum status status;

	put_session(&m, s);
	status = put_contributions(&m, OF_SESSION, s->id, &of, of_an_event);
	*schema = finished(a, m.object);
	return status;
}

/* ---- what holds others ------------------------------------------------------------- */

static json_t *part_of_cycle(const struct making *m, const struct session *s)
{
	json_t *event = page_of(m, "Event", s->title, "/agenda/", s->slug);

	put_times(m, event, s);
	put_text(event, "eventStatus", status_of(s));
	return event;
}

struct json schema_cycle(struct arena *a, const struct identity *site, const struct cycle *c,
			 const struct session_list *sessions)
{
	struct making m = { NULL, a, NULL, site, subject("EventSeries", c->title) };
	size_t n = sessions->n_sessions;

	put_text(m.object, "url", identity_page(a, site, "/cycles/", c->slug));
	put_description(&m, c->description);
	put_value(m.object, "organizer", publisher(&m));
	if (n) {
		put_text(m.object, "startDate", sessions->session[0].on);
		put_text(m.object, "endDate", sessions->session[n - 1].on);
	}
	for (size_t i = 0; i < n; i++)
		put_one_more(m.object, "subEvent", part_of_cycle(&m, &sessions->session[i]));
	return finished(a, m.object);
}

struct json schema_collection(struct arena *a, const struct identity *site,
			      const struct collection *c)
{
	struct making m = { NULL, a, NULL, site, subject("CreativeWorkSeries", c->title) };

	put_text(m.object, "url", identity_page(a, site, "/collections/", c->slug));
	put_description(&m, c->description);
	put_value(m.object, "publisher", publisher(&m));
	return finished(a, m.object);
}

static json_t *number_of_register(const char *name, const char *value)
{
	json_t *object = thing("PropertyValue", NULL);

	put_text(object, "propertyID", name);
	put_text(object, "value", value);
	return object;
}

struct json schema_organisation(struct arena *a, const struct identity *site,
				const struct organisation *o)
{
	json_t *object = subject("Organization", o->name);

	put_text(object, "@id", identity_page(a, site, "/annuaire/", o->slug));
	put_text_if(object, "alternateName", o->acronym);
	if (o->website && url_is_safe(o->website))
		put_text(object, "url", o->website);
	if (o->siren)
		put_one_more(object, "identifier", number_of_register("SIREN", o->siren));
	if (o->insee)
		put_one_more(object, "identifier", number_of_register("INSEE", o->insee));
	if (o->territory_label)
		put_value(object, "areaServed", thing("Place", o->territory_label));
	return finished(a, object);
}

static json_t *search_action(const struct making *m)
{
	json_t *action = thing("SearchAction", NULL), *target = thing("EntryPoint", NULL);

	put_text(target, "urlTemplate",
		 identity_address(m->a, m->site, URL("/ressources?q={search_term_string}")));
	put_value(action, "target", target);
	put_text(action, "query-input", "required name=search_term_string");
	return action;
}

struct json schema_home(struct arena *a, const struct identity *site)
{
	struct making m = { NULL, a, NULL, site, json_object() };
	json_t *website = page_of(&m, "WebSite", site->name, "/", "");
	json_t *organisation = publisher(&m);

	put_text(m.object, "@context", "https://schema.org");
	put_text_if(website, "description", site->purpose);
	put_text(website, "inLanguage", "fr");
	put_value(website, "publisher", publisher(&m));
	put_value(website, "potentialAction", search_action(&m));
	put_text_if(organisation, "email", site->contact);
	put_one_more(m.object, "@graph", website);
	put_one_more(m.object, "@graph", organisation);
	return finished(a, m.object);
}
