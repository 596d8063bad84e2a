#include "sieg/sheet_inside.h"

#include <gmp.h>
#include <string.h>

#include "sieg/arena.h"
#include "sieg/calc.h"
#include "sieg/day.h"
#include "sieg/exact.h"
#include "sieg/name_set.h"

/* One year of an operator, and how its paths begin. */
struct here {
	const struct sieg_sheet *sheet;
	const struct sieg_operator *operator_;
	const struct sieg_sheet_year *year;
	const char *path;
	struct sieg_issues *errors;
};

#define SAY(code, ...) sieg_issue(h->errors, SIEG_##code, SIEG_NO_RULE, __VA_ARGS__)

const struct sieg_activity *sieg_activity_named(const struct sieg_operator *o, const char *id)
{
	for (size_t i = 0; id && i < o->n_activities; i++)
		if (strcmp(o->activity[i].id, id) == 0)
			return &o->activity[i];
	return NULL;
}

const struct sieg_key_of_costs *sieg_key_named(const struct sieg_sheet_year *y, const char *id)
{
	for (size_t i = 0; id && i < y->n_keys; i++)
		if (strcmp(y->key[i].id, id) == 0)
			return &y->key[i];
	return NULL;
}

/* Whether rates, `stride` bytes apart, sum to exactly `total`. */
static bool sums_to(const struct sieg_rate *first, size_t n, size_t stride, unsigned long total)
{
	const unsigned char *at = (const unsigned char *)first;
	bool same;
	mpq_t sum, one;

	mpq_inits(sum, one, NULL);
	for (size_t i = 0; i < n; i++) {
		sieg_set_rate(one, *(const struct sieg_rate *)(at + i * stride));
		mpq_add(sum, sum, one);
	}
	same = mpq_cmp_ui(sum, total, 1) == 0;
	mpq_clears(sum, one, NULL);
	return same;
}

static bool all_zero(const struct sieg_rate *first, size_t n, size_t stride)
{
	const unsigned char *at = (const unsigned char *)first;

	for (size_t i = 0; i < n; i++)
		if (((const struct sieg_rate *)(at + i * stride))->numerator != 0)
			return false;
	return true;
}

static void check_weights(struct sieg_issues *errors, enum sieg_key_type type,
			  const struct sieg_rate *first, size_t n, size_t stride, const char *path)
{
	if (type == SIEG_PERCENT && !sums_to(first, n, stride, 100))
		sieg_issue_at(errors, SIEG_E_KEY_SUM, path, NULL);
	if (type == SIEG_RATIO && all_zero(first, n, stride))
		sieg_issue_at(errors, SIEG_E_KEY_ZERO, path, NULL);
}

static void check_funding(const struct sieg_funding *f, struct sieg_issues *errors)
{
	struct sieg_name_set met;

	sieg_name_set_init(&met, errors->arena);
	for (size_t i = 0; i < f->n_shares; i++)
		sieg_once(errors, &met, f->share[i].funder, "/funding/shares/%zu/funder", i);
	check_weights(errors, f->type, &f->share[0].value, f->n_shares, sizeof(*f->share),
		      "/funding/shares");
}

/* ---- keys, costs, revenues --------------------------------------------------------- */

static void check_keys(const struct here *h)
{
	struct sieg_name_set met;

	sieg_name_set_init(&met, h->errors->arena);
	for (size_t k = 0; k < h->year->n_keys; k++) {
		const struct sieg_key_of_costs *key = &h->year->key[k];
		struct sieg_name_set activities;
		const char *path = sieg_printf(h->errors->arena, "%s/keys/%zu/values", h->path, k);

		sieg_once(h->errors, &met, key->id, "%s/keys/%zu/id", h->path, k);
		sieg_name_set_init(&activities, h->errors->arena);
		for (size_t v = 0; v < key->n_values; v++) {
			const char *id = key->value[v].activity;

			sieg_once(h->errors, &activities, id, "%s/%zu/activity", path, v);
			if (!sieg_activity_named(h->operator_, id))
				SAY(E_REF, "%s/%zu/activity", path, v);
		}
		check_weights(h->errors, key->type, &key->value[0].value, key->n_values,
			      sizeof(*key->value), path);
	}
}

static bool has_outside(const struct sieg_operator *o)
{
	for (size_t i = 0; i < o->n_activities; i++)
		if (!o->activity[i].inside)
			return true;
	return false;
}

/* By any activity of that id: one that is told twice is refused elsewhere. */
static bool is_outside(const struct sieg_operator *o, const char *activity)
{
	for (size_t i = 0; i < o->n_activities; i++)
		if (!o->activity[i].inside && !strcmp(o->activity[i].id, activity))
			return true;
	return false;
}

