#include "db/db.h"

#include <stddef.h>
#include <string.h>

#include "base/arena.h"
#include "base/log.h"
#include "db/driver.h"

static const struct driver *const driver[] = { &sqlite_driver };

enum status db_open(const char *address, struct db **db)
{
	for (size_t i = 0; i < sizeof(driver) / sizeof(*driver); i++)
		if (driver[i]->knows(address))
			return driver[i]->open(address, db);
	log_error("cannot open '%s': no such kind of database in this program", address);
	return FAILED;
}

void db_close(struct db *db)
{
	if (db)
		db->driver->close(db);
}

static enum status begin(struct db *db, const char *statement)
{
	if (db->depth++ > 0)
		return db->status;
	db->status = OK;
	if (db->driver->run(db, statement) != OK) {
		db->depth = 0;
		return FAILED;
	}
	return OK;
}

enum status db_begin(struct db *db)
{
	return begin(db, "BEGIN IMMEDIATE");
}

enum status db_begin_read(struct db *db)
{
	return begin(db, db->driver->begin_read);
}

enum status db_end(struct db *db, enum status status)
{
	if (status != OK && db->status == OK)
		db->status = status;
	if (--db->depth > 0)
		return db->status;
	if (db->status == OK && db->driver->run(db, "COMMIT") != OK)
		db->status = FAILED;
	if (db->status == OK)
		return OK;
	/* A disk that is full may have rolled back already; then this is refused, and harmless. */
	status = db->status;
	(void)!db->driver->run(db, "ROLLBACK");
	db->status = OK;
	return status;
}

void db_read_only(struct db *db, bool read_only)
{
	db->driver->read_only(db, read_only);
}

void db_forget(struct db *db)
{
	db->driver->forget(db);
}

bool db_was_busy(struct db *db)
{
	bool busy = db->was_busy;

	db->was_busy = false;
	return busy;
}

bool db_changed_elsewhere(struct db *db)
{
	return db->driver->changed_elsewhere(db);
}

enum status db_run(struct db *db, const char *statements)
{
	return db->driver->run(db, statements);
}

enum status db_backup(struct db *db, const char *path)
{
	return db->driver->backup(db, path);
}

enum status db_check(struct db *db)
{
	return db->driver->check(db);
}

struct query *db_query(struct db *db, const char *sql)
{
	return db->driver->prepare(db, sql);
}

void query_int(struct query *q, int param, int64_t value)
{
	if (q->status == OK)
		q->db->driver->bind_int(q, param, value);
}

void query_real(struct query *q, int param, double value)
{
	if (q->status == OK)
		q->db->driver->bind_real(q, param, value);
}

void query_text(struct query *q, int param, const char *value)
{
	if (q->status == OK)
		q->db->driver->bind_text(q, param, value);
}

void query_null(struct query *q, int param)
{
	query_text(q, param, NULL);
}

bool query_row(struct query *q)
{
	return q->status == OK && q->db->driver->row(q);
}

int64_t row_int(struct query *q, int column)
{
	return q->db->driver->get_int(q, column);
}

double row_real(struct query *q, int column)
{
	return q->db->driver->get_real(q, column);
}

const char *row_text(struct query *q, int column, struct arena *a)
{
	return arena_strdup(a, q->db->driver->get_text(q, column));
}

bool row_is_null(struct query *q, int column)
{
	return q->db->driver->is_null(q, column);
}

bool row_text_is(struct query *q, int column, const char *text)
{
	const char *value = q->db->driver->get_text(q, column);

	return value && !strcmp(value, text);
}

enum status query_end(struct query *q)
{
	enum status status = q->status;

	/* A failure spoils the whole transaction; a key that is taken is for the caller to judge.
	 */
	if (status == FAILED && q->db->depth > 0)
		q->db->status = FAILED;
	q->db->driver->finish(q);
	return status;
}

enum status query_run(struct query *q)
{
	while (query_row(q))
		;
	return query_end(q);
}

enum status query_one_int(struct query *q, int64_t *value)
{
	bool found = query_row(q);
	enum status status;

	if (found)
		*value = row_int(q, 0);
	status = query_end(q);
	return status == OK && !found ? NOT_FOUND : status;
}
