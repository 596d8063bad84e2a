#include "statement/build.h"

#include "base/arena.h"
#include "sieg/calendar.h"

static const char *const kinds[] = {
	[SIEG_DUE_AID_RECORDS_UNTIL] = "Garder les pièces de l’aide jusqu’à ce jour",
	[SIEG_DUE_CONTROL_BY] = "Contrôle de la surcompensation, au plus tard",
	[SIEG_DUE_CONTROL_WARNING] = "Préparer le contrôle",
	[SIEG_DUE_END_CHECK] = "Contrôle de fin d’acte",
	[SIEG_DUE_END_WARNING] = "Préparer la fin de l’acte",
	[SIEG_DUE_FINANCIAL_REPORT] = "Compte rendu financier de la subvention",
	[SIEG_DUE_RECORDS_UNTIL] = "Garder les pièces de l’acte jusqu’à ce jour",
	[SIEG_DUE_REGISTER_BY] = "Inscrire l’aide au registre, au plus tard",
	[SIEG_DUE_STATE_REPORT] = "Rapport de l’État à la Commission",
	[SIEG_DUE_YEARLY_AGGREGATE] = "Total de l’année au registre",
};

void statement_calendar(struct statement *r, const struct sieg_work *work)
{
	const struct sieg_calendar *in = work->in;
	const struct sieg_calendar_result *c = work->result;

	r->dossier = in->dossier;
	r->lead = c->n_deadlines
			  ? words(r, "%s ; du %s au %s ; chacune avec la règle qui la fixe.",
				  counted(r, c->n_deadlines, "échéance", "échéances"),
				  day_words(r, c->deadline[0].day),
				  day_words(r, c->deadline[c->n_deadlines - 1].day))
			  : "Aucune échéance : le document ne donne ni acte, ni exercice, ni aide.";
	statement_findings(r, &c->findings);
	statement_section(r, "Échéances");
	statement_table(r, "Dans l’ordre des jours", "Jour", "Quoi", "Pour", "Règle", NULL);
	for (size_t i = 0; i < c->n_deadlines; i++) {
		const struct sieg_deadline *d = &c->deadline[i];
		struct statement_row *row = statement_row(r);

		statement_put(row, 0, day_words(r, d->day));
		statement_put(row, 1, kinds[d->kind]);
		statement_put(row, 2, d->about);
		statement_cite(r, row, 3, d->rule);
	}
}
