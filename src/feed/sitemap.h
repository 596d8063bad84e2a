/*
 * sitemap.h - the addresses of the site, for engines (sitemaps.org).
 *
 * Written for a reader: the page of a closed resource is there, an unlisted one's is not.
 * When a thing was changed is told only where it is known.
 */
#ifndef FEED_SITEMAP_H
#define FEED_SITEMAP_H

#include "access/access.h"
#include "base/out.h"
#include "base/status.h"

struct arena;
struct db;
struct identity;

struct sitemap {
	struct db *db;
	struct arena *a;
	const struct reader *reader;
	const struct identity *site;
	int part_size; /* addresses in a file: SITEMAP_PART, less in tests */
};

enum { SITEMAP_PART = 50000 };

/* All the addresses; or the index of the parts when one file does not hold them. */
CHECKED enum status sitemap_write(const struct sitemap *map, struct out *out);

/* Part `number`, from 1: NOT_FOUND past the last. */
CHECKED enum status sitemap_write_part(const struct sitemap *map, int number, struct out *out);

/* What robots.txt says. */
void robots_write(const struct identity *site, struct out *out);

#endif
