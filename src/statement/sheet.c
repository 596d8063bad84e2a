#include "statement/build.h"

#include <string.h>

#include "base/arena.h"
#include "sieg/sheet.h"
#include "statement/sheet_given.h"

/* Words for what the contract names. */
static const char *kind_words(const struct sieg_line *line)
{
	static const struct {
		const char *kind, *text;
	} kinds[] = {
		{ "direct", "directe" },
		{ "common", "commune" },
		{ "asset", "amortissement" },
		{ "excluded", "écartée" },
		{ "users", "usagers" },
		{ "sales", "ventes" },
		{ "grant", "subvention" },
		{ "eu", "fonds européens" },
		{ "insurance", "assurance" },
		{ "released_grant", "subvention d’investissement reprise" },
		{ "excess_profit", "excédent d’autres droits exclusifs" },
		{ "other_advantage", "autre avantage" },
	};

	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++)
		if (strcmp(kinds[i].kind, line->kind) == 0)
			return kinds[i].text;
	return line->kind;
}

static const char *why_words(enum sieg_why why)
{
	static const char *const texts[] = {
		[SIEG_NOT_SGEI] = "étrangère au service",
		[SIEG_FINE] = "amende ou pénalité",
		[SIEG_OUT_OF_PERIOD] = "hors de la période",
		[SIEG_VAT] = "TVA récupérable",
		[SIEG_IN_KIND] = "contribution volontaire en nature",
		[SIEG_PROVISION] = "provision non justifiée",
		[SIEG_TRANSFER] = "reversement non autorisé",
	};

	return texts[why];
}

static const char *term_words(enum sieg_term term)
{
	static const char *const texts[] = {
		[SIEG_TERM_NET_COST] = "coût net et bénéfice",
		[SIEG_TERM_NET_AVOIDED_COST] = "coût net évité",
		[SIEG_TERM_UNIT_DELIVERED] = "coût unitaire × réalisé",
		[SIEG_TERM_UNIT_PLANNED] = "coût unitaire × prévu",
		[SIEG_TERM_CAP] = "plafond annuel",
		[SIEG_TERM_FULFILMENT] = "clause de réalisation",
	};

	return texts[term];
}

static const char *method_words(enum sieg_method method)
{
	static const char *const texts[] = {
		[SIEG_COST] = "coûts moins recettes",
		[SIEG_AVOIDED] = "coût net évité",
		[SIEG_UNIT] = "coût unitaire",
	};

	return texts[method];
}

/* How the service's part of a line was found. */
static const char *part_words(struct statement *r, const struct sieg_line *line)
{
	const char *text;

	if (line->why != SIEG_NO_WHY)
		return words(r, "écartée : %s", why_words(line->why));
	if (!line->key)
		return line->activity ? words(r, "activité « %s »", line->activity) : "en entier";
	text = words(r, "clé « %s » :", line->key);
	for (size_t i = 0; i < line->n_parts; i++)
		text = words(r, "%s%s %s %s", text, i ? "," : "", line->part[i].activity,
			     euros(r, line->part[i].cents));
	return words(r, "%s ; au plus fort reste", text);
}

static const char *asset_words(struct statement *r, const struct sieg_asset *asset, bool is_grant)
{
	return words(r, "%s%s sur %s à partir du %s, par jours", is_grant ? "subvention de " : "",
		     euros(r, is_grant ? asset->grant.cents : asset->cost),
		     counted(r, (size_t)asset->life, "an", "ans"), day_words(r, asset->in_service));
}

static void put_line(struct statement *r, const struct sieg_line *line, const char *label,
		     const char *found)
{
	struct statement_row *row = statement_row(r);
	const char *part = part_words(r, line);

	statement_put(row, 0, label ? words(r, "%s (%s)", label, line->id) : line->id);
	statement_put(row, 1, kind_words(line));
	statement_put(row, 2, found ? words(r, "%s ; %s", found, part) : part);
	statement_put(row, 3, euros(r, line->amount));
	statement_put(row, 4, euros(r, line->inside));
	statement_cite(r, row, 5, line->rule);
}

