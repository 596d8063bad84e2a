/* JSON into structures: every type and limit, and every error at its path. */
#include "kit.h"

#include <string.h>

#include "sieg/fields.h"
#include "sieg/json.h"
#include "sieg/shape.h"

struct inner {
	const char *id;
	int64_t n;
};

struct outer {
	sieg_cents money, money_not_below;
	struct sieg_optional_cents maybe;
	struct sieg_rate rate, not_below, above, weight;
	sieg_day day;
	struct sieg_civil month_day;
	const char *id, *text;
	int64_t number;
	bool yes;
	enum { RED, GREEN, BLUE } word;
	struct inner *inner, *list;
	size_t n_list;
	sieg_cents *amount;
	size_t n_amounts;
	sieg_day *days;
	size_t n_days;
};

static const char *const words[] = { NULL, "green", "blue", SIEG_LAST_WORD };

#define FIELD_OF struct inner
static const struct sieg_field inner_fields[] = {
	ID("id", REQUIRED, id),
	INT("n", OPTIONAL, n, -5, 5),
};
#undef FIELD_OF
static const struct sieg_shape inner_shape = SIEG_SHAPE(struct inner, inner_fields);

#define FIELD_OF struct outer
static const struct sieg_field outer_fields[] = {
	MONEY("money", OPTIONAL, money, SIEG_ANY_SIGN),
	MONEY("money+", OPTIONAL, money_not_below, SIEG_NOT_NEGATIVE),
	MAYBE_MONEY("maybe", maybe, SIEG_NOT_NEGATIVE),
	RATE("rate", OPTIONAL, rate, SIEG_ANY_SIGN),
	RATE("rate+", OPTIONAL, not_below, SIEG_NOT_NEGATIVE),
	RATE("rate++", OPTIONAL, above, SIEG_POSITIVE),
	{ .name = "weight", .type = SIEG_T_KEY_VALUE, .offset = AT(weight) },
	DAY("day", OPTIONAL, day),
	{ .name = "month_day", .type = SIEG_T_MONTH_DAY, .offset = AT(month_day) },
	ID("id", OPTIONAL, id),
	TEXT("text", OPTIONAL, text),
	{ .name = "int",
	  .type = SIEG_T_INT,
	  .offset = AT(number),
	  .min = -10,
	  .max = 1000,
	  .fallback = 7 },
	{ .name = "bool", .type = SIEG_T_BOOL, .offset = AT(yes), .fallback = true },
	{ .name = "word",
	  .type = SIEG_T_WORD,
	  .offset = AT(word),
	  .words = words,
	  .fallback = GREEN },
	OBJECT("inner", OPTIONAL, inner, inner_shape),
	LIST("list", OPTIONAL, list, n_list, 1, 12, inner_shape),
	LIST_OF("amounts", OPTIONAL, amount, n_amounts, 0, 3, SIEG_T_MONEY, SIEG_NOT_NEGATIVE),
	LIST_OF("days", OPTIONAL, days, n_days, 2, 2, SIEG_T_DAY, SIEG_ANY_SIGN),
};
#undef FIELD_OF
static const struct sieg_shape outer_shape = SIEG_SHAPE(struct outer, outer_fields);

static struct outer *read(struct kit *kit, const char *document)
{
	const char *bytes = kit_double(kit, document);
	enum sieg_code problem;
	const struct sieg_json *json = sieg_json_read(kit->a, bytes, strlen(bytes), &problem);
	struct outer *o;

	sieg_issues_init(&kit->errors, kit->a);
	if (!json)
		fail_msg("%s: %s", document, sieg_code_name(problem));
	o = sieg_shape_read(&outer_shape, json, &kit->errors);
	sieg_issues_sort(&kit->errors);
	assert_int_equal(o == NULL, kit->errors.n_issues > 0);
	return o;
}

static struct outer *read_field(struct kit *kit, const char *field, const char *value)
{
	return read(kit, sieg_printf(kit->a, "{'%s':%s}", field, value));
}

