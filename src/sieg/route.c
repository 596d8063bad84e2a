#include "sieg/route.h"

#include "sieg/arena.h"
#include "sieg/calc.h"
#include "sieg/name_set.h"

struct work {
	struct sieg_calc *calc;
	const struct sieg_route *in;
	struct sieg_route_result *result;
};

#define FIND(code, rule, path) sieg_issue(w->calc->findings, SIEG_##code, rule, "%s", path)
#define REFUSE(code, path)     sieg_issue_at(w->calc->errors, SIEG_##code, path, NULL)

const char *sieg_route_text(const struct sieg_route_result *result)
{
	static const char *const names[] = {
		[SIEG_ROUTE_NOT_ECONOMIC] = "NOT-ECONOMIC", [SIEG_ROUTE_NOT_SGEI] = "NOT-SGEI",
		[SIEG_ROUTE_LAND_TRANSPORT] = "REG1370",    [SIEG_ROUTE_ALTMARK] = "ALTMARK",
		[SIEG_ROUTE_DE_MINIMIS] = "DM-SGEI",        [SIEG_ROUTE_FRAMEWORK] = "FRAMEWORK",
	};

	return result->route == SIEG_ROUTE_DECISION ? result->regime->name : names[result->route];
}

bool sieg_route_lists_missing(enum sieg_route_question question)
{
	return question == SIEG_ASK_SERVICE || question == SIEG_ASK_ALTMARK ||
	       question == SIEG_ASK_DE_MINIMIS;
}

static struct sieg_route_step *add(struct work *w, enum sieg_route_question question,
				   enum sieg_rule rule, enum sieg_route_answer answer)
{
	struct sieg_route_step *step = &w->result->step[w->result->n_steps++];

	step->question = question;
	step->rule = rule;
	step->answer = answer;
	return step;
}

static void miss(struct sieg_route_step *step, bool missing, const char *word)
{
	if (!missing)
		return;
	step->missing[step->n_missing++] = word;
	step->answer = SIEG_ANSWER_NO;
}

static void end(struct work *w, enum sieg_route_name route, enum sieg_rule rule)
{
	w->result->route = route;
	w->result->rule = rule;
}

static struct sieg_optional_cents amount(struct work *w, sieg_wide cents)
{
	return (struct sieg_optional_cents){ sieg_amount(w->calc, cents), true };
}

/* ---- before any decision ----------------------------------------------------------------- */

static void ask_economic(struct work *w)
{
	add(w, SIEG_ASK_ECONOMIC, SIEG_HAL_Q1, w->in->economic ? SIEG_ANSWER_YES : SIEG_ANSWER_NO);
	if (!w->in->economic)
		end(w, SIEG_ROUTE_NOT_ECONOMIC, SIEG_HAL_Q1);
}

static void ask_service(struct work *w)
{
	const struct sieg_route_service *s = w->in->service;
	struct sieg_route_step *step = add(w, SIEG_ASK_SERVICE, SIEG_HAL_Q2, SIEG_ANSWER_YES);

	miss(step, !s->need, "need");
	miss(step, !s->no_market, "no_market");
	miss(step, !s->competence, "competence");
	miss(step, !s->obligations, "obligations");
	if (step->n_missing)
		end(w, SIEG_ROUTE_NOT_SGEI, SIEG_HAL_Q2);
}

static void ask_initiative(struct work *w)
{
	bool is_operator = w->in->initiative == SIEG_OF_OPERATOR;

	add(w, SIEG_ASK_INITIATIVE, SIEG_HAL_Q3,
	    is_operator ? SIEG_ANSWER_OPERATOR : SIEG_ANSWER_AUTHORITY);
	if (is_operator)
		FIND(W_SUBSIDY, SIEG_HAL_Q3, "/initiative");
}

static void ask_land_transport(struct work *w)
{
	bool is_transport = w->in->sector == SIEG_LAND_TRANSPORT;

	add(w, SIEG_ASK_LAND_TRANSPORT, SIEG_DEC12_L,
	    is_transport ? SIEG_ANSWER_YES : SIEG_ANSWER_NO);
	if (is_transport)
		end(w, SIEG_ROUTE_LAND_TRANSPORT, SIEG_DEC12_L);
}

