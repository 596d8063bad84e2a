#include "statement/build.h"

#include "base/arena.h"
#include "sieg/deminimis.h"

static const char *regulation_words(struct statement *r, const struct sieg_regulation *regulation)
{
	if (regulation->rule == SIEG_HAL_OTHER)
		return "autre règlement";
	return words(r, "règlement %s", regulation->name);
}

static const char *group_words(struct statement *r, const struct sieg_single_undertaking *group)
{
	struct enumeration list = { 0 };

	for (size_t i = 0; i < group->n_ids; i++)
		enumerate(r, &list, group->id[i]);
	return enumerated(r, &list);
}

static const char *flows_words(struct statement *r, const struct sieg_instrument *in)
{
	struct enumeration list = { 0 };

	for (size_t i = 0; i < in->n_flows; i++)
		enumerate(r, &list,
			  words(r, "%s après %s", euros(r, in->flow[i].amount),
				counted(r, (size_t)in->flow[i].years, "an", "ans")));
	return words(r, "versements de %s, actualisés à %s %%", enumerated(r, &list),
		     rate_words(r, in->rate));
}

static const char *instrument_words(struct statement *r, const struct sieg_instrument *in)
{
	switch (in->type) {
	case SIEG_PLAIN_GRANT:
		return "subvention : son montant";
	case SIEG_GIVEN_EQUIVALENT:
		return "équivalent-subvention donné";
	case SIEG_INSTALMENTS:
		return flows_words(r, in);
	case SIEG_LOAN:
		return words(r, "prêt de %s sur %s années, sûreté de %s %%",
			     euros(r, in->amount.cents), rate_words(r, in->years),
			     rate_words(r, in->collateral));
	case SIEG_GUARANTEE:
		return words(r, "garantie d’un prêt de %s sur %s années, à %s %%",
			     euros(r, in->amount.cents), rate_words(r, in->years),
			     rate_words(r, in->cover));
	case SIEG_UNKNOWN_AMOUNT:
		break;
	}
	return "montant final inconnu : le plafond du règlement";
}

/* ---- the request ---------------------------------------------------------------------------- */

static void put_counted(struct statement *r, const char *caption, const struct sieg_count *count)
{
	statement_table(r, caption, "Aide", "Chez", "Octroyée le", "#Montant qui compte",
			"Compte jusqu’au", NULL);
	for (size_t i = 0; i < count->n_held; i++) {
		const struct sieg_held *h = &count->held[i];
		struct statement_row *row = statement_row(r);

		statement_put(row, 0, h->id);
		statement_put(row, 1, h->holder);
		statement_put(row, 2, day_words(r, h->grant_date));
		statement_put(row, 3, euros(r, h->cents));
		statement_put(row, 4,
			      h->until ? day_words(r, h->until)
				       : "fin de l’exercice qui suit de deux ans");
	}
}

static void put_cover(struct statement *r, const struct sieg_cover *cover)
{
	if (!cover->asked)
		return;
	statement_figure(r, "Article 7, paragraphe 1, du règlement 2023/2832",
			 words(r, "total dans la fenêtre de trois ans, pour un plafond de %s ; %s",
			       euros(r, cover->ceiling.cents),
			       cover->possible ? "pourrait couvrir, ses conditions étant à prouver"
					       : "ne couvre pas"),
			 cover->total);
}

static void put_request(struct statement *r, const struct sieg_deminimis *in,
			const struct sieg_request_result *q)
{
	statement_section(r, "L’aide demandée, « %s »", in->request->id);
	statement_text(r, "Octroi le %s, %s. Entreprise unique : %s.",
		       day_words(r, in->request->grant_date), regulation_words(r, q->regulation),
		       group_words(r, &q->group));
	statement_figures(r, "Calcul");
	statement_figure(r, "Plafond", regulation_words(r, q->regulation), q->ceiling);
	statement_figure(r, "Déjà compté",
			 words(r, "octrois du %s au %s : %s", day_words(r, q->counted.from),
			       day_words(r, q->counted.to),
			       counted(r, q->counted.n_held, "aide", "aides")),
			 q->counted.used);
	statement_figure(r, "Marge avant", "plafond − déjà compté, au moins 0", q->margin_before);
	statement_figure(r, "Total avec la demande",
			 words(r, "%s + %s", euros(r, q->counted.used.cents), euros(r, q->gge)),
			 q->total)
		->strong = true;
	if (!q->above)
		statement_figure(r, "Marge après", "plafond − total", q->margin_after);
	if (q->has_beside) {
		statement_figure(r, "Compté sous l’autre règlement",
				 regulation_words(r, q->beside.regulation), q->beside.used);
		statement_figure(r, "Total des deux règlements", NULL, q->joint_total);
	}
	put_cover(r, &q->cover);
	if (q->counted.n_held)
		put_counted(r, "Aides qui comptent", &q->counted);
	if (q->has_beside && q->beside.n_held)
		put_counted(r, "Aides qui comptent sous l’autre règlement", &q->beside);
}

/* ---- aids already granted ----------------------------------------------------------------------
 */