/* What is wrong with a value of that field; "" for nothing. */
static const char *code_of(struct kit *kit, const char *field, const char *value)
{
	read_field(kit, field, value);
	if (!kit->errors.n_issues)
		return "";
	assert_int_equal(kit->errors.n_issues, 1);
	assert_string_equal(kit->errors.issue[0].path, sieg_printf(kit->a, "/%s", field));
	assert_true(kit->errors.issue[0].message && *kit->errors.issue[0].message);
	return sieg_code_name(kit->errors.issue[0].code);
}

struct row {
	const char *field, *value, *code;
};

static void check_rows(struct kit *kit, const struct row *row, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const char *code = code_of(kit, row[i].field, row[i].value);

		if (strcmp(code, row[i].code) != 0)
			fail_msg("%s %s: \"%s\" and not \"%s\"", row[i].field, row[i].value, code,
				 row[i].code);
	}
}

#define CHECK(rows) check_rows(*state, rows, sizeof(rows) / sizeof(*(rows)))

static void test_money_is_a_text_of_digits_with_two_decimals_at_most(void **state)
{
	static const struct row rows[] = {
		{ "money", "'0'", "" },
		{ "money", "'-0'", "" },
		{ "money", "'-0.00'", "" },
		{ "money", "'1234.5'", "" },
		{ "money", "'-1234.56'", "" },
		{ "money", "'100000000000.00'", "" },
		{ "money", "'-100000000000'", "" },
		{ "money", "'100000000000.01'", "E_OVERFLOW" },
		{ "money", "'-100000000000.01'", "E_OVERFLOW" },
		{ "money", "'100000000000000000000000000000000000000000'", "E_OVERFLOW" },
		{ "money", "'100000000000000000000000000000000000000000.123'", "E_MONEY_FORMAT" },
		{ "money", "'18446744073709551616'", "E_OVERFLOW" },
		{ "money", "'340282366920938463463374607431768211456.00'", "E_OVERFLOW" },
		{ "money", "''", "E_MONEY_FORMAT" },
		{ "money", "'-'", "E_MONEY_FORMAT" },
		{ "money", "'+1'", "E_MONEY_FORMAT" },
		{ "money", "'01'", "E_MONEY_FORMAT" },
		{ "money", "'00'", "E_MONEY_FORMAT" },
		{ "money", "'-00.10'", "E_MONEY_FORMAT" },
		{ "money", "'1.'", "E_MONEY_FORMAT" },
		{ "money", "'.5'", "E_MONEY_FORMAT" },
		{ "money", "'1.234'", "E_MONEY_FORMAT" },
		{ "money", "'1,5'", "E_MONEY_FORMAT" },
		{ "money", "'1 000'", "E_MONEY_FORMAT" },
		{ "money", "' 1'", "E_MONEY_FORMAT" },
		{ "money", "'1 '", "E_MONEY_FORMAT" },
		{ "money", "'1e3'", "E_MONEY_FORMAT" },
		{ "money", "'1/2'", "E_MONEY_FORMAT" },
		{ "money", "'\xd9\xa1'", "E_MONEY_FORMAT" }, /* a digit, but not of ASCII */
		{ "money", "'--1'", "E_MONEY_FORMAT" },
		{ "money", "'1.5.5'", "E_MONEY_FORMAT" },
		{ "money", "'\xe2\x82\xac' ", "E_MONEY_FORMAT" },
		{ "money", "1", "E_MONEY_FLOAT" },
		{ "money", "1.5", "E_MONEY_FLOAT" },
		{ "money", "-0", "E_MONEY_FLOAT" },
		{ "money", "null", "E_TYPE" },
		{ "money", "true", "E_TYPE" },
		{ "money", "['1']", "E_TYPE" },
		{ "money", "{}", "E_TYPE" },
		{ "money+", "'-0.00'", "" },
		{ "money+", "'-0.01'", "E_NEGATIVE" },
		{ "money+", "'-100000000000.01'", "E_OVERFLOW" },
		{ "money+", "'-1.234'", "E_MONEY_FORMAT" },
		{ "maybe", "'-1'", "E_NEGATIVE" },
		{ "maybe", "7", "E_MONEY_FLOAT" },
		{ "maybe", "null", "E_TYPE" },
	};

	CHECK(rows);
}

