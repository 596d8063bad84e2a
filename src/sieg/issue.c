#include "sieg/issue.h"

#include <stdlib.h>
#include <string.h>

#include "sieg/arena.h"

#define NAME(code) [SIEG_##code] = #code,
static const char *const names[SIEG_N_CODES] = { SIEG_CODES(NAME) };
#undef NAME

static const char *const messages[SIEG_N_CODES] = {
	[SIEG_E_ACT_INCOMPLETE] = "Il manque à l’acte une mention obligatoire : écrivez-la, ou "
				  "indiquez l’article où elle se trouve.",
	[SIEG_E_CONTROL_INTERVAL] = "La période contrôlée est trop longue : la décision applicable "
				    "veut des contrôles plus rapprochés. Découpez-la.",
	[SIEG_E_CUMUL_SAME_SGEI] =
		"Une aide de minimis et une autre compensation financent le même service sur des "
		"périodes qui se recoupent, ou dont on ne peut dire si elles se recoupent.",
	[SIEG_E_DATE] = "Ce n’est pas un jour du calendrier : écrivez AAAA-MM-JJ (MM-JJ pour un "
			"début d’exercice), entre 1990 et 2100.",
	[SIEG_E_DATE_ORDER] = "Les dates ne sont pas dans l’ordre : la fin précède le début, ou le "
			      "jour sort de la période de l’acte.",
	[SIEG_E_DOUBLE_FUNDING] = "La même subvention figure dans les recettes et dans les "
				  "paiements : gardez-la d’un seul côté.",
	[SIEG_E_DUPLICATE] = "Cet identifiant sert déjà plus haut dans la même liste : chacun ne "
			     "sert qu’une fois.",
	[SIEG_E_END_CHECK_MISSING] = "L’acte est terminé et son contrôle de fin manque : ajoutez "
				     "une période qui va jusqu’au dernier jour.",
	[SIEG_E_ENUM] = "Ce mot n’est pas admis ici.",
	[SIEG_E_FIELD_CONFLICT] = "Ce champ ne peut pas figurer ici avec les autres : retirez-le.",
	[SIEG_E_FIELD_UNKNOWN] = "Ce champ n’existe pas : vérifiez son nom.",
	[SIEG_E_GGE_CONDITION] = "La formule du règlement demande une sûreté d’au moins 50 % du "
				 "prêt, et une garantie d’au plus 80 %.",
	[SIEG_E_GGE_DURATION] =
		"La formule du règlement ne vaut que pour une durée de dix ans au plus.",
	[SIEG_E_GGE_OVER_CEILING] = "L’équivalent-subvention de ce prêt ou de cette garantie "
				    "dépasse le plafond du règlement.",
	[SIEG_E_ID] = "Un identifiant a de 1 à 64 lettres sans accent, chiffres, points, tirets ou "
		      "soulignés.",
	[SIEG_E_ITEMS] = "Cette liste n’a pas le bon nombre d’éléments.",
	[SIEG_E_JSON_DEPTH] =
		"Le document ouvre plus de 32 crochets ou accolades les uns dans les autres.",
	[SIEG_E_JSON_DUPLICATE] = "Un même objet nomme deux fois un champ.",
	[SIEG_E_JSON_EMPTY] =
		"Il n’y a rien à lire : donnez un document JSON sur l’entrée standard.",
	[SIEG_E_JSON_SIZE] = "Le document est trop gros : 16 777 216 octets au plus.",
	[SIEG_E_JSON_STRING] = "Un texte contient un caractère échappé qui n’existe pas (\\u0000, "
			       "ou une moitié de paire).",
	[SIEG_E_JSON_SYNTAX] = "Ce n’est pas du JSON bien formé.",
	[SIEG_E_JSON_UTF8] = "Le document n’est pas écrit en UTF-8.",
	[SIEG_E_KEY_FULL] = "Cette clé met toute la charge commune sur le service, alors que "
			    "l’opérateur a d’autres activités.",
	[SIEG_E_KEY_MISSING] = "Il faut dire à quelle activité cette ligne va, ou par quelle clé "
			       "elle se répartit.",
	[SIEG_E_KEY_NEGATIVE] = "Une clé de répartition n’a pas de valeur négative.",
	[SIEG_E_KEY_SUM] = "Les parts doivent faire exactement 100 % (ou 1 pour des pondérations). "
			   "Pour trois parts égales, écrivez un rapport 1, 1, 1.",
	[SIEG_E_KEY_ZERO] = "Toutes les valeurs sont nulles : il n’y a pas de quoi répartir.",
	[SIEG_E_MONEY_FLOAT] = "Un montant s’écrit entre guillemets, par exemple \"1234.50\" : un "
			       "nombre JSON perdrait des centimes.",
	[SIEG_E_MONEY_FORMAT] = "Montant mal écrit : des chiffres, un point et deux décimales au "
				"plus, par exemple \"1234.50\".",
	[SIEG_E_NAC_DOUBLE_PROFIT] = "Le coût net évité contient déjà le bénéfice de la situation "
				     "sans obligation : l’ajouter le compterait deux fois.",
	[SIEG_E_NEGATIVE] = "Cette valeur ne peut pas être négative.",
	[SIEG_E_NOTIFY_FIRST] = "Aucune voie sans notification ne convient : notifiez à la "
				"Commission avant tout paiement (TFUE, article 108, paragraphe 3).",
	[SIEG_E_NO_ACTIVITY] = "Aucune activité de l’opérateur ne relève du service.",
	[SIEG_E_NO_DECISION_YET] =
		"Aucune décision de la Commission ne s’appliquait encore à cette date.",
	[SIEG_E_OPERATION] = "Opération inconnue : sheet, control, de-minimis, route, act-check ou "
			     "calendar, et rien d’autre.",
	[SIEG_E_OVERFLOW] = "Un montant dépasse ce que le calcul admet (100 milliards d’euros en "
			    "entrée, 10 000 milliards en résultat).",
	[SIEG_E_PERIOD_GAP] =
		"Il manque des jours entre cette période et sa voisine, ou au bord de l’acte.",
	[SIEG_E_PERIOD_OUTSIDE] = "Cette période sort de la durée de l’acte.",
	[SIEG_E_PERIOD_OVERLAP] = "Cette période recouvre la précédente.",
	[SIEG_E_PERIOD_SHAPE] = "Cette période n’a pas la forme attendue : bornes inversées, année "
				"civile dépassée ou nombre de montants différent.",
	[SIEG_E_PROFIT_OVER_MAX] = "Le bénéfice demandé dépasse le bénéfice raisonnable calculé.",
	[SIEG_E_RANGE] = "Cette valeur sort des limites admises.",
	[SIEG_E_RATE_FLOAT] = "Un taux ou une quantité s’écrit entre guillemets, par exemple "
			      "\"2.37\" : un nombre JSON serait arrondi.",
	[SIEG_E_RATE_FORMAT] = "Taux ou quantité mal écrits : \"2.37\" (douze chiffres de part et "
			       "d’autre au plus) ou une fraction \"1/3\".",
	[SIEG_E_REF] = "Cet identifiant n’est déclaré nulle part.",
	[SIEG_E_REGIME_DATE] = "Aucun règlement de ce nom ne s’appliquait ce jour-là.",
	[SIEG_E_REQUIRED] = "Ce champ est obligatoire ici.",
	[SIEG_E_RETROACTIVE] = "La décision est prise après ce qu’elle devait régler d’avance : "
			       "l’acte et les paramètres doivent précéder.",
	[SIEG_E_RULE_UNCONFIRMED] =
		"Le texte n’a pas pu être vérifié sur ce point : le calcul ne suppose rien. Une "
		"personne doit répondre, ou une autre voie être prise.",
	[SIEG_E_STAGE] = "Une prévision n’a de sens que face au réalisé : retirez-la, ou passez la "
			 "fiche en « ex-post ».",
	[SIEG_E_TEXT] = "Un texte a de 1 à 2 000 octets.",
	[SIEG_E_TIMELINE_BREACH] =
		"Ce jour-là, les aides qui comptent dépassent le plafond du règlement.",
	[SIEG_E_TYPE] = "La valeur n’est pas du type attendu.",
	[SIEG_W_ACT_ITEM] = "La pratique recommande cette mention, que l’acte n’a pas encore.",
	[SIEG_W_ART7_COVER] =
		"Au-dessus du plafond de 2012, mais l’article 7, paragraphe 1, du règlement "
		"2023/2832 pourrait couvrir cette aide : ses conditions sont à prouver.",
	[SIEG_W_BOTH_REGIMES] =
		"Des aides comptent dans les deux règlements de minimis : vérifiez leur cumul.",
	[SIEG_W_CAP_NEAR] = "Le total atteint 90 % du plafond ou plus.",
	[SIEG_W_CONTROL_DUE] = "Un contrôle est dû dans les six mois, ou déjà dépassé.",
	[SIEG_W_COUNTERFACTUAL_OTHER_FIRM] =
		"La décision compare la même entreprise avec et sans l’obligation ; la situation "
		"décrite est celle d’une autre.",
	[SIEG_W_GENERAL_SAME_SGEI] = "Une aide de minimis de l’autre règlement a financé le même "
				     "service : une personne doit décider.",
	[SIEG_W_KEY_CHANGED] =
		"Cette clé n’est plus celle de l’année précédente, et aucune raison n’est donnée.",
	[SIEG_W_PROFIT_CHECK] = "Montant forfaitaire : il reste à vérifier le seul bénéfice.",
	[SIEG_W_PROFIT_NPV] = "Sur la durée de l’acte, le rendement dépasse le taux de référence.",
	[SIEG_W_REASON_MISSING] =
		"L’écart avec la prévision dépasse le seuil de l’acte : donnez-en la raison.",
	[SIEG_W_REGISTER_LATE] =
		"L’aide n’est pas inscrite au registre dans les vingt jours ouvrés.",
	[SIEG_W_RETROACTIVE] = "La décision est prise après ce qu’elle devait régler d’avance.",
	[SIEG_W_RULE_UNCONFIRMED] = "Le report n’a été écarté que parce que la règle n’est pas "
				    "confirmée sous la décision 2025/2630.",
	[SIEG_W_SUBSIDY] = "Projet à l’initiative de l’opérateur : une subvention au sens de la "
			   "loi du 12 avril 2000 est possible.",
	[SIEG_W_SUCCESSIVE_SAME_SGEI] =
		"De minimis puis compensation pour le même service, sans recoupement : une "
		"personne doit décider et garder la trace.",
	[SIEG_W_UNDERCOMPENSATED] = "Moins que le maximum a été payé. Ce maximum n’est pas un dû.",
};

