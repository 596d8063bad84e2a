#include "fixture.h"

#include <stdlib.h>

#include "store/term.h"

const struct reader anonymous = { .level = ANONYMOUS };
const struct reader member = { .level = MEMBER };
const struct reader editor = { .level = EDITOR };

int fixture_setup(void **state)
{
	struct fixture *fix = calloc(1, sizeof(*fix));
	const char *address = getenv("HALLE_TEST_DB");

	fix->a = arena_new();
	assert_int_equal(db_open(address ? address : ":memory:", &fix->db), OK);
	assert_int_equal(db_migrate(fix->db), OK);
	*state = fix;
	return 0;
}

int fixture_teardown(void **state)
{
	struct fixture *fix = *state;

	db_close(fix->db);
	arena_free(fix->a);
	free(fix);
	return 0;
}

int64_t add_resource(struct fixture *fix, const char *slug, void (*change)(struct resource *r))
{
	struct resource r = {
		.slug = slug,
		.title = slug,
		.summary = HTML("<p>Un résumé.</p>"),
		.body = HTML("<p>Un corps.</p>"),
		.status = PUBLISHED,
		.visibility = PUBLIC,
		.listed = true,
		.published_on = "2024-05-01",
		.number = NO_NUMBER,
		.language = "fr",
		.modified_at = 1700000000,
	};
	bool created;

	assert_int_equal(term_obtain(fix->db, fix->a, "kind", "Guide", &r.kind_id, &created), OK);
	if (change)
		change(&r);
	assert_int_equal(resource_save(fix->db, &r), OK);
	return r.id;
}

int64_t add_session(struct fixture *fix, const char *slug, const char *on,
		    void (*change)(struct session *s))
{
	struct session s = {
		.slug = slug,
		.title = slug,
		.on = on,
		.number = NO_NUMBER,
		.starts_at = NO_NUMBER,
		.ends_at = NO_NUMBER,
		.duration_min = NO_NUMBER,
		.capacity = NO_NUMBER,
		.quota = NO_NUMBER,
		.opens_at = NO_NUMBER,
		.closes_at = NO_NUMBER,
		.members_until = NO_NUMBER,
		.modified_at = 1700000000,
	};

	if (change)
		change(&s);
	assert_int_equal(session_save(fix->db, &s), OK);
	return s.id;
}
