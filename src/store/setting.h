/*
 * setting.h - how a site looks and behaves. Each is declared once, in a table:
 * name, default, what it is; reader, command and manual come from it.
 */
#ifndef STORE_SETTING_H
#define STORE_SETTING_H

#include <stddef.h>

#include "base/status.h"

struct arena;
struct db;

struct setting {
	const char *name;
	const char *initial;
	const char *help; /* one line, for the administrator */
};

extern const struct setting setting_table[];
extern const size_t n_settings;

/* The value, or the initial one. INVALID when there is no such setting. */
CHECKED enum status setting_get(struct db *db, struct arena *a, const char *name,
				const char **value);
CHECKED enum status setting_set(struct db *db, const char *name, const char *value);

#endif
