#include "store/setting.h"

#include <string.h>

#include "base/arena.h"
#include "db/db.h"
#include "store/change.h"

const struct setting setting_table[] = {
	{ "site_name", "Halle", "the name of the network, on every page" },
	{ "site_purpose", "Le centre de ressources d’un réseau de collectivités.",
	  "one sentence on the home page that says whose place this is" },
	{ "site_contact", "", "an e-mail address shown at the foot of pages; may be empty" },
	{ "publisher", "", "who answers for the site, in the legal notice; may be empty" },
	{ "site_id", "",
	  "what the identifiers of feeds and calendars are made from; drawn at"
	  " the first start, and never changed after" },
};

const size_t n_settings = sizeof(setting_table) / sizeof(*setting_table);

static const struct setting *find(const char *name)
{
	for (size_t i = 0; i < n_settings; i++)
		if (!strcmp(setting_table[i].name, name))
			return &setting_table[i];
	return NULL;
}

enum status setting_get(struct db *db, struct arena *a, const char *name, const char **value)
{
	const struct setting *setting = find(name);
	struct query *q;

	if (!setting)
		return INVALID;
	*value = setting->initial;
	q = db_query(db, "SELECT value FROM setting WHERE name = $1");
	query_text(q, 1, name);
	if (query_row(q))
		*value = row_text(q, 0, a);
	return query_end(q);
}

enum status setting_set(struct db *db, const char *name, const char *value)
{
	struct query *q;
	enum status status;

	if (!find(name))
		return INVALID;
	q = db_query(db, "INSERT INTO setting (name, value) VALUES ($1, $2)"
			 " ON CONFLICT (name) DO UPDATE SET value = $2");
	query_text(q, 1, name);
	query_text(q, 2, value);
	status = query_run(q);
	return status == OK ? change_note(db, "setting", 0) : status;
}