static void test_a_rate_is_a_decimal_of_twelve_places_or_a_fraction_of_nine(void **state)
{
	static const struct row rows[] = {
		{ "rate", "'0'", "" },
		{ "rate", "'-2.37'", "" },
		{ "rate", "'999999999999.999999999999'", "" },
		{ "rate", "'1000000000000'", "E_RATE_FORMAT" },
		{ "rate", "'0.1234567890123'", "E_RATE_FORMAT" },
		{ "rate", "'1/3'", "" },
		{ "rate", "'-0/1'", "" },
		{ "rate", "'999999999/999999999'", "" },
		{ "rate", "'1000000000/3'", "E_RATE_FORMAT" },
		{ "rate", "'1/1000000000'", "E_RATE_FORMAT" },
		{ "rate", "'1/0'", "E_RATE_FORMAT" },
		{ "rate", "'1/03'", "E_RATE_FORMAT" },
		{ "rate", "'01/3'", "E_RATE_FORMAT" },
		{ "rate", "'1/-3'", "E_RATE_FORMAT" },
		{ "rate", "'1/'", "E_RATE_FORMAT" },
		{ "rate", "'/3'", "E_RATE_FORMAT" },
		{ "rate", "'/'", "E_RATE_FORMAT" },
		{ "rate", "'-/3'", "E_RATE_FORMAT" },
		{ "rate", "'1/3/3'", "E_RATE_FORMAT" },
		{ "rate", "'1.5/3'", "E_RATE_FORMAT" },
		{ "rate", "'1/3.0'", "E_RATE_FORMAT" },
		{ "rate", "''", "E_RATE_FORMAT" },
		{ "rate", "'1e3'", "E_RATE_FORMAT" },
		{ "rate", "'5 %'", "E_RATE_FORMAT" },
		{ "rate", "'00.5'", "E_RATE_FORMAT" },
		{ "rate", "1.5", "E_RATE_FLOAT" },
		{ "rate", "[]", "E_TYPE" },
		{ "rate", "null", "E_TYPE" },
		{ "rate+", "'-0'", "" },
		{ "rate+", "'-0.000000000001'", "E_NEGATIVE" },
		{ "rate+", "'-1/999999999'", "E_NEGATIVE" },
		{ "rate++", "'0.000000000001'", "" },
		{ "rate++", "'0'", "E_RANGE" },
		{ "rate++", "'-0/5'", "E_RANGE" },
		{ "rate++", "'-1'", "E_NEGATIVE" },
		{ "rate++", "1", "E_RATE_FLOAT" },
		{ "weight", "'0'", "" },
		{ "weight", "'1/3'", "" },
		{ "weight", "'-1'", "E_KEY_NEGATIVE" },
		{ "weight", "3", "E_RATE_FLOAT" },
		{ "weight", "'x'", "E_RATE_FORMAT" },
		{ "weight", "null", "E_TYPE" },
	};

	CHECK(rows);
}

