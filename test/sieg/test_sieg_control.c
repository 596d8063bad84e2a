/* The control of overcompensation: examples worked by hand, the ten percent, the end of an act. */
#include "kit.h"

#include <string.h>

#include "sieg/control.h"

enum { PERIODS = 3, FUNDERS = 2, YEARS = 5 };

/* One act of 2022 to 2027 with periods of one year, two funders; tests change it. */
struct world {
	sieg_cents allowed[PERIODS][YEARS], amount[PERIODS][FUNDERS][YEARS];
	struct sieg_control_paid paid[PERIODS][FUNDERS];
	struct sieg_control_period period[PERIODS];
	struct sieg_control_act act[2];
	struct sieg_given_answer answer[2];
	struct sieg_control control;
};

static void set_period(struct world *w, size_t j, int from, int to, size_t n_years)
{
	struct sieg_control_period *p = &w->period[j];

	p->from = kit_day(from);
	p->to = kit_day(to);
	p->allowed = w->allowed[j];
	p->n_allowed = n_years;
	p->paid = w->paid[j];
	p->n_paid = FUNDERS;
	for (size_t k = 0; k < FUNDERS; k++)
		w->paid[j][k] =
			(struct sieg_control_paid){ k ? "b" : "a", w->amount[j][k], n_years };
}

/* Each year 1,000.00 are allowed, and paid: 600.00 by a, 400.00 by b. */
static struct world *world(struct kit *kit)
{
	struct world *w = sieg_make(kit->a, struct world, 1);

	for (size_t j = 0; j < PERIODS; j++) {
		for (size_t y = 0; y < YEARS; y++) {
			w->allowed[j][y] = 100000;
			w->amount[j][0][y] = 60000;
			w->amount[j][1][y] = 40000;
		}
		set_period(w, j, (2022 + (int)j) * 10000 + 101, (2022 + (int)j) * 10000 + 1231, 1);
	}
	w->act[0] = (struct sieg_control_act){ .id = "act",
					       .act_date = kit_day(20211201),
					       .start = kit_day(20220101),
					       .end = kit_day(20271231),
					       .period = w->period,
					       .n_periods = 1 };
	w->answer[0] = (struct sieg_given_answer){ SIEG_CARRY_RULE_2025, true, "x", "x",
						   kit_day(20260101) };
	w->answer[1] = (struct sieg_given_answer){ SIEG_EXEMPTION_2025, true, "x", "x",
						   kit_day(20260101) };
	w->control = (struct sieg_control){ .act = w->act, .n_acts = 1, .answer = w->answer };
	return w;
}

static struct sieg_control_result *compute(struct kit *kit, struct world *w)
{
	struct sieg_control_result *r;

	sieg_issues_init(&kit->errors, kit->a);
	r = sieg_control(&w->control, &kit->errors);
	sieg_issues_sort(&kit->errors);
	return r;
}

static struct sieg_control_result *result_of(struct kit *kit, struct world *w)
{
	struct sieg_control_result *r = compute(kit, w);

	if (!r)
		fail_msg("%s", kit_issues(kit, &kit->errors));
	return r;
}

static const struct sieg_act_result *act_of(struct kit *kit, struct world *w)
{
	return &result_of(kit, w)->act[0];
}

