/* Any document has an answer: one of three codes, canonical, the same each time. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "sieg/arena.h"
#include "sieg/document.h"
#include "sieg_json_write.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool holds)
{
	if (!holds)
		__builtin_trap();
}

static const char *const of_shape_and_rules[] = {
	"E_TYPE",
	"E_MONEY_FLOAT",
	"E_MONEY_FORMAT",
	"E_OVERFLOW",
	"E_NEGATIVE",
	"E_RATE_FLOAT",
	"E_RATE_FORMAT",
	"E_KEY_NEGATIVE",
	"E_RANGE",
	"E_DATE",
	"E_ID",
	"E_TEXT",
	"E_ENUM",
	"E_ITEMS",
	"E_REQUIRED",
	"E_FIELD_UNKNOWN",
	"E_DUPLICATE",
	"E_REF",
	"E_FIELD_CONFLICT",
	"E_DATE_ORDER",
	"E_NO_ACTIVITY",
	"E_STAGE",
	"E_KEY_SUM",
	"E_KEY_ZERO",
	"E_KEY_MISSING",
	"E_KEY_FULL",
	"E_PERIOD_SHAPE",
	"E_PERIOD_OUTSIDE",
	"E_PERIOD_OVERLAP",
	"E_PERIOD_GAP",
	"E_DOUBLE_FUNDING",
	"E_NO_DECISION_YET",
	"E_NAC_DOUBLE_PROFIT",
	"E_PROFIT_OVER_MAX",
	"E_CONTROL_INTERVAL",
	"E_RULE_UNCONFIRMED",
	"E_REGIME_DATE",
	"E_GGE_DURATION",
	"E_GGE_CONDITION",
	"E_GGE_OVER_CEILING",
	NULL,
};
static const char *const of_json[] = {
	"E_JSON_SIZE",  "E_JSON_EMPTY",  "E_JSON_UTF8",      "E_JSON_SYNTAX",
	"E_JSON_DEPTH", "E_JSON_STRING", "E_JSON_DUPLICATE", NULL,
};
static const char *const of_findings[] = {
	"E_CUMUL_SAME_SGEI",  "E_TIMELINE_BREACH",   "E_END_CHECK_MISSING",
	"E_RETROACTIVE",      "E_ACT_INCOMPLETE",    "E_NOTIFY_FIRST",
	"W_KEY_CHANGED",      "W_REASON_MISSING",    "W_COUNTERFACTUAL_OTHER_FIRM",
	"W_UNDERCOMPENSATED", "W_PROFIT_NPV",        "W_CONTROL_DUE",
	"W_RULE_UNCONFIRMED", "W_PROFIT_CHECK",      "W_SUCCESSIVE_SAME_SGEI",
	"W_ART7_COVER",       "W_REGISTER_LATE",     "W_CAP_NEAR",
	"W_BOTH_REGIMES",     "W_GENERAL_SAME_SGEI", "W_SUBSIDY",
	"W_RETROACTIVE",      "W_ACT_ITEM",          NULL,
};

static bool is_text(const struct sieg_json *value, const char *text)
{
	return value && value->kind == SIEG_JSON_TEXT && value->length == strlen(text) &&
	       memcmp(value->text, text, value->length) == 0;
}

static bool is_one_of(const struct sieg_json *value, const char *const *list)
{
	while (*list && !is_text(value, *list))
		list++;
	return *list != NULL;
}

static const struct sieg_json *member(const struct sieg_json *object, const char *name)
{
	const struct sieg_json *m = object->first;

	while (m && (m->key_length != strlen(name) || memcmp(m->key, name, m->key_length) != 0))
		m = m->next;
	return m;
}

/* As bytes; the shorter one first where they begin alike. */
static int compare(const char *left, size_t l, const char *right, size_t r)
{
	int order = memcmp(left, right, l < r ? l : r);

	return order ? order : (l > r) - (l < r);
}