static void test_a_day_exists_and_lies_between_1990_and_2100(void **state)
{
	static const struct row rows[] = {
		{ "day", "'1990-01-01'", "" },        { "day", "'2100-12-31'", "" },
		{ "day", "'2024-02-29'", "" },        { "day", "'1989-12-31'", "E_DATE" },
		{ "day", "'2101-01-01'", "E_DATE" },  { "day", "'1970-01-01'", "E_DATE" },
		{ "day", "'2023-02-29'", "E_DATE" },  { "day", "'2100-02-29'", "E_DATE" },
		{ "day", "'2024-00-10'", "E_DATE" },  { "day", "'2024-13-10'", "E_DATE" },
		{ "day", "'2024-04-31'", "E_DATE" },  { "day", "'2024-4-1'", "E_DATE" },
		{ "day", "'24-04-01'", "E_DATE" },    { "day", "'2024/04/01'", "E_DATE" },
		{ "day", "'2024-04-01 '", "E_DATE" }, { "day", "'2024-04-0a'", "E_DATE" },
		{ "day", "'-024-04-01'", "E_DATE" },  { "day", "''", "E_DATE" },
		{ "day", "20240401", "E_TYPE" },      { "day", "null", "E_TYPE" },
		{ "month_day", "'01-01'", "" },       { "month_day", "'12-31'", "" },
		{ "month_day", "'02-28'", "" },       { "month_day", "'02-29'", "E_DATE" },
		{ "month_day", "'04-31'", "E_DATE" }, { "month_day", "'00-10'", "E_DATE" },
		{ "month_day", "'13-01'", "E_DATE" }, { "month_day", "'1-01'", "E_DATE" },
		{ "month_day", "'01-1x'", "E_DATE" }, { "month_day", "101", "E_TYPE" },
	};

	CHECK(rows);
}

static void test_ids_and_texts_have_their_lengths_and_letters(void **state)
{
	struct kit *kit = *state;
	static const struct row rows[] = {
		{ "id", "'azAZ09._-'", "" },  { "id", "'.'", "" },
		{ "id", "''", "E_ID" },       { "id", "'a b'", "E_ID" },
		{ "id", "'a/b'", "E_ID" },    { "id", "'\xc3\xa9'", "E_ID" },
		{ "id", "'a@'", "E_ID" },     { "id", "'[a'", "E_ID" },
		{ "id", "'`'", "E_ID" },      { "id", "'{'", "E_ID" },
		{ "id", "'\\n'", "E_ID" },    { "id", "1", "E_TYPE" },
		{ "text", "' '", "" },        { "text", "'\\u0001'", "" },
		{ "text", "''", "E_TEXT" },   { "text", "1", "E_TYPE" },
		{ "text", "null", "E_TYPE" },
	};
	static const struct {
		const char *field, *piece;
		int n;
		const char *code;
	} lengths[] = {
		{ "id", "x", 64, "" },
		{ "id", "x", 65, "E_ID" },
		{ "text", "x", 2000, "" },
		{ "text", "x", 2001, "E_TEXT" },
		{ "text", "\xc3\xa9", 1000, "" },
		{ "text", "\xc3\xa9", 1001, "E_TEXT" },
		{ "text", "\\u00e9", 1000, "" },
		{ "text", "\\u00e9", 1001, "E_TEXT" },
	};

	CHECK(rows);
	for (size_t i = 0; i < sizeof(lengths) / sizeof(*lengths); i++) {
		size_t size = strlen(lengths[i].piece);
		char *value = sieg_alloc(kit->a, (size_t)lengths[i].n * size + 3, 1);

		value[0] = '\'';
		for (int k = 0; k < lengths[i].n; k++)
			memcpy(value + 1 + (size_t)k * size, lengths[i].piece, size);
		value[(size_t)lengths[i].n * size + 1] = '\'';
		assert_string_equal(code_of(kit, lengths[i].field, value), lengths[i].code);
	}
}