static const struct sieg_period_result *period_of(struct kit *kit, struct world *w)
{
	return &act_of(kit, w)->period[0];
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

/* "carry 100 0": the verdict, what is carried and what is repaid. */
static const char *verdict_of(struct kit *kit, struct world *w)
{
	const struct sieg_period_result *p = period_of(kit, w);

	return sieg_printf(kit->a, "%s %s %lld %lld", sieg_carry_test_name(p->test),
			   sieg_control_verdict_name(p->verdict), (long long)p->carry.cents,
			   (long long)p->repay.cents);
}

/* ---- the ten percent
 * ----------------------------------------------------------------------------- */

static void test_exactly_ten_percent_is_carried_and_one_cent_more_is_repaid_whole(void **state)
{
	struct kit *kit = *state;
	struct world *w = world(kit);

	assert_string_equal(verdict_of(kit, w), "none nothing 0 0");
	w->allowed[0][0] = 90000;
	assert_string_equal(verdict_of(kit, w), "within carry 10000 0");
	assert_int_equal(period_of(kit, w)->limit.cents, 10000);
	w->allowed[0][0] = 89999;
	assert_string_equal(verdict_of(kit, w), "above repay 0 10001");
	w->allowed[0][0] = 90001;
	assert_string_equal(verdict_of(kit, w), "within carry 9999 0");
	/* The limit is rounded down; the comparison is not rounded. */
	w->amount[0][0][0] = 60009;
	w->allowed[0][0] = 90009;
	assert_int_equal(period_of(kit, w)->limit.cents, 10000);
	assert_string_equal(verdict_of(kit, w), "within carry 10000 0");
	w->allowed[0][0] = 90008;
	assert_string_equal(verdict_of(kit, w), "above repay 0 10001");
}

static void test_the_limit_is_of_the_average_of_a_year(void **state)
{
	struct kit *kit = *state;
	struct world *w = world(kit);

	set_period(w, 0, 20220101, 20241231, 3);
	w->allowed[0][1] = 90000;
	assert_int_equal(period_of(kit, w)->paid.cents, 300000);
	assert_int_equal(period_of(kit, w)->limit.cents, 10000);
	assert_string_equal(verdict_of(kit, w), "within carry 10000 0");
	w->allowed[0][1] = 89999;
	assert_string_equal(verdict_of(kit, w), "above repay 0 10001");
	/* What is carried in makes the difference of the first year. */
	w->allowed[0][1] = 90000;
	w->act[0].carry_in = 1;
	assert_string_equal(verdict_of(kit, w), "above repay 0 10001");
	assert_int_equal(period_of(kit, w)->line[0].carry_in, 1);
	assert_int_equal(period_of(kit, w)->line[0].difference, 1);
	assert_int_equal(period_of(kit, w)->line[1].difference, 10000);
	assert_int_equal(period_of(kit, w)->line[1].carry_in, 0);
}

static void test_social_housing_carried_twenty_percent_under_the_first_decision_only(void **state)
{
	struct kit *kit = *state;
	struct world *w = world(kit);

	w->act[0].act_date = kit_day(20120130);
	w->act[0].sector = SIEG_SOCIAL_HOUSING;
	w->allowed[0][0] = 80000;
	assert_string_equal(verdict_of(kit, w), "within carry 20000 0");
	assert_int_equal(period_of(kit, w)->limit.cents, 20000);
	w->allowed[0][0] = 79999;
	assert_string_equal(verdict_of(kit, w), "above repay 0 20001");
	w->allowed[0][0] = 80000;
	w->act[0].sector = SIEG_HOSPITAL;
	assert_string_equal(verdict_of(kit, w), "above repay 0 20000");
	w->act[0].act_date = kit_day(20120131);
	w->act[0].sector = SIEG_SOCIAL_HOUSING;
	assert_string_equal(verdict_of(kit, w), "above repay 0 20000");
}

static void test_nothing_is_carried_past_the_end_nor_against_the_wish_of_the_authority(void **state)
{
	struct kit *kit = *state;
	struct world *w = world(kit);

	w->allowed[0][0] = 95000;
	w->period[0].decision = SIEG_WISH_REPAY;
	assert_string_equal(verdict_of(kit, w), "within repay 0 5000");
	w->period[0].decision = SIEG_WISH_CARRY;
	w->act[0].ended_on = kit_day(20221231);
	assert_string_equal(verdict_of(kit, w), "within repay 0 5000");
	assert_true(period_of(kit, w)->last);
	w->act[0].ended_on = kit_day(20230101);
	assert_string_equal(verdict_of(kit, w), "within carry 5000 0");
	assert_false(period_of(kit, w)->last);
	w->act[0].ended_on = 0;
	w->act[0].end = kit_day(20221231);
	assert_string_equal(verdict_of(kit, w), "within repay 0 5000");
}

/* ---- netting, carrying
 * -------------------------------------------------------------------------------- */

static void test_years_are_netted_within_a_period_or_each_counts_alone(void **state)
{
	struct kit *kit = *state;
	struct world *w = world(kit);
	const struct sieg_period_result *p;

	set_period(w, 0, 20220101, 20231231, 2);
	w->allowed[0][0] = 93000;
	w->allowed[0][1] = 104000;
	p = period_of(kit, w);
	assert_int_equal(p->over.cents, 3000);
	assert_int_equal(p->under.cents, 0);
	assert_string_equal(findings_of(kit, w), "");
	w->act[0].netting = SIEG_BY_YEAR;
	p = period_of(kit, w);
	assert_int_equal(p->over.cents, 7000);
	assert_int_equal(p->under.cents, 4000);
	assert_string_equal(rule_id(p->under), "HAL-MAX");
	assert_string_equal(findings_of(kit, w), "/acts/0/periods/0 W_UNDERCOMPENSATED");
	w->act[0].netting = SIEG_BY_PERIOD;
	w->allowed[0][1] = 107001;
	p = period_of(kit, w);
	assert_int_equal(p->over.cents, 0);
	assert_int_equal(p->under.cents, 1);
	assert_string_equal(verdict_of(kit, w), "none nothing 0 0");
}

static void test_what_is_carried_counts_in_the_next_period_and_no_further(void **state)
{
	struct kit *kit = *state;
	struct world *w = world(kit);
	const struct sieg_act_result *act;

	w->act[0].n_periods = 3;
	w->allowed[0][0] = 92000;
	w->allowed[1][0] = 105000;
	act = act_of(kit, w);
	assert_int_equal(act->period[0].carry.cents, 8000);
	assert_int_equal(act->period[1].carry_in.cents, 8000);
	assert_int_equal(act->period[1].over.cents, 3000);
	assert_int_equal(act->period[1].carry.cents, 3000);
	assert_int_equal(act->period[2].carry_in.cents, 3000);
	assert_int_equal(act->period[2].carry.cents, 3000);
	assert_int_equal(act->carry_out.cents, 3000);
	assert_int_equal(act->repay.cents, 0);
	assert_int_equal(act->paid.cents, 300000);
	assert_int_equal(act->allowed.cents, 297000);
	assert_int_equal(act->kept, 297000);
	assert_false(act->exceeded);
	w->allowed[1][0] = 108001;
	act = act_of(kit, w);
	assert_int_equal(act->period[1].under.cents, 1);
	assert_int_equal(act->period[2].carry_in.cents, 0);
	assert_int_equal(act->kept, 300000);
	assert_string_equal(findings_of(kit, w), "/acts/0/periods/1 W_UNDERCOMPENSATED");
}

static void test_acts_are_never_netted_against_each_other(void **state)
{
	struct kit *kit = *state;
	struct world *w = world(kit);
	const struct sieg_control_result *r;

	w->act[1] = w->act[0];
	w->act[1].id = "other";
	w->act[1].period = &w->period[1];
	w->control.n_acts = 2;
	w->allowed[0][0] = 80000;
	w->allowed[1][0] = 150000;
	r = result_of(kit, w);
	assert_int_equal(r->repay.cents, 20000);
	assert_int_equal(r->act[0].repay.cents, 20000);
	assert_int_equal(r->act[1].repay.cents, 0);
	assert_string_equal(rule_id(r->repay), "HAL-NONET");
	w->allowed[1][0] = 99000;
	r = result_of(kit, w);
	assert_int_equal(r->repay.cents, 20000);
	assert_int_equal(r->carry_out.cents, 1000);
	w->act[1].id = "act";
	assert_string_equal(errors_of(kit, w), "/acts/1/id E_DUPLICATE");
}

/* ---- notices
 * --------------------------------------------------------------------------------------------- */

static const char *notices_of(struct kit *kit, const struct sieg_period_result *p)
{
	const char *text = "";

	for (size_t k = 0; k < p->n_notices; k++) {
		assert_int_equal(p->notice[k].figure.rule, SIEG_HAL_FUNDER);
		assert_int_equal(p->notice[k].figure.rounding, SIEG_SPLIT);
		text = sieg_printf(kit->a, "%s%s%s %lld", text, k ? ", " : "", p->notice[k].funder,
				   (long long)p->notice[k].figure.cents);
	}
	return text;
}

static void test_a_repayment_follows_what_each_funder_paid_in_the_period(void **state)
{
	struct kit *kit = *state;
	struct world *w = world(kit);

	w->allowed[0][0] = 79999;
	assert_string_equal(notices_of(kit, period_of(kit, w)), "a 12001, b 8000");
	w->amount[0][0][0] = w->amount[0][1][0] = 50000;
	assert_string_equal(notices_of(kit, period_of(kit, w)), "a 10001, b 10000"); /* a tie */
	w->amount[0][0][0] = 0;
	w->amount[0][1][0] = 100000;
	assert_string_equal(notices_of(kit, period_of(kit, w)), "a 0, b 20001");
	w->allowed[0][0] = 100000;
	assert_string_equal(notices_of(kit, period_of(kit, w)), "");
}

static void test_a_repayment_follows_earlier_periods_when_nothing_was_paid_in_this_one(void **state)
{
	struct kit *kit = *state;
	struct world *w = world(kit);
	const struct sieg_act_result *act;

	w->act[0].n_periods = 3;
	w->allowed[0][0] = 100000;
	w->allowed[1][0] = 90001;
	for (size_t k = 0; k < 2; k++) /* c is new in the second period, and first there */
		w->paid[1][k].funder = k ? "a" : "c";
	w->amount[2][0][0] = w->amount[2][1][0] = 0;
	w->allowed[2][0] = 0;
	act = act_of(kit, w);
	assert_int_equal(act->period[1].carry.cents, 9999);
	assert_int_equal(act->period[2].repay.cents, 9999);
	/* Of 2,000.00 in all a paid 1,000.00, b 400.00, c 600.00. */
	assert_string_equal(notices_of(kit, &act->period[2]), "a 4999, b 2000, c 3000");
	/* Nobody paid, ever: what comes from before the list cannot be shared. */
	w->act[0].n_periods = 1;
	w->act[0].carry_in = 5;
	w->amount[0][0][0] = w->amount[0][1][0] = 0;
	w->allowed[0][0] = 0;
	assert_string_equal(errors_of(kit, w), "/acts/0/periods/0/paid E_KEY_ZERO");
	w->allowed[0][0] = 5;
	assert_string_equal(verdict_of(kit, w), "none nothing 0 0");
}

/* ---- the decision of 2025
 * ------------------------------------------------------------------------------------ */

static void test_under_2025_nothing_is_carried_until_a_person_has_answered(void **state)
{
	struct kit *kit = *state;
	struct world *w = world(kit);

	w->act[0].act_date = kit_day(20260108);
	w->allowed[0][0] = 95000;
	assert_string_equal(verdict_of(kit, w), "within repay 0 5000");
	assert_string_equal(findings_of(kit, w), "/acts/0/periods/0/decision W_RULE_UNCONFIRMED");
	assert_string_equal(rule_id(period_of(kit, w)->limit), "DEC25-10");
	assert_string_equal(rule_id(period_of(kit, w)->over), "DEC25-C");
	w->control.n_answers = 1;
	assert_string_equal(verdict_of(kit, w), "within carry 5000 0");
	assert_string_equal(findings_of(kit, w), "");
	w->answer[0].value = false;
	assert_string_equal(findings_of(kit, w), "/acts/0/periods/0/decision W_RULE_UNCONFIRMED");
	/* Not only because of the answer. */
	w->period[0].decision = SIEG_WISH_REPAY;
	assert_string_equal(findings_of(kit, w), "");
	w->period[0].decision = SIEG_WISH_CARRY;
	w->allowed[0][0] = 80000;
	assert_string_equal(findings_of(kit, w), "");
	w->act[0].act_date = kit_day(20260107);
	w->allowed[0][0] = 95000;
	assert_string_equal(verdict_of(kit, w), "within carry 5000 0");
}

static void test_an_exemption_wants_the_decision_of_2025_and_an_answer(void **state)
{
	struct kit *kit = *state;
	struct world *w = world(kit);

	w->allowed[0][0] = 50000;
	w->period[0].exemption = SIEG_LUMP_SUM;
	assert_string_equal(errors_of(kit, w), "/acts/0/periods/0/exemption E_FIELD_CONFLICT, "
					       "/acts/0/periods/0/exemption E_RULE_UNCONFIRMED");
	w->act[0].act_date = kit_day(20260108);
	assert_string_equal(errors_of(kit, w), "/acts/0/periods/0/exemption E_RULE_UNCONFIRMED");
	w->control.n_answers = 2;
	assert_string_equal(verdict_of(kit, w), "above exempt 0 0");
	assert_true(act_of(kit, w)->exceeded);
	assert_int_equal(act_of(kit, w)->kept, 100000);
	assert_string_equal(findings_of(kit, w), "/acts/0/periods/0/exemption W_PROFIT_CHECK");
	w->period[0].exemption = SIEG_REINVESTED;
	assert_string_equal(findings_of(kit, w), "");
	w->allowed[0][0] = 100000;
	assert_string_equal(verdict_of(kit, w), "none nothing 0 0");
	w->answer[1].question = SIEG_CARRY_RULE_2025;
	assert_string_equal(errors_of(kit, w), "/answers/1/question E_DUPLICATE");
}

/* ---- intervals and days
 * ------------------------------------------------------------------------------------- */

static void test_a_period_is_as_long_as_the_decision_lets_it_be(void **state)
{
	struct kit *kit = *state;
	struct world *w = world(kit);
	static const struct {
		int act_date;
		size_t years;
		const char *errors;
	} rows[] = {
		{ 20051218, 1, "/acts/0/act_date E_NO_DECISION_YET" },   { 20051219, 1, "" },
		{ 20120130, 2, "/acts/0/periods/0 E_CONTROL_INTERVAL" }, { 20120131, 3, "" },
		{ 20260107, 4, "/acts/0/periods/0 E_CONTROL_INTERVAL" }, { 20260108, 5, "" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		w->act[0].act_date = kit_day(rows[i].act_date);
		set_period(w, 0, 20220101, 20221231, rows[i].years);
		compute(kit, w);
		assert_string_equal(kit_issues(kit, &kit->errors), rows[i].errors);
	}
}

static void test_a_period_has_an_amount_for_each_year_that_it_touches(void **state)
{
	struct kit *kit = *state;
	struct world *w = world(kit);

	set_period(w, 0, 20240229, 20250227, 1); /* one year less a day */
	w->act[0].start = kit_day(20200101);
	assert_string_equal(findings_of(kit, w), "");
	w->period[0].to = kit_day(20250228);
	assert_string_equal(errors_of(kit, w), "/acts/0/periods/0/allowed E_PERIOD_SHAPE");
	set_period(w, 0, 20220101, 20221231, 1);
	w->paid[0][1].n_amounts = 2;
	assert_string_equal(errors_of(kit, w), "/acts/0/periods/0/paid/1/amounts E_PERIOD_SHAPE");
	w->paid[0][1].n_amounts = 1;
	w->paid[0][1].funder = "a";
	assert_string_equal(errors_of(kit, w), "/acts/0/periods/0/paid/1/funder E_DUPLICATE");
}

static void test_periods_follow_each_other_inside_the_act(void **state)
{
	struct kit *kit = *state;
	struct world *w = world(kit);

	w->act[0].n_periods = 2;
	w->period[1].from++;
	assert_string_equal(errors_of(kit, w), "/acts/0/periods/1/from E_PERIOD_GAP");
	w->period[1].from -= 2;
	w->period[1].to -= 2;
	assert_string_equal(errors_of(kit, w), "/acts/0/periods/1/from E_PERIOD_OVERLAP");
	w->period[1].to = w->period[1].from - 1;
	assert_string_equal(errors_of(kit, w), "/acts/0/periods/1/to E_PERIOD_SHAPE");
	set_period(w, 1, 20230101, 20231231, 1);
	w->act[0].start = kit_day(20220102);
	w->act[0].ended_on = kit_day(20231230);
	assert_string_equal(
		errors_of(kit, w),
		"/acts/0/periods/0 E_PERIOD_OUTSIDE, /acts/0/periods/1 E_PERIOD_OUTSIDE");
	w->act[0].start = kit_day(20220101);
	w->act[0].ended_on = kit_day(20231231);
	assert_string_equal(findings_of(kit, w), "");
	w->act[0].ended_on = kit_day(20280101);
	assert_string_equal(errors_of(kit, w), "/acts/0/ended_on E_DATE_ORDER");
	w->act[0].ended_on = 0;
	w->act[0].end = kit_day(20211231);
	assert_string_equal(errors_of(kit, w), "/acts/0/end E_DATE_ORDER, "
					       "/acts/0/periods/0 E_PERIOD_OUTSIDE, "
					       "/acts/0/periods/1 E_PERIOD_OUTSIDE");
}

static sieg_day next_check(struct kit *kit, struct world *w)
{
	return act_of(kit, w)->next_check_by;
}

static void test_the_next_check_is_due_before_the_years_are_over_or_the_act_ends(void **state)
{
	struct kit *kit = *state;
	struct world *w = world(kit);
	const char *due = "/acts/0/periods W_CONTROL_DUE";

	assert_int_equal(next_check(kit, w), kit_day(20251231));
	w->act[0].end = kit_day(20241030);
	assert_int_equal(next_check(kit, w), kit_day(20241030));
	w->control.as_of = kit_day(20240429);
	assert_string_equal(findings_of(kit, w), "");
	w->control.as_of = kit_day(20240430);
	assert_string_equal(findings_of(kit, w), due);
	w->control.as_of = kit_day(20241030);
	assert_string_equal(findings_of(kit, w), due);
	w->control.as_of = kit_day(20241031);
	assert_string_equal(findings_of(kit, w), "/acts/0/end E_END_CHECK_MISSING");
	w->act[0].ended_on = kit_day(20241029);
	assert_string_equal(findings_of(kit, w), "/acts/0/ended_on E_END_CHECK_MISSING");
	w->act[0].ended_on = kit_day(20221231);
	assert_int_equal(next_check(kit, w), 0);
	assert_string_equal(findings_of(kit, w), "");
	w->act[0].ended_on = 0;
	w->act[0].end = kit_day(20991231);
	w->act[0].act_date = kit_day(20260108);
	set_period(w, 0, 20220101, 20240228, 3);
	assert_int_equal(next_check(kit, w), kit_day(20290227));
}

static void test_amounts_are_summed_up_to_a_thousand_billion(void **state)
{
	struct kit *kit = *state;
	struct world *w = world(kit);
	sieg_cents many[50];
	struct sieg_control_paid paid[100];

	for (size_t i = 0; i < 50; i++)
		many[i] = SIEG_CENTS_IN;
	for (size_t k = 0; k < 100; k++)
		paid[k] = (struct sieg_control_paid){ sieg_printf(kit->a, "f%zu", k), many, 1 };
	w->period[0].paid = paid;
	w->period[0].n_paid = 100;
	assert_int_equal(act_of(kit, w)->paid.cents, SIEG_CENTS_OUT);
	assert_int_equal(act_of(kit, w)->repay.cents, SIEG_CENTS_OUT - 100000);
	w->act[0].carry_in = 100001;
	assert_string_equal(errors_of(kit, w), " E_OVERFLOW");
}

static void test_a_result_is_written_whole(void **state)
{
	assert_string_equal(
		kit_answer(
			*state, "control",
			"{'acts':[{'id':'act','act_date':'2026-01-08','start':'2026-02-01','end':"
			"'2026-12-31','periods':[{'from':'2026-02-01','to':'2026-12-31','allowed':"
			"['0.90'],'paid':[{'funder':'f','amounts':['1']}]}]}],'answers':[{"
			"'question':'exemption_2025','value':false,'author':'A','date':"
			"'2026-03-01','reason':'R'},{'question':'carry_rule_2025','value':true,"
			"'author':'B','date':'2026-03-02','reason':'S'}]}"),
		"0 {'acts':[{'allowed':{'amount':'0.90','rule':'DEC25-C'},'carry_out':{'amount':"
		"'0.00','rule':'DEC25-10'},'conservation':{'allowed':'0.90','kept':'0.90','rule':"
		"'HAL-CONS','verdict':'holds'},'id':'act','paid':{'amount':'1.00','rule':'DEC25-C'}"
		","
		"'periods':[{'allowed':{'amount':'0.90','rule':'DEC25-C'},'carry':{'amount':'0.00',"
		"'rule':'DEC25-10'},'carry_in':{'amount':'0.00','rule':'DEC25-10'},'from':'2026-02-"
		"01',"
		"'last':true,'limit':{'amount':'0.10','rule':'DEC25-10'},'lines':[{'allowed':'0.90'"
		","
		"'carry_in':'0.00','difference':'0.10','paid':'1.00'}],'notices':[{'amount':'0.10',"
		"'funder':'f','rounding':'SPLIT','rule':'HAL-FUNDER'}],'over':{'amount':'0.10','"
		"rule':"
		"'DEC25-C'},'paid':{'amount':'1.00','rule':'DEC25-C'},'repay':{'amount':'0.10','"
		"rule':"
		"'DEC25-C'},'test':'within','to':'2026-12-31','under':{'amount':'0.00','rule':"
		"'HAL-MAX'},'update_parameters':true,'verdict':'repay','years':1}],'regime':"
		"'2025/2630','repay':{'amount':'0.10','rule':'DEC25-C'}}],'answers':[{'author':'B',"
		"'date':'2026-03-02','question':'carry_rule_2025','reason':'S','value':true},{"
		"'author':'A','date':'2026-03-01','question':'exemption_2025','reason':'R','value':"
		"false}],'carry_out':{'amount':'0.00','rule':'HAL-NONET'},'contract':'halle-sieg/"
		"1',"
		"'data':'2026-11-23','findings':[],'operation':'control','repay':{'amount':'0.10',"
		"'rule':'HAL-NONET'},'rules':[{'article':'Decision (EU) 2025/2630, "
		"carry-over','id':"
		"'DEC25-10','status':'U'},{'article':'Decision (EU) 2025/2630, control','id':"
		"'DEC25-C','status':'S2'},{'article':'conservation over the life of the act','id':"
		"'HAL-CONS','status':'D'},{'article':'repayment follows what each funder "
		"paid','id':"
		"'HAL-FUNDER','status':'D'},{'article':'compensation is a maximum, not a due','id':"
		"'HAL-MAX','status':'D'},{'article':'acts, services and operators are never "
		"netted',"
		"'id':'HAL-NONET','status':'D'}]}");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_exactly_ten_percent_is_carried_and_one_cent_more_is_repaid_whole),
		TEST(test_the_limit_is_of_the_average_of_a_year),
		TEST(test_social_housing_carried_twenty_percent_under_the_first_decision_only),
		TEST(test_nothing_is_carried_past_the_end_nor_against_the_wish_of_the_authority),
		TEST(test_years_are_netted_within_a_period_or_each_counts_alone),
		TEST(test_what_is_carried_counts_in_the_next_period_and_no_further),
		TEST(test_acts_are_never_netted_against_each_other),
		TEST(test_a_repayment_follows_what_each_funder_paid_in_the_period),
		TEST(test_a_repayment_follows_earlier_periods_when_nothing_was_paid_in_this_one),
		TEST(test_under_2025_nothing_is_carried_until_a_person_has_answered),
		TEST(test_an_exemption_wants_the_decision_of_2025_and_an_answer),
		TEST(test_a_period_is_as_long_as_the_decision_lets_it_be),
		TEST(test_a_period_has_an_amount_for_each_year_that_it_touches),
		TEST(test_periods_follow_each_other_inside_the_act),
		TEST(test_the_next_check_is_due_before_the_years_are_over_or_the_act_ends),
		TEST(test_amounts_are_summed_up_to_a_thousand_billion),
		TEST(test_a_result_is_written_whole),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