static void ask_altmark(struct work *w)
{
	const struct sieg_route_altmark *a = w->in->altmark;
	struct sieg_route_step *step;

	if (!a) {
		add(w, SIEG_ASK_ALTMARK, SIEG_ALT, SIEG_ANSWER_NOT_CLAIMED);
		return;
	}
	step = add(w, SIEG_ASK_ALTMARK, SIEG_ALT, SIEG_ANSWER_YES);
	miss(step, !a->obligations_written, "1");
	miss(step, !a->parameters_before, "2");
	miss(step, !a->no_overcompensation, "3");
	miss(step, !a->tender && !a->benchmark, "4");
	if (!step->n_missing)
		end(w, SIEG_ROUTE_ALTMARK, SIEG_ALT);
}

/* What counts with the whole right, under the ceiling of the regulation. */
static void put_margin(struct work *w, struct sieg_route_step *step, sieg_cents ceiling)
{
	const struct sieg_route_de_minimis *d = w->in->de_minimis;
	sieg_wide total = (sieg_wide)d->used + d->whole_right;

	step->total = amount(w, total);
	step->ceiling = amount(w, ceiling);
	step->margin = amount(w, total < ceiling ? ceiling - total : 0);
	miss(step, total > ceiling, "ceiling");
}

static void ask_de_minimis(struct work *w)
{
	const struct sieg_route_de_minimis *d = w->in->de_minimis;
	enum sieg_regulation_name name = sieg_regulation_on(w->in->act_date, true);
	const struct sieg_regulation *regulation = sieg_regulation(name);
	bool in_force = name != SIEG_OTHER_REGULATION;
	struct sieg_route_step *step;

	if (!d) {
		add(w, SIEG_ASK_DE_MINIMIS, SIEG_HAL_Q6, SIEG_ANSWER_NOT_CLAIMED);
		return;
	}
	step = add(w, SIEG_ASK_DE_MINIMIS, in_force ? regulation->rule : SIEG_HAL_DATE,
		   SIEG_ANSWER_YES);
	miss(step, !in_force, "date");
	if (in_force)
		put_margin(w, step, regulation->ceiling);
	miss(step, d->other_compensation, "cumulation");
	miss(step, d->sector_excluded, "sector");
	if (!step->n_missing)
		end(w, SIEG_ROUTE_DE_MINIMIS, step->rule);
}

/* ---- the decision of the day ---------------------------------------------------------------- */

static void find_regime(struct work *w)
{
	w->result->regime = sieg_regime_of(w->in->act_date);
	if (!w->result->regime)
		REFUSE(E_NO_DECISION_YET, "/act_date");
}

static void end_by_framework(struct work *w)
{
	end(w, SIEG_ROUTE_FRAMEWORK, w->result->regime->rule[SIEG_FRAMEWORK]);
}

static void ask_duration(struct work *w)
{
	const struct sieg_regime *regime = w->result->regime;
	enum sieg_rule rule = regime->rule[SIEG_DURATION];
	bool is_short = w->in->months <= regime->months || w->in->investment;

	if (rule == SIEG_NO_RULE)
		return;
	add(w, SIEG_ASK_DURATION, rule, is_short ? SIEG_ANSWER_YES : SIEG_ANSWER_NO);
	if (!is_short)
		end_by_framework(w);
}

/* Whether they are few enough on average of the years before. */
static bool passengers_fit(struct work *w, struct sieg_route_step *step, int64_t limit)
{
	int64_t n = (int64_t)w->in->n_passengers, sum = 0;

	if (!n) {
		REFUSE(E_REQUIRED, "/passengers");
		return false;
	}
	for (int64_t i = 0; i < n; i++)
		sum += w->in->passengers[i];
	step->average = sieg_small_fraction(w->calc->arena, sum, n);
	step->limit = sieg_small_fraction(w->calc->arena, limit, 1);
	return sum <= limit * n;
}

static sieg_wide sum_of(const sieg_cents *cents, size_t n)
{
	sieg_wide sum = 0;

	for (size_t i = 0; i < n; i++)
		sum += cents[i];
	return sum;
}

/* Whether the operator's turnover is below the limit on average of the years before. */
static bool turnover_fits(struct work *w, struct sieg_route_step *step, sieg_cents limit)
{
	sieg_wide turnover = sum_of(w->in->turnover, w->in->n_turnover);

	step->turnover = amount(w, turnover);
	return turnover < (sieg_wide)limit * (sieg_wide)w->in->n_turnover;
}

