/* Results as canonical JSON. */
#include "kit.h"

#include <string.h>

#include "sieg/write.h"

static const char *end(struct kit *kit, struct sieg_writer *w)
{
	size_t length;
	const char *bytes = sieg_writer_end(w, &length);

	assert_int_equal(bytes[length - 1], '\n');
	return sieg_strndup(kit->a, bytes, length - 1);
}

static const char *written(struct kit *kit, const char *text)
{
	struct sieg_writer *w = sieg_writer_new(kit->a);

	sieg_put_text(w, text);
	return end(kit, w);
}

static void test_only_quotes_backslashes_and_controls_are_escaped(void **state)
{
	static const struct {
		const char *text, *json;
	} rows[] = {
		{ "", "\"\"" },
		{ "plain", "\"plain\"" },
		{ "\"", "\"\\\"\"" },
		{ "\\", "\"\\\\\"" },
		{ "a\"b\\c", "\"a\\\"b\\\\c\"" },
		{ "\b\f\n\r\t", "\"\\b\\f\\n\\r\\t\"" },
		{ "\x01\x07\x0b\x0e\x1f", "\"\\u0001\\u0007\\u000b\\u000e\\u001f\"" },
		{ "/ \x7f ' <>&", "\"/ \x7f ' <>&\"" },
		{ "\xc3\xa9\xe2\x80\xa8\xf0\x9d\x84\x9e",
		  "\"\xc3\xa9\xe2\x80\xa8\xf0\x9d\x84\x9e\"" },
	};
	struct kit *kit = *state;

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		assert_string_equal(written(kit, rows[i].text), rows[i].json);
}

static void test_money_has_two_decimals_and_no_negative_zero(void **state)
{
	static const struct {
		sieg_cents cents;
		const char *text;
	} rows[] = {
		{ 0, "0.00" },
		{ 1, "0.01" },
		{ -1, "-0.01" },
		{ -99, "-0.99" },
		{ 10, "0.10" },
		{ 100, "1.00" },
		{ -123456, "-1234.56" },
		{ SIEG_CENTS_OUT, "10000000000000.00" },
		{ -SIEG_CENTS_OUT, "-10000000000000.00" },
		{ INT64_MIN, "-92233720368547758.08" },
	};
	struct kit *kit = *state;

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		assert_string_equal(sieg_cents_text(kit->a, rows[i].cents), rows[i].text);
}

static void test_an_amount_that_is_too_large_is_noticed(void **state)
{
	struct kit *kit = *state;
	struct sieg_writer *w = sieg_writer_new(kit->a);

	sieg_open_list(w);
	sieg_put_cents(w, SIEG_CENTS_OUT);
	sieg_put_cents(w, -SIEG_CENTS_OUT);
	assert_false(sieg_writer_too_large(w));
	sieg_put_cents(w, -SIEG_CENTS_OUT - 1);
	assert_true(sieg_writer_too_large(w));
}

static void test_values_of_all_kinds_are_separated_by_commas_alone(void **state)
{
	struct kit *kit = *state;
	struct sieg_writer *w = sieg_writer_new(kit->a);

	sieg_open_object(w);
	sieg_write_bool(w, "a", true);
	sieg_write_cents(w, "b", -5);
	sieg_write_day(w, "c", kit_day(20240229));
	sieg_key(w, "d");
	sieg_open_list(w);
	sieg_put_int(w, INT64_MIN);
	sieg_open_object(w);
	sieg_close_object(w);
	sieg_open_list(w);
	sieg_close_list(w);
	sieg_put_bool(w, false);
	sieg_put_day(w, kit_day(19900101));
	sieg_close_list(w);
	sieg_write_text(w, "e", NULL); /* left out */
	sieg_write_text(w, "f", "x");
	sieg_write_int(w, "g", 0);
	sieg_close_object(w);
	assert_string_equal(
		end(kit, w),
		"{\"a\":true,\"b\":\"-0.05\",\"c\":\"2024-02-29\",\"d\":"
		"[-9223372036854775808,{},[],false,\"1990-01-01\"],\"f\":\"x\",\"g\":0}");
}