static void test_whole_numbers_words_and_truths_are_of_their_type(void **state)
{
	static const struct row rows[] = {
		{ "int", "-10", "" },
		{ "int", "1000", "" },
		{ "int", "-0", "" },
		{ "int", "-11", "E_RANGE" },
		{ "int", "1001", "E_RANGE" },
		{ "int", "99999999999999999999999999999", "E_RANGE" },
		{ "int", "18446744073709551617", "E_RANGE" },
		{ "int", "340282366920938463463374607431768211457", "E_RANGE" },
		{ "int", "1.0", "E_TYPE" },
		{ "int", "1e2", "E_TYPE" },
		{ "int", "1E0", "E_TYPE" },
		{ "int", "'5'", "E_TYPE" },
		{ "int", "true", "E_TYPE" },
		{ "int", "null", "E_TYPE" },
		{ "bool", "true", "" },
		{ "bool", "false", "" },
		{ "bool", "0", "E_TYPE" },
		{ "bool", "'true'", "E_TYPE" },
		{ "bool", "null", "E_TYPE" },
		{ "word", "'green'", "" },
		{ "word", "'blue'", "" },
		{ "word", "'Green'", "E_ENUM" },
		{ "word", "'gree'", "E_ENUM" },
		{ "word", "'greens'", "E_ENUM" },
		{ "word", "''", "E_ENUM" },
		{ "word", "'red'", "E_ENUM" },
		{ "word", "1", "E_TYPE" },
		{ "word", "null", "E_TYPE" },
		{ "inner", "{'id':'a'}", "" },
		{ "inner", "[]", "E_TYPE" },
		{ "inner", "null", "E_TYPE" },
		{ "inner", "'a'", "E_TYPE" },
		{ "list", "{}", "E_TYPE" },
		{ "list", "null", "E_TYPE" },
		{ "list", "[]", "E_ITEMS" },
		{ "amounts", "[]", "" },
		{ "amounts", "['1','2','3']", "" },
		{ "amounts", "['1','2','3','4']", "E_ITEMS" },
		{ "days", "['2024-01-01']", "E_ITEMS" },
	};

	CHECK(rows);
}

static void test_what_is_written_goes_into_the_structure(void **state)
{
	struct kit *kit = *state;
	struct outer *o =
		read(kit,
		     "{'money':'-12.5','money+':'3','maybe':'0.07','rate':'-2.375','rate+':'2/6',"
		     "'rate++':'0.000000000001','weight':'50','day':'2024-02-29',"
		     "'month_day':'04-01','id':'a-1','text':'\\u00e9\\n','int':-10,'bool':false,"
		     "'word':'blue','inner':{'n':-5,'id':'i'},'list':[{'id':'x'},{'id':'y','n':5}],"
		     "'amounts':['1','2.50'],'days':['1990-01-01','2100-12-31']}");

	assert_int_equal(o->money, -1250);
	assert_int_equal(o->money_not_below, 300);
	assert_true(o->maybe.given && o->maybe.cents == 7);
	assert_true(o->rate.numerator == -2375 && o->rate.denominator == 1000);
	assert_true(o->not_below.numerator == 2 && o->not_below.denominator == 6);
	assert_true(o->above.numerator == 1 && o->above.denominator == 1000000000000);
	assert_true(o->weight.numerator == 50 && o->weight.denominator == 1);
	assert_int_equal(o->day, kit_day(20240229));
	assert_int_equal(o->month_day.month, 4);
	assert_int_equal(o->month_day.day, 1);
	assert_string_equal(o->id, "a-1");
	assert_string_equal(o->text, "\xc3\xa9\n");
	assert_int_equal(o->number, -10);
	assert_false(o->yes);
	assert_int_equal(o->word, BLUE);
	assert_string_equal(o->inner->id, "i");
	assert_int_equal(o->inner->n, -5);
	assert_int_equal(o->n_list, 2);
	assert_string_equal(o->list[1].id, "y");
	assert_int_equal(o->list[1].n, 5);
	assert_int_equal(o->n_amounts, 2);
	assert_int_equal(o->amount[1], 250);
	assert_int_equal(o->days[1], kit_day(21001231));
}

static void test_what_is_absent_takes_its_default(void **state)
{
	struct outer *o = read(*state, "{}");

	assert_int_equal(o->money, 0);
	assert_false(o->maybe.given);
	assert_false(sieg_rate_given(o->rate));
	assert_int_equal(o->day, 0);
	assert_null(o->id);
	assert_int_equal(o->number, 7);
	assert_true(o->yes);
	assert_int_equal(o->word, GREEN);
	assert_null(o->inner);
	assert_int_equal(o->n_list, 0);
	assert_int_equal(o->n_amounts, 0);
}

