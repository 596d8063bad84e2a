#include "sieg/control_inside.h"

#include <string.h>

#include "sieg/arena.h"
#include "sieg/calc.h"
#include "sieg/day.h"
#include "sieg/exact.h"
#include "sieg/split.h"

/* What each funder paid so far, in the order in which they first appear. */
struct ledger {
	const char **funder;
	sieg_cents *paid;
	size_t n, capacity, paid_capacity;
};

/* One act, on its way through its periods. */
struct work {
	struct sieg_calc *calc;
	const struct sieg_control *in;
	const struct sieg_control_act *act;
	size_t i, j; /* the act, the period */
	const struct sieg_regime *regime;
	sieg_day end;
	struct sieg_figure carry; /* into the next period */
	struct ledger ledger;
};

const char *sieg_carry_test_name(enum sieg_carry_test test)
{
	static const char *const names[] = { "none", "within", "above" };

	return names[test];
}

const char *sieg_control_verdict_name(enum sieg_control_verdict verdict)
{
	static const char *const names[] = { "nothing", "exempt", "carry", "repay" };

	return names[verdict];
}

static enum sieg_rule rule_of(const struct work *w, enum sieg_clause clause)
{
	return w->regime->rule[clause];
}

static void enter(struct work *w, const char *funder, sieg_cents paid)
{
	struct ledger *l = &w->ledger;

	for (size_t f = 0; f < l->n; f++)
		if (strcmp(l->funder[f], funder) == 0) {
			l->paid[f] = sieg_amount(w->calc, (sieg_wide)l->paid[f] + paid);
			return;
		}
	l->funder = sieg_grow(w->calc->arena, l->funder, l->n, &l->capacity, sizeof(*l->funder));
	l->paid = sieg_grow(w->calc->arena, l->paid, l->n, &l->paid_capacity, sizeof(*l->paid));
	l->funder[l->n] = funder;
	l->paid[l->n++] = paid;
}

static sieg_cents sum_paid(const struct sieg_control_paid *p)
{
	sieg_wide sum = 0;

	for (size_t y = 0; y < p->n_amounts; y++)
		sum += p->amount[y];
	return sieg_clamp(sum);
}

/* ---- one period --------------------------------------------------------------------------- */

static void put_lines(struct work *w, const struct sieg_control_period *p,
		      struct sieg_period_result *r)
{
	r->n_lines = p->n_allowed;
	r->line = sieg_make(w->calc->arena, struct sieg_control_line, r->n_lines);
	for (size_t y = 0; y < r->n_lines; y++) {
		struct sieg_control_line *line = &r->line[y];
		sieg_wide paid = 0;

		for (size_t k = 0; k < p->n_paid; k++)
			paid += p->paid[k].amount[y];
		line->paid = sieg_amount(w->calc, paid);
		line->allowed = p->allowed[y];
		line->carry_in = y == 0 ? w->carry.cents : 0;
		line->difference = sieg_amount(w->calc, paid - line->allowed + line->carry_in);
	}
}

static void put_sums(struct work *w, struct sieg_period_result *r)
{
	bool by_year = w->act->netting == SIEG_BY_YEAR;
	sieg_wide paid = 0, allowed = 0, over = 0, under = 0;

	for (size_t y = 0; y < r->n_lines; y++) {
		sieg_cents difference = r->line[y].difference;

		paid += r->line[y].paid;
		allowed += r->line[y].allowed;
		if (difference > 0)
			over += difference;
		else
			under -= difference;
	}
	if (!by_year) {
		sieg_wide sum = over - under;

		over = sum > 0 ? sum : 0;
		under = sum < 0 ? -sum : 0;
	}
	r->paid = sieg_figure(w->calc, paid, rule_of(w, SIEG_CONTROL));
	r->allowed = sieg_figure(w->calc, allowed, rule_of(w, SIEG_CONTROL));
	r->carry_in = sieg_figure(w->calc, w->carry.cents, rule_of(w, SIEG_CARRY));
	r->over = sieg_figure(w->calc, over, rule_of(w, SIEG_CONTROL));
	r->under = sieg_figure(w->calc, under, SIEG_HAL_MAX);
}