const char *sieg_code_name(enum sieg_code code)
{
	return names[code];
}

bool sieg_code_stops(enum sieg_code code)
{
	return names[code][0] == 'E';
}

void sieg_issues_init(struct sieg_issues *list, struct sieg_arena *a)
{
	*list = (struct sieg_issues){ .arena = a };
}

static void add(struct sieg_issues *list, struct sieg_issue issue)
{
	list->issue = sieg_grow(list->arena, list->issue, list->n_issues, &list->capacity,
				sizeof(*list->issue));
	list->issue[list->n_issues++] = issue;
}

void sieg_issue(struct sieg_issues *list, enum sieg_code code, enum sieg_rule rule,
		const char *format, ...)
{
	va_list arguments;
	char *path;

	va_start(arguments, format);
	path = sieg_vprintf(list->arena, format, arguments);
	va_end(arguments);
	add(list, (struct sieg_issue){ code, rule, path, messages[code] });
}

void sieg_issue_at(struct sieg_issues *list, enum sieg_code code, const char *path,
		   const char *message)
{
	add(list,
	    (struct sieg_issue){ code, SIEG_NO_RULE, path, message ? message : messages[code] });
}

/* Codes are in the order of their names. */
static int compare(const void *left, const void *right)
{
	const struct sieg_issue *l = left, *r = right;
	int order = strcmp(l->path, r->path);

	return order ? order : (l->code > r->code) - (l->code < r->code);
}

void sieg_issues_sort(struct sieg_issues *list)
{
	size_t n = 0;

	if (!list->n_issues)
		return;
	qsort(list->issue, list->n_issues, sizeof(*list->issue), compare);
	for (size_t i = 1; i < list->n_issues; i++)
		if (compare(&list->issue[n], &list->issue[i]))
			list->issue[++n] = list->issue[i];
	list->n_issues = n + 1;
}
