/*
 * What holds of any dossier, on thousands drawn by lot: cents are kept, nothing grows by a cost
 * that falls, what is kept at the end of an act is allowed. HALLE_TEST_SEED draws others.
 */
#include "kit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sieg/control.h"
#include "sieg/exact.h"
#include "sieg/sheet.h"
#include "sieg/split.h"

static uint64_t seed = 20261123;

static uint64_t draw(uint64_t n)
{
	return kit_draw(&seed, n);
}

static bool one_in(uint64_t n)
{
	return draw(n) == 0;
}

/* From 0, of all sizes up to 10^13. */
static sieg_cents draw_amount(void)
{
	sieg_cents most = 1;

	for (uint64_t digits = draw(14); digits > 0; digits--)
		most *= 10;
	return (sieg_cents)draw((uint64_t)most + 1);
}

/* A decimal with up to twelve places on each side, or a fraction of up to nine digits. */
static struct sieg_rate draw_rate(bool decimal)
{
	struct sieg_rate r = { 0, 1 };

	if (one_in(8))
		return r;
	for (uint64_t digits = draw(13); decimal && digits > 0; digits--)
		r.denominator *= 10;
	if (!decimal)
		r.denominator = 1 + (int64_t)draw(999999999);
	r.numerator = (sieg_wide)draw(decimal ? 1000000000000 : 1000000000);
	if (decimal && one_in(2))
		r.numerator =
			r.numerator * r.denominator + (sieg_wide)draw((uint64_t)r.denominator);
	if (one_in(4))
		r.numerator %= 100;
	return r;
}

/* ---- split
 * --------------------------------------------------------------------------------------- */

enum { PARTS = 50 };

/* The largest remainder as it is told in words, with fractions of any size. */
static void split_slowly(const struct sieg_rate *weight, size_t n, sieg_cents amount,
			 sieg_cents *part)
{
	mpq_t total, share, rest[PARTS];
	sieg_cents left = amount < 0 ? -amount : amount;
	bool taken[PARTS] = { false };
	mpz_t whole;

	mpz_init(whole);
	mpq_inits(total, share, NULL);
	for (size_t i = 0; i < n; i++) {
		sieg_set_rate(share, weight[i]);
		mpq_add(total, total, share);
	}
	for (size_t i = 0; i < n; i++) {
		mpq_init(rest[i]);
		sieg_set_rate(share, weight[i]);
		mpq_set_si(rest[i], amount < 0 ? -amount : amount, 1);
		mpq_mul(share, share, rest[i]);
		mpq_div(share, share, total);
		mpz_fdiv_q(whole, mpq_numref(share), mpq_denref(share));
		part[i] = mpz_get_si(whole);
		mpq_set_z(rest[i], whole);
		mpq_sub(rest[i], share, rest[i]);
		left -= part[i];
	}
	for (; left > 0; left--) {
		size_t best = n;

		for (size_t i = 0; i < n; i++)
			if (!taken[i] && (best == n || mpq_cmp(rest[i], rest[best]) > 0))
				best = i;
		taken[best] = true;
		part[best]++;
	}
	for (size_t i = 0; i < n; i++) {
		if (amount < 0)
			part[i] = -part[i];
		mpq_clear(rest[i]);
	}
	mpq_clears(total, share, NULL);
	mpz_clear(whole);
}

/* Whether a part has the sign of the amount, and differs from its exact share by less than 1. */
static void check_part(const struct sieg_rate *weight, size_t n, size_t i, sieg_cents amount,
		       sieg_cents part)
{
	mpq_t total, share, one;

	assert_true(amount < 0 ? part <= 0 : part >= 0);
	mpq_inits(total, share, one, NULL);
	for (size_t k = 0; k < n; k++) {
		sieg_set_rate(share, weight[k]);
		mpq_add(total, total, share);
	}
	sieg_set_rate(share, weight[i]);
	mpq_set_si(one, amount, 1);
	mpq_mul(share, share, one);
	mpq_div(share, share, total);
	mpq_set_si(one, part, 1);
	mpq_sub(share, share, one);
	mpq_abs(share, share);
	assert_true(mpq_cmp_ui(share, 1, 1) < 0);
	mpq_clears(total, share, one, NULL);
}