static const struct sieg_cost *cost_named(const struct sieg_sheet_year *in, const char *id)
{
	for (size_t k = 0; k < in->n_costs; k++)
		if (strcmp(in->cost[k].id, id) == 0)
			return &in->cost[k];
	return NULL;
}

static void put_lines(struct statement *r, const struct sieg_sheet_year *in,
		      const struct sieg_year_result *y)
{
	statement_table(r, "Charges", "Ligne", "Nature", "Part du service", "#Montant", "#Retenu",
			"Règle", NULL);
	for (size_t k = 0; k < y->n_costs; k++)
		put_line(r, &y->cost[k], in->cost[k].label,
			 in->cost[k].asset ? asset_words(r, in->cost[k].asset, false) : NULL);
	if (!y->n_revenues)
		return;
	statement_table(r, "Recettes", "Ligne", "Nature", "Part du service", "#Montant", "#Retenu",
			"Règle", NULL);
	for (size_t k = 0; k < y->n_revenues; k++) {
		const struct sieg_line *line = &y->revenue[k];

		if (line->from_asset)
			put_line(r, line, NULL,
				 asset_words(r, cost_named(in, line->id)->asset, true));
		else
			put_line(r, line, in->revenue[k].label, NULL);
	}
}

static void put_profit(struct statement *r, const struct sieg_regime *regime,
		       const struct sieg_sheet_year *in, const struct sieg_year_result *y)
{
	const struct sieg_profit *p = in->profit;
	const char *how;

	if (!y->has_profit)
		return;
	how = p->basis == SIEG_CAPITAL
		      ? words(r,
			      "capital de %s × (taux d’échange %s %% + %s %%) × %d/%d jours, "
			      "au moins 0",
			      euros(r, p->capital.cents), rate_words(r, p->swap),
			      rate_words(r, regime->premium), y->days, y->days_in_year)
		      : words(r, "autre indicateur : %s", p->reason);
	statement_figure(r, "Bénéfice raisonnable, au plus", how, y->profit_max);
	statement_figure(r, "Bénéfice demandé", NULL, y->profit);
}

static const char *term_calculation(struct statement *r, const struct sieg_sheet_year *in,
				    const struct sieg_year_result *y, enum sieg_term term)
{
	const struct sieg_unit *unit = in->unit;

	switch (term) {
	case SIEG_TERM_NET_COST:
		return words(r, "coût net %s + bénéfice %s, au moins 0",
			     euros(r, y->net_cost.cents), euros(r, y->profit.cents));
	case SIEG_TERM_NET_AVOIDED_COST:
		return words(r,
			     "coût net %s − coût net sans l’obligation %s + bénéfice %s, "
			     "au moins 0",
			     euros(r, y->net_cost.cents), euros(r, y->net_cost_without.cents),
			     euros(r, y->profit.cents));
	case SIEG_TERM_UNIT_DELIVERED:
		return words(r, "%s × %s", euros(r, unit->price),
			     rate_words(r, sieg_rate_given(unit->delivered) ? unit->delivered
									    : unit->planned));
	case SIEG_TERM_UNIT_PLANNED:
		return words(r, "%s × %s", euros(r, unit->price), rate_words(r, unit->planned));
	case SIEG_TERM_CAP:
		return "plafond de l’acte pour l’année";
	case SIEG_TERM_FULFILMENT:
		return words(r, "%s × %s (réalisé sur objectif, au plus 1, pondéré)",
			     in->fulfilment->base == SIEG_BASE_CAP ? "plafond"
								   : "plus petit montant ci-dessus",
			     y->fulfilment_ratio);
	}
	return NULL;
}

