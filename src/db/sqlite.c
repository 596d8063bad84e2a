#include <errno.h>
#include <pthread.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"
#include "db/driver.h"

enum { N_KEPT = 256, BUSY_MS = 10000 };

struct sqlite_query {
	struct query base;
	const char *sql; /* its address is its name */
	sqlite3_stmt *stmt;
	bool in_use, kept;
};

struct sqlite_db {
	struct db base;
	sqlite3 *handle;
	int64_t data_version;
	struct sqlite_query *kept[N_KEPT]; /* by a hash of the address, open addressing */
};

extern const struct migration sqlite_migration[];
extern const size_t n_sqlite_migrations;

static struct sqlite_db *self(struct db *db)
{
	return (struct sqlite_db *)db;
}

static sqlite3 *handle_of(struct query *q)
{
	return self(q->db)->handle;
}

static void note_busy(struct db *db)
{
	if ((sqlite3_errcode(self(db)->handle) & 0xff) == SQLITE_BUSY)
		db->was_busy = true;
}

static void fail(struct query *q, const char *what)
{
	log_error("%s: %s", what, sqlite3_errmsg(handle_of(q)));
	note_busy(q->db);
	q->status = FAILED;
}

static bool knows(const char *address)
{
	return strncmp(address, "postgres", 8) != 0;
}

static void close_db(struct db *db)
{
	struct sqlite_db *s = self(db);

	for (size_t i = 0; i < N_KEPT; i++) {
		if (!s->kept[i])
			continue;
		sqlite3_finalize(s->kept[i]->stmt);
		free(s->kept[i]);
	}
	sqlite3_close(s->handle);
	free(s);
}

static enum status run(struct db *db, const char *statements)
{
	sqlite3 *handle = self(db)->handle;

	if (sqlite3_exec(handle, statements, NULL, NULL, NULL) == SQLITE_OK)
		return OK;
	note_busy(db);
	/* A rollback after SQLite rolled back by itself is nothing to tell. */
	if (strcmp(statements, "ROLLBACK") != 0)
		log_error("database: %s", sqlite3_errmsg(handle));
	return FAILED;
}

static int64_t data_version(sqlite3 *handle)
{
	sqlite3_stmt *stmt;
	int64_t version = -1;

	if (sqlite3_prepare_v2(handle, "PRAGMA data_version", -1, &stmt, NULL) != SQLITE_OK)
		return -1;
	if (sqlite3_step(stmt) == SQLITE_ROW)
		version = sqlite3_column_int64(stmt, 0);
	sqlite3_finalize(stmt);
	return version;
}

static bool changed_elsewhere(struct db *db)
{
	struct sqlite_db *s = self(db);
	int64_t now = data_version(s->handle);
	bool changed = now != s->data_version;

	s->data_version = now;
	return changed;
}

/*
 * sqlite3_open() says "unable to open database file" whatever the reason; the
 * system knows more.
 */
static void say_cannot_open(const char *path, sqlite3 *handle)
{
	bool is_system = handle && (sqlite3_errcode(handle) & 0xff) == SQLITE_CANTOPEN;
	int reason = is_system ? sqlite3_system_errno(handle) : 0;

	log_error("cannot open '%s': %s", path,
		  reason   ? strerror(reason)
		  : handle ? sqlite3_errmsg(handle)
			   : "out of memory");
}

/*
 * SQLite counts what it allocates under a lock that all connections share, and nobody asks for the
 * count: threads that read at once would wait for one another.
 */