static size_t draw_weights(struct sieg_rate *weight)
{
	size_t n = 1 + draw(one_in(10) ? PARTS : 6);
	uint64_t kind = draw(4);
	bool any = false;

	for (size_t i = 0; i < n; i++) {
		if (kind == 3)
			weight[i] = (struct sieg_rate){ (sieg_wide)draw(4), 1 }; /* ties */
		else
			weight[i] = draw_rate(kind == 0 || (kind == 2 && one_in(2)));
		any |= weight[i].numerator > 0;
	}
	if (!any)
		weight[draw(n)] = (struct sieg_rate){ 1, 1 };
	return n;
}

static void test_a_split_is_the_largest_remainder_and_loses_no_cent(void **state)
{
	struct kit *kit = *state;

	for (int i = 0; i < 20000; i++) {
		struct sieg_rate weight[PARTS];
		size_t n = draw_weights(weight);
		struct sieg_split *split = sieg_split_by_rates(kit->a, weight, n);
		sieg_cents part[PARTS], expected[PARTS];

		for (int k = 0; k < 2; k++) {
			sieg_cents amount = draw_amount() * (one_in(4) ? 100 : 1), sum = 0;

			if (one_in(3))
				amount = -amount;
			sieg_split(split, amount, part);
			split_slowly(weight, n, amount, expected);
			for (size_t p = 0; p < n; p++) {
				sum += part[p];
				assert_int_equal(part[p], expected[p]);
			}
			assert_int_equal(sum, amount);
			if (i % 10 == 0)
				for (size_t p = 0; p < n; p++)
					check_part(weight, n, p, amount, part[p]);
		}
		kit_again(kit);
	}
}

static void test_weights_times_a_number_split_alike(void **state)
{
	struct kit *kit = *state;

	for (int i = 0; i < 5000; i++) {
		struct sieg_rate weight[PARTS], scaled[PARTS];
		size_t n = draw_weights(weight);
		int64_t up = 1 + (int64_t)draw(1000), down = 1 + (int64_t)draw(1000);
		sieg_cents amount = draw_amount(), left[PARTS], right[PARTS];

		for (size_t p = 0; p < n; p++) {
			scaled[p].numerator = weight[p].numerator * up;
			scaled[p].denominator = weight[p].denominator * down;
		}
		sieg_split(sieg_split_by_rates(kit->a, weight, n), amount, left);
		sieg_split(sieg_split_by_rates(kit->a, scaled, n), amount, right);
		for (size_t p = 0; p < n; p++)
			assert_int_equal(left[p], right[p]);
		kit_again(kit);
	}
}

/* ---- sheets
 * ------------------------------------------------------------------------------------------- */

enum { LINES = 12, ACTIVITIES = 4, KEYS = 3, FUNDERS = 4 };

struct dossier {
	struct sieg_sheet_act act;
	struct sieg_activity activity[ACTIVITIES];
	struct sieg_key_value value[KEYS][ACTIVITIES];
	struct sieg_key_of_costs key[KEYS];
	struct sieg_asset asset[LINES + 1];
	struct sieg_cost cost[LINES + 1];
	struct sieg_revenue revenue[LINES + 1];
	struct sieg_sheet_year year;
	struct sieg_operator operator_;
	struct sieg_share share[FUNDERS];
	struct sieg_funding funding;
	struct sieg_sheet sheet;
};

static const char *const names[] = { "a", "b", "c", "d", "e", "f", "g", "h",
				     "i", "j", "k", "l", "m", "n", "o", "p" };

static struct sieg_cost draw_cost(struct dossier *d, size_t k)
{
	struct sieg_cost c = { .id = names[k], .kind = (enum sieg_cost_kind)draw(4) };

	if (c.kind == SIEG_ASSET) {
		d->asset[k] = (struct sieg_asset){
			.cost = draw_amount(),
			.in_service = d->year.from - (sieg_day)draw(4000),
			.life = 1 + (int64_t)draw(30),
		};
		if (one_in(2))
			d->asset[k].grant = (struct sieg_optional_cents){
				(sieg_cents)draw((uint64_t)d->asset[k].cost + 1), true
			};
		c.asset = &d->asset[k];
	} else {
		c.amount = (struct sieg_optional_cents){ draw_amount(), true };
	}
	if (c.kind == SIEG_EXCLUDED)
		c.why = SIEG_FINE;
	else if (c.kind == SIEG_COMMON || (c.kind == SIEG_ASSET && one_in(2)))
		c.key = d->key[draw(KEYS)].id;
	else
		c.activity = names[draw(ACTIVITIES)];
	return c;
}