/* Keys rise, no null is written, and no message is empty. */
static void check_members(const struct sieg_json *value)
{
	must(value->kind != SIEG_JSON_NULL);
	for (const struct sieg_json *m = value->first; m; m = m->next) {
		if (value->kind == SIEG_JSON_OBJECT && m->next)
			must(compare(m->key, m->key_length, m->next->key, m->next->key_length) < 0);
		check_members(m);
	}
}

/* Errors or findings: of the codes that are theirs, rising by path and code, with a message. */
static void check_issues(const struct sieg_json *list, const char *const *codes)
{
	must(list && list->kind == SIEG_JSON_ARRAY);
	for (const struct sieg_json *issue = list->first; issue; issue = issue->next) {
		const struct sieg_json *code = member(issue, "code"), *path = member(issue, "path");
		const struct sieg_json *message = member(issue, "message");

		must(is_one_of(code, codes));
		must(path && path->kind == SIEG_JSON_TEXT);
		must(message && message->kind == SIEG_JSON_TEXT && message->length > 0);
		if (issue->next) {
			const struct sieg_json *next = member(issue->next, "path");
			const struct sieg_json *next_code = member(issue->next, "code");
			int order = compare(path->text, path->length, next->text, next->length);

			must(order < 0 ||
			     (order == 0 && compare(code->text, code->length, next_code->text,
						    next_code->length) < 0));
		}
	}
}

static void check_result(const struct sieg_json *result, const char *operation)
{
	const struct sieg_json *findings = member(result, "findings"), *rules;

	must(is_text(member(result, "contract"), "halle-sieg/1"));
	must(is_text(member(result, "operation"), operation));
	check_issues(findings, of_findings);
	for (const struct sieg_json *f = findings->first; f; f = f->next)
		must(is_text(member(f, "level"),
			     *member(f, "code")->text == 'E' ? "stop" : "warn"));
	rules = member(result, "rules");
	must(rules && rules->kind == SIEG_JSON_ARRAY);
	for (const struct sieg_json *r = rules->first; r && r->next; r = r->next) {
		const struct sieg_json *id = member(r, "id"), *next = member(r->next, "id");

		must(compare(id->text, id->length, next->text, next->length) < 0);
	}
}

static void check(struct sieg_arena *a, const struct sieg_answer *answer, const char *operation)
{
	enum sieg_code problem;
	const struct sieg_json *json;
	char *again, *end;

	must(answer->length > 1 && answer->bytes[answer->length - 1] == '\n');
	must(!memchr(answer->bytes, '\n', answer->length - 1));
	json = sieg_json_read(a, answer->bytes, answer->length, &problem);
	must(json && json->kind == SIEG_JSON_OBJECT);
	check_members(json);
	again = malloc(6 * answer->length + 16);
	end = write_again(again, json);
	must((size_t)(end - again) == answer->length - 1);
	must(memcmp(again, answer->bytes, answer->length - 1) == 0);
	free(again);
	switch (answer->code) {
	case 0:
		check_result(json, operation);
		return;
	case 1:
		must(json->n == 1 && member(json, "errors")->n > 0);
		check_issues(member(json, "errors"), of_shape_and_rules);
		return;
	case 2:
		must(json->n == 1 && member(json, "errors")->n == 1);
		check_issues(member(json, "errors"), of_json);
		must(member(member(json, "errors")->first, "path")->length == 0);
		return;
	default:
		must(false);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct sieg_arena *a = sieg_arena_new(), *b = sieg_arena_new();
	enum sieg_operation o = size ? data[0] % SIEG_N_OPERATIONS : SIEG_SHEET;
	struct sieg_answer answer, again;
	const char *document = (const char *)data + (size > 0);

	/* The next one that is known. */
	while (!sieg_operation_name(o))
		o = (o + 1) % SIEG_N_OPERATIONS;
	size -= size > 0;
	answer = sieg_answer(a, o, document, size);
	check(a, &answer, sieg_operation_name(o));
	again = sieg_answer(b, o, document, size);
	must(again.code == answer.code && again.length == answer.length);
	must(memcmp(again.bytes, answer.bytes, answer.length) == 0);
	sieg_arena_free(a);
	sieg_arena_free(b);
	return 0;
}
