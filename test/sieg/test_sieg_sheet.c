/* The compensation sheet: examples worked by hand, what each limit lets pass, what is refused. */
#include "kit.h"

#include <string.h>

#include "sieg/scalar.h"
#include "sieg/sheet.h"

/* One act, one operator with an activity inside and one outside, one year; tests change it. */
struct world {
	struct sieg_sheet_act act;
	struct sieg_activity activity[2];
	struct sieg_key_value value[3];
	struct sieg_key_of_costs key;
	struct sieg_cost cost[4];
	struct sieg_revenue revenue[4];
	struct sieg_asset asset;
	struct sieg_profit profit;
	struct sieg_sheet_year year[3];
	struct sieg_operator operator_;
	struct sieg_share share[3];
	struct sieg_funding funding;
	struct sieg_sheet sheet;
};

static struct sieg_rate rate(const char *text)
{
	struct sieg_rate r;

	assert_int_equal(sieg_read_rate(text, strlen(text), &r), SIEG_N_CODES);
	return r;
}

static struct sieg_optional_cents some(sieg_cents cents)
{
	return (struct sieg_optional_cents){ cents, true };
}

static struct sieg_cost direct(const char *id, sieg_cents cents)
{
	return (struct sieg_cost){
		.id = id, .kind = SIEG_DIRECT, .activity = "in", .amount = some(cents)
	};
}

static struct sieg_revenue users(const char *id, sieg_cents cents)
{
	return (struct sieg_revenue){
		.id = id, .kind = SIEG_USERS, .activity = "in", .amount = cents
	};
}

static void set_year(struct sieg_sheet_year *y, int from, int to)
{
	y->from = kit_day(from);
	y->to = kit_day(to);
}

/* Costs of 1,000.00 and revenues of 400.00 in 2022. */
static struct world *world(struct kit *kit)
{
	struct world *w = sieg_make(kit->a, struct world, 1);

	w->act = (struct sieg_sheet_act){ "act", kit_day(20211201), kit_day(19900101),
					  kit_day(21001231), SIEG_GENERAL };
	w->activity[0] = (struct sieg_activity){ "in", true };
	w->activity[1] = (struct sieg_activity){ "out", false };
	w->value[0] = (struct sieg_key_value){ "in", { 50, 1 } };
	w->value[1] = (struct sieg_key_value){ "out", { 50, 1 } };
	w->key = (struct sieg_key_of_costs){
		.id = "k", .type = SIEG_PERCENT, .source = "s", .value = w->value, .n_values = 2
	};
	w->cost[0] = direct("c", 100000);
	w->revenue[0] = users("r", 40000);
	for (int j = 0; j < 3; j++) {
		set_year(&w->year[j], (2022 + j) * 10000 + 101, (2022 + j) * 10000 + 1231);
		w->year[j].key = &w->key;
		w->year[j].n_keys = 1;
		w->year[j].cost = w->cost;
		w->year[j].n_costs = 1;
		w->year[j].revenue = w->revenue;
		w->year[j].n_revenues = 1;
	}
	w->operator_ = (struct sieg_operator){
		.id = "o", .activity = w->activity, .n_activities = 2, .year = w->year, .n_years = 1
	};
	w->share[0] = (struct sieg_share){ "a", { 1, 1 } };
	w->share[1] = (struct sieg_share){ "b", { 1, 1 } };
	w->share[2] = (struct sieg_share){ "c", { 1, 1 } };
	w->funding = (struct sieg_funding){ SIEG_RATIO, w->share, 3 };
	w->sheet = (struct sieg_sheet){ .act = &w->act,
					.stage = SIEG_EX_POST,
					.method = SIEG_COST,
					.operator_ = &w->operator_,
					.n_operators = 1 };
	return w;
}

static struct sieg_sheet_result *compute(struct kit *kit, struct world *w)
{
	struct sieg_sheet_result *r;

	sieg_issues_init(&kit->errors, kit->a);
	r = sieg_sheet(&w->sheet, &kit->errors);
	sieg_issues_sort(&kit->errors);
	return r;
}

static struct sieg_sheet_result *result_of(struct kit *kit, struct world *w)
{
	struct sieg_sheet_result *r = compute(kit, w);

	if (!r)
		fail_msg("%s", kit_issues(kit, &kit->errors));
	return r;
}

static const struct sieg_year_result *year_of(struct kit *kit, struct world *w)
{
	return &result_of(kit, w)->operator_[0].year[0];
}

static const char *errors_of(struct kit *kit, struct world *w)
{
	assert_null(compute(kit, w));
	return kit_issues(kit, &kit->errors);
}

static const char *findings_of(struct kit *kit, struct world *w)
{
	return kit_issues(kit, &result_of(kit, w)->findings);
}

static const char *rule_id(struct sieg_figure f)
{
	return sieg_rule_text(f.rule)->id;
}

/* ---- net cost ------------------------------------------------------------------------------- */

static void test_net_cost_is_costs_less_revenues_of_the_service(void **state)
{
	struct kit *kit = *state;
	struct world *w = world(kit);
	const struct sieg_year_result *y;

	w->cost[1] = (struct sieg_cost){
		.id = "x", .kind = SIEG_EXCLUDED, .why = SIEG_FINE, .amount = some(77700)
	};
	w->cost[2] = direct("elsewhere", 55500);
	w->cost[2].activity = "out";
	w->year[0].n_costs = 3;
	w->revenue[1] =
		(struct sieg_revenue){ .id = "e", .kind = SIEG_EXCESS_PROFIT, .amount = 1000 };
	w->revenue[2] = users("elsewhere", 33300);
	w->revenue[2].activity = "out";
	w->year[0].n_revenues = 3;
	y = year_of(kit, w);
	assert_int_equal(y->cost_total.cents, 100000);
	assert_int_equal(y->revenue_total.cents, 41000);
	assert_int_equal(y->net_cost.cents, 59000);
	assert_int_equal(y->allowed.cents, 59000);
	assert_int_equal(y->cost[1].inside, 0);
	assert_int_equal(y->cost[1].rule, SIEG_HAL_EXCL);
	assert_int_equal(y->cost[2].inside, 0);
	assert_int_equal(y->cost[2].amount, 55500);
	assert_int_equal(y->revenue[1].inside, 1000);
	assert_string_equal(rule_id(y->net_cost), "DEC12-N");
	assert_string_equal(rule_id(y->revenue_total), "DEC12-R");
	assert_int_equal(y->binding, SIEG_TERM_NET_COST);
	assert_string_equal(y->fraction, "1");
}

static void test_a_profit_of_the_service_allows_nothing(void **state)
{
	struct kit *kit = *state;
	struct world *w = world(kit);

	w->revenue[0].amount = 100000;
	assert_int_equal(year_of(kit, w)->allowed.cents, 0);
	w->revenue[0].amount = 100001;
	assert_int_equal(year_of(kit, w)->net_cost.cents, -1);
	assert_int_equal(year_of(kit, w)->allowed.cents, 0);
	w->revenue[0].amount = 99999;
	assert_int_equal(year_of(kit, w)->allowed.cents, 1);
}

