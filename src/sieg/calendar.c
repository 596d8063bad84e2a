#include "sieg/calendar.h"

#include <stdlib.h>
#include <string.h>

#include "sieg/arena.h"
#include "sieg/calc.h"
#include "sieg/name_set.h"
#include "sieg/write.h"

struct work {
	struct sieg_calc *calc;
	const struct sieg_calendar *in;
	struct sieg_calendar_result *result;
};

const char *sieg_deadline_name(enum sieg_deadline_kind kind)
{
	static const char *const names[] = {
		"aid_records_until", "control_by",       "control_warning", "end_check",
		"end_warning",       "financial_report", "records_until",   "register_by",
		"state_report",      "yearly_aggregate",
	};

	return names[kind];
}

static void add(struct work *w, sieg_day day, enum sieg_deadline_kind kind, const char *about,
		enum sieg_rule rule)
{
	struct sieg_calendar_result *r = w->result;

	r->deadline = sieg_grow(w->calc->arena, r->deadline, r->n_deadlines, &r->capacity,
				sizeof(*r->deadline));
	r->deadline[r->n_deadlines++] = (struct sieg_deadline){ day, kind, rule, about };
}

/* ---- the act -------------------------------------------------------------------------------- */

static sieg_day day_in(int year, struct sieg_year_day d)
{
	return sieg_day_of(year, d.month, d.day);
}

static sieg_day last_day(const struct sieg_calendar_act *act)
{
	return act->ended_on ? act->ended_on : act->end;
}

static void add_controls(struct work *w, const struct sieg_calendar_act *act,
			 const struct sieg_regime *regime)
{
	enum sieg_rule rule = regime->rule[SIEG_CONTROL];
	sieg_day end = last_day(act), day;

	for (int k = 1;; k++) {
		day = sieg_add_years(act->start, k * regime->control_years) - 1;
		if (day >= end)
			break;
		add(w, day, SIEG_DUE_CONTROL_BY, act->id, rule);
		add(w, sieg_add_months(day, -SIEG_WARNING_MONTHS), SIEG_DUE_CONTROL_WARNING,
		    act->id, rule);
	}
	add(w, end, SIEG_DUE_END_CHECK, act->id, rule);
	add(w, sieg_add_months(end, -SIEG_WARNING_MONTHS), SIEG_DUE_END_WARNING, act->id, rule);
}

/* The State's own, that who grants has to feed. */
static void add_state_reports(struct work *w, const struct sieg_calendar_act *act,
			      const struct sieg_regime *regime)
{
	sieg_day end = last_day(act);

	if (!regime->rule[SIEG_STATE_REPORT])
		return;
	for (int year = regime->report_from;; year += regime->report_every) {
		sieg_day day = day_in(year, regime->report_by);

		if (day > end)
			break;
		if (day >= act->start)
			add(w, day, SIEG_DUE_STATE_REPORT, act->id,
			    regime->rule[SIEG_STATE_REPORT]);
	}
}

static void add_act(struct work *w)
{
	const struct sieg_calendar_act *act = w->in->act;
	const struct sieg_regime *regime;

	if (!act)
		return;
	regime = sieg_regime_of(act->act_date);
	if (!regime) {
		sieg_issue_at(w->calc->errors, SIEG_E_NO_DECISION_YET, "/act/act_date", NULL);
		return;
	}
	add_controls(w, act, regime);
	add(w, sieg_add_years(last_day(act), regime->record_years), SIEG_DUE_RECORDS_UNTIL, act->id,
	    regime->rule[SIEG_RECORDS]);
	add_state_reports(w, act, regime);
}

/* ---- exercises and aids ---------------------------------------------------------------------- */

static void add_exercises(struct work *w)
{
	const struct sieg_account *account = sieg_account();

	for (size_t i = 0; i < w->in->n_exercises; i++) {
		sieg_day day = w->in->exercise[i];

		add(w, sieg_add_months(day, account->months), SIEG_DUE_FINANCIAL_REPORT,
		    sieg_day_text(w->calc->arena, day), account->rule);
	}
}

/* The register of a year is summed up in the next. */
static void add_registration(struct work *w, const struct sieg_calendar_aid *aid,
			     const struct sieg_record *record)
{
	sieg_day by = sieg_register_by(record, aid->grant_date, w->in->holidays);
	int year = sieg_year_of(aid->grant_date);

	if (!by)
		return;
	add(w, by, SIEG_DUE_REGISTER_BY, aid->id, record->rule);
	add(w, day_in(year + 1, record->summed_by), SIEG_DUE_YEARLY_AGGREGATE,
	    sieg_printf(w->calc->arena, "%d", year), record->rule);
}

static void add_aids(struct work *w)
{
	for (size_t i = 0; i < w->in->n_aids; i++) {
		const struct sieg_calendar_aid *aid = &w->in->aid[i];
		enum sieg_regulation_name name = sieg_regulation_on(aid->grant_date, true);
		const struct sieg_record *record = sieg_regulation(name)->record;

		if (!record) {
			sieg_issue(w->calc->errors, SIEG_E_REGIME_DATE, SIEG_NO_RULE,
				   "/de_minimis/%zu/grant_date", i);
			continue;
		}
		add(w, sieg_add_years(aid->grant_date, record->years), SIEG_DUE_AID_RECORDS_UNTIL,
		    aid->id, record->rule);
		add_registration(w, aid, record);
	}
}

/* ---- all of them, in order ------------------------------------------------------------ */

/* Kinds are in the order of their names. */
static int compare(const void *left, const void *right)
{
	const struct sieg_deadline *l = left, *r = right;

	if (l->day != r->day)
		return l->day < r->day ? -1 : 1;
	if (l->kind != r->kind)
		return l->kind < r->kind ? -1 : 1;
	return strcmp(l->about, r->about);
}

static void sort(struct sieg_calendar_result *r)
{
	size_t n = 0;

	if (!r->n_deadlines)
		return;
	qsort(r->deadline, r->n_deadlines, sizeof(*r->deadline), compare);
	for (size_t i = 1; i < r->n_deadlines; i++)
		if (compare(&r->deadline[n], &r->deadline[i]))
			r->deadline[++n] = r->deadline[i];
	r->n_deadlines = n + 1;
}

static void check(const struct sieg_calendar *in, struct sieg_issues *errors)
{
	const struct sieg_calendar_act *act = in->act;
	struct sieg_name_set met;

	if (act && act->end < act->start)
		sieg_issue_at(errors, SIEG_E_DATE_ORDER, "/act/end", NULL);
	if (act && act->ended_on && (act->ended_on < act->start || act->ended_on > act->end))
		sieg_issue_at(errors, SIEG_E_DATE_ORDER, "/act/ended_on", NULL);
	sieg_name_set_init(&met, errors->arena);
	for (size_t i = 0; i < in->n_aids; i++)
		sieg_once(errors, &met, in->aid[i].id, "/de_minimis/%zu/id", i);
}

struct sieg_calendar_result *sieg_calendar(const struct sieg_calendar *in,
					   struct sieg_issues *errors)
{
	struct sieg_calendar_result *r = sieg_make(errors->arena, struct sieg_calendar_result, 1);
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
	add_act(&w);
	add_exercises(&w);
	add_aids(&w);
	sort(r);
	return sieg_calc_end(&calc) ? r : NULL;
}