static void put_timeline(struct statement *r, const struct sieg_deminimis_result *d)
{
	struct statement_section *section;

	if (!d->n_timeline)
		return;
	statement_section(r, "Ligne de temps");
	statement_text(
		r, "Le jour de chaque octroi, le total des aides qui comptent, celle-ci comprise.");
	section = &r->section[r->n_sections - 1];
	section->mark = arena_make(r->arena, struct statement_mark, d->n_timeline);
	section->n_marks = d->n_timeline;
	statement_table(r, "Total au jour de chaque octroi", "Aide", "Jour", "Règlement", "#Total",
			"#Plafond", "Verdict", "Règle", NULL);
	for (size_t i = 0; i < d->n_timeline; i++) {
		const struct sieg_recount *t = &d->timeline[i];
		struct statement_row *row = statement_row(r);

		section->mark[i] = (struct statement_mark){
			.day = t->aid->grant_date,
			.total = t->total.cents,
			.ceiling = t->ceiling.cents,
			.is_breach = t->breach,
			.label = words(r, "%zu", i + 1),
		};
		statement_put(row, 0, words(r, "%zu. %s", i + 1, t->aid->id));
		statement_put(row, 1, day_words(r, t->aid->grant_date));
		statement_put(row, 2, regulation_words(r, t->regulation));
		statement_put(row, 3, euros(r, t->total.cents));
		statement_put(row, 4, euros(r, t->ceiling.cents));
		statement_put(row, 5, t->breach ? "au-dessus" : "dans le plafond");
		statement_cite(r, row, 6, t->total.rule);
	}
}

static void put_equivalents(struct statement *r, const struct sieg_deminimis_result *d)
{
	if (!d->n_gge)
		return;
	statement_section(r, "Équivalent-subvention brut de chaque aide");
	statement_figures(r, "Ce que vaut chaque aide");
	for (size_t i = 0; i < d->n_gge; i++)
		statement_figure(r, d->gge[i].id, instrument_words(r, d->gge[i].instrument),
				 d->gge[i].figure);
}

static void put_groups(struct statement *r, const struct sieg_deminimis_result *d)
{
	if (!d->n_groups && !d->n_moved)
		return;
	statement_section(r, "Entreprises uniques, le %s", day_words(r, d->on));
	statement_table(r, "Groupes", "Groupe", "Entreprises", NULL);
	for (size_t i = 0; i < d->n_groups; i++) {
		struct statement_row *row = statement_row(r);

		statement_put(row, 0, words(r, "%zu", i + 1));
		statement_put(row, 1, group_words(r, &d->group[i]));
	}
	if (!d->n_moved)
		return;
	statement_table(r, "Aides passées à d’autres par fusion ou scission", "Aide", "Chez",
			"#Montant", "Règle", NULL);
	for (size_t i = 0; i < d->n_moved; i++) {
		struct statement_row *row = statement_row(r);

		statement_put(row, 0, d->moved[i].id);
		statement_put(row, 1, d->moved[i].holder);
		statement_put(row, 2, euros(r, d->moved[i].cents));
		statement_cite(r, row, 3, SIEG_DMS24_M);
	}
}

static void put_register(struct statement *r, const struct sieg_deminimis_result *d)
{
	if (!d->n_entries)
		return;
	statement_section(r, "Registre et conservation");
	statement_table(r, "Par aide", "Aide", "Inscrire au plus tard le", "En retard",
			"Garder jusqu’au", "Règle", NULL);
	for (size_t i = 0; i < d->n_entries; i++) {
		const struct sieg_record_entry *e = &d->entry[i];
		struct statement_row *row = statement_row(r);

		statement_put(row, 0, e->aid->id);
		if (e->record.register_by) {
			statement_put(row, 1, day_words(r, e->record.register_by));
			statement_put(row, 2, e->late ? "oui" : "non");
		}
		statement_put(row, 3, day_words(r, e->record.keep_until));
		statement_cite(r, row, 4, e->record.rule);
	}
}

static const char *request_lead(struct statement *r, const struct sieg_deminimis *in,
				const struct sieg_request_result *q)
{
	const char *figures =
		words(r, "%s demandés et %s déjà comptés, pour un plafond de %s", euros(r, q->gge),
		      euros(r, q->counted.used.cents), euros(r, q->ceiling.cents));

	if (q->allowed)
		return words(
			r,
			"L’aide « %s » tient sous le plafond : il reste %s ; pour %s ; parce que "
			"%s.",
			in->request->id, euros(r, q->margin_after.cents), group_words(r, &q->group),
			figures);
	return words(r, "L’aide « %s » ne tient pas : %s%s%s ; pour %s ; avec %s.", in->request->id,
		     !q->above                                  ? ""
		     : q->counted.used.cents > q->ceiling.cents ? "le plafond est déjà dépassé"
								: "le plafond serait dépassé",
		     q->above && q->overlaps ? ", et " : "",
		     q->overlaps ? "le même service a une autre compensation" : "",
		     group_words(r, &q->group), figures);
}

static const char *timeline_lead(struct statement *r, const struct sieg_deminimis_result *d)
{
	struct enumeration over = { 0 };

	for (size_t i = 0; i < d->n_timeline; i++)
		if (d->timeline[i].breach)
			enumerate(r, &over, d->timeline[i].aid->id);
	if (!d->n_timeline)
		return "Aucune aide à suivre : le document n’en donne pas, ou d’autres règlements "
		       "seuls.";
	if (over.last)
		return words(r, "Plafond dépassé le jour de l’octroi : %s.", enumerated(r, &over));
	return words(r, "%s ; aucun plafond dépassé le jour d’un octroi.",
		     counted(r, d->n_timeline, "aide suivie", "aides suivies"));
}

void statement_deminimis(struct statement *r, const struct sieg_work *work)
{
	const struct sieg_deminimis *in = work->in;
	const struct sieg_deminimis_result *d = work->result;

	r->dossier = in->dossier;
	r->lead = d->request ? request_lead(r, in, d->request) : timeline_lead(r, d);
	statement_findings(r, &d->findings);
	if (d->request)
		put_request(r, in, d->request);
	put_timeline(r, d);
	put_equivalents(r, d);
	put_groups(r, d);
	put_register(r, d);
}