static void test_the_cap_binds_from_one_cent_above_it(void **state)
{
	struct kit *kit = *state;
	struct world *w = world(kit);

	w->year[0].cap = some(60000);
	assert_int_equal(year_of(kit, w)->binding, SIEG_TERM_NET_COST);
	assert_string_equal(rule_id(year_of(kit, w)->allowed), "DEC12-N");
	w->cost[0].amount.cents++;
	assert_int_equal(year_of(kit, w)->binding, SIEG_TERM_CAP);
	assert_int_equal(year_of(kit, w)->allowed.cents, 60000);
	assert_string_equal(rule_id(year_of(kit, w)->allowed), "HAL-CAP");
	assert_string_equal(rule_id(result_of(kit, w)->operator_[0].allowed), "DEC12-N");
	w->year[0].cap = some(0);
	assert_int_equal(year_of(kit, w)->allowed.cents, 0);
	assert_int_equal(year_of(kit, w)->binding, SIEG_TERM_CAP);
}

static void test_a_common_cost_goes_by_its_key_to_the_cent(void **state)
{
	struct kit *kit = *state;
	struct world *w = world(kit);
	const struct sieg_year_result *y;

	w->cost[0] = (struct sieg_cost){
		.id = "c", .kind = SIEG_COMMON, .key = "k", .amount = some(101)
	};
	y = year_of(kit, w);
	assert_int_equal(y->cost[0].part[0].cents, 51); /* a tie goes to the first */
	assert_int_equal(y->cost[0].part[1].cents, 50);
	assert_int_equal(y->cost[0].inside, 51);
	w->value[0] = (struct sieg_key_value){ "out", { 50, 1 } };
	w->value[1] = (struct sieg_key_value){ "in", { 50, 1 } };
	assert_int_equal(year_of(kit, w)->cost[0].inside, 50);
	w->cost[0].amount = some(-101);
	y = year_of(kit, w);
	assert_int_equal(y->cost[0].part[0].cents, -51);
	assert_int_equal(y->cost[0].inside, -50);
	w->revenue[0] =
		(struct sieg_revenue){ .id = "r", .kind = SIEG_SALES, .key = "k", .amount = 3 };
	assert_int_equal(year_of(kit, w)->revenue[0].inside, 1);
}

/* ---- depreciation -----------------------------------------------------------------------------
 */

static void set_asset(struct world *w, sieg_cents cost, int in_service, int life)
{
	w->asset = (struct sieg_asset){ cost, kit_day(in_service), life, { 0, false } };
	w->cost[0] = (struct sieg_cost){
		.id = "c", .kind = SIEG_ASSET, .activity = "in", .asset = &w->asset
	};
}

static sieg_cents charge(struct kit *kit, struct world *w, int from, int to)
{
	const struct sieg_year_result *y;

	set_year(&w->year[0], from, to);
	y = year_of(kit, w);
	assert_int_equal(y->cost[0].amount, y->cost[0].inside);
	assert_int_equal(y->cost[0].rule, SIEG_HAL_DEPR);
	assert_int_equal(y->cost[0].rounding, SIEG_LINE);
	return y->cost[0].amount;
}

static void test_an_asset_is_charged_by_days_of_each_calendar_year(void **state)
{
	struct kit *kit = *state;
	struct world *w = world(kit);

	set_asset(w, 100000, 20230701, 2);
	assert_int_equal(charge(kit, w, 20220101, 20221231), 0);
	assert_int_equal(charge(kit, w, 20230101, 20231231), 25205); /* 50000 x 184 / 365 */
	assert_int_equal(charge(kit, w, 20240101, 20241231), 50000);
	assert_int_equal(charge(kit, w, 20240101, 20240131), 4235); /* 79440.08 - 75205.48 */
	assert_int_equal(charge(kit, w, 20250101, 20251231), 24795);
	assert_int_equal(charge(kit, w, 20250630, 20250630), 100000 - 99863);
	assert_int_equal(charge(kit, w, 20250701, 20251231), 0);
	set_asset(w, 36600, 20240101, 1);
	assert_int_equal(charge(kit, w, 20240229, 20240229), 100);
	assert_int_equal(charge(kit, w, 20240101, 20240630), 18200);
	set_asset(w, 36500, 20230101, 1);
	assert_int_equal(charge(kit, w, 20230101, 20230630), 18100);
	set_asset(w, 1, 20230101, 2); /* half a cent is rounded away from zero */
	assert_int_equal(charge(kit, w, 20230101, 20231231), 1);
	assert_int_equal(charge(kit, w, 20240101, 20241231), 0);
}

static void test_an_asset_in_service_on_29_february_ends_on_27_february(void **state)
{
	struct kit *kit = *state;
	struct world *w = world(kit);

	set_asset(w, 36600, 20240229, 1);
	assert_int_equal(charge(kit, w, 20240101, 20240228), 0);
	assert_int_equal(charge(kit, w, 20240229, 20240229), 100);
	assert_int_equal(charge(kit, w, 20240101, 20241231), 30700); /* 307 days of 366 */
	/* Up to the 26th: 57 of 365 more; what is left falls on the 27th. */
	assert_int_equal(charge(kit, w, 20250101, 20250226), 5716);
	assert_int_equal(charge(kit, w, 20250227, 20250227), 184);
	assert_int_equal(charge(kit, w, 20250228, 20250228), 0);
	set_asset(w, 36600, 20240229, 4); /* to 28 February 2028 */
	assert_true(charge(kit, w, 20280228, 20280228) > 0);
	assert_int_equal(charge(kit, w, 20280229, 20280229), 0);
}

/* The charges of a life, by years cut anywhere, sum to the cost; and so do grants. */
static void test_the_charges_of_a_life_sum_to_the_cost_and_released_grants_to_the_grant(
	void **state)
{
	static const sieg_cents costs[] = { 0, 1, 7, 99, 100000, 123456789, SIEG_CENTS_IN };
	static const int lives[] = { 1, 2, 3, 5, 7, 10, 33, 50, 99, 100 };
	static const int days[] = { 19900101, 19920229, 20000229, 20230301,
				    20231231, 20240229, 20240630 };
	struct kit *kit = *state;
	uint64_t seed = 7;

	for (size_t c = 0; c < sizeof(costs) / sizeof(*costs); c++)
		for (size_t l = 0; l < sizeof(lives) / sizeof(*lives); l++)
			for (size_t d = 0; d < sizeof(days) / sizeof(*days); d++) {
				struct world *w = world(kit);
				sieg_cents grant = costs[c] / 3, sum = 0, released = 0;
				sieg_day from = kit_day(days[d]), end;

				set_asset(w, costs[c], days[d], lives[l]);
				w->asset.grant = some(grant);
				end = sieg_add_years(from, lives[l]) - 1;
				while (from <= end && from < w->act.end) {
					const struct sieg_year_result *y;
					struct sieg_sheet_year *year = &w->year[0];

					year->from = from;
					year->to = from + (sieg_day)kit_draw(&seed, 365);
					if (sieg_year_of(year->to) != sieg_year_of(from))
						year->to = sieg_day_of(sieg_year_of(from), 12, 31);
					y = year_of(kit, w);
					assert_true(y->cost[0].amount >= 0);
					assert_int_equal(y->n_revenues, 2);
					assert_true(y->revenue[1].amount >= 0);
					sum += y->cost[0].amount;
					released += y->revenue[1].amount;
					from = year->to + 1;
				}
				if (end <= w->act.end) {
					assert_int_equal(sum, costs[c]);
					assert_int_equal(released, grant);
				} else {
					assert_true(sum <= costs[c] && released <= grant);
				}
				kit_again(kit);
			}
}

