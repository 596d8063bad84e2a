#include "sieg/exact.h"

#include <string.h>

#include "sieg/arena.h"

sieg_cents sieg_clamp(sieg_wide cents)
{
	if (cents > SIEG_CENTS_OUT)
		return SIEG_TOO_MUCH;
	if (cents < -SIEG_CENTS_OUT)
		return -SIEG_TOO_MUCH;
	return (sieg_cents)cents;
}

void sieg_set_wide(mpz_t z, sieg_wide value)
{
	__extension__ unsigned __int128 size =
		value < 0 ? -(unsigned __int128)value : (unsigned __int128)value;

	mpz_import(z, 1, 1, sizeof(size), 0, 0, &size);
	if (value < 0)
		mpz_neg(z, z);
}

void sieg_set_rate(mpq_t q, struct sieg_rate rate)
{
	sieg_set_wide(mpq_numref(q), rate.numerator);
	mpz_set_si(mpq_denref(q), rate.denominator);
	mpq_canonicalize(q);
}

void sieg_round(mpz_t z, const mpq_t q, enum sieg_rounding rounding)
{
	if (rounding == SIEG_PROFIT_MAX) {
		mpz_fdiv_q(z, mpq_numref(q), mpq_denref(q));
	} else if (rounding == SIEG_GGE) {
		mpz_cdiv_q(z, mpq_numref(q), mpq_denref(q));
	} else {
		mpz_t twice;

		/* |q| + 1/2, then down; the sign afterwards. */
		mpz_init(twice);
		mpz_mul_2exp(twice, mpq_denref(q), 1);
		mpz_abs(z, mpq_numref(q));
		mpz_mul_2exp(z, z, 1);
		mpz_add(z, z, mpq_denref(q));
		mpz_fdiv_q(z, z, twice);
		if (mpq_sgn(q) < 0)
			mpz_neg(z, z);
		mpz_clear(twice);
	}
}

static sieg_cents to_cents(const mpz_t z)
{
	if (!mpz_fits_slong_p(z))
		return mpz_sgn(z) < 0 ? -SIEG_TOO_MUCH : SIEG_TOO_MUCH;
	return sieg_clamp(mpz_get_si(z));
}

sieg_cents sieg_round_cents(const mpq_t q, enum sieg_rounding rounding)
{
	sieg_cents cents;
	mpz_t z;

	mpz_init(z);
	sieg_round(z, q, rounding);
	cents = to_cents(z);
	mpz_clear(z);
	return cents;
}

sieg_cents sieg_divide(sieg_wide numerator, sieg_wide denominator)
{
	sieg_wide size = numerator < 0 ? -numerator : numerator;
	sieg_wide quotient = size / denominator, rest = size % denominator;

	if (rest >= denominator - rest)
		quotient++;
	return sieg_clamp(numerator < 0 ? -quotient : quotient);
}

/* amount x numerator / denominator, both at most 10^24; the amount may be too much already. */
static sieg_cents scaled(sieg_cents amount, sieg_wide numerator, sieg_wide denominator)
{
	sieg_wide product;
	sieg_cents cents;
	mpq_t q;

	if (!__builtin_mul_overflow((sieg_wide)amount, numerator, &product))
		return sieg_divide(product, denominator);
	mpq_init(q);
	sieg_set_wide(mpq_numref(q), numerator);
	mpz_mul_si(mpq_numref(q), mpq_numref(q), amount);
	sieg_set_wide(mpq_denref(q), denominator);
	cents = sieg_round_cents(q, SIEG_LINE);
	mpq_clear(q);
	return cents;
}

sieg_cents sieg_times(sieg_cents amount, struct sieg_rate rate)
{
	return scaled(amount, rate.numerator, rate.denominator);
}

sieg_cents sieg_per(sieg_cents amount, struct sieg_rate rate)
{
	return scaled(amount, rate.denominator, rate.numerator);
}

/* Products of 10^24 and 10^12 hold in 128 bits. */
int sieg_rate_compare(struct sieg_rate left, struct sieg_rate right)
{
	sieg_wide l = left.numerator * right.denominator, r = right.numerator * left.denominator;

	return (l > r) - (l < r);
}

static char *decimal(struct sieg_arena *a, const mpz_t z)
{
	char *text = sieg_alloc(a, mpz_sizeinbase(z, 10) + 2, 1);

	return mpz_get_str(text, 10, z);
}

const char *sieg_fraction_text(struct sieg_arena *a, const mpq_t q)
{
	const char *numerator = decimal(a, mpq_numref(q));

	if (mpz_cmp_ui(mpq_denref(q), 1) == 0)
		return numerator;
	return sieg_printf(a, "%s/%s", numerator, decimal(a, mpq_denref(q)));
}

const char *sieg_percent_text(struct sieg_arena *a, const mpq_t q)
{
	mpq_t hundredths;
	mpz_t whole, rest;
	const char *text;

	mpq_init(hundredths);
	mpz_inits(whole, rest, NULL);
	mpz_mul_ui(mpq_numref(hundredths), mpq_numref(q), 100);
	mpz_set(mpq_denref(hundredths), mpq_denref(q));
	sieg_round(whole, hundredths, SIEG_LINE);
	text = mpz_sgn(whole) < 0 ? "-" : "";
	mpz_abs(whole, whole);
	mpz_tdiv_qr_ui(whole, rest, whole, 100);
	text = sieg_printf(a, "%s%s.%02lu", text, decimal(a, whole), mpz_get_ui(rest));
	mpz_clears(whole, rest, NULL);
	mpq_clear(hundredths);
	return text;
}
