#include "sieg/sheet_inside.h"

#include <gmp.h>
#include <string.h>

#include "sieg/arena.h"
#include "sieg/day.h"
#include "sieg/exact.h"
#include "sieg/split.h"

/* One year of an operator, and how its paths begin. */
struct work {
	struct sieg_calc *calc;
	const struct sieg_sheet *sheet;
	const struct sieg_regime *regime;
	const struct sieg_sheet_year *year;
	const char *path;
	struct sieg_year_result *result;
};

#define FIND(code, rule, ...) sieg_issue(w->calc->findings, SIEG_##code, rule, __VA_ARGS__)

static enum sieg_rule rule_of(const struct work *w, enum sieg_clause clause)
{
	return w->regime->rule[clause];
}

const char *sieg_term_name(enum sieg_term term)
{
	static const char *const names[] = {
		"net_cost", "net_avoided_cost", "unit_delivered", "unit_planned",
		"cap",      "fulfilment",
	};

	return names[term];
}

/* ---- profit ---------------------------------------------------------------------------- */

/* What capital may always earn in a year: (swap + premium) / 100, article 5(7). */
static void set_return(mpq_t q, struct sieg_rate swap, const struct sieg_regime *regime)
{
	mpq_t premium;

	mpq_init(premium);
	sieg_set_rate(q, swap);
	sieg_set_rate(premium, regime->premium);
	mpq_add(q, q, premium);
	mpz_mul_ui(mpq_denref(q), mpq_denref(q), 100);
	mpq_canonicalize(q);
	mpq_clear(premium);
}

/* PROFIT_MAX(capital x return x days / days of the year), at least 0. */
static sieg_cents profit_on_capital(const struct work *w)
{
	const struct sieg_profit *p = w->year->profit;
	sieg_cents most;
	mpq_t q;

	mpq_init(q);
	set_return(q, p->swap, w->regime);
	mpz_mul_si(mpq_numref(q), mpq_numref(q), p->capital.cents);
	mpz_mul_si(mpq_numref(q), mpq_numref(q), w->result->days);
	mpz_mul_si(mpq_denref(q), mpq_denref(q), w->result->days_in_year);
	mpq_canonicalize(q);
	most = sieg_round_cents(q, SIEG_PROFIT_MAX);
	mpq_clear(q);
	return most > 0 ? most : 0;
}

static void put_profit(struct work *w)
{
	const struct sieg_profit *p = w->year->profit;
	struct sieg_year_result *r = w->result;
	enum sieg_rule rule = rule_of(w, SIEG_PROFIT);

	if (!p)
		return;
	r->has_profit = true;
	r->profit = sieg_figure(w->calc, p->claimed, rule);
	if (p->basis == SIEG_CAPITAL)
		r->profit_max = sieg_rounded(w->calc, profit_on_capital(w), rule, SIEG_PROFIT_MAX);
	else
		r->profit_max = sieg_figure(w->calc, p->maximum.cents, rule);
	if (p->claimed > r->profit_max.cents)
		sieg_issue(w->calc->errors, SIEG_E_PROFIT_OVER_MAX, rule, "%s/profit/claimed",
			   w->path);
	if (w->sheet->method == SIEG_AVOIDED && p->claimed > 0 &&
	    !w->year->counterfactual->profit_free)
		sieg_issue(w->calc->errors, SIEG_E_NAC_DOUBLE_PROFIT, rule, "%s/profit/claimed",
			   w->path);
}

/* ---- terms ------------------------------------------------------------------------------ */

static void add_term(struct work *w, enum sieg_term term, struct sieg_figure figure)
{
	w->result->term[w->result->n_terms++] = (struct sieg_term_figure){ term, figure };
}

/* The first of the smallest. */
static const struct sieg_term_figure *smallest(const struct sieg_year_result *r)
{
	const struct sieg_term_figure *found = &r->term[0];

	for (size_t i = 1; i < r->n_terms; i++)
		if (r->term[i].figure.cents < found->figure.cents)
			found = &r->term[i];
	return found;
}

static sieg_wide sum_of(const struct sieg_simple_line *line, size_t n)
{
	sieg_wide sum = 0;

	for (size_t i = 0; i < n; i++)
		sum += line[i].amount;
	return sum;
}