static void test_a_grant_is_released_after_the_declared_revenues_on_the_same_key(void **state)
{
	struct kit *kit = *state;
	struct world *w = world(kit);
	const struct sieg_line *line;

	set_asset(w, 100000, 20220101, 10);
	w->cost[0].activity = NULL;
	w->cost[0].key = "k";
	w->asset.grant = some(50010);
	line = &year_of(kit, w)->revenue[1];
	assert_string_equal(line->id, "c");
	assert_string_equal(line->kind, "released_grant");
	assert_true(line->from_asset);
	assert_int_equal(line->rule, SIEG_HAL_DEPR);
	assert_int_equal(line->rounding, SIEG_LINE);
	assert_int_equal(line->amount, 5001);
	assert_int_equal(line->inside, 2501);
	assert_int_equal(line->n_parts, 2);
	assert_string_equal(line->key, "k");
	assert_int_equal(year_of(kit, w)->revenue_total.cents, 40000 + 2501);
}

/* ---- profit
 * -------------------------------------------------------------------------------------- */

static sieg_cents most_profit(struct kit *kit, sieg_cents capital, const char *swap, int from,
			      int to)
{
	struct world *w = world(kit);

	set_year(&w->year[0], from, to);
	w->profit = (struct sieg_profit){ .basis = SIEG_CAPITAL,
					  .capital = some(capital),
					  .swap = rate(swap) };
	w->year[0].profit = &w->profit;
	return year_of(kit, w)->profit_max.cents;
}

static void test_the_profit_on_capital_is_rounded_down_and_never_below_zero(void **state)
{
	struct kit *kit = *state;

	assert_int_equal(most_profit(kit, 100001, "2", 20220101, 20221231), 3000);
	assert_int_equal(most_profit(kit, 99999, "2", 20220101, 20221231), 2999);
	assert_int_equal(most_profit(kit, 100000000, "2.37", 20220101, 20220131), 286219);
	assert_int_equal(most_profit(kit, 100000000, "2.37", 20240101, 20240131), 285437);
	assert_int_equal(most_profit(kit, 36600, "99", 20240229, 20240229), 100);
	assert_int_equal(most_profit(kit, 100000, "-0.5", 20220101, 20221231), 500);
	assert_int_equal(most_profit(kit, 100000, "-0.999999999999", 20220101, 20221231), 0);
	assert_int_equal(most_profit(kit, 100000, "-1", 20220101, 20221231), 0);
	assert_int_equal(most_profit(kit, 100000, "-1.5", 20220101, 20221231), 0);
	assert_int_equal(most_profit(kit, 100000, "-999999999999", 20220101, 20221231), 0);
	assert_int_equal(most_profit(kit, 300, "-2/3", 20220101, 20221231), 1);
	assert_int_equal(most_profit(kit, 299, "-2/3", 20220101, 20221231), 0);
	assert_int_equal(most_profit(kit, 0, "5", 20220101, 20221231), 0);
	assert_int_equal(most_profit(kit, SIEG_CENTS_IN, "9999", 20220101, 20221231),
			 SIEG_CENTS_OUT);
}

static void test_a_profit_is_asked_for_up_to_its_maximum(void **state)
{
	struct kit *kit = *state;
	struct world *w = world(kit);

	w->profit = (struct sieg_profit){
		.basis = SIEG_CAPITAL, .capital = some(100001), .swap = { 2, 1 }, .claimed = 3000
	};
	w->year[0].profit = &w->profit;
	assert_int_equal(year_of(kit, w)->allowed.cents, 63000);
	assert_int_equal(year_of(kit, w)->profit_max.rounding, SIEG_PROFIT_MAX);
	assert_string_equal(rule_id(year_of(kit, w)->profit), "DEC12-P");
	w->profit.claimed = 3001;
	assert_string_equal(errors_of(kit, w),
			    "/operators/0/years/0/profit/claimed E_PROFIT_OVER_MAX");
	w->profit = (struct sieg_profit){
		.basis = SIEG_OTHER_BASIS, .maximum = some(500), .reason = "x", .claimed = 500
	};
	assert_int_equal(year_of(kit, w)->allowed.cents, 60500);
	assert_int_equal(year_of(kit, w)->profit_max.rounding, SIEG_NOT_ROUNDED);
	w->profit.claimed = 501;
	assert_string_equal(errors_of(kit, w),
			    "/operators/0/years/0/profit/claimed E_PROFIT_OVER_MAX");
}

static void test_a_profit_may_fill_a_negative_net_cost(void **state)
{
	struct kit *kit = *state;
	struct world *w = world(kit);

	w->revenue[0].amount = 102000;
	w->profit = (struct sieg_profit){
		.basis = SIEG_OTHER_BASIS, .maximum = some(5000), .reason = "x", .claimed = 5000
	};
	w->year[0].profit = &w->profit;
	assert_int_equal(year_of(kit, w)->allowed.cents, 3000);
	w->revenue[0].amount = 105001;
	assert_int_equal(year_of(kit, w)->allowed.cents, 0);
}

/* ---- other methods
 * --------------------------------------------------------------------------------- */

static void test_the_avoided_cost_is_the_cost_with_less_the_cost_without(void **state)
{
	struct kit *kit = *state;
	struct world *w = world(kit);
	struct sieg_simple_line cost[] = { { "a", 30000 }, { "b", 5000 } };
	struct sieg_simple_line revenue[] = { { "a", 50000 } };
	struct sieg_counterfactual without = { "d", true, false, cost, revenue, 2, 1 };
	const struct sieg_year_result *y;

	w->sheet.method = SIEG_AVOIDED;
	w->year[0].counterfactual = &without;
	y = year_of(kit, w);
	assert_int_equal(y->net_cost_without.cents, -15000);
	assert_int_equal(y->allowed.cents, 75000);
	assert_int_equal(y->binding, SIEG_TERM_NET_AVOIDED_COST);
	assert_string_equal(findings_of(kit, w), "");
	without.same_undertaking = false;
	assert_string_equal(findings_of(kit, w),
			    "/operators/0/years/0/counterfactual/same_undertaking "
			    "W_COUNTERFACTUAL_OTHER_FIRM");
	revenue[0].amount = -25001; /* without: 600.01 */
	assert_int_equal(year_of(kit, w)->allowed.cents, 0);
	w->profit = (struct sieg_profit){ .basis = SIEG_OTHER_BASIS,
					  .maximum = some(5000),
					  .reason = "x" };
	w->year[0].profit = &w->profit;
	assert_int_equal(year_of(kit, w)->allowed.cents, 0);
	w->profit.claimed = 1;
	assert_string_equal(errors_of(kit, w),
			    "/operators/0/years/0/profit/claimed E_NAC_DOUBLE_PROFIT");
	w->profit.claimed = 5001;
	assert_string_equal(errors_of(kit, w),
			    "/operators/0/years/0/profit/claimed E_NAC_DOUBLE_PROFIT, "
			    "/operators/0/years/0/profit/claimed E_PROFIT_OVER_MAX");
	without.profit_free = true;
	w->profit.claimed = 5;
	assert_int_equal(year_of(kit, w)->allowed.cents, 4);
}

