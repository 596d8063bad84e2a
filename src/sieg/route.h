/*
 * route.h - by which road of law a project may be paid, asked step by step (CONTRACT, section 10).
 *
 * Economic or not; a service of general economic interest or not; the four criteria of Altmark
 * (C-280/00, paras 88-93); de minimis (Regulation 2023/2832 or the one before); the decision of
 * the act's day (2005/842, 2012/21, 2025/2630); else the framework, and notification first
 * (TFEU, article 108(3)). Amounts are in cents.
 */
#ifndef SIEG_ROUTE_H
#define SIEG_ROUTE_H

#include "sieg/issue.h"

enum sieg_initiative { SIEG_OF_AUTHORITY, SIEG_OF_OPERATOR };

/* ---- what is asked ------------------------------------------------------------ */

/* What makes a service one of general economic interest. */
struct sieg_route_service {
	bool need, no_market, competence, obligations;
};

struct sieg_route_altmark {
	bool obligations_written, parameters_before, no_overcompensation;
	bool tender, benchmark; /* either will do */
};

struct sieg_route_de_minimis {
	sieg_cents whole_right; /* of the whole legal right, on the day of signature */
	sieg_cents used;        /* what counts already */
	bool other_compensation, sector_excluded;
};

struct sieg_route_funder {
	const char *funder;
	sieg_cents *amount; /* a year each */
	size_t n_amounts;
};

struct sieg_route {
	const char *dossier;
	sieg_day act_date, start;
	enum sieg_sector sector;
	bool economic, investment;
	struct sieg_route_service *service;
	enum sieg_initiative initiative;
	struct sieg_route_altmark *altmark;       /* NULL: not claimed */
	struct sieg_route_de_minimis *de_minimis; /* idem */
	struct sieg_route_funder *annual;
	int64_t months; /* 0: not given */
	sieg_cents *turnover;
	int64_t *passengers;
	size_t n_annual, n_turnover, n_passengers;
};

/* ---- what comes out ------------------------------------------------------------ */

enum sieg_route_name {
	SIEG_ROUTE_NONE,
	SIEG_ROUTE_NOT_ECONOMIC,
	SIEG_ROUTE_NOT_SGEI,
	SIEG_ROUTE_LAND_TRANSPORT, /* Regulation 1370/2007 */
	SIEG_ROUTE_ALTMARK,
	SIEG_ROUTE_DE_MINIMIS,
	SIEG_ROUTE_DECISION,
	SIEG_ROUTE_FRAMEWORK,
};

enum sieg_route_question {
	SIEG_ASK_ECONOMIC,
	SIEG_ASK_SERVICE,
	SIEG_ASK_INITIATIVE,
	SIEG_ASK_LAND_TRANSPORT,
	SIEG_ASK_ALTMARK,
	SIEG_ASK_DE_MINIMIS,
	SIEG_ASK_DURATION,
	SIEG_ASK_DECISION,
	SIEG_N_QUESTIONS,
};

enum sieg_route_answer {
	SIEG_ANSWER_NO,
	SIEG_ANSWER_YES,
	SIEG_ANSWER_NOT_CLAIMED,
	SIEG_ANSWER_AUTHORITY,
	SIEG_ANSWER_OPERATOR,
};

#define SIEG_MOST_MISSING 4

struct sieg_route_step {
	enum sieg_route_question question;
	enum sieg_route_answer answer;
	enum sieg_rule rule;

	/* Service, Altmark, de minimis: the conditions that fail, by their word. */
	const char *missing[SIEG_MOST_MISSING];
	size_t n_missing;

	/* De minimis: what counts with this, and what is left. Decision by amount: the ceiling of
	 * a year, and all that is expected; the operator's turnover where it is looked at. */
	struct sieg_optional_cents total, ceiling, margin, sum, turnover;

	/* Decision. Numbers are exact, as text: a year's passengers, how many may be, the years
	 * that `sum` is for; NULL where the test is another. */
	const struct sieg_regime *regime;
	enum sieg_scope_test test;
	const char *average, *limit, *years;
};

struct sieg_route_result {
	enum sieg_route_name route;
	enum sieg_rule rule;
	const struct sieg_regime *regime; /* NULL when no decision was asked for */
	struct sieg_route_step step[SIEG_N_QUESTIONS];
	size_t n_steps;
	struct sieg_issues findings;
};

/* "ALTMARK"; of a decision, its name. */
const char *sieg_route_text(const struct sieg_route_result *result);

/* Whether the step tells what is missing, if only that nothing is. */
bool sieg_route_lists_missing(enum sieg_route_question question);

/*
 * NULL, with `errors`, when the document cannot be computed: E_DUPLICATE, E_PERIOD_SHAPE; then, at
 * the step that meets it, E_NO_DECISION_YET, E_RULE_UNCONFIRMED or E_REQUIRED; at last E_OVERFLOW.
 * Everything lives in the arena of `errors`.
 */
struct sieg_route_result *sieg_route(const struct sieg_route *in, struct sieg_issues *errors);

#endif