/* Whether a key gives something, and nothing of it to an activity outside of the service. */
static bool is_full(const struct here *h, const struct sieg_key_of_costs *key)
{
	bool gives = false;

	for (size_t v = 0; v < key->n_values; v++) {
		if (key->value[v].value.numerator == 0)
			continue;
		gives = true;
		if (is_outside(h->operator_, key->value[v].activity))
			return false;
	}
	return gives;
}

static void need(const struct here *h, bool given, const char *list, size_t k, const char *field)
{
	if (!given)
		SAY(E_REQUIRED, "%s/%s/%zu/%s", h->path, list, k, field);
}

static void refuse(const struct here *h, bool given, const char *list, size_t k, const char *field)
{
	if (given)
		SAY(E_FIELD_CONFLICT, "%s/%s/%zu/%s", h->path, list, k, field);
}

static void check_references(const struct here *h, const char *list, size_t k, const char *activity,
			     const char *key)
{
	if (activity && !sieg_activity_named(h->operator_, activity))
		SAY(E_REF, "%s/%s/%zu/activity", h->path, list, k);
	if (key && !sieg_key_named(h->year, key))
		SAY(E_REF, "%s/%s/%zu/key", h->path, list, k);
}

static void check_cost_fields(const struct here *h, const struct sieg_cost *c, size_t k)
{
	switch (c->kind) {
	case SIEG_DIRECT:
		need(h, c->amount.given, "costs", k, "amount");
		need(h, c->activity != NULL, "costs", k, "activity");
		refuse(h, c->key != NULL, "costs", k, "key");
		refuse(h, c->asset != NULL, "costs", k, "asset");
		refuse(h, c->why != SIEG_NO_WHY, "costs", k, "why");
		return;
	case SIEG_COMMON:
		need(h, c->amount.given, "costs", k, "amount");
		refuse(h, c->activity != NULL, "costs", k, "activity");
		refuse(h, c->asset != NULL, "costs", k, "asset");
		refuse(h, c->why != SIEG_NO_WHY, "costs", k, "why");
		return;
	case SIEG_ASSET:
		need(h, c->asset != NULL, "costs", k, "asset");
		refuse(h, c->amount.given, "costs", k, "amount");
		refuse(h, c->why != SIEG_NO_WHY, "costs", k, "why");
		refuse(h, c->activity && c->key, "costs", k, "key");
		return;
	case SIEG_EXCLUDED:
		need(h, c->amount.given, "costs", k, "amount");
		need(h, c->why != SIEG_NO_WHY, "costs", k, "why");
		refuse(h, c->activity != NULL, "costs", k, "activity");
		refuse(h, c->key != NULL, "costs", k, "key");
		refuse(h, c->asset != NULL, "costs", k, "asset");
	}
}

static void check_cost(const struct here *h, const struct sieg_cost *c, size_t k)
{
	bool is_shared = c->kind == SIEG_COMMON || c->kind == SIEG_ASSET;
	const struct sieg_key_of_costs *key = sieg_key_named(h->year, c->key);

	check_cost_fields(h, c, k);
	check_references(h, "costs", k, c->activity, c->key);
	if ((c->kind == SIEG_COMMON && !c->key) ||
	    (c->kind == SIEG_ASSET && !c->key && !c->activity))
		SAY(E_KEY_MISSING, "%s/costs/%zu/key", h->path, k);
	if (is_shared && key && has_outside(h->operator_) && is_full(h, key))
		SAY(E_KEY_FULL, "%s/costs/%zu/key", h->path, k);
	if (c->asset && c->asset->grant.given && c->asset->grant.cents > c->asset->cost)
		SAY(E_RANGE, "%s/costs/%zu/asset/grant", h->path, k);
	if (c->forecast.given && h->sheet->stage == SIEG_EX_ANTE)
		SAY(E_STAGE, "%s/costs/%zu/forecast", h->path, k);
}

static void check_revenue(const struct here *h, const struct sieg_revenue *r, size_t k,
			  const struct sieg_name_set *paid)
{
	check_references(h, "revenues", k, r->activity, r->key);
	if (r->kind == SIEG_EXCESS_PROFIT) {
		refuse(h, r->activity != NULL, "revenues", k, "activity");
		refuse(h, r->key != NULL, "revenues", k, "key");
	} else {
		refuse(h, r->activity && r->key, "revenues", k, "key");
		if (!r->activity && !r->key)
			SAY(E_KEY_MISSING, "%s/revenues/%zu/key", h->path, k);
	}
	if (r->forecast.given && h->sheet->stage == SIEG_EX_ANTE)
		SAY(E_STAGE, "%s/revenues/%zu/forecast", h->path, k);
	if (r->reference && sieg_name_has(paid, r->reference, strlen(r->reference)))
		SAY(E_DOUBLE_FUNDING, "%s/revenues/%zu/reference", h->path, k);
}

