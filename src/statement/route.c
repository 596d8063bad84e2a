#include "statement/build.h"

#include <string.h>

#include "base/arena.h"
#include "sieg/route.h"

static const char *const questions[] = {
	[SIEG_ASK_ECONOMIC] = "L’activité est-elle économique ?",
	[SIEG_ASK_SERVICE] = "Est-ce un vrai service d’intérêt économique général ?",
	[SIEG_ASK_INITIATIVE] = "De qui vient l’initiative ?",
	[SIEG_ASK_LAND_TRANSPORT] = "Est-ce du transport terrestre de voyageurs ?",
	[SIEG_ASK_ALTMARK] = "Les quatre conditions Altmark sont-elles réunies ?",
	[SIEG_ASK_DE_MINIMIS] = "L’aide entre-t-elle dans le régime de minimis ?",
	[SIEG_ASK_DURATION] = "La durée de l’acte est-elle admise ?",
	[SIEG_ASK_DECISION] = "Le service est-il dans le champ de la décision ?",
};

static const char *const answers[] = {
	[SIEG_ANSWER_NO] = "non",
	[SIEG_ANSWER_YES] = "oui",
	[SIEG_ANSWER_NOT_CLAIMED] = "non demandé",
	[SIEG_ANSWER_AUTHORITY] = "de la collectivité",
	[SIEG_ANSWER_OPERATOR] = "de l’opérateur",
};

/* What the contract calls missing conditions by one word. */
static const char *missing_words(const char *word)
{
	static const char *const texts[][2] = {
		{ "need", "le besoin" },
		{ "no_market", "l’absence de réponse du marché" },
		{ "competence", "la compétence" },
		{ "obligations", "les obligations" },
		{ "1", "1re, obligations écrites" },
		{ "2", "2e, paramètres fixés d’avance" },
		{ "3", "3e, pas de surcompensation" },
		{ "4", "4e, mise en concurrence ou étude de référence" },
		{ "date", "un règlement en vigueur ce jour-là" },
		{ "ceiling", "le plafond" },
		{ "cumulation", "aucune autre compensation du même service" },
		{ "sector", "un secteur admis" },
	};

	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++)
		if (strcmp(texts[i][0], word) == 0)
			return texts[i][1];
	return word;
}

static const char *amounts_words(struct statement *r, const struct sieg_route_step *s)
{
	const char *text = NULL;
	const struct {
		struct sieg_optional_cents amount;
		const char *label;
	} all[] = {
		{ s->total, "total" },
		{ s->sum, "somme attendue" },
		{ s->ceiling, "plafond" },
		{ s->margin, "marge" },
		{ s->turnover, "chiffre d’affaires" },
	};

	for (size_t i = 0; i < sizeof(all) / sizeof(*all); i++)
		if (all[i].amount.given)
			text = words(r, "%s%s%s %s", text ? text : "", text ? " ; " : "",
				     all[i].label, euros(r, all[i].amount.cents));
	if (s->years)
		text = words(r, "%s ; sur %s années", text ? text : "", s->years);
	if (s->average)
		text = words(r, "moyenne de %s voyageurs, pour %s au plus", s->average, s->limit);
	if (!text && s->question == SIEG_ASK_DECISION)
		text = "sans plafond dans ce secteur";
	return text;
}

static const char *step_words(struct statement *r, const struct sieg_route_step *s)
{
	struct enumeration missing = { 0 };
	const char *amounts = amounts_words(r, s);

	for (size_t i = 0; i < s->n_missing; i++)
		enumerate(r, &missing, missing_words(s->missing[i]));
	if (!s->n_missing)
		return amounts;
	return words(r, "manque : %s%s%s", enumerated(r, &missing), amounts ? " ; " : "",
		     amounts ? amounts : "");
}

static const char *route_words(struct statement *r, const struct sieg_route_result *result)
{
	switch (result->route) {
	case SIEG_ROUTE_NOT_ECONOMIC:
		return "hors du droit des aides, l’activité n’étant pas économique";
	case SIEG_ROUTE_NOT_SGEI:
		return "aucune voie propre aux SIEG, le service n’en étant pas un";
	case SIEG_ROUTE_LAND_TRANSPORT:
		return "règlement 1370/2007, pour le transport terrestre de voyageurs";
	case SIEG_ROUTE_ALTMARK:
		return "compensation sans aide, selon les quatre conditions Altmark";
	case SIEG_ROUTE_DE_MINIMIS:
		return "de minimis SIEG";
	case SIEG_ROUTE_DECISION:
		return words(r, "décision %s", result->regime->name);
	case SIEG_ROUTE_FRAMEWORK:
		return "encadrement, avec notification avant tout paiement";
	case SIEG_ROUTE_NONE:
		break;
	}
	return "aucune";
}

void statement_route(struct statement *r, const struct sieg_work *work)
{
	const struct sieg_route *in = work->in;
	const struct sieg_route_result *result = work->result;

	r->dossier = in->dossier;
	r->lead = words(r,
			"Voie que donnent les réponses : %s ; pour un acte du %s ; parce que la "
			"question « %s » a pour réponse « %s ».",
			route_words(r, result), day_words(r, in->act_date),
			questions[result->step[result->n_steps - 1].question],
			answers[result->step[result->n_steps - 1].answer]);
	statement_findings(r, &result->findings);
	statement_section(r, "Les questions, dans l’ordre");
	statement_text(r, "La première voie trouvée arrête la recherche.");
	statement_table(r, "Réponses", "Question", "Réponse", "Ce qui a été comparé", "Règle",
			NULL);
	for (size_t i = 0; i < result->n_steps; i++) {
		const struct sieg_route_step *s = &result->step[i];
		struct statement_row *row = statement_row(r);

		statement_put(row, 0, questions[s->question]);
		statement_put(row, 1, answers[s->answer]);
		statement_put(row, 2, step_words(r, s));
		statement_cite(r, row, 3, s->rule);
		row->strong = i + 1 == result->n_steps;
	}
}