/* The net cost with the obligation, less the net cost without where that is the method. */
static void add_base(struct work *w)
{
	const struct sieg_counterfactual *without = w->year->counterfactual;
	struct sieg_year_result *r = w->result;
	enum sieg_rule rule = rule_of(w, SIEG_NET_COST);
	enum sieg_term term = SIEG_TERM_NET_COST;
	sieg_wide base = (sieg_wide)r->net_cost.cents + r->profit.cents;

	if (w->sheet->method == SIEG_AVOIDED) {
		term = SIEG_TERM_NET_AVOIDED_COST;
		r->has_without = true;
		r->net_cost_without =
			sieg_figure(w->calc,
				    sum_of(without->cost, without->n_costs) -
					    sum_of(without->revenue, without->n_revenues),
				    rule);
		base -= r->net_cost_without.cents;
		if (!without->same_undertaking)
			FIND(W_COUNTERFACTUAL_OTHER_FIRM, rule,
			     "%s/counterfactual/same_undertaking", w->path);
	}
	add_term(w, term, sieg_figure(w->calc, base > 0 ? base : 0, rule));
}

static void add_units(struct work *w)
{
	const struct sieg_unit *unit = w->year->unit;
	struct sieg_rate delivered;

	if (w->sheet->method != SIEG_UNIT)
		return;
	delivered = sieg_rate_given(unit->delivered) ? unit->delivered : unit->planned;
	add_term(w, SIEG_TERM_UNIT_DELIVERED,
		 sieg_rounded(w->calc, sieg_times(unit->price, delivered), SIEG_HAL_UNIT,
			      SIEG_LINE));
	add_term(w, SIEG_TERM_UNIT_PLANNED,
		 sieg_rounded(w->calc, sieg_times(unit->price, unit->planned), SIEG_HAL_UNIT,
			      SIEG_LINE));
}

/* The sum of weight x min(1, delivered / target). */
static void ratio_of(mpq_t ratio, const struct sieg_fulfilment *f)
{
	mpq_t part, target;

	mpq_inits(part, target, NULL);
	mpq_set_ui(ratio, 0, 1);
	for (size_t i = 0; i < f->n_criteria; i++) {
		const struct sieg_criterion *c = &f->criterion[i];

		sieg_set_rate(part, c->weight);
		if (sieg_rate_compare(c->delivered, c->target) < 0) {
			sieg_set_rate(target, c->delivered);
			mpq_mul(part, part, target);
			sieg_set_rate(target, c->target);
			mpq_div(part, part, target);
		}
		mpq_add(ratio, ratio, part);
	}
	mpq_clears(part, target, NULL);
}

static void add_fulfilment(struct work *w)
{
	const struct sieg_fulfilment *f = w->year->fulfilment;
	sieg_cents base;
	mpq_t ratio;

	if (!f)
		return;
	base = f->base == SIEG_BASE_CAP ? w->year->cap.cents : smallest(w->result)->figure.cents;
	mpq_init(ratio);
	ratio_of(ratio, f);
	w->result->fulfilment_ratio = sieg_fraction_text(w->calc->arena, ratio);
	mpz_mul_si(mpq_numref(ratio), mpq_numref(ratio), base);
	add_term(w, SIEG_TERM_FULFILMENT,
		 sieg_rounded(w->calc, sieg_round_cents(ratio, SIEG_LINE), SIEG_HAL_FULFIL,
			      SIEG_LINE));
	mpq_clear(ratio);
}

static void put_allowed(struct work *w)
{
	const struct sieg_term_figure *binding;

	add_base(w);
	add_units(w);
	if (w->year->cap.given)
		add_term(w, SIEG_TERM_CAP, sieg_figure(w->calc, w->year->cap.cents, SIEG_HAL_CAP));
	add_fulfilment(w);
	binding = smallest(w->result);
	w->result->binding = binding->term;
	w->result->allowed = sieg_figure(w->calc, binding->figure.cents, binding->figure.rule);
}

/* ---- what follows from the amount --------------------------------------------------------- */

