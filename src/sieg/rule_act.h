/*
 * rule_act.h - what the law, and practice, ask of an entrustment act, as data: which items it
 * holds by which route, and what other duties begin at which amount.
 *
 * A new item or threshold is a new row here or in rule_act.c, and its tests. Sources: article 4
 * of Decisions 2005/842/EC and 2012/21/EU (obligations, undertaking and territory, rights,
 * mechanism, recovery, reference to the decision), 5(9) of the latter (separate accounts); recital
 * 9 of Regulation (EU) 2023/2832; practice for the rest.
 */
#ifndef SIEG_RULE_ACT_H
#define SIEG_RULE_ACT_H

#include "sieg/rule.h"

/* By which route the act's compensation is paid. */
enum sieg_act_route {
	SIEG_ACT_ALTMARK,
	SIEG_ACT_DECISION,
	SIEG_ACT_FRAMEWORK,
	SIEG_ACT_DE_MINIMIS,
	SIEG_N_ACT_ROUTES,
};

struct sieg_act_rule {
	enum sieg_rule rule; /* of the items without which the act is not one; SIEG_NO_RULE: the
			      * decision's own, and there must be one */
	bool must_precede;   /* an act that comes late is none at all */
	bool publishes;      /* as the decision tells */
};

const struct sieg_act_rule *sieg_act_rule(enum sieg_act_route route);

/* Routes, as bits. */
#define SIEG_ACT_BIT(route) (1U << (route))
#define SIEG_ACT_NONE       0U
#define SIEG_ACT_SMALL      SIEG_ACT_BIT(SIEG_ACT_DE_MINIMIS)
#define SIEG_ACT_EVERY      (SIEG_ACT_BIT(SIEG_N_ACT_ROUTES) - 1)
#define SIEG_ACT_LARGE      (SIEG_ACT_EVERY & ~SIEG_ACT_SMALL)

/*
 * In the order of the identifiers' bytes: the routes where an act without it is incomplete, those
 * where it is advised, and whether only to associations (law 2000-321, article 10-1).
 */
/* clang-format off */
#define SIEG_ACT_ITEMS(X) \
	X(SIEG_ITEM_AMENDMENT, "amendment", SIEG_ACT_NONE, SIEG_ACT_EVERY, false) \
	X(SIEG_ITEM_CAP, "cap", SIEG_ACT_NONE, SIEG_ACT_EVERY, false) \
	X(SIEG_ITEM_CARRY_CLAUSE, "carry_clause", SIEG_ACT_NONE, SIEG_ACT_LARGE, false) \
	X(SIEG_ITEM_CONTROL_CALENDAR, "control_calendar", SIEG_ACT_NONE, SIEG_ACT_EVERY, false) \
	X(SIEG_ITEM_DECISION_REFERENCE, "decision_reference", SIEG_ACT_LARGE, SIEG_ACT_NONE, false) \
	X(SIEG_ITEM_DELIBERATION, "deliberation", SIEG_ACT_NONE, SIEG_ACT_EVERY, false) \
	X(SIEG_ITEM_DM_AMOUNT, "dm_amount", SIEG_ACT_SMALL, SIEG_ACT_NONE, false) \
	X(SIEG_ITEM_DM_REGULATION, "dm_regulation", SIEG_ACT_SMALL, SIEG_ACT_NONE, false) \
	X(SIEG_ITEM_DM_SERVICE, "dm_service", SIEG_ACT_SMALL, SIEG_ACT_NONE, false) \
	X(SIEG_ITEM_DOCUMENTS, "documents", SIEG_ACT_NONE, SIEG_ACT_EVERY, false) \
	X(SIEG_ITEM_END_SETTLEMENT, "end_settlement", SIEG_ACT_NONE, SIEG_ACT_EVERY, false) \
	X(SIEG_ITEM_FUNDER_SHARES, "funder_shares", SIEG_ACT_NONE, SIEG_ACT_EVERY, false) \
	X(SIEG_ITEM_MECHANISM, "mechanism", SIEG_ACT_LARGE, SIEG_ACT_NONE, false) \
	X(SIEG_ITEM_METHOD, "method", SIEG_ACT_LARGE, SIEG_ACT_NONE, false) \
	X(SIEG_ITEM_OBLIGATIONS, "obligations", SIEG_ACT_LARGE, SIEG_ACT_NONE, false) \
	X(SIEG_ITEM_PAYMENT_CALENDAR, "payment_calendar", SIEG_ACT_NONE, SIEG_ACT_EVERY, false) \
	X(SIEG_ITEM_PENALTIES, "penalties", SIEG_ACT_NONE, SIEG_ACT_EVERY, false) \
	X(SIEG_ITEM_PERSONAL_DATA, "personal_data", SIEG_ACT_NONE, SIEG_ACT_EVERY, false) \
	X(SIEG_ITEM_PROFIT_PARAMETERS, "profit_parameters", SIEG_ACT_NONE, SIEG_ACT_EVERY, false) \
	X(SIEG_ITEM_PUBLICATION, "publication", SIEG_ACT_NONE, SIEG_ACT_EVERY, false) \
	X(SIEG_ITEM_RECORD_PERIOD, "record_period", SIEG_ACT_NONE, SIEG_ACT_EVERY, false) \
	X(SIEG_ITEM_RECOVERY, "recovery", SIEG_ACT_LARGE, SIEG_ACT_NONE, false) \
	X(SIEG_ITEM_REPUBLICAN_COMMITMENT, "republican_commitment", SIEG_ACT_NONE, SIEG_ACT_EVERY, true) \
	X(SIEG_ITEM_RIGHTS, "rights", SIEG_ACT_LARGE, SIEG_ACT_NONE, false) \
	X(SIEG_ITEM_SEPARATE_ACCOUNTS, "separate_accounts", SIEG_ACT_LARGE, SIEG_ACT_NONE, false) \
	X(SIEG_ITEM_UNDERTAKING_TERRITORY, "undertaking_territory", SIEG_ACT_LARGE, SIEG_ACT_NONE, false) \
	X(SIEG_ITEM_VOLUMES, "volumes", SIEG_ACT_NONE, SIEG_ACT_EVERY, false)
/* clang-format on */

#define SIEG_ACT_ITEM_NAME(name, id, blocks, advised, associations) name,
enum sieg_act_item { SIEG_ACT_ITEMS(SIEG_ACT_ITEM_NAME) SIEG_N_ACT_ITEMS };
#undef SIEG_ACT_ITEM_NAME

struct sieg_act_item_rule {
	const char *id;
	unsigned blocks, advised; /* bits of enum sieg_act_route */
	bool of_associations;
};

const struct sieg_act_item_rule *sieg_act_item_rule(enum sieg_act_item item);

/* What begins above an amount of a year. The publication that a decision asks for comes with the
 * decision (struct sieg_regime). */
struct sieg_threshold {
	const char *id;
	sieg_cents limit;
	enum sieg_rule rule;
	bool of_associations;
};

#define SIEG_N_THRESHOLDS 3

extern const struct sieg_threshold sieg_thresholds[SIEG_N_THRESHOLDS];

#endif
