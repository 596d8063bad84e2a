#include "statement/build.h"

#include <string.h>

#include "base/arena.h"
#include "sieg/control.h"
#include "sieg/day.h"

static const char *verdict_words(const struct sieg_period_result *p)
{
	switch (p->verdict) {
	case SIEG_VERDICT_NOTHING:
		return "rien de trop n’a été payé";
	case SIEG_VERDICT_EXEMPT:
		return "dispensé du contrôle, selon la réponse donnée";
	case SIEG_VERDICT_CARRY:
		return "reporté sur la période suivante";
	case SIEG_VERDICT_REPAY:
		break;
	}
	if (p->last)
		return "à reverser en entier : c’est la fin de l’acte";
	if (p->test == SIEG_TEST_ABOVE)
		return "à reverser en entier : plus que ce qui peut se reporter";
	return "à reverser en entier : le report n’est pas demandé ou pas permis";
}

/* Its number, where the period is made of whole years. */
static const char *year_words(struct statement *r, const struct sieg_period_result *p, size_t y)
{
	struct sieg_civil from = sieg_civil_of(p->from), to = sieg_civil_of(p->to);
	bool whole = from.month == 1 && from.day == 1 && to.month == 12 && to.day == 31 &&
		     (size_t)(to.year - from.year) + 1 == p->n_lines;

	return whole ? words(r, "%d", from.year + (int)y) : words(r, "année %zu", y + 1);
}

static void put_lines(struct statement *r, const struct sieg_period_result *p)
{
	statement_table(r, "Année par année", "Année", "#Payé", "#Admis", "#Reporté d’avant",
			"#Écart", NULL);
	for (size_t y = 0; y < p->n_lines; y++) {
		struct statement_row *row = statement_row(r);

		statement_put(row, 0, year_words(r, p, y));
		statement_put(row, 1, euros(r, p->line[y].paid));
		statement_put(row, 2, euros(r, p->line[y].allowed));
		statement_put(row, 3, euros(r, p->line[y].carry_in));
		statement_put(row, 4, euros(r, p->line[y].difference));
	}
}

static const char *test_words(struct statement *r, const struct sieg_period_result *p)
{
	if (p->test == SIEG_TEST_NONE)
		return NULL;
	return words(r, "%d × %zu × %s %s %s", p->part, p->n_lines, euros(r, p->over.cents),
		     p->test == SIEG_TEST_WITHIN ? "≤" : ">", euros(r, p->paid.cents));
}

static void put_calculation(struct statement *r, const struct sieg_control_act *act,
			    const struct sieg_period_result *p)
{
	const char *sums = counted(r, p->n_lines, "année", "années");
	const char *test = test_words(r, p);

	statement_figures(r, "Calcul");
	statement_figure(r, "Payé", words(r, "somme de %s", sums), p->paid);
	statement_figure(r, "Admis", words(r, "somme de %s", sums), p->allowed);
	statement_figure(r, "Reporté d’avant", NULL, p->carry_in);
	statement_figure(r, "Trop payé",
			 act->netting == SIEG_BY_YEAR ? "somme des écarts positifs, année par année"
						      : "payé + reporté − admis, au moins 0",
			 p->over);
	statement_figure(r, "Moins que le maximum",
			 act->netting == SIEG_BY_YEAR ? "somme des écarts négatifs, sans leur signe"
						      : "admis − payé − reporté, au moins 0",
			 p->under);
	statement_figure(r, "Limite du report",
			 words(r, "un %s de la moyenne annuelle payée, au centime inférieur%s%s",
			       p->part == 5 ? "cinquième" : "dixième", test ? " ; " : "",
			       test ? test : ""),
			 p->limit);
	statement_figure(r, "À reporter", NULL, p->carry);
	statement_figure(r, "À reverser", verdict_words(p), p->repay)->strong = true;
}

static void put_notices(struct statement *r, const struct sieg_period_result *p)
{
	if (!p->n_notices)
		return;
	statement_figures(r, "À qui reverser");
	for (size_t k = 0; k < p->n_notices; k++)
		statement_figure(r, p->notice[k].funder, "à proportion de ce que chacun a payé",
				 p->notice[k].figure);
}

static void put_act(struct statement *r, const struct sieg_control_act *in,
		    const struct sieg_act_result *act)
{
	for (size_t j = 0; j < act->n_periods; j++) {
		const struct sieg_period_result *p = &act->period[j];

		statement_section(r, "Acte « %s », %s", act->id, period_words(r, p->from, p->to));
		put_calculation(r, in, p);
		put_lines(r, p);
		put_notices(r, p);
	}
	statement_section(r, "Acte « %s », en tout", act->id);
	if (act->next_check_by)
		statement_text(r, "Prochain contrôle au plus tard le %s.",
			       day_words(r, act->next_check_by));
	statement_figures(r, "Conservation");
	statement_figure(r, "Payé", NULL, act->paid);
	statement_figure(r, "Admis", NULL, act->allowed);
	statement_figure(r, "À reverser", NULL, act->repay);
	statement_figure(r, "Reporté après la dernière période", NULL, act->carry_out);
	statement_figure(r, "Gardé par l’opérateur",
			 words(r, "payé + report d’entrée − reversé − reporté ; %s",
			       act->exceeded ? "plus que ce qui est admis"
					     : "pas plus que ce qui est admis"),
			 (struct sieg_figure){ .cents = act->kept, .rule = SIEG_HAL_CONS });
}