static void test_units_are_paid_as_delivered_and_as_planned_at_most(void **state)
{
	struct kit *kit = *state;
	struct world *w = world(kit);
	struct sieg_unit unit = { 333, { 1001, 10 }, { 1005, 10 } };
	const struct sieg_year_result *y;

	w->sheet.method = SIEG_UNIT;
	w->year[0].unit = &unit;
	w->year[0].cap = some(33333);
	y = year_of(kit, w);
	assert_int_equal(y->n_terms, 4);
	assert_int_equal(y->term[1].term, SIEG_TERM_UNIT_DELIVERED);
	assert_int_equal(y->term[1].figure.cents, 33467); /* 33466.5 */
	assert_int_equal(y->term[1].figure.rounding, SIEG_LINE);
	assert_int_equal(y->term[2].term, SIEG_TERM_UNIT_PLANNED);
	assert_int_equal(y->term[2].figure.cents, 33333); /* 33333.3 */
	assert_int_equal(y->binding, SIEG_TERM_UNIT_PLANNED);
	assert_string_equal(rule_id(y->allowed), "HAL-UNIT");
	assert_int_equal(y->allowed.rounding, SIEG_NOT_ROUNDED);
	unit.delivered = (struct sieg_rate){ 100, 1 };
	assert_int_equal(year_of(kit, w)->allowed.cents, 33300);
	unit.delivered = (struct sieg_rate){ 0, 1 };
	assert_int_equal(year_of(kit, w)->allowed.cents, 0);
	unit.delivered = (struct sieg_rate){ 0, 0 };
	assert_string_equal(errors_of(kit, w), "/operators/0/years/0/unit/delivered E_REQUIRED");
	w->sheet.stage = SIEG_EX_ANTE;
	set_year(&w->year[0], 20220101, 20221231);
	w->act.start = w->year[0].from;
	w->act.end = w->year[0].to;
	assert_int_equal(year_of(kit, w)->term[1].figure.cents, 33333);
}

static void test_what_is_fulfilled_is_counted_up_to_its_target(void **state)
{
	struct kit *kit = *state;
	struct world *w = world(kit);
	struct sieg_criterion criterion[] = {
		{ "a", { 10, 1 }, { 7, 1 }, { 1, 2 } },
		{ "b", { 3, 1 }, { 9, 1 }, { 1, 3 } },
		{ "c", { 3, 1 }, { 1, 1 }, { 1, 6 } },
	};
	struct sieg_fulfilment fulfilment = { SIEG_BASE_AMOUNT, criterion, 3 };
	const struct sieg_year_result *y;

	w->year[0].fulfilment = &fulfilment;
	y = year_of(kit, w); /* 7/20 + 1/3 + 1/18 = 133/180 */
	assert_string_equal(y->fulfilment_ratio, "133/180");
	assert_int_equal(y->allowed.cents, 44333); /* 60000 x 133 / 180 = 44333.3 */
	assert_int_equal(y->binding, SIEG_TERM_FULFILMENT);
	assert_int_equal(y->term[1].figure.rounding, SIEG_LINE);
	w->year[0].cap = some(50000);
	assert_int_equal(year_of(kit, w)->allowed.cents, 36944); /* of the cap: 36944.4 */
	fulfilment.base = SIEG_BASE_CAP;
	w->year[0].cap = some(70000);
	assert_int_equal(year_of(kit, w)->allowed.cents, 51722); /* of 70000: 51722.2 */
	criterion[0].delivered = (struct sieg_rate){ 10, 1 };
	criterion[2].delivered = (struct sieg_rate){ 3, 1 };
	y = year_of(kit, w);
	assert_string_equal(y->fulfilment_ratio, "1");
	assert_int_equal(y->binding, SIEG_TERM_NET_COST);
	w->year[0].cap = some(0);
	w->year[0].cap.given = false;
	assert_string_equal(errors_of(kit, w), "/operators/0/years/0/cap E_REQUIRED");
}

/* ---- what follows from the amount
 * -------------------------------------------------------------------- */

static void test_funders_share_each_year_to_the_cent_and_totals_are_sums(void **state)
{
	struct kit *kit = *state;
	struct world *w = world(kit);
	const struct sieg_sheet_result *r;

	w->sheet.funding = &w->funding;
	w->operator_.n_years = 3;
	w->cost[0].amount = some(40100); /* 1.00 a year */
	r = result_of(kit, w);
	for (size_t j = 0; j < 3; j++) {
		assert_int_equal(r->operator_[0].year[j].funder[0].figure.cents, 34);
		assert_int_equal(r->operator_[0].year[j].funder[2].figure.cents, 33);
		assert_int_equal(r->operator_[0].year[j].funder[2].figure.rounding, SIEG_SPLIT);
	}
	assert_int_equal(r->funder[0].figure.cents, 102);
	assert_int_equal(r->funder[1].figure.cents, 99);
	assert_int_equal(r->funder[1].figure.rounding, SIEG_NOT_ROUNDED);
	assert_int_equal(r->allowed.cents, 300);
}

static void test_what_was_paid_is_set_against_what_is_allowed(void **state)
{
	struct kit *kit = *state;
	struct world *w = world(kit);
	struct sieg_paid paid[] = { { "a", NULL, 50000 }, { "a", "ref", 10000 } };
	const struct sieg_year_result *y;

	y = year_of(kit, w);
	assert_false(y->has_paid);
	w->year[0].paid = paid;
	w->year[0].n_paid = 2;
	y = year_of(kit, w);
	assert_true(y->has_paid);
	assert_int_equal(y->balance.cents, 0);
	assert_string_equal(findings_of(kit, w), "");
	paid[0].amount--;
	assert_int_equal(year_of(kit, w)->balance.cents, 1);
	assert_string_equal(findings_of(kit, w), "/operators/0/years/0/paid W_UNDERCOMPENSATED");
	paid[0].amount += 2;
	assert_int_equal(year_of(kit, w)->balance.cents, -1);
	assert_string_equal(findings_of(kit, w), "");
	w->revenue[0].reference = "ref";
	assert_string_equal(errors_of(kit, w),
			    "/operators/0/years/0/revenues/0/reference E_DOUBLE_FUNDING");
}

