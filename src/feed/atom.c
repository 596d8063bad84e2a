#include "feed/atom.h"

#include "base/arena.h"
#include "base/date.h"
#include "base/html.h"
#include "base/tr.h"
#include "feed/identity.h"
#include "feed/uuid.h"
#include "feed/xml.h"
#include "store/resource.h"
#include "store/term.h"

#define FEED_PATH "/flux/ressources.atom"

struct making {
	struct db *db;
	struct arena *a;
	const struct identity *site;
	struct xml xml;
};

static void link_to(struct making *m, const char *rel, const char *type, const char *href)
{
	xml_open(&m->xml, "link");
	xml_attribute(&m->xml, "rel", rel);
	xml_attribute(&m->xml, "type", type);
	xml_attribute(&m->xml, "href", href);
	xml_close(&m->xml, "link");
}

static void category(struct making *m, const char *term, const char *label)
{
	xml_open(&m->xml, "category");
	xml_attribute(&m->xml, "term", term);
	xml_attribute(&m->xml, "label", label);
	xml_close(&m->xml, "category");
}

static enum status categories(struct making *m, const struct resource *r)
{
	struct term_list list;
	enum status status = term_of_resource(m->db, m->a, r->id, "category", &list);

	category(m, r->kind_slug, r->kind);
	for (size_t i = 0; i < list.n_terms; i++)
		category(m, list.term[i].slug, list.term[i].label);
	return status;
}

/* Only when the day is known: Atom has no month nor year alone. */
static const char *published(struct arena *a, const struct resource *r)
{
	int y, m, d;

	if (!r->published_on || r->date_precision != BY_DAY ||
	    !day_parse(r->published_on, &y, &m, &d))
		return NULL;
	return moment_rfc3339_paris(a, moment_in_paris(y, m, d, 0, 0));
}

static const char *closed_words(const struct resource *r)
{
	if (r->may_read)
		return "";
	return r->visibility == RESTRICTED
		       ? _("<p>Ressource réservée à une partie du réseau.</p>")
		       : _("<p>Ressource réservée aux collectivités adhérentes.</p>");
}

static void summary(struct making *m, const struct resource *r)
{
	const char *closed = closed_words(r);

	if (!r->summary.markup && !*closed)
		return;
	xml_open(&m->xml, "summary");
	xml_attribute(&m->xml, "type", "html");
	xml_text(&m->xml, r->summary.markup);
	xml_text(&m->xml, closed);
	xml_close(&m->xml, "summary");
}

static enum status entry(struct making *m, const struct resource *r)
{
	enum status status;

	xml_open(&m->xml, "entry");
	xml_element(&m->xml, "id", uuid_urn(m->a, m->site->id, "resource", r->slug));
	xml_element(&m->xml, "title", r->title);
	link_to(m, "alternate", "text/html", identity_page(m->a, m->site, "/ressources/", r->slug));
	xml_element(&m->xml, "updated", moment_rfc3339_utc(m->a, r->modified_at));
	xml_element(&m->xml, "published", published(m->a, r));
	status = categories(m, r);
	summary(m, r);
	xml_close(&m->xml, "entry");
	return status;
}

static void author(struct making *m)
{
	xml_open(&m->xml, "author");
	xml_element(&m->xml, "name", m->site->publisher);
	xml_element(&m->xml, "uri", identity_address(m->a, m->site, URL("/")));
	xml_close(&m->xml, "author");
}

static int64_t last_change(const struct resource_list *list)
{
	int64_t last = 0;

	for (size_t i = 0; i < list->n_resources; i++)
		if (list->resource[i].modified_at > last)
			last = list->resource[i].modified_at;
	return last;
}

static void heading(struct making *m, int64_t updated)
{
	xml_element(&m->xml, "id", uuid_urn(m->a, m->site->id, "feed", "resources"));
	xml_element(&m->xml, "title", arena_printf(m->a, _("%s : ressources"), m->site->name));
	xml_element(&m->xml, "subtitle", m->site->purpose);
	link_to(m, "self", "application/atom+xml", identity_address(m->a, m->site, URL(FEED_PATH)));
	link_to(m, "alternate", "text/html", identity_address(m->a, m->site, URL("/ressources")));
	xml_element(&m->xml, "updated", moment_rfc3339_utc(m->a, updated));
	author(m);
}

enum status atom_resources(struct db *db, struct arena *a, const struct reader *reader,
			   const struct identity *site, struct out *out)
{
	struct making m = { .db = db, .a = a, .site = site };
	struct resource_list list;
	enum status status = resource_latest(db, a, reader, ATOM_ENTRIES, &list);

	if (status != OK)
		return status;
	xml_begin(&m.xml, out);
	xml_open(&m.xml, "feed");
	xml_attribute(&m.xml, "xmlns", "http://www.w3.org/2005/Atom");
	xml_attribute(&m.xml, "xml:lang", "fr");
	heading(&m, last_change(&list));
	for (size_t i = 0; i < list.n_resources && status == OK; i++)
		status = entry(&m, &list.resource[i]);
	xml_close(&m.xml, "feed");
	return status;
}
