/*
 * act_check.h - whether an entrustment act says what it must, in time; and which thresholds its
 * amounts pass (CONTRACT, section 10).
 *
 * Items, thresholds and routes are rows of rule_act.h. Amounts are in cents.
 */
#ifndef SIEG_ACT_CHECK_H
#define SIEG_ACT_CHECK_H

#include "sieg/issue.h"
#include "sieg/rule_act.h"

/* ---- what is asked ------------------------------------------------------------ */

struct sieg_checked_act {
	const char *id;
	sieg_day act_date, start, end;
	sieg_day first_payment; /* 0: not given */
};

struct sieg_act_items {
	const char *text[SIEG_N_ACT_ITEMS]; /* the clause or where it is; NULL: absent */
};

struct sieg_parameter_change {
	sieg_day decided_on, governs_from;
};

struct sieg_act_check {
	const char *dossier;
	struct sieg_checked_act *act;
	enum sieg_act_route route;
	struct sieg_act_items *items;
	sieg_cents *annual; /* a year each, of all funders */
	struct sieg_parameter_change *parameter_change;
	size_t n_annual, n_parameter_changes;
	bool outside_activities, association;
};

/* ---- what comes out ------------------------------------------------------------ */

struct sieg_item_result {
	enum sieg_act_item item;
	enum sieg_rule rule;
	bool blocking, present;
};

struct sieg_threshold_result {
	const char *id;
	sieg_cents limit;
	enum sieg_rule rule;
	bool exceeded;
};

struct sieg_act_check_result {
	const struct sieg_regime *regime;               /* NULL before the first */
	struct sieg_item_result item[SIEG_N_ACT_ITEMS]; /* by id; those of the route only */
	size_t n_items;
	sieg_cents amount; /* the largest of a year */
	struct sieg_threshold_result threshold[SIEG_N_THRESHOLDS + 1];
	size_t n_thresholds; /* 0 when no amount was given */
	bool blocked;        /* a finding stops */
	struct sieg_issues findings;
};

/* NULL, with `errors`, when the document cannot be computed: E_DATE_ORDER, E_NO_DECISION_YET.
 * Everything lives in the arena of `errors`. */
struct sieg_act_check_result *sieg_act_check(const struct sieg_act_check *in,
					     struct sieg_issues *errors);

#endif