static void test_a_difference_needs_a_reason_above_the_threshold_only(void **state)
{
	struct kit *kit = *state;
	struct world *w = world(kit);
	const struct sieg_year_result *y;

	w->sheet.reason_above = (struct sieg_rate){ 25, 2 };
	w->cost[0].forecast = some(80000);     /* 25 % */
	w->revenue[0].forecast = some(-32000); /* 225 % of its size */
	y = year_of(kit, w);
	assert_int_equal(y->n_differences, 2);
	assert_int_equal(y->difference[0].difference, 20000);
	assert_string_equal(y->difference[0].percent, "25.00");
	assert_int_equal(y->difference[1].difference, 72000);
	assert_string_equal(y->difference[1].percent, "225.00");
	assert_string_equal(findings_of(kit, w),
			    "/operators/0/years/0/costs/0 W_REASON_MISSING, "
			    "/operators/0/years/0/revenues/0 W_REASON_MISSING");
	w->sheet.reason_above = (struct sieg_rate){ 25, 1 };
	assert_string_equal(findings_of(kit, w),
			    "/operators/0/years/0/revenues/0 W_REASON_MISSING");
	w->revenue[0].reason = "x";
	w->cost[0].amount.cents++;
	assert_string_equal(findings_of(kit, w), "/operators/0/years/0/costs/0 W_REASON_MISSING");
	w->cost[0].forecast = some(120000);
	assert_string_equal(year_of(kit, w)->difference[0].percent, "-16.67");
	w->cost[0].forecast = some(0);
	assert_null(year_of(kit, w)->difference[0].percent);
	assert_string_equal(findings_of(kit, w), "/operators/0/years/0/costs/0 W_REASON_MISSING");
	w->cost[0].amount = some(0);
	assert_string_equal(findings_of(kit, w), "");
	w->sheet.reason_above = (struct sieg_rate){ 0, 0 };
	w->cost[0].amount = some(5);
	assert_string_equal(findings_of(kit, w), "");
}

static void test_monitoring_divides_what_is_allowed(void **state)
{
	struct kit *kit = *state;
	struct world *w = world(kit);
	struct sieg_monitoring m[] = { { "a", { 7, 1 }, { 0, 0 } }, { "b", { 1, 3 }, { 2, 1 } } };
	const struct sieg_year_result *y;

	w->year[0].monitoring = m;
	w->year[0].n_monitoring = 2;
	y = year_of(kit, w);
	assert_int_equal(y->monitoring[0].per_unit.cents, 8571); /* 8571.4 */
	assert_int_equal(y->monitoring[0].per_unit.rounding, SIEG_LINE);
	assert_null(y->monitoring[0].percent);
	assert_int_equal(y->monitoring[1].per_unit.cents, 180000);
	assert_string_equal(y->monitoring[1].percent, "16.67");
}

static void test_a_present_value_of_exactly_zero_is_reasonable(void **state)
{
	struct kit *kit = *state;
	struct world *w = world(kit);
	sieg_cents flow[51] = { -10000, 10300 };
	struct sieg_profit_proof proof = { { 2, 1 }, flow, 2 };
	const struct sieg_operator_result *o;

	w->operator_.profit_proof = &proof;
	o = &result_of(kit, w)->operator_[0];
	assert_true(o->has_proof);
	assert_int_equal(o->npv.cents, 0);
	assert_false(o->too_high);
	flow[1] = 10301; /* 0.97 cents */
	o = &result_of(kit, w)->operator_[0];
	assert_int_equal(o->npv.cents, 1);
	assert_true(o->too_high);
	/* Above zero, though it rounds to nothing. */
	flow[0] = 0;
	flow[1] = 0;
	flow[50] = 1;
	proof.n_flows = 51;
	o = &result_of(kit, w)->operator_[0];
	assert_int_equal(o->npv.cents, 0);
	assert_true(o->too_high);
	assert_string_equal(findings_of(kit, w), "/operators/0/profit_proof W_PROFIT_NPV");
	flow[50] = -1;
	assert_string_equal(findings_of(kit, w), "");
	proof.swap = (struct sieg_rate){ -101, 1 };
	assert_string_equal(errors_of(kit, w), "/operators/0/profit_proof/swap E_RANGE");
	proof.swap = rate("-100.999999999999");
	assert_string_equal(errors_of(kit, w), " E_OVERFLOW");
}

static void test_the_average_is_within_the_ceiling_up_to_the_last_cent(void **state)
{
	struct kit *kit = *state;
	struct world *w = world(kit);
	const struct sieg_operator_result *o;

	w->sheet.stage = SIEG_EX_ANTE;
	w->operator_.n_years = 2;
	w->act.start = w->year[0].from;
	set_year(&w->year[1], 20230101, 20230630);
	w->act.end = w->year[1].to;
	w->cost[0].amount = some(40000);
	w->year[1].n_costs = 0;
	w->year[1].n_revenues = 0;
	/* 15,000,000.00 x (1 + 181/365) = 22,438,356.16 and 0.43 of a cent more. */
	w->cost[0].amount.cents += INT64_C(2243835616);
	o = &result_of(kit, w)->operator_[0];
	assert_true(o->has_average);
	assert_false(o->above);
	assert_string_equal(o->years, "546/365");
	assert_int_equal(o->ceiling.cents, INT64_C(1500000000));
	assert_string_equal(rule_id(o->ceiling), "DEC12-T");
	w->cost[0].amount.cents++;
	assert_true(result_of(kit, w)->operator_[0].above);
	/* Where the ceiling is a whole number of cents, it is within. */
	w->operator_.n_years = 1;
	w->act.end = w->year[0].to;
	w->cost[0].amount.cents = 40000 + INT64_C(1500000000);
	assert_false(result_of(kit, w)->operator_[0].above);
	w->cost[0].amount.cents++;
	assert_true(result_of(kit, w)->operator_[0].above);
	w->act.act_date = kit_day(20260108);
	assert_int_equal(result_of(kit, w)->operator_[0].ceiling.cents, INT64_C(2000000000));
	w->act.act_date = kit_day(20111231);
	assert_false(result_of(kit, w)->operator_[0].has_average);
	w->act.act_date = kit_day(20260107);
	w->act.sector = SIEG_HOSPITAL;
	assert_false(result_of(kit, w)->operator_[0].has_average);
	w->act.sector = SIEG_GENERAL;
	w->sheet.stage = SIEG_EX_POST;
	assert_false(result_of(kit, w)->operator_[0].has_average);
}