/* The part of the average of a year that may be carried, compared without a division: article 6. */
static void put_test(struct work *w, struct sieg_period_result *r)
{
	int own = w->regime->carry_part_of[w->act->sector];
	sieg_wide parts;

	r->part = own ? own : w->regime->carry_part;
	parts = (sieg_wide)r->part * (sieg_wide)r->n_lines;
	r->limit = sieg_figure(w->calc, r->paid.cents / parts, rule_of(w, SIEG_CARRY));
	if (r->over.cents > 0)
		r->test =
			parts * r->over.cents <= r->paid.cents ? SIEG_TEST_WITHIN : SIEG_TEST_ABOVE;
}

/* What may be carried, and is wished to be. */
static bool is_carried(struct work *w, const struct sieg_control_period *p,
		       const struct sieg_period_result *r)
{
	if (r->test != SIEG_TEST_WITHIN || r->last || p->decision != SIEG_WISH_CARRY)
		return false;
	if (!w->regime->carry_to_confirm || sieg_answered(w->in, SIEG_CARRY_RULE_2025))
		return true;
	sieg_issue(w->calc->findings, SIEG_W_RULE_UNCONFIRMED, rule_of(w, SIEG_CARRY),
		   "/acts/%zu/periods/%zu/decision", w->i, w->j);
	return false;
}

static void put_verdict(struct work *w, const struct sieg_control_period *p,
			struct sieg_period_result *r)
{
	sieg_cents carry = 0, repay = 0;

	if (r->over.cents == 0) {
		r->verdict = SIEG_VERDICT_NOTHING;
	} else if (p->exemption != SIEG_NO_EXEMPTION) {
		r->verdict = SIEG_VERDICT_EXEMPT;
	} else if (is_carried(w, p, r)) {
		r->verdict = SIEG_VERDICT_CARRY;
		carry = r->over.cents;
	} else {
		r->verdict = SIEG_VERDICT_REPAY;
		repay = r->over.cents;
	}
	r->carry = sieg_figure(w->calc, carry, rule_of(w, SIEG_CARRY));
	r->repay = sieg_figure(w->calc, repay, rule_of(w, SIEG_CONTROL));
	w->carry = r->carry;
}

/* A repayment goes back to who paid: in the period, or before it when nothing was. */
static void put_notices(struct work *w, const struct sieg_control_period *p,
			struct sieg_period_result *r)
{
	struct sieg_arena *a = w->calc->arena;
	size_t n = p->n_paid;
	const char **funder = sieg_make(a, const char *, n);
	sieg_cents *weight = sieg_make(a, sieg_cents, n), *part;
	sieg_wide total = 0;

	if (r->repay.cents == 0)
		return;
	for (size_t k = 0; k < n; k++) {
		funder[k] = p->paid[k].funder;
		weight[k] = sum_paid(&p->paid[k]);
		total += weight[k];
	}
	if (total == 0) {
		n = w->ledger.n;
		funder = w->ledger.funder;
		weight = w->ledger.paid;
		for (size_t k = 0; k < n; k++)
			total += weight[k];
	}
	if (total == 0) {
		sieg_issue(w->calc->errors, SIEG_E_KEY_ZERO, SIEG_NO_RULE,
			   "/acts/%zu/periods/%zu/paid", w->i, w->j);
		return;
	}
	part = sieg_make(a, sieg_cents, n);
	sieg_split(sieg_split_by_cents(a, weight, n), r->repay.cents, part);
	r->n_notices = n;
	r->notice = sieg_make(a, struct sieg_notice, n);
	for (size_t k = 0; k < n; k++)
		r->notice[k] = (struct sieg_notice){
			funder[k], sieg_rounded(w->calc, part[k], SIEG_HAL_FUNDER, SIEG_SPLIT)
		};
}

static void find_in_period(struct work *w, const struct sieg_control_period *p,
			   const struct sieg_period_result *r)
{
	if (p->exemption == SIEG_LUMP_SUM)
		sieg_issue(w->calc->findings, SIEG_W_PROFIT_CHECK, rule_of(w, SIEG_CONTROL),
			   "/acts/%zu/periods/%zu/exemption", w->i, w->j);
	if (r->under.cents > 0)
		sieg_issue(w->calc->findings, SIEG_W_UNDERCOMPENSATED, SIEG_HAL_MAX,
			   "/acts/%zu/periods/%zu", w->i, w->j);
}

