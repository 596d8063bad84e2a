#include "sieg/operation.h"
#include "sieg/sheet.h"

static void write_parts(struct sieg_writer *w, const struct sieg_line *line)
{
	sieg_key(w, "split");
	sieg_open_list(w);
	for (size_t i = 0; i < line->n_parts; i++) {
		sieg_open_object(w);
		sieg_write_text(w, "activity", line->part[i].activity);
		sieg_write_cents(w, "amount", line->part[i].cents);
		sieg_close_object(w);
	}
	sieg_close_list(w);
}

static void write_line(struct sieg_writer *w, const struct sieg_line *line)
{
	sieg_open_object(w);
	sieg_write_text(w, "activity", line->activity);
	sieg_write_cents(w, "amount", line->amount);
	if (line->from_asset)
		sieg_write_bool(w, "from_asset", true);
	sieg_write_text(w, "id", line->id);
	sieg_write_cents(w, "inside", line->inside);
	sieg_write_text(w, "key", line->key);
	sieg_write_text(w, "kind", line->kind);
	if (line->rounding)
		sieg_write_text(w, "rounding", sieg_rounding_name(line->rounding));
	sieg_write_rule(w, line->rule);
	if (line->key)
		write_parts(w, line);
	sieg_write_text(w, "why", sieg_why_words[line->why]);
	sieg_close_object(w);
}

static void write_lines(struct sieg_writer *w, const char *key, const struct sieg_line *line,
			size_t n)
{
	sieg_key(w, key);
	sieg_open_list(w);
	for (size_t i = 0; i < n; i++)
		write_line(w, &line[i]);
	sieg_close_list(w);
}

static void write_differences(struct sieg_writer *w, const struct sieg_year_result *y)
{
	if (!y->n_differences)
		return;
	sieg_key(w, "differences");
	sieg_open_list(w);
	for (size_t i = 0; i < y->n_differences; i++) {
		const struct sieg_difference *d = &y->difference[i];

		sieg_open_object(w);
		sieg_write_cents(w, "actual", d->actual);
		sieg_write_cents(w, "difference", d->difference);
		sieg_write_cents(w, "forecast", d->forecast);
		sieg_write_text(w, "id", d->id);
		sieg_write_text(w, "percent", d->percent);
		sieg_write_rule(w, SIEG_HAL_DIFF);
		sieg_close_object(w);
	}
	sieg_close_list(w);
}

static void write_funders(struct sieg_writer *w, const struct sieg_funder_part *part, size_t n)
{
	if (!n)
		return;
	sieg_key(w, "funders");
	sieg_open_list(w);
	for (size_t i = 0; i < n; i++)
		sieg_put_figure_of(w, part[i].figure, "funder", part[i].funder);
	sieg_close_list(w);
}

static void write_monitoring(struct sieg_writer *w, const struct sieg_year_result *y)
{
	if (!y->n_monitoring)
		return;
	sieg_key(w, "monitoring");
	sieg_open_list(w);
	for (size_t i = 0; i < y->n_monitoring; i++) {
		sieg_open_object(w);
		sieg_write_text(w, "id", y->monitoring[i].id);
		sieg_write_figure(w, "per_unit", y->monitoring[i].per_unit);
		sieg_write_text(w, "percent", y->monitoring[i].percent);
		sieg_close_object(w);
	}
	sieg_close_list(w);
}

static void write_terms(struct sieg_writer *w, const struct sieg_year_result *y)
{
	sieg_key(w, "terms");
	sieg_open_list(w);
	for (size_t i = 0; i < y->n_terms; i++)
		sieg_put_figure_of(w, y->term[i].figure, "term", sieg_term_name(y->term[i].term));
	sieg_close_list(w);
}

static void write_year(struct sieg_writer *w, const struct sieg_year_result *y)
{
	sieg_open_object(w);
	sieg_write_figure(w, "allowed", y->allowed);
	if (y->has_paid)
		sieg_write_figure(w, "balance", y->balance);
	sieg_write_text(w, "binding", sieg_term_name(y->binding));
	sieg_write_figure(w, "cost_total", y->cost_total);
	write_lines(w, "costs", y->cost, y->n_costs);
	write_differences(w, y);
	sieg_write_text(w, "fraction", y->fraction);
	sieg_write_day(w, "from", y->from);
	sieg_write_text(w, "fulfilment_ratio", y->fulfilment_ratio);
	write_funders(w, y->funder, y->n_funders);
	write_monitoring(w, y);
	sieg_write_figure(w, "net_cost", y->net_cost);
	if (y->has_without)
		sieg_write_figure(w, "net_cost_without", y->net_cost_without);
	if (y->has_paid)
		sieg_write_figure(w, "paid", y->paid);
	if (y->has_profit) {
		sieg_write_figure(w, "profit", y->profit);
		sieg_write_figure(w, "profit_max", y->profit_max);
	}
	sieg_write_figure(w, "revenue_total", y->revenue_total);
	write_lines(w, "revenues", y->revenue, y->n_revenues);
	write_terms(w, y);
	sieg_write_day(w, "to", y->to);
	sieg_close_object(w);
}

static void write_average(struct sieg_writer *w, const struct sieg_operator_result *o)
{
	if (!o->has_average)
		return;
	sieg_key(w, "average");
	sieg_open_object(w);
	sieg_write_figure(w, "ceiling", o->ceiling);
	sieg_write_cents(w, "sum", o->sum);
	sieg_write_text(w, "verdict", o->above ? "above" : "within");
	sieg_write_text(w, "years", o->years);
	sieg_close_object(w);
}

static void write_proof(struct sieg_writer *w, const struct sieg_operator_result *o)
{
	if (!o->has_proof)
		return;
	sieg_key(w, "profit_proof");
	sieg_open_object(w);
	sieg_write_figure(w, "npv", o->npv);
	sieg_write_text(w, "verdict", o->too_high ? "too_high" : "reasonable");
	sieg_close_object(w);
}

static void write_operator(struct sieg_writer *w, const struct sieg_operator_result *o)
{
	sieg_open_object(w);
	sieg_write_figure(w, "allowed", o->allowed);
	write_average(w, o);
	sieg_write_text(w, "id", o->id);
	write_proof(w, o);
	sieg_key(w, "years");
	sieg_open_list(w);
	for (size_t j = 0; j < o->n_years; j++)
		write_year(w, &o->year[j]);
	sieg_close_list(w);
	sieg_close_object(w);
}

void sieg_write_sheet(struct sieg_writer *w, const struct sieg_sheet *in,
		      const struct sieg_sheet_result *result)
{
	sieg_open_object(w);
	sieg_write_figure(w, "allowed", result->allowed);
	sieg_write_contract(w);
	sieg_write_text(w, "dossier", in->dossier);
	sieg_write_findings(w, &result->findings);
	write_funders(w, result->funder, result->n_funders);
	sieg_write_text(w, "method", sieg_method_words[in->method]);
	sieg_write_text(w, "operation", "sheet");
	sieg_key(w, "operators");
	sieg_open_list(w);
	for (size_t i = 0; i < result->n_operators; i++)
		write_operator(w, &result->operator_[i]);
	sieg_close_list(w);
	sieg_write_text(w, "regime", result->regime->name);
	sieg_write_rules(w);
	sieg_write_text(w, "stage", sieg_stage_words[in->stage]);
	sieg_close_object(w);
}
