#include "sieg/act_check.h"
#include "sieg/operation.h"

static void write_items(struct sieg_writer *w, const struct sieg_act_check_result *r)
{
	sieg_key(w, "items");
	sieg_open_list(w);
	for (size_t i = 0; i < r->n_items; i++) {
		const struct sieg_item_result *item = &r->item[i];

		sieg_open_object(w);
		sieg_write_bool(w, "blocking", item->blocking);
		sieg_write_text(w, "id", sieg_act_item_rule(item->item)->id);
		sieg_write_bool(w, "present", item->present);
		sieg_write_rule(w, item->rule);
		sieg_close_object(w);
	}
	sieg_close_list(w);
}

static void write_thresholds(struct sieg_writer *w, const struct sieg_act_check_result *r)
{
	sieg_key(w, "thresholds");
	sieg_open_list(w);
	for (size_t i = 0; i < r->n_thresholds; i++) {
		const struct sieg_threshold_result *t = &r->threshold[i];

		sieg_open_object(w);
		sieg_write_cents(w, "amount", r->amount);
		sieg_write_bool(w, "exceeded", t->exceeded);
		sieg_write_text(w, "id", t->id);
		sieg_write_cents(w, "limit", t->limit);
		sieg_write_rule(w, t->rule);
		sieg_close_object(w);
	}
	sieg_close_list(w);
}

void sieg_write_act_check(struct sieg_writer *w, const struct sieg_act_check *in,
			  const struct sieg_act_check_result *result)
{
	sieg_open_object(w);
	sieg_write_contract(w);
	sieg_write_text(w, "dossier", in->dossier);
	sieg_write_findings(w, &result->findings);
	write_items(w, result);
	sieg_write_text(w, "operation", "act-check");
	sieg_write_text(w, "regime", result->regime ? result->regime->name : NULL);
	sieg_write_rules(w);
	sieg_write_text(w, "status", result->blocked ? "blocked" : "complete");
	write_thresholds(w, result);
	sieg_close_object(w);
}
