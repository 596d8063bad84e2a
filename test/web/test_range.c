#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "web/range.h"
#include "web/request.h"

struct line {
	const char *range;
	int64_t size;
	enum range expected;
	int64_t from, length;
};

static void check(const struct line *line, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const struct line *l = &line[i];
		int64_t from, length;

		if (range_read(l->range, l->size, &from, &length) != l->expected)
			fail_msg("'%s' of %d", l->range, (int)l->size);
		assert_true(from >= 0 && length >= 0 && from + length <= l->size);
		if (l->expected == RANGE_NONE)
			continue;
		if (from != l->from || length != l->length)
			fail_msg("'%s' of %d: %d, %d", l->range, (int)l->size, (int)from,
				 (int)length);
	}
}

static void test_one_range_is_a_part(void **state)
{
	static const struct line line[] = {
		{ "bytes=0-0", 10, RANGE_PART, 0, 1 },
		{ "bytes=0-9", 10, RANGE_PART, 0, 10 },
		{ "Bytes=2-4", 10, RANGE_PART, 2, 3 },
		{ "bytes=5-", 10, RANGE_PART, 5, 5 },
		{ "bytes=9-", 10, RANGE_PART, 9, 1 },
		{ "bytes=5-99999999999999999999999999", 10, RANGE_PART, 5, 5 },
		{ "bytes=0-9223372036854775807", 10, RANGE_PART, 0, 10 },
		{ "bytes=-1", 10, RANGE_PART, 9, 1 },
		{ "bytes=-10", 10, RANGE_PART, 0, 10 },
		{ "bytes=-9999999999999999999999", 10, RANGE_PART, 0, 10 },
		{ "bytes=007-08", 10, RANGE_PART, 7, 2 },
		{ "bytes=1099511627775-", 1LL << 40, RANGE_PART, (1LL << 40) - 1, 1 },
	};

	(void)state;
	check(line, sizeof(line) / sizeof(*line));
}

static void test_what_is_no_range_is_the_whole(void **state)
{
	static const struct line line[] = {
		{ NULL, 10, RANGE_WHOLE, 0, 10 },
		{ "", 10, RANGE_WHOLE, 0, 10 },
		{ "bytes", 10, RANGE_WHOLE, 0, 10 },
		{ "bytes=", 10, RANGE_WHOLE, 0, 10 },
		{ "bytes=-", 10, RANGE_WHOLE, 0, 10 },
		{ "bytes=1", 10, RANGE_WHOLE, 0, 10 },
		{ "bytes=4-3", 10, RANGE_WHOLE, 0, 10 },
		{ "bytes=0-1,3-4", 10, RANGE_WHOLE, 0, 10 },
		{ "bytes=20-,0-1", 10, RANGE_WHOLE, 0, 10 },
		{ "bytes=0-1 ", 10, RANGE_WHOLE, 0, 10 },
		{ "bytes= 0-1", 10, RANGE_WHOLE, 0, 10 },
		{ "bytes=+0-1", 10, RANGE_WHOLE, 0, 10 },
		{ "bytes=--1", 10, RANGE_WHOLE, 0, 10 },
		{ "bytes=0x0-1", 10, RANGE_WHOLE, 0, 10 },
		{ "lines=0-1", 10, RANGE_WHOLE, 0, 10 },
		{ "bytes=-5", 0, RANGE_WHOLE, 0, 0 },
	};

	(void)state;
	check(line, sizeof(line) / sizeof(*line));
}

static void test_what_begins_past_the_end_is_none(void **state)
{
	static const struct line line[] = {
		{ "bytes=10-", 10, RANGE_NONE, 0, 0 },
		{ "bytes=10-20", 10, RANGE_NONE, 0, 0 },
		{ "bytes=99999999999999999999-", 10, RANGE_NONE, 0, 0 },
		{ "bytes=99999999999999999999-99999999999999999999", 10, RANGE_NONE, 0, 0 },
		{ "bytes=-0", 10, RANGE_NONE, 0, 0 },
		{ "bytes=0-", 0, RANGE_NONE, 0, 0 },
		{ "bytes=0-0", 0, RANGE_NONE, 0, 0 },
	};

	(void)state;
	check(line, sizeof(line) / sizeof(*line));
}

static void test_a_part_of_another_version_is_not_given(void **state)
{
	struct request req = { .range = "bytes=0-1" };

	(void)state;
	assert_string_equal(request_range(&req, "\"a\""), "bytes=0-1");
	req.if_range = "\"a\"";
	assert_string_equal(request_range(&req, "\"a\""), "bytes=0-1");
	assert_null(request_range(&req, "\"b\""));
	assert_null(request_range(&req, NULL));
	req.if_range = "W/\"a\"";
	assert_null(request_range(&req, "W/\"a\""));
	req.if_range = "Thu, 26 Nov 2026 15:43:15 GMT";
	assert_null(request_range(&req, "\"a\""));
	req = (struct request){ 0 };
	assert_null(request_range(&req, "\"a\""));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_one_range_is_a_part),
		cmocka_unit_test(test_what_is_no_range_is_the_whole),
		cmocka_unit_test(test_what_begins_past_the_end_is_none),
		cmocka_unit_test(test_a_part_of_another_version_is_not_given),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
