#include "sieg/sheet_inside.h"

#include "sieg/arena.h"
#include "sieg/day.h"
#include "sieg/exact.h"
#include "sieg/split.h"

/* One year, with its keys made ready as they are first used. */
struct lines {
	struct sieg_calc *calc;
	const struct sieg_regime *regime;
	const struct sieg_operator *operator_;
	const struct sieg_sheet_year *year;
	struct sieg_split **split;
};

/* Days from `from` to `to`, both included, each over the length of its year: n / (365 x 366). */
static sieg_wide year_parts(sieg_day from, sieg_day to)
{
	sieg_wide parts = 0;

	for (int year = sieg_year_of(from); from <= to; year++) {
		sieg_day end = sieg_day_of(year, 12, 31);

		if (end > to)
			end = to;
		parts += (sieg_wide)(end - from + 1) * (sieg_is_leap(year) ? 365 : 366);
		from = end + 1;
	}
	return parts;
}

/* What of `cost` is used up at the end of `day`, to the cent. */
static sieg_cents used_up(const struct sieg_asset *asset, sieg_cents cost, sieg_day day)
{
	sieg_day last = sieg_add_years(asset->in_service, (int)asset->life) - 1;
	sieg_cents used;

	if (day < asset->in_service)
		return 0;
	if (day >= last)
		return cost;
	used = sieg_divide(cost * year_parts(asset->in_service, day),
			   (sieg_wide)asset->life * 365 * 366);
	return used < cost ? used : cost;
}

static sieg_cents charge(const struct sieg_asset *asset, sieg_cents cost,
			 const struct sieg_sheet_year *year)
{
	return used_up(asset, cost, year->to) - used_up(asset, cost, year->from - 1);
}

/* A key's split is made once a year. */
static const struct sieg_split *split_of(struct lines *l, const struct sieg_key_of_costs *key)
{
	struct sieg_split **made = &l->split[key - l->year->key];
	struct sieg_rate *weight;

	if (*made)
		return *made;
	weight = sieg_make(l->calc->arena, struct sieg_rate, key->n_values);
	for (size_t i = 0; i < key->n_values; i++)
		weight[i] = key->value[i].value;
	*made = sieg_split_by_rates(l->calc->arena, weight, key->n_values);
	return *made;
}

static void share_by_key(struct lines *l, struct sieg_line *line)
{
	const struct sieg_key_of_costs *key = sieg_key_named(l->year, line->key);
	sieg_cents *cents = sieg_make(l->calc->arena, sieg_cents, key->n_values);

	line->part = sieg_make(l->calc->arena, struct sieg_part, key->n_values);
	line->n_parts = key->n_values;
	sieg_split(split_of(l, key), line->amount, cents);
	for (size_t i = 0; i < key->n_values; i++) {
		const char *activity = key->value[i].activity;

		line->part[i] = (struct sieg_part){ activity, cents[i] };
		if (sieg_activity_named(l->operator_, activity)->inside)
			line->inside += cents[i];
	}
}

/* The part of the service: by the line's activity or key; a line that has neither counts whole. */
static void find_inside(struct lines *l, struct sieg_line *line)
{
	if (line->why != SIEG_NO_WHY)
		line->inside = 0;
	else if (line->key)
		share_by_key(l, line);
	else if (!line->activity || sieg_activity_named(l->operator_, line->activity)->inside)
		line->inside = line->amount;
}

static struct sieg_line cost_line(struct lines *l, const struct sieg_cost *c)
{
	struct sieg_line line = {
		.id = c->id,
		.kind = sieg_cost_words[c->kind],
		.activity = c->activity,
		.key = c->key,
		.amount = c->amount.cents,
		.why = c->why,
		.rule = l->regime->rule[SIEG_NET_COST],
	};

	if (c->kind == SIEG_EXCLUDED)
		line.rule = SIEG_HAL_EXCL;
	if (c->kind == SIEG_ASSET) {
		line.amount = charge(c->asset, c->asset->cost, l->year);
		line.rule = SIEG_HAL_DEPR;
		line.rounding = SIEG_LINE;
	}
	find_inside(l, &line);
	return line;
}

static struct sieg_line revenue_line(struct lines *l, const struct sieg_revenue *r)
{
	struct sieg_line line = {
		.id = r->id,
		.kind = sieg_revenue_words[r->kind],
		.activity = r->activity,
		.key = r->key,
		.amount = r->amount,
		.rule = l->regime->rule[SIEG_REVENUE],
	};

	find_inside(l, &line);
	return line;
}

/* An investment grant is released as its asset is used up. */
static struct sieg_line released_line(struct lines *l, const struct sieg_cost *c)
{
	struct sieg_line line = {
		.id = c->id,
		.kind = sieg_revenue_words[SIEG_RELEASED_GRANT],
		.activity = c->activity,
		.key = c->key,
		.amount = charge(c->asset, c->asset->grant.cents, l->year),
		.rule = SIEG_HAL_DEPR,
		.rounding = SIEG_LINE,
		.from_asset = true,
	};

	find_inside(l, &line);
	return line;
}

static bool has_grant(const struct sieg_cost *c)
{
	return c->kind == SIEG_ASSET && c->asset->grant.given;
}

static void put_costs(struct lines *l, struct sieg_year_result *result)
{
	const struct sieg_sheet_year *y = l->year;
	sieg_wide total = 0;

	result->cost = sieg_make(l->calc->arena, struct sieg_line, y->n_costs);
	result->n_costs = y->n_costs;
	for (size_t k = 0; k < y->n_costs; k++) {
		result->cost[k] = cost_line(l, &y->cost[k]);
		total += result->cost[k].inside;
	}
	result->cost_total = sieg_figure(l->calc, total, l->regime->rule[SIEG_NET_COST]);
}

static void put_revenues(struct lines *l, struct sieg_year_result *result)
{
	const struct sieg_sheet_year *y = l->year;
	size_t n = 0, n_grants = 0;
	sieg_wide total = 0;

	for (size_t k = 0; k < y->n_costs; k++)
		n_grants += has_grant(&y->cost[k]);
	result->n_revenues = y->n_revenues + n_grants;
	result->revenue = sieg_make(l->calc->arena, struct sieg_line, result->n_revenues);
	for (size_t k = 0; k < y->n_revenues; k++)
		result->revenue[n++] = revenue_line(l, &y->revenue[k]);
	for (size_t k = 0; k < y->n_costs; k++)
		if (has_grant(&y->cost[k]))
			result->revenue[n++] = released_line(l, &y->cost[k]);
	for (size_t k = 0; k < n; k++)
		total += result->revenue[k].inside;
	result->revenue_total = sieg_figure(l->calc, total, l->regime->rule[SIEG_REVENUE]);
}

void sieg_sheet_lines(struct sieg_calc *calc, const struct sieg_regime *regime,
		      const struct sieg_operator *o, const struct sieg_sheet_year *year,
		      struct sieg_year_result *result)
{
	struct lines l = { .calc = calc, .regime = regime, .operator_ = o, .year = year };

	l.split = sieg_make(calc->arena, struct sieg_split *, year->n_keys);
	put_costs(&l, result);
	put_revenues(&l, result);
	result->net_cost =
		sieg_figure(calc, (sieg_wide)result->cost_total.cents - result->revenue_total.cents,
			    regime->rule[SIEG_NET_COST]);
}
