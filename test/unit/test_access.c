/* Who may manage and coordinate: by keys, whole ones, and by level. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "access/access.h"

static void test_a_manager_manages_what_they_hold_the_key_of(void **state)
{
	const struct reader manager = { MEMBER, 7, "1,manager-5,group-12," };
	const struct reader lapsed = { ANONYMOUS, 7, "0,manager-5," };
	const struct reader nobody = { ANONYMOUS, 0, NULL };
	const struct reader editor = { EDITOR, 7, "2," };

	(void)state;
	assert_true(access_may_manage(&manager, 5));
	assert_false(access_may_manage(&manager, 55));
	assert_false(access_may_manage(&manager, 12));
	assert_true(access_may_manage(&lapsed, 5));
	assert_false(access_may_manage(&nobody, 5));
	assert_true(access_may_manage(&editor, 5));
}

static void test_a_group_is_for_its_members_and_its_coordinator(void **state)
{
	const struct reader member = { MEMBER, 7, "1,group-12,manager-3," };
	const struct reader coordinator = { MEMBER, 7, "1,coordinator-3," };
	const struct reader lapsed = { ANONYMOUS, 7, "0,coordinator-3," };
	const struct reader editor = { EDITOR, 7, "2," };

	(void)state;
	assert_true(access_may_see_group(&member, 12));
	assert_false(access_may_see_group(&member, 1));
	assert_false(access_may_see_group(&member, 3));
	assert_false(access_may_coordinate(&member, 12));
	assert_true(access_may_see_group(&coordinator, 3));
	assert_true(access_may_coordinate(&coordinator, 3));
	assert_false(access_may_see_group(&lapsed, 3));
	assert_false(access_may_coordinate(&lapsed, 3));
	assert_true(access_may_see_group(&editor, 3));
	assert_true(access_may_coordinate(&editor, 3));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_a_manager_manages_what_they_hold_the_key_of),
		cmocka_unit_test(test_a_group_is_for_its_members_and_its_coordinator),
	};

	return cmocka_run_group_tests_name("access", tests, NULL, NULL);
}