static struct sieg_revenue draw_revenue(struct dossier *d, size_t k)
{
	struct sieg_revenue r = { .id = names[k], .kind = SIEG_USERS, .amount = draw_amount() };

	if (one_in(8))
		r.kind = SIEG_EXCESS_PROFIT;
	else if (one_in(2))
		r.key = d->key[draw(KEYS)].id;
	else
		r.activity = names[draw(ACTIVITIES)];
	return r;
}

static struct dossier *draw_dossier(struct kit *kit)
{
	struct dossier *d = sieg_make(kit->a, struct dossier, 1);

	d->act = (struct sieg_sheet_act){ "act", kit_day(20130101), kit_day(19900101),
					  kit_day(21001231), SIEG_GENERAL };
	d->year.from = sieg_day_of(2013 + (int)draw(12), 1, 1) + (sieg_day)draw(200);
	d->year.to = d->year.from + (sieg_day)draw(165);
	for (size_t i = 0; i < ACTIVITIES; i++)
		d->activity[i] = (struct sieg_activity){ names[i], i % 2 == 0 };
	for (size_t k = 0; k < KEYS; k++) {
		d->key[k] = (struct sieg_key_of_costs){ .id = names[k],
							.type = SIEG_RATIO,
							.source = "s",
							.value = d->value[k],
							.n_values = ACTIVITIES };
		for (size_t i = 0; i < ACTIVITIES; i++)
			d->value[k][i] = (struct sieg_key_value){ names[i], draw_rate(one_in(2)) };
		d->value[k][1].value = (struct sieg_rate){ 1 + (sieg_wide)draw(9), 7 };
	}
	d->year.key = d->key;
	d->year.n_keys = KEYS;
	d->year.cost = d->cost;
	d->year.n_costs = draw(LINES + 1);
	d->year.revenue = d->revenue;
	d->year.n_revenues = draw(LINES + 1);
	for (size_t k = 0; k < d->year.n_costs; k++)
		d->cost[k] = draw_cost(d, k);
	for (size_t k = 0; k < d->year.n_revenues; k++)
		d->revenue[k] = draw_revenue(d, k);
	if (one_in(2))
		d->year.cap = (struct sieg_optional_cents){ draw_amount(), true };
	for (size_t i = 0; i < FUNDERS; i++)
		d->share[i] = (struct sieg_share){ names[i], draw_rate(one_in(2)) };
	d->share[0].value = (struct sieg_rate){ 1, 3 };
	d->funding = (struct sieg_funding){ SIEG_RATIO, d->share, FUNDERS };
	d->operator_ = (struct sieg_operator){ .id = "o",
					       .activity = d->activity,
					       .n_activities = ACTIVITIES,
					       .year = &d->year,
					       .n_years = 1 };
	d->sheet = (struct sieg_sheet){ .act = &d->act,
					.stage = SIEG_EX_POST,
					.method = SIEG_COST,
					.funding = &d->funding,
					.operator_ = &d->operator_,
					.n_operators = 1 };
	return d;
}

static const struct sieg_year_result *compute(struct kit *kit, struct dossier *d)
{
	struct sieg_sheet_result *r = sieg_sheet(&d->sheet, &kit->errors);

	if (!r)
		fail_msg("%s", kit_issues(kit, &kit->errors));
	return &r->operator_[0].year[0];
}

static sieg_cents allowed(struct kit *kit, struct dossier *d)
{
	return compute(kit, d)->allowed.cents;
}

static void check_line(const struct sieg_line *line)
{
	sieg_cents sum = 0, size = line->amount < 0 ? -line->amount : line->amount;
	sieg_cents inside = line->inside < 0 ? -line->inside : line->inside;

	assert_true(inside <= size);
	for (size_t i = 0; i < line->n_parts; i++)
		sum += line->part[i].cents;
	if (line->key)
		assert_int_equal(sum, line->amount);
}

