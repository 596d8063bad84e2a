/*
 * db.h - one connection to the database, and queries on it.
 *
 * Errors stick: a query remembers its first failure and ignores the rest, and
 * query_end() tells. The words were logged where it failed. Parameters are $1, $2…
 * in both databases; their texts need not outlive query_end(). A connection
 * belongs to one thread at a time.
 *
 * Statements are kept prepared, found again by the address of their text: the
 * text of SQL is a literal, never put together from input.
 */
#ifndef DB_DB_H
#define DB_DB_H

#include <stdbool.h>
#include <stdint.h>

#include "base/status.h"

struct arena;
struct db;
struct query;

/*
 * `address` is the path of an SQLite file, created when absent, or ":memory:".
 * FAILED, logged, when it cannot be opened, is no database, or its disk refuses.
 */
CHECKED enum status db_open(const char *address, struct db **db);
void db_close(struct db *db);

/*
 * Brings the tables up to date. INVALID, logged, when the database was made by a
 * newer program; it is left untouched.
 */
CHECKED enum status db_migrate(struct db *db);

/* The number of the last migration applied, 0 for an empty database. */
CHECKED enum status db_version(struct db *db, int *version);

/*
 * A transaction. They nest: the outermost decides. db_end() commits when `status`
 * is OK and nothing failed inside, rolls back otherwise, and returns what became of it.
 */
CHECKED enum status db_begin(struct db *db);
CHECKED enum status db_end(struct db *db, enum status status);

/* The same for reading: all queries until db_end() see the database as it was at one moment. */
CHECKED enum status db_begin_read(struct db *db);

/* While true, whatever would write fails: a page that is asked for changes nothing. */
void db_read_only(struct db *db, bool read_only);

/* Lets go of what was read and kept, in case it were asked for again: after going through it all.
 */
void db_forget(struct db *db);

/* True when something failed since the last call because another holds the database. */
bool db_was_busy(struct db *db);

/* True when another connection has committed since the last call. */
bool db_changed_elsewhere(struct db *db);

/* Statements without parameters nor rows, several with ';'. */
CHECKED enum status db_run(struct db *db, const char *statements);

/* Copies the whole database, consistent, into a new file. CONFLICT when it is there already. */
CHECKED enum status db_backup(struct db *db, const char *path);

/* OK when the database's own check finds nothing; logs each thing it finds. */
CHECKED enum status db_check(struct db *db);

struct query *db_query(struct db *db, const char *sql);

void query_int(struct query *q, int param, int64_t value);
void query_real(struct query *q, int param, double value);
void query_text(struct query *q, int param, const char *value); /* NULL is null */
void query_null(struct query *q, int param);

/* The next row; false at the end and after a failure. */
bool query_row(struct query *q);

/* Columns from 0. A null is 0, or NULL. */
int64_t row_int(struct query *q, int column);
double row_real(struct query *q, int column);
const char *row_text(struct query *q, int column, struct arena *a);
bool row_is_null(struct query *q, int column);

/* Without a copy; a null is no text. */
bool row_text_is(struct query *q, int column, const char *text);

/* CONFLICT when a unique key is taken; FAILED for the rest. */
CHECKED enum status query_end(struct query *q);

/* For a statement without rows. */
CHECKED enum status query_run(struct query *q);

/* For a query that gives one row at most: NOT_FOUND when it gives none. */
CHECKED enum status query_one_int(struct query *q, int64_t *value);

#endif