static void configure(void)
{
	(void)sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

static enum status open_db(const char *path, struct db **db)
{
	static const char settings[] = "PRAGMA foreign_keys = ON;"
				       "PRAGMA trusted_schema = OFF;"
				       "PRAGMA cell_size_check = ON;"
				       "PRAGMA cache_size = -16000;"
				       "PRAGMA temp_store = MEMORY;"
				       "PRAGMA journal_mode = WAL;"
				       "PRAGMA synchronous = FULL;";
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	struct sqlite_db *s = calloc(1, sizeof(*s));

	if (!s)
		die("out of memory");
	(void)pthread_once(&once, configure);
	s->base.driver = &sqlite_driver;
	if (sqlite3_open_v2(path, &s->handle,
			    SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX,
			    NULL) != SQLITE_OK) {
		say_cannot_open(path, s->handle);
		close_db(&s->base);
		return FAILED;
	}
	sqlite3_extended_result_codes(s->handle, 1);
	sqlite3_busy_timeout(s->handle, BUSY_MS);
	sqlite3_db_config(s->handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	if (sqlite3_exec(s->handle, settings, NULL, NULL, NULL) != SQLITE_OK) {
		say_cannot_open(path, s->handle);
		close_db(&s->base);
		return FAILED;
	}
	s->data_version = data_version(s->handle);
	*db = &s->base;
	return OK;
}

static void read_only(struct db *db, bool wanted)
{
	(void)!run(db, wanted ? "PRAGMA query_only = ON" : "PRAGMA query_only = OFF");
}

static void forget(struct db *db)
{
	(void)sqlite3_db_release_memory(self(db)->handle);
}

static enum status backup(struct db *db, const char *path)
{
	sqlite3_stmt *stmt;
	int code;

	if (access(path, F_OK) == 0)
		return CONFLICT;
	if (sqlite3_prepare_v2(self(db)->handle, "VACUUM INTO ?", -1, &stmt, NULL) != SQLITE_OK) {
		log_error("cannot back up: %s", sqlite3_errmsg(self(db)->handle));
		return FAILED;
	}
	sqlite3_bind_text(stmt, 1, path, -1, SQLITE_STATIC);
	code = sqlite3_step(stmt);
	if (code != SQLITE_DONE)
		log_error("cannot back up to '%s': %s", path, sqlite3_errmsg(self(db)->handle));
	sqlite3_finalize(stmt);
	return code == SQLITE_DONE ? OK : FAILED;
}

/* Every row of a pragma that should give none, or "ok". */
static enum status run_check(sqlite3 *handle, const char *pragma)
{
	sqlite3_stmt *stmt;
	enum status status = OK;
	int code;

	if (sqlite3_prepare_v2(handle, pragma, -1, &stmt, NULL) != SQLITE_OK) {
		log_error("cannot check the database: %s", sqlite3_errmsg(handle));
		return FAILED;
	}
	while ((code = sqlite3_step(stmt)) == SQLITE_ROW) {
		const char *found = (const char *)sqlite3_column_text(stmt, 0);

		if (found && !strcmp(found, "ok"))
			continue;
		log_error("the database is damaged: %s", found ? found : "a reference");
		status = FAILED;
	}
	if (code != SQLITE_DONE) {
		log_error("cannot check the database: %s", sqlite3_errmsg(handle));
		status = FAILED;
	}
	sqlite3_finalize(stmt);
	return status;
}

static enum status check(struct db *db)
{
	enum status status = run_check(self(db)->handle, "PRAGMA integrity_check");

	return status == OK ? run_check(self(db)->handle, "PRAGMA foreign_key_check") : status;
}

static struct sqlite_query *new_query(struct sqlite_db *s, const char *sql)
{
	struct sqlite_query *q = calloc(1, sizeof(*q));

	if (!q)
		die("out of memory");
	q->base.db = &s->base;
	q->sql = sql;
	if (sqlite3_prepare_v3(s->handle, sql, -1, SQLITE_PREPARE_PERSISTENT, &q->stmt, NULL) !=
	    SQLITE_OK)
		fail(&q->base, sql);
	return q;
}

/* The place of a statement among those kept: its own, or the first free one. */
static struct sqlite_query **place_of(struct sqlite_db *s, const char *sql)
{
	size_t at = ((uintptr_t)sql >> 3) * 0x9E3779B1u % N_KEPT;

	for (size_t tried = 0; tried < N_KEPT; tried++, at = (at + 1) % N_KEPT)
		if (!s->kept[at] || s->kept[at]->sql == sql)
			return &s->kept[at];
	return NULL;
}

static struct query *prepare(struct db *db, const char *sql)
{
	struct sqlite_db *s = self(db);
	struct sqlite_query **place = place_of(s, sql), *q;

	if (place && *place && !(*place)->in_use) {
		q = *place;
	} else {
		q = new_query(s, sql);
		if (place && !*place && q->base.status == OK) {
			*place = q;
			q->kept = true;
		}
	}
	q->in_use = true;
	return &q->base;
}

static void finish(struct query *base)
{
	struct sqlite_query *q = (struct sqlite_query *)base;

	if (!q->kept) {
		sqlite3_finalize(q->stmt);
		free(q);
		return;
	}
	sqlite3_reset(q->stmt);
	sqlite3_clear_bindings(q->stmt);
	base->status = OK;
	q->in_use = false;
}

/* SQLite reads "$2" as a name and numbers names as they come. */
static int position(sqlite3_stmt *stmt, int param)
{
	char name[16];

	snprintf(name, sizeof(name), "$%d", param);
	return sqlite3_bind_parameter_index(stmt, name);
}

static void bind_int(struct query *base, int param, int64_t value)
{
	sqlite3_stmt *stmt = ((struct sqlite_query *)base)->stmt;

	if (sqlite3_bind_int64(stmt, position(stmt, param), value) != SQLITE_OK)
		fail(base, "cannot bind");
}

static void bind_real(struct query *base, int param, double value)
{
	sqlite3_stmt *stmt = ((struct sqlite_query *)base)->stmt;

	if (sqlite3_bind_double(stmt, position(stmt, param), value) != SQLITE_OK)
		fail(base, "cannot bind");
}

static void bind_text(struct query *base, int param, const char *value)
{
	sqlite3_stmt *stmt = ((struct sqlite_query *)base)->stmt;

	if (sqlite3_bind_text(stmt, position(stmt, param), value, -1, SQLITE_TRANSIENT) !=
	    SQLITE_OK)
		fail(base, "cannot bind");
}

static bool is_duplicate(sqlite3 *handle)
{
	int code = sqlite3_extended_errcode(handle);

	return code == SQLITE_CONSTRAINT_UNIQUE || code == SQLITE_CONSTRAINT_PRIMARYKEY;
}

static bool row(struct query *base)
{
	int code = sqlite3_step(((struct sqlite_query *)base)->stmt);

	if (code == SQLITE_ROW)
		return true;
	if (code == SQLITE_DONE)
		return false;
	if (is_duplicate(handle_of(base)))
		base->status = CONFLICT;
	else
		fail(base, "database");
	return false;
}

static bool is_null(struct query *q, int column)
{
	return sqlite3_column_type(((struct sqlite_query *)q)->stmt, column) == SQLITE_NULL;
}

static int64_t get_int(struct query *q, int column)
{
	return sqlite3_column_int64(((struct sqlite_query *)q)->stmt, column);
}

static double get_real(struct query *q, int column)
{
	return sqlite3_column_double(((struct sqlite_query *)q)->stmt, column);
}

static const char *get_text(struct query *q, int column)
{
	return (const char *)sqlite3_column_text(((struct sqlite_query *)q)->stmt, column);
}

const struct driver sqlite_driver = {
	.name = "sqlite",
	.migration = sqlite_migration,
	.n_migrations = &n_sqlite_migrations,
	.begin_read = "BEGIN",
	.knows = knows,
	.open = open_db,
	.close = close_db,
	.run = run,
	.read_only = read_only,
	.forget = forget,
	.changed_elsewhere = changed_elsewhere,
	.backup = backup,
	.check = check,
	.prepare = prepare,
	.bind_int = bind_int,
	.bind_real = bind_real,
	.bind_text = bind_text,
	.row = row,
	.is_null = is_null,
	.get_int = get_int,
	.get_real = get_real,
	.get_text = get_text,
	.finish = finish,
};
