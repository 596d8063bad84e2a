#include "statement/sheet_given.h"

#include "base/arena.h"

static void put_simple(struct statement *r, const char *nature, const struct sieg_simple_line *line,
		       size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct statement_row *row = statement_row(r);

		statement_put(row, 0, line[i].id);
		statement_put(row, 1, nature);
		statement_put(row, 2, euros(r, line[i].amount));
	}
}

static void put_counterfactual(struct statement *r, const struct sieg_counterfactual *without)
{
	if (!without)
		return;
	statement_table(r, "Situation sans l’obligation", "Ligne", "Nature", "#Montant", NULL);
	put_simple(r, "charge", without->cost, without->n_costs);
	put_simple(r, "recette", without->revenue, without->n_revenues);
}

static const char *values_words(struct statement *r, const struct sieg_key_of_costs *key)
{
	struct enumeration list = { 0 };

	for (size_t i = 0; i < key->n_values; i++)
		enumerate(r, &list,
			  words(r, "%s %s%s", key->value[i].activity,
				rate_words(r, key->value[i].value),
				key->type == SIEG_PERCENT ? " %" : ""));
	return enumerated(r, &list);
}

static void put_keys(struct statement *r, const struct sieg_sheet_year *in)
{
	if (!in->n_keys)
		return;
	statement_table(r, "Clés de répartition", "Clé", "D’où elle vient", "Valeurs",
			"Pourquoi elle change", NULL);
	for (size_t k = 0; k < in->n_keys; k++) {
		struct statement_row *row = statement_row(r);

		statement_put(row, 0, in->key[k].id);
		statement_put(row, 1, in->key[k].source);
		statement_put(row, 2, values_words(r, &in->key[k]));
		statement_put(row, 3, in->key[k].reason);
	}
}

static void put_criteria(struct statement *r, const struct sieg_fulfilment *fulfilment)
{
	if (!fulfilment)
		return;
	statement_table(r, "Réalisation des objectifs", "Critère", "#Objectif", "#Réalisé",
			"#Poids", NULL);
	for (size_t k = 0; k < fulfilment->n_criteria; k++) {
		const struct sieg_criterion *c = &fulfilment->criterion[k];
		struct statement_row *row = statement_row(r);

		statement_put(row, 0, c->id);
		statement_put(row, 1, rate_words(r, c->target));
		statement_put(row, 2, rate_words(r, c->delivered));
		statement_put(row, 3, rate_words(r, c->weight));
	}
}

static void put_payments(struct statement *r, const struct sieg_sheet_year *in)
{
	if (!in->n_paid)
		return;
	statement_table(r, "Paiements", "Financeur", "Référence", "#Montant", NULL);
	for (size_t k = 0; k < in->n_paid; k++) {
		struct statement_row *row = statement_row(r);

		statement_put(row, 0, in->paid[k].funder);
		statement_put(row, 1, in->paid[k].reference);
		statement_put(row, 2, euros(r, in->paid[k].amount));
	}
}

void statement_given(struct statement *r, const struct sieg_sheet_year *in)
{
	put_counterfactual(r, in->counterfactual);
	put_criteria(r, in->fulfilment);
	put_keys(r, in);
	put_payments(r, in);
}
