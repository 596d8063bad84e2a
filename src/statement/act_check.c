#include "statement/build.h"

#include <string.h>

#include "base/arena.h"
#include "sieg/act_check.h"

static const char *const items[SIEG_N_ACT_ITEMS] = {
	[SIEG_ITEM_AMENDMENT] = "modification de l’acte",
	[SIEG_ITEM_CAP] = "plafond par an et en tout",
	[SIEG_ITEM_CARRY_CLAUSE] = "report d’un dixième",
	[SIEG_ITEM_CONTROL_CALENDAR] = "calendrier des contrôles",
	[SIEG_ITEM_DECISION_REFERENCE] = "référence à la décision",
	[SIEG_ITEM_DELIBERATION] = "délibération et compétence",
	[SIEG_ITEM_DM_AMOUNT] = "montant de l’aide",
	[SIEG_ITEM_DM_REGULATION] = "règlement de minimis nommé",
	[SIEG_ITEM_DM_SERVICE] = "service nommé",
	[SIEG_ITEM_DOCUMENTS] = "pièces à remettre et leurs dates",
	[SIEG_ITEM_END_SETTLEMENT] = "solde de fin d’acte",
	[SIEG_ITEM_FUNDER_SHARES] = "part de chaque financeur",
	[SIEG_ITEM_MECHANISM] = "mécanisme et paramètres de compensation",
	[SIEG_ITEM_METHOD] = "méthode et formule en entier",
	[SIEG_ITEM_OBLIGATIONS] = "contenu et durée des obligations",
	[SIEG_ITEM_PAYMENT_CALENDAR] = "calendrier des paiements",
	[SIEG_ITEM_PENALTIES] = "pénalités",
	[SIEG_ITEM_PERSONAL_DATA] = "données personnelles",
	[SIEG_ITEM_PROFIT_PARAMETERS] = "paramètres du bénéfice raisonnable",
	[SIEG_ITEM_PUBLICATION] = "publication",
	[SIEG_ITEM_RECORD_PERIOD] = "durée de conservation",
	[SIEG_ITEM_RECOVERY] = "récupération de la surcompensation",
	[SIEG_ITEM_REPUBLICAN_COMMITMENT] = "contrat d’engagement républicain",
	[SIEG_ITEM_RIGHTS] = "droits exclusifs ou spéciaux, ou leur absence",
	[SIEG_ITEM_SEPARATE_ACCOUNTS] = "comptes séparés",
	[SIEG_ITEM_UNDERTAKING_TERRITORY] = "entreprise et territoire",
	[SIEG_ITEM_VOLUMES] = "volumes et leur révision",
};

static const char *threshold_words(const char *id)
{
	static const char *const texts[][2] = {
		{ "audit_chamber", "contrôle possible de la chambre régionale des comptes" },
		{ "written_agreement", "convention écrite obligatoire" },
		{ "published_accounts", "comptes certifiés et publiés" },
		{ "publication", "publication de l’acte ou de l’aide" },
	};

	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++)
		if (strcmp(texts[i][0], id) == 0)
			return texts[i][1];
	return id;
}

static void put_items(struct statement *r, const struct sieg_act_check *in,
		      const struct sieg_act_check_result *c)
{
	statement_section(r, "Ce que l’acte contient");
	statement_table(r, "Mentions", "Mention", "Obligatoire", "Présente", "Où, ou son texte",
			"Règle", NULL);
	for (size_t i = 0; i < c->n_items; i++) {
		const struct sieg_item_result *item = &c->item[i];
		struct statement_row *row = statement_row(r);

		statement_put(row, 0, items[item->item]);
		statement_put(row, 1, item->blocking ? "oui" : "conseillée");
		statement_put(row, 2, item->present ? "oui" : "non");
		statement_put(row, 3, in->items->text[item->item]);
		statement_cite(r, row, 4, item->rule);
		row->strong = item->blocking && !item->present;
	}
}

static void put_thresholds(struct statement *r, const struct sieg_act_check_result *c)
{
	if (!c->n_thresholds)
		return;
	statement_section(r, "Seuils");
	statement_text(r, "La plus forte année est de %s.", euros(r, c->amount));
	statement_table(r, "Ce qui commence au-dessus d’un montant", "Quoi", "#Seuil", "Dépassé",
			"Règle", NULL);
	for (size_t i = 0; i < c->n_thresholds; i++) {
		const struct sieg_threshold_result *t = &c->threshold[i];
		struct statement_row *row = statement_row(r);

		statement_put(row, 0, threshold_words(t->id));
		statement_put(row, 1, euros(r, t->limit));
		statement_put(row, 2, t->exceeded ? "oui" : "non");
		statement_cite(r, row, 3, t->rule);
	}
}

static const char *lead(struct statement *r, const struct sieg_act_check *in,
			const struct sieg_act_check_result *c)
{
	struct enumeration missing = { 0 };

	for (size_t i = 0; i < c->n_items; i++)
		if (c->item[i].blocking && !c->item[i].present)
			enumerate(r, &missing, items[c->item[i].item]);
	if (missing.last)
		return words(r,
			     "Acte « %s » incomplet ; il manque : %s ; ces mentions sont "
			     "obligatoires.",
			     in->act->id, enumerated(r, &missing));
	if (c->blocked)
		return words(r,
			     "Acte « %s » à reprendre ; ses mentions sont là, mais une date ne va "
			     "pas : voyez ci-dessous.",
			     in->act->id);
	return words(r, "Acte « %s » : aucune mention obligatoire ne manque.", in->act->id);
}

void statement_act_check(struct statement *r, const struct sieg_work *work)
{
	const struct sieg_act_check *in = work->in;
	const struct sieg_act_check_result *c = work->result;

	r->dossier = in->dossier;
	r->lead = lead(r, in, c);
	statement_findings(r, &c->findings);
	put_items(r, in, c);
	put_thresholds(r, c);
}