static void test_lines_and_funders_of_a_sheet_lose_no_cent(void **state)
{
	struct kit *kit = *state;

	for (int i = 0; i < 3000; i++) {
		const struct sieg_year_result *y = compute(kit, draw_dossier(kit));
		sieg_cents costs = 0, revenues = 0, funders = 0;

		for (size_t k = 0; k < y->n_costs; k++) {
			check_line(&y->cost[k]);
			costs += y->cost[k].inside;
		}
		for (size_t k = 0; k < y->n_revenues; k++) {
			check_line(&y->revenue[k]);
			revenues += y->revenue[k].inside;
		}
		for (size_t k = 0; k < y->n_funders; k++) {
			assert_true(y->funder[k].figure.cents >= 0);
			funders += y->funder[k].figure.cents;
		}
		assert_int_equal(y->cost_total.cents, costs);
		assert_int_equal(y->revenue_total.cents, revenues);
		assert_int_equal(y->net_cost.cents, costs - revenues);
		assert_int_equal(funders, y->allowed.cents);
		assert_true(y->allowed.cents >= 0);
		for (size_t t = 0; t < y->n_terms; t++)
			assert_true(y->allowed.cents <= y->term[t].figure.cents);
		kit_again(kit);
	}
}

static void test_the_order_of_lines_does_not_change_totals(void **state)
{
	struct kit *kit = *state;

	for (int i = 0; i < 2000; i++) {
		struct dossier *d = draw_dossier(kit);
		const struct sieg_year_result *before = compute(kit, d), *after;

		for (size_t k = d->year.n_costs; k > 1; k--) {
			size_t with = draw(k);
			struct sieg_cost kept = d->cost[k - 1];

			d->cost[k - 1] = d->cost[with];
			d->cost[with] = kept;
		}
		for (size_t k = 0; k < d->year.n_revenues / 2; k++) {
			struct sieg_revenue kept = d->revenue[k];

			d->revenue[k] = d->revenue[d->year.n_revenues - 1 - k];
			d->revenue[d->year.n_revenues - 1 - k] = kept;
		}
		after = compute(kit, d);
		assert_int_equal(before->cost_total.cents, after->cost_total.cents);
		assert_int_equal(before->revenue_total.cents, after->revenue_total.cents);
		assert_int_equal(before->allowed.cents, after->allowed.cents);
		kit_again(kit);
	}
}

static void test_a_cost_more_never_allows_less_and_a_revenue_more_never_allows_more(void **state)
{
	struct kit *kit = *state;

	for (int i = 0; i < 3000; i++) {
		struct dossier *d = draw_dossier(kit);
		sieg_cents before = allowed(kit, d), more, lost = 0;
		struct sieg_cost *added = &d->cost[d->year.n_costs];

		*added = draw_cost(d, d->year.n_costs);
		d->year.n_costs++;
		/* A grant comes with it as a revenue, not above it but rounded apart. */
		if (added->asset && added->asset->grant.given)
			lost = added->key ? 2 : 1;
		more = allowed(kit, d);
		assert_true(more >= before - lost);
		d->revenue[d->year.n_revenues] = draw_revenue(d, d->year.n_revenues);
		d->year.n_revenues++;
		assert_true(allowed(kit, d) <= more);
		kit_again(kit);
	}
}

static void test_a_higher_cap_never_allows_less_and_none_allows_most(void **state)
{
	struct kit *kit = *state;

	for (int i = 0; i < 2000; i++) {
		struct dossier *d = draw_dossier(kit);
		sieg_cents low, high;

		d->year.cap = (struct sieg_optional_cents){ draw_amount(), true };
		low = allowed(kit, d);
		assert_true(low <= d->year.cap.cents);
		d->year.cap.cents += (sieg_cents)draw(1000000);
		high = allowed(kit, d);
		assert_true(high >= low);
		d->year.cap.given = false;
		assert_true(allowed(kit, d) >= high);
		kit_again(kit);
	}
}

/* Without keys nor assets nothing is rounded. */
static void test_amounts_times_a_number_allow_so_many_times_as_much(void **state)
{
	struct kit *kit = *state;

	for (int i = 0; i < 2000; i++) {
		struct dossier *d = draw_dossier(kit);
		sieg_cents times = 1 + (sieg_cents)draw(1000), before;

		for (size_t k = 0; k < d->year.n_costs; k++)
			d->cost[k] = (struct sieg_cost){ .id = names[k],
							 .kind = SIEG_DIRECT,
							 .activity = names[draw(ACTIVITIES)],
							 .amount = { draw_amount() / 1000, true } };
		for (size_t k = 0; k < d->year.n_revenues; k++) {
			d->revenue[k].key = NULL;
			d->revenue[k].kind = SIEG_SALES;
			d->revenue[k].activity = names[draw(ACTIVITIES)];
			d->revenue[k].amount = draw_amount() / 1000;
		}
		d->year.cap.cents /= 1000;
		before = allowed(kit, d);
		for (size_t k = 0; k < d->year.n_costs; k++)
			d->cost[k].amount.cents *= times;
		for (size_t k = 0; k < d->year.n_revenues; k++)
			d->revenue[k].amount *= times;
		d->year.cap.cents *= times;
		assert_int_equal(allowed(kit, d), before * times);
		kit_again(kit);
	}
}