static void put_calculation(struct statement *r, const struct sieg_regime *regime,
			    const struct sieg_sheet_year *in, const struct sieg_year_result *y)
{
	statement_figures(r, "Calcul");
	statement_figure(r, "Charges du service",
			 words(r, "somme de %s", counted(r, y->n_costs, "ligne", "lignes")),
			 y->cost_total);
	statement_figure(r, "Recettes du service",
			 words(r, "somme de %s", counted(r, y->n_revenues, "ligne", "lignes")),
			 y->revenue_total);
	statement_figure(r, "Coût net",
			 words(r, "%s − %s", euros(r, y->cost_total.cents),
			       euros(r, y->revenue_total.cents)),
			 y->net_cost);
	if (y->has_without)
		statement_figure(r, "Coût net sans l’obligation", in->counterfactual->description,
				 y->net_cost_without);
	put_profit(r, regime, in, y);
	for (size_t i = 0; i < y->n_terms; i++)
		statement_figure(r, words(r, "Limite : %s", term_words(y->term[i].term)),
				 term_calculation(r, in, y, y->term[i].term), y->term[i].figure);
	statement_figure(r, "Compensation admise",
			 words(r, "la plus petite des limites : %s", term_words(y->binding)),
			 y->allowed)
		->strong = true;
	if (!y->has_paid)
		return;
	statement_figure(r, "Payé", counted(r, in->n_paid, "paiement", "paiements"), y->paid);
	statement_figure(r, "Solde",
			 words(r, "%s − %s ; un maximum, pas un dû", euros(r, y->allowed.cents),
			       euros(r, y->paid.cents)),
			 y->balance);
}

static void put_funders(struct statement *r, const struct sieg_funder_part *part, size_t n)
{
	if (!n)
		return;
	statement_figures(r, "Part de chaque financeur");
	for (size_t i = 0; i < n; i++)
		statement_figure(r, part[i].funder, NULL, part[i].figure);
}

static void put_monitoring(struct statement *r, const struct sieg_sheet_year *in,
			   const struct sieg_year_result *y)
{
	if (!y->n_monitoring)
		return;
	statement_table(r, "Suivi, pour information", "Indicateur", "#Quantité", "#Admis par unité",
			"#Part", "Règle", NULL);
	for (size_t k = 0; k < y->n_monitoring; k++) {
		const struct sieg_monitoring_result *m = &y->monitoring[k];
		struct statement_row *row = statement_row(r);

		statement_put(row, 0, m->id);
		statement_put(row, 1, rate_words(r, in->monitoring[k].quantity));
		statement_put(row, 2, euros(r, m->per_unit.cents));
		if (m->percent)
			statement_put(row, 3, words(r, "%s %%", decimal_words(r, m->percent)));
		statement_cite(r, row, 4, m->per_unit.rule);
	}
}

static void put_differences(struct statement *r, const struct sieg_year_result *y)
{
	if (!y->n_differences)
		return;
	statement_table(r, "Écarts avec la prévision", "Ligne", "#Prévu", "#Réalisé", "#Écart",
			"#En %", "Raison", "Règle", NULL);
	for (size_t k = 0; k < y->n_differences; k++) {
		const struct sieg_difference *d = &y->difference[k];
		struct statement_row *row = statement_row(r);

		statement_put(row, 0, d->id);
		statement_put(row, 1, euros(r, d->forecast));
		statement_put(row, 2, euros(r, d->actual));
		statement_put(row, 3, euros(r, d->difference));
		if (d->percent)
			statement_put(row, 4, words(r, "%s %%", decimal_words(r, d->percent)));
		statement_put(row, 5, d->reason);
		statement_cite(r, row, 6, SIEG_HAL_DIFF);
	}
}

static void put_year(struct statement *r, const struct sieg_regime *regime,
		     const struct sieg_operator_result *o, const struct sieg_sheet_year *in,
		     const struct sieg_year_result *y)
{
	statement_section(r, "%s, %s", o->id, period_words(r, y->from, y->to));
	put_calculation(r, regime, in, y);
	put_lines(r, in, y);
	statement_given(r, in);
	put_funders(r, y->funder, y->n_funders);
	put_monitoring(r, in, y);
	put_differences(r, y);
}

