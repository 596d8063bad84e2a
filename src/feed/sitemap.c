#include "feed/sitemap.h"

#include <stdio.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/html.h"
#include "feed/identity.h"
#include "feed/xml.h"
#include "store/collection.h"
#include "store/organisation.h"
#include "store/resource.h"
#include "store/row.h"
#include "store/session.h"
#include "store/slug.h"

#define NAMESPACE "http://www.sitemaps.org/schemas/sitemap/0.9"

enum { WALK = 500 };

/* A walk over all the addresses, of which those from `first` to `last` are written. */
struct making {
	const struct sitemap *map;
	struct arena *a; /* of one step of the walk */
	struct xml xml;
	int64_t first, last;
	int64_t n; /* met so far */
};

static void add(struct making *m, const char *prefix, const char *slug, int64_t modified_at)
{
	int64_t at = m->n++;

	if (at < m->first || at >= m->last)
		return;
	xml_open(&m->xml, "url");
	xml_element(&m->xml, "loc", identity_page(m->a, m->map->site, prefix, slug));
	if (modified_at != NO_NUMBER)
		xml_element(&m->xml, "lastmod", moment_rfc3339_utc(m->a, modified_at));
	xml_close(&m->xml, "url");
}

static enum status add_lists(struct making *m)
{
	static const char *const path[] = { "/", "/ressources", "/collections", "/agenda",
					    "/annuaire" };

	for (size_t i = 0; i < sizeof(path) / sizeof(*path); i++)
		add(m, path[i], "", NO_NUMBER);
	return OK;
}

static enum status add_collections(struct making *m)
{
	struct collection_list list;
	enum status status = collection_for_reader(m->map->db, m->a, m->map->reader, &list);

	for (size_t i = 0; i < list.n_collections; i++)
		add(m, "/collections/", list.collection[i].slug, NO_NUMBER);
	return status;
}

static enum status add_resources(struct making *m)
{
	char last[SLUG_MAX + 1] = "";
	struct resource_list list = { .n_resources = WALK };
	enum status status = OK;

	while (list.n_resources == WALK && status == OK) {
		arena_reset(m->a);
		status = resource_after(m->map->db, m->a, m->map->reader, last, WALK, &list);
		for (size_t i = 0; i < list.n_resources; i++) {
			const struct resource *r = &list.resource[i];

			if (r->status == PUBLISHED)
				add(m, "/ressources/", r->slug, r->modified_at);
			snprintf(last, sizeof(last), "%s", r->slug);
		}
	}
	return status;
}

static enum status add_sessions(struct making *m)
{
	char last[SLUG_MAX + 1] = "";
	struct session_list list = { .n_sessions = WALK };
	enum status status = OK;

	while (list.n_sessions == WALK && status == OK) {
		arena_reset(m->a);
		status = session_after(m->map->db, m->a, m->map->reader, last, WALK, &list);
		for (size_t i = 0; i < list.n_sessions; i++) {
			add(m, "/agenda/", list.session[i].slug, list.session[i].modified_at);
			snprintf(last, sizeof(last), "%s", list.session[i].slug);
		}
	}
	return status;
}

static enum status add_cycles(struct making *m)
{
	struct cycle_list list;
	enum status status = cycle_all(m->map->db, m->a, m->map->reader, &list);

	for (size_t i = 0; i < list.n_cycles; i++)
		add(m, "/cycles/", list.cycle[i].slug, NO_NUMBER);
	return status;
}

static enum status add_organisations(struct making *m)
{
	struct organisation_list list;
	enum status status = organisation_all(m->map->db, m->a, &list);

	for (size_t i = 0; i < list.n_organisations; i++)
		add(m, "/annuaire/", list.organisation[i].slug, NO_NUMBER);
	return status;
}

static enum status walk(struct making *m)
{
	static enum status (*const part[])(struct making *) = {
		add_lists,    add_collections, add_resources,
		add_sessions, add_cycles,      add_organisations,
	};
	enum status status = OK;

	for (size_t i = 0; i < sizeof(part) / sizeof(*part) && status == OK; i++) {
		arena_reset(m->a);
		status = part[i](m);
	}
	return status;
}

/* Writes part `number` and counts all there is. */
static enum status write_set(const struct sitemap *map, int number, struct out *out, int64_t *n)
{
	struct making m = { .map = map, .a = arena_new() };
	enum status status;

	m.first = (int64_t)(number - 1) * map->part_size;
	m.last = m.first + map->part_size;
	xml_begin(&m.xml, out);
	xml_open(&m.xml, "urlset");
	xml_attribute(&m.xml, "xmlns", NAMESPACE);
	status = walk(&m);
	xml_close(&m.xml, "urlset");
	*n = m.n;
	arena_free(m.a);
	return status;
}

static void write_index(const struct sitemap *map, int64_t n_parts, struct out *out)
{
	struct xml x;

	xml_begin(&x, out);
	xml_open(&x, "sitemapindex");
	xml_attribute(&x, "xmlns", NAMESPACE);
	for (int64_t i = 1; i <= n_parts; i++) {
		xml_open(&x, "sitemap");
		xml_element(&x, "loc",
			    arena_printf(map->a, "%s/sitemap-%d.xml", map->site->url, (int)i));
		xml_close(&x, "sitemap");
	}
	xml_close(&x, "sitemapindex");
}

enum status sitemap_write(const struct sitemap *map, struct out *out)
{
	int64_t n;
	enum status status = write_set(map, 1, out, &n);

	if (status != OK || n <= map->part_size)
		return status;
	out_release(out);
	write_index(map, (n + map->part_size - 1) / map->part_size, out);
	return OK;
}

enum status sitemap_write_part(const struct sitemap *map, int number, struct out *out)
{
	int64_t n;
	enum status status = write_set(map, number, out, &n);

	if (status == OK && n <= (int64_t)(number - 1) * map->part_size)
		return NOT_FOUND;
	return status;
}

/*
 * Combinations of filters are without end, and lead to nothing that the map does not name.
 * The next page of a list and the addresses of an earlier site are open: the longest rule
 * that fits decides (RFC 9309, 2.2.2).
 */
void robots_write(const struct identity *site, struct out *out)
{
	out_raw(out, "User-agent: *\n"
		     "Disallow: /gestion\n"
		     "Disallow: /espace\n"
		     "Disallow: /*?*\n"
		     "Allow: /ressources?page=\n"
		     "Allow: /agenda?page=\n"
		     "Allow: /*.php?\n"
		     "\n"
		     "Sitemap: ");
	out_raw(out, site->url);
	out_raw(out, "/sitemap.xml\n");
}
