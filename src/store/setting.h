/*
 * setting.h - how a site looks and behaves. Each is declared once, in a table:
 * name, default, what it is; reader, command and manual come from it.
 */
#ifndef STORE_SETTING_H
#define STORE_SETTING_H

#include <stdbool.h>
#include <stddef.h>

#include "base/status.h"

struct arena;
struct db;

struct setting {
	const char *name;
	const char *initial;
	const char *help; /* one line, for the administrator */
	/* INVALID with *why, in words that follow "no:"; NULL when any text will do. */
	enum status (*check)(struct db *db, struct arena *a, const char *value, const char **why);
};

extern const struct setting setting_table[];
extern const size_t n_settings;

/* "https://exemple.fr", or with a port, and nothing after: as browsers name where a page came from.
 */
bool public_url_is_good(const char *url);

/* The value, or the initial one. INVALID when there is no such setting. */
CHECKED enum status setting_get(struct db *db, struct arena *a, const char *name,
				const char **value);

/* What setting_set() would say of the value; INVALID with *why, for whoever typed it. */
CHECKED enum status setting_check(struct db *db, struct arena *a, const char *name,
				  const char *value, const char **why);

/* INVALID when there is no such setting, or it cannot have this value. */
CHECKED enum status setting_set(struct db *db, const char *name, const char *value);

#endif