static void test_a_key_that_changes_from_year_to_year_needs_a_reason(void **state)
{
	struct kit *kit = *state;
	struct world *w = world(kit);
	struct sieg_key_value value[] = { { "out", { 100, 2 } },
					  { "in", { 50, 1 } },
					  { "more", { 0, 1 } } };
	struct sieg_key_of_costs key = w->key;
	struct sieg_activity activity[] = { { "in", true }, { "out", false }, { "more", false } };
	const char *changed = "/operators/0/years/1/keys/0 W_KEY_CHANGED";

	w->operator_.activity = activity;
	w->operator_.n_activities = 3;
	w->operator_.n_years = 2;
	key.value = value;
	key.n_values = 3;
	w->year[1].key = &key;
	assert_string_equal(findings_of(kit, w), ""); /* in another order, with a zero */
	value[1].value = (struct sieg_rate){ 49, 1 };
	value[2].value = (struct sieg_rate){ 1, 1 };
	assert_string_equal(findings_of(kit, w), changed);
	key.reason = "x";
	assert_string_equal(findings_of(kit, w), "");
	key.reason = NULL;
	key.id = "other";
	assert_string_equal(findings_of(kit, w), "");
	key = w->key;
	key.type = SIEG_RATIO;
	assert_string_equal(findings_of(kit, w), changed);
	key.type = SIEG_PERCENT;
	assert_string_equal(findings_of(kit, w), "");
	/* One more activity, or one less, and the others alike. */
	key.type = w->key.type = SIEG_RATIO;
	key.n_values = 1;
	assert_string_equal(findings_of(kit, w), changed);
	key.n_values = 2;
	w->key.n_values = 1;
	assert_string_equal(findings_of(kit, w), changed);
}

static void test_an_amount_over_a_thousand_billion_is_refused(void **state)
{
	struct kit *kit = *state;
	struct world *w = world(kit);
	struct sieg_cost cost[102];

	for (size_t i = 0; i < 102; i++)
		cost[i] = direct(sieg_printf(kit->a, "c%zu", i), SIEG_CENTS_IN);
	w->year[0].cost = cost;
	w->year[0].n_costs = 100;
	w->year[0].n_revenues = 0;
	assert_int_equal(year_of(kit, w)->allowed.cents, SIEG_CENTS_OUT);
	cost[100].amount = some(1);
	w->year[0].n_costs = 101;
	assert_string_equal(errors_of(kit, w), " E_OVERFLOW");
	cost[100].amount = some(-SIEG_CENTS_IN);
	assert_int_equal(year_of(kit, w)->allowed.cents, SIEG_CENTS_OUT - SIEG_CENTS_IN);
	/* Errors of the stage before come alone. */
	w->year[0].n_costs = 102;
	w->act.act_date = kit_day(20051218);
	w->sheet.funding = &w->funding;
	assert_string_equal(errors_of(kit, w), "/act/act_date E_NO_DECISION_YET");
}

/* ---- coherence
 * ------------------------------------------------------------------------------------------- */

#define ACT        "'act':{'id':'a','act_date':'2021-12-01','start':'2022-01-01','end':'2022-12-31'}"
#define ACTIVITIES "[{'id':'in','inside':true},{'id':'out','inside':false}]"
#define KEYS                                                                                       \
	"'keys':[{'id':'k','type':'ratio','source':'s','values':[{'activity':'in','value':'1'},"   \
	"{'activity':'out','value':'2'}]},{'id':'full','type':'percent','source':'s','values':["   \
	"{'activity':'in','value':'100'},{'activity':'out','value':'0'}]}]"
#define YEAR "/operators/0/years/0"

/* The errors of a year, which all begin with its path: that is cut. */
static const char *errors_of_year(struct kit *kit, const char *top, const char *members)
{
	const char *said = kit_refusal(
		kit, "sheet",
		sieg_printf(kit->a,
			    "{" ACT ",%s,'operators':[{'id':'o','activities':" ACTIVITIES
			    ",'years':[{'from':'2022-01-01','to':'2022-12-31',%s}]}]}",
			    top, members));
	const char *text = "", *at = said + 2, *found;

	while ((found = strstr(at, YEAR))) {
		text = sieg_printf(kit->a, "%s%.*s", text, (int)(found - at), at);
		at = found + strlen(YEAR);
	}
	return sieg_printf(kit->a, "%s%s", text, at);
}

struct row {
	const char *members, *errors;
};

static void check_rows(struct kit *kit, const char *top, const struct row *row, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const char *errors = errors_of_year(kit, top, row[i].members);

		if (strcmp(errors, row[i].errors) != 0)
			fail_msg("%s: \"%s\" and not \"%s\"", row[i].members, errors,
				 row[i].errors);
		kit_again(kit);
	}
}

#define POST             "'stage':'ex-post','method':'cost'"
#define CHECK(top, rows) check_rows(*state, top, rows, sizeof(rows) / sizeof(*(rows)))
#define COST(fields)     KEYS ",'costs':[{'id':'c','kind':" fields "}]"
#define REVENUE(fields)  KEYS ",'costs':[],'revenues':[{'id':'r','amount':'1','kind':" fields "}]"

static void test_each_kind_of_line_has_its_fields_and_no_other(void **state)
{
	static const struct row rows[] = {
		{ COST("'direct','amount':'1','activity':'in'"), "" },
		{ COST("'direct'"), "/costs/0/activity E_REQUIRED, /costs/0/amount E_REQUIRED" },
		{ COST("'direct','amount':'1','activity':'in','key':'k','why':'vat',"
		       "'asset':{'cost':'1','in_service':'2022-01-01','life':1}"),
		  "/costs/0/asset E_FIELD_CONFLICT, /costs/0/key E_FIELD_CONFLICT, "
		  "/costs/0/why E_FIELD_CONFLICT" },
		{ COST("'common','amount':'1','key':'k'"), "" },
		{ COST("'common'"), "/costs/0/amount E_REQUIRED, /costs/0/key E_KEY_MISSING" },
		{ COST("'common','amount':'1','key':'k','activity':'in','why':'fine',"
		       "'asset':{'cost':'1','in_service':'2022-01-01','life':1}"),
		  "/costs/0/activity E_FIELD_CONFLICT, /costs/0/asset E_FIELD_CONFLICT, "
		  "/costs/0/why E_FIELD_CONFLICT" },
		{ COST("'asset','activity':'in'"), "/costs/0/asset E_REQUIRED" },
		{ COST("'asset','amount':'1','why':'vat','activity':'in','key':'k',"
		       "'asset':{'cost':'1','in_service':'2022-01-01','life':1,'grant':'1.01'}"),
		  "/costs/0/amount E_FIELD_CONFLICT, /costs/0/asset/grant E_RANGE, "
		  "/costs/0/key E_FIELD_CONFLICT, /costs/0/why E_FIELD_CONFLICT" },
		{ COST("'asset','asset':{'cost':'1','in_service':'2022-01-01','life':1,'grant':'1'"
		       "}"),
		  "/costs/0/key E_KEY_MISSING" },
		{ COST("'excluded','amount':'1','why':'fine'"), "" },
		{ COST("'excluded'"), "/costs/0/amount E_REQUIRED, /costs/0/why E_REQUIRED" },
		{ COST("'excluded','amount':'1','why':'fine','activity':'in','key':'k',"
		       "'asset':{'cost':'1','in_service':'2022-01-01','life':1}"),
		  "/costs/0/activity E_FIELD_CONFLICT, /costs/0/asset E_FIELD_CONFLICT, "
		  "/costs/0/key E_FIELD_CONFLICT" },
		{ REVENUE("'users','activity':'in'"), "" },
		{ REVENUE("'users','key':'full'"), "" }, /* a revenue may go whole to the service */
		{ REVENUE("'users'"), "/revenues/0/key E_KEY_MISSING" },
		{ REVENUE("'users','activity':'in','key':'k'"),
		  "/revenues/0/key E_FIELD_CONFLICT" },
		{ REVENUE("'excess_profit'"), "" },
		{ REVENUE("'excess_profit','activity':'in','key':'k'"),
		  "/revenues/0/activity E_FIELD_CONFLICT, /revenues/0/key E_FIELD_CONFLICT" },
	};

	CHECK(POST, rows);
}

