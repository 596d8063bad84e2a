#include "sieg/calc.h"

#include <string.h>

#include "sieg/arena.h"
#include "sieg/exact.h"
#include "sieg/name_set.h"

sieg_cents sieg_amount(struct sieg_calc *calc, sieg_wide cents)
{
	sieg_cents amount = sieg_clamp(cents);

	calc->too_large |= amount == SIEG_TOO_MUCH || amount == -SIEG_TOO_MUCH;
	return amount;
}

struct sieg_figure sieg_rounded(struct sieg_calc *calc, sieg_wide cents, enum sieg_rule rule,
				enum sieg_rounding rounding)
{
	return (struct sieg_figure){ sieg_amount(calc, cents), rule, rounding };
}

struct sieg_figure sieg_figure(struct sieg_calc *calc, sieg_wide cents, enum sieg_rule rule)
{
	return sieg_rounded(calc, cents, rule, SIEG_NOT_ROUNDED);
}

bool sieg_calc_end(struct sieg_calc *calc)
{
	sieg_issues_sort(calc->findings);
	if (calc->too_large && !calc->errors->n_issues)
		sieg_issue_at(calc->errors, SIEG_E_OVERFLOW, "", NULL);
	return calc->errors->n_issues == 0;
}

const char *sieg_small_fraction(struct sieg_arena *a, int64_t numerator, int64_t denominator)
{
	int64_t l = numerator < 0 ? -numerator : numerator, r = denominator;

	while (r) {
		int64_t rest = l % r;

		l = r;
		r = rest;
	}
	if (denominator == l)
		return sieg_printf(a, "%lld", (long long)(numerator / l));
	return sieg_printf(a, "%lld/%lld", (long long)(numerator / l),
			   (long long)(denominator / l));
}

void sieg_once(struct sieg_issues *errors, struct sieg_name_set *met, const char *id,
	       const char *format, ...)
{
	va_list arguments;

	if (sieg_name_add(met, id, strlen(id)))
		return;
	va_start(arguments, format);
	sieg_issue_at(errors, SIEG_E_DUPLICATE, sieg_vprintf(errors->arena, format, arguments),
		      NULL);
	va_end(arguments);
}