static void put_operator(struct statement *r, const struct sieg_regime *regime,
			 const struct sieg_operator_result *o)
{
	if (!o->has_proof && !o->has_average)
		return;
	statement_section(r, "%s, sur la durée de l’acte", o->id);
	statement_figures(r, "Vérifications");
	if (o->has_proof)
		statement_figure(r, "Valeur actuelle nette",
				 words(r, "flux actualisés au taux d’échange + %s %% ; %s",
				       rate_words(r, regime->premium),
				       o->too_high ? "au-dessus de 0 : bénéfice trop élevé"
						   : "au plus 0 : bénéfice raisonnable"),
				 o->npv);
	if (o->has_average)
		statement_figure(r, "Plafond de la décision",
				 words(r, "moyenne annuelle attendue : %s sur %s années ; %s",
				       euros(r, o->sum), o->years,
				       o->above ? "au-dessus du plafond" : "dans le plafond"),
				 o->ceiling);
}

static void put_totals(struct statement *r, const struct sieg_sheet_result *s)
{
	statement_section(r, "Ensemble");
	statement_figures(r, "Compensation admise, par opérateur");
	for (size_t i = 0; i < s->n_operators; i++)
		statement_figure(r, s->operator_[i].id,
				 words(r, "somme de %s",
				       counted(r, s->operator_[i].n_years, "période", "périodes")),
				 s->operator_[i].allowed);
	statement_figure(r, "Total", NULL, s->allowed)->strong = true;
	put_funders(r, s->funder, s->n_funders);
}

/* What was paid above what is allowed, and to whom. */
static sieg_cents paid_above(struct statement *r, const struct sieg_sheet_result *s,
			     struct enumeration *who)
{
	sieg_cents above = 0;

	for (size_t i = 0; i < s->n_operators; i++) {
		sieg_cents of_operator = 0;

		for (size_t j = 0; j < s->operator_[i].n_years; j++) {
			const struct sieg_year_result *y = &s->operator_[i].year[j];

			if (y->has_paid && y->balance.cents < 0)
				of_operator -= y->balance.cents;
		}
		if (of_operator)
			enumerate(r, who,
				  words(r, "%s (%s)", s->operator_[i].id, euros(r, of_operator)));
		above += of_operator;
	}
	return above;
}

static const char *lead(struct statement *r, const struct sieg_sheet *in,
			const struct sieg_sheet_result *s)
{
	struct enumeration names = { 0 }, above_names = { 0 };
	sieg_cents above = paid_above(r, s, &above_names);
	const char *text;

	for (size_t i = 0; i < s->n_operators; i++)
		enumerate(r, &names, s->operator_[i].id);
	text = words(r,
		     "Compensation %s : %s au plus ; pour %s ; c’est, chaque année, la plus petite "
		     "des limites, selon la méthode « %s ».",
		     in->stage == SIEG_EX_ANTE ? "prévue" : "admise", euros(r, s->allowed.cents),
		     s->n_operators <= 5 ? enumerated(r, &names)
					 : counted(r, s->n_operators, "opérateur", "opérateurs"),
		     method_words(in->method));
	if (above)
		text = words(r,
			     "%s Payé au-delà : %s, à %s ; le contrôle dit ce qui se reporte et ce "
			     "qui se reverse.",
			     text, euros(r, above), enumerated(r, &above_names));
	return text;
}

void statement_sheet(struct statement *r, const struct sieg_work *work)
{
	const struct sieg_sheet *in = work->in;
	const struct sieg_sheet_result *s = work->result;

	r->dossier = in->dossier;
	r->lead = lead(r, in, s);
	statement_findings(r, &s->findings);
	put_totals(r, s);
	for (size_t i = 0; i < s->n_operators; i++) {
		for (size_t j = 0; j < s->operator_[i].n_years; j++)
			put_year(r, s->regime, &s->operator_[i], &in->operator_[i].year[j],
				 &s->operator_[i].year[j]);
		put_operator(r, s->regime, &s->operator_[i]);
	}
}