static void test_references_and_ids_are_checked(void **state)
{
	static const struct row rows[] = {
		{ COST("'direct','amount':'1','activity':'no'"), "/costs/0/activity E_REF" },
		{ COST("'common','amount':'1','key':'no'"), "/costs/0/key E_REF" },
		{ COST("'excluded','amount':'1','why':'fine','key':'no'"),
		  "/costs/0/key E_FIELD_CONFLICT, /costs/0/key E_REF" },
		{ REVENUE("'users','activity':'no'"), "/revenues/0/activity E_REF" },
		{ REVENUE("'users','key':'no'"), "/revenues/0/key E_REF" },
		{ "'keys':[{'id':'k','type':'ratio','source':'s','values':[{'activity':'no',"
		  "'value':'1'},{'activity':'in','value':'1'},{'activity':'in','value':'1'}]},"
		  "{'id':'k','type':'ratio','source':'s','values':[{'activity':'in','value':'0'}]}]"
		  ","
		  "'costs':[]",
		  "/keys/0/values/0/activity E_REF, /keys/0/values/2/activity E_DUPLICATE, "
		  "/keys/1/id E_DUPLICATE, /keys/1/values E_KEY_ZERO" },
		{ "'keys':[{'id':'k','type':'percent','source':'s','values':[{'activity':'in',"
		  "'value':'99.999999999999'}]}],'costs':[]",
		  "/keys/0/values E_KEY_SUM" },
		{ "'keys':[{'id':'k','type':'percent','source':'s','values':[{'activity':'in',"
		  "'value':'200/3'},{'activity':'out','value':'100/3'}]}],'costs':[]",
		  "" },
		{ "'keys':[{'id':'k','type':'percent','source':'s','values':[{'activity':'in',"
		  "'value':'0'}]}],'costs':[]",
		  "/keys/0/values E_KEY_SUM" },
		{ "'costs':[{'id':'c','kind':'excluded','amount':'1','why':'vat'},{'id':'c','kind':"
		  "'excluded','amount':'1','why':'vat'}],'revenues':[{'id':'c','kind':"
		  "'excess_profit','amount':'1'},{'id':'c','kind':'excess_profit','amount':'1'}],"
		  "'monitoring':[{'id':'m','quantity':'1'},{'id':'m','quantity':'1'}],"
		  "'paid':[{'funder':'f','amount':'1'},{'funder':'f','amount':'1'}]",
		  "/costs/1/id E_DUPLICATE, /monitoring/1/id E_DUPLICATE, "
		  "/revenues/1/id E_DUPLICATE" },
		{ "'costs':[],'cap':'1','fulfilment':{'base':'cap','criteria':[{'id':'a','target':'"
		  "1',"
		  "'delivered':'1','weight':'1/2'},{'id':'a','target':'1','delivered':'1',"
		  "'weight':'0.499999999999'}]}",
		  "/fulfilment/criteria E_KEY_SUM, /fulfilment/criteria/1/id E_DUPLICATE" },
	};

	CHECK(POST, rows);
}

static void test_a_key_of_common_costs_leaves_something_to_what_is_outside(void **state)
{
	static const struct row rows[] = {
		{ COST("'common','amount':'1','key':'full'"), "/costs/0/key E_KEY_FULL" },
		{ COST("'asset','key':'full','asset':{'cost':'1','in_service':'2022-01-01','life':"
		       "1}"),
		  "/costs/0/key E_KEY_FULL" },
		{ "'keys':[{'id':'k','type':'percent','source':'s','values':[{'activity':'out',"
		  "'value':'0.000000000001'},{'activity':'in','value':'99.999999999999'}]}],"
		  "'costs':[{'id':'c','kind':'common','amount':'1','key':'k'}]",
		  "" },
		{ "'keys':[{'id':'k','type':'ratio','source':'s','values':[{'activity':'out',"
		  "'value':'0'}]}],'costs':[{'id':'c','kind':'common','amount':'1','key':'k'}]",
		  "/keys/0/values E_KEY_ZERO" },
	};

	CHECK(POST, rows);
}

static void test_profit_and_method_want_their_fields(void **state)
{
	static const struct row profit[] = {
		{ "'costs':[],'profit':{}", "/profit/capital E_REQUIRED, /profit/swap E_REQUIRED" },
		{ "'costs':[],'profit':{'capital':'1','swap':'1','maximum':'1'}",
		  "/profit/maximum E_FIELD_CONFLICT" },
		{ "'costs':[],'profit':{'basis':'other'}",
		  "/profit/maximum E_REQUIRED, /profit/reason E_REQUIRED" },
		{ "'costs':[],'profit':{'basis':'other','maximum':'1','reason':'x','capital':'1',"
		  "'swap':'0'}",
		  "/profit/capital E_FIELD_CONFLICT, /profit/swap E_FIELD_CONFLICT" },
		{ "'costs':[],'unit':{'price':'1','planned':'1'},'counterfactual':{'description':'"
		  "d',"
		  "'same_undertaking':true,'costs':[{'id':'a','amount':'1'},{'id':'a','amount':'1'}"
		  "],"
		  "'revenues':[{'id':'a','amount':'1'}]}",
		  "/counterfactual E_FIELD_CONFLICT, /counterfactual/costs/1/id E_DUPLICATE, "
		  "/unit E_FIELD_CONFLICT" },
	};
	static const struct row none[] = { { "'costs':[]", "/counterfactual E_REQUIRED" } };
	static const struct row unit[] = {
		{ "'costs':[]", "/unit E_REQUIRED" },
		{ "'costs':[],'unit':{'price':'1','planned':'1'}", "/unit/delivered E_REQUIRED" },
	};
	static const struct row ante[] = {
		{ "'costs':[],'unit':{'price':'1','planned':'1'}", "" },
		{ "'costs':[{'id':'c','kind':'excluded','why':'vat','amount':'1','forecast':'1'}],"
		  "'revenues':[{'id':'r','kind':'excess_profit','amount':'1','forecast':'1'}]",
		  "/costs/0/forecast E_STAGE, /revenues/0/forecast E_STAGE, /unit E_REQUIRED" },
	};
	static const struct row funding[] = { { "'costs':[]",
						"/funding/shares E_KEY_SUM, "
						"/funding/shares/1/funder E_DUPLICATE" } };

	CHECK(POST, profit);
	CHECK("'stage':'ex-post','method':'avoided'", none);
	CHECK("'stage':'ex-post','method':'unit'", unit);
	CHECK("'stage':'ex-ante','method':'unit'", ante);
	CHECK(POST ",'funding':{'type':'percent','shares':[{'funder':'a','value':'50'},"
		   "{'funder':'a','value':'49.99'}]}",
	      funding);
}