static void check_lines(const struct here *h, const struct sieg_name_set *paid)
{
	struct sieg_name_set costs, revenues;

	sieg_name_set_init(&costs, h->errors->arena);
	for (size_t k = 0; k < h->year->n_costs; k++) {
		sieg_once(h->errors, &costs, h->year->cost[k].id, "%s/costs/%zu/id", h->path, k);
		check_cost(h, &h->year->cost[k], k);
	}
	sieg_name_set_init(&revenues, h->errors->arena);
	for (size_t k = 0; k < h->year->n_revenues; k++) {
		sieg_once(h->errors, &revenues, h->year->revenue[k].id, "%s/revenues/%zu/id",
			  h->path, k);
		check_revenue(h, &h->year->revenue[k], k, paid);
	}
}

/* ---- the rest of a year -------------------------------------------------------------- */

static void check_profit(const struct here *h, const struct sieg_profit *p)
{
	bool is_capital = p->basis == SIEG_CAPITAL;
	const struct {
		const char *field;
		bool given, is_of_capital;
	} field[] = {
		{ "capital", p->capital.given, true },
		{ "swap", sieg_rate_given(p->swap), true },
		{ "maximum", p->maximum.given, false },
	};

	for (size_t i = 0; i < sizeof(field) / sizeof(*field); i++) {
		bool wanted = field[i].is_of_capital == is_capital;

		if (wanted && !field[i].given)
			SAY(E_REQUIRED, "%s/profit/%s", h->path, field[i].field);
		if (!wanted && field[i].given)
			SAY(E_FIELD_CONFLICT, "%s/profit/%s", h->path, field[i].field);
	}
	if (!is_capital && !p->reason)
		SAY(E_REQUIRED, "%s/profit/reason", h->path);
}

static void check_simple(const struct here *h, const char *list,
			 const struct sieg_simple_line *line, size_t n)
{
	struct sieg_name_set met;

	sieg_name_set_init(&met, h->errors->arena);
	for (size_t k = 0; k < n; k++)
		sieg_once(h->errors, &met, line[k].id, "%s/counterfactual/%s/%zu/id", h->path, list,
			  k);
}

static void check_method(const struct here *h)
{
	const struct sieg_sheet_year *y = h->year;
	bool is_avoided = h->sheet->method == SIEG_AVOIDED, is_unit = h->sheet->method == SIEG_UNIT;

	if (is_avoided && !y->counterfactual)
		SAY(E_REQUIRED, "%s/counterfactual", h->path);
	if (!is_avoided && y->counterfactual)
		SAY(E_FIELD_CONFLICT, "%s/counterfactual", h->path);
	if (is_unit && !y->unit)
		SAY(E_REQUIRED, "%s/unit", h->path);
	if (!is_unit && y->unit)
		SAY(E_FIELD_CONFLICT, "%s/unit", h->path);
	if (is_unit && y->unit && h->sheet->stage == SIEG_EX_POST &&
	    !sieg_rate_given(y->unit->delivered))
		SAY(E_REQUIRED, "%s/unit/delivered", h->path);
	if (y->counterfactual) {
		check_simple(h, "costs", y->counterfactual->cost, y->counterfactual->n_costs);
		check_simple(h, "revenues", y->counterfactual->revenue,
			     y->counterfactual->n_revenues);
	}
}

static void check_fulfilment(const struct here *h, const struct sieg_fulfilment *f)
{
	struct sieg_name_set met;

	sieg_name_set_init(&met, h->errors->arena);
	for (size_t k = 0; k < f->n_criteria; k++)
		sieg_once(h->errors, &met, f->criterion[k].id, "%s/fulfilment/criteria/%zu/id",
			  h->path, k);
	if (!sums_to(&f->criterion[0].weight, f->n_criteria, sizeof(*f->criterion), 1))
		SAY(E_KEY_SUM, "%s/fulfilment/criteria", h->path);
	if (f->base == SIEG_BASE_CAP && !h->year->cap.given)
		SAY(E_REQUIRED, "%s/cap", h->path);
}

