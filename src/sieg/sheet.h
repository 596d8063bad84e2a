/*
 * sheet.h - the compensation sheet: what may be paid for a service, year by year and operator by
 * operator (CONTRACT, section 7).
 *
 * Decision 2012/21/EU, article 5(2): costs less revenues, or the net cost with the obligation
 * less the net cost without; and a reasonable profit, 5(5) to 5(8). Amounts are in cents, rates
 * and quantities exact, percentages in percent.
 */
#ifndef SIEG_SHEET_H
#define SIEG_SHEET_H

#include "sieg/issue.h"

enum sieg_stage { SIEG_EX_ANTE, SIEG_EX_POST };
enum sieg_method { SIEG_COST, SIEG_AVOIDED, SIEG_UNIT };
enum sieg_key_type { SIEG_PERCENT, SIEG_RATIO };

enum sieg_cost_kind { SIEG_DIRECT, SIEG_COMMON, SIEG_ASSET, SIEG_EXCLUDED };

enum sieg_why {
	SIEG_NO_WHY,
	SIEG_NOT_SGEI,
	SIEG_FINE,
	SIEG_OUT_OF_PERIOD,
	SIEG_VAT,
	SIEG_IN_KIND,
	SIEG_PROVISION,
	SIEG_TRANSFER,
};

enum sieg_revenue_kind {
	SIEG_USERS,
	SIEG_SALES,
	SIEG_GRANT_REVENUE,
	SIEG_EU,
	SIEG_INSURANCE,
	SIEG_RELEASED_GRANT,
	SIEG_EXCESS_PROFIT,
	SIEG_OTHER_ADVANTAGE,
};

enum sieg_profit_basis { SIEG_CAPITAL, SIEG_OTHER_BASIS };
enum sieg_fulfilment_base { SIEG_BASE_CAP, SIEG_BASE_AMOUNT };

/* The words of the enumerations above, ended by SIEG_LAST_WORD (shape.h). */
extern const char *const sieg_sector_words[],
	*const sieg_stage_words[], *const sieg_method_words[],
					   *const sieg_cost_words[],
						   *const sieg_why_words[],
							   *const sieg_revenue_words[];

/* ---- what is asked ------------------------------------------------------------ */

struct sieg_sheet_act {
	const char *id;
	sieg_day act_date, start, end;
	enum sieg_sector sector;
};

struct sieg_share {
	const char *funder;
	struct sieg_rate value;
};

struct sieg_funding {
	enum sieg_key_type type;
	struct sieg_share *share;
	size_t n_shares;
};

struct sieg_activity {
	const char *id;
	bool inside; /* part of the service */
};

struct sieg_key_value {
	const char *activity;
	struct sieg_rate value;
};

struct sieg_key_of_costs {
	const char *id, *source, *reason;
	enum sieg_key_type type;
	struct sieg_key_value *value;
	size_t n_values;
};

struct sieg_asset {
	sieg_cents cost;
	sieg_day in_service;
	int64_t life; /* years */
	struct sieg_optional_cents grant;
};

struct sieg_cost {
	const char *id, *label, *account, *activity, *key, *reason;
	enum sieg_cost_kind kind;
	enum sieg_why why;
	struct sieg_optional_cents amount, forecast;
	struct sieg_asset *asset;
};

struct sieg_revenue {
	const char *id, *label, *activity, *key, *reference, *reason;
	enum sieg_revenue_kind kind;
	sieg_cents amount;
	struct sieg_optional_cents forecast;
};

struct sieg_profit {
	enum sieg_profit_basis basis;
	struct sieg_optional_cents capital, maximum;
	struct sieg_rate swap;
	const char *reason;
	sieg_cents claimed;
};

struct sieg_simple_line {
	const char *id;
	sieg_cents amount;
};

struct sieg_counterfactual {
	const char *description;
	bool same_undertaking, profit_free;
	struct sieg_simple_line *cost, *revenue;
	size_t n_costs, n_revenues;
};

struct sieg_unit {
	sieg_cents price;
	struct sieg_rate planned, delivered;
};

struct sieg_criterion {
	const char *id;
	struct sieg_rate target, delivered, weight;
};

struct sieg_fulfilment {
	enum sieg_fulfilment_base base;
	struct sieg_criterion *criterion;
	size_t n_criteria;
};

struct sieg_paid {
	const char *funder, *reference;
	sieg_cents amount;
};

