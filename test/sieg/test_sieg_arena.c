/* The memory of a calculation. */
#include "kit.h"

#include <stdint.h>
#include <string.h>

#if defined(__SANITIZE_ADDRESS__)
#define EACH_BY_ITSELF true
#elif defined(__has_feature)
#define EACH_BY_ITSELF __has_feature(address_sanitizer)
#else
#define EACH_BY_ITSELF false
#endif

static bool is_zero(const void *bytes, size_t n)
{
	const unsigned char *b = bytes;

	for (size_t i = 0; i < n; i++)
		if (b[i])
			return false;
	return true;
}

static void test_memory_is_zeroed_and_aligned_also_when_it_is_used_again(void **state)
{
	static const size_t sizes[] = { 0, 1, 7, 16, 4096, 65535, 65536, 65537, 1000000 };
	struct kit *kit = *state;

	for (int again = 0; again < 3; again++) {
		for (size_t i = 0; i < sizeof(sizes) / sizeof(*sizes); i++) {
			void *bytes = sieg_alloc(kit->a, sizes[i], 1);

			assert_int_equal((uintptr_t)bytes % _Alignof(max_align_t), 0);
			assert_true(is_zero(bytes, sizes[i]));
			memset(bytes, 0xa5, sizes[i]);
		}
		sieg_arena_reset(kit->a);
	}
}

/* However many calculations follow each other, a block is enough for them. */
static void test_what_was_forgotten_makes_room_for_what_follows(void **state)
{
	struct kit *kit = *state;
	void *place[4];
	int n = 0;

	/* There is no block to keep where each allocation is one. */
	if (EACH_BY_ITSELF)
		return;
	for (int i = 0; i < 1000; i++) {
		void *now;
		int k = 0;

		sieg_arena_reset(kit->a);
		now = sieg_alloc(kit->a, 100, 100);
		while (k < n && place[k] != now)
			k++;
		if (k == n && n < 4)
			place[n++] = now;
	}
	assert_true(n < 4);
}

static void test_a_list_that_grows_keeps_what_it_holds(void **state)
{
	struct kit *kit = *state;
	size_t capacity = 0;
	int *list = NULL;

	for (int i = 0; i < 10000; i++) {
		list = sieg_grow(kit->a, list, (size_t)i, &capacity, sizeof(*list));
		assert_true(capacity > (size_t)i);
		list[i] = i;
	}
	for (int i = 0; i < 10000; i++)
		assert_int_equal(list[i], i);
}

static void test_texts_are_copied_and_printed_whole(void **state)
{
	struct kit *kit = *state;
	char *long_one = sieg_alloc(kit->a, 200001, 1);

	memset(long_one, 'x', 200000);
	assert_string_equal(sieg_strndup(kit->a, "abcdef", 3), "abc");
	assert_string_equal(sieg_strndup(kit->a, "", 0), "");
	assert_string_equal(sieg_printf(kit->a, "/%s/%zu", "a%sb", (size_t)12), "/a%sb/12");
	assert_int_equal(strlen(sieg_printf(kit->a, "<%s>", long_one)), 200002);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_memory_is_zeroed_and_aligned_also_when_it_is_used_again),
		TEST(test_what_was_forgotten_makes_room_for_what_follows),
		TEST(test_a_list_that_grows_keeps_what_it_holds),
		TEST(test_texts_are_copied_and_printed_whole),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
