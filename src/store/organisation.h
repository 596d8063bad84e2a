/*
 * organisation.h - the authorities, networks and associations of the directory.
 */
#ifndef STORE_ORGANISATION_H
#define STORE_ORGANISATION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/status.h"

struct arena;
struct db;

struct organisation {
	int64_t id;
	const char *slug;
	const char *name;
	const char *kind; /* "region", "commune", "association"… */
	const char *acronym;
	const char *siren; /* nine digits */
	const char *insee; /* text: it may begin with a zero */
	int64_t territory_id;
	const char *territory; /* slug and label; read only */
	const char *territory_label;
	const char *website;
	bool is_placed; /* lat and lon mean something */
	double lat, lon;
};

struct organisation_list {
	struct organisation *organisation;
	size_t n_organisations;
};

bool organisation_kind_is_known(const char *kind);

/* The key of a SIREN: nine digits whose Luhn sum is a multiple of ten. */
bool siren_is_valid(const char *siren);

CHECKED enum status organisation_by_slug(struct db *db, struct arena *a, const char *slug,
					 struct organisation *found);

CHECKED enum status organisation_by_id(struct db *db, struct arena *a, int64_t id,
				       struct organisation *found);

/* By slug. */
CHECKED enum status organisation_all(struct db *db, struct arena *a,
				     struct organisation_list *list);

/* Adds when o->id is 0, and sets it; else changes. CONFLICT when the slug is taken. */
CHECKED enum status organisation_save(struct db *db, struct organisation *o);

CHECKED enum status organisation_set_territory(struct db *db, int64_t id, int64_t territory_id);
CHECKED enum status organisation_remove(struct db *db, int64_t id);

#endif