struct sieg_monitoring {
	const char *id;
	struct sieg_rate quantity, total;
};

struct sieg_sheet_year {
	sieg_day from, to;
	struct sieg_key_of_costs *key;
	struct sieg_cost *cost;
	struct sieg_revenue *revenue;
	struct sieg_paid *paid;
	struct sieg_monitoring *monitoring;
	size_t n_keys, n_costs, n_revenues, n_paid, n_monitoring;
	struct sieg_profit *profit;
	struct sieg_counterfactual *counterfactual;
	struct sieg_unit *unit;
	struct sieg_optional_cents cap;
	struct sieg_fulfilment *fulfilment;
};

struct sieg_profit_proof {
	struct sieg_rate swap;
	sieg_cents *flow; /* from year 0 */
	size_t n_flows;
};

struct sieg_operator {
	const char *id;
	struct sieg_activity *activity;
	struct sieg_sheet_year *year;
	size_t n_activities, n_years;
	struct sieg_profit_proof *profit_proof;
};

struct sieg_sheet {
	const char *dossier;
	struct sieg_sheet_act *act;
	enum sieg_stage stage;
	enum sieg_method method;
	struct sieg_rate reason_above;
	struct sieg_funding *funding;
	struct sieg_operator *operator_;
	size_t n_operators;
};

/* ---- what comes out ------------------------------------------------------------ */

struct sieg_part {
	const char *activity;
	sieg_cents cents;
};

/* A cost or a revenue, and how much of it is the service's. */
struct sieg_line {
	const char *id, *kind, *activity, *key;
	sieg_cents amount, inside;
	enum sieg_why why;
	enum sieg_rule rule;
	enum sieg_rounding rounding;
	bool from_asset;        /* the part of an investment grant that is released */
	struct sieg_part *part; /* by key */
	size_t n_parts;
};

enum sieg_term {
	SIEG_TERM_NET_COST,
	SIEG_TERM_NET_AVOIDED_COST,
	SIEG_TERM_UNIT_DELIVERED,
	SIEG_TERM_UNIT_PLANNED,
	SIEG_TERM_CAP,
	SIEG_TERM_FULFILMENT,
};

const char *sieg_term_name(enum sieg_term term);

#define SIEG_MOST_TERMS 5

struct sieg_term_figure {
	enum sieg_term term;
	struct sieg_figure figure;
};

struct sieg_funder_part {
	const char *funder;
	struct sieg_figure figure;
};

struct sieg_monitoring_result {
	const char *id, *percent; /* NULL without a total */
	struct sieg_figure per_unit;
};

struct sieg_difference {
	const char *id, *reason;
	const char *percent; /* NULL when nothing was forecast */
	sieg_cents forecast, actual, difference;
};

struct sieg_year_result {
	sieg_day from, to;
	int days, days_in_year;
	const char *fraction;
	struct sieg_line *cost, *revenue;
	size_t n_costs, n_revenues;
	struct sieg_figure cost_total, revenue_total, net_cost;
	bool has_profit, has_without, has_paid;
	struct sieg_figure profit_max, profit, net_cost_without;
	const char *fulfilment_ratio; /* NULL without the clause */
	struct sieg_term_figure term[SIEG_MOST_TERMS];
	size_t n_terms;
	enum sieg_term binding;
	struct sieg_figure allowed, paid, balance;
	struct sieg_funder_part *funder;
	size_t n_funders;
	struct sieg_monitoring_result *monitoring;
	size_t n_monitoring;
	struct sieg_difference *difference;
	size_t n_differences;
};

struct sieg_operator_result {
	const char *id;
	struct sieg_year_result *year;
	size_t n_years;
	struct sieg_figure allowed;
	bool has_proof, too_high;
	struct sieg_figure npv;
	bool has_average, above;
	sieg_cents sum;
	const char *years; /* of the average: a fraction */
	struct sieg_figure ceiling;
};

struct sieg_sheet_result {
	const struct sieg_regime *regime;
	struct sieg_operator_result *operator_;
	size_t n_operators;
	struct sieg_figure allowed;
	struct sieg_funder_part *funder;
	size_t n_funders;
	struct sieg_issues findings;
};

/* Stages B and C. NULL, with `errors`, when the document cannot be computed. Everything lives in
 * the arena of `errors`. */
struct sieg_sheet_result *sieg_sheet(const struct sieg_sheet *in, struct sieg_issues *errors);

#endif