static void check_monitoring(const struct here *h)
{
	struct sieg_name_set met;

	sieg_name_set_init(&met, h->errors->arena);
	for (size_t k = 0; k < h->year->n_monitoring; k++)
		sieg_once(h->errors, &met, h->year->monitoring[k].id, "%s/monitoring/%zu/id",
			  h->path, k);
}

static void check_year(const struct here *h, const struct sieg_name_set *paid)
{
	check_keys(h);
	check_lines(h, paid);
	if (h->year->profit)
		check_profit(h, h->year->profit);
	check_method(h);
	if (h->year->fulfilment)
		check_fulfilment(h, h->year->fulfilment);
	check_monitoring(h);
}

/* ---- periods --------------------------------------------------------------------------- */

static bool is_well_shaped(const struct sieg_sheet_year *y)
{
	return y->to >= y->from && sieg_year_of(y->from) == sieg_year_of(y->to);
}

static void check_periods(const struct here *h, size_t i)
{
	const struct sieg_operator *o = h->operator_;
	const struct sieg_sheet_act *act = h->sheet->act;
	const struct sieg_sheet_year *last = &o->year[o->n_years - 1];

	for (size_t j = 0; j < o->n_years; j++) {
		const struct sieg_sheet_year *y = &o->year[j];

		if (!is_well_shaped(y)) {
			SAY(E_PERIOD_SHAPE, "/operators/%zu/years/%zu/to", i, j);
			continue;
		}
		if (y->from < act->start || y->to > act->end)
			SAY(E_PERIOD_OUTSIDE, "/operators/%zu/years/%zu", i, j);
		if (j == 0 || !is_well_shaped(y - 1))
			continue;
		if (y->from <= y[-1].to)
			SAY(E_PERIOD_OVERLAP, "/operators/%zu/years/%zu/from", i, j);
		else if (y->from != y[-1].to + 1)
			SAY(E_PERIOD_GAP, "/operators/%zu/years/%zu/from", i, j);
	}
	if (h->sheet->stage != SIEG_EX_ANTE)
		return;
	if (o->year[0].from > act->start)
		SAY(E_PERIOD_GAP, "/operators/%zu/years/0/from", i);
	if (last->to < act->end)
		SAY(E_PERIOD_GAP, "/operators/%zu/years/%zu/to", i, o->n_years - 1);
}

/* The references of what was paid, in any year. */
static void gather_paid(const struct sieg_operator *o, struct sieg_name_set *paid)
{
	for (size_t j = 0; j < o->n_years; j++)
		for (size_t k = 0; k < o->year[j].n_paid; k++) {
			const char *reference = o->year[j].paid[k].reference;

			if (reference)
				sieg_name_add(paid, reference, strlen(reference));
		}
}

static void check_activities(const struct here *h, size_t i)
{
	const struct sieg_operator *o = h->operator_;
	struct sieg_name_set met;
	bool inside = false;

	sieg_name_set_init(&met, h->errors->arena);
	for (size_t k = 0; k < o->n_activities; k++) {
		sieg_once(h->errors, &met, o->activity[k].id, "/operators/%zu/activities/%zu/id", i,
			  k);
		inside |= o->activity[k].inside;
	}
	if (!inside)
		SAY(E_NO_ACTIVITY, "/operators/%zu/activities", i);
}

static void check_operator(struct here *h, size_t i)
{
	struct sieg_name_set paid;

	check_activities(h, i);
	check_periods(h, i);
	sieg_name_set_init(&paid, h->errors->arena);
	gather_paid(h->operator_, &paid);
	for (size_t j = 0; j < h->operator_->n_years; j++) {
		h->year = &h->operator_->year[j];
		h->path = sieg_printf(h->errors->arena, "/operators/%zu/years/%zu", i, j);
		check_year(h, &paid);
	}
	if (h->operator_->profit_proof &&
	    sieg_rate_compare(h->operator_->profit_proof->swap, (struct sieg_rate){ -101, 1 }) <= 0)
		SAY(E_RANGE, "/operators/%zu/profit_proof/swap", i);
}

void sieg_sheet_check(const struct sieg_sheet *in, struct sieg_issues *errors)
{
	struct here here = { .sheet = in, .errors = errors };
	struct sieg_name_set met;

	if (in->act->end < in->act->start)
		sieg_issue_at(errors, SIEG_E_DATE_ORDER, "/act/end", NULL);
	if (in->funding)
		check_funding(in->funding, errors);
	sieg_name_set_init(&met, errors->arena);
	for (size_t i = 0; i < in->n_operators; i++) {
		sieg_once(errors, &met, in->operator_[i].id, "/operators/%zu/id", i);
		here.operator_ = &in->operator_[i];
		check_operator(&here, i);
	}
}
