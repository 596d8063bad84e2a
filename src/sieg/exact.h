/*
 * exact.h - arithmetic that loses nothing: sums in 128 bits, fractions of any size by GMP.
 *
 * An amount that no result may hold (over SIEG_CENTS_OUT) comes back as SIEG_TOO_MUCH with its
 * sign; who computes sees it there and refuses the document.
 */
#ifndef SIEG_EXACT_H
#define SIEG_EXACT_H

#include <gmp.h>

#include "sieg/value.h"

struct sieg_arena;

#define SIEG_TOO_MUCH (SIEG_CENTS_OUT + 1)

sieg_cents sieg_clamp(sieg_wide cents);

void sieg_set_wide(mpz_t z, sieg_wide value);
void sieg_set_rate(mpq_t q, struct sieg_rate rate); /* in lowest terms */

/* SIEG_LINE, SIEG_PROFIT_MAX or SIEG_GGE, to a whole number. */
void sieg_round(mpz_t z, const mpq_t q, enum sieg_rounding rounding);
sieg_cents sieg_round_cents(const mpq_t q, enum sieg_rounding rounding);

/* LINE(numerator / denominator), denominator above zero, without a fraction being made. */
sieg_cents sieg_divide(sieg_wide numerator, sieg_wide denominator);

/* LINE(amount x rate), and LINE(amount / rate) for a rate above zero. */
sieg_cents sieg_times(sieg_cents amount, struct sieg_rate rate);
sieg_cents sieg_per(sieg_cents amount, struct sieg_rate rate);

int sieg_rate_compare(struct sieg_rate left, struct sieg_rate right);

/* "17/20", "-3" */
const char *sieg_fraction_text(struct sieg_arena *a, const mpq_t q);

/* A percentage with two decimals, half away from zero: "-12.50". */
const char *sieg_percent_text(struct sieg_arena *a, const mpq_t q);

#endif
