#include "sieg/deminimis_inside.h"

#include <gmp.h>

#include "sieg/exact.h"

/* ---- loans and guarantees --------------------------------------------------------------- */

static const struct sieg_yardstick *yardsticks(enum sieg_instrument_type type)
{
	return type == SIEG_LOAN ? sieg_lending()->loan : sieg_lending()->guarantee;
}

static bool is_over(struct sieg_rate rate, int limit)
{
	return sieg_rate_compare(rate, (struct sieg_rate){ limit, 1 }) > 0;
}

static bool is_under(struct sieg_rate rate, int limit)
{
	return sieg_rate_compare(rate, (struct sieg_rate){ limit, 1 }) < 0;
}

/* NULL: it lasts longer than any. */
static const struct sieg_yardstick *yardstick_of(const struct sieg_instrument *x)
{
	const struct sieg_yardstick *y = yardsticks(x->type);

	for (size_t i = 0; i < SIEG_N_YARDSTICKS; i++)
		if (!is_over(x->years, y[i].years))
			return &y[i];
	return NULL;
}

/* At most 2^27 x 2^44 x (10 x 10^12), well under 2^127. */
static sieg_wide lent(const struct sieg_instrument *x, const struct sieg_yardstick *y)
{
	sieg_wide numerator =
		(sieg_wide)sieg_lending()->worth * x->amount.cents * x->years.numerator;
	sieg_wide denominator = (sieg_wide)y->principal * y->years * x->years.denominator;

	return (numerator + denominator - 1) / denominator;
}

static struct sieg_figure lending_of(struct sieg_calc *calc, const struct sieg_instrument *x,
				     const struct sieg_yardstick *y, const char *path)
{
	const struct sieg_lending *lending = sieg_lending();
	bool is_loan = x->type == SIEG_LOAN;
	bool is_unfit = is_loan ? is_under(x->collateral, lending->collateral)
				: is_over(x->cover, lending->cover);
	sieg_wide worth;

	if (!y)
		sieg_issue(calc->errors, SIEG_E_GGE_DURATION, lending->rule, "%s/instrument/years",
			   path);
	if (is_unfit)
		sieg_issue(calc->errors, SIEG_E_GGE_CONDITION, lending->rule, "%s/instrument/%s",
			   path, is_loan ? "collateral" : "cover");
	if (!y || is_unfit)
		return (struct sieg_figure){ 0 };
	worth = lent(x, y);
	if (worth > lending->worth)
		sieg_issue(calc->errors, SIEG_E_GGE_OVER_CEILING, lending->rule,
			   "%s/instrument/amount", path);
	return sieg_rounded(calc, worth, lending->rule, SIEG_GGE);
}

/* ---- instalments ------------------------------------------------------------------------- */

/*
 * The sum of amount / (1 + rate / 100)^years, rounded up. With 1 + rate / 100 = n / d, and T the
 * last year, it is the sum of amount x d^t x n^(T - t), over n^T: whole numbers to the end.
 */
static sieg_cents discounted(const struct sieg_instrument *x)
{
	sieg_wide due[SIEG_MOST_INSTALMENT_YEARS + 1] = { 0 };
	int64_t last = 0;
	sieg_cents cents;
	mpz_t n, d, power, term;
	mpq_t sum;

	for (size_t i = 0; i < x->n_flows; i++) {
		due[x->flow[i].years] += x->flow[i].amount;
		if (x->flow[i].years > last)
			last = x->flow[i].years;
	}
	mpz_inits(n, d, power, term, NULL);
	mpq_init(sum);
	sieg_set_wide(d, (sieg_wide)x->rate.denominator * 100);
	sieg_set_wide(n, x->rate.numerator);
	mpz_add(n, n, d);
	mpz_set_ui(power, 1);
	for (int64_t t = 0; t <= last; t++) {
		sieg_set_wide(term, due[t]);
		mpz_mul(term, term, power);
		mpz_mul(mpq_numref(sum), mpq_numref(sum), n);
		mpz_add(mpq_numref(sum), mpq_numref(sum), term);
		mpz_mul(power, power, d);
	}
	mpz_pow_ui(mpq_denref(sum), n, (unsigned long)last);
	cents = sieg_round_cents(sum, SIEG_GGE);
	mpz_clears(n, d, power, term, NULL);
	mpq_clear(sum);
	return cents;
}

static void refuse(struct sieg_calc *calc, const char *path)
{
	sieg_issue(calc->errors, SIEG_E_RULE_UNCONFIRMED, SIEG_NO_RULE, "%s/instrument/type", path);
}

static struct sieg_figure figure_of(struct sieg_calc *calc, const struct sieg_grant *grant,
				    const struct sieg_instrument *x,
				    const struct sieg_yardstick *yardstick)
{
	const struct sieg_regulation *r = grant->regulation;

	switch (x->type) {
	case SIEG_PLAIN_GRANT:
	case SIEG_GIVEN_EQUIVALENT:
		return sieg_figure(calc, x->amount.cents, r->gross);
	case SIEG_INSTALMENTS:
		return sieg_rounded(calc, discounted(x), r->gross, SIEG_GGE);
	case SIEG_LOAN:
	case SIEG_GUARANTEE:
		/* What else is wrong with it is told too. */
		if (!r->loans)
			refuse(calc, grant->path);
		return lending_of(calc, x, yardstick, grant->path);
	default:
		if (!r->ceiling)
			refuse(calc, grant->path);
		return sieg_figure(calc, r->ceiling, r->gross);
	}
}

struct sieg_equivalent sieg_equivalent_of(struct sieg_calc *calc, const struct sieg_grant *grant,
					  const struct sieg_instrument *instrument)
{
	bool is_lent = instrument->type == SIEG_LOAN || instrument->type == SIEG_GUARANTEE;
	const struct sieg_yardstick *yardstick = is_lent ? yardstick_of(instrument) : NULL;

	return (struct sieg_equivalent){
		.id = grant->id,
		.instrument = instrument,
		.regulation = grant->regulation,
		.yardstick = yardstick,
		.figure = figure_of(calc, grant, instrument, yardstick),
	};
}