/* ---- control
 * --------------------------------------------------------------------------------------------- */

enum { PERIODS = 8, PAYERS = 4 };

static sieg_cents draw_near(sieg_cents amount)
{
	sieg_cents band = amount / (one_in(2) ? 8 : 3) + 2;

	return amount + (sieg_cents)draw((uint64_t)band * 2) - (amount < band ? amount : band);
}

static struct sieg_control *draw_control(struct kit *kit)
{
	struct sieg_control *c = sieg_make(kit->a, struct sieg_control, 1);
	struct sieg_control_act *act = sieg_make(kit->a, struct sieg_control_act, 1);
	int year = 2013;

	act->id = "act";
	act->act_date = kit_day(20121231);
	act->netting = one_in(2) ? SIEG_BY_YEAR : SIEG_BY_PERIOD;
	act->start = sieg_day_of(year, 1, 1);
	act->n_periods = 1 + draw(PERIODS);
	act->period = sieg_make(kit->a, struct sieg_control_period, act->n_periods);
	act->carry_in = one_in(2) ? draw_amount() / 100 : 0;
	for (size_t j = 0; j < act->n_periods; j++) {
		struct sieg_control_period *p = &act->period[j];
		sieg_cents around = draw_amount();

		p->n_allowed = 1 + draw(3);
		p->from = sieg_day_of(year, 1, 1);
		year += (int)p->n_allowed;
		p->to = sieg_day_of(year - 1, 12, 31);
		p->allowed = sieg_make(kit->a, sieg_cents, p->n_allowed);
		p->n_paid = 1 + draw(PAYERS);
		p->paid = sieg_make(kit->a, struct sieg_control_paid, p->n_paid);
		p->decision = one_in(4) ? SIEG_WISH_REPAY : SIEG_WISH_CARRY;
		for (size_t k = 0; k < p->n_paid; k++) {
			p->paid[k].funder = names[(k + j) % 16];
			p->paid[k].n_amounts = p->n_allowed;
			p->paid[k].amount = sieg_make(kit->a, sieg_cents, p->n_allowed);
		}
		for (size_t y = 0; y < p->n_allowed; y++) {
			p->allowed[y] = draw_near(around);
			for (size_t k = 0; k < p->n_paid && j > 0 && one_in(20) == false; k++)
				p->paid[k].amount[y] = draw_near(around) / (sieg_cents)p->n_paid;
			if (j == 0)
				p->paid[0].amount[y] = 1 + draw_near(around);
		}
	}
	act->end = act->period[act->n_periods - 1].to + (one_in(2) ? 0 : 365);
	c->act = act;
	c->n_acts = 1;
	return c;
}

static const struct sieg_act_result *control(struct kit *kit, const struct sieg_control *c)
{
	struct sieg_control_result *r = sieg_control(c, &kit->errors);

	if (!r)
		fail_msg("%s", kit_issues(kit, &kit->errors));
	return &r->act[0];
}

static void check_period(const struct sieg_period_result *p)
{
	sieg_cents notices = 0, difference = 0;

	for (size_t k = 0; k < p->n_notices; k++) {
		assert_true(p->notice[k].figure.cents >= 0);
		notices += p->notice[k].figure.cents;
	}
	assert_int_equal(notices, p->repay.cents);
	for (size_t y = 0; y < p->n_lines; y++)
		difference += p->line[y].difference;
	assert_int_equal(difference, p->over.cents - p->under.cents);
	assert_int_equal(difference, p->paid.cents - p->allowed.cents + p->carry_in.cents);
	assert_int_equal(p->over.cents, p->carry.cents + p->repay.cents);
	assert_true(p->carry.cents <= p->limit.cents);
	assert_true(p->carry.cents == 0 || p->repay.cents == 0);
	if (p->last)
		assert_int_equal(p->carry.cents, 0);
}

