/*
 * calc.h - what a calculation carries with it: where results live, what was found, and whether
 * an amount grew past what a result may hold (CONTRACT, section 4, stage D).
 *
 * Every amount of a result is made here.
 */
#ifndef SIEG_CALC_H
#define SIEG_CALC_H

#include "sieg/issue.h"

struct sieg_name_set;

struct sieg_calc {
	struct sieg_arena *arena;
	struct sieg_issues *errors;
	struct sieg_issues *findings;
	bool too_large;
};

sieg_cents sieg_amount(struct sieg_calc *calc, sieg_wide cents);
struct sieg_figure sieg_figure(struct sieg_calc *calc, sieg_wide cents, enum sieg_rule rule);
struct sieg_figure sieg_rounded(struct sieg_calc *calc, sieg_wide cents, enum sieg_rule rule,
				enum sieg_rounding rounding);

/* Sorts the findings, and tells of an amount that is too large. True when there is a result. */
bool sieg_calc_end(struct sieg_calc *calc);

/* "31/73": lowest terms; the denominator is above zero. */
const char *sieg_small_fraction(struct sieg_arena *a, int64_t numerator, int64_t denominator);

/* Remembers an id; one that was met is E_DUPLICATE at the path. */
__attribute__((format(printf, 4, 5))) void sieg_once(struct sieg_issues *errors,
						     struct sieg_name_set *met, const char *id,
						     const char *format, ...);

#endif