static const char *errors_of(struct kit *kit, const char *document)
{
	read(kit, document);
	return kit_issues(kit, &kit->errors);
}

static void test_every_error_is_told_at_its_path_sorted_by_bytes(void **state)
{
	static const struct {
		const char *document, *errors;
	} rows[] = {
		{ "[]", " E_TYPE" },
		{ "null", " E_TYPE" },
		{ "'x'", " E_TYPE" },
		{ "1", " E_TYPE" },
		{ "{'no':1}", "/no E_FIELD_UNKNOWN" },
		{ "{'Money':'1'}", "/Money E_FIELD_UNKNOWN" },
		{ "{'mone':'1','moneys':1,'':1}",
		  "/ E_FIELD_UNKNOWN, /mone E_FIELD_UNKNOWN, /moneys E_FIELD_UNKNOWN" },
		{ "{'a/b':1,'a~b':2,'~1':3,'/':4,'~':5}",
		  "/a~0b E_FIELD_UNKNOWN, /a~1b E_FIELD_UNKNOWN, /~0 E_FIELD_UNKNOWN, "
		  "/~01 E_FIELD_UNKNOWN, /~1 E_FIELD_UNKNOWN" },
		{ "{'\\u00e9':1,'z':1}", "/z E_FIELD_UNKNOWN, /\xc3\xa9 E_FIELD_UNKNOWN" },
		/* What is unknown is not looked into. */
		{ "{'no':{'money':1,'x':[null]}}", "/no E_FIELD_UNKNOWN" },
		{ "{'inner':{}}", "/inner/id E_REQUIRED" },
		{ "{'inner':{'n':9,'x':1}}",
		  "/inner/id E_REQUIRED, /inner/n E_RANGE, /inner/x E_FIELD_UNKNOWN" },
		{ "{'inner':{'id':null}}", "/inner/id E_TYPE" },
		{ "{'list':[{},1,null,{'id':'x'},[]]}",
		  "/list/0/id E_REQUIRED, /list/1 E_TYPE, /list/2 E_TYPE, /list/4 E_TYPE" },
		{ "{'list':[{},{},{},{},{},{},{},{},{},{},{}]}",
		  "/list/0/id E_REQUIRED, /list/1/id E_REQUIRED, /list/10/id E_REQUIRED, "
		  "/list/2/id E_REQUIRED, /list/3/id E_REQUIRED, /list/4/id E_REQUIRED, "
		  "/list/5/id E_REQUIRED, /list/6/id E_REQUIRED, /list/7/id E_REQUIRED, "
		  "/list/8/id E_REQUIRED, /list/9/id E_REQUIRED" },
		/* Items of a list that is too long are not looked at. */
		{ "{'list':[{},{},{},{},{},{},{},{},{},{},{},{},{}]}", "/list E_ITEMS" },
		{ "{'amounts':[1,null,'-1']}",
		  "/amounts/0 E_MONEY_FLOAT, /amounts/1 E_TYPE, /amounts/2 E_NEGATIVE" },
		{ "{'amounts':[1,1,1,1]}", "/amounts E_ITEMS" },
		{ "{'days':['2024-01-01',1]}", "/days/1 E_TYPE" },
		{ "{'word':'x','money':1,'rate++':'0','bool':1,'id':''}",
		  "/bool E_TYPE, /id E_ID, /money E_MONEY_FLOAT, /rate++ E_RANGE, /word E_ENUM" },
	};
	struct kit *kit = *state;

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		assert_string_equal(errors_of(kit, rows[i].document), rows[i].errors);
}