static const char *figure(struct kit *kit, enum sieg_rounding rounding, const char *key)
{
	struct sieg_writer *w = sieg_writer_new(kit->a);

	sieg_put_figure_of(w, (struct sieg_figure){ 150, SIEG_DEC12_N, rounding }, key, "x");
	return end(kit, w);
}

static void test_the_members_of_a_figure_are_sorted_with_the_one_that_is_added(void **state)
{
	struct kit *kit = *state;

	assert_string_equal(figure(kit, SIEG_NOT_ROUNDED, NULL),
			    "{\"amount\":\"1.50\",\"rule\":\"DEC12-N\"}");
	assert_string_equal(figure(kit, SIEG_LINE, NULL),
			    "{\"amount\":\"1.50\",\"rounding\":\"LINE\",\"rule\":\"DEC12-N\"}");
	assert_string_equal(figure(kit, SIEG_PROFIT_MAX, "funder"),
			    "{\"amount\":\"1.50\",\"funder\":\"x\",\"rounding\":\"PROFIT_MAX\","
			    "\"rule\":\"DEC12-N\"}");
	assert_string_equal(figure(kit, SIEG_GGE, "id"),
			    "{\"amount\":\"1.50\",\"id\":\"x\",\"rounding\":\"GGE\","
			    "\"rule\":\"DEC12-N\"}");
	assert_string_equal(figure(kit, SIEG_SPLIT, "term"),
			    "{\"amount\":\"1.50\",\"rounding\":\"SPLIT\",\"rule\":\"DEC12-N\","
			    "\"term\":\"x\"}");
}

/* Cited before and after where the list stands, in no order, one of them twice. */
static void test_rules_that_were_cited_are_listed_once_and_sorted_where_their_list_goes(
	void **state)
{
	struct kit *kit = *state;
	struct sieg_writer *w = sieg_writer_new(kit->a);

	sieg_open_object(w);
	sieg_key(w, "a");
	sieg_open_object(w);
	sieg_write_rule(w, SIEG_HAL_CAP);
	sieg_close_object(w);
	sieg_write_rules(w);
	sieg_key(w, "z");
	sieg_open_list(w);
	sieg_put_rule(w, SIEG_DEC25_10);
	sieg_put_rule(w, SIEG_HAL_CAP);
	sieg_close_list(w);
	sieg_close_object(w);
	assert_string_equal(
		end(kit, w),
		"{\"a\":{\"rule\":\"HAL-CAP\"},\"rules\":[{\"article\":\"Decision (EU) 2025/2630, "
		"carry-over\",\"id\":\"DEC25-10\",\"status\":\"U\"},{\"article\":\"yearly cap of "
		"the "
		"act\",\"id\":\"HAL-CAP\",\"status\":\"D\"}],\"z\":[\"DEC25-10\",\"HAL-CAP\"]}");
}

static void test_a_result_without_rules_has_an_empty_list(void **state)
{
	struct kit *kit = *state;
	struct sieg_writer *w = sieg_writer_new(kit->a);

	sieg_open_object(w);
	sieg_write_rules(w);
	sieg_close_object(w);
	assert_string_equal(end(kit, w), "{\"rules\":[]}");
}

/* Room is made many times over, and the list of rules goes into the middle of it. */
static void test_a_long_result_is_whole(void **state)
{
	struct kit *kit = *state;
	struct sieg_writer *w = sieg_writer_new(kit->a);
	const char *text, *at;
	size_t n = 20000;

	sieg_open_object(w);
	sieg_key(w, "list");
	sieg_open_list(w);
	for (size_t i = 0; i < n; i++)
		sieg_put_text(w, "0123456789\n");
	sieg_close_list(w);
	sieg_write_rules(w);
	sieg_key(w, "tail");
	sieg_put_rule(w, SIEG_ALT);
	sieg_close_object(w);
	text = end(kit, w);
	at = text + strlen("{\"list\":[");
	for (size_t i = 0; i < n; i++, at += 15)
		assert_memory_equal(at, "\"0123456789\\n\",", i + 1 < n ? 15 : 14);
	assert_string_equal(at - 1, "],\"rules\":[{\"article\":\"Altmark C-280/00, paras 88-93\","
				    "\"id\":\"ALT\",\"status\":\"P\"}],\"tail\":\"ALT\"}");
}