/* Years given as pairs of days, for an act of 2022 and 2023. */
static const char *errors_of_years(struct kit *kit, const char *stage, const char *years)
{
	const char *list = "", *at = years;

	for (; *at; at += 23)
		list = sieg_printf(kit->a, "%s%s{'from':'%.10s','to':'%.10s','costs':[]}", list,
				   *list ? "," : "", at, at + 11);
	return kit_refusal(
		       kit, "sheet",
		       sieg_printf(
			       kit->a,
			       "{'act':{'id':'a','act_date':'2021-12-01','start':'2022-01-01','end'"
			       ":"
			       "'2023-12-31'},'stage':'%s','method':'cost','operators':[{'id':'o',"
			       "'activities':[{'id':'in','inside':true}],'years':[%s]}]}",
			       stage, list)) +
	       2;
}

static void test_years_follow_each_other_and_fill_an_act_that_is_ahead(void **state)
{
	static const struct {
		const char *stage, *years, *errors;
	} rows[] = {
		{ "ex-ante", "2022-01-01 2022-12-31, 2023-01-01 2023-12-31, ", "" },
		{ "ex-ante", "2022-01-01 2022-12-31, ", "/operators/0/years/0/to E_PERIOD_GAP" },
		{ "ex-ante", "2022-01-02 2022-12-31, 2023-01-01 2023-12-30, ",
		  "/operators/0/years/0/from E_PERIOD_GAP, /operators/0/years/1/to E_PERIOD_GAP" },
		{ "ex-post", "2022-01-02 2022-12-31, ", "" },
		{ "ex-post", "2022-01-01 2022-12-31, 2022-12-31 2022-12-31, ",
		  "/operators/0/years/1/from E_PERIOD_OVERLAP" },
		{ "ex-post", "2022-01-01 2022-12-30, 2023-01-01 2023-12-31, ",
		  "/operators/0/years/1/from E_PERIOD_GAP" },
		{ "ex-post", "2022-12-31 2022-01-01, 2023-01-01 2023-12-31, ",
		  "/operators/0/years/0/to E_PERIOD_SHAPE" },
		{ "ex-post", "2022-07-01 2023-06-30, ", "/operators/0/years/0/to E_PERIOD_SHAPE" },
		{ "ex-post", "2021-12-31 2021-12-31, 2024-01-01 2024-01-01, ",
		  "/operators/0/years/0 E_PERIOD_OUTSIDE, /operators/0/years/1 E_PERIOD_OUTSIDE, "
		  "/operators/0/years/1/from E_PERIOD_GAP" },
		{ "ex-post", "2022-02-28 2022-02-28, 2022-03-01 2022-03-01, ", "" },
	};
	struct kit *kit = *state;

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		assert_string_equal(errors_of_years(kit, rows[i].stage, rows[i].years),
				    rows[i].errors);
}

static void test_a_result_is_written_whole(void **state)
{
	assert_string_equal(
		kit_answer(
			*state, "sheet",
			"{" ACT ",'stage':'ex-post','method':'cost','dossier':'d-1','operators':[{"
			"'id':'o','activities':" ACTIVITIES ",'years':[{'from':'2022-01-01',"
			"'to':'2022-01-31'," KEYS ",'costs':[{'id':'c','kind':'common','key':'k',"
			"'amount':'-1'}],'cap':'5'}]}]}"),
		"0 {'allowed':{'amount':'0.00','rule':'DEC12-N'},'contract':'halle-sieg/1',"
		"'data':'2026-11-23','dossier':'d-1','findings':[],'method':'cost',"
		"'operation':'sheet','operators':[{'allowed':{'amount':'0.00','rule':'DEC12-N'},"
		"'id':'o','years':[{'allowed':{'amount':'0.00','rule':'DEC12-N'},'binding':'net_"
		"cost',"
		"'cost_total':{'amount':'-0.33','rule':'DEC12-N'},'costs':[{'amount':'-1.00','id':'"
		"c',"
		"'inside':'-0.33','key':'k','kind':'common','rule':'DEC12-N','split':[{'activity':"
		"'in','amount':'-0.33'},{'activity':'out','amount':'-0.67'}]}],'fraction':'31/365',"
		"'from':'2022-01-01','net_cost':{'amount':'-0.33','rule':'DEC12-N'},"
		"'revenue_total':{'amount':'0.00','rule':'DEC12-R'},'revenues':[],'terms':[{'"
		"amount':"
		"'0.00','rule':'DEC12-N','term':'net_cost'},{'amount':'5.00','rule':'HAL-CAP','"
		"term':"
		"'cap'}],'to':'2022-01-31'}]}],'regime':'2012/21','rules':[{'article':"
		"'Decision 2012/21/EU art. 5(1)-(3)','id':'DEC12-N','status':'P'},{'article':"
		"'Decision 2012/21/EU art. 5(4)','id':'DEC12-R','status':'K'},{'article':"
		"'yearly cap of the act','id':'HAL-CAP','status':'D'}],'stage':'ex-post'}");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_net_cost_is_costs_less_revenues_of_the_service),
		TEST(test_a_profit_of_the_service_allows_nothing),
		TEST(test_the_cap_binds_from_one_cent_above_it),
		TEST(test_a_common_cost_goes_by_its_key_to_the_cent),
		TEST(test_an_asset_is_charged_by_days_of_each_calendar_year),
		TEST(test_an_asset_in_service_on_29_february_ends_on_27_february),
		TEST(test_the_charges_of_a_life_sum_to_the_cost_and_released_grants_to_the_grant),
		TEST(test_a_grant_is_released_after_the_declared_revenues_on_the_same_key),
		TEST(test_the_profit_on_capital_is_rounded_down_and_never_below_zero),
		TEST(test_a_profit_is_asked_for_up_to_its_maximum),
		TEST(test_a_profit_may_fill_a_negative_net_cost),
		TEST(test_the_avoided_cost_is_the_cost_with_less_the_cost_without),
		TEST(test_units_are_paid_as_delivered_and_as_planned_at_most),
		TEST(test_what_is_fulfilled_is_counted_up_to_its_target),
		TEST(test_funders_share_each_year_to_the_cent_and_totals_are_sums),
		TEST(test_what_was_paid_is_set_against_what_is_allowed),
		TEST(test_a_difference_needs_a_reason_above_the_threshold_only),
		TEST(test_monitoring_divides_what_is_allowed),
		TEST(test_a_present_value_of_exactly_zero_is_reasonable),
		TEST(test_the_average_is_within_the_ceiling_up_to_the_last_cent),
		TEST(test_a_key_that_changes_from_year_to_year_needs_a_reason),
		TEST(test_an_amount_over_a_thousand_billion_is_refused),
		TEST(test_each_kind_of_line_has_its_fields_and_no_other),
		TEST(test_references_and_ids_are_checked),
		TEST(test_a_key_of_common_costs_leaves_something_to_what_is_outside),
		TEST(test_profit_and_method_want_their_fields),
		TEST(test_years_follow_each_other_and_fill_an_act_that_is_ahead),
		TEST(test_a_result_is_written_whole),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
