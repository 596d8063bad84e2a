#include "sieg/operation.h"
#include "sieg/route.h"

static const char *const questions[] = {
	"economic", "service",    "initiative", "land_transport",
	"altmark",  "de_minimis", "duration",   "decision",
};
static const char *const answers[] = { "no", "yes", "not_claimed", "authority", "operator" };
static const char *const tests[] = {
	[SIEG_AMOUNT] = "amount",
	[SIEG_NO_CEILING] = "no_ceiling",
	[SIEG_PASSENGERS] = "passengers",
};

static void write_missing(struct sieg_writer *w, const struct sieg_route_step *step)
{
	if (!sieg_route_lists_missing(step->question))
		return;
	sieg_key(w, "missing");
	sieg_open_list(w);
	for (size_t i = 0; i < step->n_missing; i++)
		sieg_put_text(w, step->missing[i]);
	sieg_close_list(w);
}

static void write_amount(struct sieg_writer *w, const char *key, struct sieg_optional_cents amount)
{
	if (amount.given)
		sieg_write_cents(w, key, amount.cents);
}

static void write_step(struct sieg_writer *w, const struct sieg_route_step *step)
{
	sieg_open_object(w);
	sieg_write_text(w, "answer", answers[step->answer]);
	sieg_write_text(w, "average", step->average);
	write_amount(w, "ceiling", step->ceiling);
	sieg_write_text(w, "limit", step->limit);
	write_amount(w, "margin", step->margin);
	write_missing(w, step);
	sieg_write_text(w, "regime", step->regime ? step->regime->name : NULL);
	sieg_write_rule(w, step->rule);
	sieg_write_text(w, "step", questions[step->question]);
	write_amount(w, "sum", step->sum);
	sieg_write_text(w, "test", step->regime ? tests[step->test] : NULL);
	write_amount(w, "total", step->total);
	write_amount(w, "turnover", step->turnover);
	sieg_write_text(w, "years", step->years);
	sieg_close_object(w);
}

void sieg_write_route(struct sieg_writer *w, const struct sieg_route *in,
		      const struct sieg_route_result *result)
{
	sieg_open_object(w);
	sieg_write_contract(w);
	sieg_write_text(w, "dossier", in->dossier);
	sieg_write_findings(w, &result->findings);
	sieg_write_text(w, "operation", "route");
	sieg_write_text(w, "route", sieg_route_text(result));
	sieg_key(w, "route_rule");
	sieg_put_rule(w, result->rule);
	sieg_write_rules(w);
	sieg_key(w, "steps");
	sieg_open_list(w);
	for (size_t i = 0; i < result->n_steps; i++)
		write_step(w, &result->step[i]);
	sieg_close_list(w);
	sieg_close_object(w);
}
