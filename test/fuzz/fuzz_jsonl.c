/*
 * Whatever comes as JSON Lines is taken or refused, and a database that took it can be
 * written out and read again into the same lines.
 */
#include <assert.h>
#include <sodium.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/out.h"
#include "db/db.h"
#include "feed/interchange.h"
#include "import/import.h"
#include "import/jsonl.h"

static bool keep_line(void *context, const char *line)
{
	out_raw(context, line);
	out_char(context, '\n');
	return true;
}

static struct db *fresh(void)
{
	struct db *db;

	assert(db_open(":memory:", &db) == OK);
	assert(db_migrate(db) == OK);
	return db;
}

static enum status take(struct db *db, const void *bytes, size_t length)
{
	struct import_options options = { .format = "jsonl", .name = "fuzz", .now = 1700000000 };
	struct arena *a = arena_new();
	struct import *import;
	struct import_result result;
	FILE *file = fmemopen((void *)bytes, length, "r");
	enum status status;

	assert(import_begin(db, a, &options, &import) == OK);
	assert(jsonl_read(file, import, false) == OK);
	status = import_end(import, &result);
	assert(status == OK || status == INVALID);
	assert((status == INVALID) == (result.n_all_errors > 0));
	fclose(file);
	arena_free(a);
	return status;
}

static void write_out(struct db *db, struct out *o)
{
	out_init(o);
	assert(interchange_export(db, keep_line, o) == OK);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct db *one, *two;
	struct out first, second;

	if (size == 0 || size > 1 << 16 || sodium_init() < 0)
		return 0;
	one = fresh();
	if (take(one, data, size) == OK) {
		two = fresh();
		write_out(one, &first);
		assert(take(two, first.data, first.length) == OK);
		write_out(two, &second);
		assert(!strcmp(first.data, second.data));
		out_release(&first);
		out_release(&second);
		db_close(two);
	}
	db_close(one);
	return 0;
}
