/*
 * control.h - what was paid against what was allowed, period after period (CONTRACT, section 8).
 *
 * Decision 2012/21/EU, articles 5(10) and 6: a check at least every three years and at the end;
 * overcompensation is repaid, but one part in ten of the average of a year may be carried into
 * the next period. Acts are never netted against each other.
 */
#ifndef SIEG_CONTROL_H
#define SIEG_CONTROL_H

#include "sieg/issue.h"

enum sieg_netting { SIEG_BY_PERIOD, SIEG_BY_YEAR };
enum sieg_wish { SIEG_WISH_CARRY, SIEG_WISH_REPAY };
enum sieg_exemption { SIEG_NO_EXEMPTION, SIEG_LUMP_SUM, SIEG_REINVESTED };

/* What a person must answer where the text of decision 2025/2630 could not be verified. */
enum sieg_question { SIEG_CARRY_RULE_2025, SIEG_EXEMPTION_2025, SIEG_N_UNCONFIRMED };

extern const char *const sieg_netting_words[], *const sieg_exemption_words[],
						       *const sieg_question_words[];

/* ---- what is asked ------------------------------------------------------------ */

struct sieg_control_paid {
	const char *funder;
	sieg_cents *amount; /* one a year */
	size_t n_amounts;
};

struct sieg_control_period {
	sieg_day from, to;
	sieg_cents *allowed; /* one a year */
	size_t n_allowed;
	struct sieg_control_paid *paid;
	size_t n_paid;
	enum sieg_wish decision; /* of the authority, where both are possible */
	enum sieg_exemption exemption;
};

struct sieg_control_act {
	const char *id;
	sieg_day act_date, start, end, ended_on;
	enum sieg_sector sector;
	enum sieg_netting netting;
	sieg_cents carry_in; /* from a period closed before the first one */
	struct sieg_control_period *period;
	size_t n_periods;
};

struct sieg_given_answer {
	enum sieg_question question;
	bool value;
	const char *author, *reason;
	sieg_day date;
};

struct sieg_control {
	const char *dossier;
	sieg_day as_of;
	struct sieg_control_act *act;
	size_t n_acts;
	struct sieg_given_answer *answer;
	size_t n_answers;
};

/* ---- what comes out ------------------------------------------------------------ */

enum sieg_carry_test { SIEG_TEST_NONE, SIEG_TEST_WITHIN, SIEG_TEST_ABOVE };
enum sieg_control_verdict {
	SIEG_VERDICT_NOTHING,
	SIEG_VERDICT_EXEMPT,
	SIEG_VERDICT_CARRY,
	SIEG_VERDICT_REPAY,
};

const char *sieg_carry_test_name(enum sieg_carry_test test);
const char *sieg_control_verdict_name(enum sieg_control_verdict verdict);

struct sieg_control_line {
	sieg_cents paid, allowed, carry_in, difference;
};

struct sieg_notice {
	const char *funder;
	struct sieg_figure figure;
};

struct sieg_period_result {
	sieg_day from, to;
	bool last;
	struct sieg_control_line *line; /* one a year */
	size_t n_lines;
	struct sieg_figure paid, allowed, carry_in, over, under, limit, carry, repay;
	int part; /* the limit is one part in so many of the average */
	enum sieg_carry_test test;
	enum sieg_control_verdict verdict;
	struct sieg_notice *notice; /* how a repayment is shared by who paid */
	size_t n_notices;
};

struct sieg_act_result {
	const char *id;
	const struct sieg_regime *regime;
	struct sieg_period_result *period;
	size_t n_periods;
	struct sieg_figure paid, allowed, repay, carry_out;
	sieg_cents kept;
	bool exceeded;          /* more is kept than is allowed */
	sieg_day next_check_by; /* 0: the act has ended */
};

struct sieg_control_result {
	struct sieg_act_result *act;
	size_t n_acts;
	struct sieg_figure repay, carry_out;
	struct sieg_issues findings;
};

/* Stages B and C. NULL, with `errors`, when the document cannot be computed. Everything lives in
 * the arena of `errors`. */
struct sieg_control_result *sieg_control(const struct sieg_control *in, struct sieg_issues *errors);

/* The last day of an act: the one it was ended on, or the one it was made for. */
sieg_day sieg_effective_end(sieg_day end, sieg_day ended_on);

#endif