static void compute_period(struct work *w, const struct sieg_control_period *p,
			   struct sieg_period_result *r)
{
	r->from = p->from;
	r->to = p->to;
	r->last = p->to == w->end;
	for (size_t k = 0; k < p->n_paid; k++)
		enter(w, p->paid[k].funder, sum_paid(&p->paid[k]));
	put_lines(w, p, r);
	put_sums(w, r);
	put_test(w, r);
	put_verdict(w, p, r);
	put_notices(w, p, r);
	find_in_period(w, p, r);
}

/* ---- one act -------------------------------------------------------------------------------- */

static void put_act_sums(struct work *w, struct sieg_act_result *r)
{
	sieg_wide paid = 0, allowed = 0, repay = 0, kept;
	enum sieg_rule rule = rule_of(w, SIEG_CONTROL);

	for (size_t j = 0; j < r->n_periods; j++) {
		paid += r->period[j].paid.cents;
		allowed += r->period[j].allowed.cents;
		repay += r->period[j].repay.cents;
	}
	kept = paid + w->act->carry_in - repay - w->carry.cents;
	r->paid = sieg_figure(w->calc, paid, rule);
	r->allowed = sieg_figure(w->calc, allowed, rule);
	r->repay = sieg_figure(w->calc, repay, rule);
	r->carry_out = w->carry;
	r->kept = sieg_amount(w->calc, kept);
	r->exceeded = kept > allowed;
}

/* When the next check is due, and what is late on the day of reference. */
static void look_at_dates(struct work *w, sieg_day last_to, struct sieg_act_result *r)
{
	sieg_day as_of = w->in->as_of, next;

	if (last_to >= w->end)
		return;
	next = sieg_add_years(last_to + 1, w->regime->control_years) - 1;
	r->next_check_by = next < w->end ? next : w->end;
	if (!as_of)
		return;
	if (as_of > w->end)
		sieg_issue(w->calc->findings, SIEG_E_END_CHECK_MISSING, rule_of(w, SIEG_CONTROL),
			   "/acts/%zu/%s", w->i, w->act->ended_on ? "ended_on" : "end");
	else if (as_of >= sieg_add_months(r->next_check_by, -SIEG_WARNING_MONTHS))
		sieg_issue(w->calc->findings, SIEG_W_CONTROL_DUE, rule_of(w, SIEG_CONTROL),
			   "/acts/%zu/periods", w->i);
}

static void compute_act(struct sieg_calc *calc, const struct sieg_control *in, size_t i,
			struct sieg_act_result *r)
{
	const struct sieg_control_act *act = &in->act[i];
	struct work w = { .calc = calc, .in = in, .act = act, .i = i };

	w.regime = sieg_regime_of(act->act_date);
	w.end = sieg_effective_end(act->end, act->ended_on);
	w.carry = sieg_figure(calc, act->carry_in, rule_of(&w, SIEG_CARRY));
	r->id = act->id;
	r->regime = w.regime;
	r->n_periods = act->n_periods;
	r->period = sieg_make(calc->arena, struct sieg_period_result, act->n_periods);
	for (w.j = 0; w.j < act->n_periods; w.j++)
		compute_period(&w, &act->period[w.j], &r->period[w.j]);
	put_act_sums(&w, r);
	look_at_dates(&w, act->period[act->n_periods - 1].to, r);
}

static void compute(struct sieg_calc *calc, const struct sieg_control *in,
		    struct sieg_control_result *r)
{
	sieg_wide repay = 0, carry = 0;

	r->n_acts = in->n_acts;
	r->act = sieg_make(calc->arena, struct sieg_act_result, in->n_acts);
	for (size_t i = 0; i < in->n_acts; i++) {
		compute_act(calc, in, i, &r->act[i]);
		repay += r->act[i].repay.cents;
		carry += r->act[i].carry_out.cents;
	}
	r->repay = sieg_figure(calc, repay, SIEG_HAL_NONET);
	r->carry_out = sieg_figure(calc, carry, SIEG_HAL_NONET);
}

struct sieg_control_result *sieg_control(const struct sieg_control *in, struct sieg_issues *errors)
{
	struct sieg_control_result *r = sieg_make(errors->arena, struct sieg_control_result, 1);
	struct sieg_calc calc = {
		.arena = errors->arena,
		.errors = errors,
		.findings = &r->findings,
	};

	sieg_control_check(in, errors);
	if (!errors->n_issues)
		sieg_control_rules(in, errors);
	if (errors->n_issues)
		return NULL;
	sieg_issues_init(&r->findings, errors->arena);
	compute(&calc, in, r);
	return sieg_calc_end(&calc) ? r : NULL;
}