static void put_paid(struct work *w)
{
	struct sieg_year_result *r = w->result;
	sieg_wide paid = 0;

	if (w->year->n_paid == 0)
		return;
	for (size_t k = 0; k < w->year->n_paid; k++)
		paid += w->year->paid[k].amount;
	r->has_paid = true;
	r->paid = sieg_figure(w->calc, paid, SIEG_HAL_MAX);
	r->balance = sieg_figure(w->calc, r->allowed.cents - paid, SIEG_HAL_MAX);
	if (w->sheet->stage == SIEG_EX_POST && r->balance.cents > 0)
		FIND(W_UNDERCOMPENSATED, SIEG_HAL_MAX, "%s/paid", w->path);
}

static void put_monitoring(struct work *w)
{
	const struct sieg_monitoring *m = w->year->monitoring;
	struct sieg_year_result *r = w->result;
	mpq_t percent, total;

	r->n_monitoring = w->year->n_monitoring;
	r->monitoring = sieg_make(w->calc->arena, struct sieg_monitoring_result, r->n_monitoring);
	mpq_inits(percent, total, NULL);
	for (size_t k = 0; k < r->n_monitoring; k++) {
		r->monitoring[k].id = m[k].id;
		r->monitoring[k].per_unit =
			sieg_rounded(w->calc, sieg_per(r->allowed.cents, m[k].quantity),
				     SIEG_HAL_MON, SIEG_LINE);
		if (!sieg_rate_given(m[k].total))
			continue;
		sieg_set_rate(percent, m[k].quantity);
		sieg_set_rate(total, m[k].total);
		mpq_div(percent, percent, total);
		mpq_set_ui(total, 100, 1);
		mpq_mul(percent, percent, total);
		r->monitoring[k].percent = sieg_percent_text(w->calc->arena, percent);
	}
	mpq_clears(percent, total, NULL);
}

/* In percent of what was forecast; NULL when that is nothing. */
static const char *percent_of(struct sieg_arena *a, sieg_cents difference, sieg_cents forecast)
{
	const char *text;
	mpq_t percent;

	if (!forecast)
		return NULL;
	mpq_init(percent);
	mpq_set_si(percent, difference * 100, (unsigned long)(forecast < 0 ? -forecast : forecast));
	mpq_canonicalize(percent);
	text = sieg_percent_text(a, percent);
	mpq_clear(percent);
	return text;
}

static bool needs_reason(struct sieg_rate above, sieg_cents difference, sieg_cents forecast)
{
	sieg_wide d = difference < 0 ? -difference : difference;
	sieg_wide f = forecast < 0 ? -forecast : forecast;

	return sieg_rate_given(above) && d * 100 * above.denominator > above.numerator * f;
}

static void add_difference(struct work *w, const struct sieg_line *line,
			   struct sieg_optional_cents forecast, const char *reason,
			   const char *list, size_t k)
{
	struct sieg_difference *d;

	if (!forecast.given)
		return;
	d = &w->result->difference[w->result->n_differences++];
	d->id = line->id;
	d->reason = reason;
	d->forecast = forecast.cents;
	d->actual = line->amount;
	d->difference = line->amount - forecast.cents;
	d->percent = percent_of(w->calc->arena, d->difference, d->forecast);
	if (!reason && needs_reason(w->sheet->reason_above, d->difference, d->forecast))
		FIND(W_REASON_MISSING, SIEG_HAL_DIFF, "%s/%s/%zu", w->path, list, k);
}

static void put_differences(struct work *w)
{
	const struct sieg_sheet_year *y = w->year;
	struct sieg_year_result *r = w->result;

	r->difference =
		sieg_make(w->calc->arena, struct sieg_difference, y->n_costs + y->n_revenues);
	for (size_t k = 0; k < y->n_costs; k++)
		add_difference(w, &r->cost[k], y->cost[k].forecast, y->cost[k].reason, "costs", k);
	for (size_t k = 0; k < y->n_revenues; k++)
		add_difference(w, &r->revenue[k], y->revenue[k].forecast, y->revenue[k].reason,
			       "revenues", k);
}

