#include "sieg/control_inside.h"

#include "sieg/arena.h"
#include "sieg/calc.h"
#include "sieg/day.h"
#include "sieg/name_set.h"

#define SAY(code, ...) sieg_issue(errors, SIEG_##code, SIEG_NO_RULE, __VA_ARGS__)

sieg_day sieg_effective_end(sieg_day end, sieg_day ended_on)
{
	return ended_on ? ended_on : end;
}

bool sieg_answered(const struct sieg_control *in, enum sieg_question question)
{
	for (size_t i = 0; i < in->n_answers; i++)
		if (in->answer[i].question == question)
			return in->answer[i].value;
	return false;
}

/* ---- stage B ---------------------------------------------------------------------------- */

static void check_payers(const struct sieg_control_period *p, size_t i, size_t j,
			 struct sieg_issues *errors)
{
	struct sieg_name_set met;

	sieg_name_set_init(&met, errors->arena);
	for (size_t k = 0; k < p->n_paid; k++) {
		sieg_once(errors, &met, p->paid[k].funder, "/acts/%zu/periods/%zu/paid/%zu/funder",
			  i, j, k);
		if (p->paid[k].n_amounts != p->n_allowed)
			SAY(E_PERIOD_SHAPE, "/acts/%zu/periods/%zu/paid/%zu/amounts", i, j, k);
	}
}

static bool is_well_shaped(const struct sieg_control_period *p)
{
	return p->to >= p->from;
}

static void check_period(const struct sieg_control_act *act, size_t i, size_t j,
			 struct sieg_issues *errors)
{
	const struct sieg_control_period *p = &act->period[j];

	check_payers(p, i, j, errors);
	if (!is_well_shaped(p)) {
		SAY(E_PERIOD_SHAPE, "/acts/%zu/periods/%zu/to", i, j);
		return;
	}
	if (p->to > sieg_add_years(p->from, (int)p->n_allowed) - 1)
		SAY(E_PERIOD_SHAPE, "/acts/%zu/periods/%zu/allowed", i, j);
	if (p->from < act->start || p->to > sieg_effective_end(act->end, act->ended_on))
		SAY(E_PERIOD_OUTSIDE, "/acts/%zu/periods/%zu", i, j);
	if (j == 0 || !is_well_shaped(p - 1))
		return;
	if (p->from <= p[-1].to)
		SAY(E_PERIOD_OVERLAP, "/acts/%zu/periods/%zu/from", i, j);
	else if (p->from != p[-1].to + 1)
		SAY(E_PERIOD_GAP, "/acts/%zu/periods/%zu/from", i, j);
}

static void check_act(const struct sieg_control_act *act, size_t i, struct sieg_issues *errors)
{
	if (act->end < act->start)
		SAY(E_DATE_ORDER, "/acts/%zu/end", i);
	if (act->ended_on && (act->ended_on < act->start || act->ended_on > act->end))
		SAY(E_DATE_ORDER, "/acts/%zu/ended_on", i);
	for (size_t j = 0; j < act->n_periods; j++)
		check_period(act, i, j, errors);
}

static void check_answers(const struct sieg_control *in, struct sieg_issues *errors)
{
	bool met[SIEG_N_UNCONFIRMED] = { false };

	for (size_t i = 0; i < in->n_answers; i++) {
		if (met[in->answer[i].question])
			SAY(E_DUPLICATE, "/answers/%zu/question", i);
		met[in->answer[i].question] = true;
	}
}

void sieg_control_check(const struct sieg_control *in, struct sieg_issues *errors)
{
	struct sieg_name_set met;

	sieg_name_set_init(&met, errors->arena);
	for (size_t i = 0; i < in->n_acts; i++) {
		sieg_once(errors, &met, in->act[i].id, "/acts/%zu/id", i);
		check_act(&in->act[i], i, errors);
	}
	check_answers(in, errors);
}

/* ---- stage C ------------------------------------------------------------------------------ */

static void rule_period(const struct sieg_control *in, const struct sieg_regime *regime, size_t i,
			size_t j, struct sieg_issues *errors)
{
	const struct sieg_control_period *p = &in->act[i].period[j];

	if (p->n_allowed > (size_t)regime->control_years)
		SAY(E_CONTROL_INTERVAL, "/acts/%zu/periods/%zu", i, j);
	if (p->exemption == SIEG_NO_EXEMPTION)
		return;
	if (!regime->exemptions)
		SAY(E_FIELD_CONFLICT, "/acts/%zu/periods/%zu/exemption", i, j);
	if (!sieg_answered(in, SIEG_EXEMPTION_2025))
		SAY(E_RULE_UNCONFIRMED, "/acts/%zu/periods/%zu/exemption", i, j);
}

void sieg_control_rules(const struct sieg_control *in, struct sieg_issues *errors)
{
	for (size_t i = 0; i < in->n_acts; i++) {
		const struct sieg_regime *regime = sieg_regime_of(in->act[i].act_date);

		if (!regime) {
			SAY(E_NO_DECISION_YET, "/acts/%zu/act_date", i);
			continue;
		}
		for (size_t j = 0; j < in->act[i].n_periods; j++)
			rule_period(in, regime, i, j, errors);
	}
}
