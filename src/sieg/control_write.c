#include "sieg/control.h"
#include "sieg/operation.h"

static void write_lines(struct sieg_writer *w, const struct sieg_period_result *p)
{
	sieg_key(w, "lines");
	sieg_open_list(w);
	for (size_t y = 0; y < p->n_lines; y++) {
		sieg_open_object(w);
		sieg_write_cents(w, "allowed", p->line[y].allowed);
		sieg_write_cents(w, "carry_in", p->line[y].carry_in);
		sieg_write_cents(w, "difference", p->line[y].difference);
		sieg_write_cents(w, "paid", p->line[y].paid);
		sieg_close_object(w);
	}
	sieg_close_list(w);
}

static void write_notices(struct sieg_writer *w, const struct sieg_period_result *p)
{
	if (!p->n_notices)
		return;
	sieg_key(w, "notices");
	sieg_open_list(w);
	for (size_t k = 0; k < p->n_notices; k++)
		sieg_put_figure_of(w, p->notice[k].figure, "funder", p->notice[k].funder);
	sieg_close_list(w);
}

static void write_period(struct sieg_writer *w, const struct sieg_period_result *p)
{
	sieg_open_object(w);
	sieg_write_figure(w, "allowed", p->allowed);
	sieg_write_figure(w, "carry", p->carry);
	sieg_write_figure(w, "carry_in", p->carry_in);
	sieg_write_day(w, "from", p->from);
	sieg_write_bool(w, "last", p->last);
	sieg_write_figure(w, "limit", p->limit);
	write_lines(w, p);
	write_notices(w, p);
	sieg_write_figure(w, "over", p->over);
	sieg_write_figure(w, "paid", p->paid);
	sieg_write_figure(w, "repay", p->repay);
	sieg_write_text(w, "test", sieg_carry_test_name(p->test));
	sieg_write_day(w, "to", p->to);
	sieg_write_figure(w, "under", p->under);
	sieg_write_bool(w, "update_parameters", p->over.cents > 0);
	sieg_write_text(w, "verdict", sieg_control_verdict_name(p->verdict));
	sieg_write_int(w, "years", (int64_t)p->n_lines);
	sieg_close_object(w);
}

static void write_conservation(struct sieg_writer *w, const struct sieg_act_result *act)
{
	sieg_key(w, "conservation");
	sieg_open_object(w);
	sieg_write_cents(w, "allowed", act->allowed.cents);
	sieg_write_cents(w, "kept", act->kept);
	sieg_write_rule(w, SIEG_HAL_CONS);
	sieg_write_text(w, "verdict", act->exceeded ? "exceeded" : "holds");
	sieg_close_object(w);
}

static void write_next_check(struct sieg_writer *w, const struct sieg_act_result *act)
{
	if (!act->next_check_by)
		return;
	sieg_key(w, "next_check_by");
	sieg_open_object(w);
	sieg_write_day(w, "date", act->next_check_by);
	sieg_write_rule(w, act->regime->rule[SIEG_CONTROL]);
	sieg_close_object(w);
}

static void write_act(struct sieg_writer *w, const struct sieg_act_result *act)
{
	sieg_open_object(w);
	sieg_write_figure(w, "allowed", act->allowed);
	sieg_write_figure(w, "carry_out", act->carry_out);
	write_conservation(w, act);
	sieg_write_text(w, "id", act->id);
	write_next_check(w, act);
	sieg_write_figure(w, "paid", act->paid);
	sieg_key(w, "periods");
	sieg_open_list(w);
	for (size_t j = 0; j < act->n_periods; j++)
		write_period(w, &act->period[j]);
	sieg_close_list(w);
	sieg_write_text(w, "regime", act->regime->name);
	sieg_write_figure(w, "repay", act->repay);
	sieg_close_object(w);
}

/* Sorted by question: each is answered once at most. */
static void write_answers(struct sieg_writer *w, const struct sieg_control *in)
{
	const enum sieg_question sorted[] = { SIEG_CARRY_RULE_2025, SIEG_EXEMPTION_2025 };

	sieg_key(w, "answers");
	sieg_open_list(w);
	for (size_t q = 0; q < SIEG_N_UNCONFIRMED; q++)
		for (size_t i = 0; i < in->n_answers; i++) {
			const struct sieg_given_answer *answer = &in->answer[i];

			if (answer->question != sorted[q])
				continue;
			sieg_open_object(w);
			sieg_write_text(w, "author", answer->author);
			sieg_write_day(w, "date", answer->date);
			sieg_write_text(w, "question", sieg_question_words[answer->question]);
			sieg_write_text(w, "reason", answer->reason);
			sieg_write_bool(w, "value", answer->value);
			sieg_close_object(w);
		}
	sieg_close_list(w);
}

void sieg_write_control(struct sieg_writer *w, const struct sieg_control *in,
			const struct sieg_control_result *result)
{
	sieg_open_object(w);
	sieg_key(w, "acts");
	sieg_open_list(w);
	for (size_t i = 0; i < result->n_acts; i++)
		write_act(w, &result->act[i]);
	sieg_close_list(w);
	write_answers(w, in);
	sieg_write_figure(w, "carry_out", result->carry_out);
	sieg_write_contract(w);
	sieg_write_text(w, "dossier", in->dossier);
	sieg_write_findings(w, &result->findings);
	sieg_write_text(w, "operation", "control");
	sieg_write_figure(w, "repay", result->repay);
	sieg_write_rules(w);
	sieg_close_object(w);
}