static void test_an_error_is_told_once_for_a_path_and_code(void **state)
{
	struct kit *kit = *state;

	sieg_issue_at(&kit->errors, SIEG_E_TYPE, "/b", NULL);
	sieg_issue_at(&kit->errors, SIEG_E_REF, "/b", "of its own");
	sieg_issue(&kit->errors, SIEG_E_TYPE, SIEG_NO_RULE, "/%s", "b");
	sieg_issue_at(&kit->errors, SIEG_E_TYPE, "/a/10", NULL);
	sieg_issue_at(&kit->errors, SIEG_E_TYPE, "/a/2", NULL);
	sieg_issue_at(&kit->errors, SIEG_E_TYPE, "/a", NULL);
	sieg_issue_at(&kit->errors, SIEG_E_REF, "/b", NULL);
	sieg_issue_at(&kit->errors, SIEG_E_DATE, "", NULL);
	sieg_issue_at(&kit->errors, SIEG_E_TYPE, "/a-b", NULL);
	sieg_issues_sort(&kit->errors);
	assert_string_equal(kit_issues(kit, &kit->errors),
			    " E_DATE, /a E_TYPE, /a-b E_TYPE, /a/10 E_TYPE, /a/2 E_TYPE, "
			    "/b E_REF, /b E_TYPE");
	sieg_issues_init(&kit->errors, kit->a);
	sieg_issues_sort(&kit->errors);
	assert_int_equal(kit->errors.n_issues, 0);
}

static void test_codes_are_in_the_order_of_their_bytes_and_all_have_a_message(void **state)
{
	struct kit *kit = *state;

	for (enum sieg_code c = 0; c < SIEG_N_CODES; c++) {
		if (c > 0)
			assert_true(strcmp(sieg_code_name(c - 1), sieg_code_name(c)) < 0);
		assert_int_equal(sieg_code_stops(c), sieg_code_name(c)[0] == 'E');
		assert_true(strncmp(sieg_code_name(c), "E_", 2) == 0 ||
			    strncmp(sieg_code_name(c), "W_", 2) == 0);
		sieg_issue_at(&kit->errors, c, "", NULL);
		assert_true(kit->errors.issue[c].message && *kit->errors.issue[c].message);
	}
}

static void test_an_answer_carries_the_errors_of_one_stage_only(void **state)
{
	static const struct {
		const char *operation, *document, *answer;
	} rows[] = {
		{ "sheet", "{}",
		  "1 /act E_REQUIRED, /method E_REQUIRED, /operators E_REQUIRED, /stage "
		  "E_REQUIRED" },
		{ "sheet", "[]", "1  E_TYPE" },
		{ "sheet", "", "2  E_JSON_EMPTY" },
		{ "sheet", "{}{", "2  E_JSON_SYNTAX" },
		{ "control", "{'acts':[],'x':0}", "1 /acts E_ITEMS, /x E_FIELD_UNKNOWN" },
		{ "control", "{'acts':7,'answers':[{}]}",
		  "1 /acts E_TYPE, /answers/0/author E_REQUIRED, /answers/0/date E_REQUIRED, "
		  "/answers/0/question E_REQUIRED, /answers/0/reason E_REQUIRED, "
		  "/answers/0/value E_REQUIRED" },
	};
	struct kit *kit = *state;

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		assert_string_equal(kit_refusal(kit, rows[i].operation, rows[i].document),
				    rows[i].answer);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_money_is_a_text_of_digits_with_two_decimals_at_most),
		TEST(test_a_rate_is_a_decimal_of_twelve_places_or_a_fraction_of_nine),
		TEST(test_a_day_exists_and_lies_between_1990_and_2100),
		TEST(test_ids_and_texts_have_their_lengths_and_letters),
		TEST(test_whole_numbers_words_and_truths_are_of_their_type),
		TEST(test_what_is_written_goes_into_the_structure),
		TEST(test_what_is_absent_takes_its_default),
		TEST(test_every_error_is_told_at_its_path_sorted_by_bytes),
		TEST(test_an_error_is_told_once_for_a_path_and_code),
		TEST(test_codes_are_in_the_order_of_their_bytes_and_all_have_a_message),
		TEST(test_an_answer_carries_the_errors_of_one_stage_only),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