static void put_answers(struct statement *r, const struct sieg_control *in)
{
	static const char *const questions[] = {
		[SIEG_CARRY_RULE_2025] =
			"le report d’un dixième vaut aussi sous la décision de 2025",
		[SIEG_EXEMPTION_2025] = "la dispense de contrôle de la décision de 2025 s’applique",
	};

	if (!in->n_answers)
		return;
	statement_section(r, "Réponses données");
	statement_table(r, "Qui a répondu, et pourquoi", "Question", "Réponse", "Par", "Le",
			"Raison", NULL);
	for (size_t i = 0; i < in->n_answers; i++) {
		const struct sieg_given_answer *answer = &in->answer[i];
		struct statement_row *row = statement_row(r);

		statement_put(row, 0, questions[answer->question]);
		statement_put(row, 1, answer->value ? "oui" : "non");
		statement_put(row, 2, answer->author);
		statement_put(row, 3, day_words(r, answer->date));
		statement_put(row, 4, answer->reason);
	}
}

/* What a funder is given back, over all acts. */
struct given_back {
	const char *funder;
	sieg_wide cents;
};

enum { MOST_FUNDERS = 64 };

static void add_notices(struct given_back *all, size_t *n, const struct sieg_period_result *p)
{
	for (size_t k = 0; k < p->n_notices; k++) {
		size_t f = 0;

		while (f < *n && strcmp(all[f].funder, p->notice[k].funder) != 0)
			f++;
		if (f == MOST_FUNDERS)
			continue;
		if (f == *n)
			all[(*n)++] = (struct given_back){ p->notice[k].funder, 0 };
		all[f].cents += p->notice[k].figure.cents;
	}
}

/* Totals of what was decided, and the words for each. */
struct summary {
	struct given_back funder[MOST_FUNDERS];
	size_t n_funders;
	struct enumeration why;
	sieg_wide exempt;
};

static void sum_up(struct statement *r, const struct sieg_control_result *c, struct summary *s)
{
	for (size_t i = 0; i < c->n_acts; i++)
		for (size_t j = 0; j < c->act[i].n_periods; j++) {
			const struct sieg_period_result *p = &c->act[i].period[j];

			add_notices(s->funder, &s->n_funders, p);
			if (p->verdict == SIEG_VERDICT_EXEMPT)
				s->exempt += p->over.cents;
			if (p->repay.cents)
				enumerate(r, &s->why,
					  words(r, "%s, %s, a reçu %s de trop", c->act[i].id,
						period_words(r, p->from, p->to),
						euros(r, p->over.cents)));
		}
}

static const char *repaid_words(struct statement *r, const struct sieg_control_result *c,
				const struct summary *s)
{
	struct enumeration who = { 0 };

	if (!c->repay.cents)
		return c->carry_out.cents || s->exempt ? "À reverser : rien."
						       : "À reverser : rien ; il n’a pas été payé "
							 "plus que ce qui est admis.";
	for (size_t f = 0; f < s->n_funders; f++)
		enumerate(r, &who,
			  words(r, "%s (%s)", s->funder[f].funder,
				euros(r, (sieg_cents)s->funder[f].cents)));
	return words(r, "À reverser : %s ; à %s ; parce que %s.", euros(r, c->repay.cents),
		     enumerated(r, &who), enumerated(r, &s->why));
}

static const char *lead(struct statement *r, const struct sieg_control_result *c)
{
	struct summary s = { 0 };
	const char *text;

	sum_up(r, c, &s);
	text = repaid_words(r, c, &s);
	if (c->carry_out.cents)
		text = words(r, "%s Reporté sur la période suivante, dans la limite permise : %s.",
			     text, euros(r, c->carry_out.cents));
	if (s.exempt)
		text = words(
			r, "%s Payé de trop et dispensé du contrôle, selon la réponse donnée : %s.",
			text, euros(r, (sieg_cents)s.exempt));
	return text;
}

void statement_control(struct statement *r, const struct sieg_work *work)
{
	const struct sieg_control *in = work->in;
	const struct sieg_control_result *c = work->result;

	r->dossier = in->dossier;
	r->lead = lead(r, c);
	statement_findings(r, &c->findings);
	statement_section(r, "Ensemble");
	statement_figures(r, "Tous les actes, sans compensation entre eux");
	statement_figure(r, "À reverser", counted(r, c->n_acts, "acte", "actes"), c->repay)
		->strong = true;
	statement_figure(r, "Reporté", NULL, c->carry_out);
	for (size_t i = 0; i < c->n_acts; i++)
		put_act(r, &in->act[i], &c->act[i]);
	put_answers(r, in);
}