static void test_findings_carry_their_level_and_rule(void **state)
{
	struct kit *kit = *state;
	struct sieg_writer *w = sieg_writer_new(kit->a);

	sieg_issue(&kit->errors, SIEG_E_RETROACTIVE, SIEG_ALT, "/act/%s", "start");
	sieg_issue(&kit->errors, SIEG_W_SUBSIDY, SIEG_HAL_Q3, "/initiative");
	for (size_t i = 0; i < 2; i++)
		kit->errors.issue[i].message = "m";
	sieg_open_object(w);
	sieg_write_contract(w);
	sieg_write_findings(w, &kit->errors);
	sieg_close_object(w);
	assert_string_equal(end(kit, w),
			    "{\"contract\":\"halle-sieg/1\",\"data\":\"2026-11-23\",\"findings\":["
			    "{\"code\":\"E_RETROACTIVE\",\"level\":\"stop\",\"message\":\"m\","
			    "\"path\":\"/act/start\",\"rule\":\"ALT\"},{\"code\":\"W_SUBSIDY\","
			    "\"level\":\"warn\",\"message\":\"m\",\"path\":\"/"
			    "initiative\",\"rule\":\"HAL-Q3\"}]}");
}

static void test_the_document_of_errors_holds_nothing_else(void **state)
{
	struct kit *kit = *state;
	size_t length;
	const char *bytes;

	sieg_issue_at(&kit->errors, SIEG_E_TYPE, "/a~1\"", "said \"so\"");
	bytes = sieg_write_errors(kit->a, &kit->errors, &length);
	assert_string_equal(sieg_strndup(kit->a, bytes, length),
			    "{\"errors\":[{\"code\":\"E_TYPE\",\"message\":\"said \\\"so\\\"\","
			    "\"path\":\"/a~1\\\"\"}]}\n");
}

static void test_what_cannot_be_read_is_answered_by_one_error(void **state)
{
	struct kit *kit = *state;
	struct sieg_answer answer = sieg_refusal(kit->a, SIEG_E_OPERATION);
	static const char begins[] = "{\"errors\":[{\"code\":\"E_OPERATION\",\"message\":\"";
	static const char ends[] = "\",\"path\":\"\"}]}\n";

	assert_int_equal(answer.code, 2);
	assert_memory_equal(answer.bytes, begins, strlen(begins));
	assert_memory_equal(answer.bytes + answer.length - strlen(ends), ends, strlen(ends));
	assert_int_equal(sieg_operation_named("sheets"), SIEG_N_OPERATIONS);
	assert_int_equal(sieg_operation_named(""), SIEG_N_OPERATIONS);
	assert_int_equal(sieg_operation_named("Sheet"), SIEG_N_OPERATIONS);
	assert_int_equal(sieg_operation_named("sheet"), SIEG_SHEET);
	assert_string_equal(sieg_operation_name(SIEG_CONTROL_PERIODS), "control");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_only_quotes_backslashes_and_controls_are_escaped),
		TEST(test_money_has_two_decimals_and_no_negative_zero),
		TEST(test_an_amount_that_is_too_large_is_noticed),
		TEST(test_values_of_all_kinds_are_separated_by_commas_alone),
		TEST(test_the_members_of_a_figure_are_sorted_with_the_one_that_is_added),
		TEST(test_rules_that_were_cited_are_listed_once_and_sorted_where_their_list_goes),
		TEST(test_a_result_without_rules_has_an_empty_list),
		TEST(test_a_long_result_is_whole),
		TEST(test_findings_carry_their_level_and_rule),
		TEST(test_the_document_of_errors_holds_nothing_else),
		TEST(test_what_cannot_be_read_is_answered_by_one_error),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
