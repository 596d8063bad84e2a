#include "sieg/act_check.h"

#include "sieg/arena.h"
#include "sieg/calc.h"

struct work {
	struct sieg_calc *calc;
	const struct sieg_act_check *in;
	const struct sieg_act_rule *route;
	enum sieg_rule rule; /* of what the act cannot be without */
	struct sieg_act_check_result *result;
};

#define FIND(code, rule, ...) sieg_issue(w->calc->findings, code, rule, __VA_ARGS__)

/* ---- items ------------------------------------------------------------------------------ */

static void put_item(struct work *w, enum sieg_act_item item, bool blocking)
{
	struct sieg_item_result *r = &w->result->item[w->result->n_items++];

	r->item = item;
	r->blocking = blocking;
	r->rule = blocking ? w->rule : SIEG_HAL_ACT;
	r->present = w->in->items->text[item] != NULL;
	if (!r->present)
		FIND(blocking ? SIEG_E_ACT_INCOMPLETE : SIEG_W_ACT_ITEM, r->rule, "/items/%s",
		     sieg_act_item_rule(item)->id);
}

static void put_items(struct work *w)
{
	unsigned route = SIEG_ACT_BIT(w->in->route);

	for (enum sieg_act_item i = 0; i < SIEG_N_ACT_ITEMS; i++) {
		const struct sieg_act_item_rule *row = sieg_act_item_rule(i);

		if (row->of_associations && !w->in->association)
			continue;
		if ((row->blocks | row->advised) & route)
			put_item(w, i, (row->blocks & route) != 0);
	}
}

/* ---- thresholds --------------------------------------------------------------------------- */

static void add_threshold(struct work *w, const char *id, sieg_cents limit, enum sieg_rule rule,
			  bool applies)
{
	struct sieg_act_check_result *r = w->result;

	r->threshold[r->n_thresholds++] = (struct sieg_threshold_result){
		.id = id,
		.limit = sieg_amount(w->calc, limit),
		.rule = rule,
		.exceeded = applies && r->amount > limit,
	};
}

static sieg_cents largest(const sieg_cents *cents, size_t n)
{
	sieg_cents most = cents[0];

	for (size_t i = 1; i < n; i++)
		if (cents[i] > most)
			most = cents[i];
	return most;
}

static void put_thresholds(struct work *w)
{
	const struct sieg_act_check *in = w->in;
	const struct sieg_regime *regime = w->result->regime;

	if (!in->n_annual)
		return;
	w->result->amount = sieg_amount(w->calc, largest(in->annual, in->n_annual));
	for (size_t i = 0; i < SIEG_N_THRESHOLDS; i++) {
		const struct sieg_threshold *t = &sieg_thresholds[i];

		if (in->association || !t->of_associations)
			add_threshold(w, t->id, t->limit, t->rule, true);
	}
	if (w->route->publishes && regime && regime->rule[SIEG_PUBLICATION])
		add_threshold(w, "publication", regime->publication, regime->rule[SIEG_PUBLICATION],
			      in->outside_activities || !regime->publication_if_outside);
}

/* ---- days ------------------------------------------------------------------------------------ */

/* What is decided comes before what it governs. */
static void look_back(struct work *w)
{
	enum sieg_code code = w->route->must_precede ? SIEG_E_RETROACTIVE : SIEG_W_RETROACTIVE;
	const struct sieg_checked_act *act = w->in->act;

	if (act->act_date > act->start)
		FIND(code, w->rule, "/act/start");
	if (act->first_payment && act->act_date > act->first_payment)
		FIND(code, w->rule, "/act/first_payment");
	for (size_t i = 0; i < w->in->n_parameter_changes; i++) {
		const struct sieg_parameter_change *c = &w->in->parameter_change[i];

		if (c->decided_on > c->governs_from)
			FIND(code, w->rule, "/parameter_changes/%zu/decided_on", i);
	}
}

static bool has_stop(const struct sieg_issues *findings)
{
	for (size_t i = 0; i < findings->n_issues; i++)
		if (sieg_code_stops(findings->issue[i].code))
			return true;
	return false;
}

/* The decision's own rule where the route has none; an act before the first has neither. */
static bool find_rule(struct work *w)
{
	const struct sieg_regime *regime = sieg_regime_of(w->in->act->act_date);

	w->result->regime = regime;
	w->rule = w->route->rule;
	if (w->rule != SIEG_NO_RULE)
		return true;
	if (!regime) {
		sieg_issue_at(w->calc->errors, SIEG_E_NO_DECISION_YET, "/act/act_date", NULL);
		return false;
	}
	w->rule = regime->rule[SIEG_CONTENTS];
	return true;
}

struct sieg_act_check_result *sieg_act_check(const struct sieg_act_check *in,
					     struct sieg_issues *errors)
{
	struct sieg_act_check_result *r = sieg_make(errors->arena, struct sieg_act_check_result, 1);
	struct sieg_calc calc = {
		.arena = errors->arena,
		.errors = errors,
		.findings = &r->findings,
	};
	struct work w = { &calc, in, sieg_act_rule(in->route), SIEG_NO_RULE, r };

	if (in->act->end < in->act->start)
		sieg_issue_at(errors, SIEG_E_DATE_ORDER, "/act/end", NULL);
	if (errors->n_issues || !find_rule(&w))
		return NULL;
	sieg_issues_init(&r->findings, errors->arena);
	put_items(&w);
	put_thresholds(&w);
	look_back(&w);
	r->blocked = has_stop(&r->findings);
	return sieg_calc_end(&calc) ? r : NULL;
}
