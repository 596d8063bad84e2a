/*
 * driver.h - what a database must be able to do. One struct of functions for
 * each; nothing above db/ asks which one it is.
 *
 * A driver embeds struct db and struct query at the head of its own.
 */
#ifndef DB_DRIVER_H
#define DB_DRIVER_H

#include <stddef.h>

#include "db/db.h"

struct migration {
	int number;
	const char *name; /* "0001-foundation" */
	const char *sql;
};

struct driver {
	const char *name;
	const struct migration *migration;
	const size_t *n_migrations;
	const char *begin_read; /* begins a transaction that sees one moment */

	/* True when `address` is one of this driver's. */
	bool (*knows)(const char *address);
	enum status (*open)(const char *address, struct db **db);
	void (*close)(struct db *db);
	enum status (*run)(struct db *db, const char *statements);
	void (*read_only)(struct db *db, bool read_only);
	void (*forget)(struct db *db);
	bool (*changed_elsewhere)(struct db *db);
	enum status (*backup)(struct db *db, const char *path);
	enum status (*check)(struct db *db);

	struct query *(*prepare)(struct db *db, const char *sql);
	void (*bind_int)(struct query *q, int param, int64_t value);
	void (*bind_real)(struct query *q, int param, double value);
	void (*bind_text)(struct query *q, int param, const char *value);
	bool (*row)(struct query *q); /* false at the end, or with q->status set */
	bool (*is_null)(struct query *q, int column);
	int64_t (*get_int)(struct query *q, int column);
	double (*get_real)(struct query *q, int column);
	const char *(*get_text)(struct query *q, int column); /* until the next row */
	void (*finish)(struct query *q); /* ready to be bound again, or freed */
};

struct db {
	const struct driver *driver;
	int depth;          /* of transactions */
	enum status status; /* what befell the one under way */
	bool was_busy;      /* set by a driver when another holds the database */
};

struct query {
	struct db *db;
	enum status status; /* the first failure */
};

extern const struct driver sqlite_driver;

#endif