static void put_funders(struct work *w, const struct sieg_split *split)
{
	const struct sieg_funding *f = w->sheet->funding;
	struct sieg_year_result *r = w->result;
	sieg_cents *cents;

	if (!f)
		return;
	cents = sieg_make(w->calc->arena, sieg_cents, f->n_shares);
	r->n_funders = f->n_shares;
	r->funder = sieg_make(w->calc->arena, struct sieg_funder_part, f->n_shares);
	sieg_split(split, r->allowed.cents, cents);
	for (size_t i = 0; i < f->n_shares; i++)
		r->funder[i] = (struct sieg_funder_part){
			.funder = f->share[i].funder,
			.figure = sieg_rounded(w->calc, cents[i], SIEG_HAL_SPLIT, SIEG_SPLIT),
		};
}

/* ---- keys that change ----------------------------------------------------------------------- */

static const struct sieg_rate *value_for(const struct sieg_key_of_costs *key, const char *activity)
{
	static const struct sieg_rate none = { 0, 1 };

	for (size_t i = 0; i < key->n_values; i++)
		if (strcmp(key->value[i].activity, activity) == 0)
			return &key->value[i].value;
	return &none;
}

/* Whether all that `left` gives, `right` gives alike; what is not listed is zero. */
static bool gives_alike(const struct sieg_key_of_costs *left, const struct sieg_key_of_costs *right)
{
	for (size_t i = 0; i < left->n_values; i++)
		if (sieg_rate_compare(left->value[i].value,
				      *value_for(right, left->value[i].activity)) != 0)
			return false;
	return true;
}

static void compare_keys(struct work *w, const struct sieg_sheet_year *before)
{
	for (size_t k = 0; k < w->year->n_keys; k++) {
		const struct sieg_key_of_costs *now = &w->year->key[k];
		const struct sieg_key_of_costs *then = sieg_key_named(before, now->id);

		if (!then || now->reason)
			continue;
		if (now->type != then->type || !gives_alike(now, then) || !gives_alike(then, now))
			FIND(W_KEY_CHANGED, SIEG_HAL_SPLIT, "%s/keys/%zu", w->path, k);
	}
}

/* ---- operators --------------------------------------------------------------------------------
 */

static void compute_year(struct work *w, const struct sieg_operator *o,
			 const struct sieg_split *split)
{
	struct sieg_year_result *r = w->result;

	r->from = w->year->from;
	r->to = w->year->to;
	r->days = r->to - r->from + 1;
	r->days_in_year = sieg_days_in_year(sieg_year_of(r->from));
	r->fraction = sieg_small_fraction(w->calc->arena, r->days, r->days_in_year);
	sieg_sheet_lines(w->calc, w->regime, o, w->year, r);
	put_profit(w);
	put_allowed(w);
	put_paid(w);
	put_funders(w, split);
	put_monitoring(w);
	put_differences(w);
}

/* The sum of flow_t / (1 + return)^t, from the last backwards. */
static void put_proof(struct work *w, const struct sieg_profit_proof *proof, size_t i,
		      struct sieg_operator_result *r)
{
	enum sieg_rule rule = rule_of(w, SIEG_PROFIT);
	mpq_t npv, rate, flow;

	mpq_inits(npv, rate, flow, NULL);
	set_return(rate, proof->swap, w->regime);
	mpz_add(mpq_numref(rate), mpq_numref(rate), mpq_denref(rate));
	for (size_t t = proof->n_flows; t-- > 0;) {
		mpq_div(npv, npv, rate);
		mpq_set_si(flow, proof->flow[t], 1);
		mpq_add(npv, npv, flow);
	}
	r->has_proof = true;
	r->too_high = mpq_sgn(npv) > 0;
	r->npv = sieg_rounded(w->calc, sieg_round_cents(npv, SIEG_LINE), rule, SIEG_LINE);
	if (r->too_high)
		FIND(W_PROFIT_NPV, rule, "/operators/%zu/profit_proof", i);
	mpq_clears(npv, rate, flow, NULL);
}

/* Where a ceiling may be reached, the expected average of a year is compared with it: 2(1)(a). */
static void put_average(struct work *w, struct sieg_operator_result *r)
{
	const int64_t whole_year = 365 * 366;
	int64_t parts = 0;

	if (w->sheet->stage != SIEG_EX_ANTE || w->sheet->act->sector != SIEG_GENERAL ||
	    w->regime->below_ceiling)
		return;
	for (size_t j = 0; j < r->n_years; j++)
		parts += r->year[j].days * (whole_year / r->year[j].days_in_year);
	r->has_average = true;
	r->sum = r->allowed.cents;
	r->years = sieg_small_fraction(w->calc->arena, parts, whole_year);
	r->ceiling = sieg_figure(w->calc, w->regime->ceiling, rule_of(w, SIEG_CEILING));
	r->above = (sieg_wide)r->sum * whole_year > (sieg_wide)w->regime->ceiling * parts;
}

