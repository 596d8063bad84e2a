/*
 * sieg.c - the calculator of compensation on structures: many sheets, one after the other.
 *
 *	build/bench_sieg [SHEETS [LINES]]
 *
 * A sheet of one operator and one year has LINES lines (200): of ten, five direct costs, one common
 * by a key of three activities, one asset with a grant, one that is excluded, two revenues. The
 * arena is reset between sheets. Time is of the processor, sheets being made once.
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "sieg/arena.h"
#include "sieg/day.h"
#include "sieg/sheet.h"

enum { ACTIVITIES = 3, FUNDERS = 3 };

static struct sieg_activity activity[ACTIVITIES] = {
	{ "in", true },
	{ "also-in", true },
	{ "out", false },
};
static struct sieg_key_value value[ACTIVITIES] = {
	{ "in", { 4250, 100 } },
	{ "also-in", { 1725, 100 } },
	{ "out", { 4025, 100 } },
};
static struct sieg_key_of_costs key = {
	.id = "hours", .source = "time sheets", .value = value, .n_values = ACTIVITIES
};
static struct sieg_share share[FUNDERS] = { { "a", { 50, 1 } },
					    { "b", { 30, 1 } },
					    { "c", { 20, 1 } } };
static struct sieg_funding funding = { SIEG_PERCENT, share, FUNDERS };

static struct sieg_cost draw_cost(struct sieg_arena *a, size_t i)
{
	struct sieg_cost c = { .id = sieg_printf(a, "cost-%zu", i),
			       .kind = SIEG_DIRECT,
			       .activity = activity[i % ACTIVITIES].id,
			       .amount = { (sieg_cents)(i * 7919 % 10000019), true } };

	switch (i % 10) {
	case 5:
		c.kind = SIEG_COMMON;
		c.activity = NULL;
		c.key = key.id;
		break;
	case 6:
		c.kind = SIEG_ASSET;
		c.asset = sieg_make(a, struct sieg_asset, 1);
		*c.asset = (struct sieg_asset){ c.amount.cents,
						sieg_day_of(2018, 3, 1 + i % 28),
						10,
						{ c.amount.cents / 3, true } };
		c.amount.given = false;
		break;
	case 7:
		c.kind = SIEG_EXCLUDED;
		c.activity = NULL;
		c.why = SIEG_NOT_SGEI;
		break;
	}
	return c;
}

/* Numbered on from line to line: the last two of ten are revenues. */
static void fill(struct sieg_arena *a, struct sieg_sheet_year *y, size_t lines)
{
	y->cost = sieg_make(a, struct sieg_cost, lines);
	y->revenue = sieg_make(a, struct sieg_revenue, lines);
	for (size_t i = 0; i < lines; i++) {
		if (i % 10 < 8) {
			y->cost[y->n_costs++] = draw_cost(a, i);
			continue;
		}
		y->revenue[y->n_revenues++] = (struct sieg_revenue){
			.id = sieg_printf(a, "revenue-%zu", i),
			.kind = SIEG_USERS,
			.activity = activity[i % ACTIVITIES].id,
			.amount = (sieg_cents)(i * 104729 % 1000003),
		};
	}
}

int main(int argc, char *argv[])
{
	long sheets = argc > 1 ? atol(argv[1]) : 100000, lines = argc > 2 ? atol(argv[2]) : 200;
	struct sieg_arena *made = sieg_arena_new(), *a = sieg_arena_new();
	struct sieg_sheet_act act = { .id = "act",
				      .act_date = sieg_day_of(2021, 12, 1),
				      .start = sieg_day_of(2022, 1, 1),
				      .end = sieg_day_of(2026, 12, 31) };
	struct sieg_profit profit = { .capital = { 100000000, true },
				      .swap = { 237, 100 },
				      .claimed = 100 };
	struct sieg_sheet_year year = { .from = sieg_day_of(2022, 1, 1),
					.to = sieg_day_of(2022, 12, 31),
					.key = &key,
					.n_keys = 1,
					.profit = &profit };
	struct sieg_operator op = { .id = "o",
				    .activity = activity,
				    .n_activities = ACTIVITIES,
				    .year = &year,
				    .n_years = 1 };
	struct sieg_sheet sheet = { .act = &act,
				    .stage = SIEG_EX_POST,
				    .funding = &funding,
				    .operator_ = &op,
				    .n_operators = 1 };
	sieg_wide sum = 0;
	double seconds;
	clock_t start;

	fill(made, &year, (size_t)lines);
	start = clock();
	for (long i = 0; i < sheets; i++) {
		struct sieg_issues errors;
		const struct sieg_sheet_result *r;

		sieg_arena_reset(a);
		sieg_issues_init(&errors, a);
		/* One line changes, as from one dossier to the next. */
		year.cost[0].amount.cents = i;
		r = sieg_sheet(&sheet, &errors);
		if (!r) {
			fprintf(stderr, "bench_sieg: %s %s\n", errors.issue[0].path,
				sieg_code_name(errors.issue[0].code));
			return 1;
		}
		sum += r->allowed.cents;
	}
	seconds = (double)(clock() - start) / CLOCKS_PER_SEC;
	printf("%ld sheets of %ld lines: %.2f s, %.0f ns a line (allowed in all: %lld cents)\n",
	       sheets, lines, seconds, seconds * 1e9 / (double)sheets / (double)lines,
	       (long long)sum);
	sieg_arena_free(a);
	sieg_arena_free(made);
	return 0;
}
