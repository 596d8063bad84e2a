#include "kit.h"

#include <stdlib.h>
#include <string.h>

int kit_setup(void **state)
{
	struct kit *kit = malloc(sizeof(*kit));

	kit->a = sieg_arena_new();
	sieg_issues_init(&kit->errors, kit->a);
	*state = kit;
	return 0;
}

int kit_teardown(void **state)
{
	struct kit *kit = *state;

	sieg_arena_free(kit->a);
	free(kit);
	return 0;
}

void kit_again(struct kit *kit)
{
	sieg_arena_reset(kit->a);
	sieg_issues_init(&kit->errors, kit->a);
}

char *kit_simple(struct kit *kit, const char *text, size_t length)
{
	char *copy = sieg_strndup(kit->a, text, length);

	for (size_t i = 0; i < length; i++)
		if (copy[i] == '"')
			copy[i] = '\'';
	return copy;
}

char *kit_double(struct kit *kit, const char *text)
{
	char *copy = sieg_strndup(kit->a, text, strlen(text));

	for (char *c = copy; *c; c++)
		if (*c == '\'')
			*c = '"';
	return copy;
}

const char *kit_issues(struct kit *kit, const struct sieg_issues *list)
{
	const char *text = "";

	for (size_t i = 0; i < list->n_issues; i++)
		text = sieg_printf(kit->a, "%s%s%s %s", text, i ? ", " : "", list->issue[i].path,
				   sieg_code_name(list->issue[i].code));
	return text;
}

/* Cuts out the members named "message", none of which is the last of its object. */
static void cut_messages(char *text)
{
	static const char begins[] = "\"message\":\"";
	char *at = text, *end;

	while ((at = strstr(at, begins))) {
		end = at + strlen(begins);
		while (*end != '"')
			end += *end == '\\' ? 2 : 1;
		end += strlen("\",");
		memmove(at, end, strlen(end) + 1);
	}
}

static struct sieg_answer answer(struct kit *kit, const char *operation, const char *document)
{
	const char *bytes = kit_double(kit, document);
	struct sieg_answer said =
		sieg_answer(kit->a, sieg_operation_named(operation), bytes, strlen(bytes));

	assert_true(said.length > 0);
	assert_int_equal(said.bytes[said.length - 1], '\n');
	return said;
}

const char *kit_answer(struct kit *kit, const char *operation, const char *document)
{
	struct sieg_answer said = answer(kit, operation, document);
	char *text = sieg_strndup(kit->a, said.bytes, said.length - 1);

	cut_messages(text);
	return sieg_printf(kit->a, "%d %s", said.code, kit_simple(kit, text, strlen(text)));
}

const char *kit_refusal(struct kit *kit, const char *operation, const char *document)
{
	const char *bytes = kit_double(kit, document);
	int code;

	sieg_issues_init(&kit->errors, kit->a);
	sieg_compute(sieg_operation_named(operation), bytes, strlen(bytes), &kit->errors, &code);
	return sieg_printf(kit->a, "%d %s", code, kit_issues(kit, &kit->errors));
}

uint64_t kit_draw(uint64_t *seed, uint64_t n)
{
	uint64_t z = *seed += UINT64_C(0x9e3779b97f4a7c15);

	z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
	return (z ^ (z >> 31)) % n;
}

sieg_day kit_day(int yyyymmdd)
{
	sieg_day day = sieg_day_of(yyyymmdd / 10000, yyyymmdd / 100 % 100, yyyymmdd % 100);

	assert_int_not_equal(day, 0);
	return day;
}