static void compute_operator(struct work *w, size_t i, const struct sieg_split *split,
			     struct sieg_operator_result *r)
{
	const struct sieg_operator *o = &w->sheet->operator_[i];
	sieg_wide allowed = 0;

	r->id = o->id;
	r->n_years = o->n_years;
	r->year = sieg_make(w->calc->arena, struct sieg_year_result, o->n_years);
	for (size_t j = 0; j < o->n_years; j++) {
		w->year = &o->year[j];
		w->result = &r->year[j];
		w->path = sieg_printf(w->calc->arena, "/operators/%zu/years/%zu", i, j);
		compute_year(w, o, split);
		if (j > 0)
			compare_keys(w, &o->year[j - 1]);
		allowed += w->result->allowed.cents;
	}
	r->allowed = sieg_figure(w->calc, allowed, rule_of(w, SIEG_NET_COST));
	if (o->profit_proof)
		put_proof(w, o->profit_proof, i, r);
	put_average(w, r);
}

static const struct sieg_split *funding_split(struct sieg_arena *a, const struct sieg_funding *f)
{
	struct sieg_rate *weight;

	if (!f)
		return NULL;
	weight = sieg_make(a, struct sieg_rate, f->n_shares);
	for (size_t i = 0; i < f->n_shares; i++)
		weight[i] = f->share[i].value;
	return sieg_split_by_rates(a, weight, f->n_shares);
}

static void total_funders(struct sieg_calc *calc, const struct sieg_funding *f,
			  struct sieg_sheet_result *r)
{
	if (!f)
		return;
	r->n_funders = f->n_shares;
	r->funder = sieg_make(calc->arena, struct sieg_funder_part, f->n_shares);
	for (size_t k = 0; k < f->n_shares; k++) {
		sieg_wide sum = 0;

		for (size_t i = 0; i < r->n_operators; i++)
			for (size_t j = 0; j < r->operator_[i].n_years; j++)
				sum += r->operator_[i].year[j].funder[k].figure.cents;
		r->funder[k] = (struct sieg_funder_part){ f->share[k].funder,
							  sieg_figure(calc, sum, SIEG_HAL_SPLIT) };
	}
}

static void compute(struct sieg_calc *calc, const struct sieg_sheet *in,
		    struct sieg_sheet_result *r)
{
	struct work w = { .calc = calc, .sheet = in, .regime = r->regime };
	const struct sieg_split *split = funding_split(calc->arena, in->funding);
	sieg_wide allowed = 0;

	r->n_operators = in->n_operators;
	r->operator_ = sieg_make(calc->arena, struct sieg_operator_result, in->n_operators);
	for (size_t i = 0; i < in->n_operators; i++) {
		compute_operator(&w, i, split, &r->operator_[i]);
		allowed += r->operator_[i].allowed.cents;
	}
	r->allowed = sieg_figure(calc, allowed, r->regime->rule[SIEG_NET_COST]);
	total_funders(calc, in->funding, r);
}

struct sieg_sheet_result *sieg_sheet(const struct sieg_sheet *in, struct sieg_issues *errors)
{
	struct sieg_sheet_result *r = sieg_make(errors->arena, struct sieg_sheet_result, 1);
	struct sieg_calc calc = {
		.arena = errors->arena,
		.errors = errors,
		.findings = &r->findings,
	};

	sieg_sheet_check(in, errors);
	if (errors->n_issues)
		return NULL;
	sieg_issues_init(&r->findings, errors->arena);
	r->regime = sieg_regime_of(in->act->act_date);
	if (!r->regime) {
		sieg_issue_at(errors, SIEG_E_NO_DECISION_YET, "/act/act_date", NULL);
		/* What else is wrong is told too. */
		r->regime = sieg_regime_first();
	}
	compute(&calc, in, r);
	return sieg_calc_end(&calc) ? r : NULL;
}