/* Whether all that is expected, of all funders, is under the ceiling on average of the years. */
static bool annual_fits(struct work *w, struct sieg_route_step *step)
{
	const struct sieg_route *in = w->in;
	const struct sieg_regime *regime = w->result->regime;
	int64_t months = in->months ? in->months : (int64_t)in->annual[0].n_amounts * 12;
	sieg_wide sum = 0, most = (sieg_wide)regime->ceiling * months;

	for (size_t i = 0; i < in->n_annual; i++)
		sum += sum_of(in->annual[i].amount, in->annual[i].n_amounts);
	step->sum = amount(w, sum);
	step->years = sieg_small_fraction(w->calc->arena, months, 12);
	step->ceiling = amount(w, regime->ceiling);
	return regime->below_ceiling ? sum * 12 < most : sum * 12 <= most;
}

static bool amounts_fit(struct work *w, struct sieg_route_step *step)
{
	const struct sieg_regime *regime = w->result->regime;
	bool fits;

	step->rule = regime->rule[SIEG_CEILING];
	if (!w->in->n_annual)
		REFUSE(E_REQUIRED, "/annual");
	if (regime->turnover && !w->in->n_turnover)
		REFUSE(E_REQUIRED, "/turnover");
	if (w->calc->errors->n_issues)
		return false;
	fits = annual_fits(w, step);
	if (regime->turnover)
		fits &= turnover_fits(w, step, regime->turnover);
	return fits;
}

static bool scope_fits(struct work *w, struct sieg_route_step *step, const struct sieg_scope *scope)
{
	switch (scope->test) {
	case SIEG_NO_CEILING:
		return true;
	case SIEG_PASSENGERS:
		return passengers_fit(w, step, scope->passengers);
	case SIEG_AMOUNT:
		return amounts_fit(w, step);
	case SIEG_NOT_KNOWN:
		break;
	}
	REFUSE(E_RULE_UNCONFIRMED, "/sector");
	return false;
}

static void ask_decision(struct work *w)
{
	const struct sieg_regime *regime = w->result->regime;
	const struct sieg_scope *scope = &regime->scope[w->in->sector];
	struct sieg_route_step *step = add(w, SIEG_ASK_DECISION, scope->rule, SIEG_ANSWER_NO);

	step->regime = regime;
	step->test = scope->test;
	if (!scope_fits(w, step, scope)) {
		end_by_framework(w);
		return;
	}
	step->answer = SIEG_ANSWER_YES;
	end(w, SIEG_ROUTE_DECISION, step->rule);
}

/* ---- all of them, in order ------------------------------------------------------------ */

/* An act that comes after the start cannot have entrusted it. */
static void look_back(struct work *w)
{
	const struct sieg_route_result *r = w->result;
	bool needs_act = r->route == SIEG_ROUTE_ALTMARK || r->route == SIEG_ROUTE_DECISION;

	if (r->route == SIEG_ROUTE_FRAMEWORK)
		FIND(E_NOTIFY_FIRST, r->rule, "");
	if (needs_act && w->in->act_date > w->in->start)
		FIND(E_RETROACTIVE, r->rule, "/act_date");
}

/* The first route that is reached is the answer; what a step cannot do without stops it there. */
static void ask_all(struct work *w)
{
	static void (*const ask[])(struct work *) = {
		ask_economic,   ask_service, ask_initiative, ask_land_transport, ask_altmark,
		ask_de_minimis, find_regime, ask_duration,   ask_decision,
	};

	for (size_t i = 0; i < sizeof(ask) / sizeof(*ask); i++) {
		ask[i](w);
		if (w->result->route != SIEG_ROUTE_NONE || w->calc->errors->n_issues)
			break;
	}
	look_back(w);
}

static void check(const struct sieg_route *in, struct sieg_issues *errors)
{
	struct sieg_name_set met;

	sieg_name_set_init(&met, errors->arena);
	for (size_t i = 0; i < in->n_annual; i++) {
		sieg_once(errors, &met, in->annual[i].funder, "/annual/%zu/funder", i);
		if (in->annual[i].n_amounts != in->annual[0].n_amounts)
			sieg_issue(errors, SIEG_E_PERIOD_SHAPE, SIEG_NO_RULE, "/annual/%zu/amounts",
				   i);
	}
}

struct sieg_route_result *sieg_route(const struct sieg_route *in, struct sieg_issues *errors)
{
	struct sieg_route_result *r = sieg_make(errors->arena, struct sieg_route_result, 1);
	struct sieg_calc calc = {
		.arena = errors->arena,
		.errors = errors,
		.findings = &r->findings,
	};
	struct work w = { &calc, in, r };

	check(in, errors);
	if (errors->n_issues)
		return NULL;
	sieg_issues_init(&r->findings, errors->arena);
	ask_all(&w);
	return sieg_calc_end(&calc) ? r : NULL;
}