static void test_what_is_kept_at_the_end_of_an_act_is_allowed(void **state)
{
	struct kit *kit = *state;
	int met[4] = { 0 }, tests[3] = { 0 };

	for (int i = 0; i < 6000; i++) {
		struct sieg_control *c = draw_control(kit);
		const struct sieg_act_result *act = control(kit, c);
		sieg_cents paid = 0, all = 0, carry = c->act->carry_in;

		for (size_t j = 0; j < act->n_periods; j++) {
			const struct sieg_period_result *p = &act->period[j];

			assert_int_equal(p->carry_in.cents, carry);
			check_period(p);
			carry = p->carry.cents;
			paid += p->paid.cents - p->repay.cents;
			all += p->allowed.cents;
			met[p->verdict]++;
			tests[p->test]++;
		}
		assert_int_equal(act->carry_out.cents, carry);
		assert_int_equal(act->kept, paid + c->act->carry_in - carry);
		assert_true(act->kept <= all);
		assert_false(act->exceeded);
		kit_again(kit);
	}
	/* The lot has drawn all of them. */
	assert_true(met[SIEG_VERDICT_NOTHING] > 500);
	assert_true(met[SIEG_VERDICT_CARRY] > 500);
	assert_true(met[SIEG_VERDICT_REPAY] > 500);
	assert_true(tests[SIEG_TEST_WITHIN] > 500 && tests[SIEG_TEST_ABOVE] > 500);
}

/* What is netted by year is never less over than what is netted by period. */
static void test_netting_by_year_never_finds_less_than_netting_by_period(void **state)
{
	struct kit *kit = *state;

	for (int i = 0; i < 3000; i++) {
		struct sieg_control *c = draw_control(kit);
		sieg_cents by_period, by_year;

		c->act->n_periods = 1;
		c->act->netting = SIEG_BY_PERIOD;
		by_period = control(kit, c)->period[0].over.cents;
		c->act->netting = SIEG_BY_YEAR;
		by_year = control(kit, c)->period[0].over.cents;
		assert_true(by_year >= by_period);
		kit_again(kit);
	}
}

static void test_a_control_of_amounts_times_a_number_repays_so_many_times_as_much(void **state)
{
	struct kit *kit = *state;

	for (int i = 0; i < 3000; i++) {
		struct sieg_control *c = draw_control(kit);
		const struct sieg_act_result *before, *after;
		sieg_cents times = 2 + (sieg_cents)draw(8);

		before = control(kit, c);
		c->act->carry_in *= times;
		for (size_t j = 0; j < c->act->n_periods; j++) {
			struct sieg_control_period *p = &c->act->period[j];

			for (size_t y = 0; y < p->n_allowed; y++) {
				p->allowed[y] *= times;
				for (size_t k = 0; k < p->n_paid; k++)
					p->paid[k].amount[y] *= times;
			}
		}
		after = control(kit, c);
		assert_int_equal(after->repay.cents, before->repay.cents * times);
		assert_int_equal(after->carry_out.cents, before->carry_out.cents * times);
		for (size_t j = 0; j < after->n_periods; j++)
			assert_int_equal(after->period[j].verdict, before->period[j].verdict);
		kit_again(kit);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_a_split_is_the_largest_remainder_and_loses_no_cent),
		TEST(test_weights_times_a_number_split_alike),
		TEST(test_lines_and_funders_of_a_sheet_lose_no_cent),
		TEST(test_the_order_of_lines_does_not_change_totals),
		TEST(test_a_cost_more_never_allows_less_and_a_revenue_more_never_allows_more),
		TEST(test_a_higher_cap_never_allows_less_and_none_allows_most),
		TEST(test_amounts_times_a_number_allow_so_many_times_as_much),
		TEST(test_what_is_kept_at_the_end_of_an_act_is_allowed),
		TEST(test_netting_by_year_never_finds_less_than_netting_by_period),
		TEST(test_a_control_of_amounts_times_a_number_repays_so_many_times_as_much),
	};
	const char *given = getenv("HALLE_TEST_SEED");

	if (given)
		seed = strtoull(given, NULL, 10);
	printf("# seed %llu\n", (unsigned long long)seed);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
