/*
 * issue.h - what is wrong with a document, or to be known about a result: a code, where, and a
 * plain sentence.
 *
 * A code in E_ is an error of the document, or a finding that stops; one in W_ warns. A path is a
 * JSON pointer (RFC 6901) into the document.
 */
#ifndef SIEG_ISSUE_H
#define SIEG_ISSUE_H

#include <stdarg.h>

#include "sieg/rule.h"

struct sieg_arena;

/* In the order of their bytes. */
/* clang-format off */
#define SIEG_CODES(X) \
	X(E_ACT_INCOMPLETE) \
	X(E_CONTROL_INTERVAL) \
	X(E_CUMUL_SAME_SGEI) \
	X(E_DATE) \
	X(E_DATE_ORDER) \
	X(E_DOUBLE_FUNDING) \
	X(E_DUPLICATE) \
	X(E_END_CHECK_MISSING) \
	X(E_ENUM) \
	X(E_FIELD_CONFLICT) \
	X(E_FIELD_UNKNOWN) \
	X(E_GGE_CONDITION) \
	X(E_GGE_DURATION) \
	X(E_GGE_OVER_CEILING) \
	X(E_ID) \
	X(E_ITEMS) \
	X(E_JSON_DEPTH) \
	X(E_JSON_DUPLICATE) \
	X(E_JSON_EMPTY) \
	X(E_JSON_SIZE) \
	X(E_JSON_STRING) \
	X(E_JSON_SYNTAX) \
	X(E_JSON_UTF8) \
	X(E_KEY_FULL) \
	X(E_KEY_MISSING) \
	X(E_KEY_NEGATIVE) \
	X(E_KEY_SUM) \
	X(E_KEY_ZERO) \
	X(E_MONEY_FLOAT) \
	X(E_MONEY_FORMAT) \
	X(E_NAC_DOUBLE_PROFIT) \
	X(E_NEGATIVE) \
	X(E_NOTIFY_FIRST) \
	X(E_NO_ACTIVITY) \
	X(E_NO_DECISION_YET) \
	X(E_OPERATION) \
	X(E_OVERFLOW) \
	X(E_PERIOD_GAP) \
	X(E_PERIOD_OUTSIDE) \
	X(E_PERIOD_OVERLAP) \
	X(E_PERIOD_SHAPE) \
	X(E_PROFIT_OVER_MAX) \
	X(E_RANGE) \
	X(E_RATE_FLOAT) \
	X(E_RATE_FORMAT) \
	X(E_REF) \
	X(E_REGIME_DATE) \
	X(E_REQUIRED) \
	X(E_RETROACTIVE) \
	X(E_RULE_UNCONFIRMED) \
	X(E_STAGE) \
	X(E_TEXT) \
	X(E_TIMELINE_BREACH) \
	X(E_TYPE) \
	X(W_ACT_ITEM) \
	X(W_ART7_COVER) \
	X(W_BOTH_REGIMES) \
	X(W_CAP_NEAR) \
	X(W_CONTROL_DUE) \
	X(W_COUNTERFACTUAL_OTHER_FIRM) \
	X(W_GENERAL_SAME_SGEI) \
	X(W_KEY_CHANGED) \
	X(W_PROFIT_CHECK) \
	X(W_PROFIT_NPV) \
	X(W_REASON_MISSING) \
	X(W_REGISTER_LATE) \
	X(W_RETROACTIVE) \
	X(W_RULE_UNCONFIRMED) \
	X(W_SUBSIDY) \
	X(W_SUCCESSIVE_SAME_SGEI) \
	X(W_UNDERCOMPENSATED)
/* clang-format on */

#define SIEG_CODE_NAME(code) SIEG_##code,
enum sieg_code { SIEG_CODES(SIEG_CODE_NAME) SIEG_N_CODES };
#undef SIEG_CODE_NAME

struct sieg_issue {
	enum sieg_code code;
	enum sieg_rule rule; /* of a finding */
	const char *path;
	const char *message; /* in French, for people */
};

struct sieg_issues {
	struct sieg_arena *arena;
	struct sieg_issue *issue;
	size_t n_issues, capacity;
};

const char *sieg_code_name(enum sieg_code code);

/* Of a finding: W_ codes warn. */
bool sieg_code_stops(enum sieg_code code);

void sieg_issues_init(struct sieg_issues *list, struct sieg_arena *a);

/* Adds one at the path that `format` makes. Its message is the code's. */
__attribute__((format(printf, 4, 5))) void sieg_issue(struct sieg_issues *list, enum sieg_code code,
						      enum sieg_rule rule, const char *format, ...);

/* Idem, with a path that is ready and a message of its own (NULL: the code's). */
void sieg_issue_at(struct sieg_issues *list, enum sieg_code code, const char *path,
		   const char *message);

/* By path, compared as bytes, then by code; the same twice is once. */
void sieg_issues_sort(struct sieg_issues *list);

#endif
