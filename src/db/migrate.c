#include <time.h>

#include "base/log.h"
#include "db/driver.h"

#define CREATE_SCHEMA_VERSION                                                                      \
	"CREATE TABLE IF NOT EXISTS schema_version ("                                              \
	"number INTEGER PRIMARY KEY, name TEXT NOT NULL, applied_at BIGINT NOT NULL)"

enum status db_version(struct db *db, int *version)
{
	int64_t number = 0;
	enum status status = db_run(db, CREATE_SCHEMA_VERSION);

	if (status == OK)
		status = query_one_int(
			db_query(db, "SELECT coalesce(max(number), 0) FROM schema_version"),
			&number);
	*version = (int)number;
	return status;
}

static enum status apply(struct db *db, const struct migration *m)
{
	enum status status = db_begin(db);
	struct query *q;

	if (status != OK)
		return status;
	status = db_run(db, m->sql);
	if (status != OK) {
		log_error("cannot apply migration '%s'", m->name);
		return db_end(db, status);
	}
	q = db_query(db, "INSERT INTO schema_version (number, name, applied_at)"
			 " VALUES ($1, $2, $3)");
	query_int(q, 1, m->number);
	query_text(q, 2, m->name);
	query_int(q, 3, time(NULL));
	return db_end(db, query_run(q));
}

enum status db_migrate(struct db *db)
{
	const struct driver *driver = db->driver;
	size_t n = *driver->n_migrations;
	int newest = n ? driver->migration[n - 1].number : 0;
	int version;
	enum status status = db_version(db, &version);

	if (status != OK)
		return status;
	if (version > newest) {
		log_error("this data folder was written by a newer halle (tables at version %d, "
			  "this program knows %d): use the newer program",
			  version, newest);
		return INVALID;
	}
	for (size_t i = 0; i < n && status == OK; i++)
		if (driver->migration[i].number > version)
			status = apply(db, &driver->migration[i]);
	return status;
}
