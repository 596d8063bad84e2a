/*
 * fixture.h - a database of its own for each test, and short words to fill it.
 *
 * HALLE_TEST_DB names the database to run the contracts on; SQLite in memory otherwise.
 */
#ifndef TEST_FIXTURE_H
#define TEST_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "access/access.h"
#include "base/arena.h"
#include "db/db.h"
#include "store/resource.h"
#include "store/row.h"
#include "store/session.h"

struct fixture {
	struct arena *a;
	struct db *db;
};

int fixture_setup(void **state);
int fixture_teardown(void **state);

/* With a setup and a teardown of its own. */
#define TEST(function) cmocka_unit_test_setup_teardown(function, fixture_setup, fixture_teardown)

extern const struct reader anonymous, member, editor;

/* Adds a published public resource of kind "Guide"; `change` may alter it before. */
int64_t add_resource(struct fixture *fix, const char *slug, void (*change)(struct resource *r));
int64_t add_session(struct fixture *fix, const char *slug, const char *on,
		    void (*change)(struct session *s));

#endif
